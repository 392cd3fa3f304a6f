package clips

import (
	"butluc/app/console/study"
	"butluc/library"
	"butluc/presenter"
)

// NextTrack puts the recording that the court sees, where it stands, into Preview with its next film or sound; pressed
// again, with the one after that. The court sees and hears it by the key that takes. Where the court sees no recording it
// is Preview's own.
func (cl *Clips) NextTrack(sound bool) {
	st := cl.stage.State()
	shot, pane := st.Preview, cl.recordingIn(st.Preview)
	if seen := cl.recordingIn(st.Program); seen >= 0 && st.Running && !st.Black && !sameButTracks(st.Preview, st.Program) {
		shot, pane = st.Program, seen
		if c, ok := cl.Now(); ok {
			shot = shot.SeekTo(c.At)
		}
	}
	if pane < 0 {
		cl.notices.Tell("passage.no-recording", true)
		return
	}
	if next, words, ok := study.NextTracks(cl.lang.In(), cl.dossier, cl.notices, shot.Panes[pane], sound); ok {
		shot.Panes[pane].Tracks = next
		cl.control.Do(presenter.Call{Shot: shot})
		cl.notices.TellText(cl.lang.T("track.called", "track", words), false)
	}
}

// recordingIn is the pane of a shot that plays, else the first that shows a recording; -1 where none does.
func (cl *Clips) recordingIn(shot library.Shot) int {
	if i, _, ok := shot.Clip(); ok {
		return i
	}
	for i, pane := range shot.List() {
		if cl.dossier.FileAt(pane.Page.Path).Kind.Clip() {
			return i
		}
	}
	return -1
}

// sameButTracks tells whether two shots show the same recordings and pages, but not the same films and sounds of them.
func sameButTracks(a, b library.Shot) bool {
	if a.Count != b.Count {
		return false
	}
	differ := false
	for i := range a.List() {
		x, y := a.Panes[i], b.Panes[i]
		if x.Page.Path != y.Page.Path || x.Clip.From != y.Clip.From || x.Clip.To != y.Clip.To {
			return false
		}
		differ = differ || x.Tracks != y.Tracks
	}
	return differ
}
