package widgets

import (
	"sort"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
)

// Paragraph is text that wraps, of any size. Unlike the toolkit's label it can tell how tall it is at a width before it
// has that width, and it breaks a word that is wider than its place: so nothing that is laid out below it covers it.
// Change it by its methods only.
type Paragraph struct {
	widget.BaseWidget
	text  string
	size  float32
	bold  bool
	tint  theme.Token
	most  int // lines; 0: as many as it takes
	lines []string
	laid  paragraphKey // what lines are of

	changed func() // told when its height may have changed; may be nil
}

// paragraphKey is all that decides where a text is broken.
type paragraphKey struct {
	text string
	size float32
	bold bool
	wide float32
}

// NewParagraph makes a text of a size in the toolkit's pixels.
func NewParagraph(size float32, bold bool, tint theme.Token) *Paragraph {
	p := &Paragraph{size: size, bold: bold, tint: tint}
	p.ExtendBaseWidget(p)
	return p
}

// NewHeadline makes a text of one line, which is cut with an ellipsis where it doesn't fit: for names that stand in full
// elsewhere.
func NewHeadline(size float32, tint theme.Token) *Paragraph {
	p := NewParagraph(size, true, tint)
	p.most = 1
	return p
}

// AtMost lets the text have so many lines; what doesn't fit into them is cut with an ellipsis.
func (p *Paragraph) AtMost(lines int) {
	if p.most != lines {
		p.most, p.laid = lines, paragraphKey{}
		p.tell()
	}
}

// OneLine tells whether it is cut where it doesn't fit.
func (p *Paragraph) OneLine() bool { return p.most == 1 }

// Text is what it says.
func (p *Paragraph) Text() string { return p.text }

// AccessibilityLabel implements [fyne.Accessible].
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole implements [fyne.Accessible].
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// SetText changes what it says.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.tell()
	}
}

// SetTint changes its colour.
func (p *Paragraph) SetTint(tint theme.Token) {
	if p.tint != tint {
		p.tint = tint
		p.Refresh()
	}
}

// SetBold makes its letters bold, or not.
func (p *Paragraph) SetBold(bold bool) {
	if p.bold != bold {
		p.bold = bold
		p.tell()
	}
}

// SetSize changes how large its letters are.
func (p *Paragraph) SetSize(size float32) {
	if p.size != size {
		p.size = size
		p.tell()
	}
}

// Show implements [fyne.CanvasObject].
func (p *Paragraph) Show() {
	if !p.Visible() {
		p.BaseWidget.Show()
		p.tell()
	}
}

// Hide implements [fyne.CanvasObject].
func (p *Paragraph) Hide() {
	if p.Visible() {
		p.BaseWidget.Hide()
		p.tell()
	}
}

func (p *Paragraph) tell() {
	if p.changed != nil {
		p.changed()
	}
	p.Refresh()
}

func (p *Paragraph) style() fyne.TextStyle { return fyne.TextStyle{Bold: p.bold} }

// lineTall is how tall a line is at a size.
func (p *Paragraph) lineTall(size float32) float32 {
	return fyne.MeasureText("Ậg", size, p.style()).Height
}

// Tall is how tall the text is in letters of a size, wrapped to a width.
func (p *Paragraph) Tall(size, wide float32) float32 {
	return float32(len(p.broken(size, wide))) * p.lineTall(size)
}

// Fitting is the largest size, from most down to least, at which the text fits into one line of a width; least, and false,
// where it does at none.
func (p *Paragraph) Fitting(most, least, wide float32) (size float32, fits bool) {
	for size = most; size >= least; size-- {
		if fyne.MeasureText(p.text, size, p.style()).Width <= wide {
			return size, true
		}
	}
	return least, false
}

// TallNow is how tall the text is in letters of the size that it has, wrapped to a width.
func (p *Paragraph) TallNow(wide float32) float32 { return p.Tall(p.size, max(1, wide)) }

// wideNow is the width that the text is wrapped to.
func (p *Paragraph) wideNow() float32 { return p.Size().Width }

// broken is the text in lines.
func (p *Paragraph) broken(size, wide float32) []string {
	key := paragraphKey{p.text, size, p.bold, wide}
	if p.laid != key {
		p.laid = key
		measure := func(s string) float32 { return fyne.MeasureText(s, size, p.style()).Width }
		if p.most == 1 {
			p.lines = []string{cut(p.text, wide, measure)}
			return p.lines
		}
		p.lines = wrap(p.text, wide, measure)
		if n := p.most - 1; n > 0 && len(p.lines) > p.most {
			p.lines = append(p.lines[:n:n], cut(strings.Join(p.lines[n:], " "), wide, measure))
		}
	}
	return p.lines
}

// cut is a text in one line, with an ellipsis where it is wider than wide.
func cut(text string, wide float32, measure func(string) float32) string {
	if measure(text) <= wide {
		return text
	}
	const ellipsis = "…"
	return strings.TrimRight(fitting(text, wide-measure(ellipsis), measure), " ") + ellipsis
}

// CutEnd is a text with an ellipsis at its end where it is wider than its place.
func CutEnd(text string, wide float32, measure func(string) float32) string {
	return cut(text, wide, measure)
}

// CutMiddle is a text in one line, with an ellipsis in its middle where it is wider than wide: names that begin alike are told
// apart by their ends.
func CutMiddle(text string, wide float32, measure func(string) float32) string {
	if measure(text) <= wide {
		return text
	}
	const ellipsis = "…"
	room := wide - measure(ellipsis)
	runes := []rune(text)
	half := len(fitting(text, room/2, measure))
	head := strings.TrimRight(text[:half], " ")
	n := sort.Search(len(runes), func(n int) bool { return measure(string(runes[len(runes)-1-n:])) > room-measure(head) })
	return head + ellipsis + strings.TrimLeft(string(runes[len(runes)-n:]), " ")
}

// wrap breaks a text into lines that are no wider than wide: between words, within a word only where it is wider itself.
func wrap(text string, wide float32, measure func(string) float32) []string {
	if text == "" {
		return nil
	}
	var lines []string
	space := measure(" ")
	for paragraph := range strings.SplitSeq(text, "\n") {
		line, at := "", float32(0)
		for _, word := range strings.Fields(paragraph) {
			w := measure(word)
			if line != "" && at+space+w <= wide {
				line, at = line+" "+word, at+space+w
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for w > wide && utf8.RuneCountInString(word) > 1 {
				part := fitting(word, wide, measure)
				lines = append(lines, part)
				word = word[len(part):]
				w = measure(word)
			}
			line, at = word, w
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting is as much of a word's beginning as is no wider than wide, at least a letter.
func fitting(word string, wide float32, measure func(string) float32) string {
	_, end := utf8.DecodeRuneInString(word)
	for i := range word {
		if i > end && measure(word[:i]) > wide {
			break
		}
		end = max(end, i)
	}
	return word[:end]
}

// CreateRenderer implements [fyne.Widget].
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer { return &paragraphRenderer{p: p} }

type paragraphRenderer struct {
	p     *Paragraph
	texts []fyne.CanvasObject // a [canvas.Text] each line
}

func (r *paragraphRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, r.p.Tall(r.p.size, max(1, r.p.wideNow())))
}

func (r *paragraphRenderer) Layout(size fyne.Size) {
	lines, tall := r.p.broken(r.p.size, max(1, size.Width)), r.p.lineTall(r.p.size)
	for len(r.texts) < len(lines) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	r.texts = r.texts[:len(lines)]
	for i, o := range r.texts {
		t := o.(*canvas.Text)
		t.Text, t.TextSize, t.TextStyle, t.Color = lines[i], r.p.size, r.p.style(), theme.Color(r.p.tint)
		t.Move(fyne.NewPos(0, float32(i)*tall))
		t.Resize(fyne.NewSize(size.Width, tall))
	}
}

func (r *paragraphRenderer) Refresh() {
	r.Layout(r.p.Size())
	for _, o := range r.texts {
		o.Refresh()
	}
	canvas.Refresh(r.p)
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.texts }
func (r *paragraphRenderer) Destroy()                     {}
