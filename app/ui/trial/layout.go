package trial

import (
	"slices"

	"fyne.io/fyne/v2"

	"butluc/app/ui/widgets"
)

// desk lays out what a hearing needs: what the court sees and what comes next at the top, the words to say under them,
// a recording's keys and the trial's at the foot. The line of state stands over all, and keeps its place whatever it says,
// as the foot does. On a small screen the tools stand beside the pictures instead of under the next one, and the outline
// takes the place of what comes next while it is open: it covers nothing.
type desk struct {
	state                     fyne.CanvasObject
	programHead, program      fyne.CanvasObject
	previewHead, preview      fyne.CanvasObject
	tools                     *fyne.Container // flows
	words, coming, clip, keys fyne.CanvasObject
	start, screens            *fyne.Container // instead of keys while no trial runs; they flow
	drawer                    *fyne.Container // empty where the outline has a column of its own
	running, asks             func() bool     // whether the keys of a trial are seen, and the question on what ground a statement is shown
}

// Measures of the desk, in the toolkit's pixels.
const (
	deskShare  = 0.6 // of the width, for what the court sees and the words
	deskGap    = 6
	wordsLeast = 80   // nearly three lines of the least size
	wordsUsual = 108  // those with what stands over them
	wordsShare = 0.34 // of what is there for pictures and words
	headTall   = 36   // of the line over a picture
	nextLeast  = 110  // how tall the next picture must be to have the tools under it
	courtLeast = 88   // what the court sees is never less tall
)

func (d desk) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		d.state, d.programHead, d.program, d.previewHead, d.preview, d.tools, d.words, d.coming, d.clip, d.keys,
		d.start, d.screens, d.drawer,
	}
}

func (d desk) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), max(0, h)))
	}
	top := d.state.MinSize().Height
	put(d.state, 0, 0, size.Width, top)
	top += deskGap
	bottom := size.Height
	for _, o := range []fyne.CanvasObject{d.keys, d.start, d.screens, d.clip} {
		if tall := widgets.TallAt(o, size.Width); o.Visible() && tall > 0 {
			put(o, 0, bottom-tall, size.Width, tall)
			bottom -= tall + deskGap
		}
	}
	left := (size.Width - deskGap) * deskShare
	right := size.Width - deskGap - left
	words := max(wordsLeast, min(wordsUsual, bottom-top-headTall-courtLeast), (bottom-top)*wordsShare)
	pictures := max(0, min(left*9/16+headTall, bottom-top-words))
	picture := max(0, pictures-headTall)
	put(d.drawer, left+deskGap, top, right, bottom-top)

	wide := min(left, picture*16/9) // as wide as it is drawn: what comes next has the rest
	x := wide + deskGap
	next := fyne.NewSize(size.Width-x, picture)
	var tools fyne.Position
	if d.running() {
		tall := widgets.TallAt(d.tools, size.Width-x)
		tools = fyne.NewPos(x, top+pictures-tall)
		if under := picture - tall - deskGap; under >= nextLeast {
			next.Height = under
		} else {
			next.Width = min(wide, (size.Width-x)/2)
			tools = fyne.NewPos(x+next.Width+deskGap, top+headTall)
			tall = picture
		}
		put(d.tools, tools.X, tools.Y, size.Width-tools.X, tall)
	}
	put(d.programHead, 0, top, x-deskGap, headTall)
	put(d.program, 0, top+headTall, wide, picture)
	put(d.previewHead, x, top, size.Width-x, headTall)
	put(d.preview, x, top+headTall, min(next.Width, next.Height*16/9), next.Height) // under its head
	y := top + pictures
	put(d.words, 0, y, left, bottom-y)
	if d.asks() { // in the tools' place too: all answers are seen at once
		put(d.coming, tools.X, tools.Y, size.Width-tools.X, bottom-tools.Y)
	} else {
		put(d.coming, left+deskGap, y, right, bottom-y)
	}
}

// MinSize has room for all that may stand there, whether it does or not: the window must not change with a step.
func (d desk) MinSize([]fyne.CanvasObject) fyne.Size {
	state, clip, keys := d.state.MinSize(), d.clip.MinSize(), d.keys.MinSize()
	wide := max(state.Width, clip.Width, keys.Width)
	foot := max(keys.Height+deskGap+clip.Height, widgets.TallAt(d.start, wide))
	return fyne.NewSize(wide, state.Height+headTall+courtLeast+wordsLeast+foot+2*deskGap)
}

// room puts the outline beside the desk where there is width for both; else it is a drawer of the desk.
type room struct {
	r *Room
}

// Measures of the room.
const (
	roomEdge  = 6
	sideLeast = 270
)

func (l room) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.r.setNarrow(size.Width < l.r.desk.MinSize(nil).Width+2*roomEdge+sideLeast)
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	l.r.showBelow()
}

func (l room) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.r.desk.MinSize(nil).AddWidthHeight(2*roomEdge, 2*roomEdge)
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
