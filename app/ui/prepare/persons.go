package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	box := container.NewVBox(widgets.Prose(pp.r.s.T("persons.text")))
	for _, p := range pp.r.s.Dossier.Outline().Persons() {
		box.Add(pp.personRow(p))
	}
	line := widgets.NewField(pp.r.s.T("persons.line"))
	line.OnEscape = pp.r.sheet.Close
	line.OnReturn = func() { pp.addPerson(line.Text) }
	box.Add(line)
	box.Add(container.NewHBox(widgets.NewButton(pp.r.s.T("attribution.open"), nil, widgets.Plain, pp.attribute)))
	pp.r.sheet.asked = line
	return box
}

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
	present := widgets.NewButton(pp.r.s.T("person.present"), nil, widgets.Plain, nil)
	if !p.Present {
		present.SetLabel(pp.r.s.T("person.absent"))
	}
	present.OnTapped = func() {
		change(func(p *library.Person) { p.Present = !p.Present })
		pp.r.sheet.rebuild()
	}
	gone := widgets.NewButton("✕", nil, widgets.Quiet, func() {
		if pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().Delete(id)) {
			pp.r.sheet.rebuild()
		}
	})
	return container.NewBorder(nil, nil, nil, container.NewHBox(
		container.NewGridWrap(fyne.NewSize(240, theme.Target), role), container.NewGridWrap(fyne.NewSize(120, theme.Target), present), gone), name)
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
	check := widget.NewCheck("", tick)
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
