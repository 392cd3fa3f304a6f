package meta

import (
	"bytes"
	"encoding/binary"
	"image"
	"math"
)

// versionAndFlags are the bytes that a full box begins with.
const versionAndFlags = 4

// HEIF is what a HEIC or AVIF file says of its main picture (ISO/IEC 23008-12). What is malformed or missing is zero.
type HEIF struct {
	Size        image.Point // pixels, as it is stored
	Orientation int         // as Exif counts: 1 is upright; libheif heeds it, libavif does not
	Foreign     bool        // a picture in it is packed neither as HEVC nor as AV1
	profile     []byte
}

// OpenHEIF reads the header of a HEIC or AVIF file.
func OpenHEIF(data []byte) HEIF {
	meta := Find(isoBoxes(data), "meta")
	if len(meta) < versionAndFlags {
		return HEIF{}
	}
	boxes := isoBoxes(meta[versionAndFlags:])
	shared := isoBoxes(Find(boxes, "iprp"))
	properties := isoBoxes(Find(shared, "ipco"))
	own := associated(Find(shared, "ipma"), primaryItem(Find(boxes, "pitm")), properties)
	h := HEIF{Size: largest(own), Orientation: turned(own), Foreign: foreign(Find(boxes, "iinf")), profile: iccOf(own)}
	if h.Size == (image.Point{}) { // nothing says which is the main one: then its tiles and thumbnails are smaller
		h.Size = largest(properties)
	}
	if h.profile == nil { // those of a file's tiles are alike
		h.profile = iccOf(properties)
	}
	return h
}

// primaryItem is the number of the main picture, 0 where none is told.
func primaryItem(box []byte) uint32 {
	switch {
	case len(box) >= versionAndFlags+4 && box[0] > 0:
		return binary.BigEndian.Uint32(box[versionAndFlags:])
	case len(box) >= versionAndFlags+2 && box[0] == 0:
		return uint32(binary.BigEndian.Uint16(box[versionAndFlags:]))
	}
	return 0
}

// foreign tells whether an item is of a kind that the decoders here were not made for.
func foreign(box []byte) bool {
	const entryCount = 2 // 4 from version 1 on
	if len(box) < versionAndFlags+2*entryCount {
		return false
	}
	skip := versionAndFlags + entryCount
	if box[0] > 0 {
		skip += entryCount
	}
	for _, info := range all(isoBoxes(box[skip:]), "infe") {
		const numbered = 4 // the item's number and protection, before its kind
		if len(info) < versionAndFlags+numbered+4 || info[0] != 2 {
			continue
		}
		switch string(info[versionAndFlags+numbered:][:4]) {
		case "hvc1", "av01", "grid", "iden", "iovl", "tmap", "Exif", "mime", "uri ":
		default:
			return true
		}
	}
	return false
}

// associated are an item's properties, in the order in which they are applied.
func associated(box []byte, item uint32, properties []Chunk) (own []Chunk) {
	if len(box) < versionAndFlags+4 {
		return nil
	}
	version, wide := box[0], box[3]&1 != 0
	idSize, size := 2, 1
	if version > 0 {
		idSize = 4
	}
	if wide {
		size = 2
	}
	for rest := box[versionAndFlags+4:]; len(rest) > idSize; {
		id := uint32(binary.BigEndian.Uint16(rest))
		if idSize == 4 {
			id = binary.BigEndian.Uint32(rest)
		}
		n := int(rest[idSize])
		if rest = rest[idSize+1:]; len(rest) < n*size {
			return nil
		}
		if id == item {
			for i := range n {
				index := int(rest[i*size] & 0x7f) // the first bit says that a reader must know the property
				if wide {
					index = index<<8 | int(rest[i*size+1])
				}
				if index > 0 && index <= len(properties) {
					own = append(own, properties[index-1])
				}
			}
			return own
		}
		rest = rest[n*size:]
	}
	return nil
}

// largest is the largest size that is told.
func largest(properties []Chunk) (size image.Point) {
	for _, extent := range all(properties, "ispe") {
		if len(extent) < versionAndFlags+8 {
			continue
		}
		x, y := binary.BigEndian.Uint32(extent[versionAndFlags:]), binary.BigEndian.Uint32(extent[versionAndFlags+4:])
		if uint64(x)*uint64(y) > uint64(size.X)*uint64(size.Y) && x <= math.MaxInt32 && y <= math.MaxInt32 {
			size = image.Pt(int(x), int(y))
		}
	}
	return size
}

// turned is the orientation that turning and mirroring, in their order, come to.
func turned(properties []Chunk) int {
	// How each orientation continues when the picture as it stands is turned a quarter to the left, or mirrored.
	left := [...]int{0, 8, 5, 6, 7, 4, 1, 2, 3}
	leftRight := [...]int{0, 2, 1, 4, 3, 6, 5, 8, 7}
	upsideDown := [...]int{0, 4, 3, 2, 1, 8, 7, 6, 5}
	o := 1
	for _, p := range properties {
		switch {
		case len(p.Body) == 0:
		case p.Name == "irot":
			for range p.Body[0] & 3 {
				o = left[o]
			}
		case p.Name == "imir" && p.Body[0]&1 == 1:
			o = leftRight[o]
		case p.Name == "imir":
			o = upsideDown[o]
		}
	}
	return o
}

func iccOf(properties []Chunk) []byte {
	for _, colours := range all(properties, "colr") {
		for _, kind := range []string{"prof", "rICC"} {
			if p, ok := bytes.CutPrefix(colours, []byte(kind)); ok {
				return p
			}
		}
	}
	for _, colours := range all(properties, "colr") {
		if p := profileOf(colours); p != nil {
			return p
		}
	}
	return nil
}

// cutBoxes tells whether a HEIC or AVIF lacks its header, or data that it refers to (14496-12, 8.11.3: iloc). What stands
// behind them does not count: some phones put there what is no box.
func cutBoxes(data []byte) bool {
	meta := Find(isoBoxes(data), "meta")
	if len(meta) < versionAndFlags {
		return true
	}
	places := Find(isoBoxes(meta[versionAndFlags:]), "iloc")
	r := reader{data: places}
	version := r.uint(1)
	r.uint(3)
	sizes, more := r.uint(1), r.uint(1)
	width := 2
	if version == 2 {
		width = 4
	}
	for range r.uint(width) {
		r.uint(width) // the item's number
		method := uint64(0)
		if version > 0 {
			method = r.uint(2) & 15
		}
		r.uint(2) // in which file: this one
		base := r.uint(int(more >> 4))
		for range r.uint(2) {
			if version > 0 {
				r.uint(int(more & 15))
			}
			offset, length := r.uint(int(sizes>>4)), r.uint(int(sizes&15))
			if r.short {
				return false // not to be told
			}
			if end := base + offset + length; method == 0 && (end < length || end > uint64(len(data))) {
				return true
			}
		}
		if r.short {
			return false
		}
	}
	return false
}

// reader reads numbers one behind the other.
type reader struct {
	data  []byte
	short bool // there was less than was asked for
}

func (r *reader) uint(bytes int) (n uint64) {
	if bytes > len(r.data) {
		r.short = true
		return 0
	}
	for _, b := range r.data[:bytes] {
		n = n<<8 | uint64(b)
	}
	r.data = r.data[bytes:]
	return n
}
