package casefile

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/librarytest"
	"butluc/library/store"
)

// The test binary is also the one that is killed while it edits, and the child that checks.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 {
		switch os.Args[1] {
		case "edit-case":
			editUntilKilled(os.Args[2])
		case "check-case":
			os.Exit(store.CheckMain(os.Args[2]))
		}
	}
	os.Exit(m.Run())
}

func do(t testing.TB, c *Case, edit func(library.Outline) library.Edit) {
	t.Helper()
	if err := c.Edit(edit(c.Snapshot().Outline)); err != nil {
		t.Fatal(err)
	}
}

// started gives a case one phase, one scenario and two steps.
func started(t testing.TB, c *Case) {
	t.Helper()
	do(t, c, func(o library.Outline) library.Edit { return o.AddPhase(library.Phase{ID: "p"}, library.Place{}) })
	do(t, c, func(o library.Outline) library.Edit {
		return o.AddScenario(library.Scenario{ID: "s"}, library.Place{Parent: "p"})
	})
	do(t, c, func(o library.Outline) library.Edit {
		return o.AddSteps(library.Place{Parent: "s"},
			library.Step{ID: "x", Shot: library.ShotOf(library.PageID{Path: "ảnh.jpg"})}, library.Step{ID: "y"})
	})
}

func TestUndoSurvivesARestart(t *testing.T) {
	dir := newCase(t, mixed)
	c := open(t, dir, Options{Paused: true, NoWatch: true})
	started(t, c)
	for _, text := range []string{"v", "vì", "vì sao?"} {
		do(t, c, func(o library.Outline) library.Edit {
			s, _ := o.Step("y")
			s.Say = text
			return o.Set(s)
		})
	}
	do(t, c, func(o library.Outline) library.Edit { return o.Delete("x") })
	if label, ok := c.Undo(); !ok || label != "delete" {
		t.Fatalf("undo: %q, %v", label, ok)
	}
	want := c.Snapshot()
	if want.Undo != "type" || want.Redo != "delete" {
		t.Errorf("labels %q and %q", want.Undo, want.Redo)
	}
	if err := c.Edit(want.Outline.Move(library.Place{Parent: "none"}, "x")); !errors.Is(err, library.ErrParent) {
		t.Errorf("a move to nowhere: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	c = open(t, dir, Options{Paused: true, NoWatch: true})
	got := c.Snapshot()
	if !got.Outline.Same(want.Outline) || got.Undo != want.Undo || got.Redo != want.Redo || got.OutlineErr != nil {
		t.Fatalf("after a restart: same %v, labels %q and %q, %v", got.Outline.Same(want.Outline), got.Undo, got.Redo, got.OutlineErr)
	}
	if _, ok := c.Redo(); !ok {
		t.Fatal("nothing to redo")
	}
	if _, ok := c.Snapshot().Outline.Step("x"); ok {
		t.Error("redone, x is still there")
	}
	var labels []string
	for {
		label, ok := c.Undo()
		if !ok {
			break
		}
		labels = append(labels, label)
	}
	if !slices.Equal(labels, []string{"delete", "type", "add", "add", "add"}) || !c.Snapshot().Outline.IsEmpty() {
		t.Errorf("undone: %v; typing is one step", labels)
	}
}

// Fingerprints are noted when they become known, and are no step of undo.
func TestFingerprintsAreNoted(t *testing.T) {
	dir := newCase(t, mixed)
	c := open(t, dir, Options{Paused: true, NoWatch: true})
	started(t, c)
	if _, ok := c.Snapshot().Outline.Source("ảnh.jpg"); ok {
		t.Error("a fingerprint is noted before the file was read")
	}
	c.ResumeReading()
	s := await(t, c)
	source, ok := s.Outline.Source("ảnh.jpg")
	e, _ := s.Exhibit("ảnh.jpg")
	if !ok || source.SHA256 != e.File.SHA256 || source.SHA256 == "" {
		t.Errorf("noted %+v, want %s", source, e.File.SHA256)
	}
	do(t, c, func(o library.Outline) library.Edit {
		return o.AddSteps(library.Place{Parent: "s"}, library.Step{Shot: library.ShotOf(library.PageID{Path: "Tập 10/BL 30 cut.pdf"})})
	})
	if _, ok := c.Snapshot().Outline.Source("Tập 10/BL 30 cut.pdf"); !ok {
		t.Error("the fingerprint of a file that was read is not noted with the step")
	}
	for range 4 {
		if _, ok := c.Undo(); !ok {
			t.Fatal("nothing to undo")
		}
	}
	if _, ok := c.Undo(); ok {
		t.Error("noting was a step of undo")
	}
	for range 4 {
		if _, ok := c.Redo(); !ok {
			t.Fatal("can't redo")
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = open(t, dir, Options{Paused: true, NoWatch: true})
	if _, ok := c.Snapshot().Outline.Source("ảnh.jpg"); !ok {
		t.Error("the fingerprint was not kept")
	}
}

func sumOf(o library.Outline) string {
	b, err := library.EncodeOutline(o)
	if err != nil {
		return err.Error()
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func editUntilKilled(dir string) {
	c, err := Open(context.Background(), dir, Options{DataDir: dir + ".data", Paused: true, NoWatch: true})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	r := rand.New(rand.NewPCG(rand.Uint64(), 1))
	for n := 0; n < library.MaxUndo-10; {
		o := c.Snapshot().Outline
		e := librarytest.Edit(r, o)
		next, err := o.Apply(e)
		if err != nil || next == o {
			continue
		}
		n++
		fmt.Println("state", sumOf(next))
		if err := c.Edit(e); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("done", time.Now().UnixMicro())
		time.Sleep(2 * time.Millisecond)
	}
	time.Sleep(time.Minute)
}

// Promise 7: killed at any instant, the case opens, at most the last second is missing, and undo
// walks back through exactly what was. BUTLUC_KILLS sets the number of rounds.
func TestKilledWhileEditing(t *testing.T) {
	rounds := 16
	if testing.Short() {
		rounds = 4
	}
	if n, err := strconv.Atoi(os.Getenv("BUTLUC_KILLS")); err == nil {
		rounds = n
	}
	base := t.TempDir()
	found := make([]int, rounds)
	t.Run("rounds", func(t *testing.T) {
		for round := range rounds {
			t.Run(strconv.Itoa(round), func(t *testing.T) {
				t.Parallel()
				found[round] = killOnce(t, filepath.Join(base, strconv.Itoa(round)))
			})
		}
	})
	t.Logf("edits found after each kill: %v", found)
}

func killOnce(t *testing.T, dir string) int {
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "edit-case", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killed := make(chan time.Time, 1)
	time.AfterFunc(time.Duration(rand.IntN(1600))*time.Millisecond, func() {
		killed <- time.Now()
		_ = cmd.Process.Kill()
	})
	states := []string{sumOf(library.Outline{})}
	var done []int64
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, value, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "state":
			states = append(states, value)
		case "done":
			at, _ := strconv.ParseInt(value, 10, 64)
			done = append(done, at)
		default:
			t.Fatal(lines.Text())
		}
	}
	_ = cmd.Wait()
	safe := 0 // edits that were done more than a second before
	for deadline := (<-killed).Add(-time.Second).UnixMicro(); safe < len(done) && done[safe] < deadline; {
		safe++
	}

	c := open(t, dir, Options{DataDir: dir + ".data", CheckCommand: []string{os.Args[0], "check-case"}, Paused: true, NoWatch: true})
	s := c.Snapshot()
	at := lastIndex(states, sumOf(s.Outline), len(states))
	if at < safe || len(s.Notices) > 0 || s.OutlineErr != nil {
		t.Fatalf("found state %d of %d, %d were safe; %+v, %v", at, len(states)-1, safe, s.Notices, s.OutlineErr)
	}
	for before := at; ; {
		if _, ok := c.Undo(); !ok {
			if before != 0 {
				t.Errorf("undo ends at state %d", before)
			}
			break
		}
		next := lastIndex(states, sumOf(c.Snapshot().Outline), before)
		if next < 0 {
			t.Fatalf("undo from state %d leads to none that was", before)
		}
		before = next
	}
	for {
		if _, ok := c.Redo(); !ok {
			break
		}
	}
	if !c.Snapshot().Outline.Same(s.Outline) {
		t.Error("redo does not lead back")
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Check(filepath.Join(dir, library.Sidecar, "case.db")); err != nil {
		t.Error(err)
	}
	return at
}

// lastIndex is where value is last among the states before the one at end.
func lastIndex(states []string, value string, end int) int {
	for i := end - 1; i >= 0; i-- {
		if states[i] == value {
			return i
		}
	}
	return -1
}
