// Package guide shows the user's guide: its sections at the left, the one that is read at the right.
package guide

import (
	"bytes"
	"image"
	"image/draw"
	_ "image/png" // what the pictures of the guide are
	"log/slog"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/assets/guide"
)

const (
	listWide = 240
	// lineWide is the longest line that is read with ease.
	lineWide = 760
)

// Page is the guide as it is read. It belongs to the UI goroutine.
type Page struct {
	Content fyne.CanvasObject

	guide   guide.Guide
	buttons []*widgets.Button
	body    *container.Scroll
	at      int
	post    func(func())
}

// New makes the page at its first section; post runs a function on the UI goroutine, later.
func New(language string, post func(func())) *Page {
	p := &Page{body: container.NewVScroll(container.NewVBox()), post: post}
	var err error
	if p.guide, err = guide.Read(language); err != nil {
		slog.Error("show guide", "err", err)
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(2))
	for i, s := range p.guide.Sections {
		b := widgets.NewButton(s.Title, nil, widgets.Quiet, func() { p.Choose(i) })
		b.Wide, b.Cut, b.Row = listWide, true, true
		p.buttons = append(p.buttons, b)
		list.Add(b)
	}
	p.Content = container.NewBorder(nil, nil, container.NewVScroll(list), nil, widgets.Inset(16, p.body))
	p.Choose(0)
	return p
}

// At is the number of the section that is read, from 0.
func (p *Page) At() int { return p.at }

// Scroll is what scrolls the section.
func (p *Page) Scroll() fyne.CanvasObject { return p.body }

// Choose goes to a section; out of range to the nearest.
func (p *Page) Choose(section int) {
	if len(p.buttons) == 0 {
		return
	}
	p.buttons[p.at].SetStyle(widgets.Quiet)
	p.at = max(0, min(section, len(p.buttons)-1))
	p.buttons[p.at].SetStyle(widgets.Chosen)
	s := p.guide.Sections[p.at]
	box := container.New(layout.NewCustomPaddedVBoxLayout(10), heading(s.Title))
	for _, b := range s.Blocks {
		box.Add(p.block(b))
	}
	p.body.Content = container.New(column{}, box)
	p.body.ScrollToTop()
	p.body.Refresh()
}

func heading(title string) fyne.CanvasObject {
	return widget.NewRichText(&widget.TextSegment{Text: title, Style: widget.RichTextStyleHeading})
}

func (p *Page) block(b guide.Block) fyne.CanvasObject {
	switch b.Kind {
	case guide.Bullets, guide.Numbered:
		list := container.New(layout.NewCustomPaddedVBoxLayout(4))
		for i, item := range b.Items {
			sign := "•"
			if b.Kind == guide.Numbered {
				sign = strconv.Itoa(i+1) + "."
			}
			list.Add(container.New(shares{0.04, 0.96}, widget.NewLabel(sign), rich(item)))
		}
		return list
	case guide.Table:
		return table(b.Rows)
	case guide.Picture:
		return p.picture(b)
	case guide.Paragraph:
	}
	return rich(b.Text)
}

// table sets rows, the first one bold, in columns: a narrow one for keys, or three.
func table(rows [][][]guide.Span) fyne.CanvasObject {
	list := container.NewVBox()
	for i, row := range rows {
		widths := shares{0.28, 0.72}
		if len(row) == 3 {
			widths = shares{0.24, 0.24, 0.52}
		}
		var cells []fyne.CanvasObject
		for _, c := range row {
			if i == 0 {
				for n := range c {
					c[n].Style = guide.Strong
				}
			}
			cells = append(cells, rich(c))
		}
		if i > 0 {
			list.Add(widgets.Rule())
		}
		list.Add(container.New(widths, cells...))
	}
	return list
}

func (p *Page) picture(b guide.Block) fyne.CanvasObject {
	shown := widgets.NewPicture(p.post)
	shown.Proportions, shown.Top = image.Pt(1366, 768), true
	go func() { // it takes longer to decode than a key may wait
		picture, err := decode(b.Name)
		p.post(func() {
			if err != nil {
				slog.Error("show picture of the guide", "name", b.Name, "err", err)
				return
			}
			shown.SetImage(picture)
		})
	}()
	caption := rich(b.Text)
	return container.New(layout.NewCustomPaddedVBoxLayout(2), container.New(proportions{1366, 768}, shown), caption)
}

func decode(name string) (*image.RGBA, error) {
	data, err := guide.ReadPicture(name)
	if err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(picture.Bounds())
	draw.Draw(out, out.Rect, picture, picture.Bounds().Min, draw.Src)
	return out, nil
}

// rich is a paragraph in its styles.
func rich(spans []guide.Span) fyne.CanvasObject {
	text := widget.NewRichText()
	for _, s := range spans {
		style := widget.RichTextStyleInline
		switch s.Style {
		case guide.Strong, guide.Key:
			style.TextStyle.Bold = true
		case guide.Label:
			style.TextStyle.Italic = true
		case guide.Plain:
		}
		if s.Style == guide.Key {
			style.ColorName = fynetheme.ColorNamePrimary
		}
		text.Segments = append(text.Segments, &widget.TextSegment{Text: s.Text, Style: style})
	}
	text.Wrapping = fyne.TextWrapWord
	return text
}

// column is no wider than a line that is read with ease.
type column struct{}

func (column) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, o[0].MinSize().Height)
}

func (column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(min(size.Width, lineWide), size.Height))
}

// shares lays objects side by side, each with its share of the width, 0..1.
type shares []float32

func (s shares) MinSize(o []fyne.CanvasObject) (size fyne.Size) {
	for _, c := range o {
		size.Height = max(size.Height, c.MinSize().Height)
	}
	return size
}

func (s shares) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, c := range o {
		c.Move(fyne.NewPos(x, 0))
		c.Resize(fyne.NewSize(s[i]*size.Width, size.Height))
		x += s[i] * size.Width
	}
}

// proportions keep an object's sides, as they are to each other, at the width of a line.
type proportions struct{ w, h float32 }

func (p proportions) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, (lineWide-2*theme.Gap)*p.h/p.w)
}

func (p proportions) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, size.Height*p.w/p.h)
	o[0].Resize(fyne.NewSize(width, width*p.h/p.w))
}
