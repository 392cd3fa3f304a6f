// Package event tells the window what changed. What changes is gathered from any goroutine and told on the UI goroutine, by
// topic: one post is pending at most.
package event

import (
	"sync"
	"time"

	"butluc/library/trace"
)

// Topic is a set of things that changed.
type Topic uint16

// The topics.
const (
	CaseChanged    Topic = 1 << iota // files, exhibits, progress; another case
	StageChanged                     // Program, Preview, a frame
	PictureChanged                   // the picture of a page looked at arrived
	ThumbChanged                     // thumbnails arrived
	ScreenChanged                    // the court screen came, went or is asked for
	PageChanged                      // another page, or view of it, is looked at
	NoticeChanged                    // the line at the foot
	ShelfChanged                     // the list of cases
	CaseOpened                       // a case was opened, or asked for again
	ProofChanged                     // a page is known to be incomplete or unreadable
	OutlineChanged                   // the outline was edited
	FoundChanged                     // what is looked for in the text, and what was found
	ClipMoved                        // the clip that the court sees is somewhere else, a few times a second
	AuditionMoved                    // the recording that is looked at in Prepare is somewhere else, a few times a second
)

// Bus gathers what changed, from any goroutine, and tells the listeners on the UI goroutine: one post is pending at
// most.
type Bus struct {
	post  func(func()) // runs a function on the UI goroutine, later
	hooks Hooks

	listeners []listener
	held      time.Time // since when the listeners wait for the court's picture, zero while they don't

	mu     sync.Mutex // guards the below
	dirty  Topic
	posted bool
	later  bool // a flush of thumbnails is due
}

// Hooks are called on the UI goroutine around the telling.
type Hooks struct {
	Waits  func() bool  // tells that the court waits for its picture
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

// Unsubscribe forgets all listeners; the window does so before it is drawn anew.
func (e *Bus) Unsubscribe() { e.listeners = nil }

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

// courtFirst is how long the listeners wait to be told while a take waits for its picture: without a
// graphics card one drawing of the window takes as long as a page, and the picture would wait behind it.
const courtFirst = 100 * time.Millisecond

// hold tells whether the listeners wait for the court, and sees to it that they wait no longer than courtFirst.
func (e *Bus) hold() bool {
	if !e.hooks.Waits() {
		e.held = time.Time{}
		return false
	}
	if e.held.IsZero() {
		e.held = time.Now()
		time.AfterFunc(courtFirst, func() { e.Changed(0) })
	}
	return time.Since(e.held) < courtFirst
}

// Flush tells the listeners what changed so far, on the UI goroutine.
func (e *Bus) Flush() {
	if e.hold() {
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
