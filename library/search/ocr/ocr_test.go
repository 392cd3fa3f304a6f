package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"butluc/library"
	"butluc/library/search/text"
)

// The test binary plays Tesseract when it is called as one. What it does stands in the picture's size.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("tesseract v5.3.0.20221214\n leptonica-1.82.0")
		os.Exit(0)
	}
	if len(os.Args) == 2 && os.Args[1] == "--list-langs" {
		fmt.Println("List of available languages in \"/x\" (3):\nvie\nosd\neng")
		os.Exit(0)
	}
	if slices.Contains(os.Args, "tsv") {
		os.Exit(pretend())
	}
	os.Exit(m.Run())
}

// The widths of pictures that make the pretended Tesseract do something.
const (
	plain = 100 + iota
	hangs
	fails
	floods
	garbage
	upsideDown
	foreign
	nothing
)

const headline = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

// row is a word in a line, ten pixels wide.
func row(line, left int, confidence float64, word string) string {
	return fmt.Sprintf("5\t1\t1\t1\t%d\t1\t%d\t10\t10\t5\t%v\t%s\n", line, left, confidence, word)
}

func pretend() int {
	var w, h int
	if _, err := fmt.Fscanf(os.Stdin, "P5\n%d %d\n255\n", &w, &h); err != nil {
		return 9
	}
	if n, err := io.Copy(io.Discard, os.Stdin); err != nil || n != int64(w*h) {
		return 8
	}
	again := slices.Contains(os.Args, "--psm")
	out := headline
	switch w {
	case plain:
		out += row(1, 0, 95, "Bị") + row(1, 20, 91, "cáo") + row(2, 0, 90, "khai")
	case hangs:
		time.Sleep(time.Hour)
	case fails:
		fmt.Fprint(os.Stderr, strings.Repeat("x", 5000)+"\nError in pixReadMem")
		return 1
	case floods:
		for range 1 << 20 {
			if _, err := fmt.Print(strings.Repeat("much ", 1000)); err != nil {
				return 1
			}
		}
	case garbage:
		out = "This is no table"
	case upsideDown:
		out += row(1, 0, 40, "ịoẹuo") + row(1, 20, 40, "ấnưuượð")
		if again {
			out = headline + row(1, 0, 96, "Bị") + row(1, 20, 96, "cáo")
		}
	case foreign:
		out += row(1, 0, 80, "Inv0ice") + row(1, 20, 80, "numbcr")
		if again && slices.Contains(os.Args, "vie+eng") {
			out = headline + row(1, 0, 96, "Invoice") + row(1, 20, 96, "number")
		}
	case nothing:
		out += row(1, 0, 30, "~") + row(1, 20, 20, "iI")
	}
	fmt.Print(out)
	return 0
}

func pretended(t *testing.T) *Engine {
	t.Helper()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func paper(w, h int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, w, h))
	draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
	return p
}

func TestAnEngineTellsWhatItHas(t *testing.T) {
	e := pretended(t)
	if e.Version != "5.3.0.20221214" || !slices.Equal(e.Languages, []string{"eng", "osd", "vie"}) {
		t.Errorf("%+v", e)
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a program that is not there was asked without an error")
	}
	for said, want := range map[string]string{
		"": "", "tesseract": "", "tesseract 4.1.1-rc2-25-g9707\n leptonica": "4.1.1-rc2-25-g9707",
	} {
		if got := parseVersion(said); got != want {
			t.Errorf("version of %q: %q", said, got)
		}
	}
}

func TestTesseractIsFoundOnThePath(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if _, err := Find(t.Context()); !errors.Is(err, ErrMissing) {
		t.Skipf("Tesseract is in a place of its own here: %v", err)
	}
	name := "tesseract"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	own, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), own, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	if e, err := Find(t.Context()); err != nil || filepath.Dir(e.Path) != dir {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestRead(t *testing.T) {
	p, err := pretended(t).Read(t.Context(), paper(plain, 50))
	if err != nil {
		t.Fatal(err)
	}
	if p.Text() != "Bị cáo\nkhai" || p.Source != text.SourceOCR || p.Engine != "tesseract 5.3.0.20221214 vie" {
		t.Errorf("%q, %+v", p.Text(), p)
	}
	if p.Confidence != 91 { // (2·95 + 3·91 + 4·90) / 9
		t.Errorf("confidence %d", p.Confidence)
	}
	if want := (library.Rect{X0: 0.2, Y0: 0.2, X1: 0.3, Y1: 0.3}); p.Lines[0].Words[1].Box != want {
		t.Errorf("box %v, want %v", p.Lines[0].Words[1].Box, want)
	}
}

func TestADoubtfulPageIsReadAgain(t *testing.T) {
	for width, want := range map[int]string{upsideDown: "Bị cáo", foreign: "Invoice number", nothing: ""} {
		if p, err := pretended(t).Read(t.Context(), paper(width, 50)); err != nil || p.Text() != want {
			t.Errorf("%q, %v, want %q", p.Text(), err, want)
		}
	}
	e := pretended(t)
	e.Languages = []string{"vie"} // nothing to read it again with
	if p, err := e.Read(t.Context(), paper(upsideDown, 50)); err != nil || p.Confidence != 40 || !p.Unread() {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestATesseractThatFailsCostsItsPage(t *testing.T) {
	e := pretended(t)
	e.deadline = time.Hour
	_, err := e.Read(t.Context(), paper(fails, 50))
	if err == nil || !strings.Contains(err.Error(), "pixReadMem") || len(err.Error()) > 2000 {
		t.Errorf("fails: %v", err)
	}
	if _, err := e.Read(t.Context(), paper(garbage, 50)); !errors.Is(err, errTSV) {
		t.Errorf("garbage: %v", err)
	}
	if _, err := e.Read(t.Context(), paper(floods, 50)); !errors.Is(err, errTooMuch) {
		t.Errorf("floods: %v", err)
	}
	if _, err := e.Read(t.Context(), image.NewGray(image.Rectangle{})); !errors.Is(err, library.ErrInvalid) {
		t.Errorf("a picture without pixels: %v", err)
	}
	e.deadline = 300 * time.Millisecond
	if _, err := e.Read(t.Context(), paper(hangs, 50)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hangs: %v", err)
	}
	e.deadline = time.Hour
	ctx, cancel := context.WithTimeoutCause(t.Context(), 300*time.Millisecond, nil)
	defer cancel()
	if _, err := e.Read(ctx, paper(hangs, 50)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("stopped: %v", err)
	}
}

func TestParseRefusesWhatIsNoTable(t *testing.T) {
	size := image.Pt(100, 100)
	for what, tsv := range map[string]string{
		"no headline": row(1, 0, 90, "a"), "few columns": headline + "5\t1\n", "no number": headline + strings.Replace(row(1, 0, 90, "a"), "\t10\t", "\tx\t", 1),
		"no confidence": headline + row(1, 0, 101, "a"),
		"many words":    headline + strings.Repeat(row(1, 0, 90, "a"), text.MaxWords+1),
	} {
		if _, err := parse([]byte(tsv), size); !errors.Is(err, errTSV) {
			t.Errorf("%s: %v", what, err)
		}
	}
	odd := headline + row(1, 200, 90, "outside") + row(1, -5, 90, "đất") + row(1, 0, 90, "  ") + row(1, 0, 50, "|") + row(2, 0, 0, "guessed") +
		row(2, 95, 90, "đấ\u0300t")
	p, err := parse([]byte(odd), size)
	if err != nil || p.Text() != "đất\nđấ\u0300t" || p.Lines[1].Box.X1 != 1 {
		t.Errorf("%q, %v", p.Text(), err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(headline+row(1, 0, 90, "Bị")+row(2, 5, 60.5, "cáo")), 100, 100)
	f.Add([]byte(headline+"5\t1\t1\t1\t1\t1\t9223372036854775807\t0\t9\t9\t90\ta\r\n"), 1, 1)
	f.Fuzz(func(t *testing.T, tsv []byte, w, h int) {
		p, err := parse(tsv, image.Pt(max(w, 1), max(h, 1)))
		if err != nil {
			return
		}
		if p.Confidence < 0 || p.Confidence > 100 {
			t.Errorf("confidence %d", p.Confidence)
		}
		for _, l := range p.Lines {
			if len(l.Words) == 0 || !l.Box.Valid() {
				t.Errorf("line %+v", l)
			}
			for _, w := range l.Words {
				if !w.Box.Valid() || w.Text == "" || strings.ContainsAny(w.Text, " \n\t") {
					t.Errorf("word %+v", w)
				}
			}
		}
	})
}

// installed is the Tesseract of this system.
func installed(t *testing.T) *Engine {
	t.Helper()
	e, err := Find(t.Context())
	if err != nil {
		t.Skipf("without Tesseract and its Vietnamese there is nothing to read with: %v", err)
	}
	return e
}

// statement is what a page says, a line a line.
var statement = strings.Split(`BIÊN BẢN GHI LỜI KHAI
Tôi khai rằng tối ngày hôm đó tôi không có mặt tại hiện trường
Con dao mà Cơ quan điều tra thu giữ không phải của tôi
Chiếc xe máy đỗ trước cửa nhà ông Hùng từ lúc chín giờ
Người làm chứng nghe thấy tiếng cãi nhau ở cuối ngõ
Tôi đã đọc lại và công nhận lời khai trên là đúng sự thật`, "\n")

// drawn is a page of the statement at 200 dpi, and where its words are.
func drawn(t *testing.T) (*image.Gray, []library.Word) {
	t.Helper()
	parsed, err := opentype.Parse(liberationserifregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 13, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	const w, h = 1654, 2339
	page := paper(w, h)
	d := font.Drawer{Dst: page, Src: image.NewUniform(color.Black), Face: face}
	var words []library.Word
	for i, line := range statement {
		d.Dot = fixed.P(180, 300+70*i)
		for word := range strings.FieldsSeq(line) {
			box, _ := d.BoundString(word)
			words = append(words, library.Word{Text: word, Box: library.Rect{
				X0: float64(box.Min.X.Floor()) / w, Y0: float64(box.Min.Y.Floor()) / h,
				X1: float64(box.Max.X.Ceil()) / w, Y1: float64(box.Max.Y.Ceil()) / h,
			}})
			d.DrawString(word + " ")
		}
	}
	return page, words
}

// Boxes lie on the words: they share 0.7 of what either covers, on average. Upside down too, where Tesseract
// can tell how a page lies.
func TestBoxesLieOnTheWords(t *testing.T) {
	e := installed(t)
	page, truth := drawn(t)
	read, err := e.Read(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := read.Text(), strings.Join(statement, "\n"); got != want {
		t.Errorf("it says\n%s\nand was read\n%s", want, got)
	}
	if read.Confidence < 90 || read.Unread() {
		t.Errorf("confidence %d", read.Confidence)
	}
	compare(t, read, truth, "upright")
	if !e.has(orientation) {
		return
	}
	slices.Reverse(page.Pix)
	for i, w := range truth {
		truth[i].Box = w.Box.Turned(2)
	}
	if read, err = e.Read(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	compare(t, read, truth, "upside down")
}

func compare(t *testing.T, read text.Page, truth []library.Word, what string) {
	t.Helper()
	var sum float64
	for _, w := range truth {
		best := 0.0
		for _, l := range read.Lines {
			for _, r := range l.Words {
				if r.Text == w.Text {
					best = max(best, overlap(r.Box, w.Box))
				}
			}
		}
		sum += best
	}
	mean := sum / float64(len(truth))
	t.Logf("%s: overlap %.2f", what, mean)
	if mean < 0.7 {
		t.Errorf("%s: boxes and words share %.2f of what they cover", what, mean)
	}
}

func overlap(a, b library.Rect) float64 {
	area := func(r library.Rect) float64 { return max(0, r.X1-r.X0) * max(0, r.Y1-r.Y0) }
	both := area(library.Rect{X0: max(a.X0, b.X0), Y0: max(a.Y0, b.Y0), X1: min(a.X1, b.X1), Y1: min(a.Y1, b.Y1)})
	return both / (area(a) + area(b) - both)
}

// A blank page and a picture of something have no words, rather than guesses.
func TestABlankPageHasNoWords(t *testing.T) {
	e := installed(t)
	sky := image.NewGray(image.Rect(0, 0, 900, 700))
	for i, seed := 0, uint32(1); i < len(sky.Pix); i++ {
		seed = seed*1664525 + 1013904223
		sky.Pix[i] = byte(90 + i/9000 + int(seed>>28))
	}
	for what, img := range map[string]image.Image{"paper": paper(1654, 2339), "sky": sky} {
		p, err := e.Read(t.Context(), img)
		if err != nil || len(p.Lines) > 0 || p.Unread() {
			t.Errorf("%s: %q, %+v, %v", what, p.Text(), p, err)
		}
	}
}
