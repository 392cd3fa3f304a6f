//go:build !linux && !freebsd && !netbsd && !openbsd && !windows

package system

import "time"

// Desktop cannot be had on this platform.
type Desktop struct{}

// Open returns [ErrUnsupported].
func Open() (*Desktop, error) { return nil, ErrUnsupported }

// Wait is never reached: there is no Desktop.
func (*Desktop) Wait(longest time.Duration, stop <-chan struct{}) bool {
	select {
	case <-time.After(longest):
	case <-stop:
	}
	return true
}

// Close does nothing.
func (*Desktop) Close() {}

// Layout returns [ErrUnsupported].
func (*Desktop) Layout() (Layout, error) { return Layout{}, ErrUnsupported }

// Window returns [ErrUnsupported].
func (*Desktop) Window(uintptr) (Place, error) { return Place{}, ErrUnsupported }

// Follow returns [ErrUnsupported].
func (*Desktop) Follow(uintptr) error { return ErrUnsupported }

// HideWindow returns [ErrUnsupported].
func (*Desktop) HideWindow(uintptr) error { return ErrUnsupported }

// Unmanage returns [ErrUnsupported].
func (*Desktop) Unmanage(uintptr) error { return ErrUnsupported }

// Extend returns [ErrUnsupported]: the system's own settings can do it.
func Extend() error { return ErrUnsupported }

// Alive is never reached: there is no Desktop.
func (*Desktop) Alive() bool { return false }

// MoveWindow returns [ErrUnsupported].
func (*Desktop) MoveWindow(uintptr, int, int) error { return ErrUnsupported }
