// Package record is the journal as people read it: on screen, as a table, and on paper to check the
// court's minutes against.
package record

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/app/table"
	"butluc/app/words"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter/paper"
)

// Record is a journal that was read.
type Record struct {
	Path    string
	Outline library.Outline // for the head of what is printed
	Entries []journal.Entry // up to the fault, or all
	Spans   []journal.Span
	Head    journal.Head
	Kept    *journal.Head  // nil where this machine keeps none
	Fault   *journal.Fault // nil where the journal is whole
}

// Read reads the journal file at path, whose head is kept in headFile. A journal that is not what it was
// is no error: Fault says so.
func Read(path, headFile string) (Record, error) {
	r := Record{Path: path}
	var err error
	if r.Kept, err = journal.KeptHead(headFile); err != nil { // before the journal: a trial may be running
		return r, err
	}
	var spans journal.Spans
	r.Head, err = journal.Verify(path, r.Kept, func(e journal.Entry) {
		r.Entries = append(r.Entries, e)
		spans.Add(e)
	})
	r.Spans = spans.List()
	if err != nil && !errors.As(err, &r.Fault) {
		return r, err
	}
	return r, nil
}

// FaultText says what is wrong with the journal and in which line, "" where nothing is.
func (r Record) FaultText() string {
	if r.Fault == nil {
		return ""
	}
	why := r.Fault.Why
	if r.Fault.Code == journal.FaultBroken {
		why = ""
	}
	text := words.T("journal.fault", "file", r.Path, "line", r.Fault.Line, "what", words.T("journal-fault."+string(r.Fault.Code)))
	if why != "" {
		text += " (" + why + ")"
	}
	return text
}

// Rows are the journal as a list for people.
func (r Record) Rows() []paper.RecordRow {
	var rows []paper.RecordRow
	day := ""
	for _, s := range r.Spans {
		row := paper.RecordRow{
			From: s.At.Format(time.TimeOnly), Folio: s.Folios(), What: What(s), Where: s.Where(),
		}
		if d := s.At.Format("02/01/2006"); d != day {
			row.Day, day = d, d
		}
		if !s.To.IsZero() {
			row.To = s.To.Format(time.TimeOnly)
			if d := s.To.Format("02/01/2006"); d != day {
				row.To += "\n" + d
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// What says what a span is.
func What(s journal.Span) string {
	switch s.Kind {
	case journal.KindStart:
		if s.Trial != nil && s.Trial.Rehearsal {
			return words.T("journal.rehearsal")
		}
	case journal.KindShow, journal.KindView:
		return ShownText(s)
	case journal.KindPlay, journal.KindStop:
		if s.Played != nil {
			return playedText(s)
		}
	case journal.KindNote:
		switch n := s.Note; {
		case n != nil && n.Answers > 0:
			return words.T("journal.answered", "line", n.Answers)
		case n != nil && n.Argument:
			return words.T("journal.argument", "text", s.Text)
		case n != nil && n.Person != "":
			return n.Person + ": " + s.Text
		}
		return s.Text
	case journal.KindBroken:
		return words.T("journal-kind.broken") + " (" + s.Text + ")"
	case journal.KindRefused, journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindRecess, journal.KindResume,
		journal.KindEnd, journal.KindCut, journal.KindRecovered:
	}
	return words.T("journal-kind." + string(s.Kind))
}

// ShownText is what was shown, and on what grounds.
func ShownText(s journal.Span) string {
	text := s.Titles()
	if s.Shown == nil {
		return text
	}
	if text == "" && len(s.Shown.Panes) > 0 {
		text = library.ReadablePath(s.Shown.Panes[0].Path)
	}
	if s.Shown.Ground != "" {
		text += "; " + words.T("journal.ground", "letter", s.Shown.Ground)
	}
	for _, part := range drawnText(*s.Shown) {
		text += "; " + part
	}
	if len(s.Stood) > 0 {
		var times []string
		for _, at := range s.Stood {
			times = append(times, library.Timecode(at))
		}
		text += "; " + words.T("journal.stood", "times", strings.Join(times, ", "))
	}
	for _, o := range s.Shown.Overridden {
		code, why, _ := strings.Cut(o, ": ")
		text += "; " + words.T("journal-overridden."+code)
		if why != "" {
			text += " (" + why + ")"
		}
	}
	return text
}

// drawnText says what was drawn on the pages, and how their pictures were changed for display.
func drawnText(shown journal.Shown) []string {
	var parts, kinds []string
	add := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	if shown.Beat > 0 {
		add(&parts, words.T("mark.beat", "beat", shown.Beat))
	}
	for _, p := range shown.Panes {
		for _, m := range p.Marks.List() {
			add(&kinds, strings.ToLower(words.T("mark."+string(m.Kind))))
		}
		if what := p.Adjust.Words(); what != "" {
			add(&parts, words.T("journal.adjusted", "what", what))
		}
	}
	if len(kinds) > 0 {
		add(&parts, words.T("journal.marks", "kinds", strings.Join(kinds, ", ")))
	}
	return parts
}

// playedText is what of a recording was played, and of which file.
func playedText(s journal.Span) string {
	p, kind := *s.Played, "video"
	if s.Stopped != nil {
		p = *s.Stopped
		p.Mute = p.Mute && s.Played.Mute // not for all of it
	}
	if p.Sound {
		kind = "audio"
	}
	var text string
	switch from, to := library.Clock(p.From), library.Clock(p.To); {
	case s.Stopped != nil:
		text = words.T("journal-played."+kind, "title", p.Title, "from", from, "to", to, "seconds", max(0, p.To/1000-p.From/1000))
	case s.Cut:
		text = words.T("journal-cut."+kind, "title", p.Title, "from", from)
	default:
		text = words.T("journal-plays."+kind, "title", p.Title, "from", from)
	}
	if p.Speed != 100 {
		text += "; " + words.T("journal.speed", "percent", p.Speed)
	}
	if p.Mute {
		text += "; " + words.T("journal.mute")
	}
	return text + "; " + words.T("journal.file", "path", library.ReadablePath(p.Path), "hash", hashText(p.SHA256))
}

func hashText(hash string) string {
	if hash == "" {
		return words.T("journal.no-hash")
	}
	return hash
}

// PlayedFiles are the recordings of which something was played, one a line: the file, how often, how much of it, and
// the SHA-256 of the original.
func (r Record) PlayedFiles() []string {
	type file struct{ path, hash string }
	type total struct{ times, length, cut int }
	var files []file
	totals := map[file]total{}
	for _, s := range r.Spans {
		p := s.Stopped
		if p == nil {
			p = s.Played
		}
		if p == nil {
			continue
		}
		f := file{p.Path, p.SHA256}
		t, known := totals[f]
		if !known {
			files = append(files, f)
		}
		t.times, t.length = t.times+1, t.length+p.Length()
		if s.Stopped == nil {
			t.cut++
		}
		totals[f] = t
	}
	var lines []string
	for _, f := range files {
		t := totals[f]
		line := words.T("journal.total", "path", f.path, "times", t.times, "time", library.Timecode(t.length))
		if t.cut > 0 {
			line += " " + words.T("journal.total-cut", "times", t.cut)
		}
		lines = append(lines, line+"; SHA-256 "+hashText(f.hash))
	}
	return lines
}

// exporters write a journal's list to a file, by the file's ending.
var exporters = map[string]func(Record, io.Writer) error{".csv": Record.csv, ".pdf": Record.pdf}

func ending(name string) string { return strings.ToLower(filepath.Ext(name)) }

// Exports tells whether the list can be written to a file of this name: .csv or .pdf.
func Exports(name string) bool { return exporters[ending(name)] != nil }

// Export writes the list to a file, whole or not at all.
func (r Record) Export(name string) error {
	return casefile.WriteFile(name, func(w io.Writer) error { return exporters[ending(name)](r, w) })
}

// pdf writes the list as a document, which is Vietnamese whatever language is in use.
func (r Record) pdf(w io.Writer) error {
	defer words.Use(words.Language())
	words.Use("vi")
	return paper.Record{
		Outline: r.Outline, Rows: r.Rows(), Played: r.PlayedFiles(), Count: r.Head.Count, Hash: r.Head.Hash, Fault: r.FaultText(),
	}.Write(w)
}

// csv writes the list as a table.
func (r Record) csv(w io.Writer) error {
	var head []string
	for _, c := range []string{"line", "from", "to", "folio", "what", "phase", "scenario", "step"} {
		head = append(head, words.T("journal-column."+c))
	}
	rows := [][]string{head}
	for _, s := range r.Spans {
		to, place := "", [3]string{}
		if !s.To.IsZero() {
			to = s.To.Format(time.DateTime)
		}
		if s.Shown != nil {
			place = [3]string{s.Shown.Phase, s.Shown.Scenario, s.Shown.Number}
		} else if s.Note != nil {
			place[2] = s.Note.Number
		}
		rows = append(rows, []string{
			strconv.Itoa(s.N), s.At.Format(time.DateTime), to, s.Folios(), What(s), place[0], place[1], place[2],
		})
	}
	rows = append(rows, []string{})
	for _, line := range r.PlayedFiles() {
		rows = append(rows, []string{line})
	}
	rows = append(rows, []string{words.T("journal.head", "count", r.Head.Count, "hash", r.Head.Hash)})
	if r.Fault != nil {
		rows = append(rows, []string{r.FaultText()})
	}
	return table.Write(w, rows)
}
