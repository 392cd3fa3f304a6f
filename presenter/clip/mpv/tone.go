package mpv

import (
	"time"

	"butluc/presenter/clip/tonemap"
)

// transfer is libmpv's name of how pictures write brightness.
const transfer = "video-params/gamma"

// untouched is the filter of libmpv's that calls pictures in HDR ones in SDR, without changing them. Else zimg, which draws
// them for libmpv, would change their brightness, and press nothing: all but black is white. Without zimg libmpv has
// swscale, which takes three times as long for 16 bits of each colour, and changes no brightness anyway.
const untouched = "format=gamma=bt.1886:primaries=bt.709"

// Tone is the transfer of HDR from which pictures are mapped to what a screen in SDR shows; "" where they are drawn as they
// are.
func (r *recording) Tone() tonemap.Transfer { return r.tone }

// lookAtTones has pictures in HDR tone-mapped. Where that is news of a file that is open, what stands there changes with the
// seek that libmpv makes of itself.
func (f *File) lookAtTones() error {
	gamma, ok := f.player.Get(transfer)
	if !ok {
		return nil // there is no picture now; the next one is most likely as those before
	}
	primaries, _ := f.player.Get("video-params/primaries")
	m, was := tonemap.New(tonemap.Transfer(gamma), primaries), f.tone
	f.tone = ""
	if m != nil {
		f.tone = tonemap.Transfer(gamma)
	}
	f.renderer.Tones(m)
	if (f.tone == "") == (was == "") || !f.opened() {
		return nil
	}
	return f.filter(f.graph)
}

// leaveTones waits until the first frame of a film in HDR is one that libmpv does not map itself.
func (f *File) leaveTones(deadline time.Time) error {
	if err := f.lookAtTones(); err != nil || f.tone == "" {
		return err
	}
	f.asked, f.before = asked, f.renderer.Frames()
	if err := f.filter(f.graph); err != nil { // it seeks then, as it stands
		return err
	}
	return f.settle(deadline)
}
