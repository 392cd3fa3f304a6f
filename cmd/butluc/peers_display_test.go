//go:build display && linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/presenter/display/displaytest"
)

// noBus keeps programs from starting a message bus, and services on it, that outlive them.
const noBus = "DBUS_SESSION_BUS_ADDRESS=none:"

// peer is another program that shows pages.
type peer struct {
	name  string
	argv  []string // before the file
	begin []string // keys that make it show whole pages on all of the court screen, once its window is there
	next  string   // the key for the next page
	jump  string   // the key for the page whose number was typed; "" where there is none
}

var peers = []peer{
	{"evince", []string{"evince"}, []string{"F5"}, "Next", ""},
	{"zathura", []string{"zathura"}, []string{"F5"}, "Next", ""},
	{"mupdf-gl", []string{"mupdf-gl"}, []string{"f", "Z"}, "Next", "g"},
}

const (
	besideRounds = 3
	besideTaps   = 12
	besideScans  = 60
)

// timesOf are what was measured of a program.
type timesOf struct{ next, jump []time.Duration }

// TestPagesBesidePeers times page after page of 60 scans at 300 dpi, and jumps to pages by number, in the program and in
// others that show pages, by turns, so that each has the same machine. BUTLUC_BUSY says how many loops keep it busy meanwhile,
// BUTLUC_EARLIER names an earlier build of the program to be measured beside.
func TestPagesBesidePeers(t *testing.T) {
	onlyToMeasure(t)
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	file := filepath.Join(p.dir, "BL 1-60 Tập 1.pdf")
	writeScans(t, file, besideScans, besideScans)
	p.home = homeIn(t.TempDir())
	busy, _ := strconv.Atoi(os.Getenv("BUTLUC_BUSY"))
	for range busy {
		p.Command(nil, "sh", "-c", "while :; do :; done")
	}
	all := map[string]*timesOf{"butluc": {}, "floor": {}}
	for round := range besideRounds {
		all["floor"].next = append(all["floor"].next, p.measureFloor()...)
		p.timeOurs(round, all["butluc"])
		if p.built = os.Getenv("BUTLUC_EARLIER"); p.built != "" {
			if all["earlier"] == nil {
				all["earlier"] = &timesOf{}
			}
			p.timeOurs(round, all["earlier"])
			p.built = ""
		}
		for _, other := range peers {
			if _, err := exec.LookPath(other.argv[0]); err != nil {
				continue
			}
			if all[other.name] == nil {
				all[other.name] = &timesOf{}
			}
			p.timePeer(other, file, round, all[other.name])
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nkey to court screen, ms   next page p50    p95   jump to a page p50    p95   %d busy loops, load %s", busy, load)
	for _, name := range []string{"floor", "butluc", "earlier", "evince", "zathura", "mupdf-gl"} {
		if of := all[name]; of != nil {
			fmt.Printf("%-24s %s              %s\n", name, pair(of.next), pair(of.jump))
		}
	}
}

func pair(times []time.Duration) string {
	if len(times) == 0 {
		return "      –       –"
	}
	return fmt.Sprintf("%8.1f %7.1f", ms(quantile(times, 50)), ms(quantile(times, 95)))
}

// far is a page that the program has not shown in this round, and none beside one that it has.
func far(round, tap int) int { return 20 + 3*((tap*5+round)%besideTaps) }

func (p *program) timeOurs(round int, into *timesOf) {
	p.t.Helper()
	p.start()
	p.startTrial()
	p.calm()
	p.stopwatch("Next")
	time.Sleep(time.Second)
	for range besideTaps {
		into.next = append(into.next, p.stopwatch("Next"))
		time.Sleep(500 * time.Millisecond)
	}
	for tap := range besideTaps {
		p.Type(strconv.Itoa(far(round, tap)))
		p.Tap("Return")
		into.jump = append(into.jump, p.stopwatch("Return"))
		time.Sleep(500 * time.Millisecond)
	}
	_ = p.run.Cmd.Process.Kill()
	p.WaitFor("the program to go", func() bool { return !p.run.Running() })
}

func (p *program) timePeer(other peer, file string, round int, into *timesOf) {
	p.t.Helper()
	before := map[uint32]bool{}
	for _, w := range p.Windows() {
		before[w.ID] = true
	}
	run := p.Command(append([]string{noBus, "NO_AT_BRIDGE=1"}, p.home...), other.argv[0], append(slices.Clone(other.argv[1:]), file)...)
	var window displaytest.Window
	p.WaitFor(other.name+"'s window", func() bool {
		for _, w := range p.Windows() {
			if !before[w.ID] && w.Mapped && w.W > 200 && w.Title != "" && !strings.HasPrefix(w.Title, "Openbox") {
				window = w
				return true
			}
		}
		return false
	})
	time.Sleep(time.Second) // until it has drawn
	court := p.Where(displaytest.Court)
	p.MoveWindow(window, court.X+20, court.Y+40)
	p.Focus(window)
	for _, key := range other.begin {
		p.Tap(key)
		time.Sleep(500 * time.Millisecond)
	}
	p.record(other.name)
	p.stopwatch(other.next)
	time.Sleep(time.Second)
	for range besideTaps {
		into.next = append(into.next, p.stopwatch(other.next))
		time.Sleep(500 * time.Millisecond)
	}
	for tap := range besideTaps {
		if other.jump == "" {
			break
		}
		p.Type(strconv.Itoa(far(round, tap)))
		time.Sleep(300 * time.Millisecond)
		into.jump = append(into.jump, p.stopwatch(other.jump))
		time.Sleep(500 * time.Millisecond)
	}
	_ = run.Cmd.Process.Kill()
	p.WaitFor(other.name+" to go", func() bool { return !run.Running() })
}
