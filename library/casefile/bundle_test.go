package casefile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library"
)

func pathsOf(b *Bundle) (paths []string) {
	for _, i := range b.Items {
		paths = append(paths, i.Path)
	}
	slices.Sort(paths)
	return paths
}

func bundle(t *testing.T, c *Case, o BundleOptions) *Bundle {
	t.Helper()
	b, err := c.Bundle(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// What is sent is the case as it is now, while it is open; what was edited a moment ago goes along.
func TestBundle(t *testing.T) {
	dir := newCase(t, map[string]string{"Tập 1/a.txt": "một", "Tập 1/b.txt": "hai", "Tập 2/c.txt": "ba"})
	write(t, dir, "_butluc/text/aa", "chữ")
	if err := os.Mkdir(filepath.Join(dir, "rỗng"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 300 { // more than a page of the database holds
		write(t, dir, fmt.Sprintf("_ảnh/%d.txt", i), fmt.Sprint("ảnh ", i))
	}
	c := open(t, dir, Options{NoWatch: true})
	started(t, c)
	await(t, c)
	if _, _, err := c.Journal(); err != nil {
		t.Fatal(err)
	}
	b := bundle(t, c, BundleOptions{Study: true})
	want := []string{
		"Tập 1/a.txt", "Tập 1/b.txt", "Tập 2/c.txt", "_butluc/case.db", "_butluc/text/aa", "_butluc/ĐỌC TÔI - README.txt",
	}
	got := slices.DeleteFunc(pathsOf(b), func(p string) bool {
		return strings.HasPrefix(p, "_ảnh/") || filepath.Dir(filepath.FromSlash(p)) == filepath.Join("_butluc", "journal")
	})
	if !slices.Equal(got, want) || !slices.Equal(b.Folders, []string{"rỗng"}) {
		t.Errorf("it has %q, folders %q", got, b.Folders)
	}
	// The same again is the same, but the database's bytes, so that sealing can go on.
	again := bundle(t, c, BundleOptions{Study: true})
	if len(b.Study) != 64 || b.Study != again.Study {
		t.Errorf("what is known is %q, then %q", b.Study, again.Study)
	}
	for i, item := range b.Items {
		if item.Path != "_butluc/case.db" && item.SHA256 != again.Items[i].SHA256 || len(item.SHA256) != 64 {
			t.Errorf("%s is %s, then %s", item.Path, item.SHA256, again.Items[i].SHA256)
		}
		in, err := item.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		in.Close()
		if err != nil || int64(len(data)) != item.Size {
			t.Errorf("%s has %d bytes, %v", item.Path, len(data), err)
		}
	}
	if err := b.Check(); err != nil {
		t.Error(err)
	}
	write(t, dir, "Tập 2/d.txt", "mới")
	if err := b.Check(); !errors.Is(err, ErrRestless) {
		t.Errorf("a file came: %v", err)
	}
	temp := b.temp
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(temp); err == nil {
		t.Error("the copy of the database is left")
	}
}

func TestBundleOfChosenFiles(t *testing.T) {
	dir := newCase(t, map[string]string{"Tập 1/a.txt": "một", "Tập 1/b.txt": "hai", "Tập 2/c.txt": "ba", "Tập 10/d.txt": "bốn"})
	c := open(t, dir, Options{NoWatch: true, Paused: true})
	for want, only := range map[string][]string{
		"Tập 1/a.txt Tập 1/b.txt":  {"Tập 1/"},
		"Tập 1/b.txt Tập 2/c.txt":  {"Tập 2", "Tập 1/b.txt"},
		"Tập 10/d.txt Tập 2/c.txt": {library.EscapePath("Tập 10/d.txt"), "Tập 2/c.txt"},
	} {
		b := bundle(t, c, BundleOptions{Only: only})
		got := ""
		for _, p := range pathsOf(b) {
			got += " " + p
		}
		if got != " "+want {
			t.Errorf("%q: %q", only, got)
		}
	}
	if _, err := c.Bundle(t.Context(), BundleOptions{Only: []string{"Tập 3"}}, nil); !errors.Is(err, ErrNoSuchFile) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
