package shelf

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func load(t *testing.T, dir string) *Shelf {
	t.Helper()
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRememberAndForget(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "config")
	folder := t.TempDir()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	a := Entry{Path: filepath.Join(folder, "a"), ID: "A", Title: "Vụ A", Opened: at, Pages: 3, Exhibits: 2}
	b := Entry{Path: filepath.Join(folder, "b 100%41\xb6"), ID: "A", Title: "Bản sao", Opened: at}

	s := load(t, dir)
	for _, e := range []Entry{a, b, a} {
		if err := s.Remember(e); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]Entry{a, b}, load(t, dir).Cases()); diff != "" {
		t.Errorf("after Remember: %s", diff)
	}
	if err := os.Mkdir(a.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(a.Path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Entry{b}, load(t, dir).Cases()); diff != "" {
		t.Errorf("after Forget: %s", diff)
	}
	if _, err := os.Stat(a.Path); err != nil {
		t.Errorf("Forget touched the folder: %v", err)
	}
	if err := s.Remember(Entry{Path: "relative"}); err == nil {
		t.Error("Remember took a relative path")
	}
}

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	want := Settings{Language: "vi", Theme: "dark", CourtScreen: "HDMI-1 520x290", More: map[string]string{"x": "y"}}
	if err := load(t, dir).SetSettings(want); err != nil {
		t.Fatal(err)
	}
	got := load(t, dir).Settings()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBadFileIsSetAside(t *testing.T) {
	for name, content := range map[string]string{
		"cut": `{"version":1,"cases":[{"pa`, "empty": "", "newer": `{"version":99}`, "no version": `{}`, "bytes": "\x00\xff",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, fileName), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Load(dir)
			if err == nil || s == nil || !strings.Contains(s.SetAside(), ".bad-") {
				t.Fatalf("Load: %v, %v", s, err)
			}
			if kept, err := os.ReadFile(s.SetAside()); err != nil || string(kept) != content {
				t.Errorf("set aside: %q, %v", kept, err)
			}
			if err := s.SetSettings(Settings{Theme: "dark"}); err != nil {
				t.Error(err)
			}
			if got := load(t, dir).Settings().Theme; got != "dark" {
				t.Errorf("theme %q", got)
			}
		})
	}
}

func TestUnwritableIsToldAndKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := Load(dir)
	if err := s.SetSettings(Settings{Theme: "dark"}); err == nil {
		t.Error("no error")
	}
	if s.Settings().Theme != "dark" {
		t.Error("the choice is lost")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(`{"version":1,"cases":[{"path":"/a"}],"settings":{"language":"vi"}}`))
	f.Add([]byte(`{"version":1,"cases":null,"settings":{"more":{"a":"b"}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, fileName), b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, _ := Load(dir)
		if err := s.Remember(Entry{Path: filepath.Join(dir, "x")}); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(dir); err != nil {
			t.Fatalf("what was written can't be read: %v", err)
		}
	})
}
