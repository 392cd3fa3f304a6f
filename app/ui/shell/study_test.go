package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/study"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/display"
)

// excerpted gives the case two excerpts that contradict each other, and a matter that both are about.
func (w *testConsole) excerpted() (accuses, clears library.Excerpt) {
	w.t.Helper()
	pages := w.session.Dossier.Pages()
	area := library.AreaOf(library.Rect{X0: 0.1, Y0: 0.2, X1: 0.8, Y1: 0.24})
	accuses = library.Excerpt{ID: "a", Page: pages[4], Area: area, Text: "Bị cáo có mặt ở quán lúc 21 giờ", Side: library.SideAccuses, Matters: library.IDsOf("m")}
	clears = library.Excerpt{ID: "b", Page: pages[9], Area: area, Text: "Bị cáo rời quán trước 21 giờ", Side: library.SideClears, Matters: library.IDsOf("m")}
	for _, edit := range []func(library.Outline) library.Edit{
		func(o library.Outline) library.Edit {
			return o.AddMatter(library.Matter{ID: "m", Title: "Thời gian"}, library.Place{})
		},
		func(o library.Outline) library.Edit { return o.AddExcerpt(accuses) },
		func(o library.Outline) library.Edit { return o.AddExcerpt(clears) },
	} {
		if !w.session.Edits.Edit(edit(w.session.Dossier.Outline())) {
			w.t.Fatal("refused")
		}
	}
	w.pump()
	return accuses, clears
}

// typed types a text into the field that has the keyboard.
func (w *testConsole) typed(text string) {
	for _, r := range text {
		w.win.Canvas().Focused().TypedRune(r)
	}
	w.pump()
}

func (w *testConsole) key(names ...string) {
	for _, name := range names {
		hands["the console"](w, display.KeyEvent{Name: name})
		w.pump()
	}
}

// An argument of the defence, as it is noted, finds the excerpts that meet it, the accusing one first; one more key and it is in
// Preview with its passage highlighted, while the court sees what it saw.
func TestAnArgumentIsMetBeforeCounselSitsDown(t *testing.T) {
	w := newConsole(t)
	accuses, _ := w.excerpted()
	w.start()
	program := w.session.Stage.State().Program
	w.do(keys.Note)
	w.note.change()
	w.typed("bị cáo không có mặt ở quán")
	if len(w.note.answers) == 0 || w.note.answers[0].Excerpt.ID != accuses.ID {
		t.Fatalf("offered: %+v", w.note.answers)
	}
	w.key("Down", "Return")
	preview := w.session.Stage.State().Preview.First()
	if preview.Page != accuses.Page || len(preview.Marks.List()) != 1 {
		t.Errorf("in Preview there is %+v", preview)
	}
	if w.session.Stage.State().Program != program || w.note.visible() {
		t.Error("the court sees something else, or the line is still open")
	}
	w.do(keys.Note)
	w.typed("một câu trả lời về quán")
	w.note.change() // an answer again
	if len(w.note.answers) != 0 {
		t.Error("excerpts are offered to an answer")
	}
}

// The search has the excerpts before the pages; Enter brings the first into Preview.
func TestExcerptsAreFoundFirst(t *testing.T) {
	w := newConsole(t)
	accuses, clears := w.excerpted()
	w.start()
	w.do(keys.Find)
	w.typed("bi cao quan")
	w.key("Return")
	if got := w.session.Stage.State().Preview.First().Page; got != accuses.Page {
		t.Errorf("in Preview there is %v", got)
	}
	w.do(keys.Find)
	w.typed("bi cao quan")
	w.key("Down", "Return")
	if got := w.session.Stage.State().Preview.First().Page; got != clears.Page {
		t.Errorf("the second is %v", got)
	}
}

// The room is worked by keys alone: from the table to the system of evidence, a contradiction tied, a step and a scenario made,
// a page opened; in a trial nothing of it changes what the court sees.
func TestTheStudyIsWorkedByKeys(t *testing.T) {
	w := newConsole(t)
	accuses, clears := w.excerpted()
	w.do(keys.GoStudy)
	if _, is := w.room.(*study.Room); !is {
		t.Fatalf("the room is %T", w.room)
	}
	outline := func() library.Outline { return w.session.Dossier.Outline() }
	steps := outline().Count(library.TableSteps)
	w.key("Home")
	if e, _ := w.session.Excerpts.Chosen(); e.ID != accuses.ID {
		t.Fatalf("the first is %q", e.ID)
	}
	w.key("Space", "Down", "M")
	if _, tied := outline().Contradiction(accuses.ID, clears.ID); !tied {
		t.Error("no contradiction is tied")
	}
	w.key("3")
	if e, _ := outline().Excerpt(clears.ID); e.Side != library.SideNone {
		t.Errorf("its side is %q", e.Side)
	}
	w.key("2")
	w.do(keys.IntoOutline)
	if outline().Count(library.TableSteps) != steps+1 {
		t.Error("no step was made")
	}
	w.key("Tab", "Home")
	w.do(keys.IntoOutline)
	if outline().Count(library.TableSteps) != steps+3 {
		t.Errorf("of the matter, %d steps", outline().Count(library.TableSteps)-steps-1)
	}
	w.key("Down")
	var field *widgets.Field
	w.seen(func(o fyne.CanvasObject) {
		if f, is := o.(*widgets.Field); is && f.PlaceHolder == w.window.session.T("excerpt.contradiction") {
			field = f
		}
	})
	if field == nil {
		t.Fatal("in what two excerpts contradict each other can't be typed")
	}
	w.win.Canvas().Focus(field)
	w.typed("giờ rời quán")
	w.key("Escape")
	if c, _ := outline().Contradiction(accuses.ID, clears.ID); c.Text != "giờ rời quán" {
		t.Errorf("in what they contradict each other: %q", c.Text)
	}
	w.key("Home", "Insert")
	if outline().Count(library.TableMatters) != 2 {
		t.Error("no matter was added")
	}
	w.key("Escape", "Home", "Down", "Left", "Return")
	if w.at != keys.Prepare || w.session.Study.Current().Page != accuses.Page {
		t.Errorf("Enter goes to room %d, page %v", w.at, w.session.Study.Current().Page)
	}

	w.start()
	program := w.session.Stage.State().Program
	w.do(keys.GoStudy)
	for _, b := range keys.Table {
		if b.Rooms&keys.Study == 0 || b.Owners != keys.OfExcerpts {
			continue
		}
		w.do(keys.GoStudy)
		for _, c := range b.Chords {
			hands["the console"](w, keyEvent(c))
			w.pump()
		}
		if w.session.Stage.State().Program != program {
			t.Fatalf("%q changed what the court sees", b.Action)
		}
	}
}
