package search_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"butluc/library/search"
	"butluc/library/search/text"
)

// childDir tells the test's binary to be the child of TestKilledWhileAdding.
const childDir = "BUTLUC_INDEX_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := addForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// addForEver adds page after page and says after each that it is there.
func addForEver(dir string) error {
	x, err := search.Open(dir)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		e := search.Entry{Key: text.Key{SHA256: "a", Page: i}, Page: pageOf(fmt.Sprint("trang ", i), "con dao")}
		if err := x.Add(context.Background(), e); err != nil {
			return err
		}
		if _, err := fmt.Println(i); err != nil {
			return err
		}
	}
}

// An index whose process is killed while it adds pages has all that were said to be there.
func TestKilledWhileAdding(t *testing.T) {
	dir := t.TempDir()
	said := -1
	for range 3 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childDir+"="+dir)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() && said < 30 {
			if _, err := fmt.Sscan(lines.Text(), &said); err != nil {
				t.Fatal(err)
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		x, err := search.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		for i := range said + 1 {
			if !x.Has(text.Key{SHA256: "a", Page: i}) {
				t.Errorf("page %d is lost", i)
			}
		}
		if got := found(t, x, fmt.Sprintf(`"trang %d"`, said)); len(got) != 1 || got[0] != said {
			t.Errorf("the last page is not found: %v", got)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		said = -1
	}
}

// A damaged index is thrown away: it is made again from the text.
func TestADamagedIndexIsBegunAnew(t *testing.T) {
	dir := t.TempDir()
	x, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Add(t.Context(), search.Entry{Key: text.Key{SHA256: "a"}, Page: pageOf("con dao")}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"*/index_meta.json", "*/store/root.bolt", "*/store/*.zap"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		if len(files) == 0 {
			t.Fatalf("no %s to damage", pattern)
		}
		for _, f := range files {
			if err := os.WriteFile(f, []byte("torn"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		x, err := search.Open(dir)
		if err != nil {
			t.Fatalf("with %s damaged: %v", pattern, err)
		}
		if err := x.Add(t.Context(), search.Entry{Key: text.Key{SHA256: "a"}, Page: pageOf("con dao")}); err != nil {
			t.Errorf("with %s damaged: %v", pattern, err)
		}
		if got := found(t, x, "dao"); len(got) != 1 {
			t.Errorf("with %s damaged: %v", pattern, got)
		}
		if err := x.Close(); err != nil {
			t.Errorf("with %s damaged: %v", pattern, err)
		}
	}
}
