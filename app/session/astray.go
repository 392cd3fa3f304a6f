package session

import (
	"butluc/presenter/display"
)

// astray tells that the console stands on a screen that the court may see, and not on the laptop's own: home.
func (c *court) astray() (home display.Screen, ok bool) {
	if c.mode != ModeSecond || len(c.layout.Screens) < 2 || c.verdict == display.Mirrored {
		return display.Screen{}, false
	}
	home, known := display.Own(c.layout)
	console, seen := c.consoleKnown()
	return home, known && seen && !home.Shares(console)
}

// asks tells whether a person must say first that the console is to stand where it is.
func (c *court) asks() bool {
	_, astray := c.astray()
	return astray && !c.console().Same(c.stays)
}

// look takes it when the console was moved to another screen, which nobody tells.
func (c *court) look() {
	if c.watcher == nil {
		return
	}
	if now, ok := c.consoleKnown(); ok && !now.Same(c.stood) {
		c.stood = now
		c.changed(c.layout)
	}
}

// Astray tells whether the console stands on another screen than the laptop's own, and whether a person still must
// choose before a trial begins.
func (s *Session) Astray() (astray, asks bool) {
	_, astray = s.court.astray()
	return astray, s.court.asks() && !s.Running()
}

// StayHere says that the console is to stand where it is, though that is not the laptop's own screen.
func (s *Session) StayHere() {
	s.court.stays = s.court.console()
	s.changed(ScreenChanged)
}

// SwapScreens brings the console to the laptop's own screen, and the court window to the other. In a trial both are
// black on the way and afterwards: one key shows again.
func (s *Session) SwapScreens() {
	c := &s.court
	home, ok := c.astray()
	if !ok {
		return
	}
	s.ClearNotice()
	s.blacken()
	c.detach()
	s.opt.PlaceConsole(home)
	c.stood, _ = c.consoleKnown()
	c.changed(c.layout)
	if _, still := c.astray(); still {
		s.Tell("astray.stuck", true)
	}
}
