package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"butluc/library"
	"butluc/library/internal/plain"
)

// ErrNoSuchFile says that a case has no file of a name.
var ErrNoSuchFile = errors.New("the case has no such file")

// BundleOptions are what goes into a [Bundle].
type BundleOptions struct {
	Only  []string // these files and what is in these folders, by [library.EscapePath]; nil: all
	Study bool     // what is known of the case, with outline, journal and carried texts

	Reread bool // every file, also where its SHA-256 is known by size and time
}

// Bundle is a case as it was at a moment, to be sent elsewhere while it stays open here. Close it.
type Bundle struct {
	Folders []string // in which no file is
	Items   []Item
	// Study is the digest of what is known of the case, see [store.Store.Digest], "" without: the database among the items has
	// other bytes each time that it is made.
	Study string

	c    *Case
	only []string
	temp string // the folder of the copy of the database
	list []entry
}

// Item is a file of a bundle.
type Item struct {
	Path   string // in the case folder, by [library.EscapePath]
	Size   int64  // bytes
	SHA256 string
	Time   time.Time
	Open   func() (io.ReadCloser, error) // at least Size bytes: a journal goes on meanwhile
}

// Bundle lists what is to be sent. A file whose SHA-256 is known, by its size and time, is not read for it; progress, which
// may be nil, tells of those that are. It fails with [ErrNoSuchFile].
func (c *Case) Bundle(ctx context.Context, o BundleOptions, progress func(done, total int64)) (*Bundle, error) {
	b := &Bundle{c: c, only: o.Only}
	err := b.fill(ctx, o, progress)
	if err != nil {
		_ = b.Close()
		return nil, fmt.Errorf("list case: %w", err)
	}
	return b, nil
}

// Close removes the copy of the database.
func (b *Bundle) Close() error {
	if b.temp == "" {
		return nil
	}
	return os.RemoveAll(b.temp)
}

// Check tells, once all was read, whether files came or went meanwhile: [ErrRestless].
func (b *Bundle) Check() error {
	t, err := newTree(b.c.dir, b.wanted)
	if err != nil {
		return err
	}
	defer t.root.Close()
	if !slices.Equal(t.entries, b.list) {
		return ErrRestless
	}
	return nil
}

// wanted tells whether a file or folder of the case folder, as the system spells it, belongs to the bundle.
func (b *Bundle) wanted(name string) bool {
	if name == library.Sidecar {
		return false
	}
	if b.only == nil {
		return true
	}
	name = library.EscapePath(filepath.FromSlash(name))
	return slices.ContainsFunc(b.only, func(only string) bool {
		only = strings.TrimSuffix(only, "/")
		return name == only || strings.HasPrefix(name, only+"/") || strings.HasPrefix(only, name+"/")
	})
}

func (b *Bundle) fill(ctx context.Context, o BundleOptions, progress func(done, total int64)) error {
	if o.Study {
		if err := b.study(); err != nil {
			return err
		}
	}
	t, err := newTree(b.c.dir, b.wanted)
	if err != nil {
		return err
	}
	t.root.Close()
	b.list = t.entries
	known := map[string]library.File{}
	for _, f := range b.c.Snapshot().Case.Files {
		known[f.Path] = f
	}
	for _, e := range t.entries {
		p := library.EscapePath(filepath.FromSlash(e.name))
		if e.folder {
			if o.Only == nil {
				b.Folders = append(b.Folders, p)
			}
			continue
		}
		item, err := itemOf(b.c.dir, e.name, p)
		if err != nil {
			return err
		}
		if f := known[p]; !o.Reread && f.Size == item.Size && f.ModTime.Equal(item.Time) {
			item.SHA256 = f.SHA256
		}
		b.Items = append(b.Items, item)
	}
	for _, only := range o.Only {
		only = strings.TrimSuffix(only, "/")
		if !slices.ContainsFunc(b.Items, func(i Item) bool { return i.Path == only || strings.HasPrefix(i.Path, only+"/") }) {
			return fmt.Errorf("%s: %w", library.ReadablePath(only), ErrNoSuchFile)
		}
	}
	b.dropFolders()
	return b.hash(ctx, progress)
}

// dropFolders keeps those folders only in which nothing is: the others are made with their files.
func (b *Bundle) dropFolders() {
	filled := map[string]bool{}
	for _, i := range b.Items {
		for dir := path.Dir(i.Path); dir != "." && !filled[dir]; dir = path.Dir(dir) {
			filled[dir] = true
		}
	}
	b.Folders = slices.DeleteFunc(b.Folders, func(d string) bool { return filled[d] })
}

// study adds what is known of the case: a copy of the database as it is now, and the journal, the carried texts and the answers
// of superiors as far as they are written.
func (b *Bundle) study() error {
	if err := b.c.flushJournal(); err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "butluc-") // of this user alone
	if err != nil {
		return err
	}
	b.temp = temp
	b.Study = b.c.store.Digest()
	if _, err := b.c.store.WriteTo(temp); err != nil {
		return err
	}
	if b.c.store.Digest() != b.Study { // edited this very moment
		return ErrRestless
	}
	home := b.c.store.Report().Dir
	for _, from := range []struct{ dir, under, only string }{
		{temp, "", library.Sidecar}, {home, library.Sidecar, journalDir}, {home, library.Sidecar, carriedDir}, {home, library.Sidecar, answersDir},
	} {
		t, err := newTree(from.dir, func(name string) bool { return name == from.only || strings.HasPrefix(name, from.only+"/") })
		if errors.Is(err, fs.ErrNotExist) { // a reader's case may have no folder
			continue
		}
		if err != nil {
			return err
		}
		t.root.Close()
		for _, e := range t.entries {
			if e.folder {
				continue
			}
			item, err := itemOf(from.dir, e.name, library.EscapePath(filepath.FromSlash(path.Join(from.under, e.name))))
			if err != nil {
				return err
			}
			b.Items = append(b.Items, item)
		}
	}
	return nil
}

// itemOf is a file below a folder, without its SHA-256.
func itemOf(dir, name, as string) (Item, error) {
	info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return Item{}, err
	}
	open := func() (io.ReadCloser, error) {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		return plain.OpenIn(root, name) // what was listed as a file may be a pipe or a link by now
	}
	return Item{Path: as, Size: info.Size(), Time: info.ModTime(), Open: open}, nil
}

// hash reads the items whose SHA-256 is not known.
func (b *Bundle) hash(ctx context.Context, progress func(done, total int64)) error {
	done, total := int64(0), int64(0)
	for _, i := range b.Items {
		if i.SHA256 == "" {
			total += i.Size
		}
	}
	buf := make([]byte, 1<<20)
	for n := range b.Items {
		i := &b.Items[n]
		if i.SHA256 != "" {
			continue
		}
		in, err := i.Open()
		if err != nil {
			return err
		}
		h := sha256.New()
		_, err = io.CopyBuffer(h, io.LimitReader(&counting{ctx, in, func(n int) {
			if done += int64(n); progress != nil {
				progress(min(done, total), total)
			}
		}}, i.Size), buf)
		in.Close()
		if err != nil {
			return err
		}
		i.SHA256 = hex.EncodeToString(h.Sum(nil))
	}
	return nil
}

// counting tells what is read, and ends with its context.
type counting struct {
	ctx  context.Context
	from io.Reader
	told func(int)
}

func (c *counting) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.from.Read(b)
	c.told(n)
	return n, err
}
