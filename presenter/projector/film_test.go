package projector_test

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/projector"
)

// fakePlayer is a player whose pictures and reports the test gives.
type fakePlayer struct {
	d      *testProjector
	serial uint32
	size   image.Point // of its pictures
	at     int         // of the picture that waits
	waits  bool
	pauses int
}

func (r *fakePlayer) Load(clip.Clip) {}
func (r *fakePlayer) Pause()         { r.pauses++ }
func (r *fakePlayer) Silence()       { r.pauses++ }
func (r *fakePlayer) Loud(int, bool) {}

func (r *fakePlayer) Play(c clip.Clip) uint32 {
	r.serial++
	r.size = c.Size
	r.d.saw = append(r.d.saw, fmt.Sprintf("play %d", c.At))
	return r.serial
}

func (r *fakePlayer) Take(serial uint32, use func(*image.RGBA, int)) {
	if r.waits && serial == r.serial {
		r.waits = false
		use(image.NewRGBA(image.Rectangle{Max: r.size}), r.at)
	}
}

// frame has the court see the picture of a time, if it is to.
func (r *fakePlayer) frame(at int) {
	r.d.t.Helper()
	r.at, r.waits = at, true
	r.d.Heard(clip.Report{Event: protocol.Event{Told: protocol.Frame, Serial: r.serial, At: at}})
	r.d.until("the picture to be asked for", func() bool { return !r.waits })
}

// stops has the player tell that it stands.
func (r *fakePlayer) stops(at int, err error) {
	r.d.t.Helper()
	was := len(r.d.events)
	r.d.Heard(clip.Report{Event: protocol.Event{Told: protocol.Stopped, Serial: r.serial, At: at}, Err: err})
	r.d.until("the stop", func() bool { return len(r.d.events) > was })
}

// movingScreen is a screen in memory that can show moving pictures.
type movingScreen struct {
	*wall
	d *testProjector
}

func (c movingScreen) Patch(*image.RGBA, image.Point) error {
	c.d.saw = append(c.d.saw, fmt.Sprintf("see %d", c.d.Film().At))
	return nil
}

// newFilm is a testProjector whose court sees a clip of 1 to 9 s stand at its beginning; page b comes next.
func newFilm(t *testing.T) (*testProjector, *fakePlayer) {
	t.Helper()
	r := &fakePlayer{}
	d := newDeskWith(t, func(d *testProjector) projector.Player { r.d = d; return r })
	d.SetScreen(movingScreen{d.wall, d})
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: passage(1000)}, {ID: "b", Shot: shot("b")}}})
	d.stub.finish("a", false)
	d.stub.finish("b", false)
	d.Do(presenter.Start{}, presenter.Next{})
	d.until("the clip", func() bool { return d.wall.shows == 1 })
	d.until("the page behind it", d.made("b"))
	d.saw = nil
	return d, r
}

func passage(at int) library.Shot {
	return library.Shot{}.Add(library.Pane{Page: library.PageID{Path: "a", Index: at}, Clip: library.Span{From: 1000, To: 9000}})
}

// said is an event in words.
func said(e projector.Event) string {
	switch pane := e.Shot.First(); e.Kind {
	case projector.Shows:
		if pane.Page.Index == 0 {
			return "Shows " + pane.Page.Path
		}
		return fmt.Sprintf("Shows %d", pane.Page.Index)
	case projector.Plays:
		return fmt.Sprintf("Plays %d", pane.Page.Index)
	case projector.Stops:
		return fmt.Sprintf("Stops %d-%d", e.From, pane.Page.Index)
	default:
		return map[projector.EventKind]string{
			projector.Refuses: "Refuses", projector.Blackens: "Blackens", projector.Loses: "Loses", projector.Finds: "Finds",
		}[e.Kind]
	}
}

// drain runs what was posted so far.
func (d *testProjector) drain() {
	for {
		select {
		case f := <-d.posts:
			f()
		default:
			return
		}
	}
}

// wants compares what was recorded and done, in order.
func (d *testProjector) wants(want ...string) {
	d.t.Helper()
	if !slices.Equal(d.saw, want) {
		d.t.Errorf("%s\nwant\n%s", strings.Join(d.saw, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatPlaysIsRecordedBeforeItMoves(t *testing.T) {
	d, r := newFilm(t)
	d.Do(presenter.Play{})
	r.frame(1000)
	r.frame(1040)
	d.Do(presenter.Play{})
	r.stops(1080, nil)
	d.until("the still", func() bool { return d.wall.shows == 2 })
	d.wants("Plays 1000", "play 1000", "see 1000", "see 1040", "Stops 1000-1080", "Shows 1080")
}

func TestWindingWhatPlaysMakesTwoOfIt(t *testing.T) {
	d, r := newFilm(t)
	d.Do(presenter.Play{})
	r.frame(1480)
	d.Do(presenter.Wind{At: 5000})
	r.frame(5000)
	r.stops(9000, nil)
	d.until("the still", func() bool { return d.wall.shows == 2 })
	d.wants("Plays 1000", "play 1000", "see 1480", "Stops 1000-1480", "Plays 5000", "play 5000", "see 5000", "Stops 5000-9000", "Shows 9000")
}

// What ends a play other than the player itself is recorded with the last picture that the court saw, and once.
func TestWhateverEndsAPlayIsRecordedAfterIt(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*testProjector, *fakePlayer)
		want string
	}{
		"black":      {func(d *testProjector, _ *fakePlayer) { d.Do(presenter.Blank{}) }, "Stops 1000-1480, Blackens"},
		"a take":     {func(d *testProjector, _ *fakePlayer) { d.Do(presenter.Next{}) }, "Stops 1000-1480, Shows b"},
		"the end":    {func(d *testProjector, _ *fakePlayer) { d.Do(presenter.End{}) }, "Stops 1000-1480"},
		"no screen":  {func(d *testProjector, _ *fakePlayer) { d.SetScreen(nil) }, "Loses, Stops 1000-1480"},
		"a zoom":     {func(d *testProjector, _ *fakePlayer) { d.Do(presenter.LookLive{Pane: near4(passage(1000))}) }, "Stops 1000-1480"},
		"a crash":    {func(_ *testProjector, r *fakePlayer) { r.stops(1520, clip.ErrDied) }, "Stops 1000-1480"},
		"a hang":     {func(_ *testProjector, r *fakePlayer) { r.stops(1520, clip.ErrHung) }, "Stops 1000-1480"},
		"no program": {func(d *testProjector, _ *fakePlayer) { d.Close() }, "Stops 1000-1480"},
	} {
		d, r := newFilm(t)
		d.Do(presenter.Play{})
		r.frame(1480)
		d.saw = nil
		c.end(d, r)
		if got := strings.Join(d.saw, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if died := name == "a crash" || name == "a hang"; died == (r.pauses > 0) {
			t.Errorf("%s: it was told %d times to fall silent", name, r.pauses)
		}
		was := len(d.saw)
		d.Heard(clip.Report{Event: protocol.Event{Told: protocol.Stopped, Serial: r.serial, At: 1560}, Err: errors.New("late")})
		d.drain()
		if again := strings.Join(d.saw[was:], ", "); strings.Contains(again, "Stops") {
			t.Errorf("%s: then %s", name, again)
		}
	}
}

// A file may be renamed, or its stick be pulled, while it plays: nobody knows what may be seen of it, nor heard.
func TestARecordingThatVanishesFallsSilent(t *testing.T) {
	for name, c := range map[string]struct {
		then func(*testProjector, *fakePlayer)
		want string
	}{
		"played on": {func(_ *testProjector, r *fakePlayer) { r.frame(2000) }, "Stops 1000-1480"},
		"wound":     {func(d *testProjector, _ *fakePlayer) { d.Do(presenter.Wind{At: 5000}) }, "Stops 1000-1480"},
		"at its end": {func(_ *testProjector, r *fakePlayer) {
			r.at, r.waits = 9000, true
			r.stops(9000, nil)
		}, "Stops 1000-1480"},
		"paused, and played again": {func(d *testProjector, r *fakePlayer) {
			d.Do(presenter.Play{})
			r.stops(1480, nil)
			d.Do(presenter.Play{})
		}, "Stops 1000-1480"},
	} {
		d, r := newFilm(t)
		d.Do(presenter.Play{})
		r.frame(1480)
		d.gone, d.saw, d.told = true, nil, nil
		d.Refresh()
		c.then(d, r)
		if got := strings.Join(d.saw, ", "); got != c.want || d.State().Playing || r.pauses == 0 {
			t.Errorf("%s: %s; it plays: %v; told %d times to fall silent; want %s", name, got, d.State().Playing, r.pauses, c.want)
		}
		lost := func(e presenter.Effect) bool {
			err, ok := e.(projector.ClipError)
			return ok && err.Fault == library.FaultVanished
		}
		if !slices.ContainsFunc(d.told, lost) {
			t.Errorf("%s: nobody is told why: %v", name, d.told)
		}
		if f, ok := d.Shown(); !ok || f.Err != nil || d.Film().Mirror == nil || !d.State().Stands {
			t.Errorf("%s: the mirror can't show what the court sees: %v, moving %v, it stands: %v", name, f.Err, d.Film().Mirror != nil, d.State().Stands)
		}
		if d.wall.sees != tint("a") {
			t.Errorf("%s: the court sees %v", name, d.wall.sees)
		}
	}
}

func TestOnlyWhatWasMutedAllTheTimeIsRecordedSo(t *testing.T) {
	for name, c := range map[string]struct {
		mute []bool // before, and while it plays
		want bool
	}{
		"muted":             {[]bool{true}, true},
		"on for a while":    {[]bool{true, false, true}, false},
		"muted for a while": {[]bool{false, true, false}, false},
		"muted at the end":  {[]bool{false, true}, false},
	} {
		d, r := newFilm(t)
		d.Do(presenter.Volume{Mute: c.mute[0]})
		if _, ok := d.Shown(); !ok {
			t.Errorf("%s: as loud as that, what the court sees is not known", name)
		}
		d.Do(presenter.Play{})
		for _, mute := range c.mute[1:] {
			r.frame(1480)
			d.Do(presenter.Volume{Mute: mute})
		}
		r.stops(2000, nil)
		last := d.events[len(d.events)-1]
		if _, span, _ := last.Shot.Clip(); last.Kind != projector.Stops || span.Mute != c.want {
			t.Errorf("%s: recorded as %s, muted: %v, want %v", name, said(last.Event), span.Mute, c.want)
		}
	}
}

func near4(shot library.Shot) library.Pane {
	pane := shot.Panes[0]
	pane.View = near
	return pane
}
