package journal

import (
	"path/filepath"
	"slices"
	"testing"
)

// A line that was written before a file's SHA-256 was known is completed by a later one; the chain holds, and nothing of a
// line that told its own is another.
func TestALineIsCompletedByALaterOne(t *testing.T) {
	dir := t.TempDir()
	head := filepath.Join(dir, "head")
	j, _, err := Open(dir, head)
	if err != nil {
		t.Fatal(err)
	}
	show := func(panes ...Pane) { j.Append(Entry{Kind: KindShow, Shown: &Shown{Panes: panes}}, nil) }
	j.Append(Entry{Kind: KindStart}, nil)
	show(Pane{Path: "a.pdf"}, Pane{Path: "b.pdf", SHA256: "bb"})
	j.Append(Entry{Kind: KindPlay, Played: &Played{Path: "c.mp4"}}, nil)
	show(Pane{Path: "a.pdf"}, Pane{Path: "a.pdf", Page: 2})
	show(Pane{Path: "a.pdf", SHA256: "older"})
	show(Pane{Path: "d.pdf"})
	if got := j.Lacking(); !slices.Equal(got, []string{"a.pdf", "c.mp4", "d.pdf"}) {
		t.Errorf("lacking are %q", got)
	}
	j.Complete("a.pdf", "aa")
	j.Complete("a.pdf", "again")
	j.Complete("b.pdf", "none asked")
	j.Complete("c.mp4", "cc")
	j.GiveUp("d.pdf")
	j.Complete("d.pdf", "another by now")
	if got := j.Lacking(); len(got) != 0 {
		t.Errorf("lacking are still %q", got)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	kept, err := KeptHead(head)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(j.Path(), kept, func(e Entry) { entries = append(entries, e) }); err != nil || len(entries) != 8 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if h := entries[6]; h.Kind != KindHash || h.Hashed.Path != "a.pdf" || !slices.Equal(h.Hashed.Lines, []int{2, 4}) {
		t.Errorf("the line that completes: %+v", h.Hashed)
	}
	all := Completed(entries)
	sums := func(e Entry) (sums []string) {
		for _, p := range e.Shown.Panes {
			sums = append(sums, p.SHA256)
		}
		return sums
	}
	for n, want := range map[int][]string{2: {"aa", "bb"}, 4: {"aa", "aa"}, 5: {"older"}, 6: {""}} {
		if got := sums(all[n-1]); !slices.Equal(got, want) {
			t.Errorf("line %d has %q, want %q", n, got, want)
		}
	}
	if all[2].Played.SHA256 != "cc" || entries[2].Played.SHA256 != "" || entries[1].Shown.Panes[0].SHA256 != "" {
		t.Error("what was played is not completed, or the entries that were read are others")
	}
	if Unhashed(entries) != 4 || Unhashed(all) != 1 {
		t.Errorf("%d lines lack a SHA-256, then %d", Unhashed(entries), Unhashed(all))
	}
}

// A line can't speak of what comes after it, nor of lines that are not there.
func TestALineCompletesOnlyEarlierOnes(t *testing.T) {
	shown := func() *Shown { return &Shown{Panes: []Pane{{Path: "a.pdf"}}} }
	entries := []Entry{
		{N: 1, Kind: KindHash, Hashed: &Hashed{Path: "a.pdf", SHA256: "aa", Lines: []int{-1, 0, 1, 2, 99}}},
		{N: 2, Kind: KindShow, Shown: shown()},
		{N: 3, Kind: KindHash},
	}
	if Completed(entries)[1].Shown.Panes[0].SHA256 != "" {
		t.Error("a line was completed by one before it")
	}
}

// What an earlier program left open stays so: nobody knows which file it showed.
func TestWhatWasShownBeforeOpeningIsNotCompleted(t *testing.T) {
	dir := t.TempDir()
	head := filepath.Join(dir, "head")
	for range 2 {
		j, _, err := Open(dir, head)
		if err != nil {
			t.Fatal(err)
		}
		if got := j.Lacking(); len(got) != 0 {
			t.Errorf("lacking are %q", got)
		}
		j.Append(Entry{Kind: KindShow, Shown: &Shown{Panes: []Pane{{Path: "a.pdf"}}}}, nil)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
