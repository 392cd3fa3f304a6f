package cli

import (
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter/clip/cliptest"
)

// reports is where a small file of each public bug report lies: beside the repository, in a working copy of ours.
func reports(t *testing.T) string {
	t.Helper()
	from, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "corpus", "reports"))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(from); err != nil || !info.IsDir() {
		t.Skip("the files of public bug reports are not beside the repository (../shared/corpus/reports); files of our own with the same traits are in the tests of intake, render/worker and clip/mpv")
	}
	cliptest.Need(t)
	homeOfTest(t)
	dir := filepath.Join(t.TempDir(), "Vụ án")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Of each file that was reported elsewhere: how many pages it has, and what is said of it.
func TestFilesOfPublicReports(t *testing.T) {
	dir := reports(t)
	_, out, errs := verbOf("scan", dir, "--json")
	var s scanned
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatalf("%v\n%s", err, errs)
	}
	type verdict struct {
		pages int
		why   string // how the reason begins
	}
	whole := verdict{1, ""}
	want := map[string]verdict{
		"all-zero-bytes.pdf": {0, "zeros"}, "audio-caf.caf": whole, "avif-called-video.avif": whole,
		"BL 30 Kết luận giám định thương tích 15%.pdf": whole, "blank-bitmap-symbol-texthuffrefinecustom.pdf": {1, "incomplete"},
		"blank-issue20439.pdf": whole, "blank-recursiveCompositGlyf.pdf": {1, "incomplete"}, "cmyk_jpeg_no_profile.tif": whole,
		"cut-13O-65.pdf": {4, "incomplete: page 1, 2, 3, 4"}, "cut-331-cut.pdf": {5, "incomplete: page 1, 2, 3, 4, 5"},
		"exif-first.jpg": whole, "gif-animated-last-frame-only.gif": {3, ""}, "header-over-limit.heic": whole,
		"heic-grayscale-called-broken.heic": whole, "icc-before-exif.jpg": whole, "jpeg-icc-control.jpg": whole,
		"mp4-absurd-duration.mp4": {1, "incomplete"}, "pdf-font-not-embedded-letters-missing.pdf": whole,
		"pdf-portfolio-cover-only.pdf": {1, "portfolio"}, "pdf-xfa-please-wait.pdf": {1, "form"},
		"recording-cut43percent.avi": {1, "incomplete"}, "recording-cut46percent.flac": {1, "incomplete"},
		"recording-whole.avi": whole, "tiff-big-called-broken.tif": whole, "video-001-tile-64x64.tiff": whole,
		"video-dahua-6s-shown-as-71s.dav": whole, "video-dashcam-two-streams.mp4": whole, "video-raw-h264.h264": {0, "raw-video"},
		"video-ts-cut-at-start.ts": {1, "incomplete"}, "zip-unrecognised.zip": {0, "zip"},
	}
	for _, e := range s.Exhibits {
		name := library.SystemPath(e.Path)
		if w, ok := want[name]; ok && (e.Pages != w.pages || (w.why == "") != (e.Error == "") || !strings.HasPrefix(e.Error, w.why)) {
			t.Errorf("%s: %d pages, %q; want %d, %q", name, e.Pages, e.Error, w.pages, w.why)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("%s is not in the list", name)
	}
}

// The colours that the reports' right pictures have stand on the court screen.
func TestColoursOfPublicReports(t *testing.T) {
	dir := reports(t)
	grey := func(levels ...uint8) (list []color.RGBA) {
		for _, l := range levels {
			list = append(list, color.RGBA{l, l, l, 255})
		}
		return list
	}
	for page, want := range map[string]struct {
		off     int // levels
		colours []color.RGBA
	}{
		"webp-lossy-washed-out.webp#1":            {2, []color.RGBA{{0, 0, 0, 255}, {249, 250, 245, 255}, {221, 0, 0, 255}}},
		"webp-icc-ignored.webp#1":                 {2, []color.RGBA{{233, 57, 46, 255}}},
		"jpeg-icc-control.jpg#1":                  {2, []color.RGBA{{233, 57, 46, 255}}},
		"video-hdr-hlg-blown-out.mov@0:00":        {8, grey(0, 36, 73, 109, 146, 182, 219, 255)},
		"video-sdr-control-same-picture.mp4@0:00": {8, grey(0, 36, 73, 109, 146, 182, 219, 255)},
	} {
		file := filepath.Join(t.TempDir(), "court.png")
		if status, _, errs := verbOf("show", dir, "--page", page, "--size", "1280x720", "-o", file); status != exitFine {
			t.Errorf("%s: exit status %d: %s", page, status, errs)
			continue
		}
		picture := decoded(t, file)
		for _, c := range want.colours {
			if share := shareOf(picture, c, want.off); share < 0.005 {
				t.Errorf("%s: %v is on %.2f %% of the screen", page, c, 100*share)
			}
		}
	}
}

func decoded(t *testing.T, name string) image.Image {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// shareOf is the share of a picture's pixels, 0..1, that have a colour but for so many levels in each channel.
func shareOf(picture image.Image, c color.RGBA, off int) float64 {
	near := func(a uint32, b uint8) bool { return max(int(a>>8), int(b))-min(int(a>>8), int(b)) <= off }
	b, n := picture.Bounds(), 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, g, bl, _ := picture.At(x, y).RGBA(); near(r, c.R) && near(g, c.G) && near(bl, c.B) {
				n++
			}
		}
	}
	return float64(n) / float64(b.Dx()*b.Dy())
}
