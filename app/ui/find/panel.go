// Package find is where words are looked for in the text of the case: what was found, line by line as it
// stands on the page, and two pages of it side by side.
package find

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/console/excerpts"
	"butluc/app/console/find"
	"butluc/app/console/label"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/casefile"
)

// Panel is the field, what was found, and what can be done with it.
type Panel struct {
	s       *console.Session
	at      int    // the chosen row
	looked  string // what the rows answer
	chosen  library.PageID
	answers []excerpts.Row // excerpts with the words, before the pages
	field   *widgets.Field
	person  *widgets.Button
	heads   *widgets.Heads
	carry   *widgets.Button
	status  *widget.Label
	reading *reading
	list    *widgets.Rows
	empty   *widget.Label
	pair    *fyne.Container
	keep    *widgets.Button
	content fyne.CanvasObject

	// OnGone is called when a page was gone to: the keys are the room's again.
	OnGone func()
	// OnClose is called when the panel is to be put away.
	OnClose func()
	// OnAdd is called when the page that is looked at, or the pair, is to become a step; nil where nothing can be
	// added.
	OnAdd func()
}

// New makes the panel.
func New(s *console.Session) *Panel {
	p := &Panel{s: s, OnGone: func() {}, OnClose: func() {}}
	p.field = widgets.NewField(s.T("find.hint"))
	p.field.Propose(s.Finder.Found().Typed)
	p.field.OnChanged = func(text string) { s.Finder.Find(strings.TrimSpace(text)) }
	p.field.OnSubmitted = func(string) { p.Go() }
	p.field.OnEscape = func() { p.OnClose() }
	p.field.OnDown = func() { p.choose(p.at + 1) }
	p.field.OnUp = func() { p.choose(p.at - 1) }
	p.field.OnChord = p.chord
	p.person = widgets.NewButton(s.T("find.person"), nil, widgets.Quiet, p.choosePerson)
	p.heads = widgets.NewHeads(&widgets.Flow{}, int(find.ByMatch), func() {
		by, back := p.heads.By()
		s.Finder.SetOrder(find.Order(by), back)
	}, s.T("find.by-match"), s.T("find.by-folio"), s.T("find.by-date"))
	p.carry = widgets.NewToggle(s.T("find.carry"), false, func() { s.Finder.SetCarry(!s.Finder.Found().Carry) })
	p.status = widgets.Small("")
	p.reading = newReading(s)
	p.empty = widgets.Prose("")
	p.empty.Importance = widget.LowImportance
	p.list = widgets.NewRows()
	p.list.Count = func() int { return len(p.answers) + len(s.Finder.Found().Pages) }
	p.list.Height = func(i int) float32 {
		if i < len(p.answers) {
			return rowTall
		}
		if p.below(s.Finder.Found().Pages[i-len(p.answers)]) == "" {
			return rowTall - belowTall
		}
		return rowTall
	}
	p.list.Make = func() fyne.CanvasObject { return newRow(p) }
	p.list.Fill = func(i int, o fyne.CanvasObject) { p.fill(i, o.(*row)) }
	p.keep = widgets.NewButton(s.T("find.keep-step"), widgets.Icon("add"), widgets.Primary, func() { p.add() })
	flag := widgets.NewButton(s.T("find.flag"), nil, widgets.Plain, func() { s.Finder.FlagPair() })
	p.pair = container.NewVBox(widgets.Rule(), widgets.Inset(4, container.NewVBox(p.keep, flag)))

	close := widgets.NewButton("✕", nil, widgets.Quiet, func() { p.OnClose() })
	close.Tip = s.T("sheet.close") + " · Esc"
	top := container.NewVBox(widgets.Inset(theme.Gap, container.NewBorder(nil, nil, nil, close, p.field)),
		widgets.NewFlow(theme.Gap, p.person, p.carry), p.status, p.heads.Content(), widgets.Rule())
	p.content = widgets.Panel(container.NewBorder(top, container.NewVBox(p.pair, p.reading.content), nil, nil,
		container.NewStack(p.list, container.NewVBox(widgets.Inset(theme.Gap, p.empty)))))
	s.Events.Subscribe(event.FoundChanged|event.PageChanged, p.update)
	s.Events.Subscribe(event.ThumbChanged|event.ProofChanged, p.list.Reload)
	s.Events.Subscribe(event.CaseChanged, p.reading.update)
	p.update()
	p.reading.update()
	return p
}

// Content is the panel to put into a window.
func (p *Panel) Content() fyne.CanvasObject { return p.content }

// Field is the field to type into; what was typed there before is selected.
func (p *Panel) Field() fyne.Focusable {
	p.field.Select()
	return p.field
}

func (p *Panel) update() {
	f := p.s.Finder.Found()
	before := len(p.answers)
	p.answers = nil
	if !f.Unread {
		p.answers = p.s.Excerpts.Found(f.Typed, mostAnswers)
	}
	switch {
	case p.looked != f.Typed:
		p.looked, p.at = f.Typed, 0 // the first answer to what was typed
	case p.chosen != (library.PageID{}):
		p.at = len(p.answers) + chosenRow(f.Pages, max(0, p.at-before), p.chosen)
	default:
		p.at = max(0, min(p.at, len(p.answers)-1))
	}
	p.chosen = library.PageID{}
	if i := p.at - len(p.answers); i >= 0 && i < len(f.Pages) {
		p.chosen = f.Pages[i].Page
	}
	over, instead := listWords(p.s.In(), f)
	p.status.SetText(over)
	p.empty.SetText(instead)
	p.heads.Set(int(f.By), f.Back)
	widgets.Show(p.heads.Content(), len(f.Pages) > 1)
	p.carry.SetOn(f.Carry)
	_, paired := p.s.Finder.PairShot()
	widgets.Show(p.pair, paired)
	widgets.Show(p.keep, p.OnAdd != nil)
	p.list.Reload()
}

// choose marks a row; Enter goes to it.
func (p *Panel) choose(i int) {
	pages := p.s.Finder.Found().Pages
	n := len(p.answers)
	if i < 0 || i >= n+len(pages) {
		return
	}
	p.at, p.chosen = i, library.PageID{}
	if i >= n {
		p.chosen = pages[i-n].Page
	}
	p.list.Reveal(i)
	p.list.Reload()
}

// Go goes to the chosen page and gives the keys back to the room.
func (p *Panel) Go() {
	if p.goTo() {
		p.OnGone()
	}
}

func (p *Panel) goTo() bool {
	f := p.s.Finder.Found()
	if p.at < len(p.answers) {
		p.s.Excerpts.Go(p.answers[p.at].Excerpt.ID)
		return true
	}
	i := p.at - len(p.answers)
	if i >= len(f.Pages) || f.Busy && len(f.Pages) == 0 {
		return false
	}
	p.s.Finder.Go(f.Pages[i])
	return true
}

// chord takes keys that do more with the chosen row while the field has the keyboard.
func (p *Panel) chord(c keys.Chord) bool {
	enter := c.Key == string(fyne.KeyReturn) || c.Key == string(fyne.KeyEnter)
	switch {
	case enter && c.Mods == keys.Ctrl:
		if p.OnAdd != nil && p.goTo() {
			p.OnAdd()
		}
	case enter && c.Mods == keys.Alt:
		if pages := p.s.Finder.Found().Pages; p.at >= len(p.answers) && p.at-len(p.answers) < len(pages) {
			p.s.Finder.Compare(pages[p.at-len(p.answers)])
		}
	default:
		return p.heads.Key(c)
	}
	return true
}

func (p *Panel) add() {
	if p.OnAdd != nil {
		p.OnAdd()
	}
}

// choosePerson looks for a person of the case: the statements first, each by its date.
func (p *Panel) choosePerson() {
	persons := p.s.Dossier.Outline().Persons()
	if len(persons) == 0 {
		p.s.Notices.Tell("find.no-persons", true)
		return
	}
	var items []*fyne.MenuItem
	for _, person := range persons {
		items = append(items, fyne.NewMenuItem(person.Name, func() {
			p.s.Finder.SetOrder(find.ByDate, false)
			p.field.SetText(p.s.T("find.person-words", "name", person.Name))
		}))
	}
	widgets.Menu(p.person, items...)
}

func (p *Panel) fill(i int, r *row) {
	f := p.s.Finder.Found()
	n := len(p.answers)
	if i < n {
		r.show(i, p.answerFace(i))
		return
	}
	if i-n >= len(f.Pages) {
		return
	}
	found := f.Pages[i-n]
	box := widgets.Pixels(p.list, fyne.NewSize(p.list.Size().Width-2*theme.Gap, lineTall))
	picture, part, _ := p.s.Finder.Line(found, box)
	r.show(i, face{
		name: p.s.Labels.Name(found.Page), below: p.below(found), text: found.Text, bold: found.Bold, before: p.before(found),
		picture: picture, lit: p.s.Finder.LitIn(found, part), chosen: i == p.at, paired: slices.Contains(f.Pair, found.Page),
	})
}

// mostAnswers is how many excerpts stand before the pages at most.
const mostAnswers = 20

// answerFace shows an excerpt: its page, what it says, for whom it speaks and what it proves.
func (p *Panel) answerFace(i int) face {
	row := p.answers[i]
	below := "❝ " + p.s.T("side."+label.SideKey(row.Excerpt.Side))
	for _, more := range []string{row.Person, row.Matters} {
		if more != "" {
			below += " · " + more
		}
	}
	return face{name: row.Name, below: below, text: strings.Join(strings.Fields(row.Excerpt.Text), " "), excerpt: true, chosen: i == p.at}
}

// before says where a line stands that stands on no page.
func (p *Panel) before(found casefile.Found) string {
	switch {
	case found.Noted:
		return p.s.T("find.noted")
	case found.Said:
		c, _ := p.s.Dossier.Outline().Cue(found.Page)
		person, _ := p.s.Dossier.Outline().Person(c.Person)
		return strings.TrimSpace(library.Clock(found.Page.Index) + " " + person.Name)
	}
	return ""
}

// below says whose statement a page is, and of when.
func (p *Panel) below(found casefile.Found) string {
	d, _ := p.s.Dossier.Document(found.Page)
	person, _ := p.s.Dossier.Outline().Person(d.Person)
	return belowWords(p.s.In(), found, d.Date, person.Name)
}
