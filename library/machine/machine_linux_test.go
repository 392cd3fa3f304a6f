package machine

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPowerIsReadFromTheSupplies(t *testing.T) {
	for _, c := range []struct {
		what     string
		supplies map[string]map[string]string
		want     Power
	}{
		{"a desktop", nil, Unknown},
		{"a laptop on mains", map[string]map[string]string{"AC": {"type": "Mains", "online": "1"}, "BAT0": {"type": "Battery"}}, Mains},
		{"a laptop on battery", map[string]map[string]string{"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery"}}, Battery},
		{"a desktop with a wireless mouse", map[string]map[string]string{"hid": {"type": "Battery", "scope": "Device"}}, Unknown},
	} {
		dir := t.TempDir()
		for name, files := range c.supplies {
			if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
				t.Fatal(err)
			}
			for file, text := range files {
				if err := os.WriteFile(filepath.Join(dir, name, file), []byte(text+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := powerIn(dir); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestFreeDiskOfAFolderThatIsNotThereIsAnError(t *testing.T) {
	if free, err := Free(t.TempDir()); err != nil || free == 0 {
		t.Errorf("%d, %v", free, err)
	}
	if _, err := Free(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Error("no error")
	}
}
