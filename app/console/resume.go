package console

import (
	"encoding/json"
	"image"
	"log/slog"

	"butluc/library"
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

// Resume is where a trial is, kept so that it can go on after it was cut off.
type Resume struct {
	dossier  *Dossier
	run      *Run
	stage    *Stage
	court    *Court
	notices  *Notices
	settings *Settings
	windowed bool // there is a window: the next one asks for the case

	kept       *place // of the running trial
	unfinished *place // of one that was cut off; nil where none was
}

// Unfinished tells whether a trial of the open case was cut off: by a crash, a power cut, or the end of the program that
// no person wished.
func (r *Resume) Unfinished() bool { return r.unfinished != nil && !r.stage.Running() }

// find looks whether a trial of the case that was opened was cut off.
func (r *Resume) find() {
	r.unfinished = nil
	kept := r.dossier.file.Setting(trialAt)
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
	was.Shot.Beat, was.Shot.Unmarked = p.Beat, p.Bare
	r.unfinished = &was
	r.notices.Tell("unfinished.found", true)
}

// keepPlace keeps where the trial is.
func (r *Resume) keepPlace() {
	st := r.stage.State()
	p := place{Shot: st.Program, Mode: r.court.mode, Share: r.court.shareSize}
	at := st.At
	if st.Program.IsZero() {
		at = st.Next // nothing was shown yet
	}
	if at >= 0 && at < len(r.run.cues) {
		p.Cue = r.run.cues[at].ID
	}
	if r.kept != nil && p == *r.kept {
		return
	}
	r.kept = &p
	data, err := json.Marshal(placeRecord{p.Cue, p.Shot.List(), p.Shot.Beat, p.Shot.Unmarked, p.Mode, p.Share})
	if err != nil {
		slog.Error("keep where the trial is", "err", err)
		return
	}
	r.dossier.file.SetSetting(trialAt, string(data))
}

// forgetPlace takes that the trial ended as it should.
func (r *Resume) forgetPlace() {
	r.kept, r.unfinished = nil, nil
	r.dossier.file.SetSetting(trialAt, "")
	if r.windowed {
		r.settings.Remember(trialCase, "")
	}
}
