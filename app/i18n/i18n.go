// Package i18n gives the window its texts in the language chosen, which may change while it runs.
// The texts themselves are in assets/translations.
package i18n

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"butluc/assets"
	"butluc/library"
)

// Catalogue is the texts of one language. It never changes: work away from the UI goroutine, which must not read another
// language halfway, is handed one.
type Catalogue struct {
	language string
	texts    map[string]string
}

var current atomic.Pointer[Catalogue]

func init() { Use(assets.Languages[0]) }

// In is the catalogue of a language; of an unknown one, that of the language in use.
func In(language string) Catalogue {
	if texts := assets.Catalogue(language); texts != nil {
		return Catalogue{language, texts}
	}
	return Now()
}

// Now is the catalogue of the language in use.
func Now() Catalogue { return *current.Load() }

// Use changes the language in use; an unknown one leaves it as it is. It is for the UI goroutine, and for a program
// without a window as it begins.
func Use(language string) {
	if texts := assets.Catalogue(language); texts != nil {
		current.Store(&Catalogue{language, texts})
	}
}

// Language is the language in use, one of [assets.Languages].
func Language() string { return current.Load().language }

// Next is the language that comes after the one in use, of those that there are.
func Next() Catalogue {
	all := assets.Languages
	return In(all[(slices.Index(all, Language())+1)%len(all)])
}

// Language is the catalogue's language.
func (c Catalogue) Language() string { return c.language }

// Date is [Catalogue.Date] in the language in use.
func Date(t time.Time) string { return Now().Date(t) }

// Clock is [Catalogue.Clock] in the language in use.
func Clock(t time.Time) string { return Now().Clock(t) }

// T is [Catalogue.T] in the language in use.
func T(key string, args ...any) string { return current.Load().T(key, args...) }

// Number is [Catalogue.Number] in the language in use.
func Number(n int) string { return current.Load().Number(n) }

// T is the text of a key, with each {name} replaced by the value that follows that name in args, and each
// {name|one|many} by one where that value is 1, else by many: "{count} {count|step|steps}".
// What would act rather than be seen in a value, as a name may have it, is written out ([library.Visible]).
// A key without a text gives the key itself, so that the gap is seen.
func (c Catalogue) T(key string, args ...any) string {
	text, ok := c.texts[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		name, v := fmt.Sprint(args[i]), c.value(args[i+1])
		text = count(text, "{"+name+"|", v == "1")
		pairs = append(pairs, "{"+name+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// count chooses the word for one or for many wherever a text has both, behind what begins them.
func count(text, begin string, one bool) string {
	for {
		before, rest, found := strings.Cut(text, begin)
		words, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return text
		}
		single, many, _ := strings.Cut(words, "|")
		if one {
			many = single
		}
		text = before + many + after
	}
}

func (c Catalogue) value(v any) string {
	if n, ok := v.(int); ok {
		return c.Number(n)
	}
	return library.Visible(fmt.Sprint(v))
}

// Date is the day as the language writes it: 02/01/2006 or 2 Jan 2006, in t's own zone.
func (c Catalogue) Date(t time.Time) string { return t.Format(c.T("format.date")) }

// Clock is the time of the day, to the minute, as the language writes it.
func (c Catalogue) Clock(t time.Time) string { return t.Format(c.T("format.clock")) }

// Number is a whole number with its thousands marked as the language does: 1.204 or 1,204.
func (c Catalogue) Number(n int) string {
	mark := c.T("format.thousands")
	s, sign := strconv.Itoa(n), ""
	if n < 0 {
		s, sign = s[1:], "-"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return sign + s
}
