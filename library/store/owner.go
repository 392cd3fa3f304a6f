package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	"butluc/library/store/editlog"
)

// The owner is the goroutine that alone touches bbolt. Everything below runs on it.

// retryEvery is how long the owner waits after a failed commit.
const retryEvery = 3 * time.Second

// owner is what the owning goroutine holds.
type owner struct {
	*Store
	disk *disk        // nil after a failure, and for readers
	log  *editlog.Log // nil before the first commit, and after a failure

	// at is what the disk has: the last commit that the log or the database took. What memory has beyond it is
	// dirty, and the next commit has all of it. A commit that neither took never was: nothing goes on from there.
	at    editlog.State
	floor int // commits are counted from here on: a head knew of as many
	heads heads

	lastCopy time.Time
	copied   chan error // has the outcome of the copy that is being made; nil while none is
	changed  bool       // since the last copy
	gap      bool       // no copy is continued by the log up to now
	refused  bool       // the last copy could not be made
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
	o.at = stateOf(o.state)
	if !o.opts.ReadOnly {
		o.heads = openHeads(o.report.Dir, dir, o.ID(), o.opts)
		defer o.heads.close()
		o.keepHead()
	}
	if o.disk != nil { // before anybody can change a record
		o.keepOldSubmissions()
		o.changed = true
		if have := o.numbered(); len(have) > 0 {
			o.lastCopy = have[0].time
		}
		if o.copyDue() {
			o.startCopy(o.all(), o.at)
		}
		if o.report.Fresh { // it is small, and without it the log begins nowhere
			o.awaitCopy()
		}
	}
	opened <- nil
	o.serve()
}

func (o *owner) serve() {
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
		case err := <-o.copied:
			o.copyDone(err)
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
	next := o.take()
	if len(next.batch) == 0 && o.disk != nil {
		o.tell(nil)
		return nil
	}
	logged := o.logEdits(next)
	err := o.keepSubmissions(next.batch)
	if err == nil {
		err = o.write(next.batch)
	}
	if logged || err == nil {
		o.at = next.becomes
	}
	if err == nil {
		o.keepHead()
	}
	if err != nil {
		o.mu.Lock()
		for k := range next.batch {
			o.dirty[k] = true
		}
		o.mu.Unlock()
		o.opts.Log.Error("store: write changes", "err", err)
	} else if next.copy != nil {
		o.startCopy(next.copy, next.becomes)
	}
	o.tell(err)
	return err
}

// commit is what is written at once.
type commit struct {
	batch          map[key][]byte
	after, becomes editlog.State
	copy           map[key][]byte // all records, where a copy is due; else nil
}

// take gives what is dirty.
func (o *owner) take() commit {
	o.mu.Lock()
	defer o.mu.Unlock()
	c := commit{after: o.at, batch: make(map[key][]byte, len(o.dirty)+2)}
	if len(o.dirty) > 0 {
		o.changed = true
		number := commitsOf(o.state) + 1
		if o.state[bucketMeta][keyDoubt] == nil {
			number = max(number, o.floor+1)
		}
		o.state[bucketMeta][keyCommit] = strconv.AppendInt(nil, int64(number), 10)
		o.state[bucketMeta][keyMark] = fmt.Appendf(nil, "%q", rand.Text())
		o.dirty[key{bucketMeta, keyCommit}], o.dirty[key{bucketMeta, keyMark}] = true, true
	}
	for k := range o.dirty {
		c.batch[k] = o.state[k.bucket][k.name] // values are never written to, only replaced
	}
	clear(o.dirty)
	c.becomes = stateOf(o.state)
	if o.copyDue() {
		c.copy = o.state.list()
	}
	return c
}

// logEdits has a commit in the log of edits before the database gets it. The log's failures are logged only; until
// the copy that then is due, changes are in the database alone.
func (o *owner) logEdits(c commit) (logged bool) {
	if len(c.batch) == 0 {
		return false
	}
	e := editlog.Entry{After: c.after, Becomes: c.becomes, At: o.opts.now()}
	for k, value := range c.batch {
		e.Records = append(e.Records, editlog.Record{Bucket: k.bucket, Name: k.name, Value: value})
	}
	var err error
	if o.log == nil {
		err = o.beginLog(c.after)
	}
	if err == nil {
		err = o.log.Append(e)
	}
	if err == nil {
		return true
	}
	o.opts.Log.Warn("store: log of edits", "err", err)
	o.gap = true
	if o.log != nil {
		_ = o.log.Close()
		o.log = nil
	}
	return false
}

func (o *owner) write(batch map[key][]byte) error {
	if o.disk == nil {
		return o.reopen()
	}
	err := o.writeDisk(batch)
	if err != nil {
		o.release()
	}
	return err
}

func (o *owner) writeDisk(batch map[key][]byte) error { return o.disk.write(batch, o.refusesDatabase) }

// reopen opens the database again after a failure and writes all that is in memory.
func (o *owner) reopen() error {
	path := filepath.Join(o.report.Dir, dbName)
	id := o.ID()
	d, err := openDisk(path)
	if err == nil {
		var state records
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
		if err = d.replace(all, o.refusesDatabase); err != nil {
			d.release()
			return err
		}
		o.disk = d
		return nil
	case errors.Is(err, ErrInUse), errors.Is(err, ErrNewer):
		return err
	}
	return o.replaceFile(path, all, err)
}

// replaceFile puts a new database, of what is in memory, in the place of one that can't be read. That one is set aside
// when the new one is whole: where a full disk refuses it, it may be all there is.
func (o *owner) replaceFile(path string, all map[key][]byte, problem error) error {
	temp := tempOf(path)
	defer os.Remove(temp)
	if err := build(temp, all, o.refusesDatabase); err != nil {
		return err // the folder may be away: it is waited for
	}
	if _, err := os.Lstat(path); err == nil {
		aside, err := setAside(path, o.opts.now())
		if err != nil {
			return err
		}
		o.mu.Lock()
		o.report.SetAside, o.report.Problem = aside, problem
		o.mu.Unlock()
	}
	err := place(temp, path)
	if err == nil {
		o.disk, err = openDisk(path)
	}
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
	o.awaitCopy()
	if o.disk == nil {
		return err
	}
	if err == nil && o.copyDue() { // what could not be committed has no place to go on from
		o.startCopy(o.all(), o.at)
		o.awaitCopy()
	}
	if o.log != nil {
		_ = o.log.Close() // every entry is synced
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
