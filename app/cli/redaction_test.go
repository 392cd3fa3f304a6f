package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
)

// inFullOnly skips what is long and has no goroutines of its own where tests are to be short.
func inFullOnly(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: it draws many pictures, one after another; the unit tests run it in full")
	}
}

// Promise 12: what a redaction hides is in no pixel that leaves the program, however the page is shown.
func TestNoPictureOfARedactedPageTellsWhatIsHidden(t *testing.T) {
	inFullOnly(t)
	w := newTwins(t)
	for name, args := range map[string][]string{
		"whole page":              {"--page", recordFile + "#1"},
		"by folio":                {"--folio", "1"},
		"turned":                  {"--page", recordFile + "#1", "--turn", "90"},
		"upright by the outline":  {"--page", recordFile + "#3"},
		"on a large screen":       {"--page", recordFile + "#1", "--size", "3840x2160"},
		"on a tiny one":           {"--page", recordFile + "#1", "--size", "160x90"},
		"page's redaction":        {"--step", "page"},
		"step's redaction":        {"--step", "step"},
		"side by side":            {"--step", "both"},
		"page's, from near":       {"--step", "near-page"},
		"step's, from near":       {"--step", "near-step"},
		"step's, near and larger": {"--step", "near-step", "--size", "2560x1600"},
	} {
		files := w.write(t, "x.png", append([]string{"show", "CASE"}, args...)...)
		if !bytes.Equal(files[0], files[1]) {
			t.Errorf("%s: the pictures differ", name)
		}
		if bytes.Contains(files[0], []byte(w.words[0])) {
			t.Errorf("%s: the file has the hidden word", name)
		}
	}
	if files := w.write(t, "open.png", "show", "CASE", "--page", recordFile+"#4"); bytes.Equal(files[0], files[1]) {
		t.Error("the cases do not differ where nothing is redacted: this test can't fail")
	}
}

func TestNoFileThatIsExportedTellsWhatIsHidden(t *testing.T) {
	inFullOnly(t)
	w := newTwins(t)
	original, err := os.ReadFile(filepath.Join(w.dirs[0], recordFile))
	if err != nil {
		t.Fatal(err)
	}
	if part, found := tells(openPDF(t, original).parts, w.words[0]); !found || !strings.Contains(textOf(t, original), w.words[0]) {
		t.Fatalf("the original's hidden word is not found (%q): this test can't fail", part)
	}
	for _, id := range []string{"page", "step", "both", "near-step"} {
		files := w.write(t, "step.pdf", "show", "CASE", "--step", id)
		w.keepSecret(t, "step "+id+" as PDF", files, openPDF)
		for i, b := range files {
			if text := textOf(t, b); text != "" {
				t.Errorf("step %s of case %d as PDF has a text layer: %q", id, i, text)
			}
		}
	}
	w.keepSecret(t, "page as PDF", w.write(t, "page.pdf", "show", "CASE", "--page", recordFile+"#1"), openPDF)
	// Each of the steps has its picture on paper; none shows the page that is not redacted.
	for _, kind := range []string{"outline", "backup", "list"} {
		files := w.write(t, kind+".pdf", "outline", "CASE", "print", "--as", kind)
		if kind != "list" { // which has no pictures
			w.keepSecret(t, kind+" as PDF", files, openPDF)
		}
		for i, b := range files {
			if text := textOf(t, b); strings.Contains(text, w.words[i]) || text == "" {
				t.Errorf("%s as PDF says %q", kind, text)
			}
		}
	}
	w.keepSecret(t, "outline as DOCX", w.write(t, "outline.docx", "outline", "CASE", "print"), openDOCX)
	for _, own := range []string{"--own-use=false", "--own-use"} {
		w.keepSecret(t, "slides "+own, w.write(t, "slides.pptx", "outline", "CASE", "print", "--as", "slides", own), openDOCX)
	}
	// The second page's redaction is in a step alone; the third is in no step.
	for name, args := range map[string][]string{"bundle": nil, "chosen": {"--page", recordFile + "#1-3"}} {
		files := w.write(t, name+".pdf", append([]string{"bundle", "CASE"}, args...)...)
		w.keepSecret(t, name+" as PDF", files, openPDF)
		for i, b := range files {
			if text := textOf(t, b); strings.Contains(text, w.words[i]) || strings.Contains(text, openWord) {
				t.Errorf("%s has words of the pages below their pictures: %q", name, text)
			}
		}
	}
	if files := w.write(t, "open.pdf", "bundle", "CASE", "--page", recordFile+"#4"); slices.EqualFunc(openPDF(t, files[0]).pictures, openPDF(t, files[1]).pictures, bytes.Equal) {
		t.Error("the bundles do not differ where nothing is redacted: this test can't fail")
	}
}

// A redaction goes with its page: to a file's new name, and to the copies of which one must be the page.
func TestARedactionGoesWithItsFile(t *testing.T) {
	inFullOnly(t)
	for name, move := range map[string]func(t *testing.T, dir string) (now string){
		"renamed": func(t *testing.T, dir string) string {
			return moved(t, dir, "Lời khai.pdf")
		},
		"put into a folder": func(t *testing.T, dir string) string {
			if err := os.Mkdir(filepath.Join(dir, "Tập 1"), 0o700); err != nil {
				t.Fatal(err)
			}
			return moved(t, dir, "Tập 1/"+recordFile)
		},
		"renamed, and there twice": func(t *testing.T, dir string) string {
			now := moved(t, dir, "Lời khai.pdf")
			b, err := os.ReadFile(filepath.Join(dir, now))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, "Lời khai (bản sao).pdf"), b, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			return now
		},
		"renamed, and another in its place": func(t *testing.T, dir string) string {
			now := moved(t, dir, "Lời khai cũ.pdf")
			writeRecord(t, filepath.Join(dir, recordFile), "BANQUETMOI12")
			return now
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwins(t)
			var page string
			for _, dir := range w.dirs {
				page = move(t, dir)
			}
			for _, number := range []string{"#1", "#3"} {
				if files := w.write(t, "moved.png", "show", "CASE", "--page", page+number); !bytes.Equal(files[0], files[1]) {
					t.Errorf("what is redacted on page %s is seen", number)
				}
			}
			if files := w.write(t, "open.png", "show", "CASE", "--page", page+"#4"); bytes.Equal(files[0], files[1]) {
				t.Error("the cases do not differ where nothing is redacted: this test can't fail")
			}
		})
	}
}

// moved gives the record another name.
func moved(t *testing.T, dir, to string) string {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, recordFile), filepath.Join(dir, filepath.FromSlash(to))); err != nil {
		t.Fatal(err)
	}
	return to
}

// noise is a photographed page: noise, so that each point that a filter carries out of the hidden part tells,
// and a colour in the hidden part. Blocks of JPEG do not lie across its edge.
func noise(size image.Point, hidden image.Rectangle, variant int) image.Image {
	img := image.NewRGBA(image.Rectangle{Max: size})
	seed := uint32(1)
	for i := range img.Pix {
		seed = seed*1664525 + 1013904223
		img.Pix[i] = uint8(seed >> 24)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	inside := [2]color.RGBA{{255, 0, 0, 255}, {0, 255, 255, 255}}[variant]
	draw.Draw(img, hidden, image.NewUniform(inside), image.Point{}, draw.Src)
	return img
}

func grayOf(img image.Image) image.Image {
	gray := image.NewGray(img.Bounds())
	draw.Draw(gray, gray.Rect, img, image.Point{}, draw.Src)
	return gray
}

// What is hidden in a scan reaches up to the very edge of its redaction, and the court looks at that edge from
// near: the renderer's filters, which enlarge, carry nothing of it past what is painted black.
func TestEnlargingAScanCarriesNothingOutOfARedaction(t *testing.T) {
	inFullOnly(t)
	encode := map[string]func(io.Writer, image.Image) error{
		"png": png.Encode,
		"jpg": func(w io.Writer, img image.Image) error { return jpeg.Encode(w, img, &jpeg.Options{Quality: 90}) },
		"gray.jpg": func(w io.Writer, img image.Image) error {
			return jpeg.Encode(w, grayOf(img), &jpeg.Options{Quality: 90})
		},
	}
	for _, size := range []image.Point{{480, 640}, {2400, 1680}} {
		hidden := image.Rect(size.X*2/5, size.Y*2/5, size.X*3/5, size.Y/2)
		hidden = image.Rectangle{hidden.Min.Div(16).Mul(16), hidden.Max.Div(16).Mul(16)}
		x, y := func(v int) float64 { return float64(v) / float64(size.X) }, func(v int) float64 { return float64(v) / float64(size.Y) }
		for ending, write := range encode {
			for _, inPDF := range []bool{false, true} {
				t.Run(fmt.Sprint(size.X, "x", size.Y, " ", ending, " in a PDF ", inPDF), func(t *testing.T) {
					atHome(t)
					w := &twins{out: t.TempDir()}
					name := "Ảnh." + ending
					if inPDF {
						name = "Ảnh.pdf"
					}
					var steps []object
					for i, at := range [][2]float64{ // corners of the hidden part, in the middle of the view or near it
						{x(hidden.Min.X), y(hidden.Min.Y)},
						{x(hidden.Max.X) + 0.0307, y(hidden.Max.Y) - 0.0211},
						{x(hidden.Min.X) - 0.0123, y(hidden.Max.Y) + 0.0177},
					} {
						const eighth = 0.125 / 2
						steps = append(steps, object{"id": fmt.Sprint("s", i), "panes": []object{{
							"page": name + "#1", "view": []float64{at[0] - eighth, at[1] - eighth, at[0] + eighth, at[1] + eighth},
							"marks": []object{drawn("callout", at[0]-0.03, at[1]-0.03, at[0]+0.03, at[1]+0.03)},
						}}})
					}
					outline, err := json.Marshal(object{
						"format": "butluc-outline", "version": 2,
						"phases": []object{{"title": "Hỏi", "scenarios": []object{{"title": "Một", "steps": steps}}}},
						"pages":  []object{{"page": name + "#1", "marks": []object{drawn("redaction", x(hidden.Min.X), y(hidden.Min.Y), x(hidden.Max.X), y(hidden.Max.Y))}}},
					})
					list := filepath.Join(w.out, "outline.json")
					if err == nil {
						err = os.WriteFile(list, outline, 0o600)
					}
					if err != nil {
						t.Fatal(err)
					}
					for i := range w.dirs {
						w.dirs[i] = t.TempDir()
						var b bytes.Buffer
						if err := write(&b, noise(size, hidden, i)); err != nil {
							t.Fatal(err)
						}
						data := b.Bytes()
						if inPDF {
							data = pictureAsPDF(t, data, ending[len(ending)-3:], size)
						}
						if err := os.WriteFile(filepath.Join(w.dirs[i], name), data, 0o600); err != nil {
							t.Fatal(err)
						}
						ends(t, "outline", w.dirs[i], "import", list)
					}
					for i := range steps {
						files := w.write(t, "near.png", "show", "CASE", "--step", fmt.Sprint("s", i))
						if !bytes.Equal(files[0], files[1]) {
							t.Errorf("view %d: the frames differ %s", i, reach(t, files))
						}
					}
				})
			}
		}
	}
}

// pictureAsPDF is a page of a picture's proportions with nothing but that picture.
func pictureAsPDF(t *testing.T, data []byte, ending string, size image.Point) []byte {
	t.Helper()
	sheet := fpdf.SizeType{Wd: wide, Ht: wide * float64(size.Y) / float64(size.X)}
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: sheet})
	f.AddPage()
	f.RegisterImageOptionsReader("scan", fpdf.ImageOptions{ImageType: ending}, bytes.NewReader(data))
	f.ImageOptions("scan", 0, 0, sheet.Wd, sheet.Ht, false, fpdf.ImageOptions{ImageType: ending}, 0, "")
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// reach says where two PNGs differ.
func reach(t *testing.T, files [2][]byte) string {
	t.Helper()
	var both [2]image.Image
	for i, b := range files {
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		both[i] = img
	}
	var where image.Rectangle
	count := 0
	for y := range both[0].Bounds().Dy() {
		for x := range both[0].Bounds().Dx() {
			if both[0].At(x, y) != both[1].At(x, y) {
				count++
				where = where.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return fmt.Sprintf("in %d pixels of %v", count, where)
}
