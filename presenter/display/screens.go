package display

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"

	"butluc/presenter/display/internal/system"
)

// Screen is one output of the machine that has a picture on it; places and sizes in pixels of the
// desktop that spans them all. Know it by place and size ([Screen.Same]), remember it by
// [Screen.ID]; its name alone tells nothing.
type Screen = system.Screen

// Layout is what the system says now about its screens.
type Layout = system.Layout

// Now asks the system which screens there are; where it cannot be asked, GLFW, whose list may lag
// behind and cannot tell mirrored screens on every platform.
func Now() (Layout, error) {
	var l Layout
	err := ask(func(d *system.Desktop) (err error) {
		l, err = d.Layout()
		return err
	})
	if err == nil && len(l.Screens) > 0 {
		return l, nil
	}
	fallback, glfwErr := glfwLayout()
	if glfwErr != nil {
		return Layout{}, errors.Join(err, glfwErr)
	}
	return fallback, nil
}

// glfwLayout is for the UI goroutine only.
func glfwLayout() (l Layout, err error) {
	defer rescue(&err)
	var screens []Screen
	primary := glfw.GetPrimaryMonitor()
	for _, m := range glfw.GetMonitors() {
		mode := m.GetVideoMode()
		if mode == nil {
			continue
		}
		s := Screen{Name: m.GetName(), W: mode.Width, H: mode.Height, Refresh: mode.RefreshRate}
		s.X, s.Y = m.GetPos()
		s.MMW, s.MMH = m.GetPhysicalSize()
		s.Scale, _ = m.GetContentScale()
		s.Primary = primary != nil && *m == *primary
		screens = append(screens, s)
	}
	if len(screens) == 0 {
		return Layout{}, errors.New("list screens: GLFW knows of none")
	}
	return system.NewLayout(screens), nil
}

// monitorAt is GLFW's monitor that lies where s lies, or nil.
func monitorAt(s Screen) *glfw.Monitor {
	for _, m := range glfw.GetMonitors() {
		x, y := m.GetPos()
		if mode := m.GetVideoMode(); mode != nil && (Screen{X: x, Y: y, W: mode.Width, H: mode.Height}).Same(s) {
			return m
		}
	}
	return nil
}

// shared is one line to the system for the odd question; it is opened again when it has died.
var shared struct {
	sync.Mutex
	desktop *system.Desktop
}

func ask(question func(*system.Desktop) error) error {
	shared.Lock()
	defer shared.Unlock()
	for attempt := 0; ; attempt++ {
		fresh := shared.desktop == nil
		if fresh {
			desktop, err := system.Open()
			if err != nil {
				return err
			}
			shared.desktop = desktop
		}
		err := question(shared.desktop)
		if err == nil || (shared.desktop.Alive() && !errors.Is(err, io.EOF)) {
			return err
		}
		shared.desktop.Close()
		shared.desktop = nil
		if fresh || attempt > 0 {
			return err
		}
	}
}

// WindowPlace tells where a window is, in pixels of the desktop: handle is what Fyne's RunNative
// gives (an X11 window or an HWND). With [ScreenOf] it finds the screen that carries the console.
func WindowPlace(handle uintptr) (x, y, w, h int, err error) {
	var p system.Place
	err = ask(func(d *system.Desktop) (err error) {
		p, err = d.Window(handle)
		return err
	})
	if err != nil {
		return 0, 0, 0, 0, fmt.Errorf("find the window: %w", err)
	}
	return p.X, p.Y, p.W, p.H, nil
}

// MoveWindow puts a window (see [WindowPlace]) with its inside's corner at x, y, so that the console
// can stay with the laptop when the screens change places, which few window managers see to. It
// waits until it has happened, a third of a second at most: some window managers refuse.
func MoveWindow(handle uintptr, x, y int) error {
	err := ask(func(d *system.Desktop) error {
		if err := d.MoveWindow(handle, x, y); err != nil {
			return err
		}
		for range 30 {
			if p, err := d.Window(handle); err != nil || (abs(p.X-x) < near && abs(p.Y-y) < near) {
				return err
			}
			time.Sleep(10 * time.Millisecond)
		}
		return errors.New("the window stayed where it was")
	})
	if err != nil {
		return fmt.Errorf("move the window: %w", err)
	}
	return nil
}

// near is how far from the place asked for a window may be: frames are counted differently.
const near = 64

func abs(n int) int { return max(n, -n) }

// Find is where a screen that was known before is now: the one with its ID, or, where several
// have that or none, the one that is the same area and bears the same name.
func Find(s Screen, l Layout) (Screen, bool) {
	var same []Screen
	for _, t := range l.Screens {
		if t.ID() == s.ID() {
			same = append(same, t)
		}
	}
	if len(same) == 1 {
		return same[0], true
	}
	for _, t := range l.Screens {
		if t.Same(s) && t.Name == s.Name {
			return t, true
		}
	}
	return Screen{}, false
}

// Own is the screen that the console belongs on: the panel built into the machine, where the system tells of one, else
// the system's main screen; false where neither is known.
func Own(l Layout) (Screen, bool) {
	for _, built := range []func(Screen) bool{
		func(s Screen) bool { return s.Internal }, func(s Screen) bool { return s.Primary },
	} {
		if i := slices.IndexFunc(l.Screens, built); i >= 0 {
			return l.Screens[i], true
		}
	}
	return Screen{}, false
}

// ScreenOf is the screen that holds most of the rectangle, false where none holds any of it.
func ScreenOf(x, y, w, h int, l Layout) (Screen, bool) {
	best, most := Screen{}, 0
	for _, s := range l.Screens {
		if n := s.Overlap(x, y, w, h); n > most {
			best, most = s, n
		}
	}
	return best, most > 0
}

// Verdict is what Choose found.
type Verdict int

// The verdicts of Choose. Only Chosen comes with a screen.
const (
	None     Verdict = iota // there is no screen but the console's
	Chosen                  // this one
	Ask                     // there are several, and none of them is the remembered one: the user must say
	Mirrored                // another screen shows what the console's shows: Extend, or no court
)

func (v Verdict) String() string {
	return [...]string{"none", "chosen", "ask", "mirrored"}[v]
}

// Choose finds the court's screen: the only one beside the console's, or among several the one
// whose ID is remembered. It never names the console's screen nor one that mirrors it. Screens
// that mirror each other but not the console (a projector and the clerk's monitor) count as one.
func Choose(l Layout, console Screen, remembered string) (Screen, Verdict) {
	var others []Screen
	mirrored, met := false, false
	for _, s := range l.Screens {
		switch {
		case s.Same(console) && !met:
			met = true
		case s.Overlap(console.X, console.Y, console.W, console.H) > 0:
			mirrored = true
		default:
			others = append(others, s)
		}
	}
	if mirrored {
		return Screen{}, Mirrored
	}
	var distinct, match []Screen
	for _, s := range others {
		if s.ID() == remembered {
			match = append(match, s)
		}
		seen := false
		for _, t := range distinct {
			seen = seen || s.Shares(t)
		}
		if !seen {
			distinct = append(distinct, s)
		}
	}
	switch {
	case len(distinct) == 0:
		return Screen{}, None
	case len(distinct) == 1:
		return distinct[0], Chosen
	case len(match) == 1:
		return match[0], Chosen
	default:
		return Screen{}, Ask
	}
}

// Extend ends mirroring: each screen shows a part of the desktop of its own, side by side. It may
// take seconds and returns before every program has noticed.
func Extend() error { return system.Extend() }
