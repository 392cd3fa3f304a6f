// Package report is the journal as people read it: on screen, as a table, and on paper to check the
// court's minutes against.
package report

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"butluc/app/i18n"
	"butluc/app/table"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// Record is a journal that was read.
type Record struct {
	Path    string
	Outline library.Outline // for the head of what is printed
	Entries []journal.Entry // up to the fault, or all; see [journal.Completed]
	Spans   []journal.Span
	Head    journal.Head
	Kept    *journal.Head  // nil where this machine keeps none
	Fault   *journal.Fault // nil where the journal is whole
	Columns Columns        // of its list; nil: the standard ones
}

// Read reads the journal file at path, whose head is kept in headFile. A journal that is not what it was
// is no error: Fault says so.
func Read(path, headFile string) (Record, error) {
	r := Record{Path: path}
	var err error
	if r.Kept, err = journal.KeptHead(headFile); err != nil { // before the journal: a trial may be running
		return r, err
	}
	r.Head, err = journal.Verify(path, r.Kept, func(e journal.Entry) { r.Entries = append(r.Entries, e) })
	r.Entries = journal.Completed(r.Entries)
	var spans journal.Spans
	for _, e := range r.Entries {
		spans.Add(e)
	}
	r.Spans = spans.List()
	if err != nil && !errors.As(err, &r.Fault) {
		return r, err
	}
	return r, nil
}

// FaultText says what is wrong with the journal and in which line, "" where nothing is.
func (r Record) FaultText(in i18n.Catalogue) string {
	if r.Fault == nil {
		return ""
	}
	why := r.Fault.Why
	if r.Fault.Code == journal.FaultBroken {
		why = ""
	}
	text := in.T("journal.fault", "file", r.Path, "line", r.Fault.Line, "what", in.T("journal-fault."+string(r.Fault.Code)))
	if why != "" {
		text += " (" + why + ")"
	}
	return text
}

// What says what a span is.
func What(in i18n.Catalogue, s journal.Span) string {
	switch s.Kind {
	case journal.KindStart:
		if s.Trial != nil && s.Trial.Rehearsal {
			return in.T("journal.rehearsal")
		}
	case journal.KindShow, journal.KindView:
		return ShownText(in, s)
	case journal.KindPlay, journal.KindStop:
		if s.Played != nil {
			return PlayedText(in, s)
		}
	case journal.KindNote:
		switch n := s.Note; {
		case n != nil && n.Answers > 0:
			return in.T("journal.answered", "line", n.Answers)
		case n != nil && n.Argument && n.Met != "":
			return in.T("journal.argument-met", "text", s.Text, "page", n.Met)
		case n != nil && n.Argument:
			return in.T("journal.argument", "text", s.Text)
		case n != nil && n.Person != "":
			return n.Person + ": " + s.Text
		}
		return s.Text
	case journal.KindConsent:
		if s.Consent != nil {
			return ConsentText(in, s)
		}
	case journal.KindHash:
		if s.Hashed != nil {
			return hashedText(in, *s.Hashed)
		}
	case journal.KindBroken:
		return in.T("journal-kind.broken") + " (" + s.Text + ")"
	case journal.KindRefused, journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindRecess, journal.KindResume,
		journal.KindEnd, journal.KindCut, journal.KindRecovered:
	}
	return in.T("journal-kind." + string(s.Kind))
}

// ConsentText is what the panel said, and to which request.
func ConsentText(in i18n.Catalogue, s journal.Span) string {
	key := "journal-kind.consent"
	if s.Consent.Refused {
		key = "journal.refusal"
	}
	text := in.T(key)
	if title := s.Titles(); title != "" {
		text += ": " + title
	}
	if s.Consent.Ground != "" {
		text += "; " + in.T("journal.ground", "letter", s.Consent.Ground)
	}
	if s.Consent.Request != "" {
		text += "; " + in.T("journal.request", "text", s.Consent.Request)
	}
	return text
}

// TitleText names the documents of what was shown, or the file.
func TitleText(s journal.Span) string {
	text := s.Titles()
	if text == "" && s.Shown != nil && len(s.Shown.Panes) > 0 {
		text = library.ReadablePath(s.Shown.Panes[0].Path)
	}
	return text
}

// ShownText is what was shown, and on what grounds.
func ShownText(in i18n.Catalogue, s journal.Span) string {
	text := TitleText(s)
	if s.Shown == nil {
		return text
	}
	if s.Shown.Ground != "" {
		text += "; " + in.T("journal.ground", "letter", s.Shown.Ground)
	}
	for _, part := range Drawn(in, *s.Shown) {
		text += "; " + part
	}
	if len(s.Stood) > 0 {
		var times []string
		for _, at := range s.Stood {
			times = append(times, library.Timecode(at))
		}
		text += "; " + in.T("journal.stood", "times", strings.Join(times, ", "))
	}
	for _, part := range Overridden(in, *s.Shown) {
		text += "; " + part
	}
	return text
}

// Overridden are the cautions that a second key passed, in words.
func Overridden(in i18n.Catalogue, shown journal.Shown) []string {
	var parts []string
	for _, o := range shown.Overridden {
		code, why, _ := strings.Cut(o, ": ")
		text := in.T("journal-overridden." + code)
		if why != "" {
			text += " (" + why + ")"
		}
		parts = append(parts, text)
	}
	return parts
}

// Drawn says what was drawn on the pages, and how their pictures were changed for display.
func Drawn(in i18n.Catalogue, shown journal.Shown) []string {
	var parts, kinds []string
	add := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	if shown.Beat > 0 {
		add(&parts, in.T("mark.beat", "beat", shown.Beat))
	}
	for _, p := range shown.Panes {
		for _, m := range p.Marks.List() {
			add(&kinds, strings.ToLower(in.T("mark."+string(m.Kind))))
		}
		if what := p.Adjust.Words(); what != "" {
			add(&parts, in.T("journal.adjusted", "what", what))
		}
		add(&parts, tracksText(in, p.Tracks))
		if p.Tone != "" {
			add(&parts, in.T("journal.toned", "tone", strings.ToUpper(p.Tone)))
		}
	}
	if len(kinds) > 0 {
		add(&parts, in.T("journal.marks", "kinds", strings.Join(kinds, ", ")))
	}
	return parts
}

// PlayedText is what of a recording was played, and of which file.
func PlayedText(in i18n.Catalogue, s journal.Span) string {
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
		text = in.T("journal-played."+kind, "title", p.Title, "from", from, "to", to, "seconds", max(0, p.To/1000-p.From/1000))
	case s.Cut:
		text = in.T("journal-cut."+kind, "title", p.Title, "from", from)
	default:
		text = in.T("journal-plays."+kind, "title", p.Title, "from", from)
	}
	if tracks := tracksText(in, p.Tracks); tracks != "" {
		text += "; " + tracks
	}
	if p.Speed != 100 {
		text += "; " + in.T("journal.speed", "percent", p.Speed)
	}
	if p.Mute {
		text += "; " + in.T("journal.mute")
	}
	return text + "; " + in.T("journal.file", "path", library.ReadablePath(p.Path), "hash", hashText(in, p.SHA256))
}

// hashedText is the SHA-256 that came later than the lines that it belongs to.
func hashedText(in i18n.Catalogue, h journal.Hashed) string {
	lines := make([]string, len(h.Lines))
	for i, n := range h.Lines {
		lines[i] = strconv.Itoa(n)
	}
	return in.T("journal.hashed", "path", library.ReadablePath(h.Path), "lines", strings.Join(lines, ", "), "hash", h.SHA256)
}

// tracksText says which of a recording's films and sounds were chosen; "" where there was no choice.
func tracksText(in i18n.Catalogue, t library.Tracks) string {
	var parts []string
	if t.Video > 0 {
		parts = append(parts, in.T("journal.film", "number", t.Video))
	}
	if t.Audio > 0 {
		parts = append(parts, in.T("journal.sound", "number", t.Audio))
	}
	return strings.Join(parts, ", ")
}

func hashText(in i18n.Catalogue, hash string) string {
	if hash == "" {
		return in.T("journal.no-hash")
	}
	return hash
}

// PlayedFiles are the recordings of which something was played, one a line: the file, how often, how much of it, and
// the SHA-256 of the original.
func (r Record) PlayedFiles(in i18n.Catalogue) []string {
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
		line := in.T("journal.total", "path", library.ReadablePath(f.path), "times", t.times, "time", library.Timecode(t.length))
		if t.cut > 0 {
			line += " " + in.T("journal.total-cut", "times", t.cut)
		}
		lines = append(lines, line+"; SHA-256 "+hashText(in, f.hash))
	}
	return lines
}

// exporters write a journal's list, by the ending of a file's name.
var exporters = map[string]func(Record, io.Writer, i18n.Catalogue) error{".csv": Record.csv, ".pdf": Record.pdf}

func ending(name string) string { return strings.ToLower(filepath.Ext(name)) }

// Exports tells whether the list can be written to a file of this name: .csv or .pdf.
func Exports(name string) bool { return exporters[ending(name)] != nil }

// Write writes the list as the ending of a file's name says, which must be one that is exported: a table in the language
// that is handed in, a document always in Vietnamese. It may be called on any goroutine.
func (r Record) Write(w io.Writer, name string, in i18n.Catalogue) error {
	return exporters[ending(name)](r, w, in)
}

// pdf writes the list as a document.
func (r Record) pdf(w io.Writer, _ i18n.Catalogue) error {
	in := i18n.In("vi")
	return print.Record{
		Outline: r.Outline, Columns: r.paper(in), Rows: r.Rows(in), Answers: r.Answers(in), Played: r.PlayedFiles(in), Count: r.Head.Count, Hash: r.Head.Hash, Fault: r.FaultText(in),
	}.Write(w)
}

// csv writes the list as a table.
func (r Record) csv(w io.Writer, in i18n.Catalogue) error {
	rows := r.table(in)
	rows = append(rows, []string{})
	for _, line := range r.PlayedFiles(in) {
		rows = append(rows, []string{line})
	}
	rows = append(rows, []string{in.T("journal.head", "count", r.Head.Count, "hash", r.Head.Hash)})
	if r.Fault != nil {
		rows = append(rows, []string{r.FaultText(in)})
	}
	return table.Write(w, rows)
}
