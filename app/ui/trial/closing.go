package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/court"
	"butluc/app/console/recorder"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// closing is the summary of a trial that ended: what the court saw, what was kept, where the journal is, and the court
// screen, which is black until it is turned off here.
type closing struct {
	room    *Room
	figures *fyne.Container // lines of what the journal has
	exports *fyne.Container
	court   *widget.Label
	off     *widgets.Button
	leave   *widgets.Button
	content fyne.CanvasObject
}

// ShowClosing sums up the trial that ended. leave leaves the program; nil: that was not asked for.
func (r *Room) ShowClosing(leave func()) {
	c := &closing{room: r, figures: container.NewVBox(widgets.Prose(r.s.T("journal.reading"))), exports: container.NewVBox()}
	c.court = widgets.Prose("")
	c.off = r.offButton()
	c.off.Style = widgets.Primary
	c.leave = widgets.NewButton(r.s.T("key.leave"), nil, widgets.Plain, leave)
	c.leave.Tall, c.leave.Hint = theme.BigTarget, keys.Hint(r.s.In(), keys.Trial, keys.Leave)
	widgets.Show(c.leave, leave != nil)
	c.content = container.NewVScroll(container.NewVBox(c.figures, c.exports, widgets.Space(1, 12), widgets.Rule(),
		c.court, container.NewHBox(c.off, c.leave)))
	r.closing = c
	r.sheet.OnKey = func(k keys.Chord) bool { return c.key(k) }
	r.sheet.Open(r.s.T("closing.title"), c.content)
	c.update()
	r.s.Recorder.ReadHearing(func(h recorder.Outcome) {
		if r.closing == c {
			c.tell(h)
		}
	})
}

// Closing tells whether the summary stands.
func (r *Room) Closing() bool { return r.closing != nil }

// key takes the keys that the summary names, and tells whether it was one of them.
func (c *closing) key(k keys.Chord) bool {
	for _, a := range []keys.Action{keys.CourtOff, keys.Leave} {
		if k.Does(a) {
			c.room.do(a)
			return true
		}
	}
	return false
}

// update says what is on the court screen.
func (c *closing) update() {
	held := c.room.s.Court.Held()
	text := c.room.s.T("closing.off")
	switch {
	case held:
		text = c.room.s.T("closing.black")
	case c.room.s.Court.Mode() == court.ModeSingle:
		text = ""
	}
	c.court.SetText(text)
	widgets.Show(c.court, text != "")
	widgets.Show(c.off, held)
}

// tell fills in the figures.
func (c *closing) tell(h recorder.Outcome) {
	c.figures.RemoveAll()
	add := func(text string) { c.figures.Add(widgets.Prose(text)) }
	if !h.From.IsZero() && !h.To.IsZero() {
		key := "closing.when"
		if h.Rehearsal {
			key = "closing.when-rehearsal"
		}
		add(c.room.s.T(key, "from", c.room.s.Clock(h.From.Local()), "to", c.room.s.Clock(h.To.Local()),
			"day", c.room.s.Date(h.To.Local()), "time", duration(h.To.Sub(h.From))))
		add(c.room.s.T("closing.shown", "pages", h.Pages, "recordings", h.Recordings, "notes", h.Notes))
	}
	if h.Kept > 0 {
		add(c.room.s.T("closing.kept", "count", h.Kept))
	} else {
		add(c.room.s.T("closing.kept-none"))
	}
	journal := widgets.Prose(c.room.s.T("closing.journal", "path", h.Record.Path, "count", h.Record.Head.Count))
	switch {
	case h.Trouble != "":
		verdict(journal, false, h.Trouble)
	case h.Record.Fault != nil:
		verdict(journal, false, h.Record.FaultText(c.room.s.In()))
	}
	c.figures.Add(journal)
	if h.Record.Head.Count > 0 {
		c.exports.Add(widgets.Prose(c.room.s.T("closing.export")))
		c.exports.Add(c.room.exports(h.Record))
	}
}

// offButton takes the court window away that is black since the trial ended.
func (r *Room) offButton() *widgets.Button {
	b := widgets.NewButton(r.s.T("closing.court-off"), nil, widgets.Plain, func() { r.do(keys.CourtOff) })
	b.Tall, b.Hint = theme.BigTarget, keys.Hint(r.s.In(), keys.Trial, keys.CourtOff)
	return b
}
