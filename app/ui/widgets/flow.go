package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Flow puts things side by side, and goes on below where the width ends. Within a line all stand in the middle of its
// height.
type Flow struct {
	Gap  float32
	wide float32 // that it was laid out to
}

// NewFlow makes things that flow.
func NewFlow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&Flow{Gap: gap}, objects...)
}

// Layout implements [fyne.Layout].
func (f *Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.wide = size.Width
	f.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Move(at)
		o.Resize(size)
	})
}

// MinSize implements [fyne.Layout]: the width of the widest thing, and the height at the width that it has.
func (f *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	wide := float32(0)
	for _, o := range objects {
		if o.Visible() {
			wide = max(wide, o.MinSize().Width)
		}
	}
	return fyne.NewSize(wide, f.Tall(objects, max(wide, f.wide)))
}

// Tall is how tall things are in a width.
func (f *Flow) Tall(objects []fyne.CanvasObject, wide float32) float32 {
	return f.place(objects, wide, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

// place tells where each thing goes, and how tall all are.
func (f *Flow) place(objects []fyne.CanvasObject, wide float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	y := float32(0)
	for at := 0; at < len(objects); {
		line, end := f.line(objects, at, wide)
		at = end
		if len(line) == 0 {
			continue
		}
		tall, x := float32(0), float32(0)
		for _, o := range line {
			tall = max(tall, o.MinSize().Height)
		}
		if y > 0 {
			y += f.Gap
		}
		for _, o := range line {
			size := o.MinSize()
			put(o, fyne.NewPos(x, y+(tall-size.Height)/2), size)
			x += size.Width + f.Gap
		}
		y += tall
	}
	return y
}

// line is what stands in the line that begins with a thing, and where the next one begins.
func (f *Flow) line(objects []fyne.CanvasObject, at int, wide float32) (line []fyne.CanvasObject, end int) {
	x := float32(0)
	for ; at < len(objects); at++ {
		o := objects[at]
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if len(line) > 0 && x+w > wide {
			break
		}
		line = append(line, o)
		x += w + f.Gap
	}
	return line, at
}

// TallAt is how tall an object is in a width: what flows knows, anything else has its least height.
func TallAt(o fyne.CanvasObject, wide float32) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if f, ok := c.Layout.(*Flow); ok {
			return f.Tall(c.Objects, wide)
		}
	}
	return o.MinSize().Height
}
