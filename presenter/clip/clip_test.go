package clip

import (
	"errors"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/player"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/render"
)

// The test binary is the child, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "clip-player" {
		if err := player.Main(os.Stdin, os.Stdout, os.Args[2], "null"); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == "hangs" { // hears commands and does nothing about them
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// patience is how long a test waits for what has to come.
const patience = 15 * time.Second

type house struct {
	t       *testing.T
	player  *Player
	reports chan Report
	clip    Clip
}

func play(t *testing.T, file string, command ...string) *house {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, reports: make(chan Report, 1000), clip: Clip{
		Source: render.Source{Root: filepath.Dir(file), Path: filepath.Base(file), Kind: library.KindVideo, Size: info.Size(), ModTime: info.ModTime().UnixNano()},
		Size: image.Pt(320, 180), To: 1000, Volume: 100, Speed: 100,
	}}
	h.player = New(Options{Command: command, Report: func(r Report) { h.reports <- r }})
	t.Cleanup(h.player.Close)
	return h
}

// until waits for a report of a kind, and gives it.
func (h *house) until(told protocol.Told) Report {
	h.t.Helper()
	for deadline := time.After(patience); ; {
		select {
		case r := <-h.reports:
			if r.Told == told {
				return r
			}
			if r.Told == protocol.Failed || r.Told == protocol.Stopped {
				h.t.Fatalf("waited for %q; it told %+v", told, r)
			}
		case <-deadline:
			h.t.Fatalf("no %q came", told)
		}
	}
}
