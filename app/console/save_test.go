package console

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"butluc/app/console/exchange"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library"
	"butluc/presenter/print"
)

// Whatever is exported or printed a second time under a name leaves what was there, and the line at the foot names the
// file that was written.
func TestWhatIsSavedReplacesNothing(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 40, 20, false)}), nil)
	closeHarness(t, w)
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s0", Title: "Một"}, library.Place{Parent: "p"}))
	step := w.prepared(library.ShotOf(photograph))
	for ending, save := range map[string]func(string){
		".json":        w.Exchange.Export,
		".png":         func(file string) { w.Exchange.ExportShot(step, file) },
		".pdf":         func(file string) { w.Exchange.Print(exchange.Paper{Kind: print.Outline, Notes: true}, file) },
		".docx":        func(file string) { w.Exchange.Print(exchange.Paper{Kind: print.List}, file) },
		".backup.pdf":  func(file string) { w.Exchange.Print(exchange.Paper{Kind: print.Backup}, file) },
		".pptx":        func(file string) { w.Exchange.Print(exchange.Paper{Kind: print.Slides}, file) },
		".bundle.pdf":  func(file string) { w.Exchange.Bundle(nil, false, nil, file) },
		".album.pdf":   func(file string) { w.Exchange.Album(report.Record{}, nil, nil, file) },
		".journal.pdf": func(file string) { w.Recorder.Export(report.Record{}, nil, file) },
		".csv":         func(file string) { w.Recorder.Export(report.Record{}, nil, file) },
	} {
		file := filepath.Join(t.TempDir(), "Tệp"+ending)
		before := []byte("what a person kept")
		if err := os.WriteFile(file, before, 0o600); err != nil {
			t.Fatal(err)
		}
		w.Notices.Clear()
		save(file)
		w.until("what is told of "+ending, func() bool { _, working := w.Jobs.Now(); return !working && w.Notices.Now().Text != "" })
		if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, before) {
			t.Errorf("%s: what was there is gone (%v)", ending, err)
		}
		last := filepath.Ext(ending)
		other := strings.TrimSuffix(file, last) + " (2)" + last
		if info, err := os.Stat(other); err != nil || info.Size() == 0 {
			t.Errorf("%s: no second file: %v", ending, err)
		}
		if text := w.Notices.Now().Text; !strings.Contains(text, other) {
			t.Errorf("%s: told is %q, written was %s", ending, text, other)
		}
	}
}

func TestFilesAreNamedByWhatTheyAreTheCaseAndTheDay(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 40, 20, false)}), nil)
	closeHarness(t, w)
	day := time.Date(2026, 11, 3, 9, 0, 0, 0, time.Local)
	if got, want := w.Exchange.FileName("Nhật ký trình chiếu", ".pdf", day), "Nhật ký trình chiếu - Vụ án - 2026-11-03.pdf"; got != want {
		t.Errorf("the file is called %q, want %q", got, want)
	}
}

// A window in English prints in Vietnamese, for a Vietnamese court: it stays in English, and so does another window.
func TestPrintingLeavesTheWindowsLanguageAlone(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 40, 20, false)}), nil)
	closeHarness(t, w)
	other := startHarness(t, t.TempDir(), nil)
	closeHarness(t, other)
	w.SetLanguage("en")
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s0", Title: "Một"}, library.Place{Parent: "p"}))
	w.prepared(library.ShotOf(library.PageID{Path: "không có.jpg"}))
	file := filepath.Join(t.TempDir(), "Đề cương.docx")
	w.Exchange.Print(exchange.Paper{Kind: print.Outline, Notes: true}, file)
	w.until("the outline to be printed", func() bool { _, working := w.Jobs.Now(); return !working && w.Notices.Now().Text != "" })
	if got, want := w.Notices.Now().Text, i18n.In("en").T("print.done", "name", file); got != want {
		t.Errorf("the window says %q, want %q", got, want)
	}
	if w.Language() != "en" || other.Language() != "vi" {
		t.Errorf("the windows are in %s and %s", w.Language(), other.Language())
	}
	printed, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer printed.Close()
	document, err := fs.ReadFile(printed, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if vi, en := i18n.In("vi").T("finding.missing"), i18n.In("en").T("finding.missing"); !bytes.Contains(document, []byte(vi)) || bytes.Contains(document, []byte(en)) {
		t.Errorf("on paper it says not %q, or %q", vi, en)
	}
}
