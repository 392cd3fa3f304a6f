package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"butluc/library"
	"butluc/library/intake/archive"
)

// ErrInside says that files are to be taken out into the case folder, where nothing is written among the originals.
var ErrInside = errors.New("the folder is within the case folder")

// Held are the names of the files that a ZIP of the case folder root holds; p is its path as [library.File] has it. The
// errors are those of [archive.Open] and the system's.
func Held(root, p string) ([]string, error) {
	z, closeFile, err := openZIP(root, p)
	if err != nil {
		return nil, err
	}
	defer closeFile()
	return z.Names(), nil
}

// Unpack takes a ZIP of the case folder root apart into a new folder in into, which is outside of the case; dir is that
// folder, named as the ZIP, with a number where there is one already. progress, the result and the errors are those of
// [archive.Zip.Extract], and [ErrInside].
func Unpack(ctx context.Context, root, p, into string, progress func(done, total int64)) (dir string, got archive.Extracted, err error) {
	if Inside(root, into) {
		return "", got, fmt.Errorf("unpack %s into %s: %w", p, into, ErrInside)
	}
	z, closeFile, err := openZIP(root, p)
	if err != nil {
		return "", got, err
	}
	defer closeFile()
	name := library.ReadableName(p)
	name = strings.TrimRight(strings.TrimSuffix(name, path.Ext(name)), ". ")
	if name == "" {
		name = "zip"
	}
	for n := 1; ; n++ {
		dir = filepath.Join(into, name)
		if n > 1 {
			dir += fmt.Sprintf(" (%d)", n)
		}
		got, err = z.Extract(ctx, dir, progress)
		if !errors.Is(err, fs.ErrExist) {
			return dir, got, err
		}
	}
}

// Inside tells whether a folder, which need not be there yet, is or would be the case folder root or one within it.
func Inside(root, dir string) bool {
	rel, err := filepath.Rel(resolved(root), resolved(dir))
	return err == nil && filepath.IsLocal(rel)
}

// resolved is a folder without links, as far as it is there.
func resolved(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	if parent := filepath.Dir(dir); parent != dir {
		return filepath.Join(resolved(parent), filepath.Base(dir))
	}
	return dir
}

func openZIP(root, p string) (*archive.Zip, func(), error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, nil, fmt.Errorf("open case folder: %w", err)
	}
	defer r.Close()
	info, err := r.Lstat(library.SystemPath(p))
	if err != nil {
		return nil, nil, err
	}
	file, err := open(r, library.File{Path: p, Size: info.Size(), ModTime: info.ModTime()}, seam{})
	if err != nil {
		return nil, nil, err
	}
	z, err := archive.Open(file, info.Size())
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return z, func() { file.Close() }, nil
}
