package tiff

import (
	"bytes"
	"io"
	"math/bits"

	"golang.org/x/image/ccitt"
)

// What a fax may be (T4Options; TIFF 6.0, section 11).
const (
	faxTwoDimensions = 1
	faxFilled        = 4
)

// filledFax tells whether a page is a fax in one dimension whose lines are filled up with zeros to whole bytes.
func (p *page) filledFax() bool {
	n := p.dir.Numbers(tagT4Options)
	return p.packing == packG3 && len(n) > 0 && n[0]&(faxTwoDimensions|faxFilled) == faxFilled
}

// filled unpacks such a fax, line by line: one that is damaged looks like the one before, as on a fax machine, and costs
// none of the others. It gives rows of whole bytes; whole is false where a line is damaged or missing.
func (p *page) filled(data []byte, rows, width int) (out []byte, whole bool) {
	stride := (width + 7) / 8
	white := byte(0xff)
	if p.meaning == whiteIsZero {
		white = 0
	}
	before := bytes.Repeat([]byte{white}, stride)
	whole = true
	faxLines(data, p.reversed, func(line []byte) bool {
		r := ccitt.NewReader(bytes.NewReader(line), ccitt.MSB, ccitt.Group3, width, 1, &ccitt.Options{Invert: p.meaning == whiteIsZero})
		row := make([]byte, stride)
		if _, err := io.ReadFull(r, row); err != nil {
			row, whole = before, false
		}
		out, before = append(out, row...), row
		return len(out) < rows*stride
	})
	if missing := rows*stride - len(out); missing > 0 {
		return append(out, bytes.Repeat([]byte{white}, missing)...), false
	}
	return out, whole
}

// faxLines calls yield with the lines of a fax, until it says no. A line ends with eleven zeros or more and a one (ITU-T T.4,
// 4.1.2), which no code has; each is given as a fax of its own, that end before it.
func faxLines(data []byte, reversed bool, yield func(line []byte) bool) {
	const zerosOfEnd = 11
	var line bitWriter
	line.start()
	zeros := 0
	for _, b := range data {
		if reversed {
			b = bits.Reverse8(b)
		}
		for at := 7; at >= 0; at-- {
			switch one := b >> at & 1; {
			case one == 0:
				zeros++
				continue
			case zeros < zerosOfEnd:
				line.zeros(zeros)
				line.put(1)
			default:
				if !line.empty() && !yield(line.end()) {
					return
				}
				line.start()
			}
			zeros = 0
		}
	}
	if !line.empty() {
		yield(line.end())
	}
}

// bitWriter puts bits together to bytes, the highest first.
type bitWriter struct {
	bytes []byte
	bits  int
}

// faxEnd is the end of a line, which stands before the first one, too.
const faxEnd = "\x00\x10"

const faxEndBits = 12

func (w *bitWriter) start()      { w.bytes, w.bits = append(w.bytes[:0], faxEnd...), faxEndBits }
func (w *bitWriter) empty() bool { return w.bits == faxEndBits }

func (w *bitWriter) put(bit byte) {
	if w.bits%8 == 0 {
		w.bytes = append(w.bytes, 0)
	}
	w.bytes[len(w.bytes)-1] |= bit << (7 - w.bits%8)
	w.bits++
}

func (w *bitWriter) zeros(n int) {
	for range n {
		w.put(0)
	}
}

// end is the line, with zeros that its last code may end with.
func (w *bitWriter) end() []byte { return append(w.bytes, 0, 0) }
