package meta

import "encoding/binary"

// The kinds of compression of a BMP ([MS-WMF] 2.1.1.7).
const (
	bmpRGB       = 0
	bmpRLE8      = 1
	bmpRLE4      = 2
	bmpBitfields = 3
	bmpAlpha     = 6
)

// cutBMP compares the rows with what is there, and follows packed rows to their end.
func cutBMP(data []byte) bool {
	const old, os2, modern = 12, 64, 40 // sizes of the second header, which tell its age
	if len(data) < 14+old {
		return true
	}
	at, header := uint64(binary.LittleEndian.Uint32(data[10:])), binary.LittleEndian.Uint32(data[14:])
	var w, h int64
	var bits uint16
	packing := uint32(bmpRGB)
	if header == old {
		w, h, bits = int64(binary.LittleEndian.Uint16(data[18:])), int64(binary.LittleEndian.Uint16(data[20:])), binary.LittleEndian.Uint16(data[24:])
	} else {
		if len(data) < 14+16 {
			return true
		}
		w, h = int64(int32(binary.LittleEndian.Uint32(data[18:]))), int64(int32(binary.LittleEndian.Uint32(data[22:])))
		bits = binary.LittleEndian.Uint16(data[28:])
		if header >= modern && len(data) >= 34 {
			packing = binary.LittleEndian.Uint32(data[30:])
		}
	}
	h = max(h, -h)
	if w <= 0 || h == 0 || at > uint64(len(data)) {
		return at > uint64(len(data))
	}
	rows := data[at:]
	switch {
	case packing == bmpRGB, packing == bmpAlpha, packing == bmpBitfields && header != os2:
		stride := (w*int64(bits) + 31) / 32 * 4
		return stride*(h-1)+(w*int64(bits)+7)/8 > int64(len(rows)) // the padding of the last row counts for nothing
	case packing == bmpRLE8, packing == bmpRLE4:
		return cutRuns(rows, packing == bmpRLE4, w, h)
	}
	return false
}

// cutRuns follows runs of equal pixels (RLE8, RLE4) to the mark of the end, or as far as there are pixels.
func cutRuns(data []byte, half bool, w, h int64) bool {
	const endOfLine, endOfPicture, move = 0, 1, 2
	var x, y int64
	for len(data) >= 2 {
		n, v := int64(data[0]), int64(data[1])
		data = data[2:]
		switch {
		case n > 0:
			x += n
		case v == endOfLine:
			x, y = 0, y+1
		case v == endOfPicture:
			return false
		case v == move:
			if len(data) < 2 {
				return true
			}
			x, y, data = x+int64(data[0]), y+int64(data[1]), data[2:]
		default: // pixels one by one, in whole words
			bytes := v
			if half {
				bytes = (v + 1) / 2
			}
			if bytes += bytes & 1; bytes > int64(len(data)) {
				return true
			}
			x, data = x+v, data[bytes:]
		}
	}
	return y < h-1 || y == h-1 && x < w
}
