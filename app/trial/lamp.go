package trial

import (
	"fmt"
	"image/color"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/words"
)

// Lamp is what the lamp says about the court screen, with its colour: in every room the same. Each mode has sentences of
// its own.
func Lamp(s *session.Session) (color.Color, string) {
	state, screen := s.Court()
	tint := map[session.CourtState]color.Color{
		session.CourtNone: look.Color(look.Muted), session.CourtReady: look.Color(look.Preview),
		session.CourtBlack: color.Black, session.CourtOn: look.Color(look.Preview),
		session.CourtGone: look.Color(look.Program), session.CourtMirrored: look.Color(look.Warn),
		session.CourtAsk: look.Color(look.Warn), session.CourtHeld: color.Black,
		session.CourtAstray: look.Color(look.Warn),
	}[state]
	return tint, lampText(s.Mode(), state, fmt.Sprintf("%d×%d", screen.W, screen.H))
}

func lampText(mode session.Mode, state session.CourtState, size string) string {
	switch mode {
	case session.ModeSingle:
		return words.T("lamp-single."+state.String(), "size", size)
	case session.ModeShare:
		return words.T("lamp-share."+state.String(), "size", size)
	case session.ModeSecond:
	}
	return words.T("lamp."+state.String(), "size", size)
}
