//go:build display && linux

package main

import (
	"bytes"
	"image"
	"image/color"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/display/displaytest"
)

// programDark is the edge of the mirror in the Trial room.
var programDark = color.NRGBA{0xf4, 0x69, 0x6e, 255}

// mirror finds what the court sees in the console, by its edge: where on the desktop its picture is.
func (p *program) mirror() image.Rectangle {
	p.t.Helper()
	var found image.Rectangle
	p.WaitFor("the mirror, edged red", func() bool {
		found = image.Rectangle{}
		shot := p.Shot(displaytest.Laptop)
		for y := range shot.Rect.Dy() {
			run := 0
			for x := range shot.Rect.Dx() {
				i := shot.PixOffset(x, y)
				if (color.NRGBA{shot.Pix[i], shot.Pix[i+1], shot.Pix[i+2], 255}) != programDark {
					run = 0
					continue
				}
				if run++; run > 300 { // the line over the picture, and the one under it
					found = found.Union(image.Rect(x-run+1, y, x+1, y+1))
				}
			}
		}
		if found.Dy() < 100 {
			return false
		}
		for x := found.Min.X + 10; x < found.Max.X-10; x++ { // its picture is there
			if shot.RGBAAt(x, found.Min.Y+found.Dy()/3).R > 100 {
				return true
			}
		}
		return false
	})
	const edge = 3
	return found.Inset(edge).Add(image.Pt(p.Where(displaytest.Laptop).X, p.Where(displaytest.Laptop).Y))
}

// over is the point of the desktop on the mirror that stands for a point of the court screen, told in
// 1/1000 of its width and height. Of a page in the middle of the screen the mirror shows the middle, as large as fits.
func over(m image.Rectangle, x, y int) (int, int) {
	wide, tall := m.Dx(), m.Dx()*9/16
	if tall < m.Dy() {
		wide, tall = m.Dy()*16/9, m.Dy()
	}
	return (m.Min.X+m.Max.X)/2 + wide*(x-500)/1000, (m.Min.Y+m.Max.Y)/2 + tall*(y-500)/1000
}

// tool takes a tool in hand by its key, and waits until the console shows that: the mouse's events take
// another road than those of keys.
func (p *program) tool(m image.Rectangle, key string) {
	p.t.Helper()
	buttons := displaytest.Where{X: m.Max.X + 10, Y: m.Min.Y, W: 110, H: m.Dy()} // beside the mirror
	before := p.Grab(buttons)
	p.Tap(key)
	p.WaitFor("the tool "+key+" in hand", func() bool { return !same(p.Grab(buttons), before) })
}

func same(a, b *image.RGBA) bool { return bytes.Equal(a.Pix, b.Pix) }

// TestTheCourtSeesAMarkAsItIsDrawn: before the button comes up; the mark is kept as a step that looks the
// same; X takes it away, H hides it, and a black screen stays black under every tool.
func TestTheCourtSeesAMarkAsItIsDrawn(t *testing.T) {
	p, o := openOutlined(t)
	var first library.StepRef
	for ref := range o.Walk() {
		first = ref
		break
	}
	bare := p.expectStep(first.Step.ID)
	p.startTrial()
	p.Tap("Next")
	p.courtSees(bare, "the first step")
	m := p.mirror()

	p.tool(m, "o")
	x1, y1 := over(m, 420, 300)
	x2, y2 := over(m, 580, 500)
	p.Move(x1, y1)
	p.Press()
	p.Glide(x1, y1, x2, y2, 6)
	p.WaitFor("the box on the court screen while it is drawn", func() bool { return !same(p.Shot(displaytest.Court), bare) })
	p.record("box-is-drawn")
	p.Release()
	var drawn *image.RGBA
	p.WaitFor("the box to stand", func() bool {
		drawn = p.Shot(displaytest.Court)
		return !same(drawn, bare)
	})
	p.Tap("Escape")

	p.Tap("h")
	p.courtSees(bare, "the page with its mark hidden")
	p.Tap("h")
	p.WaitFor("the box again", func() bool { drawn = p.Shot(displaytest.Court); return !same(drawn, bare) })
	p.Tap("k") // kept
	p.Tap("x")
	p.courtSees(bare, "the page with its mark cleared")

	p.tool(m, "i")
	p.Move(over(m, 450, 500))
	p.Move(over(m, 500, 500))
	p.WaitFor("the pointer on the court screen", func() bool { return !same(p.Shot(displaytest.Court), bare) })
	p.Move(m.Max.X+60, m.Min.Y-20)
	p.courtSees(bare, "the page when the pointer has left the mirror")
	p.Tap("b")
	p.courtIsBlack("after B")
	for _, tool := range []string{"i", "s", "o", "p", "t", "c"} {
		p.tool(m, tool)
		p.Drag(m.Min.X+40, m.Min.Y+40, m.Max.X-40, m.Max.Y-40, 4)
		p.Never("light on the black screen with the tool "+tool, 200*time.Millisecond, func() bool {
			return !displaytest.Uniform(p.Shot(displaytest.Court), 0, 0, 0)
		})
	}
	p.Tap("Escape")

	var kept library.Step
	for ref := range p.leave().Walk() {
		kept = ref.Step // the last one
	}
	if n := len(kept.Shot.First().Marks.List()); n != 1 {
		t.Fatalf("the step that was kept has %d marks, want the box", n)
	}
	if !same(p.expectStep(kept.ID), drawn) {
		t.Error("the step that was kept does not look as the court saw it")
	}
}

// TestARedactionByKeyboardAlone: on the page in every step, on the court screen and in what is written, and
// taken back by undo.
func TestARedactionByKeyboardAlone(t *testing.T) {
	p := openSample(t)
	plain := p.expect("1", displaytest.CourtW, displaytest.CourtH)
	p.Tap("u")
	p.Tap("Return")
	for range 5 {
		p.Tap("Up")
		p.Tap("Right", "Shift")
	}
	p.Tap("Escape")
	p.record("redacted")
	p.startTrial()
	p.Tap("Next")
	var seen *image.RGBA
	p.WaitFor("a page on the court screen", func() bool {
		seen = p.Shot(displaytest.Court)
		return !displaytest.Uniform(seen, 0, 0, 0)
	})
	if same(seen, plain) {
		t.Fatal("the court sees the page as it was")
	}
	p.Tap("h") // hides marks, never redactions
	p.courtStays(seen, "by H")
	o := p.leave()
	if n := len(o.Notes()); n != 1 || len(o.Notes()[0].Marks.List()) != 1 {
		t.Fatalf("notes of %d pages, want one with one mark: %v", n, o.Notes())
	}
	if !same(p.expect("1", displaytest.CourtW, displaytest.CourtH), seen) {
		t.Error("what show writes is not what the court saw")
	}
}

// TestAViewChangesAtOnce: the frame that stands is stretched until the sharp one comes, and the screen is
// never blank meanwhile.
func TestAViewChangesAtOnce(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	p.courtSees(p.expect("1", displaytest.CourtW, displaytest.CourtH), "BL 1")
	m := p.mirror()
	p.tool(m, "g")
	p.Move(over(m, 500, 400))
	before := p.Shot(displaytest.Court)
	p.Wheel(true)
	p.WaitFor("the view to change", func() bool {
		now := p.Shot(displaytest.Court)
		if displaytest.Uniform(now, 0, 0, 0) {
			t.Fatal("the court screen went blank")
		}
		return !same(now, before)
	})
	for _, up := range []bool{true, true, true, false, false, false, false} { // none is lost while a frame is on its way
		p.Wheel(up)
	}
	p.courtSees(p.expect("1", displaytest.CourtW, displaytest.CourtH), "BL 1 whole, after as many notches back")
	p.Wheel(true)
	p.Drag(m.Min.X+m.Dx()/2, m.Min.Y+m.Dy()/2, m.Min.X+m.Dx()/2, m.Min.Y+m.Dy()/3, 4)
	p.Tap("z", "Shift")
	p.courtSees(p.expect("1", displaytest.CourtW, displaytest.CourtH), "all of BL 1 again")
}

// TestAMarkBegunOnOnePageIsNotDrawnOnTheNext: a clicker may take the next page while the hand is still drawing.
func TestAMarkBegunOnOnePageIsNotDrawnOnTheNext(t *testing.T) {
	p, o := openOutlined(t)
	var steps []library.StepRef
	for ref := range o.Walk() {
		steps = append(steps, ref)
	}
	first, second := p.expectStep(steps[0].Step.ID), p.expectStep(steps[1].Step.ID)
	p.startTrial()
	p.Tap("Next")
	p.courtSees(first, "the first step")
	m := p.mirror()
	p.tool(m, "o")
	x1, y1 := over(m, 420, 300)
	x2, y2 := over(m, 580, 500)
	p.Move(x1, y1)
	p.Press()
	p.Glide(x1, y1, x2, y2, 6)
	p.WaitFor("the box on the court screen while it is drawn", func() bool { return !same(p.Shot(displaytest.Court), first) })
	p.Tap("Next")
	p.courtSees(second, "the second step, taken meanwhile")
	p.Glide(x2, y2, x1, y2, 6)
	p.Release()
	p.courtStays(second, "by the hand that goes on")
}

// TestWhatWasPickedOnOnePageIsNotDeletedOnTheNext: by keys alone, a mark on each of two pages, and Delete
// after the page was turned.
func TestWhatWasPickedOnOnePageIsNotDeletedOnTheNext(t *testing.T) {
	p := openSample(t)
	redact := func(folio string) {
		p.Type(folio)
		p.Tap("Return")
		p.Tap("u")
		p.Tap("Return")
	}
	redact("2")
	redact("1") // picked now
	p.Type("2")
	p.Tap("Return")
	p.Tap("Delete")
	o := p.leave()
	if n := len(o.Notes()); n != 2 {
		t.Errorf("%d pages have marks, want both: %v", n, o.Notes())
	}
}
