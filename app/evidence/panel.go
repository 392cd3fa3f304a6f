package evidence

import (
	"image/color"
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
	"butluc/library"
)

// Panel is the tree of documents and the thumbnails under it.
type Panel struct {
	s       *session.Session
	rows    []row
	known   catalogue
	closed  map[string]bool
	search  *widgets.Field
	list    *widget.List
	thumbs  *thumbs
	reading *widget.Label
	bar     *widget.ProgressBar
	stop    *widgets.Button
	foot    *widget.Label
	content fyne.CanvasObject
	syncing bool

	following *time.Timer // a follow that is due in a trial
	edge      *canvas.Rectangle

	// OnDrag is told while pages are dragged, at a place of the window, and OnDrop when they are let go.
	OnDrag func(pages []library.PageID, at fyne.Position)
	OnDrop func()
	// OnActive is told when a click gave the keys to the evidence.
	OnActive func()
}

// New makes the panel. refocus gives the keyboard back to the room.
func New(s *session.Session, refocus func()) *Panel {
	p := &Panel{
		s: s, known: catalogue{}, closed: map[string]bool{}, edge: canvas.NewRectangle(color.Transparent),
		OnDrag: func([]library.PageID, fyne.Position) {}, OnDrop: func() {}, OnActive: func() {},
	}
	p.edge.SetMinSize(fyne.NewSize(1, 2))
	p.search = widgets.NewField(words.T("evidence.search"))
	p.search.OnChanged = func(string) { p.build() }
	p.search.OnEscape = func() {
		p.search.SetText("")
		refocus()
	}
	p.search.OnSubmitted = func(string) {
		for _, r := range p.rows {
			if !r.isFolder() {
				p.choose(r)
				break
			}
		}
		refocus()
	}
	p.list = widget.NewList(
		func() int { return len(p.rows) },
		func() fyne.CanvasObject { return newLine(p) },
		func(i widget.ListItemID, o fyne.CanvasObject) { p.fill(i, o.(*line)) },
	)
	p.list.HideSeparators = true
	p.list.OnSelected = p.selected
	p.thumbs = newThumbs(p)
	p.reading = widgets.Small("")
	p.bar = widget.NewProgressBar()
	p.bar.TextFormatter = func() string { return "" }
	p.stop = widgets.NewButton(words.T("evidence.stop"), nil, widgets.Quiet, p.toggleReading)
	p.foot = widgets.Small("")
	p.foot.Importance = widget.WarningImportance

	progress := container.NewBorder(nil, p.bar, nil, p.stop, p.reading)
	top := container.NewVBox(p.edge, widgets.Inset(look.Gap, p.search), progress)
	split := container.NewVSplit(container.NewBorder(top, p.foot, nil, nil, p.list), p.thumbs.grid)
	split.Offset = 0.6
	p.content = widgets.Panel(split)
	s.Subscribe(session.CaseChanged|session.ProofChanged, p.build)
	s.Subscribe(session.PageChanged, p.followSoon)
	s.Subscribe(session.ThumbChanged|session.ProofChanged, p.thumbs.refresh)
	p.build()
	p.follow()
	return p
}

// Content is the panel to put into a window.
func (p *Panel) Content() fyne.CanvasObject { return p.content }

// SetActive marks that the keys are the evidence's, or not.
func (p *Panel) SetActive(active bool) {
	p.edge.FillColor = color.Transparent
	if active {
		p.edge.FillColor = look.Color(look.Accent)
	}
	p.edge.Refresh()
}

// Picked are the pages that were picked with Ctrl or Shift, in order; none when only one is looked at.
func (p *Panel) Picked() []library.PageID { return p.thumbs.pickedPages() }

// drag begins or goes on with dragging a row: a document's first page, or those of all documents in a
// folder.
func (p *Panel) drag(i int, at fyne.Position) {
	if i >= len(p.rows) {
		return
	}
	if pages := p.pagesOf(p.rows[i]); len(pages) > 0 {
		p.OnDrag(pages, at)
	}
}

func (p *Panel) pagesOf(r row) []library.PageID {
	snapshot, _ := p.s.Case()
	if !r.isFolder() {
		if r.index < len(snapshot.Exhibits) && snapshot.Exhibits[r.index].File.Showable() {
			return []library.PageID{snapshot.Exhibits[r.index].Page(0)}
		}
		return nil
	}
	var pages []library.PageID
	for _, e := range snapshot.Exhibits {
		if strings.HasPrefix(e.File.Path, r.folder+"/") && e.File.Showable() {
			pages = append(pages, e.Page(0))
		}
	}
	return pages
}

// Search is the field to type into.
func (p *Panel) Search() fyne.Focusable { return p.search }

func (p *Panel) build() {
	snapshot, ok := p.s.Case()
	if !ok {
		return
	}
	p.rows = p.known.rows(snapshot.Exhibits, p.closed, p.search.Text)
	p.list.Refresh()
	p.progress()
	p.follow()
}

func (p *Panel) progress() {
	snapshot, _ := p.s.Case()
	progress := snapshot.Progress
	reading := progress.Done < progress.Total
	p.reading.Hidden, p.bar.Hidden, p.stop.Hidden = !reading, !reading, !reading
	if reading {
		p.reading.SetText(words.T("reading."+progress.Stage.String(), "done", progress.Done, "total", progress.Total))
		p.bar.Max = float64(progress.Total)
		p.bar.SetValue(float64(progress.Done))
		p.stop.SetLabel(words.T("evidence.stop"))
		if !snapshot.Reading {
			p.stop.SetLabel(words.T("evidence.resume"))
		}
	}
	bad := 0
	for _, e := range snapshot.Exhibits {
		if e.File.Fault.Code != library.FaultNone || len(e.File.Incomplete) > 0 {
			bad++
		}
	}
	p.foot.Hidden = bad == 0
	if bad > 0 {
		p.foot.SetText(words.T("evidence.bad", "count", bad))
	}
}

func (p *Panel) toggleReading() {
	if snapshot, _ := p.s.Case(); !snapshot.Reading {
		p.s.ResumeReading()
	} else {
		p.s.StopReading()
	}
}

func (p *Panel) fill(i int, l *line) {
	if i >= len(p.rows) {
		return
	}
	r := p.rows[i]
	l.index = i
	snapshot, _ := p.s.Case()
	if r.isFolder() {
		l.show(r, !p.closed[r.folder] || p.search.Text != "", words.Number(r.count), "", false)
		return
	}
	if r.index >= len(snapshot.Exhibits) {
		return
	}
	e := snapshot.Exhibits[r.index]
	count := ""
	if e.File.Pages > 0 {
		count = words.Number(e.File.Pages)
	}
	below, warn := Status(e)
	l.show(r, false, count, below, warn)
}

// Status is the small line under an exhibit's title: its folios, or what is wrong with it.
func Status(e library.Exhibit) (text string, warn bool) {
	folios := session.FolioRange(e)
	switch {
	case e.File.Fault.Code != library.FaultNone:
		return join(folios, words.T("fault-short."+session.FaultKey(e.File))), true
	case len(e.File.Incomplete) == 1:
		return join(folios, words.T("incomplete.one", "page", e.File.Incomplete[0]+1)), true
	case len(e.File.Incomplete) > 1:
		return join(folios, words.T("incomplete.some", "count", len(e.File.Incomplete))), true
	case !e.File.Read():
		return join(folios, words.T("evidence.unread")), false
	case folios == "":
		return words.T("kind." + e.File.Kind.String()), false
	}
	return folios, false
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " · " + b
}

func (p *Panel) selected(i widget.ListItemID) {
	if p.syncing || i >= len(p.rows) {
		return
	}
	p.OnActive()
	p.SetActive(true)
	p.choose(p.rows[i])
}

func (p *Panel) choose(r row) {
	if r.isFolder() {
		p.closed[r.folder] = !p.closed[r.folder]
		p.syncing = true
		p.list.UnselectAll()
		p.syncing = false
		p.build()
		return
	}
	if snapshot, _ := p.s.Case(); r.index < len(snapshot.Exhibits) {
		p.s.Select(snapshot.Exhibits[r.index].Page(0))
	}
}

// followAfter is how much later than the preview the panel follows in a trial: drawing another
// document's thumbnails takes the UI goroutine long enough for the next key to wait behind it.
const followAfter = 250 * time.Millisecond

func (p *Panel) followSoon() {
	if !p.s.Running() {
		p.follow()
		return
	}
	if p.following != nil {
		p.following.Stop()
	}
	p.following = time.AfterFunc(followAfter, func() { p.s.Post(p.follow) })
}

// follow marks the document that is looked at and shows its pages.
func (p *Panel) follow() {
	current := p.s.Current().Page
	p.thumbs.show(current)
	snapshot, _ := p.s.Case()
	for i, r := range p.rows {
		if !r.isFolder() && r.index < len(snapshot.Exhibits) && snapshot.Exhibits[r.index].File.Path == current.Path {
			p.syncing = true
			p.list.Select(i)
			p.syncing = false
			return
		}
	}
	p.syncing = true
	p.list.UnselectAll()
	p.syncing = false
}
