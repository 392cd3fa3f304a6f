package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"
)

// The owner is the goroutine that alone touches bbolt. Everything below runs on it.

// retryEvery is how long the owner waits after a failed commit.
const retryEvery = 3 * time.Second

// owner is what the owning goroutine holds.
type owner struct {
	*Store
	disk     *disk // nil after a failure, and for readers
	lastCopy time.Time
	changed  bool // since the last copy
}

// own opens the database, tells how that went, and serves until the store is closed.
func (s *Store) own(dir string, opened chan<- error) {
	debug.SetPanicOnFault(true) // a mapped file that shrank is a fault in this goroutine
	defer close(s.done)
	o := &owner{Store: s}
	if err := o.find(dir); err != nil {
		opened <- err
		return
	}
	opened <- nil
	o.serve()
}

func (o *owner) serve() {
	if o.disk != nil && !o.report.Fresh {
		o.copyIfOld()
	}
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	defer timer.Stop()
	pending := false // a commit is due when the timer fires
	for {
		select {
		case <-o.wake:
			if !pending {
				pending = true
				timer.Reset(o.opts.commitAfter)
			}
		case <-timer.C:
			pending = false
			if o.commit() != nil {
				pending = true
				timer.Reset(retryEvery)
			}
		case answer := <-o.flush:
			answer <- o.commit()
		case <-o.quit:
			o.end = o.finish()
			return
		}
	}
}

// commit writes what is dirty. Where it fails, it stays dirty and the database is opened anew for
// the next try, whole, from memory.
func (o *owner) commit() error {
	if o.opts.ReadOnly {
		return nil
	}
	o.mu.Lock()
	if len(o.dirty) > 0 {
		o.state[bucketMeta][keyCommit] = strconv.AppendInt(nil, int64(commitsOf(o.state)+1), 10)
		o.dirty[key{bucketMeta, keyCommit}] = true
	}
	batch := make(map[key][]byte, len(o.dirty)+1)
	for k := range o.dirty {
		batch[k] = o.state[k.bucket][k.name] // values are never written to, only replaced
	}
	clear(o.dirty)
	o.mu.Unlock()
	if len(batch) == 0 && o.disk != nil {
		o.tell(nil)
		return nil
	}

	err := o.write(batch)
	if err != nil {
		o.mu.Lock()
		for k := range batch {
			o.dirty[k] = true
		}
		o.mu.Unlock()
		o.opts.Log.Error("store: write changes", "err", err)
	} else if len(batch) > 0 {
		o.changed = true
		if o.opts.now().Sub(o.lastCopy) >= copyEvery {
			o.copyIfOld()
		}
	}
	o.tell(err)
	return err
}

func (o *owner) write(batch map[key][]byte) error {
	if o.disk == nil {
		return o.reopen()
	}
	err := o.disk.write(batch)
	if err != nil {
		o.disk.release()
		o.disk = nil
	}
	return err
}

// reopen opens the database again after a failure and writes all that is in memory.
func (o *owner) reopen() error {
	path := filepath.Join(o.report.Dir, dbName)
	id := o.ID()
	d, err := openDisk(path)
	if err == nil {
		var state map[string]map[string][]byte
		if state, err = d.read(); err == nil && string(state[bucketMeta][keyID]) != fmt.Sprintf("%q", id) {
			d.release()
			return errors.New("another case's database is in its place")
		}
		if err != nil {
			d.release()
		}
	}
	all := o.all()
	switch {
	case err == nil:
		// What was removed since is removed by replacing the buckets.
		if err = d.replace(all); err != nil {
			d.release()
			return err
		}
		o.disk = d
		return nil
	case errors.Is(err, ErrInUse), errors.Is(err, ErrNewer):
		return err
	}
	if _, statErr := os.Lstat(path); statErr == nil {
		aside, asideErr := setAside(path, o.opts.now())
		if asideErr != nil {
			return asideErr
		}
		o.mu.Lock()
		o.report.SetAside, o.report.Problem = aside, err
		o.mu.Unlock()
	} else if _, statErr := os.Stat(o.report.Dir); statErr != nil {
		return statErr // the folder is away: wait for it
	}
	if err := create(path, all); err != nil {
		return err
	}
	o.disk, err = openDisk(path)
	return err
}

// tell keeps the outcome of a commit for [Store.Err].
func (o *owner) tell(err error) {
	o.mu.Lock()
	changed := (o.err == nil) != (err == nil)
	o.err = err
	o.mu.Unlock()
	if changed && o.opts.Notify != nil {
		o.opts.Notify()
	}
}

// finish writes what is left, closes, and seals.
func (o *owner) finish() error {
	err := o.commit()
	if o.disk == nil {
		return err
	}
	if o.changed {
		o.copyIfOld()
	}
	path := o.disk.path
	if closeErr := o.disk.close(); err == nil {
		err = closeErr
	}
	if err == nil {
		writeSeal(o.opts.DataDir, path)
	}
	return err
}
