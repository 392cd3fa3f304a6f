package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console/event"
	"butluc/app/console/protection"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// hiding is the sheet on which a person looks at each place where a protected person's name stands, before it is redacted: some
// at a time, and nothing is redacted before all were looked at.
type hiding struct {
	r        *Room
	places   []protection.Place
	ticked   []bool
	first    int // the first place that is seen
	seen     int // how many were looked at
	pictures []*canvas.Image
	apply    *widgets.Button
}

// Of the sheet: how many places are seen at a time, and how large the passage of each is.
const (
	placesSeen  = 6
	passageWide = 420
	passageTall = 62
)

func newHiding(r *Room) *hiding {
	h := &hiding{r: r}
	r.s.Events.Subscribe(event.ThumbChanged, h.draw)
	return h
}

// open looks for the names of those who are protected, and lists where they stand.
func (h *hiding) open() {
	h.r.s.Protection.Propose(func(places []protection.Place) {
		h.places, h.first, h.seen = places, 0, 0
		h.ticked = make([]bool, len(places))
		for i := range h.ticked {
			h.ticked[i] = true
		}
		h.r.sheet.open(h.r.s.T("protection.title"), h.build)
	})
}

func (h *hiding) build() fyne.CanvasObject {
	s := h.r.s
	h.pictures = nil
	if len(h.places) == 0 {
		return container.NewVBox(widgets.Prose(s.T("protection.none")), container.NewHBox(widgets.NewButton(s.T("persons.open"), nil, widgets.Primary, h.r.people.openPersons)))
	}
	last := min(h.first+placesSeen, len(h.places))
	h.seen = max(h.seen, last)
	box := container.NewVBox(widgets.Prose(s.T("protection.text")))
	for i := h.first; i < last; i++ {
		box.Add(h.row(i))
	}
	turn := func(text string, by int, can bool) *widgets.Button {
		b := widgets.NewButton(s.T(text), nil, widgets.Plain, func() {
			h.first += by
			h.r.sheet.rebuild()
		})
		b.SetDisabled(!can)
		return b
	}
	h.apply = widgets.NewButton("", nil, widgets.Primary, h.hide)
	box.Add(container.NewHBox(
		turn("protection.back", -placesSeen, h.first > 0), turn("protection.next", placesSeen, last < len(h.places)),
		container.NewGridWrap(fyne.NewSize(110, theme.Target), widgets.Small(s.T("protection.place", "first", h.first+1, "last", last, "count", len(h.places)))), h.apply,
	))
	h.count()
	h.draw()
	return box
}

// row is a place: ticked, whose name, the passage as it stands on the page, which page. A click on the page looks at it.
func (h *hiding) row(i int) fyne.CanvasObject {
	s, place := h.r.s, h.places[i]
	check := widgets.NewCheck(func(on bool) {
		h.ticked[i] = on
		h.count()
	})
	check.Checked = h.ticked[i]
	picture := &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillContain}
	picture.SetMinSize(fyne.NewSize(passageWide, passageTall))
	h.pictures = append(h.pictures, picture)
	p, _ := s.Dossier.Outline().Person(place.Person)
	name := widgets.NewButton(s.Labels.Name(place.Page), nil, widgets.Quiet, func() { s.Study.Select(place.Page) })
	name.Cut, name.Row = true, true
	return container.NewBorder(nil, nil, container.NewHBox(check, picture), nil, container.NewVBox(name, widgets.Small(p.Name)))
}

// draw shows the passages of the places that are seen, as far as their pictures are there.
func (h *hiding) draw() {
	if !h.r.sheet.Visible() {
		return
	}
	for k, picture := range h.pictures {
		if h.first+k >= len(h.places) {
			return
		}
		place := h.places[h.first+k]
		box := widgets.Pixels(picture, fyne.NewSize(passageWide, passageTall))
		passage := library.Excerpt{Page: place.Page, Area: library.AreaOf(place.Box), Turn: h.r.s.Dossier.PagesNow().Of(place.Page).Upright}
		if img, err := h.r.s.Excerpts.Picture(passage, box); err == nil && img != nil && picture.Image != img {
			picture.Image = img
			picture.Refresh()
		}
	}
}

// chosen are the places that are ticked.
func (h *hiding) chosen() (list []protection.Place) {
	for i, on := range h.ticked {
		if on {
			list = append(list, h.places[i])
		}
	}
	return list
}

func (h *hiding) count() {
	n := len(h.chosen())
	h.apply.SetLabel(h.r.s.T("protection.apply", "count", n))
	h.apply.SetDisabled(n == 0 || h.seen < len(h.places))
	h.apply.Tip = ""
	if h.seen < len(h.places) {
		h.apply.Tip = h.r.s.T("protection.look-first")
	}
}

// hide redacts what is ticked.
func (h *hiding) hide() {
	if pages, done := h.r.s.Protection.Hide(h.chosen()); done {
		h.r.sheet.Close()
		h.r.s.Notices.TellText(h.r.s.T("protection.done", "count", pages, "key", keys.Hint(h.r.s.In(), keys.Prepare, keys.Undo)), false)
	}
}
