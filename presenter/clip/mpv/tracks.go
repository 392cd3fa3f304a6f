package mpv

import (
	"math"
	"strconv"

	"butluc/library"
)

// Has is how many films and sounds the recording has, whether they can be played here or not.
func (r *recording) Has() library.Tracks { return r.has }

// Speaks tells whether the recording has sound at all, whether it can be played here or not.
func (r *recording) Speaks() bool { return r.has.Audio > 0 }

func (r *recording) tracks() int {
	n, _ := r.player.Number("track-list/count")
	return int(n)
}

// choose looks at the tracks before decoders start: a cover of an album is no film, and a film that was recorded with the
// camera on its side is turned upright. What is wanted and not there is passed over.
func (f *File) choose() {
	f.has = library.Tracks{}
	turn := ""
	for i := range min(f.tracks(), math.MaxUint8) {
		track := "track-list/" + strconv.Itoa(i) + "/"
		kind, _ := f.player.Get(track + "type")
		id, _ := f.player.Get(track + "id")
		switch {
		case kind == "audio":
			if f.has.Audio++; f.has.Audio == f.wanted.Audio {
				_ = f.player.Set("aid", id)
			}
		case kind == "video" && !f.cover(track):
			if f.has.Video++; f.has.Video == f.wanted.Video {
				_ = f.player.Set("vid", id)
			} else if f.has.Video > 1 {
				continue
			}
			turn = track
		}
	}
	f.video = f.has.Video > 0
	if f.video {
		degrees, _ := f.player.Number(turn + "demux-rotation")
		f.upright = turned[(int(degrees)%360+360)%360]
		_ = f.filter(f.upright)
	}
}

// cover tells whether a track of pictures is none that moves.
func (r *recording) cover(track string) bool {
	cover, _ := r.player.Get(track + "albumart")
	still, _ := r.player.Get(track + "image")
	return cover == "yes" || still == "yes"
}
