package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"butluc/library/intake/office"
	"butluc/library/signature"
	"butluc/library/signature/signing"
	"butluc/library/store"
	"butluc/presenter/clip/player"
	"butluc/presenter/render/worker"
)

// Child is the program as a child of its own, where args say so: what reads the files of strangers does so apart, each
// behind its fence. It ends with the child; child is false where args ask for no such thing.
func Child(args []string, in io.Reader, out io.Writer) (status int, child bool) {
	switch {
	case len(args) == 2 && args[0] == "check-store":
		return store.CheckMain(args[1]), true
	case len(args) == 2 && args[0] == signature.Verb:
		return told(signature.Main(os.Stdin, out, args[1])), true
	case len(args) == 1 && args[0] == signing.Verb:
		return told(signing.Main(in, out)), true
	case len(args) > 0 && args[0] == office.MicrosoftVerb:
		return told(office.MicrosoftMain(args[1:])), true
	case len(args) > 0 && len(args) <= 2 && args[0] == "render-worker":
		return ended(worker.Main(in, out, strings.Join(args[1:], ""))), true
	case len(args) >= 2 && args[0] == "clip-player":
		sound := ""
		if len(args) > 2 {
			sound = args[2]
		}
		return ended(player.Main(in, out, args[1], sound)), true
	}
	return 0, false
}

// told is [ended], with the reason on standard error.
func told(err error) int {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return ended(err)
}

func ended(err error) int {
	if err != nil {
		return exitFindings
	}
	return exitFine
}
