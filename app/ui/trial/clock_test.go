package trial

import (
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter"
)

func TestClockStartsAnewWithEachPicture(t *testing.T) {
	var c Clock
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	page := library.ShotOf(library.PageID{Path: "BL 1.pdf"})
	c.Follow(presenter.State{Running: true, Dark: true}, at)
	c.Follow(presenter.State{Running: true, Shown: page}, at.Add(time.Minute))
	c.Follow(presenter.State{Running: true, Shown: page}, at.Add(2*time.Minute))
	if got := at.Add(3 * time.Minute).Sub(c.Shown); got != 2*time.Minute {
		t.Errorf("the picture is shown for %v, want 2m", got)
	}
	c.Follow(presenter.State{Running: true, Shown: page, Dark: true}, at.Add(5*time.Minute))
	if c.Shown != at.Add(5*time.Minute) {
		t.Error("black did not start the time anew")
	}
	if c.Began != at {
		t.Errorf("the trial began at %v, want %v", c.Began, at)
	}
	c.Follow(presenter.State{}, at.Add(time.Hour))
	if !c.Began.IsZero() {
		t.Error("the clock goes on after the trial")
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "00:00", 42 * time.Second: "00:42", 27*time.Minute + 10*time.Second: "27:10",
		time.Hour + 27*time.Minute + 10*time.Second: "1:27:10",
	} {
		if got := duration(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
}
