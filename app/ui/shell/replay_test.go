package shell

import (
	"strings"
	"testing"

	"butluc/app/keys"
)

// From the journal a hearing is played again, with keys and buttons. Nothing of it reaches the court screen, and the sheet is
// gone when a trial begins.
func TestAHearingIsPlayedAgainOverTheRoom(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.do(keys.Next)
	w.until("the second page", func() bool { return w.session.Stage.State().Stands && w.session.Stage.State().At == 1 })
	w.do(keys.End)
	w.question.Key(keys.Chord{Mods: keys.Ctrl | keys.Shift, Key: "E"}, false)
	tr := w.window.session.T
	w.until("the summary", func() bool { return w.tappable(tr("album.open")) != nil })
	w.overlay().Close()
	w.tapLabel(tr("journal.open"))
	w.until("the journal", func() bool { return w.tappable(tr("replay.open")) != nil })
	w.tapLabel(tr("replay.open"))
	told, before := w.screen.Told(), w.stage()
	w.until("its foot", func() bool { return strings.Contains(said(w.trial.Content()), tr("replay.black")) })
	count := 0
	for _, key := range []string{"Right", "Right", "Space", "+", "Space", "Home", "End", "Left", "Return", "Left", "F9"} {
		w.overlay().Key(keys.Chord{Key: key}, false)
		w.pump()
		if key == "Right" {
			count++
			w.until("the picture", func() bool { return !strings.Contains(said(w.trial.Content()), tr("replay.making")) })
		}
	}
	if w.screen.Told() != told || w.stage() != before {
		t.Errorf("the court screen was told %d things; the stage was\n%s, is\n%s", w.screen.Told()-told, before, w.stage())
	}
	if !strings.Contains(said(w.trial.Content()), tr("album-check.same")) {
		t.Errorf("of the picture nothing is said in\n%s", said(w.trial.Content()))
	}
	w.do(keys.Start)
	w.until("the trial", func() bool { return w.session.Stage.Running() })
	w.pump()
	if strings.Contains(said(w.trial.Content()), tr("replay.pause")) || w.overlay() != nil {
		t.Error("a trial runs, and the replay lies over it")
	}
}
