// Package player is the child process that plays recordings: it decodes them, plays their sound, and puts their
// pictures into memory that it shares with the program, at the size of their place on the court screen. A recording
// that crashes or hangs it costs that recording; when the program kills it, it is silent.
package player

import (
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/sandbox"
	"butluc/presenter/clip/mpv"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/clip/shared"
	"butluc/presenter/compose"
)

const (
	// openWithin is how long a recording may take to open and to stand where it begins.
	openWithin = 10 * time.Second
	// clockEvery is how often the time of a recording of sound is looked at while it plays.
	clockEvery = 100 * time.Millisecond
	// tailEvery is how often it is told how far sound is behind the last picture, in milliseconds of it.
	tailEvery = 250
	// backlog is how many commands may wait.
	backlog = 64
)

// player plays one recording at a time.
type player struct {
	out    io.Writer
	memory *shared.Memory
	sound  string // libmpv's name of what plays sound, "" for its own choice

	root   string // what the fence lets through, "" before
	file   *mpv.File
	clip   protocol.Clip
	at     int // where the file stands, -1 while it plays
	serial uint32
	to     int // where it is to stop
	going  bool
	second int // of the time shown last, of sound alone
	frames int // the time of the frame shown last
	told   int // the time told last

	telling sync.Mutex // guards out

	mu          sync.Mutex // guards what follows, and is held while a play is let go
	silenced    uint32     // the play that is to be silent
	silenceable *mpv.File  // file, once it is open
}

// Main carries out commands from in and tells on out, until in ends. It takes the process over: it takes away its
// rights for good. memory is what [shared.New] told; sound is libmpv's name of the output of sounds, "" for its own
// choice.
func Main(in io.Reader, out io.Writer, memory, sound string) error {
	out, err := sandbox.Output(out)
	if err != nil {
		return err
	}
	m, err := shared.Open(memory)
	if err != nil {
		return err
	}
	sandbox.Limit(sandbox.Play)
	p := &player{out: out, memory: m, sound: sound}
	return p.serve(in)
}

func (p *player) serve(in io.Reader) error {
	commands := make(chan protocol.Command, backlog)
	go func() {
		lines := protocol.NewReader[protocol.Command](in)
		for {
			c, err := lines.Next()
			if err != nil {
				os.Exit(0) // the program is gone, or has had enough of us: silence at once
			}
			if c.Op == protocol.OpPause {
				p.silence(c.Serial) // the rest waits until the picture is drawn that is being drawn
			}
			commands <- c
		}
	}()
	clock := time.NewTicker(clockEvery)
	defer clock.Stop()
	for {
		var news <-chan struct{}
		if p.file != nil {
			news = p.file.News()
		}
		var err error
		select {
		case c := <-commands:
			if c.Op == protocol.OpLoad && len(commands) > 0 {
				continue // somebody leafs through: what he comes to is what counts
			}
			err = p.do(c)
		case <-news:
			err = p.poll()
		case <-clock.C:
			err = p.poll()
		}
		if err != nil {
			return err
		}
	}
}

// do carries out a command. Its errors are those of telling.
func (p *player) do(c protocol.Command) error {
	switch c.Op {
	case protocol.OpLoad:
		if p.going {
			return nil
		}
		if err := p.stand(c); err != nil {
			return p.fail(c.Serial, err)
		}
		return p.tell(protocol.Event{Told: protocol.Ready, Serial: c.Serial, At: c.At, Device: p.file.Device(), Mute: !p.file.Speaks()})
	case protocol.OpPlay:
		if err := p.play(c); err != nil {
			return p.fail(c.Serial, err)
		}
	case protocol.OpPause:
		if p.going {
			return p.stop(false)
		}
		return p.tell(protocol.Event{Told: protocol.Stopped, Serial: p.serial, At: p.at})
	case protocol.OpLoud:
		if p.file != nil {
			_ = p.file.Loud(c.Volume, c.Mute)
		}
	case protocol.OpTone:
		return p.tone(c.Mute)
	}
	return nil
}

// fault is an error that knows its code.
type fault struct {
	code library.FaultCode
	err  error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

func (p *player) fail(serial uint32, err error) error {
	p.close()
	code := library.FaultBroken
	var f *fault
	switch {
	case errors.As(err, &f):
		code = f.code
	case errors.Is(err, mpv.ErrMissing):
		code = library.FaultVideo
	case errors.Is(err, mpv.ErrCodec):
		code = library.FaultCodec
	case errors.Is(err, mpv.ErrSlow):
		code = library.FaultTimeout
	}
	return p.tell(protocol.Event{Told: protocol.Failed, Serial: serial, Fault: code, Text: err.Error()})
}

// tell tells the program, from any goroutine.
func (p *player) tell(e protocol.Event) error {
	p.telling.Lock()
	defer p.telling.Unlock()
	return protocol.Write(p.out, e)
}

func (p *player) close() {
	p.mu.Lock()
	p.silenceable = nil
	p.mu.Unlock()
	if p.file != nil {
		p.file.Close()
	}
	p.file, p.clip, p.going = nil, protocol.Clip{}, false
}

// silence silences a play, from any goroutine, also before it has begun.
func (p *player) silence(serial uint32) {
	p.mu.Lock()
	p.silenced = serial
	if p.silenceable != nil {
		p.silenceable.PauseNow()
	}
	p.mu.Unlock()
	_ = p.tell(protocol.Event{Told: protocol.Silent, Serial: serial}) // where nobody listens, this process is at its end
}

// stand has the clip of a command loaded and standing where it begins.
func (p *player) stand(c protocol.Command) error {
	if p.file == nil || p.clip != c.Clip {
		if err := p.load(c.Clip); err != nil {
			return err
		}
	}
	if err := errors.Join(p.file.Loud(c.Volume, c.Mute), p.file.Speed(c.Speed), p.file.Until(c.To)); err != nil {
		return err
	}
	if p.at == c.At {
		return nil
	}
	if err := p.file.Seek(c.At); err != nil {
		return err
	}
	if err := p.file.Wait(openWithin); err != nil {
		return err
	}
	p.at = c.At
	return nil
}

func (p *player) load(c protocol.Clip) error {
	p.close()
	f, err := p.open(c)
	if err != nil {
		return err
	}
	defer f.Close() // libmpv has it open by then
	options := p.sounding()
	options["sws-fast"], options["sws-scaler"] = "yes", "bilinear"
	if p.file, err = mpv.OpenFile(f, c.Tracks, openWithin, options); err != nil {
		p.file = nil
		return err
	}
	p.clip, p.at = c, -1
	p.mu.Lock()
	p.silenceable = p.file
	p.mu.Unlock()
	view := c.View.Or()
	if p.file.Size() == (image.Point{}) || view == library.WholePage && c.Turn%4 == 0 {
		return nil
	}
	return p.file.Look(int(c.Turn), view.X0, view.Y0, view.X1, view.Y1)
}

// open opens the file within its folder, and closes the fence around that when it is the first.
func (p *player) open(c protocol.Clip) (*os.File, error) {
	dir := library.SystemPath(c.Root)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, missing(err)
	}
	defer root.Close()
	if p.root == "" {
		sandbox.Around(dir, sandbox.Play)
		p.root = dir
	}
	name := library.SystemPath(c.Path)
	info, err := root.Stat(name) // a device does things when it is only opened
	if err == nil {
		err = same(info, c)
	}
	if err != nil {
		return nil, missing(err)
	}
	f, err := root.OpenFile(name, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, missing(err)
	}
	if info, err = f.Stat(); err == nil { // it may be another by now
		err = same(info, c)
	}
	if err != nil {
		_ = f.Close()
		return nil, missing(err)
	}
	return f, nil
}

// same tells why a file is not the one that was listed.
func same(info fs.FileInfo, c protocol.Clip) error {
	switch {
	case !info.Mode().IsRegular():
		return &fault{library.FaultUnreadable, errors.New("not a regular file")}
	case info.Size() != c.Bytes || info.ModTime().UnixNano() != c.ModTime:
		return &fault{library.FaultChanging, fmt.Errorf("file has %d bytes of %d; changed since it was listed", info.Size(), c.Bytes)}
	}
	return nil
}

func missing(err error) error {
	if errors.As(err, new(*fault)) {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &fault{library.FaultVanished, err}
	}
	return &fault{library.FaultUnreadable, err}
}

func (p *player) play(c protocol.Command) error {
	if p.going {
		if err := p.file.Pause(true); err != nil {
			return err
		}
		p.at, p.going = -1, false
	}
	if err := p.stand(c); err != nil {
		return err
	}
	p.serial, p.second, p.to, p.frames, p.told = c.Serial, -1, c.To, c.At, c.At
	let, err := p.discard()
	if err == nil && !let {
		return p.tell(protocol.Event{Told: protocol.Stopped, Serial: c.Serial, At: p.at})
	}
	p.at, p.going = -1, err == nil
	return err
}

// discard has what stands play, unless somebody silenced it by now.
func (p *player) discard() (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silenced == p.serial {
		return false, nil
	}
	return true, p.file.Pause(false)
}

// stop falls silent at once, and tells where it stands.
func (p *player) stop(end bool) error {
	device, dropped := p.file.Device(), p.file.Dropped()
	err := p.file.Pause(true)
	p.going, p.at = false, -1
	if err != nil {
		return p.fail(p.serial, err)
	}
	picture, err := p.picture()
	if err != nil {
		return p.fail(p.serial, err)
	}
	at, err := p.file.Stop(picture, openWithin)
	if err != nil {
		return p.fail(p.serial, err)
	}
	at = min(at, p.to) // sound ends with a packet, not on the millisecond
	if p.file.Size() != (image.Point{}) {
		if err := p.put(at); err != nil {
			return err
		}
	}
	return p.tell(protocol.Event{Told: protocol.Stopped, Serial: p.serial, At: at, End: end, Dropped: dropped, Device: device})
}

// poll takes in what libmpv says, and hands on a frame that is due.
func (p *player) poll() error {
	if p.file == nil {
		return nil
	}
	due, err := p.file.Poll()
	if err != nil {
		return p.fail(p.serial, err)
	}
	switch {
	case due:
		err = p.frame()
	case p.going:
		err = p.goesOn()
	}
	if err == nil && p.going && p.file.Ended() { // a failure ends the play, too
		err = p.stop(true)
	}
	return err
}

// frame draws the frame that is due. One that comes while the clip stands is nobody's.
func (p *player) frame() error {
	if err := p.draw(); err != nil {
		return p.fail(p.serial, err)
	}
	if !p.going {
		return nil
	}
	p.frames = p.file.At()
	return p.put(p.frames)
}

// draw draws what the recording shows into the memory for the next picture.
func (p *player) draw() error {
	picture, err := p.picture()
	if err != nil {
		return err
	}
	return p.file.Draw(picture)
}

// goesOn tells how far sound is without new pictures: of sound alone, and behind the last picture of a film.
func (p *player) goesOn() error {
	if p.file.Size() == (image.Point{}) {
		return p.time()
	}
	at := p.file.At()
	if at < p.frames+mpv.Tail || at < p.told+tailEvery {
		return nil
	}
	if err := p.draw(); err != nil {
		return p.fail(p.serial, err)
	}
	return p.put(at)
}

// picture is the memory for the next picture.
func (p *player) picture() (*image.RGBA, error) {
	size, room := p.clip.Size, p.memory.Room()
	if size.X < 1 || size.Y < 1 || len(room) < 4*size.X*size.Y {
		return nil, fmt.Errorf("no room for pictures of %v pixels", size)
	}
	return &image.RGBA{Pix: room[:4*size.X*size.Y], Stride: 4 * size.X, Rect: image.Rectangle{Max: size}}, nil
}

// time draws the time of a recording of sound, a second at a time.
func (p *player) time() error {
	at := p.file.At()
	if at/1000 == p.second {
		return nil
	}
	p.second = at / 1000
	picture, err := compose.Clock(p.clip.Size, at)
	if err != nil {
		return p.fail(p.serial, err)
	}
	copy(p.memory.Room(), picture.Pix)
	return p.put(at)
}

func (p *player) put(at int) error {
	p.told = at
	if err := p.memory.Put(p.clip.Size, at, p.serial); err != nil {
		return p.fail(p.serial, err)
	}
	return p.tell(protocol.Event{Told: protocol.Frame, Serial: p.serial, At: at})
}

// tone plays the test tone unless muted, and tells when it is over and from which device it comes.
func (p *player) tone(mute bool) error {
	p.close()
	file, err := mpv.Open("hex://"+fmt.Sprintf("%x", toneWAV()), openWithin, p.sounding())
	if err != nil {
		return p.fail(0, err)
	}
	defer file.Close()
	toned := protocol.Event{Told: protocol.Toned, Device: strings.TrimSpace(file.Device())}
	if mute {
		return p.tell(toned)
	}
	if err := file.Pause(false); err != nil {
		return p.fail(0, err)
	}
	for until := time.Now().Add(3 * toneLasts); !file.Ended() && time.Now().Before(until); {
		if _, err := file.Poll(); err != nil {
			return p.fail(0, err)
		}
		select {
		case <-file.News():
		case <-time.After(clockEvery):
		}
	}
	return p.tell(toned)
}

// sounding are the options by which libmpv makes itself heard. Where the machine has no device, a recording of sound
// plays all the same, unheard, as a film does: that it can't be heard is told by its device.
func (p *player) sounding() map[string]string {
	return map[string]string{"ao": p.sound, "audio-fallback-to-null": "yes"}
}
