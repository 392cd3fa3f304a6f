package console

import (
	"encoding/json"
	"image"
	"log/slog"
	"os"
	"slices"

	"butluc/library"
	"butluc/presenter"
)

// The settings by which a trial that was cut off is found again: the shelf's tells in which case, the
// case's where it was.
const (
	trialCase = "trial.case"
	trialAt   = "trial.at"
)

// place is where a trial is: what the court sees or saw last, and the cue last taken from the run.
type place struct {
	Cue   string
	Shot  library.Shot
	Mode  Mode
	Share image.Point // of the window to share
}

// placeRecord is a place as it is kept.
type placeRecord struct {
	Cue   string         `json:"cue,omitempty"`
	Panes []library.Pane `json:"panes,omitempty"`
	Beat  uint8          `json:"beat,omitempty"`
	Bare  bool           `json:"bare,omitempty"`
	Mode  Mode           `json:"mode,omitempty"`
	Share image.Point    `json:"share,omitzero"`
}

// Unfinished tells whether a trial of the open case was cut off: by a crash, a power cut, or the end of the program that
// no person wished.
func (s *Session) Unfinished() bool { return s.unfinished != nil && !s.Running() }

// UnfinishedCase is the folder of the case whose trial was cut off, "" where there is none.
func (s *Session) UnfinishedCase() string {
	dir := s.opt.Shelf.Settings().More[trialCase]
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		return ""
	}
	return dir
}

// findUnfinished looks whether a trial of the case that was opened was cut off.
func (s *Session) findUnfinished() {
	s.unfinished = nil
	kept := s.file.Setting(trialAt)
	if kept == "" {
		return
	}
	var p placeRecord
	if err := json.Unmarshal([]byte(kept), &p); err != nil {
		slog.Error("read where the trial was", "err", err)
		return
	}
	was := place{Cue: p.Cue, Mode: p.Mode, Share: p.Share}
	for _, pane := range p.Panes {
		was.Shot = was.Shot.Add(pane)
	}
	was.Shot.Beat, was.Shot.Bare = p.Beat, p.Bare
	s.unfinished = &was
	s.Tell("unfinished.found", true)
}

// keepPlace keeps where the trial is.
func (s *Session) keepPlace() {
	st := s.State()
	p := place{Shot: st.Program, Mode: s.court.mode, Share: s.court.shareSize}
	at := st.At
	if st.Program.IsZero() {
		at = st.Next // nothing was shown yet
	}
	if at >= 0 && at < len(s.run) {
		p.Cue = s.run[at].ID
	}
	if s.kept != nil && p == *s.kept {
		return
	}
	s.kept = &p
	data, err := json.Marshal(placeRecord{p.Cue, p.Shot.List(), p.Shot.Beat, p.Shot.Bare, p.Mode, p.Share})
	if err != nil {
		slog.Error("keep where the trial is", "err", err)
		return
	}
	s.file.SetSetting(trialAt, string(data))
}

// forgetPlace takes that the trial ended as it should.
func (s *Session) forgetPlace() {
	s.kept, s.unfinished = nil, nil
	s.file.SetSetting(trialAt, "")
	if s.opt.Screen == nil {
		s.Remember(trialCase, "")
	}
}

// goOn begins the trial where it was cut off: black, what the court saw last in Preview.
func (s *Session) goOn() {
	p := *s.unfinished
	s.unfinished = nil
	s.court.mode, s.court.shareSize = p.Mode, p.Share
	at := max(0, s.cueAt(library.ID(p.Cue)))
	called := at < len(s.run) && s.run[at].Shot != p.Shot && !p.Shot.IsZero()
	if called && samePages(s.run[at].Shot, p.Shot) {
		at++ // the step itself, at another beat or as it was looked at and drawn on: its next is what follows
	}
	if drawn := p.Shot.Kept(); slices.ContainsFunc(s.Outline().Steps(liveScenario), func(step library.Step) bool { return step.Shot == drawn }) {
		s.live.kept = drawn // when the trial was cut off: not once more
	}
	s.begin(at, "it was cut off")
	if called {
		s.Do(presenter.Call{Shot: p.Shot})
	}
}
