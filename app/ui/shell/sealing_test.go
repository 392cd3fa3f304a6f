package shell

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/ui/pathdialog"
	"butluc/app/ui/widgets"
	"butluc/presenter/display"
)

// says tells whether a text stands in what is in sight, in a label or on a button.
func says(o fyne.CanvasObject, text string) bool {
	if !o.Visible() {
		return false
	}
	switch o := o.(type) {
	case *widget.Label:
		return strings.Contains(o.Text, text)
	case *widgets.Button:
		return strings.Contains(o.Label, text)
	case *fyne.Container:
		for _, inside := range o.Objects {
			if says(inside, text) {
				return true
			}
		}
	case fyne.Widget:
		for _, inside := range test.WidgetRenderer(o).Objects() {
			if says(inside, text) {
				return true
			}
		}
	}
	return false
}

// sees waits until the sheet says something.
func (w *testConsole) sees(text string) {
	w.t.Helper()
	w.until(text, func() bool { return w.sealing.Visible() && says(w.sealing.Content(), text) })
}

// fillIn types into the field that has the keyboard, and goes on to the next.
func (w *testConsole) fillIn(texts ...string) {
	w.t.Helper()
	w.until("a field", func() bool { _, is := w.win.Canvas().Focused().(*widgets.Field); return is })
	for i, text := range texts {
		if i > 0 {
			w.toolkit(display.KeyEvent{Name: "Tab"})
		}
		for _, r := range text {
			w.toolkit(display.KeyEvent{Rune: r})
		}
	}
	w.toolkit(display.KeyEvent{Name: "Return"})
}

// A case is sealed by keys alone by somebody who had no key yet, and the package is opened: a wrong passphrase is said in
// place, who sealed it and that it is whole is said before a folder is asked for. A trial that begins puts it away, and while
// it runs there is none of it.
func TestACaseIsSealedAndOpenedByKeys(t *testing.T) {
	w := newConsole(t)
	dir := t.TempDir()
	asked := 0
	w.chooser.ask = func(context.Context, pathdialog.Request) (string, error) { asked++; return dir, nil }
	w.enter(keys.Prepare)
	ctrlE := display.KeyEvent{Name: "E", Mods: display.Ctrl}
	hands["the console"](w, ctrlE)
	w.sees(w.session.T("sealing.to-phrase")) // who has no key can do that much
	hands["the console"](w, display.KeyEvent{Name: "Escape"})
	hands["the console"](w, display.KeyEvent{Name: "N"})
	w.sees(w.session.T("identity.make-text"))
	w.fillIn("Nguyễn Thị Hòa", "VKSND khu vực 3", "Kiểm sát viên", "mật khẩu của tôi", "mật khẩu của")
	w.sees(w.session.T("identity.differ"))
	for _, r := range " tôi" {
		w.toolkit(display.KeyEvent{Rune: r})
	}
	w.toolkit(display.KeyEvent{Name: "Return"})
	w.sees(w.session.T("sealing.to-phrase"))
	hands["the console"](w, display.KeyEvent{Name: "M"})
	w.fillIn("bốn con trâu vàng", "bốn con trâu vàng")
	var file string
	w.until("the package", func() bool {
		found, _ := filepath.Glob(filepath.Join(dir, "*.butluc"))
		_, working := w.session.Jobs.Now()
		if len(found) == 1 && !working {
			file = found[0]
		}
		return file != ""
	})

	w.chooser.openNamed(file + ".002") // whichever part is dropped
	w.fillIn("bốn con trâu xanh")
	w.sees(w.session.T("office-why.passphrase")[2:])
	w.fillIn("bốn con trâu vàng")
	w.sees(w.session.T("cli.package-whole"))
	for _, text := range []string{"Nguyễn Thị Hòa, Kiểm sát viên, VKSND khu vực 3", w.session.T("standing.own")} {
		if !says(w.sealing.Content(), text) {
			t.Errorf("it does not say %q", text)
		}
	}
	if asked != 1 {
		t.Errorf("a folder was asked for %d times", asked)
	}

	w.start()
	if w.sealing.Visible() {
		t.Error("the package is still shown while a trial runs")
	}
	for _, room := range []keys.Room{keys.Shelf, keys.Prepare, keys.Study} {
		w.enter(room)
		for _, try := range []func(){
			func() { hands["the console"](w, ctrlE) }, func() { w.do(keys.WhoAmI) }, func() { w.do(keys.OpenPackage) },
			func() { w.chooser.openNamed(file) }, func() { w.sealing.Lock(dir, "") }, func() { w.sealing.Wipe(dir, "") },
		} {
			if try(); w.sealing.Visible() || asked != 1 {
				t.Errorf("room %d: a sheet opens while a trial runs", room)
				w.sealing.Close()
			}
		}
	}
}
