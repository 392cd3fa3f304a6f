package assets_test

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"butluc/assets"
	"butluc/library"
)

// Phrases are compared as they stand: in small letters, composed, with single spaces.
func TestPhrasesAreWrittenAsTheyAreCompared(t *testing.T) {
	for _, name := range []string{"parts", "statements"} {
		var data any
		if err := json.Unmarshal(assets.Legal(name), &data); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var walk func(any)
		walk = func(v any) {
			switch v := v.(type) {
			case string:
				if v != strings.ToLower(v) || !norm.NFC.IsNormalString(v) || v != strings.Join(strings.Fields(v), " ") {
					t.Errorf("%s: %q", name, v)
				}
			case []any:
				for _, x := range v {
					walk(x)
				}
			case map[string]any:
				for _, x := range v {
					walk(x)
				}
			}
		}
		walk(data)
	}
	var requests struct {
		Names map[string][]string `json:"names"`
	}
	if err := json.Unmarshal(assets.Legal("requests"), &requests); err != nil || len(requests.Names) == 0 {
		t.Fatalf("requests: %v", err)
	}
	for _, phrases := range requests.Names {
		for _, p := range phrases {
			if p != strings.ToLower(p) || !norm.NFC.IsNormalString(p) || p != strings.Join(strings.Fields(p), " ") {
				t.Errorf("requests: %q", p)
			}
		}
	}
	if assets.Legal("none") != nil {
		t.Error("there is data of no name")
	}
}

func TestEveryPartOfAHearingHasAWord(t *testing.T) {
	for _, part := range library.Parts() {
		for _, language := range []string{"vi", "en"} {
			if assets.Catalogue(language)["part."+string(part)] == "" {
				t.Errorf("%s: no word for %q", language, part)
			}
		}
	}
}
