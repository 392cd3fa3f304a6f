package find

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/ui/widgets"
)

// reading says how far the text of the case is read, and lets a person pause it.
type reading struct {
	s       *console.Session
	line    *widget.Label
	need    *widget.Label // what is missing to read scans
	bar     *widgets.Bar
	pause   *widgets.Button
	unread  *widgets.Button // pages of which the writing could not be read
	content fyne.CanvasObject
}

func newReading(s *console.Session) *reading {
	r := &reading{s: s, line: widgets.Small(""), need: widgets.Prose(""), bar: widgets.NewBar()}
	r.need.Importance = widget.WarningImportance
	r.pause = widgets.NewButton("", nil, widgets.Quiet, func() { s.Reading.Hold(!s.Reading.Text().Held) })
	r.unread = widgets.NewButton("", nil, widgets.Quiet, func() { s.Finder.ListUnread() })
	r.content = container.NewVBox(r.need, r.unread, container.NewBorder(nil, r.bar, nil, r.pause, r.line))
	return r
}

func (r *reading) update() {
	t := r.s.Reading.Text()
	line, button := readingWords(r.s.In(), t, r.s.Stage.Running())
	r.line.Hidden, r.bar.Hidden, r.pause.Hidden = line == "", line == "", button == ""
	r.line.SetText(line)
	r.bar.Set(t.Done, t.Pages)
	r.pause.SetLabel(button)
	r.need.Hidden = t.Need == ""
	r.need.SetText(t.Need)
	r.unread.Hidden = t.Unread == 0
	r.unread.SetLabel(r.s.T("find.unread", "count", t.Unread))
	r.content.Refresh()
}
