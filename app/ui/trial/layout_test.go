package trial

import (
	"testing"

	"butluc/app/keys"
)

// The keys of a recording come and go: they stand over those of the trial, which stay, and cover nothing.
func TestTheKeysOfARecordingHaveTheirPlace(t *testing.T) {
	h := openRoom(t)
	h.press(keys.Start)
	black := h.row.keys.Position()
	for _, shown := range []bool{true, false} {
		h.clips.clip.content.Hidden = !shown
		h.layAnew()
		bottom := h.row.keys.Position().Y
		if shown {
			clip := h.clips.clip.content
			if clip.Position().Y+clip.Size().Height > bottom || clip.Size().Height < clip.MinSize().Height {
				t.Errorf("the keys of the recording are at %v, %v, those of the trial at %v", clip.Position(), clip.Size(), bottom)
			}
			bottom = clip.Position().Y
		}
		if end := h.say.content.Position().Y + h.say.content.Size().Height; end > bottom || end < bottom-20 {
			t.Errorf("recording %v: the words end at %v, what is below begins at %v", shown, end, bottom)
		}
		if h.row.keys.Position() != black {
			t.Errorf("recording %v: the trial's keys moved from %v to %v", shown, black, h.row.keys.Position())
		}
	}
}
