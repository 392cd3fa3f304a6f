package prepare

import (
	"testing"

	"butluc/app/keys"
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
