//go:build display && linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/library"
	"butluc/presenter/display/displaytest"
	"butluc/presenter/render"
)

// These measure, and never fail for being slow: `make bench` runs them.
func onlyToMeasure(t *testing.T) {
	t.Helper()
	if os.Getenv("BUTLUC_BENCH") != "1" {
		t.Skip("only measures: make bench")
	}
}

const (
	taps  = 36
	scans = 200 // pages of the case, one file
)

// TestSpeedBesideFyne times from a key until the court screen changes: the program on 300-dpi scans,
// and before and after it the least that the toolkit needs itself to swap a picture that is ready.
func TestSpeedBesideFyne(t *testing.T) {
	onlyToMeasure(t)
	disk := newDisk(t)
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(disk.dir, "Vụ án mẫu")}
	writeScans(t, filepath.Join(p.dir, "BL 1-200 Tập 1.pdf"), scans, 40)
	home := t.TempDir()
	p.home = slices.DeleteFunc(homeIn(home), func(v string) bool { return v == noLanguages(home) }) // OCR reads the scans until the trial begins
	floor := p.measureFloor()
	p.start()
	p.startTrial()
	p.calm()

	var take, call, blank, bare []time.Duration
	for range taps {
		take = append(take, p.stopwatch("Next"))
		time.Sleep(500 * time.Millisecond) // the next one is prepared meanwhile
	}
	for i := range taps {
		blank = append(blank, p.stopwatch("b"))
		time.Sleep(150 * time.Millisecond)
		p.stopwatch("b")
		time.Sleep(time.Duration(100+i) * time.Millisecond)
	}
	for i := range taps { // every fourth page of those that were never near, to and fro
		n := taps + 8 + 4*(i*7%taps)
		p.Type(strconv.Itoa(n))
		p.Tap("Return")
		call = append(call, p.stopwatch("Return"))
		time.Sleep(500 * time.Millisecond)
	}
	// Last, since a worker that stands still is replaced: black with the processes that draw pages
	// stopped, and the disk of the case blocked. It needs none of them.
	p.stopWorkers()
	thaw := disk.freeze()
	for i := range taps {
		bare = append(bare, p.stopwatch("b"))
		time.Sleep(150 * time.Millisecond)
		p.stopwatch("b")
		time.Sleep(time.Duration(100+i) * time.Millisecond)
	}
	thaw()
	p.run.Cmd.Process.Kill() //nolint:errcheck // it is measured, and may have gone
	floor = append(floor, p.measureFloor()...)

	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nkey to court screen, ms                  p50     p95   of floor (p50)   load %s", load)
	for _, row := range []struct {
		name  string
		times []time.Duration
	}{{"floor: Fyne swaps a ready picture", floor}, {"take of a prepared page", take}, {"call-up of a page never seen", call}, {"blank", blank}, {"blank, workers stopped" + disk.said, bare}} {
		fmt.Printf("%-38s %6.1f  %6.1f   %.2f\n", row.name, ms(quantile(row.times, 50)), ms(quantile(row.times, 95)),
			ms(quantile(row.times, 50))/ms(quantile(floor, 50)))
	}
}

// disk is a place for a case on a file system of its own, which can be blocked: whoever writes there waits.
type disk struct {
	t    *testing.T
	dir  string
	said string // what is blocked with it
}

// newDisk mounts one, where the machine lets the test; else it is a folder that can't be blocked.
func newDisk(t *testing.T) disk {
	t.Helper()
	d := disk{t: t, dir: t.TempDir()}
	image := filepath.Join(t.TempDir(), "disk")
	for _, line := range [][]string{
		{"truncate", "-s", "512M", image}, {"mkfs.ext4", "-q", image}, {"mount", "-o", "loop", image, d.dir},
	} {
		if out, err := exec.Command(line[0], line[1:]...).CombinedOutput(); err != nil {
			t.Logf("the disk is not blocked: %s: %v %s", strings.Join(line, " "), err, out)
			return d
		}
	}
	d.said = ", disk blocked"
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", d.dir).CombinedOutput(); err != nil {
			t.Errorf("unmount: %v %s", err, out)
		}
	})
	return d
}

// freeze blocks the disk until thaw.
func (d disk) freeze() (thaw func()) {
	if d.said == "" {
		return func() {}
	}
	if out, err := exec.Command("fsfreeze", "-f", d.dir).CombinedOutput(); err != nil {
		d.t.Fatalf("block the disk: %v %s", err, out)
	}
	thaw = sync.OnceFunc(func() { _ = exec.Command("fsfreeze", "-u", d.dir).Run() })
	d.t.Cleanup(thaw)
	return thaw
}

// stopWorkers stops the program's children as a debugger would: they neither work nor end.
func (p *program) stopWorkers() {
	for _, pid := range children(p.run.PID()) {
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			p.t.Fatal(err)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func quantile(times []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[(len(sorted)-1)*percent/100]
}

// stopwatch taps a key and waits for the first changed pixel in the middle of the court screen. The
// rig lets a hand's while pass between two keys, which does not count.
func (p *program) stopwatch(key string) time.Duration {
	p.t.Helper()
	time.Sleep(30 * time.Millisecond)
	court := p.Where(displaytest.Court)
	middle := displaytest.Where{X: court.X + court.W/2 - 64, Y: court.Y + court.H/2 - 8, W: 128, H: 16}
	before := p.Grab(middle)
	began := time.Now()
	p.Tap(key)
	for {
		if !bytes.Equal(p.Grab(middle).Pix, before.Pix) {
			return time.Since(began)
		}
		if time.Since(began) > displaytest.Patience {
			p.t.Fatalf("nothing changed after %s", key)
		}
		time.Sleep(200 * time.Microsecond)
	}
}

// calm waits until the workers have proved every page: that they leave the court its share is another
// measurement.
func (p *program) calm() {
	used := func() (all string) {
		for _, pid := range children(p.run.PID()) {
			stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
			all += string(stat)
		}
		return all
	}
	last, since := used(), time.Now()
	for began := time.Now(); time.Since(since) < 2*time.Second && time.Since(began) < time.Minute; time.Sleep(100 * time.Millisecond) {
		if now := used(); now != last {
			last, since = now, time.Now()
		}
	}
}

// measureFloor times the toolkit alone, in a process of its own.
func (p *program) measureFloor() (times []time.Duration) {
	p.t.Helper()
	own, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	run := p.Command(append([]string{noBus}, p.home...), own, "fyne-floor")
	var console displaytest.Window
	p.WaitFor("the floor's windows", func() bool {
		court, on := p.Window("floor-court")
		var there bool
		console, there = p.Window("floor-console")
		return on && there && console.Mapped && court.W == displaytest.CourtW && court.X == p.Where(displaytest.Court).X
	})
	time.Sleep(time.Second) // until it has drawn
	p.Focus(console)
	for range taps {
		times = append(times, p.stopwatch("Next"))
		time.Sleep(200 * time.Millisecond)
	}
	_ = run.Cmd.Process.Kill()
	p.WaitFor("the floor to go", func() bool { return !run.Running() })
	return times
}

func init() { asChild["fyne-floor"] = fyneFloor }

// fyneFloor is the least that one can do with the toolkit: two windows, four pictures that are ready,
// and a key that swaps them.
func fyneFloor() {
	a := app.New()
	console, court := a.NewWindow("floor-console"), a.NewWindow("floor-court")
	var pictures []*image.RGBA
	for i := range uint8(4) {
		picture := image.NewRGBA(image.Rect(0, 0, displaytest.CourtW, displaytest.CourtH))
		draw.Draw(picture, picture.Rect, image.NewUniform(color.RGBA{60 * i, 255 - 40*i, 90, 255}), image.Point{}, draw.Src)
		pictures = append(pictures, picture)
	}
	shown := canvas.NewImageFromImage(pictures[0])
	shown.ScaleMode, shown.FillMode = canvas.ImageScaleFastest, canvas.ImageFillStretch
	court.SetPadded(false)
	court.SetContent(container.NewStack(shown))
	console.SetContent(widget.NewLabel("PageDown"))
	at := 0
	console.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyPageDown {
			at = (at + 1) % len(pictures)
			shown.Image = pictures[at]
			shown.Refresh()
		}
	})
	console.Resize(fyne.NewSize(600, 300))
	court.Resize(fyne.NewSize(400, 300))
	if w, ok := court.(desktop.Window); ok {
		w.RequestPosition(displaytest.LaptopW+20, 20)
	}
	court.Show()
	console.Show()
	go func() {
		time.Sleep(time.Second) // full screen where it has been put, not where it began
		fyne.Do(func() { court.SetFullScreen(true) })
	}()
	a.Run()
}

// writeScans makes a volume of pages as a scanner at 300 dpi does: a JPEG a page, grey, with noise,
// and in the middle a bar code, so that the screen changes there from each page to any other. Only the
// first pages are drawn, which takes a while; the rest are these again.
func writeScans(t *testing.T, path string, pages, drawn int) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	const w, h = 2480, 3508
	pdf := fpdf.New("P", "mm", "A4", "")
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 1<<20)
	for i := range noise {
		noise[i] = 236 + byte(random.IntN(20))
	}
	page := image.NewGray(image.Rect(0, 0, w, h))
	for n := range drawn {
		for y := range h {
			copy(page.Pix[y*page.Stride:(y+1)*page.Stride], noise[random.IntN(len(noise)-w):])
		}
		for y := 300; y < h-300; y += 70 { // lines of words
			for x := 250; x < w-300; {
				word := 30 + random.IntN(170)
				draw.Draw(page, image.Rect(x, y, min(x+word, w-250), y+14+random.IntN(20)), image.Black, image.Point{}, draw.Src)
				x += word + 25
			}
		}
		for bit := range 8 {
			c := color.Gray{Y: 255 * uint8((n+1)>>bit&1)}
			draw.Draw(page, image.Rect(w/2-200+bit*50, h/2-60, w/2-150+bit*50, h/2+60), image.NewUniform(c), image.Point{}, draw.Src)
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, page, &jpeg.Options{Quality: 80}); err != nil {
			t.Fatal(err)
		}
		pdf.RegisterImageOptionsReader(strconv.Itoa(n), fpdf.ImageOptions{ImageType: "JPG"}, &b)
	}
	for n := range pages {
		pdf.AddPage()
		pdf.ImageOptions(strconv.Itoa(n%drawn), 0, 0, 210, 297, false, fpdf.ImageOptions{}, 0, "")
	}
	if err := pdf.OutputFileAndClose(path); err != nil {
		t.Fatal(err)
	}
}

// TestThumbnailsBesideMutool draws a volume of scans small, with as many processes as mutool gets.
// Both begin with nothing started.
func TestThumbnailsBesideMutool(t *testing.T) {
	onlyToMeasure(t)
	mutool, err := exec.LookPath("mutool")
	if err != nil {
		t.Skip("mutool is not installed (Debian: mupdf-tools)")
	}
	const processes, pages, box = 2, 80, 160
	dir := t.TempDir()
	file := filepath.Join(dir, "scans.pdf")
	writeScans(t, file, pages, pages) // each another: a decoded one must not serve twice
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	src := render.Source{Root: dir, Path: "scans.pdf", Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: library.KindPDF}
	// each gives a process its half of the pages.
	each := func(do func(first, last int) error) float64 {
		began := time.Now()
		var all sync.WaitGroup
		for i := range processes {
			all.Go(func() {
				if err := do(i*pages/processes, (i+1)*pages/processes); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		return pages / time.Since(began).Seconds()
	}
	var ours, theirs []float64
	for range 3 {
		theirs = append(theirs, each(func(first, last int) error {
			side := strconv.Itoa(box)
			out, err := exec.Command(mutool, "draw", "-q", "-F", "pnm", "-o", os.DevNull, "-w", side, "-h", side,
				file, fmt.Sprintf("%d-%d", first+1, last)).CombinedOutput()
			if err != nil {
				return fmt.Errorf("mutool draw: %w\n%s", err, out)
			}
			return nil
		}))
		ours = append(ours, func() float64 {
			var r *render.Renderer
			var once sync.Once
			speed := each(func(first, last int) error {
				once.Do(func() { r = render.New(render.Options{Workers: processes}) })
				for page := first; page < last; page++ {
					if _, err := r.Render(context.Background(), render.Request{Source: src, Page: page, Max: image.Pt(box, box)}); err != nil {
						return err
					}
				}
				return nil
			})
			r.Close()
			return speed
		}())
	}
	load, _ := os.ReadFile("/proc/loadavg")
	a, b := slices.Max(ours), slices.Max(theirs)
	fmt.Printf("\nthumbnails of 300-dpi scans, %d processes, best of 3: butluc %.1f pages/s, mutool draw %.1f pages/s, ratio %.2f   load %s",
		processes, a, b, a/b, strings.TrimSpace(string(load))+"\n")
}
