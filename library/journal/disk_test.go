package journal

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// stuck is a file on a disk that does not answer until it is freed, or that is full.
type stuck struct {
	file
	free chan struct{}
	full atomic.Bool
}

func (s *stuck) Write(p []byte) (int, error) {
	<-s.free
	if s.full.Load() {
		_, _ = s.file.Write(p[:len(p)/2])
		return len(p) / 2, errors.New("no space left on device")
	}
	return s.file.Write(p)
}

func TestTheCallerNeverWaitsForTheDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		j, _, err := Open(dir, filepath.Join(dir, "..", "head"))
		if err != nil {
			t.Fatal(err)
		}
		disk := &stuck{file: j.file, free: make(chan struct{})}
		j.file = disk
		began := time.Now()
		for range 100 {
			j.Append(Entry{Kind: KindBlack}, nil)
		}
		if took := time.Since(began); took != 0 { // in the bubble's time, which only waiting moves
			t.Errorf("appending to a disk that hangs took %v", took)
		}
		if behind, _ := j.Behind(); behind {
			t.Error("behind at once")
		}
		time.Sleep(1500 * time.Millisecond)
		if behind, _ := j.Behind(); !behind {
			t.Error("not behind after a second and a half")
		}
		close(disk.free)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if h, err := ReadFile(j.Path(), nil); err != nil || h.Count != 100 {
			t.Errorf("%+v, %v", h, err)
		}
	})
}

func TestAFullDiskLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		j, _, err := Open(dir, filepath.Join(dir, "..", "head"))
		if err != nil {
			t.Fatal(err)
		}
		disk := &stuck{file: j.file, free: make(chan struct{})}
		disk.full.Store(true)
		close(disk.free)
		j.file = disk
		j.Append(Entry{Kind: KindBlack}, nil)
		if err := j.Flush(); err == nil {
			t.Error("a full disk is no error")
		}
		if h, err := ReadFile(j.Path(), nil); err != nil || h.Count != 0 {
			t.Errorf("half a line is left: %+v, %v", h, err)
		}
		disk.full.Store(false)
		time.Sleep(2 * retryAfter)
		if err := j.Flush(); err != nil {
			t.Error(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if h, err := ReadFile(j.Path(), nil); err != nil || h.Count != 1 {
			t.Errorf("%+v, %v", h, err)
		}
	})
}

// TestKilledAtAnyInstant: what was said to be on the disk is there, and the journal opens.
func TestKilledAtAnyInstant(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	dir := filepath.Join(t.TempDir(), "journal")
	random := rand.New(rand.NewPCG(3, 4))
	for range rounds {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(20+random.IntN(120))*time.Millisecond)
		cmd := exec.CommandContext(ctx, os.Args[0]) // killed when ctx ends
		cmd.Env = append(os.Environ(), asWriter+"="+dir)
		out, _ := cmd.Output()
		cancel()
		said := 0
		for _, line := range strings.Fields(string(out)) {
			if _, err := fmt.Sscan(line, &said); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		}
		j, setAside, err := Open(dir, filepath.Join(dir, "..", "head"))
		if err != nil || setAside != "" {
			t.Fatal(setAside, err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if h := j.Head(); h.Count < said {
			t.Fatalf("entry %d was on the disk, %d are there", said, h.Count)
		}
		kept, err := KeptHead(filepath.Join(dir, "..", "head"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(j.Path(), kept, nil); err != nil {
			t.Fatal(err)
		}
	}
}
