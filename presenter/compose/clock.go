package compose

import (
	"image"
	"image/color"
	"image/draw"

	"butluc/library"
)

// captionInk is the colour of what the program itself writes for the court.
var captionInk = color.RGBA{0xe8, 0xeb, 0xef, 255}

// Clock is the picture of a recording that has sound alone: its time, in milliseconds, large on black. The size is in
// pixels; one out of range gives [ErrSize].
func Clock(size image.Point, ms int) (*image.RGBA, error) {
	if err := CheckSize(size); err != nil {
		return nil, err
	}
	picture := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(picture, picture.Rect, image.Black, image.Point{}, draw.Src)
	l := setLine(library.Clock(ms))
	// As wide as the longest time would be, so that the figures keep their size.
	letters := min(float64(size.Y)/4, float64(size.X)*0.9/setLine("00:00:00").width())
	from := point{(float64(size.X) - l.width()*letters) / 2, (float64(size.Y) + (ascent-descent)*letters) / 2}
	s := surface{dst: picture, clip: picture.Rect}
	s.paint(l.area(from, letters, picture.Rect), captionInk)
	return picture, nil
}

// Strip is the picture of a caption in its strip (see [Layout]), as [Compose] draws it: for captions that go on while a
// recording plays.
func Strip(size image.Point, text string) (*image.RGBA, error) {
	if err := CheckSize(size); err != nil {
		return nil, err
	}
	strip := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(strip, strip.Rect, image.Black, image.Point{}, draw.Src)
	caption(strip, strip.Rect, text)
	return strip, nil
}
