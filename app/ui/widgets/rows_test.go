package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// newRows are n rows, the even ones 20 high, the odd ones 40, in a window of 100.
func newRows(t *testing.T, n int) (*Rows, map[int]int) {
	t.Helper()
	test.NewTempApp(t)
	filled := map[int]int{}
	r := NewRows()
	r.Count = func() int { return n }
	r.Height = func(i int) float32 { return float32(20 + i%2*20) }
	r.Make = func() fyne.CanvasObject { return widget.NewLabel("") }
	r.Fill = func(i int, o fyne.CanvasObject) {
		filled[i]++
		o.(*widget.Label).SetText(fmt.Sprint(i))
	}
	w := test.NewTempWindow(t, r)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	r.Reload()
	return r, filled
}

func TestOnlyRowsInSightHaveWidgets(t *testing.T) {
	r, filled := newRows(t, 1000)
	if len(filled) == 0 || len(filled) > 10 {
		t.Fatalf("%d rows of 1000 were filled for a window of 100", len(filled))
	}
	r.Reveal(900)
	if filled[900] == 0 {
		t.Error("the row that was revealed has no widget")
	}
	if n := len(r.body.Objects); n > 12 {
		t.Errorf("%d widgets for a window of 100", n)
	}
}

func TestARowIsFoundByItsHeight(t *testing.T) {
	r, _ := newRows(t, 10)
	for _, c := range []struct {
		y    float32
		row  int
		part float32
	}{{0, 0, 0}, {10, 0, 0.5}, {20, 1, 0}, {40, 1, 0.5}, {60, 2, 0}, {299, 9, 0.975}, {400, 10, 0}} {
		if row, part := r.At(c.y); row != c.row || part < c.part-0.01 || part > c.part+0.01 {
			t.Errorf("at %v is row %d, %.2f down; want %d, %.2f", c.y, row, part, c.row, c.part)
		}
	}
	r.Scroll(30)
	if row, _ := r.At(0); row != 1 {
		t.Errorf("after scrolling by 30 the first row is %d, want 1", row)
	}
	if top := r.Top(1); top != -10 {
		t.Errorf("and begins at %v, want -10", top)
	}
}

func TestAPinnedFieldLiesOverItsRow(t *testing.T) {
	r, _ := newRows(t, 100)
	f := widget.NewEntry()
	r.Pin(f, 3, 24)
	if want := fyne.NewPos(24, 80); f.Position() != want {
		t.Errorf("the field is at %v, want %v", f.Position(), want)
	}
	r.Reveal(90) // the row is out of sight: the field keeps its place beside it
	if want := fyne.NewPos(24, 80); f.Position() != want {
		t.Errorf("after scrolling the field is at %v, want %v", f.Position(), want)
	}
	r.Pin(nil, 0, 0)
	for _, o := range r.body.Objects {
		if o == fyne.CanvasObject(f) {
			t.Error("the field is still there")
		}
	}
}
