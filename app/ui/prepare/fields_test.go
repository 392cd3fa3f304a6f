package prepare

import (
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// focusedField is the field that has the keyboard.
func (h *harness) focusedField() *widgets.Field {
	h.t.Helper()
	f, ok := h.win.Canvas().Focused().(*widgets.Field)
	if !ok {
		h.t.Fatalf("the keyboard is with %T", h.win.Canvas().Focused())
	}
	return f
}

func (h *harness) typeIn(text string) {
	for _, r := range text {
		h.win.Canvas().Focused().TypedRune(r)
	}
}

// A field that opens with a text that the program proposes has it selected: what is typed takes its place.
func TestWhatIsTypedReplacesWhatIsProposed(t *testing.T) {
	h := newHarness(t)
	h.edit(h.s.Dossier.Outline().SetAll("binding", library.Binding{First: library.PageID{Path: record}, Volume: "Tập 2"}))
	h.s.Edits.SetRecording(library.Recording{First: library.PageID{Path: film}, Clock: "2024-05-12 21:03:17"})
	for _, c := range []struct {
		what string
		page library.PageID
		open func()
	}{
		{"number from this page on", library.PageID{Path: record}, func() { h.openNumbering(h.s.Study.Current().Page) }},
		{"move numbers", library.PageID{Path: record}, func() { h.openRenumbering(h.s.Study.Current().Page) }},
		{"series and volume", library.PageID{Path: record}, func() { h.openBinding(h.s.Study.Current().Page) }},
		{"proposed numbers", library.PageID{Path: record}, func() { (&proposalForm{r: h.Room}).open() }},
		{"the camera's clock", library.PageID{Path: film}, h.openClock},
		{"a document that begins here", library.PageID{Path: record, Index: 1}, func() { h.press(keys.BeginDocument) }},
		{"a new phase", library.PageID{Path: record}, func() { h.press(keys.NewPhase) }},
	} {
		h.look(c.page.Path, c.page.Index)
		c.open()
		h.pump()
		f := h.focusedField()
		if f.Text == "" {
			t.Errorf("%s: nothing is proposed", c.what)
		}
		h.typeIn("61")
		if f.Text != "61" {
			t.Errorf("%s: after typing 61 the field says %q", c.what, f.Text)
		}
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		h.sheet.Close()
		h.pump()
	}
}

// What a person wrote before is not: one who opens it to add a word must not lose it.
func TestWhatAPersonWroteIsNotReplaced(t *testing.T) {
	h := newHarness(t)
	h.look(record, 0)
	h.edit(h.s.Dossier.Outline().Set(library.PageNote{Page: h.noting.noted(), Text: "Hỏi thêm"}))
	h.bar.openNote(h.noting.noted())
	h.pump()
	if h.typeIn("!"); h.focusedField().Text != "Hỏi thêm!" {
		t.Errorf("the note says %q", h.focusedField().Text)
	}
}
