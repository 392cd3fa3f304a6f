package assets_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"butluc/assets"
	"butluc/library"
)

var placeholder = regexp.MustCompile(`\{[a-z][a-zA-Z0-9]*\}`)

// plural is a word for one thing and for many: {count|step|steps}.
var plural = regexp.MustCompile(`\{([a-z][a-zA-Z0-9]*)\|([^{}|]*)\|([^{}|]*)\}`)

func TestLanguagesSayTheSameThings(t *testing.T) {
	first := assets.Catalogue(assets.Languages[0])
	for _, lang := range assets.Languages[1:] {
		other := assets.Catalogue(lang)
		for key, text := range first {
			translated, ok := other[key]
			if !ok {
				t.Errorf("%s has no text for %q", lang, key)
				continue
			}
			if want, got := placeholders(text), placeholders(translated); !slices.Equal(want, got) {
				t.Errorf("%q has the placeholders %v in %s and %v in %s", key, want, assets.Languages[0], got, lang)
			}
		}
		for key := range other {
			if _, ok := first[key]; !ok {
				t.Errorf("%s has a text for %q, %s has none", lang, key, assets.Languages[0])
			}
		}
	}
}

func TestEveryTextIsWhole(t *testing.T) {
	for _, lang := range assets.Languages {
		for key, text := range assets.Catalogue(lang) {
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q is empty or has space around it: %q", lang, key, text)
			}
			if bare := placeholder.ReplaceAllString(plural.ReplaceAllString(text, ""), ""); strings.ContainsAny(bare, "{}") {
				t.Errorf("%s: %q has a brace that belongs to no placeholder: %q", lang, key, text)
			}
		}
	}
}

// Where English counts, it has a word for one and a word for many, and chooses by a count that it says.
func TestEnglishCounts(t *testing.T) {
	many := regexp.MustCompile(`\b1 (?:more |drawn |other |different )?([a-z]{2,}s)\b`)
	counted := 0
	for key, text := range assets.Catalogue("en") {
		for _, m := range plural.FindAllStringSubmatch(text, -1) {
			counted++
			if !strings.Contains(text, "{"+m[1]+"}") {
				t.Errorf("%q counts by {%s}, which it does not say: %q", key, m[1], text)
			}
		}
		of := placeholder.ReplaceAllStringFunc(plural.ReplaceAllString(text, "$2"), func(p string) string {
			if slices.Contains([]string{"{name}", "{typed}", "{key}", "{down}"}, p) { // no numbers
				return p
			}
			return "1"
		})
		for _, m := range many.FindAllStringSubmatch(of, -1) {
			if !slices.Contains([]string{"is", "has", "was", "this", "bears", "gets", "needs", "differs"}, m[1]) {
				t.Errorf("of one, %q says %q", key, of)
			}
		}
		if strings.Contains(text, "(s)") {
			t.Errorf("%q leaves the count to the reader: %q", key, text)
		}
	}
	if counted < 50 {
		t.Errorf("%d words for one or many: the pattern no longer finds them", counted)
	}
}

// A second text under the same key would silently win over the first.
func TestNoKeyIsThereTwice(t *testing.T) {
	for _, lang := range assets.Languages {
		raw, err := os.ReadFile("translations/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(bytes.NewReader(raw))
		seen := map[string]bool{}
		for isKey := false; dec.More() || len(seen) == 0; isKey = !isKey {
			token, err := dec.Token()
			if err != nil {
				t.Fatal(err)
			}
			if key, ok := token.(string); ok && isKey {
				if seen[key] {
					t.Errorf("%s has %q twice", lang, key)
				}
				seen[key] = true
			}
		}
	}
}

func TestEveryFaultAndKindHasItsWords(t *testing.T) {
	faults := []library.FaultCode{
		library.FaultEmpty, library.FaultUnknown, library.FaultEncrypted, library.FaultBroken, library.FaultVariant,
		library.FaultCrashed, library.FaultTimeout, library.FaultTooLarge, library.FaultVideo,
		library.FaultAudio, library.FaultCodec, library.FaultRawVideo, library.FaultOffice, library.FaultLink, library.FaultUnreadable,
		library.FaultVanished, library.FaultChanging,
	}
	for _, lang := range assets.Languages {
		texts := assets.Catalogue(lang)
		for _, code := range faults {
			if text := texts["fault."+string(code)]; !strings.Contains(text, "{name}") {
				t.Errorf("%s: the sentence for %q does not name the file: %q", lang, code, text)
			}
		}
		for kind := library.KindUnknown; kind <= library.KindLink; kind++ {
			if texts["kind."+kind.String()] == "" {
				t.Errorf("%s has no word for kind %q", lang, kind)
			}
		}
	}
}

func TestUnknownLanguageHasNoCatalogue(t *testing.T) {
	if got := assets.Catalogue("../assets/translations/vi"); got != nil {
		t.Errorf("a language that does not exist has %d texts", len(got))
	}
}

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
