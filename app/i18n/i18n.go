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

// In is the catalogue of a language, one of [assets.Languages]; that of the first of them where it is another.
func In(language string) Catalogue {
	if !slices.Contains(assets.Languages, language) {
		language = assets.Languages[0]
	}
	return Catalogue{language, assets.Catalogue(language)}
}

// Localizer is the language in use in one window, which may change while it runs. It may be asked from any goroutine, each
// time for a catalogue as it is at that moment.
type Localizer struct{ in atomic.Pointer[Catalogue] }

// NewLocalizer makes one that begins in a language, one of [assets.Languages]; in the first of them where it is another.
func NewLocalizer(language string) *Localizer {
	l := &Localizer{}
	in := In(language)
	l.in.Store(&in)
	return l
}

// SetLanguage changes the language; an unknown one leaves it as it is.
func (l *Localizer) SetLanguage(language string) {
	if slices.Contains(assets.Languages, language) {
		in := In(language)
		l.in.Store(&in)
	}
}

// In is the catalogue of the language in use.
func (l *Localizer) In() Catalogue { return *l.in.Load() }

// Language is the language in use.
func (l *Localizer) Language() string { return l.In().Language() }

// T is [Catalogue.T] in the language in use.
func (l *Localizer) T(key string, args ...any) string { return l.In().T(key, args...) }

// Number is [Catalogue.Number] in the language in use.
func (l *Localizer) Number(n int) string { return l.In().Number(n) }

// Date is [Catalogue.Date] in the language in use.
func (l *Localizer) Date(t time.Time) string { return l.In().Date(t) }

// Clock is [Catalogue.Clock] in the language in use.
func (l *Localizer) Clock(t time.Time) string { return l.In().Clock(t) }

// Next is the language that comes after the catalogue's, of those that there are.
func (c Catalogue) Next() Catalogue {
	all := assets.Languages
	return In(all[(slices.Index(all, c.language)+1)%len(all)])
}

// Language is the catalogue's language.
func (c Catalogue) Language() string { return c.language }

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

// Size is how much a number of bytes is, in the unit that says it best, a megabyte being 2^20 bytes: "812 MB", "1,4 GB",
// "71 GB".
func (c Catalogue) Size(bytes int64) string {
	const mb, gb = 1 << 20, 1 << 30
	switch {
	case bytes < gb:
		return c.T("size.mb", "n", c.Number(int(bytes/mb)))
	case bytes < 10*gb:
		tenths := bytes * 10 / gb
		return c.T("size.gb", "n", strconv.FormatInt(tenths/10, 10)+c.T("format.decimal")+strconv.FormatInt(tenths%10, 10))
	}
	return c.T("size.gb", "n", c.Number(int(bytes/gb)))
}

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
