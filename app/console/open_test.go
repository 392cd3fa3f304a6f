package console

import (
	"io/fs"
	"path/filepath"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/dossier"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
)

// A file of a case opens the case, at that file: of a new case once it is listed, of the open one at once.
func TestAFileOpensItsCase(t *testing.T) {
	pdfs := func(dir string) []string {
		files, err := filepath.Glob(filepath.Join(dir, "*", "*.pdf"))
		if err != nil || len(files) < 2 {
			t.Fatalf("the sample has %d files: %v", len(files), err)
		}
		return files
	}
	alone := pdfs(consoletest.SampleCase(t))[1]
	w := openHarness(t, alone, nil)
	closeHarness(t, w)
	if c, _ := w.Dossier.Snapshot(); c.Case.Path != filepath.Dir(alone) || w.Study.Current().Page.Path != filepath.Base(alone) {
		t.Errorf("of no case yet: at %v of %s, want %s", w.Study.Current().Page, c.Case.Path, alone)
	}
	dir := consoletest.SampleCase(t)
	w.Open(dir)
	w.until("the case", func() bool {
		c, ok := w.Dossier.Snapshot()
		return ok && c.Case.Path == dir && len(w.Dossier.Pages()) > 0
	})
	for _, file := range pdfs(dir)[:2] {
		w.Open(file)
		rel, _ := filepath.Rel(dir, file)
		w.until("the file", func() bool { return w.Opening() == "" && w.Study.Current().Page.Path == library.EscapePath(rel) })
		if c, _ := w.Dossier.Snapshot(); c.Case.Path != dir {
			t.Errorf("%s opened %s", file, c.Case.Path)
		}
	}
}

func TestTheShelfKnowsWhenACaseWasOpened(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	if entries := w.Settings.Shelf().Cases(); len(entries) != 1 || entries[0].Opened.IsZero() {
		t.Errorf("the shelf has %+v", entries)
	}
}

func TestWhyThereIsNothingToLookAt(t *testing.T) {
	locked := library.Exhibits([]library.File{{Path: "BL 1.pdf", Fault: library.Fault{Code: library.FaultEncrypted}}})
	for _, c := range []struct {
		of   casefile.Snapshot
		want string
	}{
		{casefile.Snapshot{}, i18n.In("vi").T("prepare.empty")},
		{casefile.Snapshot{Case: library.Case{Path: "/an"}, Err: fs.ErrPermission}, i18n.In("vi").T("prepare.unreadable", "name", "/an", "why", i18n.In("vi").T("why.refused"))},
		{casefile.Snapshot{Exhibits: locked}, i18n.In("vi").T("prepare.none-shown", "count", 1)},
		{casefile.Snapshot{Reading: true, Progress: intake.Progress{Stage: intake.StageList}}, i18n.In("vi").T("prepare.listing")},
	} {
		ds := dossier.New(nil, nil, nil, nil)
		ds.Take(c.of)
		if got := label.New(ds, func() i18n.Catalogue { return i18n.In("vi") }).NothingText(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
