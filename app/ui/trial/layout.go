package trial

import (
	"slices"

	"fyne.io/fyne/v2"

	"butluc/app/ui/widgets"
)

// consoleArea lays out what a hearing needs: what the court sees and what comes next beside each other, the words to say under
// both, a recording's keys and the trial's at the foot. Between the pictures is the place of the tools that draw for the
// court: nothing lies over what the court sees. On a small screen the named buttons stand at the right, and the outline
// takes the place of what comes next while it is open.
type consoleArea struct {
	programHead, program fyne.CanvasObject
	previewHead, preview fyne.CanvasObject
	tools, acts          *fyne.Container // cells; acts is empty where the outline has a column of its own
	words, clip, keys    fyne.CanvasObject
	ask                  fyne.CanvasObject // on what ground a statement is shown
	told                 *widgets.Column   // what else there is to know of what comes next
	start, screens       *fyne.Container   // instead of keys while no trial runs; they flow
	drawer               *fyne.Container   // empty where the outline has a column of its own
	asks                 func() bool
}

// Measures of the area, in the toolkit's pixels.
const (
	areaShare  = 0.6 // of the width that is left for pictures, for what the court sees
	areaGap    = 6
	wordsLeast = 80  // nearly three lines of the least size
	wordsUsual = 120 // two lines of the size they keep, with what stands over and under them
	wordsShare = 0.3 // of what is there for pictures and words
	headTall   = 32  // of the line over a picture
	courtUsual = 140 // how tall what the court sees should be before the words have more than the least
	courtLeast = 88  // what the court sees is never less tall
	nextLeast  = 100 // the same of what comes next, while a question stands under it
	nextWide   = 220 // how wide it is beside a question, for its line
	drawerLeft = 0.5 // of the width, that the open drawer leaves to what the court sees and to the words
)

func (d consoleArea) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		d.programHead, d.program, d.previewHead, d.preview, d.told.Content(), d.tools, d.acts, d.words, d.ask, d.clip, d.keys,
		d.start, d.screens, d.drawer,
	}
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

func (d consoleArea) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	bottom := size.Height
	for _, o := range []fyne.CanvasObject{d.keys, d.start, d.screens, d.clip} {
		if tall := widgets.TallAt(o, size.Width); o.Visible() && tall > 0 {
			put(o, 0, bottom-tall, size.Width, tall)
			bottom -= tall + areaGap
		}
	}
	words := max(wordsLeast, min(wordsUsual, bottom-headTall-courtUsual), bottom*wordsShare)
	pictures := max(0, bottom-words) // with the lines over them
	tools, acts := blockOf(d.tools, pictures), blockOf(d.acts, pictures)
	left := (size.Width - tools.wide - acts.wide) * areaShare
	put(d.programHead, 0, 0, left-areaGap, headTall)
	put(d.program, 0, headTall, left-areaGap, pictures-headTall)
	tools.put(d.tools, left, pictures)
	acts.put(d.acts, size.Width-acts.wide+areaGap, pictures)
	x := left + tools.wide
	wide := size.Width - acts.wide - x
	spoken := size.Width
	switch {
	case d.drawer.Visible():
		spoken = max(left-areaGap, size.Width*drawerLeft)
		put(d.drawer, spoken+areaGap, 0, size.Width-spoken-areaGap, bottom)
	case d.asks():
		spoken = d.question(fyne.NewPos(left, 0), fyne.NewSize(size.Width, pictures), bottom)
	default:
		d.next(x, wide, pictures)
	}
	put(d.words, 0, pictures, spoken, bottom-pictures)
}

// next lays out what comes next: under its line, with what else there is to know of it at its foot.
func (d consoleArea) next(x, wide, tall float32) {
	told := min(d.told.TallAt(wide), (tall-headTall)/2)
	put(d.previewHead, x, 0, wide, headTall)
	put(d.preview, x, headTall, wide, tall-headTall-told)
	put(d.told.Content(), x, tall-told, wide, told)
}

// question lays out the question on what ground what comes next may be shown: under its picture where there is room, else
// beside it, down to the keys. It tells how wide the words may be.
func (d consoleArea) question(at fyne.Position, size fyne.Size, bottom float32) (spoken float32) {
	tall := d.ask.MinSize().Height
	if size.Height-tall-areaGap >= headTall+nextLeast {
		d.next(at.X, size.Width-at.X, size.Height-tall-areaGap)
		put(d.ask, at.X, size.Height-tall, size.Width-at.X, tall)
		return size.Width
	}
	wide := max(0, min(max(nextWide, (size.Height-headTall)*0.75), size.Width-at.X-d.ask.MinSize().Width-areaGap))
	d.next(at.X, wide, size.Height)
	x := at.X + wide + areaGap
	put(d.ask, x, 0, size.Width-x, min(tall, bottom))
	if tall > size.Height {
		return x - areaGap
	}
	return size.Width
}

// MinSize has room for all that may stand there, whether it does or not: the window must not change with a step.
func (d consoleArea) MinSize([]fyne.CanvasObject) fyne.Size {
	clip, keys := d.clip.MinSize(), d.keys.MinSize()
	wide := max(clip.Width, keys.Width)
	foot := max(keys.Height+areaGap+clip.Height, widgets.TallAt(d.start, wide))
	return fyne.NewSize(wide, headTall+courtLeast+wordsLeast+foot+areaGap)
}

// cells are buttons of one size in as many columns as the height asks for.
type cells struct{ wide, tall float32 }

// cellGap is between two of them.
const cellGap = 2

// columns is how many columns the things need in a height.
func (c cells) columns(n int, tall float32) int {
	rows := max(1, int((tall+cellGap)/(c.tall+cellGap)))
	return (n + rows - 1) / rows
}

// Layout implements [fyne.Layout].
func (c cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	columns := max(1, c.columns(len(objects), size.Height))
	for i, o := range objects {
		put(o, float32(i%columns)*(c.wide+cellGap), float32(i/columns)*(c.tall+cellGap), c.wide, c.tall)
	}
}

// MinSize implements [fyne.Layout]: who lays them out asks for the columns.
func (c cells) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(c.wide, c.tall) }

// block is the place of cells beside the pictures.
type block struct{ y, wide float32 } // wide with the gap, 0 for none

// blockOf is the place that cells need in the height of the pictures: under the level of the line over these, unless they
// are narrower with it.
func blockOf(o *fyne.Container, tall float32) block {
	n := len(o.Objects)
	if n == 0 {
		return block{}
	}
	c := o.Layout.(cells)
	b, columns := block{y: headTall}, c.columns(n, tall-headTall)
	if fewer := c.columns(n, tall); fewer < columns {
		b.y, columns = 0, fewer
	}
	b.wide = float32(columns)*(c.wide+cellGap) + areaGap
	return b
}

func (b block) put(o *fyne.Container, x, tall float32) { put(o, x, b.y, b.wide-areaGap, tall-b.y) }

// room puts the outline beside the area where there is width for both; else it is a drawer of that.
type room struct {
	r *Room
}

// Measures of the room.
const (
	roomEdge  = 4
	sideLeast = 300
)

func (l room) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.r.setNarrow(size.Width < l.r.area.MinSize(nil).Width+2*roomEdge+sideLeast)
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	l.r.showBelow()
}

func (l room) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.r.area.MinSize(nil).AddWidthHeight(2*roomEdge, 2*roomEdge)
}

// footed puts things under each other at the foot, as tall as they are at the width that there is, and the first thing
// into the room above them.
type footed struct{}

func (footed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bottom := size.Height
	for _, o := range slices.Backward(objects[1:]) {
		if o.Visible() {
			tall := widgets.TallAt(o, size.Width)
			bottom -= tall
			o.Move(fyne.NewPos(0, bottom))
			o.Resize(fyne.NewSize(size.Width, tall))
		}
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, max(0, bottom)))
}

func (footed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	for _, o := range objects {
		size := o.MinSize()
		least = fyne.NewSize(max(least.Width, size.Width), least.Height+size.Height)
	}
	return least
}

// shares puts objects side by side, each with its share of the width.
type shares []float32

func (s shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		w := size.Width * s[i]
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}

func (s shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	tall := float32(0)
	for _, o := range objects {
		tall = max(tall, o.MinSize().Height)
	}
	return fyne.NewSize(200, tall)
}
