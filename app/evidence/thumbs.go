package evidence

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/library"
)

// thumbs is the grid of the pages of one document.
type thumbs struct {
	s       *session.Session
	grid    *widget.GridWrap
	exhibit library.Exhibit
	syncing bool
}

type thumb struct {
	widget.BaseWidget
	picture *widgets.Picture
	name    *widget.Label
	box     fyne.CanvasObject
}

func newThumb() *thumb {
	t := &thumb{picture: widgets.NewPicture(), name: widgets.Small("")}
	t.picture.Proportions = image.Pt(3, 4)
	t.picture.Ground = look.Color(look.Raised)
	t.name.Alignment = fyne.TextAlignCenter
	t.box = container.NewBorder(nil, t.name, nil, nil, widgets.Inset(2, t.picture))
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *thumb) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }

// MinSize implements [fyne.CanvasObject].
func (t *thumb) MinSize() fyne.Size { return fyne.NewSize(look.Thumb, look.ThumbTall) }

func newThumbs(s *session.Session) *thumbs {
	t := &thumbs{s: s}
	t.grid = widget.NewGridWrap(
		func() int { return t.exhibit.File.Pages },
		func() fyne.CanvasObject { return newThumb() },
		func(i widget.GridWrapItemID, o fyne.CanvasObject) { t.fill(i, o.(*thumb)) },
	)
	t.grid.OnSelected = func(i widget.GridWrapItemID) {
		if !t.syncing && i < t.exhibit.File.Pages {
			t.s.Select(t.exhibit.Page(i))
		}
	}
	return t
}

func (t *thumbs) show(p library.PageID) {
	e, _ := t.s.Exhibit(p.Path)
	if e.File.Path != t.exhibit.File.Path || e.File.Pages != t.exhibit.File.Pages {
		t.exhibit = e
		t.grid.Refresh()
	}
	t.exhibit = e
	if p.Index < e.File.Pages {
		t.syncing = true
		t.grid.Select(p.Index)
		t.syncing = false
	}
}

func (t *thumbs) refresh() { t.grid.Refresh() }

func (t *thumbs) fill(i int, o *thumb) {
	if i >= t.exhibit.File.Pages {
		return
	}
	page := t.exhibit.Page(i)
	name := words.Number(i + 1)
	if f := t.exhibit.Folio(i); !f.IsZero() {
		name = session.FolioText(f)
	}
	o.name.Importance = widget.LowImportance
	if t.exhibit.File.IsIncomplete(i) {
		name, o.name.Importance = words.T("incomplete.badge")+" "+name, widget.WarningImportance
	}
	o.name.SetText(name)
	picture, err := t.s.Thumb(page, widgets.Pixels(t.grid, fyne.NewSize(look.Thumb-8, look.ThumbTall-34)))
	o.picture.SetEmpty("")
	if err != nil {
		o.picture.SetEmpty("✕")
	}
	o.picture.SetImage(picture)
}
