package shell

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"fyne.io/fyne/v2"

	"butluc/library"
)

// What is remembered of the window: where it stood, in pixels of the desktop, and what was looked at.
const (
	placeSetting  = "window.place"
	lookedSetting = "window.looked"
)

// looked is the page that was looked at when a case was left.
type looked struct {
	Case string `json:"case"`
	Path string `json:"path"`
	Page int    `json:"page"` // from 0
}

// keep remembers where the window stands.
func (d *desktop) keep() {
	x, y, width, height, err := d.place()
	if err != nil {
		slog.Warn("find console", "err", err)
		return
	}
	d.w.session.Settings.Remember(placeSetting, fmt.Sprint(x, y, width, height))
}

// restore puts the window where it stood, before it is fitted: what it stood on may be gone, or the court's by now.
func (d *desktop) restore() {
	var x, y, width, height int
	n, _ := fmt.Sscan(d.w.session.Settings.Remembered(placeSetting), &x, &y, &width, &height)
	if n < 4 || width < leastTall || height < leastTall/2 {
		return
	}
	scale := d.w.win.Canvas().Scale()
	d.w.win.Resize(fyne.NewSize(float32(width)/scale, float32(height)/scale))
	d.move(x, y)
}

// keepLooked remembers the page looked at, for when its case is opened again.
func (w *window) keepLooked() {
	snapshot, ok := w.session.Dossier.Snapshot()
	if !ok {
		return
	}
	page := w.session.Study.Current().Page
	text, err := json.Marshal(looked{snapshot.Case.Path, page.Path, page.Index})
	if err == nil && page != (library.PageID{}) {
		w.session.Settings.Remember(lookedSetting, string(text))
	}
}

// goOnLooking looks at the page that was looked at when the open case was left.
func (w *window) goOnLooking() {
	var last looked
	snapshot, ok := w.session.Dossier.Snapshot()
	if !ok || json.Unmarshal([]byte(w.session.Settings.Remembered(lookedSetting)), &last) != nil || last.Case != snapshot.Case.Path {
		return
	}
	page := library.PageID{Path: last.Path, Index: last.Page}
	if e, ok := w.session.Dossier.Exhibit(page.Path); ok && page.Index >= 0 && page.Index < max(1, e.File.Pages) {
		w.session.Study.Select(page)
		w.session.Notices.TellText(w.session.T("window.goes-on", "page", w.session.Labels.Name(page)), false)
	}
}
