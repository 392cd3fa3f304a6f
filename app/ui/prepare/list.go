package prepare

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console/exchange"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/folios"
)

// openList shows what a mục lục would make of the case's files, and does it when a person wants it.
func (r *Room) openList(p exchange.ListPlanned) {
	r.sheet.open(r.s.T("list.title", "name", p.Name), func() fyne.CanvasObject {
		changed := 0
		for _, d := range p.Plan.Documents {
			if d.Changes {
				changed++
			}
		}
		missing := len(p.Plan.Unplaced) + len(p.List.Faults)
		head := widgets.Prose(label.Listed(r.s.In(), len(p.Plan.Documents), changed, missing))
		head.TextStyle.Bold = true
		apply := widgets.NewButton(r.s.T("list.apply"), nil, widgets.Primary, func() {
			r.sheet.Close()
			if r.s.Edits.Edit(p.Plan.Edit) {
				r.s.Notices.TellText(r.s.T("list.done", "count", len(p.Plan.Documents)), false)
			}
		})
		apply.SetDisabled(p.Plan.Edit.IsZero())
		box := container.NewVBox(head)
		for i := range p.Volumes {
			if row := r.volumeRow(p, i); row != nil {
				box.Add(row)
			}
		}
		box.Add(container.NewHBox(apply))
		for _, line := range listTroubles(r.s.In(), p) {
			l := widgets.Prose("⚠ " + line)
			l.Importance = 4 // a warning
			box.Add(l)
		}
		rows := widgets.NewRows()
		rows.Count = func() int { return len(p.Plan.Documents) }
		rows.Height = func(int) float32 { return theme.Target }
		rows.Make = func() fyne.CanvasObject { return widgets.Line("") }
		rows.Fill = func(i int, o fyne.CanvasObject) {
			o.(interface{ SetText(string) }).SetText(planned(r.s.In(), p.Plan.Documents[i]))
		}
		rows.Reload()
		return container.NewBorder(box, nil, nil, nil, container.NewGridWrap(fyne.NewSize(900, 420), rows))
	})
}

// volumeRow asks which folio a volume's first page has, where the case does not tell; nil where it does.
func (r *Room) volumeRow(p exchange.ListPlanned, i int) fyne.CanvasObject {
	v := p.Volumes[i]
	e, ok := r.s.Dossier.Exhibit(v.Path)
	if !ok || e.File.Pages < 2 || !r.s.Dossier.Folio(e.Page(0)).IsZero() {
		return nil
	}
	field := widgets.NewField(r.s.T("list.first-hint"))
	if !v.First.IsZero() {
		field.SetText(v.First.String())
		field.Value = true
	}
	again := func(change func(*folios.Volume)) {
		volumes := slices.Clone(p.Volumes)
		change(&volumes[i])
		next := p
		next.Volumes = volumes
		r.openList(r.s.Exchange.PlanList(next))
	}
	field.OnReturn = func() {
		first, ok := library.ParseFolio(field.Text)
		if !ok && field.Text != "" {
			r.s.Notices.TellText(r.s.Labels.NoFolio(field.Text), true)
			return
		}
		r.focus(nil)
		again(func(v *folios.Volume) { v.First = first })
	}
	field.OnEscape = func() { r.focus(nil) }
	backs := widgets.NewButton(r.s.T("list.one-side"), nil, widgets.Plain, func() { again(func(v *folios.Volume) { v.Backs = !v.Backs }) })
	if v.Backs {
		backs.SetLabel(r.s.T("list.two-sides"))
	}
	return container.NewHBox(notCut(r.s.T("list.first", "name", e.Title)),
		container.NewGridWrap(fyne.NewSize(120, theme.Target), field), backs)
}

func planned(in i18n.Catalogue, d folios.PlannedDocument) string {
	mark := "   "
	if d.Changes {
		mark = "+ "
	}
	return mark + library.FolioRange{First: d.Document.First, Last: d.Document.End()}.String() + "   " + d.Document.Title +
		"   (" + in.T("list.pages", "count", d.Pages) + ")"
}

// listTroubles are the rows that are not placed, in words; past many, how many more there are.
func listTroubles(in i18n.Catalogue, p exchange.ListPlanned) []string {
	const most = 12
	var lines []string
	for _, u := range p.Plan.Unplaced {
		lines = append(lines, in.T("cli.list-row", "row", u.Document.Row)+": "+u.Document.Title+" – "+in.T("unplaced."+string(u.Why)))
	}
	for _, f := range p.List.Faults {
		lines = append(lines, in.T("cli.list-cell", "cell", strings.TrimPrefix(f.Sheet+"!"+f.Cell(), "!"), "text", f.Text)+": "+in.T("list-fault."+string(f.Why)))
	}
	if n := len(lines); n > most {
		lines = append(lines[:most], in.T("list.more", "count", n-most))
	}
	return lines
}

// notCut is a heading that takes the room that it needs.
func notCut(text string) fyne.CanvasObject {
	l := widgets.Heading(text)
	l.Truncation = fyne.TextTruncateOff
	return l
}
