package court

import (
	"butluc/presenter/display"
)

// astray tells that the console, on the screen given, stands where the court may see it, and not on the laptop's own
// screen: home.
func (c *Court) astray(console display.Screen, seen bool) (home display.Screen, ok bool) {
	if c.mode != ModeSecond || len(c.Screens.layout.Screens) < 2 || c.verdict == display.Mirrored {
		return display.Screen{}, false
	}
	home, known := display.Own(c.Screens.layout)
	return home, known && seen && !home.Shares(console)
}

// asks tells whether a person must say first that the console is to stand on the screen given.
func (c *Court) asks(console display.Screen, seen bool) bool {
	_, astray := c.astray(console, seen)
	return astray && !console.Same(c.Screens.stays)
}

// AsksFirst tells whether a person must say, before a trial begins, that the console is to stand where it is now.
func (c *Court) AsksFirst() bool { return c.asks(c.Screens.known()) }

// Look looks whether the console was moved to another screen, of which nobody notifies us.
func (c *Court) Look() {
	if c.watcher == nil {
		return
	}
	if now, ok := c.Screens.known(); ok && !now.Same(c.Screens.stood) {
		c.Changed(c.Screens.layout)
	}
}

// Astray tells whether the console stands on another screen than the laptop's own, and whether a person still must
// choose before a trial begins.
func (c *Court) Astray() (astray, asks bool) {
	console, seen := c.Screens.seen(c.watcher != nil)
	_, astray = c.astray(console, seen)
	return astray, c.asks(console, seen) && !c.stage.Running()
}

// SwapScreens brings the console to the laptop's own screen, and the court window to the other. In a trial both are
// black on the way and afterwards: one key shows again.
func (c *Court) SwapScreens() {
	home, ok := c.astray(c.Screens.known())
	if !ok {
		return
	}
	c.notices.Clear()
	c.stage.Blacken()
	c.detach()
	c.opt.PlaceConsole(home)
	c.Changed(c.Screens.layout)
	if _, still := c.astray(c.Screens.known()); still {
		c.notices.Tell("astray.stuck", true)
	}
}
