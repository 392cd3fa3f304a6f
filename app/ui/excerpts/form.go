// Package excerpts is the form of an excerpt: beside the page in Prepare, and beside the lists in the room of the study.
package excerpts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Form is the excerpt at hand, to be changed.
type Form struct {
	s       *console.Session
	focus   func(fyne.Focusable)
	of      library.ID // the excerpt that the fields hold
	text    *widgets.Bound
	fields  []*widgets.Bound
	sides   map[library.Side]*widgets.Button
	matters *widgets.Button
	person  *widgets.Button
	weight  *widgets.Button
	empty   *widget.Label
	filled  *fyne.Container
	content *fyne.Container
}

// SideToken is the colour of a side; the words beside it say it too.
func SideToken(side library.Side) theme.Token {
	switch side {
	case library.SideAccuses:
		return theme.Accent
	case library.SideClears:
		return theme.Warn
	case library.SideNone:
	}
	return theme.Muted
}

// sideActions are what the keys of the sides do.
var sideActions = map[library.Side]keys.Action{
	library.SideAccuses: keys.SideAccuses, library.SideClears: keys.SideClears, library.SideNone: keys.SideNone,
}

// NewForm makes the form, with what it says while no excerpt is at hand. focus gives the keyboard to a field, or with nil back
// to the room. A wide one lies at the foot of a page, the other at the side of a list.
func NewForm(s *console.Session, focus func(fyne.Focusable), wide bool, empty string) *Form {
	f := &Form{s: s, focus: focus, sides: map[library.Side]*widgets.Button{}, empty: widgets.Prose(empty)}
	f.empty.Importance = widget.LowImportance
	text := widgets.NewText(s.T("excerpt.text"))
	lines := map[bool]int{true: 2, false: 4}[wide]
	text.SetMinRowsVisible(lines)
	f.text = f.bind(text, func(e *library.Excerpt) *string { return &e.Text })
	when := f.bind(widgets.NewField(s.T("excerpt.when")), func(e *library.Excerpt) *string { return &e.When })
	where := f.bind(widgets.NewField(s.T("excerpt.where")), func(e *library.Excerpt) *string { return &e.Where })
	note := f.bind(widgets.NewField(s.T("excerpt.note")), func(e *library.Excerpt) *string { return &e.Note })
	for _, b := range f.fields[1:] {
		b.Scroll = fyne.ScrollHorizontalOnly
	}
	sides := container.NewHBox()
	if !wide {
		sides = container.NewGridWithColumns(2)
	}
	for _, side := range library.Sides {
		b := widgets.NewButton(s.T("side."+label.SideKey(side)), nil, widgets.Plain, func() { s.Excerpts.SetSide(side) })
		b.Hint = keys.Hint(s.In(), keys.Excerpt, sideActions[side])
		f.sides[side] = b
		sides.Add(b)
	}
	f.matters = widgets.NewButton("", nil, widgets.Plain, f.ChooseMatters)
	f.matters.Cut, f.matters.Hint = true, keys.Hint(s.In(), keys.Excerpt, keys.Prove)
	f.person = widgets.NewButton("", nil, widgets.Plain, f.choosePerson)
	f.person.Cut = true
	f.weight = widgets.NewButton("", nil, widgets.Plain, f.chooseWeight)
	into := widgets.NewButton(s.T("excerpt.into-outline"), widgets.Icon("add"), widgets.Plain, func() { s.Excerpts.IntoOutline(f.of) })
	into.Hint = keys.Hint(s.In(), keys.Excerpt, keys.IntoOutline)
	cite := widgets.NewButton(s.T("excerpt.cite"), nil, widgets.Plain, func() { s.Excerpts.Closing().Cite(f.of) })
	cite.Hint = keys.Hint(s.In(), keys.Excerpt, keys.Cite)
	remove := widgets.NewButton("", widgets.Icon("close"), widgets.Quiet, func() { s.Excerpts.Delete() })
	remove.Tip = s.T("excerpt.delete") + " · " + keys.Hint(s.In(), keys.Excerpt, keys.Delete)
	if wide {
		f.filled = container.NewVBox(f.text.Field,
			widgets.NewFlow(theme.Gap, append(sides.Objects, f.matters, f.person, f.weight, into, cite, remove)...),
			container.NewGridWithColumns(3, when.Field, where.Field, note.Field))
	} else {
		sides.Add(f.weight)
		f.filled = container.NewVBox(f.text.Field, sides, f.matters, f.person, when.Field, where.Field, note.Field, cite, container.NewBorder(nil, nil, nil, remove, into))
	}
	ground := canvas.NewRectangle(theme.Color(theme.Raised))
	ground.CornerRadius = theme.Radius
	f.content = container.NewStack(ground, widgets.Inset(4, container.NewStack(f.empty, f.filled)))
	s.Events.Subscribe(event.OutlineChanged|event.StudyChanged, f.update)
	f.update()
	return f
}

// bind binds a field to a text of the excerpt that the form holds, which is kept though another is at hand by then.
func (f *Form) bind(field *widgets.Field, of func(*library.Excerpt) *string) *widgets.Bound {
	b := widgets.Bind(field, f.s.Events.Post, func() { f.focus(nil) }, func() string {
		e, _ := f.s.Dossier.Outline().Excerpt(f.of)
		return *of(&e)
	}, func(text string) {
		if e, ok := f.s.Dossier.Outline().Excerpt(f.of); ok {
			*of(&e) = text
			f.s.Edits.Edit(f.s.Dossier.Outline().Set(e))
		}
	})
	f.fields = append(f.fields, b)
	return b
}

// Content is the form to put into a room.
func (f *Form) Content() fyne.CanvasObject { return f.content }

// Keep keeps what was typed.
func (f *Form) Keep() {
	for _, b := range f.fields {
		b.Keep()
	}
}

// Write gives the keyboard to the text.
func (f *Form) Write() {
	if f.filled.Visible() {
		f.focus(f.text.Field)
		f.text.ToEnd()
	}
}

func (f *Form) update() {
	e, ok := f.s.Excerpts.Chosen()
	if e.ID != f.of {
		f.Keep()
		f.of = e.ID
	}
	for _, b := range f.fields {
		b.Update()
	}
	widgets.Show(f.empty, !ok)
	widgets.Show(f.filled, ok)
	if !ok {
		return
	}
	for side, b := range f.sides {
		style := widgets.Plain
		if side == e.Side {
			style = widgets.Chosen
		}
		b.SetStyle(style)
	}
	row, _ := f.s.Excerpts.Row(e.ID)
	f.matters.SetLabel(f.s.T("excerpt.no-matters") + " ▾")
	if row.Matters != "" {
		f.matters.SetLabel(row.Matters + " ▾")
	}
	f.person.SetLabel(f.s.T("excerpt.no-person") + " ▾")
	if row.Person != "" {
		f.person.SetLabel(row.Person + " ▾")
	}
	f.weight.SetLabel(f.weightText(e.Weight) + " ▾")
}

func (f *Form) weightText(weight int) string {
	return f.s.T("excerpt.weight-" + string(rune('0'+weight)))
}

// ChooseMatters ticks the matters that the excerpt at hand proves.
func (f *Form) ChooseMatters() {
	e, ok := f.s.Excerpts.Chosen()
	if !ok {
		return
	}
	var items []*fyne.MenuItem
	for _, n := range f.s.Dossier.Outline().MatterTree() {
		id := n.Matter.ID
		item := fyne.NewMenuItem(n.Number+"  "+n.Matter.Title, func() { f.s.Excerpts.Prove(id) })
		item.Checked = e.Matters.Has(id)
		items = append(items, item)
	}
	if len(items) == 0 {
		f.s.Notices.Tell("matter.none-yet", true)
		return
	}
	widgets.Menu(f.matters, items...)
}

func (f *Form) choosePerson() {
	set := func(id library.ID) func() {
		return func() { f.s.Excerpts.Change(func(e *library.Excerpt) { e.Person = id }) }
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(f.s.T("excerpt.document-person"), set(""))}
	for _, p := range f.s.Dossier.Outline().Persons() {
		items = append(items, fyne.NewMenuItem(p.Name, set(p.ID)))
	}
	widgets.Menu(f.person, items...)
}

func (f *Form) chooseWeight() {
	var items []*fyne.MenuItem
	for w := range library.MaxWeight + 1 {
		items = append(items, fyne.NewMenuItem(f.weightText(w), func() { f.s.Excerpts.Change(func(e *library.Excerpt) { e.Weight = w }) }))
	}
	widgets.Menu(f.weight, items...)
}

// formActions are what keys do with the excerpt at hand.
var formActions = map[keys.Action]func(*Form){
	keys.SideAccuses: func(f *Form) { f.s.Excerpts.SetSide(library.SideAccuses) },
	keys.SideClears:  func(f *Form) { f.s.Excerpts.SetSide(library.SideClears) },
	keys.SideNone:    func(f *Form) { f.s.Excerpts.SetSide(library.SideNone) },
	keys.Prove:       (*Form).ChooseMatters,
	keys.WriteText:   (*Form).Write,
	keys.IntoOutline: func(f *Form) { f.s.Excerpts.IntoOutline(f.of) },
	keys.Cite:        func(f *Form) { f.s.Excerpts.Closing().Cite(f.of) },
	keys.Delete:      func(f *Form) { f.s.Excerpts.Delete() },
}

// Does tells whether an action is one with the excerpt at hand.
func Does(a keys.Action) bool { return formActions[a] != nil }

// Do does an action with the excerpt at hand, and tells whether it was one.
func (f *Form) Do(a keys.Action) bool {
	act, ok := formActions[a]
	if ok {
		act(f)
	}
	return ok
}
