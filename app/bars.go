package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
)

// noticeBar is the line at the foot: what the program has to tell, and above it the long work that is
// being done.
type noticeBar struct {
	s       *session.Session
	ground  *canvas.Rectangle
	text    *widget.Label
	line    *fyne.Container
	job     *fyne.Container
	name    *widget.Label
	bar     *widget.ProgressBar
	content *fyne.Container
}

func newNoticeBar(s *session.Session) *noticeBar {
	n := &noticeBar{s: s, ground: canvas.NewRectangle(color.Transparent), text: widgets.Line("")}
	n.text.TextStyle.Bold = true
	closer := widgets.NewButton("✕", nil, widgets.Quiet, s.ClearNotice)
	n.line = container.NewStack(n.ground, container.NewBorder(nil, nil, nil, closer, n.text))
	n.name, n.bar = widgets.Line(""), widget.NewProgressBar()
	n.name.Truncation = fyne.TextTruncateOff
	stop := widgets.NewButton(words.T("job.stop"), nil, widgets.Plain, s.StopJob)
	n.job = container.NewStack(canvas.NewRectangle(look.Color(look.Raised)),
		widgets.Inset(4, container.NewBorder(nil, nil, n.name, stop, n.bar)))
	n.content = container.NewVBox(n.job, n.line)
	s.Subscribe(session.NoticeChanged, n.update)
	n.update()
	return n
}

func (n *noticeBar) update() {
	job, working := n.s.Job()
	widgets.Show(n.job, working)
	if working {
		n.name.SetText(job.Name)
		n.bar.Max = max(1, float64(job.Total))
		n.bar.SetValue(float64(job.Done))
	}
	notice := n.s.Notice()
	widgets.Show(n.line, notice.Text != "")
	widgets.Show(n.content, working || notice.Text != "")
	if notice.Text == "" {
		return
	}
	n.ground.FillColor = look.Color(look.Raised)
	n.text.Importance = widget.MediumImportance
	if notice.Warn {
		n.ground.FillColor = look.Faint(look.Warn, 0.2)
		n.text.Importance = widget.WarningImportance
	}
	n.ground.Refresh()
	n.text.SetText(notice.Text)
}

// mirrorCover hides the console while laptop and court show the same: nothing on it but that fact and the way out.
type mirrorCover struct{ content *fyne.Container }

func newMirrorCover(extend, single func()) *mirrorCover {
	title := canvas.NewText(words.T("mirror.title"), color.White)
	title.TextSize, title.TextStyle.Bold, title.Alignment = 30, true, fyne.TextAlignCenter
	text := widgets.Prose(words.T("mirror.text"))
	text.Alignment = fyne.TextAlignCenter
	button := widgets.NewButton(words.T("mirror.extend"), nil, widgets.Primary, extend)
	button.Tall = look.BigTarget
	alone := widgets.NewButton(words.T("mirror.single"), nil, widgets.Plain, single)
	alone.Tall = look.BigTarget
	middle := container.NewVBox(title, widgets.Space(1, 12), container.NewGridWrap(fyne.NewSize(640, 80), text),
		container.NewCenter(container.NewHBox(button, alone)))
	m := &mirrorCover{container.NewStack(canvas.NewRectangle(color.Black), newShield(), container.NewCenter(middle))}
	m.content.Hide()
	return m
}

// Visible implements [widgets.Overlay].
func (m *mirrorCover) Visible() bool { return m.content.Visible() }

// Close implements [widgets.Overlay]: no key closes it, only that the screens are no longer mirrored.
func (m *mirrorCover) Close() {}

// Key implements [widgets.Overlay].
func (m *mirrorCover) Key(keys.Chord, bool) bool { return false }

// shield takes every click, so that none reaches what it covers.
type shield struct{ widget.BaseWidget }

func newShield() *shield {
	s := &shield{}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements [fyne.Widget].
func (s *shield) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// Tapped implements [fyne.Tappable].
func (s *shield) Tapped(*fyne.PointEvent) {}

// Scrolled implements [fyne.Scrollable].
func (s *shield) Scrolled(*fyne.ScrollEvent) {}

// Dragged implements [fyne.Draggable].
func (s *shield) Dragged(*fyne.DragEvent) {}

// DragEnd implements [fyne.Draggable].
func (s *shield) DragEnd() {}
