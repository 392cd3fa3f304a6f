package console

import (
	"slices"
	"strings"
	"testing"

	"butluc/app/console/readiness"
	"butluc/library"
)

// A page that decodes only in part opens, and its file is the one that was prepared: it is told all the same.
func TestAPictureThatWasCutOffIsToldBeforeTheHearing(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{
		"BL 1.jpg": jpegOf(t, 400, 200, false), "BL 2.jpg": jpegOf(t, 400, 200, true),
	}), nil)
	w.SetLanguage("en")
	closeHarness(t, w)
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s0", Title: "Một"}, library.Place{Parent: "p"}))
	w.prepared(library.ShotOf(library.PageID{Path: "BL 1.jpg"}))
	all := w.Session.T("ready.steps", "count", 1)
	good := func(l readiness.Line) bool { return l.Text == all && l.Good }
	if lines := w.ready(); len(odd(lines)) > 0 || !slices.ContainsFunc(lines, good) {
		t.Errorf("of a whole picture the check says %+v", lines)
	}
	w.prepared(library.ShotOf(library.PageID{Path: "BL 1.jpg"}, library.PageID{Path: "BL 2.jpg"}))
	lines := w.ready()
	if got := odd(lines); len(got) != 1 || !strings.Contains(got[0], "can be read only in part") {
		t.Errorf("of half a picture the check says %+v", lines)
	}
}
