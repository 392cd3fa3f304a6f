package evidence

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// thumbs is the grid of the pages of one document.
type thumbs struct {
	panel  *Panel
	s      *console.Session
	picked map[int]bool // pages of the document, picked with Ctrl or Shift
	noted  []note       // what the thumbnails say
	grid   *widget.GridWrap
	doc    library.Document
}

type thumb struct {
	widget.BaseWidget
	picture *widgets.Picture
	name    *widget.Label
	box     fyne.CanvasObject
	thumbs  *thumbs
	index   int
}

func newThumb(of *thumbs) *thumb {
	t := &thumb{picture: widgets.NewPicture(), name: widgets.Small(""), thumbs: of}
	t.picture.OnTapped = func() { t.Tapped(nil) }
	t.picture.Proportions = image.Pt(3, 4)
	t.picture.Ground = theme.Color(theme.Raised)
	t.name.Alignment = fyne.TextAlignCenter
	t.box = container.NewBorder(nil, t.name, nil, nil, widgets.Inset(2, t.picture))
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *thumb) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }

// MinSize implements [fyne.CanvasObject].
func (t *thumb) MinSize() fyne.Size { return fyne.NewSize(theme.Thumb, theme.ThumbTall) }

// Tapped implements [fyne.Tappable].
func (t *thumb) Tapped(*fyne.PointEvent) { t.thumbs.tapped(t.index) }

// Dragged implements [fyne.Draggable].
func (t *thumb) Dragged(e *fyne.DragEvent) {
	if t.index >= len(t.thumbs.doc.Pages) {
		return
	}
	pages := t.thumbs.pickedPages()
	if !t.thumbs.picked[t.index] {
		pages = []library.PageID{t.thumbs.doc.Pages[t.index]}
	}
	t.thumbs.panel.OnDrag(pages, e.AbsolutePosition)
}

// DragEnd implements [fyne.Draggable].
func (t *thumb) DragEnd() { t.thumbs.panel.OnDrop() }

func newThumbs(p *Panel) *thumbs {
	t := &thumbs{panel: p, s: p.s, picked: map[int]bool{}}
	t.grid = widget.NewGridWrap(
		func() int { return len(t.doc.Pages) },
		func() fyne.CanvasObject { return newThumb(t) },
		func(i widget.GridWrapItemID, o fyne.CanvasObject) { t.fill(i, o.(*thumb)) },
	)
	return t
}

// tapped looks at a page; with Ctrl it picks one more, with Shift all up to it.
func (t *thumbs) tapped(i int) {
	if i >= len(t.doc.Pages) {
		return
	}
	t.panel.OnActive()
	t.panel.SetActive(true)
	now := max(0, t.doc.Index(t.s.Study.Current().Page))
	switch shift, ctrl := widgets.Held(); {
	case ctrl:
		if len(t.picked) == 0 {
			t.picked[now] = true
		}
		if t.picked[i] = !t.picked[i]; !t.picked[i] {
			delete(t.picked, i)
		}
		t.grid.Refresh()
	case shift:
		for k := min(now, i); k <= max(now, i); k++ {
			t.picked[k] = true
		}
		t.grid.Refresh()
	default:
		clear(t.picked)
		t.s.Study.Select(t.doc.Pages[i])
	}
}

func (t *thumbs) pickedPages() []library.PageID {
	var pages []library.PageID
	for i, page := range t.doc.Pages {
		if t.picked[i] {
			pages = append(pages, page)
		}
	}
	return pages
}

func (t *thumbs) show(p library.PageID) {
	d, _ := t.s.Dossier.Document(p)
	d = d.WithHidden() // to be shown again
	if key(d) != key(t.doc) || len(d.Pages) != len(t.doc.Pages) {
		clear(t.picked)
		t.doc = d
		t.grid.Refresh()
	}
	t.doc = d
	if i := d.Index(p); i >= 0 && t.grid.Size().Height > 0 { // without a size it would scroll past it
		t.grid.Select(i)
	}
}

func (t *thumbs) refresh() {
	t.noted = t.notes()
	t.grid.Refresh()
}

// note is what a thumbnail says of its page besides showing it.
type note struct {
	used bool
	note library.PageNote
}

func (t *thumbs) notes() []note {
	o := t.s.Dossier.Outline()
	notes := make([]note, len(t.doc.Pages))
	for i, p := range t.doc.Pages {
		notes[i] = note{len(o.UsedOf(t.doc, p)) > 0, o.Note(p)}
	}
	return notes
}

// renote draws the thumbnails anew where one has something else to say.
func (t *thumbs) renote() {
	if !slices.Equal(t.noted, t.notes()) {
		t.refresh()
	}
}

func (t *thumbs) fill(i int, o *thumb) {
	if i >= len(t.doc.Pages) {
		return
	}
	o.index = i
	o.picture.SetEdge(nil)
	if t.picked[i] {
		o.picture.SetEdge(theme.Color(theme.Accent))
	}
	page := t.doc.Pages[i]
	name := i18n.Number(i + 1)
	if f := t.doc.Folios[i]; !f.IsZero() {
		name = label.Folio(i18n.Now(), f)
	}
	o.name.Importance = widget.LowImportance
	note := t.s.Dossier.Outline().Note(page)
	switch {
	case t.s.Dossier.Incomplete(page):
		name, o.name.Importance = i18n.T("incomplete.badge")+" "+name, widget.WarningImportance
	case note.Restricted != "":
		name, o.name.Importance = "⊘ "+name, widget.WarningImportance
	case note.Flag != library.FlagNone:
		name, o.name.Importance = "⚑ "+name, widget.WarningImportance
	case note.Hidden:
		name = i18n.T("page.hidden", "name", name)
	case len(t.s.Dossier.Outline().UsedOf(t.doc, page)) > 0:
		name, o.name.Importance = "● "+name, widget.HighImportance
	}
	o.name.SetText(name)
	picture, err := t.s.Pictures.Thumb(page, widgets.Pixels(t.grid, fyne.NewSize(theme.Thumb-8, theme.ThumbTall-34)))
	o.picture.SetEmpty("")
	if err != nil {
		o.picture.SetEmpty("✕")
	}
	o.picture.SetImage(picture)
}
