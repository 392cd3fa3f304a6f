package prepare

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/print"
)

// openList shows what a mục lục would make of the case's files, and does it when a person wants it.
func (r *Room) openList(p console.ListPlanned) {
	r.sheet.open(i18n.T("list.title", "name", p.Name), func() fyne.CanvasObject {
		changed := 0
		for _, d := range p.Plan.Documents {
			if d.Changes {
				changed++
			}
		}
		missing := len(p.Plan.Unplaced) + len(p.List.Faults)
		head := widgets.Prose(i18n.T("cli.listed", "placed", len(p.Plan.Documents), "changed", changed, "unplaced", missing))
		head.TextStyle.Bold = true
		apply := widgets.NewButton(i18n.T("list.apply"), nil, widgets.Primary, func() {
			r.sheet.Close()
			if r.s.Edits.Edit(p.Plan.Edit) {
				r.s.Notices.TellText(i18n.T("list.done", "count", len(p.Plan.Documents)), false)
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
		for _, line := range listTroubles(p) {
			l := widgets.Prose("⚠ " + line)
			l.Importance = 4 // a warning
			box.Add(l)
		}
		rows := widgets.NewRows()
		rows.Count = func() int { return len(p.Plan.Documents) }
		rows.Height = func(int) float32 { return theme.Target }
		rows.Make = func() fyne.CanvasObject { return widgets.Line("") }
		rows.Fill = func(i int, o fyne.CanvasObject) {
			o.(interface{ SetText(string) }).SetText(planned(p.Plan.Documents[i]))
		}
		rows.Reload()
		return container.NewBorder(box, nil, nil, nil, container.NewGridWrap(fyne.NewSize(900, 420), rows))
	})
}

// volumeRow asks which folio a volume's first page has, where the case does not tell; nil where it does.
func (r *Room) volumeRow(p console.ListPlanned, i int) fyne.CanvasObject {
	v := p.Volumes[i]
	e, ok := r.s.Dossier.Exhibit(v.Path)
	if !ok || e.File.Pages < 2 || !r.s.Dossier.Folio(e.Page(0)).IsZero() {
		return nil
	}
	field := widgets.NewField(i18n.T("list.first-hint"))
	if !v.First.IsZero() {
		field.SetText(v.First.String())
		field.Value = true
	}
	again := func(change func(*library.Volume)) {
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
		again(func(v *library.Volume) { v.First = first })
	}
	field.OnEscape = func() { r.focus(nil) }
	backs := widgets.NewButton(i18n.T("list.one-side"), nil, widgets.Plain, func() { again(func(v *library.Volume) { v.Backs = !v.Backs }) })
	if v.Backs {
		backs.SetLabel(i18n.T("list.two-sides"))
	}
	return container.NewHBox(notCut(i18n.T("list.first", "name", e.Title)),
		container.NewGridWrap(fyne.NewSize(120, theme.Target), field), backs)
}

func planned(d library.PlannedDocument) string {
	mark := "   "
	if d.Changes {
		mark = "+ "
	}
	return mark + library.FolioRange{First: d.Document.First, Last: d.Document.End()}.String() + "   " + d.Document.Title +
		"   (" + i18n.T("list.pages", "count", d.Pages) + ")"
}

// listTroubles are the rows that are not placed, in words; past many, how many more there are.
func listTroubles(p console.ListPlanned) []string {
	const most = 12
	var lines []string
	for _, u := range p.Plan.Unplaced {
		lines = append(lines, i18n.T("cli.list-row", "row", u.Document.Row)+": "+u.Document.Title+" – "+i18n.T("unplaced."+string(u.Why)))
	}
	for _, f := range p.List.Faults {
		lines = append(lines, i18n.T("cli.list-cell", "cell", strings.TrimPrefix(f.Sheet+"!"+f.Cell(), "!"), "text", f.Text)+": "+i18n.T("list-fault."+string(f.Why)))
	}
	if n := len(lines); n > most {
		lines = append(lines[:most], i18n.T("list.more", "count", n-most))
	}
	return lines
}

// printItems offer what can be put on paper.
func (r *Room) printItems() []*fyne.MenuItem {
	item := func(label, name string, kind print.Kind, format print.Format, notes bool) *fyne.MenuItem {
		return fyne.NewMenuItem(label, func() {
			r.choose.ChooseSave(i18n.T("print.where"), name, "."+string(format), func(file string) { r.s.Exchange.Print(kind, notes, file) })
		})
	}
	outline, list, backup := i18n.T("print.outline"), i18n.T("print.list"), i18n.T("print.backup")
	bare := i18n.T("print.without-notes", "what", outline)
	return []*fyne.MenuItem{
		item(outline+" (PDF)", outline, print.Outline, print.PDF, true),
		item(bare+" (PDF)", bare, print.Outline, print.PDF, false),
		item(outline+" (Word)", outline, print.Outline, print.DOCX, true),
		item(list+" (PDF)", list, print.List, print.PDF, false),
		item(list+" (Word)", list, print.List, print.DOCX, false),
		item(backup+" (PDF)", backup, print.Backup, print.PDF, false),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("submit.open"), func() { r.s.Exchange.Submit() }),
	}
}

// notCut is a heading that takes the room that it needs.
func notCut(text string) fyne.CanvasObject {
	l := widgets.Heading(text)
	l.Truncation = fyne.TextTruncateOff
	return l
}
