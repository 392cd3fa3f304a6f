package prepare

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// openPersons lists the persons: name, role, present or absent.
func (pp *people) openPersons() { pp.r.sheet.open(pp.r.s.T("persons.title"), pp.persons) }

func (pp *people) persons() fyne.CanvasObject {
	s := pp.r.s
	by, down := widgets.Unsorted, false
	if pp.heads != nil {
		by, down = pp.heads.By()
	}
	pp.heads = widgets.NewHeads(personColumns{}, widgets.Unsorted, pp.r.sheet.rebuild, s.T("person-column.name"), s.T("person-column.role"), s.T("person-column.present"), s.T("person-column.protected"))
	pp.heads.Set(by, down)
	pp.r.sheet.OnKey = pp.heads.Key
	list := slices.Clone(s.Dossier.Outline().Persons())
	widgets.Sort(pp.heads, list, pp.comparePersons)
	box := container.NewVBox(widgets.Prose(s.T("persons.text")))
	if len(list) > 0 {
		box.Add(pp.heads.Content())
		box.Add(widgets.Rule())
	}
	for _, p := range list {
		box.Add(pp.personRow(p))
	}
	line := widgets.NewField(pp.r.s.T("persons.line"))
	line.OnEscape = pp.r.sheet.Close
	line.OnReturn = func() { pp.addPerson(line.Text) }
	line.OnChord = pp.heads.Key
	line.OnTab = func(back bool) {
		pp.r.focus(nil)
		pp.r.sheet.Walk(back)
	}
	box.Add(line)
	below := container.NewHBox(widgets.NewButton(pp.r.s.T("attribution.open"), nil, widgets.Plain, pp.attribute))
	if len(s.Protection.Persons()) > 0 {
		below.Add(widgets.NewButton(s.T("protection.open"), nil, widgets.Plain, pp.hiding.open))
	}
	box.Add(below)
	pp.r.sheet.asked = line
	return box
}

// comparePersons orders persons by a column: a name by its given name, which stands last, then by the rest of it; roles as
// their menu has them; who is present, or protected, first.
func (pp *people) comparePersons(column int, a, b library.Person) int {
	switch column {
	case 0:
		return cmp.Or(library.NaturalCompare(givenName(a.Name), givenName(b.Name)), library.NaturalCompare(a.Name, b.Name))
	case 1:
		return cmp.Compare(slices.Index(library.Roles, a.Role), slices.Index(library.Roles, b.Role))
	}
	first := func(p library.Person) int {
		return map[bool]int{true: 0, false: 1}[column == 2 && p.Present || column == 3 && p.Protected]
	}
	return cmp.Compare(first(a), first(b))
}

// givenName is what a Vietnamese name is sorted by: its last word.
func givenName(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// addPerson adds who is told in a line, and has the next one typed.
func (pp *people) addPerson(line string) {
	p := label.ParsePerson(line)
	if p.Name == "" {
		return
	}
	p.ID, p.Present = library.NewID(), true
	if pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().AddPerson(p)) {
		pp.r.sheet.rebuild()
	}
}

func (pp *people) personRow(p library.Person) fyne.CanvasObject {
	id := p.ID
	change := func(f func(*library.Person)) {
		if now, ok := pp.r.s.Dossier.Outline().Person(id); ok {
			f(&now)
			pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().Set(now))
		}
	}
	name := pp.r.sheet.field("persons.name", func() string {
		now, _ := pp.r.s.Dossier.Outline().Person(id)
		return now.Name
	}, func(text string) { change(func(p *library.Person) { p.Name = text }) })
	role := widgets.NewButton(roleText(pp.r.s.In(), p.Role)+" ▾", nil, widgets.Plain, nil)
	role.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, code := range library.Roles {
			items = append(items, fyne.NewMenuItem(roleText(pp.r.s.In(), code), func() {
				change(func(p *library.Person) { p.Role = code })
				pp.r.sheet.rebuild()
			}))
		}
		widgets.Menu(role, items...)
	}
	present := widgets.NewToggle(pp.r.s.T("person.present"), p.Present, nil)
	present.OnTapped = func() {
		change(func(p *library.Person) { p.Present = !p.Present })
		pp.r.sheet.rebuild()
	}
	protected := widgets.NewToggle(pp.r.s.T("person.protected"), p.Protected, nil)
	protected.Tip = pp.r.s.T("person.protected-tip")
	protected.OnTapped = func() {
		change(func(p *library.Person) { p.Protected = !p.Protected })
		pp.r.sheet.rebuild()
	}
	gone := widgets.NewButton("✕", nil, widgets.Quiet, func() {
		if pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().Delete(id)) {
			pp.r.sheet.rebuild()
		}
	})
	gone.Tip = pp.r.s.T("persons.remove")
	return container.New(personColumns{}, name, role, present, protected, gone)
}

// personColumns lays out a person's row, and the heads over it: the name has what the others leave.
type personColumns struct{}

// personWidths are those of role, presence, protection and the button that takes away.
var personWidths = [4]float32{200, 110, 170, theme.Target}

// MinSize implements [fyne.Layout].
func (personColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, theme.Target) }

// Layout implements [fyne.Layout].
func (personColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, name := float32(0), size.Width
	for _, w := range personWidths {
		name -= w + theme.Gap
	}
	for i, o := range objects {
		w := name
		if i > 0 {
			w = personWidths[i-1]
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w + theme.Gap
	}
}

func roleText(in i18n.Catalogue, code string) string {
	if code == "" {
		return in.T("persons.no-role")
	}
	return in.T("role." + code)
}

// attribute has it found out whose the statements are, and lists that to be confirmed.
func (pp *people) attribute() {
	pp.r.s.Attribution.Propose(func(list []library.Attribution) {
		pp.r.sheet.open(pp.r.s.T("attribution.title"), func() fyne.CanvasObject { return pp.attributions(list) })
	})
}

// attributions lists whose statements are: ticked where their name tells it. A click on a document looks at it.
func (pp *people) attributions(list []library.Attribution) fyne.CanvasObject {
	r := pp.r
	if len(list) == 0 {
		return container.NewVBox(widgets.Prose(r.s.T("attribution.none")),
			container.NewHBox(widgets.NewButton(r.s.T("persons.open"), nil, widgets.Primary, pp.openPersons)))
	}
	ticked := make([]bool, len(list))
	apply := widgets.NewButton("", nil, widgets.Primary, nil)
	count := func() (chosen []library.Attribution) {
		for i, on := range ticked {
			if on {
				chosen = append(chosen, list[i])
			}
		}
		apply.SetLabel(r.s.T("attribution.apply", "count", len(chosen)))
		apply.SetDisabled(len(chosen) == 0)
		return chosen
	}
	apply.OnTapped = func() {
		if chosen := count(); r.s.Attribution.Apply(chosen...) {
			r.sheet.Close()
			r.s.Notices.TellText(r.s.T("attribution.done", "count", len(chosen), "key", keys.Hint(r.s.In(), keys.Prepare, keys.Undo)), false)
		}
	}
	box := container.NewVBox(widgets.Prose(r.s.T("attribution.text")), container.NewHBox(apply))
	for i := range list {
		ticked[i] = list[i].Certain
		box.Add(pp.attribution(&list[i], func(on bool) {
			ticked[i] = on
			count()
		}))
	}
	count()
	return box
}

// attribution is the line of one statement.
func (pp *people) attribution(a *library.Attribution, tick func(bool)) fyne.CanvasObject {
	r := pp.r
	check := widgets.NewCheck(tick)
	check.Checked = a.Certain
	name := func(id library.ID) string {
		p, _ := r.s.Dossier.Outline().Person(id)
		return p.Name
	}
	whose := widgets.NewButton(name(a.Persons[0]), nil, widgets.Plain, nil)
	whose.Cut = true
	if len(a.Persons) > 1 {
		whose.SetLabel(name(a.Persons[0]) + " ▾")
		whose.OnTapped = func() {
			var items []*fyne.MenuItem
			for k, id := range a.Persons {
				items = append(items, widgets.Item(name(id), "", func() {
					a.Persons[0], a.Persons[k] = a.Persons[k], a.Persons[0]
					whose.SetLabel(name(a.Persons[0]) + " ▾")
					check.SetChecked(true)
				}))
			}
			widgets.Menu(whose, items...)
		}
	}
	title := widgets.NewButton(r.s.Labels.Name(a.First), nil, widgets.Quiet, func() { r.s.Study.Select(a.First) })
	title.Cut, title.Row = true, true
	return container.NewBorder(nil, nil, check, container.NewGridWrap(fyne.NewSize(240, theme.Target), whose), title)
}
