package mpv

import "strconv"

// Speaks tells whether the recording has sound at all, whether it can be played here or not.
func (f *File) Speaks() bool {
	for i := range f.tracks() {
		if kind, _ := f.player.Get("track-list/" + strconv.Itoa(i) + "/type"); kind == "audio" {
			return true
		}
	}
	return false
}
