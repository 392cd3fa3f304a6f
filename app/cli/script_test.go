package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/eventually"
	"butluc/library/journal"
	"butluc/library/signature"
	"butluc/library/signature/signaturetest"
	"butluc/library/signature/signing"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/render"
)

// asChild has what the test binary is when its first word says so. The program starts its own
// binary again for what it keeps behind a fence.
var asChild = map[string]func(){
	"render-worker": program, "check-store": program, "clip-player": program, signature.Verb: program, signing.Verb: program, "edit-case": editUntilKilled,
}

func program() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	if status, child := Child(args, os.Stdin, os.Stdout); child {
		return status
	}
	return Run(args, out, errs, Program{Version: "test"})
}

// TestMain makes of the test binary the program, too, under the name butluc.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && asChild[os.Args[1]] != nil {
		asChild[os.Args[1]]()
		return
	}
	testscript.Main(m, map[string]func(){"butluc": program})
}

// The scripts say in their first lines what they promise.
func TestScripts(t *testing.T) { runScripts(t, "script") }

// The same, of recordings.
func TestScriptsOfClips(t *testing.T) {
	cliptest.Need(t)
	runScripts(t, "clips")
}

func runScripts(t *testing.T, folder string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", folder),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, at(env.WorkDir)...)
			return os.Mkdir(filepath.Join(env.WorkDir, "home"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"set":       setFrom,
			"pdf":       makePDF,
			"film":      makeFilm(t),
			"typed":     makeTyped,
			"contents":  makeContents,
			"zip":       makeZIP,
			"older":     older,
			"cut":       cutFile,
			"flip":      flip,
			"hold":      hold,
			"edit":      edit,
			"lines":     keepLines,
			"says":      says,
			"decompose": decompose,
			"scanned":   scannedAs,
			"ink":       ink,
			"same-ink":  sameInk,
			"office":    makeOffice,
			"certified": makeCertificate(t),
		},
	})
}

// at is a home of its own for the program, which speaks English.
func at(dir string) []string {
	home := filepath.Join(dir, "home")
	return []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + home + "/config", "XDG_DATA_HOME=" + home + "/data",
		"XDG_CACHE_HOME=" + home + "/cache", "LANG=en_US.UTF-8", "LC_ALL=",
	}
}

// exits STATUS PROGRAM [ARG…]: runs a program that ends with exactly that status.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		got = ended.ExitCode()
	case err != nil:
		ts.Fatalf("%v: %v", args[1:], err)
	}
	if got != want {
		ts.Fatalf("%v: exit status %d, want %d", args[1:], got, want)
	}
}

// makeCertificate: certified FILE.p12 PASSPHRASE NAME FOLDER. A person's certificate, and in the folder that of whoever vouches
// for it.
func makeCertificate(t *testing.T) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		a := signaturetest.NewAuthority(t, "Test CA")
		file := signaturetest.PKCS12(t, a.Person(t, args[2], signaturetest.RSA(t)), args[1])
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), file, 0o600))
		ts.Check(os.MkdirAll(ts.MkAbs(args[3]), 0o700))
		a.Install(t, ts.MkAbs(args[3]))
	}
}

// makeFilm: film FILE. Four seconds of a recording.
func makeFilm(t *testing.T) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		data, err := os.ReadFile(cliptest.H264(t))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
	}
}

// makePDF: pdf FILE PAGES [PASSWORD]. Page n has n squares from the top left corner on.
func makePDF(ts *testscript.TestScript, _ bool, args []string) {
	pages, err := strconv.Atoi(args[1])
	ts.Check(err)
	pdf := fpdf.New("P", "mm", "A4", "")
	if len(args) > 2 {
		pdf.SetProtection(fpdf.CnProtectPrint, args[2], "owner of "+args[2])
	}
	for page := range pages {
		pdf.AddPage()
		for square := range page + 1 {
			pdf.Rect(15+25*float64(square), 15, 15, 15, "F")
		}
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o750))
	ts.Check(pdf.OutputFileAndClose(path))
}

// makeTyped: typed FILE LINE…. A PDF with a page for each line, which says it.
func makeTyped(ts *testscript.TestScript, _ bool, args []string) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetFont("Times", "", 14)
	for _, line := range args[1:] {
		pdf.AddPage()
		pdf.Text(30, 80, line)
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o750))
	ts.Check(pdf.OutputFileAndClose(path))
}

// makeZIP: zip FILE NAME…. Each file in it holds its own name.
func makeZIP(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range args[1:] {
		to, err := w.Create(name)
		ts.Check(err)
		_, err = to.Write([]byte(name))
		ts.Check(err)
	}
	ts.Check(w.Close())
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o750))
	ts.Check(os.WriteFile(path, b.Bytes(), 0o600))
}

// older JOURNAL: makes it one of a version that drew the same pages in other pixels.
func older(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	var entries []journal.Entry
	_, err := journal.ReadFile(path, func(e journal.Entry) { entries = append(entries, e) })
	ts.Check(err)
	ts.Check(os.Remove(path))
	j, _, err := journal.Open(filepath.Dir(path), filepath.Join(filepath.Dir(path), "head"))
	ts.Check(err)
	for _, e := range entries {
		if e.Trial != nil {
			e.Trial.Renderer = "drawing 1"
		}
		if e.Shown != nil {
			e.Shown.Pixels = strings.Repeat("0f", 32)
		}
		j.Append(e, nil)
	}
	ts.Check(j.Close())
}

// makeContents: contents FILE FROM TO. A workbook that lists documents of 1, 2, … 7, 1, … sheets with
// these folios.
func makeContents(ts *testscript.TestScript, _ bool, args []string) {
	from, err := strconv.Atoi(args[1])
	ts.Check(err)
	to, err := strconv.Atoi(args[2])
	ts.Check(err)
	rows := [][]any{{"MỤC LỤC HỒ SƠ"}, {}, {"STT", "Tên tài liệu", "Bút lục", "Ngày", "Người khai"}}
	for n := 1; from <= to; n++ {
		last := min(to, from+(n-1)%7)
		folios := fmt.Sprint(from, "-", last)
		if last == from {
			folios = strconv.Itoa(from)
		}
		rows = append(rows, []any{n, fmt.Sprint("Tài liệu ", n), folios, "12/5/2024", "Bùi Quang Khải"})
		from = last + 1
	}
	book := excelize.NewFile()
	for i, row := range rows {
		ts.Check(book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
	}
	ts.Check(book.SaveAs(ts.MkAbs(args[0])))
}

// cutFile: cut FILE PERCENT. Makes a JPEG of noise and keeps the first part of it.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	percent, err := strconv.Atoi(args[1])
	ts.Check(err)
	picture := image.NewGray(image.Rect(0, 0, 640, 480))
	for i, seed := 0, uint32(1); i < len(picture.Pix); i++ {
		seed = seed*1664525 + 1013904223
		picture.Pix[i] = byte(seed >> 24)
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, picture, nil))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes()[:b.Len()*percent/100], 0o600))
}

// flip FILE OFFSET: changes one bit of a file, which keeps its size and its time.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	info, err := os.Stat(path)
	ts.Check(err)
	b, err := os.ReadFile(path)
	ts.Check(err)
	b[at] ^= 1
	ts.Check(os.WriteFile(path, b, 0o600))
	ts.Check(os.Chtimes(path, info.ModTime(), info.ModTime()))
}

// says: [!] says FILE.pdf PATTERN…: the text of the PDF matches, or does not.
func says(ts *testscript.TestScript, neg bool, args []string) {
	path, err := filepath.EvalSymlinks(ts.MkAbs(args[0]))
	ts.Check(err)
	info, err := os.Stat(path)
	ts.Check(err)
	r := wiring.NewRenderer(nil)
	defer r.Close()
	src := render.Source{Root: filepath.Dir(path), Path: filepath.Base(path), Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: library.KindPDF}
	facts, err := r.Inspect(context.Background(), src)
	ts.Check(err)
	var all strings.Builder
	for i := range facts.Pages {
		text, err := r.Text(context.Background(), src, i)
		ts.Check(err)
		all.WriteString(strings.Join(strings.Fields(text), " ") + "\n")
	}
	for _, pattern := range args[1:] {
		if regexp.MustCompile(pattern).MatchString(all.String()) == neg {
			ts.Fatalf("%s: %q, match %v, in\n%s", args[0], pattern, neg, all.String())
		}
	}
}

// edit FILE OLD NEW: puts a text in the place of another.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	was := ts.ReadFile(args[0])
	if !strings.Contains(was, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(was, args[1], args[2], 1)), 0o600))
}

// keepLines: lines FILE N. Keeps the first lines of a file.
func keepLines(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	lines := strings.SplitAfter(ts.ReadFile(args[0]), "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(lines[:n], "")), 0o600))
}

// hold CASE: has a case open, as a window would, until the script ends. The copy that others may read is of now: one is
// made on opening where there is none.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	copies := filepath.Join(ts.MkAbs(args[0]), library.Sidecar, "case.db.copy-*")
	found := func() []string {
		list, err := filepath.Glob(copies)
		ts.Check(err)
		return list
	}
	for _, old := range found() {
		ts.Check(os.Remove(old))
	}
	c, err := casefile.Open(context.Background(), ts.MkAbs(args[0]), casefile.Options{Paused: true, NoWatch: true})
	ts.Check(err)
	ts.Defer(func() { ts.Check(c.Close()) })
	eventually.So(ts, "a copy of "+args[0], func() bool { return len(found()) > 0 })
}

// decompose FILE: gives a file the name that a Mac would write.
func decompose(ts *testscript.TestScript, _ bool, args []string) {
	dir, name := filepath.Split(ts.MkAbs(args[0]))
	if norm.NFD.String(name) == norm.NFC.String(name) {
		ts.Fatalf("%q has no marks", name)
	}
	ts.Check(os.Rename(filepath.Join(dir, name), filepath.Join(dir, norm.NFD.String(name))))
}

func readPNG(ts *testscript.TestScript, path string) *image.Gray {
	b, err := os.ReadFile(ts.MkAbs(path))
	ts.Check(err)
	decoded, err := png.Decode(bytes.NewReader(b))
	ts.Check(err)
	gray := image.NewGray(decoded.Bounds())
	draw.Draw(gray, gray.Rect, decoded, decoded.Bounds().Min, draw.Src)
	return gray
}

// ink FILE WxH PAPER-WxH [BLACK]: a picture's size, the size of the paper in its middle, and in per
// mille how much of the paper is black.
func ink(ts *testscript.TestScript, _ bool, args []string) {
	picture := readPNG(ts, args[0])
	paper := image.Rectangle{}
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if picture.GrayAt(x, y).Y > 200 {
				paper = paper.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	black := 0
	for y := paper.Min.Y; y < paper.Max.Y; y++ {
		for x := paper.Min.X; x < paper.Max.X; x++ {
			if picture.GrayAt(x, y) == (color.Gray{}) {
				black++
			}
		}
	}
	got := []string{
		fmt.Sprintf("%dx%d", picture.Rect.Dx(), picture.Rect.Dy()), fmt.Sprintf("%dx%d", paper.Dx(), paper.Dy()),
		strconv.Itoa(black * 1000 / max(1, paper.Dx()*paper.Dy())),
	}
	for i, want := range args[1:] {
		if got[i] != want {
			ts.Fatalf("%s is %s, want %s", args[0], strings.Join(got, " "), strings.Join(args[1:], " "))
		}
	}
}

// sameInk: [!] same-ink FILE FILE. Two pictures are alike in every pixel, or are not.
func sameInk(ts *testscript.TestScript, neg bool, args []string) {
	a, b := readPNG(ts, args[0]), readPNG(ts, args[1])
	if same := a.Rect == b.Rect && bytes.Equal(a.Pix, b.Pix); same == neg {
		ts.Fatalf("%s and %s: alike %v", args[0], args[1], same)
	}
}

// homeOfTest gives the program a home of the test's own.
func homeOfTest(t *testing.T) {
	t.Helper()
	for _, v := range at(t.TempDir()) {
		key, value, _ := strings.Cut(v, "=")
		t.Setenv(key, value)
	}
}

// verbOf runs a verb, and gives its exit status and what it said.
func verbOf(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = run(args, &o, &e)
	return status, o.String(), e.String()
}

// setFrom sets a variable to what the first group of a pattern finds in the last output: set NAME PATTERN.
func setFrom(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: set NAME PATTERN")
	}
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("%s is not in the output", args[1])
	}
	ts.Setenv(args[0], found[1])
}
