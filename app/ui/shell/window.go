package shell

import (
	"errors"
	"image"
	"log/slog"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/prepare"
	"butluc/app/ui/sealing"
	"butluc/app/ui/shelf"
	"butluc/app/ui/study"
	"butluc/app/ui/theme"
	"butluc/app/ui/trial"
	"butluc/app/ui/widgets"
	"butluc/presenter/display"
)

// room is one of the four.
type room interface {
	Content() fyne.CanvasObject
	Do(keys.Action) bool
	Overlays() []widgets.Overlay
}

// window is the console: everything on it is drawn anew when language or colours change.
type window struct {
	app     fyne.App
	win     fyne.Window
	session *console.Session
	leaving leaving
	left    bool // breakLoop is at work
	version string

	at     keys.Room
	room   room
	trial  *trial.Room // the room when it is the Trial room
	clock  trial.Clock
	holder *focusHolder
	panes
	notice *noticeBar
	call   *callLine
	jump   *jumpLine
	note   *noteLine

	picking  *picking
	sealing  *sealing.Sheets
	question *endQuestion
	tour     *tour
	running  bool
	desktop  desktop
	chooser  chooser
	keyboard keyboard
	drawing  drawing
}

// panes are what the window is laid out of.
type panes struct {
	body   *fyne.Container // the room
	rail   *fyne.Container
	bottom *fyne.Container // what stands under the room: the notices, in the Trial room among its state
	main   *fyne.Container // rail, room and bottom
	help   *helpPage
	cover  *mirrorCover
	walk   widgets.Walk    // from button to button in main, by keys
	over   *fyne.Container // the lines, and F1's page: what lies over a room, but for its foot
}

// desktop is where the window stands.
type desktop struct {
	w   *window
	own display.Screen // the laptop's, on which the window was put
}

// keyboard takes the keys of both windows.
type keyboard struct {
	w    *window
	took bool // the key that went down last was ours: the toolkit gets no character of it
}

// newWindow makes the window's parts; build makes what is seen of it.
func newWindow(app fyne.App, version string) *window {
	w := &window{app: app, version: version}
	w.desktop.w, w.chooser.w, w.keyboard.w = w, w, w
	return w
}

func (w *window) build() {
	w.win = w.app.NewWindow("Butluc")
	w.win.SetPadded(false)
	w.win.SetCloseIntercept(w.quit)
	w.win.SetOnDropped(w.dropped)
	w.tour = newTour(w.session)
	w.holder = newFocusHolder()
	w.holder.typed = w.keyboard.rune
	w.holder.lost = func() { w.leaving.Post(w.keyboard.reclaim) }
	w.at = keys.Shelf
	w.redraw()
	w.win.Resize(fyne.NewSize(1280, 720))
}

func (w *window) show() {
	w.win.Show()
	if !fitsLater {
		w.desktop.restore()
		w.desktop.fit()
	}
	w.focus(nil)
}

// fitsLater tells that the window is fitted once the toolkit's loop runs. Made smaller before, it is drawn on at the size
// that it had, and cut off at its foot, on X11 (Fyne 2.8.1); on Windows it gets another size than was asked for afterwards.
const fitsLater = runtime.GOOS != "windows"

// fit puts the window onto the laptop's own screen, and makes it as small as is needed to lie on it whole: it could stand on the
// court's, or reach onto it, as where letters are drawn large.
func (d *desktop) fit() {
	layout, err := display.Describe()
	if err != nil {
		slog.Warn("find screens", "err", err)
		return
	}
	if own, ok := display.Own(layout); ok {
		d.own = own
		d.stand(own)
	}
}

// refit makes the window smaller again that the toolkit made larger than the screen: where for a moment a room wanted more
// than it needs, as its look changes, the toolkit lets the window grow, and leaves it so.
func (d *desktop) refit() {
	x, y, width, height, err := d.place()
	if err == nil && outgrown(image.Rect(x, y, x+width, y+height), d.own) {
		d.fit()
	}
}

// outgrown tells that a window, in pixels of the desktop, stands on a screen and is larger than it by more than the frame
// of a maximized one. A window that a person put on another screen is left there, however large.
func outgrown(at image.Rectangle, s display.Screen) bool {
	const frame = titleTall
	screen := image.Rect(s.X, s.Y, s.X+s.W, s.Y+s.H)
	return at.Min.Add(at.Size().Div(2)).In(screen) && (at.Dx() > s.W+frame || at.Dy() > s.H+frame)
}

// stand puts the window onto a screen, as small as is needed to lie on it whole.
func (d *desktop) stand(s display.Screen) {
	x, y, width, height, err := d.place()
	if err != nil {
		slog.Warn("find console", "err", err)
		return
	}
	scale := d.w.win.Canvas().Scale()
	at := image.Rect(x, y, x+width, y+height)
	if to := inside(at, s, scale); to != at {
		d.w.win.Resize(fyne.NewSize(float32(to.Dx())/scale, float32(to.Dy())/scale))
		d.move(to.Min.X, to.Min.Y)
	}
}

// inside is where a window must stand, in pixels of the desktop, to lie within a screen beside the system's bars.
func inside(at image.Rectangle, s display.Screen, scale float32) image.Rectangle {
	title, bars := int(titleTall*scale), int(barsTall*scale)
	room := image.Rect(s.X, s.Y+title, s.X+s.W, s.Y+s.H-bars+title)
	if at.In(room) {
		return at
	}
	size := image.Pt(min(at.Dx(), room.Dx()), min(at.Dy(), room.Dy()))
	corner := at.Min
	if !corner.In(room) {
		corner = room.Min
	}
	corner = image.Pt(min(corner.X, room.Max.X-size.X), min(corner.Y, room.Max.Y-size.Y))
	return image.Rectangle{Min: corner, Max: corner.Add(size)}
}

// place is where the window is, in pixels of the desktop.
func (d *desktop) place() (x, y, width, height int, err error) {
	handle, err := d.handle()
	if err != nil {
		return 0, 0, 0, 0, err
	}
	return display.WindowPlace(handle)
}

// move puts the window's corner at a place on the desktop.
func (d *desktop) move(x, y int) {
	handle, err := d.handle()
	if err == nil {
		err = display.MoveWindow(handle, x, y)
	}
	if err != nil {
		slog.Error("move console", "err", err)
	}
}

// handle is the system's own name of the window.
func (d *desktop) handle() (handle uintptr, err error) {
	native, ok := d.w.win.(driver.NativeWindow)
	if !ok {
		return 0, errors.New("find console: no native window")
	}
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			handle = c.WindowHandle
		case driver.WindowsWindowContext:
			handle = c.HWND
		}
	})
	if handle == 0 {
		return 0, errors.New("find console: no handle")
	}
	return handle, nil
}

// leaveRoom lets the room remember how it was laid out.
func (w *window) leaveRoom() {
	if r, ok := w.room.(interface{ Leave() }); ok {
		r.Leave()
	}
}

// redraw makes the whole window anew, in the language and colours chosen.
func (w *window) redraw() {
	w.leaveRoom()
	settings := w.session.Settings.Shelf().Settings()
	if settings.Language != "" {
		w.session.SetLanguage(settings.Language)
	}
	localizeToolkit(w.session.In())
	w.app.Settings().SetTheme(theme.New(w.look(settings.Theme)))
	w.session.Events.Unsubscribe()
	w.session.Events.Flushed(func() { w.drawing.settle(w.win.Canvas(), w.session.Events.Holds()) })
	w.notice = newNoticeBar(w.session)
	w.call = newCallLine(w.session, w.focus)
	w.jump = newJumpLine(w.session, w.focus)
	w.note = newNoteLine(w.session, w.focus)
	w.body = container.NewStack()
	w.rail = container.NewVBox()
	w.help = newHelp(w.session.In(), func() { w.focus(nil) }, w.session.Events.Post)
	w.cover = newMirrorCover(w.session.In(), w.session.Court.Screens.Extend, func() { w.session.Court.ChooseMode(court.ModeSingle) })
	w.picking = newPicking(w.session, &w.chooser, w.do)
	w.question = newEndQuestion(w.session, w.do, w.goOn, w.end)
	// The call line lies over the room: were it in the layout, every picture would be shrunk anew as
	// it opens and closes, and Enter would wait for that.
	lines := container.NewBorder(nil, container.NewVBox(w.jump.content, w.note.content, w.call.content), nil, nil)
	w.sealing = sealing.New(w.session, w.focus, &w.chooser)
	w.over = container.New(widgets.Above{Room: w.body, Foot: w.foot}, w.sealing.Content(), w.help.content, lines)
	var top fyne.CanvasObject
	if w.at != keys.Trial {
		top = newCourtStrip(w.session, w.do).content
	}
	w.bottom = container.NewStack()
	room := container.NewBorder(nil, w.tour.build(), nil, nil, container.NewStack(w.body, w.over))
	rooms := container.NewBorder(top, w.bottom, nil, nil, room)
	w.main = container.NewBorder(nil, nil, w.railPanel(), nil, rooms)
	w.win.SetContent(container.NewStack(w.holder, w.main, w.picking.content, w.question.content, w.cover.content, widgets.NewTips(w.session.Events.Post)))
	w.session.Events.Subscribe(event.CaseChanged|event.StageChanged|event.ScreenChanged, w.follow)
	w.session.Events.Subscribe(event.CaseOpened, w.opened)
	w.session.Events.Subscribe(event.CaseChanged|event.StageChanged|event.PageChanged|event.OutlineChanged, w.tour.follow)
	w.enter(w.at)
	w.follow()
}

// opened goes to the case that was opened: to its trial, where that was cut off.
func (w *window) opened() {
	if w.session.Resume.Unfinished() {
		w.enter(keys.Trial)
		return
	}
	stay{w}.goOn()
}

// look is the colours chosen, else dark in the Trial room and the system's elsewhere.
func (w *window) look(chosen string) theme.Look {
	switch chosen {
	case "dark":
		return theme.Dark
	case "light":
		return theme.Light
	case "contrast":
		return theme.HighContrast
	}
	if w.at == keys.Trial || w.app.Settings().ThemeVariant() == 0 {
		return theme.Dark
	}
	return theme.Light
}

func (w *window) railPanel() fyne.CanvasObject {
	language := newRailKey(w.session.In().Next().T("language.name"), widgets.Icon("language"), widgets.Quiet, func() { w.do(keys.Language) })
	colours := newRailKey(w.session.T("rail.theme"), widgets.Icon("theme"), widgets.Quiet, func() { w.do(keys.Theme) })
	helpButton := newRailKey(w.session.T("rail.help"), widgets.Icon("help"), widgets.Quiet, func() { w.do(keys.Help) })
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.Surface)),
		widgets.Inset(3, container.NewBorder(w.rail, container.NewVBox(helpButton, colours, language), nil, nil)))
}

// enter goes into a room.
func (w *window) enter(at keys.Room) {
	if at == keys.Shelf {
		stay{w}.keep()
	}
	if at != keys.Shelf {
		if _, ok := w.session.Dossier.Snapshot(); !ok {
			at = keys.Shelf
			if w.room != nil && w.at == keys.Shelf {
				w.session.Notices.Tell("notice.no-case", true)
				return
			}
		}
	}
	if at != w.at {
		w.at = at
		w.redraw() // in the room's own colours
		return
	}
	w.leaveRoom()
	w.walk.Stop()
	w.trial = nil
	switch at {
	case keys.Prepare:
		w.room = prepare.New(w.session, w.do, w.focus, &w.chooser)
	case keys.Study:
		w.room = study.New(w.session, w.do, w.focus)
	case keys.Trial:
		w.trial = trial.New(w.session, &w.clock, w.do, w.focus, &w.chooser, w.notice.content)
		w.room = w.trial
	default:
		w.room = shelf.New(w.session, shelf.Ways{
			Open: w.openFolder, Resume: stay{w}.resume, Resumes: stay{w}.where, Tour: w.tour.begin, Guide: w.openGuide, Files: &w.chooser,
			Do:   w.do,
			Pack: func(dir, title string) { w.sealing.Seal(dir, title, nil) }, Lock: w.sealing.Lock, Wipe: w.sealing.Wipe,
		}, w.focus)
	}
	w.body.Objects = []fyne.CanvasObject{w.room.Content()}
	w.body.Refresh()
	w.bottom.Objects = []fyne.CanvasObject{w.notice.content}
	if w.trial != nil {
		w.bottom.Objects = []fyne.CanvasObject{w.trial.StateLine()}
	}
	w.bottom.Refresh()
	w.over.Refresh()
	w.buildRail()
	w.focus(nil)
}

func (w *window) buildRail() {
	w.rail.RemoveAll()
	for _, r := range []struct {
		at    keys.Room
		icon  string
		label string
		a     keys.Action
	}{
		{keys.Shelf, "shelf", "room.shelf-short", keys.GoShelf},
		{keys.Prepare, "prepare", "room.prepare-short", keys.GoPrepare},
		{keys.Trial, "trial", "room.trial-short", keys.GoTrial},
		{keys.Study, "study", "room.study-short", keys.GoStudy},
	} {
		style := widgets.Quiet
		if r.at == w.at {
			style = widgets.Chosen
		}
		w.rail.Add(newRailKey(w.session.T(r.label), widgets.Icon(r.icon), style, func() { w.do(r.a) }))
	}
}

// follow keeps the window in step with the session: a trial that began is entered, and mirrored
// screens are covered.
func (w *window) follow() {
	running := w.session.Stage.Running()
	title := "Butluc"
	if snapshot, ok := w.session.Dossier.Snapshot(); ok {
		title = snapshot.Case.Title + " – Butluc"
	}
	if w.win.Title() != title {
		w.win.SetTitle(title)
	}
	if running != w.running {
		w.running = running
		if running { // what the court must not see is put away
			w.session.Sealing.Stop()
			if w.sealing.Visible() {
				w.sealing.Close()
			}
		}
		if running && w.at != keys.Trial {
			w.enter(keys.Trial)
		}
	}
	state, _ := w.session.Court.State()
	w.coverUp(state == court.Mirrored)
}

// coverUp covers the console while the court sees it, or uncovers it. The toolkit's dialogs and menus lie above all that is
// ours, with names of files: they are closed, and so is the system's.
func (w *window) coverUp(mirrored bool) {
	for toolkit := (toolkitOverlay{w}); mirrored && toolkit.Visible(); {
		toolkit.Close()
	}
	if mirrored {
		w.chooser.end()
	}
	widgets.Show(w.cover.content, mirrored)
}

func (w *window) tick(now time.Time) {
	w.desktop.refit()
	w.drawing.tick(w.win.Canvas(), w.session.Events.Holds())
	w.session.Tick(now)
	if w.trial != nil {
		w.trial.Tick(now)
	}
}

// focus gives the keyboard to a field, or with nil to the focus holder.
func (w *window) focus(f fyne.Focusable) {
	if f == nil {
		f = w.holder
	}
	w.win.Canvas().Focus(f)
}

// reclaim gives the keyboard back to the focus holder when something other than a field took it.
func (k *keyboard) reclaim() {
	switch k.w.win.Canvas().Focused().(type) {
	case *focusHolder, widgets.Keyboard, *widgets.Press:
		return
	}
	if (toolkitOverlay{k.w}).Visible() {
		return // a dialog or a menu needs it
	}
	k.w.focus(nil)
}

func (w *window) dropped(_ fyne.Position, uris []fyne.URI) {
	if len(uris) == 0 || uris[0].Scheme() != "file" {
		w.session.Notices.Tell("error.drop", true)
		return
	}
	w.chooser.openNamed(uris[0].Path())
}

// newRailKey is a tall key of the rail: an icon over a word.
func newRailKey(label string, icon fyne.Resource, style widgets.Style, tapped func()) fyne.CanvasObject {
	b := widgets.NewButton(label, icon, style, tapped)
	b.Below, b.Wide, b.Tall = true, theme.RailWidth, 56
	return b
}
