package animation

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/png"
	"testing"

	"butluc/library"
)

var (
	red   = color.NRGBA{255, 0, 0, 255}
	green = color.NRGBA{0, 255, 0, 255}
	blue  = color.NRGBA{0, 0, 255, 255}
	none  = color.NRGBA{}
)

// Every frame of an animation is seen, in its order; and again, whichever is asked for next.
func TestEveryFrameIsThere(t *testing.T) {
	for kind, data := range map[library.Kind][]byte{
		library.KindGIF: gifOf(gif.DisposalNone), library.KindPNG: apng(0), library.KindWebP: webpOf(),
	} {
		t.Run(kind.String(), func(t *testing.T) {
			a, err := Open(kind, data)
			if err != nil {
				t.Fatal(err)
			}
			if a.Frames() != 3 || a.size != image.Pt(8, 8) {
				t.Fatalf("%d frames of %v", a.Frames(), a.size)
			}
			for _, i := range []int{0, 1, 2, 0, 2, 1} {
				want := []color.NRGBA{red, green, blue}[i]
				if c := at(t, a, i, 1, 1); c != want {
					t.Errorf("frame %d is %v, want %v", i, c, want)
				}
			}
		})
	}
}

// What a frame does not cover is what the frame before it left there. The second and the third frame cover parts of the left half
// only; how the second is put away decides what the right half of the canvas, which it did not touch, and the left half
// show in the third.
func TestFramesLieOverWhatWasLeft(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		kind library.Kind
		left color.NRGBA // beneath the third frame
	}{
		"gif keeps":     {gifOf(gif.DisposalNone), library.KindGIF, green},
		"gif clears":    {gifOf(gif.DisposalBackground), library.KindGIF, none},
		"gif restores":  {gifOf(gif.DisposalPrevious), library.KindGIF, red},
		"apng keeps":    {apng(0), library.KindPNG, green},
		"apng clears":   {apng(1), library.KindPNG, none},
		"apng restores": {apng(2), library.KindPNG, red},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(c.kind, c.data)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range []struct {
				frame, x, y int
				want        color.NRGBA
			}{{0, 6, 6, red}, {1, 6, 6, red}, {1, 2, 6, green}, {2, 1, 1, blue}, {2, 6, 6, red}, {2, 2, 6, c.left}} {
				if got := at(t, a, p.frame, p.x, p.y); got != p.want {
					t.Errorf("frame %d at %d,%d: %v, want %v", p.frame, p.x, p.y, got, p.want)
				}
			}
		})
	}
}

func TestWhatIsNoAnimation(t *testing.T) {
	var still, giant bytes.Buffer
	_ = png.Encode(&still, image.NewNRGBA(image.Rect(0, 0, 2, 2)))
	_ = gif.Encode(&giant, image.NewPaletted(image.Rect(0, 0, 2, 2), palette.Plan9), nil)
	if _, err := Open(library.KindPNG, still.Bytes()); !errors.Is(err, ErrStill) {
		t.Errorf("a PNG: %v", err)
	}
	if _, err := Open(library.KindGIF, giant.Bytes()); !errors.Is(err, ErrStill) {
		t.Errorf("a GIF: %v", err)
	}
	large := apng(0)
	binary.BigEndian.PutUint32(large[16:], 1<<20)
	binary.BigEndian.PutUint32(large[20:], 1<<20)
	if _, err := Open(library.KindPNG, large); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a giant: %v", err)
	}
	outside := bytes.Replace(apng(0), control(1, image.Rect(0, 0, 4, 8), 0), control(1, image.Rect(6, 0, 10, 8), 0), 1)
	if _, err := Open(library.KindPNG, outside); err == nil {
		t.Error("a frame beyond the canvas was taken")
	}
}

// Whatever the bytes are, the answer is an error or frames of the size that was told.
func FuzzOpen(f *testing.F) {
	f.Add(uint8(library.KindGIF), gifOf(gif.DisposalPrevious))
	f.Add(uint8(library.KindPNG), apng(2))
	f.Add(uint8(library.KindWebP), webpOf())
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		a, err := Open(library.Kind(kind), data)
		if err != nil || a.size.X*a.size.Y > 1<<16 {
			return
		}
		for i := range min(a.Frames(), 8) {
			if picture, err := a.Frame(i); err == nil && picture.Bounds().Size() != a.size {
				t.Fatalf("frame %d has %v, not %v", i, picture.Bounds(), a.size)
			}
		}
	})
}

func at(t *testing.T, a *Animation, i, x, y int) color.NRGBA {
	t.Helper()
	picture, err := a.Frame(i)
	if err != nil {
		t.Fatal(err)
	}
	return color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
}

// places of the three frames: all, the left half, the left half's upper part.
var places = []image.Rectangle{image.Rect(0, 0, 8, 8), image.Rect(0, 0, 4, 8), image.Rect(0, 0, 4, 4)}

var paints = []color.NRGBA{red, green, blue}

// gifOf is a GIF whose second frame is put away in a way.
func gifOf(disposal byte) []byte {
	g := gif.GIF{Config: image.Config{Width: 8, Height: 8}}
	for i, place := range places {
		p := image.NewPaletted(place, color.Palette{color.Transparent, red, green, blue})
		draw.Draw(p, place, image.NewUniform(paints[i]), image.Point{}, draw.Src)
		g.Image, g.Delay, g.Disposal = append(g.Image, p), append(g.Delay, 10), append(g.Disposal, gif.DisposalNone)
	}
	g.Disposal[1] = disposal
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// apng is an animated PNG whose second frame is put away in a way.
func apng(dispose byte) []byte {
	out := []byte(signature)
	for i, place := range places {
		img := image.NewNRGBA(place.Sub(place.Min))
		draw.Draw(img, img.Rect, image.NewUniform(paints[i]), image.Point{}, draw.Src)
		img.SetNRGBA(0, 0, color.NRGBA{paints[i].R, paints[i].G, paints[i].B, 254}) // or the encoder leaves alpha out
		var b bytes.Buffer
		_ = png.Encode(&b, img)
		header, pixels := b.Bytes()[16:29], b.Bytes()
		from := bytes.Index(pixels, []byte("IDAT"))
		pixels = pixels[from+4 : from+4+int(binary.BigEndian.Uint32(pixels[from-4:]))]
		if i == 0 {
			out = appendChunk(out, "IHDR", header)
			out = appendChunk(out, "acTL", []byte{0, 0, 0, 3, 0, 0, 0, 0})
			out = append(out, control(0, place, 0)...)
			out = appendChunk(out, "IDAT", pixels)
			continue
		}
		how := byte(0)
		if i == 1 {
			how = dispose
		}
		out = append(out, control(uint32(2*i-1), place, how)...)
		out = appendChunk(out, "fdAT", append(binary.BigEndian.AppendUint32(nil, uint32(2*i)), pixels...))
	}
	return appendChunk(out, "IEND", nil)
}

func control(number uint32, place image.Rectangle, dispose byte) []byte {
	var b []byte
	for _, n := range []uint32{number, uint32(place.Dx()), uint32(place.Dy()), uint32(place.Min.X), uint32(place.Min.Y)} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return appendChunk(nil, "fcTL", append(b, 0, 1, 0, 10, dispose, 0))
}

// webpOf is an animated WebP of a red, a green and a blue frame, written by ImageMagick.
func webpOf() []byte {
	data, err := base64.StdEncoding.DecodeString("UklGRrQAAABXRUJQVlA4WAoAAAACAAAABwAABwAAQU5JTQYAAAD/////AABBTk1GKAAAAAAAAAAAAAcAAAcAAGQAAAJWUDhMDwAAAC8HwAEABxD9j/4HIqL/AQBBTk1GKAAAAAAAAAAAAAcAAAcAAGQAAABWUDhMDwAAAC8HwAEAB9D/iP4HIqL/AQBBTk1GKAAAAAAAAAAAAAcAAAcAAGQAAABWUDhMDwAAAC8HwAEABxDR//4HIqL/AQBSSUZGHAAAAFdFQlBWUDhMDwAAAC8HwAEABxD9j/4HIqL/AQA=")
	if err != nil {
		panic(err)
	}
	return data
}
