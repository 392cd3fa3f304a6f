package shell

import (
	"context"
	"path/filepath"
	"testing"

	"butluc/app/console/court"
	"butluc/app/keys"
	"butluc/app/ui/pathdialog"
	"butluc/app/ui/widgets"
)

// answer is what a person does in a dialog of the system's.
type answer struct {
	path string
	err  error
}

// asking is a system whose dialogs get their answers from a channel.
func asking(answers <-chan answer) func(context.Context, pathdialog.Request) (string, error) {
	return func(ctx context.Context, _ pathdialog.Request) (string, error) {
		select {
		case a := <-answers:
			return a.path, a.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// The system's dialog asks where there is one, beside all else, and begins where it ended last time: each purpose has a
// folder of its own.
func TestTheSystemsDialogAsks(t *testing.T) {
	w := newConsole(t)
	answers, asked := make(chan answer), make(chan pathdialog.Request, 1)
	w.chooser.ask = func(ctx context.Context, r pathdialog.Request) (string, error) {
		asked <- r
		return asking(answers)(ctx, r)
	}
	first, second := t.TempDir(), t.TempDir()
	beside := filepath.Dir(w.session.Dossier.Pages()[0].Path)
	if snapshot, ok := w.session.Dossier.Snapshot(); ok {
		beside = filepath.Dir(snapshot.Case.Path)
	}
	for _, step := range []struct {
		what, from, choose, want string
		ask                      func(chosen func(string))
	}{
		{"a folder", beside, first, first, func(chosen func(string)) { w.chooser.ChooseFolder("print.where", "choose.here", chosen) }},
		{"the folder again", first, second, second, func(chosen func(string)) { w.chooser.ChooseFolder("print.where", "choose.here", chosen) }},
		{"a file", beside, filepath.Join(first, "a.json"), filepath.Join(first, "a.json"), func(chosen func(string)) {
			w.chooser.ChooseFile("import.which", []string{".json"}, chosen)
		}},
		{"a new file", beside, filepath.Join(second, "b"), filepath.Join(second, "b.json"), func(chosen func(string)) {
			w.chooser.ChooseSave("export.where", "Đề cương", ".json", chosen)
		}},
		{"a new file again", second, filepath.Join(first, "c.JSON"), filepath.Join(first, "c.JSON"), func(chosen func(string)) {
			w.chooser.ChooseSave("export.where", "Đề cương", ".json", chosen)
		}},
	} {
		var got string
		step.ask(func(path string) { got = path })
		r := <-asked
		if r.Dir != step.from || r.Title == "" {
			t.Errorf("%s: it begins in %q with the title %q, want %q", step.what, r.Dir, r.Title, step.from)
		}
		if w.overlay() != widgets.Overlay(w.picking) {
			t.Errorf("%s: the console is not covered", step.what)
		}
		answers <- answer{path: step.choose}
		w.until("the answer to "+step.what, func() bool { return got != "" })
		if got != step.want || w.overlay() != nil {
			t.Errorf("%s: chosen is %q, want %q; over the console lies %v", step.what, got, step.want, w.overlay())
		}
	}
}

func TestTheSystemsDialogIsClosed(t *testing.T) {
	for name, end := range map[string]func(*testConsole, chan answer){
		"by itself":      func(_ *testConsole, answers chan answer) { answers <- answer{err: pathdialog.ErrCancelled} },
		"by Esc":         func(w *testConsole, _ chan answer) { w.overlay().Close() },
		"when mirrored":  func(w *testConsole, _ chan answer) { w.coverUp(true); w.coverUp(false) },
		"as it is drawn": func(w *testConsole, answers chan answer) { w.redraw(); answers <- answer{err: pathdialog.ErrCancelled} },
	} {
		w := newConsole(t)
		answers, gone := make(chan answer), make(chan struct{})
		w.chooser.ask = func(ctx context.Context, r pathdialog.Request) (string, error) {
			defer close(gone)
			return asking(answers)(ctx, r)
		}
		w.chooser.ChooseFolder("print.where", "choose.here", func(string) { t.Errorf("%s: something was chosen", name) })
		if !w.picking.content.Visible() {
			t.Errorf("%s: nothing says that a dialog is open", name)
		}
		end(w, answers)
		<-gone
		w.until("the console to be free "+name, func() bool { return w.overlay() == nil })
	}
}

// Where the system has no dialog the toolkit's opens, then and from then on; and during a trial on a single screen, where
// the court would see it.
func TestTheToolkitsDialogIsTheLastResort(t *testing.T) {
	w := newConsole(t)
	times := 0
	w.chooser.ask = func(context.Context, pathdialog.Request) (string, error) {
		times++
		return "", pathdialog.ErrMissing
	}
	toolkits := func() bool { return (toolkitOverlay{w.window}).Visible() }
	w.chooser.ChooseSave("export.where", "Đề cương", ".json", func(string) {})
	w.until("the toolkit's dialog", toolkits)
	w.overlay().Close()
	w.openFolder()
	if !toolkits() || times != 1 {
		t.Errorf("the toolkit's dialog is open: %v; the system was asked %d times", toolkits(), times)
	}
	w.overlay().Close()

	w.session.Court.ChooseMode(court.ModeSingle)
	w.start()
	w.enter(keys.Trial)
	w.chooser.ask = func(context.Context, pathdialog.Request) (string, error) {
		t.Error("the system's dialog opened on the screen that the court sees")
		return "", pathdialog.ErrCancelled
	}
	w.openFolder()
	if !toolkits() {
		t.Error("no dialog opened")
	}
}
