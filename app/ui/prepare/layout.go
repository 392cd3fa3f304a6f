package prepare

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// panels are the two at the page's sides. Each folds by a key and leaves its room to the page.
type panels struct {
	evidence, outline fyne.CanvasObject
	splits            []*container.Split
	wide              *proportions
	details           *container.Split // of the outline and what its chosen row holds
}

// foldedSetting remembers which panels are folded.
const foldedSetting = "folded.prepare"

// toggle folds a panel, or opens it again.
func (p panels) toggle(panel fyne.CanvasObject) { p.fold(panel, panel.Visible()) }

func (p panels) fold(panel fyne.CanvasObject, folded bool) {
	widgets.Show(panel, !folded)
	for _, split := range p.splits {
		split.Refresh()
	}
}

// String is which panels are folded, as one text to remember.
func (p panels) String() string {
	var folded []string
	for name, panel := range p.named() {
		if !panel.Visible() {
			folded = append(folded, name)
		}
	}
	return strings.Join(folded, " ")
}

// restore folds the panels of a text of String's.
func (p panels) restore(text string) {
	for name, panel := range p.named() {
		p.fold(panel, strings.Contains(text, name))
	}
}

func (p panels) named() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"evidence": p.evidence, "outline": p.outline}
}

// titled is a page's name over a small line about it. A name that has no room in one line has both lines.
type titled struct {
	name  *widgets.Paragraph
	about *widget.Label // shown where it says something and has room
}

// titledTall is how tall both are; with nothing to say about the page, its name has the middle.
const titledTall = 38

// MinSize implements [fyne.Layout].
func (titled) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, titledTall) }

// Layout implements [fyne.Layout].
func (t titled) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	letters, fits := t.name.Fitting(theme.TextHead, theme.TextBase, size.Width)
	lines := 1
	if !fits {
		lines = 2
		t.name.AtMost(0) // to be measured
		for letters = theme.TextBase; letters > theme.TextSmall && t.name.Tall(letters, size.Width) > titledTall; {
			letters--
		}
	}
	t.name.AtMost(lines)
	t.name.SetSize(letters)
	about := fits && t.about.Text != ""
	widgets.Show(t.about, about)
	tall, small := t.name.Tall(letters, size.Width), t.about.MinSize().Height
	t.name.Resize(fyne.NewSize(size.Width, tall))
	t.name.Move(fyne.NewPos(0, (size.Height-tall)/2))
	if about {
		const padding = 8 // of the label
		t.name.Move(fyne.NewPos(0, -2))
		t.about.Resize(fyne.NewSize(size.Width, small))
		t.about.Move(fyne.NewPos(-padding, size.Height-small+6))
	}
}

// headed is a heading before what can be done: the heading goes where it doesn't fit whole.
type headed struct{}

// MinSize implements [fyne.Layout].
func (headed) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }

// Layout implements [fyne.Layout].
func (headed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	heading, tools := objects[0], objects[1]
	wide, tall := tools.MinSize().Width, heading.MinSize().Height
	heading.Move(fyne.NewPos(0, (size.Height-tall)/2))
	heading.Resize(fyne.NewSize(size.Width-wide, tall))
	widgets.Show(heading, heading.MinSize().Width <= size.Width-wide)
	tools.Move(fyne.NewPos(size.Width-wide, 0))
	tools.Resize(fyne.NewSize(wide, size.Height))
}

// proportions gives the panels at the page's sides their widths, as the room grows and shrinks, until a person moves a divider:
// the page has the rest, 45 % of the window and more at 1366×768, 55 % at 1920×1080.
type proportions struct {
	r     *Room
	moved bool // by a person, once
	given string
}

// Widths of the panels in a room as wide as that of a laptop of 1366×768, and how much of each further unit they take.
const (
	usualWide    = 1296
	evidenceWide = 174
	outlineWide  = 224
	panelGrows   = 0.09
	panelLeast   = 160
)

// MinSize implements [fyne.Layout].
func (*proportions) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements [fyne.Layout].
func (y *proportions) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	now := y.r.splits.String()
	y.moved = y.moved || y.given != "" && now != y.given
	if !y.moved && size.Width > 0 {
		grown := panelGrows * (size.Width - usualWide)
		evidence, outline := max(panelLeast, evidenceWide+grown), max(panelLeast, outlineWide+grown)
		y.r.panels.splits[0].Offset = float64(evidence / size.Width)
		y.r.panels.splits[1].Offset = float64(1 - outline/(size.Width-evidence))
		y.given = y.r.splits.String()
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
	y.r.panels.splits[0].Refresh()
}

// String is the dividers' places where a person moved one, to be remembered; else "".
func (y *proportions) String() string {
	if now := y.r.splits.String(); y.moved || y.given != "" && now != y.given {
		return now
	}
	return ""
}
