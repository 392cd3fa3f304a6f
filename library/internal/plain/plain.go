// Package plain opens plain files only. What stands under a name may be a pipe, whose opening waits for ever for its
// other end, or a device: in a case folder that came from elsewhere, and wherever a person points us.
package plain

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrNotPlain says that there is no plain file under a name, but a pipe, a device, a folder or, where links are
// refused, a link.
var ErrNotPlain = errors.New("not a plain file")

// ErrTooLarge says that a file is larger than its reader takes.
var ErrTooLarge = errors.New("the file is too large")

// Open opens the plain file at path, or that a link at path leads to, for reading.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path) // a device does things when it is only opened
	if err == nil {
		err = check(path, info)
	}
	if err != nil {
		return nil, err
	}
	return open(path, os.O_RDONLY, 0)
}

// OpenOwn is os.OpenFile for the files that the program keeps: links are refused, since a crafted case could lead our
// reading and writing elsewhere.
func OpenOwn(path string, flag int, perm fs.FileMode) (*os.File, error) {
	info, err := os.Lstat(path)
	switch {
	case err == nil:
		err = check(path, info)
	case errors.Is(err, fs.ErrNotExist) && flag&os.O_CREATE != 0:
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return open(path, flag|noFollow, perm)
}

// ReadOwn reads a file that the program keeps, of at most limit bytes.
func ReadOwn(path string, limit int64) ([]byte, error) {
	return read(path, limit, func() (*os.File, error) { return OpenOwn(path, os.O_RDONLY, 0) })
}

// ReadFile reads a file that a person points at, of at most limit bytes.
func ReadFile(path string, limit int64) ([]byte, error) {
	return read(path, limit, func() (*os.File, error) { return Open(path) })
}

func read(path string, limit int64, open func() (*os.File, error)) ([]byte, error) {
	f, err := open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("read %s: %w", path, ErrTooLarge)
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// OpenIn opens the plain file beneath root for reading. Links are refused, also what became one a moment ago.
func OpenIn(root *os.Root, name string) (*os.File, error) {
	listed, err := root.Lstat(name)
	if err == nil {
		err = check(name, listed)
	}
	if err != nil {
		return nil, err
	}
	f, err := root.OpenFile(name, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = check(name, info)
	}
	if err == nil && !os.SameFile(listed, info) {
		err = &fs.PathError{Op: "open", Path: name, Err: ErrNotPlain}
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// open does not wait, and looks once more: what was a file a moment ago may be a pipe.
func open(path string, flag int, perm fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, flag|noWait, perm)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = check(path, info)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func check(path string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: ErrNotPlain}
	}
	return nil
}
