package worker

import (
	"errors"
	"fmt"
	"image"
	"math"

	"butluc/library"
)

var errTooLarge = errors.New("too large")

// fit is the largest size in whole pixels that fits into box with the proportions of what is
// looked at of a page of w×h.
func fit(w, h float64, view library.Rect, turn library.Turn, box image.Point) (image.Point, error) {
	if turn%2 == 1 {
		w, h = h, w
	}
	w, h = w*(view.X1-view.X0), h*(view.Y1-view.Y0)
	if !(w > 0 && h > 0) || math.IsInf(w, 0) || math.IsInf(h, 0) {
		return image.Point{}, fmt.Errorf("measure page: %g × %g", w, h)
	}
	scale := math.Min(float64(box.X)/w, float64(box.Y)/h)
	at := func(length float64, limit int) int { return min(max(int(math.Round(length*scale)), 1), limit) }
	return image.Pt(at(w, box.X), at(h, box.Y)), nil
}
