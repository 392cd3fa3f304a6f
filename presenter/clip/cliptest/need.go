// Package cliptest makes recordings for tests by ffmpeg, and tells what is on them.
//
// Every picture of a film carries its number in black and white blocks, which survive compression: a test that shows
// the wrong frame sees it. [Decode] is what ffmpeg, asked another way than libmpv, finds in a file.
//
//	func TestMain(m *testing.M) { os.Exit(cliptest.Run(m)) }
//
//	func TestX(t *testing.T) {
//		cliptest.Need(t)
//		file := cliptest.H264(t)
//		…
package cliptest

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"butluc/presenter/clip/mpv"
)

// NeedVariable is the variable of the environment that, set to 1, has tests of clips fail where they would be skipped:
// continuous integration has what they need.
const NeedVariable = "BUTLUC_NEED_CLIPS"

// Need skips a test, or fails it, where libmpv or ffmpeg is missing.
func Need(t testing.TB) {
	t.Helper()
	if err := mpv.Load(); err != nil {
		without(t, err)
	}
	NeedEncoder(t, "libx264", "aac")
}

// NeedEncoder skips a test, or fails it, where this ffmpeg can't make what the test is about.
func NeedEncoder(t testing.TB, names ...string) {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		without(t, err)
	}
	for _, name := range names {
		if !has(name) {
			without(t, fmt.Errorf("this ffmpeg has no encoder %s", name))
		}
	}
}

func without(t testing.TB, err error) {
	t.Helper()
	if os.Getenv(NeedVariable) == "1" {
		t.Fatalf("%s=1, but %v", NeedVariable, err)
	}
	t.Skipf("no clips here: %v", err)
}

var encoders sync.Map // name → func() bool

func has(encoder string) bool {
	known, _ := encoders.LoadOrStore(encoder, sync.OnceValue(func() bool {
		out, _ := exec.Command("ffmpeg", "-v", "error", "-h", "encoder="+encoder).Output()
		return len(out) > 0 && string(out[:7]) == "Encoder"
	}))
	return known.(func() bool)()
}
