//go:build cgo

package worker

import (
	"bytes"
	"image"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"butluc/library"
)

// A PDF whose end is missing is drawn as far as it goes, and each page says that it may lack something: MuPDF puts such
// a file together again and is silent where nothing contradicts it. What only stands differently is whole.
func TestACutPDFIsNotTakenForWhole(t *testing.T) {
	whole := fivePages(t)
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{
		"whole":                            {whole, false},
		"with zeros behind":                {append(bytes.Clone(whole), make([]byte, 20<<10)...), false},
		"with a mail gateway's line":       {append(bytes.Clone(whole), "\r\n-- \r\nscanned\r\n"...), false},
		"with a table that points nowhere": {bytes.ReplaceAll(whole, []byte("0000000"), []byte("0000001")), false},
		"cut in the table":                 {whole[:bytes.LastIndex(whole, []byte("trailer"))-50], true},
		"cut behind its objects":           {whole[:bytes.LastIndex(whole, []byte("xref\n0 "))], true},
	} {
		t.Run(name, func(t *testing.T) {
			silence()
			d := &document{key: key{kind: library.KindPDF}, data: c.data, begin: func(int) {}}
			if err := d.open(nil); err != nil {
				t.Fatal(err)
			}
			defer d.close()
			for page := range d.pages() {
				silence()
				r := &reply{}
				if err := d.render(page, library.WholePage, 0, image.Pt(200, 200), r); err != nil {
					continue // said of this page, in words
				}
				r.free()
				if r.Incomplete != c.want {
					t.Errorf("page %d: incomplete %v, want %v (%s)", page+1, r.Incomplete, c.want, strings.Join(r.Warnings, "; "))
				}
			}
		})
	}
}

func fivePages(t *testing.T) []byte {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetFont("Helvetica", "", 12)
	for range 5 {
		pdf.AddPage()
		for range 40 {
			pdf.CellFormat(0, 6, "what stands here is told by whoever saw it", "", 1, "L", false, 0, "")
		}
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
