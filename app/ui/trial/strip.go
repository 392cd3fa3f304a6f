package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// strip is what was shown in this trial, the last first: a click puts it into Preview again.
type strip struct {
	s       *console.Session
	shown   []library.Shot
	row     *fyne.Container
	title   fyne.CanvasObject // where nothing was shown yet
	content *fyne.Container
}

const (
	stripWide = 40
	stripTall = 54
)

func newStrip(s *console.Session) *strip {
	t := &strip{s: s, row: container.NewHBox()}
	title := widgets.NewParagraph(theme.TextSmall, false, theme.Muted)
	title.SetText(s.T("strip.title"))
	column := widgets.NewColumn(title)
	column.Middle = true
	t.title = column.Content()
	t.content = container.NewStack(widgets.Space(1, stripTall+8), t.title, container.NewHScroll(t.row))
	s.Events.Subscribe(event.ThumbChanged, t.fill)
	return t
}

func (t *strip) update() {
	recent := t.s.Recorder.Recent()
	widgets.Show(t.title, len(recent) == 0)
	if len(recent) == len(t.shown) && (len(recent) == 0 || recent[0] == t.shown[0]) {
		return
	}
	t.shown = recent
	t.row.RemoveAll()
	for _, shot := range recent {
		p := widgets.NewPicture(t.s.Events.Post)
		p.Ground = theme.Color(theme.Raised)
		p.Proportions.X, p.Proportions.Y = 3, 4
		p.OnTapped = func() { t.s.Control.ShowAgain(shot) }
		t.row.Add(container.NewGridWrap(fyne.NewSize(stripWide, stripTall), p))
	}
	t.fill()
}

// fill gives the thumbnails that are there.
func (t *strip) fill() {
	for i, o := range t.row.Objects {
		p, ok := o.(*fyne.Container).Objects[0].(*widgets.Picture)
		if !ok || i >= len(t.shown) {
			continue
		}
		if picture, err := t.s.Pictures.Thumb(t.shown[i].First().Page, widgets.Pixels(t.row, fyne.NewSize(stripWide, stripTall))); err == nil {
			p.SetImage(picture)
		}
	}
}
