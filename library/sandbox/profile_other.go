//go:build !linux && !windows

package sandbox

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// sandboxExec is macOS's program that starts another one by a profile.
const sandboxExec = "/usr/bin/sandbox-exec"

// shut is the profile of all kinds. A rule that stands later wins.
const shut = `(version 1) (allow default) (deny network*) (deny file-write*) (allow file-write* (subpath "/dev"))`

// Apart gives a child a process group of its own, the root as its working folder, and the profile of its kind.
func Apart(cmd *exec.Cmd, _ Kind) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Dir = "/"
	profiled(cmd, shut+" (deny process-fork)")
}

// Wrap has a program of others, not started yet, run in a sandbox: of the users' files it reads only those that it is given.
func Wrap(cmd *exec.Cmd, _ Kind, paths Paths) error {
	profile := shut + ` (deny file-read* (subpath "/Users") (subpath "/Volumes"))`
	for _, path := range append(paths.Read, paths.Write...) {
		profile += " (allow file-read* " + subpath(path) + ")"
	}
	for _, path := range paths.Write {
		profile += " (allow file-write* " + subpath(path) + ")"
	}
	profiled(cmd, profile)
	return nil
}

// subpath names a folder as the system knows it: /var is a link there.
func subpath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return "(subpath " + strconv.Quote(path) + ")"
}

func profiled(cmd *exec.Cmd, profile string) {
	if _, err := os.Stat(sandboxExec); err != nil || cmd.Err != nil {
		return
	}
	cmd.Args = append([]string{sandboxExec, "-p", profile, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = sandboxExec
}

// Look tells what the sandbox of a kind is made of.
func Look(k Kind) Report {
	r := Report{}
	if _, err := os.Stat(sandboxExec); err == nil && runtime.GOOS == "darwin" {
		r.Parts = []string{strings.TrimPrefix(sandboxExec, "/usr/bin/")}
	} else {
		r.Gaps = []Gap{OpenKernel, OpenNetwork}
	}
	if k == Draw || k == Play || len(r.Parts) == 0 {
		r.Gaps = append(r.Gaps, OpenFiles)
	}
	return r
}
