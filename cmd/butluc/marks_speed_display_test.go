//go:build display && linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"butluc/presenter/display/displaytest"
)

// changeAfter does something and waits for the first changed pixel in the middle of the court screen, as
// stopwatch does for keys.
func (p *program) changeAfter(what string, do func()) (first time.Duration, region displaytest.Where) {
	p.t.Helper()
	time.Sleep(30 * time.Millisecond)
	court := p.Where(displaytest.Court)
	region = displaytest.Where{X: court.X + court.W/2 - 64, Y: court.Y + court.H/2 - 8, W: 128, H: 16}
	before := p.Grab(region)
	began := time.Now()
	do()
	for {
		if !bytes.Equal(p.Grab(region).Pix, before.Pix) {
			return time.Since(began), region
		}
		if time.Since(began) > displaytest.Patience {
			p.t.Fatalf("nothing changed after %s", what)
		}
		time.Sleep(200 * time.Microsecond)
	}
}

// TestDragBesideFyne times from a move of the mouse over the mirror until the court screen changes, and
// from a notch of the wheel until the page of a 300-dpi scan is larger, and until it is sharp; beside the
// least that the toolkit needs to swap a picture that is ready.
func TestDragBesideFyne(t *testing.T) {
	onlyToMeasure(t)
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	writeScans(t, filepath.Join(p.dir, "BL 1-40 Tập 1.pdf"), 40, 40)
	p.home = homeIn(t.TempDir())
	floor := p.measureFloor()
	p.start()
	p.startTrial()
	p.Type("21") // whose bar code is black and white by turns, so that every zoom changes the middle
	p.Tap("Return")
	p.Tap("Return")
	m := p.mirror()
	p.calm()

	move := func(x, y int) { p.Move(over(m, x, y)) }
	blank := false
	var pointer, callout, pen, zoom, sharp []time.Duration
	p.tool(m, "i")
	move(450, 300)
	for i := range taps {
		d, _ := p.changeAfter("a move of the pointer", func() {
			if i%2 == 0 {
				move(500, 500)
			} else {
				move(450, 300)
			}
		})
		pointer = append(pointer, d)
	}
	p.tool(m, "c")
	move(440, 300)
	p.Press()
	move(560, 450)
	time.Sleep(300 * time.Millisecond)
	for i := range taps { // its lower edge goes to and fro over the middle
		d, _ := p.changeAfter("a move of the callout's corner", func() {
			if i%2 == 0 {
				move(560, 500)
			} else {
				move(560, 450)
			}
		})
		callout = append(callout, d)
	}
	move(440, 300) // nothing that is meant
	p.Release()
	p.tool(m, "p")
	move(480, 440)
	p.Press()
	for i := range taps { // a stroke that grows, to and fro over the middle
		d, _ := p.changeAfter("a move of the pen", func() {
			if i%2 == 0 {
				move(480+i, 560)
			} else {
				move(480+i, 440)
			}
		})
		pen = append(pen, d)
	}
	p.Release()
	p.Tap("x")
	p.tool(m, "g")
	move(500, 500)
	for i := range taps {
		up := i/3%2 == 0 // three notches nearer, three back
		began := time.Now()
		first, region := p.changeAfter("a notch of the wheel", func() { began = time.Now(); p.Wheel(up) })
		zoom = append(zoom, first)
		last, at := p.Grab(region), time.Since(began)
		for time.Since(began) < 900*time.Millisecond {
			time.Sleep(time.Millisecond)
			if now := p.Grab(region); !bytes.Equal(now.Pix, last.Pix) {
				last, at = now, time.Since(began)
			}
			blank = blank || displaytest.Uniform(last, 0, 0, 0)
		}
		sharp = append(sharp, at)
	}
	if blank {
		t.Error("the court screen went blank while it was zoomed")
	}
	p.run.Cmd.Process.Kill() //nolint:errcheck // it is measured, and may have gone
	floor = append(floor, p.measureFloor()...)

	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nmouse to court screen, ms           p50     p95   of floor (p50, p95)   load %s", load)
	for _, row := range []struct {
		name  string
		times []time.Duration
	}{{"floor: Fyne swaps a ready picture", floor}, {"pointer over the mirror", pointer}, {"callout dragged", callout}, {"stroke of the pen", pen}, {"zoom, scaled", zoom}, {"zoom, sharp", sharp}} {
		fmt.Printf("%-33s %6.1f  %6.1f   %.2f  %.2f\n", row.name, ms(quantile(row.times, 50)), ms(quantile(row.times, 95)),
			ms(quantile(row.times, 50))/ms(quantile(floor, 50)), ms(quantile(row.times, 95))/ms(quantile(floor, 95)))
	}
}
