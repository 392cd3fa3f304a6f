package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"butluc/presenter/clip/cliptest"
)

// rehearsed plays keys on a case and puts the journal of it where that of the case's hearings is.
func rehearsed(t *testing.T, dir, size string, keys ...string) {
	t.Helper()
	script, out := filepath.Join(t.TempDir(), "keys.txt"), t.TempDir()
	if err := os.WriteFile(script, []byte(strings.Join(keys, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ends(t, "rehearse", dir, "--keys", script, "--size", size, "--out", out)
	b, err := os.ReadFile(filepath.Join(out, "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(dir, "_butluc", "journal")
	if err := os.MkdirAll(into, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(into, "journal.jsonl"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// qpdfChecks lets another program look for faults in a PDF, where there is one.
func qpdfChecks(t *testing.T, file string) {
	t.Helper()
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Log("qpdf is not installed: the PDF is not checked by another program")
		return
	}
	if out, err := exec.CommandContext(t.Context(), qpdf, "--check", file).CombinedOutput(); err != nil {
		t.Errorf("qpdf --check %s: %v\n%s", filepath.Base(file), err, out)
	}
}

// Promise 10, carried to paper: each picture of a hearing with beats, callouts, four pages side by side and recordings is made
// again with every pixel, and stands in the album.
func TestEachPictureOfTheAlbumIsTheOneThatStoodThere(t *testing.T) {
	inFullOnly(t)
	cliptest.Need(t)
	atHome(t)
	dir := filepath.Join(t.TempDir(), "Vụ án")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	writeRecord(t, filepath.Join(dir, recordFile), "NGUYENTHIHOA")
	for name, from := range map[string]string{"camera.mp4": cliptest.H264(t), "cut.mp4": cliptest.Cut(t)} {
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	page := func(n int) string { return fmt.Sprint(recordFile, "#", n) }
	beat := func(m object, n int) object { m["beat"] = n; return m }
	four := []object{{"page": page(1)}, {"page": page(2), "turn": 1}, {"page": page(3)}, {"page": "camera.mp4#1001"}}
	var steps []object
	for i := range 12 {
		y := 0.2 + 0.05*float64(i)
		steps = append(steps,
			object{"panes": []object{{"page": page(1 + i%4), "marks": []object{
				drawn("highlight", 0.2, y, 0.6, y+0.03), beat(drawn("callout", 0.2, y, 0.7, y+0.06), 1), beat(drawn("ellipse", 0.3, y, 0.5, y+0.1), 2),
			}}}},
			object{"panes": four, "say": "Xem"},
			object{"panes": []object{{"page": fmt.Sprint("camera.mp4#", 1001+40*i), "clip": object{"from": 1000 + 40*i, "to": 1990}}, {"page": page(4), "adjust": object{"contrast": 30}}}},
		)
	}
	steps = append(steps, object{"panes": []object{{"page": "cut.mp4#1"}}})
	outline, err := json.Marshal(object{
		"format": "butluc-outline", "version": 4, "cover": object{"kind": "criminal", "captions": "full"},
		"phases": []object{{"title": "Tranh luận", "scenarios": []object{{"title": "Một", "steps": steps}}}}, // no ground is asked for
	})
	list := filepath.Join(t.TempDir(), "outline.json")
	if err == nil {
		err = os.WriteFile(list, outline, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	ends(t, "outline", dir, "import", list)
	keys := []string{"F5"}
	for range 12 { // three beats, four pages, a recording that plays
		keys = append(keys, "PageDown", "wait", "PageDown", "wait", "PageDown", "wait", "PageDown", "wait", "PageDown", "wait", "Space", "wait")
	}
	keys = append(keys, "PageDown", "wait")
	rehearsed(t, dir, "640x360", keys...)
	for _, name := range []string{"album.pdf", "album.docx"} {
		to := filepath.Join(t.TempDir(), name)
		status, out, errs := verbOf("journal", dir, "album", "--rehearsals", "-o", to)
		found := regexp.MustCompile(`(\d+) pictures, (\d+) made again the same`).FindStringSubmatch(out)
		if status != 0 || found == nil || found[1] != found[2] || len(found[1]) < 2 || found[1] < "60" {
			t.Fatalf("%s: exit status %d: %s%s", name, status, out, errs)
		}
		b, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if name == "album.docx" {
			if got := len(openDOCX(t, b).pictures); fmt.Sprint(got) != found[1] {
				t.Errorf("%s has %d pictures, want %s", name, got, found[1])
			}
			continue
		}
		qpdfChecks(t, to)
		if got := len(openPDF(t, b).pictures); fmt.Sprint(got) != found[1] {
			t.Errorf("%s has %d pictures, want %s", name, got, found[1])
		}
		text := textOf(t, b)
		for _, want := range []string{"phóngto", "lượthiện2", "Đãphát:", "ảnhđãtăngtươngphản"} {
			if !strings.Contains(text, want) {
				t.Errorf("the album does not say %q", want)
			}
		}
		if got := strings.Count(text, "hìnhdựnglạigiốnghệt"); fmt.Sprint(got) != found[1] {
			t.Errorf("%d pictures are said to be the same, want %s", got, found[1])
		}
	}
}

// Promise 12 for what is made after a hearing: what was redacted then is hidden, and so is what was redacted since, on a page
// that the court saw open.
func TestNoAlbumTellsWhatIsHidden(t *testing.T) {
	inFullOnly(t)
	w := newTwins(t)
	keys := []string{"F5"}
	for range 5 {
		keys = append(keys, "PageDown", "1", "wait") // 1: the statement's ground
	}
	for _, dir := range w.dirs {
		rehearsed(t, dir, "1280x720", keys...)
	}
	for name, open := range map[string]func(*testing.T, []byte) opened{"album.pdf": openPDF, "album.docx": openDOCX} {
		w.keepSecret(t, name, w.write(t, name, "journal", "CASE", "album", "--rehearsals"), open)
	}
	// The fourth page has no redaction: it is shown, and redacted afterwards.
	called := []string{"F5", "4", "Enter", "Enter", "1", "wait", "Shift+Z", "wait"}
	for _, dir := range w.dirs {
		rehearsed(t, dir, "1280x720", called...)
	}
	files := w.write(t, "open.pdf", "journal", "CASE", "album", "--rehearsals", "--only", "1-9")
	if a, b := openPDF(t, files[0]).pictures, openPDF(t, files[1]).pictures; len(a) == 0 || string(a[len(a)-1]) == string(b[len(b)-1]) {
		t.Fatal("the albums do not differ where nothing is redacted: this test can't fail")
	}
	for _, turn := range []int{0, 1} { // the page is turned upright after the hearing, too
		redactions := marksAround(redacted)[:1]
		if turn == 1 {
			redactions = marksAround(turned(redacted))[:1]
		}
		outline := outlineOf([4]float64{0.25, 0.3, 0.6, 0.4})
		outline["pages"] = append(outline["pages"].([]object), object{"page": recordFile + "#4", "turn": turn, "marks": redactions})
		list := filepath.Join(t.TempDir(), "outline.json")
		b, err := json.Marshal(outline)
		if err == nil {
			err = os.WriteFile(list, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range w.dirs {
			ends(t, "outline", dir, "import", list)
		}
		what := fmt.Sprint("album, redacted later, turned ", turn)
		files = w.write(t, "later.pdf", "journal", "CASE", "album", "--rehearsals")
		w.keepSecret(t, what, files, openPDF)
		if text := textOf(t, files[0]); !strings.Contains(text, "đãchethêmphầnđượcchekín") || strings.Contains(text, "KHÁC:") {
			t.Errorf("%s: %s", what, text)
		}
	}
}
