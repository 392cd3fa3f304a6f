package cli

import (
	"fmt"

	"butluc/app/wiring"
)

// demo writes the sample case and opens it.
func demo(args []string, out *terminal) error {
	f := newFlags("demo")
	noWindow := f.Bool("no-window", false, "only write the case")
	file := traceFlag(f)
	named, err := parse(out.in, f, args, 0, 1)
	if err != nil {
		return err
	}
	if len(named) == 0 {
		if !*noWindow {
			return out.program.Window(out.in, Opening{Sample: true, Trace: *file})
		}
		dir, err := wiring.SampleInData()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, out.in.T("cli.wrote", "name", dir))
		return err
	}
	dir := named[0]
	if *noWindow {
		if err := wiring.WriteSample(dir); err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, out.in.T("cli.wrote", "name", dir))
		return err
	}
	if err := wiring.EnsureSample(dir); err != nil {
		return err
	}
	return out.program.Window(out.in, Opening{Case: dir, Trace: *file})
}
