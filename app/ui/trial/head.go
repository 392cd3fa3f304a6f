package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// head is the line over a picture: a lamp's colour, what it is, its name as large as fits, else only its folio, a time.
// What is too long even so is cut: it must never make the window wider.
type head struct {
	dot         *canvas.Circle
	title, time *canvas.Text
	big         *widgets.Paragraph
	name, short string // that big may say
	token       theme.Token
	box         *fyne.Container
}

func newHead(token theme.Token) *head {
	h := &head{
		dot: canvas.NewCircle(theme.Color(token)), title: canvas.NewText("", theme.Color(theme.Text)),
		big: widgets.NewHeadline(headMost, theme.Text), time: canvas.NewText("", theme.Color(theme.Muted)), token: token,
	}
	h.title.TextStyle.Bold, h.title.TextSize = true, theme.TextBase
	h.time.TextSize = theme.TextHead
	h.box = container.New(headLayout{h}, h.dot, h.title, h.big, h.time)
	return h
}

// headMost is how large a name is at most.
const headMost = 20

// headLayout puts what is in the line beside each other, each in the middle of its height.
type headLayout struct{ h *head }

func (l headLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const dot = 12
	x := float32(4)
	put := func(o fyne.CanvasObject, wide, tall float32) {
		o.Move(fyne.NewPos(x, (size.Height-tall)/2))
		o.Resize(fyne.NewSize(max(0, wide), tall))
		x += wide + theme.Gap
	}
	title, time := l.h.title.MinSize(), l.h.time.MinSize()
	put(l.h.dot, dot, dot)
	put(l.h.title, title.Width, title.Height)
	const least = 64 // of a name that a folio can be read in; the time goes first
	wide := size.Width - x - time.Width - theme.Gap
	timed := wide >= least
	if !timed {
		wide = max(1, size.Width-x)
	}
	widgets.Show(l.h.time, timed)
	l.h.big.SetText(l.h.name)
	letters, fits := l.h.big.Fitting(headMost, theme.TextSmall, wide)
	if !fits && l.h.short != "" {
		l.h.big.SetText(l.h.short)
		letters, _ = l.h.big.Fitting(headMost, theme.TextSmall, wide)
	}
	l.h.big.SetSize(letters)
	put(l.h.big, wide, l.h.big.Tall(letters, wide))
	x = size.Width - time.Width
	put(l.h.time, time.Width, time.Height)
}

func (l headLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.h.title.MinSize().Width+120, headTall)
}

// set changes what the line says; short stands for a name that does not fit.
func (h *head) set(title, name, short string, on bool) {
	h.title.Text, h.name, h.short = title, name, short
	h.dot.FillColor = theme.Color(theme.Line)
	h.title.Color = theme.Color(theme.Muted)
	if on {
		h.dot.FillColor, h.title.Color = theme.Color(h.token), theme.Color(h.token)
	}
	h.dot.Refresh()
	h.title.Refresh()
	h.box.Refresh()
}

func (h *head) setTime(text string) {
	if h.time.Text != text {
		h.time.Text = text
		h.time.Refresh()
		h.box.Refresh()
	}
}
