//go:build unix

package render_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"math"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifregular"

	"butluc/library"
	"butluc/presenter/render"
)

// inks are colours that even a pixel at a letter's edge tells from each other.
var inks = [][3]int{{0, 0, 0}, {255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {0, 255, 255}, {255, 0, 255}, {255, 255, 0}}

// inkAt is the index of the ink that most of a pixel is, or -1.
func inkAt(pic *image.RGBA, x, y int) int {
	c := pic.RGBAAt(x, y)
	if min(c.R, c.G, c.B) > 128 {
		return -1
	}
	for i, ink := range inks {
		if (c.R > 190) == (ink[0] > 0) && (c.G > 190) == (ink[1] > 0) && (c.B > 190) == (ink[2] > 0) {
			return i
		}
	}
	return -1
}

// serifPDF is an A4 page that draw writes on, in points from the upper left corner, in a face that has
// every Vietnamese letter.
func serifPDF(draw func(*fpdf.Fpdf)) []byte {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes("serif", "", liberationserifregular.TTF)
	pdf.SetFont("serif", "", 14)
	pdf.AddPage()
	draw(pdf)
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// turnedPDF gives the pages of a PDF that have an ArtBox a /Rotate in its place.
func turnedPDF(pdf []byte, degrees int) []byte {
	return regexp.MustCompile(`/ArtBox \[[^]]*\]`).ReplaceAllFunc(pdf, func(box []byte) []byte {
		rotate := fmt.Appendf(nil, "/Rotate %d", degrees)
		return append(rotate, bytes.Repeat([]byte(" "), len(box)-len(rotate))...) // the file's offsets stay
	})
}

func mustLines(t testing.TB, r *render.Renderer, src render.Source, page int, turn library.Turn) []library.Line {
	t.Helper()
	lines, err := r.Lines(t.Context(), render.LaneView, src, page, turn)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func textOf(lines []library.Line) string {
	var list []string
	for _, l := range lines {
		list = append(list, l.Text())
	}
	return strings.Join(list, "\n")
}

// Given words that are each written in an ink of their own, when their page is drawn, then all of an ink
// is in its word's box, whichever way the page is turned by the file and by the person.
func TestTheInkOfAWordIsInItsBox(t *testing.T) {
	words := []string{"QUYẾT", "ĐỊNH", "Ổn", "gyp", "khởi", "tố", "BỊ"}
	draw := func(pdf *fpdf.Fpdf) {
		x := 90.0
		for i, w := range words {
			pdf.SetTextColor(inks[i][0], inks[i][1], inks[i][2])
			pdf.Text(x, 200, w)
			x += pdf.GetStringWidth(w + " ")
		}
	}
	cropped := func(pdf *fpdf.Fpdf) {
		draw(pdf)
		pdf.SetPageBox("crop", 50, 500, 400, 300)
		pdf.SetPageBox("art", 0, 0, 10, 10)
	}
	r := open(t, render.Options{})
	for name, data := range map[string][]byte{
		"plain.pdf": serifPDF(draw), "cropped.pdf": serifPDF(cropped),
		// Many a font's accents stand out of the height that it tells.
		"low.pdf":        bytes.ReplaceAll(serifPDF(draw), []byte("/Ascent 891"), []byte("/Ascent 600")),
		"cropped 90.pdf": turnedPDF(serifPDF(cropped), 90), "cropped 270.pdf": turnedPDF(serifPDF(cropped), 270),
	} {
		src := sourceOf(t, write(t, name, data), library.KindPDF)
		for turn := range library.Turn(4) {
			lines := mustLines(t, r, src, 0, turn)
			if got, want := textOf(lines), strings.Join(words, " "); got != want {
				t.Fatalf("%s: lines %q, want %q", name, got, want)
			}
			line := lines[0]
			pic := mustRender(t, r, render.Request{Source: src, Turn: turn, Max: image.Pt(2000, 2000)}).Image
			w, h := float64(pic.Rect.Dx()), float64(pic.Rect.Dy())
			touched := func(b library.Rect) image.Rectangle { // by a box: pixels
				return image.Rect(int(b.X0*w), int(b.Y0*h), int(b.X1*w)+1, int(b.Y1*h)+1)
			}
			marked := make([]image.Rectangle, len(words)) // by each ink
			for y := range pic.Rect.Dy() {
				for x := range pic.Rect.Dx() {
					if i := inkAt(pic, x, y); i >= 0 {
						marked[i] = marked[i].Union(image.Rect(x, y, x+1, y+1))
					}
				}
			}
			for i, word := range line.Words {
				box, ink := touched(word.Box), marked[i]
				if ink.Empty() || !ink.In(box) {
					t.Errorf("%s turn %d: %s has ink in %v, and the box %v", name, turn, word.Text, ink, box)
				}
				if long, wide := max(box.Dx(), box.Dy()), max(ink.Dx(), ink.Dy()); len(word.Text) > 4 && wide*10 < long*8 {
					t.Errorf("%s turn %d: %s is %d pixels long and its box %d", name, turn, word.Text, wide, long)
				}
				if whole := touched(line.Box); !box.In(whole) {
					t.Errorf("%s turn %d: the box %v is outside of its line's %v", name, turn, box, whole)
				}
			}
		}
	}
}

// near tells whether two boxes are the same but for a thousandth of the page.
func near(a, b library.Rect) bool {
	return max(math.Abs(a.X0-b.X0), math.Abs(a.Y0-b.Y0), math.Abs(a.X1-b.X1), math.Abs(a.Y1-b.Y1)) < 0.001
}

// rawPDF is a PDF of these objects, of which the first is the catalogue.
func rawPDF(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	xref := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		xref += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj %s endobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "%strailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", xref, len(objects)+1, b.Len())
	return b.Bytes()
}

func stream(data string) string {
	return fmt.Sprintf("<</Length %d>> stream\n%s\nendstream", len(data), data)
}

// glyphless is a font whose only glyph has no outline, as recognisers of text put over scans.
func glyphless() string {
	be := func(values ...any) string {
		var b bytes.Buffer
		for _, v := range values {
			if err := binary.Write(&b, binary.BigEndian, v); err != nil {
				panic(err)
			}
		}
		return b.String()
	}
	tables := []struct{ tag, data string }{
		{"glyf", ""},
		{"head", be(int32(1<<16), int32(0), int32(0), uint32(0x5f0f3cf5), int16(0), int16(1000), [17]int16{})},
		{"hhea", be(int32(1<<16), int16(800), int16(-200), [13]int16{}, int16(1))},
		{"hmtx", be(int16(500), int16(0))},
		{"loca", be([2]int16{})},
		{"maxp", be(int32(0x5000), int16(1))},
	}
	directory, data := be(int32(1<<16), int16(len(tables)), [3]int16{}), ""
	for _, t := range tables {
		directory += t.tag + be(int32(0), int32(12+16*len(tables)+len(data)), int32(len(t.data)))
		data += t.data + strings.Repeat("\x00", -len(t.data)&3)
	}
	return directory + data
}

// Given a scan with a layer of recognised text, which nobody sees and whose letters have no shape, its
// words have boxes with the height of a line.
func TestRecognisedTextHasBoxes(t *testing.T) {
	src := sourceOf(t, write(t, "scan.pdf", rawPDF(
		"<</Type /Catalog /Pages 2 0 R>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1>>",
		"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>",
		stream("BT 3 Tr /F 20 Tf 100 150 Td <0042006900200063> Tj ET"),
		"<</Type /Font /Subtype /Type0 /BaseFont /GlyphLessFont /Encoding /Identity-H "+
			"/DescendantFonts [6 0 R] /ToUnicode 7 0 R>>",
		"<</Type /Font /Subtype /CIDFontType2 /BaseFont /GlyphLessFont /DW 500 /CIDToGIDMap 8 0 R /FontDescriptor 9 0 R "+
			"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>",
		stream("begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "+
			"1 beginbfrange <0000> <00ff> <0000> endbfrange endcmap"),
		stream(strings.Repeat("\x00", 512)),
		"<</Type /FontDescriptor /FontName /GlyphLessFont /Flags 5 /FontBBox [0 0 500 1000] /Ascent 800 /Descent -200 "+
			"/CapHeight 800 /StemV 80 /ItalicAngle 0 /FontFile2 10 0 R>>",
		stream(glyphless()),
	)), library.KindPDF)
	r := open(t, render.Options{})
	if pic := mustRender(t, r, render.Request{Source: src, Max: image.Pt(400, 400)}); len(pic.Warnings) > 0 {
		t.Fatalf("the test's own font is not taken: %q", pic.Warnings)
	}
	lines := mustLines(t, r, src, 0, 0)
	if got := textOf(lines); got != "Bi c" {
		t.Fatalf("lines %q", got)
	}
	want := library.Rect{X0: 100. / 400, Y0: 34. / 200, X1: 140. / 400, Y1: 54. / 200}
	if got := lines[0].Box; !near(got, want) {
		t.Errorf("box %v, want %v", got, want)
	}
}

// Lines are what a person sees as lines: cells beside each other apart, text that runs up or down the page
// with the rest, a watermark and what lies off the page left out.
func TestWhatIsALine(t *testing.T) {
	src := sourceOf(t, write(t, "a.pdf", serifPDF(func(pdf *fpdf.Fpdf) {
		pdf.Text(90, 100, "Bị can  khai nhận tội.")
		pdf.Text(90, 120, "Họ và tên")
		pdf.Text(300, 120, "Nguyễn Văn A")
		pdf.TransformBegin()
		pdf.TransformRotate(90, 50, 400)
		pdf.Text(50, 400, "bên lề")
		pdf.TransformEnd()
		pdf.TransformBegin()
		pdf.TransformRotate(45, 300, 400)
		pdf.Text(300, 400, "BẢN SAO")
		pdf.TransformEnd()
		pdf.TransformBegin()
		pdf.TransformRotate(3, 90, 500) // a scan that lay askew
		pdf.Text(90, 500, "hơi nghiêng")
		pdf.TransformEnd()
		pdf.Text(90, 900, "dưới chân trang")
		pdf.Text(90, 300, " ")
	})), library.KindPDF)
	lines := mustLines(t, open(t, render.Options{}), src, 0, 0)
	want := "Bị can khai nhận tội.\nHọ và tên\nNguyễn Văn A\nbên lề\nhơi nghiêng"
	if got := textOf(lines); got != want {
		t.Fatalf("lines\n%s\nwant\n%s", got, want)
	}
	if side := lines[3].Box; side.Y1-side.Y0 < side.X1-side.X0 {
		t.Errorf("the text that runs up the page is in %v", side)
	}
}

// Lines are of what is drawn: a stamp's text too, glyphs rather than what is read aloud in their place, and
// not what a path cuts off.
func TestLinesAreOfWhatIsDrawn(t *testing.T) {
	form := "<</Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources <</Font <</F 5 0 R>>>> "
	stamp := "BT /F 10 Tf 5 5 Td (received) Tj ET"
	src := sourceOf(t, write(t, "a.pdf", rawPDF(
		"<</Type /Catalog /Pages 2 0 R>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1>>",
		"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>> "+
			"/Annots [<</Type /Annot /Subtype /Stamp /F 4 /Rect [200 20 300 40] /AP <</N 6 0 R>>>>]>>",
		stream("BT /F 20 Tf 50 150 Td /Span <</ActualText (one two three)>> BDC (ab cd) Tj EMC ET "+
			"q 0 100 400 100 re W n BT /F 20 Tf 50 50 Td (hidden) Tj ET Q"),
		"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
		strings.Replace(stream(stamp), "<<", form, 1),
	)), library.KindPDF)
	lines := mustLines(t, open(t, render.Options{}), src, 0, 0)
	if got := textOf(lines); got != "ab cd\nreceived" {
		t.Errorf("lines %q", got)
	}
}

// Pictures have no lines, and neither have files whose pages are not drawn; both are no error.
func TestPicturesHaveNoLines(t *testing.T) {
	r := open(t, render.Options{})
	for name, src := range map[string]render.Source{
		"photo": sourceOf(t, write(t, "a.jpg", scanJPEG(200, 300)), library.KindJPEG),
		"scan":  sourceOf(t, write(t, "a.pdf", scanPDF(scanJPEG(200, 300))), library.KindPDF),
		"note":  sourceOf(t, write(t, "a.txt", []byte("chữ")), library.KindText),
	} {
		if lines := mustLines(t, r, src, 0, 1); len(lines) != 0 {
			t.Errorf("%s: %v", name, lines)
		}
	}
	src := sourceOf(t, write(t, "b.pdf", textPDF(1)), library.KindPDF)
	_, err := r.Lines(t.Context(), render.LaneView, src, 1, 0)
	wantFault(t, err, library.FaultBroken, "b.pdf")
}

// A worker that answers what can't be lines is ended, and the error names the file.
func TestLinesOfAHostileWorker(t *testing.T) {
	for answer, good := range map[string]bool{
		`lines [[{"box":{"X0":0,"Y0":0,"X1":1,"Y1":0.5},"text":"x"}]]`: true,
		`lines [[{"box":{"X0":0,"Y0":0,"X1":2,"Y1":0.5},"text":"x"}]]`: false,
		`lines {}`: false,
	} {
		th := newFakeWorkers(t)
		r := th.open(render.Options{Workers: 2})
		errs := make(chan error, 1)
		go func() {
			lines, err := r.Lines(context.Background(), render.LaneView, wish("page").Source, 0, 0)
			if err == nil && (len(lines) != 1 || lines[0].Box.Y1 != 0.5) {
				err = fmt.Errorf("lines %v", lines)
			}
			errs <- err
		}()
		th.expect("page").do(t, answer)
		switch err := <-errs; {
		case !good:
			wantFault(t, err, library.FaultCrashed, "page")
		case err != nil:
			t.Error(err)
		}
	}
}

// Lines are not kept waiting by a case that is read in the background, and who stops waiting for them
// is answered at once, though a worker is still at it.
func TestLinesWaitForNobody(t *testing.T) {
	th := newFakeWorkers(t)
	r := th.open(render.Options{Workers: 2})
	errs := make(chan error, 2) // of those who get ErrClosed at the end
	go func() {
		_, err := r.Inspect(context.Background(), wish("case").Source)
		errs <- err
	}()
	th.expect("case")
	go func() { // would take the other worker, if it were not the court's and the person's
		_, err := r.Text(context.Background(), wish("case").Source, 0)
		errs <- err
	}()
	ctx, cancel := context.WithCancel(context.Background())
	lines := make(chan error, 1)
	go func() {
		_, err := r.Lines(ctx, render.LaneView, wish("page").Source, 0, 0)
		lines <- err
	}()
	th.expect("page")
	cancel()
	if err := <-lines; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if _, err := r.Lines(ctx, render.LaneView, wish("other").Source, 0, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("asked after the end: %v", err)
	}
}

// What MuPDF tells of real files is where their words are drawn: nearly every box has something in it.
func TestCorpusLinesAreOnTheirInk(t *testing.T) {
	needCorpus(t)
	if testing.Short() {
		t.Skip("draws 100 odd files")
	}
	files, _ := filepath.Glob(corpus + "/pdf/*.pdf")
	r := open(t, render.Options{})
	words, blank := 0, 0
	for i, file := range files {
		src, turn := sourceOf(t, file, library.KindPDF), library.Turn(i%4)
		lines, err := r.Lines(t.Context(), render.LaneView, src, 0, turn)
		pic, noPic := r.Render(t.Context(), render.Request{Source: src, Turn: turn, Max: image.Pt(1500, 1500)})
		if err != nil && noPic == nil {
			t.Errorf("%s is drawn, but has no lines: %v", file, err)
		}
		if err != nil || noPic != nil {
			continue
		}
		for _, l := range lines {
			for _, w := range l.Words {
				if words++; flat(pic.Image, w.Box) {
					blank++
					t.Logf("%s: nothing at %q", filepath.Base(file), w.Text)
				}
			}
		}
	}
	if t.Logf("%d words", words); words < 3000 || blank > words/200 {
		t.Errorf("%d of %d words stand where nothing is drawn", blank, words)
	}
}

// flat tells whether all pixels of a box are alike.
func flat(pic *image.RGBA, box library.Rect) bool {
	w, h := float64(pic.Rect.Dx()), float64(pic.Rect.Dy())
	low, high := [3]uint8{255, 255, 255}, [3]uint8{}
	for y := int(box.Y0 * h); y < int(box.Y1*h); y++ {
		for x := int(box.X0 * w); x < int(box.X1*w); x++ {
			c := pic.RGBAAt(x, y)
			for i, v := range [3]uint8{c.R, c.G, c.B} {
				low[i], high[i] = min(low[i], v), max(high[i], v)
			}
		}
	}
	return max(int(high[0])-int(low[0]), int(high[1])-int(low[1]), int(high[2])-int(low[2])) < 30
}
