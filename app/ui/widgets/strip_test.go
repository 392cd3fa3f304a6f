package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// newStrip is a strip of n things, each 50 wide, in a window of 200, and which of them have been filled.
func newStrip(t *testing.T, n int) (*Strip, map[int]int) {
	t.Helper()
	test.NewTempApp(t)
	filled := map[int]int{}
	s := NewStrip(fyne.NewSize(50, 60))
	s.Count = func() int { return n }
	s.Make = func() fyne.CanvasObject { return widget.NewLabel("") }
	s.Fill = func(i int, o fyne.CanvasObject) {
		filled[i]++
		o.(*widget.Label).SetText(fmt.Sprint(i))
	}
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 60))
	s.Reload()
	return s, filled
}

func TestOnlyThingsInSightOfAStripHaveWidgets(t *testing.T) {
	s, filled := newStrip(t, 5000)
	if len(filled) == 0 || len(filled) > 8 {
		t.Fatalf("%d things of 5000 were filled for a window of four", len(filled))
	}
	s.Select(4000)
	if filled[4000] == 0 || len(filled) > 16 {
		t.Errorf("the chosen one was filled %d times, %d in all", filled[4000], len(filled))
	}
}

// The chosen thing is in sight with the one before and the one after it; what is in sight already does not move.
func TestAStripBringsTheChosenOneIntoSight(t *testing.T) {
	s, _ := newStrip(t, 100)
	for _, i := range []int{0, 2, 50, 51, 20, 99} {
		s.Select(i)
		x := s.scroll.Offset.X
		if left := float32(i)*50 - x; left < 0 || left+50 > 200 {
			t.Errorf("%d stands at %v", i, left)
		}
		if i > 0 && float32(i-1)*50 < x {
			t.Errorf("the one before %d is out of sight", i)
		}
	}
	s.Select(50)
	x := s.scroll.Offset.X
	s.Select(51)
	if i := s.scroll.Offset.X; i > x+50 {
		t.Errorf("the next one moved the strip from %v to %v", x, i)
	}
}

func TestAToolbarKeepsWhatDoesNotFitInAMenu(t *testing.T) {
	test.NewTempApp(t)
	bar := NewToolbar("Thêm", 44)
	for i := range 6 {
		b := NewButton(fmt.Sprint("Dụng cụ ", i), nil, Quiet, func() {})
		b.Wide = 100
		bar.Add(b, Item(b.Label, "", func() {}))
	}
	w := test.NewTempWindow(t, bar.Content())
	w.SetPadded(false)
	for wide, want := range map[float32]int{620: 6, 500: 4, 60: 0} {
		w.Resize(fyne.NewSize(wide, 44))
		shown, right := 0, float32(0)
		for _, b := range append(bar.buttons, bar.more) {
			if b.Visible() {
				shown, right = shown+1, max(right, b.Position().X+b.Size().Width)
			}
		}
		if more := bar.more.Visible(); more != (want < 6) || bar.shown != want || right > wide && want > 0 {
			t.Errorf("in %v: %d buttons, the menu %v, as far as %v", wide, bar.shown, more, right)
		}
	}
}
