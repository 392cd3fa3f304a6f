package mpv

import (
	"errors"
	"fmt"
	"image"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"butluc/library"
	"butluc/presenter/clip/tonemap"
)

// Why a recording can't be played. They are wrapped with what libmpv said.
var (
	ErrFormat = errors.New("not a recording, or a broken one")
	ErrCodec  = errors.New("this libmpv lacks the codec")
	ErrSlow   = errors.New("the recording did not answer in time")
)

// Tolerance is how much before a time its frame may lie, in milliseconds: times are kept in whole milliseconds,
// frames lie between them. It is libmpv's own for exact seeks.
const Tolerance = 5

// maxSide bounds a picture, in pixels.
const maxSide = 16384

// File is a recording that is open and stands still or plays. Its methods are for one goroutine. Close it.
type File struct {
	recording
	renderer *Renderer
	graph    string   // of all that FFmpeg changes its pictures by
	disk     *os.File // kept open meanwhile; nil for a name
	deaf     bool     // the sound is off, see hear
	stands   bool     // it stands still, on a frame whose time is known
	resume   bool     // it shall play once it is there
	asked    state
	before   int // the renderer's frames when it was asked
}

// recording is what libmpv says of the recording that it has.
type recording struct {
	player   *Player
	duration int // milliseconds, as the file says
	size     image.Point
	video    bool
	wanted   library.Tracks
	has      library.Tracks // how many
	upright  string         // the filter that turns its pictures upright
	sound    bool
	track    string // libmpv's number of the sound
	tone     tonemap.Transfer
	offsets  []int // indexed or guessed
}

// state is how far libmpv is with what it was asked for.
type state int

const (
	there state = iota // it stands, or plays
	asked              // it did not begin yet: what it tells is of earlier things
	going
)

// Open opens the recording of a name (a path, "fd://3" or "hex://52494646…", and nothing else that libmpv knows),
// standing on its first frame. options go over those of every file: "ao" for its sound, which is off without. Its
// errors wrap [ErrMissing], [ErrFormat], [ErrCodec] or [ErrSlow].
func Open(name string, within time.Duration, options map[string]string) (*File, error) {
	return openTracks(name, library.Tracks{}, within, options)
}

func openTracks(name string, wanted library.Tracks, within time.Duration, options map[string]string) (*File, error) {
	if !strings.HasPrefix(name, "fd://") && !strings.HasPrefix(name, "hex://") {
		path, err := filepath.Abs(name) // a file may be called "edl:x"
		if err != nil {
			return nil, fmt.Errorf("open recording: %w", err)
		}
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe would keep it waiting
			return nil, fmt.Errorf("open recording: %w: not a plain file", ErrFormat)
		}
		name = path
	}
	all := map[string]string{
		// With a thread of its own, demuxing now and then finds nothing any more after sound was turned on (see hear)
		// in a file that it had read to its end: 0.35.
		"demuxer-thread": "no",

		"vo": "libmpv", "pause": "yes", "keep-open": "always", "hr-seek": "yes", "keepaspect": "no",
		// The renderer into memory of 0.35 asserts that nothing is turned: a filter does that (see choose).
		"video-rotate": "no",
		// Else the end is told while the last quarter of a second of sound is still to be heard, and lost by a pause.
		"gapless-audio": "no",
		"volume-max":    "150", "replaygain": "no", "video-timing-offset": "0",
		"demuxer-max-bytes": "64MiB", "demuxer-max-back-bytes": "16MiB", "vd-lavc-threads": "2",
	}
	maps.Copy(all, options)
	p, err := New(all)
	if err != nil {
		return nil, err
	}
	f := &File{recording: recording{player: p, wanted: wanted}}
	if err := f.load(name, time.Now().Add(within)); err != nil {
		f.Close()
		return nil, fmt.Errorf("open recording: %w", err)
	}
	return f, nil
}

// Close ends it. Calling it twice is harmless.
func (f *File) Close() {
	if f.renderer != nil {
		_ = f.player.Set("vid", "no") // while somebody takes its frames over
		f.renderer.Close()
		f.renderer = nil
	}
	f.player.Close()
	if f.disk != nil {
		_ = f.disk.Close()
		f.disk = nil
	}
}

// preloaded is the point at which the tracks are known and no decoder runs yet.
const preloaded = "on_preloaded"

func (f *File) load(name string, deadline time.Time) (err error) {
	if f.renderer, err = NewRenderer(f.player); err != nil {
		return err
	}
	if err := errors.Join(f.player.Hook(preloaded), f.player.Observe("eof-reached"), f.player.Observe(transfer)); err != nil {
		return err
	}
	f.asked = going
	if err := f.player.Do("loadfile", name); err != nil {
		return err
	}
	if err := f.settle(deadline); err != nil {
		return err
	}
	if err := f.leaveTones(deadline); err != nil {
		return err
	}
	return f.measure()
}

// opened tells whether it was measured: one of sound alone has no size, and no tones either.
func (r *recording) opened() bool { return r.size != image.Point{} }

// settle waits until what was asked for stands there.
func (f *File) settle(deadline time.Time) error {
	return f.await(deadline, func() bool { return f.asked == there })
}

// await listens until something is so.
func (f *File) await(deadline time.Time, so func() bool) error {
	for {
		if err := f.listen(); err != nil {
			return err
		}
		if so() {
			return nil
		}
		left := time.Until(deadline)
		if left <= 0 {
			return fmt.Errorf("%w: %v", ErrSlow, f.Notes())
		}
		select {
		case <-f.player.News():
		case <-time.After(left):
		}
	}
}

// ask has libmpv go somewhere; settle waits for that.
func (f *File) ask(command ...string) error {
	if err := f.listen(); err != nil {
		return err
	}
	f.asked, f.before = asked, f.renderer.Frames()
	return f.player.Do(command...)
}

// listen takes in what libmpv has to say.
func (f *File) listen() error {
	for e := f.player.Next(0); e.Kind != None; e = f.player.Next(0) {
		switch e.Kind {
		case Hook:
			f.choose()
			if err := f.player.Continue(e); err != nil {
				return err
			}
		case EndFile, Shutdown:
			return f.ended(e.Err)
		case Seek:
			if f.asked == asked {
				f.asked = going
			}
		case PlaybackRestart:
			if f.asked == going {
				f.asked = there
			}
		case PropertyChange:
			if e.Name == transfer {
				if err := f.lookAtTones(); err != nil {
					return err
				}
			} else if f.asked == going && f.over() {
				f.asked = there
			}
		default:
		}
	}
	return f.goOn()
}

// ended says why libmpv gave a file up.
func (f *File) ended(err error) error {
	reason := ErrFormat
	if errors.Is(err, errNothingToPlay) && f.tracks() > 0 {
		reason = ErrCodec
	}
	return fmt.Errorf("%w: %w: %v", reason, err, f.Notes())
}

// filter has FFmpeg change every picture; "" for as they are.
func (f *File) filter(graph string) error {
	f.graph = graph
	var chain []string
	if f.tone != "" {
		chain = append(chain, untouched)
	}
	if graph != "" {
		chain = append(chain, "lavfi=["+graph+"]")
	}
	return f.player.Set("vf", strings.Join(chain, ","))
}

// Look has pictures turned clockwise by quarters, and then cut to a part of them, 0..1 of their width and height.
// What stands there now changes with the next seek.
func (f *File) Look(quarters int, x0, y0, x1, y1 float64) error {
	var graph []string
	if f.upright != "" {
		graph = append(graph, f.upright)
	}
	if turn := turned[(quarters%4+4)%4*90]; turn != "" {
		graph = append(graph, turn)
	}
	if x0 > 0 || y0 > 0 || x1 < 1 || y1 < 1 {
		graph = append(graph, fmt.Sprintf("crop=iw*%.6f:ih*%.6f:iw*%.6f:ih*%.6f", x1-x0, y1-y0, x0, y0))
	}
	return f.filter(strings.Join(graph, ","))
}

// turned are FFmpeg's filters that turn clockwise by degrees.
var turned = map[int]string{90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}

// selected tells whether libmpv still decodes a film; it lets go of one whose codec it lacks.
func (r *recording) selected() bool {
	id, _ := r.player.Get("vid")
	return id != "no" && id != ""
}

// measure finds what the recording is.
func (f *File) measure() error {
	duration, _ := f.player.Number("duration")
	f.duration = milliseconds(duration)
	f.size = image.Pt(f.number("video-out-params/dw"), f.number("video-out-params/dh"))
	_, f.sound = f.player.Get("audio-params/format")
	f.track, _ = f.player.Get("aid")
	f.offsets = guessed
	if f.indexed() {
		f.offsets = indexed
	}
	switch {
	case f.video && f.size == image.Point{} && !f.selected():
		return fmt.Errorf("%w: %v", ErrCodec, f.Notes())
	case f.video && (f.size.X < 1 || f.size.Y < 1 || f.size.X > maxSide || f.size.Y > maxSide):
		return fmt.Errorf("%w: pictures of %v pixels: %v", ErrFormat, f.size, f.Notes())
	case !f.video && (f.track == "no" || f.track == ""):
		return fmt.Errorf("%w: %v", ErrCodec, f.Notes())
	case f.duration == 0 && !f.video:
		return fmt.Errorf("%w: without an end: %v", ErrFormat, f.Notes())
	}
	return nil
}

func (r *recording) number(name string) int {
	n, _ := r.player.Number(name)
	return int(n)
}

// Size is that of its pictures upright, in square pixels; zero for sound alone.
func (r *recording) Size() image.Point { return r.size }

// Sound tells whether it has sound that can be played.
func (r *recording) Sound() bool { return r.sound }

// Silent tells whether it has sound, but none that can be played: this libmpv lacks its codec.
func (r *recording) Silent() bool { return !r.sound && r.Speaks() }

// Notes takes what libmpv complained of since it was asked last, for the log; of what FFmpeg complained of, it can't be
// told which of the process's files it is about.
func (f *File) Notes() []string { return append(f.player.Log(), overheard()...) }

// seconds is a time as libmpv reads it.
func seconds(ms int) string { return strconv.FormatFloat(float64(ms)/1000, 'f', 3, 64) }

// hear turns the sound on or off. While there is sound, libmpv takes its time for that of the last frame: so where
// the time of a frame is asked for, there is none. It is turned on only where libmpv stands, as demuxing goes back for
// what it left out.
func (f *File) hear(on bool) error {
	if !f.video || !f.sound || f.deaf == !on {
		return nil
	}
	f.deaf = !on
	if on {
		return f.player.Set("aid", f.track)
	}
	return f.player.Set("aid", "no")
}

// Seek goes to a time, exactly; [File.Wait] or News tell when it is there.
func (f *File) Seek(ms int) error {
	f.stands = false
	return f.ask("seek", seconds(ms), "absolute+exact")
}

// Wait waits until what was asked for stands there, for [File.Draw].
func (f *File) Wait(within time.Duration) error { return f.settle(time.Now().Add(within)) }

// Until has playing stop on the last frame at or before a time, in milliseconds; 0: the end.
func (f *File) Until(ms int) error {
	if ms == 0 {
		return f.player.Set("end", "none")
	}
	return f.player.Set("end", seconds(ms+Tolerance))
}

// Pause has it stand or play. It plays once it is where it was asked to go: [File.Poll] sees to that. For where exactly
// it stands see [File.Stop].
func (f *File) Pause(pause bool) error {
	f.resume = !pause
	if pause {
		return f.player.Set("pause", "yes")
	}
	return f.goOn()
}

func (f *File) goOn() error {
	if !f.resume || f.asked != there {
		return nil
	}
	f.resume, f.stands = false, false
	return errors.Join(f.hear(true), f.player.Set("pause", "no"))
}

// Tail is how much longer, in milliseconds, sound must last than the pictures that one stands in it, not on the last
// picture.
const Tail = 1000

// Stop has it stand, draws the frame on which it stands over all of dst, and tells where that is, in milliseconds:
// [File.Frame] of that time draws the same again. Of sound alone nothing is drawn.
func (f *File) Stop(dst *image.RGBA, within time.Duration) (at int, err error) {
	if err := f.Pause(true); err != nil {
		return 0, err
	}
	at = f.At()
	if !f.video {
		return at, nil
	}
	if f.stands {
		return at, f.renderer.Draw(dst)
	}
	frame, err := f.Frame(at, dst, within)
	if at < frame+Tail {
		at = frame
	}
	return at, err
}

// PauseNow has it stand, from any goroutine while the file is open: for who can't wait until a picture is drawn.
func (f *File) PauseNow() { _ = f.player.Set("pause", "yes") }

// Paused tells whether it stands, by command or at its end.
func (f *File) Paused() bool {
	paused, _ := f.player.Get("pause")
	return paused != "no"
}

// Ended tells whether it stands at its end, or at that of [File.Until]. The last frame may still be on its way:
// [File.Stop] draws it.
func (f *File) Ended() bool { return f.asked == there && f.over() }

func (r *recording) over() bool {
	ended, _ := r.player.Get("eof-reached")
	return ended == "yes"
}

// Loud sets loudness, in percent of the recording's own, 0..150.
func (f *File) Loud(percent int, mute bool) error {
	return errors.Join(f.player.Set("volume", strconv.Itoa(percent)), f.player.Set("mute", yes(mute)))
}

// Speed sets how fast it plays, in percent, 25..400; voices keep their pitch.
func (f *File) Speed(percent int) error {
	return f.player.Set("speed", strconv.FormatFloat(float64(percent)/100, 'f', 2, 64))
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// At is where it stands or plays, in milliseconds: the time of the frame or, at the end, that of the sound.
func (r *recording) At() int {
	t, _ := r.player.Number("time-pos")
	return max(0, int(math.Round(t*1000)))
}

// Device names what sounds come out of: "pulse: Built-in Audio"; "" while there is none.
func (r *recording) Device() string {
	output, ok := r.player.Get("current-ao")
	if !ok || output == "null" {
		return ""
	}
	device, _ := r.player.Get("audio-device")
	for i := range r.number("audio-device-list/count") {
		entry := "audio-device-list/" + strconv.Itoa(i) + "/"
		if name, _ := r.player.Get(entry + "name"); name == device {
			description, _ := r.player.Get(entry + "description")
			return output + ": " + description
		}
	}
	return output
}

// News tells that Poll may have something.
func (f *File) News() <-chan struct{} { return f.player.News() }

// Poll takes in what libmpv says, and tells whether a frame waits for [File.Draw]. Its error says that the recording
// is at an end for good.
func (f *File) Poll() (due bool, err error) {
	if err := f.listen(); err != nil {
		return false, err
	}
	return f.renderer.Due(), nil
}

// Draw draws the frame that waits over all of dst.
func (f *File) Draw(dst *image.RGBA) error { return f.renderer.Draw(dst) }

// Dropped is how many frames were not shown because the machine was too slow.
func (f *File) Dropped() int {
	return f.number("frame-drop-count") + f.number("decoder-frame-drop-count") + f.renderer.Missed()
}
