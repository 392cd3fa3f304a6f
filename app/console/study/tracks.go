package study

import (
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library"
)

// tracksOf are the tracks of the recording that is looked at, wherever it is looked at; zero of other pages.
func (s *Study) tracksOf(p library.PageID) library.Tracks {
	if p.Path != s.current.Page.Path {
		return library.Tracks{}
	}
	return s.current.Tracks
}

// NextTracks are the tracks of a pane with its next film, or sound, and the words for which that is; false, and said so,
// where there is no other.
func NextTracks(in i18n.Catalogue, d *dossier.Dossier, n *notice.Bar, pane library.Pane, sound bool) (next library.Tracks, words string, ok bool) {
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
	if next, words, ok := NextTracks(s.lang.In(), s.dossier, s.notices, s.current, sound); ok {
		s.SetTracks(next)
		s.notices.TellText(words, false)
		s.events.Changed(event.PageChanged)
	}
}
