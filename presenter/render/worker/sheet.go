//go:build cgo

package worker

import (
	"errors"
	"fmt"

	"butluc/library"
	"butluc/presenter/render/protocol"
	"butluc/presenter/render/worker/meta"
	"butluc/presenter/render/worker/tiff"
)

// isSheet tells whether a page is one of a TIFF that is not left to MuPDF.
func (d *document) isSheet(page int) bool {
	return d.sheets != nil && (d.paper == nil || d.sheets.Foreign(page))
}

// openSheet decodes a page of a TIFF.
func (d *document) openSheet(page int) error {
	size := d.sheets.Size(page)
	if size.X > 0 && size.Y > 0 && size.X > protocol.MaxPixels/size.Y {
		return d.sheetFault(library.FaultTooLarge, fmt.Errorf("%v pixels: %w", size, errTooLarge))
	}
	d.begin(max(size.X*size.Y, 0))
	img, lost, err := d.sheets.Decode(page)
	switch {
	case errors.Is(err, tiff.ErrUnsupported):
		return d.sheetFault(library.FaultVariant, err)
	case err != nil:
		return d.sheetFault(library.FaultBroken, err)
	}
	d.photo, d.photoPage = &photo{upright(img, meta.Orientation(library.KindTIFF, d.data, page)), lost}, page
	return nil
}

// sheetFault is the fault of a page of a TIFF, and the file's where it is the only one.
func (d *document) sheetFault(code library.FaultCode, err error) error {
	return &fault{code: code, wholeFile: d.sheets.Pages() == 1, err: err}
}
