package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// openMenu opens a menu of three items and a line in a window, at its far corner.
func openMenu(t *testing.T, chosen *string) (*menu, fyne.Canvas) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, Space(10, 10))
	w.Resize(fyne.NewSize(400, 300))
	say := func(what string) func() { return func() { *chosen = what } }
	more := fyne.NewMenuItem("Khác", nil)
	more.ChildMenu = fyne.NewMenu("", Item("Con", "", say("child")))
	off := Item("Chưa dùng được", "", say("off"))
	off.Disabled = true
	MenuAt(w.Canvas(), fyne.NewPos(390, 290), Item("Thêm trang", "Ctrl+Enter", say("add")), fyne.NewMenuItemSeparator(), off, more)
	return topMenu(t, w.Canvas()), w.Canvas()
}

func topMenu(t *testing.T, c fyne.Canvas) *menu {
	t.Helper()
	m, ok := c.Focused().(*menu)
	if !ok {
		t.Fatalf("%T has the keyboard, not the menu", c.Focused())
	}
	return m
}

func TestAMenuIsWorkedByTheKeyboard(t *testing.T) {
	var chosen string
	m, c := openMenu(t, &chosen)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if chosen != "add" || c.Overlays().Top() != nil {
		t.Errorf("chose %q, and the menu stays: %v", chosen, c.Overlays().Top() != nil)
	}
}

// What can't be chosen, and the line between sections, are passed over; a menu below opens in the place of the first.
func TestAMenuPassesOverWhatCannotBeChosen(t *testing.T) {
	var chosen string
	m, c := openMenu(t, &chosen)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if m.rows[m.at].item.Label != "Khác" {
		t.Fatalf("the key is at %q", m.rows[m.at].item.Label)
	}
	test.Tap(m.rows[2])
	if chosen != "" {
		t.Errorf("a click chose %q", chosen)
	}
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Tap(topMenu(t, c).rows[0])
	if chosen != "child" || len(c.Overlays().List()) != 0 {
		t.Errorf("chose %q, %d menus stay", chosen, len(c.Overlays().List()))
	}
}

func TestAMenuLiesInsideTheWindowWithItsKeysAtTheRight(t *testing.T) {
	var chosen string
	m, c := openMenu(t, &chosen)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(m)
	if at.X < 0 || at.Y < 0 || at.X+m.Size().Width > c.Size().Width || at.Y+m.Size().Height > c.Size().Height {
		t.Errorf("the menu is at %v, %v large, in a window of %v", at, m.Size(), c.Size())
	}
	key := m.rows[0].key
	if right := m.rows[0].Size().Width - key.Position().X - key.Size().Width; key.Text != "Ctrl+Enter" || right != menuSide {
		t.Errorf("the key %q is %v from the right edge", key.Text, right)
	}
}
