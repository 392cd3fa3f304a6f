package console

import (
	"context"
	"image"
	"log/slog"
	"slices"
	"time"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/shelf"
	"butluc/presenter"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// OpenCase is all that is known of the case that is open, in parts. It is made whole when the case is opened and dropped
// whole when it is closed, so that nothing of one case is taken for the next one's: pages of two cases have the same paths
// more often than not. While no case is open there is one without a file. It belongs to the UI goroutine.
//
// The parts are listed from the ground up: one knows those before it, and hears of those after it by what they hand in.
type OpenCase struct {
	Dossier   *Dossier      // documents, pages and the outline
	Labels    *label.Labels // how they are called
	Edits     *Edits        // changes of the outline
	Stage     *Stage        // what the court sees and what comes next
	Pictures  *Pictures     // pictures of pages, for the console
	Run       *Run          // the order in which the court is to see things
	Guard     *Guard        // questions asked before a page is shown
	Reading   *Reading      // how far files and their text are read
	Live      *Live         // marks drawn while the court looks
	Recorder  *Recorder     // what the court saw → journal
	Resume    *Resume       // where a trial is, to go on after a crash
	Control   *Control      // what a person does to Preview and Program
	Hearing   *Hearing      // the trial's beginning and end
	Clips     *Clips        // the recording that the court sees
	Study     *Study        // the page looked at
	Marks     *Marks        // marks on it
	Passages  *Passages     // parts of the recording looked at
	Playback  *Playback     // that recording, played at the console
	Finder    *Finder       // search in the text
	Canvas    *Canvas       // the picture of what is looked at
	Folios    *Folios       // numbering, and calling by number
	Exchange  *Exchange     // files in and out
	Readiness *Readiness    // the check before a hearing

	events   *Events
	settings *Settings
}

// newCase is a case in its parts; of nil, of none.
func (s *Session) newCase(file *casefile.Case, stop context.CancelFunc) *OpenCase {
	c := &OpenCase{events: s.Events, settings: s.Settings}
	c.Dossier = &Dossier{
		file: file, stop: stop, since: time.Now(), rendition: s.opt.Rendition, renew: c.renew,
		renditions: map[string]render.Source{}, named: map[string]render.Source{}, sources: map[render.Source]bool{},
	}
	c.Labels = label.New(c.Dossier, i18n.Now)
	c.Edits = &Edits{dossier: c.Dossier, events: s.Events, notices: s.Notices}
	c.Stage = &Stage{}
	c.Pictures = &Pictures{dossier: c.Dossier, events: s.Events, renderer: s.renderer, aspects: map[sheet]float64{}}
	s.newHearing(c)
	s.newStudy(c)
	c.Exchange = &Exchange{
		dossier: c.Dossier, labels: c.Labels, edits: c.Edits, stage: c.Stage, renderer: s.renderer,
		jobs: s.Jobs, notices: s.Notices, settings: s.Settings,
	}
	c.Readiness = &Readiness{
		dossier: c.Dossier, labels: c.Labels, stage: c.Stage, renderer: s.renderer,
		jobs: s.Jobs, notices: s.Notices, court: s.Court, speakers: s.Speakers,
	}
	return c
}

// newHearing makes the parts that show things to the court.
func (s *Session) newHearing(c *OpenCase) {
	c.Run = &Run{dossier: c.Dossier, labels: c.Labels, stage: c.Stage}
	c.Guard = &Guard{dossier: c.Dossier, labels: c.Labels, events: s.Events, run: c.Run, stage: c.Stage}
	c.Reading = &Reading{dossier: c.Dossier, events: s.Events, settings: s.Settings, stage: c.Stage, renderer: s.renderer}
	c.Live = &Live{dossier: c.Dossier, edits: c.Edits, notices: s.Notices, stage: c.Stage}
	c.Recorder = &Recorder{
		dossier: c.Dossier, labels: c.Labels, run: c.Run, guard: c.Guard, stage: c.Stage, live: c.Live,
		events: s.Events, jobs: s.Jobs, notices: s.Notices, settings: s.Settings, court: s.Court, opt: &s.opt,
	}
	c.Resume = &Resume{
		dossier: c.Dossier, run: c.Run, stage: c.Stage, court: s.Court, notices: s.Notices, settings: s.Settings,
		windowed: s.opt.Screen == nil,
	}
	c.Control = &Control{
		dossier: c.Dossier, stage: c.Stage, run: c.Run, guard: c.Guard, pictures: c.Pictures, court: s.Court, events: s.Events, notices: s.Notices,
	}
	c.Hearing = &Hearing{
		dossier: c.Dossier, labels: c.Labels, edits: c.Edits, stage: c.Stage, run: c.Run, guard: c.Guard, reading: c.Reading,
		live: c.Live, recorder: c.Recorder, resume: c.Resume, control: c.Control,
		events: s.Events, notices: s.Notices, settings: s.Settings, court: s.Court, speakers: s.Speakers,
		begins: func() { c.Playback.Stop() }, windowed: s.opt.Screen == nil,
	}
	c.Clips = &Clips{
		dossier: c.Dossier, labels: c.Labels, stage: c.Stage, control: c.Control,
		events: s.Events, notices: s.Notices, renderer: s.renderer,
	}
}

// newStudy makes the parts with which a page is looked at.
func (s *Session) newStudy(c *OpenCase) {
	c.Study = &Study{dossier: c.Dossier, stage: c.Stage, run: c.Run, control: c.Control, events: s.Events, notices: s.Notices}
	c.Marks = &Marks{dossier: c.Dossier, edits: c.Edits, study: c.Study, events: s.Events, notices: s.Notices, renderer: s.renderer}
	c.Passages = &Passages{dossier: c.Dossier, labels: c.Labels, edits: c.Edits, study: c.Study, events: s.Events, notices: s.Notices}
	c.Playback = &Playback{
		dossier: c.Dossier, labels: c.Labels, stage: c.Stage, pictures: c.Pictures, study: c.Study, passages: c.Passages,
		events: s.Events, notices: s.Notices, renderer: s.renderer, newPlayer: s.opt.NewPlayer,
	}
	c.Study.played, c.Passages.played = c.Playback, c.Playback
	c.Finder = &Finder{
		dossier: c.Dossier, labels: c.Labels, edits: c.Edits, stage: c.Stage, pictures: c.Pictures, reading: c.Reading,
		control: c.Control, study: c.Study, events: s.Events, notices: s.Notices,
	}
	c.Canvas = &Canvas{
		dossier: c.Dossier, stage: c.Stage, pictures: c.Pictures, study: c.Study, finder: c.Finder,
		events: s.Events, renderer: s.renderer,
	}
	c.Folios = &Folios{
		dossier: c.Dossier, labels: c.Labels, edits: c.Edits, study: c.Study,
		events: s.Events, jobs: s.Jobs, notices: s.Notices, renderer: s.renderer, wish: c.wish,
	}
}

// projecting is what the projector works with.
func (s *Session) projecting() projector.Options {
	c := s.OpenCase
	options := projector.Options{
		Renderer: s.renderer, Post: s.opt.Post, Source: c.Dossier.origin,
		Changed: c.Hearing.moved, Tell: c.Hearing.effect, Record: c.Recorder.record, Moved: func() { c.events.Changed(ClipMoved) },
	}
	if s.Speakers.player != nil {
		options.Player = s.Speakers.player
	}
	return options
}

// drop ends all that the case does, and closes it; rest lets the player hold no file of it open. What still comes back to
// its parts finds no case open.
func (c *OpenCase) drop(rest func()) {
	c.Dossier.stop()
	c.Playback.close()
	c.Stage.projector.Close()
	rest()
	c.Recorder.leave()
	if err := c.Dossier.file.Close(); err != nil {
		slog.Error("close case", "err", err)
	}
	c.Dossier.file = nil
}

// renew takes the case as it is now.
func (c *OpenCase) renew() {
	d := c.Dossier
	if d.file == nil {
		return
	}
	before := d.snapshot
	d.snapshot = d.file.Snapshot()
	sameCase := sameList(before.Exhibits, d.snapshot.Exhibits)
	var commands []presenter.Command
	if !sameCase || d.places == nil || !d.Outline().SameDocuments(before.Outline) {
		d.takePages()
	}
	if !sameCase || c.Run.cues == nil || !d.Outline().SameShots(before.Outline) || !d.outlined() {
		cues := c.Run.newCues()
		if !slices.Equal(cues, c.Run.cues) {
			c.Run.cues = cues
			commands = append(commands, presenter.SetRun{Run: cues})
		}
	}
	if off := c.Guard.read(); !sameCase || c.Guard.off != off || !d.Outline().SameShots(before.Outline) || !d.Outline().SameDocuments(before.Outline) ||
		d.Outline().Cover().Kind != before.Outline.Cover().Kind || !slices.Equal(d.Outline().Persons(), before.Outline.Persons()) {
		c.Guard.off = off
		commands = append(commands, presenter.SetCautions{Pages: c.Guard.cautions()})
	}
	c.Stage.projector.Do(commands...)
	c.Stage.projector.Refresh()
	c.Recorder.complete()
	if c.Finder.shown {
		c.Finder.Again()
	}
	c.Study.findWanted()
	if c.Study.current.Page == (library.PageID{}) && len(d.pages) > 0 {
		c.Study.Select(d.pages[0])
	}
	if before.Progress.Done != d.snapshot.Progress.Done && d.snapshot.Progress.Done == d.snapshot.Progress.Total {
		c.remember()
		c.Edits.noticeOfOutline() // the fingerprints tell now which files were moved
	}
}

// remember puts the case into the shelf's list.
func (c *OpenCase) remember() {
	d := c.Dossier
	of := d.snapshot.Case
	err := c.settings.shelf.Remember(shelf.Entry{
		Path: of.Path, ID: of.ID, Title: of.Title, Opened: d.since, Pages: len(d.pages), Exhibits: len(d.snapshot.Exhibits),
	})
	if err != nil {
		slog.Error("remember case", "err", err)
	}
	c.events.Changed(ShelfChanged)
}

// wish tells the renderer what a person looks at now, most wanted first.
func (c *OpenCase) wish() {
	if c.Dossier.file == nil {
		return
	}
	c.Playback.seekOn()
	var ahead, looked, after []wished
	if p := c.Folios.candidate; p != (library.PageID{}) {
		ahead = append(ahead, wished{library.Pane{Page: p}, c.Stage.projector.Size()})
	}
	current, box := c.Study.current, c.Pictures.box
	if box != (image.Point{}) {
		looked = append(looked, wished{current, box})
		if current.View != (library.Rect{}) {
			looked = append(looked, wished{library.Pane{Page: current.Page, Turn: current.Turn, Tracks: current.Tracks}, box})
		}
		if next := c.Dossier.neighbour(current.Page, 1); next != (library.PageID{}) {
			after = append(after, wished{library.Pane{Page: next}, box})
		}
	}
	c.Pictures.wish(append(ahead, looked...), after)
}
