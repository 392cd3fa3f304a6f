package projector

import (
	"errors"
	"image"
	"time"

	xdraw "golang.org/x/image/draw"

	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/compose"
)

// Player plays clips; *clip.Player is one. Its methods return at once.
type Player interface {
	Load(clip.Clip)
	Play(clip.Clip) (serial uint32)
	Pause()
	Silence() // where nobody may hear it any more
	Loud(volume int, mute bool)
	Take(serial uint32, use func(picture *image.RGBA, at int))
}

const (
	// movedEvery is how often the owner hears that a clip moves: each time its window is drawn anew.
	movedEvery = 250 * time.Millisecond
	// smallest side of the mirror's picture of what moves, in pixels.
	mirrorSide = 480
)

// film is the clip that plays, or played last.
type film struct {
	shot   library.Shot // as the player was told
	serial uint32       // of the play, until the player says that it stands; 0 for none
	open   bool         // the court sees it move: it is recorded where it comes to stand
	at     int          // of the picture shown last
	mute   bool         // ever since it is open
	device string       // what the sound comes out of
	sound  Sound
	stands Frame     // the frame painted last, which the pictures are a part of
	posted bool      // a picture waits to be shown; guarded by Projector.mu
	told   time.Time // when the owner heard of it last

	sheet   *compose.Sheet // what is drawn on the pictures; nil: find out
	caption string
	mirror  *image.RGBA
}

// Film is what the owner may know of the clip that plays, or played last.
type Film struct {
	At     int             // where it is, in milliseconds
	Place  image.Rectangle // of its pictures in the frame
	Mirror *image.RGBA     // a small picture of it, nil where the court sees a frame; never written to
	Device string          // what its sound comes out of
	Sound  Sound
}

// Sound is what is known of the sound of the clip that the player is ready for.
type Sound uint8

// What may be known.
const (
	SoundUnknown Sound = iota
	SoundNone          // the recording has none
	SoundDeaf          // the machine has nothing that sounds
	SoundOn
)

// Film tells of the clip that plays.
func (p *Projector) Film() Film {
	f := Film{At: p.film.at, Device: p.film.device, Sound: p.film.sound}
	if p.stage.Moved(p.film.shot) && p.film.mirror != nil {
		f.Mirror = p.film.mirror
		f.Place, _ = p.place(p.film.shot)
	}
	return f
}

// clipOf is what the player needs to know of a shot's clip, whose frame was made.
func (p *Projector) clipOf(shot library.Shot, place image.Rectangle) (clip.Clip, bool) {
	i, span, ok := shot.Clip()
	if !ok || place.Empty() {
		return clip.Clip{}, false
	}
	pane := shot.Panes[i]
	origin, ok := p.opt.Source(pane)
	return clip.Clip{
		Source: origin.Source, View: pane.View.Or(), Turn: origin.Upright.Plus(int(pane.Turn)), Size: place.Size(),
		At: pane.Page.Index, To: span.To, Volume: volume(span), Mute: span.Mute, Speed: span.Rate(),
	}, ok
}

func volume(span library.Span) int {
	span.Mute = false
	return span.Loudness()
}

// place is where the clip of a shot stands in the frame painted last.
func (p *Projector) place(shot library.Shot) (image.Rectangle, bool) {
	i, _, ok := shot.Clip()
	if !ok || i >= len(p.film.stands.Places) {
		return image.Rectangle{}, false
	}
	return p.film.stands.Places[i], true
}

// warm has the player stand ready for the clip that a key may start next: Program's, else Preview's.
func (p *Projector) warm() {
	st := p.stage.State()
	if p.opt.Player == nil || !st.Running || st.Playing {
		return
	}
	for _, shot := range []library.Shot{st.Program, st.Preview} {
		i, _, ok := shot.Clip()
		if !ok {
			continue
		}
		if f, made := p.frames[shot]; made && f.Err == nil {
			if c, ok := p.clipOf(shot, f.Places[i]); ok {
				p.opt.Player.Load(c)
			}
		}
		return
	}
}

func (p *Projector) play(shot library.Shot) {
	place, _ := p.place(shot)
	c, ok := p.clipOf(shot, place)
	if !ok || p.opt.Player == nil {
		p.lose(shot)
		return
	}
	p.stopped(p.film.at) // what it plays now, if it does
	p.film.shot, p.film.at, p.film.sheet, p.film.caption, p.film.open = shot, c.At, nil, "", true
	p.film.mute, p.film.mirror = c.Mute, nil
	p.record(Event{Kind: Plays, Shot: shot})
	p.film.serial = p.opt.Player.Play(c)
}

// lose ends what plays, at the time at which shot stands, as its recording is in no file any more, and says so. The court
// keeps the picture that it sees. Without a player nothing can be lost.
func (p *Projector) lose(shot library.Shot) {
	if p.opt.Player != nil {
		p.opt.Player.Silence()
		p.stopped(p.film.at)
		p.film.serial = 0
		if p.opt.Tell != nil {
			p.opt.Tell(ClipError{Fault: library.FaultVanished, Err: ErrNoSource, Shot: shot})
		}
	}
	i, _, _ := shot.Clip()
	p.do(presenter.Stopped{Shot: shot, At: shot.Panes[i].Page.Index})
}

// pause silences the player. What the court does not see any more stands, for the record, on the last picture that it
// saw, whatever the player plays until it hears of it.
func (p *Projector) pause() {
	if p.stage.State().Playing { // a person paused it
		if p.opt.Player != nil {
			p.opt.Player.Pause()
		}
		return
	}
	if p.opt.Player != nil {
		p.opt.Player.Silence()
	}
	p.stopped(p.film.at)
}

// loud passes on how loud Program's clip is. Frames that were made of it are frames of it still.
func (p *Projector) loud(effect presenter.Loudness) {
	if p.opt.Player != nil {
		p.opt.Player.Loud(effect.Volume, effect.Mute)
	}
	p.film.mute = p.film.mute && effect.Mute
	program := p.stage.State().Program
	_, as, _ := program.Clip()
	sounding := func(shot library.Shot) library.Shot {
		if i, _, ok := shot.Clip(); ok && shot.SameClip(program) {
			shot.Panes[i].Clip.Volume, shot.Panes[i].Clip.Mute = as.Volume, as.Mute
		}
		return shot
	}
	for shot, f := range p.frames {
		if now := sounding(shot); now != shot {
			delete(p.frames, shot)
			f.Shot, f.plan.shot = now, now
			p.frames[now] = f
		}
	}
	p.film.shot, p.film.stands.Shot = sounding(p.film.shot), sounding(p.film.stands.Shot)
}

// Heard takes what the player tells; from any goroutine.
func (p *Projector) Heard(r clip.Report) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Told == protocol.Frame {
		if !p.film.posted && !p.closed {
			p.film.posted = true
			p.opt.Post(p.showFilm)
		}
		return
	}
	p.heard = append(p.heard, r)
	p.post()
}

// hear takes in what the player told.
func (p *Projector) hear(r clip.Report) {
	if r.Told == protocol.Ready {
		p.film.device, p.film.sound = r.Device, soundOf(r)
	}
	switch {
	case r.Told == protocol.Failed && r.Serial == 0:
		if p.opt.Tell != nil {
			p.opt.Tell(ClipError{Fault: r.Fault, Err: errors.New(r.Text)})
		}
		return
	case r.Serial == 0 || r.Serial != p.film.serial || r.Told != protocol.Stopped && r.Told != protocol.Failed:
		return
	}
	at := r.At
	if r.Told == protocol.Failed || r.Err != nil {
		at = p.film.at                                    // of the picture that the court sees
		if p.opt.Tell != nil && p.stage.State().Playing { // else nobody waits for it any more
			p.opt.Tell(ClipError{Fault: r.Fault, Err: errors.Join(r.Err, errors.New(r.Text)), Shot: p.film.shot})
		}
	} else if p.showFilm(); p.film.serial == 0 { // the picture on which it stands; it may be lost with that
		return
	}
	shot := p.film.shot
	p.stopped(at)
	p.film.serial = 0
	p.do(presenter.Stopped{Shot: shot, At: at})
}

func soundOf(r clip.Report) Sound {
	switch {
	case r.Mute:
		return SoundNone
	case r.Device == "":
		return SoundDeaf
	}
	return SoundOn
}

// stopped records that what played stands.
func (p *Projector) stopped(at int) {
	if !p.film.open {
		return
	}
	p.film.open = false
	i, _, _ := p.film.shot.Clip()
	if p.opt.Record != nil { // also where the trial is just being ended
		shot := p.film.shot.SeekTo(at)
		shot.Panes[i].Clip.Mute = p.film.mute
		p.opt.Record(Event{Kind: Stops, Shot: shot, From: p.film.shot.Panes[i].Page.Index})
	}
}

// showFilm shows the newest picture, if the court is to see it, asked now.
func (p *Projector) showFilm() {
	p.mu.Lock()
	p.film.posted = false
	closed := p.closed
	p.mu.Unlock()
	place, ok := p.place(p.film.shot)
	if closed || !ok || p.film.serial == 0 || p.opt.Player == nil {
		return
	}
	screen, moves := p.screen.(Moving)
	lost := false
	p.opt.Player.Take(p.film.serial, func(picture *image.RGBA, at int) {
		if !moves || !p.stage.WantsMoving(p.film.shot) || picture.Rect.Size() != place.Size() {
			return
		}
		if (at/1000 != p.film.at/1000 || p.film.sheet == nil) && !p.recaption(screen, at) {
			lost = true // nobody knows what of it may be seen
			return
		}
		p.film.at = at
		p.tellError(screen.Patch(p.redacted(picture), place.Min))
		p.tellMoved(picture)
	})
	if lost {
		p.lose(p.film.shot.SeekTo(p.film.at))
	}
}

// redacted is a picture with what must not be seen painted over.
func (p *Projector) redacted(picture *image.RGBA) *image.RGBA {
	if p.film.sheet.Plain() {
		return picture
	}
	own := *picture
	own.Pix = append([]byte(nil), picture.Pix...)
	p.film.sheet.Film(&own)
	return &own
}

// recaption finds what is drawn on pictures, and shows the caption of a time in place of the one before. It tells
// false where the recording is in no file any more.
func (p *Projector) recaption(screen Moving, at int) bool {
	i, _, _ := p.film.shot.Clip()
	shot := p.film.shot.SeekTo(at)
	origin, ok := p.opt.Source(shot.Panes[i])
	if !ok {
		return false
	}
	pane := shot.Panes[i]
	p.film.sheet = &compose.Sheet{View: pane.View, Turn: pane.Turn, Marks: p.film.shot.Drawn(i, origin.Marks), Adjust: pane.Adjust}
	strip := p.film.stands.plan.layout()[i].Strip
	if strip.Empty() || origin.Caption == p.film.caption {
		return true
	}
	p.film.caption = origin.Caption
	picture, err := compose.Strip(strip.Size(), origin.Caption)
	if err == nil {
		err = screen.Patch(picture, strip.Min)
	}
	p.tellError(err)
	return true
}

// tellMoved tells the owner now and then that the clip moves.
func (p *Projector) tellMoved(picture *image.RGBA) {
	if p.opt.Moved == nil || time.Since(p.film.told) < movedEvery {
		return
	}
	p.film.told = time.Now()
	small := image.NewRGBA(image.Rectangle{Max: compose.Within(picture.Rect.Size(), image.Pt(mirrorSide, mirrorSide))})
	xdraw.NearestNeighbor.Scale(small, small.Rect, picture, picture.Rect, xdraw.Src, nil)
	if !p.film.sheet.Plain() {
		p.film.sheet.Film(small)
	}
	p.film.mirror = small
	p.opt.Moved()
}
