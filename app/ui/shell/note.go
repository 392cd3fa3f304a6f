package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/excerpts"
	"butluc/app/console/label"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// noteLine is the line in which an answer, or an argument of the defence, is noted during the trial. Tab
// changes which of them it is.
type noteLine struct {
	s        *console.Session
	field    *widgets.Field
	kind     *widgets.Button
	argument bool
	content  *fyne.Container
	found    *fyne.Container // excerpts that answer the argument
	answers  []excerpts.Row
	at       int // the chosen one of them, -1 for none
	focus    func(fyne.Focusable)
}

// mostAnswers is how many excerpts are offered to an argument at most.
const mostAnswers = 4

func newNoteLine(s *console.Session, focus func(fyne.Focusable)) *noteLine {
	n := &noteLine{s: s, focus: focus, field: widgets.NewField(s.T("note.line"))}
	n.kind = widgets.NewButton("", nil, widgets.Plain, n.change)
	n.kind.Hint = "Tab"
	n.field.OnReturn = n.submit
	n.field.OnChanged = func(string) { n.look() }
	n.field.OnDown = func() { n.choose(1) }
	n.field.OnUp = func() { n.choose(-1) }
	n.found = container.NewVBox()
	n.field.OnEscape = n.close
	n.field.OnTab = func(bool) { n.change() }
	n.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Raised)),
		widgets.Inset(4, container.NewBorder(n.found, nil, n.kind, nil, n.field)))
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
	n.look()
	widgets.Show(n.content, true)
	n.focus(n.field)
}

func (n *noteLine) change() {
	n.argument = !n.argument
	n.show()
	n.look()
}

func (n *noteLine) show() {
	n.kind.SetLabel(n.s.T("note.answer"))
	if n.argument {
		n.kind.SetLabel(n.s.T("note.argument"))
	}
}

func (n *noteLine) submit() {
	var met library.ID
	if n.at >= 0 && n.at < len(n.answers) {
		met = n.answers[n.at].Excerpt.ID
	}
	n.s.Recorder.Note(n.field.Text, n.argument, met)
	n.close()
	if met != "" {
		n.s.Excerpts.Go(met) // into Preview
	}
}

// look looks for excerpts that answer the argument as it is typed.
func (n *noteLine) look() {
	n.answers, n.at = nil, -1
	if n.argument {
		n.answers = n.s.Excerpts.Answers(n.field.Text, mostAnswers)
	}
	n.list()
}

// choose goes by excerpts further; above the first none is chosen.
func (n *noteLine) choose(by int) {
	n.at = max(-1, min(n.at+by, len(n.answers)-1))
	n.list()
}

// list shows what answers the argument, each a line that can be clicked.
func (n *noteLine) list() {
	n.found.RemoveAll()
	for i, row := range n.answers {
		style := widgets.Quiet
		if i == n.at {
			style = widgets.Chosen
		}
		words := []string{n.s.T("side." + label.SideKey(row.Excerpt.Side)), row.Name, strings.Join(strings.Fields(row.Excerpt.Text), " ")}
		if row.Matters != "" {
			words = append(words, row.Matters)
		}
		b := widgets.NewButton(strings.Join(words, " · "), nil, style, func() {
			n.at = i
			n.submit()
		})
		b.Row, b.Cut = true, true
		n.found.Add(b)
	}
	n.found.Refresh()
	n.content.Refresh()
}

func (n *noteLine) close() {
	n.content.Hide()
	n.focus(nil)
}
