// Command butluc is the program: the window, the verbs for scripts, and the children that read what strangers made.
// It only wires; what it does is in the packages below it.
package main

import (
	"io"
	"log/slog"
	"os"

	"butluc/app/cli"
	"butluc/app/portable"
	"butluc/app/terminal"
)

// version is set by the linker.
var version = "dev"

func main() {
	out, errs := terminal.Streams()
	os.Exit(run(os.Args[1:], out, errs))
}

func run(args []string, out, errs io.Writer) int {
	home := settle()
	if status, child := cli.Child(args, os.Stdin, os.Stdout); child {
		return status
	}
	return cli.Run(args, out, errs, cli.Program{Version: version, Portable: home, Window: window})
}

// settle has a portable program keep all in its own folder, which it tells; "" for one that is none.
func settle() string {
	own, err := os.Executable()
	if err != nil {
		return ""
	}
	dir := portable.Dir(own)
	if dir == "" {
		return ""
	}
	if err := portable.Settle(dir); err != nil {
		slog.Error("settle beside the program", "err", err)
		return ""
	}
	return dir
}
