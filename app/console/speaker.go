package console

import (
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter/clip"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/projector"
)

// Player plays recordings; *clip.Player is one. Its methods return at once, but for Close.
type Player interface {
	projector.Player
	// Tone plays the test tone, Device only looks for what it would come out of. A report tells of either when it is
	// over: [protocol.Toned], or [protocol.Failed] of no play.
	Tone()
	Device()
	Rest() // it holds no file open from then on, and reports nothing of what it was asked before
	Close()
}

// Speaker is what recordings sound from.
type Speaker struct {
	Device string            // as libmpv names it, "" for none
	Fault  library.FaultCode // why nothing can be played at all
	Heard  bool              // a person heard the test tone from it, some day
}

// Name is what a person calls it.
func (p Speaker) Name() string {
	if driver, ok := strings.CutSuffix(p.Device, ": Autoselect device"); ok {
		return i18n.T("ready.sound-default", "driver", driver)
	}
	return p.Device
}

// heardFrom is the setting in which a device is noted that somebody heard.
func heardFrom(device string) string { return "heard " + device }

const heardYes = "yes"

// FindSpeaker looks for what recordings would sound from, and tells done. It answers false, and tells nobody, where
// that can't be now: in a trial, or while it is asked already.
func (s *Session) FindSpeaker(done func(Speaker)) bool { return s.ask(done, Player.Device) }

// Tone is FindSpeaker with the test tone played. In a trial the court would hear it.
func (s *Session) Tone(done func(Speaker)) bool { return s.ask(done, Player.Tone) }

func (s *Session) ask(done func(Speaker), how func(Player)) bool {
	if s.player == nil || s.Running() || s.asking != nil {
		return false
	}
	s.asking = done
	how(s.player)
	return true
}

// HeardSpeaker notes whether a person heard the test tone from a device.
func (s *Session) HeardSpeaker(device string, heard bool) {
	note := ""
	if heard {
		note = heardYes
	}
	s.Remember(heardFrom(device), note)
}

// toned takes what the player tells of the test tone, from any goroutine.
func (s *Session) toned(r clip.Report) {
	if r.Told != protocol.Toned && (r.Told != protocol.Failed || r.Serial != 0) {
		return
	}
	s.opt.Post(func() {
		done := s.asking
		s.asking = nil
		if done != nil {
			if !s.Running() {
				s.player.Rest()
			}
			done(Speaker{r.Device, r.Fault, s.Remembered(heardFrom(r.Device)) == heardYes})
		}
	})
}
