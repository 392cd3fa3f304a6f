package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"butluc/app/wiring"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/render"
)

// opener is [readCase] or [writeCase].
type opener = func(ctx context.Context, t *terminal, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error)

// keptOnly are the options of a verb that asks for what the store knows, without reading the folder.
func keptOnly(o *casefile.Options) { o.Inspector, o.Prover, o.Paused = nil, nil, true }

// pagesOnly are the options of a verb that asks for no more than which pages there are.
func pagesOnly(o *casefile.Options) { o.Prover, o.NoHash = nil, true }

// optionsOf are the options by which a verb opens the case in a folder; change, which may be nil, makes others of them.
func optionsOf(t *terminal, dir string, r *render.Renderer, change func(*casefile.Options)) (casefile.Options, error) {
	if !isFolder(dir) {
		return casefile.Options{}, misuse{fmt.Errorf("%q is no case folder", dir)}
	}
	opt, err := wiring.CaseOptions(t.cache(), r, dir)
	if err != nil {
		return casefile.Options{}, err
	}
	opt.NoWatch, opt.Eager = true, true
	opt.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	if change != nil {
		change(&opt)
	}
	return opt, nil
}

// readCase opens a case for a verb: nothing is written, and it may be open in a window meanwhile.
func readCase(ctx context.Context, t *terminal, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error) {
	opt, err := optionsOf(t, dir, r, change)
	if err != nil {
		return nil, err
	}
	opt.ReadOnly = true
	c, err := casefile.Open(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	t.tell(c.Snapshot())
	return c, nil
}

// readSnapshot is what is known of a case once a stage of its reading is over; after [intake.StageIdle] nothing is waited
// for.
func readSnapshot(
	ctx context.Context, t *terminal, dir string, r *render.Renderer, change func(*casefile.Options), after intake.Stage,
) (casefile.Snapshot, error) {
	c, err := readCase(ctx, t, dir, r, change)
	if err != nil {
		return casefile.Snapshot{}, err
	}
	if after > intake.StageIdle {
		err = c.WaitFor(ctx, after)
	}
	s := c.Snapshot()
	return s, errors.Join(err, s.OutlineErr, c.Close())
}

// writeCase opens a case for a verb that changes its outline, which it does not while a window has it, nor where the
// database is damaged and a copy knows less, unless t.fromCopy.
func writeCase(ctx context.Context, t *terminal, dir string, r *render.Renderer, change func(*casefile.Options)) (*casefile.Case, error) {
	opt, err := optionsOf(t, dir, r, change)
	if err != nil {
		return nil, err
	}
	opt.Prover, opt.OnlyWhole = nil, !t.fromCopy
	c, err := casefile.Open(ctx, dir, opt)
	switch {
	case errors.Is(err, casefile.ErrInUse):
		return nil, errors.New(t.in.T("cli.in-use", "name", dir))
	case errors.Is(err, casefile.ErrDamaged):
		// What is still there is read once more, to tell of it.
		if seen, readErr := readCase(ctx, t, dir, r, keptOnly); readErr == nil {
			_ = seen.Close() // nothing was written
		}
		return nil, errors.New(t.in.T("cli.from-copy"))
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
	r := wiring.NewRenderer(nil)
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
