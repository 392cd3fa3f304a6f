//go:build display && linux

package main

import (
	"path/filepath"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"butluc/library"
	"butluc/presenter/display/displaytest"
)

// withPassage adds a document to a case that has text of its own: no OCR is needed to find it.
func withPassage(t *testing.T) func(dir string) {
	return func(dir string) {
		f := fpdf.New("P", "mm", "A4", "")
		f.SetFont("Times", "", 14)
		for _, line := range []string{"Trang dau cua ban khai", "Toi vut con dao xuong song Hau luc nua dem"} {
			f.AddPage()
			f.Text(30, 80, line)
		}
		if err := f.OutputFileAndClose(filepath.Join(dir, "Tập 4 - Lời khai", "BL 90-91 Bản tự khai.pdf")); err != nil {
			t.Fatal(err)
		}
	}
}

// passageFound waits for the line where the words stand, highlighted, in a part of the laptop's screen.
func (p *program) passageFound(x, w int) {
	p.t.Helper()
	p.WaitFor("the line that was found, highlighted", func() bool {
		shot := p.Shot(displaytest.Laptop)
		lit := 0
		for y := range shot.Rect.Dy() {
			for dx := range w {
				if i := shot.PixOffset(x+dx, y); shot.Pix[i] > 240 && shot.Pix[i+1] > 240 && shot.Pix[i+2] > 90 && shot.Pix[i+2] < 115 {
					lit++
				}
			}
		}
		return lit > 200
	})
}

// A passage is found by its words and shown by keys alone: nothing reaches the court before the second Enter and a ground, and
// the highlight stays with the prosecutor.
func TestAPassageIsFoundAndShown(t *testing.T) {
	p := openSample(t, withPassage(t))
	p.Tap("n", "Ctrl")
	p.Type("Tinh huong")
	p.Tap("Return")
	p.Tap("Escape")
	p.Tap("f", "Ctrl")
	p.Type("dao xuong song")
	p.passageFound(100, 280)
	p.record("found-in-prepare")
	p.Tap("Return", "Ctrl") // a step of it
	p.record("added")
	p.Tap("Escape")

	p.startTrial()
	p.Tap("f", "Ctrl")
	p.passageFound(1000, 330) // what was looked for is there still
	p.Tap("Return")
	p.record("found-in-trial")
	p.Never("the court sees what is only in preview", 400*time.Millisecond, func() bool { return !displaytest.Uniform(p.Shot(displaytest.Court), 0, 0, 0) })
	p.Tap("Return")
	p.Never("the court sees a statement without its ground", 400*time.Millisecond, func() bool { return !displaytest.Uniform(p.Shot(displaytest.Court), 0, 0, 0) })
	p.Type("1")
	p.courtSees(p.expect("91", 1920, 1080), "BL 91 after Enter, Enter, on ground a")
	p.Tap("Escape")
	p.courtStays(p.expect("91", 1920, 1080), "by Escape")

	page := library.PageID{Path: "Tập 4 - Lời khai/BL 90-91 Bản tự khai.pdf", Index: 1}
	if o := p.leave(); len(o.UsedIn(page)) != 1 {
		t.Errorf("steps that show the passage: %v", o.UsedIn(page))
	}
}
