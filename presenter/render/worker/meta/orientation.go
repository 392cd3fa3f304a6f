package meta

import (
	"bytes"

	"butluc/library"
)

// Orientation is how a page of a picture file is stored, as Exif's tag 0x0112 tells: 1 is upright, 2 to 8 are turned or
// mirrored. Pages count from 0; only a TIFF has several. It is 1 for a HEIC, whose decoder turns it.
func Orientation(kind library.Kind, data []byte, page int) int {
	if e, ok := orientation(kind, data, page); ok {
		if v := e.value(); v >= 1 && v <= 8 {
			return int(v)
		}
	}
	return 1
}

// Unturned is a copy of a picture file that says of its first page that it stands upright: for a decoder that heeds what
// the file says in some places only, so that the picture is turned once and by one hand.
func Unturned(kind library.Kind, data []byte) []byte {
	data = bytes.Clone(data)
	if e, ok := orientation(kind, data, 0); ok {
		e.set(1)
	}
	return data
}

func orientation(kind library.Kind, data []byte, page int) (entry, bool) {
	exif := func(t []byte) (entry, bool) { return openTIFF(t).entry(0, tagOrientation) }
	switch kind { //nolint:exhaustive // the others carry none
	case library.KindJPEG:
		return exif(firstOf(jpegSegments(data, app1), exifHeader))
	case library.KindPNG:
		return exif(Find(PNGChunks(data), "eXIf"))
	case library.KindWebP:
		return exif(bytes.TrimPrefix(Find(RIFFChunks(data), "EXIF"), exifHeader))
	case library.KindJPX:
		return exif(firstOf(all(isoBoxes(data), "uuid"), jpxExif))
	case library.KindTIFF:
		return openTIFF(data).entry(page, tagOrientation)
	}
	return entry{}, false
}

const app1 = 0xe1

var (
	exifHeader = []byte("Exif\x00\x00")
	jpxExif    = []byte("JpgTiffExif->JP2") // the box's id: ExifTool's and Adobe's use
)

// firstOf is what follows head in the first of the bodies that begins with it.
func firstOf(bodies [][]byte, head []byte) []byte {
	for _, b := range bodies {
		if rest, ok := bytes.CutPrefix(b, head); ok {
			return rest
		}
	}
	return nil
}

const (
	tagOrientation = 0x0112
	tagProfile     = 0x8773
)
