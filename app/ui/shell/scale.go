package shell

import (
	"fmt"
	"log/slog"
	"math"
	"os"

	"butluc/presenter/display"
)

// What the console needs at least, in the toolkit's units (a unit is a pixel where letters are drawn at 100 %): no room
// needs more, and 1366 × 768 at 150 % has them. The system's title stands above; a task bar takes some more below.
const (
	leastWide = 910
	leastTall = 432
	titleTall = 32
	barsTall  = titleTall + 48
)

// scaleKey is where Fyne looks for a factor to the system's own scale.
const scaleKey = "FYNE_SCALE"

// drawInside has everything drawn no larger than the main screen has room for: on 1366 × 768 drawn at 200 % the keys of
// the trial would lie outside, perhaps on the court's screen. What the rooms fit, as 150 % there, is left as a person
// chose it. Who set a factor is believed. It must be called before there is a window.
func drawInside() {
	if os.Getenv(scaleKey) != "" {
		return
	}
	layout, err := display.Describe()
	if err != nil {
		slog.Warn("find screens", "err", err)
		return
	}
	for _, s := range layout.Screens {
		factor := scaleFactor(s.W, s.H, s.Scale)
		if !s.Primary || factor == 1 {
			continue
		}
		if err := os.Setenv(scaleKey, fmt.Sprint(factor)); err != nil {
			slog.Warn("draw smaller", "err", err)
		}
	}
}

// scaleFactor is what to multiply the system's scale with so that the rooms fit a screen of that many pixels: 1 where
// they do.
func scaleFactor(w, h int, scale float32) float64 {
	system := max(1, float64(scale))
	// Fyne rounds the product to tenths. What is smaller than half can't be read.
	fits := math.Floor(10*min(float64(w)/leastWide, float64(h)/(leastTall+barsTall))) / 10
	return min(1, max(0.5, fits)/system)
}
