// Package protocol is how the renderer and its worker processes speak: one [Request], then one
// [Response] that answers it, with others before it that only say what was begun, over a pair of pipes. It is spoken between two copies of the same binary, so it has
// a version but no history: a worker of another version is refused. Pictures of usual sizes lie in memory that both share.
//
// A message is four bytes of magic, the length of a JSON header as a 32-bit little-endian number,
// the header, and as many bytes of payload as the header says: pixels, text, or lines. The reader of
// responses trusts nothing: a worker that has read a hostile file may write anything. Every length
// is checked against a limit before memory is taken for it.
package protocol

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"butluc/library"
)

// Version goes with every greeting; raise it when a message changes.
const Version = 7

// Limits of what is believed.
const (
	// MaxHeader is the longest header, in bytes.
	MaxHeader = 1 << 20
	// MaxPixels is the most pixels of one picture: an 8K screen has 33 million.
	MaxPixels = 64 << 20
	// MaxShared is the most pixels of a picture in shared memory, those of a 4K screen: larger ones are rare, and go through
	// the pipe.
	MaxShared = 3840 * 2160
	// MaxText is the longest text of one page, in bytes.
	MaxText = 16 << 20
	// AttachmentPart is how much of an attached file comes at a time, in bytes.
	AttachmentPart = 8 << 20
	// BytesPerPixel of a picture: red, green, blue and an alpha that is always 255.
	BytesPerPixel = 4
)

const (
	magic      = "BLr1"
	prefixSize = len(magic) + 4
)

// ErrGarbage is wrapped by every error that means "the other side does not speak this protocol",
// as opposed to one of the pipe itself.
var ErrGarbage = errors.New("not a message of the render protocol")

// Op says what a request wants.
type Op string

// The operations.
const (
	OpRender  Op = "render"
	OpInspect Op = "inspect"
	OpText    Op = "text"
	OpLines   Op = "lines"
	// OpAttachment reads a part of a file that a PDF holds: Page is the number of the part times library.MaxAttachments and
	// the place of the file among the attached. A part shorter than AttachmentPart is the last.
	OpAttachment Op = "attachment"
	OpAfter      Op = "after"  // the time of a recording's frame after the one at Page
	OpBefore     Op = "before" // of the one before
)

// The transfers of HDR, as libmpv calls them.
const (
	TransferHLG = "hlg"
	TransferPQ  = "pq"
)

// Request asks a worker for one thing.
type Request struct {
	ID      uint64       `json:"id"`
	Op      Op           `json:"op"`
	Root    string       `json:"root"` // absolute, as the system spells it
	Path    string       `json:"path"` // a library path beneath Root
	Size    int64        `json:"size"`
	ModTime int64        `json:"mtime"` // UnixNano
	Kind    library.Kind `json:"kind"`
	Page    int          `json:"page"` // of a recording the time in milliseconds
	View    library.Rect `json:"view"`
	Turn    library.Turn `json:"turn"`
	Width   int          `json:"w"` // the box that the picture must fit, in pixels
	Height  int          `json:"h"`
	// Tracks are those of a recording that are meant.
	Tracks library.Tracks `json:"tracks,omitzero"`
	// Wave asks for the sound of a recording over all of the box, from View.X0 to X1 of its length, in place of a frame.
	Wave bool `json:"wave,omitempty"`
	// Passwords are tried in order on an encrypted file.
	Passwords []string `json:"passwords,omitempty"`
}

// Response is a worker's answer, or, with ID 0, its greeting.
type Response struct {
	ID      uint64 `json:"id"`
	Version int    `json:"version,omitempty"` // in greetings only

	// Begun, alone with the ID, is no answer yet: a picture of that many pixels is being decoded, and the answer may take
	// as long as that does.
	Begun int `json:"begun,omitempty"`

	// Fault says why there is nothing; the rest is then empty.
	Fault library.Fault `json:"fault,omitzero"`
	// WholeFile tells that the fault is the file's, not the page's.
	WholeFile bool `json:"file,omitempty"`

	Width  int `json:"w,omitempty"` // of the picture, in pixels
	Height int `json:"h,omitempty"`
	// Shared tells that the picture is in the memory that both ends share, under the serial number ID, and does not follow.
	Shared     bool     `json:"shared,omitempty"`
	Incomplete bool     `json:"incomplete,omitempty"`
	Warnings   []string `json:"warnings,omitempty"`
	// Tone is the transfer of HDR, [TransferHLG] or [TransferPQ], from which the picture was mapped to SDR; "" of all others.
	Tone string `json:"tone,omitempty"`

	Pages     int  `json:"pages,omitempty"`
	Encrypted bool `json:"encrypted,omitempty"`
	Repaired  bool `json:"repaired,omitempty"`
	// Notice says what is wrong with a file whose pages are drawn all the same.
	Notice   library.FaultCode    `json:"notice,omitempty"`
	Attached []library.Attachment `json:"attached,omitempty"`
	// Duration of a recording, in milliseconds.
	Duration int `json:"duration,omitempty"`
	// Tracks are how many films and sounds a recording has.
	Tracks library.Tracks `json:"tracks,omitzero"`
	// Sound tells that a recording has sound that can be played; Silent, that it has some and none of it can.
	Sound  bool `json:"sound,omitempty"`
	Silent bool `json:"silent,omitempty"`
	// Opened and Drawn are how long the worker took to have the document open, and then for what was asked, in microseconds.
	Opened int `json:"opened,omitempty"`
	Drawn  int `json:"drawn,omitempty"`

	// Time of a frame, in milliseconds.
	Time int `json:"time,omitempty"`

	// Pictured is how much of a page pictures cover, 0 to 1, told with its lines.
	Pictured float64 `json:"pictured,omitempty"`

	// TextBytes is the length of the text that follows, or of the lines, see [DecodeLines]. A response
	// has pixels or text, not both.
	TextBytes int `json:"text,omitempty"`
}

// Payload is the number of bytes that follow the header.
func (r *Response) Payload() int {
	if r.Shared {
		return r.TextBytes
	}
	return r.Width*r.Height*BytesPerPixel + r.TextBytes
}

func (r *Response) check() error {
	switch {
	case r.Begun < 0 || r.Begun > MaxPixels, r.Begun > 0 && (r.Payload() != 0 || r.Fault != library.Fault{} || r.ID == 0):
		return fmt.Errorf("began with %d pixels: %w", r.Begun, ErrGarbage)
	case r.Width < 0 || r.Height < 0 || (r.Width == 0) != (r.Height == 0),
		r.Width > MaxPixels || r.Height > MaxPixels || r.Width*r.Height > MaxPixels:
		return fmt.Errorf("picture of %d×%d pixels: %w", r.Width, r.Height, ErrGarbage)
	case r.TextBytes < 0 || r.TextBytes > MaxText:
		return fmt.Errorf("text of %d bytes: %w", r.TextBytes, ErrGarbage)
	case r.Shared && r.Width == 0:
		return fmt.Errorf("no picture, in shared memory: %w", ErrGarbage)
	case r.TextBytes > 0 && r.Width > 0:
		return fmt.Errorf("text and picture in one answer: %w", ErrGarbage)
	case !(r.Pictured >= 0 && r.Pictured <= 1):
		return fmt.Errorf("pictures over %v of a page: %w", r.Pictured, ErrGarbage)
	case r.Tone != "" && r.Tone != TransferHLG && r.Tone != TransferPQ:
		return fmt.Errorf("tone %.20q: %w", r.Tone, ErrGarbage)
	case r.Opened < 0 || r.Drawn < 0:
		return fmt.Errorf("took %d and %d µs: %w", r.Opened, r.Drawn, ErrGarbage)
	case r.Time < 0:
		return fmt.Errorf("a frame at %d ms: %w", r.Time, ErrGarbage)
	case r.Pages < 0:
		return fmt.Errorf("%d pages: %w", r.Pages, ErrGarbage)
	case len(r.Attached) > library.MaxAttachments || slices.ContainsFunc(r.Attached, func(a library.Attachment) bool { return !a.Valid() }):
		return fmt.Errorf("%d attachments: %w", len(r.Attached), ErrGarbage)
	case r.Duration < 0 || r.Duration > library.MaxTime:
		return fmt.Errorf("%d ms: %w", r.Duration, ErrGarbage)
	}
	return nil
}

// WriteRequest writes one request.
func WriteRequest(w io.Writer, r *Request) error { return writeHeader(w, r) }

// ReadRequest reads one request. It returns io.EOF, bare, when the other side has closed the pipe
// between two messages.
func ReadRequest(in io.Reader) (*Request, error) {
	r := new(Request)
	if err := readHeader(in, r); err != nil {
		return nil, err
	}
	return r, nil
}

// WriteResponse writes one response and its payload, which must be as long as r says.
func WriteResponse(w io.Writer, r *Response, payload []byte) error {
	if len(payload) != r.Payload() {
		return fmt.Errorf("write response: %d bytes of payload, header says %d", len(payload), r.Payload())
	}
	if err := writeHeader(w, r); err != nil {
		return err
	}
	if len(payload) == 0 {
		return nil
	}
	if _, err := w.Write(payload); err != nil {
		return fmt.Errorf("write payload: %w", err)
	}
	return nil
}

// ReadResponse reads one response's header and checks every length in it. The caller then reads
// exactly [Response.Payload] bytes from in, straight into where they belong.
func ReadResponse(in io.Reader) (*Response, error) {
	r := new(Response)
	if err := readHeader(in, r); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return r, nil
}

func writeHeader(w io.Writer, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode header: %w", err)
	}
	if len(body) > MaxHeader {
		return fmt.Errorf("encode header: %d bytes, at most %d", len(body), MaxHeader)
	}
	msg := make([]byte, 0, prefixSize+len(body))
	msg = append(msg, magic...)
	msg = binary.LittleEndian.AppendUint32(msg, uint32(len(body)))
	msg = append(msg, body...)
	if _, err := w.Write(msg); err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	return nil
}

func readHeader(in io.Reader, v any) error {
	var prefix [prefixSize]byte
	if _, err := io.ReadFull(in, prefix[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return io.EOF
		}
		return fmt.Errorf("read header: %w", err)
	}
	if string(prefix[:len(magic)]) != magic {
		return fmt.Errorf("message starts with % x: %w", prefix[:len(magic)], ErrGarbage)
	}
	n := binary.LittleEndian.Uint32(prefix[len(magic):])
	if n > MaxHeader {
		return fmt.Errorf("header of %d bytes: %w", n, ErrGarbage)
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(in, body); err != nil {
		return fmt.Errorf("read header: %w", err)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("decode header: %w: %w", ErrGarbage, err)
	}
	return nil
}
