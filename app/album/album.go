package album

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library"
	"butluc/library/digest"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// Album is what is to be put on paper. What is on it is Vietnamese: it goes to a Vietnamese file.
type Album struct {
	Record   report.Record
	Pictures []Picture // those of [Pictures] that were chosen
	Maker    *Maker    // with a Vietnamese catalogue
	Now      Versions  // that make the pictures again
	Format   print.Format
	At       time.Time // of printing; zero: now
}

// Versions are of the program and of what draws the pages.
type Versions struct{ Program, Renderer string }

// String names both.
func (v Versions) String() string { return v.Program + ", " + v.Renderer }

// Verdict is what came of making a picture again.
type Verdict int

// The verdicts.
const (
	Same      Verdict = iota // every pixel is that of the picture that stood there
	Another                  // another version of the program draws other pixels of the same files
	Different                // the same version does
	Unknown                  // the journal has no hash of it
	Missing                  // it can't be made again
)

// Result counts what came of the pictures.
type Result map[Verdict]int

// Text sums up what came of an album that was written to a file.
func (r Result) Text(in i18n.Catalogue, file string) string {
	all := 0
	for _, n := range r {
		all += n
	}
	text := in.T("album.done", "name", file, "count", all, "same", r[Same])
	for _, v := range []struct {
		of  Verdict
		key string
	}{{Another, "another"}, {Different, "different"}, {Unknown, "unknown"}, {Missing, "missing"}} {
		if n := r[v.of]; n > 0 {
			text += " " + in.T("album-done."+v.key, "count", n)
		}
	}
	return text
}

// Findings tells whether a picture is another than the one that stood there, or can't be made.
func (r Result) Findings() bool { return r[Different]+r[Missing] > 0 }

// Write prints the album. Result is whole only where no error is.
func (a Album) Write(ctx context.Context, w io.Writer, progress func(done, total int64)) (Result, error) {
	in := a.Maker.In
	stated, err := a.stated(ctx)
	if err != nil {
		return nil, err
	}
	job := print.Album{
		Format: a.Format, Outline: a.Record.Outline, About: a.about(in), Answers: a.Record.Answers(in), Played: a.Record.PlayedFiles(in),
		Count: a.Record.Head.Count, Hash: a.Record.Head.Hash, Fault: a.Record.FaultText(in), Now: a.At,
	}
	for _, p := range a.Pictures {
		job.Pictures = append(job.Pictures, a.Maker.pictureText(p, stated))
	}
	verdicts := make([]Verdict, len(a.Pictures))
	job.Draw = func(ctx context.Context, i int) (made print.Remade) {
		made, verdicts[i] = a.remake(ctx, a.Pictures[i])
		return made
	}
	if err := job.Write(ctx, w, progress); err != nil {
		return nil, err
	}
	result := Result{}
	for _, v := range verdicts {
		result[v]++
	}
	return result, nil
}

// stated compares the files of the pictures with the hashes that a biên bản states of them.
func (a Album) stated(ctx context.Context) (map[string]digest.Compared, error) {
	s := a.Maker.Snapshot
	list := s.Outline.StatedHashes()
	if len(list) == 0 {
		return nil, nil
	}
	shown := map[string]bool{}
	for _, p := range a.Pictures {
		for _, pane := range p.Entry.Shown.Panes {
			shown[pane.Path] = true
		}
	}
	list = slices.DeleteFunc(slices.Clone(list), func(h library.StatedHash) bool { return !shown[h.First.Path] })
	return (&digest.Comparer{}).Run(ctx, s.Case.Path, s.Case.Files, list, nil)
}

// statedText is what a biên bản states of a file, and how the file compares with it; "" where it states nothing.
func statedText(in i18n.Catalogue, c digest.Compared) string {
	if c.Verdict == "" {
		return ""
	}
	text := strings.Join(c.Stated.Words(), ", ")
	if c.Stated.Origin != "" {
		text += " " + in.T("proof.origin", "origin", c.Stated.Origin)
	}
	text += "; " + in.T("hash."+string(c.Verdict))
	if c.Verdict == library.HashExcused {
		text += ". " + in.T("album.excused", "reason", c.Stated.Reason, "by", c.Stated.By)
	}
	return text
}

// about says what the album is.
func (a Album) about(in i18n.Catalogue) []string {
	lines := []string{in.T("album.about", "count", len(a.Pictures)), in.T("album.compared")}
	if len(a.Pictures) == 0 {
		lines = []string{in.T("album.none")}
	}
	if n := len(Pictures(a.Record)); n > len(a.Pictures) && len(a.Pictures) > 0 {
		lines = append(lines, in.T("album.chosen", "count", len(a.Pictures), "all", n))
	}
	return append(lines, in.T("album.versions", "now", a.Now))
}

// remake makes a picture again, and compares it with the one that stood there. What was redacted since then is hidden in what is
// printed, and the comparison is of what was shown.
func (a Album) remake(ctx context.Context, p Picture) (print.Remade, Verdict) {
	in := a.Maker.In
	verdict := func(key string, args ...any) print.Fact {
		return print.Fact{Label: in.T("album.check"), Text: in.T("album-check."+key, args...)}
	}
	missing := func(err error) (print.Remade, Verdict) {
		why := in.T("album-check.missing", "why", err)
		return print.Remade{Why: why, Facts: []print.Fact{{Label: in.T("album.check"), Text: why}}}, Missing
	}
	shown := *p.Entry.Shown
	key, err := a.Maker.Find(shown)
	if err != nil {
		return missing(err)
	}
	frame, err := a.Maker.Make(ctx, key)
	if err != nil {
		return missing(err)
	}
	then := Versions{p.Trial.Program, p.Trial.Renderer}
	var fact print.Fact
	v := Same
	switch hash := journal.PixelHash(frame.Image); {
	case shown.Pixels == "":
		v, fact = Unknown, verdict("unknown")
	case hash == shown.Pixels:
		fact = verdict("same")
	case then != a.Now:
		v, fact = Another, verdict("another", "then", then, "now", a.Now, "hash", hash)
	default:
		v, fact = Different, verdict("different", "hash", hash)
	}
	made := print.Remade{Frame: frame, Facts: []print.Fact{fact}}
	if hidden := a.Maker.Hidden(key, shown); hidden != key {
		if made.Frame, err = a.Maker.Make(ctx, hidden); err != nil {
			return missing(err)
		}
		made.Facts = append(made.Facts, print.Fact{Label: in.T("album.note"), Text: in.T("album.hidden-since")})
	}
	return made, v
}

// pictureText is what the journal tells of a picture.
func (m *Maker) pictureText(p Picture, stated map[string]digest.Compared) print.AlbumPicture {
	in := m.In
	shown, span := *p.Entry.Shown, journal.Span{Entry: p.Entry, To: p.To}
	at := p.Entry.At
	folios, when := span.Folios(), at.Format(time.TimeOnly)
	name := in.T("album.picture", "number", p.Number)
	if folios != "" {
		name += ". " + in.T("album.folio", "folio", folios)
	}
	facts := facts{in: in}
	switch to := p.To; {
	case p.To.IsZero():
		facts.add("when", in.T("album.from", "from", when, "day", in.Date(at)))
	default:
		facts.add("when", in.T("album.from-to", "from", when, "to", to.Format(time.TimeOnly), "day", in.Date(at)))
	}
	for _, pane := range shown.Panes {
		facts.add("document", documentText(in, pane))
	}
	facts.add("where", span.Where())
	if shown.Ground != "" {
		facts.add("ground", in.T("album.on-ground", "letter", shown.Ground))
	}
	if said := p.Consent; said != nil {
		facts.add("consent", said.At.Format(time.TimeOnly)+": "+report.ConsentText(in, journal.Span{Entry: *said}))
	}
	facts.add("drawn", strings.Join(report.Drawn(in, shown), "; "))
	facts.add("cautions", strings.Join(report.Overridden(in, shown), "; "))
	for _, play := range p.Played {
		facts.add("played", report.PlayedText(in, play))
	}
	var have []string
	for _, pane := range shown.Panes {
		hash := pane.SHA256
		if hash == "" {
			hash = in.T("album.no-hash")
			if e, ok := m.Snapshot.Exhibit(pane.Path); ok && e.File.SHA256 != "" {
				hash = in.T("album.hash-now", "hash", e.File.SHA256)
			}
		}
		if line := library.ReadableName(pane.Path) + ": " + hash; !slices.Contains(have, line) {
			have = append(have, line)
			facts.add("original", line)
			facts.add("stated", statedText(in, stated[pane.Path]))
		}
	}
	facts.add("pixels", shown.Pixels+" ("+shown.Size+")")
	part := in.Date(at)
	if shown.Phase != "" {
		part += " · " + shown.Phase
	}
	return print.AlbumPicture{
		Name: name, Part: part, Facts: facts.list,
		Index: []string{strconv.Itoa(p.Number), in.Date(at) + " " + when, folios, report.TitleText(span)},
	}
}

// Name is what a picture shows, in short: "BL 45 ⇄ 61 · Biên bản hỏi cung".
func Name(in i18n.Catalogue, p Picture) string {
	span := journal.Span{Entry: p.Entry}
	name := report.TitleText(span)
	if folios := span.Folios(); folios != "" {
		name = in.T("album.folio", "folio", folios) + " · " + name
	}
	return name
}

// documentText names a page that was shown: its document, the page, the file.
func documentText(in i18n.Catalogue, p journal.Pane) string {
	name := p.Name()
	if name == "" {
		name = library.ReadableName(p.Path)
	}
	if p.Folio != "" {
		name += ", " + in.T("album.folio", "folio", p.Folio)
	}
	if p.Clip {
		return in.T("album.of-recording", "name", name, "path", library.ReadablePath(p.Path))
	}
	return in.T("album.of-file", "name", name, "page", p.Page, "path", library.ReadablePath(p.Path))
}

// facts are gathered; what is empty is left out.
type facts struct {
	in   i18n.Catalogue
	list []print.Fact
}

func (f *facts) add(key, text string) {
	if text != "" {
		f.list = append(f.list, print.Fact{Label: f.in.T("album." + key), Text: text})
	}
}
