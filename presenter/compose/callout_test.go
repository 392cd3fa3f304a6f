package compose_test

import (
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter/compose"
)

// What is rendered as Callouts asks is shown at its own pixels, within the pane, and callouts that have no
// place of their own lie clear of each other.
func TestCalloutsComeAsTheyWereAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		box := image.Rect(0, 0, rapid.IntRange(150, 2000).Draw(t, "w"), rapid.IntRange(150, 2000).Draw(t, "h")).Add(image.Pt(11, 5))
		view, turn := drawRect(t, "view", 0.1), library.Turn(rapid.IntRange(0, 3).Draw(t, "turn"))
		marks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) library.Mark {
			m := library.Mark{Kind: library.MarkCallout, Points: corners(drawRect(t, "part", 0.01))}
			if rapid.IntRange(0, 3).Draw(t, "place of its own") == 0 {
				m.To = drawRect(t, "to", 0.05)
			}
			return m
		}), 1, 6).Draw(t, "callouts")
		s := compose.Sheet{View: view, Turn: turn, Marks: marks}
		s.Picture = image.NewRGBA(image.Rectangle{Max: compose.Within(proportions(view, turn), box.Size())})
		asked := compose.Callouts(box.Size(), view, turn, marks)
		for _, c := range asked {
			if !c.View.Valid() || c.Max.X < 1 || c.Max.Y < 1 || c.Max.X > box.Dx() || c.Max.Y > box.Dy() {
				t.Fatalf("nobody can render %+v for a box of %v", c, box.Size())
			}
			s.Callouts = append(s.Callouts, image.NewRGBA(image.Rectangle{Max: compose.Within(proportions(c.View, turn), c.Max)}))
		}
		places := s.CalloutsAt(box)
		if len(places) != len(asked) {
			t.Fatalf("%d places for %d callouts", len(places), len(asked))
		}
		var free []image.Rectangle
		k := 0
		for _, m := range marks {
			if seen := m.Points[0].Turned(int(turn)); !touches(library.RectOf(seen, m.Points[1].Turned(int(turn))), view) {
				continue
			}
			if places[k].Size() != s.Callouts[k].Rect.Size() {
				t.Fatalf("a picture of %v comes to stand in %v", s.Callouts[k].Rect.Size(), places[k])
			}
			if !places[k].In(box) {
				t.Fatalf("the callout at %v leaves %v", places[k], box)
			}
			if m.To == (library.Rect{}) {
				for _, f := range free {
					if f.Overlaps(places[k]) {
						t.Fatalf("callouts at %v and %v overlap", f, places[k])
					}
				}
				free = append(free, places[k])
			}
			k++
		}
	})
}

func touches(a, b library.Rect) bool {
	return max(a.X0, b.X0) < min(a.X1, b.X1) && max(a.Y0, b.Y0) < min(a.Y1, b.Y1)
}

// A callout leaves the part that it enlarges to be seen where there is room.
func TestACalloutStandsBesideItsPart(t *testing.T) {
	for _, y := range []float64{20, 100, 150, 260} {
		s := sheetFor(image.Pt(1280, 720), library.Rect{}, 0, []library.Mark{{Kind: library.MarkCallout, Points: pts(20, y, 180, y+10)}})
		box := image.Rect(0, 0, 1280, 720)
		m := compose.MapOf(compose.Fit(box, s.Picture.Rect.Size()), s.View, s.Turn)
		_, top := m.ToFrame(at(20, y))
		_, foot := m.ToFrame(at(180, y+10))
		if p := s.CalloutsAt(box)[0]; float64(p.Min.Y) < foot && float64(p.Max.Y) > top {
			t.Errorf("the callout at %v covers its part, %v to %v", p, top, foot)
		}
	}
}

// The pixels of a callout's picture are those that the court sees.
func TestACalloutShowsItsOwnPixels(t *testing.T) {
	marks := []library.Mark{{Kind: library.MarkCallout, Points: pts(20, 60, 180, 80)}}
	s := sheetFor(image.Pt(1280, 720), library.Rect{}, 0, marks)
	frame, err := compose.Compose(image.Pt(1280, 720), s)
	if err != nil {
		t.Fatal(err)
	}
	place := s.CalloutsAt(frame.Rect)[0]
	for y := range place.Dy() {
		for x := range place.Dx() {
			if got, want := frame.RGBAAt(place.Min.X+x, place.Min.Y+y), s.Callouts[0].RGBAAt(x, y); got != want {
				t.Fatalf("at %d,%d of the callout %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestPointerAndSpot(t *testing.T) {
	for _, size := range []image.Point{{X: 64, Y: 64}, {X: 1920, Y: 1080}, {X: 3840, Y: 2160}} {
		p := compose.Pointer(size)
		d := p.Rect.Dx()
		if d != p.Rect.Dy() || d < 9 || d > max(9, size.Y/40) {
			t.Errorf("the pointer is %v on %v", p.Rect, size)
		}
		if middle := p.RGBAAt(d/2, d/2); middle.A != 255 || middle.R < 200 || middle.G > 80 {
			t.Errorf("the middle of the pointer is %v", middle)
		}
		spot, outside := compose.Spot(size)
		d = spot.Rect.Dx()
		if outside.A < 140 || outside.A > 170 || spot.RGBAAt(0, d/2) != outside || spot.RGBAAt(d/2, d-1) != outside || spot.RGBAAt(0, 0) != outside {
			t.Errorf("the spotlight's dark %v is %v at its picture's side", outside, spot.RGBAAt(0, d/2))
		}
		if middle := spot.RGBAAt(d/2, d/2); middle != (color.RGBA{}) {
			t.Errorf("the spotlight's light is %v", middle)
		}
		for _, img := range []*image.RGBA{p, spot} {
			for i := 0; i < len(img.Pix); i += 4 {
				if a := img.Pix[i+3]; img.Pix[i] > a || img.Pix[i+1] > a || img.Pix[i+2] > a {
					t.Fatalf("%v is not premultiplied", img.Pix[i:i+4])
				}
			}
		}
	}
}
