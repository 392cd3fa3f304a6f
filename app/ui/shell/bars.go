package shell

import (
	"image/color"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/event"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// noticeBar is the line at the foot: what the program has to tell, and beside it the long work that is being done. It is
// always there, empty or not: were it to come and go, all above it would move under a hand that clicks.
type noticeBar struct {
	s       *console.Session
	ground  *canvas.Rectangle
	text    *widgets.Paragraph
	closer  *widgets.Button
	goOn    *widgets.Button // answers a notice that asks
	opens   *fyne.Container // open a file that was written, and its folder
	job     *fyne.Container
	worked  bool // job was seen as the line was laid out
	name    *widgets.Paragraph
	bar     *widgets.Bar
	content *fyne.Container
}

// noticeTall has room for two lines of small letters; noticeJob is how wide the work's name and progress are.
const (
	noticeTall = 36
	noticeJob  = 220
)

func newNoticeBar(s *console.Session) *noticeBar {
	n := &noticeBar{s: s, ground: canvas.NewRectangle(color.Transparent), bar: widgets.NewBar()}
	n.text = widgets.NewParagraph(theme.TextBase, true, theme.Text)
	n.name = widgets.NewParagraph(theme.TextSmall, false, theme.Text)
	n.closer = widgets.NewButton("✕", nil, widgets.Quiet, func() {
		s.Control.Withdraw() // a question goes with its line
		s.Notices.Clear()
	})
	n.closer.Tip = s.T("notice.close")
	n.goOn = widgets.NewButton(s.T("damage.go-on"), nil, widgets.Plain, func() { s.Edits.GoOn() })
	open := func(key string, of func(file string) string) fyne.CanvasObject {
		return container.NewCenter(widgets.NewButton(s.T(key), nil, widgets.Plain, func() { n.open(of(s.Notices.Now().File)) }))
	}
	n.opens = container.NewHBox(open("notice.open-file", func(file string) string { return file }), open("notice.open-folder", filepath.Dir))
	name := widgets.NewColumn(n.name)
	name.Edge, name.Middle = 2, true
	stop := widgets.NewButton(s.T("job.stop"), nil, widgets.Plain, s.Jobs.Stop)
	progress := container.NewStack(widgets.Space(noticeJob, noticeTall),
		container.NewBorder(nil, widgets.Inset(4, n.bar), nil, nil, name.Content()))
	n.job = container.NewHBox(progress, container.NewCenter(stop))
	text := widgets.NewColumn(n.text)
	text.Edge, text.Middle = 1, true
	text.Shrinking(n.text, theme.TextSmall, theme.TextBase)
	n.content = container.NewStack(widgets.Space(1, noticeTall), n.ground,
		container.NewBorder(nil, nil, widgets.Space(theme.Gap, 1), container.NewHBox(n.job, n.opens, container.NewCenter(n.goOn), container.NewCenter(n.closer)), text.Content()))
	s.Events.Subscribe(event.NoticeChanged|event.StageChanged|event.ScreenChanged, n.update)
	n.update()
	return n
}

func (n *noticeBar) update() {
	job, working := n.s.Jobs.Now()
	widgets.Show(n.job, working)
	if working {
		n.name.SetText(job.Name)
		n.bar.Set(int(job.Done), int(job.Total))
	}
	notice := n.s.Notices.Now()
	fill, tint := color.NRGBA{}, theme.Text
	switch {
	case notice.Warn:
		fill, tint = theme.Faint(theme.Warn, 0.2), theme.Warn
	case notice.Text != "" || working:
		fill = theme.Color(theme.Raised)
	}
	if n.ground.FillColor != fill {
		n.ground.FillColor = fill
		n.ground.Refresh()
	}
	if told := notice.Text != ""; told != n.closer.Visible() || notice.Ask != n.goOn.Visible() || n.openable() != n.opens.Visible() || working != n.worked {
		n.worked = working
		widgets.Show(n.goOn, notice.Ask)
		widgets.Show(n.opens, n.openable())
		widgets.Show(n.closer, told)
		n.content.Refresh() // the text has the rest of the width
	}
	n.text.SetTint(tint)
	n.text.SetText(notice.Text)
}

// openable tells whether a file is told of that can be opened: by another program, which might stand on the court's screen, and so
// never while a trial runs or the court's screen is held.
func (n *noticeBar) openable() bool {
	state, _ := n.s.Court.State()
	return n.s.Notices.Now().File != "" && !n.s.Stage.Running() && state != court.Held
}

// open has the system open a file or a folder.
func (n *noticeBar) open(path string) {
	if !n.openable() {
		return
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive's letter
	}
	if err := fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
		slog.Warn("open file", "path", path, "err", err)
		n.s.Notices.Tell("notice.not-opened", true)
	}
}

// mirrorCover hides the console while laptop and court show the same: nothing on it but that fact and the way out.
type mirrorCover struct{ content *fyne.Container }

func newMirrorCover(in i18n.Catalogue, extend, single func()) *mirrorCover {
	title := canvas.NewText(in.T("mirror.title"), color.White)
	title.TextSize, title.TextStyle.Bold, title.Alignment = 30, true, fyne.TextAlignCenter
	text := widgets.Prose(in.T("mirror.text"))
	text.Alignment = fyne.TextAlignCenter
	button := widgets.NewButton(in.T("mirror.extend"), nil, widgets.Primary, extend)
	button.Tall = theme.BigTarget
	alone := widgets.NewButton(in.T("mirror.single"), nil, widgets.Plain, single)
	alone.Tall = theme.BigTarget
	middle := container.NewVBox(title, widgets.Space(1, 12), container.NewGridWrap(fyne.NewSize(640, 80), text),
		container.NewCenter(container.NewHBox(button, alone)))
	m := &mirrorCover{container.NewStack(canvas.NewRectangle(color.Black), newClickBlocker(), container.NewCenter(middle))}
	m.content.Hide()
	return m
}

// Visible implements [widgets.Overlay].
func (m *mirrorCover) Visible() bool { return m.content.Visible() }

// Close implements [widgets.Overlay]: no key closes it, only that the screens are no longer mirrored.
func (m *mirrorCover) Close() {}

// Key implements [widgets.Overlay].
func (m *mirrorCover) Key(keys.Chord, bool) bool { return false }

// clickBlocker takes every click, so that none reaches what it covers.
type clickBlocker struct{ widget.BaseWidget }

func newClickBlocker() *clickBlocker {
	s := &clickBlocker{}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements [fyne.Widget].
func (s *clickBlocker) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// Tapped implements [fyne.Tappable].
func (s *clickBlocker) Tapped(*fyne.PointEvent) {}

// Scrolled implements [fyne.Scrollable].
func (s *clickBlocker) Scrolled(*fyne.ScrollEvent) {}

// Dragged implements [fyne.Draggable].
func (s *clickBlocker) Dragged(*fyne.DragEvent) {}

// DragEnd implements [fyne.Draggable].
func (s *clickBlocker) DragEnd() {}
