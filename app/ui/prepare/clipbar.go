package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// clipBar is what stands under the page while it is one of a recording: the recording's timeline, what is marked off
// of it, and its named passages.
type clipBar struct {
	r        *Room
	timeline *timeline
	time     *widgets.Field
	length   *widget.Label
	play     *widgets.Button
	in, out  *widgets.Button
	clear    *widgets.Button
	keep     *widgets.Button
	add      *widgets.Button
	still    *widgets.Button
	stamp    *widgets.Button
	films    *widgets.Button // which of several is looked at
	sounds   *widgets.Button // which of several is heard
	list     *fyne.Container
	listed   []library.Passage
	chosen   library.PageID
	none     *widget.Label
	tools    *fyne.Container
	parts    *fyne.Container // what marks parts off and keeps them: it gives its room to the transcript
	why      *widget.Label   // why nothing can be marked off
	box      *fyne.Container
	tying    tyingBar
	script   *script
	named    passageBar
}

// tyingBar lies over the page while a written record is looked for.
type tyingBar struct {
	to   *widget.Label
	this *widgets.Button
	box  *fyne.Container
}

// passageBar is about the passage that is chosen.
type passageBar struct {
	b       *clipBar
	passage *fyne.Container
	title   *widgets.Bound
	titled  library.PageID // the passage whose title the field holds
	volume  *widgets.Button
	speed   *widgets.Button
	mute    *widgets.Button
	tie     *widgets.Button
}

func newClipBar(r *Room) *clipBar {
	b := &clipBar{r: r, timeline: newTimeline(r.s)}
	b.named.b = b
	b.why = widgets.Prose("")
	b.parts = container.NewVBox(b.marks(), b.adding(), b.passages(), b.named.details())
	b.tools = container.NewVBox(b.timeline, b.transport(), b.parts)
	ground := canvas.NewRectangle(theme.Color(theme.Surface))
	b.box = container.NewStack(ground, widgets.Inset(4, container.NewVBox(b.why, b.tools)))
	b.box.Hide()
	b.makeTying()
	b.script = newScript(r)
	r.s.Events.Subscribe(event.AuditionMoved, b.moved)
	r.s.Events.Subscribe(event.ThumbChanged, func() {
		if b.box.Visible() {
			b.timeline.pictures()
		}
	})
	return b
}

// button is one that does an action of the room's; hinted, it tells the action's key.
func (b *clipBar) button(label string, style widgets.Style, a keys.Action, hinted bool) *widgets.Button {
	button := widgets.NewButton(label, nil, style, func() { b.r.Do(a) })
	if hinted {
		button.Hint = keys.Hint(b.r.s.In(), keys.Prepare, a)
	}
	return button
}

// transport is the line that tells where the recording stands, and moves it.
func (b *clipBar) transport() fyne.CanvasObject {
	b.time = widgets.NewField("")
	b.time.Scroll, b.time.Value = fyne.ScrollHorizontalOnly, true
	leave := func() { b.r.focus(nil) }
	b.time.OnReturn = func() {
		at, err := library.ParseTimecode(b.time.Text)
		if err != nil {
			b.r.s.Notices.Tell("recording.no-time", true)
			return
		}
		leave()
		b.r.s.Playback.Seek(at)
	}
	b.time.OnEscape = leave
	b.time.OnLost = func() { b.time.SetText(library.Timecode(b.r.s.Playback.Playhead())) }
	b.length = widgets.Small("")
	b.length.Truncation = fyne.TextTruncateOff
	b.play = widgets.NewButton("", fynetheme.MediaPlayIcon(), widgets.Plain, func() { b.r.Do(keys.Audition) })
	b.play.Tip = tip(b.r.s.In(), keys.Audition)
	moves := container.New(layout.NewCustomPaddedHBoxLayout(0),
		b.button(b.r.s.T("recording.by", "seconds", "−10"), widgets.Quiet, keys.TenBack, false),
		b.button(b.r.s.T("recording.by", "seconds", "−1"), widgets.Quiet, keys.SecondBack, false),
		b.icon("previous", keys.FrameBack), b.play, b.icon("next", keys.FrameNext),
		b.button(b.r.s.T("recording.by", "seconds", "+1"), widgets.Quiet, keys.SecondNext, false),
		b.button(b.r.s.T("recording.by", "seconds", "+10"), widgets.Quiet, keys.TenNext, false),
	)
	const timeWide = 92
	now := container.New(layout.NewCustomPaddedHBoxLayout(0),
		container.NewGridWrap(fyne.NewSize(timeWide, theme.Target), b.time), container.NewCenter(b.length))
	return container.NewBorder(nil, nil, now, nil, container.NewHScroll(moves))
}

func (b *clipBar) icon(name string, a keys.Action) *widgets.Button {
	icon := widgets.NewButton("", widgets.Icon(name), widgets.Quiet, func() { b.r.Do(a) })
	icon.Tip = tip(b.r.s.In(), a)
	return icon
}

// marks is the line that marks a part off.
func (b *clipBar) marks() fyne.CanvasObject {
	b.in = b.button("", widgets.Plain, keys.MarkIn, true)
	b.out = b.button("", widgets.Plain, keys.MarkOut, true)
	b.clear = b.icon("close", keys.ClearPart)
	b.keep = b.button(b.r.s.T("passage.keep"), widgets.Plain, keys.KeepPassage, true)
	return container.NewHScroll(container.NewHBox(b.in, b.out, b.clear, b.keep))
}

// adding is the line that puts the part, or the frame, into the outline.
func (b *clipBar) adding() fyne.CanvasObject {
	b.add = b.button("", widgets.Primary, keys.AddPage, true)
	b.still = b.button(b.r.s.T("recording.add-still"), widgets.Plain, keys.AddStill, true)
	script := b.button(b.r.s.T("transcript.open"), widgets.Plain, keys.Transcript, true)
	b.films = b.button("", widgets.Quiet, keys.NextFilm, true)
	b.sounds = b.button("", widgets.Quiet, keys.NextSound, true)
	return container.NewHScroll(container.NewHBox(b.add, b.still, script, b.films, b.sounds))
}

// passages is the line of the recording's named passages.
func (b *clipBar) passages() fyne.CanvasObject {
	b.list = container.NewHBox()
	b.none = widgets.Small(b.r.s.T("passage.none"))
	b.stamp = widgets.NewButton("", nil, widgets.Quiet, b.chooseStamp)
	return container.NewBorder(nil, nil, nil, b.stamp, container.NewStack(b.none, container.NewHScroll(b.list)))
}

// details is what the chosen passage is like.
func (d *passageBar) details() fyne.CanvasObject {
	d.title = widgets.Bind(widgets.NewField(d.b.r.s.T("passage.title")), d.b.r.s.Events.Post, func() { d.b.r.focus(nil) }, func() string {
		p, _ := d.b.r.s.Dossier.Outline().Passage(d.titled)
		return p.Title
	}, func(title string) {
		if p, ok := d.b.r.s.Dossier.Outline().Passage(d.titled); ok {
			p.Title = title
			d.b.r.s.Edits.Edit(d.b.r.s.Dossier.Outline().SetPassage(p.First, p))
		}
	})
	d.volume = widgets.NewButton("", nil, widgets.Plain, d.chooseVolume)
	d.speed = widgets.NewButton("", nil, widgets.Plain, d.chooseSpeed)
	d.mute = widgets.NewButton(d.b.r.s.T("passage.mute"), nil, widgets.Plain, func() {
		d.b.r.s.Passages.Change(func(p *library.Passage) { p.Mute = !p.Mute })
	})
	d.tie = widgets.NewButton("", nil, widgets.Plain, d.tieOrUntie)
	remove := widgets.NewButton(d.b.r.s.T("passage.delete"), nil, widgets.Quiet, func() { d.b.r.s.Passages.Delete() })
	d.passage = container.NewVBox(
		container.NewBorder(nil, nil, nil, remove, d.title.Field),
		container.NewHScroll(container.NewHBox(d.volume, d.speed, d.mute, d.tie)))
	return d.passage
}

// makeTying makes the line that stands over the page while the page of a written record is looked for.
func (b *clipBar) makeTying() {
	b.tying.to = widgets.Line("")
	b.tying.this = b.button(b.r.s.T("passage.tie-this"), widgets.Primary, keys.Tie, true)
	leave := widgets.NewButton(b.r.s.T("passage.tie-leave"), nil, widgets.Quiet, func() { b.r.s.Passages.StopTying() })
	leave.Hint = "Esc"
	ground := canvas.NewRectangle(theme.Faint(theme.Accent, 0.22))
	ground.CornerRadius = theme.Radius
	b.tying.box = container.NewStack(ground, widgets.Inset(4, container.NewBorder(nil, nil, nil, container.NewHBox(b.tying.this, leave), b.tying.to)))
	b.tying.box.Hide()
}

// update shows the recording that is looked at.
func (b *clipBar) update() {
	f, ok := b.r.s.Study.Recording()
	p, tying := b.r.s.Passages.Tying()
	widgets.Show(b.tying.box, tying)
	if tying {
		b.tying.to.SetText(b.r.s.T("passage.tying", "name", b.r.s.Labels.PassageName(p)))
		b.tying.this.SetDisabled(ok)
	}
	widgets.Show(b.box, ok)
	if !ok {
		b.named.keepTitle()
		return
	}
	widgets.Show(b.tools, f.Duration > 0)
	widgets.Show(b.why, f.Duration == 0)
	b.why.SetText(b.r.s.T("recording.no-length"))
	widgets.Show(b.still, f.Kind == library.KindVideo)
	widgets.Show(b.parts, !b.r.s.Cues.Open())
	b.showTracks(f)
	b.timeline.show(f)
	b.length.SetText("/ " + library.Timecode(f.Duration))
	b.showMarks()
	b.showList(f)
	b.named.showChosen()
	b.stamp.SetLabel(b.r.s.T("recording-stamp-short."+stampKey(b.r.s.Dossier.Outline().Recording(f.Path).Stamp)) + " ▾")
	b.moved()
}

// moved shows where the recording stands.
func (b *clipBar) moved() {
	if !b.box.Visible() {
		return
	}
	b.timeline.moveHead()
	b.showTime()
	if b.timeline.holdsEdge() {
		b.showMarks()
	}
	icon := fynetheme.MediaPlayIcon()
	if b.r.s.Playback.Now().Playing {
		icon = fynetheme.MediaPauseIcon()
	}
	if b.play.Icon != icon {
		b.play.Icon = icon
		b.play.Refresh()
	}
}

// showTime writes the time where nobody is typing it.
func (b *clipBar) showTime() {
	if c := b.r.canvas(); c != nil && c.Focused() == fyne.Focusable(b.time) {
		return
	}
	if text := library.Timecode(b.r.s.Playback.Playhead()); b.time.Text != text {
		b.time.SetText(text)
	}
}

// showTracks says which of the recording's films and sounds are looked at and heard, where it has several.
func (b *clipBar) showTracks(f library.File) {
	now := b.r.s.Study.Current().Tracks
	widgets.Show(b.films, f.Tracks.Video > 1)
	b.films.SetLabel(b.r.s.T("track.film", "number", max(1, now.Video), "count", f.Tracks.Video))
	widgets.Show(b.sounds, f.Tracks.Audio > 1)
	b.sounds.SetLabel(b.r.s.T("track.sound", "number", max(1, now.Audio), "count", f.Tracks.Audio))
}

// showMarks says what is marked off, and of an edge that is dragged where it is.
func (b *clipBar) showMarks() {
	part := b.timeline.part
	edge := func(button *widgets.Button, key string, at int) {
		label, style := b.r.s.T(key), widgets.Plain
		if at >= 0 {
			label, style = label+" "+library.Timecode(at), widgets.Chosen
		}
		button.SetLabel(label)
		button.SetStyle(style)
	}
	edge(b.in, "passage.in", part.In)
	edge(b.out, "passage.out", part.Out)
	named := part.Passage != (library.PageID{})
	span, marked := b.r.s.Passages.PartSpan()
	b.clear.SetDisabled(!marked)
	widgets.Show(b.keep, !named)
	b.keep.SetDisabled(!marked)
	switch p, _ := b.r.s.Passages.Passage(); {
	case named && p.Beside != (library.PageID{}):
		b.add.SetLabel(b.r.s.T("passage.add-beside", "page", b.r.s.Labels.Short(p.Beside)))
	case marked:
		b.add.SetLabel(b.r.s.T("passage.add", "times", label.Span(span)))
	default:
		b.add.SetLabel(b.r.s.T("recording.add-whole"))
	}
}

// showList lists the named passages.
func (b *clipBar) showList(f library.File) {
	list, chosen := b.r.s.Dossier.Outline().Passages(f.Path), b.r.s.Passages.Part().Passage
	widgets.Show(b.none, len(list) == 0)
	if sameRecords(list, b.listed) && chosen == b.chosen {
		return
	}
	b.listed, b.chosen = list, chosen
	b.list.RemoveAll()
	for _, p := range list {
		name, style := b.r.s.Labels.PassageName(p), widgets.Plain
		if p.Title != "" {
			name += "  " + label.Span(p.Span())
		}
		if p.Beside != (library.PageID{}) {
			name += "  " + b.r.s.T("passage.beside", "page", b.r.s.Labels.Short(p.Beside))
		}
		if p.First == chosen {
			style = widgets.Chosen
		}
		b.list.Add(widgets.NewButton(name, nil, style, func() { b.r.s.Passages.Choose(p.First) }))
	}
}

func sameRecords(a, b []library.Passage) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// keepTitle keeps what was typed, for the passage that it was typed for.
func (d *passageBar) keepTitle() {
	if d.titled != (library.PageID{}) {
		d.title.Keep()
	}
}

func (d *passageBar) showChosen() {
	p, ok := d.b.r.s.Passages.Passage()
	if p.First != d.titled {
		if _, there := d.b.r.s.Dossier.Outline().Passage(d.titled); there { // else it was deleted, or begins elsewhere now
			d.keepTitle()
		}
		d.titled = p.First
	}
	widgets.Show(d.passage, ok)
	d.title.Update()
	if !ok {
		return
	}
	span := p.Span()
	span.Mute = false
	d.volume.SetLabel(d.b.r.s.T("passage.volume", "percent", span.Loudness()) + " ▾")
	d.speed.SetLabel(d.b.r.s.T("passage.speed", "percent", span.Rate()) + " ▾")
	d.mute.SetStyle(widgets.Plain)
	if p.Mute {
		d.mute.SetStyle(widgets.Chosen)
	}
	d.tie.SetLabel(d.b.r.s.T("passage.tie"))
	if p.Beside != (library.PageID{}) {
		d.tie.SetLabel(d.b.r.s.T("passage.beside", "page", d.b.r.s.Labels.Short(p.Beside)) + " ▾")
	}
}
