package worker

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"io"

	"github.com/disintegration/imaging"
	"golang.org/x/image/bmp"

	"butluc/library"
	"butluc/presenter/render/protocol"
	"butluc/presenter/render/worker/heif"
	"butluc/presenter/render/worker/meta"
	"butluc/presenter/render/worker/psd"
	"butluc/presenter/render/worker/webp"
)

// decoder is one of Go's, asked for the size before it takes memory for the pixels.
type decoder struct {
	config func(data []byte) (image.Config, error)
	decode func(data []byte) (heif.Picture, error)
	start  int  // what it takes before the first pixel, in pixels
	alone  bool // MuPDF reads nothing of the kind
}

// decoders of what MuPDF does not read (WebP, HEIC), and of what it may refuse: two readers see
// more of the odd files than one. Where both can, MuPDF's is taken: it shrinks while it decodes.
var decoders = map[library.Kind]decoder{
	library.KindWebP: alone(goDecoder(library.KindWebP, webp.DecodeConfig, webp.Decode)),
	library.KindHEIC: alone(heifDecoder(library.KindHEIC)),
	library.KindAVIF: alone(heifDecoder(library.KindAVIF)),
	library.KindBMP:  goDecoder(library.KindBMP, bmp.DecodeConfig, bmp.Decode),
	library.KindPNG:  goDecoder(library.KindPNG, png.DecodeConfig, png.Decode),
	library.KindPSD:  psdDecoder,
	library.KindGIF:  goDecoder(library.KindGIF, gif.DecodeConfig, gif.Decode),
}

func alone(d decoder) decoder {
	d.alone = true
	return d
}

func goDecoder(kind library.Kind, config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) decoder {
	return decoder{
		config: func(data []byte) (image.Config, error) { return config(bytes.NewReader(data)) },
		decode: func(data []byte) (heif.Picture, error) {
			img, err := decode(bytes.NewReader(data))
			return heif.Picture{Image: img, Orientation: meta.Orientation(kind, data, 0)}, err
		},
	}
}

// heifDecoder reads the size from the file's header.
func heifDecoder(kind library.Kind) decoder {
	return decoder{
		config: func(data []byte) (image.Config, error) {
			size := meta.OpenHEIF(data).Size
			return image.Config{Width: size.X, Height: size.Y}, nil
		},
		decode: func(data []byte) (heif.Picture, error) { return heif.Decode(kind, data) },
		start:  heif.Start(),
	}
}

var psdDecoder = decoder{
	config: func(data []byte) (image.Config, error) {
		size, err := psd.Size(data)
		return image.Config{Width: size.X, Height: size.Y}, err
	},
	decode: func(data []byte) (heif.Picture, error) {
		img, lost, err := psd.Decode(data)
		return heif.Picture{Image: img, Orientation: 1, Lost: lost}, err
	},
}

func hasGoDecoder(kind library.Kind) bool {
	_, ok := decoders[kind]
	return ok
}

// photo is a decoded picture, upright.
type photo struct {
	image.Image
	lost bool // a part could not be decoded
}

// decodePhoto decodes a one-picture file. begin is told how many pixels that will be.
func decodePhoto(kind library.Kind, data []byte, begin func(pixels int)) (*photo, error) {
	d, ok := decoders[kind]
	if !ok {
		return nil, fmt.Errorf("no decoder for %s", kind)
	}
	cfg, err := d.config(data)
	if err != nil {
		return nil, fmt.Errorf("measure %s: %w", kind, err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 {
		return nil, fmt.Errorf("measure %s: %d×%d pixels", kind, cfg.Width, cfg.Height)
	}
	if cfg.Width > protocol.MaxPixels/cfg.Height {
		return nil, fmt.Errorf("%d×%d pixels: %w", cfg.Width, cfg.Height, errTooLarge)
	}
	begin(min(cfg.Width*cfg.Height+d.start, protocol.MaxPixels))
	p, err := d.decode(data)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	if p.Image == nil || p.Image.Bounds().Empty() {
		return nil, fmt.Errorf("decode %s: %w", kind, errors.New("no picture"))
	}
	return &photo{upright(p.Image, p.Orientation), p.Lost}, nil
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
