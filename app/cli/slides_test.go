package cli

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library/intake/office"
)

// Slides that were written open in Impress, with each picture where it belongs and the notes below it; and slides that come in,
// in each of the forms that offices have them, are evidence of as many pages, told by their content, whatever they are called.
func TestSlidesOpenInImpressAndComeInFromIt(t *testing.T) {
	inFullOnly(t)
	program := office.Find()
	if program == "" {
		t.Skip("LibreOffice is not installed")
	}
	atHome(t)
	temp := t.TempDir()
	dir := filepath.Join(temp, "Vụ án")
	ends(t, "demo", dir, "--no-window")
	if err := os.Remove(filepath.Join(dir, "Tập 5 - Truy tố", "Danh sách người cần triệu tập.docx")); err != nil {
		t.Fatal(err)
	}
	slides := filepath.Join(temp, "slides.pptx")
	ends(t, "outline", dir, "print", "--as", "slides", "--own-use", "-o", slides)
	convert := func(to, filter string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(temp, "profile")), "--headless", "--convert-to", to+filter, "--outdir", temp, slides).CombinedOutput()
		made := filepath.Join(temp, "slides."+to)
		if _, statErr := os.Stat(made); statErr != nil {
			t.Skipf("this LibreOffice makes no %s, as without Impress: %v\n%s", to, err, out)
		}
		return made
	}
	withNotes, err := os.ReadFile(convert("pdf", `:impress_pdf_Export:{"ExportNotesPages":{"type":"boolean","value":"true"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, withNotes); !strings.Contains(text, "BL65,Cáotrạng") || !strings.Contains(text, "Bịcáocónhậnracondaonàykhông?") {
		t.Errorf("Impress reads %q", text)
	}
	in := filepath.Join(temp, "in")
	if err := os.Mkdir(in, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]string{"BL 1-22 trình chiếu": slides, "BL 101-122 mở": convert("odp", ""), "BL 201-222 cũ": convert("ppt", "")} {
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(in, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	status, out, errs := verbOf("scan", in, "--json")
	if status != 0 || strings.Count(out, `"kind": "office"`)+strings.Count(out, `"kind":"office"`) != 3 || strings.Count(out, `"pages": 22`)+strings.Count(out, `"pages":22`) != 3 {
		t.Fatalf("exit status %d: %s%s", status, out, errs)
	}
	picture := func(args ...string) *image.RGBA {
		file := filepath.Join(t.TempDir(), "x.png")
		ends(t, append(append([]string{"show"}, args...), "--size", "960x540", "-o", file)...)
		return pictureIn(t, file)
	}
	for n, folio := range map[int]string{1: "65", 2: "71"} { // the pages that the first steps show
		want := picture(dir, "--folio", folio)
		for _, first := range []int{0, 100, 200} {
			got := picture(in, "--folio", fmt.Sprint(first+n))
			if d := apart(want, got); d > 8 {
				t.Errorf("slide %d of the file that begins at %d is another picture than BL %s: they are %.1f apart", n, first+1, folio, d)
			}
		}
		if d := apart(want, picture(in, "--folio", fmt.Sprint(3))); d < 16 {
			t.Errorf("BL %s is only %.1f apart from another slide: this test can't fail", folio, d)
		}
	}
}

// apart is how far the pictures that stand on black in two frames are from each other, in brightness, 0 to 255: the mean over a
// grid, each from its own edges.
func apart(a, b *image.RGBA) float64 {
	const cells = 24
	one, two := cellsOf(a, cells), cellsOf(b, cells)
	sum := 0.0
	for i := range one {
		d := one[i] - two[i]
		sum += max(d, -d)
	}
	return sum / float64(len(one))
}

func cellsOf(img *image.RGBA, cells int) []float64 {
	bright := func(x, y int) float64 {
		p := img.Pix[img.PixOffset(x, y):]
		return (float64(p[0]) + float64(p[1]) + float64(p[2])) / 3
	}
	var at image.Rectangle
	for y := range img.Rect.Dy() * 94 / 100 { // not the line that names the page
		for x := range img.Rect.Dx() {
			if bright(x, y) > 90 {
				at = at.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	list := make([]float64, cells*cells)
	for i := range list {
		part := image.Rect(at.Min.X+i%cells*at.Dx()/cells, at.Min.Y+i/cells*at.Dy()/cells, at.Min.X+(i%cells+1)*at.Dx()/cells, at.Min.Y+(i/cells+1)*at.Dy()/cells)
		for y := part.Min.Y; y < part.Max.Y; y++ {
			for x := part.Min.X; x < part.Max.X; x++ {
				list[i] += bright(x, y)
			}
		}
		list[i] /= float64(max(1, part.Dx()*part.Dy()))
	}
	return list
}
