package prepare

import (
	"testing"

	"butluc/app/console/study"
	"butluc/app/keys"
	"butluc/library"
)

// F6 and F7 fold the panels at the page's sides; how they were is remembered.
func TestPanelsFold(t *testing.T) {
	h := newHarness(t)
	wide := func() float32 { return h.page.Size().Width }
	before := wide()
	h.Do(keys.FoldOutline)
	if h.panels.outline.Visible() || wide() <= before {
		t.Errorf("the outline is folded %v, the page %v wide, before %v", !h.panels.outline.Visible(), wide(), before)
	}
	h.Do(keys.FoldEvidence)
	said := h.panels.String()
	h.panels.restore("")
	if !h.panels.outline.Visible() || !h.panels.evidence.Visible() {
		t.Error("a text that names none leaves panels folded")
	}
	h.panels.restore(said)
	if h.panels.outline.Visible() || h.panels.evidence.Visible() {
		t.Errorf("%q does not fold both again", said)
	}
}

// What is said of a picked mark widens the room by nothing: it goes on in a second line where there is no room.
func TestAPickedMarkWidensNothing(t *testing.T) {
	h := newHarness(t)
	h.look(record, 0)
	before := h.content.MinSize()
	box := library.MarksOf(library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.5, Y: 0.5}}})
	if !h.s.Marks.Set(study.OfPage, box) {
		t.Fatal("no mark")
	}
	h.pump()
	h.press(keys.MarkPick)
	if _, picked := h.page.marker.mark(); !picked {
		t.Fatal("no mark is picked")
	}
	if after := h.content.MinSize(); after.Width > before.Width || after.Width > 830 {
		t.Errorf("the room needs %v, before %v", after, before)
	}
}
