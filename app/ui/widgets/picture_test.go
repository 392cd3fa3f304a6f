package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Of a picture the part that matters is shown as large as fits, with as much round it as there is room for, and a place on
// it is a place of the whole.
func TestThePartThatMattersIsAsLargeAsFits(t *testing.T) {
	test.NewTempApp(t)
	win := test.NewTempWindow(t, nil)
	done := make(chan struct{}, 1)

	const frameWide, frameTall = 1920, 1080
	frame := image.NewRGBA(image.Rect(0, 0, frameWide, frameTall))
	for name, c := range map[string]struct {
		part  image.Rectangle
		place fyne.Size
		seen  image.Rectangle
	}{
		"an upright page":            {image.Rect(578, 0, 1342, 1080), fyne.NewSize(400, 400), image.Rect(420, 0, 1500, 1080)},
		"a broad page":               {image.Rect(0, 300, 1920, 780), fyne.NewSize(400, 400), image.Rect(0, 0, 1920, 1080)},
		"a page at the edge":         {image.Rect(0, 0, 500, 1080), fyne.NewSize(400, 400), image.Rect(0, 0, 1080, 1080)},
		"a place narrower than that": {image.Rect(578, 0, 1342, 1080), fyne.NewSize(100, 400), image.Rect(578, 0, 1342, 1080)},
		"nothing in particular":      {image.Rectangle{}, fyne.NewSize(400, 400), frame.Rect},
	} {
		p := NewPicture(func(f func()) { f(); done <- struct{}{} })
		p.Edge = color.Black
		win.SetContent(p)
		win.SetPadded(false)
		win.Resize(c.place)
		p.SetPart(frame, c.part)
		<-done
		if p.seen != c.seen && name != "a place narrower than that" {
			t.Errorf("%s: seen is %v, want %v", name, p.seen, c.seen)
		}
		if !c.part.In(p.seen) {
			t.Errorf("%s: of %v only %v is seen", name, c.part, p.seen)
		}
		at, size := p.Shown()
		if size.Width < p.inner().Width-2 && size.Height < p.inner().Height-2 {
			t.Errorf("%s: it has %v of %v", name, size, p.inner())
		}
		whole, all := p.Whole()
		unit := all.Width / frameWide
		corner := fyne.NewPos(whole.X+float32(p.seen.Min.X)*unit, whole.Y+float32(p.seen.Min.Y)*unit)
		if d := corner.Subtract(at); d.X*d.X+d.Y*d.Y > 1 || all.Height/unit < frameTall-8 || all.Height/unit > frameTall+8 {
			t.Errorf("%s: the corner of what is seen stands at %v, and by the whole at %v; the whole is %v", name, at, corner, all)
		}
	}
}

// While a picture is made anew for a smaller place, the old one does not reach out of it.
func TestAPictureOfALargerPlaceStaysInItsOwn(t *testing.T) {
	test.NewTempApp(t)
	win := test.NewTempWindow(t, nil)
	later := make(chan func(), 8)
	p := NewPicture(func(f func()) { later <- f })
	p.Edge = color.Black
	win.SetContent(p)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(600, 400))
	p.SetImage(image.NewRGBA(image.Rect(0, 0, 1920, 1080)))
	(<-later)()
	win.Resize(fyne.NewSize(300, 100))
	at, size := p.Shown()
	if at.X < 0 || at.Y < 0 || at.X+size.Width > 300 || at.Y+size.Height > 100 || size.Width < 90 {
		t.Errorf("it stands at %v, %v in a place of 300 by 100", at, size)
	}
	if whole, all := p.Whole(); whole != at || all.Width < size.Width-1 || all.Width > size.Width+1 {
		t.Errorf("a place on it is told by %v, %v; it stands at %v, %v", whole, all, at, size)
	}
}
