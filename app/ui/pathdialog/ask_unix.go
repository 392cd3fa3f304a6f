//go:build unix && !darwin

package pathdialog

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"github.com/ncruces/zenity"
)

// Ask asks, and waits for the answer; it is for a goroutine of its own. Errors are [ErrCancelled], [ErrMissing], that of
// ctx, whose end closes the dialog, or the system's.
func Ask(ctx context.Context, r Request) (string, error) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" { // else one would be started to ask
		path, err := byPortal(ctx, r)
		if err == nil || errors.Is(err, ErrCancelled) || ctx.Err() != nil {
			return path, err
		}
		slog.Info("the desktop has no portal for files", "err", err)
	}
	if !zenity.IsAvailable() {
		return "", ErrMissing
	}
	var more []zenity.Option
	if r.Window != 0 {
		more = append(more, zenity.Attach(int(r.Window)))
	}
	return byZenity(ctx, r, more...)
}
