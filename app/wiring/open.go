// Package wiring puts a case together with what reads it: the renderer, LibreOffice, OCR, and the cache that they share.
// The window and the verbs open cases through it.
package wiring

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/intake/office"
	"butluc/library/shelf"
	"butluc/library/trace"
	"butluc/presenter/render"
	"butluc/presenter/render/worker/heif"
)

// The heap is mostly pictures: those in the cache, and frames of 8 MB that live for a moment. Pixels
// hold no pointers, so it costs little to collect them often, and the heap stays near what is live.
const (
	gcPercent   = 20
	memoryLimit = 384 << 20 // bytes; from here on the collector works as hard as it may
	cacheBytes  = 96 << 20  // of page pictures: some 28 scans at the size of a court screen
)

// LimitMemory tells Go's collector of the above.
func LimitMemory() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
}

// NewRenderer makes what draws pages; done is called with each picture.
func NewRenderer(done func(render.Request, *render.Picture, error)) *render.Renderer {
	return NewTracedRenderer(nil)(done)
}

// NewTracedRenderer is NewRenderer, for renderers that write to a trace.
func NewTracedRenderer(t *trace.Trace) func(done func(render.Request, *render.Picture, error)) *render.Renderer {
	return func(done func(render.Request, *render.Picture, error)) *render.Renderer {
		return render.New(render.Options{CacheBytes: cacheBytes, OnDone: done, Trace: t})
	}
}

// CacheDir is the user's cache folder of the program.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find cache folder: %w", err)
	}
	dir = filepath.Join(dir, "butluc")
	if runtime.GOOS == "windows" { // where it is the folder of data, too
		dir = filepath.Join(dir, "cache")
	}
	return dir, nil
}

// Cache is the cache folder, made where it is missing. Where it can't be written, which the error says, a
// folder stands in that remove takes away; it is "" where there is none either.
func Cache() (dir string, remove func(), why error) {
	remove = func() {}
	dir, why = CacheDir()
	if why == nil {
		why = Writable(dir)
	}
	if why == nil {
		return dir, remove, nil
	}
	dir, err := os.MkdirTemp("", "butluc-cache-*")
	if err != nil {
		return "", remove, why
	}
	return dir, func() { _ = os.RemoveAll(dir) }, why
}

// CaseOptions opens cases with the renderer as their reader; cache is "" where there is none.
func CaseOptions(cache string, r *render.Renderer, dir string) (casefile.Options, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return casefile.Options{}, err
	}
	opt, err := ownCheck()
	if err != nil {
		return casefile.Options{}, err
	}
	pages := reader{r, abs, Renditions(cache, abs)}
	opt.Inspector, opt.Prover, opt.CacheDir = pages, pages, pages.cache
	if pages.cache != "" {
		opt.Converter = converter(pages.cache)
	}
	return opt, nil
}

// ownCheck are options with this program as the child process that checks a database.
func ownCheck() (casefile.Options, error) {
	own, err := os.Executable()
	if err != nil {
		return casefile.Options{}, fmt.Errorf("find own program: %w", err)
	}
	return casefile.Options{CheckCommand: []string{own, "check-store"}}, nil
}

// converter makes PDFs of Office files, nil where neither LibreOffice nor Microsoft's are installed: such files then keep
// the advice to save them as PDF.
func converter(cache string) intake.Converter {
	program := office.Find()
	if program != "" {
		return &office.Converter{Program: program, CacheDir: cache}
	}
	own, err := os.Executable()
	if err != nil || len(office.FindMicrosoft()) == 0 {
		return nil
	}
	return &office.Converter{Microsoft: []string{own, office.MicrosoftVerb}, CacheDir: cache}
}

// Opener opens cases for the window.
func Opener(cache string) func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
	return func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
		opt, err := CaseOptions(cache, r, dir)
		if err != nil {
			return nil, err
		}
		opt.Notify = notify
		if err := WithText(ctx, &opt, cache, r, dir, true); err != nil {
			slog.Error("read text", "err", err) // all else works
		}
		return casefile.Open(ctx, dir, opt)
	}
}

// LoadSettings reads the list of cases and the settings of this machine.
func LoadSettings() (*shelf.Shelf, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return nil, err
	}
	return shelf.Load(dir)
}

// SystemLanguage is the system's language where the program speaks it, else the program's first one.
func SystemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			name := v[:len(v)-len(strings.TrimLeft(v, "abcdefghijklmnopqrstuvwxyz"))] // en_US.UTF-8
			if slices.Contains(assets.Languages, name) {
				return name
			}
			break
		}
	}
	return assets.Languages[0]
}

// Writable makes a folder where it is missing, and tries to write there.
func Writable(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return fmt.Errorf("write to folder: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write to folder: %w", err)
	}
	return os.Remove(f.Name())
}

// RenditionsIn finds the PDFs that were made of Office files.
func RenditionsIn(cache string) func(library.Case, library.File) render.Source {
	return func(c library.Case, f library.File) render.Source {
		return SourceOf(c.Path, Renditions(cache, c.Path), f)
	}
}

// RendererVersions names what draws the pages, for the journal: a frame made again is compared with it.
func RendererVersions() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	names := []string{fmt.Sprint("drawing ", render.Drawing)}
	for _, d := range info.Deps {
		switch d.Path {
		case "github.com/gen2brain/go-fitz", "github.com/disintegration/imaging", "golang.org/x/image", "github.com/gen2brain/heic", "github.com/gen2brain/avif":
			names = append(names, path.Base(d.Path)+" "+d.Version)
		}
	}
	if decoder := heif.System(); decoder != "" {
		names = append(names, decoder)
	}
	return strings.Join(names, ", ")
}
