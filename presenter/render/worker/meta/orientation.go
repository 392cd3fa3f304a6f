package meta

import (
	"bytes"
	"encoding/binary"

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

// tiff is a TIFF or BigTIFF file; the zero value has no directories.
type tiff struct {
	data  []byte
	order binary.ByteOrder
	big   bool
}

// maxDirectories is how many directories are walked through: a chain may bite its own tail.
const maxDirectories = 1 << 16

func openTIFF(data []byte) tiff {
	if len(data) < 8 {
		return tiff{}
	}
	switch string(data[:4]) {
	case "II*\x00":
		return tiff{data, binary.LittleEndian, false}
	case "MM\x00*":
		return tiff{data, binary.BigEndian, false}
	case "II+\x00":
		return tiff{data, binary.LittleEndian, true}
	case "MM\x00+":
		return tiff{data, binary.BigEndian, true}
	}
	return tiff{}
}

// at is what stands from an offset on, nil where that is outside.
func (t tiff) at(offset uint64) []byte {
	if offset >= uint64(len(t.data)) {
		return nil
	}
	return t.data[offset:]
}

// word reads an offset or a count of the file's width.
func (t tiff) word(b []byte) uint64 {
	switch {
	case t.big && len(b) >= 8:
		return t.order.Uint64(b)
	case !t.big && len(b) >= 4:
		return uint64(t.order.Uint32(b))
	}
	return 0
}

// directory gives the entries of a page's directory, and the offset of the next.
func (t tiff) directory(offset uint64) (entries []byte, next uint64) {
	head, size, width := 2, 12, 4
	if t.big {
		head, size, width = 8, 20, 8
	}
	b := t.at(offset)
	if len(b) < head {
		return nil, 0
	}
	n := uint64(t.order.Uint16(b))
	if t.big {
		n = t.order.Uint64(b)
	}
	b = b[head:]
	if n > uint64(len(b)/size) {
		return b[:len(b)/size*size], 0 // cut off: the entries that are there
	}
	if rest := b[int(n)*size:]; len(rest) >= width {
		next = t.word(rest)
	}
	return b[:int(n)*size], next
}

// entry is a field of a page's directory.
type entry struct {
	tiff
	kind  uint16
	count uint64
	field []byte // the value, or where it stands
}

func (t tiff) entry(page int, tag uint16) (entry, bool) {
	if t.data == nil {
		return entry{}, false
	}
	offset := t.word(t.data[4:])
	if t.big {
		offset = t.word(t.data[min(8, len(t.data)):])
	}
	for range min(page, maxDirectories) {
		_, offset = t.directory(offset)
	}
	entries, _ := t.directory(offset)
	size := 12
	if t.big {
		size = 20
	}
	for ; len(entries) >= size; entries = entries[size:] {
		if t.order.Uint16(entries) == tag {
			return entry{t, t.order.Uint16(entries[2:]), t.word(entries[4:]), entries[size-t.width() : size]}, true
		}
	}
	return entry{}, false
}

// width is how many bytes of a value stand in the entry itself.
func (t tiff) width() int {
	if t.big {
		return 8
	}
	return 4
}

// value is the first number of an integer field.
func (e entry) value() uint64 {
	switch e.kind {
	case 3: // SHORT
		return uint64(e.order.Uint16(e.field))
	case 4: // LONG
		return uint64(e.order.Uint32(e.field))
	case 1: // BYTE
		return uint64(e.field[0])
	}
	return 0
}

// set writes a small number into an integer field.
func (e entry) set(v byte) {
	switch e.kind {
	case 3:
		e.order.PutUint16(e.field, uint16(v))
	case 4:
		e.order.PutUint32(e.field, uint32(v))
	case 1:
		e.field[0] = v
	}
}

// bytes are a field of single bytes, nil where they are not all there.
func (e entry) bytes() []byte {
	if e.count <= uint64(len(e.field)) {
		return e.field[:e.count]
	}
	b := e.at(e.word(e.field))
	if e.count > uint64(len(b)) {
		return nil
	}
	return b[:e.count]
}
