package keys_test

import (
	"strings"
	"testing"

	"butluc/app/keys"
	"butluc/assets"
	"butluc/assets/guide"
)

// spansOf are all texts of a guide.
func spansOf(t *testing.T, language string) (all []guide.Span) {
	t.Helper()
	g, err := guide.Read(language)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			all = append(all, b.Text...)
			for _, i := range b.Items {
				all = append(all, i...)
			}
			for _, r := range b.Rows {
				for _, c := range r {
					all = append(all, c...)
				}
			}
		}
	}
	return all
}

// The guide names no key that does nothing. What else it sets as keys are: commands, names of files, words to type.
func TestTheKeysOfTheGuideAreBound(t *testing.T) {
	besides := map[string]bool{"Windows+P": true, "Ctrl": true, "Shift": true, "45": true, "58": true, "1": true, "4": true}
	for _, language := range assets.Languages {
		bound := 0
		for _, s := range spansOf(t, language) {
			if s.Style != guide.Key || besides[s.Text] {
				continue
			}
			c, err := keys.Parse(s.Text)
			if err != nil {
				if strings.Contains(s.Text, "+") && !strings.Contains(s.Text, ".") {
					t.Errorf("%s: %q is no key", language, s.Text)
				}
				continue
			}
			found := false
			for _, b := range keys.Table {
				for _, other := range b.Chords {
					found = found || other == c
				}
			}
			if !found {
				t.Errorf("%s: %q does nothing", language, s.Text)
			}
			bound++
		}
		if bound < 80 {
			t.Errorf("%s: the guide names %d keys", language, bound)
		}
	}
}
