//go:build !linux && !freebsd && !netbsd && !openbsd && !windows

package system

import "time"

// Desk cannot be had on this platform.
type Desk struct{}

// Open returns [ErrUnsupported].
func Open() (*Desk, error) { return nil, ErrUnsupported }

// Wait is never reached: there is no Desk.
func (*Desk) Wait(longest time.Duration, stop <-chan struct{}) bool {
	select {
	case <-time.After(longest):
	case <-stop:
	}
	return true
}

// Close does nothing.
func (*Desk) Close() {}

// Layout returns [ErrUnsupported].
func (*Desk) Layout() (Layout, error) { return Layout{}, ErrUnsupported }

// Window returns [ErrUnsupported].
func (*Desk) Window(uintptr) (Place, error) { return Place{}, ErrUnsupported }

// Follow returns [ErrUnsupported].
func (*Desk) Follow(uintptr) error { return ErrUnsupported }

// HideWindow returns [ErrUnsupported].
func (*Desk) HideWindow(uintptr) error { return ErrUnsupported }

// Unmanage returns [ErrUnsupported].
func (*Desk) Unmanage(uintptr) error { return ErrUnsupported }

// Extend returns [ErrUnsupported]: the system's own settings can do it.
func Extend() error { return ErrUnsupported }

// Alive is never reached: there is no Desk.
func (*Desk) Alive() bool { return false }

// MoveWindow returns [ErrUnsupported].
func (*Desk) MoveWindow(uintptr, int, int) error { return ErrUnsupported }
