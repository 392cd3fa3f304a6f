package portable

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/app/crash"
	"butluc/app/wiring"
	"butluc/library/shelf"
	"butluc/library/store"
)

// With portable.txt beside the program all that it keeps for itself lies in its folder: settings, data, cache, crash reports
// and what is temporary.
func TestAPortableProgramKeepsAllInItsFolder(t *testing.T) {
	for _, name := range []string{"AppData", "LocalAppData", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR"} {
		t.Setenv(name, os.Getenv(name)) // as it was, afterwards
	}
	stick := filepath.Join(t.TempDir(), "Bút lục ễ")
	if err := os.MkdirAll(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(stick, "butluc.exe")
	if dir := Dir(program); dir != "" {
		t.Fatalf("without %s it is portable, in %s", Marker, dir)
	}
	if err := os.WriteFile(filepath.Join(stick, Marker), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := Dir(program)
	if err := Settle(dir); err != nil {
		t.Fatal(err)
	}
	cache, err := wiring.CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := shelf.DefaultDir()
	if err != nil {
		t.Fatal(err)
	}
	crashes, err := crash.Dir()
	if err != nil {
		t.Fatal(err)
	}
	for what, path := range map[string]string{
		"cache": cache, "settings": settings, "crash reports": crashes, "data": store.DefaultDataDir(), "temporary files": os.TempDir(),
	} {
		if !strings.HasPrefix(path, stick+string(filepath.Separator)) {
			t.Errorf("%s: %s", what, path)
		}
	}
}

// A stick that is write-protected has the program go on as one that is none.
func TestAFolderThatCannotBeMadeIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "no folder")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before := os.Getenv("XDG_CONFIG_HOME")
	if err := Settle(filepath.Join(file, folder)); err == nil {
		t.Error("nothing is told")
	}
	if after := os.Getenv("XDG_CONFIG_HOME"); after != before {
		t.Errorf("settings go to %s", after)
	}
}
