package widgets

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// The name of a button that shows a picture alone appears where the pointer rests, inside the window, and goes with it.
func TestANameAppearsWhereThePointerRests(t *testing.T) {
	test.NewTempApp(t)
	b := NewButton("", Icon("undo"), Quiet, func() {})
	b.Tip = "Hoàn tác · Ctrl+Z"
	posts := make(chan func(), 8)
	layer := NewTips(func(f func()) { posts <- f }).(*Tips)
	w := test.NewTempWindow(t, container.NewStack(container.NewHBox(b), layer))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	pump := func() {
		for len(posts) > 0 {
			(<-posts)()
		}
	}
	synctest.Test(t, func(t *testing.T) {
		b.MouseIn(nil)
		if layer.Visible() {
			t.Error("the name is there at once")
		}
		time.Sleep(tipAfter)
		synctest.Wait()
		pump()
		if !layer.Visible() || layer.text.Text != b.Tip {
			t.Errorf("the layer says %q, visible %v", layer.text.Text, layer.Visible())
		}
		if at := layer.ground.Position(); at.X < 0 || at.X+layer.ground.Size().Width > 200 {
			t.Errorf("the name stands at %v, outside of the window", at)
		}
		b.MouseOut()
		if layer.Visible() {
			t.Error("the name stays when the pointer is gone")
		}
		b.MouseIn(nil)
		b.MouseOut()
		time.Sleep(2 * tipAfter)
		synctest.Wait()
		pump()
		if layer.Visible() {
			t.Error("the name appears though the pointer is gone")
		}
	})
}
