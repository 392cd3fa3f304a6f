package report

import (
	"io"
	"os"

	"butluc/app/i18n"
	"butluc/library/hearingpack"
)

// PackFiles are the journal's own files in a hearing pack: its lines as they are, as a list to read, as a table, and the heads
// that were signed as hearings ended.
func (r Record) PackFiles(in i18n.Catalogue) ([]hearingpack.File, error) {
	lines, err := os.ReadFile(r.Path)
	if err != nil {
		return nil, err
	}
	heads, err := hearingpack.Heads(r.Path)
	if err != nil {
		return nil, err
	}
	files := []hearingpack.File{hearingpack.Data("journal.jsonl", lines)}
	for _, name := range []string{"journal.pdf", "journal.csv"} {
		files = append(files, hearingpack.File{Name: name, Write: func(w io.Writer) error { return r.Write(w, name, in) }})
	}
	return append(files, heads...), nil
}
