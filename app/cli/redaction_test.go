package cli

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"

	"butluc/app/wiring"
	"butluc/library"
	"butluc/presenter/render"
)

// runVerb runs one of the program's verbs in a home of the test's own, and gives its exit status and errors.
func runVerb(t *testing.T, args ...string) (status int, errs string) {
	t.Helper()
	var out, e bytes.Buffer
	status = run(args, &out, &e)
	return status, e.String()
}

// ends runs a verb that ends well.
func ends(t *testing.T, args ...string) {
	t.Helper()
	if status, errs := runVerb(t, args...); status != 0 {
		t.Fatalf("butluc %s: exit status %d: %s", strings.Join(args, " "), status, errs)
	}
}

// atHome gives the test a home of its own.
func atHome(t *testing.T) {
	t.Helper()
	for _, v := range at(t.TempDir()) {
		key, value, _ := strings.Cut(v, "=")
		t.Setenv(key, value)
	}
}

// twins are two case folders that differ in nothing but what redactions hide, and on the last page of their
// file, on which there is none.
type twins struct {
	dirs  [2]string
	words [2]string // hidden
	out   string
}

const (
	recordFile = "BL 1-4 Biên bản ghi lời khai.pdf"
	openWord   = "CONGKHAI" // beside the redactions, for everybody to read
)

// Places on the page, in mm of an A4 sheet.
const (
	hiddenX, hiddenY = 60.0, 100.0 // baseline of the hidden words
	wide, high       = 210.0, 297.0
)

// redacted is the part of the page that the redactions hide.
var redacted = [4]float64{58 / wide, 93 / high, 130 / wide, 104 / high}

// writeRecord writes a record of four pages with a word to hide on each.
func writeRecord(t *testing.T, path, hidden string) {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	pdf.SetTitle(hidden, true)
	pdf.SetKeywords(hidden, true)
	for range 4 {
		pdf.AddPage()
		pdf.SetFont("Courier", "", 18)
		pdf.Text(hiddenX, hiddenY-14, openWord)
		pdf.Text(hiddenX, hiddenY, hidden)
		pdf.Text(hiddenX, hiddenY+14, openWord)
	}
	if err := pdf.OutputFileAndClose(path); err != nil {
		t.Fatal(err)
	}
}

type object = map[string]any

func drawn(kind string, at ...float64) object { return object{"kind": kind, "at": at} }

// marks are a redaction with marks beside and over it, among them a callout that brings what is hidden forward.
func marksAround(r [4]float64) []object {
	return []object{
		drawn("redaction", r[0], r[1], r[2], r[3]),
		drawn("highlight", r[0]-0.05, r[1]-0.01, r[2]+0.05, r[3]+0.01),
		drawn("callout", r[0]+0.05, r[1]-0.04, r[2]+0.1, r[3]+0.04),
		drawn("pen", r[0]-0.02, r[1]-0.02, r[2], r[3], r[2], r[1]),
	}
}

// turned is where a part of the page lies once that is turned to the right.
func turned(r [4]float64) [4]float64 { return [4]float64{1 - r[3], r[0], 1 - r[1], r[2]} }

// outlineOf has the redaction of the first page on the page itself, that of the second in a step; the third
// page was turned before it was redacted.
func outlineOf(view [4]float64) object {
	page := func(n int) string { return fmt.Sprint(recordFile, "#", n) }
	adjust := object{"contrast": 40, "sharpen": 80, "gamma": -20}
	ofPage := object{"page": page(1), "marks": marksAround(redacted)[1:], "adjust": adjust}
	ofStep := object{"page": page(2), "marks": marksAround(redacted), "adjust": adjust}
	near := func(pane object) object {
		zoomed := object{"view": view}
		for k, v := range pane {
			zoomed[k] = v
		}
		return zoomed
	}
	step := func(id string, panes ...object) object {
		return object{"id": id, "title": "Bước " + id, "say": "Vì sao?", "panes": panes}
	}
	return object{
		"format": "butluc-outline", "version": 2, "cover": object{"kind": "criminal", "captions": "full"},
		"phases": []object{{"title": "Xét hỏi", "scenarios": []object{{"title": "Một", "steps": []object{
			step("page", ofPage), step("step", ofStep), step("both", ofPage, ofStep),
			step("near-page", near(ofPage)), step("near-step", near(ofStep)),
		}}}}},
		"pages": []object{
			{"page": page(1), "marks": marksAround(redacted)[:1]},
			{"page": page(3), "turn": 1, "marks": marksAround(turned(redacted))[:1]},
		},
	}
}

func newTwins(t *testing.T) *twins {
	t.Helper()
	atHome(t)
	w := &twins{words: [2]string{"NGUYENTHIHOA", "TRANVANBINHX"}, out: t.TempDir()}
	outline, err := json.Marshal(outlineOf([4]float64{0.25, 0.3, 0.6, 0.4}))
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(w.out, "outline.json")
	if err := os.WriteFile(list, outline, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range w.dirs {
		w.dirs[i] = filepath.Join(t.TempDir(), "Vụ án")
		if err := os.Mkdir(w.dirs[i], 0o700); err != nil {
			t.Fatal(err)
		}
		writeRecord(t, filepath.Join(w.dirs[i], recordFile), w.words[i])
		ends(t, "outline", w.dirs[i], "import", list)
	}
	return w
}

// write lets a verb write a file of each of the cases: "CASE" among the words is the case's folder.
func (w *twins) write(t *testing.T, name string, args ...string) (files [2][]byte) {
	t.Helper()
	for i, dir := range w.dirs {
		path := filepath.Join(w.out, fmt.Sprint(i, name))
		words := slices.Clone(args)
		for k, a := range words {
			if a == "CASE" {
				words[k] = dir
			}
		}
		ends(t, append(words, "-o", path)...)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = b
	}
	return files
}

// spellings are the bytes by which a word may stand in a file.
func spellings(word string) [][]byte {
	units := utf16.Encode([]rune(word))
	big, little := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		big, little = append(big, byte(u>>8), byte(u)), append(little, byte(u), byte(u>>8))
	}
	var all [][]byte
	for _, b := range [][]byte{[]byte(word), big, little} {
		all = append(all, b, []byte(hex.EncodeToString(b)), []byte(strings.ToUpper(hex.EncodeToString(b))))
	}
	return all
}

// tells finds what of a file has a word in it.
func tells(parts map[string][]byte, word string) (part string, found bool) {
	for name, b := range parts {
		for _, s := range spellings(word) {
			if bytes.Contains(b, s) {
				return name, true
			}
		}
	}
	return "", false
}

// opened is what can be got out of a file: its bytes, and those that are packed in it.
type opened struct {
	parts    map[string][]byte
	pictures [][]byte
}

var streams = regexp.MustCompile(`(?s)(<<(?:[^>]|>[^>])*>>|<<.{0,400}?>>)\s*stream\r?\n`)

// openPDF inflates all streams.
func openPDF(t *testing.T, b []byte) opened {
	t.Helper()
	o := opened{parts: map[string][]byte{"raw": b}}
	for i, at := range streams.FindAllSubmatchIndex(b, -1) {
		dict, data := b[at[2]:at[3]], b[at[1]:]
		end := bytes.Index(data, []byte("endstream"))
		if end < 0 {
			t.Fatalf("stream %d has no end", i)
		}
		data = data[:end]
		if bytes.Contains(dict, []byte("FlateDecode")) {
			z, err := zlib.NewReader(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("stream %d: %v", i, err)
			}
			if data, err = io.ReadAll(z); err != nil {
				t.Fatalf("stream %d: %v", i, err)
			}
		}
		if bytes.Contains(dict, []byte("/Image")) {
			o.pictures = append(o.pictures, data)
		}
		o.parts[fmt.Sprint("stream ", i)] = data
	}
	if n := bytes.Count(b, []byte("endstream")); len(o.parts)-1 != n {
		t.Fatalf("%d of %d streams were looked into", len(o.parts)-1, n)
	}
	return o
}

// openDOCX unpacks all members.
func openDOCX(t *testing.T, b []byte) opened {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	o := opened{parts: map[string][]byte{"raw": b}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		o.parts[f.Name] = data
		if strings.Contains(f.Name, "media/") {
			o.pictures = append(o.pictures, data)
		}
	}
	return o
}

// textOf is the text layer of a PDF, as the program itself finds it, without spaces.
func textOf(t *testing.T, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "text.pdf")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	r := wiring.NewRenderer(nil)
	defer r.Close()
	src := render.Source{Root: filepath.Dir(path), Path: filepath.Base(path), Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: library.KindPDF}
	facts, err := r.Inspect(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for i := range facts.Pages {
		text, err := r.Text(context.Background(), src, i)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(strings.Fields(text), ""))
	}
	return all.String()
}

// keepSecret checks that files show the same of both cases, and hold no hidden word.
func (w *twins) keepSecret(t *testing.T, what string, files [2][]byte, open func(*testing.T, []byte) opened) {
	t.Helper()
	var both [2]opened
	for i, b := range files {
		both[i] = open(t, b)
		if part, found := tells(both[i].parts, w.words[i]); found {
			t.Errorf("%s: %q stands in its %s", what, w.words[i], part)
		}
		slices.SortFunc(both[i].pictures, bytes.Compare) // fpdf writes those of one width in any order
	}
	if len(both[0].pictures) == 0 {
		t.Errorf("%s: no picture is found in it", what)
	}
	if !slices.EqualFunc(both[0].pictures, both[1].pictures, bytes.Equal) {
		t.Errorf("%s: its pictures tell which case they are of", what)
	}
}

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
