package mpv_test

import (
	"image"
	"os"
	"testing"

	"butluc/library"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// Of a recording with the films of two cameras and three sounds, those are shown and heard that are meant.
func TestTheTracksThatAreMeantAreShown(t *testing.T) {
	cliptest.Need(t)
	file := cliptest.Dashcam(t)
	for meant, want := range map[library.Tracks]struct {
		red   bool
		sound string
	}{
		{}:                   {false, "1"},
		{Video: 1, Audio: 1}: {false, "1"},
		{Video: 2}:           {true, "1"},
		{Video: 2, Audio: 3}: {true, "3"},
		{Video: 9, Audio: 9}: {false, "1"}, // there are not so many
	} {
		disk, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := mpv.OpenFile(disk, meant, within, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		disk.Close()
		if has := f.Has(); has != (library.Tracks{Video: 2, Audio: 3}) {
			t.Errorf("it has %+v", has)
		}
		m := picture(f)
		if _, err := f.Frame(1000, m, within); err != nil {
			t.Fatal(err)
		}
		size := image.Pt(160, 120)
		if want.red {
			size = image.Pt(320, 180)
		}
		c := m.RGBAAt(40, 12)
		if red := c.R > 150 && c.G < 80; red != want.red || f.Size() != size || f.Heard() != want.sound {
			t.Errorf("%+v: %v of %v, sound %s", meant, c, f.Size(), f.Heard())
		}
	}
}

// The curve of a sound is that of the one that is meant: the second of three is silent.
func TestTheCurveIsOfTheSoundThatIsMeant(t *testing.T) {
	cliptest.Need(t)
	disk, err := os.Open(cliptest.Dashcam(t))
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	for sound, loud := range map[int]bool{0: true, 1: true, 2: false, 3: true} {
		m := image.NewRGBA(image.Rect(0, 0, 100, 60))
		if err := mpv.Wave(disk, sound, 0, 2000, m, within); err != nil {
			t.Fatal(err)
		}
		if got := m.RGBAAt(50, 20).R > 100; got != loud {
			t.Errorf("sound %d is loud: %v", sound, got)
		}
	}
}
