package trial

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"butluc/app/console"
	"butluc/app/console/hearing"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// say is what the prosecutor reads while speaking: the step's words, large; then whom they are for, the
// ground and the private notes. What matters most stands first: the rest may have to be scrolled.
type say struct {
	s       *console.Session
	head    *widgets.Paragraph
	words   *widgets.Paragraph
	more    *widgets.Paragraph
	column  *widgets.Column
	content fyne.CanvasObject
}

// Sizes of the words to say, in Fyne's pixels.
const (
	sayLeast   = 18
	sayFirm    = 28 // smaller only where the words themselves would not be seen
	sayUsual   = 48
	sayMost    = 64
	saySetting = "trial.say-size"
)

func newSay(s *console.Session) *say {
	y := &say{
		s: s, head: widgets.NewParagraph(theme.TextSmall, true, theme.Muted), words: widgets.NewParagraph(sayUsual, true, theme.Text),
		more: widgets.NewParagraph(theme.TextHead, false, theme.Muted),
	}
	y.column = widgets.NewColumn(y.head, y.words, y.more)
	y.column.Edge, y.column.Gap = 2, 1
	y.column.Shrinking(y.words, sayLeast, y.size())
	y.column.Shrinking(y.more, theme.TextBase, theme.TextHead)
	y.column.Keeping(y.words, sayFirm)
	y.content = y.column.Content()
	return y
}

// size is how large the words are wanted.
func (y *say) size() float32 {
	n, err := strconv.Atoi(y.s.Settings.Shelf().Settings().More[saySetting])
	if err != nil {
		n = sayUsual
	}
	return float32(max(sayLeast, min(sayMost, n)))
}

// resize makes the words larger or smaller, and remembers it.
func (y *say) resize(by int) {
	n := max(sayLeast, min(sayMost, int(y.size())+by))
	y.s.Settings.Remember(saySetting, strconv.Itoa(n))
	y.column.Shrinking(y.words, sayLeast, float32(n))
}

// update shows what is to be said now.
func (y *say) update() {
	said := y.s.Run.Speech()
	y.head.SetText(sayHead(y.s, said))
	tint := theme.Text
	if said.Greyed {
		tint = theme.Muted
	}
	y.words.SetTint(tint)
	y.words.SetText(said.Words)
	y.more.SetText(sayRest(y.s.In(), said))
}

// sayHead says whose words they are, and to whom.
func sayHead(s *console.Session, said hearing.Speech) string {
	if said.Asks {
		return s.T("trial.ground-say")
	}
	if said.Ref.Step.ID == "" {
		return ""
	}
	title := said.Ref.Step.Title
	if title == "" {
		title = said.Ref.Scenario.Title
	}
	head := s.T("trial."+string(said.Whose), "step", s.Labels.Number(said.Ref.Step.ID), "name", title)
	if p, ok := s.Dossier.Outline().Person(said.Ref.Step.Asks); ok && p.Name != "" {
		head += " · " + s.T("trial.asks", "text", p.Name)
	}
	return head
}

// sayRest is what else is said, and what the step says to the prosecutor alone, a line each.
func sayRest(in i18n.Catalogue, said hearing.Speech) string {
	var lines []string
	add := func(key, text string) {
		if text != "" {
			lines = append(lines, in.T(key, "text", text))
		}
	}
	add("trial.request", said.Request)
	add("trial.ground", said.Ground)
	add("trial.notes", said.Ref.Step.Notes)
	return strings.Join(lines, "\n")
}
