package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/hearing"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// badge is something that is not as in an ordinary hearing and must not be overlooked. To add one is to add a line to
// badges.
type badge struct {
	key   string // its words are under "badge." + key, the long ones under "badge-long." + key
	style widgets.Style
	on    func(*console.Session) bool
	act   func(*console.Session) // what a click does; it shows the court nothing
}

// badges are all of them, in the order in which they stand.
var badges = []badge{
	{"astray", widgets.Red, func(s *console.Session) bool {
		astray, _ := s.Court.Astray()
		return astray && s.Stage.Running()
	}, func(s *console.Session) { s.Court.SwapScreens() }},
	{"recess", widgets.Amber, func(s *console.Session) bool { return s.Recorder.Recess() }, func(s *console.Session) { s.Recorder.ToggleRecess() }},
	{"rehearsal", widgets.Amber, func(s *console.Session) bool { return s.Settings.Rehearsal() }, endRehearsal},
	{"single", widgets.Amber, inMode(court.ModeSingle), leaveMode("badge-tell.single")},
	{"share", widgets.Amber, inMode(court.ModeShare), leaveMode("badge-tell.share")},
	{"restricted", widgets.Red, func(s *console.Session) bool { return s.Guard.Off().Restricted }, func(s *console.Session) {
		s.Guard.Turn(hearing.Guards{Statements: s.Guard.Off().Statements})
	}},
	{"statements", widgets.Red, func(s *console.Session) bool { return s.Guard.Off().Statements }, func(s *console.Session) {
		s.Guard.Turn(hearing.Guards{Restricted: s.Guard.Off().Restricted})
	}},
	{"journal", widgets.Red, func(s *console.Session) bool { return s.Recorder.Trouble() != "" }, func(s *console.Session) {
		s.Notices.TellText(s.Recorder.Trouble(), true)
	}},
}

// endRehearsal makes the next trial a real one; what a running one is stays as the journal has it.
func endRehearsal(s *console.Session) {
	if s.Stage.Running() {
		s.Notices.Tell("badge-tell.rehearsal", false)
		return
	}
	s.Hearing.Rehearse(false)
}

func inMode(m court.Mode) func(*console.Session) bool {
	return func(s *console.Session) bool { return s.Court.Mode() == m }
}

// leaveMode goes back to the second screen; in a running trial, which keeps its mode, it tells what to do.
func leaveMode(told string) func(*console.Session) {
	return func(s *console.Session) {
		if s.Stage.Running() {
			s.Notices.Tell(told, false)
			return
		}
		s.Court.ChooseMode(court.ModeSecond)
	}
}

// stateLine is the line over the room: what the court screen does, the badges, the time. It is always there, and what is
// on it stays in its place.
type stateLine struct {
	s       *console.Session
	lamp    *widgets.Lamp
	badges  []*widgets.Button
	times   *widgets.Paragraph
	content *fyne.Container
}

func newStateLine(s *console.Session) *stateLine {
	l := &stateLine{s: s, lamp: widgets.NewLamp(), times: widgets.NewParagraph(theme.TextBase, true, theme.Text)}
	objects := []fyne.CanvasObject{l.lamp, l.times}
	for _, b := range badges {
		button := widgets.NewButton(s.T("badge."+b.key), nil, b.style, func() { b.act(s) })
		button.Hide()
		l.badges = append(l.badges, button)
		objects = append(objects, button)
	}
	l.content = container.New(stateLayout{l}, objects...)
	return l
}

// update shows the badges that are on.
func (l *stateLine) update() {
	changed := false
	for i, b := range badges {
		if on := b.on(l.s); on != l.badges[i].Visible() {
			widgets.Show(l.badges[i], on)
			changed = true
		}
	}
	if changed {
		l.content.Refresh()
	}
}

// stateLayout gives the time its width, the badges what their words take, long ones where there is room, and the lamp the
// rest.
type stateLayout struct{ l *stateLine }

// Measures of the line.
const (
	stateTall = 40
	lampLeast = 170
	timesWide = 96
	badgeGap  = 4
)

func (y stateLayout) shown() (shown []*widgets.Button, keys []string) {
	for i, b := range y.l.badges {
		if b.Visible() {
			shown, keys = append(shown, b), append(keys, badges[i].key)
		}
	}
	return shown, keys
}

// wide is how wide badges are together.
func (stateLayout) wide(shown []*widgets.Button) float32 {
	wide := float32(0)
	for _, b := range shown {
		wide += b.MinSize().Width + badgeGap
	}
	return wide
}

func (y stateLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	shown, keys := y.shown()
	for i, b := range shown {
		b.SetLabel(y.l.s.T("badge-long." + keys[i]))
	}
	if y.wide(shown) > size.Width-timesWide-2*lampLeast {
		for i, b := range shown {
			b.SetLabel(y.l.s.T("badge." + keys[i]))
		}
	}
	times := y.l.times
	tall := times.Tall(theme.TextSmall, timesWide)
	times.Move(fyne.NewPos(size.Width-timesWide, (size.Height-tall)/2))
	times.Resize(fyne.NewSize(timesWide, tall))
	x := size.Width - timesWide - badgeGap - y.wide(shown)
	y.l.lamp.Move(fyne.NewPos(0, 0))
	y.l.lamp.Resize(fyne.NewSize(x-badgeGap, size.Height))
	for _, b := range shown {
		want := b.MinSize()
		b.Move(fyne.NewPos(x, (size.Height-want.Height)/2))
		b.Resize(want)
		x += want.Width + badgeGap
	}
}

// MinSize has room for all badges at once: the window must not change with them.
func (y stateLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(lampLeast+timesWide, stateTall)
}
