package shell

import (
	"testing"

	"butluc/app/keys"
)

// A case that is opened again is looked at where it was left; another one at its beginning.
func TestACaseGoesOnWhereItWasLeft(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Prepare)
	pages := w.session.Dossier.Pages()
	w.session.Study.Select(pages[3])
	w.enter(keys.Shelf)
	w.session.Study.Select(pages[0])
	w.opened()
	if got := w.session.Study.Current().Page; got != pages[3] {
		t.Errorf("the case goes on at %v, not at %v", got, pages[3])
	}
	for what, text := range map[string]string{
		"another case": `{"case":"/elsewhere","path":"` + pages[3].Path + `"}`, "a page that is gone": `{"case":"","path":"gone.pdf","page":2}`, "rubbish": "{",
	} {
		w.session.Study.Select(pages[1])
		w.session.Settings.Remember(lookedSetting, text)
		w.goOnLooking()
		if got := w.session.Study.Current().Page; got != pages[1] {
			t.Errorf("%s: what is looked at is %v", what, got)
		}
	}
}

// A file that was written is opened by another program, which might stand on the court's screen: never while a trial runs.
func TestNothingIsOpenedWhileTheCourtIsWatching(t *testing.T) {
	w := newConsole(t)
	w.session.Notices.TellFile("Đã ghi tệp.", "/tmp/x.pdf")
	w.pump()
	if b, _ := w.button("notice.open-file"); b == nil {
		t.Fatal("the file can't be opened")
	}
	w.enter(keys.Trial)
	w.start()
	w.session.Notices.TellFile("Đã ghi tệp.", "/tmp/x.pdf")
	w.pump()
	if b, _ := w.button("notice.open-file"); b != nil {
		t.Error("the file can be opened in a trial")
	}
}
