// Package trial is the room of the hearing: what the court sees, what comes next, and the keys.
package trial

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/evidence"
	"butluc/app/ui/find"
	"butluc/app/ui/outline"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter"
)

// Room is the room. Make one for each drawing of the window.
type Room struct {
	s      *console.Session
	focus  func(fyne.Focusable)
	do     func(keys.Action)
	clock  *Clock
	choose Chooser

	split   *container.Split
	splits  widgets.Splits
	area    consoleArea
	laid    *fyne.Container // the things in area
	shape   shape           // that they were laid out in
	opener  *widgets.Button // of the drawer
	content fyne.CanvasObject

	sheets
	aside  aside
	views  views
	row    keyRow
	clips  clipPlace
	say    *say
	ask    *ask
	acts   *acts
	strip  *strip
	mirror *mirror
	absent *absent
	state  *stateLine
	sheet  *widgets.Sheet
}

// aside is what stands beside the pictures: the outline, the evidence or what was found.
type aside struct {
	panel   *evidence.Panel
	find    *find.Panel
	outline *outline.Panel
	side    *fyne.Container // the outline or the evidence
	beside  *fyne.Container // side with what belongs to it
	column  *fyne.Container // where beside is on a wide screen
	acts    *fyne.Container // where the named buttons are then
	narrow  bool            // beside is in the area's drawer
	closer  *widgets.Button // of the drawer
	other   *widgets.Button // to the other of outline and evidence
}

// sheets are what the sheet over the room shows, where that is to be told of what happens.
type sheets struct {
	closing *closing    // nil while no summary stands
	replay  *replayPage // nil while no journal is played again
}

// views are the two pictures, with what is said of them.
type views struct {
	program, preview         *widgets.Picture
	programHead, previewHead *head
	told                     *widgets.Paragraph // what else there is to know of Preview
	last                     struct{ preview, program library.Shot }
}

// keyRow is the keys at the foot: of a running trial, or before one.
type keyRow struct {
	keys    *fyne.Container // of a running trial
	end     *widgets.Button
	blank   *widgets.Button
	start   *fyne.Container
	begin   *widgets.Button
	mode    *widgets.Button
	off     *widgets.Button // turns the court screen off that is black since the trial ended
	screens *fyne.Container
	offered string // the screens that the choice shows
}

// clipPlace is the bar of the recording that the court sees.
type clipPlace struct {
	clip  *clipBar
	drawn time.Time     // when the clip's place was shown last
	cost  time.Duration // what a drawing of the window takes
}

// Chooser asks a person where to write a file, and for one.
type Chooser interface {
	ChooseSave(title, what, ending string, chosen func(file string))
	ChooseFile(what string, endings []string, chosen func(file string))
}

// New makes the room. do does an action, the window's or the room's; focus gives the keyboard to a field, or with nil back to
// the room; told is what the window tells, for the line of state.
func New(s *console.Session, clock *Clock, do func(keys.Action), focus func(fyne.Focusable), choose Chooser, told fyne.CanvasObject) *Room {
	r := &Room{s: s, do: do, focus: focus, clock: clock, choose: choose}
	r.aside.panel = evidence.New(s, func() { focus(nil) })
	r.views.program, r.views.preview = widgets.NewPicture(s.Events.Post), widgets.NewPicture(s.Events.Post)
	r.views.program.Ground, r.views.preview.Ground = color.Black, color.Black
	r.views.program.Edge, r.views.preview.Edge = theme.Color(theme.Line), theme.Color(theme.Preview)
	r.views.programHead, r.views.previewHead = newHead(theme.Program), newHead(theme.Preview)
	r.views.told, r.say = widgets.NewParagraph(theme.TextHead, false, theme.Text), newSay(s)
	r.aside.outline = outline.New(s, focus)
	r.ask, r.acts, r.strip = newAsk(s), newActs(s, do), newStrip(s)
	r.mirror = newMirror(s, r.views.program, do)
	r.absent = newAbsent(s)
	r.clips.clip = newClipBar(s, do)
	r.state = newStateLine(s, told)
	r.sheet = widgets.NewSheet(s.T("sheet.close"), func() {
		r.replay.close()
		r.closing, r.replay, r.sheet.OnKey = nil, nil, nil
		focus(nil)
	})
	r.row.screens = widgets.NewFlow(theme.Gap)
	r.content = r.layout()
	s.Events.Subscribe(event.StageChanged|event.ScreenChanged|event.CaseChanged|event.PageChanged|event.OutlineChanged, r.update)
	s.Events.Subscribe(event.ClipMoved, r.clipMoved)
	r.update()
	return r
}

func (r *Room) layout() fyne.CanvasObject {
	button := func(label string, icon fyne.Resource, style widgets.Style, a keys.Action) *widgets.Button {
		b := widgets.NewButton(label, icon, style, func() { r.do(a) })
		b.Hint, b.Tall = keys.Hint(r.s.In(), keys.Trial, a), theme.BigTarget
		return b
	}
	back := button(r.s.T("trial.back"), widgets.Icon("previous"), widgets.Plain, keys.Back)
	next := button(r.s.T("trial.next"), widgets.Icon("next"), widgets.Primary, keys.Next)
	take := button(r.s.T("trial.take"), nil, widgets.Plain, keys.Take)
	r.row.blank = button(r.s.T("trial.blank"), widgets.Icon("blank"), widgets.Black, keys.Blank)
	r.row.blank.Wide = 180
	r.row.blank.Holds(r.s.T("trial.blank"), r.s.T("trial.unblank"))
	r.row.end = button(r.s.T("trial.end"), nil, widgets.Quiet, keys.End)
	r.row.end.Hint = ""
	r.row.keys = container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedHBoxLayout(2), back, next, take, r.row.blank), r.row.end)
	r.row.mode = widgets.NewButton("", nil, widgets.Plain, r.chooseMode)
	for _, m := range []court.Mode{court.ModeSecond, court.ModeSingle, court.ModeShare} {
		r.row.mode.Holds(r.s.T("mode."+m.String()) + " ▾")
	}
	r.row.off = r.offButton()
	ready := widgets.NewButton(r.s.T("ready.open"), widgets.Icon("check"), widgets.Plain, r.openReady)
	record := widgets.NewButton(r.s.T("journal.open"), nil, widgets.Plain, r.openJournal)
	r.row.begin = button(r.s.T("trial.start"), fynetheme.MediaPlayIcon(), widgets.Primary, keys.Start)
	r.row.begin.Holds(r.s.T("trial.start"), r.s.T("trial.rehearse"), r.s.T("trial.go-on"))
	startHere := button(r.s.T("trial.start-here"), nil, widgets.Plain, keys.StartHere)
	r.row.start = widgets.NewFlow(theme.Gap, r.row.begin, startHere, r.row.mode, ready, record, r.row.off)

	r.opener = button(r.s.T("trial.side"), widgets.Icon("prepare"), widgets.Plain, keys.OtherPane)
	r.opener.Below = true
	told := widgets.NewColumn(r.views.told)
	told.Shrinking(r.views.told, theme.TextBase, theme.TextHead)
	r.area = consoleArea{
		asks: r.ask.content.Visible, drawer: container.NewStack(), tools: r.mirror.box, acts: container.New(cells{actWide, theme.BigTarget}),
		programHead: r.views.programHead.box, program: container.NewStack(r.mirror.content, r.absent.content),
		previewHead: r.views.previewHead.box, preview: r.views.preview, told: told, ask: r.ask.content,
		words: r.say.content, clip: r.clips.clip.content, keys: r.row.keys, start: r.row.start, screens: r.row.screens,
	}
	r.area.drawer.Hide()
	r.aside.acts = container.NewGridWithColumns(actColumns, r.acts.buttons...)
	r.aside.beside = r.layoutSide()
	r.aside.column = container.NewStack(r.aside.beside)
	r.laid = container.New(r.area, r.area.objects()...)
	r.split = container.NewHSplit(widgets.Inset(roomEdge, r.laid), r.aside.column)
	r.split.Offset = 0.74
	r.splits = widgets.Splits{r.split}
	r.splits.Restore(r.s.Settings.Remembered(layoutSetting))
	return container.New(room{r}, r.split, r.sheet.Content())
}

// actWide is how wide a named button is on a small screen, actColumns how many stand side by side under the outline.
const (
	actWide    = 84
	actColumns = 3
)

// StateLine is the line at the room's foot: badges, what the window tells, the court screen's lamp and the times.
func (r *Room) StateLine() fyne.CanvasObject { return r.state.content }

// layoutSide is the outline, or the evidence, or what was found, with what belongs to it.
func (r *Room) layoutSide() *fyne.Container {
	r.aside.other = widgets.NewButton("", nil, widgets.Quiet, func() { r.do(keys.OtherPane) })
	r.aside.other.Hint = keys.Hint(r.s.In(), keys.Trial, keys.OtherPane)
	smaller := widgets.NewButton("A−", nil, widgets.Quiet, func() { r.say.resize(-2) })
	larger := widgets.NewButton("A+", nil, widgets.Quiet, func() { r.say.resize(2) })
	smaller.Tip, larger.Tip = r.s.T("trial.smaller"), r.s.T("trial.larger")
	r.aside.closer = widgets.NewButton("✕", nil, widgets.Quiet, func() { r.openDrawer(false) })
	r.aside.closer.Tip = r.s.T("sheet.close") + " · Esc"
	r.aside.closer.Hint = keys.Hint(r.s.In(), keys.Trial, keys.Close)
	r.aside.closer.Hide()
	for _, b := range []*widgets.Button{r.aside.other, smaller, larger, r.aside.closer} {
		b.Tall = theme.BigTarget
	}
	r.aside.find = find.New(r.s)
	r.aside.find.OnGone = func() { r.focus(nil) }
	r.aside.find.OnClose = r.closeFind
	r.aside.side = container.NewStack(r.aside.outline.Content(), r.aside.panel.Content(), r.aside.find.Content())
	r.showSide(len(r.s.Dossier.Outline().Phases()) > 0)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(smaller, larger, r.aside.closer), r.aside.other)
	side := container.New(footed{}, container.NewBorder(head, nil, nil, nil, r.aside.side), widgets.Rule(), r.strip.content, r.aside.acts)
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.Surface)), side)
}

// layoutSetting remembers where the divider is.
const layoutSetting = "layout.trial"

// Leave remembers how the room was laid out.
func (r *Room) Leave() { r.s.Settings.Remember(layoutSetting, r.splits.String()) }

// Close closes what is open beside the pictures, and tells whether anything was.
func (r *Room) Close() bool {
	switch {
	case r.aside.find.Content().Visible():
		r.closeFind()
	case r.area.drawer.Visible():
		r.openDrawer(false)
	default:
		return r.mirror.putAway()
	}
	return true
}

// Overlays is what may lie over the room.
func (r *Room) Overlays() []widgets.Overlay { return []widgets.Overlay{r.sheet} }

// showSide shows the outline at the side, or the evidence.
func (r *Room) showSide(outlined bool) {
	r.aside.find.Content().Hide()
	widgets.Show(r.aside.outline.Content(), outlined)
	widgets.Show(r.aside.panel.Content(), !outlined)
	r.showBelow()
	label := "trial.side-outline"
	if outlined {
		label = "trial.side-evidence"
	}
	r.aside.other.SetLabel(r.s.T(label))
}

// closeFind puts the outline back, or the evidence where there is no outline.
func (r *Room) closeFind() {
	r.showSide(len(r.s.Dossier.Outline().Phases()) > 0)
	r.openDrawer(false)
	r.s.Finder.Leave()
	r.focus(nil)
}

// Foot is what no line and no page of keys lies over: in a trial its buttons, that of black among them; else nil.
func (r *Room) Foot() fyne.CanvasObject {
	if !r.row.keys.Visible() {
		return nil
	}
	return r.row.keys
}

// Content is the room to put into the window.
func (r *Room) Content() fyne.CanvasObject { return r.content }

func (r *Room) update() {
	st := r.s.Stage.State()
	now := time.Now()
	r.clock.Follow(st, now)
	widgets.Show(r.row.keys, st.Running)
	widgets.Show(r.row.start, !st.Running)
	widgets.Show(r.row.screens, !st.Running)
	widgets.Show(r.row.off, r.s.Court.Held())
	if r.replay != nil && st.Running {
		r.sheet.Close() // a trial has begun
	}
	if r.closing != nil {
		r.closing.update()
	}
	r.row.begin.SetLabel(r.s.T("trial.start"))
	if r.s.Settings.Rehearsal() {
		r.row.begin.SetLabel(r.s.T("trial.rehearse"))
	}
	if r.s.Resume.Unfinished() {
		r.row.begin.SetLabel(r.s.T("trial.go-on"))
	}
	r.row.mode.SetLabel(r.s.T("mode."+r.s.Court.Mode().String()) + " ▾")
	r.updateProgram(st)
	r.updatePreview(st)
	r.say.update()
	r.state.lamp.Set(Lamp(r.s))
	r.updateChoice(st)
	r.updateClip()
	r.ask.update()
	r.strip.update()
	r.acts.update()
	r.followDrawer(st)
	r.Tick(now)
	r.layAnew()
}

// shape is all that decides where the things in area are, but for its size.
type shape struct {
	running, asks, clip, drawer bool
	foot                        float32
	told                        string
}

// layAnew lays the area out where something came or went: the toolkit does that only where the least size changed, and
// the room's is always the same.
func (r *Room) layAnew() {
	wide := r.laid.Size().Width
	now := shape{
		r.row.keys.Visible(), r.ask.content.Visible(), r.clips.clip.content.Visible(), r.area.drawer.Visible(),
		widgets.TallAt(r.row.start, wide) + widgets.TallAt(r.row.screens, wide), r.views.told.Text(),
	}
	if now != r.shape {
		r.shape = now
		r.laid.Refresh()
	}
}

// clipShare is how much of the time the window may spend drawing the mirror while a clip moves: without a graphics card
// one drawing takes longer than one of the clip's pictures, and a key waits behind either.
const clipShare = 15

// clipMoved shows where the clip is by now, and takes the time that the window needs for it.
func (r *Room) clipMoved() {
	if time.Since(r.clips.drawn) < clipShare*r.clips.cost {
		return
	}
	r.clips.drawn = time.Now()
	r.updateClip()
	// The second of two posts runs behind the window's next drawing.
	r.s.Events.Post(func() {
		go r.s.Events.Post(func() { r.clips.cost = min(100*time.Millisecond, time.Since(r.clips.drawn)) })
	})
}

// updateClip shows where the clip is that the court sees.
func (r *Room) updateClip() {
	clip, _ := r.s.Clips.Now()
	frame, made := r.s.Stage.Shown()
	r.mirror.film.update(frame, made, clip.Film)
	r.clips.clip.update()
	r.layAnew()
}

func (r *Room) updateProgram(st presenter.State) {
	w := wordsOfProgram(r.s.In(), r.s.Labels, st, r.unseen())
	r.views.program.SetEdge(theme.Color(theme.Line))
	if w.live {
		r.views.program.SetEdge(theme.Color(theme.Program))
	}
	r.views.program.SetEmpty(w.empty)
	switch f, ok := r.s.Stage.Shown(); {
	case !w.live:
		r.views.program.SetImage(nil)
	case ok:
		r.views.program.SetPart(f.Image, f.Seen())
	}
	r.absent.update()
	r.views.programHead.set(r.s.T("trial.program"), w.name, w.folios, w.live)
	r.mirror.update(w.live)
	r.showTools()
	r.row.blank.SetLabel(w.blank)
}

// updatePreview shows what comes next: its name over it, and under it only what a person can't see there.
func (r *Room) updatePreview(st presenter.State) {
	c := coming{doubts: r.s.Guard.Doubts(), back: r.wayBack(st)}
	at := st.Next
	if st.NextBeat {
		at = st.At
	}
	if ref, ok := r.s.Run.StepAt(at); ok && !st.Called {
		c.step = ref.Step
	}
	r.views.preview.SetEdge(theme.Color(theme.Preview))
	tint := theme.Text
	if len(c.doubts) > 0 {
		r.views.preview.SetEdge(theme.Color(theme.Warn))
		tint = theme.Warn
	}
	if f, made := r.s.Stage.Frame(st.Preview); st.Preview.IsZero() {
		r.views.preview.SetImage(nil)
	} else {
		r.views.preview.SetPart(f.Image, f.Seen())
		if made && f.Err != nil {
			c.fault = r.s.Labels.ErrorText(f.Err, st.Preview.First().Page)
		}
	}
	w := wordsOfPreview(r.s.In(), r.s.Labels, st, c)
	r.views.preview.SetEmpty(w.empty)
	r.views.previewHead.set(w.title, w.name, w.folios, true)
	r.views.told.SetTint(tint)
	r.views.told.SetText(w.told)
}

// wayBack says where the key goes that goes back to the outline.
func (r *Room) wayBack(st presenter.State) string {
	key := keys.Hint(r.s.In(), keys.Trial, keys.Return)
	if ref, ok := r.s.Run.StepAt(backTo(st)); ok {
		return r.s.T("trial.return-step", "key", key, "step", r.s.Labels.Number(ref.Step.ID))
	}
	return r.s.T("trial.return", "key", key)
}

// Tick shows the times; the window calls it once a second.
func (r *Room) Tick(now time.Time) {
	text, onShow := r.s.Clock(now), ""
	if !r.clock.Began.IsZero() {
		text += "\n" + r.s.T("trial.since", "time", duration(now.Sub(r.clock.Began)))
		onShow = duration(now.Sub(r.clock.Shown))
	}
	r.state.times.SetText(text)
	r.state.update()
	r.views.programHead.setTime(onShow)
}
