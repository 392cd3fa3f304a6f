//go:build linux

package displaytest

import (
	"fmt"
	"image"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Shot is a picture of what a screen shows now, fully opaque. The pointer is not in it.
func (r *Rig) Shot(w Which) *image.RGBA {
	r.tb.Helper()
	at := r.Where(w)
	if at.W == 0 {
		r.tb.Fatalf("take a picture of the %v screen: it is unplugged", w)
	}
	return r.Grab(at)
}

// Grab is a picture of a part of the desktop.
func (r *Rig) Grab(at Where) *image.RGBA {
	r.tb.Helper()
	reply, err := xproto.GetImage(r.conn, xproto.ImageFormatZPixmap, xproto.Drawable(r.root),
		int16(at.X), int16(at.Y), uint16(at.W), uint16(at.H), 0xffffffff).Reply()
	if err != nil {
		r.tb.Fatalf("take a picture of %+v: %v", at, err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, at.W, at.H))
	if len(reply.Data) < len(picture.Pix) {
		r.tb.Fatalf("take a picture of %+v: %d bytes", at, len(reply.Data))
	}
	for i := 0; i < len(picture.Pix); i += 4 { // the server's order is B, G, R, nothing
		to, from := picture.Pix[i:i+4:i+4], reply.Data[i:i+4:i+4]
		to[0], to[1], to[2], to[3] = from[2], from[1], from[0], 255
	}
	return picture
}

// Window is a window with a title, of whatever program.
type Window struct {
	Title      string
	X, Y, W, H int // on the desktop, its frame not counted
	Mapped     bool
	PID        int
	ID         uint32
}

func (w Window) String() string {
	return fmt.Sprintf("%q %d×%d at %d,%d mapped=%v pid=%d", w.Title, w.W, w.H, w.X, w.Y, w.Mapped, w.PID)
}

// Windows lists every window that says which process it belongs to and has a title.
func (r *Rig) Windows() []Window {
	r.tb.Helper()
	var all []Window
	r.walk(r.root, 0, r.atom("_NET_WM_NAME"), r.atom("_NET_WM_PID"), &all)
	return all
}

// walk goes into the frames that the window manager puts around windows, and no deeper.
func (r *Rig) walk(parent xproto.Window, depth int, name, pid xproto.Atom, all *[]Window) {
	tree, err := xproto.QueryTree(r.conn, parent).Reply()
	if err != nil {
		return // it has gone meanwhile
	}
	for _, id := range tree.Children {
		if w, ok := r.describe(id, name, pid); ok {
			*all = append(*all, w)
		} else if depth < 3 {
			r.walk(id, depth+1, name, pid, all)
		}
	}
}

func (r *Rig) describe(id xproto.Window, name, pid xproto.Atom) (Window, bool) {
	owner := r.property(id, pid)
	if len(owner) != 4 {
		return Window{}, false
	}
	title := r.property(id, name)
	if len(title) == 0 {
		title = r.property(id, xproto.AtomWmName)
	}
	geometry, err := xproto.GetGeometry(r.conn, xproto.Drawable(id)).Reply()
	if err != nil || len(title) == 0 {
		return Window{}, false
	}
	at, err := xproto.TranslateCoordinates(r.conn, id, r.root, 0, 0).Reply()
	if err != nil {
		return Window{}, false
	}
	attributes, err := xproto.GetWindowAttributes(r.conn, id).Reply()
	if err != nil {
		return Window{}, false
	}
	return Window{
		Title: string(title), ID: uint32(id), PID: int(xgb.Get32(owner)),
		X: int(at.DstX), Y: int(at.DstY), W: int(geometry.Width), H: int(geometry.Height),
		Mapped: attributes.MapState == xproto.MapStateViewable,
	}, true
}

func (r *Rig) property(id xproto.Window, name xproto.Atom) []byte {
	p, err := xproto.GetProperty(r.conn, false, id, name, xproto.GetPropertyTypeAny, 0, 1024).Reply()
	if err != nil {
		return nil
	}
	return p.Value
}

// Window is the window with that title, mapped or not.
func (r *Rig) Window(title string) (Window, bool) {
	r.tb.Helper()
	for _, w := range r.Windows() {
		if w.Title == title {
			return w, true
		}
	}
	return Window{}, false
}

// Same compares two pictures pixel by pixel and tells the first difference, "" for none. Alpha is
// not compared: a screen has none.
func Same(a, b *image.RGBA) string {
	if a.Rect.Size() != b.Rect.Size() {
		return fmt.Sprintf("sizes differ: %v and %v", a.Rect.Size(), b.Rect.Size())
	}
	n := 0
	first := ""
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			p := a.RGBAAt(a.Rect.Min.X+x, a.Rect.Min.Y+y)
			q := b.RGBAAt(b.Rect.Min.X+x, b.Rect.Min.Y+y)
			if p.R == q.R && p.G == q.G && p.B == q.B {
				continue
			}
			if n++; first == "" {
				first = fmt.Sprintf("at %d,%d: %v and %v", x, y, p, q)
			}
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d pixels differ, first %s", n, first)
}

// Uniform reports whether every pixel of the picture has that colour.
func Uniform(p *image.RGBA, r, g, b uint8) bool {
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		row := p.Pix[p.PixOffset(p.Rect.Min.X, y):p.PixOffset(p.Rect.Max.X, y)]
		for i := 0; i < len(row); i += 4 {
			if row[i] != r || row[i+1] != g || row[i+2] != b {
				return false
			}
		}
	}
	return true
}
