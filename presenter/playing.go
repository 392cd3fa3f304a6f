package presenter

import "butluc/library"

// nearEnd is how close to its end a clip may stand and be over, in milliseconds: a frame of 25 a second.
const nearEnd = 40

// WantsMoving tells whether the court screen should show the moving picture of this shot's clip now.
// Ask it at the moment of painting.
func (s *Stage) WantsMoving(shot library.Shot) bool {
	return s.playing && s.program.SameClip(shot)
}

// Moved tells whether what the court sees of this shot's clip is a moving picture, or the one on which it came to stand,
// and no frame.
func (s *Stage) Moved(shot library.Shot) bool {
	return s.visible() && !s.dark && s.moved.SameClip(shot)
}

// visible tells whether the court is meant to see Program.
func (s *Stage) visible() bool { return s.running && s.screen && !s.black }

// settling tells whether the moving picture that the court sees was told to stop and has not said yet
// where: a still made meanwhile is of another time.
func (s *Stage) settling() bool { return !s.playing && s.follows && !s.clip.IsZero() && !s.dark }

// stands is what the court sees, or saw before the black: a clip where it came to stand, or the frame painted last.
func (s *Stage) stands() library.Shot {
	if !s.moved.IsZero() {
		return s.moved
	}
	return s.shown
}

// silence ends the playing of what isn't Program any more, or is looked at otherwise, or isn't seen.
func (s *Stage) silence() {
	s.playing = s.playing && s.follows && s.clip == s.program && s.visible()
	if s.dark {
		s.moved = library.Shot{}
	}
}

// replace makes Program another place of the same passage or recording; what was confirmed stays so.
func (s *Stage) replace(shot library.Shot) {
	if s.asked == s.program {
		s.asked = shot
	}
	s.program = shot
	if s.beating {
		s.cue()
	}
}

func (s *Stage) play() []Effect {
	pane, span, ok := s.program.Clip()
	switch {
	case s.playing:
		s.pausing = true
		return []Effect{Pause{}}
	case !ok || !s.visible() || s.dark || anywhere(s.stands()) != anywhere(s.program):
		return []Effect{Tell{NothingPlays}}
	}
	shot := s.program
	if at := shot.Panes[pane].Page.Index; at < span.From || at >= span.To-nearEnd {
		shot = shot.SeekTo(span.From)
	}
	return s.playFrom(shot)
}

func (s *Stage) playFrom(shot library.Shot) []Effect {
	effects := []Effect{PlayClip{shot}}
	if shot != s.program {
		s.replace(shot)
		effects = append(effects, Prepare{})
	}
	s.playing, s.pausing, s.follows, s.clip, s.moved = true, false, true, shot, shot
	return effects
}

func (s *Stage) wind(w Wind) []Effect {
	at := w.At
	pane, span, ok := s.program.Clip()
	if !ok || !s.running || s.black {
		return nil
	}
	span.To = max(span.To, min(w.Until, library.MaxTime))
	if w.Widen {
		at = max(0, min(at, library.MaxTime))
		span.From, span.To = min(span.From, at), max(span.To, at)
	}
	shot := s.program
	shot.Panes[pane].Clip = span
	shot = shot.SeekTo(max(span.From, min(at, span.To)))
	if s.playing && !s.pausing {
		return s.playFrom(shot)
	}
	if shot == s.program && s.moved.IsZero() {
		return nil
	}
	s.replace(shot)
	s.follows = false
	return []Effect{ShowProgram{}, Prepare{}}
}

// volume changes what is heard and not what is seen, so that the frames of Program and Shown are theirs still.
func (s *Stage) volume(percent int, mute bool) []Effect {
	_, span, ok := s.program.Clip()
	if !ok || !s.running {
		return nil
	}
	span.Volume, span.Mute = max(0, min(percent, library.MaxVolume)), mute
	was := s.program
	for _, shot := range []*library.Shot{&s.shown, &s.clip, &s.moved} {
		if shot.SameClip(was) {
			*shot = sounding(*shot, span)
		}
	}
	s.replace(sounding(was, span))
	span.Mute = false
	return []Effect{Loudness{Volume: span.Loudness(), Mute: mute}, Prepare{}}
}

// sounding is the shot as loud as a span.
func sounding(shot library.Shot, as library.Span) library.Shot {
	if pane, _, ok := shot.Clip(); ok {
		shot.Panes[pane].Clip.Volume, shot.Panes[pane].Clip.Mute = as.Volume, as.Mute
	}
	return shot
}

// stopped keeps where a clip came to stand, however it is looked at by now, unless the court was shown something
// else since.
func (s *Stage) stopped(shot library.Shot, at int) []Effect {
	if s.moved.SameClip(shot) {
		s.moved = s.moved.SeekTo(at)
	}
	if !s.clip.SameClip(shot) {
		return nil
	}
	s.playing, s.clip = false, library.Shot{}
	if !s.follows {
		return nil
	}
	s.replace(s.program.SeekTo(at))
	if !s.visible() {
		return []Effect{Prepare{}}
	}
	return []Effect{ShowProgram{}, Prepare{}}
}

// anywhere is the shot without what it plays and where it stands: what looks alike all the time.
func anywhere(shot library.Shot) library.Shot {
	if pane, _, ok := shot.Clip(); ok {
		shot.Panes[pane].Page.Index, shot.Panes[pane].Clip = 0, library.Span{}
	}
	return shot
}

// samePage tells whether two panes show the same page, or times of the same recording.
func samePage(a, b library.Pane) bool {
	return a.Page == b.Page || !a.Clip.IsZero() && !b.Clip.IsZero() && a.Page.Path == b.Page.Path
}

// samePassage tells whether a pane shows the page of a cue, or its passage, which may have been widened.
func samePassage(p, cue library.Pane) bool {
	if p.Clip.IsZero() || cue.Clip.IsZero() {
		return p.Page == cue.Page
	}
	return p.Page.Path == cue.Page.Path && p.Clip.From <= cue.Clip.From && p.Clip.To >= cue.Clip.To
}
