package console

import (
	"context"
	"image"
	"log/slog"
	"slices"
	"time"

	"butluc/app/album"
	"butluc/app/console/attribution"
	"butluc/app/console/clips"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/excerpts"
	"butluc/app/console/exchange"
	"butluc/app/console/find"
	"butluc/app/console/folios"
	"butluc/app/console/hearing"
	"butluc/app/console/label"
	"butluc/app/console/listing"
	"butluc/app/console/live"
	"butluc/app/console/protection"
	"butluc/app/console/provenance"
	"butluc/app/console/readiness"
	"butluc/app/console/recorder"
	"butluc/app/console/review"
	"butluc/app/console/stage"
	"butluc/app/console/study"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// OpenCase is all that is known of the case that is open, in parts. It is made whole when the case is opened and dropped
// whole when it is closed, so that nothing of one case is taken for the next one's: pages of two cases have the same paths
// more often than not. While no case is open there is one without a file. It belongs to the UI goroutine.
//
// The parts are listed from the ground up: one knows those before it, and hears of those after it by what they hand in.
type OpenCase struct {
	Dossier  *dossier.Dossier   // documents, pages and the outline
	Labels   *label.Labels      // how they are called
	Edits    *dossier.Edits     // changes of the outline
	Stage    *stage.Stage       // what the court sees and what comes next
	Pictures *study.Pictures    // pictures of pages, for the console
	Run      *hearing.Run       // the order in which the court is to see things
	Guard    *hearing.Guard     // questions asked before a page is shown
	Reading  *dossier.Reading   // how far files and their text are read
	Live     *live.Marks        // marks drawn while the court looks
	Recorder *recorder.Recorder // what the court saw → journal
	Resume   *hearing.Resume    // where a trial is, to go on after a crash
	Control  *hearing.Control   // what a person does to Preview and Program
	Hearing  *hearing.Hearing   // the trial's beginning and end
	Study    *study.Study       // the page looked at
	Marks    *study.Marks       // marks on it
	Clips    *clips.Clips       // the recording that the court sees
	Passages *clips.Passages    // parts of the recording looked at
	Playback *clips.Playback    // that recording, played at the console
	passages
	Canvas      *study.Canvas            // the picture of what is looked at
	Folios      *folios.Folios           // numbering, and calling by number
	Attribution *attribution.Attribution // whose statements are
	papers
	Readiness *readiness.Readiness // the check before a hearing
	Listing   *listing.Listing     // the case in the list of cases
}

// papers are what goes out of the case and comes back to it.
type papers struct {
	Review   *review.Review     // what superiors say to the outline
	Exchange *exchange.Exchange // files in and out
}

// passages are what is found on pages, and what is kept of them.
type passages struct {
	Finder     *find.Search           // search in the text
	Excerpts   *excerpts.Excerpts     // passages of pages, and what they prove
	Cues       *clips.Transcript      // what is said in the recording looked at
	Protection *protection.Protection // where names of protected persons stand
}

// newCase is a case in its parts; of nil, of none.
func (s *Session) newCase(file *casefile.Case, stop context.CancelFunc) *OpenCase {
	c := &OpenCase{}
	c.Dossier = dossier.New(file, stop, s.opt.Rendition, c.renew)
	c.Labels = label.New(c.Dossier, s.Localizer.In)
	c.Edits = dossier.NewEdits(c.Dossier, s.Events, s.Notices, s.Localizer)
	c.Stage = &stage.Stage{}
	c.Pictures = study.NewPictures(c.Dossier, s.Events, s.renderer)
	s.newHearing(c)
	s.newStudy(c)
	c.Attribution = attribution.New(s.Localizer, c.Dossier, c.Edits, s.Jobs)
	c.Protection = protection.New(s.Localizer, c.Dossier, c.Edits, s.Jobs, s.Notices)
	c.Review = review.New(review.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Events: s.Events, Jobs: s.Jobs, Notices: s.Notices, Standing: s.Sealing.Standings, Now: time.Now,
	})
	c.Exchange = exchange.New(exchange.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Stage: c.Stage, Renderer: s.renderer,
		Events: s.Events, Jobs: s.Jobs, Notices: s.Notices, Settings: s.Settings, Versions: album.Versions(s.opt.Versions),
	})
	c.Readiness = readiness.New(readiness.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Stage: c.Stage, Renderer: s.renderer,
		Provenance: provenance.New(provenance.Deps{
			Options: s.opt.Provenance, Lang: s.Localizer, Dossier: c.Dossier, Edits: c.Edits, Events: s.Events, Jobs: s.Jobs,
			Notices: s.Notices, Running: c.Stage.Running,
		}),
		Jobs: s.Jobs, Notices: s.Notices, Court: s.Court, Speakers: s.Speakers, Noted: func() { c.Listing.Keep() },
	})
	c.Listing = listing.New(listing.Deps{
		Dossier: c.Dossier, Labels: c.Labels, Stage: c.Stage, Pictures: c.Pictures, Resume: c.Resume, Readiness: c.Readiness, Review: c.Review,
		Recorder: c.Recorder, Settings: s.Settings, Events: s.Events, Register: s.Register, Sample: func() string { return s.sample },
	})
	return c
}

// newHearing makes the parts that show things to the court.
func (s *Session) newHearing(c *OpenCase) {
	c.Reading = dossier.NewReading(c.Dossier, s.Events, s.Settings, c.Stage.Running, s.renderer, s.Localizer)
	c.Live = live.New(s.Localizer, c.Dossier, c.Edits, s.Notices, c.Stage)
	d := hearing.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Reading: c.Reading, Stage: c.Stage, Live: c.Live,
		Court: s.Court, Events: s.Events, Notices: s.Notices, Settings: s.Settings, Aspect: c.Pictures.Aspect,
		Begins: func() {
			c.Playback.Stop()
			c.Readiness.Provenance.Hold()
		},
		Ends: func() {
			c.Listing.Ended()
			c.Readiness.Provenance.Follow()
			s.Sealing.SignHead(c.Recorder.Journal(), c.Dossier.Latest().Case.ID)
		}, Rest: s.Speakers.Rest, Windowed: s.opt.Court.Screen == nil,
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
}

// newStudy makes the parts with which a page is looked at.
func (s *Session) newStudy(c *OpenCase) {
	d := study.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Edits: c.Edits, Stage: c.Stage, Run: c.Run, Control: c.Control,
		Events: s.Events, Notices: s.Notices, Renderer: s.renderer,
	}
	c.Study = study.New(d)
	c.Marks = study.NewMarks(d, c.Study)
	played := clips.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Stage: c.Stage, Control: c.Control, Study: c.Study,
		Pictures: c.Pictures, Events: s.Events, Notices: s.Notices, Jobs: s.Jobs, Renderer: s.renderer, NewPlayer: s.newPlayer,
	}
	c.Clips = clips.New(played)
	c.Passages = clips.NewPassages(played)
	c.Playback = clips.NewPlayback(played, c.Passages)
	c.Study.Follow(c.Playback)
	c.Cues = clips.NewTranscript(played, c.Playback)
	c.Finder = find.New(find.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Stage: c.Stage, Pictures: c.Pictures, Reading: c.Reading,
		Control: c.Control, Study: c.Study, Events: s.Events, Notices: s.Notices,
	})
	c.Excerpts = excerpts.New(excerpts.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Stage: c.Stage, Pictures: c.Pictures,
		Control: c.Control, Study: c.Study, Events: s.Events, Notices: s.Notices,
	})
	c.Canvas = study.NewCanvas(d, c.Study, c.Pictures, c.Finder)
	c.Folios = folios.New(folios.Deps{
		Lang: s.Localizer, Dossier: c.Dossier, Labels: c.Labels, Edits: c.Edits, Study: c.Study,
		Events: s.Events, Jobs: s.Jobs, Notices: s.Notices, Renderer: s.renderer, Wish: c.wish,
	})
}

// projecting is what the projector works with.
func (s *Session) projecting() projector.Options {
	c := s.OpenCase
	options := projector.Options{
		Renderer: s.renderer, Post: s.opt.Post, Source: c.Dossier.Origin, Trace: s.opt.Trace,
		Changed: c.Hearing.Moved, Tell: c.Hearing.Effect, Record: c.Recorder.Record, Moved: func() { s.Events.Changed(event.ClipMoved) },
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
	c.Readiness.Provenance.Close()
	c.Playback.Close()
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
	c.Review.Follow()
	c.Study.FindWanted()
	c.Listing.Follow()
	c.Readiness.Provenance.Follow()
	if c.Study.Current().Page == (library.PageID{}) && len(d.Pages()) > 0 {
		c.Study.Select(d.Pages()[0])
	}
	if before.Progress.Done != d.Latest().Progress.Done && d.Latest().Progress.Done == d.Latest().Progress.Total {
		c.Listing.Keep()
		c.Edits.NoticeOfOutline() // the fingerprints tell now which files were moved
	}
}

// wish tells the renderer what a person looks at now, most wanted first.
func (c *OpenCase) wish() {
	if c.Dossier.File() == nil {
		return
	}
	c.Playback.SeekOn()
	var ahead, looked, after []study.Wanted
	for _, p := range c.Folios.Meant() {
		ahead = append(ahead, study.Wanted{Pane: library.Pane{Page: p}, Box: c.Stage.Projector().Size()})
	}
	current, box := c.Study.Current(), c.Pictures.Box()
	if box != (image.Point{}) {
		looked = append(looked, study.Wanted{Pane: current, Box: box})
		if current.View != (library.Rect{}) {
			looked = append(looked, study.Wanted{Pane: library.Pane{Page: current.Page, Turn: current.Turn, Tracks: current.Tracks}, Box: box})
		}
		if next := c.Dossier.Neighbour(current.Page, 1); next != (library.PageID{}) {
			after = append(after, study.Wanted{Pane: library.Pane{Page: next}, Box: box})
		}
	}
	c.Pictures.Wish(append(ahead, looked...), after)
}
