package shelf

import (
	"fyne.io/fyne/v2"

	"butluc/app/ui/theme"
)

// headed lays out three things: the switch of the sections, what belongs to the one that is shown, and below them the section
// itself. The first two stand side by side where the width allows, else one over the other: with large letters the window
// would be wider than the laptop, and reach onto the court's screen.
type headed struct{}

func (headed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, right, body := o[0], o[1], o[2]
	l, r := left.MinSize(), right.MinSize()
	wide := size.Width - 2*rowGap
	at, end := fyne.NewPos(rowGap, theme.Gap), float32(0)
	if l.Width+rowGap+r.Width <= wide {
		tall := max(l.Height, r.Height)
		left.Resize(fyne.NewSize(l.Width, tall))
		right.Resize(fyne.NewSize(wide-l.Width-rowGap, tall))
		left.Move(at)
		right.Move(at.AddXY(l.Width+rowGap, 0))
		end = tall + 2*theme.Gap
	} else {
		left.Resize(fyne.NewSize(l.Width, l.Height))
		right.Resize(fyne.NewSize(wide, r.Height))
		left.Move(at)
		right.Move(at.AddXY(0, l.Height+theme.Gap))
		end = l.Height + theme.Gap + r.Height + 2*theme.Gap
	}
	body.Move(fyne.NewPos(0, end))
	body.Resize(fyne.NewSize(size.Width, max(0, size.Height-end)))
}

// MinSize is with one over the other, whatever the width will be.
func (headed) MinSize(o []fyne.CanvasObject) fyne.Size {
	l, r, body := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(l.Width+2*rowGap, r.Width+2*rowGap, body.Width), l.Height+theme.Gap+r.Height+2*theme.Gap+body.Height)
}
