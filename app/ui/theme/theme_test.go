package theme_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"butluc/app/ui/theme"
)

// Colours are those of the look that the application was given, and a look that was not given changes none.
func TestColoursAreThoseOfTheApplicationsLook(t *testing.T) {
	app := test.NewTempApp(t)
	if theme.Now() != theme.Dark {
		t.Error("before it is given a look, the window is not dark")
	}
	dark, light := theme.New(theme.Dark), theme.New(theme.Light)
	background := func(look fyne.Theme) color.Color {
		return look.Color(fynetheme.ColorNameBackground, fynetheme.VariantDark)
	}
	for _, look := range []theme.Theme{light, dark, light} {
		app.Settings().SetTheme(look)
		if got, want := theme.Color(theme.Ground), background(look); got != want || (theme.Now() == theme.Dark) != (look == dark) {
			t.Errorf("the ground is %v, want %v; look %v", got, want, theme.Now())
		}
	}
	if background(dark) == background(light) {
		t.Error("one look is as the other")
	}
	other := test.NewTempApp(t)
	other.Settings().SetTheme(dark)
	fyne.SetCurrentApp(app)
	if theme.Now() == theme.Dark {
		t.Error("the look of another application is this one's")
	}
}
