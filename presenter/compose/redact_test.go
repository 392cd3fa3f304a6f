package compose_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter/compose"
)

// Two pages that differ only in what is redacted make the same frame, whatever is done with them. What the
// renderer's filter may have carried out of the redacted part, by up to three pixels, is hidden as well.
func TestNothingOfWhatIsRedactedReachesAFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hidden := drawRect(t, "hidden", 0.01)
		view, turn := drawRect(t, "view", 0.2), library.Turn(rapid.IntRange(0, 3).Draw(t, "turn"))
		marks := []library.Mark{{Kind: library.MarkRedaction, Points: corners(hidden)}}
		marks = append(marks, rapid.SliceOfN(rapid.Custom(drawMark), 0, 5).Draw(t, "marks")...)
		around := library.Rect{ // a callout that the hidden part lies in or touches
			X0: max(0, hidden.X0-0.05), Y0: max(0, hidden.Y0-0.02), X1: min(1, hidden.X1+0.04), Y1: min(1, hidden.Y1+0.03),
		}
		marks = append(marks, library.Mark{Kind: library.MarkCallout, Points: corners(around)})
		size := image.Pt(rapid.IntRange(40, 240).Draw(t, "w"), rapid.IntRange(40, 240).Draw(t, "h"))
		box := compose.Layout(size, 1, false)[0].Page.Size()
		s := compose.Sheet{View: view, Turn: turn, Marks: marks, Adjust: drawAdjust(t)}
		other := s

		seed := rapid.Uint64().Draw(t, "seed")
		picture := func(box image.Point, view library.Rect, scale float64) (a, b *image.RGBA) {
			size := compose.Within(proportions(view, turn), box)
			size = image.Pt(max(1, int(float64(size.X)*scale)), max(1, int(float64(size.Y)*scale)))
			return pictures(size, hiddenPixels(size, view, turn, hidden), seed)
		}
		s.Picture, other.Picture = picture(box, view, 1)
		for i, c := range compose.Callouts(box, view, turn, marks) {
			var a, b *image.RGBA
			switch i % 3 { // one as the renderer makes it, one that is too large, one that is missing
			case 0:
				a, b = picture(c.Max, c.View, 1)
			case 1:
				a, b = picture(c.Max, c.View, 1.5)
			}
			s.Callouts, other.Callouts = append(s.Callouts, a), append(other.Callouts, b)
		}
		if rapid.Bool().Draw(t, "no callouts' pictures") {
			s.Callouts, other.Callouts = nil, nil
		}

		one, err := compose.Compose(size, s)
		if err != nil {
			t.Fatal(err)
		}
		two, err := compose.Compose(size, other)
		if err != nil {
			t.Fatal(err)
		}
		if at, ok := differ(one, two, 0); ok {
			t.Fatalf("at %v the frame tells what is redacted: %v, or %v", at, one.RGBAAt(at.X, at.Y), two.RGBAAt(at.X, at.Y))
		}
	})
}

// hiddenPixels are the pixels of a picture of the view that may tell something of the hidden part.
func hiddenPixels(size image.Point, view library.Rect, turn library.Turn, hidden library.Rect) image.Rectangle {
	h := hidden.Turned(int(turn))
	x := func(v float64) float64 { return (v - view.X0) / (view.X1 - view.X0) * float64(size.X) }
	y := func(v float64) float64 { return (v - view.Y0) / (view.Y1 - view.Y0) * float64(size.Y) }
	r := image.Rect(int(math.Floor(x(h.X0))), int(math.Floor(y(h.Y0))), int(math.Ceil(x(h.X1))), int(math.Ceil(y(h.Y1))))
	return r.Inset(-3).Intersect(image.Rectangle{Max: size})
}

// pictures are two of noise that differ in one part.
func pictures(size image.Point, part image.Rectangle, seed uint64) (a, b *image.RGBA) {
	a, b = image.NewRGBA(image.Rectangle{Max: size}), image.NewRGBA(image.Rectangle{Max: size})
	noise := rand.New(rand.NewPCG(seed, uint64(size.X)))
	for i := range a.Pix {
		a.Pix[i] = uint8(noise.Uint32())
		if i%4 == 3 {
			a.Pix[i] = 255
		}
	}
	copy(b.Pix, a.Pix)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			v := uint8(noise.Uint32())
			b.SetRGBA(x, y, color.RGBA{v, v, 255 - v, 255})
		}
	}
	return a, b
}

// Marks and dimming stay beneath a redaction, on the page and in what comes forward.
func TestARedactionIsOnTopAndBlack(t *testing.T) {
	hidden := pts(40, 100, 170, 140)
	marks := []library.Mark{
		{Kind: library.MarkRedaction, Points: hidden},
		{Kind: library.MarkHighlight, Points: pts(30, 90, 180, 150)},
		{Kind: library.MarkBox, Points: pts(60, 110, 120, 130), Color: "white", Width: 4},
		{Kind: library.MarkPen, Points: pts(30, 90, 60, 120, 100, 95, 180, 150), Color: "white"},
		{Kind: library.MarkText, Points: pts(60, 115), Text: "bí mật", Color: "white"},
		{Kind: library.MarkSpotlight, Points: pts(60, 110, 120, 130)},
	}
	s := sheetFor(image.Pt(600, 600), library.Rect{}, 0, marks)
	s.Adjust = library.Adjust{Brightness: 60, Invert: true}
	frame, err := compose.Compose(image.Pt(600, 600), s)
	if err != nil {
		t.Fatal(err)
	}
	m := compose.MapOf(compose.Fit(frame.Rect, s.Picture.Rect.Size()), s.View, s.Turn)
	x0, y0 := m.ToFrame(hidden[0])
	x1, y1 := m.ToFrame(hidden[1])
	for y := int(y0); y < int(math.Ceil(y1)); y++ {
		for x := int(x0); x < int(math.Ceil(x1)); x++ {
			if c := frame.RGBAAt(x, y); c != (color.RGBA{A: 255}) {
				t.Fatalf("at %d,%d the redaction is %v", x, y, c)
			}
		}
	}
}

func TestPicturesAreOnlyRead(t *testing.T) {
	s := sheetFor(image.Pt(640, 360), library.Rect{}, 0, callouts())
	s.Callouts[1] = nil
	s.Adjust = library.Adjust{Contrast: 20, Sharpen: 50, Invert: true}
	page, part := bytes.Clone(s.Picture.Pix), bytes.Clone(s.Callouts[0].Pix)
	if _, err := compose.Compose(image.Pt(640, 360), s); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, s.Picture.Pix) || !bytes.Equal(part, s.Callouts[0].Pix) {
		t.Error("composing changed a picture that others may be looking at")
	}
}
