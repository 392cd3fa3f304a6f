package register

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/internal/plain"
)

const (
	fileName = "register.json"
	version  = 1
	// maxBook bounds what is read, in bytes; ten thousand rows have some ten megabytes.
	maxBook = 256 << 20
)

// MaxRows is how many rows a register holds.
const MaxRows = 50_000

// Heads are what stands at the head and foot of what is printed of the register.
type Heads struct {
	Superior string `json:"superior,omitempty"` // the office above
	Office   string `json:"office,omitempty"`
	Place    string `json:"place,omitempty"` // before the date
	Title    string `json:"title,omitempty"` // of who signs: "VIỆN TRƯỞNG"
	Signer   string `json:"signer,omitempty"`
}

// Book is the file of the register, in the user's folder. What is put into it is there at once, and on disk after
// [Book.Save]. All methods may be called from any goroutine, and two programs may have the file at once.
type Book struct {
	path     string
	setAside string

	mu    sync.Mutex // guards the below
	doc   document
	dirty bool

	saving sync.Mutex // one writer at a time; guards base
	base   document   // as the file was read or written last
}

type document struct {
	Version int   `json:"version"`
	Heads   Heads `json:"heads,omitzero"`
	Rows    []Row `json:"rows"` // in the order in which they came
}

// Load reads the register in a folder, empty where there is none. It always gives one that works; the error says why the
// file could not be read, or that it was bad and set aside ([Book.SetAside]).
func Load(dir string) (*Book, error) {
	b := &Book{path: filepath.Join(dir, fileName), doc: document{Version: version}}
	doc, err := b.read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, nil
	case err == nil:
		b.doc, b.base = doc, doc
		return b, nil
	case !errors.Is(err, errBad):
		return b, fmt.Errorf("read register: %w", err)
	}
	to := b.path + ".bad-" + time.Now().Format("20060102-150405")
	if renameErr := os.Rename(b.path, to); renameErr != nil {
		return b, fmt.Errorf("read register: %w", errors.Join(err, renameErr))
	}
	b.setAside = to
	return b, fmt.Errorf("read register: %w", err)
}

// errBad says that the file is no register, or one of a later program.
var errBad = errors.New("no register")

// read reads the file.
func (b *Book) read() (document, error) {
	data, err := plain.ReadOwn(b.path, maxBook)
	if err != nil {
		return document{}, err
	}
	doc, err := decode(data)
	if err != nil {
		return document{}, fmt.Errorf("%w: %w", errBad, err)
	}
	return doc, nil
}

func decode(data []byte) (doc document, err error) {
	if err := json.Unmarshal(data, &doc); err != nil {
		return doc, err
	}
	if doc.Version < 1 || doc.Version > version {
		return doc, fmt.Errorf("version %d", doc.Version)
	}
	for i := range doc.Rows {
		r := &doc.Rows[i]
		if err := r.Check(); err != nil {
			return doc, err
		}
		r.Path = library.SystemPath(r.Path)
	}
	return doc, nil
}

// Check tells what of the row can't be.
func (r Row) Check() error {
	if r.ID == "" {
		return errors.New("row: no id")
	}
	for _, f := range []Facts{r.Facts, r.InCase} {
		if f.Kind != "" && !slices.Contains(Kinds, f.Kind) {
			return fmt.Errorf("row %s: %q is no kind of case", r.ID, f.Kind)
		}
		if err := f.Docket.Check(); err != nil {
			return fmt.Errorf("row %s: %w", r.ID, err)
		}
	}
	return nil
}

// SetAside is the path that a bad file was kept under, "" when all was well.
func (b *Book) SetAside() string { return b.setAside }

// Rows gives all rows. The slice is the caller's; what rows hold is not to be written to.
func (b *Book) Rows() []Row {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.doc.Rows)
}

// Row finds a row.
func (b *Book) Row(id string) (Row, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := b.find(id); i >= 0 {
		return b.doc.Rows[i], true
	}
	return Row{}, false
}

func (b *Book) find(id string) int {
	return slices.IndexFunc(b.doc.Rows, func(r Row) bool { return r.ID == id })
}

// ErrFull says that the register has [MaxRows] rows.
var ErrFull = errors.New("the register is full")

// Put puts rows in the place of those with their ids, and new ones at the end. With an error nothing is changed.
func (b *Book) Put(rows ...Row) error {
	for _, r := range rows {
		if err := r.Check(); err != nil {
			return fmt.Errorf("put into register: %w", err)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	at := make(map[string]int, len(b.doc.Rows))
	for i, r := range b.doc.Rows {
		at[r.ID] = i
	}
	next := slices.Clone(b.doc.Rows)
	for _, r := range rows {
		if i, there := at[r.ID]; there {
			next[i] = r
			continue
		}
		at[r.ID] = len(next)
		next = append(next, r)
	}
	if len(next) > MaxRows && len(next) > len(b.doc.Rows) {
		return fmt.Errorf("put into register: %w", ErrFull)
	}
	b.doc.Rows, b.dirty = next, true
	return nil
}

// Remove takes a row out. The case itself is not touched; one on this laptop comes back when it is opened.
func (b *Book) Remove(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := b.find(id); i >= 0 {
		b.doc.Rows, b.dirty = slices.Delete(slices.Clone(b.doc.Rows), i, i+1), true
	}
}

// Heads are what stands at the head and foot of what is printed.
func (b *Book) Heads() Heads {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.doc.Heads
}

// SetHeads changes them.
func (b *Book) SetHeads(h Heads) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.doc.Heads != h {
		b.doc.Heads, b.dirty = h, true
	}
}
