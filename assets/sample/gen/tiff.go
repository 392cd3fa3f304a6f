package main

import (
	"bytes"
	"encoding/binary"
	"image"
)

// writeTIFF makes a black and white TIFF of several pages, PackBits in one strip a page: what
// every reader of baseline TIFF must understand.
func writeTIFF(pages []*image.Gray, dpi uint32) []byte {
	var b bytes.Buffer
	b.WriteString("II*\x00")
	link := b.Len() // where the offset of the next page's directory goes
	b.Write(make([]byte, 4))
	for i, page := range pages {
		w, h := page.Bounds().Dx(), page.Bounds().Dy()
		strip := b.Len()
		for y := range h {
			b.Write(packBits(bilevelRow(page.Pix[y*page.Stride : y*page.Stride+w])))
		}
		size := b.Len() - strip
		if b.Len()%2 == 1 {
			b.WriteByte(0)
		}
		resolution := b.Len()
		b.Write(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, dpi), 1))
		directory := b.Len()
		fields := []struct {
			tag, kind uint16
			value     int
		}{
			{256, 4, w},
			{257, 4, h},
			{258, 3, 1},     // a bit a pixel
			{259, 3, 32773}, // PackBits
			{262, 3, 0},     // 0 is white
			{273, 4, strip},
			{277, 3, 1},
			{278, 4, h},
			{279, 4, size},
			{282, 5, resolution},
			{283, 5, resolution},
			{296, 3, 2}, // dots an inch
			{297, 3, i | len(pages)<<16},
		}
		binary.LittleEndian.PutUint32(b.Bytes()[link:], uint32(directory))
		out := binary.LittleEndian.AppendUint16(nil, uint16(len(fields)))
		for _, f := range fields {
			out = binary.LittleEndian.AppendUint16(out, f.tag)
			out = binary.LittleEndian.AppendUint16(out, f.kind)
			count := uint32(1)
			if f.tag == 297 {
				count = 2 // the page's number and how many there are
			}
			out = binary.LittleEndian.AppendUint32(out, count)
			out = binary.LittleEndian.AppendUint32(out, uint32(f.value))
		}
		link = directory + len(out)
		b.Write(append(out, 0, 0, 0, 0))
	}
	return b.Bytes()
}

// bilevelRow packs a row, black as 1.
func bilevelRow(row []uint8) []byte {
	out := make([]byte, (len(row)+7)/8)
	for x, v := range row {
		if v < 140 {
			out[x/8] |= 0x80 >> (x % 8)
		}
	}
	return out
}

func packBits(row []byte) []byte {
	var out []byte
	for i := 0; i < len(row); {
		run := 1
		for i+run < len(row) && run < 128 && row[i+run] == row[i] {
			run++
		}
		if run > 1 {
			out = append(out, byte(257-run), row[i])
			i += run
			continue
		}
		n := 1
		for i+n < len(row) && n < 128 && (i+n+1 >= len(row) || row[i+n] != row[i+n+1]) {
			n++
		}
		out = append(append(out, byte(n-1)), row[i:i+n]...)
		i += n
	}
	return out
}
