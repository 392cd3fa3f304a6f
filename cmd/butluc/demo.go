package main

import (
	"fmt"

	"butluc/app/words"
)

// demo writes the sample case and opens it.
func demo(args []string, out *terminal) error {
	f := newFlags("demo")
	noWindow := f.Bool("no-window", false, "only write the case")
	named, err := parse(f, args, 0, 1)
	if err != nil {
		return err
	}
	if len(named) == 0 {
		if !*noWindow {
			return openWindow("", true)
		}
		dir, err := sampleInData()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, words.T("cli.wrote", "name", dir))
		return err
	}
	dir := named[0]
	if *noWindow {
		if err := writeSample(dir); err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, words.T("cli.wrote", "name", dir))
		return err
	}
	if err := ensureSample(dir); err != nil {
		return err
	}
	return openWindow(dir, false)
}
