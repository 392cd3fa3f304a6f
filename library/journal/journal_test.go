package journal

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const asWriter = "BUTLUC_JOURNAL_TEST_WRITER"

// TestMain runs this binary as a program that writes a journal until it is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(asWriter); dir != "" {
		j, _, err := Open(dir, filepath.Join(dir, "..", "head"))
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		for i := 0; ; i++ {
			n := j.Append(Entry{Kind: KindNote, Text: strings.Repeat("Lời khai ", i%40)}, nil)
			if j.Flush() == nil {
				fmt.Println(n) // on the disk
			}
		}
	}
	os.Exit(m.Run())
}

// written is a journal of n entries, closed.
func written(tb testing.TB, n int) (path, headFile string) {
	tb.Helper()
	dir := tb.TempDir()
	headFile = filepath.Join(dir, "elsewhere", "head")
	j, setAside, err := Open(filepath.Join(dir, "journal"), headFile)
	if err != nil || setAside != "" {
		tb.Fatal(setAside, err)
	}
	for i := range n {
		j.Append(Entry{Kind: KindShow, Shown: &Shown{
			Panes: []Pane{{Path: "Tập 1/BL 45.pdf", Page: i + 1, Folio: "45", Title: "Biên bản hỏi cung"}}, Size: "1920x1080",
		}}, nil)
	}
	if err := j.Close(); err != nil {
		tb.Fatal(err)
	}
	return j.Path(), headFile
}

func verify(tb testing.TB, path, headFile string) error {
	tb.Helper()
	kept, err := KeptHead(headFile)
	if err != nil || kept == nil {
		tb.Fatalf("kept head: %v, %v", kept, err)
	}
	_, err = Verify(path, kept, nil)
	return err
}

func TestAJournalGoesOnWhereItEnded(t *testing.T) {
	path, headFile := written(t, 3)
	j, _, err := Open(filepath.Dir(path), headFile)
	if err != nil {
		t.Fatal(err)
	}
	frame := image.NewRGBA(image.Rect(0, 0, 3, 2))
	if n := j.Append(Entry{Kind: KindShow, Shown: &Shown{Size: "3x2"}}, frame); n != 4 {
		t.Errorf("the next entry is number %d", n)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if n := j.Append(Entry{Kind: KindBlack}, nil); n != 0 {
		t.Errorf("an entry after Close got number %d", n)
	}
	var last Entry
	h, err := ReadFile(path, func(e Entry) { last = e })
	if err != nil || h.Count != 4 || h != j.Head() {
		t.Fatalf("%+v, %v", h, err)
	}
	if want := PixelHash(frame); last.Shown.Pixels != want {
		t.Errorf("pixels %q, want %q", last.Shown.Pixels, want)
	}
	if err := verify(t, path, headFile); err != nil {
		t.Error(err)
	}
}

// TestAnyChangedByteIsFound is promise 10: no edit goes unseen.
func TestAnyChangedByteIsFound(t *testing.T) {
	path, headFile := written(t, 40)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		bad := bytes.Clone(good)
		at := random.IntN(len(bad))
		bad[at] ^= byte(1 + random.IntN(255))
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		var fault *Fault
		if err := verify(t, path, headFile); !errors.As(err, &fault) {
			t.Fatalf("byte %d, %q for %q: %v", at, bad[at], good[at], err)
		}
		// The line itself, or the one after it, which does not follow it any more.
		if line := 1 + bytes.Count(good[:at], []byte("\n")); fault.Line < line || fault.Line > line+1 {
			t.Fatalf("byte %d is in line %d, found in %d", at, line, fault.Line)
		}
	}
}

func TestLinesCutSwappedOrPutInAreFound(t *testing.T) {
	path, headFile := written(t, 10)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(good, []byte("\n"))
	join := func(ls ...[]byte) []byte { return bytes.Join(ls, nil) }
	for what, bad := range map[string][]byte{
		"tail cut":     join(lines[:7]...),
		"all cut":      {},
		"middle cut":   join(append(append([][]byte{}, lines[:4]...), lines[5:]...)...),
		"swapped":      join(append(append(append([][]byte{}, lines[:4]...), lines[5], lines[4]), lines[6:]...)...),
		"doubled":      join(append(append([][]byte{}, lines[:4]...), lines[3:]...)...),
		"head cut":     join(lines[1:]...),
		"blank line":   join(append(append([][]byte{}, lines[:4]...), append([][]byte{[]byte("\n")}, lines[4:]...)...)...),
		"last changed": append(join(lines[:9]...), bytes.Replace(lines[9], []byte("45"), []byte("46"), 1)...),
	} {
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		var fault *Fault
		if err := verify(t, path, headFile); !errors.As(err, &fault) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAJournalThatGrewSinceItsHeadWasKeptIsWhole(t *testing.T) {
	path, headFile := written(t, 5)
	kept, err := KeptHead(headFile)
	if err != nil {
		t.Fatal(err)
	}
	j, _, err := Open(filepath.Dir(path), headFile)
	if err != nil {
		t.Fatal(err)
	}
	j.Append(Entry{Kind: KindBlack}, nil)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if h, err := Verify(path, kept, nil); err != nil || h.Count != 6 {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestAnUnfinishedLineIsKeptAndSaid(t *testing.T) {
	path, headFile := written(t, 3)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"v":1,"n":4,"at":"2026-`); err != nil {
		t.Fatal(err)
	}
	f.Close()
	j, setAside, err := Open(filepath.Dir(path), headFile)
	if err != nil || setAside != "" {
		t.Fatal(setAside, err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	var last Entry
	if _, err := ReadFile(path, func(e Entry) { last = e }); err != nil {
		t.Fatal(err)
	}
	if last.Kind != KindRecovered || last.Text != `{"v":1,"n":4,"at":"2026-` {
		t.Errorf("the last entry is %+v", last)
	}
}

func TestABrokenJournalIsSetAsideAndSaid(t *testing.T) {
	path, headFile := written(t, 3)
	good, _ := os.ReadFile(path)
	bad := bytes.Replace(good, []byte("Tập 1"), []byte("Tập 2"), 1)
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	j, setAside, err := Open(filepath.Dir(path), headFile)
	if err != nil || setAside == "" {
		t.Fatal(setAside, err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(setAside); err != nil || !bytes.Equal(kept, bad) {
		t.Errorf("what was set aside is not what was found: %v", err)
	}
	var first Entry
	if h, err := ReadFile(path, func(e Entry) { first = e }); err != nil || h.Count != 1 || first.Kind != KindBroken || !strings.Contains(first.Text, "line 2") {
		t.Errorf("%+v, %+v, %v", h, first, err)
	}
}

func TestArgumentsStayOpenUntilTheyAreAnswered(t *testing.T) {
	dir := t.TempDir()
	j, _, err := Open(dir, filepath.Join(dir, "..", "head"))
	if err != nil {
		t.Fatal(err)
	}
	a := j.Append(Entry{Kind: KindNote, Text: "Không có mặt", Note: &Note{Argument: true}}, nil)
	b := j.Append(Entry{Kind: KindNote, Text: "Không cố ý", Note: &Note{Argument: true}}, nil)
	j.Append(Entry{Kind: KindNote, Text: "21 giờ", Note: &Note{}}, nil)
	j.Append(Entry{Kind: KindNote, Note: &Note{Answers: a, Step: "s"}}, nil)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j, _, err = Open(dir, filepath.Join(dir, "..", "head"))
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if open := j.OpenArguments(); len(open) != 1 || open[0].N != b {
		t.Errorf("open: %+v", open)
	}
}

// TestGoingOnCoversNothing: a journal that was cut or changed, and then goes on, is found all the same.
func TestGoingOnCoversNothing(t *testing.T) {
	for what, spoil := range map[string]func(lines [][]byte) [][]byte{
		"tail cut":     func(lines [][]byte) [][]byte { return lines[:7] },
		"all cut":      func([][]byte) [][]byte { return nil },
		"a line wrong": func(lines [][]byte) [][]byte { return append(lines[:4:4], lines[5:]...) },
	} {
		path, headFile := written(t, 10)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.Join(spoil(bytes.SplitAfter(good, []byte("\n"))[:10]), nil)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time there is nothing new to say
			j, _, err := Open(filepath.Dir(path), headFile)
			if err != nil {
				t.Fatal(err)
			}
			for range 20 {
				j.Append(Entry{Kind: KindBlack}, nil)
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
		}
		said := 0
		if _, err := ReadFile(path, func(e Entry) {
			if e.Kind == KindBroken && e.Lost.Count == 10 {
				said++
			}
		}); err != nil || said != 1 {
			t.Errorf("%s: said %d times, %v", what, said, err)
		}
		var fault *Fault
		if err := verify(t, path, headFile); !errors.As(err, &fault) || fault.Code != FaultBroken {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAJournalOfANewerVersionIsLeftAlone(t *testing.T) {
	path, headFile := written(t, 1)
	newer := fmt.Appendf(nil, `{"v":%d,"n":1,"at":"2030-01-01T00:00:00Z","kind":"show","more":1}`+"\n", Version+1)
	if err := os.WriteFile(path, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	var fault *Fault
	if _, _, err := Open(filepath.Dir(path), headFile); !errors.As(err, &fault) || fault.Code != FaultNewer {
		t.Error(err)
	}
	if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, newer) {
		t.Errorf("it was written to: %q, %v", is, err)
	}
}

// A power cut can leave a file longer than what was written, filled with zeros.
func TestManyZerosAtTheEndAreMended(t *testing.T) {
	path, headFile := written(t, 3)
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, info.Size()+1<<20)
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		j, setAside, err := Open(filepath.Dir(path), headFile)
		if err != nil || setAside != "" {
			t.Fatal(setAside, err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if h, err := ReadFile(path, nil); err != nil || h.Count != 4 {
		t.Errorf("%+v, %v", h, err)
	}
	if err := verify(t, path, headFile); err != nil {
		t.Error(err)
	}
}

// A case that was moved keeps its head; a copy beside the original has its own.
func TestHeadsFollowACaseThatMoves(t *testing.T) {
	dir := t.TempDir()
	heads, here, there := filepath.Join(dir, "heads"), filepath.Join(dir, "here"), filepath.Join(dir, "there")
	run := func(at string) Head {
		t.Helper()
		j, setAside, err := Open(at, HeadFile(heads, "ID", filepath.Join(at, FileName)))
		if err != nil || setAside != "" {
			t.Fatal(setAside, err)
		}
		j.Append(Entry{Kind: KindBlack}, nil)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		return j.Head()
	}
	run(here)
	if err := os.CopyFS(there, os.DirFS(here)); err != nil {
		t.Fatal(err)
	}
	run(here)
	if h := run(there); h.Count != 2 {
		t.Errorf("the copy has %d lines", h.Count) // and no entry that blames it for lacking the original's
	}
	if h := run(here); h.Count != 3 {
		t.Errorf("the original has %d lines", h.Count)
	}
	moved := filepath.Join(dir, "moved")
	if err := os.Rename(here, moved); err != nil {
		t.Fatal(err)
	}
	kept, err := KeptHead(HeadFile(heads, "ID", filepath.Join(moved, FileName)))
	if err != nil || kept == nil || kept.Count != 3 {
		t.Errorf("the moved case's head: %+v, %v", kept, err)
	}
}

func FuzzRead(f *testing.F) {
	path, _ := written(f, 3)
	good, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("{}\n"))
	f.Add([]byte("\n\n"))
	f.Add([]byte(`{"v":1,"n":1,"at":"2026-01-01T00:00:00Z","kind":"black"}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		h, err := Read(bytes.NewReader(data), func(Entry) { n++ })
		if n != h.Count {
			t.Errorf("%d entries were given, the head says %d", n, h.Count)
		}
		if err == nil && h.Count != bytes.Count(data, []byte("\n")) {
			t.Errorf("%d lines, %d entries", bytes.Count(data, []byte("\n")), h.Count)
		}
	})
}

// BenchmarkVerify100000 takes 2 s at most.
func BenchmarkVerify100000(b *testing.B) {
	path, headFile := written(b, 100000)
	for b.Loop() {
		if err := verify(b, path, headFile); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppend is what a take costs the UI goroutine: 2 ms at most in 95 of 100.
func BenchmarkAppend(b *testing.B) {
	dir := b.TempDir()
	j, _, err := Open(dir, filepath.Join(dir, "head"))
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	frame := image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	var took []time.Duration // of Append alone, while the frames before are hashed and synced
	for b.Loop() {
		began := time.Now()
		j.Append(Entry{Kind: KindShow, Shown: &Shown{Panes: []Pane{{Path: "BL 45.pdf", Page: 1}}}}, frame)
		took = append(took, time.Since(began))
		if len(took)%4 == 0 {
			_ = j.Flush()
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
}
