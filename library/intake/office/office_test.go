package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/intake"
)

// The test binary plays LibreOffice when it is called as one.
func TestMain(m *testing.M) {
	if slices.Contains(os.Args, "--convert-to") {
		os.Exit(pretend(os.Args[len(os.Args)-1]))
	}
	if len(os.Args) == 5 && os.Args[1] == MicrosoftVerb {
		os.Exit(pretend(os.Args[2]))
	}
	os.Exit(m.Run())
}

func pretend(source string) int {
	content, err := os.ReadFile(source)
	if err != nil {
		return 9
	}
	switch string(content) {
	case "hangs":
		time.Sleep(time.Hour)
	case "fails":
		_, _ = os.Stderr.WriteString("Error: source file could not be loaded\nmore")
		return 1
	case "nothing":
		return 0
	}
	out := strings.TrimSuffix(source, filepath.Ext(source)) + ".pdf"
	if os.WriteFile(out, append([]byte("%PDF-1.4 of "), content...), 0o600) != nil {
		return 8
	}
	return 0
}

func convert(ctx context.Context, t *testing.T, c *Converter, content string) (string, error) {
	t.Helper()
	made, err := rendition(ctx, t, c, content)
	return made.Name, err
}

func rendition(ctx context.Context, t *testing.T, c *Converter, content string) (intake.Rendition, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Đơn.docx")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return c.Convert(ctx, library.File{Path: "Đơn.docx"}, func() (*os.File, error) { return os.Open(path) })
}

func TestConvert(t *testing.T) {
	c := &Converter{Program: os.Args[0], CacheDir: filepath.Join(t.TempDir(), "bộ nhớ đệm %")}
	name, err := convert(t.Context(), t, c, "đơn")
	if err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadFile(filepath.Join(c.CacheDir, name))
	if err != nil || string(made) != "%PDF-1.4 of đơn" {
		t.Errorf("%q, %v", made, err)
	}
	c.Program = "none" // a PDF made before needs no program
	if again, err := convert(t.Context(), t, c, "đơn"); again != name || err != nil {
		t.Errorf("again: %q, %v", again, err)
	}
	if left, _ := os.ReadDir(c.CacheDir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestConvertFails(t *testing.T) {
	c := &Converter{Program: os.Args[0], CacheDir: t.TempDir()}
	if _, err := convert(t.Context(), t, c, "fails"); err == nil || !strings.Contains(err.Error(), "could not be loaded") {
		t.Errorf("fails: %v", err)
	}
	if _, err := convert(t.Context(), t, c, "nothing"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
	c.Deadline = 300 * time.Millisecond
	if _, err := convert(t.Context(), t, c, "hangs"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hangs: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := convert(ctx, t, c, "hangs"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := os.ReadDir(c.CacheDir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestEnding(t *testing.T) {
	for p, want := range map[string]string{"a.docx": ".docx", "a.DOC": ".doc", "a": "", "a.": "", "a.d/c": "", "a.x y": "", "a.--x": ""} {
		if got := ending(p); got != want {
			t.Errorf("ending(%q) = %q, want %q", p, got, want)
		}
	}
}
