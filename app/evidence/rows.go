// Package evidence is the panel of the case's documents: a tree of folders and exhibits over the
// thumbnails of the document that is looked at. Prepare and Trial both show it. Choosing a page in
// it looks at the page; it never shows one to the court.
package evidence

import (
	"path"
	"strings"

	"butluc/app/session"
	"butluc/library"
)

// row is one line of the flattened tree.
type row struct {
	folder string // its path, for a folder
	index  int    // of the exhibit, else
	title  string
	depth  int
	count  int // exhibits in the folder
}

func (r row) isFolder() bool { return r.folder != "" }

// catalogue remembers what the tree asks of each exhibit again and again: its folders, and the text
// that a search looks through. It belongs to the UI goroutine.
type catalogue map[string]*entry // by the file's path

type entry struct {
	title string
	dirs  []string // the folders that it is in, outermost first
	text  string   // folded; "" until a search wants it
}

func (c catalogue) of(e library.Exhibit) *entry {
	known := c[e.File.Path]
	if known == nil || known.title != e.Title {
		known = &entry{title: e.Title, dirs: folders(e.File.Path)}
		c[e.File.Path] = known
	}
	return known
}

func (c catalogue) matches(e library.Exhibit, wanted []string) bool {
	if len(wanted) == 0 {
		return true
	}
	known := c.of(e)
	if known.text == "" {
		known.text = library.Fold(e.Title + " " + e.File.Path + " " + session.FolioRange(e))
	}
	for _, w := range wanted {
		if !strings.Contains(known.text, w) {
			return false
		}
	}
	return true
}

// rows flattens the exhibits, which are in natural order, into the lines to show. Folders in closed
// show no content. With words, only exhibits that match all of them are shown, all open.
func (c catalogue) rows(exhibits []library.Exhibit, closed map[string]bool, words string) []row {
	wanted := strings.Fields(library.Fold(words))
	rows := make([]row, 0, len(exhibits))
	places := map[string]int{} // of each folder's row
	var open []string          // the folders that the last exhibit was in
	hidden := 0                // how many of them show nothing below
	for i, e := range exhibits {
		if !c.matches(e, wanted) {
			continue
		}
		dirs := c.of(e).dirs
		same := 0
		for same < len(dirs) && same < len(open) && dirs[same] == open[same] {
			same++
		}
		if hidden > same {
			hidden = 0
		}
		for d := same; d < len(dirs); d++ {
			if hidden == 0 {
				places[dirs[d]] = len(rows)
				rows = append(rows, row{folder: dirs[d], title: path.Base(dirs[d]), depth: d})
				if closed[dirs[d]] && len(wanted) == 0 {
					hidden = d + 1
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
			rows = append(rows, row{index: i, title: e.Title, depth: len(dirs)})
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
