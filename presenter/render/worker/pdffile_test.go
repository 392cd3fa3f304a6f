//go:build cgo

package worker

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"butluc/library"
)

// onePage writes a PDF of one page of 200 by 200 points with these operators, resources and other entries of the page. objects
// are numbered from 10.
func onePage(contents, resources, page string, objects ...string) []byte {
	return onePageOf("", "", contents, resources, page, objects...)
}

// onePageOf is onePage with other entries of the catalog and the trailer.
func onePageOf(catalog, trailer, contents, resources, page string, objects ...string) []byte {
	var b bytes.Buffer
	at := map[int]int{}
	object := func(number int, body string) {
		at[number] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", number, body)
	}
	b.WriteString("%PDF-1.7\n")
	object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R 11 0 R]/D<</ON[10 0 R]/OFF[11 0 R]>>>>"+catalog+">>")
	object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	object(3, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<%s>>%s>>", resources, page))
	object(4, stream("", contents))
	for i, body := range objects {
		object(10+i, body)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 1\n0000000000 65535 f \n")
	for number, offset := range at {
		fmt.Fprintf(&b, "%d 1\n%010d 00000 n \n", number, offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", 10+len(objects), trailer, table)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// drawPDF draws a page of one PDF, 200 by 200 pixels.
func drawPDF(t *testing.T, data []byte) (*image.RGBA, *reply) {
	t.Helper()
	silence()
	d := &document{key: key{kind: library.KindPDF}, data: data}
	if err := d.open(nil); err != nil {
		t.Fatal(err)
	}
	defer d.close()
	r := &reply{}
	if err := d.render(0, library.WholePage, 0, image.Pt(200, 200), r); err != nil {
		t.Fatal(err)
	}
	defer r.free()
	return &image.RGBA{Pix: bytes.Clone(r.payload), Stride: 4 * r.Width, Rect: image.Rect(0, 0, r.Width, r.Height)}, r
}

func wantWhole(t *testing.T, r *reply, whole bool) {
	t.Helper()
	if r.Incomplete == whole {
		t.Errorf("incomplete %v (%s)", r.Incomplete, strings.Join(r.Warnings, "; "))
	}
}

// dark is the least light of a part of a picture, 0 to 255.
func dark(img *image.RGBA, r image.Rectangle) uint8 {
	least := uint8(255)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			least = min(least, color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
		}
	}
	return least
}
