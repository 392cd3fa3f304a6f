package prepare

import (
	"testing"

	"fyne.io/fyne/v2"

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

// The page has half of the window, by figures: of 1366×768 and 1920×1080 less the system's bars and the rail. A divider that
// a person moved stays where it is.
func TestThePageHasHalfOfTheWindow(t *testing.T) {
	const bars, rail, notices = 80, 70, 36
	h := newHarness(t)
	h.look(record, 0)
	for _, c := range []struct{ wide, tall, share float32 }{{1366, 768, 0.45}, {1920, 1080, 0.55}} {
		h.win.Resize(fyne.NewSize(c.wide-rail, c.tall-bars-notices))
		size := h.page.Size()
		if share := size.Width * size.Height / (c.wide * (c.tall - bars)); share < c.share {
			t.Errorf("on %v×%v the page has %v, %.1f %% of the window", c.wide, c.tall, size, 100*share)
		}
	}
	if said := h.panels.wide.String(); said != "" {
		t.Errorf("remembered is %q though nobody moved a divider", said)
	}
	h.panels.splits[0].SetOffset(0.3)
	h.win.Resize(fyne.NewSize(1300, 700))
	if at := h.panels.splits[0].Offset; at != 0.3 || h.panels.wide.String() == "" {
		t.Errorf("the divider that was moved stands at %v", at)
	}
}
