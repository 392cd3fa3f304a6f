package outline

import (
	"testing"

	"butluc/app/keys"
)

// TestKeysThatComeFasterThanTheScreen: what a step selects is told after the next key went down, and
// the cursor stays where the keys put it.
func TestKeysThatComeFasterThanTheScreen(t *testing.T) {
	b := newBench(t)
	b.panel.choose(b.panel.indexOf("s0-8"), false, false)
	b.pump()
	b.panel.Do(keys.RowDown)
	b.panel.Do(keys.RowDown)
	b.pump()
	if got := b.panel.Cursor(); got != "s1" {
		t.Errorf("after two keys down from s0-8 the cursor is at %q, want the scenario s1", got)
	}
	b.s.Study.SelectStep("s3-2") // by its letters, say
	b.pump()
	if got := b.panel.Cursor(); got != "s3-2" {
		t.Errorf("after s3-2 was selected elsewhere the cursor is at %q", got)
	}
}
