package console

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/app/console/clips"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/projector"
)

const camera = "BL 45 Camera.mp4"

// lines are the journal's entries, short: "play 10000", "stop 10000-12040", "show A.1 10000".
func (w *harness) lines() (lines []string) {
	w.t.Helper()
	w.until("the journal to be open", func() bool { return w.log.Load() != nil && w.Session.Recorder.Journal() != nil })
	_ = w.log.Load().Flush() // it may be closed
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		line := string(e.Kind)
		switch {
		case e.Kind == journal.KindPlay:
			line += fmt.Sprintf(" %d", e.Played.From)
		case e.Kind == journal.KindStop:
			line += fmt.Sprintf(" %d-%d", e.Played.From, e.Played.To)
		case e.Shown != nil && e.Shown.Panes[0].Clip:
			line += fmt.Sprintf(" %s %d", e.Shown.Number, e.Shown.Panes[0].Page-1)
		case e.Shown != nil:
			line += " " + e.Shown.Number
		}
		lines = append(lines, line)
	}); err != nil {
		w.t.Fatal(err)
	}
	return lines
}

func (w *harness) wants(want ...string) {
	w.t.Helper()
	if got := w.lines(); !slices.Equal(got, want) {
		w.t.Errorf("the journal says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// settles waits until a view that was moved is recorded.
func (w *harness) settles() {
	w.t.Helper()
	w.until("the view to settle", func() bool { return !w.Session.Recorder.Settling() })
}

// Each play has its own two lines, and where it stands, and is wound to, is a view of what is shown.
func TestTheJournalSaysWhatWasPlayed(t *testing.T) {
	w, r := newClipHarness(t)
	w.Control.Do(presenter.Play{})
	r.frame(10_000)
	r.frame(12_000)
	w.Control.Do(presenter.Play{})
	r.stops(12_040, nil)
	w.settles()
	w.does(presenter.Wind{At: 15_000})
	w.does(presenter.Wind{At: 16_000})
	w.Control.Do(presenter.Play{}) // before the view settles
	r.frame(16_480)
	w.Clips.Wind(-clips.ContextStep / 3) // within 30 s: the passage is as long as that now
	r.frame(6_520)
	r.stops(20_000, nil)
	w.settles()
	w.does(presenter.Wind{At: 15_000})
	w.Control.Do(presenter.Play{})
	r.stops(15_000, nil) // it never moved, and stands as it was recorded
	// Another passage of the same recording is another showing, whether it is called or comes next.
	w.does(presenter.Call{Shot: passage(30_000, 40_000)}, presenter.Take{})
	w.does(presenter.Next{})
	w.does(presenter.Next{})
	w.Hearing.End()
	w.wants(
		"start", "black", "show A.1 10000", "play 10000", "stop 10000-12040", "view A.1 12040", "view A.1 16000",
		"play 16000", "stop 16000-16480", "play 6480", "stop 6480-20000", "view A.1 20000",
		"view A.1 15000", "play 15000", "stop 15000-15000", "view A.1 15000",
		"show  30000", "show A.2 30000", "show A.3", "black", "end",
	)
}

// Nothing that was asked for stays away without a word; only a pause that came late is nobody's trouble.
func TestAPlayerThatIsEndedInPrepareIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		paused bool
		told   bool
	}{
		"it died":                       {clip.ErrDied, false, true},
		"nothing came of it":            {clip.ErrHung, false, true},
		"it was paused, and is no more": {clip.ErrHung, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			w, r := newClipHarness(t)
			w.Hearing.End()
			var report func(clip.Report)
			w.opt.NewPlayer = func(f func(clip.Report)) clips.Player {
				report = f
				return listened{r}
			}
			w.Study.Select(passage(10_000, 20_000).First().Page)
			w.Playback.PlayOrPause(image.Pt(320, 180))
			if c.paused {
				w.Playback.PlayOrPause(image.Pt(320, 180))
			}
			w.Notices.Clear()
			report(clip.Report{Event: protocol.Event{Told: protocol.Stopped, Serial: r.serial, At: 10_000}, Err: c.err})
			w.until("the end", func() bool { return !w.Playback.Now().Playing })
			if told := w.Notices.Now().Text != ""; told != c.told {
				t.Errorf("it says %q", w.Notices.Now().Text)
			}
		})
	}
}

// What the court sees is said as it is: the old picture, or black.
func TestWhatCantBeShownAgainSaysWhyAndWhatTheCourtSees(t *testing.T) {
	for black, want := range map[bool]string{false: "still sees the old picture", true: "screen stays black"} {
		w, _ := newClipHarness(t)
		w.SetLanguage("en")
		if black {
			w.Control.Do(presenter.Blank{})
		}
		if err := os.Remove(filepath.Join(w.Dossier.File().Dir(), camera)); err != nil {
			t.Fatal(err)
		}
		w.Dossier.File().Rescan()
		w.until("the file to be gone", func() bool { return w.Dossier.FileAt(camera).Path == "" && !w.Dossier.Latest().Reading })
		if black {
			w.Control.Do(presenter.Blank{})
		} else {
			w.Control.Do(presenter.Next{})
		}
		if text := w.Notices.Now().Text; !strings.Contains(text, want) || !strings.Contains(text, "no longer in the case folder") {
			t.Errorf("black %v: %q", black, text)
		}
	}
}

// What comes after a passage is played from its end, and not the passage once more.
func TestWhatComesAfterIsPlayedFromWhereItStands(t *testing.T) {
	w, r := newClipHarness(t)
	w.Control.Do(presenter.Play{})
	r.frame(19_960)
	r.stops(20_000, nil)
	w.Clips.Wind(clips.ContextStep)
	w.Control.Do(presenter.Play{})
	if r.clip.At != 20_000 || r.clip.To != 50_000 {
		t.Errorf("it plays %d to %d, want 20 to 50 s", r.clip.At, r.clip.To)
	}
	r.frame(31_000)
	w.Clips.Wind(clips.ContextStep) // the recording has a minute
	if r.clip.At != 31_000 || r.clip.To != 60_000 {
		t.Errorf("it plays on, %d to %d, want 31 to 60 s", r.clip.At, r.clip.To)
	}
	r.frame(32_000)
	w.Clips.Wind(clips.ContextStep / 3)
	if r.clip.At != 42_000 || r.clip.To != 60_000 {
		t.Errorf("within it, it plays %d to %d, want 42 to 60 s", r.clip.At, r.clip.To)
	}
}

func TestPlayAgainPlaysAlsoWhereItIsJustBeingPaused(t *testing.T) {
	w, r := newClipHarness(t)
	w.Control.Do(presenter.Play{})
	r.frame(12_000)
	w.Control.Do(presenter.Play{})
	w.Clips.Replay()
	if !w.Stage.State().Playing || r.clip.At != 10_000 {
		t.Errorf("playing %v, from %d", w.Stage.State().Playing, r.clip.At)
	}
}

// A file may be replaced under its name; what plays is the one that the player has open.
func TestTheJournalHasTheHashOfWhatPlays(t *testing.T) {
	w, r := newClipHarness(t)
	was := w.Dossier.FileAt(camera).SHA256
	w.Control.Do(presenter.Play{})
	r.frame(12_000)
	file := filepath.Join(w.Dossier.File().Dir(), camera)
	other := append([]byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2mp41"), "another"...)
	if err := errors.Join(os.WriteFile(file+".new", other, 0o600), os.Rename(file+".new", file), os.Chtimes(file, long, long)); err != nil {
		t.Fatal(err)
	}
	w.Dossier.File().Rescan()
	w.until("the other file's hash", func() bool { now := w.Dossier.FileAt(camera).SHA256; return now != "" && now != was })
	w.Control.Do(presenter.Blank{})
	w.Hearing.End()
	played := 0
	_ = w.log.Load().Flush()
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		if e.Played == nil {
			return
		}
		played++
		if e.Played.SHA256 != was {
			t.Errorf("%s: %s, want %s", e.Kind, e.Played.SHA256, was)
		}
	}); err != nil || played != 2 {
		t.Errorf("%d entries of playing, %v", played, err)
	}
}

// long is long ago: nobody writes such a file just now.
var long = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// That a film in HDR was mapped for the court's screen is in the record; nothing of the kind is of other pages.
func TestTheJournalSaysThatAFilmWasToneMapped(t *testing.T) {
	w, _ := newClipHarness(t)
	w.does(presenter.Next{})
	w.does(presenter.Next{})
	w.until("the journal to be open", func() bool { return w.log.Load() != nil && w.Session.Recorder.Journal() != nil })
	_ = w.log.Load().Flush()
	var tones []string
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		if e.Shown != nil {
			tones = append(tones, e.Shown.Panes[0].Tone)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"hlg", "hlg", ""}; !slices.Equal(tones, want) {
		t.Errorf("tones %q, want %q", tones, want)
	}
}

// What ends a play is recorded behind it.
func TestWhateverEndsAPlayIsInTheJournal(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*harness, *fakePlayer)
		want []string
	}{
		"the end of the trial":   {func(w *harness, _ *fakePlayer) { w.Hearing.End() }, []string{"stop 10000-11480", "black", "end"}},
		"the end of the program": {func(w *harness, _ *fakePlayer) { _ = w.Close() }, []string{"stop 10000-11480", "cut"}},
		"black":                  {func(w *harness, _ *fakePlayer) { w.Control.Do(presenter.Blank{}) }, []string{"stop 10000-11480", "black"}},
		"a recess":               {func(w *harness, _ *fakePlayer) { w.Recorder.ToggleRecess() }, []string{"stop 10000-11480", "black", "recess"}},
		"the next step":          {func(w *harness, _ *fakePlayer) { w.does(presenter.Next{}) }, []string{"stop 10000-11480", "show A.2 30000"}},
		"no screen":              {func(w *harness, _ *fakePlayer) { w.Stage.Projector().SetScreen(nil) }, []string{"lost", "stop 10000-11480"}},
		"a crash":                {func(w *harness, r *fakePlayer) { r.stops(11_520, clip.ErrDied); w.settles() }, []string{"stop 10000-11480", "view A.1 11480"}},
	} {
		t.Run(name, func(t *testing.T) {
			w, r := newClipHarness(t)
			w.Control.Do(presenter.Play{})
			r.frame(11_480)
			was := w.lines()
			if last := was[len(was)-1]; last != "play 10000" {
				t.Fatalf("while it plays the journal ends with %q", last)
			}
			c.end(w, r)
			if got := w.lines()[len(was):]; !slices.Equal(got, c.want) {
				t.Errorf("then the journal says %q, want %q", got, c.want)
			}
		})
	}
}

// A play that nothing ended, for the machine went off, is there from its beginning.
func TestAPlayIsOnTheDiskBeforeItEnds(t *testing.T) {
	w, r := newClipHarness(t)
	w.Control.Do(presenter.Volume{Percent: 80, Mute: true})
	w.Control.Do(presenter.Play{})
	r.frame(11_480)
	lines := w.lines()
	if last := lines[len(lines)-1]; last != "play 10000" {
		t.Errorf("the journal ends with %q", last)
	}
	var played *journal.Played
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) { played = e.Played }); err != nil {
		t.Fatal(err)
	}
	want := journal.Played{
		Path: camera, SHA256: w.Dossier.FileAt(camera).SHA256, Folio: "45", Title: "Camera", From: 10_000, Speed: 100, Volume: 80, Mute: true,
	}
	if played == nil || *played != want {
		t.Errorf("%+v, want %+v", played, want)
	}
}

// The strip of what was shown has a passage once, however often it was paused, made black or taken again.
func TestAPassageIsInTheStripOnce(t *testing.T) {
	w, r := newClipHarness(t)
	w.Control.Do(presenter.Play{})
	r.frame(12_000)
	w.Control.Do(presenter.Play{})
	r.stops(12_000, nil)
	w.does(presenter.Blank{})
	w.does(presenter.Blank{})
	w.does(presenter.Next{})
	w.does(presenter.Wind{At: 45_000, Widen: true})
	w.does(presenter.Next{})
	w.does(presenter.Back{})
	w.does(presenter.Back{})
	var got []string
	for _, shot := range w.Recorder.Recent() {
		got = append(got, fmt.Sprintf("%s %d", shot.First().Page.Path, shot.First().Clip.From))
	}
	if want := []string{camera + " 10000", camera + " 30000", "BL 46 Ảnh.png 0"}; !slices.Equal(got, want) {
		t.Errorf("the strip has %q, want %q", got, want)
	}
}

// The journal says what was really played: the very frames that the court saw first and last, of a real recording.
func TestTheJournalEqualsTheFramesThatWereSeen(t *testing.T) {
	cliptest.Need(t)
	const frame = 40 // milliseconds
	film, err := os.ReadFile(cliptest.H264(t))
	if err != nil {
		t.Fatal(err)
	}
	w := withFilm(t, film, nil)
	var seen []int // the times of the frames that the court saw move, as the frames themselves tell
	w.screen.Patched = func(picture *image.RGBA) {
		number, ok := cliptest.Number(picture)
		if !ok {
			t.Errorf("a picture of %v is no frame", picture.Rect.Size())
		}
		seen = append(seen, number*frame)
	}
	w.steps(passage(1000, 3000))
	w.Start(false)
	w.does(presenter.Next{})
	stands := func() bool { return !w.Stage.State().Playing }
	began := w.standsAt() * frame
	w.Control.Do(presenter.Play{})
	w.until("1.2 seconds", func() bool { return len(seen) > 0 && seen[len(seen)-1] >= 2200 || stands() })
	w.Control.Do(presenter.Play{})
	w.until("the pause", stands)
	w.looks()
	w.settles()
	first := seen
	seen = nil
	w.Control.Do(presenter.Play{})
	w.until("the end", stands)
	w.looks()
	w.settles()
	if len(first) < 3 || len(seen) < 3 {
		t.Fatalf("the court saw %v and %v", first, seen)
	}
	paused, ended := first[len(first)-1], seen[len(seen)-1]
	w.wants(
		"start", "black", "show A.1 1000", fmt.Sprint("play ", began), fmt.Sprintf("stop %d-%d", began, paused), fmt.Sprint("view A.1 ", paused),
		fmt.Sprint("play ", paused), fmt.Sprintf("stop %d-%d", paused, ended), fmt.Sprint("view A.1 ", ended),
	)
	if stood := w.standsAt() * frame; began != 1000 || first[0] > began+frame || paused < 2200 || seen[0] > paused+frame || ended != 3000 || stood != ended {
		t.Errorf("the court saw %d, %d to %d, then %d to %d, and %d in the end", began, first[0], paused, seen[0], ended, stood)
	}
	w.Hearing.End()
	w.againAsSeen(hex.EncodeToString(hash(film)))
}

// standsAt is the number of the frame that stands on the court screen.
func (w *harness) standsAt() int {
	w.t.Helper()
	f, ok := w.Stage.Frame(w.Stage.State().Shown)
	if !ok || f.Err != nil {
		w.t.Fatalf("no frame: %v", f.Err)
	}
	number, ok := cliptest.Number(w.screen.Sees.SubImage(f.Places[0]).(*image.RGBA))
	if !ok {
		w.t.Error("what stands on the court screen is no frame")
	}
	return number
}

func hash(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// againAsSeen makes each still again from the journal and the recording with this hash.
func (w *harness) againAsSeen(want string) {
	w.t.Helper()
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		switch {
		case e.Played != nil && e.Played.SHA256 != want, e.Shown != nil && e.Shown.Panes[0].SHA256 != want:
			w.t.Errorf("line %d is of another file than %s", e.N, want)
		case e.Shown == nil:
			return
		}
		if e.Shown == nil {
			return
		}
		f, err := projector.Still(w.t.Context(), w.renderer, w.Dossier.Origin, e.Shown.Shot(), w.screen.Size())
		if err != nil {
			w.t.Fatal(err)
		}
		if journal.PixelHash(f.Image) != e.Shown.Pixels {
			w.t.Errorf("line %d: other pixels than the court saw", e.N)
		}
	}); err != nil {
		w.t.Fatal(err)
	}
}
