package console

import (
	"butluc/library"
	"butluc/presenter"
)

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
func (s *Session) Speech() Speech {
	return speechOf(s.State(), s.StepAt, requester{s.Outline(), s.Index()})
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
