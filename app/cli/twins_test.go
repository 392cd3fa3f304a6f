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

const (
	recordFile = "BL 1-4 Biên bản ghi lời khai.pdf"
	openWord   = "CONGKHAI" // beside the redactions, for everybody to read
)

// Places on the page, in mm of an A4 sheet.
const (
	hiddenX, hiddenY = 60.0, 100.0 // baseline of the hidden words
	wide, high       = 210.0, 297.0
)
