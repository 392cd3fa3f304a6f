package text

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
)

var (
	shaA = strings.Repeat("a1", 32)
	shaB = strings.Repeat("b2", 32)
)

// ocrPage is a page that OCR read with these words, a line a word.
func ocrPage(words ...string) Page {
	p := Page{Source: SourceOCR, Engine: "tesseract 5.3.0 vie", Confidence: 90}
	for i, w := range words {
		y := float64(i) / 100
		box := library.Rect{X0: 0.1, Y0: y, X1: 0.2, Y1: y + 0.01}
		p.Lines = append(p.Lines, library.LineOf([]library.Word{{Box: box, Text: w}, {Box: box, Text: "khai"}}))
	}
	return p
}

func openStore(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func put(t *testing.T, s *Store, k Key, p Page) {
	t.Helper()
	if err := s.Put(k, p); err != nil {
		t.Fatal(err)
	}
}

// wants the text of a page, "" for one that is not there.
func wantText(t *testing.T, s *Store, k Key, want string) {
	t.Helper()
	p, ok, err := s.Get(k)
	if err != nil || ok != (want != "") || p.Text() != want {
		t.Errorf("page %d: %q, %v, %v, want %q", k.Page+1, p.Text(), ok, err, want)
	}
}

func TestWhatWasReadIsThereAfterOpeningAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "text")
	s := openStore(t, dir)
	put(t, s, Key{shaA, 3}, ocrPage("dao", "đạo"))
	put(t, s, Key{shaA, 0}, Page{Source: SourceLayer, Confidence: 100})
	put(t, s, Key{shaB, 7}, ocrPage("Tây"))
	put(t, s, Key{shaA, 3}, ocrPage("con dao")) // read again, better

	for _, s := range []*Store{s, openStore(t, dir)} {
		wantText(t, s, Key{shaA, 3}, "con dao khai")
		if p, ok, err := s.Get(Key{shaA, 0}); !ok || err != nil || p.Source != SourceLayer || p.Confidence != 100 {
			t.Errorf("an empty layer: %+v, %v, %v", p, ok, err)
		}
		wantText(t, s, Key{shaA, 1}, "")
		if s.Has(Key{shaA, 1}) || !s.Has(Key{shaB, 7}) {
			t.Error("Has does not tell what Get does")
		}
		if got := slices.Collect(s.Keys()); !slices.Equal(got, []Key{{shaA, 0}, {shaA, 3}, {shaB, 7}}) {
			t.Errorf("keys %v", got)
		}
		if info, _ := s.Info(Key{shaB, 7}); info != (Info{SourceOCR, 90, 7}) {
			t.Errorf("info %+v", info)
		}
	}
	p, _, _ := s.Get(Key{shaB, 7})
	if w := p.Lines[0].Words[0]; p.Engine != "tesseract 5.3.0 vie" || overlap(w.Box, library.Rect{X0: 0.1, Y0: 0, X1: 0.2, Y1: 0.01}) < 0.99 {
		t.Errorf("%+v", p)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("folder %v, %v: the text of a case is the user's alone", info.Mode(), err)
	}
}

func overlap(a, b library.Rect) float64 {
	area := func(r library.Rect) float64 { return max(0, r.X1-r.X0) * max(0, r.Y1-r.Y0) }
	both := area(library.Rect{X0: max(a.X0, b.X0), Y0: max(a.Y0, b.Y0), X1: min(a.X1, b.X1), Y1: min(a.Y1, b.Y1)})
	return both / (area(a) + area(b) - both)
}

func TestADamageCostsTheRecordThatItIsIn(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	ends := []int64{0}
	path := filepath.Join(dir, filepath.FromSlash(name(shaA)))
	for i := range 5 {
		put(t, s, Key{shaA, i}, ocrPage(fmt.Sprint("trang", i)))
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, info.Size())
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		bad := bytes.Clone(whole)
		bad[at] ^= 0x10
		lost := slices.IndexFunc(ends, func(end int64) bool { return int64(at) < end }) - 1
		checkPages(t, path, bad, lost, fmt.Sprint("byte ", at))
	}
	// A record that was cut off, and others written after it.
	for cut := ends[2] + 1; cut < ends[3]; cut++ {
		bad := slices.Concat(whole[:cut], whole[ends[3]:])
		checkPages(t, path, bad, 2, fmt.Sprint("cut at ", cut))
	}
}

func checkPages(t *testing.T, path string, content []byte, lost int, what string) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openStore(t, filepath.Dir(filepath.Dir(path)))
	defer s.Close()
	for i := range 5 {
		want := fmt.Sprint("trang", i, " khai")
		p, ok, err := s.Get(Key{shaA, i})
		if err != nil || ok == (i == lost) || ok && p.Text() != want {
			t.Fatalf("%s: page %d: %q, %v, %v", what, i+1, p.Text(), ok, err)
		}
		if s.Has(Key{shaA, i}) != ok {
			t.Fatalf("%s: page %d would not be read again", what, i+1)
		}
	}
}

func TestTwoProcessesHaveTheStoreOpen(t *testing.T) {
	dir := t.TempDir()
	window, verb := openStore(t, dir), openStore(t, dir)
	if window.Has(Key{shaA, 0}) {
		t.Fatal("nothing was read yet")
	}
	put(t, verb, Key{shaA, 0}, ocrPage("một"))
	wantText(t, window, Key{shaA, 0}, "một khai")
	put(t, window, Key{shaA, 1}, ocrPage("hai"))
	wantText(t, verb, Key{shaA, 1}, "hai khai")
	if err := verb.Remove(shaA, shaB); err != nil {
		t.Fatal(err)
	}
	wantText(t, window, Key{shaA, 1}, "")
	put(t, window, Key{shaA, 1}, ocrPage("ba"))
	wantText(t, window, Key{shaA, 1}, "ba khai")
	wantText(t, verb, Key{shaA, 1}, "ba khai")
	wantText(t, openStore(t, dir), Key{shaA, 0}, "")
}

func TestTextsGoAlongWithTheCase(t *testing.T) {
	here, there := openStore(t, t.TempDir()), openStore(t, t.TempDir())
	put(t, here, Key{shaA, 0}, ocrPage("một"))
	put(t, here, Key{shaA, 1}, ocrPage("hai"))
	put(t, here, Key{shaB, 0}, ocrPage("của vụ khác"))
	put(t, there, Key{shaA, 0}, ocrPage("đã đọc ở đây"))
	sidecar := filepath.Join(t.TempDir(), "_butluc", "text")

	if n, err := there.AddFrom(t.Context(), sidecar, []string{shaA}); n != 0 || err != nil {
		t.Errorf("no folder: %d, %v", n, err)
	}
	if n, err := here.CopyTo(t.Context(), sidecar, []string{shaA}); n != 2 || err != nil {
		t.Fatalf("copied %d, %v", n, err)
	}
	if n, err := here.CopyTo(t.Context(), sidecar, []string{shaA}); n != 0 || err != nil {
		t.Errorf("copied again: %d, %v", n, err)
	}
	if n, err := there.AddFrom(t.Context(), sidecar, []string{shaA, shaB}); n != 1 || err != nil {
		t.Errorf("added %d, %v", n, err)
	}
	wantText(t, there, Key{shaA, 0}, "đã đọc ở đây khai")
	wantText(t, there, Key{shaA, 1}, "hai khai")
	wantText(t, there, Key{shaB, 0}, "")
}

// A folder that came with a case may be made to do harm.
func TestAHostileFolderIsRefused(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside"+fileEnding)
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	sidecar := t.TempDir()
	if err := os.Mkdir(filepath.Join(sidecar, shaA[:2]), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(sidecar, shaA[:2], shaA+fileEnding)); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if info, err := os.Lstat(filepath.Join(sidecar, shaA[:2], shaA+fileEnding)); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Skipf("links can't be told from files here, as under Wine: %v, %v", info, err)
	}
	s := openStore(t, t.TempDir())
	if n, _ := s.AddFrom(t.Context(), sidecar, []string{shaA}); n != 0 {
		t.Errorf("added %d pages over a link", n)
	}
	if _, err := s.CopyTo(t.Context(), sidecar, []string{shaA}); err == nil {
		put(t, s, Key{shaA, 0}, ocrPage("một"))
		if _, err := s.CopyTo(t.Context(), sidecar, []string{shaA}); err == nil {
			t.Error("copied over a link")
		}
	}
	if b, _ := os.ReadFile(outside); string(b) != "secret" {
		t.Errorf("outside was written to: %q", b)
	}
	for _, sha := range []string{"", "../../x", strings.ToUpper(shaA), shaA[:63], shaA[:63] + "/"} {
		if err := s.Put(Key{sha, 0}, ocrPage("một")); !errors.Is(err, library.ErrInvalid) {
			t.Errorf("%q: %v", sha, err)
		}
	}
}

func TestABoxOfNoWidthIsKept(t *testing.T) {
	s := openStore(t, t.TempDir())
	p := Page{Source: SourceLayer}
	for _, from := range []float64{0, 1e-12, 0.25, 13.0 / grid, 1 - 1e-12} {
		r := library.Rect{X0: from, Y0: from, X1: math.Nextafter(from, 1), Y1: math.Nextafter(from, 1)}
		p.Lines = append(p.Lines, library.LineOf([]library.Word{{Box: r, Text: "i"}}))
	}
	put(t, s, Key{shaA, 0}, p)
	wantText(t, s, Key{shaA, 0}, "i\ni\ni\ni\ni")
}

func TestWhatIsNoPageIsRefused(t *testing.T) {
	s := openStore(t, t.TempDir())
	box := library.Rect{X1: 1, Y1: 1}
	for what, p := range map[string]Page{
		"no source":     {},
		"no confidence": {Source: SourceOCR, Confidence: 101},
		"a bad box":     {Source: SourceOCR, Lines: []library.Line{{Words: []library.Word{{Text: "a"}}}}},
		"no text":       {Source: SourceOCR, Lines: []library.Line{{Words: []library.Word{{Box: box}}}}},
		"broken text":   {Source: SourceOCR, Lines: []library.Line{{Words: []library.Word{{Box: box, Text: "\xff"}}}}},
		"no words":      {Source: SourceOCR, Lines: []library.Line{{}}},
	} {
		if err := s.Put(Key{shaA, 0}, p); !errors.Is(err, library.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func FuzzRecords(f *testing.F) {
	payload, err := encode(ocrPage("dao", "đạo"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(appendRecord(nil, shaA, 2, Info{SourceOCR, 80, 6}, payload), payload)
	f.Add(bytes.Repeat(mark, 100), []byte{0xff})
	f.Fuzz(func(t *testing.T, file, payload []byte) {
		r := bytes.NewReader(file)
		_, err := scan(r, shaA, 0, int64(len(file)), func(e entry) { _, _ = e.read(r) })
		if err != nil {
			t.Fatal(err)
		}
		p, err := decode(payload)
		if err != nil {
			return
		}
		again, err := encode(p) // what can be read can be kept
		if err != nil {
			t.Fatal(err)
		}
		if back, err := decode(again); err != nil || !cmp.Equal(back, p) {
			t.Errorf("%v: %s", err, cmp.Diff(p, back))
		}
	})
}

// A process that is killed while it puts pages loses one at most.
func TestAKilledProcessLosesOnePageAtMost(t *testing.T) {
	if dir := os.Getenv("BUTLUC_TEXT_PUT"); dir != "" {
		s := openStore(t, dir)
		for i := range maxPages {
			put(t, s, Key{shaA, i}, ocrPage("trang"))
			fmt.Println(i)
		}
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAKilledProcess")
	cmd.Env = append(os.Environ(), "BUTLUC_TEXT_PUT="+dir)
	var out bytes.Buffer
	enough := make(chan struct{})
	cmd.Stdout = writerFunc(func(b []byte) (int, error) {
		if before := out.Len(); before < 400 && before+len(b) >= 400 {
			close(enough)
		}
		return out.Write(b)
	})
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-enough
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	told := bytes.Count(out.Bytes(), []byte{'\n'})
	s := openStore(t, dir)
	for i := range told {
		if _, ok, err := s.Get(Key{shaA, i}); !ok || err != nil {
			t.Errorf("page %d of %d that were put is lost: %v", i+1, told, err)
		}
	}
	put(t, s, Key{shaA, told + 1}, ocrPage("sau")) // it goes on
	wantText(t, openStore(t, dir), Key{shaA, told + 1}, "sau khai")
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// A cache of very many pages is opened at once, and its pages are found as they are asked for.
func TestALargeCacheOpensAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 20,000 pages")
	}
	dir := t.TempDir()
	s := openStore(t, dir)
	var records []byte
	payload, err := encode(ocrPage("một", "hai", "ba"))
	if err != nil {
		t.Fatal(err)
	}
	const pages = 20_000
	for i := range pages {
		records = appendRecord(records, shaA, i, Info{SourceOCR, 90, 10}, payload)
	}
	f, err := s.file(shaA)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.append(f, records, false); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	again := openStore(t, dir)
	opened := time.Since(begun)
	if !again.Has(Key{shaA, pages - 1}) {
		t.Fatal("the last page is not there")
	}
	t.Logf("opened in %v, %d pages found after %v", opened, pages, time.Since(begun))
	if took := time.Since(begun); took > 20*time.Second { // of a machine that is slow; it takes a fraction of one
		t.Errorf("it took %v", took)
	}
}
