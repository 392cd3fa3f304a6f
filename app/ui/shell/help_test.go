package shell

import (
	"testing"

	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/library"
)

// F1's page finds a key by what it does, without accents, and by its own name.
func TestKeysAreFound(t *testing.T) {
	in := i18n.In("vi")
	found := func(typed string) (actions []keys.Action) {
		for _, g := range []keys.Group{keys.GroupCourt, keys.GroupStudy, keys.GroupMarks, keys.GroupWindow} {
			for _, b := range helpRows(in, g, library.NewFilter(typed)) {
				actions = append(actions, b.Action)
			}
		}
		return actions
	}
	for typed, want := range map[string]keys.Action{"man hinh den": keys.Blank, "F6": keys.FoldEvidence, "ctrl+t": keys.Theme} {
		got := found(typed)
		if len(got) == 0 || got[0] != want || len(got) > 4 {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
	if got := found("xyzzy"); len(got) > 0 {
		t.Errorf("rubbish finds %v", got)
	}
}
