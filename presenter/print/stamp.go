package print

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// StampWords are the lines of what is seen of a signature, as the words of decree 30/2020 ask: who signed, of which office, when.
type StampWords struct {
	Heading string // "Ký bởi"
	Name    string
	Lines   []string // office and time
}

// Stamp draws what is seen of a signature: a frame with its words. ratio is its width by its height; it is drawn at 400 dots
// an inch, where it is 42 points high.
func Stamp(w StampWords, ratio float64) (image.Image, error) {
	const high = 42 * 400 / 72
	frame := image.NewRGBA(image.Rect(0, 0, int(ratio*high), high))
	draw.Draw(frame, frame.Rect, image.White, image.Point{}, draw.Src)
	edge := image.NewUniform(color.RGBA{0xb0, 0x20, 0x20, 0xff})
	const line = 5
	for _, r := range []image.Rectangle{
		{Max: image.Pt(frame.Rect.Max.X, line)},
		{Min: image.Pt(0, high-line), Max: frame.Rect.Max},
		{Max: image.Pt(line, high)},
		{Min: image.Pt(frame.Rect.Max.X-line, 0), Max: frame.Rect.Max},
	} {
		draw.Draw(frame, r, edge, image.Point{}, draw.Src)
	}
	lines := append([]string{w.Heading + ": " + w.Name}, w.Lines...)
	tall := (high - 6*line) / len(lines)
	for i, text := range lines {
		face := plain
		if i == 0 {
			face = bold
		}
		if err := stampLine(frame, inFace(text), face, image.Pt(5*line, 3*line+i*tall), tall); err != nil {
			return nil, err
		}
	}
	return frame, nil
}

// stampLine writes a line as large as its room lets it.
func stampLine(frame *image.RGBA, text string, s style, at image.Point, tall int) error {
	parsed, err := opentype.Parse(faces[s])
	if err != nil {
		return err
	}
	room := fixed.I(frame.Rect.Dx() - 2*at.X)
	for size := 0.8 * float64(tall); ; size *= 0.95 {
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
		if err != nil {
			return err
		}
		d := font.Drawer{Dst: frame, Src: image.Black, Face: face, Dot: fixed.P(at.X, at.Y+tall*3/4)}
		const least = 8 // smaller can't be read: what is longer is cut by the frame
		if d.MeasureString(text) <= room || size < least {
			d.DrawString(text)
			return face.Close()
		}
		if err := face.Close(); err != nil {
			return err
		}
	}
}
