// Command butluc is the program: the window, the verbs for scripts, and the children that read what strangers made.
// It only wires; what it does is in the packages below it.
package main

import (
	"io"
	"os"

	"butluc/app/cli"
	"butluc/app/terminal"
)

// version is set by the linker.
var version = "dev"

func main() {
	out, errs := terminal.Streams()
	os.Exit(run(os.Args[1:], out, errs))
}

func run(args []string, out, errs io.Writer) int {
	if status, child := cli.Child(args, os.Stdin, os.Stdout); child {
		return status
	}
	return cli.Run(args, out, errs, cli.Program{Version: version, Window: window})
}
