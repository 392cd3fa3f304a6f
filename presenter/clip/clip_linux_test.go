package clip

import (
	"bytes"
	"errors"
	"image"
	"os"
	"path/filepath"
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

// mapped is how many memories of pictures this process has.
func mapped(t *testing.T) int {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(maps, []byte("butluc-clip"))
}

func TestAClosedPlayerLetsGoOfItsMemory(t *testing.T) {
	cliptest.Need(t)
	was := mapped(t)
	h := play(t, cliptest.H264(t))
	h.player.Load(h.clip)
	h.until(protocol.Ready)
	if mapped(t) != was+1 {
		t.Fatalf("%d memories while it is open, %d before: nothing is tried", mapped(t), was)
	}
	h.player.Close()
	if now := mapped(t); now != was {
		t.Errorf("%d memories are left, %d before", now, was)
	}
	h.player.Take(1, func(*image.RGBA, int) { t.Error("it gives a picture") })
}

// A user may have nothing that sounds, nor ever had: films play.
func TestAFilmPlaysWhereNothingSounds(t *testing.T) {
	cliptest.Need(t)
	for name, settle := range map[string]func(t *testing.T, home, pulse string) error{
		"no folder": func(*testing.T, string, string) error { return nil },
		"a folder":  func(_ *testing.T, _, pulse string) error { return os.MkdirAll(pulse, 0o700) },
		"a folder that leads nowhere": func(_ *testing.T, _, pulse string) error {
			return errors.Join(os.MkdirAll(pulse, 0o700), os.Symlink("/tmp/pulse-gone", filepath.Join(pulse, "0123-runtime")))
		},
		"a session without sound": func(t *testing.T, home, _ string) error {
			t.Setenv("XDG_RUNTIME_DIR", home)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			t.Setenv("HOME", home)
			unset(t, "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_SERVER")
			if err := settle(t, home, filepath.Join(home, ".config", "pulse")); err != nil {
				t.Fatal(err)
			}
			h := play(t, cliptest.H264(t), os.Args[0], "aloud")
			h.clip.Mute = true
			h.player.Play(h.clip)
			h.until(protocol.Frame)
		})
	}
}

// begins waits until a play moves, or stands: one of them is told in any case.
func (h *playerTest) begins(serial uint32) bool {
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
