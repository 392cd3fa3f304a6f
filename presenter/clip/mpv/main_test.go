package mpv_test

import (
	"image"
	"os"
	"testing"
	"time"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// within is how long one answer may take: on a slow machine as long as it needs.
const within = time.Hour

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == sweepCommand {
		os.Exit(sweep(os.Args[2:]))
	}
	os.Exit(cliptest.Run(m))
}

func open(t testing.TB, file string) *mpv.File {
	t.Helper()
	f, err := mpv.Open(file, within, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// picture is room for one of a file.
func picture(f *mpv.File) *image.RGBA { return image.NewRGBA(image.Rectangle{Max: f.Size()}) }
