package trial

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/library"
)

// say is what the prosecutor reads while speaking: the step's words, large; then whom they are for, the
// ground and the private notes; then what the picture is.
type say struct {
	s       *session.Session
	head    *widget.Label
	words   *widget.Label
	more    *widget.Label
	picture *widget.Label
	sized   *container.ThemeOverride
	shown   float32 // the words' size now
	box     *fyne.Container
	content *container.Scroll
}

// Sizes of the words to say, in Fyne's pixels.
const (
	sayLeast   = 18
	sayUsual   = 26
	sayMost    = 40
	saySetting = "trial.say-size"
)

func newSay(s *session.Session) *say {
	y := &say{s: s, head: widgets.Small(""), words: widgets.Prose(""), more: widgets.Prose(""), picture: widgets.Prose("")}
	y.head.TextStyle.Bold = true
	y.words.TextStyle.Bold = true
	y.more.Importance = widget.LowImportance
	y.picture.TextStyle.Bold = true
	y.picture.SizeName = theme.SizeNameSubHeadingText
	y.sized = container.NewThemeOverride(y.words, sayTheme{look.Theme{Theme: theme.DefaultTheme()}, y.size()})
	y.box = container.NewVBox(y.picture, y.head, y.sized, y.more)
	y.content = container.NewVScroll(y.box)
	return y
}

// sayTheme is the look with another size of text.
type sayTheme struct {
	look.Theme
	size float32
}

// Size implements [fyne.Theme].
func (t sayTheme) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameText {
		return t.size
	}
	return t.Theme.Size(name)
}

// size is how large the words are wanted.
func (y *say) size() float32 {
	n, err := strconv.Atoi(y.s.Shelf().Settings().More[saySetting])
	if err != nil {
		n = sayUsual
	}
	return float32(max(sayLeast, min(sayMost, n)))
}

// resize makes the words larger or smaller, and remembers it.
func (y *say) resize(by int) {
	n := max(sayLeast, min(sayMost, int(y.size())+by))
	y.s.Remember(saySetting, strconv.Itoa(n))
	y.fit()
}

// fit makes the words as large as is wanted, or as lets all be seen without scrolling, but never
// smaller than can be read at arm's length.
func (y *say) fit() {
	room := y.content.Size()
	if room.Height < 1 || y.sized.Hidden {
		return
	}
	for _, o := range []fyne.CanvasObject{y.picture, y.head, y.more} {
		if o.Visible() {
			room.Height -= o.MinSize().Height + theme.Padding()
		}
	}
	const step = 2
	size := y.size()
	for size > sayLeast && y.tall(size, room.Width) > room.Height {
		size -= step
	}
	if size = max(size, sayLeast); size != y.shown {
		y.shown = size
		y.sized.Theme = sayTheme{look.Theme{Theme: theme.DefaultTheme()}, size}
		y.sized.Refresh()
		y.box.Refresh()
	}
}

// tall is about how tall the words are at a size, wrapped to a width.
func (y *say) tall(size, wide float32) float32 {
	style := fyne.TextStyle{Bold: true}
	inner := wide - 4*theme.Padding()
	space := fyne.MeasureText(" ", size, style).Width
	lines := 0
	for paragraph := range strings.SplitSeq(y.words.Text, "\n") {
		lines++
		x := float32(0)
		for _, word := range strings.Fields(paragraph) {
			w := fyne.MeasureText(word, size, style).Width
			if x > 0 && x+w > inner {
				lines++
				x = 0
			}
			x += w + space
		}
	}
	return float32(lines)*(fyne.MeasureText("Ậg", size, style).Height+2) + 4*theme.Padding()
}

// update shows what is to be said now, and what the picture is.
func (y *say) update(picture string) {
	said := y.s.Speech()
	y.picture.SetText(picture)
	y.head.SetText(sayHead(y.s, said))
	y.words.Importance = widget.MediumImportance
	if said.Greyed {
		y.words.Importance = widget.LowImportance
	}
	y.words.SetText(said.Words)
	y.more.SetText(sayRest(y.s.Outline(), said))
	widgets.Show(y.picture, picture != "")
	widgets.Show(y.head, y.head.Text != "")
	widgets.Show(y.sized, said.Words != "")
	widgets.Show(y.more, y.more.Text != "")
	y.fit()
}

// sayHead says whose words they are.
func sayHead(s *session.Session, said session.Speech) string {
	if said.Asks {
		return words.T("trial.ground-say")
	}
	if said.Ref.Step.ID == "" {
		return ""
	}
	title := said.Ref.Step.Title
	if title == "" {
		title = said.Ref.Scenario.Title
	}
	return words.T("trial."+string(said.Whose), "step", s.Number(said.Ref.Step.ID), "name", title)
}

// sayRest is what else is said, and what the step says to the prosecutor alone, a line each.
func sayRest(o library.Outline, said session.Speech) string {
	var lines []string
	add := func(key, text string) {
		if text != "" {
			lines = append(lines, words.T(key, "text", text))
		}
	}
	p, _ := o.Person(said.Ref.Step.Asks)
	add("trial.asks", p.Name)
	add("trial.request", said.Request)
	add("trial.ground", said.Ref.Step.Ground)
	add("trial.notes", said.Ref.Step.Notes)
	return strings.Join(lines, "\n")
}
