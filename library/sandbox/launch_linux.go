package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// launcher is the name under which this program is started to close a sandbox around itself and then become another
// program.
const launcher = "butluc-sandbox"

// launch is what a launcher is told.
type launch struct {
	Kind    Kind
	Paths   Paths
	Program string
}

// Wrap has a program of others, not started yet, run in a sandbox.
func Wrap(cmd *exec.Cmd, k Kind, paths Paths) error {
	if cmd.Err != nil {
		return nil //nolint:nilerr // Start will tell
	}
	told, err := json.Marshal(launch{k, paths, cmd.Path})
	if err != nil {
		return fmt.Errorf("wrap %s: %w", cmd.Path, err)
	}
	cmd.Args = append([]string{launcher, string(told)}, cmd.Args...)
	cmd.Path = Binary()
	return nil
}

// The launcher is a part of whatever program or test wraps others, and does nothing else of what that does.
func init() {
	if len(os.Args) < 3 || os.Args[0] != launcher {
		return
	}
	err := become(os.Args[1], os.Args[2:])
	fmt.Fprintln(os.Stderr, "sandbox:", err)
	os.Exit(126) // as a shell says that a program can't be started
}

func become(told string, args []string) error {
	var l launch
	if err := json.Unmarshal([]byte(told), &l); err != nil {
		return err
	}
	Limit(l.Kind)
	enclose(true, append(rulesOf(l.Kind), l.Paths.rules()...)...)
	return unix.Exec(l.Program, args, os.Environ())
}

func (p Paths) rules() []landlock.Rule {
	return []landlock.Rule{landlock.RODirs(p.Read...).IgnoreIfMissing(), landlock.RWDirs(p.Write...).IgnoreIfMissing()}
}
