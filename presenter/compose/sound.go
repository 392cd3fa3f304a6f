package compose

import (
	"slices"

	"butluc/library"
)

// sound is the marks as they can be drawn. The outline's own check refuses what is mended or left out here,
// but a frame is made of whatever comes: one that can't be drawn is left out, and a redaction that nobody
// understands hides the whole page.
func sound(marks []library.Mark) []library.Mark {
	if !slices.ContainsFunc(marks, unsound) {
		return marks
	}
	var list []library.Mark
	for _, m := range marks {
		switch {
		case !unsound(m):
			list = append(list, m)
		case m.Kind.Hides():
			a, b := library.WholePage.Corners()
			list = append(list, library.Mark{Kind: m.Kind, Points: []library.Point{a, b}})
		}
	}
	return list
}

func unsound(m library.Mark) bool {
	if !m.Kind.Shape().Points(len(m.Points)) {
		return true
	}
	if m.To != (library.Rect{}) && !m.To.Valid() || !(m.Width >= 0 && m.Width <= library.MaxWidth) {
		return true
	}
	return slices.ContainsFunc(m.Points, func(p library.Point) bool {
		return !(p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1) // nor NaN
	})
}
