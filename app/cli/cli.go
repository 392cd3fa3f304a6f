// Package cli is the program without its window: the verbs for scripts, tests and machines without a display.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"butluc/app/i18n"
	"butluc/app/wiring"
)

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
	about       string // what it is for
	run         runner
}

// verbs is a function because the help lists them.
func verbs(in i18n.Catalogue) []verb {
	return []verb{
		{"demo", "demo [DIR] [--no-window]", in.T("verb.demo"), demo},
		{"scan", "scan CASE [--json] [--quick]", in.T("verb.scan"), scan},
		{"unzip", "unzip CASE PATH.zip [--to DIR]", in.T("verb.unzip"), unzip},
		{"ocr", "ocr CASE [--workers N] [--carry] [--json]", in.T("verb.ocr"), readText},
		{"search", "search CASE WORDS [--limit N] [--json]", in.T("verb.search"), searchText},
		{"show", `show CASE --folio 45 | --page "PATH#3" | --page "FILM@0:07.5" | --step ID [--turn 90] [--size 1920x1080] [--password P] -o court.png`, in.T("verb.show"), show},
		{"outline", "outline CASE print [--as outline|list|backup|slides] [--notes=false] [--own-use] [--size 1920x1080] -o FILE.pdf|FILE.docx|FILE.pptx", in.T("verb.outline-print"), outline},
		{"outline", "outline CASE export [--approved] FILE | import FILE | submit [--from-copy]", in.T("verb.outline"), outline},
		{"excerpt", "excerpt CASE list [--json] | print [--as table|evidence|timeline|closing] -o FILE.docx|FILE.xlsx|FILE.pdf", in.T("verb.excerpt"), excerpt},
		{"check", "check CASE [--json]", in.T("verb.check"), checkOutline},
		{"attachments", `attachments CASE "FILE.pdf" -o FOLDER`, in.T("verb.attachments"), attachments},
		{"folio", `folio CASE print [--csv | --json] | import FILE [--volume "PATH=45"]… [--backs] [--dry-run] [--from-copy]`, in.T("verb.folio"), folio},
		{"journal", "journal CASE print | verify [--frames] | export FILE", in.T("verb.journal"), journalVerb},
		{"journal", "journal CASE album [--only 1-5,9] [--rehearsals] -o FILE.pdf|FILE.docx", in.T("verb.journal-album"), journalVerb},
		{"journal", "journal CASE review [--rehearsals] -o FILE.docx|FILE.pdf", in.T("verb.journal-review"), journalVerb},
		{"journal", "journal CASE pack [--key-passphrase-file F] -o FILE.zip", in.T("verb.journal-pack"), journalVerb},
		{"bundle", `bundle CASE [--folio 44-48]… [--page "PATH#3-5"]… [--restricted] [--list FILE.pdf|FILE.docx] -o FILE.pdf`, in.T("verb.bundle"), bundle},
		{"signatures", "signatures CASE [--json]", in.T("verb.signatures"), signatures},
		{"sign", "sign FILE.pdf (--p12 F --passphrase-file F | --module FILE.so|FILE.dll [--token NAME] --pin-file F | --store) [--certificate SHA-256] [--office NAME] [--reason WORDS] [--visible=false] -o OUT.pdf | --list (--module F | --store)", in.T("verb.sign"), sign},
		{"rehearse", "rehearse CASE --keys FILE [--size 1920x1080] --out DIR", in.T("verb.rehearse"), rehearse},
		{"register", "register [--json | --xlsx FILE | --import FILE.xlsx]", in.T("verb.register"), printRegister},
		{"report", "report --from DATE --to DATE [--office NAME] -o FILE.docx|FILE.xlsx", in.T("verb.report"), writeReport},
		{"identity", "identity new --name N --office O [--rank R] --passphrase-file F [--remember] | show | card -o FILE | add CARD [--compared] | known | recovery --office O -o CARD --paper FILE", in.T("verb.identity"), identityVerb},
		{"pack", "pack CASE -o FILE.butluc (--to CARD… | --passphrase-file F) [--only PATH…] [--study=false] [--identity FILE] [--key-passphrase-file F]", in.T("verb.pack"), packCase},
		{"unpack", "unpack FILE.butluc DIR [--passphrase-file F] [--identity FILE] [--key-passphrase-file F] [--recovery-file F]", in.T("verb.unpack"), unpackCase},
		{"verify", "verify FILE.butluc [--passphrase-file F] [--key-passphrase-file F] [--recovery-file F] [--json]", in.T("verb.verify"), verifyPackage},
		{"store", "store add NAME URL [--create] [--user U --password-file F] | forget NAME", in.T("verb.store-add"), storeVerb},
		{"store", "store list [NAME] [--json]", in.T("verb.store-list"), storeVerb},
		{"store", "store publish CASE NAME [--note WORDS]", in.T("verb.store-publish"), storeVerb},
		{"store", "store fetch NAME [CASE-ID DIR] [--revision ID]", in.T("verb.store-fetch"), storeVerb},
		{"store", "store update CASE NAME [--take mine|theirs|merge]", in.T("verb.store-update"), storeVerb},
		{"store", "store log NAME [CASE-ID] [--json]", in.T("verb.store-log"), storeVerb},
		{"store", "store roster NAME [add CARD --as ROLE | remove WHO | grant CASE-ID WHO none|read|comment|edit | head WHO | restore] | rekey NAME CASE-ID", in.T("verb.store-roster"), storeVerb},
		{"doctor", "doctor [--json]", in.T("verb.doctor"), doctor},
		{"guide", "guide [--lang vi|en] -o FILE.pdf", in.T("verb.guide"), printGuide},
		{"version", "version", in.T("verb.version"), func(args []string, out *terminal) error {
			if _, err := parse(in, newFlags("version"), args, 0, 0); err != nil {
				return err
			}
			_, err := fmt.Fprintln(out, "butluc", out.program.Version)
			return err
		}},
		{"help", "help", in.T("verb.help"), func(args []string, out *terminal) error {
			if _, err := parse(in, newFlags("help"), args, 0, 0); err != nil {
				return err
			}
			_, err := fmt.Fprint(out, usage(in))
			return err
		}},
	}
}

// Program is what the verbs are part of.
type Program struct {
	Version  string // as the linker set it
	Portable string // the folder in which a portable program keeps its own files, "" for one that is none
	// Window opens the window. It begins in a language, where the user has chosen none.
	Window func(in i18n.Catalogue, o Opening) error
}

// Opening is how the window opens.
type Opening struct {
	Case   string // the folder of a case, or a file of it; "" for the list of cases
	Sample bool   // on the sample case instead
	Trace  string // the file that its trace is written to, see package trace; "" for none
}

// Run does what the words of a command line ask for, writes the result to out and what else is to be said to errs,
// and gives the exit status: 0 fine, 1 findings, 2 misuse.
func Run(args []string, out, errs io.Writer, p Program) int {
	wiring.LimitMemory()
	t := newTerminal(i18n.In(wiring.SystemLanguage()), out, errs)
	t.program = p
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
		fmt.Fprint(t, usage(t.in))
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &wrong):
		fmt.Fprintf(t.errs, "butluc: %v\n\n%s", err, usage(t.in))
		return exitMisuse
	}
	fmt.Fprintf(t.errs, "butluc: %v\n", err)
	return exitFindings
}

func dispatch(args []string, out *terminal) error {
	if len(args) > 0 {
		for _, v := range verbs(out.in) {
			if v.name == args[0] {
				return v.run(args[1:], out)
			}
		}
	}
	return window(args, out)
}

// window opens the window, on a case where one is named, by its folder or a file of it.
func window(args []string, out *terminal) error {
	f := newFlags("butluc")
	file := traceFlag(f)
	named, err := parse(out.in, f, args, 0, 1)
	if err != nil {
		return err
	}
	if len(named) == 0 {
		return out.program.Window(out.in, Opening{Trace: *file})
	}
	if _, err := os.Stat(named[0]); err != nil {
		return misuse{fmt.Errorf("%q is neither a verb nor a case folder, nor a file of one", named[0])}
	}
	return out.program.Window(out.in, Opening{Case: named[0], Trace: *file})
}

// traceFlag is the flag of all that opens the window.
func traceFlag(f *pflag.FlagSet) *string {
	return f.String("trace", "", "file to write down into what took how long")
}

func usage(in i18n.Catalogue) string {
	text := in.T("cli.usage") + "\n\nbutluc [--trace FILE] [CASE | FILE]\n      " + in.T("verb.window") + "\n"
	for _, v := range verbs(in) {
		text += "butluc " + v.usage + "\n      " + v.about + "\n"
	}
	return text
}
