package hearing

import (
	"slices"

	"butluc/app/console/court"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// Control is what a person does to Preview and Program.
type Control struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	stage   *stage.Stage
	run     *Run
	guard   *Guard
	aspect  func(library.Pane) float64
	court   *court.Court
	events  *event.Bus
	notices *notice.Bar

	pane  int  // of Program, that keys move
	apart bool // panes move one by one
}

// NewControl makes what a person does to Preview and Program.
func NewControl(d Deps, run *Run, guard *Guard) *Control {
	return &Control{
		lang: d.Lang, dossier: d.Dossier, stage: d.Stage, run: run, guard: guard, aspect: d.Aspect,
		court: d.Court, events: d.Events, notices: d.Notices,
	}
}

// GiveGround takes the statement that waits, on a ground: the index among [Grounds].
func (ct *Control) GiveGround(i int) bool {
	if !ct.guard.AsksGround() || i < 0 || i >= len(Grounds) {
		return false
	}
	if ct.guard.grounds == nil {
		ct.guard.grounds = map[library.Shot]string{}
	}
	ct.guard.grounds[ct.stage.State().Asked] = Grounds[i]
	ct.notices.Clear()
	ct.court.Raise()
	ct.stage.Projector().Do(presenter.Confirm{})
	return true
}

// Withdraw takes back a question that waits for a second key, with the line that asks it, and tells whether one waited. The
// page stays in Preview: who takes it again is asked again.
func (ct *Control) Withdraw() bool {
	st := ct.stage.State()
	if !st.Running || st.Asked.IsZero() || st.Asked != st.Preview {
		return false
	}
	ct.Do(presenter.Withdraw{})
	return true
}

// Do passes commands of a person on to the stage. Without a case it does nothing.
func (ct *Control) Do(commands ...presenter.Command) {
	if ct.stage.Projector() == nil {
		return
	}
	ct.notices.Clear()
	for _, c := range commands {
		if shows(c) {
			ct.court.Raise()
		}
		ct.stage.Projector().Do(ct.guard.mind(c), c)
	}
}

// LookPreview changes how Preview is looked at.
func (ct *Control) LookPreview(change Look) {
	for i, pane := range ct.looked(ct.stage.State().Preview, change) {
		ct.Do(presenter.Look{Index: i, Pane: pane})
	}
}

// LookLive changes how the court looks at the page that it sees, at once.
func (ct *Control) LookLive(change Look) {
	var commands []presenter.Command
	for i, pane := range ct.looked(ct.stage.State().Program, change) {
		commands = append(commands, presenter.LookLive{Index: i, Pane: pane})
	}
	ct.Do(commands...)
}

// looked is the shot's panes after a change of view, by their index: all of them, or where they move apart
// the one that is meant. A pane whose proportions are unknown is left out.
func (ct *Control) looked(shot library.Shot, change Look) map[int]library.Pane {
	panes := map[int]library.Pane{}
	if ct.stage.Projector() == nil {
		return panes
	}
	plan, ok := projector.Sources(ct.dossier.Origin).Plan(shot, ct.stage.Projector().Size())
	if !ok {
		return panes
	}
	for i, pane := range shot.List() {
		page, box := ct.aspect(pane), plan.Room(i).Size()
		if page > 0 && (!ct.apart || i == ct.LivePane()) {
			panes[i] = change(i, pane, page, float64(box.X)/float64(box.Y))
		}
	}
	return panes
}

// PreviewPage puts the page by pages further on in its document into Preview.
func (ct *Control) PreviewPage(by int) {
	if q, ok := ct.dossier.Further(ct.stage.State().Preview.First().Page, by); ok {
		ct.Preview(q)
	}
}

// LivePage turns what the court sees to the page by pages further on in its document, same view.
func (ct *Control) LivePage(by int) {
	i := ct.LivePane()
	pane := ct.stage.State().Program.Panes[i]
	if q, ok := ct.dossier.Further(pane.Page, by); ok {
		pane.Page = q
		ct.Do(presenter.LookLive{Index: i, Pane: pane})
	}
}

// LivePane is the pane of Program that keys move.
func (ct *Control) LivePane() int { return min(ct.pane, max(0, int(ct.stage.State().Program.Count)-1)) }

// NextLivePane lets keys move the next pane of Program, and only that one.
func (ct *Control) NextLivePane() {
	n := int(ct.stage.State().Program.Count)
	if n < 2 {
		return
	}
	ct.pane = (ct.LivePane() + 1) % n
	ct.apart = true
	ct.notices.TellText(ct.lang.T("live.pane", "pane", ct.pane+1, "count", n), false)
}

// together lets keys move all panes together again, as at a trial's beginning.
func (ct *Control) together() { ct.pane, ct.apart = 0, false }

// TogglePanes lets keys move all panes together, or one by one.
func (ct *Control) TogglePanes() {
	ct.apart = !ct.apart
	key := "live.together"
	if ct.apart {
		key = "live.apart"
	}
	ct.notices.Tell(key, false)
	ct.events.Changed(event.StageChanged)
}

// Draw adds a mark to a pane of what the court sees.
func (ct *Control) Draw(pane int, m library.Mark) {
	p := ct.stage.State().Program
	if pane < 0 || pane >= int(p.Count) {
		return
	}
	if n := len(p.Panes[pane].Kept().Marks.List()); n >= library.MaxMarks { // more could not be kept
		ct.notices.TellText(ct.lang.T("mark.full", "count", n), true)
		return
	}
	next := p.Panes[pane]
	next.Live = next.Live.Add(m)
	ct.Do(presenter.LookLive{Index: pane, Pane: next})
}

// Beside puts the page in Preview beside what the court sees, into Preview: Enter then shows both.
func (ct *Control) Beside() {
	st := ct.stage.State()
	if st.Preview.IsZero() || st.Program.IsZero() {
		return
	}
	shot := st.Program.Kept()
	shot.Beat = st.Program.Beat // the marks that the court sees stay
	ct.Do(presenter.Call{Shot: shot.Push(st.Preview.First())})
}

// ShowAgain puts a shot that was shown into Preview.
func (ct *Control) ShowAgain(shot library.Shot) { ct.Do(presenter.Call{Shot: shot}) }

// Preview puts a page into Preview. Without an outline the run is the file itself and goes on there:
// the page after a called one is what a person expects next. With one, the page stands outside it, and
// the outline's next is in Preview again once it was taken. A page that can't be shown, or not yet,
// goes there too: the next Enter must not show something else in its place.
func (ct *Control) Preview(p library.PageID) {
	if at := slices.Index(ct.dossier.Pages(), p); at >= 0 && !ct.dossier.Outlined() {
		ct.Do(presenter.Jump{At: at})
		return
	}
	ct.Do(presenter.Call{Shot: library.ShotOf(p)})
}

// shows tells whether a command puts something on the court screen.
func shows(command presenter.Command) bool {
	switch command.(type) {
	case presenter.Take, presenter.Next, presenter.Back, presenter.Confirm:
		return true
	default:
		return false
	}
}
