//go:build cgo

package worker

import (
	"math"
	"testing"

	"butluc/library"
)

// Of a page it is told how much pictures cover, stencils and small ones too, each place once; and letters of an old font
// are read in it, where they stand.
func TestWhatPicturesCoverIsTold(t *testing.T) {
	const image, mask = "BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI ", "BI /W 1 /H 1 /IM true ID \x00 EI "
	for contents, want := range map[string]float64{
		"": 0, black: 0, "q 200 0 0 200 0 0 cm " + image + "Q": 1, "q 200 0 0 200 0 0 cm " + mask + "Q": 1,
		"q 100 0 0 200 0 0 cm " + image + "Q": 0.5, "q 0 100 -200 0 200 0 cm " + image + "Q": 0.5,
		"q 100 0 0 100 0 0 cm " + image + image + "Q": 0.25, "q 100 0 0 100 500 0 cm " + image + "Q": 0,
		"q 900 0 0 900 -300 -300 cm " + image + "Q": 1,
		"q 200 0 0 100 0 0 cm /I Do Q":              0.5,
	} {
		d := &document{key: key{kind: library.KindPDF}, data: onePage(contents, "/XObject<</I 12 0 R>>", "", "null", "null",
			stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x"))}
		if err := d.open(nil); err != nil {
			t.Fatal(err)
		}
		_, got, err := d.paper.lines(0, 0)
		if err != nil || math.Abs(got-want) > 0.01 {
			t.Errorf("%q: %v (%v), want %v", contents, got, err, want)
		}
		d.close()
	}
}

func TestLettersOfOldFontsAreRead(t *testing.T) {
	for name, c := range map[string]struct{ codes, want string }{
		".VnTime": {"Vi\xd6t", "Việt"}, ".VnTimeH": {"vi\xd6t", "VIỆT"}, "VNI-Times": {"Vie\xe4t", "Việt"}, "Times-Roman": {"Vi\xd6t", "ViÖt"},
	} {
		data := onePage("BT /F 20 Tf 20 100 Td ("+c.codes+") Tj ET", "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/"+name+
			"/Encoding/WinAnsiEncoding>>>>", "")
		d := &document{key: key{kind: library.KindPDF}, data: data}
		if err := d.open(nil); err != nil {
			t.Fatal(err)
		}
		lines, _, err := d.paper.lines(0, 0)
		if err != nil || len(lines) != 1 || lines[0][0].Text != c.want || lines[0][0].Box.X0 < 0.09 || lines[0][0].Box.X0 > 0.13 {
			t.Errorf("%s: %v (%v), want %s", name, lines, err, c.want)
		}
		d.close()
	}
}
