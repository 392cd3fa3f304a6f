package console

import (
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/app/console/clips"
	"butluc/app/console/readiness"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/clip"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/protocol"
)

// recordings is a case of recordings: whole, cut off, with sound of no known codec, without pictures.
func recordings(t *testing.T) *harness {
	t.Helper()
	cliptest.Need(t)
	dir := filepath.Join(t.TempDir(), "Vụ án")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]string{
		"whole.mp4": cliptest.H264(t), "cut.mp4": cliptest.Cut(t), "deaf.mp4": cliptest.Deaf(t), "voice.wav": cliptest.Sound(t, "voice.wav"),
	} {
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := openHarness(t, dir, func(o *casefile.Options) { o.NoHash = true })
	closeHarness(t, w)
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s0", Title: "Một"}, library.Place{Parent: "p"}))
	return w
}

// part is a shot that plays a part of a recording.
func part(file string, from, to int, mute bool) library.Shot {
	span := library.Span{From: from, To: to, Mute: mute}
	return library.Shot{}.Add(library.Pane{Page: library.PageID{Path: file, Index: from}, Clip: span})
}

// ready is what the check finds.
func (w *harness) ready() []readiness.Line {
	w.t.Helper()
	var found []readiness.Line
	told := false
	w.Readiness.Check(func(lines []readiness.Line) { found, told = lines, true })
	w.until("the check", func() bool { return told })
	return found
}

// odd is what the check finds of steps.
func odd(lines []readiness.Line) []string {
	var texts []string
	for _, l := range lines {
		if !l.Good && l.Speaker == nil && strings.HasPrefix(l.Text, "Step ") {
			texts = append(texts, l.Text)
		}
	}
	return texts
}

// Before the hearing it is known of every recording that is to be played whether it shows its last picture and sounds.
func TestRecordingsAreTriedBeforeTheHearing(t *testing.T) {
	for _, c := range []struct {
		name string
		shot library.Shot
		want string // a part of what is said; "" for nothing
	}{
		{"a passage", part("whole.mp4", 1000, 2000, false), ""},
		{"sound alone", part("voice.wav", 0, 2500, false), ""},
		{"what is left of a recording that was cut off", part("cut.mp4", 0, 1000, false), "cut: a part of the recording is damaged or cut off"},
		{"what was cut off", part("cut.mp4", 1000, 3900, false), "cut: a part of the recording is damaged or cut off"},
		{"a page of a recording that was cut off", library.ShotOf(library.PageID{Path: "cut.mp4"}), "cut: a part of the recording is damaged or cut off"},
		{"sound that can't be decoded", part("deaf.mp4", 0, 1000, false), "deaf: its sound can't be decoded"},
		{"the same, muted", part("deaf.mp4", 0, 1000, true), ""},
		{"longer than it lasts", part("whole.mp4", 1000, 9000, false), "the passage is longer than the recording"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := recordings(t)
			w.SetLanguage("en")
			w.prepared(c.shot)
			got := odd(w.ready())
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
				t.Errorf("the check says %q, want %q", got, c.want)
			}
		})
	}
}

// Sound is asked for where it will be heard, and only there.
func TestSoundIsAskedForWhereItIsPlayed(t *testing.T) {
	for name, c := range map[string]struct {
		shot library.Shot
		asks bool
	}{
		"played": {part("whole.mp4", 0, 1000, false), true}, "muted": {part("whole.mp4", 0, 1000, true), false},
		"without sound": {part("deaf.mp4", 0, 1000, false), false}, "still": {library.ShotOf(library.PageID{Path: "whole.mp4"}), false},
	} {
		t.Run(name, func(t *testing.T) {
			w := recordings(t)
			w.prepared(c.shot)
			asks := slices.ContainsFunc(w.ready(), func(l readiness.Line) bool { return l.Speaker != nil && !l.Good && l.Speaker.Device == "" })
			if asks != c.asks {
				t.Errorf("sound is asked for: %v", asks)
			}
		})
	}
}

// horn is a player with a loudspeaker.
type horn struct {
	report  func(clip.Report)
	device  string
	fault   library.FaultCode
	tones   int
	looks   int
	rested  int
	reports bool // else it is stuck
}

func (h *horn) tell() {
	r := clip.Report{Event: protocol.Event{Told: protocol.Toned, Device: h.device}}
	if h.fault != library.FaultNone {
		r.Event = protocol.Event{Told: protocol.Failed, Fault: h.fault}
	}
	if h.reports {
		h.report(r)
	}
}

func (h *horn) Tone()                               { h.tones++; h.tell() }
func (h *horn) Device()                             { h.looks++; h.tell() }
func (h *horn) Rest()                               { h.rested++ }
func (h *horn) Load(clip.Clip)                      {}
func (h *horn) Play(clip.Clip) uint32               { return 1 }
func (h *horn) Pause()                              {}
func (h *horn) Silence()                            {}
func (h *horn) Loud(int, bool)                      {}
func (h *horn) Take(uint32, func(*image.RGBA, int)) {}
func (h *horn) Close()                              {}

func hornStorm(t *testing.T) (*harness, *horn) {
	t.Helper()
	w := newHarness(t)
	closeHarness(t, w)
	w.Speakers.Player().Close()
	h := &horn{report: w.played, device: "pulse: Loa", reports: true}
	w.Speakers.Connect(h)
	return w, h
}

// tone plays the test tone, and gives what was told of it.
func (w *harness) tone() clips.Speaker {
	w.t.Helper()
	var heard *clips.Speaker
	if !w.Speakers.Tone(func(sp clips.Speaker) { heard = &sp }) {
		w.t.Fatal("no tone is played")
	}
	w.until("the tone", func() bool { return heard != nil })
	return *heard
}

// A device that somebody heard need not be tried again; another one must be.
func TestTheTestToneIsHeardOnceADevice(t *testing.T) {
	w, h := hornStorm(t)
	if sp := w.tone(); sp.Heard || sp.Device != "pulse: Loa" || h.tones != 1 {
		t.Fatalf("before anybody heard it: %+v", sp)
	}
	w.Speakers.Heard("pulse: Loa", true)
	if !w.tone().Heard {
		t.Error("what was heard is forgotten")
	}
	h.device = "pulse: Tai nghe"
	if w.tone().Heard {
		t.Error("another device counts as heard")
	}
	h.device = "pulse: Loa"
	w.Speakers.Heard("pulse: Loa", false)
	if w.tone().Heard {
		t.Error("what is not heard any more counts as heard")
	}
	if h.rested != h.tones {
		t.Error("the player holds the device after the tone")
	}
}

// No device is not the same as no player, and both are told.
func TestWhyNothingSoundsIsTold(t *testing.T) {
	w, h := hornStorm(t)
	h.device = ""
	if sp := w.tone(); sp.Device != "" || sp.Heard || sp.Fault != library.FaultNone {
		t.Errorf("without a device: %+v", sp)
	}
	h.fault = library.FaultVideo
	if sp := w.tone(); sp.Fault != library.FaultVideo {
		t.Errorf("without libmpv: %+v", sp)
	}
}

// The court never hears the test tone; and one is played at a time.
func TestNoTestToneInATrial(t *testing.T) {
	w, h := hornStorm(t)
	h.reports = false
	nobody := func(clips.Speaker) { t.Error("somebody is told") }
	found := 0
	if !w.Speakers.Find(func(clips.Speaker) { found++ }) || w.Speakers.Tone(nobody) || h.tones > 0 {
		t.Error("a tone is played while the device is looked for")
	}
	w.played(clip.Report{Event: protocol.Event{Told: protocol.Toned}})
	w.pump()
	if found != 1 {
		t.Errorf("who looked for the device is told %d times", found)
	}
	w.Start(false)
	if w.Speakers.Tone(nobody) || w.Speakers.Find(nobody) || h.tones > 0 {
		t.Error("a tone is played in a trial")
	}
	w.Hearing.End()
}
