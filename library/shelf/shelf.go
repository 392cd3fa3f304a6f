// Package shelf keeps the list of cases on this machine and the program's settings in one small
// file of the user's config folder. It is written whole or not at all. A bad file is set aside
// under a name that keeps it, and the shelf begins empty: losing it costs nobody a case, since all
// of a case lies in its own folder.
package shelf

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

const (
	fileName = "shelf.json"
	version  = 1
	// maxEntries bounds the list; the oldest fall off. It is a list of recents, not an archive.
	maxEntries = 200
)

// Entry is a case as it was last seen; for the list, before the case itself is opened. What later versions added may be
// missing: it is unknown then, and earlier versions read a list that has it.
type Entry struct {
	Path     string    `json:"path"` // absolute, as the system spells it
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Opened   time.Time `json:"opened"`
	Pages    int       `json:"pages"`
	Exhibits int       `json:"exhibits"`

	Kind      library.CaseKind `json:"kind,omitempty"`
	Stage     Stage            `json:"stage,omitempty"`
	Steps     int              `json:"steps,omitempty"`
	Bad       int              `json:"bad,omitempty"`      // steps with a page that is not as it was prepared
	Held      time.Time        `json:"held,omitzero"`      // when a trial last began; no rehearsal
	Checked   time.Time        `json:"checked,omitzero"`   // when it was last checked for a hearing
	CheckedOf string           `json:"checkedOf,omitzero"` // SHA-256 of the outline that was checked then
	Doubts    int              `json:"doubts,omitempty"`   // what that check found
}

// Stage tells how far the work on a case has come; "" where nobody noted it.
type Stage string

// The stages.
const (
	StageEmpty     Stage = "empty"     // there is no step yet
	StageOutline   Stage = "outline"   // the outline is being written
	StageSubmitted Stage = "submitted" // the superior has it
	StageChanged   Stage = "changed"   // it was changed after that
	StageCutOff    Stage = "cut-off"   // a trial was cut off and waits to go on
)

// Stages are all of them.
var Stages = []Stage{StageEmpty, StageOutline, StageSubmitted, StageChanged, StageCutOff}

// Settings are the program's; More holds what only one part of it cares for.
type Settings struct {
	Language    string            `json:"language,omitempty"`    // "vi", "en"; "" follows the system
	Theme       string            `json:"theme,omitempty"`       // "light", "dark", "contrast"; "" follows the system
	CourtScreen string            `json:"courtScreen,omitempty"` // what the display package tells a screen by
	More        map[string]string `json:"more,omitempty"`
}

// Shelf is the list and the settings. All methods may be called from any goroutine. Two programs
// at once are told apart nowhere: the last writer wins, entry for entry of its own list.
type Shelf struct {
	path     string
	setAside string

	mu  sync.Mutex
	doc document
}

type document struct {
	Version  int      `json:"version"`
	Cases    []Entry  `json:"cases"` // the last opened first
	Settings Settings `json:"settings"`
}

// DefaultDir is Butluc's folder among the user's configuration.
func DefaultDir() (string, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find config folder: %w", err)
	}
	return filepath.Join(base, "butluc"), nil
}

// maxShelf bounds what is read of the shelf, in bytes; a thousand cases have some hundred thousand.
const maxShelf = 64 << 20

// Load reads the shelf in dir, empty where there is none. It always gives a shelf that works; the
// error says why the file could not be read, or that it was bad and set aside ([Shelf.SetAside]).
func Load(dir string) (*Shelf, error) {
	s := &Shelf{path: filepath.Join(dir, fileName), doc: document{Version: version}}
	b, err := plain.ReadOwn(s.path, maxShelf)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read shelf: %w", err)
	}
	var doc document
	err = json.Unmarshal(b, &doc)
	if err == nil && (doc.Version < 1 || doc.Version > version) {
		err = fmt.Errorf("version %d", doc.Version)
	}
	if err == nil {
		s.doc = doc
		s.doc.Cases = slices.DeleteFunc(s.doc.Cases, func(e Entry) bool { return e.Path == "" })
		for i := range s.doc.Cases {
			s.doc.Cases[i].Path = library.SystemPath(s.doc.Cases[i].Path)
		}
		return s, nil
	}
	to := s.path + ".bad-" + time.Now().Format("20060102-150405")
	if renameErr := os.Rename(s.path, to); renameErr != nil {
		return s, fmt.Errorf("read shelf: %w", errors.Join(err, renameErr))
	}
	s.setAside = to
	return s, fmt.Errorf("read shelf: %w", err)
}

// Dir is the folder in which the list is kept, and what else is the user's beside it.
func (s *Shelf) Dir() string { return filepath.Dir(s.path) }

// SetAside is the path that a bad file was kept under, "" when all was well.
func (s *Shelf) SetAside() string { return s.setAside }

// Cases gives the entries, the last opened first. The slice is the caller's.
func (s *Shelf) Cases() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.doc.Cases)
}

// Remember puts a case in front of the list, in the place of what was known of its path. An entry
// with the same id at another path stays: whether a case was moved or copied is for a person to say.
func (s *Shelf) Remember(e Entry) error {
	if !filepath.IsAbs(e.Path) {
		return fmt.Errorf("remember case %q: not an absolute path", e.Path)
	}
	var gone []Entry
	err := s.change(func(doc *document) {
		rest := slices.DeleteFunc(doc.Cases, func(o Entry) bool { return o.Path == e.Path })
		kept := min(len(rest), maxEntries-1)
		gone = slices.Clone(rest[kept:])
		doc.Cases = append([]Entry{e}, rest[:kept]...)
	})
	for _, o := range gone {
		err = errors.Join(err, s.DropFirsts(o.Path))
	}
	return err
}

// Forget takes a case off the list, and the picture of its first pages with it. Its folder is not touched.
func (s *Shelf) Forget(path string) error {
	return errors.Join(s.DropFirsts(path), s.change(func(doc *document) {
		doc.Cases = slices.DeleteFunc(doc.Cases, func(o Entry) bool { return o.Path == path })
	}))
}

// Settings gives the settings. The map is the caller's.
func (s *Shelf) Settings() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	settings := s.doc.Settings
	settings.More = maps.Clone(settings.More)
	return settings
}

// SetSettings keeps the settings.
func (s *Shelf) SetSettings(settings Settings) error {
	settings.More = maps.Clone(settings.More)
	return s.change(func(doc *document) { doc.Settings = settings })
}

// change edits a copy, writes it, and keeps it in memory even when the disk refuses: the program
// goes on with what the person chose, and the caller tells.
func (s *Shelf) change(edit func(*document)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.doc.Cases = slices.Clone(s.doc.Cases) // edit may write into it
	edit(&s.doc)
	kept := s.doc
	kept.Cases = slices.Clone(s.doc.Cases)
	for i := range kept.Cases { // JSON holds no bytes that are not UTF-8
		kept.Cases[i].Path = library.EscapePath(kept.Cases[i].Path)
	}
	b, err := json.MarshalIndent(kept, "", "\t")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(s.path), 0o700)
	}
	if err == nil {
		err = atomicfile.WriteFile(s.path, fileName+".new-", func(w io.Writer) error { _, err := w.Write(b); return err })
	}
	if err != nil {
		return fmt.Errorf("write shelf: %w", err)
	}
	return nil
}
