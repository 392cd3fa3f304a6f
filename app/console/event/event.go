// Package event tells the window what changed. What changes is gathered from any goroutine and told on the UI goroutine, by
// topic: one post is pending at most.
package event

import (
	"sync"
	"time"

	"butluc/library/trace"
)

// Topic is a set of things that changed.
type Topic uint32

// The topics.
const (
	CaseChanged     Topic = 1 << iota // files, exhibits, progress; another case
	StageChanged                      // Program, Preview, a frame
	PictureChanged                    // the picture of a page looked at arrived
	ThumbChanged                      // thumbnails arrived
	ScreenChanged                     // the court screen came, went or is asked for
	PageChanged                       // another page, or view of it, is looked at
	NoticeChanged                     // the line at the foot
	ShelfChanged                      // the list of cases
	CaseOpened                        // a case was opened, or asked for again
	ProofChanged                      // a page is known to be incomplete or unreadable
	OutlineChanged                    // the outline was edited
	FoundChanged                      // what is looked for in the text, and what was found
	ClipMoved                         // the clip that the court sees is somewhere else, a few times a second
	RegisterChanged                   // the register of cases
	StudyChanged                      // the excerpt at hand is another
	AuditionMoved                     // the recording that is looked at in Prepare is somewhere else, a few times a second
)

// Bus gathers what changed, from any goroutine, and tells the listeners on the UI goroutine: one post is pending at
// most.
type Bus struct {
	post  func(func()) // runs a function on the UI goroutine, later
	hooks Hooks

	listeners []listener
	flushed   []func()
	waits     Wait      // what the listeners wait for
	held      time.Time // since when

	mu     sync.Mutex // guards the below
	dirty  Topic
	posted bool
	later  bool // a flush of thumbnails is due
}

// Wait is that somebody waits for a picture.
type Wait int

// The waits.
const (
	Nobody  Wait = iota
	Screen       // the window system brings a picture to the court's screen
	Console      // Preview was changed, and its picture is being drawn
	Court        // a take waits for its picture
)

// Hooks are called on the UI goroutine around the telling.
type Hooks struct {
	Waits  func() Wait  // tells whether somebody waits for a picture
	Gather func() Topic // takes in what other goroutines left
	Wish   func()       // tells the renderer what is wanted now
	Trace  *trace.Trace // is written to; nil: nothing is
}

// New gathers what changed, and tells it by post.
func New(post func(func()), hooks Hooks) *Bus { return &Bus{post: post, hooks: hooks} }

type listener struct {
	topics Topic
	call   func()
}

// Post runs f on the UI goroutine, later, unless the window is being left.
func (e *Bus) Post(f func()) { e.post(f) }

// Subscribe calls f on the UI goroutine whenever one of the topics changed.
func (e *Bus) Subscribe(topics Topic, f func()) {
	e.listeners = append(e.listeners, listener{topics, f})
}

// Flushed calls f on the UI goroutine after each telling, and each time that one was put off.
func (e *Bus) Flushed(f func()) { e.flushed = append(e.flushed, f) }

// Unsubscribe forgets all listeners; the window does so before it is drawn anew.
func (e *Bus) Unsubscribe() { e.listeners, e.flushed = nil, nil }

// Changed tells the listeners, soon. It may be called from any goroutine.
func (e *Bus) Changed(t Topic) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.dirty |= t
	if !e.posted {
		e.posted = true
		e.post(e.Flush)
	}
}

// thumbsEvery is how often new thumbnails are drawn at most: each drawing of the window takes the UI
// goroutine tens of milliseconds without a graphics card, and a key would wait behind it.
const thumbsEvery = 200 * time.Millisecond

// Thumbs tells the listeners of thumbnails, many at a time. It may be called from any goroutine.
func (e *Bus) Thumbs() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.later {
		return
	}
	e.later = true
	time.AfterFunc(thumbsEvery, func() {
		e.mu.Lock()
		e.later = false
		e.mu.Unlock()
		e.Changed(ThumbChanged)
	})
}

// most is how long somebody is waited for at most. Of a picture it is courtFirst, of the screen as long as a drawing of
// it takes.
func (w Wait) most() time.Duration {
	if w == Screen {
		return 20 * time.Millisecond
	}
	return courtFirst
}

// courtFirst is how long the window, and the listeners, wait while somebody waits for a picture: without a
// graphics card one drawing of the window takes as long as a page, and the picture would wait behind it.
const courtFirst = 100 * time.Millisecond

// Holds tells whether the window should not draw itself, because somebody waits for a picture; for the court's the listeners
// wait too. That lasts courtFirst at most, and Flushed tells when it is over. It belongs to the UI goroutine.
func (e *Bus) Holds() bool {
	waits := e.hooks.Waits()
	if waits != e.waits {
		e.waits, e.held = waits, time.Now()
		if waits != Nobody {
			time.AfterFunc(waits.most(), func() { e.Changed(0) })
		}
	}
	return waits != Nobody && time.Since(e.held) < waits.most()
}

// Flush tells the listeners what changed so far, on the UI goroutine.
func (e *Bus) Flush() {
	defer func() {
		for _, f := range e.flushed {
			f()
		}
	}()
	if e.Holds() && e.waits == Court {
		e.mu.Lock()
		e.posted = false
		e.mu.Unlock()
		return
	}
	e.mu.Lock()
	dirty := e.dirty
	e.dirty, e.posted = 0, false
	e.mu.Unlock()
	defer e.hooks.Trace.Begin(trace.Window, "tell what changed")()
	dirty |= e.hooks.Gather()
	for _, l := range e.listeners {
		if l.topics&dirty != 0 {
			l.call()
		}
	}
	e.hooks.Wish()
}

// Close lets nothing be posted any more.
func (e *Bus) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.posted = true
}
