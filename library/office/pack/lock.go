package pack

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"butluc/library"
	"butluc/library/casefile"
)

// ErrDiffers says that a case is not what is in a package.
var ErrDiffers = errors.New("the case is not what the package holds")

// Matches reads a package to its end, and every file of an open case, and tells whether each has all that the other has, by
// its SHA-256: files, outline and journal. It fails with a [Fault], [ErrDiffers], and where another process has the case.
func (p *Package) Matches(ctx context.Context, c *casefile.Case, progress Progress) (err error) {
	if err := p.Verify(ctx, progress); err != nil {
		return err
	}
	b, err := c.Bundle(ctx, casefile.BundleOptions{Study: true, Reread: true}, progress)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	packed := map[string]File{}
	for _, f := range p.Files {
		packed[f.Path] = f
	}
	for _, i := range b.Items {
		f, ok := packed[i.Path]
		if i.Path == databaseFile && ok && b.Study == p.Study {
			delete(packed, i.Path)
			continue
		}
		if !ok || f.Size != i.Size || f.SHA256 != i.SHA256 {
			return fmt.Errorf("%s: %w", i.Path, ErrDiffers)
		}
		delete(packed, i.Path)
	}
	for name := range packed {
		return fmt.Errorf("%s: %w", name, ErrDiffers)
	}
	return nil
}

// RemoveOriginals takes away the files of a case folder that are in the package, and what the program kept beside them. Call
// it right after [Package.Matches] and once the case is closed. Links, and what came meanwhile, stay, and the folders that
// they are in; left counts them.
func (p *Package) RemoveOriginals(dir string) (left int, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	folders := map[string]bool{}
	for _, d := range p.Folders {
		folders[library.SystemPath(d)] = true
	}
	for _, f := range p.Files {
		name := library.SystemPath(f.Path)
		if strings.HasPrefix(f.Path, library.Sidecar+"/") {
			continue
		}
		if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, err
		}
		for d := filepath.Dir(name); d != "."; d = filepath.Dir(d) {
			folders[d] = true
		}
	}
	if err := root.RemoveAll(library.Sidecar); err != nil {
		return 0, err
	}
	names := make([]string, 0, len(folders))
	for d := range folders {
		names = append(names, d)
	}
	slices.Sort(names)
	for _, d := range slices.Backward(names) { // what is in a folder comes behind it
		_ = root.Remove(d) // which fails while something is in it
	}
	err = fs.WalkDir(root.FS(), ".", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left++
		}
		return err
	})
	root.Close()
	if err == nil && left == 0 {
		err = os.Remove(dir)
	}
	return left, err
}
