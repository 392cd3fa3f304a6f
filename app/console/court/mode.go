package court

import (
	"image"
	"log/slog"
	"time"

	"butluc/app/console/event"
	"butluc/presenter"
	"butluc/presenter/display"
)

// Mode is where the evidence is shown. All but the first are chosen on purpose, for one run of the
// program: in them the screen that carries the console may show the evidence, too.
type Mode int

// The modes; each has words under "mode." + its name.
const (
	ModeSecond Mode = iota // full-screen on the second display
	ModeSingle             // full-screen on this one, the console on a key
	ModeShare              // in a window that a video call shares
)

var modeNames = [...]string{"second", "single", "share"}

func (m Mode) String() string { return modeNames[m] }

// Mode is the mode chosen.
func (c *Court) Mode() Mode { return c.mode }

// ShareSize is how large the area of the window to share is at first, zero where that was not chosen.
func (c *Court) ShareSize() image.Point { return c.shareSize }

// Restore chooses the mode of a trial that was cut off, before that goes on.
func (c *Court) Restore(m Mode, share image.Point) { c.mode, c.shareSize = m, share }

// ChooseMode chooses where the evidence is shown. In a running trial it goes from the second screen to this one and
// back alone, and black.
func (c *Court) ChooseMode(m Mode) {
	if c.stage.Running() && c.mode != m {
		if m == ModeShare || c.mode == ModeShare {
			return
		}
		c.close() // a window on the console's screen is watched over otherwise than one on the court's
		defer c.reopen()
	}
	c.mode = m
	c.events.Changed(event.ScreenChanged)
}

// reopen gives the evidence a window in the mode chosen now, where it has a place.
func (c *Court) reopen() {
	if c.mode == ModeSecond {
		c.Changed(c.Screens.layout)
	}
	c.moved()
}

// ShareSizes are how large the shared window's area may be at first, in pixels.
var ShareSizes = []image.Point{{X: 960, Y: 540}, {X: 1280, Y: 720}, {X: 1920, Y: 1080}}

// ChooseShare chooses the window to share, of a size. In a running trial all stays as it is.
func (c *Court) ChooseShare(size image.Point) {
	if !c.stage.Running() {
		c.shareSize = size
		c.ChooseMode(ModeShare)
	}
}

// shareSettle is how long the size of the shared window must rest before frames are made for it.
const shareSettle = 300 * time.Millisecond

// openShare opens the window to share, where it covers least of the console, and behind that where it must cover some.
func (c *Court) openShare() {
	var at image.Point
	if console, ok := c.Screens.rect(); ok {
		at.X, at.Y = display.SharePlace(c.Screens.layout, console, c.shareSize.X, c.shareSize.Y)
	}
	share, err := display.OpenShare(at.X, at.Y, c.shareSize.X, c.shareSize.Y, c.keys, c.shareResized, c.shareClosed)
	if err != nil {
		slog.Error("open window to share", "err", err)
		c.notices.Tell("error.court", true)
		return
	}
	c.opt.RaiseConsole()
	c.share, c.attached = share, true
	c.stage.Projector().SetScreen(screenOf{share})
}

// shareClosed is called when a person closes the shared window: it stays during a trial, and goes after it.
func (c *Court) shareClosed() {
	if c.Held() {
		c.events.Post(c.Release) // not in a callback of the window itself
		return
	}
	c.notices.Tell("share.keep", true)
}

// shareResized makes frames for the window's new size once it rests, and shows again what was shown.
func (c *Court) shareResized() {
	if c.settling != nil {
		c.settling.Stop()
	}
	c.settling = time.AfterFunc(shareSettle, func() {
		c.events.Post(func() {
			if c.share == nil {
				return
			}
			if w, h := c.share.Size(); image.Pt(w, h) == c.stage.Projector().Size() {
				return
			}
			lit := !c.stage.State().Black
			c.stage.Projector().SetScreen(screenOf{c.share})
			if lit {
				c.stage.Projector().Do(presenter.Blank{})
			}
		})
	})
}

// OtherMode is the mode to offer in a trial that has no place to show the evidence, or has found a better one: a single
// screen while there is no other, and the second screen once there is. ok is false where there is none to offer.
func (c *Court) OtherMode() (m Mode, ok bool) {
	switch {
	case !c.stage.Running():
	case c.mode == ModeSecond:
		return ModeSingle, !c.attached && c.verdict == display.None
	case c.mode == ModeSingle:
		return ModeSecond, c.verdict == display.Chosen
	}
	return c.mode, false
}

// ToggleSingle goes, on a single screen, from the console to what the court sees and back.
func (c *Court) ToggleSingle() {
	switch {
	case c.mode != ModeSingle || !c.stage.Running():
		c.notices.Tell("single.not", false)
	case c.Surface():
	default:
		c.Raise()
		if st := c.stage.State(); st.Black && !st.Program.IsZero() {
			c.stage.Projector().Do(presenter.Blank{})
		}
	}
}

// Surface brings the console, on a single screen, before the court window, and tells whether that was in front.
func (c *Court) Surface() bool {
	if c.mode != ModeSingle || !c.attached {
		return false
	}
	c.detach()
	c.events.Changed(event.ScreenChanged)
	return true
}

// Submerge brings the court window, on a single screen, before the console again, black.
func (c *Court) Submerge() {
	if c.stage.Running() {
		c.Raise()
	}
}

// Raise brings, on a single screen, the court window before the console, black.
func (c *Court) Raise() {
	if c.mode != ModeSingle || c.attached {
		return
	}
	screen := c.Screens.console()
	if c.window == nil {
		window, err := display.OpenCourt(screen, c.keys)
		if err != nil {
			slog.Error("open court window", "screen", screen.ID(), "err", err)
			c.notices.Tell("error.court", true)
			return
		}
		c.window = window
	} else if err := c.window.MoveTo(screen); err != nil {
		slog.Error("move court window", "screen", screen.ID(), "err", err)
		return
	}
	c.attach()
	c.events.Changed(event.ScreenChanged)
}
