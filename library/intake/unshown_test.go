package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library"
)

func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What can't be shown has its own reason, told by its content: the way out of each is another.
func TestReasonsOfFilesThatAreNotShown(t *testing.T) {
	photos := zipOf(t, "ảnh 1.jpg", "[Content_Types].xml", "biên bản.docx", "word.txt")
	hole := strings.Repeat("\x00", 3<<20)
	files := map[string]struct {
		content, want string
	}{
		"zalo.zip":            {photos, "archive zip"},
		"zalo without a name": {photos, "archive zip"},
		"cắt.zip":             {photos[:len(photos)-20], "archive broken"},
		"đơn.docx":            {zipOf(t, "word/document.xml", "[Content_Types].xml"), "office office"},
		"trình chiếu.pptx":    {zipOf(t, "[Content_Types].xml", "ppt/presentation.xml"), "office office"},
		"a.rar":               {"Rar!\x1a\x07\x01\x00....", "archive rar"},
		"a.7z":                {"7z\xbc\xaf\x27\x1c\x00\x04....", "archive 7z"},
		"a.pdf":               {hole, "unknown zeros"},
		"short.pdf":           {"\x00", "unknown zeros"},
		"b.pdf":               {hole[:len(hole)-1] + "x", "unknown unknown"},
		"camera":              {"\x00\x00\x00\x01" + h264Sets + "\x00\x00\x01\x65\x88", "unknown raw-video"},
		"empty.pdf":           {"", "unknown empty"},
		".BL 12.pdf.icloud":   {"bplist00", "unknown cloud"},
	}
	dir := t.TempDir()
	for name, f := range files {
		write(t, dir, name, f.content)
	}
	write(t, dir, ".DS_Store", "litter")
	got := read(t, &Reader{Root: dir, Inspector: pages(1), Eager: true}, nil)
	for name, f := range files {
		have := got.files[name]
		if s := have.Kind.String() + " " + string(have.Fault.Code); s != f.want {
			t.Errorf("%s is %s, want %s (%s)", name, s, f.want, have.Fault.Detail)
		}
	}
	if len(got.files) != len(files) {
		t.Errorf("%d files, want %d", len(got.files), len(files))
	}
}

// A placeholder of OneDrive is never opened, which would fetch it; once it is on the disk it is read.
func TestAFileInTheCloudIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.pdf", "%PDF-1.4")
	r := &Reader{Root: dir, Inspector: pages(1), Eager: true}
	r.seam.away = func(name string) bool { return name == "a.pdf" }
	r.seam.open = func(name string) error { t.Errorf("%s is opened", name); return fs.ErrPermission }
	got := read(t, r, nil)
	if f := got.files["a.pdf"]; f.Fault.Code != library.FaultCloud {
		t.Errorf("%+v", f)
	}
	r.seam = seam{}
	if f := read(t, r, got.files).files["a.pdf"]; f.Pages != 1 || f.SHA256 == "" {
		t.Errorf("on the disk: %+v", f)
	}
}

// A ZIP is unpacked beside the case, never into it, and never into a folder that is there.
func TestAZIPIsUnpackedBesideTheCase(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "Vụ án")
	write(t, dir, "Tập 1/ảnh 15%.zip", zipOf(t, "1.jpg", "b/2.jpg"))
	zip := library.EscapePath("Tập 1/ảnh 15%.zip")
	if names, err := Held(dir, zip); err != nil || !slices.Equal(names, []string{"1.jpg", "b/2.jpg"}) {
		t.Errorf("it holds %q, %v", names, err)
	}
	for _, into := range []string{dir, filepath.Join(dir, "Tập 1"), filepath.Join(dir, "_butluc")} {
		if _, _, err := Unpack(t.Context(), dir, zip, into, nil); !errors.Is(err, ErrInside) {
			t.Errorf("into %s: %v", into, err)
		}
	}
	for _, want := range []string{"ảnh 15%", "ảnh 15% (2)"} {
		made, got, err := Unpack(t.Context(), dir, zip, base, nil)
		if err != nil || filepath.Base(made) != want || got.Files != 2 {
			t.Errorf("%s, %+v, %v", made, got, err)
		}
		if _, err := os.Stat(filepath.Join(base, want, "b", "2.jpg")); err != nil {
			t.Error(err)
		}
	}
}
