package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/i18n"
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

// doClip does an action on the recording that is looked at, and tells whether it was one.
func (r *Room) doClip(a keys.Action) bool {
	switch a {
	case keys.Audition:
		r.s.PlayOrPause(r.page.picture.PixelSize())
	case keys.FrameNext, keys.FrameBack:
		r.s.SeekFrame(a == keys.FrameNext)
	case keys.SecondNext:
		r.s.SeekBy(second)
	case keys.SecondBack:
		r.s.SeekBy(-second)
	case keys.TenNext:
		r.s.SeekBy(ten)
	case keys.TenBack:
		r.s.SeekBy(-ten)
	case keys.MarkIn:
		r.s.SetIn(r.s.Playhead())
	case keys.MarkOut:
		r.s.SetOut(r.s.Playhead())
	case keys.ClearPart:
		r.s.ClearPart()
	case keys.KeepPassage:
		r.keepPassage()
	case keys.AddStill:
		r.addStill()
	case keys.Tie:
		r.s.Tie()
	default:
		return false
	}
	return true
}

// keepPassage makes a passage of what is marked off, and lets a person name it.
func (r *Room) keepPassage() {
	if r.s.KeepPassage() {
		r.clips.update()
		r.clips.title.Select()
		r.focus(r.clips.title.Field)
	}
}

// addPart makes a step of what is marked off, or of the whole recording.
func (r *Room) addPart() {
	r.clips.keepTitle()
	if step, ok := r.s.PartStep(); ok {
		r.outline.AddStep(step)
		return
	}
	r.s.Tell("recording.no-length", true)
}

// addStill makes a step of the frame that is looked at.
func (r *Room) addStill() {
	if step, ok := r.s.StillStep(); ok {
		r.outline.AddStep(step)
		return
	}
	r.s.Tell("recording.no-still", true)
}

func (b *clipBar) chooseVolume() {
	b.choosePercent(b.volume, volumes, "passage.volume", func(p *library.Passage, percent int) { p.Volume, p.Mute = percent, false })
}

func (b *clipBar) chooseSpeed() {
	b.choosePercent(b.speed, speeds, "passage.speed", func(p *library.Passage, percent int) { p.Speed = percent })
}

func (b *clipBar) choosePercent(under fyne.CanvasObject, percents []int, key string, set func(*library.Passage, int)) {
	var items []*fyne.MenuItem
	for _, percent := range percents {
		items = append(items, fyne.NewMenuItem(i18n.T(key, "percent", percent), func() {
			kept := percent
			if percent == 100 {
				kept = 0 // says the same
			}
			b.r.s.ChangePassage(func(p *library.Passage) { set(p, kept) })
		}))
	}
	widgets.Menu(under, items...)
}

// tieOrUntie looks for the page of the written record; where there is one, it can be looked at, taken away or changed.
func (b *clipBar) tieOrUntie() {
	p, ok := b.r.s.Passage()
	if !ok || p.Beside == (library.PageID{}) {
		b.r.Do(keys.Tie)
		return
	}
	widgets.Menu(b.tie,
		fyne.NewMenuItem(i18n.T("passage.tie-look"), func() { b.r.s.Select(p.Beside) }),
		fyne.NewMenuItem(i18n.T("passage.tie-other"), func() { b.r.Do(keys.Tie) }),
		fyne.NewMenuItem(i18n.T("passage.untie"), b.r.s.Untie))
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
			rec := b.r.s.Outline().Recording(b.r.s.Current().Page.Path)
			rec.Stamp = stamp
			if b.r.s.SetRecording(rec) && stamp == library.StampClock && rec.Clock == "" {
				b.r.openClock()
			}
		}
	}
	var items []*fyne.MenuItem
	for _, stamp := range []string{library.StampNone, library.StampTime, library.StampClock} {
		items = append(items, fyne.NewMenuItem(i18n.T("recording-stamp."+stampKey(stamp)), set(stamp)))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(i18n.T("recording.clock-open"), b.r.openClock))
	widgets.Menu(b.stamp, items...)
}

// openClock asks what the camera's clock showed when the recording began.
func (r *Room) openClock() {
	rec := r.s.Outline().Recording(r.s.Current().Page.Path)
	r.sheet.open(i18n.T("recording.clock-title"), func() fyne.CanvasObject {
		field := widgets.NewField(i18n.T("recording.clock-hint"))
		field.Propose(rec.Clock)
		keep := func() {
			rec.Clock, rec.Stamp = field.Text, library.StampClock
			if r.s.SetRecording(rec) {
				r.sheet.Close()
			}
		}
		field.OnEscape, field.OnReturn = r.sheet.Close, keep
		r.s.Post(func() { r.focus(field) }) // once it is there, and the menu is gone
		return container.NewVBox(widgets.Prose(i18n.T("recording.clock-text")), field,
			container.NewHBox(widgets.NewButton(i18n.T("recording.clock-keep"), nil, widgets.Primary, keep)))
	})
}
