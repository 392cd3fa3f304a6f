package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
)

// Item is what can be chosen in a menu, with its key, "" for none, at the right.
func Item(text, key string, chosen func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(text, chosen)
	if key != "" {
		item.Shortcut = shortcut(key)
	}
	return item
}

// shortcut is a key as it is written beside an item. The key itself is looked up in the program's own table.
type shortcut string

// ShortcutName implements [fyne.Shortcut].
func (s shortcut) ShortcutName() string { return string(s) }

// Menu opens a menu under a widget. It has the keyboard while it is open.
func Menu(under fyne.CanvasObject, items ...*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(under)
	MenuAt(d.CanvasForObject(under), at.AddXY(0, under.Size().Height), items...)
}

// MenuAt opens a menu at a place of a window, moved as far as it must be to lie inside.
func MenuAt(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) {
	if c == nil || len(items) == 0 {
		return
	}
	m := newMenu(items)
	popup := widget.NewPopUp(m, c)
	m.close = func() {
		popup.Hide()
		c.Overlays().Remove(popup)
	}
	m.within = c.Size().SubtractWidthHeight(menuEdge, menuEdge)
	m.open = func(under *menuRow, items []*fyne.MenuItem) {
		place := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
		m.close()
		MenuAt(c, place.AddXY(under.Size().Width/3, 0), items...)
	}
	size := m.MinSize()
	popup.ShowAtPosition(fyne.NewPos(max(0, min(at.X, m.within.Width-size.Width)), max(0, min(at.Y, m.within.Height-size.Height))))
	c.Focus(m)
}

// menu is the rows of what can be chosen, with a line between sections. The toolkit's own draws its keys too pale to be
// read, and has no edge on a ground of the same colour.
type menu struct {
	widget.BaseWidget
	rows   []*menuRow
	at     int // the row that the keyboard is at, -1 for none
	within fyne.Size
	close  func()
	open   func(under *menuRow, items []*fyne.MenuItem) // another menu in the place of this one
	edge   *canvas.Rectangle
}

const (
	menuEdge  = 8 // round the rows, the pop-up's own padding included
	menuRule  = 9 // a line between sections
	menuSide  = 12
	menuCheck = 22
)

func newMenu(items []*fyne.MenuItem) *menu {
	m := &menu{at: -1, edge: canvas.NewRectangle(color.Transparent), close: func() {}, open: func(*menuRow, []*fyne.MenuItem) {}}
	m.edge.StrokeColor, m.edge.StrokeWidth, m.edge.CornerRadius = theme.Color(theme.Line), 1, theme.Radius
	checks := false
	for _, item := range items {
		checks = checks || item.Checked
	}
	for _, item := range items {
		m.rows = append(m.rows, newMenuRow(m, item, checks))
	}
	m.ExtendBaseWidget(m)
	return m
}

// MinSize implements [fyne.CanvasObject]: no more than the window has; a long menu's rows are lower then.
func (m *menu) MinSize() fyne.Size {
	size := fyne.NewSize(0, 0)
	for _, r := range m.rows {
		min := r.MinSize()
		size.Width, size.Height = max(size.Width, min.Width), size.Height+min.Height
	}
	if m.within.Height > 0 {
		size.Width, size.Height = min(size.Width, m.within.Width), min(size.Height, m.within.Height)
	}
	return size
}

// CreateRenderer implements [fyne.Widget].
func (m *menu) CreateRenderer() fyne.WidgetRenderer { return &menuRenderer{m} }

type menuRenderer struct{ m *menu }

func (r *menuRenderer) MinSize() fyne.Size { return r.m.MinSize() }
func (r *menuRenderer) Refresh()           {}
func (r *menuRenderer) Destroy()           {}

func (r *menuRenderer) Layout(size fyne.Size) {
	r.m.edge.Move(fyne.NewPos(-4, -4))
	r.m.edge.Resize(size.AddWidthHeight(8, 8))
	want, y := float32(0), float32(0)
	for _, row := range r.m.rows {
		want += row.MinSize().Height
	}
	for _, row := range r.m.rows {
		tall := row.MinSize().Height * min(1, size.Height/want)
		row.Move(fyne.NewPos(0, y))
		row.Resize(fyne.NewSize(size.Width, tall))
		y += tall
	}
}

func (r *menuRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.m.edge}
	for _, row := range r.m.rows {
		objects = append(objects, row)
	}
	return objects
}

// FocusGained implements [fyne.Focusable].
func (m *menu) FocusGained() {}

// FocusLost implements [fyne.Focusable].
func (m *menu) FocusLost() {}

// TypedRune implements [fyne.Focusable].
func (m *menu) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable]: arrows go through the rows, Enter and Space choose.
func (m *menu) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		m.move(1)
	case fyne.KeyUp:
		m.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyRight:
		if m.at >= 0 {
			m.rows[m.at].choose()
		}
	case fyne.KeyEscape:
		m.close()
	default: // nothing
	}
}

// move goes to the next row that can be chosen, round and round.
func (m *menu) move(by int) {
	n := len(m.rows)
	at := m.at
	if at < 0 && by < 0 {
		at = 0
	}
	for range n {
		if at = (at + by + n) % n; m.rows[at].choosable() {
			m.mark(at)
			return
		}
	}
}

func (m *menu) mark(at int) {
	was := m.at
	m.at = at
	for _, i := range []int{was, at} {
		if i >= 0 {
			m.rows[i].paint()
		}
	}
}

// menuRow is one thing to choose, or the line between two sections.
type menuRow struct {
	widget.BaseWidget
	m         *menu
	item      *fyne.MenuItem
	left      float32 // where the words begin
	ground    *canvas.Rectangle
	rule      *canvas.Rectangle
	text, key *canvas.Text
	check     *canvas.Text
}

func newMenuRow(m *menu, item *fyne.MenuItem, checks bool) *menuRow {
	r := &menuRow{
		m: m, item: item, left: menuSide, ground: canvas.NewRectangle(color.Transparent), rule: canvas.NewRectangle(theme.Color(theme.Line)),
		text: canvas.NewText(item.Label, theme.Color(theme.Text)), key: canvas.NewText("", theme.Color(theme.Muted)), check: canvas.NewText("", theme.Color(theme.Accent)),
	}
	if checks {
		r.left += menuCheck
	}
	if item.Checked {
		r.check.Text = "✓"
	}
	if s, ok := item.Shortcut.(shortcut); ok {
		r.key.Text = string(s)
	}
	if item.ChildMenu != nil {
		r.key.Text = "▸"
	}
	if item.IsSeparator {
		r.text.Text = ""
	}
	if item.Disabled {
		r.text.Color = theme.Color(theme.Muted)
	}
	r.ground.CornerRadius = theme.Radius
	r.text.TextSize, r.key.TextSize, r.check.TextSize = theme.TextBase, theme.TextSmall, theme.TextBase
	r.rule.Hidden = !item.IsSeparator
	r.ExtendBaseWidget(r)
	return r
}

func (r *menuRow) choosable() bool { return !r.item.IsSeparator && !r.item.Disabled }

func (r *menuRow) choose() {
	switch {
	case !r.choosable():
	case r.item.ChildMenu != nil:
		r.m.open(r, r.item.ChildMenu.Items)
	default:
		r.m.close()
		if r.item.Action != nil {
			r.item.Action()
		}
	}
}

func (r *menuRow) paint() {
	r.ground.FillColor = color.Transparent
	if r.m.at >= 0 && r.m.rows[r.m.at] == r {
		r.ground.FillColor = theme.Faint(theme.Accent, 0.28)
	}
	r.ground.Refresh()
}

// Tapped implements [fyne.Tappable].
func (r *menuRow) Tapped(*fyne.PointEvent) { r.choose() }

// MouseIn implements [desktop.Hoverable].
func (r *menuRow) MouseIn(*desktop.MouseEvent) {
	for i, row := range r.m.rows {
		if row == r && r.choosable() {
			r.m.mark(i)
		}
	}
}

// MouseMoved implements [desktop.Hoverable].
func (r *menuRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (r *menuRow) MouseOut() {}

// MinSize implements [fyne.CanvasObject].
func (r *menuRow) MinSize() fyne.Size {
	if r.item.IsSeparator {
		return fyne.NewSize(0, menuRule)
	}
	wide := r.left + r.text.MinSize().Width + menuSide
	if r.key.Text != "" {
		wide += 2*menuSide + r.key.MinSize().Width
	}
	return fyne.NewSize(wide, theme.Target)
}

// CreateRenderer implements [fyne.Widget].
func (r *menuRow) CreateRenderer() fyne.WidgetRenderer { return &menuRowRenderer{r} }

type menuRowRenderer struct{ r *menuRow }

func (y *menuRowRenderer) MinSize() fyne.Size { return y.r.MinSize() }
func (y *menuRowRenderer) Refresh()           { y.r.paint() }
func (y *menuRowRenderer) Destroy()           {}

func (y *menuRowRenderer) Layout(size fyne.Size) {
	r := y.r
	r.ground.Resize(size)
	r.rule.Move(fyne.NewPos(menuSide, size.Height/2))
	r.rule.Resize(fyne.NewSize(max(0, size.Width-2*menuSide), 1))
	middle := func(t *canvas.Text, x float32) {
		t.Move(fyne.NewPos(x, (size.Height-t.MinSize().Height)/2))
		t.Resize(t.MinSize())
	}
	middle(r.check, menuSide)
	middle(r.text, r.left)
	middle(r.key, size.Width-menuSide-r.key.MinSize().Width)
}

func (y *menuRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{y.r.ground, y.r.rule, y.r.check, y.r.text, y.r.key}
}
