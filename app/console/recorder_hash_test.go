package console

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/journal"
	"butluc/presenter"
)

// gated counts the pages of one file only when it is let.
type gated struct {
	intake.Inspector
	path string
	gate chan struct{}
}

func (s gated) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	if f.Path == s.path {
		select {
		case <-s.gate:
		case <-ctx.Done():
		}
	}
	return s.Inspector.Inspect(ctx, f)
}

// entries are those of the journal, as they are on the disk.
func (w *harness) entries() (list []journal.Entry) {
	w.t.Helper()
	j := w.log.Load()
	if err := j.Flush(); err != nil {
		w.t.Fatal(err)
	}
	if _, err := journal.ReadFile(j.Path(), func(e journal.Entry) { list = append(list, e) }); err != nil {
		w.t.Fatal(err)
	}
	return list
}

// A trial that begins at once after the case is opened shows files whose SHA-256 is not known yet. They are hashed before
// all others, and each line is completed by a later one.
func TestATrialThatBeginsAtOnceHasItsHashes(t *testing.T) {
	one, two := jpegOf(t, 200, 100, false), jpegOf(t, 100, 200, false)
	dir := folderOf(t, map[string][]byte{"BL 1.jpg": one, "BL 2.jpg": two, "BL 3.jpg": two})
	gate := make(chan struct{})
	w := startHarness(t, dir, func(o *casefile.Options) { o.Inspector = gated{o.Inspector, "BL 3.jpg", gate} })
	closeHarness(t, w)
	w.until("two pages", func() bool { return len(w.Dossier.Pages()) == 2 })
	w.Start(false)
	for range 2 {
		w.Control.Do(presenter.Next{})
		want := w.Stage.State().Program
		w.until("the page on the court screen", func() bool { st := w.Stage.State(); return st.Stands && st.Program == want })
	}
	sum := func(data []byte) string { s := sha256.Sum256(data); return hex.EncodeToString(s[:]) }
	want := map[string]string{"BL 1.jpg": sum(one), "BL 2.jpg": sum(two)}
	w.until("the lines to be complete", func() bool {
		shown := 0
		for _, e := range journal.Completed(w.entries()) {
			if e.Shown == nil {
				continue
			}
			for _, p := range e.Shown.Panes {
				if p.SHA256 != want[p.Path] {
					return false
				}
				shown++
			}
		}
		return shown == 2
	})
	if snapshot, _ := w.Dossier.Snapshot(); !snapshot.Reading || w.Dossier.FileAt("BL 3.jpg").SHA256 != "" {
		t.Error("the whole case was read meanwhile: this test proves nothing")
	}
	close(gate)
}
