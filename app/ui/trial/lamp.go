package trial

import (
	"fmt"
	"image/color"

	"butluc/app/console"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
)

// Lamp is what the lamp says about the court screen, with its colour: in every room the same. Each mode has sentences of
// its own.
func Lamp(s *console.Session) (color.Color, string) {
	state, screen := s.Court.State()
	tint := map[console.CourtState]color.Color{
		console.CourtNone: theme.Color(theme.Muted), console.CourtReady: theme.Color(theme.Preview),
		console.CourtBlack: color.Black, console.CourtOn: theme.Color(theme.Preview),
		console.CourtGone: theme.Color(theme.Program), console.CourtMirrored: theme.Color(theme.Warn),
		console.CourtAsk: theme.Color(theme.Warn), console.CourtHeld: color.Black,
		console.CourtAstray: theme.Color(theme.Warn),
	}[state]
	return tint, lampText(s.Court.Mode(), state, fmt.Sprintf("%d×%d", screen.W, screen.H))
}

func lampText(mode console.Mode, state console.CourtState, size string) string {
	switch mode {
	case console.ModeSingle:
		return i18n.T("lamp-single."+state.String(), "size", size)
	case console.ModeShare:
		return i18n.T("lamp-share."+state.String(), "size", size)
	case console.ModeSecond:
	}
	return i18n.T("lamp."+state.String(), "size", size)
}
