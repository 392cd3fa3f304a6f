package clips

import (
	"context"
	"errors"
	"image"
	"log/slog"
	"sync"
	"time"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter/clip"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/compose"
	"butluc/presenter/render"
)

// auditionEvery is how often a picture of a recording that is listened to is drawn at most: each drawing of the window
// takes the UI goroutine tens of milliseconds without a graphics card.
const auditionEvery = time.Second / 12

// atOut is how near its end, in milliseconds, a part is played from its beginning again.
const atOut = 200

// Playback is a recording that is played in Prepare, by a player of its own: nothing of it reaches the court's.
type Playback struct {
	lang      *i18n.Localizer
	dossier   *dossier.Dossier
	labels    *label.Labels
	stage     *stage.Stage
	pictures  *study.Pictures
	study     *study.Study
	passages  *Passages
	events    *event.Bus
	notices   *notice.Bar
	renderer  *render.Renderer
	newPlayer func(report func(clip.Report)) Player

	seek    seeking
	steps   bool   // the next frame is being looked for
	player  Player // nil until it is needed
	serial  uint32 // of the play, 0 for none
	pausing bool   // the player was told to stand
	back    int    // milliseconds by which it goes on sooner than where a person let it stand
	stood   int    // where that was; -1 where it was not
	path    string
	at      int
	picture *image.RGBA // the newest; nil while there is none

	mu     sync.Mutex // guards the below, which the player's goroutine asks
	posted bool       // a picture waits to be shown
	shown  time.Time  // when one was posted last
	closed bool
}

// NewPlayback makes what plays the recording that is looked at: nothing plays.
func NewPlayback(d Deps, passages *Passages) *Playback {
	a := &Playback{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, stage: d.Stage, pictures: d.Pictures, study: d.Study,
		events: d.Events, notices: d.Notices, renderer: d.Renderer, newPlayer: d.NewPlayer, passages: passages, stood: -1,
	}
	passages.played = a
	return a
}

// Audition is what is played in Prepare.
type Audition struct {
	Playing bool
	At      int         // milliseconds
	Picture *image.RGBA // the newest, never written to; nil where there is none yet
}

// Now tells of what is played in Prepare.
func (a *Playback) Now() Audition {
	return Audition{Playing: a.serial != 0, At: a.at, Picture: a.picture}
}

// Player is what plays at the console; nil until it is needed.
func (a *Playback) Player() Player { return a.player }

// PlayOrPause plays the recording that is looked at, for the person at the console alone, or lets it stand. It plays
// to the end of what is marked off where it stands within, else to the recording's. box is the room for its pictures,
// in device pixels. In a trial it does not play: the court would hear it.
func (a *Playback) PlayOrPause(box image.Point) {
	if a.serial != 0 {
		if !a.pausing {
			a.pausing = true
			a.player.Pause()
		}
		return
	}
	f, ok := a.study.Recording()
	origin, found := a.dossier.Origin(a.study.Current())
	switch {
	case !ok || !found || compose.CheckSize(box) != nil:
		a.notices.Tell("passage.no-recording", true)
		return
	case a.stage.Running():
		a.notices.Tell("audition.trial-runs", true)
		return
	}
	if a.player == nil {
		a.player = a.newPlayer(a.told)
	}
	if a.player == nil {
		a.notices.Tell("audition.no-player", true)
		return
	}
	at, to := a.span(f)
	if at == a.stood {
		at = max(0, at-a.back)
	}
	a.stood = -1
	span, _ := a.passages.PartSpan()
	mute := span.Mute
	span.Mute = false
	a.path, a.at, a.pausing, a.picture = f.Path, at, false, nil
	a.serial = a.player.Play(clip.Clip{
		Source: origin.Source, View: a.study.Current().View.Or(), Turn: origin.Upright.Plus(int(a.study.Current().Turn)),
		Size: a.size(box), At: at, To: to, Volume: span.Loudness(), Mute: mute, Speed: span.Rate(),
	})
	a.seek = seeking{}
	a.events.Changed(event.AuditionMoved)
}

// PlayFrom plays from a time of the recording that is looked at, in milliseconds, as [Playback.PlayOrPause] does.
func (a *Playback) PlayFrom(at int, box image.Point) {
	f, ok := a.study.Recording()
	if !ok {
		return
	}
	a.study.Select(library.PageID{Path: f.Path, Index: max(0, min(at, f.Duration))})
	a.PlayOrPause(box)
}

// GoBack lets playing go on by so many milliseconds sooner than where a person let it stand, for who writes down what is said.
func (a *Playback) GoBack(by int) { a.back = by }

// span is from where to where is played.
func (a *Playback) span(f library.File) (from, to int) {
	at := a.Playhead()
	span, marked := a.passages.PartSpan()
	switch {
	case marked && at >= span.From && at < span.To-atOut:
		return at, span.To
	case marked && at >= span.To-atOut && at <= span.To:
		return span.From, span.To
	case at >= f.Duration-atOut:
		return 0, f.Duration
	}
	return at, f.Duration
}

// size is that of the moving pictures: the same as of the picture that stands there.
func (a *Playback) size(box image.Point) image.Point {
	if r, ok := a.pictures.Request(a.study.Current(), box); ok {
		if still, made := a.renderer.Cached(r); made {
			return still.Image.Rect.Size()
		}
	}
	const fine = 10000
	aspect := a.pictures.Aspect(a.study.Current())
	if aspect <= 0 {
		aspect = 16.0 / 9
	}
	view := a.study.Current().View.Or()
	aspect *= (view.X1 - view.X0) / (view.Y1 - view.Y0)
	return compose.Within(image.Pt(max(1, int(aspect*fine)), fine), box)
}

// Stop lets what is played in Prepare fall silent at once. It is looked at where it was.
func (a *Playback) Stop() {
	if a.serial == 0 {
		return
	}
	a.player.Silence()
	at := a.at
	a.serial, a.picture = 0, nil
	if a.study.Current().Page.Path == a.path {
		a.study.Stand(at)
	}
	a.events.Changed(event.AuditionMoved | event.PageChanged)
}

// Close ends the player: it may look into one case folder only.
func (a *Playback) Close() {
	a.Stop()
	if a.player != nil {
		a.player.Close()
		a.player = nil
	}
}

// told takes what the player of Prepare tells, from any goroutine.
func (a *Playback) told(r clip.Report) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.closed:
	case r.Told != protocol.Frame:
		a.events.Post(func() { a.hear(r) })
	case !a.posted && time.Since(a.shown) >= auditionEvery:
		a.posted, a.shown = true, time.Now()
		a.events.Post(a.show)
	}
}

// show takes the newest picture.
func (a *Playback) show() {
	a.mu.Lock()
	a.posted = false
	a.mu.Unlock()
	if a.serial == 0 {
		return
	}
	a.player.Take(a.serial, func(picture *image.RGBA, at int) {
		own := *picture
		own.Pix = append([]byte(nil), picture.Pix...)
		a.picture, a.at = &own, at
	})
	a.events.Changed(event.AuditionMoved)
}

// hear takes in that the player stands, or could not play.
func (a *Playback) hear(r clip.Report) {
	if a.serial == 0 || r.Serial != a.serial || r.Told != protocol.Stopped && r.Told != protocol.Failed {
		return
	}
	a.show() // the one on which it stands
	page := library.PageID{Path: a.path, Index: a.at}
	switch {
	case r.Told == protocol.Failed:
		slog.Error("play recording in Prepare", "path", a.path, "fault", r.Fault, "err", r.Text)
		a.notices.TellText(a.labels.AuditionFault(r.Fault, page), true)
	case errors.Is(r.Err, clip.ErrDied), errors.Is(r.Err, clip.ErrHung) && !a.pausing:
		a.notices.TellText(a.lang.T("audition.ended", "name", a.labels.Name(page)), true)
	case r.Err == nil:
		page.Index = r.At
		if a.pausing {
			a.stood = r.At
		}
	}
	a.serial, a.picture = 0, nil
	a.events.Changed(event.AuditionMoved)
	if a.study.Current().Page.Path == page.Path {
		a.study.Select(page)
	}
}

// Unseek lets no other place wait to be looked at.
func (a *Playback) Unseek() { a.seek = seeking{} }

// loudness lets what is played sound as a passage does now.
func (a *Playback) loudness(p library.Passage) {
	if a.serial != 0 {
		span := p.Span()
		span.Mute = false
		a.player.Loud(span.Loudness(), p.Mute)
	}
}

// Leave takes nothing in any more of what the player tells.
func (a *Playback) Leave() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
}

// Playhead is where the recording that is looked at stands, or is going to, in milliseconds.
func (a *Playback) Playhead() int {
	switch {
	case a.serial != 0:
		return a.at
	case a.seek.waits:
		return a.seek.at
	}
	return a.study.Current().Page.Index
}

// Seek looks at a place of the recording, in milliseconds. While the picture of a place is being made, it waits; of
// several that wait, the last is looked at.
func (a *Playback) Seek(at int) {
	f, ok := a.study.Recording()
	if !ok {
		return
	}
	a.Stop()
	at = max(0, min(at, f.Duration))
	if a.stillDue() {
		a.seek = seeking{at, true}
		a.events.Changed(event.AuditionMoved)
		return
	}
	a.study.Select(library.PageID{Path: f.Path, Index: at})
}

// SeekOn looks at the place that waits, once there is a picture of the one before.
func (a *Playback) SeekOn() {
	if a.seek.waits && !a.stillDue() {
		a.study.Select(library.PageID{Path: a.study.Current().Page.Path, Index: a.seek.at})
	}
}

// stillDue tells whether the picture of what is looked at is still being made.
func (a *Playback) stillDue() bool {
	r, ok := a.pictures.Request(a.study.Current(), a.pictures.Box())
	if !ok {
		return false
	}
	_, made := a.renderer.Cached(r)
	return !made && a.renderer.Failure(r) == nil
}

// SeekBy looks at a place by so many milliseconds further on.
func (a *Playback) SeekBy(by int) { a.Seek(a.Playhead() + by) }

// SeekFrame looks at the recording's next frame, or the one before. While one is being looked for, it does nothing.
func (a *Playback) SeekFrame(after bool) {
	_, ok := a.study.Recording()
	origin, found := a.dossier.Origin(a.study.Current())
	if !ok || !found || a.steps {
		return
	}
	a.Stop()
	a.steps = true
	file, from := a.dossier.File(), library.PageID{Path: a.study.Current().Page.Path, Index: a.Playhead()}
	go func() {
		at, err := a.renderer.Step(context.Background(), render.LaneView, origin.Source, from.Index, after)
		a.events.Post(func() {
			a.steps = false
			switch {
			case a.dossier.File() != file || a.study.Current().Page.Path != from.Path || a.Playhead() != from.Index:
			case err != nil:
				a.notices.TellText(a.labels.ErrorText(err, from), true)
			default:
				a.Seek(at)
			}
		})
	}()
}

// StillStep is the step that shows the frame that is looked at, with what the chosen step draws on it; false where
// there is none, as of sound.
func (a *Playback) StillStep() (library.Step, bool) {
	if f, ok := a.study.Recording(); !ok || f.Kind != library.KindVideo {
		return library.Step{}, false
	}
	pane := library.Pane{Page: library.PageID{Path: a.study.Current().Page.Path, Index: a.Playhead()}, View: a.study.Current().View, Turn: a.study.Current().Turn, Tracks: a.study.Current().Tracks}
	if step, i, ok := a.study.Editing(); ok {
		pane.Marks, pane.Adjust = step.Shot.Panes[i].Marks, step.Shot.Panes[i].Adjust
	}
	return library.Step{
		Title: a.labels.Title(pane.Page) + " " + library.Timecode(pane.Page.Index), Shot: library.Shot{}.Add(pane),
	}, true
}

// CaptionNow is what the court reads under the recording where it stands, "" for nothing.
func (a *Playback) CaptionNow() string {
	pane := a.passages.LookedPane()
	pane.Page.Index = a.Playhead()
	return a.dossier.Outline().Caption(pane, a.dossier.Index())
}
