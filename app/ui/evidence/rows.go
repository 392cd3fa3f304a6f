// Package evidence is the panel of the case's documents: a tree of folders and exhibits over the
// thumbnails of the document that is looked at. Prepare and Trial both show it. Choosing a page in
// it looks at the page; it never shows one to the court.
package evidence

import (
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
)

// row is one line of the flattened tree.
type row struct {
	folder string           // its path, for a folder
	open   bool             // it is a folder that shows what it holds
	album  bool             // it is a folder of pictures that are to the eye one document
	index  int              // of the document, else; of an album's first
	note   library.PageNote // of a flagged page, where those are listed
	title  string
	depth  int
	count  int // documents in the folder
}

func (r row) isFolder() bool { return r.folder != "" }

func (r row) isFlag() bool { return r.note.Flag != library.FlagNone }

// key names a document among all: its first page, or its file where it has none to show.
func key(d library.Document) string {
	first, ok := d.First()
	if !ok {
		return d.File.Path
	}
	return first.String()
}

// catalogue remembers what the tree asks of each document again and again: its folders, and the text
// that a search looks through. It belongs to the UI goroutine.
type catalogue map[string]*entry // by the document's key

type entry struct {
	title string
	dirs  []string // the folders that it is in, outermost first
	text  string   // folded; "" until a search wants it
}

func (c catalogue) of(d library.Document) *entry {
	known := c[key(d)]
	if known == nil || known.title != d.Title {
		known = &entry{title: d.Title, dirs: folders(d.File.Path)}
		c[key(d)] = known
	}
	return known
}

func (c catalogue) matches(in i18n.Catalogue, d library.Document, f library.Filter) bool {
	if f.IsZero() {
		return true
	}
	known := c.of(d)
	if known.text == "" {
		known.text = library.Fold(d.Title + " " + d.Date + " " + library.ReadablePath(d.File.Path) + " " + label.FolioRange(in, d.Folios))
	}
	return f.Match(known.text)
}

// folder is a folder of the tree, or with an empty path the case's own.
type folder struct {
	path  string
	depth int
	subs  []*folder
	docs  []int // that can be shown, by their place among all
	bad   []int // that can't
}

// tree puts the documents, which are in the order of their files, into their folders.
func (c catalogue) tree(docs []library.Document, keep func(library.Document) bool) *folder {
	root := &folder{}
	known := map[string]*folder{}
	for i, d := range docs {
		if !keep(d) {
			continue
		}
		at := root
		for depth, dir := range c.of(d).dirs {
			next := known[dir]
			if next == nil {
				next = &folder{path: dir, depth: depth}
				known[dir] = next
				at.subs = append(at.subs, next)
			}
			at = next
		}
		if len(d.Pages) == 0 && d.File.Read() {
			at.bad = append(at.bad, i)
		} else {
			at.docs = append(at.docs, i)
		}
	}
	return root
}

// albumLeast is how many pictures make a folder an album.
const albumLeast = 3

// album tells whether a folder holds nothing but pictures of one page each: to the eye, one document.
func (f *folder) album(docs []library.Document) bool {
	if f.path == "" || len(f.subs)+len(f.bad) > 0 || len(f.docs) < albumLeast {
		return false
	}
	for _, i := range f.docs {
		if d := docs[i]; len(d.Pages) != 1 || d.Cut || !d.File.Kind.Picture() {
			return false
		}
	}
	return true
}

// albums are the documents of each album, by its folder.
func (c catalogue) albums(docs []library.Document) map[string][]int {
	found := map[string][]int{}
	var look func(f *folder)
	look = func(f *folder) {
		if f.album(docs) {
			found[f.path] = f.docs
		}
		for _, sub := range f.subs {
			look(sub)
		}
	}
	look(c.tree(docs, func(library.Document) bool { return true }))
	return found
}

func (f *folder) count() int {
	n := len(f.docs) + len(f.bad)
	for _, sub := range f.subs {
		n += sub.count()
	}
	return n
}

// rows flattens the documents into the lines to show: in each folder its folders, then what can be shown in the order of
// the files, then what can't. Folders in flipped are closed, and albums open; the others are open, and albums closed. With words,
// only documents that match all of them are shown, all open; of all, only those that keep wants, where it is not nil.
func (c catalogue) rows(in i18n.Catalogue, docs []library.Document, flipped map[string]bool, words string, keep func(library.Document) bool) []row {
	filter := library.NewFilter(words)
	root := c.tree(docs, func(d library.Document) bool { return (keep == nil || keep(d)) && c.matches(in, d, filter) })
	rows := make([]row, 0, len(docs))
	var flatten func(f *folder, depth int)
	flatten = func(f *folder, depth int) {
		for _, sub := range f.subs {
			r := row{folder: sub.path, title: library.ReadableName(sub.path), depth: sub.depth, count: sub.count(), album: sub.album(docs)}
			if r.album {
				r.index = sub.docs[0]
			}
			r.open = !filter.IsZero() || flipped[sub.path] == r.album
			rows = append(rows, r)
			if r.open {
				flatten(sub, sub.depth+1)
			}
		}
		for _, list := range [][]int{f.docs, f.bad} {
			for _, i := range list {
				rows = append(rows, row{index: i, title: docs[i].Title, depth: depth})
			}
		}
	}
	flatten(root, 0)
	return rows
}

// folders are the folders that a file is in, outermost first.
func folders(file string) []string {
	var all []string
	for i, c := range file {
		if c == '/' {
			all = append(all, file[:i])
		}
	}
	return all
}
