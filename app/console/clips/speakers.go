package clips

import (
	"strings"

	"butluc/app/console/event"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
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

// Speakers are what recordings sound from.
type Speakers struct {
	events   *event.Bus
	settings *settings.Settings
	stage    *stage.Stage // of the case that is open

	player Player        // nil: recordings stand still
	asking func(Speaker) // waits for the end of the test tone; nil: nobody does
}

// NewSpeakers makes speakers without a player.
func NewSpeakers(events *event.Bus, st *settings.Settings) *Speakers {
	return &Speakers{events: events, settings: st}
}

// Connect lets a player play recordings for the court.
func (sp *Speakers) Connect(p Player) { sp.player = p }

// Follow asks a stage from now on whether a trial runs: that of the case that is open.
func (sp *Speakers) Follow(s *stage.Stage) { sp.stage = s }

// Player is what plays recordings for the court; nil where they stand still.
func (sp *Speakers) Player() Player { return sp.player }

// Speaker is what recordings sound from.
type Speaker struct {
	Device string            // as libmpv names it, "" for none
	Fault  library.FaultCode // why nothing can be played at all
	Heard  bool              // a person heard the test tone from it, some day
}

// Name is what a person calls it.
func (p Speaker) Name(in i18n.Catalogue) string {
	if driver, ok := strings.CutSuffix(p.Device, ": Autoselect device"); ok {
		return in.T("ready.sound-default", "driver", driver)
	}
	return p.Device
}

// heardFrom is the setting in which a device is noted that somebody heard.
func heardFrom(device string) string { return "heard " + device }

const heardYes = "yes"

// Find looks for what recordings would sound from, and tells done. It answers false, and tells nobody, where
// that can't be now: in a trial, or while it is asked already.
func (sp *Speakers) Find(done func(Speaker)) bool { return sp.ask(done, Player.Device) }

// Tone is [Speakers.Find] with the test tone played. In a trial the court would hear it.
func (sp *Speakers) Tone(done func(Speaker)) bool { return sp.ask(done, Player.Tone) }

func (sp *Speakers) ask(done func(Speaker), how func(Player)) bool {
	if sp.player == nil || sp.stage.Running() || sp.asking != nil {
		return false
	}
	sp.asking = done
	how(sp.player)
	return true
}

// Heard notes whether a person heard the test tone from a device.
func (sp *Speakers) Heard(device string, heard bool) {
	note := ""
	if heard {
		note = heardYes
	}
	sp.settings.Remember(heardFrom(device), note)
}

// Toned takes what the player tells of the test tone, from any goroutine.
func (sp *Speakers) Toned(r clip.Report) {
	if r.Told != protocol.Toned && (r.Told != protocol.Failed || r.Serial != 0) {
		return
	}
	sp.events.Post(func() {
		done := sp.asking
		sp.asking = nil
		if done != nil {
			if !sp.stage.Running() {
				sp.player.Rest()
			}
			done(Speaker{r.Device, r.Fault, sp.settings.Remembered(heardFrom(r.Device)) == heardYes})
		}
	})
}

// Rest lets the player hold no file open, while no trial runs.
func (sp *Speakers) Rest() {
	if sp.player != nil {
		sp.player.Rest()
	}
}

// Leave lets the player hold no file open, and the one who waits for its tone wait no more: the case is closed.
func (sp *Speakers) Leave() {
	if sp.player != nil {
		sp.player.Rest()
		sp.asking = nil
	}
}
