package trial

import (
	"testing"

	"butluc/app/console/clips"
	"butluc/app/i18n"
	"butluc/library"
)

// Before a hearing the sound is good where somebody heard it, and nowhere else.
func TestTheSoundIsGoodWhereSomebodyHeardIt(t *testing.T) {
	in := i18n.In("vi")
	for key, speaker := range map[string]clips.Speaker{
		"ready.sound-none":    {},
		"ready.sound-untried": {Device: "pulse"},
		"ready.sound-heard":   {Device: "pulse", Heard: true},
		"ready.sound-player":  {Device: "pulse", Heard: true, Fault: library.FaultVideo},
		"ready.sound-failed":  {Device: "pulse", Heard: true, Fault: library.FaultCrashed},
	} {
		good, text := soundVerdict(in, speaker)
		if want := in.T(key, "device", speaker.Name(in)); good != (key == "ready.sound-heard") || text != want {
			t.Errorf("%+v: %v, %q, want %q", speaker, good, text, want)
		}
	}
}
