package app

import (
	"strings"

	"butluc/app/keys"
	"butluc/app/look"
	"butluc/app/widgets"
	"butluc/app/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// newHelp is F1's page, made from the table of keys.
func newHelp(done func()) fyne.CanvasObject {
	columns := []*fyne.Container{container.NewVBox(), container.NewVBox()}
	place := map[keys.Group]int{
		keys.GroupCourt: 0, keys.GroupPreview: 0, keys.GroupLive: 1, keys.GroupStudy: 0, keys.GroupWindow: 1,
	}
	for _, g := range []keys.Group{keys.GroupCourt, keys.GroupPreview, keys.GroupStudy, keys.GroupLive, keys.GroupWindow} {
		columns[place[g]].Add(helpGroup(g))
	}
	title := canvas.NewText(words.T("help.title"), look.Color(look.Text))
	title.TextSize, title.TextStyle.Bold = 22, true
	closer := widgets.NewButton(words.T("help.close"), nil, widgets.Plain, done)
	closer.Hint = "Esc"
	head := container.NewBorder(nil, nil, title, closer)
	body := container.NewVScroll(container.NewGridWithColumns(2, columns[0], columns[1]))
	return container.NewStack(canvas.NewRectangle(look.Color(look.Ground)), newShield(),
		widgets.Inset(16, container.NewBorder(head, widgets.Prose(words.T("help.foot")), nil, nil, body)))
}

func helpGroup(g keys.Group) fyne.CanvasObject {
	rows := container.New(layout.NewFormLayout())
	for _, b := range keys.Table {
		if b.Group != g {
			continue
		}
		names := make([]string, len(b.Chords))
		for i, c := range b.Chords {
			names[i] = c.String()
		}
		chord := widget.NewLabel(strings.Join(names, "  "))
		chord.TextStyle.Bold = true
		rows.Add(chord)
		rows.Add(widget.NewLabel(b.Action.Text()))
	}
	return container.NewVBox(widgets.Heading(words.T("keys."+string(g))), rows)
}
