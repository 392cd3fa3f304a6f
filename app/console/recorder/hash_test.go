package recorder

import (
	"path/filepath"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
)

// A file that became another one since it was shown gives its SHA-256 to no line.
func TestAnotherFilesHashCompletesNothing(t *testing.T) {
	loop := consoletest.NewLoop(t)
	j, _, err := journal.Open(filepath.Join(t.TempDir(), "journal"), filepath.Join(t.TempDir(), "head"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	lang := i18n.NewLocalizer("")
	events := event.New(loop.Post, event.Hooks{
		Waits: func() event.Wait { return event.Nobody }, Gather: func() event.Topic { return 0 }, Wish: func() {},
	})
	notices := notice.New(events, lang)
	d := Deps{
		Dossier: dossier.New(nil, nil, nil, nil), Stage: &stage.Stage{}, Events: events, Notices: notices, Jobs: job.New(events, notices, lang),
		Settings: settings.New(consoletest.Settings(t)), Journal: func() (*journal.Journal, error) { return j, nil },
	}
	d.Labels = label.New(d.Dossier, lang.In)
	d.Court = court.New(&court.Options{}, events, notices, d.Settings, func() {})
	rec := New(d)
	has := func(f library.File) {
		d.Dossier.Take(casefile.Snapshot{Exhibits: library.Exhibits([]library.File{f})})
		rec.Complete()
	}
	file := library.File{Path: "BL 1.jpg", Kind: library.ParseKind("jpg"), Pages: 1, Size: 10}
	has(file)
	rec.Begin("")
	loop.Until("the journal to be open", func() bool { return rec.Journal() != nil })
	line := journal.Entry{Kind: journal.KindShow, Shown: &journal.Shown{Panes: []journal.Pane{{Path: file.Path, Page: 1}}}}
	hashed := func() (last *journal.Hashed) {
		if err := j.Flush(); err != nil {
			t.Fatal(err)
		}
		if _, err := journal.ReadFile(j.Path(), func(e journal.Entry) { last = e.Hashed }); err != nil {
			t.Fatal(err)
		}
		return last
	}
	rec.append(line, nil)
	file.Size, file.SHA256 = 11, "b"
	has(file)
	if h := hashed(); h != nil {
		t.Errorf("it is completed: %+v", h)
	}
	file.SHA256 = ""
	has(file)
	rec.append(line, nil)
	file.SHA256 = "b"
	has(file)
	if h := hashed(); h == nil || h.SHA256 != "b" || len(h.Lines) != 1 {
		t.Errorf("the file itself does not complete its line: %+v", h)
	}
}
