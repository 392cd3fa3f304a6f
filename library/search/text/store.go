package text

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"

	"butluc/library"
)

// Store keeps what was read, one file for each SHA-256, so that a page is read once whatever the cases that
// have it. Files are appended to, by several processes at once if need be: a crash loses the page that was
// being written, a damage the pages that it is in, and both are read again. Its methods may be called from
// any goroutine. Close it.
type Store struct {
	root *os.Root

	mu     sync.Mutex
	files  map[string]*file // by SHA-256, of those that were asked for
	closed bool
}

// file is what is known of the records of one SHA-256.
type file struct {
	sha string

	mu     sync.Mutex
	loaded bool
	end    int64   // up to which the file was looked through
	pages  []entry // in order of their pages
}

const (
	fileEnding = ".text"
	// maxFile bounds a file of records: 100,000 pages take half of it.
	maxFile = 1 << 30 // bytes
)

// Open opens the folder dir, which is made where it is missing, the user's alone. It takes no time: files are
// looked into when they are asked for.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open text store: %w", err)
	}
	return open(dir)
}

func open(dir string) (*Store, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open text store: %w", err)
	}
	return &Store{root: root, files: map[string]*file{}}, nil
}

// Close lets go of the folder. What was put is on disk already.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return s.root.Close()
}

// Has tells whether the page's text is kept. The first question for a SHA-256 looks into its file, the others
// are answered from memory.
func (s *Store) Has(k Key) bool {
	_, ok := s.Info(k)
	return ok
}

// Info is what is known of the page without reading its text, as cheaply as [Store.Has].
func (s *Store) Info(k Key) (Info, bool) {
	f, err := s.file(k.SHA256)
	if err != nil {
		return Info{}, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	e, ok := f.find(k.Page)
	return e.info, ok
}

// Get reads the page's text; ok is false where it is not kept, or damaged.
func (s *Store) Get(k Key) (p Page, ok bool, err error) {
	f, err := s.file(k.SHA256)
	if err != nil {
		return Page{}, false, err
	}
	in, err := s.openFile(k.SHA256)
	if errors.Is(err, fs.ErrNotExist) {
		return Page{}, false, nil
	}
	if err != nil {
		return Page{}, false, fmt.Errorf("read text: %w", err)
	}
	defer in.Close()
	f.mu.Lock()
	e, ok := f.find(k.Page)
	if !ok { // another process may have added it
		if err := f.look(in); err != nil {
			f.mu.Unlock()
			return Page{}, false, fmt.Errorf("read text: %w", err)
		}
		e, ok = f.find(k.Page)
	}
	f.mu.Unlock()
	if !ok {
		return Page{}, false, nil
	}
	if p, err = e.read(in); err != nil {
		f.forget(e)
		return Page{}, false, nil //nolint:nilerr // it is read anew from the page, which is the way to mend it
	}
	return p, true, nil
}

// Put keeps the page's text in the place of what was kept before. What OCR read, which takes a second a page,
// is synced; a text layer is in the system's hands, which is enough for all but a power cut.
func (s *Store) Put(k Key, p Page) error {
	f, err := s.file(k.SHA256)
	if err != nil {
		return err
	}
	if k.Page < 0 || k.Page >= maxPages || p.Confidence < 0 || p.Confidence > 100 || !slices.Contains(sources, p.Source) {
		return fmt.Errorf("keep text of page %d, %q, confidence %d: %w", k.Page+1, p.Source, p.Confidence, library.ErrInvalid)
	}
	payload, err := encode(p)
	if err != nil {
		return fmt.Errorf("keep text: %w", err)
	}
	err = s.append(f, appendRecord(nil, k.SHA256, k.Page, InfoOf(p), payload), p.Source == SourceOCR)
	if err != nil {
		return fmt.Errorf("keep text: %w", err)
	}
	return nil
}

// append writes records to the end of a file, in one call, so that processes do not write into each other's.
func (s *Store) append(f *file, records []byte, sync bool) error {
	out, err := s.openFileAs(f.sha, os.O_RDWR|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return err
	}
	f.mu.Lock()
	if _, err = out.Write(records); err == nil {
		err = f.look(out)
	}
	f.mu.Unlock()
	if err == nil && sync {
		err = out.Sync()
	}
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Keys gives every page that is kept, those of one SHA-256 together and in order.
func (s *Store) Keys() iter.Seq[Key] {
	return func(yield func(Key) bool) {
		folders, err := fs.ReadDir(s.root.FS(), ".")
		if err != nil {
			return
		}
		for _, folder := range folders {
			names, err := fs.ReadDir(s.root.FS(), folder.Name())
			if err != nil {
				continue
			}
			for _, name := range names {
				sha, ok := strings.CutSuffix(name.Name(), fileEnding)
				if !ok || checkSHA(sha) != nil || folder.Name() != sha[:2] {
					continue
				}
				for _, page := range s.pages(sha) {
					if !yield(Key{sha, page}) {
						return
					}
				}
			}
		}
	}
}

// Pages gives the texts kept of one file, by the page's index, in order. Damaged ones are left out.
func (s *Store) Pages(sha256 string) iter.Seq2[int, Page] {
	return func(yield func(int, Page) bool) {
		for _, page := range s.pages(sha256) {
			p, ok, err := s.Get(Key{sha256, page})
			if err == nil && ok && !yield(page, p) {
				return
			}
		}
	}
}

func (s *Store) pages(sha string) []int {
	f, err := s.file(sha)
	if err != nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	pages := make([]int, len(f.pages))
	for i, e := range f.pages {
		pages[i] = e.page
	}
	return pages
}

// Remove forgets what was read of files, as when a person deletes a case's cache.
func (s *Store) Remove(sha256 ...string) error {
	var errs []error
	for _, sha := range sha256 {
		f, err := s.file(sha)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		f.mu.Lock()
		if err := s.root.Remove(name(sha)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("forget text: %w", err))
		} else {
			f.pages, f.end = nil, 0
		}
		f.mu.Unlock()
	}
	return errors.Join(errs...)
}

// CopyTo copies what is kept of files to a folder, which goes along with their case, and tells how many pages
// were added there. Pages that the folder has stay as they are.
func (s *Store) CopyTo(ctx context.Context, dir string, sha256 []string) (pages int, err error) {
	there, err := Open(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, there.Close()) }()
	return there.take(ctx, s, sha256)
}

// AddFrom takes up what [Store.CopyTo] left in a folder, maybe on another machine: of these files alone, and
// only pages that are not kept here and are whole. There may be no such folder.
func (s *Store) AddFrom(ctx context.Context, dir string, sha256 []string) (pages int, err error) {
	there, err := open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, there.Close()) }()
	return s.take(ctx, there, sha256)
}

// takeBytes is about how much is copied at a time.
const takeBytes = 1 << 20

func (s *Store) take(ctx context.Context, from *Store, shas []string) (pages int, err error) {
	for _, sha := range shas {
		if err := ctx.Err(); err != nil {
			return pages, err
		}
		f, err := s.file(sha)
		if err != nil {
			return pages, err
		}
		var records []byte
		for page, p := range from.Pages(sha) {
			info, has := s.Info(Key{sha, page})
			if has && (info.Source == SourceOCR || p.Source == SourceLayer) {
				continue
			}
			payload, err := encode(p)
			if err != nil {
				continue // can't be, of a page that was decoded
			}
			records = appendRecord(records, sha, page, InfoOf(p), payload)
			pages++
			if len(records) < takeBytes {
				continue
			}
			if err := s.append(f, records, false); err != nil {
				return pages, fmt.Errorf("copy text: %w", err)
			}
			records = records[:0]
		}
		if len(records) == 0 {
			continue
		}
		if err := s.append(f, records, true); err != nil {
			return pages, fmt.Errorf("copy text: %w", err)
		}
	}
	return pages, nil
}

// checkSHA keeps anything but a SHA-256 from becoming a file's name.
func checkSHA(sha string) error {
	if len(sha) != 64 || strings.ToLower(sha) != sha {
		return fmt.Errorf("text of %q: %w", sha, library.ErrInvalid)
	}
	if _, err := hex.DecodeString(sha); err != nil {
		return fmt.Errorf("text of %q: %w", sha, library.ErrInvalid)
	}
	return nil
}

// name is a file's in the folder: of the hundred thousand that a cache may hold, a 256th lies together.
func name(sha string) string { return sha[:2] + "/" + sha + fileEnding }

func (s *Store) openFile(sha string) (*os.File, error) { return s.openFileAs(sha, os.O_RDONLY) }

// openFileAs opens a file of records, which must be a plain one: the folder may be another's.
func (s *Store) openFileAs(sha string, flag int) (*os.File, error) {
	info, err := s.root.Lstat(name(sha))
	switch {
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no plain file: %w", name(sha), library.ErrInvalid)
	case err == nil && info.Size() > maxFile:
		return nil, fmt.Errorf("%s has %d bytes: %w", name(sha), info.Size(), library.ErrInvalid)
	case errors.Is(err, fs.ErrNotExist) && flag&os.O_CREATE != 0:
		if err := s.root.MkdirAll(sha[:2], 0o700); err != nil {
			return nil, err
		}
	}
	return s.root.OpenFile(name(sha), flag, 0o600)
}

// file gives what is known of a SHA-256, looked up the first time.
func (s *Store) file(sha string) (*file, error) {
	if err := checkSHA(sha); err != nil {
		return nil, err
	}
	s.mu.Lock()
	f := s.files[sha]
	if f == nil {
		f = &file{sha: sha}
		s.files[sha] = f
	}
	s.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.loaded {
		return f, nil
	}
	in, err := s.openFile(sha)
	if errors.Is(err, fs.ErrNotExist) {
		f.loaded = true
		return f, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	defer in.Close()
	if err := f.look(in); err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	f.loaded = true
	return f, nil
}

// look reads what was added to the file since it was looked through, under mu.
func (f *file) look(in *os.File) error {
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if info.Size() < f.end { // removed by another process, and begun anew
		f.pages, f.end = nil, 0
	}
	f.end, err = scan(in, f.sha, f.end, info.Size(), f.put)
	return err
}

// search finds the place of a page among the records, under mu.
func (f *file) search(page int) (int, bool) {
	return slices.BinarySearchFunc(f.pages, page, func(e entry, page int) int { return cmp.Compare(e.page, page) })
}

func (f *file) find(page int) (entry, bool) {
	i, ok := f.search(page)
	if !ok {
		return entry{}, false
	}
	return f.pages[i], true
}

func (f *file) put(e entry) {
	i, ok := f.search(e.page)
	if ok {
		f.pages[i] = e
		return
	}
	f.pages = slices.Insert(f.pages, i, e)
}

// forget drops a record that turned out to be damaged.
func (f *file) forget(e entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if i, ok := f.search(e.page); ok && f.pages[i] == e {
		f.pages = slices.Delete(f.pages, i, i+1)
	}
}
