package mpv

import (
	"encoding/json"
	"errors"
	"math"
	"time"

	"butluc/library"
)

// End is where it ends, in milliseconds: where its last packet lies, wherever the file says that it does. A recorder that
// was cut off, or wrote while it recorded, has no length in the file, or that of its beginning; FFmpeg guesses that of
// sound from how many bytes its first second takes (libavformat, estimate_timings_from_bit_rate), and has whole seconds of
// a DAV. A length with an index that says more than the packets do is kept. Where looking takes longer than within, it is
// what the file says, or how far it was read.
func (f *File) End(within time.Duration) int {
	const far = 1 << 30
	sought := errors.Join(f.Seek(far), f.Wait(within))
	now, _ := f.player.Number("duration") // libmpv makes it longer, never shorter
	said := milliseconds(now)
	format, _ := f.player.Get("file-format")
	switch last := f.lastPacket(); {
	case format == "dhav":
		return unlapped(said, f.duration)
	case sought != nil, hasIndex[format] && said > 0:
		return max(said, f.duration)
	case last > 0 && (!f.video || said == 0):
		return last
	}
	return said
}

// unlapped is the end of a DAV where FFmpeg took a jump back for a lap of the packets' clock, which has 16 bits
// (libavformat/dhav.c, get_pts): in a recording that was read to its end, the way to its last second is one. The clock in
// whole seconds is right, and does not know the parts of the first and the last one.
func unlapped(end, whole int) int {
	const lap, doubt = 1<<16 - 1, 2000
	for whole > 0 && end > whole+doubt && end-lap >= whole-doubt {
		end -= lap
	}
	return end
}

// lastPacket is where the last packet lies of a file that libmpv read to its end, in milliseconds; 0 where it does not say.
func (r *recording) lastPacket() int {
	var read struct {
		EOF  bool    `json:"eof"`
		Last float64 `json:"debug-ts-last"`
	}
	state, _ := r.player.Get("demuxer-cache-state")
	if err := json.Unmarshal([]byte(state), &read); err != nil || !read.EOF {
		return 0
	}
	start, _ := r.player.Number("demuxer-start-time")
	return milliseconds(read.Last - start)
}

// hasIndex are the formats with an index, as FFmpeg names them.
var hasIndex = map[string]bool{"mov,mp4,m4a,3gp,3g2,mj2": true, "matroska,webm": true, "asf": true}

func (r *recording) indexed() bool {
	format, _ := r.player.Get("file-format")
	return hasIndex[format]
}

// milliseconds is a length of libmpv's; 0 where that makes no sense, as where a damaged header says that it takes years.
func milliseconds(seconds float64) int {
	if !(seconds > 0) || seconds > library.MaxTime/1000 {
		return 0
	}
	return int(math.Round(seconds * 1000))
}
