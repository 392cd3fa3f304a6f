// Package trace writes down what the program did when, and how long that took, in the Trace Event Format of Chrome, which
// chrome://tracing and ui.perfetto.dev show
// (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU).
//
// A nil [Trace] writes nothing and costs a comparison, so whoever can be traced holds one and does not ask. Names are the
// program's own and never what a person typed, nor what a file is called.
package trace

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// Track is a line of the picture: what runs one after the other.
type Track string

// The tracks. Workers have one each, see [Worker].
const (
	Window Track = "window"     // the UI goroutine
	Queue  Track = "queue"      // what the renderer was asked for
	Frames Track = "compositor" // the goroutine that composes frames
)

// Worker is the track of a place in the renderer's pool.
func Worker(place int) Track { return Track(fmt.Sprintf("worker %d", place+1)) }

// Trace is one file that is being written. Its methods may be called from any goroutine, and on nil.
type Trace struct {
	began time.Time

	mu     sync.Mutex // guards the below
	w      *bufio.Writer
	to     io.WriteCloser
	tracks map[Track]int
	err    error
}

// buffered is how much is kept in memory before it is written, in bytes: the way of a take shall not wait for the disk.
const buffered = 4 << 20

// New begins a trace in w, which Close closes.
func New(w io.WriteCloser) *Trace {
	t := &Trace{began: time.Now(), w: bufio.NewWriterSize(w, buffered), to: w, tracks: map[Track]int{}}
	_, t.err = t.w.WriteString("[\n")
	return t
}

// event is one of the format: "X" is complete, "i" an instant, "M" names a track. Times are in microseconds.
type event struct {
	Name  string            `json:"name"`
	Phase string            `json:"ph"`
	Start float64           `json:"ts"`
	Took  float64           `json:"dur,omitempty"`
	PID   int               `json:"pid"`
	Track int               `json:"tid"`
	Scope string            `json:"s,omitempty"`
	Args  map[string]string `json:"args,omitempty"`
}

// Begin begins something that ends when end is called.
func (t *Trace) Begin(track Track, name string) (end func()) {
	if t == nil {
		return func() {}
	}
	began := time.Now()
	return func() { t.Took(track, name, began, time.Since(began)) }
}

// Took writes down something that is over.
func (t *Trace) Took(track Track, name string, began time.Time, took time.Duration) {
	if t != nil {
		t.write(track, event{Name: name, Phase: "X", Start: t.micros(began), Took: float64(took) / float64(time.Microsecond)})
	}
}

// Mark writes down that something happened.
func (t *Trace) Mark(track Track, name string) {
	if t != nil {
		t.write(track, event{Name: name, Phase: "i", Start: t.micros(time.Now()), Scope: "t"})
	}
}

func (t *Trace) micros(at time.Time) float64 {
	return float64(at.Sub(t.began)) / float64(time.Microsecond)
}

func (t *Trace) write(track Track, e event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	number, known := t.tracks[track]
	if !known {
		number = len(t.tracks) + 1
		t.tracks[track] = number
		t.put(event{Name: "thread_name", Phase: "M", Args: map[string]string{"name": string(track)}, Track: number})
	}
	e.Track = number
	t.put(e)
}

// put writes an event; t.mu is held. The format asks for no end of the list: what a crash leaves can be read.
func (t *Trace) put(e event) {
	if t.err != nil {
		return
	}
	e.PID = 1
	line, err := json.Marshal(e)
	if err == nil {
		_, err = t.w.Write(append(line, ",\n"...))
	}
	t.err = err
}

// Close writes what is left, and tells the first error of all.
func (t *Trace) Close() error {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		_, t.err = t.w.WriteString("{}]\n")
	}
	if t.err == nil {
		t.err = t.w.Flush()
	}
	if err := errors.Join(t.err, t.to.Close()); err != nil {
		return fmt.Errorf("write trace: %w", err)
	}
	t.err = io.ErrClosedPipe // whoever comes late is not heard
	return nil
}
