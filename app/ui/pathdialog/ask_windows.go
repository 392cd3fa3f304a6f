package pathdialog

import (
	"context"
	"runtime"
	"time"

	"github.com/ncruces/zenity"
	"golang.org/x/sys/windows"
)

// Ask asks, and waits for the answer; it is for a goroutine of its own. Errors are [ErrCancelled], [ErrMissing], that of
// ctx, whose end closes the dialog, or the system's.
func Ask(ctx context.Context, r Request) (string, error) {
	// The dialog's list of files wants an apartment of its own (STA); the library leaves one alone that is there. The thread
	// ends with it.
	runtime.LockOSThread()
	if err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE); err == nil {
		defer windows.CoUninitialize()
	}
	var more []zenity.Option
	if r.Window != 0 {
		more = append(more, zenity.Attach(r.Window))
		ctx, done := context.WithCancel(ctx)
		defer done()
		go keepEnabled(ctx, r.Window)
	}
	return byZenity(ctx, r, more...)
}

var (
	user32          = windows.NewLazySystemDLL("user32.dll")
	enableWindow    = user32.NewProc("EnableWindow")
	isWindowEnabled = user32.NewProc("IsWindowEnabled")
)

// keepEnabled lets the window below have its keys and clicks, which Windows takes away while a dialog of its own is open:
// black must stay one key away. What lies over the console takes care of all others.
func keepEnabled(ctx context.Context, window uintptr) {
	const often = 50 * time.Millisecond
	tick := time.NewTicker(often)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if enabled, _, _ := isWindowEnabled.Call(window); enabled == 0 {
				_, _, _ = enableWindow.Call(window, 1)
			}
		}
	}
}
