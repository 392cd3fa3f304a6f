package trial

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/hearing"
	"butluc/app/i18n"
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

// stateLine is the line at the room's foot, around what the window tells: the badges before it, what the court screen does
// and the time behind it. It is always there, and what is on it stays in its place.
type stateLine struct {
	s       *console.Session
	lamp    *widgets.Lamp
	badges  []*widgets.Button
	more    *widgets.Button // the badges that have no room
	hidden  []int           // which these are
	times   *widgets.Paragraph
	told    fyne.CanvasObject
	content *fyne.Container
}

// newStateLine makes the line; told is what the window tells.
func newStateLine(s *console.Session, told fyne.CanvasObject) *stateLine {
	l := &stateLine{s: s, lamp: widgets.NewLamp(), times: widgets.NewParagraph(theme.TextBase, true, theme.Text), told: told}
	objects := []fyne.CanvasObject{told, l.lamp, l.times}
	for _, b := range badges {
		button := widgets.NewButton(s.T("badge."+b.key), nil, b.style, func() { b.act(s) })
		button.Tall = badgeTall
		button.Hide()
		l.badges = append(l.badges, button)
		objects = append(objects, button)
	}
	l.more = widgets.NewButton("", nil, widgets.Red, l.choose)
	l.more.Tall = badgeTall
	l.more.Hide()
	l.content = container.New(stateLayout{l}, append(objects, l.more)...)
	l.update()
	return l
}

// update shows the badges that are on.
func (l *stateLine) update() {
	changed := false
	for i, b := range badges {
		if on := b.on(l.s); on != l.on(i) {
			widgets.Show(l.badges[i], on)
			changed = true
		}
	}
	if changed {
		l.hidden = nil
		l.content.Refresh()
	}
}

// on tells whether a badge is on, in sight or among those that have no room.
func (l *stateLine) on(i int) bool { return l.badges[i].Visible() || slices.Contains(l.hidden, i) }

// choose opens the badges that have no room as a menu.
func (l *stateLine) choose() {
	var items []*fyne.MenuItem
	for _, i := range l.hidden {
		items = append(items, fyne.NewMenuItem(l.s.T("badge-long."+badges[i].key), func() { badges[i].act(l.s) }))
	}
	widgets.Menu(l.more, items...)
}

// stateLayout gives the time and the lamp their width, the badges what their words take, long ones where there is room,
// and what is told the rest.
type stateLayout struct{ l *stateLine }

// Measures of the line.
const (
	stateTall = theme.BigTarget
	badgeTall = 44
	lampLeast = 160
	lampMost  = 300
	lampShare = 0.2
	timesWide = 112
	badgeGap  = 4
	toldLeast = 200
	toldGood  = 420 // so much is left to what is told before badges have long words
)

func (y stateLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l := y.l
	times := l.times
	tall := times.Tall(theme.TextBase, timesWide)
	put(times, size.Width-timesWide, (size.Height-tall)/2, timesWide, tall)
	lamp := max(lampLeast, min(lampMost, size.Width*lampShare))
	put(l.lamp, size.Width-timesWide-badgeGap-lamp, 0, lamp, size.Height)
	right := size.Width - timesWide - lamp - 2*badgeGap
	x := y.placeBadges(right, size.Height)
	put(l.told, x, 0, right-x, size.Height)
}

// placeBadges puts the badges side by side and tells where they end. Those that have no room are behind a button.
func (y stateLayout) placeBadges(wide, tall float32) float32 {
	l := y.l
	var on []int
	for i := range l.badges {
		if l.on(i) {
			on = append(on, i)
		}
	}
	words := func(prefix string) (sum float32) {
		for _, i := range on {
			l.badges[i].SetLabel(l.s.T(prefix + badges[i].key))
			sum += l.badges[i].MinSize().Width + badgeGap
		}
		return sum
	}
	fits := words("badge-long.") <= wide-toldGood
	if !fits {
		fits = words("badge.") <= wide-toldLeast
	}
	l.hidden = nil
	x, room := float32(0), wide-toldLeast
	if !fits {
		l.more.SetLabel(moreBadges(l.s.In(), len(on)))
		room -= l.more.MinSize().Width + badgeGap
	}
	place := func(b *widgets.Button) {
		want := b.MinSize()
		put(b, x, (tall-want.Height)/2, want.Width, want.Height)
		x += want.Width + badgeGap
	}
	for _, i := range on {
		shown := len(l.hidden) == 0 && x+l.badges[i].MinSize().Width <= room
		widgets.Show(l.badges[i], shown)
		if shown {
			place(l.badges[i])
		} else {
			l.hidden = append(l.hidden, i)
		}
	}
	widgets.Show(l.more, len(l.hidden) > 0)
	if l.more.Visible() {
		l.more.SetLabel(moreBadges(l.s.In(), len(l.hidden)))
		place(l.more)
	}
	return x
}

func moreBadges(in i18n.Catalogue, n int) string { return in.T("badge-more", "count", n) }

// MinSize has room for what must be seen: the window must not change with the badges.
func (y stateLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(lampLeast+timesWide+toldLeast, stateTall)
}
