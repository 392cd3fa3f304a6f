package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"butluc/assets"
	"butluc/library/casefile"
	"butluc/presenter/print"
)

// printGuide writes the user's guide as PDF.
func printGuide(args []string, out *terminal) error {
	f := newFlags("guide")
	to := f.StringP("output", "o", "", "the PDF to write")
	language := f.String("lang", out.in.Language(), "the language")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	switch {
	case *to == "":
		return misuse{errors.New("guide: -o FILE.pdf is missing")}
	case !slices.Contains(assets.Languages, *language):
		return misuse{fmt.Errorf("guide: the languages are %s", strings.Join(assets.Languages, ", "))}
	}
	err := casefile.WriteFile(*to, func(w io.Writer) error { return print.Guide(w, *language, out.program.Version) })
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", *to, "why", err))
	}
	_, err = fmt.Fprintln(out, out.in.T("print.done", "name", *to))
	return err
}
