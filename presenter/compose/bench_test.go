package compose_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"butluc/library"
	"butluc/presenter/compose"
)

// The composer, beside the copy that any full-screen picture needs. The pictures of pages are there already.
func BenchmarkCompose(b *testing.B) {
	for _, size := range []image.Point{{X: 1920, Y: 1080}, {X: 3840, Y: 2160}} {
		run := func(name string, sheets ...compose.Sheet) {
			b.Run(fmt.Sprintf("%s/%dx%d", name, size.X, size.Y), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := compose.Compose(size, sheets...); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(fmt.Sprintf("copy/%dx%d", size.X, size.Y), func(b *testing.B) {
			full := plain(size.X, size.Y, color.RGBA{})
			for b.Loop() {
				copy(image.NewRGBA(full.Rect).Pix, full.Pix)
			}
		})
		run("plain", sheetFor(size, library.Rect{}, 0, nil))
		var four []compose.Sheet
		for range 4 {
			four = append(four, sheetFor(compose.Panes(size, 4)[0].Size(), library.Rect{}, 0, everyLine()))
		}
		run("four", four...) // with twenty marks in all
		wide := library.Rect{X0: 0, Y0: 0.2, X1: 1, Y1: 0.2 + 297./210*9/16/1.99}
		run("wide", sheetFor(size, wide, 0, append(everyLine(), everyLine()...)))
		run("spotlight", sheetFor(size, wide, 0, []library.Mark{{Kind: library.MarkSpotlight, Points: pts(20, 90, 180, 120)}}))
		run("callouts", sheetFor(size, library.Rect{}, 0, append(everyLine(),
			library.Mark{Kind: library.MarkCallout, Points: pts(20, lineTop(6)-1, 180, lineTop(7)+9)},
			library.Mark{Kind: library.MarkCallout, Points: pts(20, lineTop(13)-1, 160, lineTop(13)+9)})))
		run("pen", sheetFor(size, library.Rect{}, 0, []library.Mark{{Kind: library.MarkPen, Points: scribble(library.MaxPoints)}}))
		tone := sheetFor(size, library.Rect{}, 0, nil)
		tone.Adjust = library.Adjust{Brightness: 10, Contrast: 20, Gamma: -10, Invert: true}
		run("tone", tone)
		tone.Adjust = library.Adjust{Sharpen: 50}
		run("sharpen", tone)
	}
}

// everyLine is five marks on the record.
func everyLine() []library.Mark {
	return []library.Mark{
		{Kind: library.MarkHighlight, Points: pts(22, lineTop(6), 175, lineTop(6)+8, 22, lineTop(7), 100, lineTop(7)+8)},
		{Kind: library.MarkBox, Points: pts(20, lineTop(9)-1, 160, lineTop(10)+9)},
		{Kind: library.MarkEllipse, Points: pts(20, lineTop(12)-1, 165, lineTop(12)+10), Color: "blue"},
		{Kind: library.MarkArrow, Points: pts(190, 150, 165, 134), Color: "green"},
		{Kind: library.MarkText, Points: pts(100, 215), Text: "Bị cáo đã khai khác (BL 61)"},
	}
}

// scribble is a long way over the whole page.
func scribble(n int) []library.Point {
	points := make([]library.Point, n)
	for i := range points {
		s, c := math.Sincos(float64(i) / 30)
		points[i] = library.Point{X: 0.5 + 0.4*c*math.Cos(float64(i)/700), Y: 0.5 + 0.4*s*math.Sin(float64(i)/900)}
	}
	return points
}

// sheetFor is the record with marks, its pictures as the renderer would make them.
func sheetFor(box image.Point, view library.Rect, turn library.Turn, marks []library.Mark) compose.Sheet {
	s := compose.Sheet{Picture: pageIn(box, view, turn), View: view, Turn: turn, Marks: marks}
	for _, c := range compose.Callouts(box, view, turn, marks) {
		s.Callouts = append(s.Callouts, pageIn(c.Max, c.View, turn))
	}
	return s
}
