package prepare

import (
	"fmt"
	"testing"

	"butluc/app/keys"
	"butluc/library"
	"butluc/presenter/clip/cliptest"
)

// PageDown goes on in the case, wherever the recording stands.
func TestTheNextPageComesAfterTheRecording(t *testing.T) {
	h := newHarness(t)
	h.look(film, 2000)
	h.press(keys.PageNext)
	if h.s.Study.Current().Page != (library.PageID{Path: record}) {
		t.Errorf("after the film comes %v", h.s.Study.Current().Page)
	}
	h.press(keys.PageBack)
	if h.s.Study.Current().Page.Path != film {
		t.Errorf("before the record comes %v", h.s.Study.Current().Page)
	}
}

func TestAPartIsPlayedToItsEndForNobodyElse(t *testing.T) {
	h := newHarness(t)
	h.mark(1000, 2000)
	h.look(film, 1000)
	told := h.court.Told()
	h.press(keys.Audition)
	if !h.s.Playback.Now().Playing {
		t.Fatalf("nothing plays: %q", h.s.Notices.Now().Text)
	}
	frames := map[int]bool{}
	h.until("its end", func() bool {
		if a := h.s.Playback.Now(); a.Picture != nil {
			if n, ok := cliptest.Number(a.Picture); ok {
				frames[n] = true
			}
			if h.page.shown.Image != nil {
				t.Error("marks can be put on what moves")
			}
		}
		return !h.s.Playback.Now().Playing
	})
	for n := range frames {
		if n < 25 || n > 50 {
			t.Errorf("frame %d was seen, of 25 to 50", n)
		}
	}
	if len(frames) < 3 || len(frames) > 15 {
		t.Errorf("%d pictures were seen of a second", len(frames))
	}
	if at := h.s.Study.Current().Page.Index; at < 1920 || at > 2000 {
		t.Errorf("it stands at %d", at)
	}
	if h.court.Told() != told {
		t.Error("the court screen was told something")
	}
	h.press(keys.Audition) // at its end: once more from its beginning
	h.until("it to begin again", func() bool { return h.s.Playback.Now().Picture != nil })
	if at := h.s.Playback.Playhead(); at > 1500 {
		t.Errorf("it plays from %d", at)
	}
	h.press(keys.Audition)
	h.until("it to stand", func() bool { return !h.s.Playback.Now().Playing })
	if at := h.s.Study.Current().Page.Index; at < 1000 || at > 2000 {
		t.Errorf("let stand, it is at %d", at)
	}
}

func TestSoundIsPlayed(t *testing.T) {
	h := newHarness(t)
	h.look(sound, 2000)
	h.press(keys.Audition)
	h.until("its end", func() bool { return !h.s.Playback.Now().Playing })
	if at := h.s.Playback.Playhead(); h.s.Notices.Now().Warn || at < 2500 {
		t.Errorf("it stands at %d; the foot says %q", at, h.s.Notices.Now().Text)
	}
}

func TestWhatPlaysFallsSilentWhenItIsLeft(t *testing.T) {
	h := newHarness(t)
	for name, leave := range map[string]func(){
		"another page":  func() { h.s.Study.Select(library.PageID{Path: record}) },
		"another place": func() { h.s.Playback.Seek(3000) },
		"a zoom":        func() { h.press(keys.ZoomIn) },
		"the room":      h.Leave,
		"the trial":     func() { h.s.Start(false) },
	} {
		if h.s.Stage.Running() {
			h.s.Hearing.End()
		}
		h.look(film, 0)
		h.press(keys.Audition)
		if !h.s.Playback.Now().Playing {
			t.Fatalf("%s: nothing plays: %q", name, h.s.Notices.Now().Text)
		}
		leave()
		if h.s.Playback.Now().Playing {
			t.Errorf("it plays on after %s", name)
		}
		h.pump()
	}
	if !h.s.Stage.Running() {
		h.s.Start(false)
	}
	h.s.Study.Select(library.PageID{Path: film})
	h.press(keys.Audition)
	if h.s.Playback.Now().Playing || !h.s.Notices.Now().Warn {
		t.Error("it plays in a trial, and the court would hear it")
	}
	h.s.Hearing.End()
}

// BenchmarkRecording is what showing a recording takes of the UI goroutine, drawing aside, with many passages.
func BenchmarkRecording(b *testing.B) {
	h := newHarness(b)
	for i := range 40 {
		p := library.Passage{First: library.PageID{Path: film, Index: i * 50}, To: i*50 + 900, Title: fmt.Sprint("Đoạn ", i)}
		h.edit(h.s.Dossier.Outline().SetPassage(library.PageID{}, p))
	}
	h.look(film, 1000)
	b.Run("room", func(b *testing.B) {
		for b.Loop() {
			h.update()
		}
	})
	b.Run("moved", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			h.s.Study.Select(library.PageID{Path: film, Index: 1000 + 40*(i%25)})
			h.clips.moved()
		}
	})
}
