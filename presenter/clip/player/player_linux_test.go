package player

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
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

// playerOf is a player in this very process, without a fence, and a command for a file; do gives it.
func playerOf(t *testing.T, file string) (p *player, c *protocol.Command, do func(protocol.Op)) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	size := image.Pt(320, 180)
	p = &player{out: io.Discard, memory: memory(t, size.X*size.Y), sound: "null", root: filepath.Dir(file)}
	t.Cleanup(p.close)
	c = &protocol.Command{To: 4000, Volume: 100, Speed: 100, Clip: protocol.Clip{
		Root: filepath.Dir(file), Path: filepath.Base(file), Kind: library.KindVideo, Bytes: info.Size(), ModTime: info.ModTime().UnixNano(), Size: size,
	}}
	return p, c, func(op protocol.Op) {
		t.Helper()
		c.Op = op
		if err := p.do(*c); err != nil {
			t.Fatal(err)
		}
	}
}

// What can't be drawn ends its play, and not the player.
func TestAPlayThatCantBeDrawnFails(t *testing.T) {
	cliptest.Need(t)
	for _, file := range []string{cliptest.H264(t), cliptest.Sound(t, "sound.wav")} {
		p, c, do := playerOf(t, file)
		var told bytes.Buffer
		p.out = &told
		c.Serial = 1
		do(protocol.OpPlay)
		p.clip.Size = image.Point{}
		eventually.So(t, file+" to be ended", func() bool {
			if err := p.poll(); err != nil {
				t.Fatal(err)
			}
			return !p.going
		})
		if !strings.Contains(told.String(), string(protocol.Failed)) {
			t.Errorf("%s: it told %s", file, told.String())
		}
	}
}

// However soon after it a play is silenced, it does not go on.
func TestAPlayIsSilencedWhileItBegins(t *testing.T) {
	cliptest.Need(t)
	p, c, do := playerOf(t, cliptest.H264(t))
	const rounds = 100
	var longest time.Duration
	sounding := 0
	for i := range rounds {
		c.Serial++
		do(protocol.OpLoad) // ready, as it is before a key
		wait := time.Duration(rand.Int64N(int64(longest) + 1))
		silent := make(chan struct{})
		time.AfterFunc(wait, func() {
			p.silence(c.Serial)
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

// A pipe that stands where the recording was keeps nobody waiting for its other end, nor does one that took its place
// between two looks.
func TestAPipeIsNotOpened(t *testing.T) {
	cliptest.Need(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "a.mp4")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p, c, do := playerOf(t, file)
	if err := errors.Join(os.Remove(file), syscall.Mkfifo(file, 0o600)); err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	p.out = &told
	answered := make(chan struct{})
	go func() {
		do(protocol.OpLoad)
		if _, err := mpv.Open(file, openWithin, nil); !errors.Is(err, mpv.ErrFormat) {
			t.Errorf("by its name: %v", err)
		}
		close(answered)
	}()
	eventually.Receive(t, "an answer", answered)
	if !strings.Contains(told.String(), string(library.FaultUnreadable)) {
		t.Errorf("it told %s of %+v", told.String(), c.Clip)
	}
}
