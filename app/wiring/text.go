package wiring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"path/filepath"
	"runtime"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/search/ocr"
	"butluc/library/search/reading"
	"butluc/presenter/render"
)

// Lines implements [reading.Source].
func (r reader) Lines(ctx context.Context, f library.File, page int) (lines []library.Line, pictured float64, err error) {
	return r.renderer.Layer(ctx, render.LaneBackground, SourceOf(r.root, r.cache, f), page, 0)
}

// Picture implements [reading.Source].
func (r reader) Picture(ctx context.Context, f library.File, page int, turn library.Turn, longer int) (image.Image, error) {
	p, err := r.renderer.Prove(ctx, render.Request{Source: SourceOf(r.root, r.cache, f), Page: page, Turn: turn, Max: image.Pt(longer, longer)})
	if err != nil {
		return nil, err
	}
	return p.Image, nil
}

var _ reading.Source = reader{}

// ErrNoCache says that what is read of pages has no place to be kept in.
var ErrNoCache = errors.New("no folder for the cache")

// textDirs are where the cache keeps the texts of pages, and the index of a case's.
func textDirs(cache, caseDir string) (texts, index string) {
	sum := sha256.Sum256([]byte(caseDir))
	return filepath.Join(cache, "text"), filepath.Join(cache, "index", hex.EncodeToString(sum[:8]))
}

// WithText lets a case read the text of its pages; by OCR, too, where that is wanted and there.
func WithText(ctx context.Context, opt *casefile.Options, cache string, r *render.Renderer, dir string, byOCR bool) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if cache == "" {
		return ErrNoCache
	}
	opt.TextDir, opt.IndexDir = textDirs(cache, abs)
	opt.Texts, opt.OCRWorkers = reader{r, abs, Renditions(cache, abs)}, max(1, runtime.NumCPU()/2)
	if !byOCR {
		return nil
	}
	if engine, err := ocr.Find(ctx); err != nil {
		opt.OCRMissing = err
	} else {
		opt.OCR = engine
	}
	return nil
}
