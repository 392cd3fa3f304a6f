package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// opened is a field of a window, with a text in it; the window's other field has the keyboard.
func opened(t *testing.T, text string) (*Field, fyne.Canvas) {
	t.Helper()
	f := NewField("")
	f.SetText(text)
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(300, 60))
	return f, w.Canvas()
}

func clickInto(f *Field, c fyne.Canvas) {
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(12, 12)}, Button: desktop.MouseButtonPrimary}
	c.Focus(f)
	f.FocusLost()
	f.MouseDown(e) // asks for the keyboard, as the window's driver lets it
	f.MouseUp(e)
}

func TestAProposedTextIsReplacedByWhatIsTyped(t *testing.T) {
	for what, c := range map[string]struct {
		before func(*Field, fyne.Canvas)
		want   string
	}{
		"proposed, then opened": {func(f *Field, c fyne.Canvas) { f.Propose("61"); c.Focus(f) }, "7"},
		"opened, then proposed": {func(f *Field, c fyne.Canvas) { c.Focus(f); f.Propose("61") }, "7"},
		"filled in anew for what was typed": {func(f *Field, c fyne.Canvas) {
			f.Propose("61")
			f.SetText("4")
			c.Focus(f)
			f.ToEnd()
		}, "47"},
		"filled in anew over a text that is selected": {func(f *Field, c fyne.Canvas) {
			c.Focus(f)
			f.Propose("61")
			f.SetText("4")
			f.CursorColumn = 1
		}, "47"},
		"the window lost the keyboard and has it again": {func(f *Field, c fyne.Canvas) {
			f.Propose("61")
			c.Focus(f)
			f.TypedRune('8')
			f.FocusLost()
			f.FocusGained()
		}, "87"},
		"an arrow moves into it": {func(f *Field, c fyne.Canvas) {
			f.Propose("61")
			c.Focus(f)
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
		}, "617"},
		"a person's own text":     {func(f *Field, c fyne.Canvas) { f.SetText("61"); c.Focus(f); f.ToEnd() }, "617"},
		"a value that is clicked": {func(f *Field, c fyne.Canvas) { f.SetText("61"); f.Value = true; clickInto(f, c) }, "7"},
	} {
		f, canvas := opened(t, "")
		c.before(f, canvas)
		if f.TypedRune('7'); f.Text != c.want {
			t.Errorf("%s: typing 7 makes %q, want %q", what, f.Text, c.want)
		}
	}
}

func TestProposingIsNotTyping(t *testing.T) {
	f, _ := opened(t, "")
	told := 0
	f.OnChanged = func(string) { told++ }
	if f.Propose("61"); told > 0 {
		t.Error("a text that is proposed is told as typed")
	}
	if f.TypedRune('7'); told == 0 {
		t.Error("what is typed over it is not told")
	}
}
