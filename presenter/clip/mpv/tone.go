package mpv

import "butluc/presenter/clip/tonemap"

// transfer is libmpv's name of how pictures write brightness.
const transfer = "video-params/gamma"

// Tone is the transfer of HDR from which pictures are mapped to what a screen in SDR shows; "" where they are drawn as they
// are.
func (r *recording) Tone() tonemap.Transfer { return r.tone }

// lookAtTones has pictures in HDR tone-mapped.
func (f *File) lookAtTones() {
	gamma, _ := f.player.Get(transfer)
	primaries, _ := f.player.Get("video-params/primaries")
	m := tonemap.New(tonemap.Transfer(gamma), primaries)
	f.tone = ""
	if m != nil {
		f.tone = tonemap.Transfer(gamma)
		// zimg, where libmpv has it, would change brightness too, and press nothing: all but black is white.
		_ = f.player.Set("sws-allow-zimg", "no")
	}
	f.renderer.Tones(m)
}
