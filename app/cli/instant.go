package cli

import (
	"context"
	"errors"
	"image"
	"sync"

	"butluc/library"
	"butluc/presenter/clip"
	"butluc/presenter/clip/mpv"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/render"
)

// instant plays recordings in no time and without a sound, for a rehearsal: what is played stands at its end at once,
// on the frame on which the player would stop.
type instant struct {
	renderer func() *render.Renderer
	report   func(clip.Report)
	serial   uint32
	plays    sync.WaitGroup
}

func (p *instant) Play(c clip.Clip) uint32 {
	p.serial++
	stopped := protocol.Event{Told: protocol.Stopped, Serial: p.serial, End: true}
	p.plays.Go(func() {
		var err error
		if stopped.At, err = p.last(c); err != nil {
			stopped.Told, stopped.End, stopped.Text = protocol.Failed, false, err.Error()
			stopped.Fault = library.FaultBroken
			if e, ok := errors.AsType[*render.Error](err); ok {
				stopped.Fault = e.Fault.Code
			}
		}
		p.report(clip.Report{Event: stopped})
	})
	return stopped.Serial
}

// last is the time of the last frame of a clip: at its end, or before it.
func (p *instant) last(c clip.Clip) (int, error) {
	if c.Source.Kind == library.KindAudio {
		return c.To, nil
	}
	step := func(from int, after bool) (int, error) {
		return p.renderer().Step(context.Background(), render.LaneCourt, c.Source, from, after)
	}
	at, err := step(c.To+mpv.Tolerance+1, false)
	if err != nil {
		return 0, err
	}
	next, err := step(at, true)
	if next <= c.To+mpv.Tolerance {
		at = next // the recording ends there
	}
	return at, err
}

func (p *instant) Load(clip.Clip)                      {}
func (p *instant) Rest()                               {}
func (p *instant) Pause()                              {} // it stands soon
func (p *instant) Silence()                            {}
func (p *instant) Loud(int, bool)                      {}
func (p *instant) Take(uint32, func(*image.RGBA, int)) {}
func (p *instant) Tone()                               { p.Device() }
func (p *instant) Device() {
	p.plays.Go(func() { p.report(clip.Report{Event: protocol.Event{Told: protocol.Toned}}) })
}
func (p *instant) Close() { p.plays.Wait() }
