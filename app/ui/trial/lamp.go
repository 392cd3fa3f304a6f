package trial

import (
	"fmt"
	"image/color"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
)

// Lamp is what the lamp says about the court screen, with its colour: in every room the same. Each mode has sentences of
// its own.
func Lamp(s *console.Session) (color.Color, string) {
	state, screen := s.Court.State()
	tint := map[court.State]color.Color{
		court.None: theme.Color(theme.Muted), court.Ready: theme.Color(theme.Preview),
		court.Black: color.Black, court.On: theme.Color(theme.Preview),
		court.Gone: theme.Color(theme.Program), court.Mirrored: theme.Color(theme.Warn),
		court.Ask: theme.Color(theme.Warn), court.Held: color.Black,
		court.Astray: theme.Color(theme.Warn),
	}[state]
	return tint, lampText(s.In(), s.Court.Mode(), state, fmt.Sprintf("%d×%d", screen.W, screen.H))
}

func lampText(in i18n.Catalogue, mode court.Mode, state court.State, size string) string {
	switch mode {
	case court.ModeSingle:
		return in.T("lamp-single."+state.String(), "size", size)
	case court.ModeShare:
		return in.T("lamp-share."+state.String(), "size", size)
	case court.ModeSecond:
	}
	return in.T("lamp."+state.String(), "size", size)
}
