package study

import (
	"fyne.io/fyne/v2"

	"butluc/app/ui/widgets"
	"butluc/library"
)

// contradictionField says in what two excerpts contradict each other, where the chosen line of the evidence shows two that do.
type contradictionField struct {
	r     *Room
	of    library.Contradiction // that the field holds
	field *widgets.Bound
}

func newContradictionField(r *Room) *contradictionField {
	f := &contradictionField{r: r}
	s := r.s
	f.field = widgets.Bind(widgets.NewField(s.T("excerpt.contradiction")), s.Events.Post, func() { r.focus(nil) }, func() string {
		c, _ := s.Dossier.Outline().Contradiction(f.of.A, f.of.B)
		return c.Text
	}, func(text string) {
		if c, tied := s.Dossier.Outline().Contradiction(f.of.A, f.of.B); tied {
			c.Text = text
			s.Edits.Edit(s.Dossier.Outline().Set(c))
		}
	})
	f.field.Scroll = fyne.ScrollHorizontalOnly
	return f
}

func (f *contradictionField) content() fyne.CanvasObject { return f.field.Field }

func (f *contradictionField) update() {
	e, evident := f.r.view().(*evidence)
	var c library.Contradiction
	tied := false
	if evident {
		c, tied = e.contradiction()
	}
	if c.Key() != f.of.Key() {
		f.field.Keep()
		f.of = c
	}
	f.field.Update()
	widgets.Show(f.content(), tied)
}
