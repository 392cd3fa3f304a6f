package assets_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"butluc/assets"
	"butluc/library"
)

func TestSampleIsACaseToTryEverythingOn(t *testing.T) {
	files := sampleFiles(t)
	folios, folders := 0, map[string]bool{}
	endings := map[string]int{}
	for name := range files {
		if !utf8.ValidString(name) || !norm.NFC.IsNormalString(name) {
			t.Errorf("the name %q is not in NFC", name)
		}
		folders[strings.Split(name, "/")[0]] = true
		base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		endings[filepath.Ext(name)]++
		if first, last, title := library.GuessFolios(base); !first.IsZero() {
			folios += last.Number - first.Number + 1
			if title == base {
				t.Errorf("%q keeps its folios in the title", name)
			}
		}
	}
	if len(files) < 12 || folios < 40 {
		t.Errorf("the sample has %d files and %d folios, too few to try a trial on", len(files), folios)
	}
	for _, ending := range []string{".pdf", ".jpg", ".png", ".tif", ".csv", ".docx", ".txt"} {
		if endings[ending] == 0 {
			t.Errorf("the sample has no %s", ending)
		}
	}
	if len(folders) < 5 {
		t.Errorf("the sample is not in volumes: %v", folders)
	}
}

func TestSampleHasWhatRealFoldersHave(t *testing.T) {
	files := sampleFiles(t)
	find := func(part string) []byte {
		for name, data := range files {
			if strings.Contains(name, part) {
				return data
			}
		}
		t.Fatalf("the sample has no %q", part)
		return nil
	}
	if pdf := find("tệp hỏng"); !bytes.HasPrefix(pdf, []byte("%PDF")) || bytes.Contains(pdf, []byte("%%EOF")) {
		t.Error("the damaged PDF is not a PDF that breaks off")
	}
	if _, _, err := image.Decode(bytes.NewReader(find("tệp chép dở"))); err == nil {
		t.Error("the picture that was copied in part decodes without an error")
	}
	if !bytes.Contains(find("khởi tố bị can"), []byte("/Subtype /Stamp")) {
		t.Error("no stamp is an annotation")
	}
	if n := bytes.Count(find("bị hại Lương"), []byte("/Type /Page ")); n != 6 {
		t.Errorf("three sheets with fronts and backs are %d pages, not 6", n)
	}
	for _, part := range []string{"hỏi cung", "đối chất", "ghi lời khai"} {
		if bytes.Contains(find(part), []byte("/Font")) {
			t.Errorf("the scan of %q has a text layer", part)
		}
	}
	turned := map[byte]bool{}
	for name, data := range files {
		if i := bytes.Index(data[:min(len(data), 64)], []byte{0x12, 0x01, 3, 0, 1, 0, 0, 0}); strings.HasSuffix(name, ".jpg") && i > 0 {
			turned[data[i+8]] = true
		}
	}
	if !turned[3] || !turned[6] || !turned[8] {
		t.Errorf("photographs are turned in the ways %v, not 3, 6 and 8", turned)
	}
}

// The sample's outline must be read by the program as one that a person exported, and show what an
// outline is for.
func TestSampleOutlineShowsWhatAnOutlineIsFor(t *testing.T) {
	o, err := library.DecodeOutline(assets.SampleOutline())
	if err != nil {
		t.Fatal(err)
	}
	files := sampleFiles(t)
	scenarios, asked, pairs, digits := map[library.ID]bool{}, 0, 0, map[int]bool{}
	for ref := range o.Walk() {
		scenarios[ref.Scenario.ID] = true
		digits[ref.Scenario.Digit] = true
		if strings.HasSuffix(ref.Step.Say, "?") {
			asked++
			if ref.Step.Asks == "" {
				t.Errorf("step %s asks nobody", ref.Step.ID)
			}
		}
		if ref.Step.Shot.Count == 2 {
			pairs++
		}
		for _, pane := range ref.Step.Shot.List() {
			data, there := files[pane.Page.Path]
			source, known := o.Source(pane.Page.Path)
			if !there || !known || source.SHA256 != fmt.Sprintf("%x", sha256.Sum256(data)) {
				t.Errorf("step %s shows %s, which is not in the sample, or not as it was prepared", ref.Step.ID, pane.Page)
			}
		}
	}
	if len(scenarios) < 3 || asked < 8 || pairs == 0 || len(digits) < 4 {
		t.Errorf("%d scenarios, %d questions, %d pairs of pages, digits %v", len(scenarios), asked, pairs, digits)
	}
	if o.Cover().Prosecutor == "" || len(o.Persons()) < 3 || len(o.Notes()) == 0 {
		t.Error("the outline lacks cover, persons or notes on pages")
	}
}

func TestWriteSampleWritesEverything(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mới", assets.SampleTitle)
	if err := assets.WriteSample(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range sampleFiles(t) {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s was written otherwise", name)
		}
	}
}

func TestWriteSampleNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "Mục lục hồ sơ.csv")
	if err := os.WriteFile(mine, []byte("của tôi"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := assets.WriteSample(dir); !errors.Is(err, assets.ErrNotEmpty) {
		t.Fatalf("error is %v, not ErrNotEmpty", err)
	}
	got, err := os.ReadFile(mine)
	if err != nil || string(got) != "của tôi" {
		t.Errorf("the file that was there is now %q, %v", got, err)
	}
	if err := assets.WriteSample(mine); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func sampleFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(assets.Sample(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(assets.Sample(), name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
