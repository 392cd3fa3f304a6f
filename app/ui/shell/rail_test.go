package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// Each key of the rail is seen whole, with its word, in every room, in either language, on every laptop.
func TestTheRailIsWhole(t *testing.T) {
	drawsManyWindows(t)
	w := newConsole(t)
	heights := []fyne.Size{{Width: 1366, Height: 690}, {Width: leastWide, Height: leastTall}}
	for _, l := range laptops() {
		heights = append(heights, l.size)
	}
	for _, language := range []string{"vi", "en"} {
		w.speak(language)
		for _, at := range rooms {
			w.enter(at)
			for _, size := range heights {
				w.win.Resize(size)
				n, end := 0, float32(0) // of the key above
				each(w.win.Content(), fyne.Position{}, func(o fyne.CanvasObject, place fyne.Position) {
					b, ok := o.(*widgets.Button)
					if !ok || !b.Below || place.X > theme.RailWidth/2 {
						return
					}
					n++
					defer func() { end = place.Y + b.Size().Height }()
					word := fyne.MeasureText(b.Label, theme.TextSmall, fyne.TextStyle{}).Width
					if place.Y < end || place.Y+b.Size().Height > size.Height || b.Size().Height < theme.BigTarget || word > b.Size().Width {
						t.Errorf("%s, room %d, %v: the key %q is at %v, %v large, its word %v wide", language, at, size, b.Label, place, b.Size(), word)
					}
				})
				if n != 7 {
					t.Errorf("%s, room %d, %v: the rail has %d keys", language, at, size, n)
				}
			}
		}
	}
}
