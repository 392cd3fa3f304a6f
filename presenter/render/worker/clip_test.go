//go:build cgo

package worker

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"

	"butluc/library"
	"butluc/presenter/clip/cliptest"
)

// Every picture of a recording that was cut off says that it may not be all, also of sound, which has none to be seen:
// what plays it is silent about that.
func TestACutRecordingIsNotTakenForWhole(t *testing.T) {
	cliptest.Need(t)
	for _, file := range []string{cliptest.MJPEG(t), cliptest.Sound(t, "sound.wav"), cliptest.Sound(t, "sound.flac")} {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cut := filepath.Join(t.TempDir(), filepath.Base(file))
		if err := os.WriteFile(cut, whole[:len(whole)*6/10], 0o600); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]bool{file: false, cut: true} {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			clip, err := openRecording(f, library.KindVideo, library.Tracks{})
			if err != nil {
				t.Fatal(err)
			}
			defer clip.close()
			for _, ms := range []int{0, 1000} {
				r := &reply{}
				if err := clip.render(ms, library.WholePage, 0, image.Pt(160, 120), r); err != nil {
					t.Fatal(err)
				}
				if r.Incomplete != want {
					t.Errorf("%s at %d: incomplete %v (%v)", name, ms, r.Incomplete, r.Warnings)
				}
			}
		}
	}
}

// Where the frame that was asked for can't be taken apart, another is seen in its place, and that is told.
func TestABrokenFrameIsTold(t *testing.T) {
	cliptest.Need(t)
	data, err := os.ReadFile(cliptest.H264(t))
	if err != nil {
		t.Fatal(err)
	}
	first := bytes.Index(data, []byte("mdat")) + 4 // the first frame: the length of its first unit
	for _, broken := range []bool{false, true} {
		if broken {
			copy(data[first:], "\x7f\xff\xff\xff")
		}
		name := filepath.Join(t.TempDir(), "film.mp4")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		clip, err := openRecording(f, library.KindVideo, library.Tracks{})
		if err != nil {
			t.Fatal(err)
		}
		defer clip.close()
		r := &reply{}
		if err := clip.render(0, library.WholePage, 0, image.Pt(160, 120), r); err != nil {
			t.Fatal(err)
		}
		if r.Incomplete != broken {
			t.Errorf("broken %v: incomplete %v (%v)", broken, r.Incomplete, r.Warnings)
		}
	}
}
