package shelf

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/listing"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// Measures of a row, in the toolkit's pixels.
const (
	rowEdge   = 10
	rowGap    = 12
	rowLeast  = 92
	thumbTall = 72
	thumbWide = thumbTall * listing.FirstPageWide / listing.FirstPageTall
	thumbGap  = 4
	stageWide = 190
	whenWide  = 150
	narrowRow = 900 // below this width how far the work is and when it was opened stand under each other
	fewThumbs = 2   // in a row so narrow
	folderBig = 36
)

// row is a case: its first pages, its name, how far the work on it has come, when it was opened last, and where it lies.
type row struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	thumbs [listing.FirstPages]*thumb
	folder *canvas.Image // where no page is known
	title  *widgets.Paragraph
	facts  *widgets.Paragraph
	where  *canvas.Text
	stage  *widgets.Paragraph
	ready  *widgets.Paragraph
	when   *widgets.Paragraph
	held   *widgets.Paragraph
	done   *widgets.Bar
	forget *widgets.Button
	more   *widgets.Button

	path            string // in full
	chosen, hovered bool
	tapped          func()
	asked           func(at fyne.Position) // for its menu
}

// thumb is a page, with an edge: on a light ground a page has none of its own.
type thumb struct {
	edge  *canvas.Rectangle
	image *canvas.Image
}

func newRow() *row {
	r := &row{ground: canvas.NewRectangle(color.Transparent), done: widgets.NewBar()}
	r.ground.CornerRadius = theme.Radius
	for i := range r.thumbs {
		t := &thumb{canvas.NewRectangle(theme.Color(theme.Raised)), &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth}}
		t.edge.StrokeColor, t.edge.StrokeWidth = theme.Color(theme.Line), 1
		r.thumbs[i] = t
	}
	r.folder = canvas.NewImageFromResource(fynetheme.NewColoredResource(fynetheme.FolderIcon(), fynetheme.ColorNamePlaceHolder))
	r.folder.FillMode = canvas.ImageFillContain
	text := func(size float32, bold bool, tint theme.Token) *widgets.Paragraph {
		return widgets.NewParagraph(size, bold, tint)
	}
	r.title, r.facts = text(theme.TextHead, true, theme.Text), text(theme.TextBase, false, theme.Text)
	r.stage, r.ready = text(theme.TextBase, false, theme.Text), text(theme.TextSmall, true, theme.Muted)
	r.when, r.held = text(theme.TextBase, false, theme.Text), text(theme.TextSmall, false, theme.Muted)
	r.where = canvas.NewText("", theme.Color(theme.Muted))
	r.where.TextSize = theme.TextSmall
	r.forget = widgets.NewButton("", fynetheme.CancelIcon(), widgets.Quiet, nil)
	r.more = widgets.NewButton("", widgets.Icon("more"), widgets.Quiet, nil)
	r.ExtendBaseWidget(r)
	return r
}

// say changes what the row says.
func (r *row) say(title string, w rowWords) {
	r.title.SetText(title)
	r.facts.SetText(w.facts)
	r.stage.SetText(w.stage)
	r.ready.SetText(w.ready)
	r.ready.SetTint(w.tint)
	r.when.SetText(w.when)
	r.held.SetText(w.held)
	widgets.Show(r.done, w.done >= 0)
	if w.done >= 0 {
		r.done.Set(int(w.done*1000), 1000)
	}
}

// show changes where the case lies, its first pages, and whether it is chosen.
func (r *row) show(path string, pages []*image.RGBA, chosen bool) {
	r.path, r.chosen = path, chosen
	for i, t := range r.thumbs {
		t.image.Image = nil
		if i < len(pages) {
			t.image.Image = pages[i]
		}
	}
	r.folder.Hidden = len(pages) > 0
	r.Refresh()
}

// spread is how a row of a width is divided.
type spread struct {
	thumbs             int
	title, stage, when float32 // widths; when is 0 where it stands under stage
}

func spreadOf(wide float32) spread {
	s := spread{thumbs: listing.FirstPages, stage: stageWide, when: whenWide}
	gaps := float32(4 * rowGap)
	if wide < narrowRow {
		s.thumbs, s.when, gaps = fewThumbs, 0, 3*rowGap
	}
	s.title = max(1, wide-2*rowEdge-float32(s.thumbs)*(thumbWide+thumbGap)-s.stage-s.when-theme.Target-gaps)
	return s
}

// columns are the texts under each other, with their widths.
func (r *row) columns(s spread) [][]*widgets.Paragraph {
	if s.when == 0 {
		return [][]*widgets.Paragraph{{r.title, r.facts}, {r.stage, r.ready, r.when, r.held}}
	}
	return [][]*widgets.Paragraph{{r.title, r.facts}, {r.stage, r.ready}, {r.when, r.held}}
}

// tall is how tall the row is in a width: nothing of it is cut but the place.
func (r *row) tall(wide float32) float32 {
	s := spreadOf(wide)
	most := float32(0)
	for i, column := range r.columns(s) {
		tall := float32(0)
		for _, p := range column {
			tall += p.TallNow([]float32{s.title, s.stage, s.when}[i])
		}
		if i == 0 {
			tall += r.where.MinSize().Height + 2
		}
		most = max(most, tall)
	}
	return max(rowLeast, most+2*rowEdge+thumbGap)
}

// CreateRenderer implements [fyne.Widget].
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.ground, r.folder}
	for _, t := range r.thumbs {
		objects = append(objects, t.edge, t.image)
	}
	objects = append(objects, r.title, r.facts, r.where, r.stage, r.ready, r.when, r.held, r.done, r.forget, r.more)
	return &rowRenderer{r, objects}
}

type rowRenderer struct {
	r       *row
	objects []fyne.CanvasObject
}

func (l *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(60, rowLeast) }

func (l *rowRenderer) Layout(size fyne.Size) {
	r := l.r
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), max(0, h)))
	}
	put(r.ground, 0, 0, size.Width, size.Height-thumbGap)
	s := spreadOf(size.Width)
	x := float32(rowEdge)
	for i, t := range r.thumbs {
		shown := i < s.thumbs && t.image.Image != nil
		t.edge.Hidden, t.image.Hidden = !shown, !shown
		if i < s.thumbs {
			put(t.edge, x, rowEdge, thumbWide, thumbTall)
			put(t.image, x+1, rowEdge+1, thumbWide-2, thumbTall-2)
			x += thumbWide + thumbGap
		}
	}
	put(r.folder, rowEdge+(x-rowEdge-folderBig)/2, rowEdge+(thumbTall-folderBig)/2, folderBig, folderBig)
	widths := []float32{s.title, s.stage, s.when}
	for i, column := range r.columns(s) {
		x += rowGap
		y := float32(rowEdge)
		for _, p := range column {
			tall := p.TallNow(widths[i])
			put(p, x, y, widths[i], tall)
			y += tall
		}
		if i == 0 {
			r.where.Text = widgets.CutMiddle(r.path, s.title, func(text string) float32 {
				return fyne.MeasureText(text, r.where.TextSize, r.where.TextStyle).Width
			})
			put(r.where, x, y+2, s.title, r.where.MinSize().Height)
		}
		x += widths[i]
	}
	put(r.forget, size.Width-rowEdge-theme.Target, rowEdge, theme.Target, theme.Target)
	put(r.more, size.Width-rowEdge-theme.Target, rowEdge+theme.Target, theme.Target, theme.Target)
	put(r.done, rowEdge, size.Height-thumbGap-4, size.Width-2*rowEdge, 3)
}

func (l *rowRenderer) Refresh() {
	r := l.r
	r.ground.FillColor, r.ground.StrokeWidth = color.Color(theme.Color(theme.Surface)), 1
	r.ground.StrokeColor = theme.Color(theme.Line)
	if r.hovered {
		r.ground.FillColor = theme.Color(theme.Raised)
	}
	if r.chosen {
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Accent), 2
	}
	l.Layout(r.Size())
	r.ground.Refresh()
	r.where.Refresh()
	r.folder.Refresh()
	for _, t := range r.thumbs {
		t.image.Refresh()
	}
	canvas.Refresh(r)
}

func (l *rowRenderer) Objects() []fyne.CanvasObject { return l.objects }
func (l *rowRenderer) Destroy()                     {}

// Inside implements [widgets.Holder].
func (r *row) Inside() []fyne.CanvasObject { return []fyne.CanvasObject{r.forget, r.more} }

// Tapped implements [fyne.Tappable].
func (r *row) Tapped(*fyne.PointEvent) { r.tapped() }

// TappedSecondary implements [fyne.SecondaryTappable].
func (r *row) TappedSecondary(e *fyne.PointEvent) { r.asked(e.AbsolutePosition) }

// MouseIn implements [desktop.Hoverable].
func (r *row) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (r *row) MouseOut() { r.hovered = false; r.Refresh() }
