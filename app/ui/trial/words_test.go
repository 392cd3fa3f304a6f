package trial

import (
	"testing"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
)

// byPath calls a shot by its page's file.
type byPath struct{}

func (byPath) ShotName(s library.Shot) string { return s.First().Page.Path }
func (byPath) ShotFolios(s library.Shot) string {
	if s.IsZero() {
		return ""
	}
	return "BL " + s.First().Page.Path
}

func page(path string) library.Shot { return library.ShotOf(library.PageID{Path: path}) }

// beaten is a page of three marks that appear one after another, at one of them.
func beaten(path string, beat uint8) library.Shot {
	s := page(path)
	var marks []library.Mark
	for i := range 3 {
		marks = append(marks, library.Mark{Kind: library.MarkBox, Beat: i, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.5, Y: 0.5}}})
	}
	s.Panes[0].Marks = library.MarksOf(marks...)
	s.Beat = beat
	return s
}

// What the prosecutor reads beside the court's picture is what the court sees, and never what it only will see.
func TestTheRoomSaysWhatTheCourtSees(t *testing.T) {
	in := i18n.In("en")
	a, b := page("a"), page("b")
	called := func(key, name string) string { return in.T(key, "name", name) }
	for _, c := range []struct {
		when string
		st   presenter.State
		want programWords
	}{
		{"before the trial", presenter.State{Dark: true, Black: true, Screen: true}, programWords{empty: in.T("trial.not-running")}},
		{"nothing was shown yet", presenter.State{Running: true, Screen: true, Dark: true, Black: true}, programWords{empty: in.T("trial.black")}},
		{"a page stands", presenter.State{Running: true, Screen: true, Program: a, Shown: a, Stands: true}, programWords{live: true, name: "a", folios: "BL a"}},
		{
			"another is being made: the court sees the old one",
			presenter.State{Running: true, Screen: true, Program: b, Shown: a},
			programWords{live: true, name: called("trial.waits", "b"), folios: "BL a"},
		},
		{
			"the first is being made: the court sees black",
			presenter.State{Running: true, Screen: true, Dark: true, Program: a},
			programWords{name: called("trial.waits-black", "a"), empty: in.T("trial.black")},
		},
		{
			"black over a page",
			presenter.State{Running: true, Screen: true, Dark: true, Black: true, Program: a, Shown: a},
			programWords{name: called("trial.black-over", "a"), empty: in.T("trial.black"), blank: in.T("trial.unblank")},
		},
		{
			"the cable is out",
			presenter.State{Running: true, Dark: true, Program: a, Shown: a},
			programWords{name: called("trial.unseen-name", "a"), empty: "no screen"},
		},
		{
			"a recording plays, whose picture is of another time",
			presenter.State{Running: true, Screen: true, Program: a, Shown: b, Playing: true},
			programWords{live: true, name: "b", folios: "BL b"},
		},
		{
			"marks appear one after another",
			presenter.State{Running: true, Screen: true, Program: beaten("a", 1), Shown: beaten("a", 1), Stands: true},
			programWords{live: true, name: "a · " + in.T("trial.beat", "beat", 1, "beats", 2), folios: "BL a"},
		},
	} {
		if c.want.blank == "" {
			c.want.blank = in.T("trial.blank")
		}
		if got := wordsOfProgram(in, byPath{}, c.st, "no screen"); got != c.want {
			t.Errorf("%s:\n%+v, want\n%+v", c.when, got, c.want)
		}
	}
}

func TestTheRoomSaysWhatComesNext(t *testing.T) {
	in := i18n.In("en")
	a := page("a")
	step := library.Step{ID: "s", Say: "Do you know this knife?"}
	for _, c := range []struct {
		when string
		st   presenter.State
		with coming
		want previewWords
	}{
		{"nothing", presenter.State{}, coming{}, previewWords{empty: in.T("trial.nothing-next")}},
		{"a step of words alone", presenter.State{}, coming{step: step}, previewWords{told: step.Say, empty: in.T("trial.words-only")}},
		{"a step", presenter.State{Preview: a}, coming{step: step}, previewWords{name: "a", folios: "BL a", empty: in.T("trial.preparing")}},
		{"one that can't be shown", presenter.State{Preview: a}, coming{fault: "broken"}, previewWords{name: "a", folios: "BL a", empty: "broken"}},
		{
			"one that needs a second key",
			presenter.State{Preview: a},
			coming{doubts: []string{"incomplete", "changed"}},
			previewWords{title: "⚠ " + in.T("trial.upcoming"), name: "a", folios: "BL a", told: "incomplete\nchanged", empty: in.T("trial.preparing")},
		},
		{
			"a page that was called, in a trial",
			presenter.State{Running: true, Called: true, Preview: a},
			coming{back: "R: B.1"},
			previewWords{title: in.T("trial.called"), name: "a", folios: "BL a", told: "R: B.1", empty: in.T("trial.preparing")},
		},
		{
			"a page that was called, without one",
			presenter.State{Called: true, Preview: a},
			coming{back: "R: B.1"},
			previewWords{title: in.T("trial.called"), name: "a", folios: "BL a", empty: in.T("trial.preparing")},
		},
		{
			"the next mark",
			presenter.State{NextBeat: true, Preview: beaten("a", 2)},
			coming{},
			previewWords{
				title: in.T("trial.next-beat"), name: "a · " + in.T("trial.beat", "beat", 2, "beats", 2), folios: "BL a", empty: in.T("trial.preparing"),
			},
		},
	} {
		if c.want.title == "" {
			c.want.title = in.T("trial.upcoming")
		}
		if got := wordsOfPreview(in, byPath{}, c.st, c.with); got != c.want {
			t.Errorf("%s:\n%+v, want\n%+v", c.when, got, c.want)
		}
	}
}

// R goes back to where a jump left the outline, and from a page that was called to what would have come.
func TestBackIsWhereTheOutlineWasLeft(t *testing.T) {
	for _, c := range []struct {
		st   presenter.State
		want int
	}{
		{presenter.State{Next: 4}, 4},
		{presenter.State{Next: 9, Trail: []int{2, 5}}, 5},
		{presenter.State{Next: 9, Trail: []int{2, 5}, Called: true}, 9},
	} {
		if got := backTo(c.st); got != c.want {
			t.Errorf("%+v: %d, want %d", c.st, got, c.want)
		}
	}
}
