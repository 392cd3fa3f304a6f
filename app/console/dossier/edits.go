package dossier

import (
	"errors"
	"log/slog"
	"strings"

	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
)

// Edits change the outline.
type Edits struct {
	lang    *i18n.Localizer
	dossier *Dossier
	events  *event.Bus
	notices *notice.Bar
}

// NewEdits makes the edits of a dossier.
func NewEdits(ds *Dossier, events *event.Bus, notices *notice.Bar, lang *i18n.Localizer) *Edits {
	return &Edits{lang: lang, dossier: ds, events: events, notices: notices}
}

// sameList tells whether two lists are one and the same.
func sameList(a, b []library.Exhibit) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Edit changes the outline; it is on disk within a second and can be undone. It tells false, and says
// so at the foot, where the edit can't be made.
func (ed *Edits) Edit(e library.Edit) bool {
	if ed.dossier.File() == nil {
		return false
	}
	if err := ed.dossier.File().Edit(e); err != nil {
		slog.Warn("edit outline", "edit", e.Label, "err", err)
		if errors.Is(err, casefile.ErrDoubtful) {
			ed.AskDoubt()
			return false
		}
		ed.notices.TellText(ed.lang.T("error.edit", "why", label.WhyNot(ed.lang.In(), err)), true)
		return false
	}
	ed.OutlineMoved()
	return true
}

// Undo takes the last edit back and says which.
func (ed *Edits) Undo() {
	if ed.dossier.File() == nil {
		return
	}
	label, ok := ed.dossier.File().Undo()
	ed.undone(label, ok, "undo.done", "undo.none")
}

// Redo makes the edit again that was taken back last.
func (ed *Edits) Redo() {
	if ed.dossier.File() == nil {
		return
	}
	label, ok := ed.dossier.File().Redo()
	ed.undone(label, ok, "redo.done", "redo.none")
}

func (ed *Edits) undone(label string, ok bool, done, none string) {
	if !ok {
		ed.notices.Tell(none, false)
		return
	}
	ed.OutlineMoved()
	ed.notices.TellText(ed.lang.T(done, "what", ed.lang.T("edit."+label)), false)
}

// OutlineMoved takes the outline as it is now, at once: what a person does next is about it.
func (ed *Edits) OutlineMoved() {
	ed.dossier.renew()
	ed.events.Changed(event.OutlineChanged | event.StageChanged | event.CaseChanged)
}

// Relink follows the files that were moved or renamed since they were put into the outline.
func (ed *Edits) Relink() {
	e := ed.dossier.Outline().Relink(ed.dossier.Index())
	switch {
	case e.IsZero():
		ed.notices.Tell("relink.none", false)
	case ed.Edit(e):
		ed.notices.Tell("relink.done", false)
	}
}

// Confirm takes the changed files that a step shows for what was prepared, after a person looked at them.
func (ed *Edits) Confirm(id library.ID) {
	step, ok := ed.dossier.Outline().Step(id)
	if !ok {
		return
	}
	done := false
	for _, f := range ed.dossier.Outline().ResolveStep(step, ed.dossier.Index()) {
		if f.State == library.PageChanged {
			done = ed.Edit(ed.dossier.Outline().Confirm(ed.dossier.FileAt(f.Page.Path))) || done
		}
	}
	if !done {
		ed.notices.Tell("confirm.none", false)
		return
	}
	ed.notices.Tell("confirm.done", false)
}

// NoticeOfOutline says what the outline has to tell when its case is opened.
func (ed *Edits) NoticeOfOutline() {
	switch {
	case ed.dossier.Latest().OutlineErr != nil:
		ed.notices.Tell("case-notice.outline", true)
	case !ed.dossier.Outline().Relink(ed.dossier.Index()).IsZero():
		ed.notices.Tell("relink.found", true)
	}
}

// Restrict marks pages as restricted, by one of [library.Restrictions], or with "" as free.
func (ed *Edits) Restrict(code string, pages ...library.PageID) bool {
	notes := make([]library.Record, len(pages))
	for i, p := range pages {
		n := ed.dossier.Outline().Note(ed.dossier.Index().Head(p))
		n.Restricted = code
		notes[i] = n
	}
	return ed.Edit(ed.dossier.Outline().SetAll("note", notes...))
}

// Turn turns a page upright by quarter turns, for good and wherever it is shown.
func (ed *Edits) Turn(p library.PageID, quarters int) bool {
	return ed.Edit(ed.dossier.Outline().TurnPage(p, ed.dossier.PagesNow().Of(p).Upright.Plus(quarters), ed.dossier.Index()))
}

// SetRecording keeps what captions of a recording say of the time. Where the clock can't be read, it says so.
func (ed *Edits) SetRecording(r library.Recording) bool {
	if _, err := library.ParseClock(r.Clock); r.Clock != "" && err != nil {
		ed.notices.Tell("recording.no-clock", true)
		return false
	}
	return ed.Edit(ed.dossier.Outline().SetAll("recording", r))
}

// NoticeOfCase says what opening the case had to tell, if anything.
func (ed *Edits) NoticeOfCase() {
	if ed.Doubtful() {
		ed.AskDoubt()
		return
	}
	if text := ed.caseText(func(casefile.Notice) bool { return true }); text != "" {
		ed.notices.TellText(text, true)
	}
}

// caseText is what there is to say of the case's data, of some notices, all on one line.
func (ed *Edits) caseText(of func(casefile.Notice) bool) string {
	var all []string
	for _, n := range ed.dossier.Latest().Notices {
		if of(n) {
			all = append(all, label.Notice(ed.lang.In(), n))
		}
	}
	return strings.Join(all, " ")
}

// Doubtful tells that the case is what was left of a damaged database, and that nobody has said yet to go on from it:
// until then it is not changed. A trial may begin all the same, and its journal notes it.
func (ed *Edits) Doubtful() bool { return ed.dossier.File() != nil && ed.dossier.File().Doubtful() }

// AskDoubt asks at the foot whether to go on from what was left.
func (ed *Edits) AskDoubt() {
	ed.notices.Ask(ed.caseText(casefile.Notice.Damage), ed.Doubt)
}

// GoOn goes on from what was left of a damaged database.
func (ed *Edits) GoOn() {
	if ed.Doubtful() {
		ed.dossier.File().GoOn()
		ed.dossier.renew()
		ed.notices.Tell("damage.going-on", false)
	}
}

// Doubt is what the journal notes of a trial whose case is what was left; "" otherwise.
func (ed *Edits) Doubt() string {
	if !ed.Doubtful() {
		return ""
	}
	return ed.caseText(casefile.Notice.Damage)
}
