package library

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// Marks is a list of marks in the order in which they are drawn. It is a value that never changes and,
// unlike a slice, one that can be compared: two are equal by == when their marks are. The zero Marks has none.
// It may be read from any goroutine.
//
// The marks are packed so tightly that they are unpacked anew each time that they are asked for: the stage, the composer and
// the editor do so all the time, and a list with strokes of the pen takes some microseconds.
type Marks struct{ packed string } // mark by mark, as packMark writes them; "" for none

// fine is how finely places are kept: at a zoom of 16 on an 8K screen, a third of a pixel.
const fine = 1e5

// MarksOf is a list of marks. Places are kept to 1/100,000 of the page.
func MarksOf(list ...Mark) Marks {
	var b []byte
	for _, m := range list {
		b = packMark(b, m)
	}
	return Marks{string(b)}
}

// units is a number as it is kept. One that is none lies nowhere, which the check refuses.
func units(v float64) int32 {
	const most = 1e9 // beyond any page
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return -fine
	}
	return int32(min(max(math.Round(v*fine), -most), most))
}

func packPlaces(b []byte, places ...float64) []byte {
	for _, v := range places {
		b = binary.LittleEndian.AppendUint32(b, uint32(units(v)))
	}
	return b
}

func packMark(b []byte, m Mark) []byte {
	for _, s := range []string{string(m.Kind), m.Color, m.Text} {
		s = strings.ToValidUTF8(s, "\uFFFD") // as it will be in a file
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	b = binary.AppendVarint(b, int64(m.Beat))
	b = packPlaces(b, m.Width, m.To.X0, m.To.Y0, m.To.X1, m.To.Y1)
	b = binary.AppendUvarint(b, uint64(len(m.Points)))
	b = slices.Grow(b, 8*len(m.Points))
	for _, p := range m.Points {
		b = packPlaces(b, p.X, p.Y)
	}
	return b
}

// IsZero tells whether there are no marks.
func (m Marks) IsZero() bool { return m.packed == "" }

// List is the marks. The list is the caller's.
func (m Marks) List() []Mark {
	var list []Mark
	for rest := unpacker(m.packed); rest != ""; {
		list = append(list, rest.mark())
	}
	return list
}

// unpacker is what is left to unpack of what packMark wrote.
type unpacker string

func (u *unpacker) mark() (m Mark) {
	m.Kind, m.Color, m.Text = MarkKind(u.text()), u.text(), u.text()
	beat := u.uvarint()
	m.Beat = int(int64(beat>>1) ^ -int64(beat&1))
	m.Width = u.place()
	m.To = Rect{u.place(), u.place(), u.place(), u.place()}
	m.Points = make([]Point, u.uvarint())
	for i := range m.Points {
		m.Points[i] = Point{u.place(), u.place()}
	}
	return m
}

func (u *unpacker) place() float64 {
	s := *u
	n := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	*u = s[4:]
	return float64(int32(n)) / fine
}

func (u *unpacker) text() string {
	n := u.uvarint()
	s := string((*u)[:n])
	*u = (*u)[n:]
	return s
}

func (u *unpacker) uvarint() (n uint64) {
	for i := 0; ; i++ {
		c := (*u)[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			*u = (*u)[i+1:]
			return n
		}
	}
}
