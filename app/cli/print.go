package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"butluc/app/wiring"
	"butluc/library/casefile"
	"butluc/presenter/print"
)

// printOutline prints the outline, the list for the clerk, the sheets for when the projector fails, or slides for a computer
// that has PowerPoint alone.
func printOutline(args []string, out *terminal) error {
	f := newFlags("outline print")
	as := f.String("as", string(print.Outline), "outline, list, backup or slides")
	notes := f.Bool("notes", true, "private notes too")
	own := f.Bool("own-use", false, "slides for one's own use: the words are in their notes")
	size := f.String("size", "1920x1080", "the court screen's size in pixels")
	to := f.StringP("output", "o", "", "the PDF, DOCX or PPTX to write")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	job := print.Job{
		Kind: print.Kind(*as), Format: print.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(*to), "."))), Notes: *notes, Own: *own,
	}
	job.Screen, err = parseSize(*size)
	switch {
	case err != nil:
		return misuse{fmt.Errorf("outline print: %w", err)}
	case *to == "":
		return misuse{errors.New("outline print: -o FILE.pdf, FILE.docx or FILE.pptx is missing")}
	case *own && job.Kind != print.Slides:
		return misuse{errors.New("outline print: --own-use is for slides")}
	case !job.Possible():
		return misuse{fmt.Errorf("outline print: no %s as %q", *as, filepath.Ext(*to))}
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	s, err := wholeCase(ctx, out, named[0], r)
	if err != nil {
		return err
	}
	job.Outline, job.Exhibits, job.Approval = s.Outline, s.Exhibits, s.Approval
	job.Draw = drawOf(out, s, r, nil)
	err = casefile.WriteFile(*to, func(w io.Writer) error { return job.Write(ctx, w, nil) })
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", *to, "why", err))
	}
	_, err = fmt.Fprintln(out, out.in.T("print.done", "name", *to))
	return err
}
