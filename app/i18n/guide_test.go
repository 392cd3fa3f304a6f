package i18n_test

import (
	"strings"
	"testing"

	"butluc/assets"
	"butluc/assets/guide"
)

// What the guide sets as a label stands on the screen, in the same words.
func TestTheGuideSaysWhatTheWindowSays(t *testing.T) {
	besides := map[string]bool{"Extend": true, "dao": true, "đạo": true, "C": true, "C.2": true, "More info": true, "Run anyway": true, "mục lục": true, "xem trước": true, "preview": true}
	for _, language := range assets.Languages {
		g, err := guide.Read(language)
		if err != nil {
			t.Fatal(err)
		}
		var labels []string
		keep := func(spans []guide.Span) {
			for _, s := range spans {
				if s.Style == guide.Label && !besides[s.Text] {
					labels = append(labels, s.Text)
				}
			}
		}
		for _, s := range g.Sections {
			for _, b := range s.Blocks {
				keep(b.Text)
				for _, i := range b.Items {
					keep(i)
				}
			}
		}
		if len(labels) < 20 {
			t.Errorf("%s: the guide names %d labels", language, len(labels))
		}
		texts := assets.Catalogue(language)
		for _, label := range labels {
			found := false
			for _, text := range texts {
				said, _, _ := strings.Cut(text, "{")
				begin, _, _ := strings.Cut(label, " …")
				found = found || strings.HasPrefix(strings.ToLower(said), strings.ToLower(begin))
			}
			if !found {
				t.Errorf("%s: %q stands nowhere on the screen", language, label)
			}
		}
	}
}

// The guide has the same sections, lists and pictures in each language.
func TestTheGuidesAreOneAnothers(t *testing.T) {
	first, err := guide.Read(assets.Languages[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range assets.Languages[1:] {
		other, err := guide.Read(language)
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Sections) != len(other.Sections) {
			t.Fatalf("%s: %d sections, not %d", language, len(other.Sections), len(first.Sections))
		}
		for i, s := range first.Sections {
			o := other.Sections[i]
			if len(s.Blocks) != len(o.Blocks) {
				t.Errorf("%s: %q has %d parts, %q has %d", language, o.Title, len(o.Blocks), s.Title, len(s.Blocks))
				continue
			}
			for n, b := range s.Blocks {
				c := o.Blocks[n]
				if b.Kind != c.Kind || b.Name != c.Name || len(b.Items) != len(c.Items) || len(b.Rows) != len(c.Rows) {
					t.Errorf("%s: part %d of %q is another than in %q", language, n, o.Title, s.Title)
				}
				if _, err := guide.ReadPicture(b.Name); b.Kind == guide.Picture && err != nil {
					t.Error(err)
				}
			}
		}
	}
}
