package pack

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"butluc/library"
	"butluc/library/machine"
)

// The folder of an unfinished unpacking, in the one that was chosen.
const (
	unfinishedDir = ".butluc-unfinished"
	ofFile        = "of"    // the SHA-256 of the header of the package that it is of
	newFile       = "new"   // what is being written
	filesDir      = "files" // those that are whole
)

// leastFree is how much room is left on the disk.
const leastFree = 50 << 20

// Unpacked is what came of an unpacking.
type Unpacked struct {
	Files   int
	Kept    int // of them were whole already, since an earlier unpacking was stopped
	Renamed []Renamed
}

// Renamed is a file that could not have its name on every system, or had that of another.
type Renamed struct{ From, To string }

// Unpack writes the package's files into a folder, which is made, or empty, or where unpacking this package was stopped. All
// of the package is read and compared first, unless [Package.Verify] did so: nothing is written of one that is not whole.
// Progress counts twice as many bytes then. It fails with a [Fault], [ErrNotEmpty], [ErrNoRoom], ctx's and the disk's errors.
// After a fault nothing is left of what was written; after another error, what is whole waits for the next time.
func (p *Package) Unpack(ctx context.Context, dir string, progress Progress) (Unpacked, error) {
	total, before := p.Bytes(), int64(0)
	if !p.whole {
		before, total = total, 2*total
		if err := p.Verify(ctx, func(n, _ int64) { told(progress, 0, total)(n) }); err != nil {
			return Unpacked{}, err
		}
	}
	_, err := os.Lstat(dir)
	made := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // as the case folder is
		return Unpacked{}, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Unpacked{}, err
	}
	u := unpacking{p: p, root: root, dir: dir, progress: func(n int64) { told(progress, before, total)(n) }}
	err = u.run(ctx)
	fault := (*Fault)(nil)
	if errors.As(err, &fault) {
		_ = root.RemoveAll(unfinishedDir)
	}
	root.Close()
	if err != nil && made {
		_ = os.Remove(dir) // which fails while something is in it
	}
	return u.result, err
}

type unpacking struct {
	p        *Package
	root     *os.Root
	dir      string
	progress func(int64)
	result   Unpacked
}

func (u *unpacking) run(ctx context.Context) error {
	if err := u.prepare(); err != nil {
		return err
	}
	targets := u.p.targets()
	for _, d := range u.p.Folders {
		if err := u.root.MkdirAll(filepath.Join(unfinishedDir, filesDir, local(d)), 0o755); err != nil {
			return err
		}
	}
	at, done := u.p.begin, int64(0)
	for i, f := range u.p.Files {
		if err := u.file(ctx, f, targets[i], at, func(n int64) { u.progress(done + n) }); err != nil {
			return err
		}
		at, done = at+f.Size, done+f.Size
		u.result.Files++
		if targets[i] != filepath.FromSlash(library.SystemPath(f.Path)) {
			u.result.Renamed = append(u.result.Renamed, Renamed{f.Path, filepath.ToSlash(targets[i])})
		}
	}
	if err := u.place(filepath.Join(unfinishedDir, filesDir), "."); err != nil {
		return err
	}
	return u.root.RemoveAll(unfinishedDir)
}

// prepare makes the folder of the unpacking, or finds the one that was stopped.
func (u *unpacking) prepare() error {
	entries, err := fs.ReadDir(u.root.FS(), ".")
	if err != nil {
		return err
	}
	of, err := u.root.ReadFile(filepath.Join(unfinishedDir, ofFile))
	resumed := err == nil && string(of) == u.p.print
	switch {
	case resumed:
	case len(entries) > 1, len(entries) == 1 && entries[0].Name() != unfinishedDir:
		return ErrNotEmpty
	default: // nothing, or what was left of another package's unpacking
		if err := u.root.RemoveAll(unfinishedDir); err != nil {
			return err
		}
	}
	if free, err := machine.Free(u.dir); err == nil && !resumed && uint64(u.p.Bytes())+leastFree > free {
		return ErrNoRoom
	}
	if err := u.root.MkdirAll(filepath.Join(unfinishedDir, filesDir), 0o755); err != nil {
		return err
	}
	return u.root.WriteFile(filepath.Join(unfinishedDir, ofFile), []byte(u.p.print), 0o600)
}

// file writes one file, unless it is there already.
func (u *unpacking) file(ctx context.Context, f File, target string, at int64, progress func(int64)) error {
	staged := filepath.Join(unfinishedDir, filesDir, target)
	for _, name := range []string{staged, target} {
		whole, err := u.isWhole(ctx, name, f, progress)
		if err != nil {
			return err
		}
		if whole {
			u.result.Kept++
			return nil
		}
	}
	if err := u.root.MkdirAll(filepath.Dir(staged), 0o755); err != nil {
		return err
	}
	temp := filepath.Join(unfinishedDir, newFile)
	if err := u.write(ctx, f, temp, at, progress); err != nil {
		_ = u.root.Remove(temp)
		return err
	}
	_ = u.root.Chtimes(temp, f.Time, f.Time) // a stick that rounds times costs a second reading
	return u.root.Rename(temp, staged)
}

func (u *unpacking) write(ctx context.Context, f File, name string, at int64, progress func(int64)) error {
	mode := fs.FileMode(0o644)
	if strings.HasPrefix(f.Path, library.Sidecar+"/") {
		mode = 0o600
	}
	out, err := u.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	err = u.p.copy(ctx, out, f, at, progress)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// isWhole tells whether a file is there as the package has it.
func (u *unpacking) isWhole(ctx context.Context, name string, f File, progress func(int64)) (bool, error) {
	info, err := u.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Size {
		return false, nil //nolint:nilerr // it is written then, or the system says why not
	}
	in, err := u.root.Open(name)
	if err != nil {
		return false, nil //nolint:nilerr // the same
	}
	defer in.Close()
	h := sha256.New()
	if err := pump(ctx, in, f.Size, h, io.Discard, progress); err != nil {
		return false, err
	}
	return hex.EncodeToString(h.Sum(nil)) == f.SHA256, nil
}

// place moves what is in a folder up into another. Where a folder is there already, since an earlier time was stopped here,
// what is in it is moved.
func (u *unpacking) place(from, to string) error {
	entries, err := fs.ReadDir(u.root.FS(), filepath.ToSlash(from))
	if err != nil {
		return err
	}
	for _, e := range entries {
		source, target := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		there, err := u.root.Lstat(target)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = u.root.Rename(source, target)
		case err != nil:
		case there.IsDir() && e.IsDir():
			err = u.place(source, target)
		default:
			err = fmt.Errorf("move %s: %w", target, ErrNotEmpty)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
