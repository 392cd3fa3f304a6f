package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// record is what a field is bound to.
type record struct {
	text string
	sets []string
}

// bound is a field in a window, bound to a record. What is posted waits in the channel.
func bound(t *testing.T, f *Field, r *record) (*Bound, chan func()) {
	t.Helper()
	posts := make(chan func(), 10)
	b := Bind(f, func(f func()) { posts <- f }, func() {}, func() string { return r.text }, func(text string) {
		r.text = text
		r.sets = append(r.sets, text)
	})
	w := test.NewTempWindow(t, b.Field)
	w.Canvas().Focus(b.Field)
	b.Update()
	return b, posts
}

// Promise 7: the room is drawn anew while a person types, for whatever reason; what is typed stays in the field.
func TestWhatIsTypedStaysWhenTheRoomIsDrawnAnew(t *testing.T) {
	test.NewTempApp(t)
	r := &record{text: "Vì sao"}
	b, posts := bound(t, NewText(""), r)
	if b.Text != "Vì sao" {
		t.Fatalf("the field shows %q", b.Text)
	}
	b.ToEnd()
	for _, letter := range " bị cáo" {
		test.Type(b.Field, string(letter))
		b.Update()
	}
	if b.Text != "Vì sao bị cáo" || r.text != "Vì sao" {
		t.Fatalf("the field shows %q, kept is %q", b.Text, r.text)
	}
	(<-posts)() // typing rests
	b.Update()
	if r.text != "Vì sao bị cáo" || b.Text != r.text {
		t.Errorf("the field shows %q, kept is %q", b.Text, r.text)
	}
	if len(r.sets) != 1 {
		t.Errorf("it was kept %d times: %q", len(r.sets), r.sets)
	}
}

// What was changed elsewhere, as by undo, is shown, also over what is being typed; and that is not kept later.
func TestWhatWasChangedElsewhereIsShownAnew(t *testing.T) {
	test.NewTempApp(t)
	r := &record{text: "một"}
	b, posts := bound(t, NewText(""), r)
	r.text = "hai"
	b.Update()
	if b.Text != "hai" {
		t.Fatalf("the field shows %q, want what is there now", b.Text)
	}
	b.ToEnd()
	test.Type(b.Field, " ba")
	r.text = "bốn"
	b.Update()
	if b.Text != "bốn" {
		t.Errorf("the field shows %q, want what is there now", b.Text)
	}
	b.Keep()
	for len(posts) > 0 {
		(<-posts)()
	}
	if r.text != "bốn" || len(r.sets) > 0 {
		t.Errorf("kept is %q, by %q", r.text, r.sets)
	}
}

// Leaving the field, by whatever way, keeps what was typed at once, and once.
func TestLeavingTheFieldKeepsWhatWasTyped(t *testing.T) {
	test.NewTempApp(t)
	for name, leave := range map[string]func(*Bound){
		"the keyboard goes elsewhere": func(b *Bound) { b.FocusLost() },
		"Esc":                         func(b *Bound) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) },
		"Enter in one line":           func(b *Bound) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
	} {
		r := &record{}
		b, _ := bound(t, NewField(""), r)
		test.Type(b.Field, "Vì sao? ")
		leave(b)
		if r.text != "Vì sao?" {
			t.Errorf("%s: kept is %q", name, r.text)
		}
		b.Update()
		leave(b)
		if len(r.sets) != 1 {
			t.Errorf("%s: kept %d times: %q", name, len(r.sets), r.sets)
		}
	}
}

// A record that refuses the text, or makes another of it, shows what it holds.
func TestAFieldShowsWhatTheRecordMadeOfTheText(t *testing.T) {
	test.NewTempApp(t)
	text := "12"
	b := Bind(NewField(""), func(func()) {}, func() {}, func() string { return text }, func(string) {})
	test.NewTempWindow(t, b.Field)
	b.Update()
	b.ToEnd()
	test.Type(b.Field, "x")
	b.Keep()
	b.Update()
	if b.Text != "12" {
		t.Errorf("the field shows %q, the record holds %q", b.Text, text)
	}
}
