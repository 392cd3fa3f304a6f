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

// rowsOf flattens the exhibits, which are in natural order, into the lines to show. Folders in
// closed show no content. With words, only exhibits that match all of them are shown, all open.
func rowsOf(exhibits []library.Exhibit, closed map[string]bool, words string) []row {
	wanted := strings.Fields(library.Fold(words))
	counts := map[string]int{}
	shown := make([]int, 0, len(exhibits))
	for i, e := range exhibits {
		if !matches(e, wanted) {
			continue
		}
		shown = append(shown, i)
		for dir := path.Dir(e.File.Path); dir != "."; dir = path.Dir(dir) {
			counts[dir]++
		}
	}
	var rows []row
	open := []string{} // the folders that the last exhibit was in
	for _, i := range shown {
		e := exhibits[i]
		dirs := folders(e.File.Path)
		same := 0
		for same < len(dirs) && same < len(open) && dirs[same] == open[same] {
			same++
		}
		hidden := false
		for d, dir := range dirs {
			if d >= same && !hidden {
				rows = append(rows, row{folder: dir, title: path.Base(dir), depth: d, count: counts[dir]})
			}
			hidden = hidden || closed[dir] && len(wanted) == 0
		}
		open = dirs
		if !hidden {
			rows = append(rows, row{index: i, title: e.Title, depth: len(dirs)})
		}
	}
	return rows
}

// folders are the folders that a file is in, outermost first.
func folders(file string) []string {
	dir := path.Dir(file)
	if dir == "." {
		return nil
	}
	var all []string
	for i, c := range dir {
		if c == '/' {
			all = append(all, dir[:i])
		}
	}
	return append(all, dir)
}

func matches(e library.Exhibit, wanted []string) bool {
	if len(wanted) == 0 {
		return true
	}
	text := library.Fold(e.Title + " " + e.File.Path + " " + session.FolioRange(e))
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
