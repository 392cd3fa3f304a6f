package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// How far keys move a recording, in milliseconds.
const (
	second = 1000
	ten    = 10 * second
)

// Percents that are offered.
var (
	volumes = []int{10, 25, 50, 75, 100, 125, library.MaxVolume}
	speeds  = []int{library.MinSpeed, 50, 75, 100, 125, 150, 200, 300, library.MaxSpeed}
)

// keepPassage makes a passage of what is marked off, and lets a person name it.
func (r *Room) keepPassage() {
	if r.s.Passages.Keep() {
		r.clips.update()
		r.clips.named.title.Select()
		r.focus(r.clips.named.title.Field)
	}
}

// addPart makes a step of what is marked off, or of the whole recording.
func (r *Room) addPart() {
	r.clips.named.keepTitle()
	if step, ok := r.s.Passages.PartStep(); ok {
		r.outline.Editor.AddStep(step)
		return
	}
	r.s.Notices.Tell("recording.no-length", true)
}

// addStill makes a step of the frame that is looked at.
func (r *Room) addStill() {
	if step, ok := r.s.Playback.StillStep(); ok {
		r.outline.Editor.AddStep(step)
		return
	}
	r.s.Notices.Tell("recording.no-still", true)
}

func (d *passageBar) chooseVolume() {
	d.choosePercent(d.volume, volumes, "passage.volume", func(p *library.Passage, percent int) { p.Volume, p.Mute = percent, false })
}

func (d *passageBar) chooseSpeed() {
	d.choosePercent(d.speed, speeds, "passage.speed", func(p *library.Passage, percent int) { p.Speed = percent })
}

func (d *passageBar) choosePercent(under fyne.CanvasObject, percents []int, key string, set func(*library.Passage, int)) {
	var items []*fyne.MenuItem
	for _, percent := range percents {
		items = append(items, fyne.NewMenuItem(d.b.r.s.T(key, "percent", percent), func() {
			kept := percent
			if percent == 100 {
				kept = 0 // says the same
			}
			d.b.r.s.Passages.Change(func(p *library.Passage) { set(p, kept) })
		}))
	}
	widgets.Menu(under, items...)
}

// tieOrUntie looks for the page of the written record; where there is one, it can be looked at, taken away or changed.
func (d *passageBar) tieOrUntie() {
	p, ok := d.b.r.s.Passages.Passage()
	if !ok || p.Beside == (library.PageID{}) {
		d.b.r.Do(keys.Tie)
		return
	}
	widgets.Menu(d.tie,
		fyne.NewMenuItem(d.b.r.s.T("passage.tie-look"), func() { d.b.r.s.Study.Select(p.Beside) }),
		fyne.NewMenuItem(d.b.r.s.T("passage.tie-other"), func() { d.b.r.Do(keys.Tie) }),
		fyne.NewMenuItem(d.b.r.s.T("passage.untie"), func() { d.b.r.s.Passages.Untie() }))
}

// stampKey is the end of the keys of what captions say of the time.
func stampKey(stamp string) string {
	if stamp == library.StampNone {
		return "none"
	}
	return stamp
}

// chooseStamp chooses what captions of the recording say of the time.
func (b *clipBar) chooseStamp() {
	set := func(stamp string) func() {
		return func() {
			rec := b.r.s.Dossier.Outline().Recording(b.r.s.Study.Current().Page.Path)
			rec.Stamp = stamp
			if b.r.s.Edits.SetRecording(rec) && stamp == library.StampClock && rec.Clock == "" {
				b.r.openClock()
			}
		}
	}
	var items []*fyne.MenuItem
	for _, stamp := range []string{library.StampNone, library.StampTime, library.StampClock} {
		items = append(items, fyne.NewMenuItem(b.r.s.T("recording-stamp."+stampKey(stamp)), set(stamp)))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(b.r.s.T("recording.clock-open"), b.r.openClock))
	widgets.Menu(b.stamp, items...)
}

// openClock asks what the camera's clock showed when the recording began.
func (r *Room) openClock() {
	rec := r.s.Dossier.Outline().Recording(r.s.Study.Current().Page.Path)
	r.sheet.open(r.s.T("recording.clock-title"), func() fyne.CanvasObject {
		field := widgets.NewField(r.s.T("recording.clock-hint"))
		field.Propose(rec.Clock)
		keep := func() {
			rec.Clock, rec.Stamp = field.Text, library.StampClock
			if r.s.Edits.SetRecording(rec) {
				r.sheet.Close()
			}
		}
		field.OnEscape, field.OnReturn = r.sheet.Close, keep
		r.s.Events.Post(func() { r.focus(field) }) // once it is there, and the menu is gone
		return container.NewVBox(widgets.Prose(r.s.T("recording.clock-text")), field,
			container.NewHBox(widgets.NewButton(r.s.T("recording.clock-keep"), nil, widgets.Primary, keep)))
	})
}
