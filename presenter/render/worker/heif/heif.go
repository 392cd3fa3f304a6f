// Package heif decodes HEIC and AVIF pictures: by the system's libheif where there is one, which is five times as fast and
// knows more variants, else by libheif and libavif compiled to WebAssembly, which come with the program.
//
// [Decode] gives the main picture; of an image sequence that is the still that stands for it. Colours are as the file's
// matrix coefficients say; its ICC profile is the caller's to apply.
package heif

import (
	"errors"
	"fmt"
	"image"

	"butluc/library"
	"butluc/presenter/render/worker/meta"
)

// ErrUnsupported is a file that seems whole and whose picture is of a kind that the decoders here don't know.
var ErrUnsupported = errors.New("a variant that can't be decoded here")

// Picture is a decoded picture.
type Picture struct {
	Image       image.Image
	Orientation int  // what is still to be undone, as Exif counts; 1 for upright
	Lost        bool // a part could not be decoded
}

// Decode decodes a file's main picture. Its error wraps ErrUnsupported where that is so.
func Decode(kind library.Kind, data []byte) (Picture, error) {
	p, err := decodeBySystem(data)
	header := meta.OpenHEIF(data)
	if err == nil || errors.Is(err, errInvalid) && !header.Foreign {
		return p, err
	}
	p, builtInErr := decodeBuiltIn(kind, data) // the system's may lack the codec, often a package of its own
	if builtInErr == nil {
		return p, nil
	}
	err = fmt.Errorf("%w; %w", err, builtInErr)
	if header.Size != (image.Point{}) && !meta.Cut(kind, data) {
		err = fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return Picture{}, err
}

// Start is what decoding takes before the first pixel, counted in pixels: WebAssembly is compiled first.
func Start() int {
	if System() != "" {
		return 0
	}
	return 10 << 20
}
