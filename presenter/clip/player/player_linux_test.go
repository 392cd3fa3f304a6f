package player

import (
	"fmt"
	"image"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/clip/shared"
)

func TestMain(m *testing.M) { os.Exit(cliptest.Run(m)) }

// memory is that of a child of this very process.
func memory(t *testing.T, pixels int) *shared.Memory {
	t.Helper()
	var child exec.Cmd
	whole, _, err := shared.New(&child, pixels)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { whole.Close() })
	own, err := syscall.Dup(int(child.ExtraFiles[0].Fd()))
	if err != nil {
		t.Fatal(err)
	}
	m, err := shared.Open(fmt.Sprintf("fd:%d:%d", own, pixels))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

// However soon after it a play is silenced, it does not go on.
func TestAPlayIsSilencedWhileItBegins(t *testing.T) {
	cliptest.Need(t)
	file := cliptest.H264(t)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	size := image.Pt(320, 180)
	p := &player{out: io.Discard, memory: memory(t, size.X*size.Y), sound: "null", root: filepath.Dir(file)} // no fence around tests
	defer p.close()
	c := protocol.Command{To: 4000, Volume: 100, Speed: 100, Clip: protocol.Clip{
		Root: filepath.Dir(file), Path: filepath.Base(file), Kind: library.KindVideo, Bytes: info.Size(), ModTime: info.ModTime().UnixNano(), Size: size,
	}}
	do := func(op protocol.Op) {
		t.Helper()
		c.Op = op
		if err := p.do(c); err != nil {
			t.Fatal(err)
		}
	}
	const rounds = 100
	var longest time.Duration
	sounding := 0
	for i := range rounds {
		c.Serial++
		do(protocol.OpLoad) // ready, as it is before a key
		wait := time.Duration(rand.Int64N(int64(longest) + 1))
		silent := make(chan struct{})
		time.AfterFunc(wait, func() {
			p.hush(c.Serial)
			close(silent)
		})
		began := time.Now()
		do(protocol.OpPlay)
		if i < rounds/10 {
			longest = max(longest, time.Since(began))
		}
		<-silent
		if p.going && !p.file.Paused() {
			sounding++
		}
		if p.going {
			do(protocol.OpPause)
		}
	}
	if sounding > 0 {
		t.Errorf("%d of %d plays went on after they were told to be silent; beginning one takes up to %v", sounding, rounds, longest)
	}
}
