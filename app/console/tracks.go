package console

import (
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
)

// tracksOf are the tracks of the recording that is looked at, wherever it is looked at; zero of other pages.
func (s *Study) tracksOf(p library.PageID) library.Tracks {
	if p.Path != s.current.Page.Path {
		return library.Tracks{}
	}
	return s.current.Tracks
}

// nextTrack are the tracks of a pane with its next film, or sound, and the words for which that is; false, and said so,
// where there is no other.
func nextTrack(in i18n.Catalogue, d *dossier.Dossier, n *notice.Bar, pane library.Pane, sound bool) (next library.Tracks, words string, ok bool) {
	kind, has := "film", d.FileAt(pane.Page.Path).Tracks
	next = pane.Tracks.NextVideo(has.Video)
	number, count := next.Video, has.Video
	if sound {
		kind, next = "sound", pane.Tracks.NextAudio(has.Audio)
		number, count = next.Audio, has.Audio
	}
	if count < 2 {
		n.Tell("track.one-"+kind, true)
		return pane.Tracks, "", false
	}
	return next, in.T("track."+kind, "number", number, "count", count), true
}

// NextTrack looks at the next film, or chooses the next sound, of the recording that is looked at in Prepare.
func (s *Study) NextTrack(sound bool) {
	if _, ok := s.Recording(); !ok {
		s.notices.Tell("passage.no-recording", true)
		return
	}
	s.played.Stop()
	if next, words, ok := nextTrack(s.lang.In(), s.dossier, s.notices, s.current, sound); ok {
		s.SetTracks(next)
		s.notices.TellText(words, false)
		s.events.Changed(event.PageChanged)
	}
}

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
	if next, words, ok := nextTrack(cl.lang.In(), cl.dossier, cl.notices, shot.Panes[pane], sound); ok {
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
