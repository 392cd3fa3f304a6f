// Package clip plays recordings on behalf of the program. What decodes them and sounds is a child process (package
// player), since recordings come from strangers: one that crashes or hangs the child costs that recording, and a child
// that does not fall silent when it is told to is killed.
//
// A [Player]'s methods may be called on any goroutine and return at once.
package clip

import (
	"errors"
	"fmt"
	"image"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/sandbox"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/clip/shared"
	"butluc/presenter/render"
)

// How long the child may take to fall silent before it is killed: where nobody may hear it any more, and where a person
// only pauses. A busy machine may keep it waiting, and another child takes a while to be ready.
const (
	SilentWithin = 30 * time.Millisecond
	PausedWithin = 500 * time.Millisecond
)

// BegunWithin is how long the first picture of a play may take: more than the child gives a recording to open.
const BegunWithin = 25 * time.Second

// Clip is a part of a recording, and how it is played.
type Clip struct {
	Source render.Source
	View   library.Rect // of the picture once turned; zero: all of it
	Turn   library.Turn
	Size   image.Point // of the moving pictures, in pixels
	At, To int         // milliseconds; it stops on the last frame at or before To
	Volume int         // per cent
	Mute   bool
	Speed  int // per cent
}

func (c Clip) wire() protocol.Clip {
	s := c.Source
	return protocol.Clip{
		Root: library.EscapePath(s.Root), Path: s.Path, Kind: s.Kind, Bytes: s.Size, ModTime: s.ModTime,
		View: c.View, Turn: c.Turn, Size: c.Size, Tracks: s.Tracks,
	}
}

// Report is something that a [Player] tells.
type Report struct {
	protocol.Event
	// Err says that the child ended, or was killed, while it played: with Stopped. Event.At is then the last frame shown.
	Err error
}

// Why a child ended while it played.
var (
	ErrDied = errors.New("the player ended")
	ErrHung = errors.New("the player did not fall silent in time and was ended")
)

// Options are what a Player works with.
type Options struct {
	// Command is the argv of the child, to which the shared memory's name is added, and Sound where it is not "". Empty:
	// this program with the argument "clip-player".
	Command []string
	// Sound is libmpv's name of what plays sound, "" for its own choice.
	Sound string
	// Report is called on a goroutine of the player's own. It must not block, nor call the player.
	Report func(Report)
}

// Player plays one clip at a time. Close it.
type Player struct {
	opt  Options
	wake chan struct{}
	done sync.WaitGroup

	mu      sync.Mutex
	queue   []protocol.Command
	loaded  protocol.Command // what the child stands on, or is going to
	serial  uint32           // of the last play
	playing bool
	silent  bool // it plays no more, and Stopped is to come
	begun   bool // something was told of it
	toning  bool // the child was asked for the test tone, or its device
	at      int  // of the frame told last
	child   *child
	hung    *time.Timer
	closed  bool

	show   sync.Mutex // held while a picture is looked at, and while its memory goes
	memory *shared.Memory
}

// New makes a player. Its child is started when it is needed first.
func New(opt Options) *Player {
	if len(opt.Command) == 0 {
		opt.Command = []string{sandbox.Binary(), "clip-player"}
	}
	p := &Player{opt: opt, wake: make(chan struct{}, 1)}
	p.done.Go(p.loop)
	return p
}

// Close ends the child and waits for it. Nothing is reported afterwards.
func (p *Player) Close() {
	p.mu.Lock()
	was := p.closed
	p.closed = true
	if p.child != nil {
		_ = p.child.cmd.Process.Kill()
	}
	p.mu.Unlock()
	if !was {
		close(p.wake)
	}
	p.done.Wait()
	p.show.Lock()
	defer p.show.Unlock()
	if p.memory != nil {
		p.memory.Close()
		p.memory = nil
	}
}

func (p *Player) send(c protocol.Command) {
	p.queue = append(p.queue, c)
	if p.closed {
		return
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (c Clip) command(op protocol.Op, serial uint32) protocol.Command {
	return protocol.Command{Op: op, Serial: serial, Clip: c.wire(), At: c.At, To: c.To, Volume: c.Volume, Mute: c.Mute, Speed: c.Speed}
}

// Load makes a clip ready, so that Play begins at once. While one plays it does nothing, nor where the same was asked for
// last, whether it could be done or not.
func (p *Player) Load(c Clip) {
	p.mu.Lock()
	defer p.mu.Unlock()
	command := c.command(protocol.OpLoad, 0)
	if p.playing || p.loaded == command {
		return
	}
	p.loaded = command
	p.send(command)
}

// Play plays a clip in place of the one before. The number that it returns is that of its pictures and reports.
func (p *Player) Play(c Clip) (serial uint32) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.serial++
	if p.hung != nil {
		p.discard(p.child) // it was told to fall silent, and has not answered
	}
	p.playing, p.silent, p.begun, p.at, p.loaded = true, false, false, c.At, protocol.Command{}
	p.stopWaiting()
	p.send(c.command(protocol.OpPlay, p.serial))
	now := p.serial
	time.AfterFunc(BegunWithin, func() { p.notBegun(now) })
	return p.serial
}

// Pause has the clip stand: [protocol.Stopped] tells where. A child that does not do so within [PausedWithin] is killed.
func (p *Player) Pause() { p.stop(PausedWithin) }

// Silence is Pause where nobody may hear the clip any more: the child has [SilentWithin].
func (p *Player) Silence() { p.stop(SilentWithin) }

func (p *Player) stop(within time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.playing || p.silent {
		return
	}
	if p.hung == nil {
		p.send(protocol.Command{Op: protocol.OpPause, Serial: p.serial})
	}
	p.stopWaiting()
	serial := p.serial
	p.hung = time.AfterFunc(within, func() { p.kill(serial) })
}

// stopWaiting forgets that somebody waits for silence. p.mu is held.
func (p *Player) stopWaiting() {
	if p.hung != nil {
		p.hung.Stop()
		p.hung = nil
	}
}

// kill ends the child that does not fall silent in a play.
func (p *Player) kill(serial uint32) {
	p.mu.Lock()
	if !p.playing || p.serial != serial || p.hung == nil || p.closed {
		p.mu.Unlock()
		return
	}
	if p.child == nil || p.child.serial != serial { // the play has not come to a child yet, nor a sound from it
		p.hung = time.AfterFunc(SilentWithin, func() { p.kill(serial) })
		p.mu.Unlock()
		return
	}
	p.giveUp()
}

// notBegun ends the child of a play of which nothing was told.
func (p *Player) notBegun(serial uint32) {
	p.mu.Lock()
	if !p.playing || p.serial != serial || p.begun || p.closed {
		p.mu.Unlock()
		return
	}
	p.giveUp()
}

// giveUp ends the child that plays, and tells so. p.mu is held, and let go.
func (p *Player) giveUp() {
	p.discard(p.child)
	p.playing, p.loaded = false, protocol.Command{}
	p.stopWaiting()
	serial, at := p.serial, p.at
	p.mu.Unlock()
	p.opt.Report(Report{protocol.Event{Told: protocol.Stopped, Serial: serial, At: at}, ErrHung})
}

// Loud changes how loud the clip is that plays or stands.
func (p *Player) Loud(volume int, mute bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loaded.Volume, p.loaded.Mute = volume, mute
	p.send(protocol.Command{Op: protocol.OpLoud, Volume: volume, Mute: mute})
}

// Tone plays the test tone: a second of 440 Hz. [protocol.Toned] tells when it is over, and from which device it came.
// It is not for while something plays.
func (p *Player) Tone() { p.tone(false) }

// Device is [Player.Tone] without the tone.
func (p *Player) Device() { p.tone(true) }

func (p *Player) tone(mute bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loaded, p.toning = protocol.Command{}, true
	p.send(protocol.Command{Op: protocol.OpTone, Mute: mute})
}

// Rest ends the child, so that it holds no file open. The next clip has another one.
func (p *Player) Rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loaded, p.playing, p.toning = protocol.Command{}, false, false
	p.stopWaiting()
	p.discard(p.child)
}

// discard kills a child; what it tells from now on is nobody's. p.mu is held.
func (p *Player) discard(c *child) {
	if c == nil {
		return
	}
	_ = c.cmd.Process.Kill()
	if p.child == c {
		p.child = nil
	}
}

// Take shows use the newest picture of a play, where there is one that was not taken yet. The picture must not be kept
// nor written to.
func (p *Player) Take(serial uint32, use func(picture *image.RGBA, at int)) {
	p.show.Lock()
	defer p.show.Unlock()
	if p.memory == nil {
		return
	}
	if picture, at, of, ok := p.memory.Take(); ok && of == serial {
		use(picture, at)
	}
}

// loop starts children and hands commands to them.
func (p *Player) loop() {
	for range p.wake {
		p.mu.Lock()
		queue := p.queue
		p.queue = nil
		p.mu.Unlock()
		for _, command := range queue {
			if err := p.hand(command); err != nil {
				p.failed(command, err)
			}
		}
	}
}

// hand gives a command to a child; where that is gone by now, to another one.
func (p *Player) hand(command protocol.Command) error {
	for try := 0; ; try++ {
		c, err := p.suited(command)
		if err != nil || c == nil {
			return err
		}
		if command.Op == protocol.OpPlay {
			p.mu.Lock()
			c.serial = command.Serial
			p.mu.Unlock()
		}
		err = protocol.Write(c.in, command)
		if err == nil || try > 0 {
			return err
		}
		p.mu.Lock()
		p.discard(c)
		p.mu.Unlock()
	}
}

// suited is a child that can carry out a command: another one where there is none, its memory is too small, or its fence
// is around another folder. Only loading and playing are worth a new one.
func (p *Player) suited(command protocol.Command) (*child, error) {
	p.mu.Lock()
	live := p.child
	closed := p.closed
	p.mu.Unlock()
	pixels := max(1, command.Clip.Size.X*command.Clip.Size.Y)
	switch {
	case closed:
		return nil, nil
	case live != nil && live.pixels >= pixels && (live.root == "" || command.Clip.Root == "" || live.root == command.Clip.Root):
		if command.Clip.Root != "" {
			live.root = command.Clip.Root
		}
		return live, nil
	case live == nil && (command.Op == protocol.OpPause || command.Op == protocol.OpLoud):
		return nil, nil
	case live != nil:
		p.mu.Lock()
		p.discard(live)
		toned := p.toning && command.Op != protocol.OpTone
		if toned {
			p.toning = false
		}
		p.mu.Unlock()
		if toned {
			p.toneLost()
		}
	}
	return p.start(pixels, command.Clip.Root)
}

// heard passes on what a child tells of the present play, or of none.
func (p *Player) heard(c *child, e protocol.Event) {
	p.mu.Lock()
	ours := !p.closed && p.child == c
	play := e.Serial != 0
	switch {
	case !ours, play && (e.Serial != p.serial || !p.playing):
		p.mu.Unlock()
		return
	case e.Told == protocol.Frame:
		p.at, p.begun = e.At, true
	case e.Told == protocol.Silent:
		p.silent = true
		p.stopWaiting()
	case play && (e.Told == protocol.Stopped || e.Told == protocol.Failed):
		p.playing = false
		p.stopWaiting()
	case e.Told == protocol.Failed: // loaded stays: what can't be loaded is not loaded again and again
		p.toning = false
	case e.Told == protocol.Toned:
		p.toning = false
	}
	p.mu.Unlock()
	p.opt.Report(Report{Event: e})
}

// ended tells that a child is gone.
func (p *Player) ended(c *child, status, err error) {
	slog.Info("the player of recordings ended", "status", fmt.Sprint(status), "why", err.Error(), "said", c.errors.String(), "os", runtime.GOOS)
	p.mu.Lock()
	if p.child != c {
		p.mu.Unlock()
		return
	}
	p.child, p.loaded = nil, protocol.Command{}
	toned, at, serial, closed := p.toning, p.at, p.serial, p.closed
	played := p.playing && c.serial == serial // a later play comes to another child
	p.toning = false
	if played {
		p.playing = false
		p.stopWaiting()
	}
	p.mu.Unlock()
	if toned && !closed {
		p.toneLost()
	}
	if !played || closed {
		return
	}
	p.opt.Report(Report{protocol.Event{Told: protocol.Stopped, Serial: serial, At: at}, ErrDied})
}

// toneLost tells whoever asked for the test tone that its child is gone.
func (p *Player) toneLost() {
	p.opt.Report(Report{protocol.Event{Told: protocol.Failed, Fault: library.FaultCrashed, Text: ErrDied.Error()}, ErrDied})
}

// failed tells that a command reached no child.
func (p *Player) failed(c protocol.Command, err error) {
	slog.Error("the player of recordings", "command", c.Op, "err", err)
	p.mu.Lock()
	if c.Op != protocol.OpLoad {
		p.loaded = protocol.Command{}
	}
	play := c.Op == protocol.OpPlay && p.serial == c.Serial && p.playing
	if play {
		p.playing = false
		p.stopWaiting()
	}
	closed := p.closed
	p.mu.Unlock()
	if (play || c.Op == protocol.OpLoad || c.Op == protocol.OpTone) && !closed {
		p.opt.Report(Report{protocol.Event{Told: protocol.Failed, Serial: c.Serial, At: c.At, Fault: library.FaultCrashed, Text: err.Error()}, err})
	}
}
