// Package label tells how the things of a case are called: pages, documents, folios, steps, and what is wrong with them, in
// words for a person. The window, the verbs and paper use it, each with the catalogue of its own language.
package label

import (
	"errors"
	"slices"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Labels are how the things of a case are called, in the language in use.
type Labels struct {
	of       Case
	in       func() i18n.Catalogue
	numbers  map[library.ID]string // of scenarios and steps
	numbered library.Outline       // what numbers is of
}

// Case is what is called.
type Case interface {
	Outline() library.Outline
	Index() *library.Index
	// Snapshot is the case's latest state; ok is false while none is open.
	Snapshot() (snapshot casefile.Snapshot, ok bool)
}

// New makes the labels of a case. in gives the catalogue of the language in use, which may be another at each call.
func New(of Case, in func() i18n.Catalogue) *Labels { return &Labels{of: of, in: in} }

// In is the catalogue of the language in use.
func (l *Labels) In() i18n.Catalogue { return l.in() }

// Number is how a scenario or step is called in short: "C", "C.2".
func (l *Labels) Number(id library.ID) string {
	if o := l.of.Outline(); l.numbers == nil || l.numbered != o {
		l.numbers, l.numbered = o.Numbers(), o
	}
	return l.numbers[id]
}

// StepName is a step in a line: its title, else what is said, else what it shows.
func (l *Labels) StepName(step library.Step) string {
	if title := l.of.Outline().StepTitle(step, l.of.Index()); title != "" {
		return title
	}
	return l.in().T("step.empty")
}

// ShotFolios is what a shot shows, in short: "BL 45", "BL 45 ⇄ BL 61".
func (l *Labels) ShotFolios(shot library.Shot) string {
	var names []string
	for _, pane := range shot.List() {
		names = append(names, l.PaneName(pane))
	}
	return strings.Join(names, " ⇄ ")
}

// ShotName is what a shot shows, in full.
func (l *Labels) ShotName(shot library.Shot) string {
	var names []string
	for _, pane := range shot.List() {
		names = append(names, l.timed(l.FullName(pane.Page), pane))
	}
	return strings.Join(names, " ⇄ ")
}

// Findings are what is not as it should be with a step's pages, as the words of badges; "" for none.
func (l *Labels) Findings(step library.Step) (text string, bad bool) {
	var list []string
	for _, f := range l.of.Outline().ResolveStep(step, l.of.Index()) {
		bad = bad || f.State != library.PageNoFolio
		if t := l.in().T("finding." + string(f.State)); !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return strings.Join(list, " · "), bad
}

// UsedText says in which steps a page is shown: "Dùng trong: 1.2, 3.1"; "" where in none. Of a recording any of it counts.
func (l *Labels) UsedText(p library.PageID) string {
	d, _ := l.document(p)
	ids := l.of.Outline().UsedOf(d, p)
	if len(ids) == 0 {
		return ""
	}
	const most = 6
	var names []string
	for _, id := range ids[:min(len(ids), most)] {
		names = append(names, l.Number(id))
	}
	text := strings.Join(names, ", ")
	if len(ids) > most {
		text += "…"
	}
	return l.in().T("page.used", "steps", text)
}

// CandidateText tells a page from others that the same number may mean: its folio, volume, document and date.
func (l *Labels) CandidateText(c library.Candidate) string {
	var parts []string
	if !c.Folio.IsZero() {
		parts = append(parts, Folio(l.in(), c.Folio))
	}
	if bound := Bound(l.in(), c.Bound); bound != "" {
		parts = append(parts, bound)
	}
	parts = append(parts, l.Title(c.Page))
	if d, ok := l.document(c.Page); ok {
		if d.Date != "" && !strings.Contains(d.Title, d.Date) {
			parts = append(parts, d.Date)
		}
		if at := d.Index(c.Page); len(d.Pages) > 1 && at >= 0 {
			parts = append(parts, l.in().T("page.of", "page", at+1, "pages", len(d.Pages)))
		}
	}
	return strings.Join(parts, " · ")
}

// NothingText says why there is no page to look at.
func (l *Labels) NothingText() string {
	switch c := l.snapshot(); {
	case c.Err != nil:
		return l.in().T("prepare.unreadable", "name", c.Case.Path, "why", Why(l.in(), c.Err))
	case len(c.Exhibits) > 0:
		return l.in().T("prepare.none-shown", "count", len(c.Exhibits))
	case c.Reading && c.Progress.Stage <= intake.StageList:
		return l.in().T("prepare.listing")
	default:
		return l.in().T("prepare.empty")
	}
}

// PassageName is a passage's title, else its times.
func (l *Labels) PassageName(p library.Passage) string {
	if p.Title != "" {
		return p.Title
	}
	return Span(p.Span())
}

// PaneName is what a pane shows, in short: "BL 45", of a recording with its times: "Camera ▸ 0:07–0:15".
func (l *Labels) PaneName(p library.Pane) string { return l.timed(l.Short(p.Page), p) }

// timed is a name with the times of what a pane shows of a recording.
func (l *Labels) timed(name string, p library.Pane) string {
	switch {
	case !p.Clip.IsZero():
		return name + " ▸ " + Span(p.Clip)
	case l.file(p.Page.Path).Kind.Clip():
		return name + " · " + library.Clock(p.Page.Index)
	}
	return name
}

// FaultText is a sentence for why a file can't be shown.
func (l *Labels) FaultText(p library.PageID) string {
	return l.in().T("fault."+FaultKey(l.file(p.Path)), "name", library.ReadableName(p.Path))
}

// ErrorText is a sentence for a render's error.
func (l *Labels) ErrorText(err error, p library.PageID) string {
	if errors.Is(err, projector.ErrNoSource) {
		switch f := l.file(p.Path); {
		case f.Path == "" && !l.snapshot().Reading:
			return l.in().T("fault."+string(library.FaultVanished), "name", l.Name(p))
		case f.Fault.Code == library.FaultNone:
			return l.in().T("prepare.unread", "name", l.Name(p))
		default:
			return l.in().T("fault."+FaultKey(f), "name", l.Name(p))
		}
	}
	var e *render.Error
	code := library.FaultBroken
	if errors.As(err, &e) && e.Fault.Code != library.FaultNone {
		code = e.Fault.Code
	}
	return l.in().T("fault."+string(code), "name", l.Name(p))
}

// AuditionFault says why a recording can't be played. Sound that was read before is not broken: the computer has
// nothing to play it with.
func (l *Labels) AuditionFault(fault library.FaultCode, page library.PageID) string {
	if f := l.file(page.Path); fault == library.FaultBroken && f.Kind == library.KindAudio {
		return l.in().T("audition.no-sound", "name", l.Name(page))
	}
	return l.in().T("fault."+string(fault), "name", l.Name(page))
}

// Title is the title of the document that a page is in.
func (l *Labels) Title(p library.PageID) string {
	if d, ok := l.document(p); ok && d.Title != "" {
		return d.Title
	}
	return library.ReadableName(p.Path)
}

// Name is how a page is called on screen: "BL 45 · Biên bản hỏi cung lần 2", without a folio its title.
func (l *Labels) Name(p library.PageID) string {
	if f := l.folio(p); !f.IsZero() {
		return Folio(l.in(), f) + " · " + l.Title(p)
	}
	return l.Title(p)
}

// FullName is the name with the page's place in its document: "… · trang 3/6".
func (l *Labels) FullName(p library.PageID) string {
	d, ok := l.document(p)
	if !ok || len(d.Pages) <= 1 || d.Index(p) < 0 {
		return l.Name(p)
	}
	return l.Name(p) + " · " + l.in().T("page.of", "page", d.Index(p)+1, "pages", len(d.Pages))
}

// Short is the shortest name of a page: its folio, else its document's title.
func (l *Labels) Short(p library.PageID) string {
	if f := l.folio(p); !f.IsZero() {
		return Folio(l.in(), f)
	}
	d, ok := l.document(p)
	if !ok {
		return library.ReadableName(p.Path)
	}
	if len(d.Pages) > 1 && d.Index(p) >= 0 {
		return l.in().T("page.number", "page", d.Index(p)+1)
	}
	return d.Title
}

// NoFolio says that the typed text calls no page, or none yet while the case is being read.
func (l *Labels) NoFolio(typed string) string {
	key := "call.none"
	if p := l.snapshot().Progress; p.Done < p.Total && p.Stage < intake.StageConvert {
		key = "call.none-yet"
	}
	return l.in().T(key, "typed", strings.TrimSpace(typed))
}

// Restriction says why a shot's pages are restricted, "" where they are not. It names nobody who is protected: it goes into the
// journal.
func (l *Labels) Restriction(shot library.Shot) string {
	var why []string
	for _, pane := range shot.List() {
		text := l.restricted(pane.Page, false)
		if text != "" && !slices.Contains(why, text) {
			why = append(why, text)
		}
	}
	return strings.Join(why, "; ")
}

// Restricted says why a page is restricted, and by whom who is protected; "" where it is not.
func (l *Labels) Restricted(page library.PageID) string { return l.restricted(page, true) }

func (l *Labels) restricted(page library.PageID, named bool) string {
	r, is := l.of.Outline().RestrictionOf(page, l.of.Index())
	if !is {
		return ""
	}
	parts := []string{l.in().T("restricted." + r.Code), r.Reason}
	if p, ok := l.of.Outline().Person(r.Person); ok && named {
		parts = append(parts, p.Name)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " – ")
}

func (l *Labels) snapshot() casefile.Snapshot {
	s, _ := l.of.Snapshot()
	return s
}

func (l *Labels) file(path string) library.File {
	e, _ := l.of.Index().Exhibit(path)
	return e.File
}

func (l *Labels) document(p library.PageID) (library.Document, bool) {
	return l.of.Outline().DocumentOf(p, l.of.Index())
}

func (l *Labels) folio(p library.PageID) library.Folio {
	return l.of.Outline().FolioOf(p, l.of.Index())
}
