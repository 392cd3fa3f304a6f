package library

import (
	"testing"
)

func BenchmarkNewExhibit(b *testing.B) {
	for b.Loop() {
		NewExhibit(File{Path: "Tập 3/BL 12-15 Biên bản hỏi cung bị can.pdf", Pages: 4})
	}
}

// A page with strokes of the pen, whose marks the composer, the stage and the editor ask for with each picture.
func BenchmarkMarks(b *testing.B) {
	var list []Mark
	for i := range 10 {
		m := Mark{Kind: MarkPen, Color: "red"}
		for k := range 200 {
			m.Points = append(m.Points, Point{X: float64(k) / 300, Y: float64(i) / 11})
		}
		list = append(list, m)
	}
	marks := MarksOf(list...)
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if len(marks.List()) != len(list) {
				b.Fatal("marks are missing")
			}
		}
	})
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			if MarksOf(list...) != marks {
				b.Fatal("not the same marks")
			}
		}
	})
	few := MarksOf(
		Mark{Kind: MarkBox, Points: list[0].Points[:2]}, Mark{Kind: MarkHighlight, Points: list[1].Points[:4]})
	b.Run("list of two", func(b *testing.B) {
		for b.Loop() {
			if len(few.List()) != 2 {
				b.Fatal("marks are missing")
			}
		}
	})
}
