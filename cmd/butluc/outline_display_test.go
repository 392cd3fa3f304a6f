//go:build display && linux

package main

import (
	"context"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/display/displaytest"
)

// record keeps a picture of both screens, numbered, where BUTLUC_RECORD names a folder.
func (p *program) record(what string) {
	dir := os.Getenv("BUTLUC_RECORD")
	if dir == "" {
		return
	}
	p.pictures++
	for _, which := range []displaytest.Which{displaytest.Laptop, displaytest.Court} {
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%s-%02d-%s-%v.png", strings.ReplaceAll(p.t.Name(), "/", "-"), p.pictures, what, which)))
		if err != nil {
			p.t.Fatal(err)
		}
		if err := png.Encode(f, p.Shot(which)); err != nil {
			p.t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			p.t.Fatal(err)
		}
	}
}

// endTrial ends the trial by keys, and says yes.
func (p *program) endTrial() {
	p.t.Helper()
	p.Tap("e", "Ctrl", "Shift")
	p.Tap("e", "Ctrl", "Shift")
}

// leave ends the trial, where one runs, and the program, and gives the outline that it left on the disk.
func (p *program) leave() library.Outline {
	p.t.Helper()
	if _, there := p.court(); there {
		p.endTrial()
	}
	p.Tap("q", "Ctrl")
	p.WaitFor("the program to end", func() bool { return !p.run.Running() })
	c, err := casefile.Open(context.Background(), p.dir, casefile.Options{ReadOnly: true, Paused: true, NoWatch: true})
	if err != nil {
		p.t.Fatal(err)
	}
	defer c.Close()
	return c.Snapshot().Outline
}

// draw writes an outline as a person reads it: a line a row, with the folios' numbers as in file names.
func drawOutline(o library.Outline) string {
	var b strings.Builder
	for _, ph := range o.Phases() {
		fmt.Fprintln(&b, ph.Title)
		for _, s := range o.Scenarios(ph.ID) {
			fmt.Fprintf(&b, "  %s\n", s.Title)
			for _, step := range o.Steps(s.ID) {
				fmt.Fprintf(&b, "    %s [%s]\n", step.Say, shotPaths(step.Shot))
			}
		}
	}
	return b.String()
}

func shotPaths(s library.Shot) string {
	var names []string
	for _, pane := range s.List() {
		names = append(names, fmt.Sprintf("%s#%d", filepath.Base(pane.Page.Path), pane.Page.Index+1))
	}
	return strings.Join(names, ", ")
}

// scenarioGreen is the bar of a scenario that has the colour green.
var scenarioGreen = color.NRGBA{0x30, 0xa4, 0x6c, 255}

// strongDark is the ground of the one button to press, in the dark look.
var strongDark = color.NRGBA{0x25, 0x63, 0xeb, 255}

// hasColor tells whether a pixel of the laptop's screen in a rectangle has the colour.
func (p *program) hasColor(c color.NRGBA, x, y, w, h int) bool {
	shot := p.Shot(displaytest.Laptop)
	for dy := range h {
		for dx := range w {
			if i := shot.PixOffset(x+dx, y+dy); shot.Pix[i] == c.R && shot.Pix[i+1] == c.G && shot.Pix[i+2] == c.B {
				return true
			}
		}
	}
	return false
}

var written = []struct {
	scenario string
	steps    [][2]string // the question, and the folio to show
}{
	{"Bi cao nhan toi", [][2]string{{"Bi cao khai lai su viec?", "37"}, {"Co dung vi tri nay khong?", "13"}, {"Bi cao co nhan ra vat chung?", "18"}}},
	{"Bi cao phan cung", [][2]string{{"Loi khai nao dung?", "45"}, {"Vi sao nay khai khac?", "38"}, {"Ai lam chung viec do?", "34"}}},
	{"Ngoai pham", [][2]string{{"Luc 21 gio bi cao o dau?", "50"}, {"Ai thay bi cao?", "51"}}},
}

// writeOutline writes three scenarios and eight questions as one writes a list.
func (p *program) writeOutline() {
	p.Tap("Tab")
	p.record("outline-has-the-keys")
	for _, s := range written {
		p.Tap("n", "Ctrl")
		p.Type(s.scenario)
		p.Tap("Return")
		for _, step := range s.steps {
			p.Type(step[0])
			p.Tap("Return")
		}
		p.Tap("Return") // an empty row ends the list
		p.record("scenario-written")
	}
}

// TestAnOutlineByKeyboardAlone: from the sample case to three scenarios with eight steps and
// questions, and F5 walks them on the court screen in order, statements on their ground.
func TestAnOutlineByKeyboardAlone(t *testing.T) {
	p := openSample(t)
	p.writeOutline()
	p.Tap("Home")
	p.Tap("Down") // from the phase to the first scenario
	for _, s := range written {
		for _, step := range s.steps {
			p.Tap("Down")
			p.Type(step[1])
			p.Tap("Return")
			p.Tap("g")
		}
		p.Tap("Down") // the next scenario
	}
	p.record("pages-linked")
	p.startTrial()
	for _, s := range written {
		for _, step := range s.steps {
			before := p.Shot(displaytest.Court)
			p.Tap("Next")
			if step[1] > "30" { // a statement, of whom nobody said whose
				p.courtStays(before, "before the ground of BL "+step[1]+" is given")
				p.Type("1")
			}
			p.courtSees(p.expect(step[1], 1920, 1080), "BL "+step[1]+" of "+s.scenario)
			p.record("court")
		}
	}
	p.Tap("2", "Alt") // no scenario has a digit: nothing may happen
	p.courtStays(p.expect("51", 1920, 1080), "by Alt+2")

	got := drawOutline(p.leave())
	want := "Xét hỏi\n"
	for _, s := range written {
		want += "  " + s.scenario + "\n"
		for _, step := range s.steps {
			want += "    " + step[0] + " ["
			found := strings.Index(got, step[0])
			if found < 0 {
				t.Fatalf("the question %q is not in the outline:\n%s", step[0], got)
			}
			line := got[found:]
			want += line[len(step[0])+2 : strings.Index(line, "]")+1]
			want += "\n"
		}
	}
	if got != want {
		t.Errorf("the outline left on the disk is\n%swant\n%s", got, want)
	}
}

// TestUndoWalksBackOverARestart: what was done before the program was left is undone after.
func TestUndoWalksBackOverARestart(t *testing.T) {
	p := openSample(t)
	p.writeOutline()
	p.Tap("a", "Ctrl") // all steps
	p.Tap("Delete")
	if o := p.leave(); o.Count(library.TableSteps) != 0 {
		t.Fatalf("%d steps are left after all were deleted", o.Count(library.TableSteps))
	}
	p.start()
	p.Tap("z", "Ctrl")
	if o := p.leave(); o.Count(library.TableSteps) != 8 {
		t.Errorf("undo brought %d steps back, want 8", o.Count(library.TableSteps))
	}
}

// TestAnOutlineByMouseAlone: a template, pages and a folder dragged onto a step and
// between steps, and the trial walked with the buttons. The places are those of a window of 1280 × 720.
func TestAnOutlineByMouseAlone(t *testing.T) {
	p := openSample(t)
	w, _ := p.console()
	at := func(x, y int) (int, int) { return w.X + x, w.Y + y }
	click := func(x, y int) { p.Click(at(x, y)) }
	drag := func(x1, y1, x2, y2 int) {
		a, b := at(x1, y1)
		c, d := at(x2, y2)
		p.Drag(a, b, c, d, 12)
	}
	click(1170, 219) // the template "Hình sự"
	p.WaitFor("the template's rows", func() bool { return p.hasColor(scenarioGreen, w.X+1060, w.Y+100, 14, 500) })
	p.record("template")
	drag(300, 612, 1150, 202) // the first thumbnail into the first step
	drag(346, 612, 1150, 226) // the second one behind it
	drag(150, 190, 1150, 226) // and a folder between the two
	p.record("dragged")
	click(34, 166) // to the Trial room
	// A hand sees the room before it clicks again. Of two clicks at the same instant the window manager,
	// which sees each first, loses the release between them.
	p.WaitFor("the Trial room", func() bool { return p.hasColor(strongDark, w.X+90, w.Y+560, 4, 150) })
	click(195, 556) // start
	p.WaitFor("the court window", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("at the start")
	p.WaitFor("the button for the next step", func() bool { return p.hasColor(strongDark, w.X+214, w.Y+608, 8, 8) })
	click(304, 612) // next
	p.courtSees(p.expect("1", 1920, 1080), "the first step's page")
	p.record("taken")

	o := p.leave()
	pages, questions := 0, 0
	for ref := range o.Walk() {
		pages += int(ref.Step.Shot.Count)
		if ref.Step.Say != "" {
			questions++
		}
	}
	if pages < 4 || questions < 8 || o.Count(library.TableScenarios) < 3 {
		t.Errorf("%d pages, want two thumbnails and a folder of at least two; %d questions; %d scenarios:\n%s",
			pages, questions, o.Count(library.TableScenarios), drawOutline(o))
	}
}
