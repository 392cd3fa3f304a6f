// Package child runs programs of others as children of ours: they end with us, with their own children, and
// when they are told to; and they take no more than they may.
package child

import "os/exec"

// Limits are what a child may take. The zero value limits nothing.
type Limits struct {
	Memory int64 // bytes of its own; 0: any. Held on Linux and Windows
	Idle   bool  // it runs when nothing else wants to
}

// Run starts the program and waits for its end, as [exec.Cmd.Run] does. When cmd's context ends, it is killed
// with its children, and so are those that it leaves behind, and all of them where the system can when this
// process ends, however it ends.
func Run(cmd *exec.Cmd, l Limits) error {
	f := newFence(cmd)
	defer f.close()
	if err := cmd.Start(); err != nil {
		return err
	}
	f.hold(l)
	return cmd.Wait()
}
