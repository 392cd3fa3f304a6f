package prepare

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/library"
	"butluc/presenter/paper"
)

// openList shows what a mục lục would make of the case's files, and does it when a person wants it.
func (r *Room) openList(p session.ListPlanned) {
	r.sheet.open(words.T("list.title", "name", p.Name), func() fyne.CanvasObject {
		changed := 0
		for _, d := range p.Plan.Documents {
			if d.Changes {
				changed++
			}
		}
		missing := len(p.Plan.Unplaced) + len(p.List.Faults)
		head := widgets.Prose(words.T("cli.listed", "placed", len(p.Plan.Documents), "changed", changed, "unplaced", missing))
		head.TextStyle.Bold = true
		apply := widgets.NewButton(words.T("list.apply"), nil, widgets.Primary, func() {
			r.sheet.Close()
			if r.s.Edit(p.Plan.Edit) {
				r.s.TellText(words.T("list.done", "count", len(p.Plan.Documents)), false)
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
		rows.Height = func(int) float32 { return look.Target }
		rows.Make = func() fyne.CanvasObject { return widgets.Line("") }
		rows.Fill = func(i int, o fyne.CanvasObject) {
			o.(interface{ SetText(string) }).SetText(planned(p.Plan.Documents[i]))
		}
		rows.Reload()
		return container.NewBorder(box, nil, nil, nil, container.NewGridWrap(fyne.NewSize(900, 420), rows))
	})
}

// volumeRow asks which folio a volume's first page has, where the case does not tell; nil where it does.
func (r *Room) volumeRow(p session.ListPlanned, i int) fyne.CanvasObject {
	v := p.Volumes[i]
	e, ok := r.s.Exhibit(v.Path)
	if !ok || e.File.Pages < 2 || !r.s.Folio(e.Page(0)).IsZero() {
		return nil
	}
	field := widgets.NewField(words.T("list.first-hint"))
	if !v.First.IsZero() {
		field.SetText(v.First.String())
		field.Value = true
	}
	again := func(change func(*library.Volume)) {
		volumes := slices.Clone(p.Volumes)
		change(&volumes[i])
		next := p
		next.Volumes = volumes
		r.openList(r.s.PlanList(next))
	}
	field.OnReturn = func() {
		first, ok := library.ParseFolio(field.Text)
		if !ok && field.Text != "" {
			r.s.TellText(r.s.NoFolio(field.Text), true)
			return
		}
		r.focus(nil)
		again(func(v *library.Volume) { v.First = first })
	}
	field.OnEscape = func() { r.focus(nil) }
	backs := widgets.NewButton(words.T("list.one-side"), nil, widgets.Plain, func() { again(func(v *library.Volume) { v.Backs = !v.Backs }) })
	if v.Backs {
		backs.SetLabel(words.T("list.two-sides"))
	}
	return container.NewHBox(notCut(words.T("list.first", "name", e.Title)),
		container.NewGridWrap(fyne.NewSize(120, look.Target), field), backs)
}

func planned(d library.PlannedDocument) string {
	mark := "   "
	if d.Changes {
		mark = "+ "
	}
	return mark + library.FolioRange{First: d.Document.First, Last: d.Document.End()}.String() + "   " + d.Document.Title +
		"   (" + words.T("list.pages", "count", d.Pages) + ")"
}

// listTroubles are the rows that are not placed, in words; past many, how many more there are.
func listTroubles(p session.ListPlanned) []string {
	const most = 12
	var lines []string
	for _, u := range p.Plan.Unplaced {
		lines = append(lines, words.T("cli.list-row", "row", u.Document.Row)+": "+u.Document.Title+" – "+words.T("unplaced."+string(u.Why)))
	}
	for _, f := range p.List.Faults {
		lines = append(lines, words.T("cli.list-cell", "cell", strings.TrimPrefix(f.Sheet+"!"+f.Cell(), "!"), "text", f.Text)+": "+words.T("list-fault."+string(f.Why)))
	}
	if n := len(lines); n > most {
		lines = append(lines[:most], words.T("list.more", "count", n-most))
	}
	return lines
}

// printItems offer what can be put on paper.
func (r *Room) printItems() []*fyne.MenuItem {
	item := func(label, name string, kind paper.Kind, format paper.Format, notes bool) *fyne.MenuItem {
		return fyne.NewMenuItem(label, func() {
			r.choose.ChooseSave(words.T("print.where"), name, "."+string(format), func(file string) { r.s.Print(kind, notes, file) })
		})
	}
	outline, list, backup := words.T("print.outline"), words.T("print.list"), words.T("print.backup")
	bare := words.T("print.without-notes", "what", outline)
	return []*fyne.MenuItem{
		item(outline+" (PDF)", outline, paper.Outline, paper.PDF, true),
		item(bare+" (PDF)", bare, paper.Outline, paper.PDF, false),
		item(outline+" (Word)", outline, paper.Outline, paper.DOCX, true),
		item(list+" (PDF)", list, paper.List, paper.PDF, false),
		item(list+" (Word)", list, paper.List, paper.DOCX, false),
		item(backup+" (PDF)", backup, paper.Backup, paper.PDF, false),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.T("submit.open"), r.s.Submit),
	}
}

// notCut is a heading that takes the room that it needs.
func notCut(text string) fyne.CanvasObject {
	l := widgets.Heading(text)
	l.Truncation = fyne.TextTruncateOff
	return l
}
