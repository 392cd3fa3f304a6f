//go:build unix

package render_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/presenter/render"
	"butluc/presenter/render/worker"
)

// TestMain lets this test binary be its own worker.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch mode := os.Args[1]; {
		case mode == "render-worker":
			if err := worker.Main(os.Stdin, os.Stdout, strings.Join(os.Args[2:], "")); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		case mode == "parent":
			parent(os.Args[2:])
		case mode == "fake-worker":
			fakeWorker(os.Args[2:])
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

// parent is a program that has a renderer and waits to be killed.
func parent([]string) {
	r := render.New(render.Options{Command: self("render-worker")})
	for len(r.Stats().PIDs) == 0 {
		time.Sleep(time.Millisecond)
	}
	fmt.Println(r.Stats().PIDs[0])
	select {}
}

func self(args ...string) []string {
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return append([]string{exe}, args...)
}

// open makes a Renderer that is closed at the end of the test, and then checks that nothing of it
// is left: no process, no goroutine.
func open(t testing.TB, opt render.Options) *render.Renderer {
	t.Helper()
	if len(opt.Command) == 0 {
		opt.Command = self("render-worker")
	}
	if opt.Deadline == 0 {
		opt.Deadline = time.Hour // a machine that is slow makes no file a bad one
	}
	before := runtime.NumGoroutine()
	r := render.New(opt)
	t.Cleanup(func() {
		pids := r.Stats().PIDs
		r.Close()
		r.Close()
		for _, pid := range pids {
			if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil {
				t.Errorf("worker %d is still there after Close", pid)
			}
		}
		eventually.So(t, "the goroutines of the renderer to end", func() bool { return runtime.NumGoroutine() <= before })
	})
	return r
}

// sourceOf names a file on disk.
func sourceOf(t testing.TB, file string, kind library.Kind) render.Source {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	return render.Source{
		Root: root, Path: library.EscapePath(filepath.Base(file)),
		Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: kind,
	}
}

func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// scanJPEG is a page like a scan: paper with noise, and lines of black strokes, so that it neither
// compresses to nothing nor looks alike in all places.
func scanJPEG(w, h int) []byte {
	img := image.NewGray(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			v := 244 + uint8(seed>>29)
			if y/12%3 == 0 && x/5%3 != 0 && x > w/10 && x < w-w/10 {
				v = 30
			}
			img.SetGray(x, y, color.Gray{Y: v})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// scanPDF is a PDF with one picture to the page, as scanners write it.
func scanPDF(pages ...[]byte) []byte {
	pdf := fpdf.New("P", "mm", "A4", "")
	for i, p := range pages {
		name := fmt.Sprint("page", i)
		pdf.AddPage()
		pdf.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "JPG"}, bytes.NewReader(p))
		pdf.ImageOptions(name, 0, 0, 210, 297, false, fpdf.ImageOptions{}, 0, "")
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// textPDF is a PDF with a few lines of text to the page.
func textPDF(pages int) []byte {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetFont("Helvetica", "", 24)
	for i := range pages {
		pdf.AddPage()
		pdf.Text(20, 40, fmt.Sprintf("But luc %d", i+1))
		pdf.Rect(20, 60, 100, 40, "F")
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}
