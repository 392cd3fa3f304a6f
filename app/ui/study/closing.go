package study

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	listed "butluc/app/console/excerpts"
	"butluc/app/keys"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// closing is the closing speech: its paragraphs, each with what it cites.
type closing struct {
	r     *Room
	rows  []library.Paragraph
	at    int
	list  *widgets.Rows
	none  *fyne.Container // what is seen while nothing is written
	box   *fyne.Container
	form  *paragraphForm
	index *library.Index
}

func newClosing(r *Room) *closing {
	c := &closing{r: r, list: widgets.NewRows()}
	c.form = newParagraphForm(r)
	c.list.Count = func() int { return len(c.rows) }
	c.list.Height = func(int) float32 { return cellTall }
	c.list.Make = func() fyne.CanvasObject {
		return newLine(func(wide float32, _ int) []float32 { return []float32{wide} }, func(i, _ int) { c.choose(i) })
	}
	c.list.Fill = func(i int, o fyne.CanvasObject) { o.(*line).show(i, c.face(i)) }
	empty := widgets.Prose(r.s.T("closing.empty", "key", keys.Hint(r.s.In(), keys.Study, keys.Cite)))
	empty.Importance = widget.LowImportance
	draft := widgets.NewButton(r.s.T("closing.draft"), nil, widgets.Primary, func() { r.s.Excerpts.Closing().Draft() })
	write := widgets.NewButton(r.s.T("closing.add"), widgets.Icon("add"), widgets.Plain, c.add)
	write.Hint = keys.Hint(r.s.In(), keys.Study, keys.NewMatter)
	c.none = container.NewVBox(widgets.Inset(24, container.NewVBox(empty, container.NewHBox(draft, write))))
	c.box = container.NewStack(c.list, container.NewVBox(c.none))
	return c
}

func (c *closing) content() fyne.CanvasObject { return c.box }

func (c *closing) matter() library.ID { return "" }

func (c *closing) across(int) {}

// aside is what stands beside the list instead of the excerpt's form.
func (c *closing) aside() fyne.CanvasObject { return c.form.content }

func (c *closing) reload() {
	c.rows = c.r.s.Dossier.Outline().Paragraphs()
	c.index = c.r.s.Dossier.Index()
	p, _ := c.r.s.Excerpts.Closing().Chosen()
	if i := slices.IndexFunc(c.rows, func(row library.Paragraph) bool { return row.ID == p.ID }); i >= 0 {
		c.at = i
	}
	c.at = max(0, min(c.at, len(c.rows)-1))
	widgets.Show(c.none, len(c.rows) == 0)
	c.list.Reload()
	c.form.update()
}

func (c *closing) move(by int, edge bool) {
	at := c.at + by
	if _, chosen := c.r.s.Excerpts.Closing().Chosen(); !chosen {
		at = c.at
	}
	if edge {
		at = map[bool]int{true: len(c.rows) - 1}[by > 0]
	}
	c.choose(max(0, min(at, len(c.rows)-1)))
}

func (c *closing) choose(i int) {
	if i >= len(c.rows) {
		return
	}
	c.at = i
	c.r.s.Excerpts.Closing().Choose(c.rows[i].ID)
	c.list.Reveal(i)
}

// add adds a paragraph behind the chosen one, and lets it be written.
func (c *closing) add() {
	c.form.keep()
	if c.r.s.Excerpts.Closing().Add() {
		c.list.Reveal(c.at)
		c.form.write()
	}
}

func (c *closing) face(i int) face {
	s, o, p := c.r.s, c.r.s.Dossier.Outline(), c.rows[i]
	f := face{chosen: -1, whole: true}
	if chosen, _ := s.Excerpts.Closing().Chosen(); chosen.ID == p.ID {
		f.chosen = 0
	}
	body := cell{text: strings.Join(strings.Fields(cutTo(o.CitedText(p, c.index), mostText)), " "), tint: theme.Text, edge: true, bar: theme.Accent}
	if body.text == "" {
		body.text, body.tint = s.T("closing.unwritten"), theme.Muted
	}
	body.small = s.T("closing.row", "number", i+1, "count", len(p.Cites.List()))
	if lost := o.LostCitations(p); len(lost) > 0 {
		body.small, body.warn, body.bar = s.T("closing.row-lost", "number", i+1, "count", len(lost)), true, theme.Warn
	}
	f.cells = []cell{body}
	return f
}

// cutTo is the beginning of a text, no longer than so many bytes.
func cutTo(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// do does what a key does with the chosen paragraph, and tells whether it is something that is done with one.
func (c *closing) do(a keys.Action) bool {
	speech := c.r.s.Excerpts.Closing()
	switch a {
	case keys.NewMatter:
		c.add()
	case keys.OpenExcerpt, keys.WriteText:
		c.form.write()
	case keys.Delete:
		speech.Delete()
	case keys.RaiseMatter:
		speech.Move(-1)
	case keys.LowerMatter:
		speech.Move(1)
	case keys.IntoOutline:
		speech.IntoOutline()
	case keys.Cite:
		c.form.seek()
	case keys.SideAccuses, keys.SideClears, keys.SideNone, keys.Prove, keys.PickExcerpt, keys.Contradict, keys.StepBeside,
		keys.OutdentMatter, keys.IndentMatter:
		// They are done with an excerpt or a matter, of which none is seen here.
	default:
		return false
	}
	return true
}

// paragraphForm is the paragraph at hand, to be written, with what it cites and what it might cite.
type paragraphForm struct {
	r       *Room
	of      library.ID
	text    *widgets.Bound
	cites   *fyne.Container
	seeker  *widgets.Field
	found   *fyne.Container
	filled  *fyne.Container
	once    *fyne.Container // what is seen once there is a paragraph
	content *fyne.Container
}

// mostOffered is how many excerpts are offered to be cited.
const mostOffered = 5

func newParagraphForm(r *Room) *paragraphForm {
	s := r.s
	f := &paragraphForm{r: r, cites: container.NewVBox(), found: container.NewVBox(), seeker: widgets.NewField(s.T("closing.seek"))}
	text := widgets.NewText(s.T("closing.text"))
	text.SetMinRowsVisible(9)
	f.text = widgets.Bind(text, s.Events.Post, func() { r.focus(nil) }, func() string {
		p, _ := s.Dossier.Outline().Paragraph(f.of)
		return p.Text
	}, func(text string) {
		if p, ok := s.Dossier.Outline().Paragraph(f.of); ok {
			p.Text = text
			s.Edits.Edit(s.Dossier.Outline().Set(p))
		}
	})
	f.seeker.OnChanged = func(string) { f.offer() }
	f.seeker.OnEscape = func() {
		f.seeker.SetText("")
		r.focus(nil)
	}
	f.seeker.OnReturn = func() {
		if rows := f.offered(); len(rows) > 0 {
			f.cite(rows[0].Excerpt.ID)
		}
	}
	button := func(text, icon string, a keys.Action) *widgets.Button {
		b := widgets.NewButton(s.T(text), widgets.Icon(icon), widgets.Plain, func() { r.Do(a) })
		b.Hint = keys.Hint(s.In(), keys.Study, a)
		return b
	}
	draft := widgets.NewButton(s.T("closing.draft"), nil, widgets.Plain, func() { s.Excerpts.Closing().Draft() })
	f.filled = container.NewVBox(f.text.Field, f.cites, f.seeker, f.found)
	f.once = container.NewVBox(button("closing.add", "add", keys.NewMatter), button("closing.steps", "add", keys.IntoOutline),
		button("closing.delete", "close", keys.Delete), draft)
	f.content = container.NewVBox(f.filled, f.once)
	return f
}

func (f *paragraphForm) keep() { f.text.Keep() }

func (f *paragraphForm) write() {
	if f.filled.Visible() {
		f.r.focus(f.text.Field)
		f.text.ToEnd()
	}
}

// seek lets an excerpt be looked for, to be cited.
func (f *paragraphForm) seek() {
	if f.filled.Visible() {
		f.r.focus(f.seeker)
	}
}

// cite cites an excerpt where the paragraph is written.
func (f *paragraphForm) cite(id library.ID) {
	f.keep()
	if f.r.s.Excerpts.Closing().Cite(id) {
		f.seeker.SetText("")
	}
}

func (f *paragraphForm) offered() []listed.Row {
	return f.r.s.Excerpts.Found(f.seeker.Text, mostOffered)
}

// offer shows the excerpts that have what is typed.
func (f *paragraphForm) offer() {
	f.found.RemoveAll()
	rows := f.offered()
	for i, row := range rows {
		b := f.excerpt(row, "", func() { f.cite(row.Excerpt.ID) })
		if i == 0 {
			b.Hint = "Enter"
		}
		f.found.Add(b)
	}
	if len(rows) == 0 && strings.TrimSpace(f.seeker.Text) != "" {
		f.found.Add(widgets.Small(f.r.s.T("closing.none-found")))
	}
	f.found.Refresh()
}

func (f *paragraphForm) excerpt(row listed.Row, before string, do func()) *widgets.Button {
	label := before + row.Name
	if folio := f.r.s.Dossier.Folio(row.Page); !folio.IsZero() && row.Excerpt.To == 0 {
		label = before + "BL " + folio.String()
	}
	if row.Person != "" {
		label += " · " + row.Person
	}
	label += ": " + shortText(f.r, row)
	b := widgets.NewButton(cutTo(label, mostText), nil, widgets.Quiet, do)
	b.Cut, b.Tip = true, cutTo(label, mostText)
	return b
}

func (f *paragraphForm) update() {
	s := f.r.s
	p, ok := s.Excerpts.Closing().Chosen()
	if p.ID != f.of {
		f.keep()
		f.of = p.ID
		p, ok = s.Excerpts.Closing().Chosen()
	}
	f.text.Update()
	widgets.Show(f.filled, ok)
	widgets.Show(f.once, len(s.Dossier.Outline().Paragraphs()) > 0)
	f.cites.RemoveAll()
	for _, c := range p.Cites.List() {
		f.cites.Add(f.citation(c))
	}
	for _, n := range s.Dossier.Outline().LostCitations(p) {
		if !slices.ContainsFunc(p.Cites.List(), func(c library.Citation) bool { return c.Number == n }) {
			f.cites.Add(f.citation(library.Citation{Number: n}))
		}
	}
	f.cites.Refresh()
	f.offer()
}

// citation is a line for an excerpt that is cited: a tap opens its page.
func (f *paragraphForm) citation(c library.Citation) fyne.CanvasObject {
	s := f.r.s
	remove := widgets.NewButton("", widgets.Icon("close"), widgets.Quiet, func() {
		f.keep()
		s.Excerpts.Closing().Change(func(p library.Paragraph) library.Paragraph { return p.Uncited(c.Number) })
	})
	remove.Tip = s.T("closing.uncite")
	number := fmt.Sprintf("[%d] ", c.Number)
	row, there := s.Excerpts.Row(c.Excerpt)
	if !there {
		return container.NewBorder(nil, nil, nil, remove, widgets.Prose("⚠ "+number+s.T("closing.cite-lost")))
	}
	open := f.excerpt(row, number, func() {
		f.r.choose(row.Excerpt.ID)
		f.r.open()
	})
	if state, warn := stateText(f.r, row); warn {
		open.SetLabel("⚠ " + state + " · " + number + row.Name)
	}
	side := canvas.NewRectangle(theme.Color(excerpts.SideToken(row.Excerpt.Side)))
	side.SetMinSize(fyne.NewSize(3, 0))
	return container.NewBorder(nil, nil, side, remove, open)
}
