package hearing

import (
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter"
)

// hearing is a stage with four steps: 36, 37, one of words only, and 45, which is a statement. The court saw 25 when
// it was called.
type hearing struct {
	*presenter.Stage
	steps []library.StepRef
}

func shotOf(name string) library.Shot { return library.ShotOf(library.PageID{Path: name}) }

func newHearing(commands ...presenter.Command) hearing {
	h := hearing{Stage: presenter.NewStage()}
	var run []presenter.Cue
	for _, name := range []string{"36", "37", "", "45"} {
		step := library.Step{ID: library.ID("step" + name), Say: "hỏi " + name, Ground: "căn cứ " + name}
		if name != "" {
			step.Shot = shotOf(name)
		}
		h.steps = append(h.steps, library.StepRef{Step: step})
		run = append(run, presenter.Cue{ID: string(step.ID), Shot: step.Shot})
	}
	h.Apply(presenter.SetRun{Run: run})
	h.Apply(presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{
		{Path: "45"}: presenter.Statement, {Path: "kín"}: presenter.Restricted,
	}})
	h.Apply(presenter.ScreenFound{})
	h.Apply(presenter.GuardStatements{Statements: true})
	for _, c := range commands {
		h.Apply(c)
		for st := h.State(); st.Running && !st.Black && st.Shown != st.Program; st = h.State() {
			h.Apply(presenter.Painted{Shot: st.Program})
		}
	}
	return h
}

func (h hearing) speech() Speech {
	return speechOf(h.State(), func(i int) (library.StepRef, bool) {
		if i < 0 || i >= len(h.steps) {
			return library.StepRef{}, false
		}
		return h.steps[i], true
	}, plainly{})
}

// plainly asks for a shot in few words.
type plainly struct{}

func (plainly) request(shot library.Shot) string {
	if shot.IsZero() {
		return ""
	}
	return "công bố " + shot.First().Page.Path
}

func (p plainly) requestOn(ground string, shot library.Shot) string {
	return p.request(shot) + ", theo " + ground
}

// What is said is of what the court sees, or is about to see; the words of another step are grey.
func TestWhatIsSaidIsOfWhatTheCourtSeesOrIsAboutToSee(t *testing.T) {
	start, next, back, take, blank := presenter.Start{}, presenter.Next{}, presenter.Back{}, presenter.Take{}, presenter.Blank{}
	call25 := presenter.Call{Shot: shotOf("25")}
	for name, test := range map[string]struct {
		done           []presenter.Command
		words, request string
		whose          Whose
		greyed, asks   bool
	}{
		"before the trial":                  {nil, "hỏi 36", "công bố 36", WordsBefore, true, false},
		"it begins at the second step":      {[]presenter.Command{presenter.Start{At: 1}}, "hỏi 37", "công bố 37", WordsBefore, true, false},
		"a step is shown":                   {[]presenter.Command{start, next}, "hỏi 36", "công bố 36", WordsAt, false, false},
		"and the next":                      {[]presenter.Command{start, next, next}, "hỏi 37", "công bố 37", WordsAt, false, false},
		"and the one before":                {[]presenter.Command{start, next, next, back}, "hỏi 36", "công bố 36", WordsAt, false, false},
		"black over it":                     {[]presenter.Command{start, next, blank}, "hỏi 36", "công bố 36", WordsAt, false, false},
		"the trial ended":                   {[]presenter.Command{start, next, presenter.End{}}, "hỏi 37", "công bố 37", WordsBefore, true, false},
		"words only":                        {[]presenter.Command{start, next, next, next}, "hỏi ", "công bố 37", WordsAt, false, false},
		"a page is called":                  {[]presenter.Command{start, next, call25}, "hỏi 36", "công bố 25", WordsAt, false, false},
		"and taken":                         {[]presenter.Command{start, next, call25, take}, "hỏi 36", "công bố 25", WordsLeft, true, false},
		"and taken over words only":         {[]presenter.Command{start, next, next, next, call25, take}, "hỏi ", "công bố 25", WordsLeft, true, false},
		"and left again":                    {[]presenter.Command{start, next, call25, take, next}, "hỏi 37", "công bố 37", WordsAt, false, false},
		"a page is called before the first": {[]presenter.Command{start, call25}, "hỏi 36", "công bố 25", WordsBefore, true, false},
		"a jump":                            {[]presenter.Command{start, next, presenter.Jump{At: 3}}, "hỏi 45", "công bố 45", WordsBefore, true, false},
		"a jump to the very next":           {[]presenter.Command{start, next, presenter.Jump{At: 1}}, "hỏi 37", "công bố 37", WordsBefore, true, false},
		"a jump to words only":              {[]presenter.Command{start, next, presenter.Jump{At: 2}}, "hỏi ", "", WordsBefore, true, false},
		"a jump and back":                   {[]presenter.Command{start, next, presenter.Jump{At: 3}, presenter.Return{}}, "hỏi 36", "công bố 36", WordsAt, false, false},
		"a jump and taken":                  {[]presenter.Command{start, next, next, presenter.Jump{At: 0}, take}, "hỏi 36", "công bố 36", WordsAt, false, false},
		"a statement waits for its ground":  {[]presenter.Command{start, next, next, next, next}, "công bố 45, theo căn cứ 45", "", WordsBefore, false, true},
		"on its ground it is shown":         {[]presenter.Command{start, next, next, next, next, presenter.Confirm{}}, "hỏi 45", "công bố 45", WordsAt, false, false},
		"a called statement waits":          {[]presenter.Command{start, next, presenter.Call{Shot: shotOf("45")}, take}, "công bố 45, theo ", "", WordsAt, false, true},
		"a restricted page waits":           {[]presenter.Command{start, next, presenter.Call{Shot: shotOf("kín")}, take}, "hỏi 36", "công bố kín", WordsAt, false, false},
		"the frame of a call did not come":  {[]presenter.Command{start, next, call25, presenter.Failed{Shot: shotOf("25")}}, "hỏi 36", "công bố 25", WordsAt, false, false},
	} {
		said := newHearing(test.done...).speech()
		if said.Ground != "" && said.Request != "" && strings.TrimPrefix(said.Ground, "căn cứ ") != strings.TrimPrefix(said.Request, "công bố ") && said.Ref.Step.Shot != (library.Shot{}) {
			t.Errorf("%s: %q on the ground of another step, %q", name, said.Request, said.Ground)
		}
		if said.Words != test.words || said.Request != test.request || said.Whose != test.whose || said.Greyed != test.greyed || said.Asks != test.asks {
			t.Errorf("%s: %q, %q, %s, greyed %v, asks %v", name, said.Words, said.Request, said.Whose, said.Greyed, said.Asks)
		}
	}
}

// Of an outline without steps only the request is said.
func TestWithoutStepsOnlyTheRequestIsSaid(t *testing.T) {
	h := newHearing(presenter.Start{}, presenter.Next{})
	h.steps = nil
	if said := h.speech(); said.Words != "" || said.Ref.Step.ID != "" || said.Request != "công bố 36" {
		t.Errorf("%+v", said)
	}
}
