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
	index  int              // of the document, else
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

func (c catalogue) matches(d library.Document, f library.Filter) bool {
	if f.IsZero() {
		return true
	}
	known := c.of(d)
	if known.text == "" {
		known.text = library.Fold(d.Title + " " + d.Date + " " + library.ReadablePath(d.File.Path) + " " + label.FolioRange(i18n.Now(), d.Folios))
	}
	return f.Match(known.text)
}

// rows flattens the documents, which are in the order of their files, into the lines to show. Folders
// in closed show no content. With words, only documents that match all of them are shown, all open; of
// all, only those that keep wants, where it is not nil.
func (c catalogue) rows(docs []library.Document, closed map[string]bool, words string, keep func(library.Document) bool) []row {
	filter := library.NewFilter(words)
	rows := make([]row, 0, len(docs))
	places := map[string]int{} // of each folder's row
	var open []string          // the folders that the last exhibit was in
	hidden := 0                // how many of them show nothing below
	for i, d := range docs {
		if keep != nil && !keep(d) || !c.matches(d, filter) {
			continue
		}
		dirs := c.of(d).dirs
		same := 0
		for same < len(dirs) && same < len(open) && dirs[same] == open[same] {
			same++
		}
		if hidden > same {
			hidden = 0
		}
		for depth := same; depth < len(dirs); depth++ {
			if hidden == 0 {
				places[dirs[depth]] = len(rows)
				rows = append(rows, row{folder: dirs[depth], title: library.ReadableName(dirs[depth]), depth: depth})
				if closed[dirs[depth]] && filter.IsZero() {
					hidden = depth + 1
				}
			}
		}
		open = dirs
		for _, dir := range dirs {
			if at, ok := places[dir]; ok {
				rows[at].count++
			}
		}
		if hidden == 0 {
			rows = append(rows, row{index: i, title: d.Title, depth: len(dirs)})
		}
	}
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
