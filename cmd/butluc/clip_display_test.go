//go:build display && linux

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"butluc/assets"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/display/displaytest"
)

// film is a recording whose pictures carry their numbers, of the court screen's proportions, 25 a second.
const film = "BL 900 Camera.mp4"

// openFilm opens the sample case with a film and an outline of a page, a passage of the film from 2 to 4 seconds, and
// another page.
func openFilm(t *testing.T) *program {
	t.Helper()
	cliptest.Need(t)
	made := cliptest.Film{Size: image.Pt(320, 180), Frames: 200}.Make(t, "court.mp4", append(cliptest.Sine(8),
		"-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast", "-g", "50", "-c:a", "aac")...)
	return openFilmed(t, made)
}

func openFilmed(t *testing.T, made string) *program {
	t.Helper()
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu"), home: homeIn(t.TempDir())}
	if err := assets.WriteSample(p.dir); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(made)
	if err == nil {
		err = os.WriteFile(filepath.Join(p.dir, film), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	type object = map[string]any
	page := func(n int) object {
		return object{"title": fmt.Sprint(n), "panes": []object{{"page": fmt.Sprintf("Tập 5 - Truy tố/BL 65-71 Cáo trạng.pdf#%d", n)}}}
	}
	clip := object{"title": "film", "panes": []object{{"page": film + "#2001", "clip": object{"from": 2000, "to": 4000}}}}
	outline, err := json.Marshal(object{"format": "butluc-outline", "version": 4, "phases": []object{{
		"title": "Tranh luận", "scenarios": []object{{"title": "Camera", "steps": []object{page(1), clip, page(2)}}},
	}}})
	file := filepath.Join(t.TempDir(), "outline.json")
	if err == nil {
		err = os.WriteFile(file, outline, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.butluc("outline", p.dir, "import", file)
	p.start()
	return p
}

// number is that of the film's picture on the court screen, -1 where there is none.
func (p *program) number() int {
	shot := p.Shot(displaytest.Court)
	if n, ok := cliptest.Number(shot); ok && !displaytest.Uniform(shot, 0, 0, 0) {
		return n
	}
	return -1
}

// page is the court's picture of a page of the indictment.
func (p *program) page(n int) *image.RGBA {
	return p.expect("#", displaytest.CourtW, displaytest.CourtH, "--page", fmt.Sprintf("Tập 5 - Truy tố/BL 65-71 Cáo trạng.pdf#%d", n))
}

// still is the court's picture of the film at a time.
func (p *program) still(at string) *image.RGBA {
	return p.expect("#", displaytest.CourtW, displaytest.CourtH, "--page", film+"@"+at)
}

// toFilm begins the trial and takes the film, which stands.
func (p *program) toFilm() {
	p.t.Helper()
	p.startTrial()
	p.Tap("Next")
	p.courtSees(p.page(1), "the first page")
	p.Tap("Next")
	first := p.still("2.0")
	p.courtSees(first, "the passage's first frame")
	p.courtStays(first, "before it is played")
}

func (p *program) moves(beyond int) {
	p.t.Helper()
	p.WaitFor(fmt.Sprintf("the film to move beyond frame %d", beyond), func() bool { return p.number() > beyond })
}

func TestAFilmPlaysOnTheCourtScreen(t *testing.T) {
	p := openFilm(t)
	sum := func() string {
		data, err := os.ReadFile(filepath.Join(p.dir, film))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", sha256.Sum256(data))
	}
	before := sum()
	p.toFilm()
	p.Tap("space")
	p.moves(55)

	p.Tap("b")
	p.courtIsBlack("in the middle of a film")
	p.Never("a picture behind the black", 500*time.Millisecond, func() bool { return !displaytest.Uniform(p.Shot(displaytest.Court), 0, 0, 0) })
	p.Tap("b")
	p.WaitFor("the film again", func() bool { return p.number() > 55 })
	stands := p.Shot(displaytest.Court)
	p.courtStays(stands, "though it was shown again: it stands")

	p.Tap("space")
	p.WaitFor("the passage's last frame", func() bool { return p.number() == 100 })
	p.courtSees(p.still("4.0"), "the passage's last frame, exactly")
	p.courtStays(p.still("4.0"), "behind the passage's end")

	p.Tap("Next")
	p.courtSees(p.page(2), "the page behind the film")
	p.courtStays(p.page(2), "behind the film")
	if after := sum(); after != before {
		t.Errorf("the film's SHA-256 was %s and is %s", before, after)
	}
}

func TestAFilmGoesWithItsScreen(t *testing.T) {
	p := openFilm(t)
	p.toFilm()
	p.Tap("space")
	p.moves(52)
	p.Unplug()
	p.WaitFor("the court window to go with its screen", func() bool { _, ok := p.court(); return !ok })
	p.Plug()
	p.WaitFor("the court window to come back", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("when the cable is back")
	p.Tap("b")
	p.WaitFor("the film", func() bool { return p.number() >= 52 })
	p.courtStays(p.Shot(displaytest.Court), "before it is played again")
	if n := p.number(); n >= 100 {
		t.Errorf("it stands on frame %d: it went on while nobody saw it", n)
	}
}

// A step that is taken while a film plays takes its place at once, and the film does not come back.
func TestATakeEndsAFilm(t *testing.T) {
	p := openFilm(t)
	p.toFilm()
	p.Tap("space")
	p.moves(52)
	p.Tap("Next")
	p.courtSees(p.page(2), "the next step")
	p.courtStays(p.page(2), "by the film that played")
}

// players are the processes that play for the program.
func (p *program) players() (pids []int) {
	for _, pid := range children(p.run.PID()) {
		if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil && strings.Contains(string(line), "clip-player") {
			pids = append(pids, pid)
		}
	}
	return pids
}

func TestAKilledPlayerCostsTheFilm(t *testing.T) {
	p := openFilm(t)
	p.toFilm()
	p.Tap("space")
	p.moves(52)
	killed := p.players()
	if len(killed) != 1 {
		t.Fatalf("%d players play", len(killed))
	}
	if err := syscall.Kill(killed[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	p.WaitFor("the player to be gone", func() bool { return !slices.Contains(p.players(), killed[0]) })
	var stands *image.RGBA
	p.WaitFor("the film to stand", func() bool {
		was := stands
		stands = p.Shot(displaytest.Court)
		return was != nil && bytes.Equal(was.Pix, stands.Pix)
	})
	at := p.number()
	if at < 52 {
		t.Errorf("the court sees frame %d", at)
	}
	// A Space that the program hears before the player's end pauses what it takes to play: then one taps again.
	var tapped time.Time
	p.WaitFor(fmt.Sprintf("the film to go on beyond frame %d", at), func() bool {
		if time.Since(tapped) > 3*time.Second {
			p.Tap("space")
			tapped = time.Now()
		}
		return p.number() > at
	})
	p.Tap("Next")
	p.courtSees(p.page(2), "the next step")
	if !p.run.Running() {
		t.Error("the program ended")
	}
}

// A player that stands still in the middle of a film is ended: it must not go on sounding behind the black.
func TestAPlayerThatHangsIsEnded(t *testing.T) {
	p := openFilm(t)
	p.toFilm()
	p.Tap("space")
	p.moves(52)
	hung := p.players()
	if len(hung) != 1 {
		t.Fatalf("%d players play", len(hung))
	}
	cliptest.Hang(t, hung[0])
	p.Tap("b")
	p.courtIsBlack("though the player hangs")
	p.WaitFor("the player to be ended", func() bool { _, err := os.Stat(fmt.Sprintf("/proc/%d", hung[0])); return err != nil })
	p.Tap("b")
	p.WaitFor("the film", func() bool { return p.number() >= 50 })
	p.Tap("space")
	p.moves(p.number())
}

// TestFilmSpeed measures a film of 1280×720 on the court screen, and says how it compares with pages.
func TestFilmSpeed(t *testing.T) {
	onlyToMeasure(t)
	cliptest.Need(t)
	p := openFilmed(t, cliptest.Film{Size: image.Pt(1280, 720), Frames: 200}.Make(t, "court720.mp4", append(cliptest.Sine(8),
		"-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast", "-g", "50", "-c:a", "aac")...))
	p.startTrial()
	p.calm()
	var page, film, motion []time.Duration
	p.Tap("Next")
	p.courtSees(p.page(1), "the first page")
	for range taps / 2 {
		page = append(page, p.stopwatch("b"))
		time.Sleep(150 * time.Millisecond)
		p.stopwatch("b")
		time.Sleep(150 * time.Millisecond)
	}
	p.Tap("Next")
	p.WaitFor("the film", func() bool { return p.number() == 50 })
	time.Sleep(time.Second) // the player makes ready
	for i := range taps / 2 {
		motion = append(motion, p.motion())
		time.Sleep(900*time.Millisecond + time.Duration(7*i)*time.Millisecond) // anywhere between two pictures
		film = append(film, p.blackAfter("b"))
		p.Tap("b")
		p.WaitFor("the film", func() bool { return p.number() >= 50 })
		p.Tap("r", "Ctrl") // plays from the beginning
		time.Sleep(200 * time.Millisecond)
		p.Tap("space")
		time.Sleep(700 * time.Millisecond)
	}
	p.Tap("r", "Ctrl")
	seen, last := 0, -1
	for began := time.Now(); time.Since(began) < 2500*time.Millisecond; time.Sleep(4 * time.Millisecond) {
		if n := p.lowBits(); n != last {
			seen, last = seen+1, n
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nfilm of 1280×720, 25 a second, ms        p50     p95   load %s", load)
	for _, row := range []struct {
		name  string
		times []time.Duration
	}{{"key to first motion", motion}, {"blank, of a page", page}, {"blank, of a film that plays", film}} {
		fmt.Printf("%-38s %6.1f  %6.1f\n", row.name, ms(quantile(row.times, 50)), ms(quantile(row.times, 95)))
	}
	fmt.Printf("pictures seen of the 51 of the passage: %d\n", seen)
}

// lowBits are the last four bits of the film's number on the court screen.
func (p *program) lowBits() (n int) {
	court := p.Where(displaytest.Court)
	row := p.Grab(displaytest.Where{X: court.X, Y: court.Y + court.H*7/10, W: court.W, H: 1})
	for i := range 4 {
		n <<= 1
		if row.RGBAAt((2*i+1)*court.W/8, 0).G > 128 {
			n |= 1
		}
	}
	return n
}

// motion taps Space and waits until another picture of the film is there.
func (p *program) motion() time.Duration {
	time.Sleep(30 * time.Millisecond)
	before := p.lowBits()
	began := time.Now()
	p.Tap("space")
	for p.lowBits() == before {
		if time.Since(began) > displaytest.Patience {
			p.t.Fatal("the film does not move")
		}
	}
	return time.Since(began)
}

// blackAfter taps a key and waits until the middle of the court screen is black.
func (p *program) blackAfter(key string) time.Duration {
	time.Sleep(30 * time.Millisecond)
	court := p.Where(displaytest.Court)
	middle := displaytest.Where{X: court.X + court.W/2, Y: court.Y + court.H*95/100, W: 64, H: 4} // its strip of colours
	began := time.Now()
	p.Tap(key)
	for !displaytest.Uniform(p.Grab(middle), 0, 0, 0) {
		if time.Since(began) > displaytest.Patience {
			p.t.Fatal("it does not go black")
		}
	}
	return time.Since(began)
}
