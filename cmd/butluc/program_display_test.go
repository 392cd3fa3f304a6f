//go:build display && linux

package main

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/assets"
	"butluc/presenter/display"
	"butluc/presenter/display/displaytest"
)

// program is the built butluc with a case of its own and a home of its own, on two screens.
type program struct {
	*displaytest.Rig
	t    *testing.T
	home []string
	dir  string
	run  *displaytest.Program

	built string // another build of the program; "" for the present one

	pictures int // recorded
}

// bin builds the program once a test binary.
func bin(t *testing.T) string {
	t.Helper()
	path := filepath.Join(os.TempDir(), fmt.Sprintf("butluc-display-%d", os.Getpid()))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	out, err := exec.Command("go", "build", "-tags", "x11 nodynamic no_animations", "-o", path, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("build butluc: %v\n%s", err, out)
	}
	leftovers = append(leftovers, path)
	return path
}

// openSample opens the sample case, changed before by change.
func openSample(t *testing.T, change ...func(dir string)) *program {
	t.Helper()
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	if err := assets.WriteSample(p.dir); err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(p.dir)
	}
	p.home = homeIn(t.TempDir())
	p.start()
	return p
}

// homeIn is a home of its own. Tesseract finds no language there: reading the sample's scans would take the
// processors that the tests draw with.
func homeIn(dir string) []string {
	return []string{
		"HOME=" + dir, "XDG_CONFIG_HOME=" + dir + "/config", "XDG_DATA_HOME=" + dir + "/data",
		"XDG_CACHE_HOME=" + dir + "/cache", "LANG=vi_VN.UTF-8", "LC_ALL=",
		noLanguages(dir),
	}
}

func noLanguages(dir string) string { return "TESSDATA_PREFIX=" + dir }

// start opens the case and waits until its tree is there.
func (p *program) start() {
	p.t.Helper()
	p.run = p.Command(p.home, cmp.Or(p.built, bin(p.t)), p.dir)
	p.keepFailure()
	p.WaitFor("the console with the case", func() bool {
		w, ok := p.console()
		return ok && strings.HasPrefix(w.Title, "Vụ án mẫu")
	})
	p.firstPage()
	w, _ := p.console()
	p.Focus(w)
}

// keepFailure records what is seen when the test fails, before the program is ended.
func (p *program) keepFailure() {
	p.t.Cleanup(func() {
		if p.t.Failed() {
			p.record("failed")
		}
	})
}

func (p *program) firstPage() {
	p.t.Helper()
	p.WaitFor("the first page, edged green", func() bool {
		green := 0
		shot := p.Shot(displaytest.Laptop)
		for i := 0; i < len(shot.Pix); i += 4 {
			if c := (color.NRGBA{shot.Pix[i], shot.Pix[i+1], shot.Pix[i+2], 255}); c == previewDark || c == previewLight {
				green++
			}
		}
		return green > 1000
	})
}

func (p *program) console() (displaytest.Window, bool) {
	for _, w := range p.Windows() {
		if w.PID == p.run.PID() && w.Mapped && strings.HasSuffix(w.Title, "Butluc") {
			return w, true
		}
	}
	return displaytest.Window{}, false
}

func (p *program) court() (displaytest.Window, bool) {
	w, ok := p.Window(display.Title)
	return w, ok && w.Mapped
}

// expect is what the court should see of a page, as `butluc show` makes it.
func (p *program) expect(page string, w, h int, more ...string) *image.RGBA {
	p.t.Helper()
	out := filepath.Join(p.t.TempDir(), "expect.png")
	args := append([]string{"show", p.dir, "--size", fmt.Sprintf("%dx%d", w, h), "-o", out}, more...)
	switch {
	case page == "#": // more says which
	case strings.Contains(page, "#"):
		args = append(args, "--page", page)
	default:
		args = append(args, "--folio", page)
	}
	cmd := exec.Command(bin(p.t), args...)
	cmd.Env = append(os.Environ(), p.home...)
	if text, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 1 { // findings
		p.t.Fatalf("butluc %v: %v\n%s", args, err, text)
	}
	return decode(p.t, out)
}

func decode(t *testing.T, path string) *image.RGBA {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	rgba := image.NewRGBA(decoded.Bounds())
	draw.Draw(rgba, rgba.Rect, decoded, decoded.Bounds().Min, draw.Src)
	return rgba
}

// courtSees waits until the court screen shows exactly this picture.
func (p *program) courtSees(want *image.RGBA, when string) {
	p.t.Helper()
	p.WaitFor("the court to see "+when, func() bool {
		return bytes.Equal(p.Shot(displaytest.Court).Pix, want.Pix)
	})
}

func (p *program) courtIsBlack(when string) {
	p.t.Helper()
	p.WaitFor("a black court screen "+when, func() bool { return displaytest.Uniform(p.Shot(displaytest.Court), 0, 0, 0) })
}

// courtStays fails the test if the court screen changes within a while.
func (p *program) courtStays(want *image.RGBA, when string) {
	p.t.Helper()
	p.Never("the court screen changes "+when, 400*time.Millisecond, func() bool {
		return !bytes.Equal(p.Shot(displaytest.Court).Pix, want.Pix)
	})
}

// startTrial presses F5 and waits for the court window.
func (p *program) startTrial() {
	p.t.Helper()
	p.Tap("F5")
	p.WaitFor("the court window", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("at the start")
}

// sums is a line for every file under dir, the sidecar aside.
func sums(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", `find . -path ./_butluc -prune -o -type f -print0 | sort -z | xargs -0 sha256sum`)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("sums: %v\n%s", err, out)
	}
	return string(out)
}

// children are the processes that a process started and that still run.
func children(parent int) []int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", parent, parent))
	var pids []int
	if err == nil {
		for _, f := range strings.Fields(string(b)) {
			if pid, err := strconv.Atoi(f); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", parent))
	for _, task := range tasks {
		b, err := os.ReadFile(task)
		if err != nil {
			continue
		}
		for _, f := range strings.Fields(string(b)) {
			if pid, err := strconv.Atoi(f); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}
