package worker

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/viettext"
	"butluc/presenter/render/protocol"
)

// spell writes text with letters of half an em of 10 points, one line to a row, on a page of 1,000 × 1,000.
func spell(s *lineBuilder, text string) {
	for row, line := range strings.Split(text, "\n") {
		for i, r := range []rune(line) {
			x, y := 100+5*float64(i), 100+10*float64(row)
			s.add(row, r, 10, library.Rect{X0: x, Y0: y, X1: x + 5, Y1: y + 10})
		}
	}
}

func thousand() *lineBuilder { return &lineBuilder{place: [6]float64{0.001, 0, 0, 0.001, 0, 0}} }

func show(lines [][]library.Word) string {
	var b strings.Builder
	for _, line := range lines {
		for _, w := range line {
			fmt.Fprintf(&b, "%s %.3f ", w.Text, w.Box)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestLineBuilderParts(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"words":      {" Bị  can\r", "Bị {0.105 0.100 0.115 0.110} can {0.125 0.100 0.140 0.110} \n"},
		"lines":      {"a\n\u00a0\nb", "a {0.100 0.100 0.105 0.110} \nb {0.100 0.120 0.105 0.130} \n"},
		"no rune":    {"\U0010ffff\x00a", "\U0010ffff {0.100 0.100 0.105 0.110} a {0.110 0.100 0.115 0.110} \n"},
		"no letters": {" \n ", ""},
	} {
		s := thousand()
		spell(s, c.text)
		if got := show(s.finish()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Words in a font of before Unicode are read in it, with the boxes of their letters; a word may change its font.
func TestLineBuilderReadsOldEncodings(t *testing.T) {
	for name, c := range map[string]struct {
		encoding viettext.Encoding
		text     string
		want     string
	}{
		"TCVN3": {viettext.TCVN3, "ViÖt Nam", "Việt {0.100 0.100 0.120 0.110} Nam {0.125 0.100 0.140 0.110} \n"},
		"VNI":   {viettext.VNI, "Vieät", "Việt {0.100 0.100 0.125 0.110} \n"},
	} {
		s := thousand()
		s.encoding = c.encoding
		spell(s, c.text)
		if got := show(s.finish()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	s := thousand()
	for i, r := range []rune("Vi\u00d6t") {
		s.encoding = viettext.None
		if i == 2 {
			s.encoding = viettext.TCVN3
		}
		s.add(0, r, 10, library.Rect{X0: 100 + 5*float64(i), Y0: 100, X1: 105 + 5*float64(i), Y1: 110})
	}
	if got := show(s.finish()); got != "Việt {0.100 0.100 0.120 0.110} \n" {
		t.Errorf("two fonts: %q", got)
	}
}

// Where a gap has no space, Vietnamese letters end a word like others; letters that are merely spaced
// do not, nor do those of scripts that know no spaces.
func TestLineBuilderGaps(t *testing.T) {
	for name, c := range map[string]struct {
		a, b rune
		gap  float64 // ems
		want int     // words
	}{
		"Vietnamese": {'ố', 'B', 0.25, 2}, "beside": {'ố', 'B', 0, 1}, "spaced": {'ố', 'B', 0.1, 1},
		"overlapping": {'ố', 'B', -0.3, 1}, "Chinese": {'安', '全', 0.3, 1},
	} {
		for _, down := range []bool{false, true} {
			s := thousand()
			for i, r := range []rune{c.a, c.b} {
				at := 100 + float64(i)*(5+10*c.gap)
				box := library.Rect{X0: at, Y0: 100, X1: at + 5, Y1: 110}
				if down {
					box = library.Rect{X0: 100, Y0: at, X1: 110, Y1: at + 5}
				}
				s.add(0, r, 10, box)
			}
			if got := s.finish(); len(got) != 1 || len(got[0]) != c.want {
				t.Errorf("%s: %s, want %d words", name, show(got), c.want)
			}
		}
	}
}

// What goes out keeps the protocol's promises: boxes on the page and with an area, texts, and not too many.
func TestLineBuilderKeepsToTheProtocol(t *testing.T) {
	s := thousand()
	nan, inf := math.NaN(), math.Inf(1)
	for i, box := range []library.Rect{
		{X0: -5, Y0: 10, X1: 5, Y1: 20}, // over the edge
		{X0: 990, Y0: 990, X1: 9e30, Y1: 2000},
		{X0: nan, Y0: 10, X1: 5, Y1: 20},
		{X0: 1, Y0: 10, X1: 5, Y1: nan},
		{X0: 1, Y0: 10, X1: inf, Y1: 20},
		{X0: -9, Y0: 10, X1: -5, Y1: 20},
		{X0: 5, Y0: 1001, X1: 9, Y1: 1009}, // beside the page
		{X0: 5, Y0: 5, X1: 5, Y1: 9},       // without area
	} {
		s.add(i, 'x', 10, box)
	}
	got := show(s.finish())
	want := "x {0.000 0.010 0.005 0.020} \nx {0.990 0.990 1.000 1.000} \n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}

	for name, text := range map[string]string{
		"lines": strings.Repeat("a\n", protocol.MaxLines+10),
		"words": strings.Repeat("a ", protocol.MaxWords+10),
	} {
		s := &lineBuilder{place: [6]float64{1e-6, 0, 0, 1e-6, 0, 0}}
		spell(s, text)
		body, err := protocol.EncodeLines(s.finish())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := protocol.DecodeLines(body); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
