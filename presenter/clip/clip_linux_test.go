package clip

import (
	"testing"
	"time"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/protocol"
)

// A play that is begun while the child of the one before is being ended comes to another child, and can be stopped:
// never does something sound of which nobody knows.
func TestNoPlayIsLostToTheChildBefore(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.clip.To = 4000
	for i := range 10 {
		for !h.begins(h.player.Play(h.clip)) { // it went with the child that somebody killed, and said so
			if i%2 == 1 {
				t.Fatalf("round %d: a play that nobody stopped stands", i)
			}
		}
		h.player.mu.Lock()
		c := h.player.child
		h.player.mu.Unlock()
		if i%2 == 0 {
			cliptest.Hang(t, c.cmd.Process.Pid)
			h.player.Silence()
			time.Sleep(SilentWithin - time.Millisecond + time.Duration(i)*300*time.Microsecond) // about when it is ended
		} else {
			_ = c.cmd.Process.Kill()
		}
	}
}

// begins waits until a play moves, or stands: one of them is told in any case.
func (h *house) begins(serial uint32) bool {
	h.t.Helper()
	for {
		switch r := h.any(); {
		case r.Serial != serial:
		case r.Told == protocol.Frame:
			return true
		case r.Told == protocol.Stopped, r.Told == protocol.Failed:
			return false
		}
	}
}

func (h *house) any() Report {
	h.t.Helper()
	select {
	case r := <-h.reports:
		return r
	case <-time.After(patience):
		h.t.Fatal("nothing is told any more")
	}
	return Report{}
}
