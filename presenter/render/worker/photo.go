package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"io"

	"github.com/disintegration/imaging"
	"github.com/gen2brain/heic"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"butluc/library"
	"butluc/presenter/render/protocol"
)

// decoder is one of Go's, asked for the size before it takes memory for the pixels.
type decoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// decoders of what MuPDF does not read (WebP, HEIC), and of what it may refuse: two readers see
// more of the odd files than one. Where both can, MuPDF's is taken: it shrinks while it decodes.
var decoders = map[library.Kind]decoder{
	library.KindWebP: {webp.DecodeConfig, webp.Decode},
	library.KindHEIC: {heic.DecodeConfig, heic.Decode},
	library.KindBMP:  {bmp.DecodeConfig, bmp.Decode},
	library.KindPNG:  {png.DecodeConfig, png.Decode},
	library.KindGIF:  {gif.DecodeConfig, gif.Decode},
	library.KindTIFF: {tiff.DecodeConfig, tiff.Decode},
}

func hasGoDecoder(kind library.Kind) bool {
	_, ok := decoders[kind]
	return ok
}

// decodePhoto decodes a one-picture file upright.
func decodePhoto(kind library.Kind, data []byte) (image.Image, error) {
	d, ok := decoders[kind]
	if !ok {
		return nil, fmt.Errorf("no decoder for %s", kind)
	}
	cfg, err := d.config(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("measure %s: %w", kind, err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 {
		return nil, fmt.Errorf("measure %s: %d×%d pixels", kind, cfg.Width, cfg.Height)
	}
	if cfg.Width > protocol.MaxPixels/cfg.Height {
		return nil, fmt.Errorf("%d×%d pixels: %w", cfg.Width, cfg.Height, errTooLarge)
	}
	img, err := d.decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	if img == nil || img.Bounds().Empty() {
		return nil, fmt.Errorf("decode %s: %w", kind, errors.New("no picture"))
	}
	if kind == library.KindWebP { // HEIC is turned by its decoder, the others carry no orientation
		img = upright(img, webpOrientation(data))
	}
	return img, nil
}

// upright undoes an EXIF orientation.
func upright(img image.Image, orientation int) image.Image {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// webpOrientation reads the EXIF orientation (1..8) of a WebP file, 1 when it tells none.
func webpOrientation(data []byte) int {
	const header = 12 // "RIFF", size, "WEBP"
	for at := header; at+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+4:]))
		body := data[at+8:]
		if size < 0 || size > len(body) {
			return 1
		}
		if string(data[at:at+4]) == "EXIF" {
			return exifOrientation(bytes.TrimPrefix(body[:size], []byte("Exif\x00\x00")))
		}
		at += 8 + size + size&1
	}
	return 1
}

// exifOrientation reads tag 0x0112 of the first directory of a TIFF structure.
func exifOrientation(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(t[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return 1
	}
	entries := t[at+2:]
	for n := int(order.Uint16(t[at:])); n > 0 && len(entries) >= 12; n-- {
		if order.Uint16(entries) == 0x0112 {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// drawPhoto shows the part of img that view tells, on white, as large as fits into box.
func drawPhoto(img image.Image, view library.Rect, turn library.Turn, box image.Point) (*image.RGBA, error) {
	b := img.Bounds()
	size, err := fit(float64(b.Dx()), float64(b.Dy()), view, turn, box)
	if err != nil {
		return nil, err
	}
	part := cut(img, unturn(view, turn))
	if turn%2 == 1 { // shrink first, turn the small picture after
		size.X, size.Y = size.Y, size.X
	}
	filter := imaging.Lanczos
	if size.X > part.Bounds().Dx() {
		filter = imaging.CatmullRom // Lanczos rings around enlarged letters
	}
	small := imaging.Resize(part, size.X, size.Y, filter)
	switch turn % 4 {
	case 1:
		small = imaging.Rotate270(small)
	case 2:
		small = imaging.Rotate180(small)
	case 3:
		small = imaging.Rotate90(small)
	}
	out := image.NewRGBA(small.Rect)
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, small, image.Point{}, draw.Over)
	return out, nil
}

// unturn is where a view of the turned page lies on the page as it is stored.
func unturn(v library.Rect, turn library.Turn) library.Rect {
	switch turn % 4 {
	case 1:
		return library.Rect{X0: v.Y0, Y0: 1 - v.X1, X1: v.Y1, Y1: 1 - v.X0}
	case 2:
		return library.Rect{X0: 1 - v.X1, Y0: 1 - v.Y1, X1: 1 - v.X0, Y1: 1 - v.Y0}
	case 3:
		return library.Rect{X0: 1 - v.Y1, Y0: v.X0, X1: 1 - v.Y0, Y1: v.X1}
	}
	return v
}

// cut is the part of img that view tells, in whole pixels, at least one.
func cut(img image.Image, view library.Rect) image.Image {
	if view == library.WholePage {
		return img
	}
	b := img.Bounds()
	x := func(f float64) int { return b.Min.X + int(f*float64(b.Dx())+0.5) }
	y := func(f float64) int { return b.Min.Y + int(f*float64(b.Dy())+0.5) }
	r := image.Rect(x(view.X0), y(view.Y0), x(view.X1), y(view.Y1))
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	if r.Max.X > b.Max.X {
		r = r.Sub(image.Pt(r.Max.X-b.Max.X, 0))
	}
	if r.Max.Y > b.Max.Y {
		r = r.Sub(image.Pt(0, r.Max.Y-b.Max.Y))
	}
	if s, ok := img.(interface {
		SubImage(image.Rectangle) image.Image
	}); ok {
		return s.SubImage(r)
	}
	return imaging.Crop(img, r)
}
