package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// tour shows around in the sample case: cards, each of which waits until what it says was done, by its key or otherwise. It
// stands under the room and covers nothing, takes no key, and is no part of a trial that is none for practice.
type tour struct {
	s       *console.Session
	pending bool // it begins once the sample is open
	at      int  // the card, -1 while it is off
	folio   string
	marks   int // in the outline as the card began, as are the steps
	steps   int
	was     bool // the next trial was to be one for practice before
	owed    bool // and is to be so again, once no trial runs

	count   *canvas.Text
	text    *widgets.Paragraph
	content *fyne.Container
}

// card is one thing to do.
type card struct {
	number int    // as it is told; two cards may share one
	words  string // under "tour." +
	room   keys.Room
	key    keys.Action
	done   func(*tour) bool
}

// cards are the tour. The last asks for two things, one after the other.
var cards = []card{
	{1, "folio", keys.Prepare, keys.CallUp, func(t *tour) bool { return t.looked() }},
	{2, "mark", keys.Prepare, keys.ToolOf(library.MarkBox), func(t *tour) bool { return marksIn(t.s.Dossier.Outline()) > t.marks }},
	{3, "step", keys.Prepare, keys.AddPage, func(t *tour) bool { return t.s.Dossier.Outline().Count(library.TableSteps) > t.steps }},
	{4, "start", keys.Prepare, keys.Start, func(t *tour) bool { return t.s.Stage.Running() }},
	{5, "next", keys.Trial, keys.Next, func(t *tour) bool { return !t.s.Stage.State().Program.IsZero() }},
	{6, "black", keys.Trial, keys.Blank, func(t *tour) bool { return t.s.Stage.State().Black }},
	{6, "end", keys.Trial, keys.End, func(t *tour) bool { return !t.s.Stage.Running() }},
}

// tourCards is how many cards are told.
const tourCards = 6

func newTour(s *console.Session) *tour { return &tour{s: s, at: -1} }

// begin opens the sample and shows around in it. While a trial runs it does nothing.
func (t *tour) begin() {
	if t.s.Stage.Running() {
		t.s.Notices.Tell("tour.not-now", true)
		return
	}
	t.leave()
	t.pending = true
	t.s.OpenSample()
}

// on tells whether it shows around.
func (t *tour) on() bool { return t.at >= 0 }

// leave ends it where it is.
func (t *tour) leave() {
	t.at, t.pending = -1, false
	t.payBack()
	t.show()
}

// payBack makes the next trial what it was to be before, once none runs.
func (t *tour) payBack() {
	if t.owed && !t.s.Stage.Running() {
		t.owed = false
		t.s.Hearing.Rehearse(t.was)
	}
}

// follow goes on to the next card once what this one says was done.
func (t *tour) follow() {
	if t.pending && t.s.SampleIsOpen() {
		t.pending = false
		t.turn(0)
	}
	if !t.on() {
		t.payBack()
		return
	}
	if !t.s.SampleIsOpen() || t.s.Stage.Running() && !t.s.Settings.Rehearsal() {
		t.leave()
		return
	}
	for t.on() && cards[t.at].done(t) {
		t.turn(t.at + 1)
	}
}

// turn goes to a card, past the last one to the end.
func (t *tour) turn(to int) {
	if to == len(cards) {
		t.leave()
		t.s.Notices.Tell("tour.done", false)
		return
	}
	t.at = to
	o := t.s.Dossier.Outline()
	t.marks, t.steps = marksIn(o), o.Count(library.TableSteps)
	switch cards[to].words {
	case "folio":
		t.folio = t.another()
	case "start":
		if !t.owed {
			t.was, t.owed = t.s.Settings.Rehearsal(), true
		}
		t.s.Hearing.Rehearse(true)
	}
	t.show()
}

// another is a folio of the sample whose page is not looked at.
func (t *tour) another() string {
	for _, folio := range []string{"28", "71"} {
		if pages := t.s.Dossier.FindFolio(folio); len(pages) > 0 && pages[0] != t.s.Study.Current().Page {
			return folio
		}
	}
	return "28"
}

// looked tells whether the page of the folio is looked at.
func (t *tour) looked() bool {
	pages := t.s.Dossier.FindFolio(t.folio)
	return len(pages) > 0 && pages[0] == t.s.Study.Current().Page
}

// marksIn is how many marks lie on the pages of an outline and of its steps.
func marksIn(o library.Outline) (n int) {
	for _, note := range o.Notes() {
		n += len(note.Marks.List())
	}
	for ref := range o.Walk() {
		for _, pane := range ref.Step.Shot.List() {
			n += len(pane.Marks.List())
		}
	}
	return n
}

// tourTall is how tall the line of the tour is.
const tourTall = 40

// build makes what is seen of it, anew with each drawing of the window.
func (t *tour) build() fyne.CanvasObject {
	ground := canvas.NewRectangle(theme.Faint(theme.Accent, 0.22))
	t.count = canvas.NewText("", theme.Color(theme.Text))
	t.count.TextStyle.Bold, t.count.TextSize = true, theme.TextHead
	t.text = widgets.NewParagraph(theme.TextHead, true, theme.Text)
	text := widgets.NewColumn(t.text)
	text.Edge, text.Middle = 1, true
	text.Shrinking(t.text, theme.TextSmall, theme.TextHead)
	closer := widgets.NewButton(t.s.T("tour.leave"), nil, widgets.Plain, t.leave)
	closer.Hint = keys.Hint(t.s.In(), keys.Shelf, keys.Close)
	t.content = container.NewStack(widgets.Space(1, tourTall), ground, container.NewBorder(nil, nil,
		container.NewHBox(widgets.Space(theme.Gap, 1), container.NewCenter(t.count)), container.NewCenter(closer), text.Content()))
	t.show()
	return t.content
}

// show shows the card, or nothing.
func (t *tour) show() {
	if t.content == nil {
		return
	}
	widgets.Show(t.content, t.on())
	if !t.on() {
		return
	}
	c := cards[t.at]
	t.count.Text = t.s.T("tour.count", "number", c.number, "count", tourCards)
	t.count.Refresh()
	t.text.SetText(t.s.T("tour."+c.words, "key", keys.Hint(t.s.In(), c.room, c.key), "typed", t.folio))
	t.content.Refresh()
}
