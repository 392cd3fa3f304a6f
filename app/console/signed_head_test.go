package console

import (
	"path/filepath"
	"testing"
	"time"

	"butluc/app/console/sealing"
	"butluc/library/hearingpack"
	"butluc/library/office/identity"
	"butluc/presenter"
)

// The journal's head is signed as a hearing ends, by the user's key where that is open.
func TestTheJournalsHeadIsSignedAsAHearingEnds(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	home := identity.Home{Dir: filepath.Join(t.TempDir(), "identity")}
	me, err := identity.New(identity.Person{Name: "Lê Thục Quyên", Office: "VKSND khu vực 3"}, time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := home.Keep(me, "một hai ba bốn năm", false); err != nil {
		t.Fatal(err)
	}
	w.Sealing = sealing.New(sealing.Options{Home: home}, w.Sealing.Deps)
	opened := false
	w.Sealing.Unlock("một hai ba bốn năm", func(err error) { opened = err == nil })
	w.until("the key to be open", func() bool { return opened })
	w.Start(false)
	w.does(presenter.Next{})
	w.until("the journal to be open", func() bool { return w.Recorder.Journal() != nil })
	w.Hearing.End()
	w.Jobs.Wait()
	heads, err := hearingpack.Heads(w.Recorder.Journal().Path())
	if err != nil || len(heads) != 3 {
		t.Errorf("%d files of a signed head, %v", len(heads), err)
	}
}
