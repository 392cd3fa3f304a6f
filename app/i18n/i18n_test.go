package i18n_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"butluc/app/i18n"
	"butluc/assets"
)

// literal finds the keys that the window and the verbs name in full; those put together at run time
// end in a dot or a dash and are told by their beginning.
var literal = regexp.MustCompile(`(?:i18n\.T|\bin\.T|\.Tell)\("([a-z0-9.\-]+)"`)

var composed = regexp.MustCompile(`(?:i18n\.T|\bin\.T|\.Tell)\("([a-z0-9.\-]+[.\-])"\s*\+`)

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
		begins = append(begins, m[1])
	}
	begins = append(begins, "kind.", "fault.", "why.", "notice.", "lamp-") // looked up through tables
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
	defer i18n.Use("vi")
	for language, want := range map[string][3]string{
		"en": {"0 steps", "1 step", "1,001 steps"},
		"vi": {"0 bước", "1 bước", "1.001 bước"},
	} {
		i18n.Use(language)
		for i, n := range []int{0, 1, 1001} {
			if got := i18n.T("outline.steps", "count", n); got != want[i] {
				t.Errorf("%s: %d is %q, want %q", language, n, got, want[i])
			}
		}
	}
	i18n.Use("en")
	if got := i18n.T("shelf.counts", "exhibits", 1, "pages", 21); got != "1 document · 21 pages" {
		t.Errorf("got %q", got)
	}
}

func TestNumbersAndPlaceholders(t *testing.T) {
	defer i18n.Use("vi")
	i18n.Use("vi")
	if got := i18n.T("shelf.counts", "exhibits", 1204, "pages", 3); got != "1.204 tài liệu · 3 trang" {
		t.Errorf("got %q", got)
	}
	i18n.Use("en")
	if got := i18n.Number(-1234567); got != "-1,234,567" {
		t.Errorf("got %q", got)
	}
	i18n.Use("no such language")
	if i18n.Language() != "en" {
		t.Errorf("an unknown language changed the language to %q", i18n.Language())
	}
	if got := i18n.T("no.such.key"); got != "no.such.key" {
		t.Errorf("a missing text gives %q, want the key, so that the gap is seen", got)
	}
}

// The language in use is the window's, or a script's: nothing that is written or printed changes it, but takes a
// catalogue.
func TestOnlyTheWindowChangesTheLanguage(t *testing.T) {
	may := map[string]bool{"../ui/shell/window.go": true, "../ui/shell/dispatch.go": true, "../cli/cli.go": true}
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			code, err := os.ReadFile(path)
			if strings.Contains(string(code), "i18n.Use(") && !may[filepath.ToSlash(path)] {
				t.Errorf("%s changes the language in use", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := i18n.In("en").T("shelf.counts", "exhibits", 1204, "pages", 3); !strings.Contains(got, "1,204") || i18n.Language() != "vi" {
		t.Errorf("%q, in a window in %q", got, i18n.Language())
	}
}

// The list of languages alone decides what there is to choose: the key goes through all of them, each under its own name.
func TestTheKeyOfLanguagesGoesThroughAllOfThem(t *testing.T) {
	was := i18n.Language()
	defer i18n.Use(was)
	names := map[string]bool{}
	for range assets.Languages {
		next := i18n.Next()
		names[next.T("language.name")] = true
		i18n.Use(next.Language())
	}
	if i18n.Language() != was || len(names) != len(assets.Languages) || names["language.name"] {
		t.Errorf("after %d keys the language is %s; they are called %v", len(assets.Languages), i18n.Language(), names)
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
