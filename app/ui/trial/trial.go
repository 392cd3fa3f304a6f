// Package trial is the room of the hearing: what the court sees, what comes next, and the keys.
package trial

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"butluc/app/console"
	"butluc/app/i18n"
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
	s       *console.Session
	panel   *evidence.Panel
	find    *find.Panel
	outline *outline.Panel
	side    *fyne.Container // the outline or the evidence
	beside  *fyne.Container // side with what belongs to it
	column  *fyne.Container // where beside is on a wide screen
	split   *container.Split
	desk    desk
	laid    *fyne.Container // the desk's things
	shape   shape           // that they were laid out in
	narrow  bool            // beside is in the desk's drawer
	closer  *widgets.Button // of the drawer
	opener  *widgets.Button
	last    struct{ preview, program library.Shot }
	other   *widgets.Button // to the other of them
	say     *say
	ask     *ask
	status  *status
	mode    *widgets.Button
	choose  Chooser
	splits  widgets.Splits
	strip   *strip
	mirror  *mirror
	absent  *absent
	clip    *clipBar
	drawn   time.Time     // when the clip's place was shown last
	cost    time.Duration // what a drawing of the window takes
	sheet   *widgets.Sheet
	closing *closing        // nil while no summary stands
	off     *widgets.Button // turns the court screen off that is black since the trial ended
	begin   *widgets.Button
	focus   func(fyne.Focusable)
	do      func(keys.Action)
	clock   *Clock

	program, preview         *widgets.Picture
	programHead, previewHead *head
	previewName              *widgets.Paragraph
	next                     fyne.CanvasObject
	coming                   *fyne.Container // what is said of Preview, or the question on what ground it is shown
	keys                     *fyne.Container // of a running trial
	end                      *widgets.Button
	blank                    *widgets.Button
	start                    *fyne.Container
	screens                  *fyne.Container
	state                    *stateLine
	content                  fyne.CanvasObject
	offered                  string // the screens that the choice shows
}

// Chooser asks a person where to write a file.
type Chooser interface {
	ChooseSave(title, what, ending string, chosen func(file string))
}

// New makes the room. do does an action, the window's or the room's; focus gives the keyboard to a field, or with nil back to the room.
func New(s *console.Session, clock *Clock, do func(keys.Action), focus func(fyne.Focusable), choose Chooser) *Room {
	r := &Room{s: s, do: do, focus: focus, clock: clock, choose: choose, panel: evidence.New(s, func() { focus(nil) })}
	r.program, r.preview = widgets.NewPicture(), widgets.NewPicture()
	r.program.Ground, r.preview.Ground = color.Black, color.Black
	r.program.Top, r.preview.Top = true, true
	r.program.Edge, r.preview.Edge = theme.Color(theme.Line), theme.Color(theme.Preview)
	r.programHead, r.previewHead = newHead(theme.Program), newHead(theme.Preview)
	r.previewName, r.say = widgets.NewParagraph(theme.TextHead, false, theme.Text), newSay(s)
	r.outline = outline.New(s, focus)
	r.ask, r.status, r.strip = newAsk(s), newStatus(s), newStrip(s)
	r.mirror = newMirror(s, r.program, do)
	r.absent = newAbsent(s)
	r.clip = newClipBar(s, do)
	r.sheet = widgets.NewSheet(i18n.T("sheet.close"), func() {
		r.closing, r.sheet.OnKey = nil, nil
		focus(nil)
	})
	r.state = newStateLine(s)
	r.screens = widgets.NewFlow(theme.Gap)
	r.content = r.layout()
	s.Events.Subscribe(console.StageChanged|console.ScreenChanged|console.CaseChanged|console.PageChanged|console.OutlineChanged, r.update)
	s.Events.Subscribe(console.ClipMoved, r.clipMoved)
	r.update()
	return r
}

func (r *Room) layout() fyne.CanvasObject {
	button := func(label string, icon fyne.Resource, style widgets.Style, a keys.Action) *widgets.Button {
		b := widgets.NewButton(label, icon, style, func() { r.do(a) })
		b.Hint, b.Tall = keys.Hint(keys.Trial, a), theme.BigTarget
		return b
	}
	back := button(i18n.T("trial.back"), widgets.Icon("previous"), widgets.Plain, keys.Back)
	next := button(i18n.T("trial.next"), widgets.Icon("next"), widgets.Primary, keys.Next)
	take := button(i18n.T("trial.take"), nil, widgets.Plain, keys.Take)
	r.blank = button(i18n.T("trial.blank"), widgets.Icon("blank"), widgets.Black, keys.Blank)
	r.blank.Wide = 180
	r.blank.Holds(i18n.T("trial.blank"), i18n.T("trial.unblank"))
	r.end = button(i18n.T("trial.end"), nil, widgets.Quiet, keys.End)
	r.end.Hint = ""
	r.keys = container.NewBorder(nil, nil, container.NewHBox(back, next, take, r.blank), r.end)
	r.mode = widgets.NewButton("", nil, widgets.Plain, r.chooseMode)
	for _, m := range []console.Mode{console.ModeSecond, console.ModeSingle, console.ModeShare} {
		r.mode.Holds(i18n.T("mode."+m.String()) + " ▾")
	}
	r.off = r.offButton()
	ready := widgets.NewButton(i18n.T("ready.open"), widgets.Icon("check"), widgets.Plain, r.openReady)
	record := widgets.NewButton(i18n.T("journal.open"), nil, widgets.Plain, r.openJournal)
	r.begin = button(i18n.T("trial.start"), fynetheme.MediaPlayIcon(), widgets.Primary, keys.Start)
	r.begin.Holds(i18n.T("trial.start"), i18n.T("trial.rehearse"), i18n.T("trial.go-on"))
	startHere := button(i18n.T("trial.start-here"), nil, widgets.Plain, keys.StartHere)
	r.start = widgets.NewFlow(theme.Gap, r.begin, startHere, r.mode, ready, record, r.off)

	r.opener = button(i18n.T("trial.side"), nil, widgets.Plain, keys.OtherPane)
	r.opener.Tall = theme.Target
	coming := widgets.NewColumn(r.previewName)
	coming.Shrinking(r.previewName, theme.TextBase, theme.TextHead)
	r.next = coming.Content()
	r.coming = container.NewStack(r.next, r.ask.content)
	r.desk = desk{
		running: r.keys.Visible, asks: r.ask.content.Visible, state: r.state.content, drawer: container.NewStack(), tools: r.mirror.box,
		programHead: r.programHead.box, program: container.NewStack(r.mirror.content, r.absent.content),
		previewHead: container.NewBorder(nil, nil, nil, container.NewCenter(r.opener), r.previewHead.box), preview: r.preview,
		words: r.say.content, coming: r.coming, clip: r.clip.content, keys: r.keys, start: r.start, screens: r.screens,
	}
	r.desk.drawer.Hide()
	r.beside = r.layoutSide()
	r.column = container.NewStack(r.beside)
	r.laid = container.New(r.desk, r.desk.objects()...)
	r.split = container.NewHSplit(widgets.Inset(roomEdge, r.laid), r.column)
	r.split.Offset = 0.74
	r.opener.Hide()
	r.splits = widgets.Splits{r.split}
	r.splits.Restore(r.s.Settings.Remembered(layoutSetting))
	return container.New(room{r}, r.split, r.sheet.Content())
}

// layoutSide is the outline, or the evidence, or what was found, with what belongs to it.
func (r *Room) layoutSide() *fyne.Container {
	r.other = widgets.NewButton("", nil, widgets.Quiet, func() { r.do(keys.OtherPane) })
	r.other.Hint = keys.Hint(keys.Trial, keys.OtherPane)
	smaller := widgets.NewButton("A−", nil, widgets.Quiet, func() { r.say.resize(-2) })
	larger := widgets.NewButton("A+", nil, widgets.Quiet, func() { r.say.resize(2) })
	r.closer = widgets.NewButton("✕", nil, widgets.Quiet, func() { r.openDrawer(false) })
	r.closer.Hint = keys.Hint(keys.Trial, keys.Close)
	r.closer.Hide()
	r.find = find.New(r.s)
	r.find.OnGone = func() { r.focus(nil) }
	r.find.OnClose = r.closeFind
	r.side = container.NewStack(r.outline.Content(), r.panel.Content(), r.find.Content())
	r.showSide(len(r.s.Dossier.Outline().Phases()) > 0)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(smaller, larger, r.closer), r.other)
	side := container.New(footed{}, container.NewBorder(head, nil, nil, nil, r.side), widgets.Rule(), r.strip.content, r.status.content)
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.Surface)), side)
}

// actions are the room's own, but for the tools.
var actions = map[keys.Action]func(*Room){
	keys.Find: func(r *Room) {
		r.openDrawer(true)
		r.outline.Content().Hide()
		r.panel.Content().Hide()
		widgets.Show(r.find.Content(), true)
		r.showBelow()
		r.s.Finder.Again()
		r.focus(r.find.Field())
	},
	keys.Filter: func(r *Room) {
		r.openDrawer(true)
		r.showSide(false)
		r.focus(r.panel.Search())
	},
	keys.OtherPane: func(r *Room) {
		if r.narrow && !r.desk.drawer.Visible() {
			r.openDrawer(true)
			return
		}
		r.showSide(r.panel.Content().Visible())
	},
}

// Does tells whether an action is one of this room's, whose owner is [keys.OfTrial].
func Does(a keys.Action) bool { return actions[a] != nil || isTool(a) }

// Do does an action of this room and tells whether it was one.
func (r *Room) Do(a keys.Action) bool {
	if act, ok := actions[a]; ok {
		act(r)
		return true
	}
	return r.mirror.do(a)
}

// layoutSetting remembers where the divider is.
const layoutSetting = "layout.trial"

// Leave remembers how the room was laid out.
func (r *Room) Leave() { r.s.Settings.Remember(layoutSetting, r.splits.String()) }

// Close closes what is open beside the pictures, and tells whether anything was.
func (r *Room) Close() bool {
	switch {
	case r.find.Content().Visible():
		r.closeFind()
	case r.desk.drawer.Visible():
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
	r.find.Content().Hide()
	widgets.Show(r.outline.Content(), outlined)
	widgets.Show(r.panel.Content(), !outlined)
	r.showBelow()
	label := "trial.side-outline"
	if outlined {
		label = "trial.side-evidence"
	}
	r.other.SetLabel(i18n.T(label))
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
	if !r.keys.Visible() {
		return nil
	}
	return r.keys
}

// Content is the room to put into the window.
func (r *Room) Content() fyne.CanvasObject { return r.content }

func (r *Room) update() {
	st := r.s.Stage.State()
	now := time.Now()
	r.clock.Follow(st, now)
	widgets.Show(r.keys, st.Running)
	widgets.Show(r.start, !st.Running)
	widgets.Show(r.screens, !st.Running)
	widgets.Show(r.off, r.s.Court.Held())
	if r.closing != nil {
		r.closing.update()
	}
	r.begin.SetLabel(i18n.T("trial.start"))
	if r.s.Settings.Rehearsal() {
		r.begin.SetLabel(i18n.T("trial.rehearse"))
	}
	if r.s.Resume.Unfinished() {
		r.begin.SetLabel(i18n.T("trial.go-on"))
	}
	r.mode.SetLabel(i18n.T("mode."+r.s.Court.Mode().String()) + " ▾")
	r.updateProgram(st)
	r.updatePreview(st)
	r.state.lamp.Set(Lamp(r.s))
	r.updateChoice(st)
	r.updateClip()
	r.ask.update()
	widgets.Show(r.next, !r.ask.content.Visible())
	r.strip.update()
	r.status.update()
	r.followDrawer(st)
	r.Tick(now)
	r.layAnew()
}

// shape is all that decides where the desk's things are, but for its size.
type shape struct {
	running, asks, clip bool
	foot                float32
}

// layAnew lays the desk out where something came or went: the toolkit does that only where the least size changed, and
// the room's is always the same.
func (r *Room) layAnew() {
	wide := r.laid.Size().Width
	now := shape{
		r.keys.Visible(), r.ask.content.Visible(), r.clip.content.Visible(),
		widgets.TallAt(r.start, wide) + widgets.TallAt(r.screens, wide),
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
	if time.Since(r.drawn) < clipShare*r.cost {
		return
	}
	r.drawn = time.Now()
	r.updateClip()
	// The second of two posts runs behind the window's next drawing.
	r.s.Events.Post(func() { go r.s.Events.Post(func() { r.cost = min(100*time.Millisecond, time.Since(r.drawn)) }) })
}

// updateClip shows where the clip is that the court sees.
func (r *Room) updateClip() {
	clip, _ := r.s.Clips.Now()
	frame, made := r.s.Stage.Shown()
	r.mirror.film.update(frame, made, clip.Film)
	r.clip.update()
	r.layAnew()
}

func (r *Room) updateProgram(st presenter.State) {
	live := st.Running && !st.Dark
	waits := st.Running && !st.Black && !st.Playing && !st.Stands && st.Screen
	r.program.SetEdge(theme.Color(theme.Line))
	text, name := i18n.T("trial.not-running"), ""
	switch {
	case live:
		r.program.SetEdge(theme.Color(theme.Program))
		name = r.s.Labels.ShotName(st.Shown)
		r.program.SetEmpty("")
		if f, ok := r.s.Stage.Shown(); ok {
			r.program.SetImage(f.Image)
		}
	case st.Running && !st.Screen:
		text = r.unseen()
		if !st.Program.IsZero() {
			name = i18n.T("trial.unseen-name", "name", r.s.Labels.ShotName(st.Program))
		}
	case st.Running:
		text = i18n.T("trial.black")
		if !st.Program.IsZero() {
			name = i18n.T("trial.black-over", "name", r.s.Labels.ShotName(st.Program))
		}
	}
	r.absent.update()
	if !live {
		r.program.SetImage(nil)
		r.program.SetEmpty(text)
	}
	switch {
	case waits && st.Dark:
		name = i18n.T("trial.waits-black", "name", r.s.Labels.ShotName(st.Program))
	case waits:
		name = i18n.T("trial.waits", "name", r.s.Labels.ShotName(st.Program))
	}
	title := i18n.T("trial.program")
	short := ""
	if live {
		short = r.s.Labels.ShotFolios(st.Shown)
	}
	if n := st.Shown.Beats(); live && n > 0 {
		name += " · " + i18n.T("trial.beat", "beat", int(st.Shown.Beat), "beats", n)
	}
	r.programHead.set(title, short, live)
	r.mirror.update(live)
	r.showTools()
	r.say.update(name)
	r.blank.SetLabel(i18n.T("trial.blank"))
	if st.Black && !st.Program.IsZero() {
		r.blank.SetLabel(i18n.T("trial.unblank"))
	}
}

func (r *Room) updatePreview(st presenter.State) {
	title := i18n.T("trial.upcoming")
	at := st.Next
	switch {
	case st.Called:
		title = i18n.T("trial.called")
	case st.NextBeat:
		title, at = i18n.T("trial.next-beat"), st.At
	}
	name, text := "", i18n.T("trial.nothing-next")
	ref, isStep := r.s.Run.StepAt(at)
	isStep = isStep && !st.Called
	var short string
	f, made := r.s.Stage.Frame(st.Preview)
	switch {
	case st.Preview.IsZero():
		if isStep {
			text, name = i18n.T("trial.words-only"), ref.Step.Say
		}
		r.preview.SetImage(nil)
	default:
		short = r.s.Labels.ShotFolios(st.Preview)
		name = r.s.Labels.ShotName(st.Preview)
		if st.NextBeat {
			name += " · " + i18n.T("trial.beat", "beat", int(st.Preview.Beat), "beats", st.Preview.Beats())
		}
		switch {
		case made && f.Err != nil:
			text = r.s.Labels.ErrorText(f.Err, st.Preview.First().Page)
			r.preview.SetImage(nil)
		case made:
			text = i18n.T("trial.preparing") // until it is shrunk
			r.preview.SetImage(f.Image)
		default:
			text = i18n.T("trial.preparing")
			r.preview.SetImage(nil)
		}
	}
	r.preview.SetEmpty(text)
	r.preview.SetEdge(theme.Color(theme.Preview))
	if doubts := r.s.Guard.Doubts(); len(doubts) > 0 {
		r.preview.SetEdge(theme.Color(theme.Warn))
		title, name = "⚠ "+title, strings.Join(doubts, "\n")+"\n"+name
	}
	if isStep && !st.Preview.IsZero() && ref.Step.Say != "" {
		name += "\n“" + ref.Step.Say + "”"
	}
	if (st.Called || len(st.Trail) > 0) && st.Running {
		name += "\n" + r.wayBack(st)
	}
	if after := r.s.Run.After(3); len(after) > 0 && !st.Preview.IsZero() {
		name += "\n\n" + i18n.T("trial.after") + "\n· " + strings.Join(after, "\n· ")
	}
	r.previewHead.set(title, short, true)
	r.previewName.SetText(name)
}

// wayBack says where R goes back to.
func (r *Room) wayBack(st presenter.State) string {
	at := st.Next
	if n := len(st.Trail); !st.Called && n > 0 {
		at = st.Trail[n-1]
	}
	key := keys.Hint(keys.Trial, keys.Return)
	if ref, ok := r.s.Run.StepAt(at); ok {
		return i18n.T("trial.return-step", "key", key, "step", r.s.Labels.Number(ref.Step.ID))
	}
	return i18n.T("trial.return", "key", key)
}

// Tick shows the times; the window calls it once a second.
func (r *Room) Tick(now time.Time) {
	text := i18n.Clock(now)
	onShow := ""
	if !r.clock.Began.IsZero() {
		text += "\n" + i18n.T("trial.since", "time", duration(now.Sub(r.clock.Began)))
		onShow = duration(now.Sub(r.clock.Shown))
	}
	r.state.times.SetText(text)
	r.state.update()
	r.programHead.setTime(onShow)
}
