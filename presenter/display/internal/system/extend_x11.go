//go:build linux || freebsd || netbsd || openbsd

package system

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

var (
	errNoSecond = errors.New("no second screen is connected")
	errRefused  = errors.New("the X server refused a screen's place")
)

// output is one connector and what it could show.
type output struct {
	id      randr.Output
	crtc    randr.Crtc // 0: dark
	crtcs   []randr.Crtc
	mode    randr.Mode // the one it prefers
	w, h    int        // of that mode
	primary bool
}

// Extend puts every connected screen beside the one before it, each in the mode it prefers; the
// main screen comes first. It changes nothing but places, modes and the desktop's size.
func Extend() error {
	d, err := Open()
	if err != nil {
		return fmt.Errorf("extend the desktop: %w", err)
	}
	defer d.Close()
	if err := d.extend(); err != nil {
		return fmt.Errorf("extend the desktop: %w", err)
	}
	return nil
}

func (d *Desktop) extend() error {
	res, err := randr.GetScreenResources(d.conn, d.root).Reply()
	if err == nil && res == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	outputs, err := d.outputs(res)
	if err != nil {
		return err
	}
	if len(outputs) < 2 {
		return errNoSecond
	}
	if err := assignCrtcs(outputs, res.Crtcs); err != nil {
		return err
	}

	before, err := d.remember(res.Crtcs)
	if err != nil {
		return err
	}
	// Nobody may see a half-made desktop, so all happens under one grab of the server.
	xproto.GrabServer(d.conn)
	defer xproto.UngrabServer(d.conn)
	if err := d.arrange(besideEachOther(outputs), res.Crtcs); err != nil {
		if back := d.arrange(before, res.Crtcs); back != nil {
			return fmt.Errorf("%w (and going back: %w)", err, back)
		}
		return err
	}
	return nil
}

// picture is what one generator of pictures is told to do.
type picture struct {
	crtc     randr.Crtc
	x, y     int
	w, h     int
	mode     randr.Mode
	rotation uint16
	outputs  []randr.Output
}

func besideEachOther(outputs []output) []picture {
	var all []picture
	x := 0
	for _, o := range outputs {
		all = append(all, picture{
			crtc: o.crtc, x: x, w: o.w, h: o.h, mode: o.mode,
			rotation: randr.RotationRotate0, outputs: []randr.Output{o.id},
		})
		x += o.w
	}
	return all
}

// remember notes what there is now, so that a refusal half-way does not leave the room dark.
func (d *Desktop) remember(crtcs []randr.Crtc) ([]picture, error) {
	var all []picture
	for _, id := range crtcs {
		c, err := randr.GetCrtcInfo(d.conn, id, 0).Reply()
		if err == nil && c == nil {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		if c.Mode == 0 {
			continue
		}
		all = append(all, picture{
			crtc: id, x: int(c.X), y: int(c.Y), w: int(c.Width), h: int(c.Height),
			mode: c.Mode, rotation: c.Rotation, outputs: c.Outputs,
		})
	}
	return all, nil
}

// arrange makes the desktop exactly as large as the pictures need. The server refuses any moment
// at which a picture lies outside of the desktop: dark first, then the size, then the pictures.
// What is right already is left alone, so that the laptop does not blink.
func (d *Desktop) arrange(pictures []picture, crtcs []randr.Crtc) error {
	now, err := d.remember(crtcs)
	if err != nil {
		return err
	}
	for _, p := range now {
		if !slices.ContainsFunc(pictures, p.same) {
			if err := d.setCrtc(picture{crtc: p.crtc, rotation: randr.RotationRotate0}); err != nil {
				return err
			}
		}
	}
	width, height := 0, 0
	for _, p := range pictures {
		width, height = max(width, p.x+p.w), max(height, p.y+p.h)
	}
	const mmPerPixel = 25.4 / 96
	err = randr.SetScreenSizeChecked(d.conn, d.root, uint16(width), uint16(height),
		uint32(float64(width)*mmPerPixel), uint32(float64(height)*mmPerPixel)).Check()
	if err != nil {
		return fmt.Errorf("make the desktop %d × %d: %w", width, height, err)
	}
	for _, p := range pictures {
		if slices.ContainsFunc(now, p.same) {
			continue
		}
		if err := d.setCrtc(p); err != nil {
			return err
		}
	}
	return nil
}

func (p picture) same(q picture) bool {
	return p.crtc == q.crtc && p.x == q.x && p.y == q.y && p.mode == q.mode && p.rotation == q.rotation &&
		slices.Equal(p.outputs, q.outputs)
}

// outputs lists the connected outputs that have a mode, the main one first.
func (d *Desktop) outputs(res *randr.GetScreenResourcesReply) ([]output, error) {
	var primary randr.Output
	if p, err := randr.GetOutputPrimary(d.conn, d.root).Reply(); err == nil && p != nil {
		primary = p.Output
	}
	modes := map[randr.Mode]randr.ModeInfo{}
	for _, m := range res.Modes {
		modes[randr.Mode(m.Id)] = m
	}
	var all []output
	for _, id := range res.Outputs {
		info, err := randr.GetOutputInfo(d.conn, id, res.ConfigTimestamp).Reply()
		if err == nil && info == nil {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		if info.Connection == randr.ConnectionDisconnected || len(info.Modes) == 0 {
			continue
		}
		o := output{id: id, crtc: info.Crtc, crtcs: info.Crtcs, primary: id == primary}
		o.mode = d.prefer(info, modes)
		o.w, o.h = int(modes[o.mode].Width), int(modes[o.mode].Height)
		if o.primary {
			all = append([]output{o}, all...)
		} else {
			all = append(all, o)
		}
	}
	return all, nil
}

// prefer is the mode that the monitor prefers; where it names none, the one in use, else the first.
func (d *Desktop) prefer(info *randr.GetOutputInfoReply, modes map[randr.Mode]randr.ModeInfo) randr.Mode {
	if info.NumPreferred > 0 {
		return info.Modes[0]
	}
	if info.Crtc != 0 {
		if crtc, err := randr.GetCrtcInfo(d.conn, info.Crtc, 0).Reply(); err == nil && crtc != nil && modes[crtc.Mode].Width > 0 {
			return crtc.Mode
		}
	}
	return info.Modes[0]
}

// assignCrtcs gives each output a picture generator of its own, the one it has where it can.
func assignCrtcs(outputs []output, crtcs []randr.Crtc) error {
	used := map[randr.Crtc]bool{}
	for i := range outputs {
		o := &outputs[i]
		pick := randr.Crtc(0)
		for _, c := range append([]randr.Crtc{o.crtc}, o.crtcs...) {
			if c != 0 && !used[c] {
				pick = c
				break
			}
		}
		if pick == 0 {
			return fmt.Errorf("%d screens are more than the graphics card can tell apart (%d)", len(outputs), len(crtcs))
		}
		o.crtc, used[pick] = pick, true
	}
	return nil
}

func (d *Desktop) setCrtc(p picture) error {
	reply, err := randr.SetCrtcConfig(d.conn, p.crtc, 0, 0, int16(p.x), int16(p.y), p.mode, p.rotation, p.outputs).Reply()
	if err != nil {
		return err
	}
	if reply == nil || reply.Status != randr.SetConfigSuccess {
		return errRefused
	}
	return nil
}
