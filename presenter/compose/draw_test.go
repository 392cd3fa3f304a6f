package compose_test

import (
	"image"
	"image/color"
	"math"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter/compose"
)

func corners(r library.Rect) []library.Point {
	a, b := r.Corners()
	return []library.Point{a, b}
}

func drawRect(t *rapid.T, label string, least float64) library.Rect {
	x, y := rapid.Float64Range(0, 1-least).Draw(t, label+" x"), rapid.Float64Range(0, 1-least).Draw(t, label+" y")
	return library.Rect{
		X0: x, Y0: y,
		X1: rapid.Float64Range(x+least, 1).Draw(t, label+" to x"), Y1: rapid.Float64Range(y+least, 1).Draw(t, label+" to y"),
	}
}

func drawPoint(t *rapid.T) library.Point {
	return library.Point{X: rapid.Float64Range(0, 1).Draw(t, "x"), Y: rapid.Float64Range(0, 1).Draw(t, "y")}
}

func drawMark(t *rapid.T) library.Mark {
	m := library.Mark{
		Kind:  rapid.SampledFrom(library.MarkKinds).Draw(t, "kind"),
		Color: rapid.SampledFrom(append([]string{""}, library.MarkColors...)).Draw(t, "colour"),
		Width: rapid.SampledFrom([]float64{0, 0.25, 1, 8}).Draw(t, "width"),
	}
	switch m.Kind {
	case library.MarkText:
		m.Points, m.Text = []library.Point{drawPoint(t)}, rapid.StringN(1, 30, -1).Draw(t, "text")
	case library.MarkPen, library.MarkLine, library.MarkArrow:
		n := 2
		if m.Kind == library.MarkPen {
			n = 30
		}
		m.Points = rapid.SliceOfN(rapid.Custom(drawPoint), 2, n).Draw(t, "points")
	default:
		m.Points = corners(drawRect(t, "region", 0.001))
		if m.Kind == library.MarkCallout && rapid.Bool().Draw(t, "place of its own") {
			m.To = drawRect(t, "to", 0.01)
		}
	}
	return m
}

func drawAdjust(t *rapid.T) library.Adjust {
	v := rapid.Int8Range(-100, 100)
	return library.Adjust{
		Brightness: v.Draw(t, "brightness"), Contrast: v.Draw(t, "contrast"), Gamma: v.Draw(t, "gamma"),
		Sharpen: rapid.Int8Range(0, 100).Draw(t, "sharpen"), Invert: rapid.Bool().Draw(t, "invert"),
	}
}

// proportions are those of a view of the record, turned.
func proportions(view library.Rect, turn library.Turn) image.Point {
	w, h := pageW, pageH
	if turn%2 == 1 {
		w, h = h, w
	}
	return image.Pt(max(1, int(1000*w*(view.X1-view.X0))), max(1, int(1000*h*(view.Y1-view.Y0))))
}

// ink is the smallest rectangle with all that differs from a ground.
func ink(p *image.RGBA, ground color.RGBA) image.Rectangle {
	var r image.Rectangle
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for x := p.Rect.Min.X; x < p.Rect.Max.X; x++ {
			if p.RGBAAt(x, y) != ground {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

var paper = color.RGBA{250, 250, 250, 255}

// blank is a frame of a blank page of which the view is as large as the frame.
func blank(t interface {
	Fatal(args ...any)
}, size image.Point, view library.Rect, turn library.Turn, marks ...library.Mark,
) *image.RGBA {
	frame, err := compose.Compose(size, compose.Sheet{Picture: plain(size.X, size.Y, paper), View: view, Turn: turn, Marks: marks})
	if err != nil {
		t.Fatal(err)
	}
	return frame
}

// A mark made at one size and view lies on the same glyphs at another, to within a pixel.
func TestAMarkStaysWhereItIsOnThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		view := drawRect(t, "view", 0.3)
		turn := library.Turn(rapid.IntRange(0, 3).Draw(t, "turn"))
		size := compose.Within(proportions(view, turn), image.Pt(rapid.IntRange(100, 500).Draw(t, "w"), 500))
		w, h := view.X1-view.X0, view.Y1-view.Y0
		seen := library.Rect{X0: view.X0 + 0.2*w, Y0: view.Y0 + 0.3*h, X1: view.X0 + 0.7*w, Y1: view.Y0 + 0.6*h}
		box := library.Mark{Kind: library.MarkBox, Points: corners(seen.Turned(-int(turn)))} // in the middle of what is seen

		frame := blank(t, size, view, turn, box)
		m := compose.MapOf(frame.Rect, view, turn)
		half := max(1.5, 0.006*m.Shorter()) / 2
		got := ink(frame, paper)
		for _, side := range []struct{ got, want float64 }{
			{float64(got.Min.X), 0.2*float64(size.X) - half},
			{float64(got.Max.X), 0.7*float64(size.X) + half},
			{float64(got.Min.Y), 0.3*float64(size.Y) - half},
			{float64(got.Max.Y), 0.6*float64(size.Y) + half},
		} {
			if math.Abs(side.got-side.want) > 1 {
				t.Fatalf("the box's ink is %v of %v; a side at %v ought to be at %v", got, size, side.got, side.want)
			}
		}
	})
}

func TestThereAndBackAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := image.Rect(0, 0, rapid.IntRange(1, 4000).Draw(t, "w"), rapid.IntRange(1, 4000).Draw(t, "h")).Add(image.Pt(7, -30))
		m := compose.MapOf(at, drawRect(t, "view", 0.05), library.Turn(rapid.IntRange(0, 3).Draw(t, "turn")))
		p := drawPoint(t)
		if q := m.ToPage(m.ToFrame(p)); math.Abs(p.X-q.X) > 1e-9 || math.Abs(p.Y-q.Y) > 1e-9 {
			t.Fatalf("%v comes back as %v", p, q)
		}
	})
}

// A page that is turned takes its marks with it: the frame of the turned page is the turned frame, but for what the
// rasterizer rounds along slanting edges.
func TestMarksTurnWithThePage(t *testing.T) {
	size := image.Pt(210, 297)
	marks := []library.Mark{
		{Kind: library.MarkHighlight, Points: pts(20, 20, 90, 30, 20, 28, 60, 40)},
		{Kind: library.MarkBox, Points: pts(20, 60, 160, 90)},
		{Kind: library.MarkEllipse, Points: pts(100, 20, 200, 50)},
		{Kind: library.MarkArrow, Points: pts(20, 120, 90, 200)},
		{Kind: library.MarkLine, Points: pts(120, 120, 200, 250)},
		{Kind: library.MarkPen, Points: pts(30, 220, 60, 280, 70, 230, 90, 270)},
		{Kind: library.MarkRedaction, Points: pts(150, 100, 190, 115)},
	}
	for _, m := range marks {
		upright := blank(t, size, library.Rect{}, 0, m)
		if got := ink(upright, paper); got.Empty() {
			t.Fatalf("a %s draws nothing", m.Kind)
		}
		for turn := range library.Turn(4) {
			turnedSize := size
			if turn%2 == 1 {
				turnedSize = image.Pt(size.Y, size.X)
			}
			got, want := blank(t, turnedSize, library.Rect{}, turn, m), turned(upright, turn)
			if at, ok := differ(got, want, 16); ok {
				t.Errorf("%s turned by %d: at %v %v, want %v", m.Kind, turn, at, got.RGBAAt(at.X, at.Y), want.RGBAAt(at.X, at.Y))
			}
		}
	}
}

func TestStrokeHasThePixelsThatComposeMakes(t *testing.T) {
	view := library.Rect{X0: 0.1, Y0: 0.1, X1: 0.8, Y1: 0.7}
	for _, m := range []library.Mark{
		{Kind: library.MarkBox, Points: pts(50, 60, 120, 90)},
		{Kind: library.MarkEllipse, Points: pts(10, 60, 120, 90), Color: "blue"},
		{Kind: library.MarkArrow, Points: pts(50, 60, 120, 90)},
		{Kind: library.MarkLine, Points: pts(50, 60, 120, 90), Width: 3},
		{Kind: library.MarkPen, Points: pts(50, 60, 120, 90, 60, 95, 61, 95)},
		{Kind: library.MarkText, Points: pts(50, 60), Text: "Bị cáo", Color: "white"},
		{Kind: library.MarkText, Points: pts(130, 90), Text: "chạy ra ngoài mép trang giấy"},
		{Kind: library.MarkSpotlight, Points: pts(50, 60, 120, 90)},
		{Kind: library.MarkRedaction, Points: pts(50, 60, 120, 90)},
	} {
		size := image.Pt(600, 400)
		s := compose.Sheet{Picture: plain(300, 364, paper), View: view, Turn: 1, Marks: []library.Mark{m}}
		want, err := compose.Compose(size, s)
		if err != nil {
			t.Fatal(err)
		}
		s.Marks = nil
		got, err := compose.Compose(size, s)
		if err != nil {
			t.Fatal(err)
		}
		img, origin := compose.Stroke(got.Rect, compose.Fit(got.Rect, s.Picture.Rect.Size()), view, 1, m)
		if img == nil || img.Rect.Min != (image.Point{}) {
			t.Fatalf("%s: %v is no picture of a mark", m.Kind, img)
		}
		over(got, img, origin)
		if at, ok := differ(got, want, 2); ok {
			t.Errorf("%s: at %v the stroke makes %v, and the composer %v", m.Kind, at, got.RGBAAt(at.X, at.Y), want.RGBAAt(at.X, at.Y))
		}
	}
}

// over lays a premultiplied picture over another, as the court window does.
func over(dst, img *image.RGBA, origin image.Point) {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c, d := img.RGBAAt(x, y), dst.RGBAAt(origin.X+x, origin.Y+y)
			mix := func(c, d uint8, a uint8) uint8 {
				return uint8(math.Round(float64(c) + float64(d)*float64(255-a)/255))
			}
			dst.SetRGBA(origin.X+x, origin.Y+y, color.RGBA{mix(c.R, d.R, c.A), mix(c.G, d.G, c.A), mix(c.B, d.B, c.A), 255})
		}
	}
}

func TestAStrokeIsNoLargerThanItNeeds(t *testing.T) {
	at := image.Rect(100, 0, 1100, 1000)
	img, origin := compose.Stroke(at, at, library.Rect{}, 0, library.Mark{Kind: library.MarkLine, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.1}}})
	if want := image.Rect(197, 97, 303, 103); !(image.Rectangle{origin, origin.Add(img.Rect.Size())}).In(want) {
		t.Errorf("the picture is %v at %v, larger than %v", img.Rect, origin, want)
	}
	if img, _ := compose.Stroke(at, at, library.Rect{X0: 0.5, Y0: 0.5, X1: 1, Y1: 1}, 0, library.Mark{Kind: library.MarkLine, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.1}}}); img != nil {
		t.Errorf("a mark outside of the view makes a picture: %v", img.Rect)
	}
}

// Where a highlight's own lines overlap, the marker has passed but once.
func TestAHighlightMultipliesOnce(t *testing.T) {
	frame := blank(t, image.Pt(210, 297), library.Rect{}, 0, library.Mark{
		Kind: library.MarkHighlight, Points: pts(20, 20, 120, 60, 60, 40, 180, 80),
	})
	if once, twice := frame.RGBAAt(30, 30), frame.RGBAAt(100, 50); once != twice || once == paper {
		t.Errorf("once %v, twice %v, paper %v", once, twice, paper)
	}
}

// Black print on what was highlighted keeps a contrast of 7:1 (WCAG's AAA), in every colour.
func TestPrintStaysReadableUnderAHighlight(t *testing.T) {
	for _, name := range append([]string{""}, library.MarkColors...) {
		c := compose.Color(name, library.MarkHighlight)
		linear := func(v uint8) float64 { return math.Pow((float64(v)/255+0.055)/1.055, 2.4) }
		if contrast := (0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B) + 0.05) / 0.05; contrast < 7 {
			t.Errorf("%q: black print has a contrast of %.1f", name, contrast)
		}
		if name != "" && compose.Color(name, library.MarkLine) == compose.Color("", library.MarkLine) && name != "red" {
			t.Errorf("%q has no colour", name)
		}
	}
}

// What is drawn stays on the page's picture, texts and callouts in its pane.
func TestMarksStayInTheirPane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := image.Pt(rapid.IntRange(60, 300).Draw(t, "w"), rapid.IntRange(60, 300).Draw(t, "h"))
		marks := rapid.SliceOfN(rapid.Custom(drawMark), 1, 6).Draw(t, "marks")
		n := rapid.IntRange(2, 4).Draw(t, "panes")
		s := sheetFor(compose.Panes(size, n)[0].Size(), drawRect(t, "view", 0.2), library.Turn(rapid.IntRange(0, 3).Draw(t, "turn")), marks)
		frame, err := compose.Compose(size, append([]compose.Sheet{s}, make([]compose.Sheet, n-1)...)...)
		if err != nil {
			t.Fatal(err)
		}
		if got := ink(frame, color.RGBA{A: 255}); !got.In(compose.Panes(size, n)[0]) {
			t.Fatalf("ink in %v, and the pane is %v", got, compose.Panes(size, n)[0])
		}
	})
}

// Frames are made on several goroutines from the same pictures.
func TestFramesOfSeveralGoroutinesAreAlike(t *testing.T) {
	size := image.Pt(640, 360)
	s := sheetFor(size, library.Rect{}, 0, callouts())
	s.Caption = "BL 45"
	want, err := compose.Compose(size, s)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			got, err := compose.Compose(size, s)
			if err != nil {
				t.Error(err)
				return
			}
			if at, ok := differ(got, want, 0); ok {
				t.Errorf("at %v two frames of the same differ", at)
			}
		})
	}
	group.Wait()
}

// A large area is filled in its middle too, whatever lies beside it.
func TestALargeAreaIsWhole(t *testing.T) {
	size := image.Pt(1024, 1024)
	px := func(xy ...float64) []library.Point {
		var list []library.Point
		for i := 0; i < len(xy); i += 2 {
			list = append(list, library.Point{X: xy[i] / 1024, Y: xy[i+1] / 1024})
		}
		return list
	}
	for name, m := range map[string]library.Mark{
		"one line":  {Kind: library.MarkHighlight, Points: px(10, 10, 1010, 1010)},
		"two lines": {Kind: library.MarkHighlight, Points: px(10, 10, 1010, 1010, 10, 10, 1010, 1010, 100, 300, 150, 350)},
	} {
		frame := blank(t, size, library.Rect{}, 0, m)
		want := frame.RGBAAt(20, 20)
		if want == paper {
			t.Fatalf("%s: nothing is highlighted", name)
		}
		for y := 10; y < 1010; y++ {
			for x := 10; x < 1010; x++ {
				if got := frame.RGBAAt(x, y); got != want {
					t.Fatalf("%s: at %d,%d %v, want %v", name, x, y, got, want)
				}
			}
		}
	}
}
