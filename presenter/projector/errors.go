package projector

import (
	"errors"

	"butluc/presenter"
)

// ErrNoSource is the error of a frame whose page is in no file that can be drawn, or not yet.
var ErrNoSource = errors.New("page is not in the case")

// ScreenError is told when the court screen refused a picture.
type ScreenError struct {
	presenter.Effect
	Err error
}
