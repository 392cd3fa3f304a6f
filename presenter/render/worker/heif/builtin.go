package heif

import (
	"bytes"
	"errors"
	"fmt"
	"image"

	"github.com/gen2brain/avif"
	"github.com/gen2brain/heic"

	"butluc/library"
	"butluc/presenter/render/worker/meta"
)

// narrowest is how wide a picture must be for heic v0.4.5: libheif makes no rows of less than 64 bytes, and heic takes those
// of the colours, which are half as many, to be as long as they would have to be.
const narrowest = 128

// decodeBuiltIn decodes the main picture by what comes with the program. The first dozen pixels of a HEIC may be others:
// heic v0.4.5 gives back its memory before it is read.
func decodeBuiltIn(kind library.Kind, data []byte) (p Picture, err error) {
	defer func() {
		if r := recover(); r != nil { // both trust their WebAssembly with lengths
			p, err = Picture{}, fmt.Errorf("decoder panicked: %v", r)
		}
	}()
	p.Orientation = 1
	if kind == library.KindAVIF {
		p.Image, err = avif.Decode(bytes.NewReader(data))
		p.Orientation = meta.OpenHEIF(data).Orientation
	} else {
		p.Image, err = heic.Decode(bytes.NewReader(data))
	}
	if err != nil {
		return Picture{}, fmt.Errorf("built in: %w", err)
	}
	if p.Image == nil || p.Image.Bounds() == (image.Rectangle{}) {
		return Picture{}, errors.New("built in: no picture")
	}
	if _, ok := p.Image.(*image.YCbCr); ok && p.Image.Bounds().Dx() < narrowest {
		return Picture{}, errors.New("built in: too narrow")
	}
	return p, nil
}
