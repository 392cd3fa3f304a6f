// Package court is the court screen: which of the machine's screens it is, the window on it, and the modes in which evidence is
// shown.
package court

import (
	"image"
	"image/color"
	"log/slog"
	"time"

	"butluc/app/console/event"
	"butluc/app/console/notice"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/library/trace"
	"butluc/presenter"
	"butluc/presenter/display"
	"butluc/presenter/projector"
)

// State is what the lamp says about the court screen.
type State int

// The states; each has a sentence under "lamp." + its name.
const (
	None     State = iota // the laptop's screen is the only one
	Ready                 // there is one, no trial runs
	Black                 // a trial runs, black
	On                    // a trial runs, the court sees a page
	Gone                  // a trial runs, the screen was taken away
	Mirrored              // laptop and court show the same
	Ask                   // several: a person must choose
	Held                  // the trial ended, black still
	Astray                // no trial runs, and the console is not on the laptop's own screen: a person must choose
)

var courtStates = [...]string{"none", "ready", "black", "on", "gone", "mirrored", "ask", "held", "astray"}

func (c State) String() string { return courtStates[c] }

// Options are what a court screen works with beside a console. For a session without a window all but Screen may be nil.
type Options struct {
	// Console tells where the console's window is, in pixels of the desktop. nil: there is none, as in a rehearsal.
	Console func() (x, y, w, h int, err error)
	// MoveConsole moves the window's corner to a place on the desktop.
	MoveConsole func(x, y int)
	// PlaceConsole puts the window on a screen, no larger than that.
	PlaceConsole func(display.Screen)
	// RaiseConsole puts the window before all others, and gives it the keyboard.
	RaiseConsole func()
	// Screen is shown on instead of a court window: for a session without a window. nil: a window.
	Screen projector.Screen
	Trace  *trace.Trace // the session's
	// Urgent has what shows things to the court go before other programs, or back among them. It must not wait.
	Urgent func(bool)
}

// Court is the court screen: which it is, and the window on it. It belongs to the UI goroutine.
type Court struct {
	opt      *Options
	events   *event.Bus
	notices  *notice.Bar
	settings *settings.Settings
	stage    *stage.Stage // of the case that is open
	moved    func()       // another mode was chosen in a trial

	Screens *Screens

	watcher  *display.Watcher
	screen   display.Screen // the one chosen
	verdict  display.Verdict
	window   *display.Court // nil while no trial runs or no screen was ever there
	attached bool           // the projector paints on the window
	held     bool           // a trial ended, and the window is black until a person takes it away
	awake    func()
	eager    func() // ends that keys are fetched at once
	keys     func(display.KeyEvent)
	mode     Mode
	share    *display.Share // the window to share, nil in the other modes
	settling *time.Timer

	shareSize image.Point
}

// New makes a court screen without a window; moved is called when another mode was chosen in a trial.
func New(opt *Options, events *event.Bus, notices *notice.Bar, st *settings.Settings, moved func()) *Court {
	return &Court{
		Screens: &Screens{opt: opt, events: events, notices: notices},
		opt:     opt, events: events, notices: notices, settings: st, moved: moved,
	}
}

// window is the court window, or the one to share.
type window interface {
	Show(frame *image.RGBA) error
	Black() error
	Hide()
	Size() (w, h int)
	Over(display.Overlay) error
	Reproject(parts ...display.Part) error
	Patch(picture *image.RGBA, at image.Point) error
}

// screenOf lets the projector paint in a window.
type screenOf struct{ window }

func (s screenOf) Size() image.Point {
	w, h := s.window.Size()
	return image.Pt(w, h)
}

func (s screenOf) Over(picture *image.RGBA, at image.Point, outside color.RGBA) error {
	return s.window.Over(display.Overlay{Image: picture, At: at, Outside: outside})
}

func (s screenOf) Reproject(parts ...projector.Part) error {
	moved := make([]display.Part, len(parts))
	for i, p := range parts {
		moved[i] = display.Part{Clip: p.Clip, From: display.Rect(p.From), To: display.Rect(p.To)}
	}
	return s.window.Reproject(moved...)
}

var _ interface {
	projector.Screen
	projector.Layers
	projector.Moving
} = screenOf{}

// Attached tells whether what the court is to see is painted on a window.
func (c *Court) Attached() bool { return c.attached }

// Follow shows what a stage has from now on: of the case that is open.
func (c *Court) Follow(s *stage.Stage) { c.stage = s }

// Watch begins to watch the machine's screens. keys takes what is pressed while the court
// window has the keyboard. Call it once the window is there.
func (c *Court) Watch(keys func(display.KeyEvent)) {
	c.keys = keys
	c.watcher = display.Watch(c.events.Post, c.Changed)
	if layout, err := display.Now(); err == nil {
		c.Changed(layout)
	} else {
		slog.Error("list screens", "err", err)
	}
}

// LetGo destroys the court window and ends the watch. It must be called on the UI goroutine
// before the window system goes away, and only once.
func (c *Court) LetGo() {
	if c.watcher != nil {
		c.watcher.Stop()
	}
	c.Screens.closeIdentify()
	c.End()
}

// State is what the lamp says, with the screen it is about.
func (c *Court) State() (State, display.Screen) {
	st := c.stage.State()
	switch {
	case c.Held() && c.attached:
		return Held, c.screen
	case c.mode != ModeSecond:
		return c.onPurpose(st)
	case c.verdict == display.Mirrored:
		return Mirrored, c.screen
	case st.Running && c.attached && st.Dark:
		return Black, c.screen
	case st.Running && c.attached:
		return On, c.screen
	case c.verdict == display.Ask:
		return Ask, c.screen
	case st.Running && c.window != nil:
		return Gone, c.screen
	case c.verdict == display.Chosen && c.asks(c.Screens.seen(c.watcher != nil)):
		return Astray, c.screen
	case c.verdict == display.Chosen:
		return Ready, c.screen
	}
	return None, c.screen
}

// onPurpose is what the lamp says in the modes other than the second screen.
func (c *Court) onPurpose(st presenter.State) (State, display.Screen) {
	screen := c.Screens.console()
	if c.share != nil {
		w, h := c.share.Size()
		screen = display.Screen{W: w, H: h}
	}
	switch {
	case !st.Running:
		return Ready, screen
	case !c.attached:
		return Gone, screen
	case st.Dark:
		return Black, screen
	}
	return On, screen
}

// ChooseScreen makes a screen the court's, and remembers it.
func (c *Court) ChooseScreen(screen display.Screen) {
	c.Screens.closeIdentify()
	settings := c.settings.Shelf().Settings()
	settings.CourtScreen = screen.ID()
	if err := c.settings.Shelf().SetSettings(settings); err != nil {
		slog.Error("remember court screen", "err", err)
	}
	c.Changed(c.Screens.layout)
}

// Changed takes what the system says now about its screens.
func (c *Court) Changed(layout display.Layout) {
	c.Screens.follow(layout)
	c.Screens.layout = layout
	c.Screens.stood, _ = c.Screens.known()
	before := c.screen
	c.screen, c.verdict = display.Choose(layout, c.Screens.console(), c.settings.Shelf().Settings().CourtScreen)
	if c.verdict != display.Ask {
		c.Screens.closeIdentify()
	}
	if c.stage.Running() && c.mode == ModeSecond || c.held && c.window != nil {
		c.settle(before)
	}
	c.events.Changed(event.ScreenChanged)
}

// settle puts the court window where it belongs in a running trial: on the court screen, black, or
// nowhere.
func (c *Court) settle(before display.Screen) {
	if c.verdict != display.Chosen {
		c.detach()
		return
	}
	switch {
	case c.window == nil:
		c.open()
	case c.attached && c.screen.Same(before) && inPlace(c.window, c.screen):
		return // nothing moved
	default:
		c.detach()
		if err := c.window.MoveTo(c.screen); err != nil {
			slog.Error("move court window", "screen", c.screen.ID(), "err", err)
			return
		}
	}
	c.attach()
}

// inPlace tells whether a window really is on its screen, at its size.
func inPlace(window *display.Court, on display.Screen) bool {
	x, y, w, h, err := window.Place()
	return err == nil && !window.Hidden() && on.Same(display.Screen{X: x, Y: y, W: w, H: h})
}

// Begin opens the court window for a trial, where there is a court screen. One that is black since the trial before
// stays: the court sees no desktop between them.
func (c *Court) Begin() {
	if c.held && (c.mode == ModeShare) != (c.share != nil) || c.mode == ModeSingle {
		c.End() // it was another mode's
	}
	held := c.held
	c.held = false
	if c.opt.Screen != nil {
		c.attach()
		return
	}
	if c.watcher == nil {
		return // there is no window system
	}
	// The window may have been moved to another screen since the last change.
	c.screen, c.verdict = display.Choose(c.Screens.layout, c.Screens.console(), c.settings.Shelf().Settings().CourtScreen)
	c.watch()
	switch {
	case c.share != nil:
		c.stage.Projector().SetScreen(screenOf{c.share}) // of this case
	case c.mode == ModeShare:
		c.openShare()
	case c.mode == ModeSecond:
		c.settle(c.screen)
		if held && c.attached {
			c.attach() // by this case, which may be another one
		}
	}
}

// watch keeps the screens awake, and the keys quick.
func (c *Court) watch() {
	if c.awake != nil {
		return
	}
	c.awake = display.KeepAwake("Butluc", func(err error) {
		if err != nil {
			slog.Warn("keep awake", "err", err)
		}
	})
	c.eager = display.Eager(c.events.Post)
	if c.opt.Urgent != nil {
		c.opt.Urgent(true)
	}
}

// Hold leaves the window where it is, black, after a trial. On a single screen the console is back: the person who
// ended the trial there has the court look at it.
func (c *Court) Hold() {
	if c.mode == ModeSingle || c.window == nil && c.share == nil && c.opt.Screen == nil {
		c.End()
		return
	}
	c.held = true
}

func (c *Court) open() {
	if c.opt.Screen != nil {
		return
	}
	window, err := display.OpenCourt(c.screen, c.keys)
	if err != nil {
		slog.Error("open court window", "screen", c.screen.ID(), "err", err)
		c.notices.Tell("error.court", true)
		return
	}
	window.Trace(c.opt.Trace)
	window.Guard(c.watcher, c.Screens.known, c.lost)
	c.window = window
}

func (c *Court) attach() {
	var screen projector.Screen = screenOf{c.window}
	if given := c.opt.Screen; given != nil {
		screen = given
	} else if c.window == nil {
		return
	}
	c.attached = true
	c.stage.Projector().SetScreen(screen)
}

// healAfter is how long after the guard hid the window its screen is asked for again: the guard may
// have seen a layout that was on its way to another.
const healAfter = 400 * time.Millisecond

// lost is called when the guard hid the window.
func (c *Court) lost() {
	c.detach()
	c.events.Changed(event.ScreenChanged)
	time.AfterFunc(healAfter, func() {
		c.events.Post(func() {
			if layout, err := display.Now(); err == nil && c.window != nil && !c.attached {
				c.Changed(layout)
			}
		})
	})
}

func (c *Court) detach() {
	if c.attached {
		c.attached = false
		c.stage.Projector().SetScreen(nil)
	}
	if c.window != nil {
		c.window.Hide()
	}
}

// End lets the court screen go.
func (c *Court) End() {
	c.held = false
	c.close()
	if c.share != nil {
		c.share.Destroy()
		c.share = nil
	}
	if c.eager != nil {
		c.eager()
		c.eager = nil
		if c.opt.Urgent != nil {
			c.opt.Urgent(false)
		}
	}
	if c.awake != nil {
		c.awake()
		c.awake = nil
	}
}

// close takes what is shown away, and destroys the court window.
func (c *Court) close() {
	c.detach()
	if c.window != nil {
		c.window.Destroy()
		c.window = nil
	}
}

// Held tells whether a trial ended and the court screen is black still.
func (c *Court) Held() bool { return c.held && !c.stage.Running() }

// Release takes the court window away that stayed black when the trial ended.
func (c *Court) Release() {
	if c.Held() {
		c.End()
		c.events.Changed(event.ScreenChanged)
	}
}
