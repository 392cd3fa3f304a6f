package meta

import "encoding/binary"

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

// first is where the first page's directory stands, 0 where there is none.
func (t tiff) first() uint64 {
	switch {
	case t.data == nil:
		return 0
	case t.big:
		return t.word(t.data[min(8, len(t.data)):])
	}
	return t.word(t.data[4:])
}

// entry is a field of a page.
func (t tiff) entry(page int, tag uint16) (entry, bool) {
	offset := t.first()
	for range min(page, maxDirectories) {
		_, offset = t.directory(offset)
	}
	return t.field(offset, tag)
}

// field is a field of the directory at an offset.
func (t tiff) field(offset uint64, tag uint16) (entry, bool) {
	if t.data == nil {
		return entry{}, false
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
func (e entry) bytes() []byte { return e.raw(e.count) }

// raw is a field's value of a size in bytes, nil where it is not all there.
func (e entry) raw(size uint64) []byte {
	if size <= uint64(len(e.field)) {
		return e.field[:size]
	}
	b := e.at(e.word(e.field))
	if size > uint64(len(b)) {
		return nil
	}
	return b[:size]
}

// TIFFPage is the directory of one of a TIFF's pictures.
type TIFFPage struct {
	tiff
	offset uint64
	lost   bool // a part of it is not in the file
}

// TIFFPages are the directories of a TIFF or BigTIFF, in order, as far as they are there.
func TIFFPages(data []byte) (pages []TIFFPage) {
	t := openTIFF(data)
	seen := map[uint64]bool{}
	for offset := t.first(); offset != 0 && !seen[offset] && len(pages) < maxDirectories; {
		entries, next := t.directory(offset)
		if len(entries) == 0 {
			break
		}
		seen[offset] = true
		pages = append(pages, TIFFPage{t, offset, t.cut(offset, entries)})
		offset = next
	}
	return pages
}

// cut tells whether a directory, or a field of it that says how the picture is stored, lies beyond the end.
func (t tiff) cut(offset uint64, entries []byte) bool {
	head, size := 2, 12
	if t.big {
		head, size = 8, 20
	}
	b := t.at(offset)
	n := uint64(t.order.Uint16(b))
	if t.big {
		n = t.order.Uint64(b)
	}
	if n > uint64(len(b)-head)/uint64(size) {
		return true
	}
	const first, last = 254, 532 // NewSubfileType, ReferenceBlackWhite
	widths := [...]uint64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8}
	for ; len(entries) >= size; entries = entries[size:] {
		e := entry{t, t.order.Uint16(entries[2:]), t.word(entries[4:]), entries[size-t.width() : size]}
		if tag := t.order.Uint16(entries); tag < first || tag > last || int(e.kind) >= len(widths) {
			continue
		}
		if w := widths[e.kind]; w > 0 && (e.count > uint64(len(t.data))/w || e.raw(w*e.count) == nil && e.count > 0) {
			return true
		}
	}
	return false
}

// Cut tells whether a part of the directory is not in the file.
func (p TIFFPage) Cut() bool { return p.lost }

// Order is that of the bytes of a number.
func (p TIFFPage) Order() binary.ByteOrder { return p.order }

// Big tells a BigTIFF.
func (p TIFFPage) Big() bool { return p.big }

// Data is what a part of the file holds: less than is asked for where the file ends before.
func (p TIFFPage) Data(offset, size uint64) []byte {
	b := p.at(offset)
	return b[:min(size, uint64(len(b)))]
}

// Numbers are a field's unsigned integers, nil where it is missing, of another type, or not all there.
func (p TIFFPage) Numbers(tag uint16) []uint64 {
	e, ok := p.field(p.offset, tag)
	if !ok {
		return nil
	}
	size := map[uint16]uint64{1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8}[e.kind] // BYTE, SHORT, LONG, IFD, LONG8, IFD8
	if size == 0 || e.count > uint64(len(p.data))/size {
		return nil
	}
	b := e.raw(size * e.count)
	if b == nil {
		return nil
	}
	numbers := make([]uint64, e.count)
	for i := range numbers {
		at := b[uint64(i)*size:]
		switch size {
		case 1:
			numbers[i] = uint64(at[0])
		case 2:
			numbers[i] = uint64(p.order.Uint16(at))
		case 4:
			numbers[i] = uint64(p.order.Uint32(at))
		case 8:
			numbers[i] = p.order.Uint64(at)
		}
	}
	return numbers
}

// Rationals are a field's fractions, nil where it is missing or not all there.
func (p TIFFPage) Rationals(tag uint16) []float64 {
	const rational, size = 5, 8
	e, ok := p.field(p.offset, tag)
	if !ok || e.kind != rational || e.count > uint64(len(p.data))/size {
		return nil
	}
	b := e.raw(size * e.count)
	var numbers []float64
	for ; len(b) >= size; b = b[size:] {
		numbers = append(numbers, float64(p.order.Uint32(b))/float64(p.order.Uint32(b[4:])))
	}
	return numbers
}

// Bytes are a field of single bytes.
func (p TIFFPage) Bytes(tag uint16) []byte {
	if e, ok := p.field(p.offset, tag); ok {
		return e.raw(e.count)
	}
	return nil
}
