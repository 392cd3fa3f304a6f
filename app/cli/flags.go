package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/pflag"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
)

// newFlags makes a verb's set of flags, which may stand before, between and after its words.
func newFlags(name string) *pflag.FlagSet {
	f := pflag.NewFlagSet(name, pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// subverb runs the verb that follows a verb's words, as in `outline CASE export FILE`.
func subverb(name string, verbs map[string]runner, args []string, out *terminal) error {
	for i, word := range args {
		if run := verbs[word]; run != nil && i > 0 {
			return run(slices.Delete(slices.Clone(args), i, i+1), out)
		}
	}
	if _, err := parse(out.in, newFlags(name), args, 0, len(args)); err != nil {
		return err
	}
	return misuse{fmt.Errorf("%s: %s", name, out.in.T("cli."+name+"-verbs"))}
}

// writeJSON prints v for another program, and legibly: paths keep their signs as they are.
func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// parse reads flags and words; at least least words, at most most.
func parse(in i18n.Catalogue, f *pflag.FlagSet, args []string, least, most int) ([]string, error) {
	switch err := f.Parse(args); {
	case errors.Is(err, pflag.ErrHelp):
		return nil, err // asked for, and no misuse
	case err != nil:
		return nil, misuse{fmt.Errorf("%s: %w", f.Name(), err)}
	}
	if n := f.NArg(); n < least || n > most {
		return nil, misuse{fmt.Errorf("%s: %s", f.Name(), in.T("cli.words", "count", n))}
	}
	return f.Args(), nil
}

// faultText is why a file can't be shown, for people.
func faultText(in i18n.Catalogue, f library.File, title string) string {
	return in.T("fault."+label.FaultKey(f), "name", title)
}
