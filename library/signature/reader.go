package signature

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"butluc/library/internal/child"
	"butluc/library/sandbox"
)

// Verb is the argument that makes the program the child that reads.
const Verb = "signature-reader"

const (
	within = 2 * time.Minute // for one file: a gigabyte of a slow disk
	memory = 1 << 30
)

// ErrEnded says that the child ended without an answer: the file crashed it, or took too long.
var ErrEnded = errors.New("looking for signatures broke off")

// Reader reads the signatures of strangers' files in a child.
type Reader struct {
	Command []string // the child's; none: this program
	Roots   string   // folder of the certificates that the office trusts
}

// Read tells the signatures of a file, which is open for reading. A file without any starts no child. It fails with
// [ErrEnded] or ctx's error.
func (r Reader) Read(ctx context.Context, f *os.File) ([]Signature, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if signed, err := Signed(cancelled{ctx, f}, info.Size()); err != nil || !signed {
		return nil, errors.Join(err, ctx.Err())
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	command := r.Command
	if len(command) == 0 {
		command = []string{sandbox.Binary(), Verb}
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, command[0], append(command[1:len(command):len(command)], r.Roots)...)
	cmd.Stdin, cmd.Stdout, cmd.WaitDelay = f, &out, time.Second
	cmd.Env = []string{}
	err = child.Run(cmd, child.Limits{Memory: memory, Idle: true})
	var list []Signature
	switch {
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, ctx.Err()
	case err != nil || json.Unmarshal(out.Bytes(), &list) != nil:
		return nil, fmt.Errorf("%w: %w", ErrEnded, errors.Join(err))
	}
	return list, nil
}

// cancelled stops reading once its context ended.
type cancelled struct {
	ctx context.Context
	r   io.ReaderAt
}

func (c cancelled) ReadAt(p []byte, at int64) (int, error) {
	if c.ctx.Err() != nil {
		return 0, c.ctx.Err()
	}
	return c.r.ReadAt(p, at)
}

// Main is the body of the child: it reads the file that is its standard input, and answers as JSON. The folder of roots is read
// before it gives its rights away.
func Main(in *os.File, out io.Writer, roots string) error {
	out, err := sandbox.Output(out)
	if err != nil {
		return err
	}
	trusted, err := LoadRoots(roots)
	if err != nil {
		return err
	}
	info, err := in.Stat()
	if err != nil {
		return err
	}
	sandbox.Limit(sandbox.Draw)
	sandbox.Around(os.TempDir(), sandbox.Draw) // it needs no files: the one it reads is open
	list, err := Read(in, info.Size(), trusted)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(list)
}
