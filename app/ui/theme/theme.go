// Package theme is the window's appearance: its colours, sizes and theme. Colour is information:
// red edges what the court sees, green what is previewed, amber needs somebody, blue is selected.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
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
	TextTiny  = 10 // a number under a thumbnail in a strip
	TextSmall = 12
	TextBase  = 14
	TextHead  = 16
	RailWidth = 56
	Thumb     = 92 // a thumbnail's width
	ThumbTall = 124
)

// Theme is the look as Fyne's widgets ask for it.
type Theme struct{ fyne.Theme }

// Use makes the dark or the light look the present one and returns it as a theme of the toolkit.
func Use(isDark bool) fyne.Theme {
	dark = isDark
	return Theme{fynetheme.DefaultTheme()}
}

var names = map[fyne.ThemeColorName]Token{
	fynetheme.ColorNameBackground: Ground, fynetheme.ColorNameButton: Raised, fynetheme.ColorNameDisabledButton: Raised,
	fynetheme.ColorNameDisabled: Muted, fynetheme.ColorNameError: Program, fynetheme.ColorNameFocus: Accent,
	fynetheme.ColorNameForeground: Text, fynetheme.ColorNameHeaderBackground: Surface, fynetheme.ColorNameHover: Raised,
	fynetheme.ColorNameHyperlink: Accent, fynetheme.ColorNameInputBackground: Surface, fynetheme.ColorNameInputBorder: Line,
	fynetheme.ColorNameMenuBackground: Surface, fynetheme.ColorNameOverlayBackground: Surface,
	fynetheme.ColorNamePlaceHolder: Muted, fynetheme.ColorNamePrimary: Accent, fynetheme.ColorNameScrollBar: Muted,
	fynetheme.ColorNameSeparator: Line, fynetheme.ColorNameSuccess: Preview, fynetheme.ColorNameWarning: Warn,
}

// Color implements [fyne.Theme].
func (t Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch name {
	case fynetheme.ColorNameSelection:
		return Faint(Accent, 0.28)
	case fynetheme.ColorNameForegroundOnPrimary:
		return color.White
	case fynetheme.ColorNamePressed:
		return Faint(Text, 0.12)
	}
	if token, ok := names[name]; ok {
		return Color(token)
	}
	variant := fynetheme.VariantLight
	if dark {
		variant = fynetheme.VariantDark
	}
	return t.Theme.Color(name, variant)
}

// Size implements [fyne.Theme].
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameText:
		return TextBase
	case fynetheme.SizeNameCaptionText:
		return TextSmall
	case fynetheme.SizeNameSubHeadingText:
		return TextHead
	case fynetheme.SizeNameHeadingText:
		return 20
	case fynetheme.SizeNamePadding:
		return 4
	case fynetheme.SizeNameScrollBarSmall:
		return 6 // it tells that there is more: it must be seen, also by who doesn't hover
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameSelectionRadius, fynetheme.SizeNameButtonRadius:
		return Radius
	}
	return t.Theme.Size(name)
}
