package console

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
)

// What is left of a damaged database is not changed before a person says so. The trial begins all the same, and its
// journal notes from what.
func TestCaseLeftOfADamagedDatabase(t *testing.T) {
	dir := consoletest.SampleCase(t)
	change := func(o *casefile.Options) { o.NoHash = true }
	w := openHarness(t, dir, change)
	w.outline()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := errors.Join(os.RemoveAll(filepath.Join(home, "edits")), os.WriteFile(filepath.Join(home, "case.db"), []byte("hỏng"), 0o600)); err != nil {
		t.Fatal(err)
	}

	w = openHarness(t, dir, change)
	if n := w.Notices.Now(); !w.Edits.Doubtful() || !n.Ask || !n.Warn {
		t.Errorf("on opening: doubtful %v, %+v", w.Edits.Doubtful(), n)
	}
	add := func() bool {
		return w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: library.NewID(), Title: "Tranh luận"}, library.Place{}))
	}
	w.Notices.Clear()
	if add() || !w.Notices.Now().Ask {
		t.Errorf("an edit went through unasked: %+v", w.Notices.Now())
	}
	w.Start(false)
	w.until("the journal to be open", func() bool { return w.log.Load() != nil && w.Session.Recorder.Journal() != nil })
	if err := w.log.Load().Flush(); err != nil || !w.Stage.Running() {
		t.Fatalf("running %v, %v", w.Stage.Running(), err)
	}
	noted := ""
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		if e.Kind == journal.KindStart {
			noted = e.Text
		}
	}); err != nil || noted == "" || noted != w.Edits.Doubt() {
		t.Errorf("the journal notes %q, want %q; %v", noted, w.Edits.Doubt(), err)
	}
	w.Edits.GoOn()
	if w.Edits.Doubtful() || w.Notices.Now().Ask || !add() {
		t.Errorf("after going on: doubtful %v, %+v", w.Edits.Doubtful(), w.Notices.Now())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = openHarness(t, dir, change)
	if w.Edits.Doubtful() || w.Notices.Now().Ask {
		t.Errorf("asked again: %+v", w.Notices.Now())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// A case folder that was put back from an older copy asks on opening, and what the person is told names no damage.
func TestACaseFolderPutBackAsksOnOpening(t *testing.T) {
	dir, data, older := consoletest.SampleCase(t), t.TempDir(), t.TempDir()
	change := func(o *casefile.Options) { o.NoHash, o.DataDir = true, data }
	w := openHarness(t, dir, change)
	w.outline()
	if err := errors.Join(w.Close(), os.CopyFS(older, os.DirFS(dir))); err != nil {
		t.Fatal(err)
	}
	w = openHarness(t, dir, change)
	if !w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: library.NewID(), Title: "Tranh luận"}, library.Place{})) {
		t.Fatal("no edit")
	}
	if err := errors.Join(w.Close(), os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(older))); err != nil {
		t.Fatal(err)
	}
	w = openHarness(t, dir, change)
	notices := w.Dossier.Latest().Notices
	if n := w.Notices.Now(); !n.Ask || !n.Warn || len(notices) != 1 || notices[0].Code != casefile.NoticeOutdated {
		t.Errorf("on opening: %+v of %+v", n, notices)
	}
	w.Edits.GoOn()
	if w.Edits.Doubtful() {
		t.Error("there is no way on")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
