package hearing

import (
	"slices"
	"strconv"

	"butluc/app/console/dossier"
	"butluc/app/console/label"
	"butluc/app/console/stage"
	"butluc/library"
	"butluc/presenter"
)

// Run is the order in which the court is to see things.
type Run struct {
	dossier *dossier.Dossier
	labels  *label.Labels
	stage   *stage.Stage

	cues   []presenter.Cue // the outline's steps, else the pages
	seen   map[string]bool // cues that the court saw in this trial
	cameTo int             // the stage's At as it was noted last
}

// NewRun makes the run of a case, empty.
func NewRun(d Deps) *Run { return &Run{dossier: d.Dossier, labels: d.Labels, stage: d.Stage} }

// Speech is what the prosecutor says now: the words of a step, and the request to show what the court
// sees or is about to see.
type Speech struct {
	Ref    library.StepRef // whose words they are; zero where there is no step
	Whose  Whose
	Words  string
	Greyed bool // the court is not at the step
	// Request asks for what waits to be shown, else for what is shown; "" while the words are that.
	Request string
	Ground  string // of Request, as the step that it is of was prepared
	Asks    bool   // Words ask to read out the statement that waits for its ground
}

// Whose tells where the step stands whose words are said. Each has a sentence under "trial." + its name.
type Whose string

// Where the step stands.
const (
	WordsAt     Whose = "at"     // the court is at it
	WordsBefore Whose = "before" // it comes
	WordsLeft   Whose = "left"   // the court was at it, and sees something else by now
)

// Speech is what is said now.
func (r *Run) Speech() Speech {
	return speechOf(r.stage.State(), r.StepAt, requester{r.dossier.Outline(), r.dossier.Index()})
}

// requester composes requests.
type requester struct {
	o library.Outline
	x *library.Index
}

func (r requester) request(shot library.Shot) string { return r.o.Request(shot, r.x) }

func (r requester) requestOn(ground string, shot library.Shot) string {
	return r.o.RequestOn(ground, shot, r.x)
}

// requests compose what is said so that a shot may be shown, of a statement on a ground.
type requests interface {
	request(shot library.Shot) string
	requestOn(ground string, shot library.Shot) string
}

// speechOf is what is said in a state of the stage.
func speechOf(st presenter.State, stepAt func(int) (library.StepRef, bool), r requests) Speech {
	waits := !st.Asked.IsZero() && st.Asked == st.Preview
	begun := st.Running && (st.AtCue || !st.Program.IsZero())
	said, ok := Speech{}, false
	if begun && (st.Called || !waits && !st.Jumped) {
		said.Ref, ok = stepAt(st.At)
		said.Whose, said.Greyed = WordsAt, !st.AtCue
		if said.Greyed {
			said.Whose = WordsLeft
		}
	}
	if !ok {
		said.Ref, ok = stepAt(st.Next)
		said.Whose, said.Greyed = WordsBefore, true
	}
	if ok {
		said.Words = said.Ref.Step.Say
	}
	asked := st.Program
	if waits || st.Called || st.Jumped || asked.IsZero() {
		asked = st.Preview
	}
	said.Request = r.request(asked)
	if !st.Called && said.Whose != WordsLeft { // of a page that was called nobody prepared a ground
		said.Ground = said.Ref.Step.Ground
	}
	if waits && st.Why == presenter.Statement {
		said.Words, said.Request, said.Greyed, said.Asks = r.requestOn(said.Ground, asked), "", false, true
		said.Ground = ""
	}
	return said
}

// Cues are the run's places. The slice is not to be written to.
func (r *Run) Cues() []presenter.Cue { return r.cues }

// ShotAt is what is to be shown at a place of the run, zero past its ends.
func (r *Run) ShotAt(i int) library.Shot {
	if i < 0 || i >= len(r.cues) {
		return library.Shot{}
	}
	return r.cues[i].Shot
}

// Renew takes the order as it is now, and tells whether it is another.
func (r *Run) Renew() (changed bool) {
	cues := r.newCues()
	if slices.Equal(cues, r.cues) {
		return false
	}
	r.cues = cues
	return true
}

// cueOf is a page's place in the run, which without an outline is the order of the file.
func cueOf(p library.PageID) presenter.Cue {
	return presenter.Cue{ID: p.Path + "#" + strconv.Itoa(p.Index+1), Shot: library.ShotOf(p)}
}

// newCues is the order in which the court is to see things.
func (r *Run) newCues() []presenter.Cue {
	if !r.dossier.Outlined() {
		run := make([]presenter.Cue, len(r.dossier.Pages()))
		for i, p := range r.dossier.Pages() {
			run[i] = cueOf(p)
		}
		return run
	}
	var run []presenter.Cue
	type place struct {
		state library.PageState
		path  string
	}
	places := map[string]place{} // a file is looked for once
	o, x := r.dossier.Outline(), r.dossier.Index()
	for ref := range o.Walk() {
		shot := ref.Step.Shot
		for i := range int(shot.Count) {
			pane := shot.Panes[i]
			at, known := places[pane.Page.Path]
			if !known {
				at.state, at.path = o.LocateFile(pane.Page.Path, x)
				places[pane.Page.Path] = at
			}
			if at.state == library.PageMoved {
				pane.Page.Path = at.path
				shot = shot.With(i, pane)
			}
		}
		run = append(run, presenter.Cue{ID: string(ref.Step.ID), Shot: shot})
	}
	return run
}

// CueAt is a step's place in the run, -1 where it has none.
func (r *Run) CueAt(id library.ID) int {
	return slices.IndexFunc(r.cues, func(c presenter.Cue) bool { return c.ID == string(id) })
}

// StepAt is the step at a place of the run; ok is false without an outline, and past the run's ends.
func (r *Run) StepAt(i int) (ref library.StepRef, ok bool) {
	if i < 0 || i >= len(r.cues) || !r.dossier.Outlined() {
		return library.StepRef{}, false
	}
	return r.dossier.Outline().Ref(library.ID(r.cues[i].ID))
}

// sees tells whether the court sees the cue last taken from the run: its frame was painted on the court screen. One of
// words only is past once it was come to.
func (r *Run) sees(st presenter.State) bool {
	if st.At < 0 || st.At >= len(r.cues) {
		return false
	}
	shot := r.cues[st.At].Shot
	if shot.IsZero() {
		return st.At != r.cameTo
	}
	return st.Stands && shot.SamePages(st.Program)
}

// begin is called when a trial begins at a place of the run.
func (r *Run) begin(at int) { r.cameTo = at - 1 }

// note remembers the steps that the court saw in this trial.
func (r *Run) note(st presenter.State) {
	if !st.Running {
		r.seen = nil
		return
	}
	if r.sees(st) {
		if r.seen == nil {
			r.seen = map[string]bool{}
		}
		r.seen[r.cues[st.At].ID] = true
	}
	r.cameTo = st.At
}

// WasShown tells whether the court saw a step in this trial.
func (r *Run) WasShown(id library.ID) bool { return r.seen[string(id)] }
