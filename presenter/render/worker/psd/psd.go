// Package psd decodes the merged picture of the Photoshop files that MuPDF does not read: large ones (PSB), and those of one
// bit. Layers are not looked at: the program that wrote the file merged them, unless it was told not to, and then there is
// none. The structure is that of Adobe's Photoshop File Formats Specification (2019).
package psd

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
)

// ErrUnsupported is a file in a variant that is not decoded here.
var ErrUnsupported = errors.New("a variant of Photoshop file that can't be decoded here")

// Modes of colour.
const (
	bitmap  = 0
	grey    = 1
	indexed = 2
	rgb     = 3
	cmyk    = 4
	duotone = 8 // grey, with inks that are Photoshop's own affair
)

const headerSize = 26

// header is what a file says of its picture.
type header struct {
	large          bool
	channels, bits int
	width, height  int
	mode           int
}

func read(data []byte) (header, error) {
	if len(data) < headerSize || string(data[:4]) != "8BPS" {
		return header{}, errors.New("no header of a Photoshop file")
	}
	h := header{
		large: binary.BigEndian.Uint16(data[4:]) == 2, channels: int(binary.BigEndian.Uint16(data[12:])),
		height: int(binary.BigEndian.Uint32(data[14:])), width: int(binary.BigEndian.Uint32(data[18:])),
		bits: int(binary.BigEndian.Uint16(data[22:])), mode: int(binary.BigEndian.Uint16(data[24:])),
	}
	const longest = 300000 // of a side, by the specification
	if h.width <= 0 || h.height <= 0 || h.width > longest || h.height > longest || h.channels < 1 || h.channels > 56 {
		return header{}, fmt.Errorf("%d×%d pixels of %d channels", h.width, h.height, h.channels)
	}
	return h, nil
}

// Foreign tells a file that MuPDF 1.28 does not read and this package may.
func Foreign(data []byte) bool {
	h, err := read(data)
	return err == nil && (h.large || h.bits == 1)
}

// Size is a picture's, in pixels.
func Size(data []byte) (image.Point, error) {
	h, err := read(data)
	return image.Pt(h.width, h.height), err
}

// Decode decodes the merged picture. lost tells that a part of it is not in the file, and black or white.
func Decode(data []byte) (img image.Image, lost bool, err error) {
	h, err := read(data)
	if err != nil {
		return nil, false, err
	}
	needs := map[int]int{bitmap: 1, grey: 1, indexed: 1, rgb: 3, cmyk: 4, duotone: 1}[h.mode]
	switch {
	case needs == 0, h.bits != 1 && h.bits != 8 && h.bits != 16, (h.bits == 1) != (h.mode == bitmap):
		return nil, false, fmt.Errorf("mode %d of %d bits: %w", h.mode, h.bits, ErrUnsupported)
	case h.channels < needs:
		return nil, false, fmt.Errorf("%d channels for %d", h.channels, needs)
	}
	palette, merged, err := h.sections(data)
	if err != nil {
		return nil, false, err
	}
	planes, lost, err := h.planes(merged, needs)
	if err != nil {
		return nil, false, err
	}
	return h.picture(planes, palette), lost, nil
}

// sections are the table of colours and the merged picture.
func (h header) sections(data []byte) (palette, merged []byte, err error) {
	rest := data[headerSize:]
	for i, wide := range []bool{false, false, h.large} { // colours, resources, layers
		n, size := uint64(0), 4
		if wide {
			size = 8
		}
		if len(rest) < size {
			return nil, nil, errors.New("the file ends before its picture")
		}
		for _, b := range rest[:size] {
			n = n<<8 | uint64(b)
		}
		if rest = rest[size:]; n > uint64(len(rest)) {
			return nil, nil, errors.New("the file ends before its picture")
		}
		if i == 0 {
			palette = rest[:n]
		}
		rest = rest[n:]
	}
	if h.mode == indexed && len(palette) < 768 {
		return nil, nil, errors.New("no table of colours")
	}
	return palette, rest, nil
}

// planes are the first channels of the picture, row by row.
func (h header) planes(data []byte, needs int) (planes [][]byte, lost bool, err error) {
	if len(data) < 2 {
		return nil, true, errors.New("the file ends before its picture")
	}
	stride := (h.width*h.bits + 7) / 8
	packing, data := binary.BigEndian.Uint16(data), data[2:]
	const raw, packed = 0, 1
	switch packing {
	case raw:
		for range needs {
			plane := make([]byte, stride*h.height)
			n := copy(plane, data)
			planes, data, lost = append(planes, plane), data[n:], lost || n < len(plane)
		}
		return planes, lost, nil
	case packed:
	default:
		return nil, false, fmt.Errorf("packing %d: %w", packing, ErrUnsupported)
	}
	width := 2
	if h.large {
		width = 4
	}
	if len(data) < width*h.channels*h.height {
		return nil, true, errors.New("the file ends before its picture")
	}
	counts, data := data[:width*h.channels*h.height], data[width*h.channels*h.height:]
	for range needs {
		plane := make([]byte, stride*h.height)
		for y := range h.height {
			n := 0
			for _, b := range counts[:width] {
				n = n<<8 | int(b)
			}
			counts = counts[width:]
			n = min(n, len(data))
			lost = unpack(plane[y*stride:(y+1)*stride], data[:n]) || lost
			data = data[n:]
		}
		planes = append(planes, plane)
	}
	return planes, lost, nil
}

// unpack undoes PackBits in a row, and tells whether it was too short.
func unpack(row, data []byte) (short bool) {
	for len(data) > 1 && len(row) > 0 {
		n := int(int8(data[0]))
		data = data[1:]
		switch {
		case n >= 0:
			n = min(n+1, len(data), len(row))
			copy(row, data[:n])
			data, row = data[n:], row[n:]
		case n != -128:
			n = min(1-n, len(row))
			for i := range n {
				row[i] = data[0]
			}
			data, row = data[1:], row[n:]
		}
	}
	return len(row) > 0
}

// picture puts planes together. Inks are stored turned over: 0 is full.
func (h header) picture(planes [][]byte, palette []byte) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, h.width, h.height))
	stride, width := (h.width*h.bits+7)/8, max(h.bits/8, 1)
	for y := range h.height {
		for x := range h.width {
			px := out.Pix[y*out.Stride+4*x:][:4:4]
			at := y*stride + x*width
			switch h.mode {
			case bitmap:
				v := planes[0][y*stride+x/8]>>(7-x%8)&1 - 1 // 1 is black
				px[0], px[1], px[2] = v, v, v
			case indexed:
				for c := range 3 {
					px[c] = palette[256*c+int(planes[0][at])]
				}
			case rgb:
				px[0], px[1], px[2] = planes[0][at], planes[1][at], planes[2][at]
			case cmyk:
				for c := range 3 {
					px[c] = uint8(int(planes[c][at]) * int(planes[3][at]) / 255)
				}
			default:
				px[0], px[1], px[2] = planes[0][at], planes[0][at], planes[0][at]
			}
			px[3] = 255
		}
	}
	return out
}
