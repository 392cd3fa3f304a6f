package store

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
	"butluc/library/store/editlog"
)

// find settles where the database is, and opens a good one: the one that is there, else the newest good copy, with
// what the log of edits adds to either, else a fresh one.
func (o *owner) find(dir string) error {
	if o.opts.ReadOnly {
		return o.findForReading(dir)
	}
	if err := o.settle(dir); err != nil {
		return err
	}
	path := filepath.Join(o.report.Dir, dbName)
	sweep(o.report.Dir)
	t := o.trailIn(o.report.Dir, dir)
	err := o.openThere(path)
	switch {
	case err == nil:
		if err = o.catchUp(dir, t); err == nil {
			break
		}
		o.release()
		err = o.recover(path, dir, t, err)
	case errors.Is(err, ErrInUse), errors.Is(err, ErrNewer), errors.Is(err, fs.ErrPermission):
	case errors.Is(err, fs.ErrNotExist) && !known(o.report.Dir):
		err = o.begin(path)
	default:
		err = o.recover(path, dir, t, err)
	}
	if err == nil {
		err = o.doubt(t)
	}
	// Without a copy that the log goes on from, the log would be of no use.
	o.gap = stateOf(o.state) != t.End || t.Unread || len(o.numbered()) == 0
	return err
}

// known tells whether there was a case in a folder, whatever became of its database.
func known(home string) bool {
	return len(copies(home)) > 0 || !editlog.Read(editsOf(home)).IsEmpty() || len(submittedFiles(home)) > 0 ||
		len(readHeads(headFile(home))) > 0
}

// found is what a copy holds, with what the log of edits adds to it.
type found struct {
	copyOf
	state    records
	replayed map[key][]byte // what the log added: to be written to the copy, too
	commits  int            // of the log's
	asOf     time.Time
	brought  bool // it is of the case's other home
	all      bool // the log leads to its end: nothing that was acknowledged is missing
}

// replay adds to a state what the log of edits has after it.
func replay(state records, t trail) found {
	f := found{state: state, replayed: map[key][]byte{}}
	var entries []editlog.Entry
	entries, f.all = t.From(stateOf(state))
	for _, e := range entries {
		for _, r := range e.Records {
			if !slices.Contains(buckets, r.Bucket) || r.Name == "" || len(r.Name) > maxKey {
				f.all = false // forged: no commit was ever so
				continue
			}
			f.replayed[key{r.Bucket, r.Name}] = r.Value
		}
		f.commits++
		f.asOf = e.At
	}
	state.put(f.replayed)
	if f.commits > 0 && stateOf(state) != entries[f.commits-1].Becomes {
		f.all = false
	}
	f.all = f.all && t.whole(stateOf(state))
	return f
}

// newestCopy gives the newest good copy, with the log, of the case with this id where it is known. That may be in the
// case's other home.
func (o *owner) newestCopy(home, dir, id string, t trail) (found, bool) {
	best, ok := o.newestIn(copies(home), t)
	if ok {
		id = stateOf(best.state).Case
	}
	other := sidecarOf(dir)
	if other == home {
		other = fallbackOf(o.opts.DataDir, dir)
	}
	there := filepath.Join(other, dbName)
	info, err := os.Lstat(there)
	if err != nil || id == "" {
		return best, ok
	}
	list := append([]copyOf{{path: there, time: info.ModTime()}}, copies(other)...)
	f, also := o.newestIn(list, o.trailIn(other, dir))
	if s := stateOf(f.state); also && s.Case == id && s.Commit > stateOf(best.state).Commit {
		f.brought = true
		return f, true
	}
	return best, ok
}

// newestIn gives the first of a list of copies that is good, with the log.
func (o *owner) newestIn(list []copyOf, t trail) (found, bool) {
	for _, c := range list {
		state, err := o.load(c.path)
		if err != nil {
			o.opts.Log.Warn("store: copy can't be read", "path", c.path, "err", err)
			continue
		}
		f := replay(state, t)
		f.copyOf = c
		if f.commits == 0 {
			f.asOf = c.time
		}
		return f, true
	}
	return found{}, false
}

// release lets go of a database that was opened for nothing.
func (o *owner) release() {
	if o.disk != nil {
		o.disk.release()
		o.disk = nil
	}
}

// The ways in which a database that can be read may know less than was acknowledged.
var (
	errOlder  = errors.New("the database lacks the last changes")
	errDoubt  = errors.New("the database was damaged before, and nobody has said yet to go on from what was left")
	errBehind = errors.New("the database lacked changes that the log of edits has")
)

// overtaken tells whether a good database, with the log of edits, knows less than was acknowledged, and gives the copy
// that knows more, if there is one. mark tells of a damaged mark in the database itself, after which bbolt takes the
// one before without a word.
func (o *owner) overtaken(state records, dir string, t trail, mark bool) (more found, lost bool) {
	at := stateOf(state)
	_, _, known := t.beyond(at)
	if at == t.End && !t.Unread && !known {
		return found{}, false
	}
	if c, ok := o.newestCopy(o.report.Dir, dir, at.Case, t); ok {
		if s := stateOf(c.state); s.Case == at.Case && s.Commit > at.Commit {
			return c, !c.all
		}
	}
	beyond := t.End.Commit > at.Commit ||
		t.Unread && t.End.Commit == at.Commit && !o.report.Unchecked && !sealed(o.opts.DataDir, filepath.Join(o.report.Dir, dbName))
	return found{}, mark || known || t.End.Case == at.Case && beyond
}

// catchUp writes to the open database what the log of edits has after it: a crash may come between the two. The error
// says that a copy knows more.
func (o *owner) catchUp(dir string, t trail) error {
	mark := torn(o.disk.path)
	f := replay(o.state, t)
	more, lost := o.overtaken(o.state, dir, t, mark)
	if more.path != "" || lost && o.opts.OnlyWhole {
		return errOlder
	}
	if err := o.writeReplayed(f.replayed); err != nil {
		return err
	}
	o.note(f, lost)
	return nil
}

// writeReplayed writes what the log of edits had. A disk that refuses it, since it is full, is asked again with the next
// commit: memory has it, and so has the log.
func (o *owner) writeReplayed(replayed map[key][]byte) error {
	if len(replayed) == 0 {
		return nil
	}
	o.state.put(replayed)
	err := o.writeDisk(replayed)
	if err == nil || errors.As(err, new(*damage)) {
		return err
	}
	o.opts.Log.Warn("store: write what the log of edits has", "err", err)
	o.release()
	for k := range replayed {
		o.dirty[k] = true
	}
	o.stir()
	return nil
}

// note tells of a database that can be read and what the log of edits added to it.
func (o *owner) note(f found, lost bool) {
	o.report.Replayed, o.report.AsOf, o.report.Lost = f.commits, f.asOf, lost
	switch {
	case lost:
		o.report.Problem = errOlder
	case f.commits > 1: // one may come between the log and the database in any crash
		o.report.Problem = errBehind
	}
}

// recover sets a bad database aside and puts in its place the newest good copy with the log of edits, or a fresh
// database.
func (o *owner) recover(path, dir string, t trail, problem error) (err error) {
	o.report.Problem = problem
	f, ok := o.newestCopy(o.report.Dir, dir, stateOf(o.state).Case, t)
	if o.opts.OnlyWhole && !f.all {
		return fmt.Errorf("%w: %w", ErrDamaged, problem)
	}
	restored := tempOf(path)
	defer os.Remove(restored)
	if ok { // first, for a full disk refuses it: the damaged one stays where it is then
		if err := copyFile(f.path, restored); err != nil {
			return err
		}
	}
	if _, err := os.Lstat(path); err == nil {
		o.opts.Log.Error("store: database set aside", "path", path, "err", problem)
		if o.report.SetAside, err = setAside(path, o.opts.now()); err != nil {
			return err
		}
	}
	if !ok {
		o.report.Lost = true
		return o.begin(path)
	}
	if err := place(restored, path); err != nil {
		return err
	}
	if err := o.openThere(path); err != nil {
		return err
	}
	f.state = o.state // migrated, perhaps
	if err := o.writeReplayed(f.replayed); err != nil {
		return err
	}
	o.tellCopy(f)
	return nil
}

// tellCopy tells of a copy that was read in the database's place.
func (o *owner) tellCopy(f found) {
	o.report.Restored, o.report.CopyTime, o.report.Brought = f.path, f.time, f.brought
	o.report.Replayed, o.report.AsOf, o.report.Lost = f.commits, f.asOf, !f.all
}

// openThere opens the database at path, checking it first unless this machine closed it itself.
func (o *owner) openThere(path string) error {
	if info, err := os.Lstat(path); err != nil {
		return err
	} else if !info.Mode().IsRegular() {
		return fmt.Errorf("open %s: %w", dbName, plain.ErrNotPlain)
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

// begin puts a fresh database where there is none.
func (o *owner) begin(path string) error {
	o.report.Fresh = true
	if err := create(path, freshRecords(), o.refusesDatabase); err != nil {
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
// be torn by a power cut, a renamed one is there or not. refuses is [Options.refuses] of its place.
func create(path string, records map[key][]byte, refuses func() error) error {
	temp := tempOf(path)
	defer os.Remove(temp)
	err := build(temp, records, refuses)
	if err == nil {
		err = place(temp, path)
	}
	if err != nil {
		return fmt.Errorf("create %s: %w", dbName, err)
	}
	return nil
}

// tempOf names what is to be put at path, for this process alone; sweep removes it after a crash.
func tempOf(path string) string { return fmt.Sprintf("%s.new-%d", path, os.Getpid()) }

// build writes a database whole; what is at path already is replaced.
func build(path string, records map[key][]byte, refuses func() error) error {
	_ = os.Remove(path)
	return guard(func() error {
		db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType})
		if err != nil {
			return err
		}
		err = db.Update(func(tx *bolt.Tx) error {
			for _, bucket := range buckets {
				if _, err := tx.CreateBucketIfNotExists([]byte(bucket)); err != nil {
					return err
				}
			}
			return errors.Join(putAll(tx, records), refuses())
		})
		return errors.Join(err, db.Close())
	})
}

// place gives a finished file its name, unless another process was faster: a link fails where the
// name is taken. Sticks (FAT) have no links; there the name is looked at once more.
func place(temp, path string) error {
	if err := os.Link(temp, path); err == nil {
		atomicfile.SyncDir(filepath.Dir(path))
		return nil
	} else if errors.Is(err, fs.ErrExist) {
		return nil // the other's is as good
	}
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	return atomicfile.Rename(temp, path)
}

// findForReading reads the database where there is one, a copy while it is in use or damaged, each with what the log
// of edits adds, and else starts with nothing. It leaves no file open.
func (o *owner) findForReading(dir string) error {
	for _, home := range []string{sidecarOf(dir), fallbackOf(o.opts.DataDir, dir)} {
		o.report.Dir, o.report.Fallback = home, home != sidecarOf(dir)
		path := filepath.Join(home, dbName)
		t := o.trailIn(home, dir)
		state, err := o.load(path)
		switch {
		case err == nil:
			f := replay(state, t)
			more, lost := o.overtaken(state, dir, t, torn(path))
			if more.path == "" {
				o.state = state
				o.note(f, lost)
				return o.doubt(t)
			}
			err = errOlder
		case errors.Is(err, ErrNewer):
			return err
		case errors.Is(err, fs.ErrNotExist) && !known(home):
			continue
		}
		if o.report.InUse = errors.Is(err, ErrInUse); !o.report.InUse {
			o.report.Problem = err
		}
		if f, ok := o.newestCopy(home, dir, stateOf(state).Case, t); ok {
			o.state = f.state
			o.tellCopy(f)
			return o.doubt(t)
		}
		o.report.Lost = true
		break
	}
	o.report.InMemory, o.report.Fresh = true, true
	o.state = records{}
	o.state.put(freshRecords())
	return nil
}

// load reads a database or a copy, and lets go of it.
func (o *owner) load(path string) (records, error) {
	if info, err := os.Lstat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), plain.ErrNotPlain)
	}
	if !sealed(o.opts.DataDir, path) {
		var cannot *cannotCheck
		if err := check(o.opts.CheckCommand, path); err != nil && !errors.As(err, &cannot) {
			return nil, err
		}
	}
	d, err := openDiskRead(path)
	if err != nil {
		return nil, err
	}
	state, err := d.read()
	if err == nil {
		_, err = formatOf(state)
	}
	if err != nil {
		d.release()
		return nil, err
	}
	return state, d.close()
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
func migrated(d *disk) (records, error) {
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
