package console

import (
	"image"
	"image/color"
	"log/slog"
	"time"

	"butluc/presenter"
	"butluc/presenter/display"
	"butluc/presenter/projector"
)

// CourtState is what the lamp says about the court screen.
type CourtState int

// The states; each has a sentence under "lamp." + its name.
const (
	CourtNone     CourtState = iota // the laptop's screen is the only one
	CourtReady                      // there is one, no trial runs
	CourtBlack                      // a trial runs, black
	CourtOn                         // a trial runs, the court sees a page
	CourtGone                       // a trial runs, the screen was taken away
	CourtMirrored                   // laptop and court show the same
	CourtAsk                        // several: a person must choose
	CourtHeld                       // the trial ended, black still
	CourtAstray                     // no trial runs, and the console is not on the laptop's own screen: a person must choose
)

var courtStates = [...]string{"none", "ready", "black", "on", "gone", "mirrored", "ask", "held", "astray"}

func (c CourtState) String() string { return courtStates[c] }

// Court is the court screen: which it is, and the window on it. It belongs to the UI goroutine.
type Court struct {
	opt      *Options
	events   *Events
	notices  *Notices
	settings *Settings
	stage    *Stage // of the case that is open
	moved    func() // another mode was chosen in a trial

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

// window is the court window, or the one to share.
type window interface {
	Show(frame *image.RGBA) error
	Black() error
	Hide()
	Size() (w, h int)
	Over(display.Overlay) error
	Glimpse(parts ...display.Part) error
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

func (s screenOf) Glimpse(parts ...projector.Part) error {
	moved := make([]display.Part, len(parts))
	for i, p := range parts {
		moved[i] = display.Part{Clip: p.Clip, From: display.Rect(p.From), To: display.Rect(p.To)}
	}
	return s.window.Glimpse(moved...)
}

var _ interface {
	projector.Screen
	projector.Layers
	projector.Moving
} = screenOf{}

// Watch begins to watch the machine's screens. keys takes what is pressed while the court
// window has the keyboard. Call it once the window is there.
func (c *Court) Watch(keys func(display.KeyEvent)) {
	c.keys = keys
	c.watcher = display.Watch(c.events.Post, c.changed)
	if layout, err := display.Now(); err == nil {
		c.changed(layout)
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
	c.end()
}

// State is what the lamp says, with the screen it is about.
func (c *Court) State() (CourtState, display.Screen) {
	st := c.stage.State()
	switch {
	case c.Held() && c.attached:
		return CourtHeld, c.screen
	case c.mode != ModeSecond:
		return c.onPurpose(st)
	case c.verdict == display.Mirrored:
		return CourtMirrored, c.screen
	case st.Running && c.attached && st.Dark:
		return CourtBlack, c.screen
	case st.Running && c.attached:
		return CourtOn, c.screen
	case c.verdict == display.Ask:
		return CourtAsk, c.screen
	case st.Running && c.window != nil:
		return CourtGone, c.screen
	case c.verdict == display.Chosen && c.asks(c.consoleSeen()):
		return CourtAstray, c.screen
	case c.verdict == display.Chosen:
		return CourtReady, c.screen
	}
	return CourtNone, c.screen
}

// onPurpose is what the lamp says in the modes other than the second screen.
func (c *Court) onPurpose(st presenter.State) (CourtState, display.Screen) {
	screen := c.Screens.console()
	if c.share != nil {
		w, h := c.share.Size()
		screen = display.Screen{W: w, H: h}
	}
	switch {
	case !st.Running:
		return CourtReady, screen
	case !c.attached:
		return CourtGone, screen
	case st.Dark:
		return CourtBlack, screen
	}
	return CourtOn, screen
}

// ChooseScreen makes a screen the court's, and remembers it.
func (c *Court) ChooseScreen(screen display.Screen) {
	c.Screens.closeIdentify()
	settings := c.settings.shelf.Settings()
	settings.CourtScreen = screen.ID()
	if err := c.settings.shelf.SetSettings(settings); err != nil {
		slog.Error("remember court screen", "err", err)
	}
	c.changed(c.Screens.layout)
}

// changed takes what the system says now about its screens.
func (c *Court) changed(layout display.Layout) {
	c.Screens.follow(layout)
	c.Screens.layout = layout
	c.Screens.stood, _ = c.Screens.known()
	before := c.screen
	c.screen, c.verdict = display.Choose(layout, c.Screens.console(), c.settings.shelf.Settings().CourtScreen)
	if c.verdict != display.Ask {
		c.Screens.closeIdentify()
	}
	if c.stage.Running() && c.mode == ModeSecond || c.held && c.window != nil {
		c.settle(before)
	}
	c.events.Changed(ScreenChanged)
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
	case c.attached && c.screen.Same(before) && c.inPlace():
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

// inPlace tells whether the window really is on its screen, at its size.
func (c *Court) inPlace() bool {
	x, y, w, h, err := c.window.Place()
	return err == nil && !c.window.Hidden() && c.screen.Same(display.Screen{X: x, Y: y, W: w, H: h})
}

// begin opens the court window for a trial, where there is a court screen. One that is black since the trial before
// stays: the court sees no desktop between them.
func (c *Court) begin() {
	if c.held && (c.mode == ModeShare) != (c.share != nil) || c.mode == ModeSingle {
		c.end() // it was another mode's
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
	c.screen, c.verdict = display.Choose(c.Screens.layout, c.Screens.console(), c.settings.shelf.Settings().CourtScreen)
	c.watch()
	switch {
	case c.share != nil:
		c.stage.projector.SetScreen(screenOf{c.share}) // of this case
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
}

// hold leaves the window where it is, black, after a trial. On a single screen the console is back: the person who
// ended the trial there has the court look at it.
func (c *Court) hold() {
	if c.mode == ModeSingle || c.window == nil && c.share == nil && c.opt.Screen == nil {
		c.end()
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
	c.stage.projector.SetScreen(screen)
}

// healAfter is how long after the guard hid the window its screen is asked for again: the guard may
// have seen a layout that was on its way to another.
const healAfter = 400 * time.Millisecond

// lost takes that the guard hid the window.
func (c *Court) lost() {
	c.detach()
	c.events.Changed(ScreenChanged)
	time.AfterFunc(healAfter, func() {
		c.events.Post(func() {
			if layout, err := display.Now(); err == nil && c.window != nil && !c.attached {
				c.changed(layout)
			}
		})
	})
}

func (c *Court) detach() {
	if c.attached {
		c.attached = false
		c.stage.projector.SetScreen(nil)
	}
	if c.window != nil {
		c.window.Hide()
	}
}

// end lets the court screen go.
func (c *Court) end() {
	c.held = false
	c.close()
	if c.share != nil {
		c.share.Destroy()
		c.share = nil
	}
	if c.eager != nil {
		c.eager()
		c.eager = nil
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
		c.end()
		c.events.Changed(ScreenChanged)
	}
}
