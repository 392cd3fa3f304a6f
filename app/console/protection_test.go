package console

import (
	"slices"
	"strings"
	"testing"

	"butluc/app/console/protection"
	"butluc/app/console/readiness"
	"butluc/library"
)

// proposed are the places that are proposed for the protected persons' names.
func (w *harness) proposed() (list []protection.Place) {
	w.t.Helper()
	asked := false
	w.Protection.Propose(func(places []protection.Place) { list, asked = places, true })
	w.until("proposals", func() bool { return asked })
	return list
}

// The name of a protected person is proposed on each page on which it stands, and of nobody else's; what was confirmed is
// redacted in one step that is undone in one, also on a page that was turned, and is not proposed again.
func TestNamesOfProtectedPersonsAreRedacted(t *testing.T) {
	w := newSpoken(t)
	for _, p := range []library.Person{{ID: "child", Name: "Cầm Dao", Protected: true}, {ID: "other", Name: "Bị Cáo"}} { // as all pages say
		w.Edits.Edit(w.Dossier.Outline().AddPerson(p))
	}
	places := w.proposed()
	if len(places) < 3 || slices.ContainsFunc(places, func(p protection.Place) bool { return p.Person != "child" || p.Box == library.Rect{} }) {
		t.Fatalf("proposed are %+v", places)
	}
	turned := places[2].Page
	w.Edits.Turn(turned, 1)
	again := w.proposed()
	if n := len(again); n != len(places) {
		t.Fatalf("%d places once a page is turned, %d before", n, len(places))
	}
	for i, p := range again {
		want := places[i].Box
		if p.Page == turned {
			want = want.Turned(1)
		}
		if p.Page != places[i].Page || p.Box != want {
			t.Errorf("on %s the name stands at %v, want %v", p.Page, p.Box, want)
		}
	}
	before := w.Dossier.Outline()
	hidden, onPages := again[:4], map[library.PageID]bool{}
	for _, p := range hidden {
		onPages[p.Page] = true
	}
	if pages, done := w.Protection.Hide(hidden); !done || pages != len(onPages) {
		t.Fatalf("%d pages of %d are redacted, %v", pages, len(onPages), done)
	}
	for _, p := range hidden {
		marks := w.Dossier.PagesNow().Of(p.Page).Marks.List()
		if !slices.ContainsFunc(marks, func(m library.Mark) bool {
			b := m.Bounds()
			return m.Kind.Hides() && b.X0 < p.Box.X0 && p.Box.X1 < b.X1 && b.Y0 < p.Box.Y0 && p.Box.Y1 < b.Y1
		}) {
			t.Errorf("%s: nothing hides %v: %+v", p.Page, p.Box, marks)
		}
	}
	if left := w.proposed(); len(left) != len(again)-len(hidden) {
		t.Errorf("%d places are left of %d", len(left), len(again))
	}
	w.Edits.Undo()
	if !w.Dossier.Outline().Same(before) {
		t.Error("one undo does not take the redactions back")
	}
}

// Before a hearing the pages are told that are shown with the name on them; a redaction ends that.
func TestNamesThatAreStillShownAreToldBeforeTheHearing(t *testing.T) {
	w := newSpoken(t)
	w.Edits.Edit(w.Dossier.Outline().AddPerson(library.Person{ID: "child", Name: "Cầm Dao", Protected: true}))
	named := func() (lines []string) {
		t.Helper()
		checked := false
		w.Readiness.Check(func(all []readiness.Line) {
			checked = true
			for _, l := range all {
				if strings.Contains(l.Text, w.T("ready.named", "name", "")) {
					lines = append(lines, l.Text)
				}
			}
		})
		w.until("the check", func() bool { return checked })
		return lines
	}
	shown := protection.Shown(w.proposed(), w.Dossier.Outline(), w.Dossier.Index())
	if lines := named(); len(lines) == 0 || len(lines) != len(shown) {
		t.Fatalf("told: %q, shown are %v", lines, shown)
	}
	w.Protection.Hide(w.proposed())
	if lines := named(); len(lines) != 0 {
		t.Errorf("once all are redacted: %q", lines)
	}
}
