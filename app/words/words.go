// Package words gives the window its texts in the language chosen, which may change while it runs.
// The texts themselves are in assets/translations.
package words

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"butluc/assets"
	"butluc/library"
)

type catalogue struct {
	language string
	texts    map[string]string
}

var current atomic.Pointer[catalogue]

func init() { Use(assets.Languages[0]) }

// Use changes the language; an unknown one leaves it as it is.
func Use(language string) {
	if texts := assets.Catalogue(language); texts != nil {
		current.Store(&catalogue{language, texts})
	}
}

// Language is the language in use: "vi" or "en".
func Language() string { return current.Load().language }

// T is the text of a key, with each {name} replaced by the value that follows that name in args.
// What would act rather than be seen in a value, as a name may have it, is written out ([library.Visible]).
// A key without a text gives the key itself, so that the gap is seen.
func T(key string, args ...any) string {
	text, ok := current.Load().texts[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", value(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func value(v any) string {
	if n, ok := v.(int); ok {
		return Number(n)
	}
	return library.Visible(fmt.Sprint(v))
}

// Number is a whole number with its thousands marked as the language does: 1.204 or 1,204.
func Number(n int) string {
	mark := "."
	if Language() == "en" {
		mark = ","
	}
	s, sign := strconv.Itoa(n), ""
	if n < 0 {
		s, sign = s[1:], "-"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return sign + s
}
