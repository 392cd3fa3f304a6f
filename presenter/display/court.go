package display

import (
	"errors"
	"fmt"
	"image"
	"sync"
	"sync/atomic"

	"github.com/go-gl/glfw/v3.4/glfw"

	"butluc/library/trace"
	"butluc/presenter/display/internal/system"
)

// Title is the court window's, by which a screen-sharing program lists it.
const Title = "Butluc – màn hình tòa"

// ErrHidden says that the court window is not on a screen: its screen went, or Hide was called.
// [Court.MoveTo] brings it back.
var ErrHidden = errors.New("the court window is hidden")

// Court is the window that the court sees. It shows one frame, or black, or is hidden, and it is
// full-screen on the screen that it was given or nowhere. All methods are for the UI goroutine.
//
// On X11 it is not in the window manager's list, so task bars and programs that share one window
// do not offer it; the whole screen can be shared. A mode for sharing the window alone needs a
// window of the ordinary kind.
type Court struct {
	pane    *pane
	frame   *image.RGBA // the last one shown, as patched; kept so that a new texture can be made of it
	film    film
	showing bool // the frame is on the screen, not black
	moving  bool // MoveTo is at work: what the system tells meanwhile is half the truth

	// A Watcher's goroutine may hide the window, too. It holds mu while it does, and so does
	// whoever gives the window another place. Black and Show never wait for it.
	mu      sync.Mutex
	target  Screen
	sharers int // outputs that showed target's area when it was chosen
	hidden  atomic.Bool

	console func() (Screen, bool) // nil: unguarded
	lost    func()
	news    atomic.Bool // hidden by a guard, lost not yet called
}

// OpenCourt opens the window on s, black, without taking the keyboard from the console. keys gets
// what is typed if it has the keyboard nevertheless; it may be nil.
func OpenCourt(s Screen, keys func(KeyEvent)) (*Court, error) {
	if s.Zero() {
		return nil, errors.New("open court window: no screen given")
	}
	p, err := openPane(Title, s.X, s.Y, s.W, s.H)
	if err != nil {
		return nil, fmt.Errorf("open court window: %w", err)
	}
	c := &Court{pane: p}
	c.hidden.Store(true)
	c.listen(keys)
	if err := c.MoveTo(s); err != nil {
		c.Destroy()
		return nil, err
	}
	return c, nil
}

// Trace has what is drawn from now on written to t.
func (c *Court) Trace(t *trace.Trace) { c.pane.trace = t }

func (c *Court) listen(keys func(KeyEvent)) {
	win := c.pane.win
	win.SetPosCallback(func(*glfw.Window, int, int) { c.check() })
	win.SetSizeCallback(func(*glfw.Window, int, int) { c.check() })
	win.SetRefreshCallback(func(*glfw.Window) { _ = c.redraw() })
	win.SetIconifyCallback(func(w *glfw.Window, iconified bool) {
		if iconified && !c.hidden.Load() {
			w.Restore() // "show the desktop" is meant for the laptop
		}
	})
	listenKeys(win, keys)
}

// listenKeys hands what is typed in a window to keys, which may be nil.
func listenKeys(win *glfw.Window, keys func(KeyEvent)) {
	if keys == nil {
		return
	}
	win.SetKeyCallback(func(_ *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
		if action != glfw.Release {
			keys(keyEvent(key, scancode, action, mods))
		}
	})
	win.SetCharCallback(func(_ *glfw.Window, char rune) { keys(KeyEvent{Rune: char}) })
}

// Show puts a frame on the screen, at once and pixel for pixel. It must have exactly [Court.Size]
// pixels, else [ErrFrameSize]. The frame is kept and must not be changed afterwards.
func (c *Court) Show(frame *image.RGBA) error {
	if c.hidden.Load() {
		return ErrHidden
	}
	if err := c.pane.show(frame); err != nil {
		return fmt.Errorf("show frame: %w", err)
	}
	c.frame, c.showing = frame, true
	return nil
}

// Over draws o over the frame shown, in place of the overlay before; the zero Overlay takes it away,
// and so do Show, Black, Hide and MoveTo. Over black or a hidden window nothing is drawn. An image of
// over 64 M pixels, or of longer sides than the graphics card takes, is an error, and the frame is
// shown plain. What is moved and not changed is not uploaded again.
func (c *Court) Over(o Overlay) error {
	if !c.Showing() {
		return nil
	}
	if err := c.pane.lay(o); err != nil {
		return fmt.Errorf("show overlay: %w", err)
	}
	return nil
}

// Reproject shows, until the next Show, Patch or Black, parts of the picture scaled to other places, in place of the
// parts before: what a change of view will look like before its frame is made. Without parts it ends. An
// overlay stays over it. On black or a hidden window nothing is drawn.
func (c *Court) Reproject(parts ...Part) error {
	if !c.Showing() {
		return nil
	}
	if err := c.pane.peek(parts); err != nil {
		return fmt.Errorf("reproject: %w", err)
	}
	return nil
}

// Black makes the screen black, at once. On a hidden window it only sees to it that it is black
// when it comes back.
func (c *Court) Black() error {
	c.showing = false
	if c.hidden.Load() {
		return nil
	}
	if err := c.pane.draw(false); err != nil {
		return fmt.Errorf("show black: %w", err)
	}
	return nil
}

// Hide takes the window off the screen until MoveTo.
func (c *Court) Hide() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hidden.Store(true)
	c.showing = false
	c.pane.hide()
}

// Hidden reports whether the window is on no screen at all.
func (c *Court) Hidden() bool { return c.hidden.Load() }

// Showing reports whether the court sees a frame: not black, not hidden.
func (c *Court) Showing() bool { return c.showing && !c.hidden.Load() }

// Screen is the one that the window was given last.
func (c *Court) Screen() Screen { return c.target }

// Size is the size that frames must have, in pixels of the framebuffer.
func (c *Court) Size() (w, h int) { return c.pane.size() }

// MoveTo puts the window on s, full-screen and black, whether it was hidden or elsewhere. With a
// guard on, it refuses the console's screen.
func (c *Court) MoveTo(s Screen) error {
	if s.Zero() {
		return errors.New("move court window: no screen given")
	}
	if c.console != nil {
		if console, ok := c.console(); ok && console.Overlap(s.X, s.Y, s.W, s.H) > 0 {
			return fmt.Errorf("move court window to %s: it carries the console", s.Name)
		}
	}
	sharers := 1
	if l, err := Now(); err == nil {
		sharers = max(1, sharersOf(s, l))
	}
	c.moving = true
	defer func() { c.moving = false }()
	c.mu.Lock()
	defer c.mu.Unlock()
	moved := !c.target.Same(s)
	c.target, c.sharers, c.showing = s, sharers, false
	if moved && !c.hidden.Load() {
		c.pane.hide() // nothing may be seen on its way
	}
	if err := c.settle(s); err != nil {
		c.pane.hide()
		c.hidden.Store(true)
		return fmt.Errorf("move court window to %s: %w", s.Name, err)
	}
	c.hidden.Store(false)
	c.news.Store(false) // that it was hidden before is no news any more
	return nil
}

// settle places, blackens and shows the window.
func (c *Court) settle(s Screen) error {
	if c.pane.handle == 0 {
		if err := c.pane.fullScreen(s); err != nil {
			return err
		}
		return c.pane.draw(false)
	}
	if err := c.pane.put(s.X, s.Y, s.W, s.H); err != nil {
		return err
	}
	if err := c.pane.draw(false); err != nil {
		return err
	}
	if err := c.pane.appear(); err != nil {
		return err
	}
	// Again, for what was drawn before a window was shown may be lost.
	return c.pane.draw(false)
}

// Place tells where the window really is, by asking the system. A hidden window has a place, too.
func (c *Court) Place() (x, y, w, h int, err error) {
	p, err := c.pane.place()
	if err != nil {
		return 0, 0, 0, 0, fmt.Errorf("find the court window: %w", err)
	}
	return p.X, p.Y, p.W, p.H, nil
}

// Destroy closes the window for good. A Watcher that guards it may go on; the next window is given
// to it by its own Guard. Calling it twice is harmless.
func (c *Court) Destroy() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hidden.Store(true)
	c.showing, c.frame, c.film = false, nil, film{}
	c.pane.destroy()
}

// redraw answers the system's wish to see the window's contents again.
func (c *Court) redraw() error {
	if c.hidden.Load() {
		return nil
	}
	if !c.showing {
		return c.pane.draw(false)
	}
	w, h := c.pane.size()
	if c.frame.Rect.Dx() != w || c.frame.Rect.Dy() != h {
		return c.pane.draw(false) // never stretched, never cut
	}
	if err := c.pane.draw(true); err == nil {
		return nil
	}
	return c.pane.show(c.frame)
}

// Guard lets w watch over the window: it is hidden as soon as it is not wholly on its own screen,
// or on the one that carries the console, and blackened when its screen changes its mode.
// console is asked on the UI goroutine; false means that it cannot be told. lost, which may be
// nil, is called on the UI goroutine after the window was hidden so, before the Watcher's changed.
//
// The modes "single screen" and "share window" do without a guard.
func (c *Court) Guard(w *Watcher, console func() (Screen, bool), lost func()) {
	c.console, c.lost = console, lost
	w.guard(c)
	c.check()
}

// check is the guard on the UI goroutine.
func (c *Court) check() {
	if c.console == nil || c.moving || c.pane.win == nil {
		return
	}
	if !c.hidden.Load() {
		c.weigh()
	}
	if c.news.CompareAndSwap(true, false) {
		c.showing = false
		if c.lost != nil {
			c.lost()
		}
	}
}

func (c *Court) weigh() {
	place, err := c.pane.place()
	if err != nil || !place.Visible {
		return
	}
	verdict := keep
	if l, err := Now(); err == nil {
		verdict = judge(c.target, c.sharers, l, place)
	}
	if console, ok := c.console(); ok && console.Overlap(place.X, place.Y, place.W, place.H) > 0 {
		verdict = hide
	}
	switch verdict {
	case keep:
	case blacken:
		_ = c.Black()
	case hide:
		c.Hide()
		c.news.Store(true)
	}
}

// checkFrom is the guard on a Watcher's goroutine, which asks over its own line. It knows nothing
// of the console: the window has no business anywhere but on its own screen.
//
// The layout is asked for while nobody can move the window: one from before a move would have it
// hidden on the very screen that has just come back.
func (c *Court) checkFrom(d *system.Desktop) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hidden.Load() || c.pane.handle == 0 {
		return
	}
	l, err := d.Layout()
	if err != nil {
		return
	}
	place, err := d.Window(c.pane.handle)
	if err != nil || judge(c.target, c.sharers, l, place) != hide {
		return
	}
	if d.HideWindow(c.pane.handle) == nil {
		c.hidden.Store(true)
		c.news.Store(true)
	}
}
