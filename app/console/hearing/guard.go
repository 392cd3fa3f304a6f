package hearing

import (
	"slices"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
)

// Guards are the questions that are asked before a page is shown.
type Guards struct{ Restricted, Statements bool }

// Guard asks before a page is shown that may not be meant.
type Guard struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	labels  *label.Labels
	events  *event.Bus
	run     *Run
	stage   *stage.Stage

	off        Guards                  // those that are turned off
	grounds    map[library.Shot]string // on which statements were taken in this trial
	statements map[[2]string]bool      // documents that are statements, or not, by title and path
}

// NewGuard makes the guard of a case.
func NewGuard(d Deps, run *Run) *Guard {
	return &Guard{lang: d.Lang, dossier: d.Dossier, labels: d.Labels, events: d.Events, run: run, stage: d.Stage}
}

// The settings of a case that turn its guards off.
const (
	guardRestricted = "guard.restricted"
	guardStatements = "guard.statements"
	guardOff        = "off"
)

// Read reads from the case which guards are turned off in it, and tells whether they are others than before.
func (g *Guard) Read() (changed bool) {
	was := g.off
	g.off = Guards{}
	if file := g.dossier.File(); file != nil {
		g.off = Guards{file.Setting(guardRestricted) == guardOff, file.Setting(guardStatements) == guardOff}
	}
	return g.off != was
}

// Off are the guards that are turned off in the open case.
func (g *Guard) Off() Guards { return g.off }

// Turn turns guards of the open case off, and the others on.
func (g *Guard) Turn(off Guards) {
	if g.dossier.File() == nil {
		return
	}
	for key, is := range map[string]bool{guardRestricted: off.Restricted, guardStatements: off.Statements} {
		value := ""
		if is {
			value = guardOff
		}
		g.dossier.File().SetSetting(key, value)
	}
	g.dossier.Renew()
	g.events.Changed(event.OutlineChanged | event.StageChanged)
}

// Cautions are the pages that need a second key, and why.
func (g *Guard) Cautions() map[library.PageID]presenter.Reason {
	pages := map[library.PageID]presenter.Reason{}
	o, x := g.dossier.Outline(), g.dossier.Index()
	for _, e := range g.dossier.Latest().Exhibits {
		for _, n := range e.File.Incomplete {
			pages[e.Page(n)] |= presenter.Incomplete
		}
	}
	for _, cue := range g.run.Cues() {
		for _, pane := range cue.Shot.Panes[:cue.Shot.Count] {
			if _, known := pages[pane.Page]; known || !g.dossier.Outlined() {
				continue
			}
			if state, _ := o.LocateFile(pane.Page.Path, x); state == library.PageChanged {
				pages[g.dossier.AllOfClip(pane.Page)] |= presenter.Changed
			}
		}
	}
	if !g.off.Restricted {
		for p := range o.RestrictedPages(x) {
			pages[g.dossier.AllOfClip(p)] |= presenter.Restricted
		}
	}
	if !g.off.Statements {
		for _, d := range g.dossier.Documents() {
			if g.needsGround(d) {
				for _, page := range d.Pages {
					pages[g.dossier.AllOfClip(page)] |= presenter.Statement
				}
			}
		}
	}
	lost := func(p library.PageID) bool { // a file at its path that is still to be read is taken for the one that it was
		e, there := x.Exhibit(p.Path)
		return !there || e.File.SHA256 != ""
	}
	if slices.ContainsFunc(o.StrayMarks(x), lost) {
		// A page with marks, perhaps redactions, was moved: it may be any whose fingerprint is not known yet.
		for _, e := range g.dossier.Latest().Exhibits {
			for i := range e.File.Pages {
				if e.File.SHA256 == "" {
					pages[g.dossier.AllOfClip(e.Page(i))] |= presenter.Changed
				}
			}
		}
	}
	return pages
}

// needsGround tells whether a document may be shown in questioning on a ground of Art. 308 alone: in a criminal case the
// statement of a person who is present, or of whom nobody said who it is.
func (g *Guard) needsGround(d library.Document) bool {
	o := g.dossier.Outline()
	if o.Cover().Kind != library.CaseCriminal {
		return false
	}
	if p, known := o.Person(d.Person); known {
		return p.Present
	}
	name := [2]string{d.Title, d.File.Path}
	statement, known := g.statements[name]
	if !known {
		if g.statements == nil {
			g.statements = map[[2]string]bool{}
		}
		statement = d.IsStatement()
		g.statements[name] = statement
	}
	return statement
}

// mind says whether statements need a ground at the step that a command would take: in questioning, and where nobody
// knows in which part of the hearing it is, as without an outline.
func (g *Guard) mind(c presenter.Command) presenter.GuardStatements {
	st := g.stage.State()
	at := st.Next
	switch c.(type) {
	case presenter.Back:
		at = st.At - 1
	case presenter.LookLive:
		at = st.At // what is called, or turned to, is shown where the court is
	case presenter.Take:
		if st.Called && st.At >= 0 {
			at = st.At
		}
	default:
	}
	ref, ok := g.run.StepAt(at)
	if !ok {
		ref, _ = g.run.StepAt(st.At)
	}
	return presenter.GuardStatements{Statements: ref.Phase.Part().Questions()}
}

// Idle says why the guard over statements would ask about nothing as the case is, though it is on: a sentence under
// "guard.idle-" + it; "" where it works.
func (g *Guard) Idle() string {
	o := g.dossier.Outline()
	switch {
	case o.Cover().Kind != library.CaseCriminal:
		return "kind"
	case !slices.ContainsFunc(g.dossier.Documents(), func(d library.Document) bool { return len(d.Pages) > 0 && g.needsGround(d) }):
		return "statements"
	case g.dossier.Outlined() && !slices.ContainsFunc(o.Phases(), func(p library.Phase) bool { return p.Part().Questions() }):
		return "parts"
	}
	return ""
}

// Unrestricted tells that the guard over restricted pages would ask about nothing: none is marked.
func (g *Guard) Unrestricted() bool {
	return len(g.dossier.Outline().RestrictedPages(g.dossier.Index())) == 0
}

// Doubts say why what is in Preview takes more than one key, before the first is pressed: a line each.
func (g *Guard) Doubts() []string {
	st := g.stage.State()
	doubts := st.Doubts
	if !g.mind(presenter.Take{}).Statements {
		doubts &^= presenter.Statement
	}
	var lines []string
	for _, why := range presenter.Reasons {
		if doubts&why != 0 {
			lines = append(lines, g.lang.T("doubt."+why.String(), "why", g.labels.Restriction(st.Preview)))
		}
	}
	return lines
}

// Grounds are the letters of clause 2 of Article 308 of the Criminal Procedure Code: contradiction,
// silence or not remembering, own request, absent or dead. Each has a sentence under "ground." + letter.
var Grounds = []string{"a", "b", "c", "d"}

// AsksGround tells whether a statement waits for its ground.
func (g *Guard) AsksGround() bool {
	st := g.stage.State()
	return st.Running && st.Why == presenter.Statement && st.Asked == st.Preview
}

// GroundOf is the letter of Art. 308 on which a shot is shown: as it was given, of the statement of an
// absent person "d", else "".
func (g *Guard) GroundOf(shot library.Shot) string {
	if given := g.grounds[shot]; given != "" {
		return given
	}
	o := g.dossier.Outline()
	if o.Cover().Kind != library.CaseCriminal {
		return ""
	}
	for _, pane := range shot.List() {
		if d, ok := g.dossier.Document(pane.Page); ok {
			if p, ok := o.Person(d.Person); ok && !p.Present {
				return "d"
			}
		}
	}
	return ""
}
