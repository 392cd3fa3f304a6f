package reading_test

import (
	"context"
	"image"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/search/reading"
	"butluc/library/search/text"
)

// desk is one page: its layer, how much of it pictures cover, and what OCR makes of it.
type desk struct {
	layer, seen string
	pictured    float64
	confidence  int
	read        bool // by OCR
}

// down writes lines from the top of a page to its end, or where step is 0 all in one place.
func down(lines string, step float64) []library.Line {
	var list []library.Line
	for i, l := range strings.Split(lines, "\n") {
		for _, line := range lineOf(l) {
			for k := range line.Words {
				line.Words[k].Box.Y0, line.Words[k].Box.Y1 = 0.02+step*float64(i), 0.04+step*float64(i)
			}
			list = append(list, library.LineOf(line.Words))
		}
	}
	return list
}

func (d *desk) Lines(context.Context, library.File, int) ([]library.Line, float64, error) {
	step := 0.05
	if strings.HasPrefix(d.layer, "!") {
		step = 0
	}
	return down(strings.TrimPrefix(d.layer, "!"), step), d.pictured, nil
}

func (d *desk) Picture(context.Context, library.File, int, library.Turn, int) (image.Image, error) {
	return image.NewRGBA(image.Rect(0, 0, 1, 1)), nil
}

func (d *desk) Read(context.Context, image.Image) (text.Page, error) {
	d.read = true
	return text.Page{Source: text.SourceOCR, Confidence: d.confidence, Lines: down(d.seen, 0.05)}, nil
}

// Lines of a record, of what a reader of English made of it, and of an English one.
var (
	record  = strings.Repeat("Tối hôm đó tôi thấy bị cáo cầm con dao bầu\n", 10)
	garbled = strings.Repeat("T6i hom do toi thay bi cao cam con dao bau\n", 10)
	english = strings.Repeat("It was shown that the knife of the accused is not\nwith the documents which are from the police\n", 6)
)

// A page that pictures cover is read by OCR however many letters are written over it, unless they are the text of all of it; both
// texts are kept where both are text.
func TestScansWithATextLayer(t *testing.T) {
	const scanner = "Scanned with CamScanner and something more of a line"
	for name, c := range map[string]struct {
		desk         desk
		read         bool
		has, hasNone []string
	}{
		"typed":               {desk{layer: record}, false, []string{"dao"}, nil},
		"typed on a picture":  {desk{layer: record, pictured: 1}, false, []string{"dao"}, nil},
		"typed in English":    {desk{layer: english, pictured: 1}, false, []string{"knife"}, nil},
		"garbled, no picture": {desk{layer: garbled, pictured: 0.2}, false, []string{"T6i"}, nil},
		"scanner's line":      {desk{layer: scanner, pictured: 0.9, seen: record, confidence: 90}, true, []string{"bầu", "CamScanner"}, nil},
		"line, no picture":    {desk{layer: scanner, pictured: 0.3}, false, []string{"CamScanner"}, nil},
		"signature":           {desk{layer: "!" + record, pictured: 1, seen: "Quyết định khởi tố", confidence: 90}, true, []string{"khởi", "dao"}, nil},
		"garbled":             {desk{layer: garbled, pictured: 1, seen: record, confidence: 90}, true, []string{"Tối"}, []string{"T6i"}},
		"garbled by both":     {desk{layer: garbled, pictured: 1, seen: "xq zzz", confidence: 30}, true, []string{"T6i", "zzz"}, nil},
		"nothing seen":        {desk{layer: scanner, pictured: 1, confidence: 90}, true, []string{"CamScanner"}, nil},
		"before Unicode":      {desk{layer: "Céng hoµ x· héi chñ nghÜa ViÖt Nam"}, false, []string{"Cộng", "hoà", "Việt"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			store, err := text.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			d := c.desk
			r := reading.New(reading.Options{Store: store, Source: &d, Engine: &d})
			key := text.Key{SHA256: sha}
			r.Want([]reading.Job{{Key: key}}, false)
			if err := r.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			r.Close()
			p, ok, err := store.Get(key)
			if err != nil || !ok || d.read != c.read {
				t.Fatalf("kept %v (%v), read by OCR: %v", ok, err, d.read)
			}
			for _, w := range c.has {
				if !strings.Contains(p.Text(), w) {
					t.Errorf("%q is not in %q", w, p.Text())
				}
			}
			for _, w := range c.hasNone {
				if strings.Contains(p.Text(), w) {
					t.Errorf("%q is in %q", w, p.Text())
				}
			}
			if strings.Count(p.Text(), "CamScanner") > 1 {
				t.Errorf("twice: %q", p.Text())
			}
		})
	}
}

// A scan whose layer was read stays one in the next session: what was kept does not pass for its text.
func TestAScanWaitsForOCRAcrossSessions(t *testing.T) {
	dir := t.TempDir()
	d := &desk{layer: "Scanned with CamScanner and something more of a line", pictured: 1}
	for session := range 2 {
		store, err := text.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		r := reading.New(reading.Options{Store: store, Source: d})
		r.Want([]reading.Job{{Key: text.Key{SHA256: sha}}}, false)
		if err := r.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if p := r.Progress(); p.Scans != 1 || p.State != reading.Waiting {
			t.Errorf("session %d: %+v", session+1, p)
		}
		r.Close()
		store.Close()
	}
}
