package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/ui/theme"
)

// Column is texts under each other. Those that may shrink do, until all is seen; what still has no room is scrolled, and
// a bar at the side shows that there is more.
type Column struct {
	parts  []*Paragraph
	least  map[*Paragraph]float32 // sizes of those that may shrink
	most   map[*Paragraph]float32
	firm   map[*Paragraph]float32
	Gap    float32 // between the texts
	Edge   float32 // round all
	Middle bool    // what is less tall than its place stands in the middle of it

	scroll  *container.Scroll
	body    *fyne.Container
	content *fyne.Container
	tall    float32 // of all texts
	fitting bool
}

// NewColumn makes a column of texts.
func NewColumn(parts ...*Paragraph) *Column {
	c := &Column{parts: parts, least: map[*Paragraph]float32{}, most: map[*Paragraph]float32{}, firm: map[*Paragraph]float32{}, Gap: 4, Edge: 6}
	c.body = container.New(columnBody{c})
	for _, p := range parts {
		p.changed = c.restart
		c.body.Add(p)
	}
	c.scroll = container.NewVScroll(c.body)
	c.content = container.New(columnLayout{c}, c.scroll)
	return c
}

// Shrinking lets a text have any size from least to most, and the column chooses.
func (c *Column) Shrinking(p *Paragraph, least, most float32) {
	c.least[p], c.most[p] = least, most
	c.fit()
}

// Keeping lets a text be smaller than a size only so that it is seen itself, not for the sake of what stands below it.
func (c *Column) Keeping(p *Paragraph, size float32) {
	c.firm[p] = size
	c.fit()
}

// TallAt is how tall the texts are in a width, as large as they may be; 0 where there are none.
func (c *Column) TallAt(wide float32) float32 {
	shown := c.shown()
	if len(shown) == 0 {
		return 0
	}
	tall := 2*c.Edge + c.Gap*float32(len(shown)-1)
	for _, p := range shown {
		tall += p.Tall(max(p.size, c.most[p]), max(1, wide-2*c.Edge-columnBar))
	}
	return tall
}

// Content is the column to put into a window.
func (c *Column) Content() fyne.CanvasObject { return c.content }

// restart shows the beginning of what is another text now.
func (c *Column) restart() {
	if !c.fitting {
		c.scroll.Offset.Y = 0
		c.fit()
	}
}

// columnBar is the scroll bar's place.
const columnBar = 8

// fit lays the texts out, as large as they may be so that all are seen.
func (c *Column) fit() {
	size := c.content.Size()
	if size.Width < 1 || size.Height < 1 || c.fitting {
		return
	}
	c.fitting = true
	defer func() { c.fitting = false }()
	wide := max(1, size.Width-2*c.Edge-columnBar)
	shown := c.shown()
	sizes := c.sizes(shown, wide, size.Height)
	y := c.Edge
	if c.Middle {
		y = max(y, (size.Height-c.tall)/2+c.Edge)
	}
	for i, p := range shown {
		p.SetSize(sizes[i])
		tall := p.Tall(sizes[i], wide)
		p.Move(fyne.NewPos(c.Edge, y))
		p.Resize(fyne.NewSize(wide, tall))
		y += tall + c.Gap
	}
	c.scroll.Resize(size)
	c.scroll.Refresh()
}

// sizes are the largest sizes of the texts at which all are seen, or, below the size that one of them keeps, this itself;
// else the least ones. It notes how tall all are then.
func (c *Column) sizes(shown []*Paragraph, wide, room float32) []float32 {
	sizes := make([]float32, len(shown))
	const step = 2
	for less := float32(0); ; less += step {
		smallest, seen := true, false
		c.tall = 2*c.Edge + c.Gap*float32(max(0, len(shown)-1))
		end := c.Edge
		for i, p := range shown {
			sizes[i] = p.size
			if most, ok := c.most[p]; ok {
				sizes[i] = max(c.least[p], most-less)
				smallest = smallest && sizes[i] == c.least[p]
			}
			tall := p.Tall(sizes[i], wide)
			c.tall += tall
			end += tall
			if firm, ok := c.firm[p]; ok {
				seen = end+c.Edge <= room && sizes[i]-step < firm
			}
			end += c.Gap
		}
		if c.tall <= room || smallest || seen {
			return sizes
		}
	}
}

func (c *Column) shown() []*Paragraph {
	var shown []*Paragraph
	for _, p := range c.parts {
		if p.Visible() && p.text != "" {
			shown = append(shown, p)
		}
	}
	return shown
}

// columnLayout gives the column its place.
type columnLayout struct{ c *Column }

func (l columnLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.c.scroll.Move(fyne.NewPos(0, 0))
	l.c.fit()
	l.c.scroll.Resize(size)
}

func (l columnLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, 2*l.c.Edge+theme.TextBase)
}

// columnBody is as tall as the texts, which the column lays out.
type columnBody struct{ c *Column }

func (columnBody) Layout([]fyne.CanvasObject, fyne.Size)   {}
func (b columnBody) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, b.c.tall) }
