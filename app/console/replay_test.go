package console

import (
	"strings"
	"testing"

	"butluc/app/console/recorder"
	"butluc/app/console/replay"
	"butluc/app/report"
	"butluc/presenter"
)

// A hearing is played again at the desk: every picture is the one that stood there, and the court screen is told nothing. In a
// trial there is no replay.
func TestAHearingIsPlayedAgainAtTheDeskAlone(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.manifold()
	w.Start(true)
	for range 3 {
		w.does(presenter.Next{})
	}
	w.Recorder.Note("Tôi không nhớ", false, "")
	w.draws(boxAt(0.75))
	if r := w.Exchange.Replay(report.Record{}, func() {}); r != nil {
		t.Error("a journal is played again while a trial runs")
	}
	w.Hearing.End()
	w.shown() // all is written
	var record report.Record
	read := false
	w.Recorder.ReadHearing(func(o recorder.Outcome) { record, read = o.Record, true })
	w.until("the journal to be read", func() bool { return read })
	told := w.screen.Told()
	var again *replay.Replay
	if again = w.Exchange.Replay(record, func() {}); again == nil {
		t.Fatal("it is not played again")
	}
	defer again.Close()
	pictures := 0
	for i := range again.Len() {
		again.Jump(i)
		making := w.Session.T("replay.making")
		w.until("the picture", func() bool { _, words := again.Seen(); return words != making })
		picture, words := again.Seen()
		if picture == nil {
			continue
		}
		pictures++
		if again.Differs() || picture.Rect.Dx() != 320 || !strings.Contains(words, w.Session.T("album-check.same")) {
			t.Errorf("moment %d (%s): %q", i, again.Text(i), words)
		}
	}
	if pictures < 4 {
		t.Errorf("%d of %d moments have a picture", pictures, again.Len())
	}
	if now := w.screen.Told(); now != told || w.Stage.Running() || !w.Stage.State().Program.IsZero() {
		t.Errorf("the court screen was told %d things by a replay", now-told)
	}
}
