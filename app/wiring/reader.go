package wiring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"

	"butluc/library"
	"butluc/library/intake"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// reader lets the case count and prove its pages through the renderer.
type reader struct {
	renderer *render.Renderer
	root     string // the case folder, absolute
	cache    string // the case's folder of renditions
}

var (
	_ intake.Inspector = reader{}
	_ intake.Prover    = reader{}
)

// SourceOf is where the renderer finds a file: in the case folder, or for an Office file in the PDF
// made of it.
func SourceOf(root, cache string, f library.File) render.Source {
	src := render.Source{Root: root, Path: f.Path, Size: f.Size, ModTime: f.ModTime.UnixNano(), Kind: f.Kind}
	if f.Rendition == "" {
		return src
	}
	src.Root, src.Path, src.Kind = cache, f.Rendition, library.KindPDF
	if info, err := os.Stat(filepath.Join(cache, f.Rendition)); err == nil {
		src.Size, src.ModTime = info.Size(), info.ModTime().UnixNano()
	}
	return src
}

func (r reader) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	facts, err := r.renderer.Inspect(ctx, SourceOf(r.root, r.cache, f))
	if err != nil {
		return intake.Facts{}, faulty(err)
	}
	return intake.Facts{Pages: facts.Pages, Duration: facts.Duration, Tracks: facts.Tracks, Notice: facts.Notice, Attached: facts.Attached}, nil
}

func (r reader) Prove(ctx context.Context, f library.File, index int) (incomplete bool, err error) {
	src := SourceOf(r.root, r.cache, f)
	if f.Kind.Clip() {
		_, incomplete, err := projector.ProveClip(ctx, r.renderer, src, library.Pane{})
		return incomplete, faulty(err)
	}
	picture, err := r.renderer.Prove(ctx, render.Request{Source: src, Page: index, Max: projector.ProofBox})
	if err != nil {
		return false, faulty(err)
	}
	return picture.Incomplete, nil
}

// faultError gives intake the reason in a renderer's error.
type faultError struct{ err *render.Error }

func (e faultError) Error() string        { return e.err.Error() }
func (e faultError) Unwrap() error        { return e.err }
func (e faultError) Fault() library.Fault { return e.err.Fault }

func faulty(err error) error {
	var e *render.Error
	if errors.As(err, &e) {
		return faultError{e}
	}
	return err
}

// Renditions is the case's folder of PDFs made of Office files, in the user's cache folder. Those in the folder "renditions" were
// made outside of a sandbox, and may show files that are none of the case. "" without a cache.
func Renditions(cacheDir, caseDir string) string {
	if cacheDir == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(caseDir))
	return filepath.Join(cacheDir, "renditions-2", hex.EncodeToString(sum[:8]))
}
