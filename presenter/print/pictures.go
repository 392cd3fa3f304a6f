package print

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"iter"
	"math"
	"slices"

	"butluc/library"
	"butluc/presenter/projector"
)

// picture is a JPEG or PNG to be put on paper, or why there is none.
type picture struct {
	data       []byte
	png        bool // it is one, of [grays]
	size       image.Point
	gray       bool
	incomplete bool
	why        string
}

const (
	quality  = 82 // of JPEG: letters stay clean, and a sheet has some 400 kB
	thumbPix = 1280
	ahead    = 3 // pictures that are made while others are written
)

// draw makes a step's picture for paper.
func (m *resolved) draw(ctx context.Context, shot library.Shot, size image.Point) *picture {
	return m.drawAs(ctx, shot, size, onPaper)
}

// drawAs makes a step's picture in the form that finish gives it.
func (m *resolved) drawAs(ctx context.Context, shot library.Shot, size image.Point, finish func(projector.Frame) *image.RGBA) *picture {
	if shot.IsZero() {
		return nil
	}
	f, err := m.Draw(ctx, shot, size)
	if err != nil {
		why := err.Error()
		if m.Why != nil {
			why = m.Why(err)
		}
		return &picture{why: why}
	}
	p := encoded(finish(f))
	p.incomplete = len(f.Incomplete) > 0
	return p
}

// encoded is a picture in as few bytes as it takes: print without colour has the fewest in sixteen grays, what a camera
// saw as JPEG.
func encoded(img *image.RGBA) *picture { return encodedWithin(img, math.MaxInt) }

// leaner are the qualities of JPEG that are tried where a picture is to have few bytes, with the part of those at the first that
// a scan of print takes, as measured: at the last, letters of a page that was a screen high can still be read.
var leaner = []struct {
	quality int
	part    float64
}{{quality, 1}, {70, 0.7}, {60, 0.59}, {50, 0.54}, {40, 0.47}, {35, 0.44}}

// encodedWithin is encoded, at the best quality at which it has no more than most bytes, or at the least.
func encodedWithin(img *image.RGBA, most int) *picture {
	p := &picture{size: img.Rect.Size()}
	var drawn image.Image = img
	finest := 0 // bytes
	gray, ok := grayOf(img)
	if p.gray = ok; ok {
		drawn = gray
	}
	for i, q := range leaner {
		if last := i == len(leaner)-1; i > 0 && !last && float64(finest)*q.part > float64(most) {
			continue // it would have too many
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, drawn, &jpeg.Options{Quality: q.quality}); err != nil {
			return &picture{why: err.Error()}
		}
		p.data = b.Bytes()
		if i == 0 {
			finest = b.Len()
		}
		if i == 0 && ok {
			var flat bytes.Buffer
			if err := png.Encode(&flat, sixteenGrays(gray)); err != nil {
				return &picture{why: err.Error()}
			}
			if p.png = flat.Len() < b.Len(); p.png {
				p.data = flat.Bytes()
			}
		}
		if p.png || len(p.data) <= most {
			break
		}
	}
	return p
}

// grayBits are those of a pixel of [sixteenGrays].
const grayBits = 4

// sixteenGrays is a picture in so many grays, from black to white.
func sixteenGrays(gray *image.Gray) *image.Paletted {
	const step = 255 / (1<<grayBits - 1)
	palette := make(color.Palette, 1<<grayBits)
	for i := range palette {
		palette[i] = color.Gray{uint8(step * i)}
	}
	out := image.NewPaletted(gray.Rect, palette)
	for i, v := range gray.Pix {
		out.Pix[i] = uint8((int(v) + step/2) / step)
	}
	return out
}

// ending is that of a file of the picture.
func (p *picture) ending() string {
	if p.png {
		return "png"
	}
	return "jpg"
}

// bits are those of a pixel's colour.
func (p *picture) bits() int {
	if p.png {
		return grayBits
	}
	return 8
}

// packed are the pixels as a PDF has them; of a PNG, what its chunks of pixels hold together (PNG, 11.2.3).
func (p *picture) packed() []byte {
	if !p.png {
		return p.data
	}
	var all []byte
	const signature, around = 8, 12 // bytes: of the file; a chunk's length, name and check
	for at := signature; at+around <= len(p.data); {
		long := int(binary.BigEndian.Uint32(p.data[at:]))
		if string(p.data[at+4:at+8]) == "IDAT" {
			all = append(all, p.data[at+8:at+8+long]...)
		}
		at += around + long
	}
	return all
}

// onPaper is the frame as it is printed, see [printed], cut off where nothing is.
func onPaper(f projector.Frame) *image.RGBA {
	out, used := printed(f)
	return cropped(out, used)
}

// onScreen is the frame as the court sees it, cut off where there is nothing to see.
func onScreen(f projector.Frame) *image.RGBA {
	_, used := printed(f)
	return cropped(f.Image, used)
}

// cropped is a part of a picture, all of it where the part is empty.
func cropped(img *image.RGBA, part image.Rectangle) *image.RGBA {
	if part = part.Intersect(img.Rect); part.Empty() || part == img.Rect {
		return img
	}
	cut := image.NewRGBA(image.Rectangle{Max: part.Size()})
	draw.Draw(cut, cut.Rect, img, part.Min, draw.Src)
	return cut
}

// printed is the frame on white paper instead of a black screen. Pages, and the callouts wherever they stand, are as
// they are seen. What else is drawn beside them, say the guides to a callout or the words of a mark, has its brightness
// turned round, so that it stands out from white as it did from black. used is the part of the frame where anything is.
func printed(f projector.Frame) (out *image.RGBA, used image.Rectangle) {
	img := f.Image
	out = image.NewRGBA(img.Rect)
	copy(out.Pix, img.Pix)
	sheets := slices.Clone(f.Places)
	for _, callouts := range f.Callouts {
		sheets = append(sheets, callouts...)
	}
	for _, s := range sheets {
		used = used.Union(s.Intersect(img.Rect))
	}
	for y := range img.Rect.Dy() {
		for x := 0; x < img.Rect.Dx(); x++ {
			at := image.Pt(x, y)
			if inside, skip := within(sheets, at); inside {
				x = skip
				continue
			}
			pix := out.Pix[out.PixOffset(x, y):][:3]
			if pix[0]|pix[1]|pix[2] != 0 {
				used = used.Union(image.Rectangle{at, at.Add(image.Pt(1, 1))})
			}
			turn := 255 - 2*luma(pix)
			for i, v := range pix {
				pix[i] = uint8(max(0, min(255, int(v)+turn)))
			}
		}
	}
	return out, used
}

// luma is how bright a pixel looks, 0 to 255 (ITU-R BT.601).
func luma(rgb []uint8) int {
	return (299*int(rgb[0]) + 587*int(rgb[1]) + 114*int(rgb[2])) / 1000
}

// within tells whether a point lies in one of the places, and where that ends to the right.
func within(places []image.Rectangle, at image.Point) (bool, int) {
	for _, p := range places {
		if at.In(p) {
			return true, p.Max.X - 1
		}
	}
	return false, 0
}

// grayOf is a picture without colour in a third of the bytes; false where it has some.
func grayOf(img *image.RGBA) (*image.Gray, bool) {
	gray := image.NewGray(image.Rectangle{Max: img.Rect.Size()})
	for y := range gray.Rect.Dy() {
		row := img.Pix[y*img.Stride : y*img.Stride+4*gray.Rect.Dx()]
		to := gray.Pix[y*gray.Stride:]
		for x := range gray.Rect.Dx() {
			r, g, b := row[4*x], row[4*x+1], row[4*x+2]
			if r != g || g != b {
				return nil, false
			}
			to[x] = r
		}
	}
	return gray, true
}

// inOrder does work for 0 to total-1, a few at a time, and yields what comes of it in order. Never more
// than some [ahead] results wait.
func inOrder[T any](ctx context.Context, total int, do func(ctx context.Context, i int) T) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		queue := make(chan chan T, ahead-1)
		go func() {
			defer close(queue)
			for i := range total {
				result := make(chan T, 1)
				select {
				case queue <- result:
				case <-ctx.Done():
					return
				}
				go func() { result <- do(ctx, i) }()
			}
		}()
		i := 0
		for result := range queue {
			if !yield(i, <-result) {
				return
			}
			i++
		}
	}
}
