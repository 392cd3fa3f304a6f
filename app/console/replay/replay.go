// Package replay plays a case's journal again at the desk, moment by moment, for whoever was not at the hearing. It makes the
// pictures anew from the case and knows no court screen: nothing that it does can reach one.
package replay

import (
	"context"
	"image"
	"strings"
	"time"

	"butluc/app/album"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// Speeds are how many times as fast as it was a journal is played.
var speeds = [...]int{1, 10, 60}

// longest is how long a moment stands at most, at any speed: a day between two sittings tells nothing. beginning is how long
// the beginning of a sitting does.
const (
	longest   = 10 * time.Minute
	beginning = 2 * time.Second
)

// Moment is a line of the journal that is told, and what stood on the court screen then.
type Moment struct {
	Entry   journal.Entry
	Picture int // place among the pictures; -1: black
	span    journal.Span
}

// Deps are what a replay works with; all are needed but After.
type Deps struct {
	In      i18n.Catalogue
	Post    func(func()) // runs a function on the UI goroutine, later
	Go      func(func()) // runs a function on a goroutine of its own
	Running func() bool  // tells whether a trial runs: then nothing is played
	Remake  func(context.Context, album.Picture) (print.Remade, album.Verdict)
	Changed func()                                             // is called on the UI goroutine when something is to be seen otherwise
	After   func(d time.Duration, f func()) (stop func() bool) // nil: [time.AfterFunc]
}

// made is a picture that was made again.
type made struct {
	remade  print.Remade
	verdict album.Verdict
}

// Replay is a journal that is played again. It belongs to the UI goroutine.
type Replay struct {
	d        Deps
	pictures []album.Picture
	moments  []Moment
	at       int
	speed    int // place among [speeds]
	playing  bool
	stop     func() bool // of the timer, nil where none runs
	made     map[int]made
	making   map[int]bool
	ctx      context.Context
	cancel   context.CancelFunc
}

// New makes the replay of a journal: it stands at the first moment.
func New(d Deps, r report.Record) *Replay {
	if d.After == nil {
		d.After = func(t time.Duration, f func()) func() bool { return time.AfterFunc(t, f).Stop }
	}
	p := &Replay{d: d, pictures: album.Pictures(r), made: map[int]made{}, making: map[int]bool{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.moments = momentsOf(r.Entries, p.pictures)
	p.want()
	return p
}

// momentsOf are the moments of a journal in their order.
func momentsOf(entries []journal.Entry, pictures []album.Picture) []Moment {
	at := map[int]int{}
	for i, p := range pictures {
		at[p.Entry.N] = i
	}
	var list []Moment
	on := -1
	for _, e := range entries {
		span := journal.Span{Entry: e}
		switch e.Kind {
		case journal.KindShow, journal.KindView:
			i, stood := at[e.N]
			if !stood {
				continue // the screen refused it
			}
			on = i
		case journal.KindStart, journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindEnd, journal.KindCut:
			on = -1
		case journal.KindStop:
			span.Stopped = e.Played
		case journal.KindHash, journal.KindRecovered, journal.KindBroken, journal.KindRefused:
			continue
		case journal.KindPlay, journal.KindNote, journal.KindConsent, journal.KindRecess, journal.KindResume:
		}
		list = append(list, Moment{e, on, span})
	}
	return list
}

// Len is how many moments there are, At the one that is seen, from 0.
func (p *Replay) Len() int { return len(p.moments) }

// At is the place of the moment that is seen.
func (p *Replay) At() int { return p.at }

// Time is when a moment was.
func (p *Replay) Time(i int) string {
	return p.d.In.Date(p.moments[i].Entry.At) + " " + p.moments[i].Entry.At.Format(time.TimeOnly)
}

// Clock is when a moment was, with its day where that is another than the moment's before.
func (p *Replay) Clock(i int) string {
	at := p.moments[i].Entry.At
	if i == 0 || p.d.In.Date(at) != p.d.In.Date(p.moments[i-1].Entry.At) {
		return p.Time(i)
	}
	return at.Format(time.TimeOnly)
}

// Text is what a moment was, in words.
func (p *Replay) Text(i int) string {
	m := p.moments[i]
	text := report.What(p.d.In, m.span)
	if m.Entry.Shown != nil {
		text = album.Name(p.d.In, p.pictures[m.Picture])
		if where := m.span.Where(); where != "" {
			text += " · " + where
		}
	}
	return text
}

// Jump goes to a moment; one that is not there is the nearest.
func (p *Replay) Jump(i int) {
	p.rest()
	if p.at = max(0, min(i, len(p.moments)-1)); p.at == len(p.moments)-1 {
		p.playing = false
	}
	p.want()
	p.arm()
	p.d.Changed()
}

// Playing tells whether it goes on by itself.
func (p *Replay) Playing() bool { return p.playing }

// Toggle lets it go on by itself, or stand; at its end, from the beginning. While a trial runs it stands.
func (p *Replay) Toggle() {
	p.playing = !p.playing && len(p.moments) > 1 && !p.d.Running()
	if p.playing && p.at == len(p.moments)-1 {
		p.at = 0
	}
	p.Jump(p.at)
}

// Speed is how many times as fast as it was it is played.
func (p *Replay) Speed() int { return speeds[p.speed] }

// Faster plays it faster, or by less than 0 slower.
func (p *Replay) Faster(by int) {
	p.speed = max(0, min(p.speed+by, len(speeds)-1))
	p.Jump(p.at)
}

// Seen is the picture of the moment, nil where the court saw black, or while it is made, and what there is to say of it: whether
// it is the one that stood there, or why it can't be made.
func (p *Replay) Seen() (picture *image.RGBA, words string) {
	if len(p.moments) == 0 {
		return nil, p.d.In.T("journal.empty")
	}
	i := p.moments[p.at].Picture
	if i < 0 {
		return nil, p.d.In.T("replay.black")
	}
	m, ok := p.made[i]
	if !ok {
		return nil, p.d.In.T("replay.making")
	}
	var said []string
	for _, f := range m.remade.Facts {
		said = append(said, f.Text)
	}
	if m.verdict == album.Missing {
		return nil, strings.Join(said, " ")
	}
	return m.remade.Frame.Image, strings.Join(said, " ")
}

// Differs tells whether the picture that is seen is not known to be the one that stood there.
func (p *Replay) Differs() bool {
	if len(p.moments) == 0 {
		return false
	}
	m, ok := p.made[p.moments[p.at].Picture]
	return ok && m.verdict != album.Same
}

// Close ends it.
func (p *Replay) Close() {
	p.playing = false
	p.rest()
	p.cancel()
}

// rest stops the timer.
func (p *Replay) rest() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// arm lets the next moment come when this one has stood as long as it did, and its picture is there.
func (p *Replay) arm() {
	if !p.playing || p.stop != nil || p.at+1 >= len(p.moments) {
		return
	}
	now, next := p.moments[p.at], p.moments[p.at+1]
	if _, ok := p.made[now.Picture]; now.Picture >= 0 && !ok {
		return // when it is made
	}
	stands := max(0, min(longest, next.Entry.At.Sub(now.Entry.At))) / time.Duration(p.Speed())
	if next.Entry.Kind == journal.KindStart {
		stands = beginning
	}
	at := p.at
	p.stop = p.d.After(stands, func() {
		p.d.Post(func() {
			switch {
			case p.ctx.Err() != nil || !p.playing || p.at != at:
			case p.d.Running():
				p.playing = false
				p.d.Changed()
			default:
				p.Jump(at + 1)
			}
		})
	})
}

// want has the picture of this moment made, and the next other one; what is far from here is let go.
func (p *Replay) want() {
	if len(p.moments) == 0 {
		return
	}
	near := map[int]bool{}
	for i := p.at; i < len(p.moments) && len(near) < 2; i++ {
		if k := p.moments[i].Picture; k >= 0 && !near[k] {
			near[k] = true
			p.make(k)
		}
	}
	for k := range p.made {
		if !near[k] && len(p.made) > 4 {
			delete(p.made, k)
		}
	}
}

func (p *Replay) make(k int) {
	if _, have := p.made[k]; have || p.making[k] || p.ctx.Err() != nil {
		return
	}
	p.making[k] = true
	p.d.Go(func() {
		remade, verdict := p.d.Remake(p.ctx, p.pictures[k])
		p.d.Post(func() {
			if p.ctx.Err() != nil {
				return
			}
			delete(p.making, k)
			p.made[k] = made{remade, verdict}
			p.arm()
			p.d.Changed()
		})
	})
}
