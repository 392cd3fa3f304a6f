package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"butluc/app/session"
	"butluc/app/words"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/intake/office"
	"butluc/library/shelf"
	"butluc/presenter/render"
)

// The heap is mostly pictures: those in the cache, and frames of 8 MB that live for a moment. Pixels
// hold no pointers, so it costs little to collect them often, and the heap stays near what is live.
const (
	gcPercent   = 20
	memoryLimit = 384 << 20 // bytes; from here on the collector works as hard as it may
	cacheBytes  = 96 << 20  // of page pictures: some 28 scans at the size of a court screen
)

func newRenderer(done func(render.Request, *render.Picture, error)) *render.Renderer {
	return render.New(render.Options{CacheBytes: cacheBytes, OnDone: done})
}

// cacheDir is the user's cache folder of the program.
func cacheDir() (string, error) {
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

// cacheOrTemporary is the cache folder, made where it is missing. Where it can't be written, which the error says, a
// folder stands in that remove takes away; it is "" where there is none either.
func cacheOrTemporary() (dir string, remove func(), why error) {
	remove = func() {}
	dir, why = cacheDir()
	if why == nil {
		why = writable(dir)
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

// caseOptions opens cases with the renderer as their reader; cache is "" where there is none.
func caseOptions(cache string, r *render.Renderer, dir string) (casefile.Options, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return casefile.Options{}, err
	}
	opt, err := ownCheck()
	if err != nil {
		return casefile.Options{}, err
	}
	pages := reader{r, abs, renditions(cache, abs)}
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

// converter makes PDFs of Office files, nil where LibreOffice is not installed: such files then keep
// the advice to save them as PDF.
func converter(cache string) intake.Converter {
	program := office.Find()
	if program == "" {
		return nil
	}
	return &office.Converter{Program: program, CacheDir: cache}
}

// opener opens cases for the window.
func opener(cache string) func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
	return func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
		opt, err := caseOptions(cache, r, dir)
		if err != nil {
			return nil, err
		}
		opt.Notify = notify
		if err := withText(ctx, &opt, cache, r, dir, true); err != nil {
			slog.Error("read text", "err", err) // all else works
		}
		return casefile.Open(ctx, dir, opt)
	}
}

// readCase opens a case for a verb: nothing is written, and it may be open in a window meanwhile.
func readCase(ctx context.Context, t *terminal, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error) {
	if !isFolder(dir) {
		return nil, misuse{fmt.Errorf("%q is no case folder", dir)}
	}
	opt, err := caseOptions(t.cache(), r, dir)
	if err != nil {
		return nil, err
	}
	opt.ReadOnly, opt.NoWatch, opt.Eager = true, true, true
	opt.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	if change != nil {
		change(&opt)
	}
	c, err := casefile.Open(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	t.tell(c.Snapshot())
	return c, nil
}

// writeCase opens a case for a verb that changes its outline, which it does not while a window has it, nor where the
// database is damaged and a copy knows less, unless t.fromCopy.
func writeCase(ctx context.Context, t *terminal, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error) {
	if !isFolder(dir) {
		return nil, misuse{fmt.Errorf("%q is no case folder", dir)}
	}
	opt, err := caseOptions(t.cache(), r, dir)
	if err != nil {
		return nil, err
	}
	opt.Prover, opt.NoWatch, opt.Eager, opt.OnlyWhole = nil, true, true, !t.fromCopy
	opt.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	if change != nil {
		change(&opt)
	}
	c, err := casefile.Open(ctx, dir, opt)
	switch {
	case errors.Is(err, casefile.ErrInUse):
		return nil, errors.New(words.T("cli.in-use", "name", dir))
	case errors.Is(err, casefile.ErrDamaged):
		// What is still there is read once more, to tell of it.
		if seen, readErr := readCase(ctx, t, dir, r, func(o *casefile.Options) { o.Inspector, o.Prover, o.Paused = nil, nil, true }); readErr == nil {
			_ = seen.Close() // nothing was written
		}
		return nil, errors.New(words.T("cli.from-copy"))
	case err != nil:
		return nil, err
	}
	t.tell(c.Snapshot())
	if t.fromCopy {
		c.GoOn()
	}
	return c, nil
}

// editCase changes the outline of a case, once every file of it is known by its SHA-256.
func editCase(t *terminal, dir string, change func(c *casefile.Case) error) (err error) {
	ctx, stop := interruptible()
	defer stop()
	r := newRenderer(nil)
	defer r.Close()
	c, err := writeCase(ctx, t, dir, r, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.WaitFor(ctx, intake.StageHash); err != nil {
		return err
	}
	return change(c)
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// interruptible ends with Ctrl+C or SIGTERM, so that a verb leaves in order: no process of LibreOffice
// stays behind, and no half-made file.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

func loadShelf() (*shelf.Shelf, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return nil, err
	}
	return shelf.Load(dir)
}

// languageOfSystem is English where the system speaks English, else Vietnamese.
func languageOfSystem() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return "en"
			}
			return "vi"
		}
	}
	return "vi"
}

// newFlags makes a verb's set of flags, which may stand before, between and after its words.
func newFlags(name string) *pflag.FlagSet {
	f := pflag.NewFlagSet(name, pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// subverb runs the verb that follows a verb's words, as in `outline CASE export FILE`.
func subverb(name string, verbs map[string]runner, args []string, out *terminal) error {
	for i, word := range args {
		if run := verbs[word]; run != nil && i > 0 {
			return run(slices.Delete(slices.Clone(args), i, i+1), out)
		}
	}
	if _, err := parse(newFlags(name), args, 0, len(args)); err != nil {
		return err
	}
	return misuse{fmt.Errorf("%s: %s", name, words.T("cli."+name+"-verbs"))}
}

// writeJSON prints v for another program, and legibly: paths keep their signs as they are.
func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// parse reads flags and words; at least least words, at most most.
func parse(f *pflag.FlagSet, args []string, least, most int) ([]string, error) {
	switch err := f.Parse(args); {
	case errors.Is(err, pflag.ErrHelp):
		return nil, err // asked for, and no misuse
	case err != nil:
		return nil, misuse{fmt.Errorf("%s: %w", f.Name(), err)}
	}
	if n := f.NArg(); n < least || n > most {
		return nil, misuse{fmt.Errorf("%s: %s", f.Name(), words.T("cli.words", "count", n))}
	}
	return f.Args(), nil
}

// faultText is why a file can't be shown, for people.
func faultText(f library.File, title string) string {
	return words.T("fault."+session.FaultKey(f), "name", title)
}
