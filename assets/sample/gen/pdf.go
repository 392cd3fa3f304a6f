package main

import (
	"bytes"
	"fmt"
	"strings"
)

// pdfPage is one scanned page: a JPEG that fills it, and what was put over it afterwards.
type pdfPage struct {
	jpeg      []byte
	w, h      int // pixels
	grey      bool
	rotate    int    // quarter turns clockwise, as the viewer must turn the page
	stamp     string // a Stamp annotation's appearance stream, in a box of stampBox points
	stampRect [4]float64
}

const pdfDPI = 150

// writePDF makes a PDF of scanned pages, without any text. It is written here, not with a
// library, for the annotation, and so that the bytes depend on nothing else.
func writePDF(pages []pdfPage) []byte {
	w := &pdfWriter{}
	w.b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	var kids []string
	const first = 4 // the first object after catalogue, page tree and information
	next := first
	for _, p := range pages {
		page, image, content, annot, form := next, next+1, next+2, next+3, next+4
		next += 3
		annots := ""
		if p.stamp != "" {
			next += 2
			annots = fmt.Sprintf("/Annots [%d 0 R]", annot)
		}
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		wide, high := float64(p.w)*72/pdfDPI, float64(p.h)*72/pdfDPI
		w.object(page, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Rotate %d /Resources << /XObject << /Im0 %d 0 R >> >> /Contents %d 0 R %s >>",
			wide, high, p.rotate*90, image, content, annots))
		space := "/DeviceRGB"
		if p.grey {
			space = "/DeviceGray"
		}
		w.stream(image, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8 /Filter /DCTDecode", p.w, p.h, space), p.jpeg)
		w.stream(content, "", fmt.Appendf(nil, "q %.2f 0 0 %.2f 0 0 cm /Im0 Do Q", wide, high))
		if p.stamp != "" {
			r := p.stampRect
			w.object(annot, fmt.Sprintf("<< /Type /Annot /Subtype /Stamp /Name /Received /F 4 /P %d 0 R /Rect [%.2f %.2f %.2f %.2f] /M (D:20250922090000+07'00') /AP << /N %d 0 R >> >>",
				page, r[0], r[1], r[2], r[3], form))
			w.stream(form, fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources << >>", r[2]-r[0], r[3]-r[1]), []byte(p.stamp))
		}
	}
	w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	w.object(2, fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), strings.Join(kids, " ")))
	w.object(3, "<< /Producer (Butluc sample) /CreationDate (D:20251120080000+07'00') >>")
	return w.finish(next)
}

type pdfWriter struct {
	b  bytes.Buffer
	at map[int]int
}

func (w *pdfWriter) object(n int, s string) {
	w.begin(n)
	fmt.Fprintf(&w.b, "%s\nendobj\n", s)
}

func (w *pdfWriter) stream(n int, dict string, data []byte) {
	w.begin(n)
	fmt.Fprintf(&w.b, "<< %s /Length %d >>\nstream\n", dict, len(data))
	w.b.Write(data)
	w.b.WriteString("\nendstream\nendobj\n")
}

func (w *pdfWriter) begin(n int) {
	if w.at == nil {
		w.at = map[int]int{}
	}
	w.at[n] = w.b.Len()
	fmt.Fprintf(&w.b, "%d 0 obj\n", n)
}

func (w *pdfWriter) finish(count int) []byte {
	xref := w.b.Len()
	fmt.Fprintf(&w.b, "xref\n0 %d\n0000000000 65535 f \n", count)
	for n := 1; n < count; n++ {
		fmt.Fprintf(&w.b, "%010d 00000 n \n", w.at[n])
	}
	fmt.Fprintf(&w.b, "trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n", count, xref)
	return w.b.Bytes()
}

// receivedStamp is the appearance of an office's "received" stamp, in red lines and letters drawn
// as outlines, since a form of four lines is not worth a font.
func receivedStamp(w, h float64) string {
	var b strings.Builder
	b.WriteString("0.78 0.1 0.12 RG 0.78 0.1 0.12 rg 1.6 w\n")
	fmt.Fprintf(&b, "1 1 %.2f %.2f re S 0.7 w 3.5 3.5 %.2f %.2f re S\n", w-2, h-2, w-7, h-7)
	rows := []struct {
		face *typeface
		size float64
		y    float64
		text string
	}{
		{sansBold, 8.2, h - 16, "VKSND KHU VỰC 3 - THANH LÂM"},
		{sansBold, 14, h - 34, "ĐẾN"},
		{sans, 8.6, h - 49, "Số: 412      Ngày 22 tháng 9 năm 2025"},
		{sans, 8.6, h - 61, "Chuyển: đ/c Lê Thục Quyên - KSV"},
	}
	for _, row := range rows {
		x := (w - row.face.width(row.size, row.text)) / 2
		shape := row.face.outline(row.size, pt{x, -row.y}, row.text)
		var last pt
		for _, o := range shape.ops {
			p := o.p
			switch o.n {
			case 0:
				fmt.Fprintf(&b, "%.2f %.2f m\n", p[0].x, -p[0].y)
			case 1:
				fmt.Fprintf(&b, "%.2f %.2f l\n", p[0].x, -p[0].y)
			case 2: // PDF knows cubic curves only
				c1 := pt{last.x + (p[0].x-last.x)*2/3, last.y + (p[0].y-last.y)*2/3}
				c2 := pt{p[1].x + (p[0].x-p[1].x)*2/3, p[1].y + (p[0].y-p[1].y)*2/3}
				fmt.Fprintf(&b, "%.2f %.2f %.2f %.2f %.2f %.2f c\n", c1.x, -c1.y, c2.x, -c2.y, p[1].x, -p[1].y)
			}
			last = o.points()[len(o.points())-1]
		}
		b.WriteString("f\n")
	}
	return b.String()
}
