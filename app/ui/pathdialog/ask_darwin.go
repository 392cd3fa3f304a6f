package pathdialog

import "context"

// Ask asks, and waits for the answer; it is for a goroutine of its own. Errors are [ErrCancelled], [ErrMissing], that of
// ctx, whose end closes the dialog, or the system's.
func Ask(ctx context.Context, r Request) (string, error) { return byZenity(ctx, r) }
