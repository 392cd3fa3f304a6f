package mpv

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// EventKind is a kind of event.
type EventKind int32

// The events that somebody waits for.
const (
	None            EventKind = 0
	Shutdown        EventKind = 1
	logMessage      EventKind = 2
	EndFile         EventKind = 7
	FileLoaded      EventKind = 8
	Seek            EventKind = 20
	PlaybackRestart EventKind = 21
	PropertyChange  EventKind = 22
	Hook            EventKind = 25
)

// Event is something that a core tells.
type Event struct {
	Kind EventKind
	Name string // of the property that changed, or of the hook
	ID   uint64 // of the hook, for Continue
	Err  error  // why a file ended, nil where it was simply over
}

// Player is one core of libmpv. Its methods are for one goroutine; News may be waited on anywhere. Close it.
type Player struct {
	handle uintptr
	id     uintptr
	news   chan struct{}
	log    []string
}

// maxLog bounds the lines of log that are kept: a broken file has thousands.
const maxLog = 20

// The players that C may wake, by number: C keeps no pointers of Go's.
var (
	players sync.Map // uintptr → chan struct{}
	lastID  atomic.Uintptr
)

// wake is called by libmpv from threads of its own.
func wake(id uintptr) uintptr {
	if news, ok := players.Load(id); ok {
		select {
		case news.(chan struct{}) <- struct{}{}:
		default:
		}
	}
	return 0
}

// safe are the options of every core: nothing is read but the file that is named.
var safe = map[string]string{
	"config": "no", "load-scripts": "no", "ytdl": "no", "osc": "no", "terminal": "no",
	// Scripts of its own, each with a thread and an interpreter; their names differ from version to version.
	"load-stats-overlay": "no", "load-osd-console": "no", "load-console": "no", "load-auto-profiles": "no",
	"load-select": "no", "load-positioning": "no", "load-commands": "no",
	"input-default-bindings": "no", "input-vo-keyboard": "no", "osd-level": "0", "idle": "yes",
	"access-references": "no", "load-unsafe-playlists": "no", "autoload-files": "no", "ordered-chapters": "no",
	"audio-display": "no", "sub": "no", "sub-auto": "no", "audio-file-auto": "no", "save-position-on-quit": "no",
	"resume-playback": "no", "hwdec": "no", "cache": "no", "demuxer": "+lavf", "vo": "null", "ao": "null",
	"audio-client-name": "Butluc", "sub-font-provider": "none", "osd-font-provider": "none",
	// FFmpeg's own lists of files and descriptions of streams (concat, SDP) open things behind libmpv's back: they
	// shall have no protocol to do it by. The file itself is read by libmpv.
	"demuxer-lavf-o": "protocol_whitelist=none",
}

// optional are options that some versions do not have, or those that were built without what they turn off.
var optional = map[string]bool{
	"load-scripts": true, "ytdl": true, "osc": true, "autoload-files": true, "audio-client-name": true, "audio-fallback-to-null": true,
	"sub-font-provider": true, "osd-font-provider": true, "load-stats-overlay": true, "load-osd-console": true,
	"load-console": true, "load-auto-profiles": true, "load-select": true, "load-positioning": true, "load-commands": true,
}

// New makes a core with options over the safe ones. Its error may wrap [ErrMissing].
func New(options map[string]string) (*Player, error) {
	if err := Load(); err != nil {
		return nil, err
	}
	if _, err := logListener(); err != nil {
		return nil, err
	}
	return newCore(options)
}

func newCore(options map[string]string) (*Player, error) {
	h := create()
	if h == 0 {
		return nil, fmt.Errorf("make an mpv core: %w", Error(-2))
	}
	p := &Player{handle: h, id: lastID.Add(1), news: make(chan struct{}, 1)}
	players.Store(p.id, p.news)
	for _, set := range []map[string]string{safe, options} {
		for name, value := range set {
			if err := check(setOption(h, name, value)); err != nil && !optional[name] {
				p.Close()
				return nil, fmt.Errorf("option %s=%s: %w", name, value, err)
			}
		}
	}
	if err := check(initialize(h)); err != nil {
		p.Close()
		return nil, fmt.Errorf("start an mpv core: %w", err)
	}
	_ = check(requestLog(h, "warn"))
	setWakeup(h, wakeup, p.id)
	return p, nil
}

// Close ends the core and waits for its threads. Calling it twice is harmless.
func (p *Player) Close() {
	if p.handle == 0 {
		return
	}
	terminate(p.handle)
	players.Delete(p.id)
	p.handle = 0
}

// News tells that events wait, or a frame.
func (p *Player) News() <-chan struct{} { return p.news }

// Do carries out a command and waits for it.
func (p *Player) Do(args ...string) error {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	if err := check(command(p.handle, cStrings(&pinner, args))); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// Set sets a property.
func (p *Player) Set(name, value string) error {
	if err := check(setString(p.handle, name, value)); err != nil {
		return fmt.Errorf("set %s to %s: %w", name, value, err)
	}
	return nil
}

// Get is a property as text; false where it has none now.
func (p *Player) Get(name string) (string, bool) {
	s := getString(p.handle, name)
	if s == nil {
		return "", false
	}
	defer free(unsafe.Pointer(s))
	return goString(s), true
}

const formatDouble = 5

// Number is a property as a number; false where it has none now.
func (p *Player) Number(name string) (float64, bool) {
	v := new(float64)
	err := check(getProperty(p.handle, name, formatDouble, unsafe.Pointer(v)))
	return *v, err == nil
}

// Observe has [PropertyChange] tell of a property, at once and whenever it changes.
func (p *Player) Observe(name string) error {
	return check(observe(p.handle, 0, name, 0))
}

// Hook has [Hook] tell when playing comes to a point, and libmpv wait there for Continue.
func (p *Player) Hook(name string) error { return check(hookAdd(p.handle, 0, name, 0)) }

// Continue lets libmpv go on behind a hook.
func (p *Player) Continue(e Event) error { return check(hookContinue(p.handle, e.ID)) }

// Log takes the warnings since it was asked last, for the log and for scripts.
func (p *Player) Log() []string {
	log := p.log
	p.log = nil
	return log
}

// The layouts of client.h, on 64 bits.
type (
	rawEvent struct {
		id, err int32
		reply   uint64
		data    unsafe.Pointer
	}
	rawProperty struct {
		name   *byte
		format int32
		data   unsafe.Pointer
	}
	rawHook struct {
		name *byte
		id   uint64
	}
	rawEndFile struct{ reason, err int32 }
	rawLog     struct{ prefix, level, text *byte }
)

const endedByError = 4

// Next is the next event, of kind None where there is none within the time.
func (p *Player) Next(within time.Duration) Event {
	until := time.Now().Add(within)
	for {
		raw := (*rawEvent)(waitEvent(p.handle, max(0, time.Until(until).Seconds())))
		e := Event{Kind: EventKind(raw.id)}
		switch e.Kind {
		case logMessage:
			p.keep((*rawLog)(raw.data))
			continue
		case PropertyChange:
			e.Name = goString((*rawProperty)(raw.data).name)
		case Hook:
			hook := (*rawHook)(raw.data)
			e.Name, e.ID = goString(hook.name), hook.id
		case EndFile:
			if end := (*rawEndFile)(raw.data); end.reason == endedByError {
				e.Err = Error(end.err)
			}
		default:
		}
		return e
	}
}

func (p *Player) keep(l *rawLog) {
	if len(p.log) < maxLog {
		p.log = append(p.log, goString(l.prefix)+": "+strings.TrimSpace(goString(l.text)))
	}
}
