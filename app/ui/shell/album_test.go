package shell

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
	"butluc/app/ui/pathdialog"
	"butluc/app/ui/widgets"
)

// From the summary of a trial the album is made: all pictures of hearings, those of rehearsals where a person wants them, less
// those that they leave out; each is the one that stood there.
func TestTheAlbumIsMadeAfterTheTrial(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.do(keys.Next)
	w.until("the second page", func() bool { return w.session.Stage.State().Stands && w.session.Stage.State().At == 1 })
	w.do(keys.End)
	w.question.Key(keys.Chord{Mods: keys.Ctrl | keys.Shift, Key: "E"}, false)
	tr := w.window.session.T
	w.until("the summary", func() bool { return w.tappable(tr("album.open")) != nil })
	w.tapLabel(tr("album.open"))
	if b := w.tappable(tr("album.write", "count", 0)); b == nil || !b.Disabled() || !strings.Contains(said(w.trial.Content()), tr("album.no-pictures")) {
		t.Fatalf("of a rehearsal alone, offered is\n%s", said(w.trial.Content()))
	}
	w.tapLabel(tr("album.rehearsals"))
	w.tapLabel(tr("album.nothing"))
	w.tapLabel(tr("album.all"))
	if w.tappable(tr("album.write", "count", 2)) == nil {
		t.Fatalf("two pictures were shown:\n%s", said(w.trial.Content()))
	}
	for _, o := range test.LaidOutObjects(w.trial.Content()) {
		if b, ok := o.(*widgets.Button); ok && strings.HasPrefix(b.Label, "1  ·") {
			test.Tap(b) // leaves the first out
		}
	}
	w.tapLabel(tr("print-format.docx"))
	dir := t.TempDir()
	w.chooser.ask = func(_ context.Context, r pathdialog.Request) (string, error) { return filepath.Join(dir, r.Name), nil }
	w.tapLabel(tr("album.write", "count", 1))
	w.until("the album", func() bool { _, busy := w.session.Jobs.Now(); return !busy && w.session.Notices.Now().File != "" })
	file := w.session.Notices.Now().File
	data, err := os.ReadFile(file)
	if err != nil || filepath.Ext(file) != ".docx" || !bytes.HasPrefix(data, []byte("PK")) {
		t.Errorf("written is %q, %v", file, err)
	}
	if text := w.session.Notices.Now().Text; !strings.Contains(text, "1 hình, 1 hình dựng lại giống hệt") {
		t.Errorf("the foot says %q", text)
	}
}

// tapLabel taps what has a label.
func (w *testConsole) tapLabel(label string) {
	w.t.Helper()
	b := w.tappable(label)
	if b == nil {
		w.t.Fatalf("nothing is called %q in\n%s", label, said(w.trial.Content()))
	}
	test.Tap(b)
	w.pump()
}
