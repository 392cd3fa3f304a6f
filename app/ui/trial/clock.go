package trial

import (
	"fmt"
	"time"

	"butluc/library"
	"butluc/presenter"
)

// Clock remembers when the trial began and when its picture last changed; it outlives the room.
type Clock struct {
	Began time.Time
	Shown time.Time
	last  library.Shot
	dark  bool
}

// Follow notes what the state says.
func (c *Clock) Follow(st presenter.State, now time.Time) {
	if !st.Running {
		*c = Clock{dark: true}
		return
	}
	if c.Began.IsZero() {
		c.Began, c.Shown = now, now
	}
	if st.Shown != c.last || st.Dark != c.dark {
		c.last, c.dark, c.Shown = st.Shown, st.Dark, now
	}
}

// duration is "27:10", with hours "1:27:10".
func duration(d time.Duration) string {
	s := max(0, int(d.Seconds()))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}
