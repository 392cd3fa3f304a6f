// Package projector carries out what the [presenter.Stage] decides: it has the frames of Program,
// Preview and what comes next made ahead, and paints them on a [Screen]. The window gives it the
// court window, tests and scripts a screen in memory.
//
// A [Projector] belongs to one goroutine, the owner's; in the window that is the UI goroutine. Only
// [Projector.Done] may be called from elsewhere. Frames are composed on a goroutine of the
// projector's own and delivered through post; whether a delivered frame is still wanted is asked on
// the owner's goroutine at the moment of painting.
package projector

import (
	"image"
	"slices"
	"time"

	"butluc/library"
	"butluc/library/trace"
	"butluc/presenter"
	"butluc/presenter/compose"
	"butluc/presenter/render"
)

// DefaultSize is the size of frames, in pixels, while there is no court screen.
var DefaultSize = image.Pt(1920, 1080)

// Screen is the court screen. Its methods are called on the owner's goroutine and return at once.
type Screen interface {
	Show(frame *image.RGBA) error // a frame of exactly Size
	Black() error
	Hide()
	Size() image.Point // pixels
}

// Renderer makes the pictures of pages; *render.Renderer is one.
type Renderer interface {
	Wish(lane render.Lane, requests []render.Request)
	Cached(render.Request) (*render.Picture, bool)
	Failure(render.Request) error // why a wish is not tried, nil where it may be
	Pin(requests ...render.Request)
}

// Options are what a projector works with; all fields but Tell are needed.
type Options struct {
	Renderer Renderer
	Post     func(func()) // runs a function on the owner's goroutine, later
	Source   Sources
	// Changed is called on the owner's goroutine when the state or a frame changed.
	Changed func()
	// Tell passes on what the person at the console should know.
	Tell func(presenter.Effect)
	// Record is told what the screen will show, before it does; nil: nobody is. It must not wait.
	Record func(Event)
	// Player plays clips; nil: they stand still. Its reports go to [Projector.Heard].
	Player Player
	// Trace is written to; nil: nothing is.
	Trace *trace.Trace
	// Moved is called on the owner's goroutine while a clip plays, a few times a second; nil: nobody wants to know.
	Moved func()
}

// Event is a change of what the court sees.
type Event struct {
	Kind  EventKind
	Shot  library.Shot // of Shows; of Plays from where it plays, of Stops where it came to stand
	From  int          // of Stops: where the playing began, in milliseconds
	Frame *image.RGBA  // of Shows; never written to
	Size  image.Point  // of Shows and Finds, in pixels
	// Origins are what the frame's pages were when it was made, one a pane.
	Origins []Origin
	Tones   [library.MaxPanes]string // see [Frame]
}

// EventKind is what happens to the court screen.
type EventKind uint8

// The kinds.
const (
	Shows    EventKind = iota // a frame
	Refuses                   // it did not take the frame that was told before: the court sees what it saw
	Blackens                  // black
	Loses                     // there is no court screen any more
	Finds                     // there is one, black
	Plays                     // the clip of the frame begins to move
	Stops                     // it stands
)

// Frame is the picture of a shot as the court screen would show it, or the error instead.
type Frame struct {
	Shot       library.Shot
	Image      *image.RGBA      // of exactly the screen's size; never written to
	Incomplete []library.PageID // pages that decoded only in part
	// Tones are the transfers of HDR, see [render.Picture], from which the panes' pictures were mapped.
	Tones [library.MaxPanes]string
	Err   error
	// Places are where the pages stand in the picture.
	Places []image.Rectangle
	// Callouts are where each pane's callouts came to stand in it.
	Callouts [][]image.Rectangle

	plan Plan // what it was made of
}

// Seen is the part of the picture that holds all there is to see: pages, their callouts, their captions. What is round it
// is black.
func (f Frame) Seen() image.Rectangle {
	var seen image.Rectangle
	for _, page := range f.Places {
		seen = seen.Union(page)
	}
	for _, callouts := range f.Callouts {
		for _, c := range callouts {
			seen = seen.Union(c)
		}
	}
	if !seen.Empty() {
		for _, place := range f.plan.layout() {
			if !place.Strip.Empty() {
				seen.Max.Y = max(seen.Max.Y, place.Strip.Max.Y)
			}
		}
	}
	return seen
}

// Projector has a stage, the frames that may be needed, and a screen to paint them on.
type Projector struct {
	opt    Options
	stage  *presenter.Stage
	screen Screen

	compositor

	frames  map[library.Shot]Frame // of the present size
	painted time.Time              // when the screen was given a frame, or black, last
	film    film
}

// New makes a projector without a screen. Close it.
func New(opt Options) *Projector {
	p := &Projector{opt: opt, stage: presenter.NewStage(), frames: map[library.Shot]Frame{}}
	p.compositor.trace = opt.Trace
	p.compositor.open(opt.Renderer.Cached, func() { opt.Post(p.receive) })
	return p
}

// Close ends the composing goroutine and waits for it. Nothing is delivered afterwards. A clip that plays falls silent,
// and is recorded to stand on the last picture that was seen; the screen is let be. It belongs to the owner's goroutine.
func (p *Projector) Close() {
	if p.film.open {
		p.opt.Player.Silence()
		p.stopped(p.film.at)
	}
	p.mu.Lock()
	was := p.closed
	p.closed = true
	p.mu.Unlock()
	if !was {
		close(p.wake)
	}
	p.done.Wait()
}

// State is a copy of the stage's state.
func (p *Projector) State() presenter.State { return p.stage.State() }

// Size is the size of frames in pixels.
func (p *Projector) Size() image.Point {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.size
}

// Frame is the frame of a shot, where it has been made.
func (p *Projector) Frame(shot library.Shot) (Frame, bool) {
	f, ok := p.frames[shot]
	return f, ok
}

// Shown is the frame painted last, as it was then, whatever became of its file.
func (p *Projector) Shown() (Frame, bool) {
	f := p.film.stands
	return f, f.Image != nil && f.Shot == p.stage.State().Shown
}

// Painted is when the screen was given a frame, or black, last; zero before.
func (p *Projector) Painted() time.Time { return p.painted }

// Do applies commands in order and carries out their effects.
func (p *Projector) Do(commands ...presenter.Command) {
	defer p.opt.Trace.Begin(trace.Window, "command")()
	arrived := p.collect()
	p.do(commands...)
	p.catchUp(arrived)
}

func (p *Projector) do(commands ...presenter.Command) {
	for _, c := range commands {
		for _, effect := range p.stage.Apply(c) {
			p.carryOut(effect)
		}
	}
	p.opt.Changed()
}

func (p *Projector) carryOut(effect presenter.Effect) {
	switch effect := effect.(type) {
	case presenter.PlayClip:
		p.play(effect.Shot)
	case presenter.Pause:
		p.pause()
	case presenter.Loudness:
		p.loud(effect)
	case presenter.ShowProgram:
		p.paint()
	case presenter.ShowBlack:
		if p.screen != nil {
			p.record(Event{Kind: Blackens})
			p.tellError(p.screen.Black())
			p.painted = time.Now()
		}
	case presenter.Hide:
		if p.screen != nil {
			p.screen.Hide()
		}
	case presenter.Prepare:
		p.prepare()
	default:
		if p.opt.Tell != nil {
			p.opt.Tell(effect)
		}
	}
}

// SetScreen gives the projector another screen, or none. What it shows is up to the stage: in a
// running trial, black until a key. Frames are made anew where the size changed.
func (p *Projector) SetScreen(s Screen) {
	had := p.screen != nil
	p.screen = s
	switch {
	case s == nil:
		if had {
			p.record(Event{Kind: Loses})
			p.do(presenter.ScreenLost{})
		}
		return
	case had:
		for _, effect := range p.stage.Apply(presenter.ScreenLost{}) {
			if _, ok := effect.(presenter.Pause); ok { // the other screen is gone without its being hidden
				p.carryOut(effect)
			}
		}
	}
	p.resize(s.Size())
	p.record(Event{Kind: Finds, Size: s.Size()})
	p.do(presenter.ScreenFound{})
}

// record tells the recorder, in a running trial.
func (p *Projector) record(e Event) {
	if p.opt.Record != nil && p.stage.State().Running {
		p.opt.Record(e)
	}
}

// Refresh makes anew the frames of files that are others now. What the court sees stays.
func (p *Projector) Refresh() { p.prepare() }

// Retry makes the frames of a file anew, say because its password is known now.
func (p *Projector) Retry(path string) {
	for shot := range p.frames {
		for _, pane := range shot.List() {
			if pane.Page.Path == path {
				delete(p.frames, shot)
			}
		}
	}
	p.prepare()
}

func (p *Projector) resize(size image.Point) {
	if compose.CheckSize(size) != nil {
		return
	}
	p.mu.Lock()
	same := p.size == size
	p.size = size
	p.mu.Unlock()
	if !same {
		clear(p.frames)
		p.prepare()
	}
}

// paint shows Program's frame if it is whole and, asked now, still wanted.
func (p *Projector) paint() {
	program := p.stage.State().Program
	if p.screen == nil || !p.stage.Wants(program) {
		return
	}
	f, ok := p.frames[program]
	switch {
	case !ok:
		p.reproject(program)
		return // the old picture stays until the frame arrives
	case f.Err == nil && !p.current(f):
		p.prepare() // of the page as it is now: a redaction may have come
		return
	case f.Err != nil:
		p.do(presenter.Failed{Shot: program})
		return
	}
	p.record(Event{Kind: Shows, Shot: program, Frame: f.Image, Size: f.Image.Rect.Size(), Origins: f.plan.origins[:program.Count], Tones: f.Tones})
	defer p.opt.Trace.Begin(trace.Window, "show")()
	if err := p.screen.Show(f.Image); err != nil {
		p.record(Event{Kind: Refuses})
		p.tellError(err)
		return
	}
	p.film.stands, p.film.mirror, p.painted = f, nil, time.Now()
	p.stage.Apply(presenter.Painted{Shot: program})
}

// prepare asks for the frames that the stage may need next and drops those it no longer does.
func (p *Projector) prepare() {
	upcoming := p.stage.Upcoming()
	keep := upcoming
	if shown := p.stage.State().Shown; !shown.IsZero() {
		keep = append(slices.Clone(upcoming), shown)
	}
	for shot := range p.frames {
		if !slices.Contains(keep, shot) {
			delete(p.frames, shot)
		}
	}
	size := p.Size()
	var wanted []Plan
	var awaited, next, pins []render.Request
	st := p.stage.State()
	for i, shot := range upcoming {
		plan, ok := p.opt.Source.Plan(shot, size)
		if !ok {
			p.frames[shot] = Frame{Shot: shot, Err: ErrNoSource}
			continue
		}
		requests := plan.requests()
		if i < 3 {
			pins = append(pins, requests...)
		}
		if f, made := p.frames[shot]; made && f.Err == nil && f.plan == plan {
			continue
		}
		delete(p.frames, shot) // its file changed, or what could not be drawn may be by now
		if err := p.failure(requests); err != nil {
			p.frames[shot] = Frame{Shot: shot, Err: err}
			continue
		}
		wanted = append(wanted, plan)
		if shot == st.Program || shot == st.Preview {
			awaited = append(awaited, requests...)
		} else {
			next = append(next, requests...)
		}
	}
	p.mu.Lock()
	p.wanted = wanted
	p.mu.Unlock()
	p.film.sheet = nil // a redaction may have come
	p.warm()
	p.opt.Renderer.Pin(pins...)
	p.opt.Renderer.Wish(render.LaneCourt, awaited)
	p.opt.Renderer.Wish(render.LaneNext, next)
	p.signal()
}

func (p *Projector) failure(requests []render.Request) error {
	for _, r := range requests {
		if err := p.opt.Renderer.Failure(r); err != nil {
			return err
		}
	}
	return nil
}

func (p *Projector) receive() {
	defer p.opt.Trace.Begin(trace.Window, "frames arrive")()
	p.mu.Lock()
	p.posted = false
	heard := p.heard
	p.heard = nil
	p.mu.Unlock()
	p.catchUp(p.collect())
	p.warm()
	for _, r := range heard {
		p.hear(r)
	}
	p.opt.Changed()
}

// current tells whether a frame is what would be made of its shot now.
func (p *Projector) current(f Frame) bool {
	plan, ok := p.opt.Source.Plan(f.Shot, f.plan.size)
	return ok && plan == f.plan
}

// collect takes over the frames that were made, and paints none. A command does so first: what was
// posted waits while the window is drawn, and the frame that the command takes may have been made
// meanwhile.
func (p *Projector) collect() []Frame {
	p.mu.Lock()
	arrived := p.arrived
	p.arrived = nil
	size, closed := p.size, p.closed
	p.mu.Unlock()
	if closed {
		return nil
	}
	arrived = slices.DeleteFunc(arrived, func(f Frame) bool {
		return f.Err == nil && (f.Image.Rect.Size() != size || !p.current(f)) // made for a screen, or of a page, as it is no more
	})
	for _, f := range arrived {
		p.frames[f.Shot] = f
	}
	for _, f := range arrived {
		for _, page := range f.Incomplete {
			p.do(presenter.Caution{Page: page, Why: presenter.Incomplete})
		}
	}
	return arrived
}

// catchUp paints the Program where its frame is among those that arrived and the court does not see it yet.
func (p *Projector) catchUp(arrived []Frame) {
	for _, f := range arrived {
		if s := p.stage.State(); f.Shot == s.Program && (s.Dark || s.Shown != f.Shot) {
			p.paint()
		}
	}
}

func (p *Projector) tellError(err error) {
	if err != nil && p.opt.Tell != nil {
		p.opt.Tell(ScreenError{Err: err})
	}
}
