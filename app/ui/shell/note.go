package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// noteLine is the line in which an answer, or an argument of the defence, is noted during the trial. Tab
// changes which of them it is.
type noteLine struct {
	s        *console.Session
	field    *widgets.Field
	kind     *widgets.Button
	argument bool
	content  *fyne.Container
	focus    func(fyne.Focusable)
}

func newNoteLine(s *console.Session, focus func(fyne.Focusable)) *noteLine {
	n := &noteLine{s: s, focus: focus, field: widgets.NewField(s.T("note.line"))}
	n.kind = widgets.NewButton("", nil, widgets.Plain, n.change)
	n.kind.Hint = "Tab"
	n.field.OnReturn = n.submit
	n.field.OnEscape = n.close
	n.field.OnTab = func(bool) { n.change() }
	n.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Raised)),
		widgets.Inset(4, container.NewBorder(nil, nil, n.kind, nil, n.field)))
	n.content.Hide()
	n.show()
	return n
}

func (n *noteLine) visible() bool { return n.content.Visible() }

func (n *noteLine) open() {
	if !n.s.Stage.Running() {
		n.s.Notices.Tell("note.no-trial", false)
		return
	}
	n.field.SetText("")
	widgets.Show(n.content, true)
	n.focus(n.field)
}

func (n *noteLine) change() {
	n.argument = !n.argument
	n.show()
}

func (n *noteLine) show() {
	n.kind.SetLabel(n.s.T("note.answer"))
	if n.argument {
		n.kind.SetLabel(n.s.T("note.argument"))
	}
}

func (n *noteLine) submit() {
	n.s.Recorder.Note(n.field.Text, n.argument)
	n.close()
}

func (n *noteLine) close() {
	n.content.Hide()
	n.focus(nil)
}
