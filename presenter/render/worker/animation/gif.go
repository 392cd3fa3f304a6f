package animation

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
)

func openGIF(data []byte) (*Animation, error) {
	// Counted before pixels are decoded: one of a thousand frames may be small as a file.
	cfg, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read GIF: %w", err)
	}
	if n := countGIF(data); n < 2 {
		return nil, ErrStill
	} else if cfg.Width > 0 && cfg.Height > 0 && n > MaxPixels/cfg.Width/cfg.Height {
		return nil, fmt.Errorf("%d frames of %d×%d: %w", n, cfg.Width, cfg.Height, ErrTooLarge)
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read GIF: %w", err)
	}
	a := &Animation{size: image.Pt(g.Config.Width, g.Config.Height)}
	for i, picture := range g.Image {
		f := frame{
			at: picture.Rect.Min, size: picture.Rect.Size(), over: true,
			decode: func() (image.Image, error) { return picture, nil },
		}
		switch g.Disposal[i] {
		case gif.DisposalBackground:
			f.dispose = clearing
		case gif.DisposalPrevious:
			f.dispose = restore
		}
		a.frames = append(a.frames, f)
	}
	return a, nil
}

// countGIF counts the pictures of a GIF by its blocks.
func countGIF(data []byte) (n int) {
	const header, extension, separator, trailer = 13, 0x21, 0x2c, 0x3b
	if len(data) < header {
		return 0
	}
	at := header + colours(data[10])
	skip := func() { // sub-blocks, each with its length before it, ended by one of 0
		for at < len(data) && data[at] != 0 {
			at += 1 + int(data[at])
		}
		at++
	}
	for at < len(data) {
		switch data[at] {
		case extension:
			at += 2
			skip()
		case separator:
			const descriptor = 10
			if at+descriptor > len(data) {
				return n
			}
			n++
			at += descriptor + colours(data[at+9]) + 1 // behind it the size of codes
			skip()
		default: // the trailer, or what no decoder reads on after
			return n
		}
	}
	return n
}

// colours is how long the table of colours is that the flags of a screen or a picture announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}
