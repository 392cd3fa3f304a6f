package mpv_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// maxClose is how long closing may take, on a machine that has a lot else to do: 2 s on any other.
const maxClose = 30 * time.Second

// midways are what a file may be about when it is closed.
var midways = map[string]func(f *mpv.File) error{
	"nothing":    func(*mpv.File) error { return nil },
	"a seek":     func(f *mpv.File) error { return f.Seek(3500) },
	"many seeks": func(f *mpv.File) error { return firstError(f.Seek(3500), f.Seek(100), f.Seek(2000)) },
	"playing":    func(f *mpv.File) error { return f.Pause(false) },
	"the end":    func(f *mpv.File) error { return firstError(f.Seek(3990), f.Pause(false)) },
	"a frame":    func(f *mpv.File) error { _, err := f.Frame(2000, picture(f), within); return err },
	"playing on from a frame": func(f *mpv.File) error {
		_, err := f.Frame(2000, picture(f), within)
		return firstError(err, f.Pause(false))
	},
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAFileIsClosedWhateverItIsAbout(t *testing.T) {
	cliptest.Need(t)
	file := cliptest.H264(t)
	random := rand.New(rand.NewPCG(5, 5))
	for name, midway := range midways {
		t.Run(name, func(t *testing.T) {
			var most time.Duration
			for range 6 {
				f, err := mpv.Open(file, within, nil)
				if err != nil {
					t.Fatal(err)
				}
				if err := midway(f); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond) // anywhere in what it is about
				began := time.Now()
				f.Close()
				f.Close()
				most = max(most, time.Since(began))
			}
			if t.Logf("closed in at most %v", most.Round(time.Millisecond)); most > maxClose {
				t.Errorf("closing took %v", most)
			}
		})
	}
}

// held is what the process holds: memory in KB, open files, threads.
type held struct{ memory, files, threads int }

func holds(t *testing.T) held {
	t.Helper()
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("what a process holds is counted on Linux alone: ", err)
	}
	var h held
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "VmRSS: %d kB", &h.memory)
		_, _ = fmt.Sscanf(line, "Threads: %d", &h.threads)
	}
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	h.files = len(files)
	return h
}

func TestClosedFilesHoldNothing(t *testing.T) {
	cliptest.Need(t)
	files := []string{cliptest.H264(t), cliptest.MPEG2(t, "disc.mpg"), cliptest.Sound(t, "sound.mp3"), "close_test.go"}
	use := func(times int) {
		for i := range times {
			f, err := mpv.Open(files[i%len(files)], within, nil)
			if (err != nil) != (i%len(files) == len(files)-1) {
				t.Fatalf("%s: %v", files[i%len(files)], err)
			}
			if err != nil {
				continue
			}
			if f.Size().X > 0 {
				if _, err := f.Frame(1000, picture(f), within); err != nil {
					t.Fatal(err)
				}
			}
			f.Close()
		}
	}
	use(20) // libraries and their tables stay
	before := holds(t)
	use(60)
	after := holds(t)
	t.Logf("before %+v, after 60 more files %+v", before, after)
	if after.files > before.files || after.threads > before.threads+3 || after.memory > before.memory+30_000 {
		t.Errorf("60 files left something behind: before %+v, after %+v", before, after)
	}
}
