package console

import (
	"errors"
	"slices"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/intake"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Labels are how the things of a case are called, in the language in use.
type Labels struct {
	dossier  *Dossier
	numbers  map[library.ID]string // of scenarios and steps
	numbered library.Outline       // what numbers is of
}

// Number is how a scenario or step is called in short: "C", "C.2".
func (l *Labels) Number(id library.ID) string {
	if o := l.dossier.Outline(); l.numbers == nil || l.numbered != o {
		l.numbers, l.numbered = o.Numbers(), o
	}
	return l.numbers[id]
}

// StepName is a step in a line: its title, else what is said, else what it shows.
func (l *Labels) StepName(step library.Step) string {
	if title := l.dossier.Outline().StepTitle(step, l.dossier.Index()); title != "" {
		return title
	}
	return i18n.T("step.empty")
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
	for _, f := range l.dossier.Outline().ResolveStep(step, l.dossier.Index()) {
		bad = bad || f.State != library.PageNoFolio
		if t := i18n.T("finding." + string(f.State)); !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return strings.Join(list, " · "), bad
}

// UsedText says in which steps a page is shown: "Dùng trong: 1.2, 3.1"; "" where in none. Of a recording any of it counts.
func (l *Labels) UsedText(p library.PageID) string {
	d, _ := l.dossier.Document(p)
	ids := l.dossier.Outline().UsedOf(d, p)
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
	return i18n.T("page.used", "steps", text)
}

// CandidateText tells a page from others that the same number may mean: its folio, volume, document and date.
func (l *Labels) CandidateText(c library.Candidate) string {
	var parts []string
	if !c.Folio.IsZero() {
		parts = append(parts, FolioText(c.Folio))
	}
	if bound := BoundText(c.Bound); bound != "" {
		parts = append(parts, bound)
	}
	parts = append(parts, l.Title(c.Page))
	if d, ok := l.dossier.Document(c.Page); ok {
		if d.Date != "" && !strings.Contains(d.Title, d.Date) {
			parts = append(parts, d.Date)
		}
		if at := d.Index(c.Page); len(d.Pages) > 1 && at >= 0 {
			parts = append(parts, i18n.T("page.of", "page", at+1, "pages", len(d.Pages)))
		}
	}
	return strings.Join(parts, " · ")
}

// NothingText says why there is no page to look at.
func (l *Labels) NothingText() string {
	switch c := l.dossier.snapshot; {
	case c.Err != nil:
		return i18n.T("prepare.unreadable", "name", c.Case.Path, "why", why(c.Err))
	case len(c.Exhibits) > 0:
		return i18n.T("prepare.none-shown", "count", len(c.Exhibits))
	case c.Reading && c.Progress.Stage <= intake.StageList:
		return i18n.T("prepare.listing")
	default:
		return i18n.T("prepare.empty")
	}
}

// PassageName is a passage's title, else its times.
func (l *Labels) PassageName(p library.Passage) string {
	if p.Title != "" {
		return p.Title
	}
	return SpanText(p.Span())
}

// PaneName is what a pane shows, in short: "BL 45", of a recording with its times: "Camera ▸ 0:07–0:15".
func (l *Labels) PaneName(p library.Pane) string { return l.timed(l.Short(p.Page), p) }

// timed is a name with the times of what a pane shows of a recording.
func (l *Labels) timed(name string, p library.Pane) string {
	switch {
	case !p.Clip.IsZero():
		return name + " ▸ " + SpanText(p.Clip)
	case l.dossier.fileAt(p.Page.Path).Kind.Clip():
		return name + " · " + library.Clock(p.Page.Index)
	}
	return name
}

// FaultText is a sentence for why a file can't be shown.
func (l *Labels) FaultText(p library.PageID) string {
	return i18n.T("fault."+FaultKey(l.dossier.fileAt(p.Path)), "name", library.ReadableName(p.Path))
}

// ErrorText is a sentence for a render's error.
func (l *Labels) ErrorText(err error, p library.PageID) string {
	if errors.Is(err, projector.ErrNoSource) {
		switch f := l.dossier.fileAt(p.Path); {
		case f.Path == "" && !l.dossier.snapshot.Reading:
			return i18n.T("fault."+string(library.FaultVanished), "name", l.Name(p))
		case f.Fault.Code == library.FaultNone:
			return i18n.T("prepare.unread", "name", l.Name(p))
		default:
			return i18n.T("fault."+FaultKey(f), "name", l.Name(p))
		}
	}
	var e *render.Error
	code := library.FaultBroken
	if errors.As(err, &e) && e.Fault.Code != library.FaultNone {
		code = e.Fault.Code
	}
	return i18n.T("fault."+string(code), "name", l.Name(p))
}

// auditionFault says why a recording can't be played. Sound that was read before is not broken: the computer has
// nothing to play it with.
func (l *Labels) auditionFault(fault library.FaultCode, page library.PageID) string {
	if f := l.dossier.fileAt(page.Path); fault == library.FaultBroken && f.Kind == library.KindAudio {
		return i18n.T("audition.no-sound", "name", l.Name(page))
	}
	return i18n.T("fault."+string(fault), "name", l.Name(page))
}

// Title is the title of the document that a page is in.
func (l *Labels) Title(p library.PageID) string {
	if d, ok := l.dossier.Outline().DocumentOf(p, l.dossier.Index()); ok && d.Title != "" {
		return d.Title
	}
	return library.ReadableName(p.Path)
}

// Name is how a page is called on screen: "BL 45 · Biên bản hỏi cung lần 2", without a folio its title.
func (l *Labels) Name(p library.PageID) string {
	if f := l.dossier.Folio(p); !f.IsZero() {
		return FolioText(f) + " · " + l.Title(p)
	}
	return l.Title(p)
}

// FullName is the name with the page's place in its document: "… · trang 3/6".
func (l *Labels) FullName(p library.PageID) string {
	d, ok := l.dossier.Outline().DocumentOf(p, l.dossier.Index())
	if !ok || len(d.Pages) <= 1 || d.Index(p) < 0 {
		return l.Name(p)
	}
	return l.Name(p) + " · " + i18n.T("page.of", "page", d.Index(p)+1, "pages", len(d.Pages))
}

// Short is the shortest name of a page: its folio, else its document's title.
func (l *Labels) Short(p library.PageID) string {
	if f := l.dossier.Folio(p); !f.IsZero() {
		return FolioText(f)
	}
	d, ok := l.dossier.Outline().DocumentOf(p, l.dossier.Index())
	if !ok {
		return library.ReadableName(p.Path)
	}
	if len(d.Pages) > 1 && d.Index(p) >= 0 {
		return i18n.T("page.number", "page", d.Index(p)+1)
	}
	return d.Title
}

// NoFolio says that the typed text calls no page, or none yet while the case is being read.
func (l *Labels) NoFolio(typed string) string {
	key := "call.none"
	if p := l.dossier.snapshot.Progress; p.Done < p.Total && p.Stage < intake.StageConvert {
		key = "call.none-yet"
	}
	return i18n.T(key, "typed", strings.TrimSpace(typed))
}
