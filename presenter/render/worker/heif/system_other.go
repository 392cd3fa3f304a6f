//go:build !(((linux || windows) && amd64) || (linux && arm64) || darwin)

package heif

import "errors"

var (
	errMissing = errors.New("libheif is not looked for on this system")
	errInvalid = errors.New("the file's structure is broken")
)

// System names the system's decoder, "" where there is none.
func System() string { return "" }

func decodeBySystem([]byte) (Picture, error) { return Picture{}, errMissing }
