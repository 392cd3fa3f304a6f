package mpv

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A recording deep in folders has a name that Windows' own functions take, at any length; a short one stays as it is.
func TestALongNameIsTakenByWindows(t *testing.T) {
	deep := strings.Repeat("Tập hồ sơ/", 40)
	for name, want := range map[string]string{
		`C:\a\b.mp4`:                `C:\a\b.mp4`,
		`C:\` + deep + "b.mp4":      `\\?\C:\` + strings.ReplaceAll(deep, "/", `\`) + "b.mp4",
		`\\may\chung\` + deep + "b": `\\?\UNC\may\chung\` + strings.ReplaceAll(deep, "/", `\`) + "b",
		`\\?\C:\` + deep + "b":      `\\?\C:\` + deep + "b",
	} {
		if got := longName(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	dir := filepath.Join(t.TempDir(), filepath.FromSlash(deep))
	file := filepath.Join(dir, "b.mp4")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	kept, name, err := keep(f)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close() //nolint:errcheck // read only
	if data, err := os.ReadFile(name); err != nil || string(data) != "x" {
		t.Errorf("%s: %v", name, err)
	}
}
