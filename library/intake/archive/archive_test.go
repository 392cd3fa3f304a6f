package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library/internal/portable"
)

// entry is one of a ZIP that a test writes.
type entry struct {
	name  string
	text  string
	other bool // the name is not in UTF-8
	extra []byte
	edit  func(*zip.FileHeader)
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, NonUTF8: e.other, Extra: e.extra, Method: zip.Deflate, Modified: time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)}
		if e.edit != nil {
			e.edit(h)
		}
		to, err := w.CreateHeader(h)
		if err == nil {
			_, err = to.Write([]byte(e.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t testing.TB, data []byte) *Zip {
	t.Helper()
	z, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// tree is what a folder holds: text by path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestNamesAreReadInTheirCodePage(t *testing.T) {
	sum := make([]byte, 4)
	old := "Bi\x88n b\x86n.pdf"
	binary.LittleEndian.PutUint32(sum, crc32.ChecksumIEEE([]byte(old)))
	path := append(append([]byte{1}, sum...), "Biên bản.pdf"...)
	field := binary.LittleEndian.AppendUint16([]byte{0x75, 0x70}, uint16(len(path)))
	z := opened(t, zipped(t,
		entry{name: "Tập 1/BL 12 Biên bản.pdf"},
		entry{name: "Cáo trạng.pdf", other: true},                    // UTF-8 that does not say so, as a Mac's
		entry{name: "Ca\xec tr\xe0ng.pdf", other: true},              // Windows-1258
		entry{name: "\x9abersicht \x82t\x82.pdf", other: true},       // 437
		entry{name: old, other: true, extra: append(field, path...)}, // Info-ZIP
		entry{name: `Tập 2\BL 3.pdf`, other: true},
		entry{name: "Tập 3/"},
	))
	want := []string{
		"Tập 1/BL 12 Biên bản.pdf", "Cáo trạng.pdf", "Cá tràng.pdf", "Übersicht été.pdf", "Biên bản.pdf", "Tập 2/BL 3.pdf",
	}
	if got := z.Names(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestExtract(t *testing.T) {
	z := opened(t, zipped(t,
		entry{name: "Tập 1/BL 12.pdf", text: "twelve"},
		entry{name: "tập 1/bl 12.PDF", text: "twelve again"},
		entry{name: "Tập 1/BL 12.pdf", text: "and again"},
		entry{name: "trống/"},
		entry{name: "BL 30 Kết luận 15%.pdf", text: "%"},
		entry{name: "hỏi: ai?.txt", text: "who"},
		entry{name: "CON.txt", text: "con"},
		entry{name: "../ngoài.pdf", text: "out"},
		entry{name: "/etc/ngoài.pdf", text: "out"},
		entry{name: `C:\ngoài.pdf`, text: "out"},
		entry{name: `..\ngoài.pdf`, text: "out", other: true},
		entry{name: "liên kết", text: "/etc/passwd", edit: func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }},
		entry{name: "Tập 1", text: "a file where a folder is"},
	))
	dir := filepath.Join(t.TempDir(), "ra")
	got, err := z.Extract(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"Tập 1/BL 12.pdf": "twelve", "tập 1/bl 12.PDF": "twelve again", "Tập 1/BL 12 (2).pdf": "and again",
		"BL 30 Kết luận 15%.pdf": "%", "hỏi_ ai_.txt": "who", "_CON.txt": "con", "Tập 1 (2)": "a file where a folder is",
	}
	have := tree(t, dir)
	for path, text := range want {
		if path == "Tập 1/BL 12 (2).pdf" || path == "tập 1/bl 12.PDF" {
			continue // which of them gets the number is the file system's to say
		}
		if have[path] != text {
			t.Errorf("%s is %q, want %q", path, have[path], text)
		}
	}
	if len(have) != len(want) || got.Files != len(want) {
		t.Errorf("%d files, %d told, want %d: %q", len(have), got.Files, len(want), have)
	}
	var left []string
	for _, l := range got.Left {
		left = append(left, l.Name+" "+string(l.Why))
	}
	if want := []string{
		"../ngoài.pdf outside", "/etc/ngoài.pdf outside", "C:/ngoài.pdf outside", "../ngoài.pdf outside", "liên kết special",
	}; !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "..", "ngoài.pdf")); err == nil {
		t.Error("a file was written outside of the folder")
	}
	if info, err := os.Stat(filepath.Join(dir, "trống")); err != nil || !info.IsDir() {
		t.Error("the empty folder is missing")
	}
	if info, err := os.Stat(filepath.Join(dir, "Tập 1", "BL 12.pdf")); err != nil || info.ModTime().UTC().Year() != 2026 {
		t.Errorf("the time of the file: %v, %v", info, err)
	}
	if _, err := z.Extract(t.Context(), dir, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("into a folder that is there: %v", err)
	}
	if after := tree(t, dir); len(after) != len(have) {
		t.Error("the folder that was there is another")
	}
}

// What is damaged, locked or packed in an unknown way costs itself alone.
func TestEntriesThatCanNotBeTakenOut(t *testing.T) {
	data := zipped(t,
		entry{name: "khóa.pdf", text: "locked", edit: func(h *zip.FileHeader) { h.Flags |= 1 }},
		entry{name: "hỏng.pdf", text: "a text that will be another", edit: func(h *zip.FileHeader) { h.Method = zip.Store }},
		entry{name: "tốt.pdf", text: "good"},
	)
	copy(data[bytes.Index(data, []byte("a text that")):], "X")
	dir := filepath.Join(t.TempDir(), "ra")
	got, err := opened(t, data).Extract(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []Left{{"khóa.pdf", Encrypted}, {"hỏng.pdf", Damaged}}; !slices.Equal(got.Left, want) {
		t.Errorf("left are %q, want %q", got.Left, want)
	}
	if have := tree(t, dir); len(have) != 1 || have["tốt.pdf"] != "good" {
		t.Errorf("the folder holds %q", have)
	}
}

// A small file that says, or turns out, to be a very large one fills no disk.
func TestABombIsRefused(t *testing.T) {
	zeros := strings.Repeat("\x00", 64<<20)
	var many []entry
	for range 5 {
		many = append(many, entry{name: "0.bmp", text: zeros})
	}
	dir := filepath.Join(t.TempDir(), "ra")
	if _, err := opened(t, zipped(t, many...)).Extract(t.Context(), dir, nil); !errors.Is(err, ErrTooLarge) {
		t.Errorf("320 MB of zeros: %v", err)
	}
	data := zipped(t, entry{name: "0.bmp", text: zeros[:1<<20]})
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 100) // says that it is smaller
	got, err := opened(t, data).Extract(t.Context(), dir, nil)
	if err != nil || got.Files != 0 || got.Bytes != 0 || len(got.Left) != 1 || got.Left[0].Why != Damaged {
		t.Errorf("a file that is larger than it says: %+v, %v", got, err)
	}
}

func TestAnExtractionThatIsStoppedLeavesNothing(t *testing.T) {
	data := zipped(t, entry{name: "a.pdf", text: "a"}, entry{name: "b.pdf", text: "b"})
	dir := filepath.Join(t.TempDir(), "ra")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := opened(t, data).Extract(ctx, dir, func(done, total int64) {
		if total != 2 {
			t.Errorf("%d bytes of %d", done, total)
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestOfficeByTheDirectory(t *testing.T) {
	for name, c := range map[string]struct {
		entries []entry
		want    bool
	}{
		"docx":                  {[]entry{{name: "word/document.xml"}, {name: "[Content_Types].xml"}}, true},
		"xlsx":                  {[]entry{{name: "[Content_Types].xml"}, {name: "xl/workbook.xml"}}, true},
		"odt":                   {[]entry{{name: "mimetype", text: "application/vnd.oasis.opendocument.text"}, {name: "content.xml"}}, true},
		"epub":                  {[]entry{{name: "mimetype", text: "application/epub+zip"}}, false},
		"a docx inside":         {[]entry{{name: "a.docx", text: "[Content_Types].xml word/ _rels/.rels", edit: stored}}, false},
		"a folder called word":  {[]entry{{name: "word/1.jpg"}}, false},
		"begins like a docx":    {[]entry{{name: "_rels/.rels"}}, false},
		"photographs from Zalo": {[]entry{{name: "1.jpg"}, {name: "2.jpg"}}, false},
	} {
		if got := opened(t, zipped(t, c.entries...)).Office(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func stored(h *zip.FileHeader) { h.Method = zip.Store }

// A directory that states what it does not have takes no memory for it.
func TestADirectoryIsBounded(t *testing.T) {
	good := zipped(t, entry{name: "a.pdf"})
	cut := good[:len(good)-30]
	if _, err := Open(bytes.NewReader(cut), int64(len(cut))); !errors.Is(err, ErrDamaged) {
		t.Errorf("cut: %v", err)
	}
	end := make([]byte, 0, 100) // of a ZIP64 that states 600 million entries, as a sparse file of 20 GB could hold
	end = append(end, "PK\x06\x06"...)
	end = binary.LittleEndian.AppendUint64(end, 44)
	end = append(end, make([]byte, 12)...)
	for range 2 {
		end = binary.LittleEndian.AppendUint64(end, 600_000_000)
	}
	end = append(end, make([]byte, 16)...)
	end = append(append(end, "PK\x06\x07"...), make([]byte, 16)...)
	end = append(append(end, "PK\x05\x06"...), make([]byte, 4)...)
	end = append(append(end, bytes.Repeat([]byte{255}, 12)...), 0, 0)
	if _, err := Open(bytes.NewReader(end), int64(len(end))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("600 million entries: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, entry{name: "Tập 1/BL 12.pdf", text: "twelve"}, entry{name: "mimetype", text: "application/vnd"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		z, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		z.Office()
		for i, name := range z.Names() {
			if path := portable.Path(name); path != "" && !filepath.IsLocal(path) {
				t.Errorf("entry %d, %q, leads to %q", i, name, path)
			}
		}
	})
}
