package shell

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/library"
)

// What is remembered of the window: where it stood, in pixels of the desktop, and what was looked at.
const (
	placeSetting  = "window.place"
	lookedSetting = "window.looked"
)

// looked is where a person was when a case was left: the room, and the page that was looked at.
type looked struct {
	Case string `json:"case"`
	Path string `json:"path"`
	Page int    `json:"page"`           // from 0
	Room string `json:"room,omitempty"` // of roomNames; "" in what older versions kept
	Name string `json:"name,omitempty"` // of the page, as it was called then
}

// stay keeps where a person is in a case, and goes on there.
type stay struct{ w *window }

// roomNames are the rooms in which a case is left, as they are kept: never rename one.
var roomNames = map[keys.Room]string{keys.Prepare: "prepare", keys.Trial: "trial", keys.Study: "study"}

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

// keep remembers the room, and the page looked at, for when the case is opened again.
func (st stay) keep() {
	snapshot, ok := st.w.session.Dossier.Snapshot()
	page := st.w.session.Study.Current().Page
	if !ok || page == (library.PageID{}) {
		return
	}
	now := looked{snapshot.Case.Path, page.Path, page.Index, roomNames[st.w.at], st.w.session.Labels.Name(page)}
	if last, ok := st.last(); ok && now.Room == "" && last.Case == now.Case {
		now.Room = last.Room // the shelf is none
	}
	if text, err := json.Marshal(now); err == nil {
		st.w.session.Settings.Remember(lookedSetting, string(text))
	}
}

// last is where a person was when a case was left last; ok is false where that is not known.
func (st stay) last() (last looked, ok bool) {
	err := json.Unmarshal([]byte(st.w.session.Settings.Remembered(lookedSetting)), &last)
	return last, err == nil && last.Case != ""
}

// goOn goes into the room in which the open case was left, and to the page that was looked at there. No trial begins by itself.
func (st stay) goOn() {
	last, ok := st.last()
	snapshot, open := st.w.session.Dossier.Snapshot()
	if !ok || !open || last.Case != snapshot.Case.Path {
		st.w.enter(keys.Prepare)
		return
	}
	at := keys.Prepare
	for room, name := range roomNames {
		if last.Room == name {
			at = room
		}
	}
	st.w.enter(at)
	page := library.PageID{Path: last.Path, Index: last.Page}
	if e, ok := st.w.session.Dossier.Exhibit(page.Path); ok && page.Index >= 0 && page.Index < max(1, e.File.Pages) {
		st.w.session.Study.Select(page)
		st.w.session.Notices.TellText(st.w.session.T("window.goes-on", "page", st.w.session.Labels.Name(page)), false)
	}
}

// resume goes on where a person stopped last: in that case, opened if it is not, in that room and at that page.
func (st stay) resume() {
	last, ok := st.last()
	if !ok {
		return
	}
	if snapshot, open := st.w.session.Dossier.Snapshot(); open && snapshot.Case.Path == last.Case {
		st.goOn()
		return
	}
	st.w.session.Open(last.Case) // opened goes on
}

// where says where [stay.resume] goes on: the case's title, and the page; ok is false where it has nowhere to.
func (st stay) where() (title, page string, ok bool) {
	last, ok := st.last()
	if !ok {
		return "", "", false
	}
	for _, e := range st.w.session.Settings.Shelf().Cases() {
		if e.Path == last.Case {
			return e.Title, last.Name, true
		}
	}
	return "", "", false
}
