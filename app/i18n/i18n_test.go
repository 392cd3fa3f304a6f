package i18n_test

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/report"
	"butluc/assets"
	"butluc/library"
)

// literal finds the keys that the window and the verbs name in full; those put together at run time
// end in a dot or a dash and are told by their beginning.
var literal = regexp.MustCompile(`\.(?:T|Tell)\("([a-z0-9.\-]+)"`)

// composed are beginnings of keys: they are put before a code, or handed to what does.
var composed = regexp.MustCompile(`\.(?:T|Tell)\("([a-z0-9.\-]+[.\-])"\s*\+|"([a-z][a-z0-9\-]*\.)",`)

// sources are the Go files of the window and the verbs, without their tests.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			b, err := os.ReadFile(path)
			all.Write(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestEveryKeyThatIsNamedHasItsText(t *testing.T) {
	texts := assets.Catalogue("vi")
	found := literal.FindAllStringSubmatch(sources(t), -1)
	if len(found) < 50 {
		t.Fatalf("found %d keys: the pattern no longer finds them", len(found))
	}
	for _, m := range found {
		if strings.HasSuffix(m[1], ".") || strings.HasSuffix(m[1], "-") {
			continue
		}
		if _, ok := texts[m[1]]; !ok {
			t.Errorf("the key %q has no text", m[1])
		}
	}
}

func TestEveryTextIsUsed(t *testing.T) {
	code := sources(t)
	var begins []string
	for _, m := range composed.FindAllStringSubmatch(code, -1) {
		begins = append(begins, cmp.Or(m[1], m[2]))
	}
	begins = append(begins, "kind.", "fault.", "why.", "notice.", "lamp-", "live-tool.", "cover.", "cover-hint.", "details.") // looked up through tables
	for key := range assets.Catalogue("vi") {
		used := strings.Contains(code, `"`+key+`"`)
		for _, b := range begins {
			used = used || strings.HasPrefix(key, b)
		}
		if !used {
			t.Errorf("the text %q is used nowhere", key)
		}
	}
}

func TestOneAndMany(t *testing.T) {
	for language, want := range map[string][3]string{
		"en": {"0 steps", "1 step", "1,001 steps"},
		"vi": {"0 bước", "1 bước", "1.001 bước"},
	} {
		in := i18n.In(language)
		for i, n := range []int{0, 1, 1001} {
			if got := in.T("outline.steps", "count", n); got != want[i] {
				t.Errorf("%s: %d is %q, want %q", language, n, got, want[i])
			}
		}
	}
	if got := i18n.In("en").T("shelf.counts", "exhibits", 1, "pages", 21); got != "1 document · 21 pages" {
		t.Errorf("got %q", got)
	}
}

func TestNumbersAndPlaceholders(t *testing.T) {
	if got := i18n.In("vi").T("shelf.counts", "exhibits", 1204, "pages", 3); got != "1.204 tài liệu · 3 trang" {
		t.Errorf("got %q", got)
	}
	if got := i18n.In("en").Number(-1234567); got != "-1,234,567" {
		t.Errorf("got %q", got)
	}
	if got := i18n.In("en").T("no.such.key"); got != "no.such.key" {
		t.Errorf("a missing text gives %q, want the key, so that the gap is seen", got)
	}
	if got := i18n.In("no such language").Language(); got != assets.Languages[0] {
		t.Errorf("an unknown language is %q", got)
	}
}

// Each window has a language of its own, and what was handed a catalogue keeps it.
func TestALocalizerChangesAlone(t *testing.T) {
	one, other := i18n.NewLocalizer("vi"), i18n.NewLocalizer("vi")
	handed := one.In()
	one.SetLanguage("en")
	one.SetLanguage("no such language")
	if one.Language() != "en" || one.Number(1204) != "1,204" {
		t.Errorf("changed to English, it is %s: %s", one.Language(), one.Number(1204))
	}
	for _, in := range []i18n.Catalogue{other.In(), handed} {
		if got := in.T("shelf.counts", "exhibits", 1204, "pages", 3); got != "1.204 tài liệu · 3 trang" {
			t.Errorf("the other is in %s: %q", in.Language(), got)
		}
	}
}

// The list of languages alone decides what there is to choose: the key goes through all of them, each under its own name.
func TestTheKeyOfLanguagesGoesThroughAllOfThem(t *testing.T) {
	first := i18n.NewLocalizer("").In()
	names, at := map[string]bool{}, first
	for range assets.Languages {
		at = at.Next()
		names[at.T("language.name")] = true
	}
	if at.Language() != first.Language() || len(names) != len(assets.Languages) || names["language.name"] {
		t.Errorf("after %d keys the language is %s; they are called %v", len(assets.Languages), at.Language(), names)
	}
}

func TestDatesAreThoseOfTheLanguage(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 5, 0, 0, time.UTC)
	for language, want := range map[string]string{"vi": "01/12/2026 09:05 1.204", "en": "1 Dec 2026 09:05 1,204"} {
		in := i18n.In(language)
		if got := in.Date(at) + " " + in.Clock(at) + " " + in.Number(1204); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

// What is told once in a table has its words in each language, and its picture.
func TestWhatIsInATableHasItsTexts(t *testing.T) {
	var names []string
	for _, kind := range library.MarkKinds {
		names = append(names, "mark."+string(kind), "key."+string(keys.ToolOf(kind)))
		if assets.Icon("mark-"+string(kind)) == nil {
			t.Errorf("the tool of a %s has no picture", kind)
		}
	}
	for _, m := range library.MarkTable {
		if m.Mirror > 0 {
			names = append(names, "live-tool."+string(m.Kind))
		}
	}
	for _, k := range library.KindTable {
		names = append(names, "kind."+k.Name)
	}
	for _, f := range library.StepTexts {
		if f.Form {
			names = append(names, "details."+f.Name)
		}
	}
	for _, f := range library.ScenarioTexts {
		if f.Form {
			names = append(names, "details."+f.Name)
		}
	}
	for _, c := range report.Standard() {
		names = append(names, "journal-column."+c.Name)
	}
	for _, language := range assets.Languages {
		texts := assets.Catalogue(language)
		for _, name := range names {
			if texts[name] == "" {
				t.Errorf("in %s there is no %q", language, name)
			}
		}
	}
}
