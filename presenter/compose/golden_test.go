package compose_test

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"butluc/library"
	"butluc/presenter/compose"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// The golden pictures show what a person has looked at and found right.
func TestGoldenPictures(t *testing.T) {
	hd, full, uhd := image.Pt(1280, 720), image.Pt(1920, 1080), image.Pt(3840, 2160)
	whole := library.Rect{}
	for name, g := range map[string]struct {
		size   image.Point
		part   image.Rectangle // of the frame that is kept; zero: all
		sheets func(box func(n int) image.Point) []compose.Sheet
	}{
		"kinds":         {size: hd, sheets: kinds},
		"kinds-full":    {size: full, part: image.Rect(0, 0, 960, 540), sheets: kinds},
		"kinds-uhd":     {size: uhd, part: image.Rect(2000, 200, 2800, 640), sheets: kinds},
		"colours":       {size: hd, sheets: colours},
		"callouts":      {size: hd, sheets: one(whole, 0, callouts()...)},
		"callouts-full": {size: full, sheets: one(halfway, 0, callouts()...)},
		"callouts-uhd":  {size: uhd, part: image.Rect(100, 100, 900, 700), sheets: one(whole, 0, callouts()...)},
		"callouts-in":   {size: hd, sheets: calloutsIn},
		"turns":         {size: hd, sheets: turns},
		"adjusted":      {size: hd, part: image.Rect(0, 200, 1280, 520), sheets: adjusted},
		"captions-1":    {size: hd, sheets: captioned(1)},
		"captions-2":    {size: full, sheets: captioned(2)},
		"captions-3":    {size: hd, sheets: captioned(3)},
		"captions-4":    {size: hd, sheets: captioned(4)},
		"upright-2":     {size: image.Pt(540, 960), sheets: captioned(2)},
		"upright-3":     {size: image.Pt(540, 960), sheets: captioned(3)},
		"upright-4":     {size: image.Pt(540, 960), sheets: captioned(4)},
	} {
		t.Run(name, func(t *testing.T) {
			captions := len(name) > 8 && (name[:8] == "captions" || name[:8] == "upright-")
			frame, err := compose.Compose(g.size, g.sheets(func(n int) image.Point {
				return compose.Layout(g.size, n, captions)[0].Page.Size()
			})...)
			if err != nil {
				t.Fatal(err)
			}
			if !g.part.Empty() {
				part := image.NewRGBA(image.Rectangle{Max: g.part.Size()})
				draw.Draw(part, part.Rect, frame, g.part.Min, draw.Src)
				frame = part
			}
			golden(t, name, frame)
		})
	}
}

func golden(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	want := image.NewRGBA(p.Bounds())
	draw.Draw(want, want.Rect, p, want.Rect.Min, draw.Src)
	if at, ok := differ(got, want, 2); ok {
		t.Errorf("at %v the frame is %v, and %s is %v; look at what changed with -update and git diff",
			at, got.RGBAAt(at.X, at.Y), path, want.RGBAAt(at.X, at.Y))
	}
}

// differ is the first place where two pictures differ by more than so much; processors round differently.
func differ(a, b *image.RGBA, much int) (image.Point, bool) {
	if a.Rect != b.Rect {
		return image.Point{}, true
	}
	for y := a.Rect.Min.Y; y < a.Rect.Max.Y; y++ {
		for x := a.Rect.Min.X; x < a.Rect.Max.X; x++ {
			p, q := a.RGBAAt(x, y), b.RGBAAt(x, y)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B), int(p.A) - int(q.A)} {
				if d > much || d < -much {
					return image.Pt(x, y), true
				}
			}
		}
	}
	return image.Point{}, false
}

type sheets = func(box func(n int) image.Point) []compose.Sheet

// halfway is a view of the upper half of the page.
var halfway = library.Rect{X0: 0, Y0: 0.2, X1: 1, Y1: 0.6}

func one(view library.Rect, turn library.Turn, marks ...library.Mark) sheets {
	return func(box func(int) image.Point) []compose.Sheet {
		return []compose.Sheet{sheetFor(box(1), view, turn, marks)}
	}
}

// kinds shows every kind of mark but callouts.
func kinds(box func(int) image.Point) []compose.Sheet {
	view := library.Rect{X0: 0, Y0: 0.24, X1: 1, Y1: 0.65}
	return []compose.Sheet{
		sheetFor(box(4), view, 0, []library.Mark{
			{Kind: library.MarkHighlight, Points: pts(22, lineTop(6), 175, lineTop(6)+8, 22, lineTop(6)+6, 100, lineTop(7)+8)},
			{Kind: library.MarkBox, Points: pts(20, lineTop(9)-1, 160, lineTop(10)+9), Width: 2},
			{Kind: library.MarkEllipse, Points: pts(20, lineTop(12)-1, 165, lineTop(12)+10)},
		}),
		sheetFor(box(4), view, 0, []library.Mark{
			{Kind: library.MarkArrow, Points: pts(190, 160, 165, 140)},
			{Kind: library.MarkArrow, Points: pts(190, 110, 150, 110), Width: 3, Color: "purple"},
			{Kind: library.MarkArrow, Points: pts(200, 150, 202, 150)}, // a short one
			{Kind: library.MarkLine, Points: pts(22, lineTop(7)+9, 160, lineTop(7)+9), Color: "blue"},
			{Kind: library.MarkPen, Points: pts(22, 130, 40, 140, 50, 125, 60, 140, 70, 125, 72, 126, 72, 134, 75, 123, 76, 140), Color: "green"},
			{Kind: library.MarkPen, Points: pts(90, 125, 120, 125, 121, 127, 120, 130, 90, 131, 120, 125, 90, 125), Width: 4},
			{Kind: library.MarkText, Points: pts(22, 155), Text: "Mặt số 12: bị cáo khai «Ế, Ẵ, ợ»"},
			{Kind: library.MarkText, Points: pts(150, 175), Text: "chạy quá mép trang giấy", Width: 1.5, Color: "yellow"},
		}),
		sheetFor(box(4), library.Rect{}, 0, append(everyLine(),
			library.Mark{Kind: library.MarkSpotlight, Points: pts(20, lineTop(6)-2, 120, lineTop(7)+10)},
			library.Mark{Kind: library.MarkSpotlight, Points: pts(80, lineTop(7), 180, lineTop(9)+10)},
			library.Mark{Kind: library.MarkLine, Points: pts(22, lineTop(10)+9, 160, lineTop(10)+9), Color: "orange"})),
		sheetFor(box(4), view, 0, []library.Mark{
			{Kind: library.MarkRedaction, Points: pts(22, lineTop(6), 60, lineTop(6)+8), Color: "yellow"},
			{Kind: library.MarkBox, Points: pts(20, lineTop(6)-1, 160, lineTop(7)+9)},
			{Kind: library.MarkRedaction, Points: pts(140, lineTop(7), 180, lineTop(9)+8)},
		}),
	}
}

// colours shows each colour as a marker's, a line's and a text's.
func colours(box func(int) image.Point) []compose.Sheet {
	var marks []library.Mark
	for i, name := range library.MarkColors {
		y := lineTop(5 + i)
		marks = append(marks,
			library.Mark{Kind: library.MarkHighlight, Points: pts(22, y, 120, y+8), Color: name},
			library.Mark{Kind: library.MarkPen, Points: pts(125, y, 130, y+8, 135, y, 140, y+8), Color: name},
			library.Mark{Kind: library.MarkText, Points: pts(145, y), Text: name, Color: name})
	}
	return one(library.Rect{X0: 0, Y0: 0.26, X1: 1, Y1: 0.64}, 0, marks...)(box)
}

// callouts are two with marks and something redacted in them, and one that is out of the half page's view.
func callouts() []library.Mark {
	return append(everyLine(),
		library.Mark{Kind: library.MarkRedaction, Points: pts(100, lineTop(13), 140, lineTop(13)+8)},
		library.Mark{Kind: library.MarkSpotlight, Points: pts(10, lineTop(4), 200, lineTop(14))},
		library.Mark{Kind: library.MarkCallout, Points: pts(20, lineTop(6)-1, 180, lineTop(7)+9)},
		library.Mark{Kind: library.MarkCallout, Points: pts(20, lineTop(13)-1, 160, lineTop(13)+9), Color: "blue"},
		library.Mark{Kind: library.MarkCallout, Points: pts(138, 238, 172, 272)})
}

// calloutsIn shows callouts in places of their own, one without a picture, one beside its part.
func calloutsIn(box func(int) image.Point) []compose.Sheet {
	marks := append(everyLine(),
		library.Mark{Kind: library.MarkRedaction, Points: pts(40, lineTop(7), 80, lineTop(7)+8)},
		library.Mark{Kind: library.MarkCallout, Points: pts(20, lineTop(6)-1, 110, lineTop(7)+9), To: library.Rect{X0: 0.02, Y0: 0.5, X1: 0.98, Y1: 0.98}},
		library.Mark{Kind: library.MarkCallout, Points: pts(140, 240, 170, 270), To: library.Rect{X0: 0.02, Y0: 0.05, X1: 0.3, Y1: 0.3}})
	left, right := sheetFor(box(2), library.Rect{}, 0, marks), sheetFor(box(2), library.Rect{}, 1, marks)
	left.Callouts[0] = nil
	return []compose.Sheet{left, right}
}

// turns shows the same marks on a page turned by each quarter.
func turns(box func(int) image.Point) []compose.Sheet {
	var list []compose.Sheet
	for turn := range library.Turn(4) {
		list = append(list, sheetFor(box(4), library.Rect{}, turn, append(everyLine(),
			library.Mark{Kind: library.MarkPen, Points: pts(22, 240, 40, 250, 50, 235, 60, 250), Color: "purple"},
			library.Mark{Kind: library.MarkRedaction, Points: pts(100, lineTop(13), 140, lineTop(13)+8)},
			library.Mark{Kind: library.MarkCallout, Points: pts(138, 238, 172, 272)})))
	}
	return list
}

// adjusted shows adjustments, which leave marks as they are.
func adjusted(box func(int) image.Point) []compose.Sheet {
	marks := append(everyLine()[:2], library.Mark{Kind: library.MarkRedaction, Points: pts(100, lineTop(12), 140, lineTop(12)+8)})
	var list []compose.Sheet
	for _, a := range []library.Adjust{
		{Brightness: -20, Contrast: 30}, {Gamma: -60}, {Sharpen: 100, Invert: true}, {Brightness: -40, Gamma: 40, Sharpen: 40},
	} {
		s := sheetFor(box(4), library.Rect{X0: 0, Y0: 0.28, X1: 0.8, Y1: 0.62}, 0, marks)
		s.Adjust = a
		list = append(list, s)
	}
	return list
}

// captioned shows panes with captions, the last of them too long and the second without.
func captioned(n int) sheets {
	return func(box func(int) image.Point) []compose.Sheet {
		var list []compose.Sheet
		for i := range n {
			s := sheetFor(box(n), library.Rect{X0: 0, Y0: 0, X1: 1, Y1: 0.4}, 0, nil)
			switch {
			case i == n-1:
				s.Caption = "BL 45 · Biên bản hỏi cung bị can lần thứ hai, có luật sư và người giám hộ tham gia, kèm bản ảnh hiện trường vụ tai nạn giao thông"
			case i != 1:
				s.Caption = "BL 12a · Sổ ghi nợ"
			}
			list = append(list, s)
		}
		return list
	}
}
