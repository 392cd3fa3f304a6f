package widgets

import (
	"cmp"
	"slices"
	"testing"

	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
)

// Rows are sorted by a click on a head, or by its number with Alt: up, down, and in their own order again.
func TestHeadsSort(t *testing.T) {
	test.NewTempApp(t)
	own := [][2]int{{2, 1}, {1, 2}, {3, 1}}
	var rows [][2]int
	var h *Heads
	show := func() {
		rows = slices.Clone(own)
		Sort(h, rows, func(column int, a, b [2]int) int { return cmp.Compare(a[column], b[column]) })
	}
	h = NewHeads(layout.NewHBoxLayout(), Unsorted, show, "a", "b")
	alt := func(n string) keys.Chord { return keys.Chord{Key: n, Mods: keys.Alt} }
	for i, step := range []struct {
		do    func()
		want  [][2]int
		label string // of the first head
	}{
		{show, own, "a"},
		{func() { h.Click(0) }, [][2]int{{1, 2}, {2, 1}, {3, 1}}, "a ▲"},
		{func() { h.Key(alt("1")) }, [][2]int{{3, 1}, {2, 1}, {1, 2}}, "a ▼"},
		{func() { h.Click(0) }, own, "a"},
		{func() { h.Key(alt("2")) }, [][2]int{{2, 1}, {3, 1}, {1, 2}}, "a"}, // equal ones keep their order
		{func() { h.Click(1) }, [][2]int{{1, 2}, {2, 1}, {3, 1}}, "a"},
	} {
		if step.do(); !slices.Equal(rows, step.want) || h.buttons[0].Label != step.label {
			t.Errorf("step %d: %v under %q, want %v under %q", i, rows, h.buttons[0].Label, step.want, step.label)
		}
	}
	if h.Key(alt("3")) || h.Key(keys.Chord{Key: "1"}) {
		t.Error("a key sorts by a column that is not there, or without Alt")
	}
}
