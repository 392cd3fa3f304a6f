//go:build linux

package displaytest

import (
	"os/exec"
	"time"

	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// keysyms names the keys that have no character, as X does.
var keysyms = map[string]xproto.Keysym{
	"BackSpace": 0xff08, "Tab": 0xff09, "Return": 0xff0d, "Escape": 0xff1b, "Delete": 0xffff,
	"Home": 0xff50, "Left": 0xff51, "Up": 0xff52, "Right": 0xff53, "Down": 0xff54,
	"Prior": 0xff55, "Next": 0xff56, "End": 0xff57, "Insert": 0xff63, "KP_Enter": 0xff8d,
	"Shift": 0xffe1, "Ctrl": 0xffe3, "Alt": 0xffe9, "Super": 0xffeb, "space": 0x20, "Space": 0x20,
	"F1": 0xffbe, "F2": 0xffbf, "F3": 0xffc0, "F4": 0xffc1, "F5": 0xffc2, "F6": 0xffc3,
	"F7": 0xffc4, "F8": 0xffc5, "F9": 0xffc6, "F10": 0xffc7, "F11": 0xffc8, "F12": 0xffc9,
}

// keyboard knows which key gives which character.
type keyboard struct {
	first   xproto.Keycode
	per     int
	symbols []xproto.Keysym
	spare   xproto.Keycode // a key that gives nothing, to be lent to characters that have none
	up      time.Time      // when a key was last let go
}

func (k *keyboard) read(r *Rig) {
	r.tb.Helper()
	setup := xproto.Setup(r.conn)
	k.first = setup.MinKeycode
	m, err := xproto.GetKeyboardMapping(r.conn, k.first, byte(setup.MaxKeycode-k.first+1)).Reply()
	if err != nil {
		r.tb.Fatalf("read the keyboard: %v", err)
	}
	k.per, k.symbols = int(m.KeysymsPerKeycode), m.Keysyms
	for code := len(k.symbols)/k.per - 1; code >= 0 && k.spare == 0; code-- {
		empty := true
		for _, s := range k.symbols[code*k.per : (code+1)*k.per] {
			empty = empty && s == 0
		}
		if empty {
			k.spare = k.first + xproto.Keycode(code)
		}
	}
}

// find is the key that gives sym, alone or with Shift.
func (k *keyboard) find(sym xproto.Keysym) (code xproto.Keycode, shift, ok bool) {
	for level := range 2 {
		for i := 0; i+level < len(k.symbols); i += k.per {
			if k.symbols[i+level] == sym {
				return k.first + xproto.Keycode(i/k.per), level == 1, true
			}
		}
	}
	return 0, false, false
}

func keysym(name string) (xproto.Keysym, bool) {
	if s, ok := keysyms[name]; ok {
		return s, true
	}
	runes := []rune(name)
	if len(runes) != 1 {
		return 0, false
	}
	return runeKeysym(runes[0]), true
}

func runeKeysym(c rune) xproto.Keysym {
	if c < 0x100 {
		return xproto.Keysym(c)
	}
	return 0x01000000 + xproto.Keysym(c)
}

// key finds a key by its name ("Next", "b", "F5") and fails the test where there is none.
func (r *Rig) key(name string) (code xproto.Keycode, shift bool) {
	r.tb.Helper()
	sym, ok := keysym(name)
	if ok {
		code, shift, ok = r.keys.find(sym)
	}
	if !ok {
		r.tb.Fatalf("the keyboard has no key %q", name)
	}
	return code, shift
}

func (r *Rig) fake(event byte, detail byte, x, y int) {
	r.tb.Helper()
	if err := xtest.FakeInputChecked(r.conn, event, detail, 0, r.root, int16(x), int16(y), 0).Check(); err != nil {
		r.tb.Fatalf("press a key or move the mouse: %v", err)
	}
}

// asAHand is the least time between two keys. GLFW takes a key that is pressed again within 20 ms
// of its release for one that is held, as X11 repeats keys in that way.
const asAHand = 25 * time.Millisecond

// with holds keys during f.
func (r *Rig) with(held []xproto.Keycode, f func()) {
	r.tb.Helper()
	time.Sleep(time.Until(r.keys.up.Add(asAHand)))
	defer func() { r.keys.up = time.Now() }()
	for _, code := range held {
		r.fake(xproto.KeyPress, byte(code), 0, 0)
	}
	f()
	for i := len(held) - 1; i >= 0; i-- {
		r.fake(xproto.KeyRelease, byte(held[i]), 0, 0)
	}
}

func (r *Rig) held(name string, mods []string) (code xproto.Keycode, held []xproto.Keycode) {
	r.tb.Helper()
	code, shift := r.key(name)
	for _, m := range mods {
		c, _ := r.key(m)
		held = append(held, c)
		shift = shift && m != "Shift"
	}
	if shift {
		c, _ := r.key("Shift")
		held = append(held, c)
	}
	return code, held
}

// Tap presses and releases a key, with "Shift", "Ctrl" or "Alt" held; whichever window has the
// keyboard gets it.
func (r *Rig) Tap(name string, mods ...string) {
	r.tb.Helper()
	r.Hold(name, 0, mods...)
}

// Hold keeps a key pressed for d; longer than about 0.6 s it repeats.
func (r *Rig) Hold(name string, d time.Duration, mods ...string) {
	r.tb.Helper()
	code, held := r.held(name, mods)
	r.with(held, func() {
		r.fake(xproto.KeyPress, byte(code), 0, 0)
		if d > 0 {
			time.Sleep(d)
		}
		r.fake(xproto.KeyRelease, byte(code), 0, 0)
	})
}

// Type types a text of any letters. A letter that the keyboard does not have is lent a key.
func (r *Rig) Type(text string) {
	r.tb.Helper()
	for _, c := range text {
		if code, shift, ok := r.keys.find(runeKeysym(c)); ok {
			r.press(code, shift)
			continue
		}
		if r.keys.spare == 0 {
			r.tb.Fatalf("the keyboard has no key to lend to %q", c)
		}
		syms := make([]xproto.Keysym, r.keys.per)
		syms[0], syms[1] = runeKeysym(c), runeKeysym(c)
		err := xproto.ChangeKeyboardMappingChecked(r.conn, 1, r.keys.spare, byte(r.keys.per), syms).Check()
		if err != nil {
			r.tb.Fatalf("lend a key to %q: %v", c, err)
		}
		time.Sleep(40 * time.Millisecond) // the program must have heard of it before the key comes
		r.press(r.keys.spare, false)
		time.Sleep(40 * time.Millisecond) // and have read the key before the next letter takes it
	}
}

func (r *Rig) press(code xproto.Keycode, shift bool) {
	r.tb.Helper()
	var held []xproto.Keycode
	if shift {
		c, _ := r.key("Shift")
		held = append(held, c)
	}
	r.with(held, func() {
		r.fake(xproto.KeyPress, byte(code), 0, 0)
		r.fake(xproto.KeyRelease, byte(code), 0, 0)
	})
}

// Move moves the pointer.
func (r *Rig) Move(x, y int) {
	r.tb.Helper()
	r.fake(xproto.MotionNotify, 0, x, y)
}

// Click clicks the left button at a point of the desktop.
func (r *Rig) Click(x, y int) {
	r.tb.Helper()
	r.Move(x, y)
	r.fake(xproto.ButtonPress, 1, 0, 0)
	r.fake(xproto.ButtonRelease, 1, 0, 0)
}

// Press presses the left button where the pointer is, until Release.
func (r *Rig) Press() {
	r.tb.Helper()
	r.fake(xproto.ButtonPress, 1, 0, 0)
}

// Release lets the left button go.
func (r *Rig) Release() {
	r.tb.Helper()
	r.fake(xproto.ButtonRelease, 1, 0, 0)
}

// Wheel turns the wheel one notch where the pointer is, up or down.
func (r *Rig) Wheel(up bool) {
	r.tb.Helper()
	button := byte(5)
	if up {
		button = 4
	}
	r.fake(xproto.ButtonPress, button, 0, 0)
	r.fake(xproto.ButtonRelease, button, 0, 0)
}

// Drag presses the left button at one point and releases it at another, by way of steps points
// between, with a moment at each as a hand takes it.
func (r *Rig) Drag(x1, y1, x2, y2, steps int) {
	r.tb.Helper()
	r.Move(x1, y1)
	r.Press()
	r.Glide(x1, y1, x2, y2, steps)
	r.Release()
}

// Glide moves the pointer from one point to another by way of steps points between, with a moment at each
// as a hand takes it.
func (r *Rig) Glide(x1, y1, x2, y2, steps int) {
	r.tb.Helper()
	for i := 1; i <= steps; i++ {
		r.Move(x1+(x2-x1)*i/steps, y1+(y2-y1)*i/steps)
		time.Sleep(20 * time.Millisecond)
	}
}

// Focus gives the keyboard to a window and waits until it has it.
func (r *Rig) Focus(w Window) {
	r.tb.Helper()
	id := xproto.Window(w.ID)
	attributes, err := xproto.GetWindowAttributes(r.conn, id).Reply()
	if err != nil {
		r.tb.Fatalf("focus %v: %v", w, err)
	}
	if attributes.OverrideRedirect {
		xproto.SetInputFocus(r.conn, xproto.InputFocusPointerRoot, id, xproto.TimeCurrentTime)
	} else {
		r.activate(id)
	}
	r.WaitFor("the keyboard to be with "+w.Title, func() bool {
		f, err := xproto.GetInputFocus(r.conn).Reply()
		return err == nil && (f.Focus == id || r.parent(f.Focus) == id)
	})
}

// MoveWindow asks the window manager to move a window's corner to a place on the desktop.
func (r *Rig) MoveWindow(w Window, x, y int) {
	r.tb.Helper()
	err := xproto.ConfigureWindowChecked(r.conn, xproto.Window(w.ID), xproto.ConfigWindowX|xproto.ConfigWindowY,
		[]uint32{uint32(int32(x)), uint32(int32(y))}).Check()
	if err != nil {
		r.tb.Fatalf("move %v: %v", w, err)
	}
}

// activate asks the window manager, as a task bar does.
func (r *Rig) activate(id xproto.Window) {
	const asTaskBar = 2
	event := xproto.ClientMessageEvent{
		Format: 32, Window: id, Type: r.atom("_NET_ACTIVE_WINDOW"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{asTaskBar, 0, 0, 0, 0}),
	}
	const toManager = xproto.EventMaskSubstructureRedirect | xproto.EventMaskSubstructureNotify
	xproto.SendEvent(r.conn, false, r.root, toManager, string(event.Bytes()))
}

func (r *Rig) parent(id xproto.Window) xproto.Window {
	tree, err := xproto.QueryTree(r.conn, id).Reply()
	if err != nil {
		return 0
	}
	return tree.Parent
}

// Layout gives the keyboard another layout: "vn", "fr", "ru". Tap goes on to press the keys by the places that they have on
// the first one.
func (r *Rig) Layout(name string) {
	r.tb.Helper()
	cmd := exec.Command(find(r.tb, "setxkbmap"), "-display", r.display, name)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.tb.Fatalf("setxkbmap %s: %v\n%s", name, err, out)
	}
}
