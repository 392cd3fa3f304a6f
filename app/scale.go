package app

import (
	"fmt"
	"log/slog"
	"math"
	"os"

	"butluc/presenter/display"
)

// The rooms need that many units to show all their keys. The system's title stands above; title and task bar are less
// than barsTall together. A unit is a pixel where letters are drawn at 100 %.
const (
	roomWide  = 1280
	roomTall  = 610
	titleTall = 32
	barsTall  = 96
)

// scaleKey is where Fyne looks for a factor to the system's own scale.
const scaleKey = "FYNE_SCALE"

// drawInside has everything drawn no larger than the main screen has room for: on a laptop of 1366 × 768 where Windows
// draws at 125 % the keys of the trial would lie outside. Who set a factor is believed. It must be called before there is
// a window.
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
	fits := math.Floor(10*min(float64(w)/roomWide, float64(h)/(roomTall+barsTall))) / 10
	return min(1, max(0.5, fits)/system)
}
