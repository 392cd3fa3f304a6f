package pades

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/digitorus/pdf"
)

// update is what is appended to a PDF.
type update struct {
	reader     *pdf.Reader
	out        bytes.Buffer // the file, and what is added
	root, page pdf.Value    // of the document, and its first
	rootID     int
	pageID     int
	next       int         // the number of the next object
	at         map[int]int // where each object that was written begins
	previous   int64
	streamed   bool // the file's table of objects is a stream
}

func newUpdate(data []byte) (*update, error) {
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if bytes.Contains(data, []byte("/Encrypt")) {
			return nil, ErrEncrypted
		}
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	u := &update{reader: r, at: map[int]int{}, previous: r.XrefInformation.StartPos, streamed: r.XrefInformation.Type == "stream"}
	trailer := r.Trailer()
	if !trailer.Key("Encrypt").IsNull() {
		return nil, ErrEncrypted
	}
	u.root, u.next = trailer.Key("Root"), int(trailer.Key("Size").Int64())
	u.page = firstPage(u.root.Key("Pages"))
	u.rootID, u.pageID = id(u.root), id(u.page)
	if u.root.Kind() != pdf.Dict || u.page.Kind() != pdf.Dict || u.next < 2 || generation(u.root)+generation(u.page) > 0 {
		return nil, ErrDamaged
	}
	u.out.Write(data)
	if !bytes.HasSuffix(data, []byte("\n")) {
		u.out.WriteByte('\n')
	}
	return u, nil
}

func firstPage(node pdf.Value) pdf.Value {
	const deep = 64
	for range deep {
		kids := node.Key("Kids")
		if kids.Kind() != pdf.Array {
			return node
		}
		next := pdf.Value{}
		for i := range kids.Len() {
			if kid := kids.Index(i); kid.Key("Kids").Kind() != pdf.Array || kid.Key("Kids").Len() > 0 {
				next = kid
				break
			}
		}
		node = next
	}
	return pdf.Value{}
}

func id(v pdf.Value) int { p := v.GetPtr(); return int(p.GetID()) }

// generation is 0 of all objects, but in files that dropped some and used their numbers again, which no program does today.
func generation(v pdf.Value) int { p := v.GetPtr(); return int(p.GetGen()) }

func (u *update) ref(object int) string { return strconv.Itoa(object) + " 0 R" }

// add writes an object and gives its number.
func (u *update) add(body []byte) int {
	object := u.next
	u.next++
	u.put(object, body)
	return object
}

// put writes an object in the place of the one with this number.
func (u *update) put(object int, body []byte) {
	u.at[object] = u.out.Len()
	fmt.Fprintf(&u.out, "%d 0 obj\n%s\nendobj\n", object, body)
}

// end writes the table of objects, in the form that the file has, and the trailer.
func (u *update) end() {
	trailer := u.reader.Trailer()
	entries := fmt.Sprintf("/Root %s /Prev %d", u.ref(u.rootID), u.previous)
	if info := trailer.Key("Info"); info.Kind() == pdf.Dict && id(info) > 0 {
		entries += " /Info " + u.ref(id(info))
	}
	if ids := trailer.Key("ID"); ids.Len() == 2 {
		entries += " /ID [" + hexString(ids.Index(0).RawString()) + hexString(ids.Index(1).RawString()) + "]"
	}
	start := u.out.Len()
	if u.streamed {
		u.stream(start, entries)
	} else {
		u.table(entries)
	}
	fmt.Fprintf(&u.out, "startxref\n%d\n%%%%EOF\n", start)
}

func (u *update) table(entries string) {
	u.out.WriteString("xref\n")
	for _, object := range slices.Sorted(maps.Keys(u.at)) {
		fmt.Fprintf(&u.out, "%d 1\n%010d 00000 n\r\n", object, u.at[object])
	}
	fmt.Fprintf(&u.out, "trailer\n<< /Size %d %s >>\n", u.next, entries)
}

func (u *update) stream(start int, entries string) {
	self := u.next
	u.at[self] = start
	var index strings.Builder
	var rows bytes.Buffer
	for _, object := range slices.Sorted(maps.Keys(u.at)) {
		fmt.Fprintf(&index, "%d 1 ", object)
		row := [9]byte{0: 1}
		binary.BigEndian.PutUint64(row[1:], uint64(u.at[object]))
		rows.Write(row[:])
	}
	fmt.Fprintf(&u.out, "%d 0 obj\n<< /Type /XRef /Size %d %s /W [1 8 0] /Index [%s] /Length %d >>\nstream\n", self, self+1, entries,
		strings.TrimSpace(index.String()), rows.Len())
	u.out.Write(rows.Bytes())
	u.out.WriteString("\nendstream\nendobj\n")
}

// dictionary writes a dictionary, with other values at some keys. Of what it refers to, it keeps the reference.
func dictionary(d pdf.Value, other map[string]string) []byte {
	var b bytes.Buffer
	b.WriteString("<<")
	keys := d.Keys()
	for key := range other {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		value, ok := other[key]
		if !ok {
			value = below(d, d.Key(key))
		}
		fmt.Fprintf(&b, " %s %s", name(key), value)
	}
	b.WriteString(" >>")
	return b.Bytes()
}

// below writes a value that stands in another: by reference where it is an object of its own.
func below(in, v pdf.Value) string {
	if p := v.GetPtr(); id(v) != id(in) && id(v) > 0 {
		return fmt.Sprintf("%d %d R", p.GetID(), p.GetGen())
	}
	switch v.Kind() {
	case pdf.Bool:
		return strconv.FormatBool(v.Bool())
	case pdf.Integer:
		return strconv.FormatInt(v.Int64(), 10)
	case pdf.Real:
		return number(v.Float64())
	case pdf.String:
		return hexString(v.RawString())
	case pdf.Name:
		return name(v.Name())
	case pdf.Dict:
		return string(dictionary(v, nil))
	case pdf.Array:
		return list(v)
	default: // a stream is an object of its own
		return "null"
	}
}

// list writes an array with more at its end.
func list(v pdf.Value, more ...string) string {
	items := make([]string, 0, v.Len()+len(more))
	for i := range v.Len() {
		items = append(items, below(v, v.Index(i)))
	}
	return "[" + strings.Join(append(items, more...), " ") + "]"
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// name writes a name, ISO 32000-2, 7.3.5.
func name(s string) string {
	var b strings.Builder
	b.WriteByte('/')
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' || strings.IndexByte("#()<>[]{}/%", c) >= 0 {
			fmt.Fprintf(&b, "#%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func hexString(s string) string { return fmt.Sprintf("<%X>", s) }

// textString writes words as UTF-16, which every version of PDF reads.
func textString(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return hexString(string(b))
}

// picture is an image as an object.
func picture(m image.Image) []byte {
	size := m.Bounds().Size()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	row := make([]byte, 3*size.X)
	for y := range size.Y {
		for x := range size.X {
			c := color.RGBAModel.Convert(m.At(m.Bounds().Min.X+x, m.Bounds().Min.Y+y)).(color.RGBA)
			row[3*x], row[3*x+1], row[3*x+2] = c.R, c.G, c.B
		}
		_, _ = z.Write(row) // to memory
	}
	_ = z.Close()
	return fmt.Appendf(nil, "<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"+
		" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", size.X, size.Y, packed.Len(), packed.Bytes())
}

// form is what is seen of the signature: the picture.
func form(picture int, matrix string) []byte {
	draw := fmt.Sprintf("q %s 0 0 %s 0 0 cm /Look Do Q", number(lookWidth), number(lookHeight))
	return fmt.Appendf(nil, "<< /Type /XObject /Subtype /Form /BBox [0 0 %s %s] /Matrix [%s] /Resources << /XObject << /Look %d 0 R >> >>"+
		" /Length %d >>\nstream\n%s\nendstream", number(lookWidth), number(lookHeight), matrix, picture, len(draw), draw)
}
