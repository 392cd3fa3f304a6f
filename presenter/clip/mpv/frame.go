package mpv

import (
	"errors"
	"fmt"
	"image"
	"strconv"
	"time"
)

// How far before a time the search for its frame begins, in seconds: farther where it led too far. A file with an
// index of its key frames leads right at once. Elsewhere the first frames behind a jump may have no time of their own,
// and libmpv makes one up.
var (
	indexed = []int{0, 2, 15}
	guessed = []int{1, 3, 15}
)

// Frame draws the first frame at or after a time, in milliseconds and with [Tolerance], over all of dst, and tells at
// which time it lies. Behind the last frame, or that of [File.Until], it is that one. Errors wrap [ErrSlow] or
// [ErrFormat]; dst is as it was then.
func (f *File) Frame(ms int, dst *image.RGBA, within time.Duration) (at int, err error) {
	if !f.video {
		return 0, fmt.Errorf("frame of a recording: %w: no pictures in it", ErrFormat)
	}
	deadline := time.Now().Add(within)
	if at, err = f.find(ms, deadline); err == nil {
		err = f.renderer.Draw(dst)
	}
	if err != nil {
		return 0, fmt.Errorf("frame of a recording: %w", err)
	}
	return at, nil
}

// find stands on the frame of a time, and tells its own.
func (f *File) find(ms int, deadline time.Time) (at int, err error) {
	if err := errors.Join(f.settle(deadline), f.hear(false)); err != nil {
		return 0, err
	}
	at, err = f.search(ms, true, deadline)
	if err == nil && (at < ms-Tolerance || !f.anew() || f.over()) {
		at, err = f.search(ms, false, deadline)
	}
	if err == nil && !f.anew() {
		err = fmt.Errorf("%w: no frame there: %v", ErrFormat, f.Notes())
	}
	f.stands = err == nil && f.Paused()
	return at, err
}

// search goes to the frame of a time. Where hasty, it does not decode what nothing depends on, which may be the last
// frame: so it may miss the end, stand behind all frames, and take for its time what was asked for.
func (f *File) search(ms int, hasty bool, deadline time.Time) (at int, err error) {
	if err := f.player.Set("hr-seek-framedrop", yes(hasty)); err != nil {
		return 0, err
	}
	for _, offset := range f.offsets {
		if err := f.player.Set("hr-seek-demuxer-offset", strconv.Itoa(offset)); err != nil {
			return 0, err
		}
		if at, err = f.move(deadline, "seek", seconds(ms), "absolute+exact"); err != nil {
			return 0, err
		}
		if f.anew() && at <= ms+f.period() || fromStart(ms, offset) {
			break
		}
	}
	return at, nil
}

// fromStart tells whether a search began at the start of the recording: not just before it, as some formats lead astray
// there.
func fromStart(ms, offset int) bool { return ms < 1000*(offset-1) }

// anew tells whether a frame came since libmpv was asked to move. Where a recording is broken none may come, and
// what the renderer has is the one from before. The last frame that was playing may come as late as that, too.
func (f *File) anew() bool { return f.renderer.Frames() > f.before }

// move has libmpv move by a command, and waits until it is there.
func (f *File) move(deadline time.Time, command ...string) (at int, err error) {
	if err := f.ask(command...); err != nil {
		return 0, err
	}
	if err := f.settle(deadline); err != nil {
		return 0, err
	}
	return f.At(), nil
}

// period is how far two frames lie apart, in milliseconds, about.
func (r *recording) period() int {
	rate, _ := r.player.Number("container-fps")
	if !(rate > 1) {
		return 1000
	}
	return int(1000/rate) + Tolerance
}

// Step draws the frame after the one on which it stands (1) or the one before (-1) over all of dst, and tells at which
// time it lies; at the end and at the beginning it stays. It stops first.
func (f *File) Step(by int, dst *image.RGBA, within time.Duration) (at int, err error) {
	deadline := time.Now().Add(within)
	at, err = f.Stop(dst, within)
	if err != nil || !f.video {
		return at, err
	}
	if at, err = f.step(by, at, deadline); err != nil {
		f.stands = false
		return 0, fmt.Errorf("step in a recording: %w", err)
	}
	return at, f.renderer.Draw(dst)
}

// step leaves out how long a frame is shown: there may be one in ten seconds.
func (f *File) step(by, from int, deadline time.Time) (at int, err error) {
	if by > 0 {
		f.before = f.renderer.Frames()
		if err := errors.Join(f.player.Set("untimed", "yes"), f.player.Do("frame-step")); err != nil {
			return 0, err
		}
		err := f.await(deadline, func() bool { return f.anew() || f.over() })
		return f.At(), errors.Join(err, f.player.Set("untimed", "no"))
	}
	at = from
	for _, offset := range f.offsets {
		if at != from { // led astray
			if _, err = f.search(from, false, deadline); err != nil {
				return 0, err
			}
		}
		if err := f.player.Set("hr-seek-demuxer-offset", strconv.Itoa(offset)); err != nil {
			return 0, err
		}
		at, err = f.move(deadline, "frame-back-step")
		if err != nil || f.anew() && at < from || fromStart(from, offset) {
			break
		}
	}
	return at, err
}
