package console

import (
	"errors"
	"image"
	"log/slog"
	"sync"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter/clip"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/compose"
)

// auditionEvery is how often a picture of a recording that is listened to is drawn at most: each drawing of the window
// takes the UI goroutine tens of milliseconds without a graphics card.
const auditionEvery = time.Second / 12

// atOut is how near its end, in milliseconds, a part is played from its beginning again.
const atOut = 200

// audition is a recording that is played in Prepare, by a player of its own: nothing of it reaches the court's.
type audition struct {
	player  Player // nil until it is needed
	serial  uint32 // of the play, 0 for none
	pausing bool   // the player was told to stand
	path    string
	at      int
	picture *image.RGBA // the newest; nil while there is none

	mu     sync.Mutex // guards the below, which the player's goroutine asks
	posted bool       // a picture waits to be shown
	shown  time.Time  // when one was posted last
	closed bool
}

// Audition is what is played in Prepare.
type Audition struct {
	Playing bool
	At      int         // milliseconds
	Picture *image.RGBA // the newest, never written to; nil where there is none yet
}

// Audition tells of what is played in Prepare.
func (s *Session) Audition() Audition {
	a := &s.audition
	return Audition{Playing: a.serial != 0, At: a.at, Picture: a.picture}
}

// PlayOrPause plays the recording that is looked at, for the person at the console alone, or lets it stand. It plays
// to the end of what is marked off where it stands within, else to the recording's. box is the room for its pictures,
// in device pixels. In a trial it does not play: the court would hear it.
func (s *Session) PlayOrPause(box image.Point) {
	a := &s.audition
	if a.serial != 0 {
		if !a.pausing {
			a.pausing = true
			a.player.Pause()
		}
		return
	}
	f, ok := s.Recording()
	origin, found := s.origin(s.current)
	switch {
	case !ok || !found || compose.CheckSize(box) != nil:
		s.Tell("passage.no-recording", true)
		return
	case s.Running():
		s.Tell("audition.trial-runs", true)
		return
	case s.opt.NewPlayer == nil:
		s.Tell("audition.no-player", true)
		return
	}
	if a.player == nil {
		a.player = s.opt.NewPlayer(s.auditioned)
	}
	at, to := s.auditionSpan(f)
	span, _ := s.PartSpan()
	mute := span.Mute
	span.Mute = false
	a.path, a.at, a.pausing, a.picture = f.Path, at, false, nil
	a.serial = a.player.Play(clip.Clip{
		Source: origin.Source, View: s.current.View.Or(), Turn: origin.Upright.Plus(int(s.current.Turn)),
		Size: s.auditionSize(box), At: at, To: to, Volume: span.Loudness(), Mute: mute, Speed: span.Rate(),
	})
	s.seek = seeking{}
	s.changed(AuditionMoved)
}

// auditionSpan is from where to where is played.
func (s *Session) auditionSpan(f library.File) (from, to int) {
	at := s.Playhead()
	span, marked := s.PartSpan()
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

// auditionSize is that of the moving pictures: the same as of the picture that stands there.
func (s *Session) auditionSize(box image.Point) image.Point {
	if r, ok := s.request(s.current, box); ok {
		if still, made := s.renderer.Cached(r); made {
			return still.Image.Rect.Size()
		}
	}
	const fine = 10000
	aspect := s.Aspect(s.current)
	if aspect <= 0 {
		aspect = 16.0 / 9
	}
	view := s.current.View.Or()
	aspect *= (view.X1 - view.X0) / (view.Y1 - view.Y0)
	return compose.Within(image.Pt(max(1, int(aspect*fine)), fine), box)
}

// StopAudition lets what is played in Prepare fall silent at once. It is looked at where it was.
func (s *Session) StopAudition() {
	a := &s.audition
	if a.serial == 0 {
		return
	}
	a.player.Silence()
	at := a.at
	a.serial, a.picture = 0, nil
	if s.current.Page.Path == a.path {
		s.current.Page.Index = at
	}
	s.changed(AuditionMoved | PageChanged)
}

// closeAudition ends the player: it may look into one case folder only.
func (s *Session) closeAudition() {
	s.StopAudition()
	if s.audition.player != nil {
		s.audition.player.Close()
		s.audition.player = nil
	}
}

// auditioned takes what the player of Prepare tells, from any goroutine.
func (s *Session) auditioned(r clip.Report) {
	a := &s.audition
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.closed:
	case r.Told != protocol.Frame:
		s.opt.Post(func() { s.hearAudition(r) })
	case !a.posted && time.Since(a.shown) >= auditionEvery:
		a.posted, a.shown = true, time.Now()
		s.opt.Post(s.showAudition)
	}
}

// showAudition takes the newest picture.
func (s *Session) showAudition() {
	a := &s.audition
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
	s.changed(AuditionMoved)
}

// hearAudition takes in that the player stands, or could not play.
func (s *Session) hearAudition(r clip.Report) {
	a := &s.audition
	if a.serial == 0 || r.Serial != a.serial || r.Told != protocol.Stopped && r.Told != protocol.Failed {
		return
	}
	s.showAudition() // the one on which it stands
	page := library.PageID{Path: a.path, Index: a.at}
	switch {
	case r.Told == protocol.Failed:
		slog.Error("play recording in Prepare", "path", a.path, "fault", r.Fault, "err", r.Text)
		s.TellText(s.auditionFault(r.Fault, page), true)
	case errors.Is(r.Err, clip.ErrDied), errors.Is(r.Err, clip.ErrHung) && !a.pausing:
		s.TellText(i18n.T("audition.ended", "name", s.Name(page)), true)
	case r.Err == nil:
		page.Index = r.At
	}
	a.serial, a.picture = 0, nil
	s.changed(AuditionMoved)
	if s.current.Page.Path == page.Path {
		s.Select(page)
	}
}

// auditionFault says why a recording can't be played. Sound that was read before is not broken: the computer has
// nothing to play it with.
func (s *Session) auditionFault(fault library.FaultCode, page library.PageID) string {
	if f := s.fileAt(page.Path); fault == library.FaultBroken && f.Kind == library.KindAudio {
		return i18n.T("audition.no-sound", "name", s.Name(page))
	}
	return i18n.T("fault."+string(fault), "name", s.Name(page))
}
