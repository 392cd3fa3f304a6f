// Package webp decodes WebP pictures in their right colours. The YCbCr of the lossy form has the range of video, black at
// 16 and white at 235 (RFC 6386, section 9.2); golang.org/x/image/webp hands it out as if it had the range of JPEG, and
// black would be a dark grey.
package webp

import (
	"fmt"
	"image"
	"io"

	"golang.org/x/image/webp"
)

// DecodeConfig tells a picture's size.
func DecodeConfig(r io.Reader) (image.Config, error) { return webp.DecodeConfig(r) }

// Decode decodes a file with one picture.
func Decode(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	if err != nil {
		return nil, fmt.Errorf("decode WebP: %w", err)
	}
	switch img := img.(type) {
	case *image.YCbCr:
		return fromVideo(img, nil, 0), nil
	case *image.NYCbCrA:
		return fromVideo(&img.YCbCr, img.A, img.AStride), nil
	}
	return img, nil
}

// fromVideo makes RGB of YCbCr by ITU-R BT.601 in the range of video. Without alpha, all is opaque.
func fromVideo(img *image.YCbCr, alpha []byte, stride int) *image.NRGBA {
	b := img.Rect
	out := image.NewNRGBA(image.Rectangle{Max: b.Size()})
	for y := range b.Dy() {
		row := out.Pix[y*out.Stride : y*out.Stride+4*b.Dx()]
		for x := range b.Dx() {
			luma := 298 * (int32(img.Y[img.YOffset(b.Min.X+x, b.Min.Y+y)]) - 16)
			c := img.COffset(b.Min.X+x, b.Min.Y+y)
			cb, cr := int32(img.Cb[c])-128, int32(img.Cr[c])-128
			px := row[4*x : 4*x+4 : 4*x+4]
			px[0] = channel(luma + 409*cr)
			px[1] = channel(luma - 100*cb - 208*cr)
			px[2] = channel(luma + 516*cb)
			px[3] = 0xff
			if alpha != nil {
				px[3] = alpha[y*stride+x]
			}
		}
	}
	return out
}

// channel rounds a sum in 1/256ths to a channel.
func channel(v int32) byte { return byte(min(max((v+128)>>8, 0), 255)) }
