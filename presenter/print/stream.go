package print

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"
	"unicode/utf16"
)

// stream writes a PDF of pictures and words page by page (ISO 32000-1), each as soon as it is made, because the library
// that sets the outline keeps every picture in memory until the end, and knows no labels of pages. What it writes is PDF/A
// (ISO 19005-2, level B): every letter's face is in the file, colours are sRGB's and the file says so, nothing is
// transparent, and it says what it is.
type stream struct {
	w      *bufio.Writer
	sum    hash.Hash // of what was written: the file's name for itself
	at     int64
	err    error
	about  about
	offs   []int64 // of objects, from 1
	kids   []int   // pages
	labels []label
	marks  []bookmark
	faces  [3]*streamFace // by style
	now    *streamPage
}

// about is what a file says of itself.
type about struct {
	title string
	made  time.Time
}

// label is what pages from one on are called by a viewer.
type label struct {
	from   int // the page, from 0
	prefix string
	roman  bool // the prefix is followed by small Roman numbers, from i on
}

// bookmark leads to a page.
type bookmark struct {
	title string
	level int
	page  int // from 0
}

// streamPage is the page that is being made.
type streamPage struct {
	wide, high float64 // mm
	content    strings.Builder
	pictures   []int // objects
}

// The objects that are written last have the first numbers, since all pages name them.
const (
	objCatalog = iota + 1
	objPages
	objAbout
	objProfile
	objOutlines
	objFirstFace
	objOthers = objFirstFace + 3*objsOfFace
)

func newStream(w io.Writer, a about) *stream {
	if a.made.IsZero() {
		a.made = time.Now()
	}
	s := &stream{sum: sha256.New(), about: a, offs: make([]int64, objOthers)}
	s.w = bufio.NewWriterSize(io.MultiWriter(w, s.sum), 1<<16)
	for st := range s.faces {
		s.faces[st] = newStreamFace(style(st))
	}
	s.print("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n")
	return s
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

// begin begins a page of a size in mm.
func (s *stream) begin(wide, high float64) {
	s.end()
	s.now = &streamPage{wide: wide, high: high}
}

// end writes the page that is being made.
func (s *stream) end() {
	p := s.now
	if p == nil {
		return
	}
	s.now = nil
	page, content := s.next(), s.next()
	var resources strings.Builder
	resources.WriteString("/Font <<")
	for st, f := range s.faces {
		if len(f.used) > 0 {
			fmt.Fprintf(&resources, " /F%d %d 0 R", st, objFirstFace+st*objsOfFace)
		}
	}
	resources.WriteString(" >> /XObject <<")
	for i, n := range p.pictures {
		fmt.Fprintf(&resources, " /P%d %d 0 R", i, n)
	}
	resources.WriteString(" >>")
	s.stream(content, "/Filter /FlateDecode", deflated([]byte(p.content.String())))
	s.object(page, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources << %s >> /Contents %d 0 R >>", objPages, p.wide/point, p.high/point, resources.String(), content)
	s.kids = append(s.kids, page)
}

// pageNumber is that of the page that is being made, from 0.
func (s *stream) pageNumber() int { return len(s.kids) }

// call says what the page that is being made is called, and those after it up to the next that is called otherwise.
func (s *stream) call(prefix string, roman bool) {
	s.labels = append(s.labels, label{s.pageNumber(), prefix, roman})
}

func (s *stream) addPage() { s.begin(pageWidth, pageHeight) }

func (s *stream) mark(title string, level int) {
	s.marks = append(s.marks, bookmark{strings.ReplaceAll(clean(title), "\n", " "), level, s.pageNumber()})
}

func (s *stream) draw(format string, args ...any) { fmt.Fprintf(&s.now.content, format, args...) }

// up is a height over the page's foot, in points.
func (s *stream) up(y float64) float64 { return (s.now.high - y) / point }

func (s *stream) text(line string, st style, size, x, y float64) {
	s.draw("BT /F%d %.2f Tf %.2f %.2f Td <%s> Tj ET\n", st, size, x/point, s.up(y), s.faces[st].codes(line))
}

func (s *stream) width(line string, st style, size float64) float64 {
	return float64(s.faces[st].advance(line)) / 1000 * size * point
}

func (s *stream) rule(x1, y1, x2, y2, thick float64, dotted bool) {
	dash := "[] 0"
	if dotted {
		dash = fmt.Sprintf("[%.2f %.2f] 0", 0.4/point, 0.8/point)
	}
	s.draw("%.2f w %s d %.2f %.2f m %.2f %.2f l S\n", thick/point, dash, x1/point, s.up(y1), x2/point, s.up(y2))
}

func (s *stream) box(x, y, w, h float64, b boxStyle) {
	fill, paint := "", "S"
	switch b {
	case boxFrame:
	case boxGray:
		fill, paint = "0.93 g ", "B"
	case boxBlack:
		fill, paint = "0 g ", "f"
	}
	s.draw("q %s%.2f w %.2f %.2f %.2f %.2f re %s Q\n", fill, boxLine/point, x/point, s.up(y+h), w/point, h/point, paint)
}

func (s *stream) image(p *picture, x, y, w, h float64) {
	n := s.next()
	space, filter := "/DeviceRGB", "/DCTDecode"
	if p.gray {
		space = "/DeviceGray"
	}
	if p.png {
		filter = fmt.Sprintf("/FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent %d /Columns %d >>", grayBits, p.size.X)
	}
	s.stream(n, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d /Filter %s", p.size.X, p.size.Y, space, p.bits(), filter), p.packed())
	s.draw("q %.2f 0 0 %.2f %.2f %.2f cm /P%d Do Q\n", w/point, h/point, x/point, s.up(y+h), len(s.now.pictures))
	s.now.pictures = append(s.now.pictures, n)
}

// finish writes the faces and what holds all together; it takes no other writer than the one it was made with.
func (s *stream) finish(io.Writer) error {
	s.end()
	var kids strings.Builder
	for _, k := range s.kids {
		fmt.Fprintf(&kids, "%d 0 R ", k)
	}
	catalog := fmt.Sprintf("/Type /Catalog /Pages %d 0 R /Metadata %d 0 R /Lang (vi-VN) /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >>]",
		objPages, objAbout, objProfile)
	if len(s.marks) > 0 {
		catalog += fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", objOutlines)
	}
	if len(s.labels) > 0 {
		catalog += " /PageLabels << /Nums [" + s.pageLabels() + "] >>"
	}
	s.outlines()
	s.object(objCatalog, "<< %s >>", catalog)
	s.object(objPages, "<< /Type /Pages /Count %d /Kids [%s] >>", len(s.kids), kids.String())
	s.stream(objAbout, "/Type /Metadata /Subtype /XML", s.about.xmp())
	s.stream(objProfile, "/N 3 /Filter /FlateDecode", deflated(sRGB()))
	for st, f := range s.faces {
		if len(f.used) > 0 {
			f.write(s, objFirstFace+st*objsOfFace)
		}
	}
	if s.err == nil {
		s.err = s.w.Flush()
	}
	id := s.sum.Sum(nil)[:16]
	start := s.at
	s.print("xref\n0 %d\n", len(s.offs))
	for _, at := range s.offs {
		if at == 0 { // nothing is there
			s.print("%010d 65535 f \n", 0)
			continue
		}
		s.print("%010d 00000 n \n", at)
	}
	s.print("trailer\n<< /Size %d /Root %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n", len(s.offs), objCatalog, id, id, start)
	if s.err == nil {
		s.err = s.w.Flush()
	}
	return s.err
}

func (s *stream) pageLabels() string {
	var b strings.Builder
	for _, l := range s.labels {
		fmt.Fprintf(&b, "%d << /P %s", l.from, pdfText(l.prefix))
		if l.roman {
			b.WriteString(" /S /r")
		}
		b.WriteString(" >> ")
	}
	return b.String()
}

// outlines writes the tree of bookmarks.
func (s *stream) outlines() {
	if len(s.marks) == 0 {
		s.object(objOutlines, "<< /Type /Outlines >>")
		return
	}
	first := s.next()
	for range s.marks[1:] {
		s.next()
	}
	end := func(i int) int { // the bookmark after those below i
		k := i + 1
		for k < len(s.marks) && s.marks[k].level > s.marks[i].level {
			k++
		}
		return k
	}
	// family writes what is below a bookmark, and tells the first and the last of it, and how many there are.
	var family func(from, to, parent int) (head, last, count int)
	family = func(from, to, parent int) (head, last, count int) {
		head, before := first+from, 0
		for i := from; i < to; i = end(i) {
			m, n := s.marks[i], first+i
			entry := fmt.Sprintf("/Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]", pdfText(m.title), parent, s.kids[min(m.page, len(s.kids)-1)])
			if before > 0 {
				entry += fmt.Sprintf(" /Prev %d 0 R", before)
			}
			if end(i) < to {
				entry += fmt.Sprintf(" /Next %d 0 R", first+end(i))
			}
			if end(i) > i+1 {
				h, l, n := family(i+1, end(i), first+i)
				entry += fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count -%d", h, l, n)
			}
			s.object(n, "<< %s >>", entry)
			before, last = n, n
			count++
		}
		return head, last, count
	}
	head, last, count := family(0, len(s.marks), objOutlines)
	s.object(objOutlines, "<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>", head, last, count)
}

// pdfText is words as a PDF has them outside of its pages: in UTF-16.
func pdfText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}

// xmp says what the file is (ISO 16684-1), and that it is PDF/A-2b.
func (a about) xmp() []byte {
	made := a.made.Format("2006-01-02T15:04:05Z07:00")
	return []byte(`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escape(strings.ReplaceAll(clean(a.title), "\n", " ")) + `</rdf:li></rdf:Alt></dc:title><xmp:CreatorTool>Butluc</xmp:CreatorTool><xmp:CreateDate>` + made + `</xmp:CreateDate><xmp:ModifyDate>` + made + `</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`)
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data) // to memory
	_ = z.Close()
	return b.Bytes()
}
