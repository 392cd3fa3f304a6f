package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/library/intake"
)

// fake is a renderer that counts the lines "p" of a file as its pages.
type fake struct {
	dir       string
	inspected atomic.Int64
	proved    atomic.Int64
	gate      chan struct{} // inspections wait for it, where set
	fault     sync.Map      // by path
}

type faultError struct{ fault library.Fault }

func (f faultError) Error() string        { return string(f.fault.Code) }
func (f faultError) Fault() library.Fault { return f.fault }

func (r *fake) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	r.inspected.Add(1)
	if r.gate != nil {
		select {
		case <-r.gate:
		case <-ctx.Done():
			return intake.Facts{}, ctx.Err()
		}
	}
	if code, ok := r.fault.Load(f.Path); ok {
		return intake.Facts{}, faultError{library.Fault{Code: code.(library.FaultCode)}}
	}
	b, err := os.ReadFile(filepath.Join(r.dir, library.SystemPath(f.Path)))
	if err != nil {
		return intake.Facts{}, err
	}
	facts := intake.Facts{Pages: strings.Count(string(b), "\np") + 1}
	if f.Kind.Clip() {
		facts.Duration = 61500
	}
	return facts, nil
}

func (r *fake) Prove(_ context.Context, f library.File, index int) (bool, error) {
	r.proved.Add(1)
	return strings.Contains(f.Path, "cut") && index == 0, nil
}

const pdf = "%PDF-1.7\np\np"

// newCase writes a case folder with these files; content by path.
func newCase(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Vụ án")
	for name, content := range files {
		write(t, dir, name, content)
	}
	return dir
}

func write(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string, o Options) *Case {
	t.Helper()
	if o.DataDir == "" {
		o.DataDir = filepath.Join(filepath.Dir(dir), "data")
	}
	c, err := Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func await(t testing.TB, c *Case) Snapshot {
	t.Helper()
	if err := c.Wait(eventually.Context(t)); err != nil {
		t.Fatalf("wait for reading: %v", err)
	}
	return c.Snapshot()
}

var mixed = map[string]string{
	"Tập 10/BL 30 cut.pdf":        pdf,
	"Tập 2/BL 12-13 Biên bản.pdf": "%PDF-1.4\np",
	"ảnh.jpg":                     "\xff\xd8\xff\xe0\x00\x10JFIF\x00",
	"trống.pdf":                   "",
	"ghi chú.txt":                 "xin chào",
	"ghi âm.wav":                  "RIFF\x00\x00\x00\x00WAVEfmt ",
}

func TestOpenReadReopen(t *testing.T) {
	dir := newCase(t, mixed)
	before := sums(t, dir)
	r := &fake{dir: dir}
	c := open(t, dir, Options{Inspector: r, Prover: r, NoWatch: true})
	s := await(t, c)

	var got []string
	for _, f := range s.Case.Files {
		got = append(got, fmt.Sprint(f.Path, " ", f.Kind, " ", f.Pages, " ", f.Fault.Code, " ", f.Incomplete, " ", f.Proved, " ", len(f.SHA256)))
	}
	want := []string{
		"ảnh.jpg jpeg 1  [] true 64",
		"ghi âm.wav audio 1  [] true 64",
		"ghi chú.txt text 0 unknown [] false 64",
		"Tập 2/BL 12-13 Biên bản.pdf pdf 2  [] true 64",
		"Tập 10/BL 30 cut.pdf pdf 3  [0] true 64",
		"trống.pdf unknown 0 empty [] false 64",
	}
	if !slices.Equal(got, want) {
		t.Errorf("files:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s.Case.Title != "Vụ án" || s.Case.ID == "" || s.Reading || s.Err != nil || len(s.Notices) != 0 {
		t.Errorf("snapshot: %+v", s)
	}
	if e, ok := s.Exhibit("Tập 2/BL 12-13 Biên bản.pdf"); !ok || e.Folio(1).Number != 13 {
		t.Errorf("exhibit: %+v, %v", e, ok)
	}
	c.SetTitle("Trộm cắp")
	c.SetSetting("screen", "HDMI")
	if err := errors.Join(c.Close(), c.Close()); err != nil {
		t.Fatal(err)
	}

	again := &fake{dir: dir, gate: make(chan struct{})} // an inspection would hang
	c = open(t, dir, Options{Inspector: again, Prover: again, NoWatch: true, Paused: true})
	known := c.Snapshot()
	if known.Case.ID != s.Case.ID || known.Case.Title != "Trộm cắp" || c.Setting("screen") != "HDMI" {
		t.Errorf("reopened: %+v", known.Case)
	}
	if len(known.Case.Files) != len(want) || known.Case.Files[4].Pages != 3 || known.Case.Files[1].Duration != 61500 {
		t.Errorf("a known case is not usable at once: %+v", known.Case.Files)
	}
	c.ResumeReading()
	await(t, c)
	if n := again.inspected.Load() + again.proved.Load(); n != 0 {
		t.Errorf("reopening read %d things again", n)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if after := sums(t, dir); !mapsEqual(before, after) {
		t.Errorf("promise 6: evidence changed: %v, %v", before, after)
	}
}

func sums(t testing.TB, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == library.Sidecar {
			return filepath.SkipDir
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		sum := sha256.Sum256(b)
		m[path] = hex.EncodeToString(sum[:]) + info.ModTime().String() + info.Mode().String()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mapsEqual(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}
