package tiff

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"slices"

	"butluc/library"
	"butluc/presenter/render/worker/meta"
)

// unpackJPEG gives the samples of a strip or tile side by side, a byte each, in rows of width pixels; whole is false where
// the data ends too early. They are as they are stored, but for YCbCr, which comes as RGB.
func (p *page) unpackJPEG(data []byte, side, rows, width int) (out []byte, whole bool, err error) {
	if p.bits != 8 {
		return nil, false, fmt.Errorf("JPEG of %d bits: %w", p.bits, ErrUnsupported)
	}
	if p.jpegHead != nil {
		data = slices.Concat(p.jpegHead, data)
	}
	stream := withTables(p.dir.Bytes(tagJPEGTables), data, p.meaning == asYCbCr && side == 3)
	img, err := jpeg.Decode(bytes.NewReader(stream))
	whole = !meta.Cut(library.KindJPEG, data)
	if err != nil && !whole {
		return make([]byte, side*rows*width), false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("JPEG: %w: %w", ErrUnsupported, err)
	}
	out = make([]byte, side*rows*width)
	b := img.Bounds()
	for y := range min(rows, b.Dy()) {
		for x := range min(width, b.Dx()) {
			px := out[(y*width+x)*side:][:side]
			switch img := img.(type) {
			case *image.Gray:
				px[0] = img.GrayAt(x, y).Y
			case *image.YCbCr:
				c := img.YCbCrAt(x, y)
				r, g, b, _ := c.RGBA()
				copy(px, []byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)})
			case *image.RGBA:
				copy(px, img.Pix[img.PixOffset(x, y):][:3])
			case *image.CMYK: // which Go turns over, as Photoshop's JPEG files have it; TIFF does not
				for i, v := range img.Pix[img.PixOffset(x, y):][:4] {
					if i < side {
						px[i] = 255 - v
					}
				}
			}
		}
	}
	return out, whole, nil
}

// splitJPEG is the head of a JPEG file that a page of before TIFF's Technical Note 2 is (TIFF 6.0, section 22), where its
// only strip begins with the scan behind it; nil where it is none.
func (p *page) splitJPEG() []byte {
	at := p.dir.Numbers(tagOldJPEG)
	if p.packing != packOldJPEG || p.tiled || len(p.offsets) != 1 || len(at) != 1 || at[0] >= p.offsets[0] {
		return nil
	}
	head := p.dir.Data(at[0], p.offsets[0]-at[0])
	if !bytes.HasPrefix(head, []byte("\xff\xd8\xff")) || !bytes.Equal(p.dir.Data(p.offsets[0], 2), []byte("\xff\xda")) {
		return nil
	}
	return head
}

// withTables makes a JPEG file of the tables that a page's tiles share and of one of them. What its samples mean is TIFF's to
// say: it is put in as Adobe's marker, in place of any that is there.
func withTables(tables, data []byte, ycbcr bool) []byte {
	const soi, eoi, app14 = 0xd8, 0xd9, 0xee
	transform := byte(0)
	if ycbcr {
		transform = 1
	}
	out := []byte{0xff, soi}
	out = append(out, 0xff, app14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, transform)
	for i, part := range [][]byte{tables, data} {
		at := 0
		for at+4 <= len(part) && part[at] == 0xff {
			marker := part[at+1]
			switch {
			case marker == soi, marker == 0xff:
				at += 2
				continue
			case marker == eoi:
				at = len(part)
				continue
			}
			end := at + 2 + int(binary.BigEndian.Uint16(part[at+2:]))
			if marker == 0xda || end > len(part) { // the picture itself
				break
			}
			if marker != app14 {
				out = append(out, part[at:end]...)
			}
			at = end
			continue
		}
		if i == 1 {
			out = append(out, part[min(at, len(part)):]...)
		}
	}
	return out
}
