package shelf

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"

	"butluc/app/console/listing"
)

// errFirsts says that a picture is not one of first pages.
var errFirsts = errors.New("no picture of first pages")

// cutFirsts are the pages in a picture of first pages.
func cutFirsts(data []byte) ([]*image.RGBA, error) {
	config, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	n := config.Width / listing.FirstPageWide
	if n < 1 || n > listing.FirstPages || config.Width%listing.FirstPageWide != 0 || config.Height != listing.FirstPageTall {
		return nil, errFirsts
	}
	whole, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	pages := make([]*image.RGBA, n)
	for i := range pages {
		pages[i] = image.NewRGBA(image.Rect(0, 0, listing.FirstPageWide, listing.FirstPageTall))
		draw.Draw(pages[i], pages[i].Rect, whole, image.Pt(i*listing.FirstPageWide, 0), draw.Src)
	}
	return pages, nil
}
