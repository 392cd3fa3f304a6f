package trial

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/library/journal"
)

// sheet lies over the room: the journal, or whether all is ready.
type sheet struct {
	title   *canvas.Text
	body    *fyne.Container
	content *fyne.Container
	closed  func()
}

func newSheet(closed func()) *sheet {
	h := &sheet{title: canvas.NewText("", look.Color(look.Text)), body: container.NewStack(), closed: closed}
	h.title.TextSize, h.title.TextStyle.Bold = 20, true
	closer := widgets.NewButton(words.T("sheet.close"), nil, widgets.Plain, h.close)
	closer.Hint = "Esc"
	ground := canvas.NewRectangle(look.Color(look.Ground))
	h.content = container.NewStack(ground, widgets.NewTap(canvas.NewRectangle(look.Color(look.Ground)), func() {}),
		widgets.Inset(24, container.NewBorder(container.NewBorder(nil, nil, h.title, closer), nil, nil, nil, h.body)))
	h.content.Hide()
	return h
}

func (h *sheet) open(title string, o fyne.CanvasObject) {
	h.title.Text = title
	h.title.Refresh()
	h.body.Objects = []fyne.CanvasObject{o}
	h.body.Refresh()
	h.content.Show()
}

func (h *sheet) close() {
	h.content.Hide()
	h.closed()
}

// openJournal shows what the court saw, to check the court's minutes against.
func (r *Room) openJournal() {
	r.s.ReadJournal(func(spans []journal.Span, trouble string) {
		rows := widgets.NewRows()
		rows.Count = func() int { return len(spans) }
		rows.Height = func(int) float32 { return look.Target + 8 }
		rows.Make = func() fyne.CanvasObject { return widgets.Line("") }
		rows.Fill = func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(spanText(spans[i])) }
		rows.Reload()
		rows.Reveal(len(spans) - 1)
		head := widgets.Prose(words.T("journal.intact", "count", len(spans)))
		if trouble != "" {
			head.SetText(trouble)
			head.Importance = widget.WarningImportance
		}
		r.sheet.open(words.T("journal.title"), container.NewBorder(head, nil, nil, nil, rows))
	})
}

// spanText is a line of the journal as a person reads it.
func spanText(s journal.Span) string {
	when := s.At.Local().Format("02/01 15:04:05")
	if !s.To.IsZero() {
		when += " – " + s.To.Local().Format("15:04:05") + " (" + duration(s.To.Sub(s.At).Round(time.Second)) + ")"
	}
	text := words.T("journal-kind." + string(s.Kind))
	var parts []string
	if shown := s.Shown; shown != nil {
		for _, p := range shown.Panes {
			name := p.Title
			if p.Folio != "" {
				name = words.T("folio", "folio", p.Folio) + " · " + name
			}
			parts = append(parts, name)
		}
		text = strings.Join(parts, " ⇄ ")
		if shown.Number != "" {
			text += " · " + words.T("journal.step", "number", shown.Number, "scenario", shown.Scenario)
		}
		if shown.Ground != "" {
			text += " · " + words.T("ground."+shown.Ground)
		}
		if s.Kind == journal.KindView {
			text = words.T("journal-kind.view") + ": " + text
		}
	}
	if s.Text != "" {
		text += ": " + s.Text
	}
	return when + "   " + text
}

// openReady shows whether all is ready for the hearing: one page, green or with what to do.
func (r *Room) openReady() {
	r.s.CheckReady(func(lines []session.ReadyLine) {
		box := container.NewVBox()
		bad := 0
		for _, l := range lines {
			text := widgets.Prose("✓  " + l.Text)
			text.Importance = widget.SuccessImportance
			if !l.Good {
				bad++
				text.SetText("✗  " + l.Text)
				text.Importance = widget.WarningImportance
			}
			box.Add(text)
		}
		head := widgets.Heading(words.T("ready.all"))
		if bad > 0 {
			head.SetText(words.T("ready.some", "count", bad))
		}
		r.sheet.open(words.T("ready.title"), container.NewBorder(head, nil, nil, nil, container.NewVScroll(box)))
	})
}
