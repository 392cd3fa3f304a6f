//go:build unix

package render_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"butluc/library"
	"butluc/presenter/render"
	"butluc/presenter/render/worker/heif/heiftest"
)

func TestRenderInspectText(t *testing.T) {
	r := open(t, render.Options{})
	src := sourceOf(t, write(t, "Lời khai 100%.pdf", textPDF(3)), library.KindPDF)
	ctx := t.Context()

	facts, err := r.Inspect(ctx, src)
	if err != nil || facts.Pages != 3 {
		t.Fatalf("Inspect: %+v, %v; want 3 pages", facts, err)
	}
	text, err := r.Text(ctx, src, 1)
	if err != nil || !strings.Contains(text, "But luc 2") {
		t.Errorf("Text: %q, %v", text, err)
	}
	pic, err := r.Render(ctx, render.Request{Source: src, Page: 2, Max: image.Pt(1920, 1080)})
	if err != nil {
		t.Fatal(err)
	}
	if got := pic.Image.Rect; got != image.Rect(0, 0, 764, 1080) || pic.Incomplete {
		t.Errorf("picture %v incomplete %v, want an A4 page in 1080 rows", got, pic.Incomplete)
	}
	if r, g, b, a := pic.Image.At(5, 5).RGBA(); r != 0xffff || g != 0xffff || b != 0xffff || a != 0xffff {
		t.Errorf("paper is %x %x %x %x, want opaque white", r, g, b, a)
	}
	if c := pic.Image.RGBAAt(764*70/210, 1080*80/297); c.R != 0 {
		t.Errorf("the black box is %v", c)
	}
}

// What is not there, not a file, not the file that was listed, or not in the folder is told by its
// own reason, and a pipe in the folder does not hang.
func TestReasonsOfTheFileSystem(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, data []byte) render.Source {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return sourceOf(t, file, library.KindPDF)
	}
	good := put("good.pdf", textPDF(1))
	changed := good
	changed.ModTime--
	gone := good
	gone.Path = "gone.pdf"
	junk := put("junk first.pdf", append([]byte("From scanner@office: mail header\r\n"), textPDF(1)...))
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.pdf"), 0o600); err != nil {
		t.Skip(err)
	}
	outside := write(t, "secret.pdf", textPDF(1))
	if err := os.Symlink(outside, filepath.Join(dir, "link.pdf")); err != nil {
		t.Fatal(err)
	}
	link := sourceOf(t, outside, library.KindPDF)
	link.Root, link.Path = good.Root, "link.pdf"
	above := link
	above.Path = "../" + filepath.Base(filepath.Dir(outside)) + "/secret.pdf"
	word := put("old.doc", []byte("\xd0\xcf\x11\xe0 old Word file"))
	word.Kind = library.KindOffice
	wrong := good
	wrong.Kind = library.KindJPEG

	r := open(t, render.Options{})
	for _, c := range []struct {
		name string
		src  render.Source
		want library.FaultCode
	}{
		{"good", good, library.FaultNone},
		{"changed", changed, library.FaultChanging},
		{"gone", gone, library.FaultVanished},
		{"empty", put("empty.pdf", nil), library.FaultEmpty},
		{"not a PDF", put("text.pdf", []byte("hello")), library.FaultBroken},
		{"other kind", wrong, library.FaultBroken},
		{"header after junk", junk, library.FaultNone},
		{"pipe", sourceOf(t, filepath.Join(dir, "pipe.pdf"), library.KindPDF), library.FaultUnreadable},
		{"link out", link, library.FaultUnreadable},
		{"path out", above, library.FaultUnreadable},
		{"old Office", word, library.FaultOffice},
	} {
		_, err := r.Inspect(t.Context(), c.src)
		if c.want == library.FaultNone {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		wantFault(t, err, c.want, c.src.Path)
	}
	if n := r.Stats().Restarts; n != 0 {
		t.Errorf("%d workers were lost over plain reasons", n)
	}
}

// A file that changes after it was opened is noticed at the next request, and its old state is
// not drawn from what the worker still holds.
func TestAChangedFileIsNotDrawnFromMemory(t *testing.T) {
	file := write(t, "a.pdf", textPDF(1))
	src := sourceOf(t, file, library.KindPDF)
	r := open(t, render.Options{CacheBytes: 1})
	mustRender(t, r, render.Request{Source: src, Max: image.Pt(100, 100)})
	if err := os.WriteFile(file, textPDF(2), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := r.Render(t.Context(), render.Request{Source: src, Max: image.Pt(100, 100)})
	wantFault(t, err, library.FaultChanging, "a.pdf")
	facts, err := r.Inspect(t.Context(), sourceOf(t, file, library.KindPDF))
	if err != nil || facts.Pages != 2 {
		t.Errorf("the new state: %+v, %v", facts, err)
	}
}

func TestPasswords(t *testing.T) {
	dir := t.TempDir()
	locked := func(name, password string) render.Source {
		pdf := fpdf.New("P", "mm", "A4", "")
		pdf.SetProtection(fpdf.CnProtectPrint, password, "owner of "+name)
		pdf.AddPage()
		pdf.SetFont("Helvetica", "", 20)
		pdf.Text(20, 20, "mat")
		file := filepath.Join(dir, name)
		if err := pdf.OutputFileAndClose(file); err != nil {
			t.Fatal(err)
		}
		return sourceOf(t, file, library.KindPDF)
	}
	a, b, c := locked("a.pdf", "chia khoa"), locked("b.pdf", "chia khoa"), locked("c.pdf", "other")
	done := newTold()
	r := open(t, render.Options{OnDone: done.onDone})
	want := []render.Request{{Source: a, Max: image.Pt(50, 50)}, {Source: b, Max: image.Pt(50, 50)}, {Source: c, Max: image.Pt(50, 50)}}
	r.Wish(render.LaneView, want)
	done.expect(t, "a.pdf encrypted", "b.pdf encrypted", "c.pdf encrypted")
	r.Unlock(a, "chia khoa")
	r.Wish(render.LaneView, want)
	done.expect(t, "a.pdf", "b.pdf", "c.pdf encrypted")
	facts, err := r.Inspect(t.Context(), b)
	if err != nil || !facts.Encrypted {
		t.Errorf("%+v, %v", facts, err)
	}
}

// WebP, HEIC and AVIF are read inside the fence too.
func TestWebPHEICAndAVIF(t *testing.T) {
	r := open(t, render.Options{})
	find := func(module, file string) string {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
		if err != nil {
			t.Skip("the module's test pictures can't be found: ", err)
		}
		return filepath.Join(strings.TrimSpace(string(out)), "testdata", file)
	}
	tiles := heiftest.File{Tiles: image.Pt(4, 3), Size: image.Pt(256, 192)}
	heic := write(t, "tiles.heic", tiles.Bytes())
	tiles.AVIF = true
	for file, kind := range map[string]library.Kind{
		heic: library.KindHEIC, write(t, "tiles.avif", tiles.Bytes()): library.KindAVIF,
		find("golang.org/x/image", "yellow_rose.lossy-with-alpha.webp"): library.KindWebP,
		find("github.com/gen2brain/heic", "test.heic"):                  library.KindHEIC,
	} {
		pic := mustRender(t, r, render.Request{Source: sourceOf(t, file, kind), Max: image.Pt(200, 200)})
		if max(pic.Image.Rect.Dx(), pic.Image.Rect.Dy()) != 200 {
			t.Errorf("%s: %v", file, pic.Image.Rect)
		}
		for i := 3; i < len(pic.Image.Pix); i += 4 {
			if pic.Image.Pix[i] != 255 {
				t.Fatalf("%s is not opaque", file)
			}
		}
	}
}

// A picture that says it has 400 million pixels costs its page, and neither the machine's memory
// nor much time.
func TestGiantPictureIsRefused(t *testing.T) {
	var png bytes.Buffer
	png.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		_ = binary.Write(&png, binary.BigEndian, uint32(len(data)))
		body := append([]byte(name), data...)
		png.Write(body)
		_ = binary.Write(&png, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 30000), 30000)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01})
	chunk("IEND", nil)
	r := open(t, render.Options{})
	src := sourceOf(t, write(t, "giant.png", png.Bytes()), library.KindPNG)
	_, err := r.Render(t.Context(), render.Request{Source: src, Max: image.Pt(1000, 1000)})
	wantFault(t, err, library.FaultTooLarge, "giant.png")
}
