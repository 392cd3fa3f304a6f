package library_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

func retitled(t *testing.T, o library.Outline, id library.ID, change func(*library.Step)) library.Outline {
	t.Helper()
	return librarytest.Apply(t, o, func(o library.Outline) library.Edit {
		s, _ := o.Step(id)
		change(&s)
		return o.Set(s)
	})
}

func titlesOf(o library.Outline) (list []string) {
	for ref := range o.Walk() {
		list = append(list, ref.Step.Title)
	}
	return list
}

// Each changed another field, added a step and moved one: all of it is there.
func TestWhatTwoChangedComesTogether(t *testing.T) {
	base := librarytest.Small(t)
	mine := retitled(t, base, "a1", func(s *library.Step) { s.Title = "của tôi" })
	mine = librarytest.Apply(t, mine, func(o library.Outline) library.Edit {
		return o.AddSteps(library.Place{Parent: "a"}, library.Step{ID: "mine", Title: "bước của tôi"})
	})
	theirs := retitled(t, base, "a1", func(s *library.Step) { s.Say = "của Tuấn" })
	theirs = librarytest.Apply(
		t, theirs, func(o library.Outline) library.Edit { return o.Move(library.Place{Parent: "b"}, "a3") },
		func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "a", Before: "a2"}, library.Step{ID: "theirs", Title: "bước của Tuấn"})
		},
		func(o library.Outline) library.Edit { return o.Delete("a2") },
	)
	got, clashes := library.Merge(base, mine, theirs)
	if len(clashes) != 0 {
		t.Errorf("clashes: %+v", clashes)
	}
	if want := []string{"của tôi", "bước của Tuấn", "bước của tôi", "b1", "a3"}; !slices.Equal(titlesOf(got), want) {
		t.Errorf("got %q, want %q", titlesOf(got), want)
	}
	if s, _ := got.Step("a1"); s.Say != "của Tuấn" {
		t.Errorf("a1's other field is %q", s.Say)
	}
}

func TestWhatBothChangedIsTold(t *testing.T) {
	base := librarytest.Small(t)
	mine := retitled(t, base, "a1", func(s *library.Step) { s.Title = "của tôi" })
	theirs := retitled(t, base, "a1", func(s *library.Step) { s.Title, s.Say = "của Tuấn", "vì sao" })
	got, clashes := library.Merge(base, mine, theirs)
	s, _ := got.Step("a1")
	if len(clashes) != 1 || !slices.Equal(clashes[0].Fields, []string{"Title"}) || s.Title != "của tôi" || s.Say != "vì sao" {
		t.Errorf("a1 is %q, %q; clashes %+v", s.Title, s.Say, clashes)
	}

	removed := librarytest.Apply(t, base, func(o library.Outline) library.Edit { return o.Delete("a1") })
	got, clashes = library.Merge(base, removed, theirs)
	if s, back := got.Step("a1"); len(clashes) != 1 || !back || s.Title != "của Tuấn" {
		t.Errorf("what they changed and I removed: there %v, clashes %+v", back, clashes)
	}
	got, clashes = library.Merge(base, mine, removed)
	if s, stays := got.Step("a1"); len(clashes) != 1 || !stays || s.Title != "của tôi" {
		t.Errorf("what I changed and they removed: there %v, clashes %+v", stays, clashes)
	}
	gone := librarytest.Apply(t, base, func(o library.Outline) library.Edit { return o.Delete("p1") })
	got, _ = library.Merge(base, gone, theirs)
	if s, back := got.Step("a1"); !back || s.Title != "của Tuấn" {
		t.Error("what stood under what I removed is gone with their change")
	}
}

// Whatever was edited: against nobody's edits the merge is the other's, and against others' it is an outline.
func TestMergesOfAnything(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(7, seed))
		edited := func(o library.Outline) library.Outline {
			for range 1 + r.IntN(12) {
				if next, err := o.Apply(librarytest.Edit(r, o)); err == nil {
					o = next
				}
			}
			return o
		}
		base := edited(librarytest.Small(t))
		mine, theirs := edited(base), edited(base)
		if got, clashes := library.Merge(base, base, theirs); len(got.Since(theirs)) > 0 || len(clashes) > 0 {
			t.Fatalf("seed %d: against no edit of mine: %+v, clashes %+v", seed, got.Since(theirs), clashes)
		}
		if got, clashes := library.Merge(base, mine, base); len(got.Since(mine)) > 0 || len(clashes) > 0 {
			t.Fatalf("seed %d: against no edit of theirs: %+v, clashes %+v", seed, got.Since(mine), clashes)
		}
		got, clashes := library.Merge(base, mine, theirs)
		lost := func(r library.Record) bool {
			return !slices.ContainsFunc(clashes, func(c library.Clash) bool {
				return c.Mine != nil && c.Mine.Key() == r.Key() || c.Theirs != nil && c.Theirs.Key() == r.Key()
			})
		}
		for _, side := range []library.Outline{mine, theirs} {
			for _, d := range got.Since(side) {
				if d.Kind == library.DifferenceRemoved && lost(d.Record) && had(base, d.Record) == had(mine, d.Record) && had(mine, d.Record) == had(theirs, d.Record) {
					t.Fatalf("seed %d: %v is lost", seed, d.Record.Key())
				}
			}
		}
		data, err := library.EncodeOutline(got)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := library.DecodeOutline(data); err != nil {
			t.Fatalf("seed %d: what came together can't be exported: %v", seed, err)
		}
	}
}

func had(o library.Outline, r library.Record) bool {
	for have := range o.Records() {
		if have.Key() == r.Key() {
			return true
		}
	}
	return false
}
