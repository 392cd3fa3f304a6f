package evidence

import (
	"image"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/label"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// thumbs are the pages of one document, or of an album, as a grid or a strip.
type thumbs struct {
	panel  *Panel
	s      *console.Session
	picked map[int]bool // pages picked with Ctrl or Shift
	noted  []note       // what the thumbnails say
	view   pagesView
	size   fyne.Size // of a thumbnail with its name
	sheets []sheet
	of     string // the document, or the album's first
}

// sheet is a page among the thumbnails.
type sheet struct {
	page  library.PageID
	folio library.Folio
	doc   library.Document
}

// pagesView shows the thumbnails.
type pagesView interface {
	fyne.CanvasObject
	Reload()
	Select(i int)
}

// grid is the thumbnails in lines.
type grid struct{ *widget.GridWrap }

func (g grid) Reload()      { g.Refresh() }
func (g grid) Select(i int) { g.GridWrap.Select(i) }

// Sizes of a thumbnail in a strip: one line under the page looked at.
const (
	stripWide = 46
	stripTall = 60
)

type thumb struct {
	widget.BaseWidget
	picture *widgets.Picture
	ground  *canvas.Rectangle
	name    *canvas.Text
	thumbs  *thumbs
	index   int
}

func newThumb(of *thumbs) *thumb {
	t := &thumb{picture: widgets.NewPicture(of.s.Events.Post), name: canvas.NewText("", theme.Color(theme.Muted)), ground: canvas.NewRectangle(color.Transparent), thumbs: of}
	t.picture.OnTapped = func() { t.Tapped(nil) }
	t.picture.Proportions = image.Pt(3, 4)
	t.picture.Ground = theme.Color(theme.Raised)
	t.ground.CornerRadius = theme.Radius
	if theme.Now() == theme.Light { // paper on a light ground has an edge
		t.ground.StrokeColor, t.ground.StrokeWidth = theme.Color(theme.Line), 1
	}
	t.name.Alignment, t.name.TextSize = fyne.TextAlignCenter, theme.TextSmall
	if of.size.Width < theme.Thumb {
		t.name.TextSize = theme.TextTiny
	}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *thumb) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(t.ground, container.NewBorder(nil, t.name, nil, nil, widgets.Inset(2, t.picture))))
}

// MinSize implements [fyne.CanvasObject].
func (t *thumb) MinSize() fyne.Size { return t.thumbs.size }

// Tapped implements [fyne.Tappable].
func (t *thumb) Tapped(*fyne.PointEvent) { t.thumbs.tapped(t.index) }

// TappedSecondary implements [fyne.SecondaryTappable].
func (t *thumb) TappedSecondary(e *fyne.PointEvent) {
	if t.index < len(t.thumbs.sheets) {
		t.thumbs.s.Study.Select(t.thumbs.sheets[t.index].page)
		t.thumbs.panel.OnMenu(e.AbsolutePosition)
	}
}

// Dragged implements [fyne.Draggable].
func (t *thumb) Dragged(e *fyne.DragEvent) {
	if t.index >= len(t.thumbs.sheets) {
		return
	}
	pages := t.thumbs.pickedPages()
	if !t.thumbs.picked[t.index] {
		pages = []library.PageID{t.thumbs.sheets[t.index].page}
	}
	t.thumbs.panel.OnDrag(pages, e.AbsolutePosition)
}

// DragEnd implements [fyne.Draggable].
func (t *thumb) DragEnd() { t.thumbs.panel.OnDrop() }

// newThumbs makes the thumbnails, in one strip or as a grid.
func newThumbs(p *Panel, strip bool) *thumbs {
	t := &thumbs{panel: p, s: p.s, picked: map[int]bool{}, size: fyne.NewSize(theme.Thumb, theme.ThumbTall)}
	count := func() int { return len(t.sheets) }
	make := func() fyne.CanvasObject { return newThumb(t) }
	if strip {
		t.size = fyne.NewSize(stripWide, stripTall)
		row := widgets.NewStrip(t.size)
		row.Count, row.Make = count, make
		row.Fill = func(i int, o fyne.CanvasObject) { t.fill(i, o.(*thumb)) }
		t.view = row
		return t
	}
	t.view = grid{widget.NewGridWrap(count, make, func(i widget.GridWrapItemID, o fyne.CanvasObject) { t.fill(i, o.(*thumb)) })}
	return t
}

// place is where a page stands among the thumbnails, -1 where it does not.
func (t *thumbs) place(p library.PageID) int {
	return slices.IndexFunc(t.sheets, func(s sheet) bool {
		return s.page == p || s.doc.Has(p) && s.doc.Index(p) >= 0 && s.page == s.doc.Pages[s.doc.Index(p)]
	})
}

// tapped looks at a page; with Ctrl it picks one more, with Shift all up to it.
func (t *thumbs) tapped(i int) {
	if i >= len(t.sheets) {
		return
	}
	t.panel.OnActive()
	t.panel.SetActive(true)
	now := max(0, t.place(t.s.Study.Current().Page))
	switch shift, ctrl := widgets.Held(); {
	case ctrl:
		if len(t.picked) == 0 {
			t.picked[now] = true
		}
		if t.picked[i] = !t.picked[i]; !t.picked[i] {
			delete(t.picked, i)
		}
		t.view.Reload()
	case shift:
		for k := min(now, i); k <= max(now, i); k++ {
			t.picked[k] = true
		}
		t.view.Reload()
	default:
		clear(t.picked)
		t.s.Study.Select(t.sheets[i].page)
	}
}

func (t *thumbs) pickedPages() []library.PageID {
	var pages []library.PageID
	for i, sheet := range t.sheets {
		if t.picked[i] {
			pages = append(pages, sheet.page)
		}
	}
	return pages
}

// show shows the pages of the document that a page is of, or of its album.
func (t *thumbs) show(p library.PageID) {
	d, _ := t.s.Dossier.Document(p)
	of := key(d)
	sheets := t.panel.album(d)
	if sheets == nil {
		d = d.WithHidden() // to be shown again
		for i, page := range d.Pages {
			sheets = append(sheets, sheet{page, d.Folios[i], d})
		}
	} else {
		of = key(sheets[0].doc)
	}
	changed := of != t.of || len(sheets) != len(t.sheets)
	t.of, t.sheets = of, sheets
	if changed {
		clear(t.picked)
		t.view.Reload()
	}
	if i := t.place(p); i >= 0 && t.view.Size().Height > 0 { // without a size it would scroll past it
		t.view.Select(i)
	}
}

func (t *thumbs) refresh() {
	t.noted = t.notes()
	t.view.Reload()
}

// note is what a thumbnail says of its page besides showing it.
type note struct {
	used bool
	note library.PageNote
}

func (t *thumbs) notes() []note {
	o := t.s.Dossier.Outline()
	notes := make([]note, len(t.sheets))
	for i, sheet := range t.sheets {
		notes[i] = note{len(o.UsedOf(sheet.doc, sheet.page)) > 0, o.Note(sheet.page)}
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
	if i >= len(t.sheets) {
		return
	}
	o.index = i
	o.picture.SetEdge(nil)
	if t.picked[i] {
		o.picture.SetEdge(theme.Color(theme.Accent))
	}
	o.ground.FillColor = color.Transparent
	if s, ok := t.view.(*widgets.Strip); ok && s.Selected() == i {
		o.ground.FillColor = theme.Faint(theme.Accent, 0.35)
	}
	o.ground.Refresh()
	page := t.sheets[i].page
	name := t.s.Number(i + 1)
	if f := t.sheets[i].folio; !f.IsZero() {
		name = label.Folio(t.s.In(), f)
	}
	tint := theme.Muted
	note := t.s.Dossier.Outline().Note(page)
	_, restricted := t.s.Dossier.Outline().RestrictionOf(page, t.s.Dossier.Index())
	switch {
	case t.s.Dossier.Incomplete(page):
		name, tint = t.s.T("incomplete.badge")+" "+name, theme.Warn
	case restricted:
		name, tint = "⊘ "+name, theme.Warn
	case note.Flag != library.FlagNone:
		name, tint = "⚑ "+name, theme.Warn
	case note.Hidden:
		name = t.s.T("page.hidden", "name", name)
	case len(t.s.Dossier.Outline().UsedOf(t.sheets[i].doc, page)) > 0:
		name, tint = "● "+name, theme.Accent
	}
	o.name.Color = theme.Color(tint)
	o.name.Text = widgets.CutMiddle(name, t.size.Width, func(s string) float32 { return fyne.MeasureText(s, o.name.TextSize, o.name.TextStyle).Width })
	o.name.Refresh()
	picture, err := t.s.Pictures.Thumb(page, widgets.Pixels(t.view, fyne.NewSize(theme.Thumb-8, theme.ThumbTall-34)))
	o.picture.SetEmpty("")
	if err != nil {
		o.picture.SetEmpty("✕")
	}
	o.picture.SetImage(picture)
}
