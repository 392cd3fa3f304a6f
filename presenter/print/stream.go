package print

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// stream writes a PDF of pictures with captions object by object (ISO 32000-1), because the library
// that sets the outline keeps every picture in memory until the end.
type stream struct {
	w    *bufio.Writer
	at   int64
	err  error
	offs []int64 // of objects, from 1
	kids []int   // pages
	used map[rune]sfnt.GlyphIndex
	buf  sfnt.Buffer
}

// The objects that are written last have the first numbers, since all pages name them.
const (
	objCatalog = iota + 1
	objPages
	objFont
	objDescendant
	objDescriptor
	objFontFile
	objUnicode
	objFirstPage
)

func newStream(w io.Writer) (*stream, error) {
	s := &stream{w: bufio.NewWriterSize(w, 1<<16), offs: make([]int64, objFirstPage), used: map[rune]sfnt.GlyphIndex{}}
	s.print("%%PDF-1.5\n%%\xe2\xe3\xcf\xd3\n")
	return s, s.err
}

func (s *stream) print(format string, args ...any) {
	if s.err == nil {
		n, err := fmt.Fprintf(s.w, format, args...)
		s.at, s.err = s.at+int64(n), err
	}
}

func (s *stream) next() int {
	s.offs = append(s.offs, 0)
	return len(s.offs) - 1
}

func (s *stream) object(n int, format string, args ...any) {
	s.offs[n] = s.at
	s.print("%d 0 obj\n"+format+"\nendobj\n", append([]any{n}, args...)...)
}

func (s *stream) stream(n int, dict string, data []byte) {
	s.offs[n] = s.at
	s.print("%d 0 obj\n<< %s /Length %d >>\nstream\n", n, dict, len(data))
	if s.err == nil {
		k, err := s.w.Write(data)
		s.at, s.err = s.at+int64(k), err
	}
	s.print("\nendstream\nendobj\n")
}

// sheet adds a page with a picture, or the reason why there is none, and below it what it shows, with
// the step's number at the left and the sheet's at the right.
func (s *stream) sheet(p *picture, caption, number, count string) {
	wide, high := pageWidth, pageHeight
	if p.jpeg == nil || p.size.X > p.size.Y {
		wide, high = high, wide
	}
	page, content := s.next(), s.next()
	var c strings.Builder
	resources := fmt.Sprintf("/Font << /F %d 0 R >>", objFont)
	room, tall := wide-2*sheetEdge, high-2*sheetEdge-captionMM
	if p.jpeg == nil {
		fmt.Fprintf(&c, "0.93 g %.2f %.2f %.2f %.2f re f 0 g\n", sheetEdge/point, (sheetEdge+captionMM)/point, room/point, tall/point)
		s.text(&c, s.fit(p.why, 14, room-20), 14, wide/2, high/2, centre)
	} else {
		scale := min(room/float64(p.size.X), tall/float64(p.size.Y))
		w, h := scale*float64(p.size.X), scale*float64(p.size.Y)
		fmt.Fprintf(&c, "q %.2f 0 0 %.2f %.2f %.2f cm /P Do Q\n", w/point, h/point, (wide-w)/2/point, (high-sheetEdge-h)/point)
		pic := s.next()
		space := "/DeviceRGB"
		if p.gray {
			space = "/DeviceGray"
		}
		s.stream(pic, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8 /Filter /DCTDecode", p.size.X, p.size.Y, space), p.jpeg)
		resources += fmt.Sprintf(" /XObject << /P %d 0 R >>", pic)
	}
	const low, captionLeast, captionRoom = sheetEdge + 3, 9.0, 36.0
	size := bodySize
	for caption = inFace(caption); size > captionLeast && s.width(caption, size) > room-captionRoom; {
		size--
	}
	s.text(&c, s.fit(caption, size, room-captionRoom), size, wide/2, low, centre)
	s.text(&c, inFace(number), smallSize, sheetEdge, low, left)
	s.text(&c, inFace(count), smallSize, wide-sheetEdge, low, right)
	s.stream(content, "", []byte(c.String()))
	s.object(page, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources << %s >> /Contents %d 0 R >>", objPages, wide/point, high/point, resources, content)
	s.kids = append(s.kids, page)
}

// text sets a line with its baseline at y mm from the page's foot.
func (s *stream) text(c *strings.Builder, line string, size, x, y float64, a align) {
	switch a {
	case centre:
		x -= s.width(line, size) / 2
	case right:
		x -= s.width(line, size)
	case left:
	}
	fmt.Fprintf(c, "BT /F %.1f Tf %.2f %.2f Td <", size, x/point, y/point)
	for _, r := range line {
		fmt.Fprintf(c, "%04x", uint16(s.glyph(r)))
	}
	c.WriteString("> Tj ET\n")
}

func (s *stream) glyph(r rune) sfnt.GlyphIndex {
	g, ok := s.used[r]
	if !ok {
		g, _ = regular().GlyphIndex(&s.buf, r) // inFace left only letters that are there
		s.used[r] = g
	}
	return g
}

// advance is a letter's width in thousandths of its size.
func (s *stream) advance(g sfnt.GlyphIndex) int {
	const ppem = 1000
	a, err := regular().GlyphAdvance(&s.buf, g, fixed.I(ppem), font.HintingNone)
	if err != nil {
		return ppem / 2
	}
	return a.Round()
}

func (s *stream) width(line string, size float64) float64 {
	sum := 0
	for _, r := range line {
		sum += s.advance(s.glyph(r))
	}
	return float64(sum) / 1000 * size * point
}

func (s *stream) fit(line string, size, room float64) string {
	line = inFace(line)
	measure := func(text string) float64 { return s.width(text, size) }
	if measure(line) <= room {
		return line
	}
	const more = "…"
	return line[:fitting(line, room-measure(more), measure)] + more
}

// finish writes the font and what holds all together.
func (s *stream) finish() error {
	var kids strings.Builder
	for _, k := range s.kids {
		fmt.Fprintf(&kids, "%d 0 R ", k)
	}
	s.object(objCatalog, "<< /Type /Catalog /Pages %d 0 R >>", objPages)
	s.object(objPages, "<< /Type /Pages /Count %d /Kids [%s] >>", len(s.kids), kids.String())
	s.font()
	start := s.at
	s.print("xref\n0 %d\n0000000000 65535 f \n", len(s.offs))
	for _, at := range s.offs[1:] {
		s.print("%010d 00000 n \n", at)
	}
	s.print("trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(s.offs), objCatalog, start)
	if s.err == nil {
		s.err = s.w.Flush()
	}
	return s.err
}

// font embeds the face whole, with the widths and the letters of the glyphs that were used, so that
// captions can be searched and copied.
func (s *stream) font() {
	const name = "LiberationSerif"
	s.object(objFont, "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, objDescendant, objUnicode)
	var widths, letters strings.Builder
	runes := slices.Sorted(maps.Keys(s.used))
	for _, r := range runes {
		fmt.Fprintf(&widths, "%d [%d] ", s.used[r], s.advance(s.used[r]))
	}
	s.object(objDescendant, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 500 /W [%s] >>", name, objDescriptor, widths.String())
	s.object(objDescriptor, "<< /Type /FontDescriptor /FontName /%s /Flags 34 /FontBBox [-544 -303 2082 1007] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80 /FontFile2 %d 0 R >>", name, objFontFile)
	ttf := faces[plain]
	s.stream(objFontFile, fmt.Sprintf("/Filter /FlateDecode /Length1 %d", len(ttf)), deflated(ttf))
	for part := range slices.Chunk(runes, 100) { // no more may stand in one block
		fmt.Fprintf(&letters, "%d beginbfchar\n", len(part))
		for _, r := range part {
			fmt.Fprintf(&letters, "<%04x> <%04x>\n", uint16(s.used[r]), r)
		}
		letters.WriteString("endbfchar\n")
	}
	cmap := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n" +
		letters.String() + "endcmap CMapName currentdict /CMap defineresource pop end end\n"
	s.stream(objUnicode, "", []byte(cmap))
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data) // to memory
	_ = z.Close()
	return b.Bytes()
}
