package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/console/court"
	"butluc/app/console/recorder"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/library/shelf"
	"butluc/presenter/clip"
	"butluc/presenter/render"
)

// rehearsalHead keeps the head of a rehearsal's journal, beside it.
const rehearsalHead = "journal-head.json"

// rehearseWait is how long `wait` waits for a picture.
const rehearseWait = 30 * time.Second

// rehearse plays keys from a file through stage, renderer and journal, and writes what the court would
// have seen.
func rehearse(args []string, out *terminal) error {
	f := newFlags("rehearse")
	script := f.String("keys", "", "file with a key a line; wait, or @0:07.5")
	sizeText := f.String("size", "1920x1080", "size of the court screen")
	dir := f.String("out", "", "folder for the pictures and the journal")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	size, err := parseSize(*sizeText)
	if err != nil {
		return err
	}
	if *script == "" || *dir == "" {
		return misuse{errors.New("rehearse needs --keys and --out")}
	}
	keys, err := readKeys(*script)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(*dir, 0o750); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	return newRehearsal(*dir, size, out).play(ctx, named[0], keys)
}

// keyLine is a line of the script.
type keyLine struct {
	number int
	key    string // "wait", a key's name, or "@" and a time: the clip that the court sees is to stand there
}

// readKeys reads a script: a key a line; what follows # is a remark.
func readKeys(path string) ([]keyLine, error) {
	script, err := casefile.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var lines []keyLine
	in := bufio.NewScanner(bytes.NewReader(script))
	for n := 1; in.Scan(); n++ {
		text, _, _ := strings.Cut(in.Text(), "#")
		if text = strings.TrimSpace(text); text != "" {
			lines = append(lines, keyLine{n, text})
		}
	}
	return lines, in.Err()
}

// rehearsal is a session without a window: what is posted is done by its own loop.
type rehearsal struct {
	dir      string
	size     image.Point
	out      *terminal
	posts    chan func()
	session  *console.Session
	renderer *render.Renderer
	count    int // pictures written
	err      error
}

func newRehearsal(dir string, size image.Point, out *terminal) *rehearsal {
	return &rehearsal{dir: dir, size: size, out: out, posts: make(chan func(), 1024)}
}

func (r *rehearsal) play(ctx context.Context, dir string, keys []keyLine) (err error) {
	temp, err := os.MkdirTemp("", "butluc-rehearse-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp) //nolint:errcheck // it holds nothing that anybody needs
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	cases, err := shelf.Load(temp)
	if err != nil {
		return err
	}
	head := filepath.Join(r.dir, rehearsalHead)
	for _, earlier := range []string{filepath.Join(r.dir, journal.FileName), head} {
		_ = os.Remove(earlier)
	}
	var log *journal.Journal
	r.session = console.New(console.Options{
		Post: func(f func()) { r.posts <- f },
		NewRenderer: func(done func(render.Request, *render.Picture, error)) *render.Renderer {
			r.renderer = wiring.NewRenderer(done)
			return r.renderer
		},
		NewPlayer: func(report func(clip.Report)) clips.Player {
			return &instant{renderer: func() *render.Renderer { return r.renderer }, report: report}
		},
		OpenCase: func(ctx context.Context, dir string, w *render.Renderer, notify func()) (*casefile.Case, error) {
			return readCase(ctx, r.out, dir, w, func(o *casefile.Options) { o.Notify, o.NoHash = notify, true })
		},
		Rendition: wiring.RenditionsIn(r.out.cache()),
		Shelf:     cases, Language: r.out.in.Language(), Court: court.Options{Screen: r}, Versions: recorder.Versions{Program: r.out.program.Version, Renderer: wiring.RendererVersions()},
		Journal: func() (_ *journal.Journal, err error) {
			log, _, err = journal.Open(r.dir, head)
			return log, err
		},
	})
	defer func() {
		err = errors.Join(err, r.session.Close())
		if log != nil {
			err = errors.Join(err, log.Close())
		}
	}()
	if !isFolder(dir) {
		return misuse{fmt.Errorf("%q is no case folder", dir)}
	}
	r.session.Open(dir)
	err = r.until(ctx, 10*time.Minute, "the case to be read", func() bool {
		snapshot, ok := r.session.Dossier.Snapshot()
		return ok && !snapshot.Reading && snapshot.Progress.Total > 0
	})
	if err != nil {
		return err
	}
	r.session.Hearing.Rehearse(true)
	hand := console.NewHand(r.session)
	for _, k := range keys {
		if err := r.press(ctx, hand, k); err != nil {
			return fmt.Errorf("line %d: %w", k.number, err)
		}
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	r.session.Hearing.End()
	if r.err != nil {
		return r.err
	}
	fmt.Fprintln(r.out, r.session.T("cli.rehearsed", "count", r.count, "dir", r.dir))
	return nil
}

func (r *rehearsal) press(ctx context.Context, hand *console.Hand, k keyLine) error {
	r.pump()
	if k.key == "wait" {
		return r.settle(ctx)
	}
	if at, ok := strings.CutPrefix(k.key, "@"); ok {
		return r.wind(ctx, at)
	}
	return hand.Press(k.key)
}

// wind has the clip that the court sees stand at a time.
func (r *rehearsal) wind(ctx context.Context, at string) error {
	ms, err := library.ParseTimecode(at)
	if err != nil {
		return err
	}
	if err := r.settle(ctx); err != nil { // what plays comes to stand first
		return err
	}
	if !r.session.Clips.WindTo(ms) {
		return fmt.Errorf("@%s: %s", at, r.session.Notices.Now().Text)
	}
	return nil
}

// settle waits until the court sees what was taken and it stands, or the take was given up.
func (r *rehearsal) settle(ctx context.Context) error {
	return r.until(ctx, rehearseWait, "the picture", func() bool { return !r.session.Stage.Waits() && !r.session.Stage.State().Playing })
}

// pump does what was posted so far.
func (r *rehearsal) pump() {
	for {
		select {
		case f := <-r.posts:
			f()
		default:
			return
		}
	}
}

// until does what is posted until a condition holds.
func (r *rehearsal) until(ctx context.Context, patience time.Duration, what string, cond func() bool) error {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for !cond() {
		select {
		case f := <-r.posts:
			f()
		case <-ctx.Done():
			return ctx.Err()
		case <-limit.C:
			return fmt.Errorf("waited %v in vain for %s", patience, what)
		}
	}
	r.pump()
	return nil
}

// Show writes the picture that the court would see.
func (r *rehearsal) Show(frame *image.RGBA) error {
	r.write("", frame)
	return nil
}

// Black writes a black picture.
func (r *rehearsal) Black() error {
	frame := image.NewRGBA(image.Rectangle{Max: r.size})
	for i := 3; i < len(frame.Pix); i += 4 {
		frame.Pix[i] = 255
	}
	r.write("-black", frame)
	return nil
}

// Hide does nothing: the trial ended.
func (r *rehearsal) Hide() {}

// Size is the size of the court screen.
func (r *rehearsal) Size() image.Point { return r.size }

func (r *rehearsal) write(name string, frame *image.RGBA) {
	r.count++
	f, err := os.Create(filepath.Join(r.dir, fmt.Sprintf("%03d%s.png", r.count, name)))
	if err == nil {
		err = errors.Join(png.Encode(f, frame), f.Close())
	}
	if err != nil && r.err == nil {
		r.err = err
	}
}
