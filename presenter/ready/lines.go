package ready

import (
	"image"
	"slices"
)

// leastLine is how tall a line of text must be on the court screen, against its height, so that it can
// be read from the back: 1 in 80, about what a page of 13 points has when a third of it fills the
// screen's width.
const leastLine = 1.0 / 80

// lineTall is how tall the lines of text in a picture are, as a part of its height: the median of the
// runs of rows that have ink on bright ground; 0 for a picture without lines, say a photograph.
func lineTall(frame *image.RGBA) float64 {
	w, h := frame.Rect.Dx(), frame.Rect.Dy()
	var runs []int
	run := 0
	for y := range h {
		ink, paper := 0, 0
		for x := range w {
			i := y*frame.Stride + 4*x
			switch g := int(frame.Pix[i]) + int(frame.Pix[i+1]) + int(frame.Pix[i+2]); {
			case g > 3*200:
				paper++
			case g > 3*10 && g < 3*110: // black is the ground around the page
				ink++
			}
		}
		if paper > w/8 && ink > max(2, paper/100) && ink < paper/2 {
			run++
			continue
		}
		if run > 2 && run < h/8 {
			runs = append(runs, run)
		}
		run = 0
	}
	const lines = 6 // fewer tell nothing
	if len(runs) < lines {
		return 0
	}
	slices.Sort(runs)
	return float64(runs[len(runs)/2]) / float64(h)
}
