package tiff

import (
	"encoding/binary"
	"fmt"
	"image"
)

// Decode decodes a page as it is stored. lost tells that a part of it is not in the file, and black or white.
func (f *File) Decode(i int) (img image.Image, lost bool, err error) {
	p := f.pages[i]
	if err := p.check(); err != nil {
		return nil, false, err
	}
	c, err := p.colours()
	if err != nil {
		return nil, false, err
	}
	lost = p.dir.Cut()
	out := image.NewNRGBA(image.Rect(0, 0, p.width, p.height))
	for y := 0; y < p.height; y += p.tileRows {
		for x := 0; x < p.width; x += p.tileWidth {
			t, whole, err := p.tile(x/p.tileWidth, y/p.tileRows)
			if err != nil {
				return nil, false, err
			}
			lost = lost || !whole
			for row := range min(p.tileRows, p.height-y) {
				at := out.Pix[out.PixOffset(x, y+row):]
				for column := range min(p.tileWidth, p.width-x) {
					c(t.pixel(column, row), at[4*column:4*column+4:4*column+4])
				}
			}
		}
	}
	return out, lost, nil
}

// tile is the samples of a part of a page: one for each pixel and plane.
type tile struct {
	planes [][]byte // one after the other, or one with all samples side by side
	stride []int    // bytes in a row of each
	bits   int
	side   int // samples side by side
	order  binary.ByteOrder
	chroma *chroma
	buf    []uint8
}

// chroma is where the colours of a tile stand that has less of them than of brightness.
type chroma struct {
	x, y   int  // pixels to a sample, across and down
	packed bool // in units of x·y brightnesses and two colours
	units  int  // of them in a row
}

// tile unpacks the part of a page in a column and row of tiles.
func (p *page) tile(column, row int) (t *tile, whole bool, err error) {
	across, down := (p.width+p.tileWidth-1)/p.tileWidth, (p.height+p.tileRows-1)/p.tileRows
	rows := p.tileRows
	if !p.tiled {
		rows = min(rows, p.height-row*p.tileRows)
	}
	t = &tile{bits: p.bits, side: p.samples, order: p.dir.Order(), buf: make([]uint8, p.samples)}
	planes := 1
	if p.planar == 2 {
		planes, t.side = p.samples, 1
	}
	if p.meaning == asYCbCr && p.packing != packJPEG && (p.subX > 1 || p.subY > 1) {
		t.chroma = &chroma{x: p.subX, y: p.subY, packed: planes == 1, units: (p.tileWidth + p.subX - 1) / p.subX}
	}
	whole = true
	for plane := range planes {
		i := row*across + column + plane*across*down
		if i >= len(p.offsets) {
			return nil, false, fmt.Errorf("no data for tile %d", i)
		}
		size := ^uint64(0)
		if i < len(p.counts) && p.counts[i] > 0 {
			size = p.counts[i]
		}
		data := p.dir.Data(p.offsets[i], size)
		w, h := p.tileWidth, rows
		if t.chroma != nil && !t.chroma.packed && plane > 0 && plane < 3 {
			w, h = (w+p.subX-1)/p.subX, (h+p.subY-1)/p.subY
		}
		stride := (w*t.side*p.bits + 7) / 8
		var samples []byte
		var all bool
		switch {
		case p.packing == packJPEG:
			samples, all, err = p.unpackJPEG(data, t.side, h, w)
		case t.chroma != nil && t.chroma.packed:
			stride = t.chroma.units * (p.subX*p.subY + 2)
			samples, all, err = p.unpack(data, stride*((h+p.subY-1)/p.subY), h, w)
		default:
			samples, all, err = p.unpack(data, stride*h, h, w)
		}
		if err != nil {
			return nil, false, err
		}
		if p.predictor == 2 && (p.packing == packLZW || p.packing == packDeflate || p.packing == packDeflate2) {
			p.unpredict(samples, stride, t.side)
		}
		whole = whole && all
		t.planes, t.stride = append(t.planes, samples), append(t.stride, stride)
	}
	return t, whole, nil
}

// pixel gives a pixel's samples, in 8 bits but for those of a colour map, until the next call.
func (t *tile) pixel(x, y int) []uint8 {
	if c := t.chroma; c != nil && c.packed {
		unit := t.planes[0][y/c.y*t.stride[0]+x/c.x*(c.x*c.y+2):]
		t.buf[0], t.buf[1], t.buf[2] = unit[y%c.y*c.x+x%c.x], unit[c.x*c.y], unit[c.x*c.y+1]
		return t.buf
	}
	for i := range t.buf {
		plane, n := 0, x*t.side+i
		px, py := x, y
		if t.side == 1 && len(t.planes) > 1 {
			plane = i
			if t.chroma != nil && (i == 1 || i == 2) {
				px, py = x/t.chroma.x, y/t.chroma.y
			}
			n = px
		}
		t.buf[i] = t.sample(t.planes[plane][py*t.stride[plane]:], n)
	}
	return t.buf
}

// sample is the n-th of a row; of fewer than 8 bits as it is, of more the upper 8.
func (t *tile) sample(row []byte, n int) uint8 {
	switch t.bits {
	case 8:
		return row[n]
	case 16, 24, 32:
		width := t.bits / 8
		if t.order == binary.BigEndian {
			return row[n*width]
		}
		return row[n*width+width-1]
	}
	at := n * t.bits
	v := uint32(row[at/8]) << 16
	if at/8+1 < len(row) {
		v |= uint32(row[at/8+1]) << 8
	}
	if at/8+2 < len(row) {
		v |= uint32(row[at/8+2])
	}
	v = v << (8 + at%8) >> (32 - t.bits)
	if t.bits > 8 {
		v >>= t.bits - 8
	}
	return uint8(v)
}
