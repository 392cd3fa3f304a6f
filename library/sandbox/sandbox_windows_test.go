package sandbox

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// TestFence runs what a hostile file might do, in a process that is fenced like a worker or a player.
func TestFence(t *testing.T) {
	if dir := os.Getenv("BUTLUC_FENCED"); dir != "" {
		kind := Draw
		if os.Getenv("BUTLUC_KIND") == Play.String() {
			kind = Play
		}
		fmt.Println("job:", enterJob(kind))
		fmt.Println("integrity:", lowerIntegrity())
		_, err := os.ReadFile(filepath.Join(dir, "evidence"))
		fmt.Println("read:", err)
		fmt.Println("run a program:", exec.Command(os.Args[0], "-test.run=none").Run())
		fmt.Println("make file:", os.WriteFile(filepath.Join(dir, "new"), nil, 0o600))
		fmt.Println("write evidence:", os.WriteFile(filepath.Join(dir, "evidence"), nil, 0o600))
		fmt.Println("delete evidence:", os.Remove(filepath.Join(dir, "evidence")))
		os.Exit(0)
	}
	for _, kind := range []Kind{Draw, Play} {
		t.Run(kind.String(), func(t *testing.T) { fenced(t, kind) })
	}
}

func fenced(t *testing.T, kind Kind) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "evidence"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=TestFence$")
	cmd.Env = append(os.Environ(), "BUTLUC_FENCED="+dir, "BUTLUC_KIND="+kind.String())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	refused := []string{"run a program", "make file", "write evidence", "delete evidence"}
	if underWine() {
		t.Log("Wine takes the limits and keeps none of them")
		refused = nil
	}
	said := strings.ReplaceAll(string(out), "\r", "")
	for _, what := range []string{"job", "integrity", "read"} {
		if !strings.Contains(said, what+": <nil>\n") {
			t.Errorf("%s failed; the fenced process said:\n%s", what, said)
		}
	}
	for _, what := range refused {
		if strings.Contains(said, what+": <nil>\n") {
			t.Errorf("%s was allowed; the fenced process said:\n%s", what, said)
		}
	}
}

func underWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}
