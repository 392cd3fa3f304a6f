package console

import (
	"slices"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
)

// Guards are the questions that are asked before a page is shown.
type Guards struct{ Restricted, Statements bool }

// The settings of a case that turn its guards off.
const (
	guardRestricted = "guard.restricted"
	guardStatements = "guard.statements"
	guardOff        = "off"
)

// guardsOff are the guards that are turned off in this case.
func (s *Session) guardsOff() Guards {
	if s.file == nil {
		return Guards{}
	}
	return Guards{s.file.Setting(guardRestricted) == guardOff, s.file.Setting(guardStatements) == guardOff}
}

// GuardsOff are the guards that are turned off in the open case.
func (s *Session) GuardsOff() Guards { return s.guards }

// TurnGuards turns guards of the open case off, and the others on.
func (s *Session) TurnGuards(off Guards) {
	if s.file == nil {
		return
	}
	for key, is := range map[string]bool{guardRestricted: off.Restricted, guardStatements: off.Statements} {
		value := ""
		if is {
			value = guardOff
		}
		s.file.SetSetting(key, value)
	}
	s.takeSnapshot()
	s.changed(OutlineChanged | StageChanged)
}

// cautions are the pages that need a second key, and why.
func (s *Session) cautions() map[library.PageID]presenter.Reason {
	pages := map[library.PageID]presenter.Reason{}
	o, x := s.Outline(), s.Index()
	for _, e := range s.snapshot.Exhibits {
		for _, n := range e.File.Incomplete {
			pages[e.Page(n)] |= presenter.Incomplete
		}
	}
	for _, cue := range s.run {
		for _, pane := range cue.Shot.Panes[:cue.Shot.Count] {
			if _, known := pages[pane.Page]; known || !s.outlined() {
				continue
			}
			if state, _ := o.LocateFile(pane.Page.Path, x); state == library.PageChanged {
				pages[s.allOfClip(pane.Page)] |= presenter.Changed
			}
		}
	}
	if !s.guards.Restricted {
		for r := range o.Records() {
			n, ok := r.(library.PageNote)
			if !ok || n.Restricted == "" {
				continue
			}
			pages[s.allOfClip(n.Page)] |= presenter.Restricted
			if state, now := o.Locate(n.Page, x); state == library.PageMoved {
				pages[s.allOfClip(now)] |= presenter.Restricted
			}
		}
	}
	if !s.guards.Statements {
		for _, d := range s.Documents() {
			if s.needsGround(d) {
				for _, page := range d.Pages {
					pages[s.allOfClip(page)] |= presenter.Statement
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
		for _, e := range s.snapshot.Exhibits {
			for i := range e.File.Pages {
				if e.File.SHA256 == "" {
					pages[s.allOfClip(e.Page(i))] |= presenter.Changed
				}
			}
		}
	}
	return pages
}

// needsGround tells whether a document may be shown in questioning on a ground of Art. 308 alone: in a criminal case the
// statement of a person who is present, or of whom nobody said who it is.
func (s *Session) needsGround(d library.Document) bool {
	o := s.Outline()
	if o.Cover().Kind != library.CaseCriminal {
		return false
	}
	if p, known := o.Person(d.Person); known {
		return p.Present
	}
	name := [2]string{d.Title, d.File.Path}
	statement, known := s.statements[name]
	if !known {
		if s.statements == nil {
			s.statements = map[[2]string]bool{}
		}
		statement = d.IsStatement()
		s.statements[name] = statement
	}
	return statement
}

// allOfClip is the page that stands for all moments of a recording in what is known of pages; any other page itself.
func (s *Session) allOfClip(p library.PageID) library.PageID {
	if s.fileAt(p.Path).Kind.Clip() {
		p.Index = presenter.AllPages
	}
	return p
}

// mind says whether statements need a ground at the step that a command would take: in questioning, and where nobody
// knows in which part of the hearing it is, as without an outline.
func (s *Session) mind(c presenter.Command) presenter.Mind {
	st := s.State()
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
	ref, ok := s.StepAt(at)
	if !ok {
		ref, _ = s.StepAt(st.At)
	}
	return presenter.Mind{Statements: ref.Phase.Part().Questions()}
}

// Idle says why the guard over statements would ask about nothing as the case is, though it is on: a sentence under
// "guard.idle-" + it; "" where it works.
func (s *Session) Idle() string {
	o := s.Outline()
	switch {
	case o.Cover().Kind != library.CaseCriminal:
		return "kind"
	case !slices.ContainsFunc(s.Documents(), func(d library.Document) bool { return len(d.Pages) > 0 && s.needsGround(d) }):
		return "statements"
	case s.outlined() && !slices.ContainsFunc(o.Phases(), func(p library.Phase) bool { return p.Part().Questions() }):
		return "parts"
	}
	return ""
}

// Unrestricted tells that the guard over restricted pages would ask about nothing: none is marked.
func (s *Session) Unrestricted() bool {
	for _, n := range s.Outline().Notes() {
		if n.Restricted != "" {
			return false
		}
	}
	return true
}

// Doubts say why what is in Preview takes more than one key, before the first is pressed: a line each.
func (s *Session) Doubts() []string {
	st := s.State()
	doubts := st.Doubts
	if !s.mind(presenter.Take{}).Statements {
		doubts &^= presenter.Statement
	}
	var lines []string
	for _, why := range presenter.Reasons {
		if doubts&why != 0 {
			lines = append(lines, i18n.T("doubt."+why.String(), "why", s.restriction(st.Preview)))
		}
	}
	return lines
}

// Grounds are the letters of clause 2 of Article 308 of the Criminal Procedure Code: contradiction,
// silence or not remembering, own request, absent or dead. Each has a sentence under "ground." + letter.
var Grounds = []string{"a", "b", "c", "d"}

// AsksGround tells whether a statement waits for its ground.
func (s *Session) AsksGround() bool {
	st := s.State()
	return st.Running && st.Why == presenter.Statement && st.Asked == st.Preview
}

// GiveGround takes the statement that waits, on a ground: the index among [Grounds].
func (s *Session) GiveGround(i int) bool {
	if !s.AsksGround() || i < 0 || i >= len(Grounds) {
		return false
	}
	if s.grounds == nil {
		s.grounds = map[library.Shot]string{}
	}
	s.grounds[s.State().Asked] = Grounds[i]
	s.ClearNotice()
	s.court.raise()
	s.projector.Do(presenter.Confirm{})
	return true
}

// GroundOf is the letter of Art. 308 on which a shot is shown: as it was given, of the statement of an
// absent person "d", else "".
func (s *Session) GroundOf(shot library.Shot) string {
	if given := s.grounds[shot]; given != "" {
		return given
	}
	o := s.Outline()
	if o.Cover().Kind != library.CaseCriminal {
		return ""
	}
	for _, pane := range shot.List() {
		if d, ok := s.Document(pane.Page); ok {
			if p, ok := o.Person(d.Person); ok && !p.Present {
				return "d"
			}
		}
	}
	return ""
}

// restriction says why a shot's pages are restricted, "" where they are not.
func (s *Session) restriction(shot library.Shot) string {
	var why []string
	for _, pane := range shot.List() {
		n := s.Outline().Note(s.Index().Head(pane.Page))
		if n.Restricted == "" {
			continue
		}
		text := i18n.T("restricted." + n.Restricted)
		if n.Text != "" {
			text += " – " + n.Text
		}
		if !slices.Contains(why, text) {
			why = append(why, text)
		}
	}
	return strings.Join(why, "; ")
}

// Restrict marks pages as restricted, by one of [library.Restrictions], or with "" as free.
func (s *Session) Restrict(code string, pages ...library.PageID) bool {
	notes := make([]library.Record, len(pages))
	for i, p := range pages {
		n := s.Outline().Note(s.Index().Head(p))
		n.Restricted = code
		notes[i] = n
	}
	return s.Edit(s.Outline().SetAll("note", notes...))
}
