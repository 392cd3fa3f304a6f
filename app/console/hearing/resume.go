package hearing

import (
	"encoding/json"
	"image"
	"log/slog"

	"butluc/app/console/court"
	"butluc/app/console/dossier"
	"butluc/app/console/notice"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/library"
)

// PlaceSetting is the setting of a case that has where its trial was cut off; in which case that was, the window's settings have.
const PlaceSetting = "trial.at"

// place is where a trial is: what the court sees or saw last, and the cue last taken from the run.
type place struct {
	Cue   string
	Shot  library.Shot
	Mode  court.Mode
	Share image.Point // of the window to share
}

// placeRecord is a place as it is kept.
type placeRecord struct {
	Cue      string         `json:"cue,omitempty"`
	Panes    []library.Pane `json:"panes,omitempty"`
	Beat     uint8          `json:"beat,omitempty"`
	Unmarked bool           `json:"bare,omitempty"`
	Mode     court.Mode     `json:"mode,omitempty"`
	Share    image.Point    `json:"share,omitzero"`
}

// Resume is where a trial is, kept so that it can go on after it was cut off.
type Resume struct {
	dossier  *dossier.Dossier
	run      *Run
	stage    *stage.Stage
	court    *court.Court
	notices  *notice.Bar
	settings *settings.Settings
	windowed bool // there is a window: the next one asks for the case

	kept       *place // of the running trial
	unfinished *place // of one that was cut off; nil where none was
}

// NewResume makes what keeps where a trial is.
func NewResume(d Deps, run *Run) *Resume {
	return &Resume{
		dossier: d.Dossier, run: run, stage: d.Stage, court: d.Court, notices: d.Notices, settings: d.Settings, windowed: d.Windowed,
	}
}

// Unfinished tells whether a trial of the open case was cut off: by a crash, a power cut, or the end of the program that
// no person wished.
func (r *Resume) Unfinished() bool { return r.unfinished != nil && !r.stage.Running() }

// Find looks whether a trial of the case that was opened was cut off.
func (r *Resume) Find() {
	r.unfinished = nil
	kept := r.dossier.File().Setting(PlaceSetting)
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
	was.Shot.Beat, was.Shot.Unmarked = p.Beat, p.Unmarked
	r.unfinished = &was
	r.notices.Tell("unfinished.found", true)
}

// KeepPlace keeps where the trial is.
func (r *Resume) KeepPlace() {
	st := r.stage.State()
	p := place{Shot: st.Program, Mode: r.court.Mode(), Share: r.court.ShareSize()}
	at := st.At
	if st.Program.IsZero() {
		at = st.Next // nothing was shown yet
	}
	if at >= 0 && at < len(r.run.Cues()) {
		p.Cue = r.run.Cues()[at].ID
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
	r.dossier.File().SetSetting(PlaceSetting, string(data))
}

// forgetPlace is called when the trial ended as it should.
func (r *Resume) forgetPlace() {
	r.kept, r.unfinished = nil, nil
	r.dossier.File().SetSetting(PlaceSetting, "")
	if r.windowed {
		r.settings.SetUnfinishedCase("")
	}
}
