package casefile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/eventually"
)

// heldFiles are those that testdata/before-versions.db knows, as a program without [intake.Version] saw them: the picture
// that moves had one page, the cut file was thought to be whole, the recording was as long as its header says, the HEIC
// was broken, the sound without a codec, the ZIP unknown, and of nửa.pdf one page came out only in part.
var heldFiles = map[string]string{
	"ảnh động.gif":    "GIF89a\np\np",
	"cắt cut.pdf":     "%PDF-1.4\np",
	"camera.mp4":      "\x00\x00\x00\x10ftypisom",
	"điện thoại.heic": "\x00\x00\x00\x10ftypheic",
	"gửi qua Zalo":    "PK\x03\x04 ends at once",
	"ghi âm.wav":      "RIFF\x00\x00\x00\x00WAVEfmt ",
	"nửa.pdf":         "%PDF-1.5\np",
	"nguyên.pdf":      "%PDF-1.6\np\np",
}

var heldTime = time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)

// held is a case folder as a program left it that knew less of files.
func held(t *testing.T) string {
	t.Helper()
	dir := newCase(t, heldFiles)
	for name := range heldFiles {
		if err := os.Chtimes(filepath.Join(dir, name), heldTime, heldTime); err != nil {
			t.Fatal(err)
		}
	}
	db, err := os.ReadFile("testdata/before-versions.db")
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "_butluc/case.db", string(db))
	return dir
}

func readAs(s Snapshot) []string {
	var list []string
	for _, f := range s.Case.Files {
		list = append(list, fmt.Sprint(f.Path, " ", f.Kind, " ", f.Pages, " ", f.Duration, " ", f.Fault.Code, " ", f.Incomplete, " ", f.Proved, " ", len(f.SHA256)))
	}
	return list
}

// What an older program told of files is learned anew: what it called unknown or broken, how many pages and how long,
// which of them came out whole. Their fingerprints are not taken again, and a case is of use while it is looked at.
func TestFilesAreLookedAtAgainByANewerProgram(t *testing.T) {
	dir := held(t)
	r := &fake{dir: dir, gate: make(chan struct{})}
	c := open(t, dir, Options{Inspector: r, Prover: r, NoWatch: true, NoHash: true})
	for _, f := range c.Snapshot().Case.Files {
		if strings.HasSuffix(f.Path, ".pdf") && !f.Showable() {
			t.Errorf("%s can't be shown while it is looked at again", f.Path)
		}
	}
	close(r.gate)
	got, want := readAs(await(t, c)), []string{
		"ảnh động.gif gif 3 0  [] true 64",
		"camera.mp4 video 1 61500  [] true 64",
		"cắt cut.pdf pdf 2 0  [0] true 64",
		"điện thoại.heic heic 1 0  [] true 64",
		"ghi âm.wav audio 1 61500  [] true 64",
		"gửi qua Zalo archive 0 0 broken [] false 64",
		"nguyên.pdf pdf 3 0  [] true 64",
		"nửa.pdf pdf 2 0  [] true 64",
	}
	if !slices.Equal(got, want) {
		t.Errorf("files:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	was := r.inspected.Load()
	again := open(t, dir, Options{Inspector: r, Prover: r, NoWatch: true})
	if got := readAs(await(t, again)); !slices.Equal(got, want) {
		t.Errorf("opened again:\n%s", strings.Join(got, "\n"))
	}
	if n := r.inspected.Load() - was; n != 0 {
		t.Errorf("%d files were looked at once more by the same program", n)
	}
}

// A machine that is slow today says nothing about a file that was read before.
func TestAFileThatWasReadStaysWhereTheMachineIsSlow(t *testing.T) {
	dir := held(t)
	r := &fake{dir: dir}
	r.fault.Store("nguyên.pdf", library.FaultTimeout)
	s := await(t, open(t, dir, Options{Inspector: r, Prover: r, NoWatch: true}))
	if e, _ := s.Exhibit("nguyên.pdf"); e.File.Pages != 3 || e.File.Fault.Code != library.FaultNone {
		t.Errorf("%+v", e.File)
	}
}

// What is shown gets its fingerprint at once: while pages are still counted, and while reading is stopped.
func TestWhatIsShownIsHashedFirst(t *testing.T) {
	dir := newCase(t, map[string]string{"a.pdf": pdf, "b.pdf": pdf})
	r := &fake{dir: dir, gate: make(chan struct{})}
	c := open(t, dir, Options{Inspector: r, NoWatch: true})
	told := func(path string) func() bool {
		return func() bool { e, ok := c.Snapshot().Exhibit(path); return ok && e.File.SHA256 != "" }
	}
	eventually.So(t, "a file to be counted", func() bool { return r.inspected.Load() > 0 })
	c.HashFirst("a.pdf", "none.pdf")
	eventually.So(t, "the fingerprint of a.pdf", told("a.pdf"))
	if told("b.pdf")() {
		t.Error("a file that nobody waits for was read before pages are counted")
	}
	c.StopReading()
	c.HashFirst("b.pdf")
	eventually.So(t, "the fingerprint of b.pdf", told("b.pdf"))
	close(r.gate)
	c.ResumeReading()
	sum := sha256.Sum256([]byte(pdf))
	want := hex.EncodeToString(sum[:])
	for _, f := range await(t, c).Case.Files {
		if f.SHA256 != want || f.Pages != 3 {
			t.Errorf("%+v, want SHA-256 %s", f, want)
		}
	}
}
