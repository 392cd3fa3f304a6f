//go:build unix

package render_test

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"butluc/library"
	"butluc/presenter/render"
)

// A page scanned at 300 dpi, as most of a case file is, for a court screen of 1080 rows, with the
// pipe. Aim: 40 ms.
func BenchmarkScanPage(b *testing.B) {
	r := open(b, render.Options{CacheBytes: 1})
	srcs := scans(b)
	b.ResetTimer()
	for i := range b.N {
		mustRender(b, r, render.Request{Source: srcs[i%len(srcs)], Max: image.Pt(1920, 1080)})
	}
}

// scans is one page in each of more files than a worker keeps open, so that taking turns opens and
// decodes each time.
func scans(b *testing.B) []render.Source {
	page := scanPDF(scanJPEG(2480, 3508))
	dir := b.TempDir() // one folder, or each change of file would be a change of worker
	var srcs []render.Source
	for i := range 11 {
		file := filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
		if err := os.WriteFile(file, page, 0o600); err != nil {
			b.Fatal(err)
		}
		srcs = append(srcs, sourceOf(b, file, library.KindPDF))
	}
	return srcs
}

func BenchmarkScanThumbnail(b *testing.B) {
	r := open(b, render.Options{CacheBytes: 1})
	srcs := scans(b)
	b.ResetTimer()
	for i := range b.N {
		mustRender(b, r, render.Request{Source: srcs[i%len(srcs)], Max: image.Pt(160, 160)})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// The pipe alone: an empty page at 1080 rows and full width, 8 MB, takes no time to draw.
func BenchmarkPipe(b *testing.B) {
	r := open(b, render.Options{CacheBytes: 1})
	src := sourceOf(b, write(b, "text.pdf", textPDF(1)), library.KindPDF)
	view := library.Rect{X0: 0, Y0: 0.8, X1: 1, Y1: 0.8 + 9.0/16*210/297*0.5}
	b.ResetTimer()
	for i := range b.N {
		pic := mustRender(b, r, render.Request{Source: src, View: view, Max: image.Pt(1920+i%2, 1080)})
		b.SetBytes(int64(len(pic.Image.Pix)))
	}
}

// The lines of a page that is denser than any, beside its picture. A hand waits for them: aim 16 ms.
func BenchmarkLines(b *testing.B) {
	r := open(b, render.Options{CacheBytes: 1})
	src := sourceOf(b, write(b, "dense.pdf", serifPDF(func(pdf *fpdf.Fpdf) {
		pdf.SetFont("serif", "", 10)
		for i := range 70 {
			pdf.Text(50, 50+float64(i)*11, strings.Repeat("Bị can khai nhận đã lấy ", 5)[:110])
		}
	})), library.KindPDF)
	b.Run("Lines", func(b *testing.B) {
		words := 0
		for range b.N {
			words = 0
			for _, l := range mustLines(b, r, src, 0, 0) {
				words += len(l.Words)
			}
		}
		b.ReportMetric(float64(words), "words")
	})
	b.Run("Picture", func(b *testing.B) {
		for range b.N {
			mustRender(b, r, render.Request{Source: src, Max: image.Pt(1920, 1080)})
		}
	})
}

// BenchmarkWalk walks the pages of the case folder in BUTLUC_BENCH_CASE, if it is set, and reports
// what a worker holds after it: the proportional set size in MB.
func BenchmarkWalk(b *testing.B) {
	dir := os.Getenv("BUTLUC_BENCH_CASE")
	if dir == "" {
		b.Skip("set BUTLUC_BENCH_CASE to a case folder, made by gencase for one")
	}
	var files []string
	err := filepath.WalkDir(dir, func(file string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(file, ".pdf") {
			files = append(files, file)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		b.Fatal(files, err)
	}
	r := open(b, render.Options{})
	for range b.N {
		pages := 0
		for _, f := range files {
			src := sourceOf(b, f, library.KindPDF)
			rel, _ := filepath.Rel(dir, f)
			src.Root, src.Path = dir, library.EscapePath(rel)
			facts, err := r.Inspect(b.Context(), src)
			if err != nil {
				b.Fatal(err)
			}
			for p := range facts.Pages {
				pic := mustRender(b, r, render.Request{Source: src, Page: p, Max: image.Pt(1920, 1080)})
				if pic.Incomplete {
					b.Errorf("%s page %d is marked incomplete: %q", f, p, pic.Warnings)
				}
				pages++
			}
		}
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(pages), "ms/page")
	}
	for i, pid := range r.Stats().PIDs {
		b.ReportMetric(pss(pid), fmt.Sprintf("PSS%d-MB", i))
	}
}

func pss(pid int) float64 {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	for line := range strings.Lines(string(raw)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "Pss:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb / 1024
		}
	}
	return 0
}
