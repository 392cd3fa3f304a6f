package console

import (
	"context"
	"image"
	"log/slog"
	"slices"

	"butluc/app/console/attribution"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/hearing"
	"butluc/app/console/label"
	"butluc/app/console/live"
	"butluc/app/console/recorder"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/shelf"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// OpenCase is all that is known of the case that is open, in parts. It is made whole when the case is opened and dropped
// whole when it is closed, so that nothing of one case is taken for the next one's: pages of two cases have the same paths
// more often than not. While no case is open there is one without a file. It belongs to the UI goroutine.
//
// The parts are listed from the ground up: one knows those before it, and hears of those after it by what they hand in.
type OpenCase struct {
	Dossier     *dossier.Dossier         // documents, pages and the outline
	Labels      *label.Labels            // how they are called
	Edits       *dossier.Edits           // changes of the outline
	Stage       *stage.Stage             // what the court sees and what comes next
	Pictures    *Pictures                // pictures of pages, for the console
	Run         *hearing.Run             // the order in which the court is to see things
	Guard       *hearing.Guard           // questions asked before a page is shown
	Reading     *dossier.Reading         // how far files and their text are read
	Live        *live.Marks              // marks drawn while the court looks
	Recorder    *recorder.Recorder       // what the court saw → journal
	Resume      *hearing.Resume          // where a trial is, to go on after a crash
	Control     *hearing.Control         // what a person does to Preview and Program
	Hearing     *hearing.Hearing         // the trial's beginning and end
	Clips       *Clips                   // the recording that the court sees
	Study       *Study                   // the page looked at
	Marks       *Marks                   // marks on it
	Passages    *Passages                // parts of the recording looked at
	Playback    *Playback                // that recording, played at the console
	Finder      *Finder                  // search in the text
	Canvas      *Canvas                  // the picture of what is looked at
	Folios      *Folios                  // numbering, and calling by number
	Attribution *attribution.Attribution // whose statements are
	Exchange    *Exchange                // files in and out
	Readiness   *Readiness               // the check before a hearing

	events   *event.Bus
	settings *settings.Settings
}

// newCase is a case in its parts; of nil, of none.
func (s *Session) newCase(file *casefile.Case, stop context.CancelFunc) *OpenCase {
	c := &OpenCase{events: s.Events, settings: s.Settings}
	c.Dossier = dossier.New(file, stop, s.opt.Rendition, c.renew)
	c.Labels = label.New(c.Dossier, s.Localizer.In)
	c.Edits = dossier.NewEdits(c.Dossier, s.Events, s.Notices, s.Localizer)
	c.Stage = &stage.Stage{}
	c.Pictures = &Pictures{dossier: c.Dossier, events: s.Events, renderer: s.renderer, aspects: map[sheet]float64{}}
	s.newHearing(c)
	s.newStudy(c)
	c.Attribution = attribution.New(s.Localizer, c.Dossier, c.Edits, s.Jobs)
	c.Exchange = &Exchange{
		lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, edits: c.Edits, stage: c.Stage, renderer: s.renderer,
		events: s.Events, jobs: s.Jobs, notices: s.Notices, settings: s.Settings,
	}
	c.Readiness = &Readiness{
		lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, stage: c.Stage, renderer: s.renderer,
		jobs: s.Jobs, notices: s.Notices, court: s.Court, speakers: s.Speakers,
	}
	return c
}

// newHearing makes the parts that show things to the court.
func (s *Session) newHearing(c *OpenCase) {
	c.Reading = dossier.NewReading(c.Dossier, s.Events, s.Settings, c.Stage.Running, s.renderer, s.Localizer)
	c.Live = live.New(s.Localizer, c.Dossier, c.Edits, s.Notices, c.Stage)
	d := hearing.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Reading: c.Reading, Stage: c.Stage, Live: c.Live,
		Court: s.Court, Events: s.Events, Notices: s.Notices, Settings: s.Settings, Aspect: c.Pictures.Aspect,
		Begins: func() { c.Playback.Stop() }, Rest: s.Speakers.letGo, Windowed: s.opt.Court.Screen == nil,
	}
	c.Run = hearing.NewRun(d)
	c.Guard = hearing.NewGuard(d, c.Run)
	c.Recorder = recorder.New(recorder.Deps{
		Dossier: c.Dossier, Labels: c.Labels, Run: c.Run, Ground: c.Guard.GroundOf, Drawn: c.Live.Drawn, Stage: c.Stage, Court: s.Court,
		Events: s.Events, Jobs: s.Jobs, Notices: s.Notices, Settings: s.Settings, Journal: s.opt.Journal, Versions: s.opt.Versions,
	})
	c.Resume = hearing.NewResume(d, c.Run)
	c.Control = hearing.NewControl(d, c.Run, c.Guard)
	c.Hearing = hearing.New(d, c.Run, c.Guard, c.Recorder, c.Resume, c.Control)
	c.Clips = &Clips{
		lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, stage: c.Stage, control: c.Control,
		events: s.Events, notices: s.Notices, renderer: s.renderer,
	}
}

// newStudy makes the parts with which a page is looked at.
func (s *Session) newStudy(c *OpenCase) {
	c.Study = &Study{lang: s.Localizer, dossier: c.Dossier, stage: c.Stage, run: c.Run, control: c.Control, events: s.Events, notices: s.Notices}
	c.Marks = &Marks{dossier: c.Dossier, edits: c.Edits, study: c.Study, events: s.Events, notices: s.Notices, renderer: s.renderer}
	c.Passages = &Passages{lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, edits: c.Edits, study: c.Study, events: s.Events, notices: s.Notices}
	c.Playback = &Playback{
		lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, stage: c.Stage, pictures: c.Pictures, study: c.Study, passages: c.Passages,
		events: s.Events, notices: s.Notices, renderer: s.renderer, newPlayer: s.opt.NewPlayer,
	}
	c.Study.played, c.Passages.played = c.Playback, c.Playback
	c.Finder = &Finder{
		lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, edits: c.Edits, stage: c.Stage, pictures: c.Pictures, reading: c.Reading,
		control: c.Control, study: c.Study, events: s.Events, notices: s.Notices,
	}
	c.Canvas = &Canvas{
		dossier: c.Dossier, stage: c.Stage, pictures: c.Pictures, study: c.Study, finder: c.Finder,
		events: s.Events, renderer: s.renderer,
	}
	c.Folios = &Folios{
		lang: s.Localizer, dossier: c.Dossier, labels: c.Labels, edits: c.Edits, study: c.Study,
		events: s.Events, jobs: s.Jobs, notices: s.Notices, renderer: s.renderer, wish: c.wish,
	}
}

// projecting is what the projector works with.
func (s *Session) projecting() projector.Options {
	c := s.OpenCase
	options := projector.Options{
		Renderer: s.renderer, Post: s.opt.Post, Source: c.Dossier.Origin,
		Changed: c.Hearing.Moved, Tell: c.Hearing.Effect, Record: c.Recorder.Record, Moved: func() { c.events.Changed(event.ClipMoved) },
	}
	if p := s.Speakers.Player(); p != nil {
		options.Player = p
	}
	return options
}

// drop ends all that the case does, and closes it; rest lets the player hold no file of it open. What still comes back to
// its parts finds no case open.
func (c *OpenCase) drop(rest func()) {
	c.Dossier.Stop()
	c.Playback.close()
	c.Stage.Projector().Close()
	rest()
	c.Recorder.Leave()
	if err := c.Dossier.File().Close(); err != nil {
		slog.Error("close case", "err", err)
	}
	c.Dossier.Forget()
}

// renew takes the case as it is now.
func (c *OpenCase) renew() {
	d := c.Dossier
	if d.File() == nil {
		return
	}
	before := d.Latest()
	sameCase := d.Take(d.File().Snapshot())
	var commands []presenter.Command
	if !sameCase || c.Run.Cues() == nil || !d.Outline().SameShots(before.Outline) || !d.Outlined() {
		if c.Run.Renew() {
			commands = append(commands, presenter.SetRun{Run: c.Run.Cues()})
		}
	}
	if c.Guard.Read() || !sameCase || !d.Outline().SameShots(before.Outline) || !d.Outline().SameDocuments(before.Outline) ||
		d.Outline().Cover().Kind != before.Outline.Cover().Kind || !slices.Equal(d.Outline().Persons(), before.Outline.Persons()) {
		commands = append(commands, presenter.SetCautions{Pages: c.Guard.Cautions()})
	}
	c.Stage.Projector().Do(commands...)
	c.Stage.Projector().Refresh()
	c.Recorder.Complete()
	c.Finder.Refresh()
	c.Study.findWanted()
	if c.Study.Current().Page == (library.PageID{}) && len(d.Pages()) > 0 {
		c.Study.Select(d.Pages()[0])
	}
	if before.Progress.Done != d.Latest().Progress.Done && d.Latest().Progress.Done == d.Latest().Progress.Total {
		c.remember()
		c.Edits.NoticeOfOutline() // the fingerprints tell now which files were moved
	}
}

// remember puts the case into the shelf's list.
func (c *OpenCase) remember() {
	d := c.Dossier
	of := d.Latest().Case
	err := c.settings.Shelf().Remember(shelf.Entry{
		Path: of.Path, ID: of.ID, Title: of.Title, Opened: d.Opened(), Pages: len(d.Pages()), Exhibits: len(d.Latest().Exhibits),
	})
	if err != nil {
		slog.Error("remember case", "err", err)
	}
	c.events.Changed(event.ShelfChanged)
}

// wish tells the renderer what a person looks at now, most wanted first.
func (c *OpenCase) wish() {
	if c.Dossier.File() == nil {
		return
	}
	c.Playback.SeekOn()
	var ahead, looked, after []wished
	if p := c.Folios.Candidate(); p != (library.PageID{}) {
		ahead = append(ahead, wished{library.Pane{Page: p}, c.Stage.Projector().Size()})
	}
	current, box := c.Study.Current(), c.Pictures.Box()
	if box != (image.Point{}) {
		looked = append(looked, wished{current, box})
		if current.View != (library.Rect{}) {
			looked = append(looked, wished{library.Pane{Page: current.Page, Turn: current.Turn, Tracks: current.Tracks}, box})
		}
		if next := c.Dossier.Neighbour(current.Page, 1); next != (library.PageID{}) {
			after = append(after, wished{library.Pane{Page: next}, box})
		}
	}
	c.Pictures.wish(append(ahead, looked...), after)
}
