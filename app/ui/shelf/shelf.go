// Package shelf is the room of the cases on this laptop.
package shelf

import (
	"image/color"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/intake"
	shelfstore "butluc/library/shelf"
)

const (
	cardWide = 316
	cardTall = 168
)

// Room is the room. Make one for each drawing of the window.
type Room struct {
	s       *console.Session
	cards   *fyne.Container
	search  *widgets.Field
	first   fyne.CanvasObject // instead of the cards, while there are none
	content fyne.CanvasObject
	focus   func(fyne.Focusable)
}

// New makes the room. open asks for a folder; focus gives the keyboard away, with nil back to the room.
func New(s *console.Session, open func(), focus func(fyne.Focusable)) *Room {
	r := &Room{s: s, focus: focus, cards: container.NewGridWrap(fyne.NewSize(cardWide, cardTall))}
	r.search = widgets.NewField(s.T("shelf.search"))
	r.search.OnChanged = func(string) { r.build() }
	r.search.OnEscape = func() { r.search.SetText(""); focus(nil) }
	button := widgets.NewButton(s.T("shelf.open"), fynetheme.FolderOpenIcon(), widgets.Primary, open)
	button.Hint = keys.Hint(s.In(), keys.Shelf, keys.OpenFolder)
	title := canvas.NewText(s.T("room.shelf"), theme.Color(theme.Text))
	title.TextSize, title.TextStyle.Bold = 22, true
	head := container.NewBorder(nil, nil, title, button,
		container.NewBorder(nil, nil, widgets.Space(24, 1), widgets.Space(12, 1), r.search))
	r.first = r.firstTime(open)
	r.content = container.NewBorder(widgets.Inset(16, head), nil, nil, nil,
		container.NewStack(widgets.Inset(12, container.NewVScroll(r.cards)), r.first))
	s.Events.Subscribe(event.ShelfChanged|event.CaseChanged, r.build)
	r.build()
	return r
}

// Content is the room to put into the window.
func (r *Room) Content() fyne.CanvasObject { return r.content }

// Do does an action of this room and tells whether it was one.
func (r *Room) Do(keys.Action) bool { return false }

// Overlays is what may lie over this room: nothing.
func (r *Room) Overlays() []widgets.Overlay { return nil }

func (r *Room) build() {
	entries := r.s.Settings.Shelf().Cases()
	filter := library.NewFilter(r.search.Text)
	cards := make([]fyne.CanvasObject, 0, len(entries)+1)
	for _, e := range entries {
		if match(e, filter) {
			cards = append(cards, r.card(e))
		}
	}
	widgets.Show(r.first, len(entries) == 0)
	if filter.IsZero() && len(entries) > 0 {
		cards = append(cards, r.dropHere())
	}
	r.search.Hidden = len(entries) < 2
	r.cards.Objects = cards
	r.cards.Refresh()
}

func match(e shelfstore.Entry, f library.Filter) bool {
	return f.Match(library.Fold(e.Title + " " + e.Path))
}

func (r *Room) card(e shelfstore.Entry) fyne.CanvasObject {
	title := widgets.Heading(e.Title)
	now := standing{opening: r.s.Opening() == e.Path}
	if snapshot, ok := r.s.Dossier.Snapshot(); ok && snapshot.Case.Path == e.Path {
		now.open, now.exhibits, now.pages, now.progress = true, len(snapshot.Exhibits), len(r.s.Dossier.Pages()), snapshot.Progress
	}
	countsText, statusText, done := cardWords(r.s.In(), e, now, time.Now())
	counts, status, where := widgets.Line(countsText), widgets.Small(statusText), widgets.Small(filepath.Dir(e.Path))
	bar := widget.NewProgressBar()
	bar.TextFormatter = func() string { return "" }
	bar.SetValue(done)
	bar.Hidden = done < 0
	forget := widgets.NewButton("", fynetheme.CancelIcon(), widgets.Quiet, func() {
		if err := r.s.Settings.Shelf().Forget(e.Path); err != nil {
			r.s.Notices.TellText(r.s.T("error.shelf"), true)
		} else {
			r.s.Notices.TellText(r.s.T("shelf.forgot", "name", e.Title), false)
		}
		r.build()
	})
	body := container.NewBorder(container.NewBorder(nil, nil, nil, forget, title), bar, nil, nil,
		container.NewVBox(counts, status, where))
	return newCard(body, false, func() { r.s.Open(e.Path) })
}

// standing is what is known of a case by now, besides what the list of cases keeps.
type standing struct {
	opening, open   bool
	exhibits, pages int // of a case that is open, as is its progress
	progress        intake.Progress
}

// cardWords are what a case's card says: how much is in it, and how it stands. done is how much of it is read, 0..1; -1
// where it is not being read.
func cardWords(in i18n.Catalogue, e shelfstore.Entry, is standing, now time.Time) (counts, status string, done float64) {
	exhibits, pages := e.Exhibits, e.Pages
	done = -1
	p := is.progress
	switch {
	case is.open && p.Done < p.Total:
		status, done = label.Progress(in, p), float64(p.Done)/float64(p.Total)
	case is.open:
		status = in.T("shelf.isopen")
	case !e.Opened.IsZero(): // an old list does not tell
		status = in.T("shelf.opened", "when", when(in, e.Opened, now))
	}
	if is.open {
		exhibits, pages = is.exhibits, is.pages
	}
	if is.opening {
		status = in.T("shelf.opening")
	}
	return in.T("shelf.counts", "exhibits", exhibits, "pages", pages), status, done
}

// dropHere is the card that says what to do: drop a folder, or open the sample.
func (r *Room) dropHere() fyne.CanvasObject {
	text := widgets.Prose(r.s.T("shelf.drop"))
	text.Alignment = fyne.TextAlignCenter
	sample := widgets.NewButton(r.s.T("shelf.sample"), nil, widgets.Plain, r.s.OpenSample)
	return newCard(container.NewBorder(nil, container.NewCenter(sample), nil, nil, text), true, nil)
}

// firstTime is what a person sees who has no case here yet: the way to the court in three steps.
func (r *Room) firstTime(open func()) fyne.CanvasObject {
	steps := container.NewVBox(widgets.Heading(r.s.T("shelf.first")))
	for _, key := range []string{"shelf.first-1", "shelf.first-2", "shelf.first-3"} {
		steps.Add(widgets.Prose(r.s.T(key)))
	}
	sample := widgets.NewButton(r.s.T("shelf.sample"), nil, widgets.Primary, r.s.OpenSample)
	sample.Tall = theme.BigTarget
	folder := widgets.NewButton(r.s.T("shelf.open"), fynetheme.FolderOpenIcon(), widgets.Plain, open)
	folder.Tall = theme.BigTarget
	steps.Add(container.NewHBox(sample, folder))
	return container.NewCenter(container.NewGridWrap(fyne.NewSize(620, 260), newCard(widgets.Inset(16, steps), true, nil)))
}

// when says when a case was last opened, as a person would.
func when(in i18n.Catalogue, t, now time.Time) string {
	t = t.In(now.Location())
	clock := in.Clock(t)
	day := func(t time.Time) string { return t.Format("2006-01-02") }
	switch {
	case day(t) == day(now):
		return in.T("when.today", "clock", clock)
	case day(t) == day(now.AddDate(0, 0, -1)):
		return in.T("when.yesterday", "clock", clock)
	}
	return in.Date(t) + " " + clock
}

// card is a raised surface that can be clicked.
type card struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	body   fyne.CanvasObject
	tapped func()
}

func newCard(body fyne.CanvasObject, hollow bool, tapped func()) *card {
	c := &card{ground: canvas.NewRectangle(theme.Color(theme.Surface)), body: body, tapped: tapped}
	c.ground.CornerRadius = theme.Radius
	c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(theme.Line), 1
	if hollow {
		c.ground.FillColor = color.Transparent
	}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements [fyne.Widget].
func (c *card) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.ground, widgets.Inset(theme.Gap, c.body)))
}

// Tapped implements [fyne.Tappable].
func (c *card) Tapped(*fyne.PointEvent) {
	if c.tapped != nil {
		c.tapped()
	}
}

// MouseIn implements [desktop.Hoverable].
func (c *card) MouseIn(*desktop.MouseEvent) { c.edge(theme.Accent) }

// MouseMoved implements [desktop.Hoverable].
func (c *card) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (c *card) MouseOut() { c.edge(theme.Line) }

func (c *card) edge(t theme.Token) {
	if c.tapped != nil {
		c.ground.StrokeColor = theme.Color(t)
		c.ground.Refresh()
	}
}
