package print_test

import (
	"bytes"
	"strings"
	"testing"

	"butluc/assets"
	"butluc/assets/guide"
	"butluc/presenter/print"
)

// The guide is printed whole, and no letter or sign of it is missing in the face.
func TestTheGuideOnPaper(t *testing.T) {
	for _, language := range assets.Languages {
		var b bytes.Buffer
		if err := print.Guide(&b, language, "1.2.3"); err != nil {
			t.Fatal(err)
		}
		text := []byte(strings.Join(strings.Fields(strings.Join(pagesOf(t, b.Bytes()), " ")), " "))
		g, err := guide.Read(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range g.Sections {
			if !bytes.Contains(text, []byte(s.Title)) {
				t.Errorf("%s: %q is not on paper", language, s.Title)
			}
		}
		questions := 0
		for _, s := range g.Sections {
			for _, bl := range s.Blocks {
				for _, spans := range append(append([][]guide.Span{bl.Text}, bl.Items...), flat(bl.Rows)...) {
					for _, sp := range spans {
						questions += bytes.Count([]byte(sp.Text), []byte("?"))
					}
				}
			}
		}
		if got := bytes.Count(text, []byte("?")); got > questions {
			t.Errorf("%s: %d letters are missing in the face", language, got-questions)
		}
	}
}

func flat(rows [][][]guide.Span) (cells [][]guide.Span) {
	for _, r := range rows {
		cells = append(cells, r...)
	}
	return cells
}
