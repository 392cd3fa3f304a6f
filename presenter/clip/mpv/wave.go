package mpv

import (
	"fmt"
	"image"
	"os"
	"time"
)

// Wave draws a sound of the recording in a file, by its number as in [Tracks], whose name is absolute, from one time to another in milliseconds,
// over all of dst: peaks around the middle, white on black, their height the square root of the loudness so that a
// low voice is seen beside a slammed door. The file may be closed afterwards. Errors wrap [ErrMissing], [ErrFormat] or
// [ErrSlow]; dst is as it was then.
func Wave(f *os.File, sound, from, to int, dst *image.RGBA, within time.Duration) error {
	if err := wave(f, sound, from, to, dst, time.Now().Add(within)); err != nil {
		return fmt.Errorf("draw sound: %w", err)
	}
	return nil
}

func wave(f *os.File, sound, from, to int, dst *image.RGBA, deadline time.Time) error {
	kept, name, err := keep(f)
	if err != nil {
		return err
	}
	defer kept.Close()
	size := dst.Rect.Size()
	p, err := New(map[string]string{
		"vo": "libmpv", "keep-open": "always", "untimed": "yes", "demuxer-thread": "no", "aid": "no", "vid": "no",
		"start": seconds(from),
		// FFmpeg's showwavespic gives one picture, once it has heard everything. libmpv's own end would not end it, and a
		// recording that is shorter than it says goes on in silence.
		"lavfi-complex": fmt.Sprintf("[aid%d]apad,atrim=start=%s:end=%s,aformat=channel_layouts=mono,"+
			"showwavespic=s=%dx%d:colors=white:scale=sqrt:filter=peak[vo]", max(1, sound), seconds(from), seconds(to), size.X, size.Y),
	})
	if err != nil {
		return err
	}
	defer p.Close()
	r, err := NewRenderer(p)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := p.Do("loadfile", name); err != nil {
		return err
	}
	for r.Frames() == 0 {
		left := time.Until(deadline)
		if left <= 0 {
			return fmt.Errorf("%w: %v", ErrSlow, p.Log())
		}
		// A frame wakes nobody here.
		if e := p.Next(min(left, 100*time.Millisecond)); e.Kind == EndFile || e.Kind == Shutdown {
			return fmt.Errorf("%w: no sound there: %v", ErrFormat, p.Log())
		}
	}
	return r.Draw(dst)
}
