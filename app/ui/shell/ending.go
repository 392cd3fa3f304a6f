package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// quit is a person's wish to leave. A running trial is asked about once, and what the court sees stays meanwhile; once
// it ended, a summary stands until the wish comes again.
func (w *window) quit() {
	switch {
	case w.session.Stage.Running():
		w.askEnd(true)
	case w.session.Court.Held() && (w.trial == nil || !w.trial.Closing()):
		w.showSummary(true)
	default:
		w.leave()
	}
}

// askEnd asks whether to end the trial; leaving tells that a person wants to leave the program with it.
func (w *window) askEnd(leaving bool) {
	if !w.session.Stage.Running() {
		return
	}
	w.question.leaving = w.question.leaving || leaving
	if !w.question.Visible() {
		w.question.open()
	}
}

// goOn goes on with the trial.
func (w *window) goOn() { w.focus(nil) }

// end ends the trial, as a person wished, and sums it up.
func (w *window) end(leaving bool) {
	w.focus(nil)
	w.session.Hearing.End()
	w.showSummary(leaving)
}

// showSummary shows the summary of the trial that ended.
func (w *window) showSummary(leaving bool) {
	if w.trial == nil {
		w.enter(keys.Trial)
	}
	var leave func()
	if leaving {
		leave = w.leave
	}
	w.trial.ShowClosing(leave)
}

// endQuestion asks, over the whole console, whether to end the trial.
type endQuestion struct {
	s       *console.Session
	on      *widget.Label // what the court sees meanwhile
	then    *widget.Label // what it will see
	no, end *widgets.Button
	blank   *widgets.Button
	leaving bool // the program is to be left, too
	back    bool // on a single screen the court window was in front
	content *fyne.Container
	goOn    func()
	ended   func(leaving bool)
}

func newEndQuestion(s *console.Session, do func(keys.Action), goOn func(), end func(leaving bool)) *endQuestion {
	q := &endQuestion{s: s, goOn: goOn, ended: end, on: widgets.Prose(""), then: widgets.Prose("")}
	title := canvas.NewText(s.T("end.title"), theme.Color(theme.Text))
	title.TextSize, title.TextStyle.Bold, title.Alignment = 30, true, fyne.TextAlignCenter
	q.on.Alignment, q.then.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	q.no = widgets.NewButton(s.T("end.no"), nil, widgets.Primary, q.Close)
	q.no.Hint = "Esc"
	q.end = widgets.NewButton(s.T("trial.end"), nil, widgets.Plain, q.yes)
	q.end.Hint = keys.Hint(s.In(), keys.Trial, keys.End)
	q.blank = widgets.NewButton(s.T("trial.blank"), widgets.Icon("blank"), widgets.Black, func() { do(keys.Blank) })
	q.blank.Hint = keys.Hint(s.In(), keys.Trial, keys.Blank)
	row := container.NewHBox(q.no, q.end, q.blank)
	q.no.Tall, q.end.Tall, q.blank.Tall = theme.BigTarget, theme.BigTarget, theme.BigTarget
	middle := container.NewVBox(title, container.NewGridWrap(fyne.NewSize(720, 44), q.on), container.NewGridWrap(fyne.NewSize(720, 64), q.then),
		container.NewCenter(row))
	ground := canvas.NewRectangle(theme.Color(theme.Ground)) // opaque: on a single screen the court looks on
	q.content = container.NewStack(ground, newClickBlocker(), container.NewCenter(middle))
	q.content.Hide()
	s.Events.Subscribe(event.StageChanged, q.update)
	return q
}

// open asks. On a single screen the console comes in front of what the court sees, with nothing on it but the question.
func (q *endQuestion) open() {
	q.then.SetText(q.s.T("end.then-" + q.s.Court.Mode().String()))
	q.update()
	widgets.Show(q.content, true)
	q.back = q.s.Court.Surface()
}

// update says what the court sees meanwhile.
func (q *endQuestion) update() {
	text := q.s.T("end.black")
	if !q.s.Stage.State().Dark {
		text = q.s.T("end.on")
	}
	if q.s.Court.Mode() == court.ModeSingle {
		text = ""
	}
	q.on.SetText(text)
}

func (q *endQuestion) yes() {
	leaving := q.leaving
	q.content.Hide()
	q.leaving = false
	q.ended(leaving)
}

// Visible implements [widgets.Overlay].
func (q *endQuestion) Visible() bool { return q.content.Visible() }

// Close implements [widgets.Overlay]: the trial goes on.
func (q *endQuestion) Close() {
	q.content.Hide()
	q.leaving = false
	if q.back {
		q.s.Court.Submerge()
	}
	q.goOn()
}

// Key implements [widgets.Overlay]: the key that asked says yes, and no other, for keys of the trial may be on their way.
func (q *endQuestion) Key(c keys.Chord, held bool) bool {
	if !c.Does(keys.End) {
		return false
	}
	if !held {
		q.yes()
	}
	return true
}

var _ widgets.Overlay = (*endQuestion)(nil)
