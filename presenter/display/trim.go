package display

import (
	"bytes"
	"image"
)

// trim finds the part of a frame inside its margins: an upright page leaves more than half of a
// wide screen in one colour, and what is cleared need be neither uploaded nor drawn. Around inner,
// which is relative to the frame's corner and empty for a frame of one colour, every pixel is
// ground. The cost is that of reading the margins once.
func trim(frame *image.RGBA) (inner image.Rectangle, ground [4]byte) {
	w, h := frame.Rect.Dx(), frame.Rect.Dy()
	start := frame.PixOffset(frame.Rect.Min.X, frame.Rect.Min.Y)
	copy(ground[:], frame.Pix[start:start+4])
	margin := bytes.Repeat(ground[:], w)
	row := func(y int) []byte {
		at := start + y*frame.Stride
		return frame.Pix[at : at+4*w]
	}
	top, bottom := 0, h
	for top < h && bytes.Equal(row(top), margin) {
		top++
	}
	if top == h {
		return image.Rectangle{}, ground
	}
	for bytes.Equal(row(bottom-1), margin) {
		bottom--
	}
	left, right := w, 0
	for y := top; y < bottom; y++ {
		pixels := row(y)
		if !bytes.Equal(pixels[:4*left], margin[:4*left]) {
			left = 0
			for bytes.Equal(pixels[4*left:4*left+4], ground[:]) {
				left++
			}
		}
		if !bytes.Equal(pixels[4*right:], margin[4*right:]) {
			right = w
			for bytes.Equal(pixels[4*right-4:4*right], ground[:]) {
				right--
			}
		}
	}
	return image.Rect(left, top, right, bottom), ground
}
