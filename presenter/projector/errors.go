package projector

import (
	"errors"

	"butluc/library"
	"butluc/presenter"
)

// ErrNoSource is the error of a frame whose page is in no file that can be drawn, or not yet.
var ErrNoSource = errors.New("page is not in the case")

// ScreenError is reported when the court screen refused a picture.
type ScreenError struct {
	presenter.Effect
	Err error
}

// ClipError is reported when a recording can't be played, or the player ended while it did.
type ClipError struct {
	presenter.Effect
	Fault library.FaultCode // "" where the player ended
	Err   error
	Shot  library.Shot // that it played; zero where it was only made ready
}
