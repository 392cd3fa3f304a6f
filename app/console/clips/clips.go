// Package clips is recordings: the one that the court sees, the one that is played at the console with its named parts, and
// what they sound from.
package clips

import (
	"context"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/hearing"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// ContextStep is how far a key winds a clip for what was before or comes after, in milliseconds.
const ContextStep = 30_000

// volumeStep is by how much a key changes the volume, in per cent.
const volumeStep = 10

// Clips is the recording that the court sees.
type Clips struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	stage    *stage.Stage
	control  *hearing.Control
	events   *event.Bus
	notices  *notice.Bar
	renderer *render.Renderer
}

// Deps are what the parts of recordings work with.
type Deps struct {
	Lang      *i18n.Localizer
	Dossier   *dossier.Dossier
	Labels    *label.Labels
	Edits     *dossier.Edits
	Stage     *stage.Stage
	Control   *hearing.Control
	Study     *study.Study
	Pictures  *study.Pictures
	Events    *event.Bus
	Notices   *notice.Bar
	Jobs      *job.Runner
	Renderer  *render.Renderer
	NewPlayer func(report func(clip.Report)) Player // gives nil where nothing plays
}

// New makes the recording that the court sees: none yet.
func New(d Deps) *Clips {
	return &Clips{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, stage: d.Stage, control: d.Control,
		events: d.Events, notices: d.Notices, renderer: d.Renderer,
	}
}

// Clip is where Program's clip is.
type Clip struct {
	Span    library.Span
	At      int // milliseconds
	Length  int // of the recording
	Playing bool
	Film    projector.Film
}

// Now is Program's clip; false where it has none.
func (cl *Clips) Now() (Clip, bool) {
	st := cl.stage.State()
	i, span, ok := st.Program.Clip()
	if !ok || !st.Running {
		return Clip{}, false
	}
	page := st.Program.Panes[i].Page
	f := cl.dossier.FileAt(page.Path)
	c := Clip{Span: span, At: page.Index, Length: f.Duration, Playing: st.Playing, Film: cl.stage.Projector().Film()}
	if st.Playing {
		c.At = c.Film.At
	}
	return c, true
}

// Wind puts Program's clip by so many milliseconds further on. Before its passage it shows what was before; where its end
// is nearer than that, it stays where it is, and plays what comes after.
func (cl *Clips) Wind(by int) {
	c, ok := cl.Now()
	if to := min(c.At+by, c.Length); ok && !cl.stage.State().Black && to > c.Span.To {
		cl.control.Do(presenter.Wind{At: c.At, Until: to})
		return
	}
	cl.WindTo(c.At + by)
}

// WindTo puts Program's clip at a time, in milliseconds, as Wind does; false where the court sees none.
func (cl *Clips) WindTo(at int) bool {
	c, ok := cl.Now()
	if !ok || cl.stage.State().Black {
		cl.notices.Tell("notice.nothing-plays", false)
		return false
	}
	cl.control.Do(presenter.Wind{At: max(0, min(at, c.Length)), Widen: true})
	return true
}

// Replay plays Program's clip from the beginning of its passage.
func (cl *Clips) Replay() {
	c, ok := cl.Now()
	if !ok {
		cl.notices.Tell("notice.nothing-plays", false)
		return
	}
	cl.control.Do(presenter.Wind{At: c.Span.From})
	if !cl.stage.State().Playing { // it stood, or was told to stand
		cl.control.Do(presenter.Play{})
	}
}

// Louder changes the volume of Program's clip by steps of [volumeStep] per cent.
func (cl *Clips) Louder(steps int) {
	c, ok := cl.Now()
	if !ok {
		return
	}
	c.Span.Mute = false
	cl.control.Do(presenter.Volume{Percent: max(volumeStep, min(c.Span.Loudness()+steps*volumeStep, library.MaxVolume))})
	now, _ := cl.Now()
	cl.notices.TellText(cl.lang.T("clip.volume", "percent", now.Span.Loudness()), false)
}

// Mute turns the sound of Program's clip off or on.
func (cl *Clips) Mute() {
	c, ok := cl.Now()
	if !ok {
		return
	}
	mute := !c.Span.Mute
	c.Span.Mute = false
	cl.control.Do(presenter.Volume{Percent: c.Span.Loudness(), Mute: mute})
}

// PlayOrNext plays or pauses the clip that the court sees, and is Next where it sees none.
func (cl *Clips) PlayOrNext() {
	switch _, ok := cl.Now(); {
	case !cl.stage.Running():
	case ok && !cl.stage.State().Black:
		cl.control.Do(presenter.Play{})
	default:
		cl.control.Do(presenter.Next{})
	}
}

// StepFrame puts Program's clip on its next frame, or the one before, within its passage; one that plays stands.
func (cl *Clips) StepFrame(after bool) {
	st := cl.stage.State()
	i, _, ok := st.Program.Clip()
	switch {
	case !ok || st.Black:
		cl.notices.Tell("notice.nothing-plays", false)
		return
	case st.Playing: // where it stands is known once it does
		cl.control.Do(presenter.Play{})
		return
	}
	pane := st.Program.Panes[i]
	origin, ok := cl.dossier.Origin(pane)
	if !ok {
		return
	}
	file := cl.dossier.File()
	found := cl.stage.Seek()
	go func() {
		at, err := cl.renderer.Step(context.Background(), render.LaneCourt, origin.Source, pane.Page.Index, after)
		cl.events.Post(func() {
			found()
			now := cl.stage.State()
			switch {
			case cl.dossier.File() != file || now.Program != st.Program || now.Playing:
			case err != nil:
				cl.notices.TellText(cl.labels.ErrorText(err, pane.Page), true)
			default:
				cl.control.Do(presenter.Wind{At: at})
			}
		})
	}()
}
