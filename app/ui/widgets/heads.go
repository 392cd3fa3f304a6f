package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/keys"
)

// Heads stand over the columns of a table. A click on one sorts the rows by its column, another the other way round, a third
// gives the rows their own order back; so does Alt with the column's number.
type Heads struct {
	rest    int // the column that rows are sorted by by themselves, -1 for none
	by      int
	down    bool // the last first
	labels  []string
	buttons []*Button
	changed func()
	content *fyne.Container
}

// Unsorted is the column of rows that stand in their own order.
const Unsorted = -1

// NewHeads makes the heads of the columns with those labels, laid out as the rows are. rest is the column by which the rows
// are sorted while nobody wants another order, or [Unsorted]; changed is called when a person does.
func NewHeads(layout fyne.Layout, rest int, changed func(), labels ...string) *Heads {
	h := &Heads{rest: rest, by: rest, labels: labels, changed: changed, content: container.New(layout)}
	for i := range labels {
		b := NewButton("", nil, Quiet, func() { h.Click(i) })
		b.Row = true
		h.buttons = append(h.buttons, b)
		h.content.Add(b)
	}
	h.label()
	return h
}

// Content is the heads to put over the rows.
func (h *Heads) Content() fyne.CanvasObject { return h.content }

// By is the column that the rows are sorted by, or [Unsorted], and whether the last comes first.
func (h *Heads) By() (column int, down bool) { return h.by, h.down }

// Click does what a click on a column's head does.
func (h *Heads) Click(column int) {
	switch {
	case h.by != column:
		h.by, h.down = column, false
	case !h.down:
		h.down = true
	default:
		h.by, h.down = h.rest, false
	}
	h.label()
	h.changed()
}

// Set says by what the rows are sorted now, where that was not chosen here.
func (h *Heads) Set(column int, down bool) {
	if h.by != column || h.down != down {
		h.by, h.down = column, down
		h.label()
	}
}

// Key sorts by the column whose number is pressed with Alt, and tells whether there is one.
func (h *Heads) Key(c keys.Chord) bool {
	if c.Mods != keys.Alt || len(c.Key) != 1 || c.Key[0] < '1' || int(c.Key[0]-'1') >= len(h.buttons) {
		return false
	}
	h.Click(int(c.Key[0] - '1'))
	return true
}

// label shows which way the rows are sorted.
func (h *Heads) label() {
	for i, b := range h.buttons {
		label := h.labels[i]
		if i == h.by {
			label += map[bool]string{false: " ▲", true: " ▼"}[h.down]
		}
		b.SetLabel(label)
	}
}

// Sort sorts rows in place as their heads say, by compare, which is asked about a column; rows that are equal there keep
// their order.
func Sort[T any](h *Heads, rows []T, compare func(column int, a, b T) int) {
	if h.by == Unsorted {
		return
	}
	slices.SortStableFunc(rows, func(a, b T) int {
		if h.down {
			return compare(h.by, b, a)
		}
		return compare(h.by, a, b)
	})
}
