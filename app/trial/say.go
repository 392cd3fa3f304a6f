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
	"butluc/presenter"
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

// update shows the words of the step that the court is at; before the first one, of that which comes.
func (y *say) update(st presenter.State, picture string) {
	y.picture.SetText(picture)
	ref, ok := y.s.StepAt(st.At)
	head := "trial.at"
	if !ok || !st.Running {
		ref, ok = y.s.StepAt(st.Next)
		head = "trial.before"
	}
	widgets.Show(y.head, ok)
	widgets.Show(y.sized, ok && ref.Step.Say != "")
	widgets.Show(y.more, ok)
	widgets.Show(y.picture, picture != "")
	if !ok {
		return
	}
	title := ref.Step.Title
	if title == "" {
		title = ref.Scenario.Title
	}
	y.head.SetText(words.T(head, "step", y.s.Number(ref.Step.ID), "name", title))
	y.words.SetText(ref.Step.Say)
	y.more.SetText(y.rest(ref))
	y.fit()
}

// rest is what else a step says, a line each.
func (y *say) rest(ref library.StepRef) string {
	var lines []string
	add := func(key, text string) {
		if text != "" {
			lines = append(lines, words.T(key, "text", text))
		}
	}
	o := y.s.Outline()
	if p, ok := o.Person(ref.Step.Asks); ok {
		add("trial.asks", p.Name)
	}
	add("trial.request", o.Request(ref.Step, y.s.Index()))
	add("trial.ground", ref.Step.Ground)
	add("trial.notes", ref.Step.Notes)
	return strings.Join(lines, "\n")
}
