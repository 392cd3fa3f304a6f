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
	Strong // the ground of the one thing to do here; its letters are white
	tokens
)

// Look is a set of colours.
type Look int

// The looks.
const (
	Dark Look = iota
	Light
	HighContrast
)

// palettes have for each look its colours: words in any of them have 4.5:1 and more on every ground.
var palettes = [...][tokens]color.NRGBA{
	Dark: {
		Ground: rgb(0x14171c), Surface: rgb(0x1c2128), Raised: rgb(0x262d37), Line: rgb(0x343c48), Text: rgb(0xe8ebef),
		Muted: rgb(0x9aa4b2), Program: rgb(0xf4696e), Preview: rgb(0x33a871), Warn: rgb(0xf5a524), Accent: rgb(0x5a96ff), Strong: rgb(0x2563eb),
	},
	Light: {
		Ground: rgb(0xf6f7f9), Surface: rgb(0xffffff), Raised: rgb(0xeef1f5), Line: rgb(0xc3cad4), Text: rgb(0x1b1f24),
		Muted: rgb(0x5b6572), Program: rgb(0xce2c31), Preview: rgb(0x18794e), Warn: rgb(0x945800), Accent: rgb(0x2563eb), Strong: rgb(0x2563eb),
	},
	HighContrast: {
		Ground: rgb(0x000000), Surface: rgb(0x000000), Raised: rgb(0x1a1a1a), Line: rgb(0xffffff), Text: rgb(0xffffff),
		Muted: rgb(0xe0e0e0), Program: rgb(0xff8a8f), Preview: rgb(0x4ade80), Warn: rgb(0xffd400), Accent: rgb(0x8ab8ff), Strong: rgb(0x1d4ed8),
	},
}

func rgb(v uint32) color.NRGBA { return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff} }

// now is the look of the window: the theme that its application was given. Before one was given, it is dark.
func now() Theme {
	if t, ok := fyne.CurrentApp().Settings().Theme().(Theme); ok {
		return t
	}
	return New(Dark)
}

// Now is the look in use. Like all of the window, it belongs to the UI goroutine.
func Now() Look { return now().look }

// Color is a token's colour.
func Color(t Token) color.NRGBA { return palettes[Now()][t] }

// Faint is a token's colour at a fraction of its opacity, 0..1.
func Faint(t Token, opacity float64) color.NRGBA { return faint(Color(t), opacity) }

func faint(c color.NRGBA, opacity float64) color.NRGBA {
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

// Theme is a look as Fyne's widgets ask for it. The application is given one: what is drawn then is drawn in
// its colours.
type Theme struct {
	fyne.Theme // for what is not ours
	look       Look
}

// New makes a look's theme.
func New(look Look) Theme { return Theme{fynetheme.DefaultTheme(), look} }

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
		return faint(palettes[t.look][Accent], 0.28)
	case fynetheme.ColorNameForegroundOnPrimary:
		return color.White
	case fynetheme.ColorNamePressed:
		return faint(palettes[t.look][Text], 0.12)
	}
	if token, ok := names[name]; ok {
		return palettes[t.look][token]
	}
	variant := fynetheme.VariantDark
	if t.look == Light {
		variant = fynetheme.VariantLight
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
