package casefile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"butluc/library"
	"butluc/library/store/storetest"
)

// What was submitted stays as it was through edits, a restart and a hand-over.
func TestWhatWasSubmittedStays(t *testing.T) {
	dir := newCase(t, mixed)
	c := open(t, dir, Options{NoWatch: true})
	await(t, c)
	if _, err := c.Submit(); !errors.Is(err, library.ErrInvalid) {
		t.Errorf("an outline without steps was submitted: %v", err)
	}
	started(t, c)
	first, err := c.Submit()
	if err != nil {
		t.Fatal(err)
	}
	do(t, c, func(o library.Outline) library.Edit {
		s, _ := o.Step("y")
		s.Say = "Vì sao?"
		return o.Set(s)
	})
	same := func(what string, s Snapshot) {
		t.Helper()
		if s.Approval.SHA256 != first.SHA256 || !s.Approval.Outline.Same(first.Outline) || s.Approval.Number != 1 {
			t.Errorf("%s: submitted is %d %s, want %s", what, s.Approval.Number, s.Approval.SHA256, first.SHA256)
		}
		if d := s.Outline.Since(s.Approval.Outline); len(d) != 1 || d[0].Record.Key().ID != "y" {
			t.Errorf("%s: since then %v", what, d)
		}
	}
	same("after an edit", c.Snapshot())
	dest := filepath.Join(t.TempDir(), "bàn giao")
	if err := c.HandOver(t.Context(), dest, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	same("handed over", open(t, dest, Options{Paused: true, NoWatch: true}).Snapshot())
	c = open(t, dir, Options{Paused: true, NoWatch: true})
	same("after a restart", c.Snapshot())
	// The fingerprint is that of the exported copy.
	file := filepath.Join(t.TempDir(), "o.json")
	if err := ExportOutline(c.Snapshot().Approval.Outline, file); err != nil {
		t.Fatal(err)
	}
	if sum := sumOfFile(t, file); sum != first.SHA256 {
		t.Errorf("the exported copy has %s, want %s", sum, first.SHA256)
	}
	second, err := c.Submit()
	if err != nil || second.Number != 2 || second.SHA256 == first.SHA256 {
		t.Errorf("submitted again: %d %s %v", second.Number, second.SHA256, err)
	}
}

func sumOfFile(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// A submitted copy that can't be read, in the database nor as a file, is told: the one before would be taken for the last.
func TestAnUnreadableSubmittedCopyIsTold(t *testing.T) {
	dir := newCase(t, mixed)
	c := open(t, dir, Options{Paused: true, NoWatch: true})
	started(t, c)
	if _, err := c.Submit(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, library.Sidecar, "submitted", "*.json"))
	err := storetest.Forge(filepath.Join(dir, library.Sidecar, "case.db"), func(bucket, _ string, _ []byte) []byte {
		if bucket != "approvals" {
			return nil
		}
		return []byte("{}")
	})
	for _, file := range files {
		err = errors.Join(err, os.WriteFile(file, []byte("{}"), 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	c = open(t, dir, Options{Paused: true, NoWatch: true})
	s := c.Snapshot()
	if len(s.Notices) != 1 || s.Notices[0].Code != NoticeApproval || !s.Notices[0].Damage() || s.Approval.Number != 0 {
		t.Errorf("%+v, submission %d", s.Notices, s.Approval.Number)
	}
}
