package shell

import (
	"encoding/json"
	"testing"

	"butluc/app/keys"
	"butluc/library"
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
		(stay{w.window}).goOn()
		if got := w.session.Study.Current().Page; got != pages[1] {
			t.Errorf("%s: what is looked at is %v", what, got)
		}
	}
}

// "Continue where you stopped" is one key on the shelf: the case, the room and the page. It stands in the row that says so. A
// room is gone into again, a trial never: it is begun by a person.
func TestOneKeyResumesTheWork(t *testing.T) {
	for _, at := range []keys.Room{keys.Prepare, keys.Trial} {
		w := newConsole(t)
		if _, _, ok := (stay{w.window}).where(); ok {
			t.Error("a new user is to go on")
		}
		w.enter(at)
		page := w.session.Dossier.Pages()[3]
		w.session.Study.Select(page)
		w.enter(keys.Shelf)
		w.pump()
		if _, name, ok := (stay{w.window}).where(); !ok || name != w.session.Labels.Name(page) {
			t.Errorf("room %d: it goes on at %q, %v", at, name, ok)
		}
		dir := w.session.Dossier.Latest().Case.Path
		w.session.Study.Select(w.session.Dossier.Pages()[0])
		w.enter(keys.Shelf)
		w.session.Settings.Remember(lookedSetting, w.kept(dir, page, at)) // as it was kept before the other page was looked at
		resume := keyEvent(keys.ChordsIn(keys.Shelf, keys.Resume)[0])
		hands["the console"](w, resume)
		w.pump()
		if st := w.session.Stage.State(); w.at != at || w.session.Study.Current().Page != page || st.Running {
			t.Errorf("the open case goes on in room %d at %v, running %v; want room %d, %v", w.at, w.session.Study.Current().Page, st.Running, at, page)
		}
		w.enter(keys.Shelf)
		if w.opened(); w.at != at || w.session.Stage.Running() { // as its case is opened
			t.Errorf("the case that was opened goes on in room %d, running %v; want room %d", w.at, w.session.Stage.Running(), at)
		}
	}
}

// kept is where a person was, as it is kept.
func (w *testConsole) kept(dir string, page library.PageID, at keys.Room) string {
	w.t.Helper()
	text, err := json.Marshal(looked{dir, page.Path, page.Index, roomNames[at], ""})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
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
