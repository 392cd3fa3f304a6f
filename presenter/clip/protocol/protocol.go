// Package protocol is how the program and its player of recordings speak: a JSON object a line, [Command] one way and
// [Event] the other, over a pair of pipes. Pictures go through shared memory beside it. It is spoken between two copies
// of the same binary, so it has no history. The program trusts nothing that the player says: it reads files of strangers.
package protocol

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"

	"butluc/library"
)

// MaxLine is the longest line that is read, in bytes.
const MaxLine = 64 << 10

// Op says what a command wants.
type Op string

// The operations.
const (
	OpLoad  Op = "load"  // open the clip, and stand where it is to begin
	OpPlay  Op = "play"  // play it from there
	OpPause Op = "pause" // fall silent at once, and stand
	OpLoud  Op = "loud"  // change volume and mute
	OpTone  Op = "tone"  // play the test tone; muted, only tell from where it would come
)

// Clip is what is to be played, and how. It can be compared: a player that has it loaded need not load it again.
type Clip struct {
	Root    string         `json:"root"` // absolute, as [library.EscapePath] writes it
	Path    string         `json:"path"` // a library path beneath Root
	Kind    library.Kind   `json:"kind"`
	Bytes   int64          `json:"bytes"`
	ModTime int64          `json:"mtime"` // UnixNano
	View    library.Rect   `json:"view"`  // of the picture once turned
	Turn    library.Turn   `json:"turn"`
	Tracks  library.Tracks `json:"tracks,omitzero"` // those that are seen and heard
	Size    image.Point    `json:"size"`            // of the moving pictures, in pixels
}

// Command is one thing that the program wants.
type Command struct {
	Op     Op     `json:"op"`
	Serial uint32 `json:"serial,omitempty"` // of the play; events about it carry it
	Clip   Clip   `json:"clip,omitzero"`
	At     int    `json:"at,omitempty"` // where to begin, in milliseconds
	To     int    `json:"to,omitempty"` // where to stop: on the last frame at or before it
	Volume int    `json:"volume,omitempty"`
	Mute   bool   `json:"mute,omitempty"`
	Speed  int    `json:"speed,omitempty"` // per cent
}

// Told is what an event tells.
type Told string

// The events.
const (
	Ready   Told = "ready"   // the clip is loaded
	Frame   Told = "frame"   // a picture is in the shared memory
	Silent  Told = "silent"  // it is silent by command; Stopped follows
	Stopped Told = "stopped" // where it came to stand, by command or at its end
	Failed  Told = "failed"  // it can't be played
	Toned   Told = "toned"   // the test tone is over
)

// Event is something that the player tells.
type Event struct {
	Told    Told              `json:"told"`
	Serial  uint32            `json:"serial,omitempty"`
	At      int               `json:"at,omitempty"`     // where it is, in milliseconds
	End     bool              `json:"end,omitempty"`    // of Stopped: by itself, not by command
	Device  string            `json:"device,omitempty"` // what sound comes out of; "" for none
	Mute    bool              `json:"mute,omitempty"`   // of Ready: the recording has no sound
	Dropped int               `json:"dropped,omitempty"`
	Fault   library.FaultCode `json:"fault,omitempty"` // of Failed
	Text    string            `json:"text,omitempty"`  // of Failed, for the log
}

// ErrGarbage says that the other side does not speak this protocol.
var ErrGarbage = errors.New("not a line of the player's protocol")

// Write writes one command or event.
func Write(w io.Writer, v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode line: %w", err)
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// Reader reads commands or events.
type Reader[T any] struct{ lines *bufio.Scanner }

// NewReader reads from in.
func NewReader[T any](in io.Reader) *Reader[T] {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 4<<10), MaxLine)
	return &Reader[T]{lines}
}

// Next is the next one; io.EOF, bare, where the other side is gone.
func (r *Reader[T]) Next() (v T, err error) {
	if !r.lines.Scan() {
		if err := r.lines.Err(); err != nil {
			return v, fmt.Errorf("%w: %w", ErrGarbage, err)
		}
		return v, io.EOF
	}
	if err := json.Unmarshal(r.lines.Bytes(), &v); err != nil {
		return v, fmt.Errorf("%w: %w", ErrGarbage, err)
	}
	return v, nil
}
