package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
)

// Style is how loud a button is.
type Style int

// The styles.
const (
	Plain   Style = iota // raised grey
	Primary              // blue: the one thing to do here
	Quiet                // no ground until hovered
	Black                // the key that blanks the court screen
	Chosen               // the room or mode that is on
	Amber                // something is not as usual
	Red                  // something that protects is off, or broken
)

// Button is a button that is not focusable: Tab and Space never tap it, so in the Trial room no key
// goes astray to it. Every button has a key of its own in the table of keys.
type Button struct {
	widget.BaseWidget
	Label    string
	Hint     string // the key, shown muted after the label
	Tip      string // the name, and the key, of a button that shows a picture alone: it appears where the pointer rests
	Icon     fyne.Resource
	Style    Style
	Tall     float32 // least height
	Wide     float32 // least width
	Below    bool    // the label stands under the icon, small
	Cut      bool    // the label, a name that may be long, is cut with an ellipsis where it doesn't fit: it widens nothing
	Row      bool    // one of a list: the label stands at the left
	OnTapped func()

	hovered, disabled bool
	ringed            bool // it has the keyboard, as a [Press] may, or the ring of a [Walk]
}

// NewButton makes a button of the usual height.
func NewButton(label string, icon fyne.Resource, style Style, tapped func()) *Button {
	b := &Button{Label: label, Icon: icon, Style: style, Tall: theme.Target, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// SetLabel changes the label.
func (b *Button) SetLabel(label string) {
	if b.Label != label {
		b.Label = label
		b.Refresh()
	}
}

// NewToggle makes a button that is on or off, as the box before its label shows.
func NewToggle(label string, on bool, tapped func()) *Button {
	b := NewButton(label, nil, Quiet, tapped)
	b.Row = true
	b.SetOn(on)
	return b
}

// SetOn ticks the box of a toggle, or not.
func (b *Button) SetOn(on bool) {
	icon := fynetheme.CheckButtonIcon()
	if on {
		icon = fynetheme.CheckButtonCheckedIcon()
	}
	if b.Icon == nil || b.Icon.Name() != icon.Name() {
		b.Icon = icon
		b.Refresh()
	}
}

// Holds makes the button as wide as the widest of the labels that it will have, so that what stands beside it stays.
func (b *Button) Holds(labels ...string) {
	was := b.Label
	for _, label := range labels {
		b.SetLabel(label)
		b.Wide = max(b.Wide, b.MinSize().Width)
	}
	b.SetLabel(was)
}

// SetStyle changes how loud the button is.
func (b *Button) SetStyle(s Style) {
	if b.Style != s {
		b.Style = s
		b.Refresh()
	}
}

// SetDisabled makes the button deaf and pale, or not.
func (b *Button) SetDisabled(disabled bool) {
	if b.disabled != disabled {
		b.disabled = disabled
		b.Refresh()
	}
}

// Disabled tells whether the button is deaf.
func (b *Button) Disabled() bool { return b.disabled }

// Tapped implements [fyne.Tappable].
func (b *Button) Tapped(*fyne.PointEvent) {
	if t := tips(b); t != nil {
		t.hide()
	}
	if !b.disabled && b.OnTapped != nil {
		b.OnTapped()
	}
}

// AccessibilityLabel implements [fyne.Accessible]: the name, of a button that shows a picture or a sign alone that of its tip,
// and the key.
func (b *Button) AccessibilityLabel() string {
	if b.Tip != "" {
		return b.Tip
	}
	if b.Hint != "" {
		return b.Label + ", " + b.Hint
	}
	return b.Label
}

// AccessibilityRole implements [fyne.Accessible].
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// MouseIn implements [desktop.Hoverable].
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
	if t := tips(b); t != nil && b.Tip != "" {
		t.soon(b.Tip, b)
	}
}

// MouseMoved implements [desktop.Hoverable].
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (b *Button) MouseOut() {
	b.hovered = false
	b.Refresh()
	if t := tips(b); t != nil {
		t.hide()
	}
}

// CreateRenderer implements [fyne.Widget].
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b: b, ground: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.White),
		hint: canvas.NewText("", color.White), icon: canvas.NewImageFromResource(nil),
	}
	r.ground.CornerRadius = theme.Radius
	r.icon.FillMode = canvas.ImageFillContain
	r.text.TextStyle.Bold = true
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b          *Button
	ground     *canvas.Rectangle
	text, hint *canvas.Text
	icon       *canvas.Image
	iconIs     coloredIcon // that is shown
}

const (
	iconSide   = 20
	buttonSide = 12 // beside the label
	cutLeast   = 48 // of a label that may be cut
)

func (r *buttonRenderer) colors() (ground, text color.Color) {
	b := r.b
	ground, text = theme.Color(theme.Raised), theme.Color(theme.Text)
	switch b.Style {
	case Plain:
		if b.hovered {
			ground = theme.Color(theme.Line)
		}
	case Primary:
		ground, text = theme.Color(theme.Strong), color.White
		if b.hovered {
			ground = theme.Faint(theme.Strong, 0.85)
		}
	case Quiet:
		ground = color.Transparent
		if b.hovered {
			ground = theme.Color(theme.Raised)
		}
	case Black:
		ground, text = color.NRGBA{0, 0, 0, 255}, color.White
		if b.hovered {
			ground = color.NRGBA{0x22, 0x22, 0x22, 255}
		}
	case Chosen:
		ground, text = theme.Faint(theme.Accent, 0.22), theme.Color(theme.Accent)
	case Amber, Red:
		ground, text = loud(b.Style, b.hovered)
	}
	if b.disabled {
		text = theme.Faint(theme.Muted, 0.6)
		if b.Style == Primary {
			ground = theme.Color(theme.Raised)
		}
	}
	return ground, text
}

// loud are the colours of a button that can't be overlooked: dark letters on amber, white ones on red, in either look.
func loud(s Style, hovered bool) (ground, text color.Color) {
	fill, letters := theme.Amber(), color.Color(color.NRGBA{0x14, 0x17, 0x1c, 255})
	if s == Red {
		fill, letters = theme.Red(), color.White
	}
	if hovered {
		fill.A = 220
	}
	return fill, letters
}

func (r *buttonRenderer) Refresh() {
	ground, text := r.colors()
	r.ground.FillColor = ground
	r.ground.StrokeWidth = 0
	if r.b.Style == Black {
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Line), 1
	}
	if r.b.ringed {
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Text), 3
	}
	r.text.Text, r.text.Color = r.b.Label, text
	r.text.TextSize = theme.TextBase
	r.text.TextStyle.Bold = !r.b.Below
	if r.b.Below {
		r.text.TextSize = theme.TextSmall
	}
	r.hint.Text, r.hint.Color, r.hint.TextSize = r.b.Hint, theme.Color(theme.Muted), theme.TextSmall
	if r.b.Below {
		r.hint.TextSize = theme.TextTiny
	}
	if !r.b.disabled && (r.b.Style == Black || r.b.Style == Primary) {
		r.hint.Color = color.NRGBA{255, 255, 255, 190}
	}
	drawn := r.icon.Resource
	if r.b.Icon != nil {
		r.icon.Resource = r.colored(r.b.Icon, iconColor(r.b, text))
		r.icon.Show()
	} else {
		r.icon.Hide()
	}
	r.Layout(r.b.Size())
	for _, o := range r.Objects() {
		if o != r.icon || r.icon.Resource != drawn {
			o.Refresh()
		}
	}
}

// coloredIcon is an icon in a colour of a look.
type coloredIcon struct {
	name  string
	color fyne.ThemeColorName
	text  color.Color // that of the look
}

// colored is the button's icon in a colour of the theme. Fyne would write its XML anew each time that a button is refreshed.
func (r *buttonRenderer) colored(icon fyne.Resource, name fyne.ThemeColorName) fyne.Resource {
	now := coloredIcon{icon.Name(), name, theme.Color(theme.Text)}
	if r.icon.Resource == nil || r.iconIs != now {
		r.iconIs = now
		return fyne.NewStaticResource(fmt.Sprintf("%v_%s_%s", now.text, name, icon.Name()), fynetheme.NewColoredResource(icon, name).Content())
	}
	return r.icon.Resource
}

// iconColor is the name under which Fyne's theme knows the text's colour.
func iconColor(b *Button, _ color.Color) fyne.ThemeColorName {
	switch {
	case b.disabled:
		return fynetheme.ColorNameDisabled
	case b.Style == Chosen:
		return fynetheme.ColorNamePrimary
	case b.Style == Primary || b.Style == Black:
		return fynetheme.ColorNameForegroundOnPrimary
	}
	return fynetheme.ColorNameForeground
}

func (r *buttonRenderer) width() (icon, text, hint float32) {
	if r.b.Icon != nil {
		icon = iconSide
	}
	if r.b.Label != "" {
		text = fyne.MeasureText(r.b.Label, r.text.TextSize, r.text.TextStyle).Width
		if icon > 0 {
			text += theme.Gap
		}
	}
	if r.b.Hint != "" {
		hint = r.hint.MinSize().Width + theme.Gap
	}
	return icon, text, hint
}

func (r *buttonRenderer) MinSize() fyne.Size {
	if r.b.Below {
		return fyne.NewSize(max(r.b.Wide, r.text.MinSize().Width+2), r.b.Tall)
	}
	icon, text, hint := r.width()
	side := float32(buttonSide)
	if text == 0 {
		side = 8 // an icon alone is a square
	}
	if r.b.Cut {
		text = min(text, cutLeast)
	}
	w := icon + text + hint + 2*side
	return fyne.NewSize(max(w, r.b.Wide, r.b.Tall), r.b.Tall)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	if r.b.Below {
		r.below(size)
		return
	}
	icon, text, hint := r.width()
	if r.b.Cut {
		text = min(text, max(0, size.Width-icon-hint-2*buttonSide))
		r.text.Text = cut(r.b.Label, text, func(s string) float32 {
			return fyne.MeasureText(s, r.text.TextSize, r.text.TextStyle).Width
		})
		r.text.Refresh()
	}
	x := (size.Width - icon - text - hint) / 2
	if r.b.Row {
		x = buttonSide
	}
	r.icon.Move(fyne.NewPos(x, (size.Height-iconSide)/2))
	r.icon.Resize(fyne.NewSquareSize(iconSide))
	x += icon
	if icon > 0 && text > 0 {
		x += theme.Gap
		text -= theme.Gap
	}
	h := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(x, (size.Height-h)/2))
	r.text.Resize(fyne.NewSize(text, h))
	hh := r.hint.MinSize().Height
	r.hint.Move(fyne.NewPos(x+text+theme.Gap, (size.Height-hh)/2))
	r.hint.Resize(fyne.NewSize(hint, hh))
}

// below lays the label out under the icon.
func (r *buttonRenderer) below(size fyne.Size) {
	text := r.text.MinSize()
	top := (size.Height - iconSide - text.Height - 4) / 2
	r.icon.Move(fyne.NewPos((size.Width-iconSide)/2, top))
	r.icon.Resize(fyne.NewSquareSize(iconSide))
	r.text.Move(fyne.NewPos((size.Width-text.Width)/2, top+iconSide+4))
	r.text.Resize(text)
	hint := r.hint.MinSize()
	r.hint.Move(fyne.NewPos((size.Width+iconSide)/2+2, top-2))
	r.hint.Resize(hint)
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.text, r.hint}
}
func (r *buttonRenderer) Destroy() {}
