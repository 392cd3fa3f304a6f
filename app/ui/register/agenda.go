package register

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/registry"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/register"
)

const groupTall = 36

// agenda is the register as a calendar of what is due.
type agenda struct {
	r     *Section
	items []register.Item
	at    int
	list  *widgets.Rows
	rows  *fyne.Container
	lines []agendaLine
}

// agendaLine is a line of the calendar: a group's name, or an item.
type agendaLine struct {
	group register.Group // "" of an item
	count int            // of the group's items
	item  int
}

func newAgenda(r *Section) *agenda {
	a := &agenda{r: r, list: widgets.NewRows()}
	a.list.Count = func() int { return len(a.lines) }
	a.list.Height = func(i int) float32 {
		if a.lines[i].group != "" {
			return groupTall
		}
		return rowTall
	}
	a.list.Make = func() fyne.CanvasObject { return container.NewStack(newLine(), newGroup()) }
	a.list.Fill = func(i int, o fyne.CanvasObject) { a.fill(i, o.(*fyne.Container)) }
	a.rows = container.New(&again{rows: a.list}, a.list)
	return a
}

func newGroup() *canvas.Text {
	t := canvas.NewText("", theme.Color(theme.Text))
	t.TextSize, t.TextStyle.Bold = theme.TextHead, true
	return t
}

func (a *agenda) show(items []register.Item) {
	a.items, a.lines = items, nil
	a.at = max(0, min(a.at, len(items)-1))
	head := -1
	for i, it := range items {
		if head < 0 || a.lines[head].group != it.Group {
			head = len(a.lines)
			a.lines = append(a.lines, agendaLine{group: it.Group})
		}
		a.lines[head].count++
		a.lines = append(a.lines, agendaLine{item: i})
	}
	a.list.Reload()
}

func (a *agenda) choose(i int) {
	a.at = i
	a.list.Reload()
	for k, l := range a.lines {
		if l.group == "" && l.item == i {
			if i == 0 {
				a.list.Reveal(0) // with its group
			}
			a.list.Reveal(k)
		}
	}
}

func (a *agenda) fill(i int, o *fyne.Container) {
	of, head, in := o.Objects[0].(*line), o.Objects[1].(*canvas.Text), a.r.s.In()
	at := a.lines[i]
	widgets.Show(of, at.group == "")
	widgets.Show(head, at.group != "")
	if at.group != "" {
		head.Text = in.T("register-group."+string(at.group), "count", at.count)
		head.Color = theme.Color(theme.Text)
		if at.group == register.Late {
			head.Color = theme.Color(theme.Program)
		}
		head.Refresh()
		return
	}
	it := a.items[at.item]
	words := registry.Cells(in, it.Row, a.r.d.Today())
	when := cell{text: registry.ShowDay(it.Day), small: registry.Left(in, it.Left)}
	switch {
	case it.Left < 0:
		when.tint = theme.Program
	case it.Left <= registry.SoonDays:
		when.tint = theme.Warn
	}
	what := cell{text: in.T("register.due-limit", "stage", words.Stage), small: it.Rule.Source}
	if it.Hearing != nil {
		what = cell{text: in.T("register-event.hearing"), small: it.Hearing.Place}
		if it.Hearing.Online {
			what.small = in.T("register.online")
		}
	}
	wide := max(60, a.list.Size().Width-theme.Target-7*cellGap-120-220-136-140)
	o.Objects[0].(*line).say([]cell{
		when, what, {text: words.Number, small: words.Kind}, {text: words.Title, small: it.Row.Facts.Docket.Parties}, {text: words.Prosecutor, small: it.Row.Facts.Office},
	}, []float32{120, 220, 136, wide, 140}, at.item == a.at)
	of.tapped = func() { a.choose(at.item); a.r.enter() }
	of.edit.OnTapped = func() { a.choose(at.item); a.r.edit() }
	of.edit.Tip = in.T("register.edit")
}
