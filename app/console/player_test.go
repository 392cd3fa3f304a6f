package console

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/render"
)

// told takes an inspector's word for recordings: a minute each.
type told struct{ intake.Inspector }

func (i told) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	if f.Kind.Clip() {
		return intake.Facts{Pages: 1, Duration: 60_000, Tracks: library.Tracks{Video: 2, Audio: 1}}, nil
	}
	return i.Inspector.Inspect(ctx, f)
}

// drawn is a renderer that has every picture at once.
type drawn struct{}

func (drawn) Wish(render.Lane, []render.Request) {}

func (drawn) Pin(...render.Request) {}

func (drawn) Failure(render.Request) error { return nil }

func (drawn) Cached(r render.Request) (*render.Picture, bool) {
	p := image.NewRGBA(image.Rect(0, 0, 16, 9))
	p.Pix[0] = byte(r.Page) // another picture at each time
	picture := &render.Picture{Image: p}
	if r.Kind.Clip() {
		picture.Tone = "hlg"
	}
	return picture, true
}

// fakePlayer is a player whose pictures and reports the test gives.
type fakePlayer struct {
	w      *harness
	serial uint32
	clip   clip.Clip
	at     int
	waits  bool
}

func (r *fakePlayer) Load(clip.Clip) {}

func (r *fakePlayer) Pause() {}

func (r *fakePlayer) Silence() {}

func (r *fakePlayer) Loud(int, bool) {}

func (r *fakePlayer) Play(c clip.Clip) uint32 { r.serial++; r.clip = c; return r.serial }

func (r *fakePlayer) Take(serial uint32, use func(*image.RGBA, int)) {
	if r.waits && serial == r.serial {
		r.waits = false
		use(image.NewRGBA(image.Rectangle{Max: r.clip.Size}), r.at)
	}
}

// frame has the court see the picture of a time.
func (r *fakePlayer) frame(at int) {
	r.w.t.Helper()
	r.at, r.waits = at, true
	r.w.Stage.Projector().Heard(clip.Report{Event: protocol.Event{Told: protocol.Frame, Serial: r.serial, At: at}})
	r.w.until("the picture", func() bool { return !r.waits })
}

// stops has the player tell that it stands.
func (r *fakePlayer) stops(at int, err error) {
	r.w.t.Helper()
	r.w.Stage.Projector().Heard(clip.Report{Event: protocol.Event{Told: protocol.Stopped, Serial: r.serial, At: at}, Err: err})
	r.w.until("the stop", func() bool { return !r.w.Stage.State().Playing })
	r.w.looks()
}

// withFilm is a case with a recording and two pages, and three steps: passages of 10 to 20 and of 30 to 40 s of the
// recording, and a page.
func withFilm(t *testing.T, film []byte, change func(*casefile.Options)) *harness {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Vụ án")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, camera), film, 0o600); err != nil {
		t.Fatal(err)
	}
	picture, err := os.Create(filepath.Join(dir, "BL 46 Ảnh.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(picture, image.NewRGBA(image.Rect(0, 0, 40, 60))); err != nil {
		t.Fatal(err)
	}
	picture.Close()
	w := openHarness(t, dir, change)
	closeHarness(t, w)
	w.until("the recording's hash", func() bool { return w.Dossier.FileAt(camera).SHA256 != "" })
	return w
}

// steps makes steps of shots, in one scenario.
func (w *harness) steps(shots ...library.Shot) {
	w.t.Helper()
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s", Title: "Chối tội"}, library.Place{Parent: "p"}))
	for i, shot := range shots {
		w.Edits.Edit(w.Dossier.Outline().AddSteps(library.Place{Parent: "s"}, library.Step{ID: library.ID(fmt.Sprint("step", i)), Shot: shot}))
	}
}

func passage(from, to int) library.Shot {
	return library.Shot{}.Add(library.Pane{Page: library.PageID{Path: camera, Index: from}, Clip: library.Span{From: from, To: to}})
}

// newClipHarness is a trial in which the court sees a passage of 10 to 20 s; one of 30 to 40 s and a page come behind it.
func newClipHarness(t *testing.T) (*harness, *fakePlayer) {
	t.Helper()
	header := []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2mp41")
	w := withFilm(t, header, func(o *casefile.Options) { o.Inspector = told{o.Inspector} })
	r := &fakePlayer{w: w}
	options := w.projecting()
	options.Renderer, options.Player = drawn{}, r
	w.Stage.Projector().Close()
	w.project(options)
	w.steps(passage(10_000, 20_000), passage(30_000, 40_000), library.ShotOf(library.PageID{Path: "BL 46 Ảnh.png"}))
	w.Start(false)
	w.does(presenter.Next{})
	return w, r
}

// listened is a player for Prepare whose reports the test gives.
type listened struct{ *fakePlayer }

func (listened) Tone() {}

func (listened) Device() {}

func (listened) Rest() {}

func (listened) Close() {}
