package print_test

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"butluc/assets"
	"butluc/library"
	"butluc/presenter/print"
	"butluc/presenter/projector"
	"butluc/presenter/render"
	"butluc/presenter/render/rendertest"
)

// BenchmarkPrint prints 100 steps of the sample case, whose pages are drawn anew each time: the
// outline, and the backup sheets. It tells steps a second, and how many MB of heap are live at most.
func BenchmarkPrint(b *testing.B) {
	dir, err := filepath.EvalSymlinks(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	dir = filepath.Join(dir, "case")
	if err := assets.WriteSample(dir); err != nil {
		b.Fatal(err)
	}
	for _, kind := range []print.Kind{print.Outline, print.Backup} {
		b.Run(string(kind), func(b *testing.B) {
			const steps = 100
			j := sample(b, kind, print.PDF)
			var shown []library.Step
			for ref := range j.Outline.Walk() {
				shown = append(shown, ref.Step)
			}
			for i := len(shown); i < steps; i++ {
				s := shown[i%len(shown)]
				s.ID = library.ID(fmt.Sprint("n", i))
				if j.Outline, err = j.Outline.Apply(j.Outline.AddSteps(library.Place{Parent: s.Scenario}, s)); err != nil {
					b.Fatal(err)
				}
			}
			r := rendertest.New(b)
			sources := func(pane library.Pane) (projector.Origin, bool) {
				p := pane.Page
				info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(p.Path)))
				if err != nil {
					return projector.Origin{}, false
				}
				kind := library.KindPDF
				switch filepath.Ext(p.Path) {
				case ".tif":
					kind = library.KindTIFF
				case ".jpg":
					kind = library.KindJPEG
				case ".png":
					kind = library.KindPNG
				}
				return projector.Origin{Source: render.Source{Root: dir, Path: p.Path, Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: kind}}, true
			}
			j.Draw = func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
				f, err := projector.Still(ctx, projector.Behind(r), sources, shot, size)
				if err != nil {
					b.Error(err)
				}
				return f, err
			}
			var most uint64
			for b.Loop() {
				err := j.Write(b.Context(), &counter{}, func(done, _ int64) {
					if done%10 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						most = max(most, m.HeapAlloc)
					}
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(steps*b.N)/b.Elapsed().Seconds(), "steps/s")
			b.ReportMetric(float64(most)/(1<<20), "MB")
		})
	}
}
