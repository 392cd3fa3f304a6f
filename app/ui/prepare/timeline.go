package prepare

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Sizes of the timeline.
const (
	filmTall   = 38
	shelfTall  = 12 // of the strip of named passages under the film
	handleWide = 5
	grabWide   = 9 // how near to an edge of the part the mouse takes it
	fewStills  = 4
	manyStills = 12
)

// The sound of a recording is drawn part by part, each of at most waveEvery: the first is there soon, and a worker is
// not kept for long. Of what says that it lasts for days the parts are longer, and there are mostWaves. Its size is the
// same in every window.
const (
	waveEvery = 10 * 60 * 1000 // ms
	mostWaves = 72
	waveWide  = 1600         // pixels, of the whole recording
	waveTall  = 2 * filmTall // pixels
)

// hold is what the mouse holds of the timeline.
type hold int

const (
	holdNone hold = iota
	holdHead
	holdIn
	holdOut
)

// timeline is a recording from its beginning to its end: stills of it, where it stands, what is marked off, and its
// named passages. A click or a drag looks at a place; the edges of the part can be dragged.
type timeline struct {
	widget.BaseWidget
	s        *console.Session
	file     library.File
	part     clips.Part // as it is drawn: while an edge is dragged, where that is
	hold     hold
	passages []library.Passage

	ground         *canvas.Rectangle
	stills         []*canvas.Image
	waves          []*wave
	before, after  *canvas.Rectangle // what is not of the part
	in, out        *canvas.Rectangle
	head           *canvas.Rectangle
	shelf          []*canvas.Rectangle
	content        *fyne.Container
	films, shelves *fyne.Container
}

func newTimeline(s *console.Session) *timeline {
	box := func(c color.Color) *canvas.Rectangle { return canvas.NewRectangle(c) }
	t := &timeline{
		s: s, ground: box(theme.Color(theme.Raised)), before: box(color.NRGBA{0, 0, 0, 150}), after: box(color.NRGBA{0, 0, 0, 150}),
		in: box(theme.Color(theme.Accent)), out: box(theme.Color(theme.Accent)), head: box(theme.Color(theme.Warn)),
		films: container.NewWithoutLayout(), shelves: container.NewWithoutLayout(),
	}
	t.head.StrokeColor, t.head.StrokeWidth = color.NRGBA{0, 0, 0, 255}, 1
	touch := widgets.NewTouch()
	touch.OnPress = t.press
	touch.OnDrag = func(at fyne.Position, _ fyne.Delta) { t.drag(at) }
	touch.OnRelease = t.release
	touch.Shape = func() desktop.Cursor { return desktop.PointerCursor }
	t.content = container.NewStack(container.NewWithoutLayout(t.ground, t.films, t.before, t.after, t.shelves, t.in, t.out, t.head), touch)
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *timeline) CreateRenderer() fyne.WidgetRenderer { return &timelineRenderer{t} }

type timelineRenderer struct{ t *timeline }

func (r *timelineRenderer) MinSize() fyne.Size { return fyne.NewSize(120, filmTall+shelfTall) }
func (r *timelineRenderer) Layout(size fyne.Size) {
	r.t.content.Resize(size)
	r.t.layout()
}
func (r *timelineRenderer) Refresh()                     { r.t.layout() }
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.content} }
func (r *timelineRenderer) Destroy()                     {}

// show shows the recording that is looked at.
func (t *timeline) show(f library.File) {
	t.file = f
	if !t.holdsEdge() {
		t.part = t.s.Passages.Part()
	}
	t.passages = t.s.Dossier.Outline().Passages(f.Path)
	t.layout()
}

// holdsEdge tells whether an edge of the part is dragged.
func (t *timeline) holdsEdge() bool { return t.hold == holdIn || t.hold == holdOut }

// x is where a time is drawn.
func (t *timeline) x(at int) float32 {
	if t.file.Duration < 1 {
		return 0
	}
	return t.Size().Width * float32(float64(at)/float64(t.file.Duration))
}

// time is the time that is drawn at a place.
func (t *timeline) time(x float32) int {
	if t.Size().Width < 1 {
		return 0
	}
	return max(0, min(t.file.Duration, int(float64(x)/float64(t.Size().Width)*float64(t.file.Duration)+0.5)))
}

func (t *timeline) layout() {
	size := t.Size()
	t.ground.Resize(size)
	t.pictures()
	t.dim()
	t.shelve()
	t.moveHead()
}

// pictures draws what is there of the recording's pictures, or of its sound.
func (t *timeline) pictures() {
	t.film()
	t.sound()
}

// wave is the picture of a part of a recording's sound.
type wave struct {
	of    *image.RGBA
	image *canvas.Image
}

// sound draws how loud a recording is that has no pictures.
func (t *timeline) sound() {
	n := 0
	if t.file.Kind == library.KindAudio && t.file.Duration > 0 {
		n = wavesOf(t.file.Duration)
	}
	for len(t.waves) < n {
		w := &wave{image: &canvas.Image{FillMode: canvas.ImageFillStretch}}
		t.waves = append(t.waves, w)
		t.films.Add(w.image)
	}
	for i, w := range t.waves {
		var picture *image.RGBA
		if i < n {
			cell := t.Size().Width / float32(n)
			picture, _ = t.s.Pictures.Wave(t.s.Study.Current(), i, n, image.Pt(max(1, waveWide/n), waveTall))
			w.image.Resize(fyne.NewSize(cell, filmTall))
			w.image.Move(fyne.NewPos(cell*float32(i), 0))
		}
		widgets.Show(w.image, picture != nil)
		if picture != nil && w.of != picture {
			w.of, w.image.Image = picture, tinted(picture, theme.Color(theme.Muted))
			w.image.Refresh()
		}
	}
}

// wavesOf is in how many parts the sound of so many milliseconds is drawn.
func wavesOf(duration int) int { return min((duration+waveEvery-1)/waveEvery, mostWaves) }

// tinted is a picture that is white on black in a colour on nothing.
func tinted(white *image.RGBA, c color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(white.Rect)
	for i := 0; i+3 < len(white.Pix); i += 4 {
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = c.R, c.G, c.B, white.Pix[i]
	}
	return out
}

// film draws stills of the recording at even times; of sound there are none.
func (t *timeline) film() {
	n := 0
	if t.file.Kind == library.KindVideo && t.file.Duration > 0 && t.Size().Width > 0 {
		n = stillsIn(t.Size().Width, t.s.Pictures.Aspect(library.Pane{Page: library.PageID{Path: t.file.Path}, Tracks: t.s.Study.Current().Tracks}))
	}
	for len(t.stills) < n {
		still := &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}
		t.stills = append(t.stills, still)
		t.films.Add(still)
	}
	for i, still := range t.stills {
		var picture *image.RGBA
		if i < n {
			cell := t.Size().Width / float32(n)
			picture, _ = t.s.Pictures.StillThumb(library.Pane{Page: stillPage(t.file, i, n), Tracks: t.s.Study.Current().Tracks}, widgets.Pixels(t, fyne.NewSize(cell, filmTall)))
			if picture != nil {
				wide := float32(filmTall) * float32(picture.Rect.Dx()) / float32(picture.Rect.Dy())
				wide = min(wide, cell)
				still.Resize(fyne.NewSize(wide, filmTall))
				still.Move(fyne.NewPos(cell*float32(i)+(cell-wide)/2, 0))
			}
		}
		widgets.Show(still, picture != nil)
		if picture != nil && still.Image != image.Image(picture) {
			still.Image = picture
			still.Refresh()
		}
	}
}

// stillsIn is how many stills of a recording stand side by side in a width.
func stillsIn(width float32, aspect float64) int {
	if aspect <= 0 {
		aspect = 16.0 / 9
	}
	return max(fewStills, min(manyStills, int(float64(width)/(filmTall*aspect)+0.5)))
}

// stillPage is the i-th of n stills: of the middle of its part of the time.
func stillPage(f library.File, i, n int) library.PageID {
	return library.PageID{Path: f.Path, Index: (2*i + 1) * f.Duration / (2 * n)}
}

// dim darkens what is not of the part, and puts its edges where they are.
func (t *timeline) dim() {
	marked := t.part.In >= 0 || t.part.Out >= 0
	from, to := t.x(max(0, t.part.In)), t.Size().Width
	if t.part.Out >= 0 {
		to = t.x(t.part.Out)
	}
	t.before.Resize(fyne.NewSize(from, filmTall))
	t.after.Move(fyne.NewPos(to, 0))
	t.after.Resize(fyne.NewSize(max(0, t.Size().Width-to), filmTall))
	t.in.Move(fyne.NewPos(max(0, from-handleWide), 0))
	t.out.Move(fyne.NewPos(min(to, t.Size().Width-handleWide), 0))
	for _, edge := range []*canvas.Rectangle{t.in, t.out} {
		edge.Resize(fyne.NewSize(handleWide, filmTall))
	}
	widgets.Show(t.before, marked)
	widgets.Show(t.after, marked)
	widgets.Show(t.in, t.part.In >= 0)
	widgets.Show(t.out, t.part.Out >= 0)
}

// shelve draws the named passages.
func (t *timeline) shelve() {
	for len(t.shelf) < len(t.passages) {
		r := canvas.NewRectangle(color.Transparent)
		r.CornerRadius = 3
		t.shelf = append(t.shelf, r)
		t.shelves.Add(r)
	}
	for i, r := range t.shelf {
		widgets.Show(r, i < len(t.passages))
		if i >= len(t.passages) {
			continue
		}
		p := t.passages[i]
		c := theme.Faint(theme.Accent, 0.45)
		if p.First == t.part.Passage {
			c = theme.Color(theme.Accent)
		}
		if r.FillColor != color.Color(c) {
			r.FillColor = c
			r.Refresh()
		}
		from := t.x(p.First.Index)
		r.Move(fyne.NewPos(from, filmTall+3))
		r.Resize(fyne.NewSize(max(4, t.x(p.To)-from), shelfTall-4))
	}
}

// moveHead puts the playhead where the recording stands.
func (t *timeline) moveHead() {
	const wide = 4
	x := t.x(t.s.Playback.Playhead()) - wide/2
	t.head.Move(fyne.NewPos(max(0, min(x, t.Size().Width-wide)), 0))
	t.head.Resize(fyne.NewSize(wide, filmTall+shelfTall))
}

// passageAt is the passage drawn at a place of the strip, the shortest where there are several.
func (t *timeline) passageAt(at fyne.Position) (found library.Passage, ok bool) {
	if at.Y < filmTall {
		return found, false
	}
	now := t.time(at.X)
	for _, p := range t.passages {
		if now >= p.First.Index && now <= p.To && (!ok || p.To-p.First.Index < found.To-found.First.Index) {
			found, ok = p, true
		}
	}
	return found, ok
}

func (t *timeline) press(at fyne.Position) {
	near := func(edge int) bool {
		d := t.x(edge) - at.X
		return edge >= 0 && at.Y < filmTall && d > -grabWide && d < grabWide
	}
	p, on := t.passageAt(at)
	switch {
	case on:
		t.s.Passages.Choose(p.First)
	case near(t.part.Out) && (!near(t.part.In) || at.X > t.x(t.part.In)):
		t.hold = holdOut
	case near(t.part.In):
		t.hold = holdIn
	default:
		t.hold = holdHead
		t.s.Playback.Seek(t.time(at.X))
	}
}

// drag moves what is held. The frame at an edge is looked at, so that it is seen where the part begins.
func (t *timeline) drag(at fyne.Position) {
	now := t.time(at.X)
	const least = 1 // ms
	switch {
	case t.hold == holdNone:
		return
	case t.hold == holdIn && t.part.Out >= 0:
		now = min(now, t.part.Out-least)
	case t.hold == holdOut:
		now = max(now, t.part.In+least, least)
	}
	switch t.hold {
	case holdIn:
		t.part.In = now
	case holdOut:
		t.part.Out = now
	case holdNone, holdHead:
	}
	t.s.Playback.Seek(now)
	t.layout()
}

func (t *timeline) release() {
	held, part := t.hold, t.part
	t.hold = holdNone
	switch held {
	case holdIn:
		t.s.Passages.SetIn(part.In)
	case holdOut:
		t.s.Passages.SetOut(part.Out)
	case holdNone, holdHead:
	}
	if held != holdNone {
		t.show(t.file)
	}
}
