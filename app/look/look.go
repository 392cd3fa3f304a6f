// Package look is the window's appearance: its colours, sizes and theme. Colour is information:
// red edges what the court sees, green what is previewed, amber needs somebody, blue is selected.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Token names a colour by what it is for.
type Token int

// The colours.
const (
	Ground Token = iota
	Surface
	Raised
	Line
	Text
	Muted
	Program
	Preview
	Warn
	Accent
	tokens
)

var palettes = map[bool][tokens]color.NRGBA{
	true: {
		Ground: rgb(0x14171c), Surface: rgb(0x1c2128), Raised: rgb(0x262d37), Line: rgb(0x343c48), Text: rgb(0xe8ebef),
		Muted: rgb(0x9aa4b2), Program: rgb(0xe5484d), Preview: rgb(0x30a46c), Warn: rgb(0xf5a524), Accent: rgb(0x4c8dff),
	},
	false: {
		Ground: rgb(0xf6f7f9), Surface: rgb(0xffffff), Raised: rgb(0xeef1f5), Line: rgb(0xd9dee5), Text: rgb(0x1b1f24),
		Muted: rgb(0x5b6572), Program: rgb(0xce2c31), Preview: rgb(0x18794e), Warn: rgb(0xab6400), Accent: rgb(0x2563eb),
	},
}

func rgb(v uint32) color.NRGBA { return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff} }

var dark = true

// Dark tells whether the dark colours are in use. Like all of the window, it belongs to the UI goroutine.
func Dark() bool { return dark }

// Color is a token's colour.
func Color(t Token) color.NRGBA { return palettes[dark][t] }

// Faint is a token's colour at a fraction of its opacity, 0..1.
func Faint(t Token, opacity float64) color.NRGBA {
	c := Color(t)
	c.A = uint8(opacity * 255)
	return c
}

// Amber and Red fill what can't be overlooked, the same in both looks: dark letters on the first have 8:1, white ones on
// the second 5:1.
func Amber() color.NRGBA { return rgb(0xf5a524) }

// Red is Amber's louder brother.
func Red() color.NRGBA { return rgb(0xce2c31) }

// Sizes in Fyne's device-independent pixels.
const (
	Gap       = 8
	Radius    = 6
	Edge      = 3  // of Program and Preview
	Target    = 36 // least height of what is clicked
	BigTarget = 48 // the same in the Trial room
	TextSmall = 12
	TextBase  = 14
	TextHead  = 16
	RailWidth = 56
	Thumb     = 92 // a thumbnail's width
	ThumbTall = 124
)

// Theme is the look as Fyne's widgets ask for it.
type Theme struct{ fyne.Theme }

// Use makes the dark or the light look the present one and returns it as a theme.
func Use(isDark bool) fyne.Theme {
	dark = isDark
	return Theme{theme.DefaultTheme()}
}

var names = map[fyne.ThemeColorName]Token{
	theme.ColorNameBackground: Ground, theme.ColorNameButton: Raised, theme.ColorNameDisabledButton: Raised,
	theme.ColorNameDisabled: Muted, theme.ColorNameError: Program, theme.ColorNameFocus: Accent,
	theme.ColorNameForeground: Text, theme.ColorNameHeaderBackground: Surface, theme.ColorNameHover: Raised,
	theme.ColorNameHyperlink: Accent, theme.ColorNameInputBackground: Surface, theme.ColorNameInputBorder: Line,
	theme.ColorNameMenuBackground: Surface, theme.ColorNameOverlayBackground: Surface,
	theme.ColorNamePlaceHolder: Muted, theme.ColorNamePrimary: Accent, theme.ColorNameScrollBar: Muted,
	theme.ColorNameSeparator: Line, theme.ColorNameSuccess: Preview, theme.ColorNameWarning: Warn,
}

// Color implements [fyne.Theme].
func (t Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameSelection:
		return Faint(Accent, 0.28)
	case theme.ColorNameForegroundOnPrimary:
		return color.White
	case theme.ColorNamePressed:
		return Faint(Text, 0.12)
	}
	if token, ok := names[name]; ok {
		return Color(token)
	}
	variant := theme.VariantLight
	if dark {
		variant = theme.VariantDark
	}
	return t.Theme.Color(name, variant)
}

// Size implements [fyne.Theme].
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return TextBase
	case theme.SizeNameCaptionText:
		return TextSmall
	case theme.SizeNameSubHeadingText:
		return TextHead
	case theme.SizeNameHeadingText:
		return 20
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameScrollBarSmall:
		return 6 // it tells that there is more: it must be seen, also by who doesn't hover
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return Radius
	}
	return t.Theme.Size(name)
}
