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

// cacheDir is the user's cache folder of the program, made where it is missing.
func cacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find cache folder: %w", err)
	}
	dir = filepath.Join(dir, "butluc")
	if runtime.GOOS == "windows" { // where it is the folder of data, too
		dir = filepath.Join(dir, "cache")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make cache folder: %w", err)
	}
	return dir, nil
}

// caseOptions opens cases with the renderer as their reader.
func caseOptions(r *render.Renderer, dir string) (casefile.Options, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return casefile.Options{}, err
	}
	cache, err := cacheDir()
	if err != nil {
		return casefile.Options{}, err
	}
	opt, err := ownCheck()
	if err != nil {
		return casefile.Options{}, err
	}
	pages := reader{r, abs, renditions(cache, abs)}
	opt.Inspector, opt.Prover, opt.Converter, opt.CacheDir = pages, pages, converter(pages.cache), pages.cache
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

// openCase opens a case for the window.
func openCase(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
	opt, err := caseOptions(r, dir)
	if err != nil {
		return nil, err
	}
	opt.Notify = notify
	if err := withText(ctx, &opt, r, dir, true); err != nil {
		slog.Error("read text", "err", err) // all else works
	}
	return casefile.Open(ctx, dir, opt)
}

// readCase opens a case for a verb: nothing is written, and it may be open in a window meanwhile.
func readCase(ctx context.Context, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error) {
	if !isFolder(dir) {
		return nil, misuse{fmt.Errorf("%q is no case folder", dir)}
	}
	opt, err := caseOptions(r, dir)
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
	for _, n := range c.Snapshot().Notices {
		if n.Code == casefile.NoticeCopy {
			fmt.Fprintln(os.Stderr, words.T("cli.copy", "time", n.Time.Format("15:04:05 02/01/2006")))
		}
	}
	return c, nil
}

// writeCase opens a case for a verb that changes its outline, which it does not while a window has it.
func writeCase(ctx context.Context, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error) {
	if !isFolder(dir) {
		return nil, misuse{fmt.Errorf("%q is no case folder", dir)}
	}
	opt, err := caseOptions(r, dir)
	if err != nil {
		return nil, err
	}
	opt.Prover, opt.NoWatch, opt.Eager = nil, true, true
	opt.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	if change != nil {
		change(&opt)
	}
	c, err := casefile.Open(ctx, dir, opt)
	if errors.Is(err, casefile.ErrInUse) {
		return nil, errors.New(words.T("cli.in-use", "name", dir))
	}
	return c, err
}

// editCase changes the outline of a case, once every file of it is known by its SHA-256.
func editCase(dir string, change func(c *casefile.Case) error) (err error) {
	ctx, stop := interruptible()
	defer stop()
	r := newRenderer(nil)
	defer r.Close()
	c, err := writeCase(ctx, dir, r, nil)
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
func subverb(name string, verbs map[string]runner, args []string, out io.Writer) error {
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
