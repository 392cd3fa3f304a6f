package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/display"
)

// callLine is the line in which a bút lục is typed: Enter puts its page into Preview. Over it stand the
// pages that what is typed so far may mean, of which the arrows choose one.
type callLine struct {
	s       *console.Session
	field   *widgets.Field
	found   *widget.Label
	list    *fyne.Container
	rows    [mostCandidates]*candidateRow
	content *fyne.Container
	focus   func(fyne.Focusable)

	offered []library.Candidate
	at      int // the one that Enter takes
}

// mostCandidates is how many pages are offered at once.
const mostCandidates = 5

// candidateRow is a page that is offered. Rows are made once: typing only changes their words.
type candidateRow struct {
	ground  *canvas.Rectangle
	name    *widget.Label
	typed   *widget.Label // what would call just that
	content fyne.CanvasObject
}

func newCallLine(s *console.Session, focus func(fyne.Focusable)) *callLine {
	c := &callLine{s: s, focus: focus, field: widgets.NewField(s.T("call.hint")), found: widgets.Heading(""), list: container.NewVBox()}
	c.field.OnChanged = c.changed
	c.field.OnSubmitted = func(string) { c.submit() }
	c.field.OnEscape = c.close
	c.field.OnDown = func() { c.choose(c.at + 1) }
	c.field.OnUp = func() { c.choose(c.at - 1) }
	for i := range c.rows {
		r := &candidateRow{ground: canvas.NewRectangle(theme.Color(theme.Raised)), name: widgets.Line(""), typed: widgets.Small("")}
		r.ground.CornerRadius = theme.Radius
		r.typed.Truncation = fyne.TextTruncateOff
		r.content = widgets.NewTap(container.NewStack(r.ground, container.NewBorder(nil, nil, nil, r.typed, r.name)), func() {
			c.choose(i)
			c.submit()
		})
		r.content.Hide()
		c.rows[i] = r
		c.list.Add(r.content)
	}
	label := widgets.Heading(s.T("call.label"))
	label.Truncation = fyne.TextTruncateOff
	field := container.NewGridWrap(fyne.NewSize(140, theme.Target+4), c.field)
	c.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Raised)),
		widgets.Inset(4, container.NewVBox(c.list, container.NewBorder(nil, nil, container.NewHBox(label, field), nil, c.found))))
	c.content.Hide()
	return c
}

func (c *callLine) visible() bool { return c.content.Visible() }

func (c *callLine) open(digits string) {
	if _, ok := c.s.Dossier.Snapshot(); !ok {
		return
	}
	widgets.Show(c.content, true)
	c.field.SetText(digits)
	c.field.CursorColumn = len(digits)
	c.field.Refresh()
	c.changed(digits)
	c.focus(c.field)
}

// Key implements [console.Field]. What is no part of a bút lục is the field's.
func (c *callLine) Key(e display.KeyEvent) bool {
	r, ok := console.CallKey(c.field.Text, e)
	if ok {
		c.field.TypedRune(r)
	}
	return ok
}

func (c *callLine) changed(typed string) {
	c.offered, c.at = c.s.Folios.Candidates(typed, mostCandidates), 0
	c.s.Folios.Consider(typed, c.offered)
	if len(c.offered) > 0 && c.offered[0].Of == 0 {
		c.at = -1 // only longer numbers: Enter takes none that was not chosen
	}
	c.show()
}

// choose lets Enter take another of the pages that are offered.
func (c *callLine) choose(i int) {
	if i < 0 || i >= len(c.offered) {
		return
	}
	c.at = i
	c.s.Folios.Consider("", c.offered[i:i+1]) // at once: nothing more is typed
	c.show()
}

func (c *callLine) show() {
	for i, r := range c.rows {
		many := len(c.offered) > 1 || len(c.offered) == 1 && c.at < 0
		widgets.Show(r.content, many && i < len(c.offered))
		if !many || i >= len(c.offered) {
			continue
		}
		fill := theme.Color(theme.Raised)
		if i == c.at {
			fill = theme.Faint(theme.Accent, 0.3)
		}
		if r.ground.FillColor != fill {
			r.ground.FillColor = fill
			r.ground.Refresh()
		}
		r.name.SetText(c.s.Labels.CandidateText(c.offered[i]))
		r.typed.SetText(c.typedFor(c.offered[i]))
	}
	switch typed := c.field.Text; {
	case c.at >= 0 && c.at < len(c.offered):
		c.found.SetText(c.s.T("call.found", "name", c.s.Labels.FullName(c.offered[c.at].Page), "key", keys.Chord{Key: "Return"}.Text(c.s.In())))
	case typed == "":
		c.found.SetText("")
	case len(c.offered) > 0:
		c.found.SetText(c.s.T("call.longer", "typed", typed, "down", keys.Chord{Key: "Down"}.Text(c.s.In())))
	default:
		c.found.SetText(c.s.Labels.NoFolio(typed))
	}
}

// typedFor is what calls a candidate and no other: "145/2".
func (c *callLine) typedFor(to library.Candidate) string {
	if to.Folio.IsZero() {
		return ""
	}
	return library.TypedFolio(to.Folio, to.Nth, to.Of)
}

func (c *callLine) submit() {
	switch {
	case c.field.Text == "":
		c.close()
	case c.at >= 0 && c.at < len(c.offered):
		p := c.offered[c.at].Page
		c.close()
		c.s.Folios.CallPage(p)
	default:
		c.field.Select() // the next number is typed in its place
		c.s.Notices.TellText(c.s.Labels.NoFolio(c.field.Text), true)
	}
}

func (c *callLine) close() {
	c.content.Hide()
	c.s.Folios.Consider("", nil)
	c.focus(nil)
}
