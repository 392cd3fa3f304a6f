package library

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Case is one case folder as it was last read.
type Case struct {
	ID    string // random, made once, kept in the sidecar; "" while there is none
	Title string
	Path  string // the folder, absolute, as the system spells it
	Files []File // in natural order of their paths
}

// File is one file of the case folder: its exhibit's only part for now, or the reason why there is none.
type File struct {
	Path       string    // from the case folder, see [EscapePath]
	Size       int64     // bytes
	ModTime    time.Time // as the file system gave it
	Kind       Kind
	Pages      int          // 0 while unread or when nothing can be shown; 1 of a recording
	Duration   int          // of a recording, in milliseconds; 0 of other files
	Tracks     Tracks       // how many films and sounds a recording has; zero of other files, and while nobody counted
	SHA256     string       // lower-case hexadecimal; "" while pending
	Fault      Fault        // why the file, or the rest of it, can't be shown; zero when all is well
	Incomplete []int        // indexes of pages that decoded with errors, ascending
	Proved     bool         // every page was decoded once, so Incomplete is whole
	Attached   []Attachment // files that a PDF holds
	Rendition  string       // a PDF made of an Office file, as a file name in the case's cache folder; "" without one
	ReadBy     int          // version of the reader that told all this but SHA256, 0 while there were none: intake.Version
}

// Showable tells whether the file has a page that the court could see.
func (f File) Showable() bool { return f.Pages > 0 }

// Read tells whether the file's kind and page count are known, or the reason why they can't be.
func (f File) Read() bool { return f.Pages > 0 || f.Fault.Code != FaultNone }

// IsIncomplete tells whether the page at index decoded only in part.
func (f File) IsIncomplete(index int) bool {
	for _, i := range f.Incomplete {
		if i == index {
			return true
		}
	}
	return false
}

// PageID names one page of a case.
type PageID struct {
	Path  string // of the file, as in [File]
	Index int    // from 0; in a recording the time in milliseconds: the first frame at or after it
}

// String is the page as people and scripts write it, counted from 1: "Tập 1/BL 45.pdf#3".
func (p PageID) String() string { return p.Path + "#" + strconv.Itoa(p.Index+1) }

// ParsePageID undoes [PageID.String].
func ParsePageID(s string) (PageID, error) {
	at := strings.LastIndexByte(s, '#')
	if at <= 0 {
		return PageID{}, fmt.Errorf("page %q: want PATH#NUMBER", s)
	}
	n, err := strconv.Atoi(s[at+1:])
	if err != nil || n < 1 || n > maxPages || strconv.Itoa(n) != s[at+1:] {
		return PageID{}, fmt.Errorf("page %q: no page number after #", s)
	}
	return PageID{s[:at], n - 1}, nil
}

// maxPages bounds the number of a page: no file has so many, and no recording so many milliseconds.
const maxPages = MaxTime + 1

// MarshalText implements [encoding.TextMarshaler].
func (p PageID) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *PageID) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePageID(string(text))
	return err
}

// Exhibit is one document of the case: for now, one file.
type Exhibit struct {
	File   File
	Title  string
	Folios []Folio // one a page where the name tells them; else empty
}

// NewExhibit makes the exhibit of a file, with the title and folios that its name tells.
func NewExhibit(f File) Exhibit {
	first, last, title := GuessFolios(BaseName(f.Path))
	e := Exhibit{File: f, Title: Visible(title)} // the path stays as it is
	if first.IsZero() {
		return e
	}
	e.Folios = SpreadFolios(first, last, f.Pages)
	return e
}

// BaseName is a file's name as people read it, without its ending.
func BaseName(file string) string {
	name := ReadableName(file)
	if stub, ok := strings.CutSuffix(name, ".icloud"); ok { // stands for "BL 12.pdf"
		name = strings.TrimPrefix(stub, ".")
	}
	if ext := path.Ext(name); !strings.ContainsAny(ext, " \u00a0") { // "12-15. Biên bản" has no ending
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// Folio is the folio of the page at index, zero when it has none.
func (e Exhibit) Folio(index int) Folio {
	if index < 0 || index >= len(e.Folios) {
		return Folio{}
	}
	return e.Folios[index]
}

// Page is the id of the page at index.
func (e Exhibit) Page(index int) PageID { return PageID{e.File.Path, index} }

// WithIncomplete is f with the page at index marked as decoded only in part. f itself, which others
// may hold, stays as it is.
func (f File) WithIncomplete(index int) File {
	at, found := slices.BinarySearch(f.Incomplete, index)
	if !found {
		f.Incomplete = slices.Insert(slices.Clone(f.Incomplete), at, index)
	}
	return f
}
