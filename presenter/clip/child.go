package clip

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"butluc/library/sandbox"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/clip/shared"
)

// child is one process.
type child struct {
	cmd    *exec.Cmd
	in     *os.File
	pixels int
	root   string // the folder around which its fence is, "" for none yet
	errors bytes.Buffer
	serial uint32 // of the play that it was told last; guarded by Player.mu
}

// passed are the parts of the environment by which the child finds the sound system.
var passed = []string{
	"HOME", "XDG_RUNTIME_DIR", "PULSE_SERVER", "PULSE_COOKIE", "PULSE_RUNTIME_PATH", "PIPEWIRE_RUNTIME_DIR", "PIPEWIRE_REMOTE",
	"TEMP", "TMP", "LOCALAPPDATA", "APPDATA", "USERPROFILE",
}

// soundless is, where the user has no folder of PulseAudio's, what keeps its clients from making one: they would try for
// ever, as the fence tells them that each is there already (see pa_get_runtime_dir of PulseAudio's core-util.c).
func soundless() []string {
	for _, name := range []string{"XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"} {
		if os.Getenv(name) != "" {
			return nil
		}
	}
	for _, dir := range []string{".config/pulse", ".pulse"} {
		links, _ := filepath.Glob(filepath.Join(os.Getenv("HOME"), dir, "*-runtime"))
		for _, link := range links {
			if info, err := os.Stat(link); err == nil && info.IsDir() {
				return nil
			}
		}
	}
	return []string{"PULSE_RUNTIME_PATH=/nonexistent"}
}

// start starts a child.
func (p *Player) start(pixels int, root string) (*child, error) {
	inRead, inWrite, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start player: %w", err)
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		closeAll(inRead, inWrite)
		return nil, fmt.Errorf("start player: %w", err)
	}
	c := &child{cmd: exec.Command(p.opt.Command[0], p.opt.Command[1:]...), in: inWrite, pixels: pixels, root: root}
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = inRead, outWrite, &limited{buffer: &c.errors}
	c.cmd.WaitDelay = time.Second
	c.cmd.Env = soundless()
	for _, name := range passed {
		if v, ok := os.LookupEnv(name); ok {
			c.cmd.Env = append(c.cmd.Env, name+"="+v)
		}
	}
	sandbox.Apart(c.cmd, sandbox.Play)
	memory, supervisor, err := p.launch(c)
	closeAll(inRead, outWrite)
	if err != nil {
		closeAll(inWrite, outRead)
		return nil, fmt.Errorf("start player: %w", err)
	}
	p.show.Lock()
	if p.memory != nil {
		p.memory.Close()
	}
	p.memory = memory
	p.show.Unlock()
	p.mu.Lock()
	p.child = c
	if p.closed {
		_ = c.cmd.Process.Kill()
	}
	p.mu.Unlock()
	p.done.Go(func() { p.read(c, outRead) })
	p.done.Go(supervisor.Serve)
	return c, nil
}

// launch starts c with what it shares with the program.
func (p *Player) launch(c *child) (*shared.Memory, *sandbox.Supervisor, error) {
	memory, arg, err := shared.New(c.cmd, c.pixels)
	if err != nil {
		return nil, nil, err
	}
	c.cmd.Args = append(c.cmd.Args, arg)
	if p.opt.Sound != "" {
		c.cmd.Args = append(c.cmd.Args, p.opt.Sound)
	}
	supervisor, err := sandbox.Supervise(c.cmd)
	if err == nil {
		if err = c.cmd.Start(); err == nil {
			return memory, supervisor, nil
		}
		supervisor.Close()
	}
	memory.Close()
	return nil, nil, err
}

func closeAll(files ...*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

// limited keeps the beginning of what a child complains of.
type limited struct{ buffer *bytes.Buffer }

func (l *limited) Write(b []byte) (int, error) {
	const most = 4 << 10
	l.buffer.Write(b[:min(len(b), max(0, most-l.buffer.Len()))])
	return len(b), nil
}

// read takes in what a child tells, until it ends.
func (p *Player) read(c *child, out *os.File) {
	lines := protocol.NewReader[protocol.Event](out)
	for {
		e, err := lines.Next()
		if err != nil {
			_ = c.cmd.Process.Kill()
			closeAll(out, c.in)
			p.ended(c, c.cmd.Wait(), err)
			return
		}
		if slices.Contains([]protocol.Told{protocol.Ready, protocol.Frame, protocol.Silent, protocol.Stopped, protocol.Failed, protocol.Toned}, e.Told) {
			p.heard(c, e)
		}
	}
}
