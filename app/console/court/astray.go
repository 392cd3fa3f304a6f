package court

import (
	"butluc/app/console/event"
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

// consoleSeen is the screen that the console was seen on last. Where it is drawn from: it is looked for once a second, as
// the window system may take its time to answer.
func (c *Court) consoleSeen() (display.Screen, bool) {
	if c.watcher == nil {
		return c.Screens.known()
	}
	return c.Screens.stood, c.Screens.stood != display.Screen{}
}

// Look takes it when the console was moved to another screen, which nobody tells.
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
	_, astray = c.astray(c.consoleSeen())
	return astray, c.asks(c.consoleSeen()) && !c.stage.Running()
}

// StayHere says that the console is to stand where it is, though that is not the laptop's own screen.
func (c *Court) StayHere() {
	c.Screens.stays = c.Screens.console()
	c.events.Changed(event.ScreenChanged)
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
