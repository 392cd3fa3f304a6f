package console

import (
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter"
)

// The key of the other camera changes the preview alone, at the time at which the court is, and again changes it back: what
// the court sees it sees until the key that takes. The journal says which film it was.
func TestTheCourtSeesAnotherFilmByTheKeyThatTakes(t *testing.T) {
	w, r := newClipHarness(t)
	w.SetLanguage("en")
	seen := w.Stage.State().Program
	w.Control.Do(presenter.Play{})
	r.frame(12_000)
	w.Clips.NextTrack(false)
	st := w.Stage.State()
	if st.Program != seen || !st.Playing {
		t.Fatalf("the court sees %+v, playing %v", st.Program.First(), st.Playing)
	}
	want := library.Tracks{Video: 2}
	if p := st.Preview.First(); p.Tracks != want || p.Page.Index != 12_000 || p.Clip != seen.First().Clip {
		t.Fatalf("Preview is %+v", p)
	}
	if text := w.Notices.Now().Text; !strings.Contains(text, "film 2/2") && !strings.Contains(text, "Film 2/2") {
		t.Errorf("it says %q", text)
	}
	w.Clips.NextTrack(false)
	if p := w.Stage.State().Preview.First(); p.Tracks.Video != 1 {
		t.Errorf("pressed again, Preview is %+v", p.Tracks)
	}
	w.Clips.NextTrack(false)
	w.does(presenter.Take{})
	if p := w.Stage.State().Program.First(); p.Tracks != want {
		t.Errorf("taken, the court sees %+v", p.Tracks)
	}
	w.Control.Do(presenter.Play{})
	if r.clip.Source.Tracks != want {
		t.Errorf("what plays is %+v", r.clip.Source.Tracks)
	}
	w.Control.Do(presenter.Blank{})
	w.lines() // waits for the journal
	var shown, played []library.Tracks
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		if e.Shown != nil {
			shown = append(shown, e.Shown.Panes[0].Tracks)
		}
		if e.Kind == journal.KindStop {
			played = append(played, e.Played.Tracks)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(shown, []library.Tracks{{}, want}) || !slices.Equal(played, []library.Tracks{{}, want}) {
		t.Errorf("shown %+v, played %+v", shown, played)
	}
}

// A recording without another sound says so, and nothing changes.
func TestARecordingWithoutAnotherSoundSaysSo(t *testing.T) {
	w, _ := newClipHarness(t)
	before := w.Stage.State()
	w.Clips.NextTrack(true)
	if after := w.Stage.State(); after.Preview != before.Preview || after.Program != before.Program || w.Notices.Now().Text == "" {
		t.Errorf("Preview %+v, notice %q", after.Preview.First(), w.Notices.Now().Text)
	}
}

// What is looked at in Prepare goes into the outline with the film that was chosen, wherever in it one went meanwhile.
func TestTheFilmThatIsLookedAtGoesIntoTheOutline(t *testing.T) {
	header := []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2mp41")
	w := withFilm(t, header, func(o *casefile.Options) { o.Inspector = told{o.Inspector} })
	w.Study.Select(library.PageID{Path: camera})
	w.Study.NextTrack(false)
	w.Study.Select(library.PageID{Path: camera, Index: 7000})
	still, ok := w.Playback.StillStep()
	part, found := w.Passages.PartStep()
	if want := (library.Tracks{Video: 2}); !ok || !found || still.Shot.First().Tracks != want || part.Shot.First().Tracks != want {
		t.Errorf("still %+v, part %+v", still.Shot.First(), part.Shot.First())
	}
	if origin, _ := w.Dossier.Origin(still.Shot.First()); origin.Source.Tracks.Video != 2 || !strings.Contains(origin.Caption, "luồng hình 2") {
		t.Errorf("it is drawn of %+v, captioned %q", origin.Source.Tracks, origin.Caption)
	}
}
