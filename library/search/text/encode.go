package text

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"butluc/library"
)

// Limits of one page's text: a dense page has 70 lines and 1,000 words.
const (
	MaxLines = 5000
	MaxWords = 50000

	maxPayload = 4 << 20  // bytes of a record's payload, as it is on disk
	maxPlain   = 16 << 20 // the same unpacked
	maxPages   = 1_000_000
)

// grid is how finely boxes are kept: a scan has some 3,500 pixels a side.
const grid = math.MaxUint16

// errDamaged says that a record is not what was written.
var errDamaged = errors.New("damaged record")

// encode makes a record's payload of a page: the engine's name, then the lines, each a count of words, each
// word four corners on the grid and its text; packed.
func encode(p Page) ([]byte, error) {
	words := 0
	plain := appendText(nil, p.Engine)
	plain = binary.AppendUvarint(plain, uint64(len(p.Lines)))
	for _, l := range p.Lines {
		words += len(l.Words)
		plain = binary.AppendUvarint(plain, uint64(len(l.Words)))
		for _, w := range l.Words {
			if !w.Box.Valid() || w.Text == "" || !utf8.ValidString(w.Text) {
				return nil, fmt.Errorf("word %q in box %v: %w", w.Text, w.Box, library.ErrInvalid)
			}
			for _, v := range corners(w.Box) {
				plain = binary.LittleEndian.AppendUint16(plain, v)
			}
			plain = appendText(plain, w.Text)
		}
		if len(l.Words) == 0 {
			return nil, fmt.Errorf("a line without words: %w", library.ErrInvalid)
		}
	}
	if len(p.Lines) > MaxLines || words > MaxWords || len(plain) > maxPlain {
		return nil, fmt.Errorf("%d lines, %d words, %d bytes of text: %w", len(p.Lines), words, len(plain), library.ErrInvalid)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil && b.Len() > maxPayload {
		err = library.ErrInvalid
	}
	return b.Bytes(), err
}

// corners are a box on the grid; it keeps an area.
func corners(r library.Rect) [4]uint16 {
	x0, x1 := onGrid(r.X0, r.X1)
	y0, y1 := onGrid(r.Y0, r.Y1)
	return [4]uint16{x0, y0, x1, y1}
}

// onGrid gives the lines of the grid around a stretch; one that was kept once stays as it is.
func onGrid(from, to float64) (low, high uint16) {
	const slack = 1e-6
	low = uint16(min(math.Floor(from*grid+slack), grid-1))
	high = uint16(math.Ceil(to*grid - slack))
	return low, max(high, low+1)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decode undoes encode. The payload may come from another machine: it is bounded and checked.
func decode(payload []byte) (Page, error) {
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(payload)), maxPlain+1))
	if err != nil {
		return Page{}, fmt.Errorf("unpack text: %w: %w", errDamaged, err)
	}
	if len(plain) > maxPlain {
		return Page{}, fmt.Errorf("over %d bytes of text: %w", maxPlain, errDamaged)
	}
	d := decoder{rest: plain}
	p := Page{Engine: d.text()}
	lines := d.count(MaxLines)
	words := 0
	for range lines {
		n := d.count(MaxWords - words)
		if d.bad || n == 0 || n > len(d.rest)/minWord {
			return Page{}, errDamaged
		}
		words += n
		list := make([]library.Word, n)
		for i := range list {
			list[i] = d.word()
		}
		if d.bad {
			return Page{}, errDamaged
		}
		p.Lines = append(p.Lines, library.LineOf(list))
	}
	if d.bad || len(d.rest) > 0 {
		return Page{}, errDamaged
	}
	return p, nil
}

// minWord is the least that a word takes, in bytes: four corners, a length, a letter.
const minWord = 10

// decoder takes values off the front of rest, until one is bad.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) count(most int) int {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || n > uint64(most) {
		d.bad = true
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) text() string {
	n := d.count(len(d.rest))
	if d.bad || n > len(d.rest) || !utf8.Valid(d.rest[:n]) {
		d.bad = true
		return ""
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) word() library.Word {
	if d.bad || len(d.rest) < minWord {
		d.bad = true
		return library.Word{}
	}
	at := func(i int) float64 { return float64(binary.LittleEndian.Uint16(d.rest[2*i:])) / grid }
	w := library.Word{Box: library.Rect{X0: at(0), Y0: at(1), X1: at(2), Y1: at(3)}}
	d.rest = d.rest[8:]
	w.Text = d.text()
	d.bad = d.bad || !w.Box.Valid() || w.Text == ""
	return w
}
