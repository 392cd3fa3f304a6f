package store

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"butluc/library/internal/whole"
)

// find settles where the database is, and opens a good one: the one that is there, else the newest
// good copy, else a fresh one.
func (o *owner) find(dir string) error {
	if o.opts.ReadOnly {
		return o.findForReading(dir)
	}
	if err := o.settle(dir); err != nil {
		return err
	}
	path := filepath.Join(o.report.Dir, dbName)
	sweep(o.report.Dir)
	err := o.openThere(path)
	switch {
	case err == nil && o.copyKnowsMore():
		err = errors.New("its last changes are lost, a copy has them")
		o.disk.release()
		o.disk = nil
		return o.recover(path, err)
	case err == nil:
		return nil
	case errors.Is(err, ErrInUse), errors.Is(err, ErrNewer), errors.Is(err, fs.ErrPermission):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return o.replaceLost(path)
	default:
		return o.recover(path, err)
	}
}

// recover sets a bad database aside and puts another in its place.
func (o *owner) recover(path string, problem error) (err error) {
	o.report.Problem = problem
	o.opts.Log.Error("store: database set aside", "path", path, "err", problem)
	if o.report.SetAside, err = setAside(path, o.opts.now()); err != nil {
		return err
	}
	return o.replaceLost(path)
}

// copyKnowsMore tells whether the database lost its last transaction to a damaged page and the
// newest copy still has it.
func (o *owner) copyKnowsMore() bool {
	list := copies(o.report.Dir)
	if len(list) == 0 || !torn(o.disk.path) || check(o.opts.CheckCommand, list[0].path) != nil {
		return false
	}
	d, err := openDiskRead(list[0].path)
	if err != nil {
		return false
	}
	defer d.release()
	state, err := d.read()
	return err == nil && commitsOf(state) > commitsOf(o.state)
}

// openThere opens the database at path, checking it first unless this machine closed it itself.
func (o *owner) openThere(path string) error {
	if info, err := os.Lstat(path); err != nil {
		return err
	} else if !info.Mode().IsRegular() {
		return fmt.Errorf("open %s: not a plain file", dbName)
	}
	o.report.Unchecked = sealed(o.opts.DataDir, path) // also proves every byte
	if !o.report.Unchecked {
		var cannot *cannotCheck
		if err := check(o.opts.CheckCommand, path); errors.As(err, &cannot) {
			o.opts.Log.Warn("store: database not checked", "err", err)
		} else if err != nil {
			return err
		}
	}
	d, err := openDisk(path)
	if err != nil {
		return err
	}
	state, err := migrated(d)
	if err != nil {
		d.release()
		return err
	}
	breakSeal(o.opts.DataDir, path)
	o.disk, o.state = d, state
	return nil
}

// replaceLost puts the newest good copy, or a fresh database, in the place of one that is gone.
func (o *owner) replaceLost(path string) error {
	for _, c := range copies(o.report.Dir) {
		if check(o.opts.CheckCommand, c.path) != nil {
			continue
		}
		if err := copyFile(c.path, path); err != nil {
			return err
		}
		if err := o.openThere(path); err != nil {
			return err
		}
		o.report.Restored, o.report.CopyTime = c.path, c.time
		return nil
	}
	o.report.Fresh = true
	if err := create(path, freshRecords()); err != nil {
		return err
	}
	return o.openThere(path)
}

func freshRecords() map[key][]byte {
	quote := func(v any) []byte { b, _ := json.Marshal(v); return b } // strings and numbers never fail
	return map[key][]byte{
		{bucketMeta, keyFormat}: quote(format),
		{bucketMeta, keyID}:     quote(rand.Text()),
	}
}

// create makes a database under another name, syncs it, and gives it its name: a new database can
// be torn by a power cut, a renamed one is there or not.
func create(path string, records map[key][]byte) error {
	temp := fmt.Sprintf("%s.new-%d", path, os.Getpid())
	_ = os.Remove(temp)
	defer os.Remove(temp)
	err := guard(func() error {
		db, err := bolt.Open(temp, 0o600, &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType})
		if err != nil {
			return err
		}
		err = db.Update(func(tx *bolt.Tx) error {
			for _, bucket := range buckets {
				if _, err := tx.CreateBucketIfNotExists([]byte(bucket)); err != nil {
					return err
				}
			}
			return putAll(tx, records)
		})
		return errors.Join(err, db.Close())
	})
	if err != nil {
		return fmt.Errorf("create %s: %w", dbName, err)
	}
	if err := place(temp, path); err != nil {
		return fmt.Errorf("create %s: %w", dbName, err)
	}
	return nil
}

// place gives a finished file its name, unless another process was faster: a link fails where the
// name is taken. Sticks (FAT) have no links; there the name is looked at once more.
func place(temp, path string) error {
	if err := os.Link(temp, path); err == nil {
		whole.SyncDir(filepath.Dir(path))
		return nil
	} else if errors.Is(err, fs.ErrExist) {
		return nil // the other's is as good
	}
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	return whole.Rename(temp, path)
}

// findForReading reads the database where there is one, a copy while it is in use, and else starts
// with nothing. It leaves no file open.
func (o *owner) findForReading(dir string) error {
	for _, home := range []string{sidecarOf(dir), fallbackOf(o.opts.DataDir, dir)} {
		o.report.Dir, o.report.Fallback = home, home != sidecarOf(dir)
		path := filepath.Join(home, dbName)
		err := o.readThere(path)
		if err == nil {
			return nil
		}
		if errors.Is(err, ErrNewer) {
			return err
		}
		if errors.Is(err, fs.ErrNotExist) && len(copies(home)) == 0 {
			continue
		}
		o.report.InUse = errors.Is(err, ErrInUse)
		if !o.report.InUse {
			o.report.Problem = err
		}
		for _, c := range copies(home) {
			if o.readThere(c.path) == nil {
				o.report.Restored, o.report.CopyTime = c.path, c.time
				return nil
			}
		}
		break
	}
	o.report.InMemory, o.report.Fresh = true, true
	o.state = map[string]map[string][]byte{}
	for k, v := range freshRecords() {
		if o.state[k.bucket] == nil {
			o.state[k.bucket] = map[string][]byte{}
		}
		o.state[k.bucket][k.name] = v
	}
	return nil
}

func (o *owner) readThere(path string) error {
	if _, err := os.Lstat(path); err != nil {
		return err
	}
	if !sealed(o.opts.DataDir, path) {
		var cannot *cannotCheck
		if err := check(o.opts.CheckCommand, path); err != nil && !errors.As(err, &cannot) {
			return err
		}
	}
	d, err := openDiskRead(path)
	if err != nil {
		return err
	}
	state, err := d.read()
	if err == nil {
		_, err = formatOf(state)
	}
	if err != nil {
		d.release()
		return err
	}
	o.state = state
	return d.close()
}

// settle chooses the folder: the sidecar, or, where that can't be written, its stand-in in the
// user's data folder, which begins with what the sidecar has.
func (o *owner) settle(dir string) error {
	home := sidecarOf(dir)
	err := prepare(home, true)
	if err == nil {
		o.report.Dir = home
		return nil
	}
	if _, statErr := os.Stat(dir); statErr != nil {
		return statErr // there is no case folder at all
	}
	o.opts.Log.Warn("store: case folder can't be written", "err", err)
	fallback := fallbackOf(o.opts.DataDir, dir)
	if err := prepare(fallback, false); err != nil {
		return err
	}
	o.report.Dir, o.report.Fallback = fallback, true
	there, here := filepath.Join(home, dbName), filepath.Join(fallback, dbName)
	if _, err := os.Lstat(here); errors.Is(err, fs.ErrNotExist) {
		if info, err := os.Lstat(home); err == nil && info.IsDir() && check(o.opts.CheckCommand, there) == nil {
			return copyFile(there, here)
		}
	}
	return nil
}

// migrated reads a database and brings it to the present format.
func migrated(d *disk) (map[string]map[string][]byte, error) {
	state, err := d.read()
	if err != nil {
		return nil, err
	}
	from, err := formatOf(state)
	if err != nil || from == format {
		return state, err
	}
	err = d.guard(func() error {
		return d.db.Update(func(tx *bolt.Tx) error { return migrate(tx, from) })
	})
	if err != nil {
		return nil, fmt.Errorf("migrate from format %d: %w", from, err)
	}
	return d.read()
}

func stamp(t time.Time) string { return t.Format("20060102-150405") }
