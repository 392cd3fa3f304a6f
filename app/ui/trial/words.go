package trial

import (
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
)

// names is how shots are called.
type names interface {
	ShotName(library.Shot) string
	ShotFolios(library.Shot) string
}

// programWords is what the room says of the court's picture.
type programWords struct {
	live   bool   // the court sees something
	name   string // of what it sees, or would see were it not black, and how far its marks have come
	folios string // of what it sees; "" where it sees nothing
	empty  string // instead of the picture; "" where there is one
	blank  string // on the key of black
}

// wordsOfProgram says what the court sees, what it is to see and does not yet, or why it sees nothing; unseen is why it
// sees nothing of a trial without a screen.
func wordsOfProgram(in i18n.Catalogue, called names, st presenter.State, unseen string) programWords {
	w := programWords{live: st.Running && !st.Dark, empty: in.T("trial.not-running"), blank: in.T("trial.blank")}
	name := func(key string) string { return in.T(key, "name", called.ShotName(st.Program)) }
	over := func(key string) { // what stands under the black
		if !st.Program.IsZero() {
			w.name = name(key)
		}
	}
	switch {
	case w.live:
		w.name, w.folios, w.empty = called.ShotName(st.Shown), called.ShotFolios(st.Shown), ""
	case st.Running && !st.Screen:
		w.empty = unseen
		over("trial.unseen-name")
	case st.Running:
		w.empty = in.T("trial.black")
		over("trial.black-over")
	}
	if waits := st.Running && !st.Black && !st.Playing && !st.Stands && st.Screen; waits {
		w.name = name("trial.waits")
		if st.Dark {
			w.name = name("trial.waits-black")
		}
	}
	if n := st.Shown.Beats(); w.live && n > 0 {
		w.name += " · " + in.T("trial.beat", "beat", int(st.Shown.Beat), "beats", n)
	}
	if st.Black && !st.Program.IsZero() {
		w.blank = in.T("trial.unblank")
	}
	return w
}

// coming is what belongs to Preview, besides the stage's state.
type coming struct {
	step   library.Step // of the outline that Preview shows; zero where it shows none
	fault  string       // why its frame can't be shown
	doubts []string     // why it needs a second key
	back   string       // where the key goes that goes back to the outline
}

// previewWords is what the room says of what comes next.
type previewWords struct {
	title, name, folios string
	empty               string // instead of the picture, while there is none
	told                string // what the picture does not tell, a line each
}

func wordsOfPreview(in i18n.Catalogue, called names, st presenter.State, c coming) previewWords {
	w := previewWords{title: in.T("trial.upcoming"), empty: in.T("trial.nothing-next"), folios: called.ShotFolios(st.Preview)}
	switch {
	case st.Called:
		w.title = in.T("trial.called")
	case st.NextBeat:
		w.title = in.T("trial.next-beat")
	}
	var told []string
	switch {
	case !st.Preview.IsZero():
		w.name, w.empty = called.ShotName(st.Preview), in.T("trial.preparing")
		if st.NextBeat {
			w.name += " · " + in.T("trial.beat", "beat", int(st.Preview.Beat), "beats", st.Preview.Beats())
		}
		if c.fault != "" {
			w.empty = c.fault
		}
	case c.step.ID != "":
		w.empty, told = in.T("trial.words-only"), append(told, c.step.Say)
	}
	if len(c.doubts) > 0 {
		w.title, told = "⚠ "+w.title, append(told, c.doubts...)
	}
	if st.Running && (st.Called || len(st.Trail) > 0) {
		told = append(told, c.back)
	}
	w.told = strings.Join(told, "\n")
	return w
}

// backTo is the place in the run to which one goes back: where the outline was left last.
func backTo(st presenter.State) int {
	if n := len(st.Trail); !st.Called && n > 0 {
		return st.Trail[n-1]
	}
	return st.Next
}
