package prepare

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"butluc/app/console/folios"
	"butluc/app/keys"
	"butluc/library"
)

// openTable opens the table of folios while the film is looked at, and chooses a row.
func (h *harness) openTable(chosen func(folios.Row) bool) folios.Row {
	h.t.Helper()
	h.look(film, 0)
	h.Do(keys.FolioTable)
	h.until("the rows", func() bool { return len(h.folios.rows) > 0 })
	for i, r := range h.folios.rows {
		if chosen(r) {
			h.folios.list.choose(i)
			return r
		}
	}
	h.t.Fatalf("no such row among %+v", h.folios.rows)
	return folios.Row{}
}

// What the table does is of the row that is chosen in it, by the menu as by the key; not of the page beneath.
func TestTheTableActsOnItsChosenRow(t *testing.T) {
	h := newHarness(t)
	ofRecord := func(r folios.Row) bool { return r.Page.Path == record }
	for what, do := range map[string]func(){
		"the menu": func() { h.folios.actions()[0].Action() },
		"the key": func() {
			h.focusedField().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyB, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
		},
		"the key, once no field has the keyboard": func() { h.sheet.Key(keys.Chord{Key: "B", Mods: keys.Ctrl | keys.Shift}, false) },
	} {
		h.edit(h.s.Dossier.Outline().SetAll("note", library.PageNote{Page: library.PageID{Path: record, Index: 1}, Folio: "90"}))
		row := h.openTable(ofRecord)
		do()
		f := h.focusedField()
		h.typeIn("1001")
		if f.Text != "1001" || !strings.Contains(h.sheet.Title(), h.s.Labels.FullName(row.Page)) {
			t.Errorf("%s: the sheet is “%s”, with %q typed; want it of %s", what, h.sheet.Title(), f.Text, h.s.Labels.FullName(row.Page))
		}
		h.sheet.Close()
	}
}

// A click on a column's head sorts by it, another the other way round, a third gives the order of the file back.
func TestTheTableOfFoliosIsSorted(t *testing.T) {
	h := newHarness(t)
	h.edit(h.s.Dossier.Outline().Set(library.PageNote{Page: library.PageID{Path: record, Index: 1}, Folio: "90"}))
	h.openTable(func(folios.Row) bool { return true })
	file := slices.Clone(h.folios.rows)
	first := func() int { return h.folios.rows[0].Folios.First.Number }
	h.folios.heads.Click(2)
	low := first()
	h.folios.heads.Click(2)
	high := first()
	for _, row := range h.folios.rows {
		if n := row.Folios.First.Number; n < low || n > high {
			t.Errorf("%d stands between %d and %d", n, low, high)
		}
	}
	if high <= low {
		t.Errorf("sorted the one way %d is first, the other way %d", low, high)
	}
	h.folios.heads.Click(2)
	if !slices.Equal(h.folios.rows, file) {
		t.Error("the third click does not give the order of the file back")
	}
}
