package store

import (
	"errors"
	"fmt"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"butluc/library/internal/plain"
)

// disk is an open bbolt database. Its methods turn panics and faults into errors; after an error,
// only release may be called.
type disk struct {
	path   string
	db     *bolt.DB
	file   *os.File // bbolt's own, to let go of the lock when bbolt can't
	broken bool     // bbolt panicked: it may hold its own locks for ever
}

// maxDatabase bounds a database, which is read into memory, in bytes: it may be a stranger's. Ten thousand files with a
// large outline have some ten million.
const maxDatabase = 512 << 20

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
	if info.Size() > maxDatabase {
		return nil, fmt.Errorf("open %s: %w", dbName, plain.ErrTooLarge)
	}
	if err := whole(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", dbName, err)
	}
	d := &disk{path: path}
	err = d.guard(func() (err error) {
		d.db, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout: lockWait, ReadOnly: readOnly, NoStatistics: true, FreelistType: bolt.FreelistMapType,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				f, err := plain.OpenOwn(name, flag&^os.O_CREATE, mode)
				d.file = f
				return f, err
			},
		})
		return err
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, ErrInUse
	}
	if err != nil {
		d.broken = true // bbolt closed it, or could not
		d.release()
		return nil, fmt.Errorf("open %s: %w", dbName, err)
	}
	return d, nil
}

// release lets go of the database after an error. Where bbolt panicked it can't be asked to; then
// the file's lock is given back by hand, since the mapping, which is leaked until the process
// ends, would hold it.
func (d *disk) release() {
	if !d.broken {
		if err := d.guard(d.db.Close); err == nil {
			return
		}
	}
	if d.file != nil {
		unlock(d.file) // fails where bbolt came as far as closing it
		_ = d.file.Close()
	}
}

func (d *disk) close() error {
	err := d.guard(d.db.Close)
	if err != nil {
		d.broken = true
		d.release()
	}
	return err
}

// write puts and removes (nil) records in one transaction. refuses is [Options.refuses] of its place.
func (d *disk) write(batch map[key][]byte, refuses func() error) error {
	return d.guard(func() error {
		return d.db.Update(func(tx *bolt.Tx) error { return errors.Join(putAll(tx, batch), refuses()) })
	})
}

// replace makes the database hold exactly these records.
func (d *disk) replace(all map[key][]byte, refuses func() error) error {
	return d.guard(func() error {
		return d.db.Update(func(tx *bolt.Tx) error {
			for _, bucket := range buckets {
				if err := tx.DeleteBucket([]byte(bucket)); err != nil && !errors.Is(err, bolterrors.ErrBucketNotFound) {
					return err
				}
				if _, err := tx.CreateBucket([]byte(bucket)); err != nil {
					return err
				}
			}
			return errors.Join(putAll(tx, all), refuses())
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
func (d *disk) read() (state records, err error) {
	err = d.guard(func() error {
		return d.db.View(func(tx *bolt.Tx) error {
			state, err = readAll(tx)
			return err
		})
	})
	return state, err
}

func readAll(tx *bolt.Tx) (records, error) {
	state := records{}
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

// guard turns a panic of f into an error and remembers it.
func (d *disk) guard(f func() error) error {
	err := guard(f)
	if errors.As(err, new(*damage)) {
		d.broken = true
	}
	return err
}

// damage is a panic of bbolt's.
type damage struct{ said any }

func (e *damage) Error() string { return fmt.Sprintf("the database is damaged: %v", e.said) }

// guard turns a panic of f into an error. With SetPanicOnFault, a fault in the mapping is one.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &damage{r}
		}
	}()
	return f()
}
