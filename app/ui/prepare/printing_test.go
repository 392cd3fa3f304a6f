package prepare

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/app/console/exchange"
	"butluc/app/keys"
	"butluc/presenter/print"
)

// What was chosen last stands in the sheet, so that Enter alone writes the outline; the line at the foot knows the file.
func TestTheOutlineIsPrintedByEnter(t *testing.T) {
	h := newHarness(t)
	dir := t.TempDir()
	h.s.Settings.Remember(exchange.PaperDirSetting, dir)
	h.openPrint()
	h.pump()
	if !h.sheet.Key(keys.Chord{Key: "Return"}, false) {
		t.Fatal("Enter does nothing")
	}
	h.until("the file to be written", func() bool { return h.s.Notices.Now().File != "" })
	file := h.s.Notices.Now().File
	data, err := os.ReadFile(file)
	if err != nil || filepath.Dir(file) != dir || !strings.HasPrefix(string(data), "%PDF") || h.sheet.Visible() {
		t.Errorf("written is %q (%v), the sheet is open: %v", file, err, h.sheet.Visible())
	}
}

// The list for the clerk has no notes to choose, and the backup sheets are PDF only.
func TestOnlyWhatCanBeChosenIsOffered(t *testing.T) {
	h := newHarness(t)
	h.openPrint()
	h.pump()
	h.tap("Word")
	h.tap(h.s.T("print.list"))
	if tapIn(h.content, h.s.T("print.no-notes")) {
		t.Error("notes are offered on the clerk's list")
	}
	h.tap(h.s.T("print.backup"))
	if tapIn(h.content, "Word") {
		t.Errorf("Word is offered for %s", print.Backup)
	}
}

// Without a mouse Tab goes from choice to choice, and Enter takes the one with the ring: it writes nothing then.
func TestTheSheetIsWorkedByKeys(t *testing.T) {
	h := newHarness(t)
	h.s.Settings.Remember(exchange.PaperDirSetting, t.TempDir())
	h.openPrint()
	h.pump()
	tab, enter := keys.Chord{Key: "Tab"}, keys.Chord{Key: "Return"}
	for range 3 { // past the closer, to the second of what can be printed
		h.sheet.Key(tab, false)
	}
	h.sheet.Key(enter, false)
	h.pump()
	if !h.sheet.Visible() || h.s.Notices.Now().File != "" {
		t.Fatal("Enter on a choice writes the file")
	}
	if tapIn(h.content, h.s.T("print.no-notes")) {
		t.Error("the list for the clerk was not chosen")
	}
}

// Slides have no words unless a person says so, each time that they are written; the bundle comes with its list, and is of the pages
// that are picked where one wants that.
func TestSlidesAndBundleAreWritten(t *testing.T) {
	h := newHarness(t)
	dir := t.TempDir()
	h.s.Settings.Remember(exchange.PaperDirSetting, dir)
	written := func(tap ...string) string {
		t.Helper()
		h.s.Notices.Clear()
		h.openPrint()
		h.pump()
		for _, label := range tap {
			h.tap(label)
		}
		h.sheet.Key(keys.Chord{Key: "Return"}, false)
		h.until("the file to be written", func() bool { _, busy := h.s.Jobs.Now(); return !busy && h.s.Notices.Now().Text != "" })
		return h.s.Notices.Now().File
	}
	own := written(h.s.T("print.slides"), h.s.T("print.own-use"))
	if !strings.Contains(own, "chỉ dùng riêng") || filepath.Ext(own) != ".pptx" {
		t.Errorf("for one's own use is written %q", own)
	}
	plain := written(h.s.T("print.slides"))
	if strings.Contains(plain, "chỉ dùng riêng") || filepath.Ext(plain) != ".pptx" {
		t.Errorf("after that, without being asked, is written %q", plain)
	}
	tapes := written(h.s.T("print.bundle"))
	list := strings.TrimSuffix(tapes, ".pdf") + " - danh mục.pdf"
	if data, err := os.ReadFile(tapes); err != nil || !strings.HasPrefix(string(data), "%PDF-1.7") {
		t.Errorf("the bundle is %q, %v", tapes, err)
	}
	if _, err := os.Stat(list); err != nil || !strings.Contains(h.s.Notices.Now().Text, filepath.Base(list)) {
		t.Errorf("its list: %v; the foot says %q", err, h.s.Notices.Now().Text)
	}
}
