//go:build linux || freebsd || netbsd || openbsd

package system

import (
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

func init() {
	// xgb reports every lost connection on stderr by itself; ours tell it in errors.
	xgb.Logger = log.New(io.Discard, "", 0)
}

// Desktop is a connection of its own to the X server.
type Desktop struct {
	conn *xgb.Conn
	root xproto.Window

	mu     sync.Mutex
	probed time.Time // when the server last looked at its connectors for us

	news   chan struct{} // one token: something was heard since the last Wait
	closed chan struct{} // the connection has ended, by Close or by the server
	once   sync.Once
}

// Open connects to the X server of $DISPLAY. It returns [ErrUnsupported] where there is none.
func Open() (*Desktop, error) {
	if os.Getenv("DISPLAY") == "" {
		return nil, ErrUnsupported
	}
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("connect to the X server: %w", err)
	}
	d := &Desktop{
		conn:   conn,
		root:   xproto.Setup(conn).DefaultScreen(conn).Root,
		news:   make(chan struct{}, 1),
		closed: make(chan struct{}),
	}
	if err := speak(conn, "RANDR"); err != nil {
		conn.Close()
		return nil, fmt.Errorf("start RandR: %w", err)
	}
	const events = randr.NotifyMaskScreenChange | randr.NotifyMaskCrtcChange | randr.NotifyMaskOutputChange
	if err := randr.SelectInputChecked(conn, d.root, events).Check(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("listen for changes of the screens: %w", err)
	}
	go d.listen()
	return d, nil
}

// tables tells whether xgb's tables of events hold those of the extensions that we use.
var tables struct {
	sync.Mutex
	filled bool
}

// speak makes an extension usable on a connection. An extension's own Init writes to tables that the
// goroutines of all connections read without a lock, and ends the process with them ("concurrent map
// writes"); so the tables are filled once, on the process's first connection, before it has asked
// for any event. The other connections learn only the number of the extension's requests.
func speak(conn *xgb.Conn, name string) error {
	tables.Lock()
	defer tables.Unlock()
	if !tables.filled {
		if err := randr.Init(conn); err != nil {
			return err
		}
		_ = screensaver.Init(conn) // not every server has it; asked for again below where it is needed
		tables.filled = true
	}
	reply, err := xproto.QueryExtension(conn, uint16(len(name)), name).Reply()
	switch {
	case err != nil:
		return err
	case reply == nil || !reply.Present:
		return fmt.Errorf("the X server has no %s", name)
	}
	conn.ExtLock.Lock()
	conn.Extensions[name] = reply.MajorOpcode
	conn.ExtLock.Unlock()
	return nil
}

// listen drains the connection, which would stall otherwise, and remembers only that something
// was heard: whoever waits asks for the facts.
func (d *Desktop) listen() {
	defer close(d.closed)
	for {
		event, err := d.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		select {
		case d.news <- struct{}{}:
		default:
		}
	}
}

// Wait returns when the screens or a followed window may have changed, when the time is over, or
// with false when the line is dead.
func (d *Desktop) Wait(longest time.Duration, stop <-chan struct{}) bool {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-d.closed:
		return false
	case <-d.news:
	case <-timer.C:
	case <-stop:
	}
	return true
}

// Close hangs up. It may be called twice.
func (d *Desktop) Close() { d.once.Do(d.conn.Close) }

// Layout asks RandR.
func (d *Desktop) Layout() (Layout, error) {
	// The cheap question answers from what the server knows.
	current, err := randr.GetScreenResourcesCurrent(d.conn, d.root).Reply()
	if err == nil && current == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Layout{}, fmt.Errorf("ask RandR for the screens: %w", err)
	}
	l, err := d.layout(current.Outputs, current.Modes, current.ConfigTimestamp)
	if err != nil || len(l.Screens) > 1 || !d.mayProbe() {
		return l, err
	}
	// The dear one makes it look at its connectors again, which can hold up drawing for some
	// hundred milliseconds, so it is kept for when there is nothing to draw on. Some servers
	// know of a second screen, and tell GLFW of it, only after someone has asked it.
	probed, err := randr.GetScreenResources(d.conn, d.root).Reply()
	if err != nil || probed == nil {
		return l, nil
	}
	return d.layout(probed.Outputs, probed.Modes, probed.ConfigTimestamp)
}

const probeEvery = 3 * time.Second

func (d *Desktop) mayProbe() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if time.Since(d.probed) < probeEvery {
		return false
	}
	d.probed = time.Now()
	return true
}

func (d *Desktop) layout(outputs []randr.Output, infos []randr.ModeInfo, stamp xproto.Timestamp) (Layout, error) {
	var primary randr.Output
	if p, err := randr.GetOutputPrimary(d.conn, d.root).Reply(); err == nil && p != nil {
		primary = p.Output
	}
	modes := map[uint32]randr.ModeInfo{}
	for _, m := range infos {
		modes[m.Id] = m
	}
	scale := d.scale()
	var screens []Screen
	for _, id := range outputs {
		out, err := randr.GetOutputInfo(d.conn, id, stamp).Reply()
		if err != nil || out == nil || out.Crtc == 0 || out.Connection == randr.ConnectionDisconnected {
			continue
		}
		crtc, err := randr.GetCrtcInfo(d.conn, out.Crtc, stamp).Reply()
		if err != nil || crtc == nil || crtc.Width == 0 || crtc.Height == 0 {
			continue
		}
		s := Screen{
			Name: string(out.Name), X: int(crtc.X), Y: int(crtc.Y), W: int(crtc.Width), H: int(crtc.Height),
			MMW: int(out.MmWidth), MMH: int(out.MmHeight),
			Refresh: refresh(modes[uint32(crtc.Mode)]), Primary: id == primary, Internal: internalOutput(string(out.Name)), Scale: scale,
		}
		if crtc.Rotation&(randr.RotationRotate90|randr.RotationRotate270) != 0 {
			s.MMW, s.MMH = s.MMH, s.MMW
		}
		screens = append(screens, s)
	}
	if !d.Alive() { // or the list may be short because the line died
		return Layout{}, fmt.Errorf("ask RandR for the screens: %w", io.ErrUnexpectedEOF)
	}
	return NewLayout(screens), nil
}

// internalOutput tells whether an output of that name is a panel built into the machine: drivers name outputs by their
// connector, "eDP-1", "LVDS1", "DSI-1".
func internalOutput(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "edp") || strings.HasPrefix(name, "lvds") || strings.HasPrefix(name, "dsi")
}

// Alive reports whether the server still answers on this line.
func (d *Desktop) Alive() bool {
	select {
	case <-d.closed:
		return false
	default:
		return true
	}
}

func refresh(m randr.ModeInfo) int {
	total := int64(m.Htotal) * int64(m.Vtotal)
	if total == 0 {
		return 0
	}
	return int((int64(m.DotClock) + total/2) / total)
}

// scale is the desktop's one factor of enlargement: X11 has none per screen.
func (d *Desktop) scale() float32 {
	p, err := xproto.GetProperty(d.conn, false, d.root, xproto.AtomResourceManager, xproto.AtomString, 0, 1<<16).Reply()
	if err != nil || p == nil {
		return 1
	}
	for line := range strings.Lines(string(p.Value)) {
		if dpi, ok := strings.CutPrefix(line, "Xft.dpi:"); ok {
			if f, err := strconv.ParseFloat(strings.TrimSpace(dpi), 32); err == nil && f > 0 {
				return float32(f / 96)
			}
		}
	}
	return 1
}

// Window tells where a window is and whether it can be seen.
func (d *Desktop) Window(handle uintptr) (Place, error) {
	win := xproto.Window(handle)
	geometry, err := xproto.GetGeometry(d.conn, xproto.Drawable(win)).Reply()
	if err == nil && geometry == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Place{}, fmt.Errorf("ask for the window's size: %w", err)
	}
	at, err := xproto.TranslateCoordinates(d.conn, win, d.root, 0, 0).Reply()
	if err == nil && at == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Place{}, fmt.Errorf("ask for the window's place: %w", err)
	}
	attributes, err := xproto.GetWindowAttributes(d.conn, win).Reply()
	if err == nil && attributes == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Place{}, fmt.Errorf("ask whether the window is shown: %w", err)
	}
	return Place{
		X: int(at.DstX), Y: int(at.DstY), W: int(geometry.Width), H: int(geometry.Height),
		Visible: attributes.MapState == xproto.MapStateViewable,
	}, nil
}

// Follow makes Wait return when that window moves, too.
func (d *Desktop) Follow(handle uintptr) error {
	err := xproto.ChangeWindowAttributesChecked(d.conn, xproto.Window(handle), xproto.CwEventMask,
		[]uint32{xproto.EventMaskStructureNotify}).Check()
	if err != nil {
		return fmt.Errorf("follow the window: %w", err)
	}
	return nil
}

// HideWindow takes a window off the screen, at once, whatever its owner is doing.
func (d *Desktop) HideWindow(handle uintptr) error {
	if err := xproto.UnmapWindowChecked(d.conn, xproto.Window(handle)).Check(); err != nil {
		return fmt.Errorf("hide the window: %w", err)
	}
	return nil
}

// MoveWindow asks for another place of a window; the window manager decides. One that fills its screen fills the other.
func (d *Desktop) MoveWindow(handle uintptr, x, y int) error {
	if d.maximized(handle) {
		d.maximize(handle, false)
		defer d.maximize(handle, true)
	}
	err := xproto.ConfigureWindowChecked(d.conn, xproto.Window(handle),
		xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32(int32(x)), uint32(int32(y))}).Check()
	if err != nil {
		return fmt.Errorf("ask for another place: %w", err)
	}
	return nil
}

// maximizedStates are the two halves of a window's filling its screen.
var maximizedStates = [2]string{"_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ"}

func (d *Desktop) atom(name string) xproto.Atom {
	a, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil || a == nil {
		return xproto.AtomNone
	}
	return a.Atom
}

// maximized tells whether the window manager lets a window fill its screen.
func (d *Desktop) maximized(handle uintptr) bool {
	p, err := xproto.GetProperty(d.conn, false, xproto.Window(handle), d.atom("_NET_WM_STATE"), xproto.AtomAtom, 0, 64).Reply()
	if err != nil || p == nil {
		return false
	}
	full := d.atom(maximizedStates[0])
	for i := 0; i+4 <= len(p.Value); i += 4 {
		if xproto.Atom(xgb.Get32(p.Value[i:])) == full {
			return true
		}
	}
	return false
}

// maximize asks the window manager to let a window fill its screen, or not.
func (d *Desktop) maximize(handle uintptr, full bool) {
	const remove, add = 0, 1
	what := uint32(remove)
	if full {
		what = add
	}
	event := xproto.ClientMessageEvent{
		Format: 32, Window: xproto.Window(handle), Type: d.atom("_NET_WM_STATE"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{
			what, uint32(d.atom(maximizedStates[0])), uint32(d.atom(maximizedStates[1])), 1, 0,
		}),
	}
	const toManager = xproto.EventMaskSubstructureRedirect | xproto.EventMaskSubstructureNotify
	_ = xproto.SendEventChecked(d.conn, false, d.root, toManager, string(event.Bytes())).Check()
}

// Unmanage takes a window that is not yet shown out of the window manager's hands, so that it is
// exactly where it was put, is never moved to another screen, minimised, closed or given the
// keyboard, and has a black ground before the first picture.
func (d *Desktop) Unmanage(handle uintptr) error {
	err := xproto.ChangeWindowAttributesChecked(d.conn, xproto.Window(handle),
		xproto.CwBackPixel|xproto.CwOverrideRedirect, []uint32{0, 1}).Check()
	if err != nil {
		return fmt.Errorf("take the window from the window manager: %w", err)
	}
	return nil
}
