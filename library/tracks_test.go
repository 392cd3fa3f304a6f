package library_test

import (
	"testing"

	"butluc/library"
)

func TestTheNextTrackComesAfterTheOneThatIsMeant(t *testing.T) {
	for _, c := range []struct{ now, count, want uint8 }{{0, 2, 2}, {1, 2, 2}, {2, 2, 1}, {0, 3, 2}, {3, 3, 1}, {2, 3, 3}, {9, 2, 1}} {
		if got := (library.Tracks{Video: c.now, Audio: 1}).NextVideo(c.count); got != (library.Tracks{Video: c.want, Audio: 1}) {
			t.Errorf("film %d of %d: %+v", c.now, c.count, got)
		}
		if got := (library.Tracks{Video: 1, Audio: c.now}).NextAudio(c.count); got != (library.Tracks{Video: 1, Audio: c.want}) {
			t.Errorf("sound %d of %d: %+v", c.now, c.count, got)
		}
	}
}

// Which film and sound a step shows, and a passage has, is in an export, and is read back.
func TestTracksAreExported(t *testing.T) {
	o := clips(t)
	var step library.Step
	for r := range o.Records() {
		if s, ok := r.(library.Step); ok && !s.Shot.First().Clip.IsZero() {
			step = s
		}
	}
	want := library.Tracks{Video: 2, Audio: 3}
	pane := step.Shot.First()
	pane.Tracks = want
	step.Shot = step.Shot.With(0, pane)
	passage := o.Passages(filmPath)[0]
	passage.Tracks = want
	o = apply(t, o, func(o library.Outline) library.Edit { return o.SetAll("edit", step, passage) })
	back, err := library.DecodeOutline(export(t, o))
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := back.Step(step.ID); s.Shot.First().Tracks != want {
		t.Errorf("the step shows %+v", s.Shot.First().Tracks)
	}
	if p := back.Passages(filmPath)[0]; p.Tracks != want || p.Shot().First().Tracks != want {
		t.Errorf("the passage is %+v", p)
	}
}
