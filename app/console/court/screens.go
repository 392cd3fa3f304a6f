package court

import (
	"log/slog"

	"butluc/app/console/event"
	"butluc/app/console/notice"
	"butluc/presenter/display"
)

// Screens are the machine's, and where among them the console stands.
type Screens struct {
	opt     *Options
	events  *event.Bus
	notices *notice.Bar

	layout      display.Layout
	stays       display.Screen // on which the console is to stand, though it is not the laptop's own
	stood       display.Screen // on which the console was last
	identifying *display.Identifying
}

// Others are the screens that the court may see, for choosing one: all but the console's.
func (sc *Screens) Others() []display.Screen {
	console := sc.console()
	var others []display.Screen
	for _, screen := range sc.layout.Screens {
		if !screen.Same(console) {
			others = append(others, screen)
		}
	}
	return others
}

// Extend asks the system to show different pictures on laptop and court screen.
func (sc *Screens) Extend() {
	go func() {
		if err := display.Extend(); err != nil {
			slog.Error("extend screens", "err", err)
			sc.events.Post(func() { sc.notices.Tell("error.extend", true) })
		}
	}()
}

// Identify shows a big number on each screen, or takes the numbers away.
func (sc *Screens) Identify() {
	if sc.identifying != nil {
		sc.closeIdentify()
		return
	}
	id, err := display.Identify(sc.layout, sc.console())
	if err != nil {
		slog.Error("identify screens", "err", err)
		return
	}
	sc.identifying = id
}

func (sc *Screens) closeIdentify() {
	if sc.identifying != nil {
		sc.identifying.Close()
		sc.identifying = nil
	}
}

// known is the screen that the window is on; false where that can't be told.
func (sc *Screens) known() (display.Screen, bool) {
	at, ok := sc.rect()
	if !ok {
		return display.Screen{}, false
	}
	return display.ScreenOf(at.X, at.Y, at.W, at.H, sc.layout)
}

// seen is the screen that the console was seen on last. Where it is drawn from, as in a window whose screens are watched: it
// is looked for once a second, as the window system may take its time to answer.
func (sc *Screens) seen(watched bool) (display.Screen, bool) {
	if !watched {
		return sc.known()
	}
	return sc.stood, sc.stood != display.Screen{}
}

// StayHere says that the console is to stand where it is, though that is not the laptop's own screen.
func (sc *Screens) StayHere() {
	sc.stays = sc.console()
	sc.events.Changed(event.ScreenChanged)
}

// rect is where the window is, in pixels of the desktop; false where that can't be told, and without a window.
func (sc *Screens) rect() (display.Screen, bool) {
	if sc.opt.Console == nil {
		return display.Screen{}, false
	}
	x, y, w, h, err := sc.opt.Console()
	return display.Screen{X: x, Y: y, W: w, H: h}, err == nil
}

// console is the screen that the window is on, the primary one where that can't be told.
func (sc *Screens) console() display.Screen {
	if screen, ok := sc.known(); ok {
		return screen
	}
	for _, screen := range sc.layout.Screens {
		if screen.Primary {
			return screen
		}
	}
	return display.Screen{}
}

// follow moves the window with its screen when the sides were swapped: left where it is on the
// desktop, it would lie on the court's screen, notes and all.
func (sc *Screens) follow(layout display.Layout) {
	at, ok := sc.rect()
	if !ok || layout.Mirrored {
		return
	}
	was, ok := display.ScreenOf(at.X, at.Y, at.W, at.H, sc.layout)
	if !ok {
		return
	}
	if now, ok := display.Find(was, layout); ok && (now.X != was.X || now.Y != was.Y) {
		sc.opt.MoveConsole(now.X+at.X-was.X, now.Y+at.Y-was.Y)
	}
}

// Number is the number that Identify shows on a screen, from 1.
func (sc *Screens) Number(screen display.Screen) int {
	for i, other := range sc.layout.Screens {
		if other.Same(screen) {
			return i + 1
		}
	}
	return 0
}
