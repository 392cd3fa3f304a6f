// Package system asks the operating system itself about screens and windows, without GLFW:
// GLFW keeps a list of its own that can lag behind, may be used on one thread only, and knows
// nothing of mirrored screens.
//
// [Open] gives a [Desktop], a private line to the window system. All of its methods may be called
// from any goroutine. A Desktop whose line has died (X11) returns errors from then on; open another.
//
// On X11 it speaks RandR over a connection of its own; on Windows it calls user32. Elsewhere
// Open returns [ErrUnsupported] and the caller falls back to what GLFW knows.
package system

import (
	"errors"
	"fmt"
)

// ErrUnsupported says that this operating system cannot be asked here.
var ErrUnsupported = errors.New("the system cannot be asked about screens on this platform")

// Screen is one output of the machine that has a picture on it.
//
// Places and sizes are in pixels of the desktop that spans all screens, x right, y down; they may
// be negative on Windows. MMW and MMH are millimetres as the monitor tells them, often 0 or wrong.
type Screen struct {
	Name       string // as the system calls it; two screens may bear the same name
	X, Y, W, H int
	MMW, MMH   int
	Refresh    int     // Hz, 0 where unknown
	Primary    bool    // the system's main screen, usually the laptop's own
	Internal   bool    // built into the machine: a laptop's own panel
	Scale      float32 // 1 = 96 dpi
}

// ID is what a choice of screen is remembered by: name, millimetres and mode. It is not unique
// (two projectors of one make), so it decides only between screens that are there.
func (s Screen) ID() string {
	return fmt.Sprintf("%s|%dx%dmm|%dx%d@%d", s.Name, s.MMW, s.MMH, s.W, s.H, s.Refresh)
}

// Same reports whether both are the same area of the desktop.
func (s Screen) Same(t Screen) bool {
	return s.X == t.X && s.Y == t.Y && s.W == t.W && s.H == t.H
}

// Zero reports whether s is no screen at all.
func (s Screen) Zero() bool { return s.W <= 0 || s.H <= 0 }

// Overlap is the number of pixels that the rectangle x, y, w, h has on s.
func (s Screen) Overlap(x, y, w, h int) int {
	dx := min(s.X+s.W, x+w) - max(s.X, x)
	dy := min(s.Y+s.H, y+h) - max(s.Y, y)
	if dx <= 0 || dy <= 0 {
		return 0
	}
	return dx * dy
}

// Shares reports whether the two show the same part of the desktop: one is a mirror of the other,
// wholly or (modes of different size) for at least half of the smaller one.
func (s Screen) Shares(t Screen) bool {
	smaller := min(s.W*s.H, t.W*t.H)
	return smaller > 0 && 2*s.Overlap(t.X, t.Y, t.W, t.H) >= smaller
}

// Layout is what the system says now about its screens.
type Layout struct {
	Screens  []Screen // those with a picture, in the system's order
	Mirrored bool     // some two of them show the same area
}

// Equal reports whether nothing that matters here differs.
func (l Layout) Equal(m Layout) bool {
	if len(l.Screens) != len(m.Screens) || l.Mirrored != m.Mirrored {
		return false
	}
	for i := range l.Screens {
		if l.Screens[i] != m.Screens[i] {
			return false
		}
	}
	return true
}

// NewLayout makes a Layout of screens and finds out whether some are mirrored.
func NewLayout(screens []Screen) Layout {
	l := Layout{Screens: screens}
	for i, s := range screens {
		for _, t := range screens[i+1:] {
			l.Mirrored = l.Mirrored || s.Shares(t)
		}
	}
	return l
}

// Place is where a window is, in pixels of the desktop, its frame not counted.
type Place struct {
	X, Y, W, H int
	Visible    bool // mapped and not minimised; it may still be covered by others
}
