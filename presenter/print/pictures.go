package print

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"
	"iter"
	"slices"

	"butluc/library"
	"butluc/presenter/projector"
)

// picture is a JPEG to be put on paper, or why there is none.
type picture struct {
	jpeg       []byte
	size       image.Point
	gray       bool
	incomplete bool
	why        string
}

const (
	quality  = 82 // of JPEG: letters stay clean, and a sheet has some 400 kB
	thumbPix = 960
	ahead    = 3 // pictures that are made while others are written
)

// draw makes a step's picture.
func (m *resolved) draw(ctx context.Context, shot library.Shot, size image.Point, finish func(projector.Frame) *image.RGBA) *picture {
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
	img := finish(f)
	p := &picture{size: img.Rect.Size(), incomplete: len(f.Incomplete) > 0}
	var b bytes.Buffer
	if gray, ok := grayOf(img); ok {
		p.gray = true
		err = jpeg.Encode(&b, gray, &jpeg.Options{Quality: quality})
	} else {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return &picture{why: err.Error()}
	}
	p.jpeg = b.Bytes()
	return p
}

// asSeen leaves the frame as the court sees it.
func asSeen(f projector.Frame) *image.RGBA { return f.Image }

// onPaper is the frame as it is printed, see [printed], cut off where nothing is.
func onPaper(f projector.Frame) *image.RGBA {
	out, used := printed(f)
	if used.Empty() || used == out.Rect {
		return out
	}
	cut := image.NewRGBA(image.Rectangle{Max: used.Size()})
	draw.Draw(cut, cut.Rect, out, used.Min, draw.Src)
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
