package print_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/print"
)

// album is one of some pictures, the third of which can't be made again.
func album(t testing.TB, format print.Format, count int) print.Album {
	t.Helper()
	a := print.Album{
		Format: format, Outline: sample(t, print.Outline, print.PDF).Outline, About: []string{"Từ nhật ký."},
		Answers: []print.RecordAnswer{{"14/03/2026 09:05:00", "Bùi Quang Khải", "Tôi không nhớ", "bước C.2"}},
		Played:  []string{"camera.mp4: phát 2 lần"}, Count: 99, Hash: strings.Repeat("ab", 32), Now: time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC),
	}
	for i := range count {
		a.Pictures = append(a.Pictures, print.AlbumPicture{
			Name: fmt.Sprintf("Ảnh %d. BL %d", i+1, 40+i), Part: fmt.Sprintf("Phần %d", 1+i/3), Index: []string{fmt.Sprint(i + 1), "09:00:00", fmt.Sprint(40 + i), "Biên bản"},
			Facts: []print.Fact{{"Thời gian:", "09:00:00 – 09:01:00"}, {"SHA-256 tệp gốc:", strings.Repeat("cd", 32)}},
		})
	}
	a.Draw = func(ctx context.Context, i int) print.Remade {
		if i == 2 {
			return print.Remade{Why: "tệp không còn"}
		}
		f, err := gray(ctx, library.ShotOf(library.PageID{Path: "x.pdf"}), image.Pt(1920, 1080))
		if err != nil {
			t.Error(err)
		}
		return print.Remade{Frame: f, Facts: []print.Fact{{"Đối chiếu:", "giống hệt"}}}
	}
	return a
}

func writeAlbum(t testing.TB, a print.Album) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := a.Write(t.Context(), &b, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// archived checks what ISO 19005-2 asks of a PDF that can be seen in its bytes: it says what it is and how its colours are
// meant, has a name for itself, all faces that it uses, and nothing that is transparent, encrypted, or acts.
func archived(t *testing.T, pdf []byte) {
	t.Helper()
	for _, want := range []string{
		`<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>`, "/Metadata ", "/S /GTS_PDFA1", "/DestOutputProfile ", "/ID [<", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
	} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
	for _, not := range []string{"/SMask", "/ca ", "/CA ", "/Encrypt", "/JavaScript", "/AA ", "/LZWDecode", "/Interpolate", "/EmbeddedFile"} {
		if bytes.Contains(pdf, []byte(not)) {
			t.Errorf("the PDF has %q", not)
		}
	}
	fonts, files := bytes.Count(pdf, []byte("/Type /FontDescriptor")), bytes.Count(pdf, []byte("/FontFile2 "))
	if fonts == 0 || fonts != files {
		t.Errorf("%d of %d faces are in the PDF", files, fonts)
	}
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Log("qpdf is not installed: the PDF is not checked by another program")
		return
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), qpdf, "--check", file).CombinedOutput(); err != nil {
		t.Errorf("qpdf --check: %v\n%s", err, out)
	}
}

func TestAnAlbumTellsOfEachPicture(t *testing.T) {
	for _, format := range []print.Format{print.PDF, print.DOCX} {
		b := writeAlbum(t, album(t, format, 7))
		var text string
		if format == print.PDF {
			archived(t, b)
			pages := pagesOf(t, b)
			if len(pages) != 9 {
				t.Errorf("%d pages, want the list, 7 pictures, and what was noted", len(pages))
			}
			text = plain(strings.Join(pages, " "))
			if got := bytes.Count(b, []byte("/Subtype /Image")); got != 6 {
				t.Errorf("%d pictures in the PDF, want 6", got)
			}
			// Three parts with seven pictures below them, and what was noted.
			if got := len(regexp.MustCompile(`/Title <FEFF`).FindAll(b, -1)); got != 1+3+7+1 {
				t.Errorf("%d bookmarks", got)
			}
		} else {
			all := parts(t, b)
			text = plain(said(all["word/document.xml"]))
			if got := strings.Count(all["word/document.xml"], "<w:outlineLvl"); got != 1+7+1 {
				t.Errorf("%d headings", got)
			}
		}
		for want, times := range map[string]int{
			"TÀI LIỆU, CHỨNG CỨ ĐÃ TRÌNH CHIẾU TẠI PHIÊN TÒA": 1, "Ảnh 7. BL 46": 1, "tệp không còn": 1, "Đối chiếu: giống hệt": 6, "Tôi không nhớ": 1,
			"Điều 258": 1, "camera.mp4: phát 2 lần": 1, "Nhật ký có 99 dòng": 1, strings.Repeat("cd", 32): 7,
		} {
			if got := strings.Count(text, want); got != times {
				t.Errorf("%s: %q is there %d times, want %d", format, want, got, times)
			}
		}
	}
}

// What is told of a picture goes on to the next page before the picture becomes too small to be read.
func TestAPictureStaysLegibleBesideMuchText(t *testing.T) {
	a := album(t, print.PDF, 1)
	for range 60 {
		a.Pictures[0].Facts = append(a.Pictures[0].Facts, print.Fact{Label: "Đã phát:", Text: strings.Repeat("từ đây đến đó ", 12)})
	}
	if pages := pagesOf(t, writeAlbum(t, a)); len(pages) < 4 || !strings.Contains(pages[2], "Đã phát") {
		t.Errorf("%d pages", len(pages))
	}
}

func TestAnAlbumCanBeStopped(t *testing.T) {
	for _, format := range []print.Format{print.PDF, print.DOCX} {
		ctx, stop := context.WithCancel(t.Context())
		err := album(t, format, 9).Write(ctx, &bytes.Buffer{}, func(done, _ int64) {
			if done == 2 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", format, err)
		}
		stop()
	}
	if err := (print.Album{Format: "odt"}).Write(t.Context(), &bytes.Buffer{}, nil); !errors.Is(err, print.ErrFormat) {
		t.Error(err)
	}
}
