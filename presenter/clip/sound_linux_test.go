package clip

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library/eventually"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/protocol"
)

// soundSystem is a PulseAudio of the test's own, which plays to nobody.
func soundSystem(t *testing.T) {
	t.Helper()
	program, err := exec.LookPath("pulseaudio")
	if err != nil {
		t.Skip("PulseAudio's server is not installed")
	}
	run := t.TempDir()
	t.Setenv("HOME", run)
	t.Setenv("XDG_RUNTIME_DIR", run)
	unset(t, "PULSE_SERVER", "PULSE_RUNTIME_PATH", "PIPEWIRE_RUNTIME_DIR")
	cmd := exec.Command(program, "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit",
		"--load=module-null-sink sink_name=nobody", "--load=module-native-protocol-unix")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	eventually.So(t, "PulseAudio to listen", func() bool {
		_, err := os.Stat(filepath.Join(run, "pulse", "native"))
		return err == nil
	})
}

// unset takes variables out of the environment while the test runs.
func unset(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		t.Setenv(name, "") // as it is now again at the end
		if err := os.Unsetenv(name); err != nil {
			t.Fatal(err)
		}
	}
}

// A player that may connect to nothing is heard all the same: the program connects it with the sound system.
func TestAFencedPlayerIsHeard(t *testing.T) {
	cliptest.Need(t)
	soundSystem(t)
	h := play(t, cliptest.H264(t), os.Args[0], "aloud")
	h.player.Play(h.clip)
	if stopped := h.until(protocol.Stopped); !strings.HasPrefix(stopped.Device, "pulse") {
		t.Errorf("it was heard from %q", stopped.Device)
	}
}
