package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"
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
	batch := make(map[key][]byte, len(o.dirty))
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
		o.disk.abandon()
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
			d.close()
			return errors.New("another case's database is in its place")
		}
		if err != nil {
			d.abandon()
		}
	}
	o.mu.Lock()
	all := make(map[key][]byte)
	for bucket, records := range o.state {
		for name, value := range records {
			all[key{bucket, name}] = value
		}
	}
	o.mu.Unlock()
	switch {
	case err == nil:
		// What was removed since is removed by replacing the buckets.
		if err = d.replace(all); err != nil {
			d.abandon()
			return err
		}
		o.disk = d
		return nil
	case errors.Is(err, ErrInUse), errors.Is(err, ErrNewer):
		return err
	}
	if _, statErr := os.Lstat(path); statErr == nil {
		if _, err := setAside(path, o.opts.now()); err != nil {
			return err
		}
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

// disk is an open bbolt database. Its methods turn panics and faults into errors; after one, only
// abandon may be called.
type disk struct {
	path string
	db   *bolt.DB
	file *os.File // bbolt's own, to let go of the lock when bbolt can't
}

// lockWait is how long another process's lock is waited for.
const lockWait = 250 * time.Millisecond

func openDisk(path string) (*disk, error)     { return openBolt(path, false) }
func openDiskRead(path string) (*disk, error) { return openBolt(path, true) }

func openBolt(path string, readOnly bool) (*disk, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() == 0 { // bbolt would make an empty file a new database
		return nil, fmt.Errorf("open %s: not a database", dbName)
	}
	d := &disk{path: path}
	err = guard(func() (err error) {
		d.db, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout: lockWait, ReadOnly: readOnly, NoStatistics: true, FreelistType: bolt.FreelistMapType,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
				d.file = f
				return f, err
			},
		})
		return err
	})
	if errors.Is(err, bolt.ErrTimeout) {
		return nil, ErrInUse
	}
	if err != nil {
		d.abandon()
		return nil, fmt.Errorf("open %s: %w", dbName, err)
	}
	return d, nil
}

// abandon lets go of the file without bbolt, which may hold its own locks after a panic. The
// mapping is leaked until the process ends; that is rare, and unmapping it would be worse.
func (d *disk) abandon() {
	if d.file != nil {
		_ = d.file.Close() // closed already where bbolt came so far
	}
}

func (d *disk) close() error {
	err := guard(d.db.Close)
	if err != nil {
		d.abandon()
	}
	return err
}

// write puts and removes (nil) records in one transaction.
func (d *disk) write(batch map[key][]byte) error {
	return guard(func() error {
		return d.db.Update(func(tx *bolt.Tx) error { return putAll(tx, batch) })
	})
}

// replace makes the database hold exactly these records.
func (d *disk) replace(all map[key][]byte) error {
	return guard(func() error {
		return d.db.Update(func(tx *bolt.Tx) error {
			for _, bucket := range buckets {
				if err := tx.DeleteBucket([]byte(bucket)); err != nil && !errors.Is(err, bolt.ErrBucketNotFound) {
					return err
				}
				if _, err := tx.CreateBucket([]byte(bucket)); err != nil {
					return err
				}
			}
			return putAll(tx, all)
		})
	})
}

func putAll(tx *bolt.Tx, batch map[key][]byte) error {
	for k, value := range batch {
		b := tx.Bucket([]byte(k.bucket))
		if b == nil {
			return fmt.Errorf("write %s/%s: no such bucket", k.bucket, k.name)
		}
		var err error
		if value == nil {
			err = b.Delete([]byte(k.name))
		} else {
			err = b.Put([]byte(k.name), seal(k.bucket, k.name, value))
		}
		if err != nil {
			return fmt.Errorf("write %s/%s: %w", k.bucket, k.name, err)
		}
	}
	return nil
}

// read gives every record, checked and copied out of the mapping.
func (d *disk) read() (state map[string]map[string][]byte, err error) {
	err = guard(func() error {
		return d.db.View(func(tx *bolt.Tx) error {
			state, err = readAll(tx)
			return err
		})
	})
	return state, err
}

func readAll(tx *bolt.Tx) (map[string]map[string][]byte, error) {
	state := map[string]map[string][]byte{}
	for _, bucket := range buckets {
		state[bucket] = map[string][]byte{}
		b := tx.Bucket([]byte(bucket))
		if b == nil {
			continue // of a format before this bucket; migrate makes it
		}
		err := b.ForEach(func(k, v []byte) error {
			value, err := unseal(bucket, string(k), v)
			state[bucket][string(k)] = value
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return state, nil
}

// guard turns a panic of f into an error. With SetPanicOnFault, a fault in the mapping is one.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the database is damaged: %v", r)
		}
	}()
	return f()
}
