package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// absent offers another place to show the evidence, over the mirror of a court screen that is not there.
type absent struct {
	s       *console.Session
	mode    *widgets.Button
	content *fyne.Container
}

func newAbsent(s *console.Session) *absent {
	a := &absent{s: s}
	a.mode = widgets.NewButton("", nil, widgets.Primary, func() {
		if m, ok := s.Court.OtherMode(); ok {
			s.Court.ChooseMode(m)
		}
	})
	a.mode.Tall = theme.BigTarget
	a.content = container.NewBorder(nil, widgets.Inset(6, container.NewCenter(a.mode)), nil, nil)
	a.content.Hide()
	return a
}

func (a *absent) update() {
	m, ok := a.s.Court.OtherMode()
	if ok {
		a.mode.SetLabel(a.s.T("mode." + m.String()))
	}
	widgets.Show(a.content, ok)
}

// unseen says why the court sees nothing of a trial that runs without a screen of its own.
func (r *Room) unseen() string {
	if r.s.Court.Mode() == court.ModeSecond {
		return r.s.T("trial.unseen")
	}
	return lampText(r.s.In(), r.s.Court.Mode(), court.Gone, "")
}
