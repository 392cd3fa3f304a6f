package place

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

// folder is a place in a folder of a file system. It holds nothing open: a share may go and come back.
type folder struct {
	dir string

	mu   sync.Mutex
	made map[string]bool // folders that are there
}

func newFolder(a Address) (*folder, error) {
	dir := string(a)
	if strings.HasPrefix(dir, "file://") {
		u, err := url.Parse(dir)
		if err != nil {
			return nil, ErrAddress
		}
		dir = filepath.FromSlash(u.Path)
		if len(dir) > 2 && dir[2] == ':' { // file:///C:/kho
			dir = dir[1:]
		}
		if u.Host != "" { // file://server/share
			dir = `\\` + u.Host + dir
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the folder: %w", err)
	}
	return &folder{dir: dir, made: map[string]bool{}}, nil
}

// within does something beneath the folder, which no link leads out of.
func (f *folder) within(ctx context.Context, name string, do func(root *os.Root) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if name != "" {
		if err := check(name); err != nil {
			return err
		}
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return fmt.Errorf("open the store's folder: %w", err)
	}
	defer root.Close()
	err = do(root)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}

func (f *folder) Put(ctx context.Context, name string, data []byte) error {
	return f.within(ctx, name, func(root *os.Root) error {
		for _, dir := range []string{temporary, path.Dir(name)} {
			if err := f.makeDir(root, dir); err != nil {
				return err
			}
		}
		beside := temporary + "/" + strings.ToLower(rand.Text())
		if err := write(root, beside, data); err != nil {
			_ = root.Remove(beside)
			return fmt.Errorf("write to the store: %w", err)
		}
		if err := root.Rename(filepath.FromSlash(beside), filepath.FromSlash(name)); err != nil {
			_ = root.Remove(beside)
			return fmt.Errorf("write to the store: %w", err)
		}
		atomicfile.SyncDir(filepath.Join(f.dir, filepath.FromSlash(path.Dir(name))))
		return nil
	})
}

func write(root *os.Root, name string, data []byte) error {
	w, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o664)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	if err == nil {
		err = w.Sync()
	}
	return errors.Join(err, w.Close())
}

func (f *folder) makeDir(root *os.Root, dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.made[dir] {
		return nil
	}
	if err := root.MkdirAll(filepath.FromSlash(dir), 0o775); err != nil {
		return fmt.Errorf("write to the store: %w", err)
	}
	for above := dir; above != "."; above = path.Dir(above) {
		atomicfile.SyncDir(filepath.Join(f.dir, filepath.FromSlash(path.Dir(above))))
	}
	f.made[dir] = true
	return nil
}

func (f *folder) Get(ctx context.Context, name string, limit int64) (data []byte, err error) {
	err = f.within(ctx, name, func(root *os.Root) error {
		r, err := plain.OpenIn(root, filepath.FromSlash(name))
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("read %s: %w", name, ErrMissing)
		}
		if err != nil {
			return fmt.Errorf("read from the store: %w", err)
		}
		defer r.Close()
		data, err = readAll(r, limit)
		return err
	})
	return data, err
}

func readAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read from the store: %w", err)
	}
	if int64(len(data)) > limit {
		return nil, ErrTooLarge
	}
	return data, nil
}

func (f *folder) List(ctx context.Context, dir string) (names []string, err error) {
	err = f.within(ctx, dir, func(root *os.Root) error {
		d, err := root.Open(filepath.FromSlash(path.Join(".", dir)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("list the store: %w", err)
		}
		defer d.Close()
		found, err := d.Readdirnames(-1)
		if err != nil {
			return fmt.Errorf("list the store: %w", err)
		}
		for _, name := range found {
			if Valid(name) {
				names = append(names, name)
			}
		}
		return nil
	})
	return names, err
}

func (f *folder) Remove(ctx context.Context, name string) error {
	return f.within(ctx, name, func(root *os.Root) error {
		if err := root.Remove(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove from the store: %w", err)
		}
		return nil
	})
}
