package prepare

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/library"
)

// pdfOf is a PDF of one empty page with an attachment of each name, whose content is its name.
func pdfOf(catalog string, attached ...string) string {
	var names, objects []string
	for i, name := range attached {
		n := 4 + 2*i
		names = append(names, fmt.Sprintf("(%d)%d 0 R", i, n))
		objects = append(objects, fmt.Sprintf("<</Type/Filespec/F(%s)/EF<</F %d 0 R>>>>", name, n+1),
			fmt.Sprintf("<</Type/EmbeddedFile/Length %d>>\nstream\n%s\nendstream", len(name), name))
	}
	objects = append([]string{
		"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[" + strings.Join(names, "") + "]>>>>" + catalog + ">>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
	}, objects...)
	body, table := "%PDF-1.7\n", ""
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(body))
		body += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return fmt.Sprintf("%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		body, len(objects)+1, table, len(objects)+1, len(body))
}

const (
	plain     = "BL 1 Đơn.pdf"
	letter    = "BL 2 Thư.pdf"
	portfolio = "BL 3 Tập.pdf"
	packed    = "Ảnh.zip"
)

// newAttachments is the room over documents that hold other files, and one that does not.
func newAttachments(t *testing.T) *harness {
	t.Helper()
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	f, err := w.Create("trong/1.txt")
	if err == nil {
		_, err = f.Write([]byte("một"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "Vụ án")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		plain: pdfOf(""), letter: pdfOf("", "a.txt", "b.txt"), portfolio: pdfOf("/Collection<</Type/Collection>>", "c.txt"), packed: z.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return newHarnessOver(t, dir)
}

// done waits for the work behind the window, and is what is said of it at the foot.
func (h *harness) done() string {
	h.t.Helper()
	h.until("the end of the work", func() bool { _, busy := h.s.Jobs.Now(); return !busy && h.s.Notices.Now().Text != "" })
	text := h.s.Notices.Now().Text
	h.s.Notices.Clear()
	return text
}

// files are those in a folder and below it, sorted.
func files(t *testing.T, dir string) (list []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheButtonsOfFilesThatHoldOthersAreThereForThemAlone(t *testing.T) {
	h := newAttachments(t)
	for _, c := range []struct {
		path         string
		save, unpack bool
	}{{plain, false, false}, {letter, true, false}, {packed, false, true}, {portfolio, true, false}, {plain, false, false}} {
		h.s.Study.Select(library.PageID{Path: c.path})
		h.pump()
		if got := h.head.attached.row.Visible(); got != c.save {
			t.Errorf("%s: attached files can be saved: %v", c.path, got)
		}
		if got := h.unshown.unpack.Visible() && h.unshown.problem.Visible(); got != c.unpack {
			t.Errorf("%s: it can be unpacked: %v", c.path, got)
		}
		if c.path != letter {
			continue
		}
		h.win.Resize(fyne.NewSize(1360, 760)) // lays out anew, as the toolkit's window does by itself
		if size := h.head.attached.save.Size(); size.Width < 1 || !strings.Contains(h.head.attached.names.Text, "a.txt, b.txt") {
			t.Errorf("the row says %q, its button is %v", h.head.attached.names.Text, size)
		}
	}
}

func TestAttachedFilesAreSavedAndNothingIsOverwritten(t *testing.T) {
	h := newAttachments(t)
	h.into = t.TempDir()
	if err := os.WriteFile(filepath.Join(h.into, "a.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.s.Study.Select(library.PageID{Path: letter})
	h.pump()
	test.Tap(h.head.attached.save)
	if said := h.done(); !strings.Contains(said, h.into) || !strings.Contains(said, letter) {
		t.Errorf("the foot says %q", said)
	}
	if got := files(t, h.into); !slices.Equal(got, []string{"a (2).txt", "a.txt", "b.txt"}) {
		t.Errorf("in the folder: %q", got)
	}
	for name, want := range map[string]string{"a.txt": "mine", "a (2).txt": "a.txt", "b.txt": "b.txt"} {
		if got, err := os.ReadFile(filepath.Join(h.into, name)); string(got) != want {
			t.Errorf("%s holds %q (%v)", name, got, err)
		}
	}
}

func TestAZIPIsUnpackedByItsButton(t *testing.T) {
	h := newAttachments(t)
	h.into = t.TempDir()
	h.s.Study.Select(library.PageID{Path: packed})
	h.pump()
	test.Tap(h.unshown.unpack)
	if said := h.done(); !strings.Contains(said, filepath.Join(h.into, "Ảnh")) {
		t.Errorf("the foot says %q", said)
	}
	if got := files(t, h.into); !slices.Equal(got, []string{"Ảnh/trong/1.txt"}) {
		t.Errorf("in the folder: %q", got)
	}
}

// Nothing is written among the originals, and a document that is gone is named.
func TestWhatCanNotBeSavedIsNamed(t *testing.T) {
	h := newAttachments(t)
	root := h.s.Dossier.File().Dir()
	before := files(t, root)
	tap := map[string]func(){letter: func() { test.Tap(h.head.attached.save) }, packed: func() { test.Tap(h.unshown.unpack) }}
	for _, why := range []string{"within the case", "gone"} {
		for path, tap := range tap {
			h.into = filepath.Join(root, "mới")
			if why == "gone" {
				h.into = t.TempDir()
				if err := os.Remove(filepath.Join(root, path)); err != nil {
					t.Fatal(err)
				}
			}
			h.s.Study.Select(library.PageID{Path: path})
			h.pump()
			tap()
			h.until("the end of the work", func() bool { _, busy := h.s.Jobs.Now(); return !busy && h.s.Notices.Now().Text != "" })
			if n := h.s.Notices.Now(); !n.Warn || !strings.Contains(n.Text, path) {
				t.Errorf("%s, %s: the foot says %+v", path, why, n)
			}
			h.s.Notices.Clear()
			if why == "gone" && len(files(t, h.into)) > 0 {
				t.Errorf("%s left %q", path, files(t, h.into))
			}
		}
		if after := files(t, root); why == "within the case" && !slices.Equal(after, before) {
			t.Errorf("the case holds %q, before %q", after, before)
		}
	}
}
