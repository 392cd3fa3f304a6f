package signature

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	piece     = 1 << 20  // read at once while looking for ranges
	around    = 32 << 10 // of a dictionary before and after its range and gap
	maxSigned = 1000     // signatures of one file; more are no person's doing
	maxGap    = 16 << 20 // bytes of one signature in hexadecimal; with revocation lists inside they reach a few megabytes
)

var byteRange = []byte("/ByteRange")

var (
	rangeForm     = regexp.MustCompile(`^/ByteRange\s*\[\s*(\d{1,18})\s+(\d{1,18})\s+(\d{1,18})\s+(\d{1,18})\s*\]`)
	subFilterForm = regexp.MustCompile(`/SubFilter\s*/([A-Za-z0-9._]+)`)
	timeForm      = regexp.MustCompile(`/M\s*\(\s*D:([0-9'Z+\-]+)\s*\)`)
	objectForm    = regexp.MustCompile(`\d+\s+\d+\s+obj\b`)
)

// Signed tells whether a file has the bytes of a signature in it, without looking at them. It reads all of it.
func Signed(r io.ReaderAt, size int64) (bool, error) {
	found := false
	err := ranges(r, size, func(int64) bool { found = true; return false })
	return found, err
}

// Read tells the signatures of a PDF in the order of what they cover, the shortest first. A file without any has none, be
// it a PDF or not. roots, which may be nil, are whom the office trusts. The error is that of reading: what is wrong with a
// signature is in it.
func Read(r io.ReaderAt, size int64, roots *Roots) ([]Signature, error) {
	var places []place
	err := ranges(r, size, func(at int64) bool {
		p, ok := placeAt(r, size, at)
		if ok && !slices.ContainsFunc(places, func(have place) bool { return have.at == p.at }) {
			places = append(places, p)
		}
		return len(places) < maxSigned
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(places, func(a, b place) int { return int(min(1, max(-1, a.end()-b.end()))) })
	list := make([]Signature, 0, len(places))
	for _, p := range places {
		list = append(list, p.verify(r, size, roots))
	}
	return list, nil
}

// ranges calls found with the place of each /ByteRange, until that says false.
func ranges(r io.ReaderAt, size int64, found func(at int64) bool) error {
	buf := make([]byte, piece+len(byteRange))
	for at := int64(0); at < size; at += piece {
		n, err := r.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		for from := 0; ; {
			i := bytes.Index(buf[from:n], byteRange)
			if i < 0 || from+i >= piece {
				break
			}
			if !found(at + int64(from+i)) {
				return nil
			}
			from += i + len(byteRange)
		}
	}
	return nil
}

// place is where a signature lies in its file, and what its dictionary says.
type place struct {
	at     int64    // of its /ByteRange
	ranges [4]int64 // from and length of what comes before the gap, from and length of what comes after
	form   string   // its /SubFilter
	told   time.Time
}

// end is where what it covers ends.
func (p place) end() int64 { return p.ranges[2] + p.ranges[3] }

// gap is where its message lies, with the angle brackets.
func (p place) gap() (from, to int64) { return p.ranges[0] + p.ranges[1], p.ranges[2] }

// placeAt reads the dictionary around a /ByteRange. One whose numbers are not written yet is no signature.
func placeAt(r io.ReaderAt, size, at int64) (place, bool) {
	m := rangeForm.FindSubmatch(window(r, at, min(size, at+256)))
	if m == nil {
		return place{}, false
	}
	p := place{at: at}
	for i := range p.ranges {
		p.ranges[i], _ = strconv.ParseInt(string(m[i+1]), 10, 64) // 18 digits fit
	}
	text, ok := dictionary(r, size, at, p)
	if !ok {
		p.ranges = [4]int64{} // it is about something else
	}
	if m := subFilterForm.FindSubmatch(text); m != nil {
		p.form = string(m[1])
	}
	if m := timeForm.FindSubmatch(text); m != nil {
		p.told = pdfTime(string(m[1]))
	}
	return p, true
}

// dictionary is the text of the object that a /ByteRange is in, but for the gap, which is in it too; ok is false where it is
// not.
func dictionary(r io.ReaderAt, size, at int64, p place) (text []byte, ok bool) {
	from, to := p.gap()
	if ok = from >= 0 && from <= to && to <= size; !ok {
		from, to = at, at
	}
	between := window(r, at, from)
	if from < at {
		between = window(r, to, at)
	}
	begin, end := min(from, at), max(to, at)
	before, after := window(r, max(0, begin-around), begin), window(r, end, min(size, end+around))
	if all := objectForm.FindAllIndex(before, -1); all != nil {
		before = before[all[len(all)-1][1]:]
	}
	if i := bytes.Index(after, []byte("endobj")); i >= 0 {
		after = after[:i]
	}
	ok = ok && len(between) <= around && !bytes.Contains(between, []byte("endobj"))
	return slices.Concat(before, between, after), ok
}

// window is what a file has there, as far as it can be read.
func window(r io.ReaderAt, from, to int64) []byte {
	if to <= from || to-from > maxGap {
		return nil
	}
	buf := make([]byte, to-from)
	n, _ := r.ReadAt(buf, from)
	return buf[:n]
}

// message is the signature itself. alone tells that there is nothing in the gap beside it and the zeros that fill
// it.
func (p place) message(r io.ReaderAt, size int64) (der []byte, alone, ok bool) {
	from, to := p.gap()
	if p.ranges[0] < 0 || p.ranges[1] <= 0 || from >= to || to > size || p.end() > size || p.ranges[3] < 0 || to-from > maxGap {
		return nil, false, false
	}
	gap := window(r, from, to)
	inner := bytes.TrimSpace(gap)
	if len(inner) < 2 || inner[0] != '<' || inner[len(inner)-1] != '>' {
		return nil, false, false
	}
	alone = len(inner) == len(gap) && p.ranges[0] == 0
	text := strings.Map(func(c rune) rune {
		if strings.ContainsRune(" \t\r\n\f\x00", c) {
			return -1
		}
		return c
	}, string(inner[1:len(inner)-1]))
	if len(text)%2 == 1 {
		text += "0"
	}
	filled, err := hex.DecodeString(text)
	der = trimmed(filled)
	return der, alone && len(bytes.Trim(filled[len(der):], "\x00")) == 0, err == nil
}

// trimmed is a message without the zeros that fill its gap, where it says how long it is.
func trimmed(der []byte) []byte {
	if len(der) < 2 || der[1] == 0x80 {
		return der
	}
	n, head := int(der[1]), 2
	if der[1] > 0x80 {
		digits := int(der[1] & 0x7f)
		if digits > 4 || len(der) < 2+digits {
			return der
		}
		n, head = 0, 2+digits
		for _, b := range der[2:head] {
			n = n<<8 | int(b)
		}
	}
	if n > len(der)-head {
		return der
	}
	return der[:head+n]
}

// pdfTime reads a time of a PDF (ISO 32000-2, 7.9.4), without its "D:"; zero where it is none.
func pdfTime(s string) time.Time {
	s = strings.ReplaceAll(s, "'", "")
	for _, layout := range []string{"20060102150405Z0700", "20060102150405-0700", "20060102150405", "200601021504", "20060102"} {
		if t, err := time.Parse(layout, strings.Replace(s, "Z0000", "Z", 1)); err == nil {
			return t
		}
	}
	return time.Time{}
}
