package mpv_test

import (
	"errors"
	"image"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"butluc/library/eventually"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// maxDifference is how much a frame may differ from ffmpeg's, in the mean of all colours: the two convert colours
// by different roads. A wrong number of a frame makes at least 10.
const maxDifference = 4

var small = image.Pt(160, 120)

// films are the kinds of film that come to court.
var films = []struct {
	name     string
	make     func(t testing.TB) string
	duration int // in milliseconds, as the file has it
	size     image.Point
	sound    bool
}{
	{"H.264 in MP4", cliptest.H264, 4000, small, true},
	{"MPEG-2 program stream", func(t testing.TB) string { return cliptest.MPEG2(t, "disc.mpg") }, 4000, small, true},
	{"MPEG-2 transport stream", func(t testing.TB) string { return cliptest.MPEG2(t, "recorder.ts") }, 4000, small, true},
	{"MJPEG in AVI", cliptest.MJPEG, 4000, small, true},
	{"HEVC in MKV", cliptest.HEVC, 4000, small, false},
	{"VP9 in WebM", cliptest.VP9, 4000, small, true},
	{"changing frame rate", changingRate, 3200, small, false},
	{"turned by 90", func(t testing.TB) string { return cliptest.Turned(t, 90) }, 4000, image.Pt(120, 160), true},
	{"turned by 180", func(t testing.TB) string { return cliptest.Turned(t, 180) }, 4000, small, true},
	{"turned by 270", func(t testing.TB) string { return cliptest.Turned(t, 270) }, 4000, image.Pt(120, 160), true},
	{"pixels that are not square", func(t testing.TB) string {
		return cliptest.Film{}.Make(t, "sar.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-vf", "setsar=2")
	}, 4000, image.Pt(320, 120), false},
	{"times from 5 s on", func(t testing.TB) string {
		return cliptest.Film{}.Make(t, "from5s.ts", append(cliptest.Sine(4), "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "2",
			"-g", "25", "-c:a", "aac", "-output_ts_offset", "5")...)
	}, 4000, small, true},
	{"pictures later than sound", func(t testing.TB) string {
		return cliptest.Film{Frames: 50}.Make(t, "late.mkv", append(cliptest.Sine(4), "-c:v", "libx264", "-pix_fmt", "yuv420p",
			"-vf", "setpts=PTS+1.5/TB", "-fps_mode", "passthrough", "-c:a", "aac")...)
	}, 4000, small, true},
	{"sound that outlasts the pictures", tail, 5000, small, true},
	{"a key frame every 12 s", func(t testing.TB) string {
		return cliptest.Film{Rate: 10, Frames: 300}.Make(t, "rare.ts", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "120",
			"-keyint_min", "120", "-sc_threshold", "0")
	}, 30000, small, false},
	{"an hour and a half", cliptest.Long, 90 * 60 * 1000, image.Pt(64, 48), true},
	{"DAV", cliptest.DAV, 8000, small, true},
	{"AVI without index", func(t testing.TB) string {
		return cliptest.WithoutIndex(t, "indexless.avi", "-c:v", "mpeg4", "-q:v", "3", "-g", "25", "-c:a", "mp2")
	}, 4000, small, true},
}

func tail(t testing.TB) string {
	return cliptest.Film{Frames: 50}.Make(t, "tail.mp4", append(cliptest.Sine(5), "-c:v", "libx264", "-pix_fmt", "yuv420p",
		"-c:a", "aac")...)
}

// changingRate has frames of 40 and of 120 ms: from 50 on, every third is there.
func changingRate(t testing.TB) string {
	return cliptest.Film{Frames: 80}.Make(t, "vfr.mp4", "-vf", `select=lt(n\,40)+not(mod(n\,3))`, "-fps_mode", "vfr",
		"-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10", "-bf", "2")
}

// times are at the beginning, at the end, between frames and around key frames, and a few at random.
func times(frames cliptest.Frames, duration int, random *rand.Rand) []int {
	list := []int{0, 1, duration, duration - 1, duration + 5000, 999, 1000, 1001, 1004, 1006, 2021}
	for range 6 {
		list = append(list, random.IntN(duration), int(math.Round(frames[random.IntN(len(frames))].At)))
	}
	return list
}

func TestAFrameIsTheFirstAtItsTime(t *testing.T) {
	cliptest.Need(t)
	for _, film := range films {
		t.Run(film.name, func(t *testing.T) {
			file := film.make(t)
			began := time.Now()
			f := open(t, file)
			opened := time.Since(began)
			if f.Size() != film.size || f.Sound() != film.sound || math.Abs(float64(f.Duration()-film.duration)) > 70 {
				t.Errorf("%v, %d ms, sound %v; want %v, %d, %v", f.Size(), f.Duration(), f.Sound(), film.size, film.duration, film.sound)
			}
			frames := cliptest.Decode(t, file, f.Size())
			got := picture(f)
			var most, sum time.Duration
			worst := 0.0
			list := times(frames, film.duration, rand.New(rand.NewPCG(1, 2)))
			for _, ms := range list {
				began := time.Now()
				at, err := f.Frame(ms, got, within)
				if err != nil {
					t.Fatalf("at %d: %v", ms, err)
				}
				took := time.Since(began)
				most, sum = max(most, took), sum+took
				worst = max(worst, same(t, got, at, frames, frames.At(ms), ms))
			}
			t.Logf("opened in %v; a frame in %v, at most %v; difference at most %.2f", opened.Round(time.Millisecond),
				(sum / time.Duration(len(list))).Round(time.Millisecond/10), most.Round(time.Millisecond/10), worst)
		})
	}
}

// same holds a picture and its time against ffmpeg's frame, and tells how much the picture differs.
func same(t testing.TB, got *image.RGBA, at int, frames cliptest.Frames, want, ms int) float64 {
	t.Helper()
	w := frames[want]
	difference := cliptest.Difference(got, w.Picture)
	if math.Abs(float64(at)-w.At) > 1 || difference >= maxDifference {
		is, _ := cliptest.Number(got)
		wanted, _ := cliptest.Number(w.Picture)
		t.Errorf("%d ms: frame %d at %d, want %d at %.1f; they differ by %.1f", ms, is, at, wanted, w.At, difference)
	}
	return difference
}

func TestSoundAlone(t *testing.T) {
	cliptest.Need(t)
	for name, make := range map[string]func(t testing.TB) string{
		"MP3":                              func(t testing.TB) string { return cliptest.Sound(t, "sound.mp3") },
		"WAV":                              func(t testing.TB) string { return cliptest.Sound(t, "sound.wav") },
		"M4A":                              func(t testing.TB) string { return cliptest.Sound(t, "sound.m4a") },
		"MP3 with the picture of an album": cliptest.Covered,
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, make(t))
			if f.Size() != (image.Point{}) || !f.Sound() || math.Abs(float64(f.Duration()-3000)) > 60 {
				t.Errorf("%v, %d ms, sound %v; want no pictures, 3000, true", f.Size(), f.Duration(), f.Sound())
			}
			if _, err := f.Frame(0, image.NewRGBA(image.Rect(0, 0, 8, 8)), within); !errors.Is(err, mpv.ErrFormat) {
				t.Errorf("a frame of it: %v, want ErrFormat", err)
			}
			if err := errors.Join(f.Seek(1500), f.Wait(within)); err != nil {
				t.Fatal(err)
			}
			if at := f.At(); at != 1500 {
				t.Errorf("at %d after a seek to 1500", at)
			}
			play(t, f, 1800)
			if at, err := f.Stop(nil, within); err != nil || math.Abs(float64(at-1800)) > 30 {
				t.Errorf("it played to 1800: stands at %d, %v", at, err)
			}
		})
	}
}

func TestEndOfWhatDoesNotSayIt(t *testing.T) {
	cliptest.Need(t)
	for _, c := range []struct {
		file string
		end  int
	}{
		{cliptest.Guessed(t, "low-first.mp3", true), 10000},
		{cliptest.Guessed(t, "loud-first.mp3", false), 10000},
		{cliptest.Guessed(t, "low-first.aac", true), 10000},
		{cliptest.Guessed(t, "loud-first.aac", false), 10000},
		{cliptest.DAV(t), 8320},
		{cliptest.Ageless(t), 4000},
	} {
		f := open(t, c.file)
		if math.Abs(float64(f.Duration()-c.end)) < 200 {
			t.Errorf("%s: FFmpeg guesses %d ms: nothing is tried", c.file, f.Duration())
		}
		if end := f.End(within); math.Abs(float64(end-c.end)) > 60 {
			t.Errorf("%s: ends at %d, want %d", c.file, end, c.end)
		}
		middle := c.end / 2
		if err := errors.Join(f.Seek(middle), f.Wait(within)); err != nil || f.At() != middle {
			t.Errorf("%s: at %d after a seek to %d: %v", c.file, f.At(), middle, err)
		}
	}
}

// play plays four times as fast from where it stands to a time, 0 for the end.
func play(t testing.TB, f *mpv.File, to int) {
	t.Helper()
	m := picture(f)
	if err := errors.Join(f.Until(to), f.Speed(400), f.Pause(false)); err != nil {
		t.Fatal(err)
	}
	follow(t, f, m, f.Ended)
}

// follow draws what plays until something is so, and all that waits then.
func follow(t testing.TB, f *mpv.File, m *image.RGBA, until func() bool) {
	t.Helper()
	late := eventually.Late(t)
	for over := false; ; {
		due, err := f.Poll()
		if err != nil {
			t.Fatal(err)
		}
		if due {
			if err := f.Draw(m); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if over {
			return
		}
		if over = until(); over {
			continue
		}
		select {
		case <-f.News():
		case <-late:
			t.Fatalf("it plays on at %d; paused: %v; %v", f.At(), f.Paused(), f.Notes())
		}
	}
}

func TestPlayingEndsOnTheLastFrameOfTheTime(t *testing.T) {
	cliptest.Need(t)
	for _, film := range films {
		if film.duration > 10000 {
			continue
		}
		t.Run(film.name, func(t *testing.T) {
			file := film.make(t)
			f := open(t, file)
			frames := cliptest.Decode(t, file, f.Size())
			for _, to := range []int{1700, 1843, 0} {
				from := max(0, to-400)
				if to == 0 {
					from = int(frames[len(frames)-1].At) - 200
				}
				stand := picture(f)
				if err := f.Until(0); err != nil {
					t.Fatal(err)
				}
				if _, err := f.Frame(from, stand, within); err != nil {
					t.Fatal(err)
				}
				want := frames.Before(to)
				if to == 0 {
					want = len(frames) - 1
				}
				play(t, f, to)
				got := picture(f)
				ended := f.At()
				at, err := f.Stop(got, within)
				if err != nil {
					t.Fatalf("to %d, ended at %d: %v", to, ended, err)
				}
				if at < int(frames[want].At)+1000 { // else it stands in the sound behind the pictures
					same(t, got, at, frames, want, to)
				}
				again := picture(f)
				if _, err := f.Frame(at, again, within); err != nil || cliptest.Difference(got, again) > 0 {
					t.Errorf("to %d: stopped at %d; the frame of that time is another one: %v", to, at, err)
				}
			}
		})
	}
}

// Of the frame that played last, the renderer may hear after libmpv was asked to go elsewhere.
func TestALateFrameIsNotTakenForTheOneAskedFor(t *testing.T) {
	cliptest.Need(t)
	file := cliptest.MJPEG(t) // whose frames do not depend on each other: a hasty search leaves them all out
	f := open(t, file)
	frames := cliptest.Decode(t, file, f.Size())
	got := picture(f)
	if _, err := f.Frame(1300, got, within); err != nil {
		t.Fatal(err)
	}
	play(t, f, 1700)
	var late sync.WaitGroup
	var end atomic.Bool
	late.Go(func() {
		for !end.Load() {
			f.Late()
			runtime.Gosched()
		}
	})
	at, err := f.Stop(got, within)
	end.Store(true)
	late.Wait()
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, at, frames, frames.Before(1700), 1700)
}

func TestItStopsOnTheFrameThatWasDrawnLast(t *testing.T) {
	cliptest.Need(t)
	f := open(t, cliptest.H264(t))
	last, stopped := picture(f), picture(f)
	if _, err := f.Frame(400, stopped, within); err != nil {
		t.Fatal(err)
	}
	for _, ms := range []int{600, 1000, 1500, 2000} {
		if err := f.Pause(false); err != nil {
			t.Fatal(err)
		}
		follow(t, f, last, func() bool { return f.At() >= ms && f.Pause(true) == nil })
		at, err := f.Stop(stopped, within)
		if err != nil || at < ms || at > ms+400 {
			t.Errorf("stopped at %d, %v; want it at %d or a little later", at, err, ms)
		}
		if cliptest.Difference(last, stopped) > 0 {
			a, _ := cliptest.Number(last)
			b, _ := cliptest.Number(stopped)
			t.Errorf("frame %d was drawn last, %d is where it stands", a, b)
		}
	}
}

func TestItPlaysHoweverOftenItWasStopped(t *testing.T) {
	cliptest.Need(t)
	file := tail(t)
	for range 8 {
		f := open(t, file)
		m := picture(f)
		for _, to := range []int{1700, 1843, 1900} {
			if _, err := f.Frame(to-200, m, within); err != nil {
				t.Fatal(err)
			}
			play(t, f, to)
			if at, err := f.Stop(m, within); err != nil || at > to || at < to-40 {
				t.Fatalf("it played to %d: stands at %d, %v", to, at, err)
			}
		}
		f.Close()
	}
}

func TestStepsAreOneFrame(t *testing.T) {
	cliptest.Need(t)
	for _, film := range films {
		t.Run(film.name, func(t *testing.T) {
			file := film.make(t)
			f := open(t, file)
			frames := cliptest.Decode(t, file, f.Size())
			m := picture(f)
			began, steps := time.Now(), 0
			end := len(frames) - 1
			for _, start := range []int{0, 24, 33, 41, end} {
				at, err := f.Frame(int(math.Round(frames[start].At)), m, within)
				if err != nil {
					t.Fatal(err)
				}
				same(t, m, at, frames, start, at)
				for _, by := range []int{1, 1, -1, -1, -1, 1} {
					start = min(end, max(0, start+by))
					if at, err = f.Step(by, m, within); err != nil {
						t.Fatal(err)
					}
					same(t, m, at, frames, start, at)
					steps++
				}
			}
			t.Logf("a step in %v", (time.Since(began) / time.Duration(steps)).Round(time.Millisecond/10))
		})
	}
}

// FFmpeg has one log in a process: what it says of a file is heard whichever files were opened before, and closed.
func TestWhatFFmpegSaysIsHeardWhateverElseIsOpen(t *testing.T) {
	cliptest.Need(t)
	whole, err := mpv.Open(cliptest.H264(t), patience, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	for _, closed := range []bool{false, true} {
		if closed {
			whole.Close()
		}
		cut, err := mpv.Open(cliptest.Cut(t), patience, nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = cut.Notes() // of files of other tests
		if _, err := cut.Frame(3900, picture(cut), patience); err != nil {
			t.Fatal(err)
		}
		if notes := strings.Join(cut.Notes(), "\n"); !strings.Contains(notes, "partial file") {
			t.Errorf("the other closed: %v; of a file that is cut off is said %q", closed, notes)
		}
		cut.Close()
	}
}
