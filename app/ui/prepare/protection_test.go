package prepare

import (
	"testing"

	"butluc/app/console/protection"
	"butluc/library"
)

// Nothing is redacted before every place was seen; what is ticked then is, in one go.
func TestNamesAreRedactedOnceAllWereSeen(t *testing.T) {
	h := newHarness(t)
	h.edit(h.s.Dossier.Outline().AddPerson(library.Person{ID: "n", Name: "Trần Bé N", Protected: true}))
	hiding := h.people.hiding
	for i := range placesSeen + 2 {
		y := float64(i) / 20
		hiding.places = append(hiding.places, protection.Place{
			Page: library.PageID{Path: record, Index: i % 2}, Person: "n", Box: library.Rect{X0: 0.1, Y0: y, X1: 0.3, Y1: y + 0.02},
		})
		hiding.ticked = append(hiding.ticked, true)
	}
	h.sheet.open("", hiding.build)
	h.pump()
	if !hiding.apply.Disabled() {
		t.Fatal("it can be done before all places were seen")
	}
	h.tap(h.s.T("protection.next"))
	h.pump()
	hiding.ticked[0] = false
	hiding.count()
	if hiding.apply.Disabled() {
		t.Fatal("it can't be done once all were seen")
	}
	h.tap(h.s.T("protection.apply", "count", placesSeen+1))
	h.pump()
	hidden := 0
	for i := range 2 {
		for _, m := range h.s.Dossier.Outline().Note(library.PageID{Path: record, Index: i}).Marks.List() {
			if m.Kind.Hides() {
				hidden++
			}
		}
	}
	if hidden != placesSeen+1 || h.sheet.Visible() {
		t.Errorf("%d names are redacted; the sheet is open: %v", hidden, h.sheet.Visible())
	}
}
