//go:build linux

package displaytest

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// words is an output that two goroutines may touch.
type words struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

// LaptopW and LaptopH are the laptop's pixels, CourtW and CourtH the court screen's at first.
const (
	LaptopW, LaptopH = 1366, 768
	CourtW, CourtH   = 1920, 1080
)

// Where is a screen's place on the desktop, zero while it is unplugged.
type Where struct{ X, Y, W, H int }

// spot is what an output is to show, and where.
type spot struct {
	x, y, w, h int
}

// findOutputs takes the first two outputs of the card, and gives them the modes that the tests use.
func (r *Rig) findOutputs() {
	r.tb.Helper()
	res, err := randr.GetScreenResources(r.conn, r.root).Reply()
	if err != nil || len(res.Outputs) < 2 || len(res.Crtcs) < 2 {
		missing(r.tb, fmt.Sprintf("the X server has not two outputs: %v", err))
	}
	for i := range r.outputs {
		r.outputs[i], r.crtcs[i] = res.Outputs[i], res.Crtcs[i]
	}
	for _, size := range [][2]int{{LaptopW, LaptopH}, {CourtW, CourtH}, {1280, 720}, {1024, 768}, {2560, 1600}} {
		r.addMode(size[0], size[1])
	}
}

// addMode makes a mode of that size at 60 Hz; the dummy card has no timing to be wrong about.
func (r *Rig) addMode(w, h int) {
	r.tb.Helper()
	total := [2]int{w + 160, h + 30}
	name := fmt.Sprintf("butluc%dx%d", w, h)
	made, err := randr.CreateMode(r.conn, r.root, randr.ModeInfo{
		Width: uint16(w), Height: uint16(h), DotClock: uint32(total[0] * total[1] * 60),
		HsyncStart: uint16(w + 48), HsyncEnd: uint16(w + 80), Htotal: uint16(total[0]),
		VsyncStart: uint16(h + 3), VsyncEnd: uint16(h + 8), Vtotal: uint16(total[1]),
		NameLen: uint16(len(name)),
	}, name).Reply()
	if err != nil {
		r.tb.Fatalf("make the mode %s: %v", name, err)
	}
	r.modes[[2]int{w, h}] = made.Mode
	for _, output := range r.outputs {
		if err := randr.AddOutputModeChecked(r.conn, output, made.Mode).Check(); err != nil {
			r.tb.Fatalf("give the mode %s to a screen: %v", name, err)
		}
	}
}

// arrange shows exactly these pictures; nil is a screen without one. What does not change is not
// touched, so that the laptop does not blink when the court screen goes.
func (r *Rig) arrange(laptop, court *spot) {
	r.tb.Helper()
	want := [2]*spot{laptop, court}
	width, height := 0, 0
	for _, s := range want {
		if s != nil {
			width, height = max(width, s.x+s.w), max(height, s.y+s.h)
		}
	}
	xproto.GrabServer(r.conn)
	defer func() {
		xproto.UngrabServer(r.conn)
		r.conn.Sync()
	}()
	if p, err := randr.GetOutputPrimary(r.conn, r.root).Reply(); err != nil || p.Output != r.outputs[Laptop] {
		randr.SetOutputPrimary(r.conn, r.root, r.outputs[Laptop])
	}
	var stays [2]bool
	for i, s := range want {
		now := r.where(Which(i))
		stays[i] = s != nil && now == Where{s.x, s.y, s.w, s.h}
		if !stays[i] && now.W > 0 {
			r.set(i, nil)
		}
	}
	if g, err := xproto.GetGeometry(r.conn, xproto.Drawable(r.root)).Reply(); err != nil ||
		int(g.Width) != width || int(g.Height) != height {
		err := randr.SetScreenSizeChecked(r.conn, r.root, uint16(width), uint16(height), uint32(width)/4, uint32(height)/4).Check()
		if err != nil {
			r.tb.Fatalf("make the desktop %d × %d: %v", width, height, err)
		}
	}
	for i, s := range want {
		if s != nil && !stays[i] {
			r.set(i, s)
		}
	}
	// The server looks again at what is connected, as it would on hearing of a cable.
	if _, err := randr.GetScreenResources(r.conn, r.root).Reply(); err != nil {
		r.tb.Fatalf("have the server look at its screens: %v", err)
	}
}

func (r *Rig) set(i int, s *spot) {
	r.tb.Helper()
	var x, y int
	var mode randr.Mode
	var outputs []randr.Output
	if s != nil {
		x, y, mode, outputs = s.x, s.y, r.modes[[2]int{s.w, s.h}], []randr.Output{r.outputs[i]}
		if mode == 0 {
			r.tb.Fatalf("the %v screen has no mode %d × %d", Which(i), s.w, s.h)
		}
	}
	reply, err := randr.SetCrtcConfig(r.conn, r.crtcs[i], 0, 0, int16(x), int16(y), mode, randr.RotationRotate0, outputs).Reply()
	if err != nil || reply.Status != randr.SetConfigSuccess {
		r.tb.Fatalf("set the %v screen to %+v: %v", Which(i), s, err)
	}
}

// Where tells where a screen is now.
func (r *Rig) Where(w Which) Where {
	r.tb.Helper()
	if w != Both {
		return r.where(w)
	}
	g, err := xproto.GetGeometry(r.conn, xproto.Drawable(r.root)).Reply()
	if err != nil {
		r.tb.Fatalf("ask for the desktop's size: %v", err)
	}
	return Where{W: int(g.Width), H: int(g.Height)}
}

func (r *Rig) where(w Which) Where {
	// By output, for a program under test may have given it another generator.
	out, err := randr.GetOutputInfo(r.conn, r.outputs[w], 0).Reply()
	if err != nil || out.Crtc == 0 {
		return Where{}
	}
	r.crtcs[w] = out.Crtc
	c, err := randr.GetCrtcInfo(r.conn, out.Crtc, 0).Reply()
	if err != nil || c.Mode == 0 {
		return Where{}
	}
	return Where{int(c.X), int(c.Y), int(c.Width), int(c.Height)}
}

// Plug gives the court screen back, right of the laptop.
func (r *Rig) Plug() {
	r.tb.Helper()
	r.arrange(&spot{0, 0, LaptopW, LaptopH}, &spot{LaptopW, 0, CourtW, CourtH})
}

// Unplug takes the court screen away.
func (r *Rig) Unplug() {
	r.tb.Helper()
	r.arrange(&spot{0, 0, LaptopW, LaptopH}, nil)
}

// Swap puts the court screen left of the laptop.
func (r *Rig) Swap() {
	r.tb.Helper()
	r.arrange(&spot{CourtW, 0, LaptopW, LaptopH}, &spot{0, 0, CourtW, CourtH})
}

// Mode changes the court screen's resolution: 1920×1080, 1280×720 or 1024×768.
func (r *Rig) Mode(w, h int) {
	r.tb.Helper()
	r.arrange(&spot{0, 0, LaptopW, LaptopH}, &spot{LaptopW, 0, w, h})
}

// LaptopMode changes the laptop's resolution: 1366×768 or 2560×1600.
func (r *Rig) LaptopMode(w, h int) {
	r.tb.Helper()
	r.arrange(&spot{0, 0, w, h}, &spot{w, 0, CourtW, CourtH})
}

// Mirror makes the court screen show what the laptop shows.
func (r *Rig) Mirror() {
	r.tb.Helper()
	r.arrange(&spot{0, 0, LaptopW, LaptopH}, &spot{0, 0, LaptopW, LaptopH})
}

// Extend ends Mirror.
func (r *Rig) Extend() {
	r.tb.Helper()
	r.Plug()
}
