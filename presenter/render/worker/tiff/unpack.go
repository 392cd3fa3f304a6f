package tiff

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"golang.org/x/image/ccitt"
	"golang.org/x/image/tiff/lzw"
)

// unpack gives size bytes of a strip or tile; whole is false where there were less, and zeros stand for the rest. rows and
// width are the tile's, in pixels.
func (p *page) unpack(data []byte, size, rows, width int) (out []byte, whole bool, err error) {
	if p.reversed && p.packing != packG3 && p.packing != packG4 {
		data = bytes.Clone(data)
		for i, b := range data {
			data[i] = bits.Reverse8(b)
		}
	}
	out = make([]byte, size)
	var r io.Reader
	switch p.packing {
	case packNone:
		r = bytes.NewReader(data)
	case packLZW:
		z := lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
		defer z.Close()
		r = z
	case packDeflate, packDeflate2:
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return out, false, nil //nolint:nilerr // as much as there is, which is nothing
		}
		defer z.Close()
		r = z
	case packBits:
		r = bytes.NewReader(unpackBits(data, size))
	case packG3, packG4:
		if p.filledFax() && p.bits == 1 && p.samples == 1 {
			out, whole = p.filled(data, rows, width)
			return out, whole, nil
		}
		if r, err = p.fax(data, rows, width); err != nil {
			return nil, false, err
		}
	default:
		return nil, false, fmt.Errorf("packing %d: %w", p.packing, ErrUnsupported)
	}
	n, err := io.ReadFull(r, out)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // damage within: what came before it is shown
		return out, false, err
	}
	return out, n == size, nil
}

func (p *page) fax(data []byte, rows, width int) (io.Reader, error) {
	if p.bits != 1 || p.samples != 1 {
		return nil, fmt.Errorf("a fax of %d samples of %d bits", p.samples, p.bits)
	}
	order, form := ccitt.MSB, ccitt.Group4
	if p.reversed {
		order = ccitt.LSB
	}
	if p.packing == packG3 {
		if n := p.dir.Numbers(tagT4Options); len(n) > 0 && n[0]&faxTwoDimensions != 0 {
			return nil, fmt.Errorf("a fax in two dimensions: %w", ErrUnsupported)
		}
		form = ccitt.Group3
	}
	// The reader gives 1 for white, as blackIsZero has it; in a fax of whiteIsZero 1 is black.
	return ccitt.NewReader(bytes.NewReader(data), order, form, width, rows, &ccitt.Options{Invert: p.meaning == whiteIsZero}), nil
}

// unpackBits undoes PackBits (TIFF 6.0, section 9), up to size bytes.
func unpackBits(data []byte, size int) []byte {
	out := make([]byte, 0, size)
	for len(data) > 1 && len(out) < size {
		n := int(int8(data[0]))
		data = data[1:]
		switch {
		case n >= 0:
			n = min(n+1, len(data))
			out, data = append(out, data[:n]...), data[n:]
		case n != -128:
			out, data = append(out, bytes.Repeat(data[:1], 1-n)...), data[1:]
		}
	}
	return out[:min(len(out), size)]
}

// unpredict undoes horizontal differencing (TIFF 6.0, section 14) in rows of samples that stand side by side.
func (p *page) unpredict(data []byte, stride, side int) {
	order := p.dir.Order()
	for ; len(data) >= stride && stride > 0; data = data[stride:] {
		row := data[:stride]
		switch p.bits {
		case 8:
			for i := side; i < len(row); i++ {
				row[i] += row[i-side]
			}
		case 16:
			for i := 2 * side; i+2 <= len(row); i += 2 {
				order.PutUint16(row[i:], order.Uint16(row[i:])+order.Uint16(row[i-2*side:]))
			}
		case 32:
			for i := 4 * side; i+4 <= len(row); i += 4 {
				order.PutUint32(row[i:], order.Uint32(row[i:])+order.Uint32(row[i-4*side:]))
			}
		}
	}
}
