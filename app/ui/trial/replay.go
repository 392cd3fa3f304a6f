package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/replay"
	"butluc/app/keys"
	"butluc/app/report"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// replayPage shows a journal that is played again, picture by picture. It lies over the room as a sheet does, and has no way to
// the court screen.
type replayPage struct {
	r       *Room
	replay  *replay.Replay
	picture *widgets.Picture
	time    *widget.Label
	text    *widget.Label
	verdict *widget.Label
	play    *widgets.Button
	speed   *widgets.Button
	rows    *widgets.Rows
}

// openReplay plays a journal again, unless a trial runs.
func (r *Room) openReplay(j report.Record) {
	s := r.s
	p := &replayPage{r: r, picture: widgets.NewPicture(s.Events.Post), time: widgets.Line(""), text: widgets.Prose(""), verdict: widgets.Prose("")}
	if p.replay = s.Exchange.Replay(j, p.show); p.replay == nil {
		return
	}
	p.picture.Ground, p.picture.Edge = theme.Color(theme.Surface), theme.Color(theme.Line)
	button := func(label, hint string, tapped func()) *widgets.Button {
		b := widgets.NewButton(label, nil, widgets.Plain, tapped)
		b.Hint = hint
		return b
	}
	back := button(s.T("replay.back"), s.T("key-name.left"), func() { p.step(-1) })
	next := button(s.T("replay.next"), s.T("key-name.right"), func() { p.step(1) })
	p.play = button("", s.T("key-name.space"), p.replay.Toggle)
	p.play.Holds(s.T("replay.play"), s.T("replay.pause"))
	p.speed = button("", "− +", func() { p.faster() })
	p.rows = widgets.NewRows()
	p.rows.Count = p.replay.Len
	p.rows.Height = func(int) float32 { return theme.Target }
	p.rows.Make = func() fyne.CanvasObject {
		b := widgets.NewButton("", nil, widgets.Quiet, nil)
		b.Cut, b.Row = true, true
		return b
	}
	p.rows.Fill = p.fill
	foot := container.NewVBox(p.time, p.text, p.verdict, widgets.NewFlow(theme.Gap, back, p.play, next, p.speed))
	seen := container.NewBorder(nil, foot, nil, nil, p.picture)
	split := container.NewHSplit(p.rows, widgets.Inset(8, seen))
	split.Offset = 0.34
	r.sheet.Open(s.T("replay.title"), split)
	r.sheet.OnKey = p.key
	r.replay = p
	p.rows.Reload()
	p.show()
}

// step goes on or back by moments, and stands there.
func (p *replayPage) step(by int) {
	if p.replay.Playing() {
		p.replay.Toggle()
	}
	p.replay.Jump(p.replay.At() + by)
}

// faster plays it faster, and after the fastest as it was.
func (p *replayPage) faster() {
	before := p.replay.Speed()
	if p.replay.Faster(1); p.replay.Speed() == before {
		p.replay.Faster(-p.replay.Len() - 1)
	}
}

// key takes the keys of the replay.
func (p *replayPage) key(c keys.Chord) bool {
	switch {
	case c.Mods&(keys.Ctrl|keys.Alt) != 0:
		return false
	case c.Key == "Right" || c.Key == "Next" || c.Key == "Down":
		p.step(1)
	case c.Key == "Left" || c.Key == "Prior" || c.Key == "Up":
		p.step(-1)
	case c.Key == "Home":
		p.step(-p.replay.Len())
	case c.Key == "End":
		p.step(p.replay.Len())
	case c.Key == "Space":
		p.replay.Toggle()
	case c.Key == "+" || c.Key == "=":
		p.replay.Faster(1)
	case c.Key == "-":
		p.replay.Faster(-1)
	default:
		return false
	}
	return true
}

// fill makes a row that of a moment.
func (p *replayPage) fill(i int, o fyne.CanvasObject) {
	b := o.(*widgets.Button)
	b.SetLabel(p.replay.Clock(i) + "  " + p.replay.Text(i))
	style := widgets.Quiet
	if i == p.replay.At() {
		style = widgets.Chosen
	}
	b.SetStyle(style)
	b.OnTapped = func() { p.step(i - p.replay.At()) }
}

// show shows the moment. When a trial began, the page is gone.
func (p *replayPage) show() {
	if p.r.replay != p {
		return
	}
	s, at := p.r.s, p.replay.At()
	picture, words := p.replay.Seen()
	p.picture.SetImage(picture)
	p.picture.SetEmpty("")
	if p.replay.Len() == 0 {
		p.picture.SetEmpty(words)
		return
	}
	if picture == nil {
		p.picture.SetEmpty(words)
		words = ""
	}
	p.time.SetText(s.T("replay.at", "time", p.replay.Time(at), "number", at+1, "count", p.replay.Len()))
	p.text.SetText(p.replay.Text(at))
	p.verdict.Importance = widget.LowImportance
	if p.replay.Differs() {
		p.verdict.Importance = widget.WarningImportance
	}
	p.verdict.SetText(words)
	p.play.SetLabel(s.T("replay.play"))
	if p.replay.Playing() {
		p.play.SetLabel(s.T("replay.pause"))
	}
	p.speed.SetLabel(s.T("replay.speed", "times", p.replay.Speed()))
	p.rows.Reload()
	p.rows.Reveal(at)
}

// close ends it; a replay that is not open is none.
func (p *replayPage) close() {
	if p != nil {
		p.replay.Close()
	}
}
