//go:build cgo

package worker

import (
	"errors"
	"fmt"
	"image"
	"os"
	"slices"
	"strings"
	"time"

	"butluc/library"
	"butluc/presenter/clip/container"
	"butluc/presenter/clip/mpv"
	"butluc/presenter/compose"
	"butluc/presenter/render/protocol"
)

// clipWithin is how long a recording may take to open, or a frame to be found: less than the renderer's deadline, so
// that the worker need not be ended.
const clipWithin = 15 * time.Second

// recording is an open video or audio file. Its pages are its frames, by their time in milliseconds.
type recording struct {
	file *mpv.File
	ends int    // 0 where it was not asked for
	cut  string // what is missing of the file; then no picture of it can pass for whole
}

// openRecording opens the tracks that are meant of the recording in a file.
func openRecording(f *os.File, kind library.Kind, meant library.Tracks) (*recording, error) {
	file, err := mpv.OpenFile(f, meant, clipWithin, nil)
	if err != nil {
		return nil, wholeFile(clipFault(kind, err), err)
	}
	info, err := f.Stat()
	if err != nil {
		file.Close()
		return nil, wholeFile(library.FaultUnreadable, fmt.Errorf("look at file: %w", err))
	}
	return &recording{file: file, cut: container.Cut(f, info.Size())}, nil
}

func clipFault(kind library.Kind, err error) library.FaultCode {
	switch {
	case errors.Is(err, mpv.ErrMissing) && kind == library.KindAudio:
		return library.FaultAudio
	case errors.Is(err, mpv.ErrMissing):
		return library.FaultVideo
	case errors.Is(err, mpv.ErrCodec):
		return library.FaultCodec
	case errors.Is(err, mpv.ErrSlow):
		return library.FaultTimeout
	}
	return library.FaultBroken
}

func (c *recording) close() { c.file.Close() }

// endWithin is how long the end may be looked for: a file of gigabytes without an index is read to it.
const endWithin = 8 * time.Second

// end is how long it lasts, in milliseconds.
func (c *recording) end() int {
	if c.ends == 0 {
		c.ends = c.file.End(endWithin)
	}
	return c.ends
}

// render draws the first frame at or after a time; of sound, the time.
func (c *recording) render(ms int, view library.Rect, turn library.Turn, box image.Point, r *reply) error {
	picture, err := c.picture(ms, view, turn, box, r)
	if err != nil {
		return err
	}
	if c.cut != "" {
		r.Incomplete = true
		r.Warnings = append(r.Warnings, "the file is cut off: "+c.cut)
	}
	r.payload, r.Width, r.Height = picture.Pix, picture.Rect.Dx(), picture.Rect.Dy()
	return nil
}

// soundShape is that of the picture of a recording without pictures.
var soundShape = image.Pt(16, 9)

func (c *recording) picture(ms int, view library.Rect, turn library.Turn, box image.Point, r *reply) (*image.RGBA, error) {
	native := c.file.Size()
	if native == (image.Point{}) {
		size, err := fit(float64(soundShape.X), float64(soundShape.Y), library.WholePage, 0, box)
		if err != nil {
			return nil, err
		}
		return compose.Clock(size, ms)
	}
	if native.X > protocol.MaxPixels/native.Y {
		return nil, &fault{code: library.FaultTooLarge, err: fmt.Errorf("%v pixels: %w", native, errTooLarge)}
	}
	size, err := fit(float64(native.X), float64(native.Y), view, turn, box)
	if err != nil {
		return nil, err
	}
	whole := view == library.WholePage && turn%4 == 0
	if !whole {
		size = native
	}
	frame := image.NewRGBA(image.Rectangle{Max: size})
	_ = c.file.Notes() // they are of other frames, or of other files
	_, err = c.file.Frame(ms, frame, clipWithin)
	r.Warnings, r.Tone = c.file.Notes(), string(c.file.Tone())
	r.Incomplete = slices.ContainsFunc(r.Warnings, damaged)
	switch {
	case errors.Is(err, mpv.ErrSlow):
		return nil, &fault{code: library.FaultTimeout, err: err}
	case err != nil, whole:
		return frame, err
	}
	return drawPhoto(frame, view, turn, box)
}

// wave draws the sound of a part of a recording. It opens the file anew: what is open stands where it does.
func (d *documentCache) wave(doc *document, req *protocol.Request, r *reply) error {
	if doc.clip == nil {
		return fmt.Errorf("files of kind %s have no sound", req.Kind)
	}
	f, err := d.root.OpenFile(library.SystemPath(req.Path), openFlags, 0)
	if err != nil {
		return wholeFile(faultOf(err), fmt.Errorf("open file: %w", err))
	}
	defer f.Close()
	picture := image.NewRGBA(image.Rect(0, 0, req.Width, req.Height))
	view, length := req.View.Or(), float64(doc.clip.end())
	if err := mpv.Wave(f, int(req.Tracks.Audio), int(view.X0*length), int(view.X1*length), picture, clipWithin); err != nil {
		return &fault{code: clipFault(req.Kind, err), err: err}
	}
	r.payload, r.Width, r.Height = picture.Pix, req.Width, req.Height
	return nil
}

// losses are what FFmpeg says where a part of a picture is missing, or guessed, or the file is cut off.
var losses = []string{
	"error while decoding", "concealing", "EOI missing", "ended prematurely", "partial file",
	"Error splitting the input into NAL units", // of H.264 and H.265: the frame is dropped, and another one seen
}

func damaged(note string) bool {
	return slices.ContainsFunc(losses, func(l string) bool { return strings.Contains(note, l) })
}

// step is the time of the frame after or before the one at a time; that time itself at the end and at the beginning.
func (d *document) step(ms int, after bool) (int, error) {
	if d.clip == nil {
		return 0, fmt.Errorf("files of kind %s have no frames", d.key.kind)
	}
	if d.clip.file.Size() == (image.Point{}) { // sound: a tenth of a second
		const beat = 100
		if after {
			return min(ms+beat, d.clip.end()), nil
		}
		return max(ms-beat, 0), nil
	}
	scratch := image.NewRGBA(image.Rect(0, 0, 16, 16))
	if _, err := d.clip.file.Frame(ms, scratch, clipWithin); err != nil {
		return 0, err
	}
	by := -1
	if after {
		by = 1
	}
	return d.clip.file.Step(by, scratch, clipWithin)
}
