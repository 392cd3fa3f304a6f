// Command butluc is the program: the window, the verbs for scripts, and the worker that draws pages.
// It only wires; what it does is in the packages below it.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/spf13/pflag"

	"butluc/app/words"
	"butluc/library/store"
	"butluc/presenter/clip/player"
	"butluc/presenter/render/worker"
)

// version is set by the linker.
var version = "dev"

// Exit statuses of the verbs.
const (
	exitFine     = 0
	exitFindings = 1
	exitMisuse   = 2
)

// misuse is an error in how the program was called.
type misuse struct{ error }

// findings says that the verb did its work and found something wrong, which it has told.
var errFindings = errors.New("findings")

// runner does what a verb is for; args are what stands after it.
type runner func(args []string, out *terminal) error

// verb is one word of the command line.
type verb struct {
	name, usage string
	run         runner
}

// verbs is a function because the help lists them.
func verbs() []verb {
	return []verb{
		{"demo", "demo [DIR] [--no-window]", demo},
		{"scan", "scan CASE [--json] [--quick]", scan},
		{"ocr", "ocr CASE [--workers N] [--carry] [--json]", readText},
		{"search", "search CASE WORDS [--limit N] [--json]", searchText},
		{"show", `show CASE --folio 45 | --page "PATH#3" | --page "FILM@0:07.5" | --step ID [--turn 90] [--size 1920x1080] [--password P] -o court.png`, show},
		{"outline", "outline CASE print [--as outline|list|backup] [--notes=false] [--size 1920x1080] -o FILE.pdf|FILE.docx", outline},
		{"outline", "outline CASE export [--approved] FILE | import FILE | submit [--from-copy]", outline},
		{"check", "check CASE [--json]", checkOutline},
		{"folio", `folio CASE print [--csv | --json] | import FILE [--volume "PATH=45"]… [--backs] [--dry-run] [--from-copy]`, folio},
		{"journal", "journal CASE print | verify [--frames] | export FILE", journalVerb},
		{"rehearse", "rehearse CASE --keys FILE [--size 1920x1080] --out DIR", rehearse},
		{"doctor", "doctor [--json]", doctor},
		{"version", "version", func(args []string, out *terminal) error {
			if _, err := parse(newFlags("version"), args, 0, 0); err != nil {
				return err
			}
			_, err := fmt.Fprintln(out, "butluc", version)
			return err
		}},
		{"help", "help", func(args []string, out *terminal) error {
			if _, err := parse(newFlags("help"), args, 0, 0); err != nil {
				return err
			}
			_, err := fmt.Fprint(out, usage())
			return err
		}},
	}
}

func main() {
	out, errs := console()
	os.Exit(run(os.Args[1:], out, errs))
}

func run(args []string, out, errs io.Writer) int {
	// Children of our own, each behind its fence.
	if len(args) == 2 && args[0] == "check-store" {
		return store.CheckMain(args[1])
	}
	if len(args) == 1 && args[0] == "render-worker" {
		if err := worker.Main(os.Stdin, os.Stdout); err != nil {
			return exitFindings
		}
		return exitFine
	}
	if len(args) >= 2 && args[0] == "clip-player" {
		sound := ""
		if len(args) > 2 {
			sound = args[2]
		}
		if err := player.Main(os.Stdin, os.Stdout, args[1], sound); err != nil {
			return exitFindings
		}
		return exitFine
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	words.Use(languageOfSystem())
	t := newTerminal(out, errs)
	defer t.close()
	err := dispatch(args, t)
	if err == nil && t.damaged {
		err = errFindings
	}
	var wrong misuse
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, pflag.ErrHelp): // with any verb, or none
		fmt.Fprint(t, usage())
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &wrong):
		fmt.Fprintf(t.errs, "butluc: %v\n\n%s", err, usage())
		return exitMisuse
	}
	fmt.Fprintf(t.errs, "butluc: %v\n", err)
	return exitFindings
}

func dispatch(args []string, out *terminal) error {
	if len(args) > 0 {
		for _, v := range verbs() {
			if v.name == args[0] {
				return v.run(args[1:], out)
			}
		}
	}
	return window(args)
}

func usage() string {
	text := words.T("cli.usage") + "\n\nbutluc [CASE | FILE]\n"
	for _, v := range verbs() {
		text += "butluc " + v.usage + "\n"
	}
	return text
}
