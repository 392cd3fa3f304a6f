package evidence

import (
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Panel is the tree of documents and the thumbnails under it.
type Panel struct {
	s       *console.Session
	docs    []library.Document
	built   library.Outline // what the rows are of
	rows    []row
	known   catalogue
	closed  map[string]bool
	picked  map[string]bool // documents picked with Ctrl or Shift, by key
	anchor  int             // the row where a run of picked ones begins
	mode    mode
	search  *widgets.Field
	filter  *widgets.Button
	list    *widget.List
	thumbs  *thumbs
	reading *widget.Label
	bar     *widgets.Bar
	stop    *widgets.Button
	foot    *widgets.Button
	edge    *canvas.Rectangle
	content fyne.CanvasObject

	following *time.Timer // a follow that is due in a trial

	// OnDrag is told while pages are dragged, at a place of the window, and OnDrop when they are let go.
	OnDrag func(pages []library.PageID, at fyne.Position)
	OnDrop func()
	// OnActive is told when a click gave the keys to the evidence.
	OnActive func()
}

// mode is which documents are listed.
type mode string

const (
	modeAll     mode = "all"
	modeUnused  mode = "unused"  // of which no step shows a page
	modeFlagged mode = "flagged" // pages that carry a flag
	modeFaulty  mode = "faulty"  // that can't be shown, or not whole
)

// modes are all, in the order in which they are offered; each has a word under the key "evidence-mode." + its name.
var modes = []mode{modeAll, modeUnused, modeFlagged, modeFaulty}

// New makes the panel. refocus gives the keyboard back to the room.
func New(s *console.Session, refocus func()) *Panel {
	p := &Panel{
		s: s, known: catalogue{}, closed: map[string]bool{}, picked: map[string]bool{}, mode: modeAll,
		edge:   canvas.NewRectangle(color.Transparent),
		OnDrag: func([]library.PageID, fyne.Position) {}, OnDrop: func() {}, OnActive: func() {},
	}
	p.edge.SetMinSize(fyne.NewSize(1, 2))
	p.search = widgets.NewField(i18n.T("evidence.search"))
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
	p.thumbs = newThumbs(p)
	p.reading = widgets.Small("")
	p.bar = widgets.NewBar()
	p.stop = widgets.NewButton(i18n.T("evidence.stop"), nil, widgets.Quiet, p.toggleReading)
	p.foot = widgets.NewButton("", nil, widgets.Plain, p.toggleFaulty)
	p.filter = widgets.NewButton("", nil, widgets.Quiet, p.chooseMode)

	progress := container.NewBorder(nil, p.bar, nil, p.stop, p.reading)
	top := container.NewVBox(p.edge, widgets.Inset(theme.Gap, p.search), p.filter)
	split := container.NewVSplit(container.NewBorder(top, container.NewVBox(progress, p.foot), nil, nil, p.list), p.thumbs.grid)
	split.Offset = 0.6
	p.content = widgets.Panel(split)
	s.Events.Subscribe(console.CaseChanged|console.ProofChanged|console.OutlineChanged, p.update)
	s.Events.Subscribe(console.PageChanged, p.followSoon)
	s.Events.Subscribe(console.ThumbChanged|console.ProofChanged, p.thumbs.refresh)
	p.build()
	p.progress()
	s.Events.Post(p.follow) // once it has a size
	return p
}

// ShowPages shows the pages of the document under the list, or leaves all the room to the list.
func (p *Panel) ShowPages(shown bool) { widgets.Show(p.thumbs.grid, shown) }

// Content is the panel to put into a window.
func (p *Panel) Content() fyne.CanvasObject { return p.content }

// SetActive marks that the keys are the evidence's, or not.
func (p *Panel) SetActive(active bool) {
	p.edge.FillColor = color.Transparent
	if active {
		p.edge.FillColor = theme.Color(theme.Accent)
	}
	p.edge.Refresh()
}

// Search is the field to type into; what was typed there before is selected.
func (p *Panel) Search() fyne.Focusable {
	p.search.Select()
	return p.search
}

// update shows what changed of the case and the outline, and leaves alone what did not: a person may be
// typing in the outline.
func (p *Panel) update() {
	docs, o := p.s.Dossier.Documents(), p.s.Dossier.Outline()
	same := len(docs) == len(p.docs) && (len(docs) == 0 || &docs[0] == &p.docs[0])
	switch {
	case !same || p.mode == modeFlagged && !o.SameDocuments(p.built) || p.mode == modeUnused && !o.SameShots(p.built):
		p.build()
		p.thumbs.refresh()
	case !o.SameDocuments(p.built) || !o.SameShots(p.built):
		p.built = o
		p.thumbs.renote()
	}
	p.progress()
}

func (p *Panel) build() {
	if _, ok := p.s.Dossier.Snapshot(); !ok {
		return
	}
	o := p.s.Dossier.Outline()
	p.docs, p.built = p.s.Dossier.Documents(), o
	switch p.mode {
	case modeFlagged:
		p.rows = flagRows(o.Flagged(p.s.Dossier.Index()), p.s, p.search.Text)
	case modeUnused:
		p.rows = p.known.rows(p.docs, p.closed, p.search.Text, func(d library.Document) bool { return unused(o, d) })
	case modeFaulty:
		p.rows = p.known.rows(p.docs, p.closed, p.search.Text, p.faulty)
	case modeAll:
		p.rows = p.known.rows(p.docs, p.closed, p.search.Text, nil)
	}
	p.filter.SetLabel(i18n.T("evidence-mode."+string(p.mode)) + " ▾")
	p.list.Refresh()
	p.follow()
}

// unused tells whether no step shows a page of a document that has some.
func unused(o library.Outline, d library.Document) bool {
	return len(d.Pages) > 0 && !slices.ContainsFunc(d.Pages, func(p library.PageID) bool { return len(o.UsedOf(d, p)) > 0 })
}

// flagRows lists the flagged pages whose words match.
func flagRows(notes []library.PageNote, s *console.Session, typed string) []row {
	filter := library.NewFilter(typed)
	var rows []row
	for _, n := range notes {
		r := row{note: n, title: s.Labels.Name(n.Page)}
		if filter.Match(library.Fold(r.title + " " + n.Text)) {
			rows = append(rows, r)
		}
	}
	return rows
}

// chooseMode offers what may be listed, with how many there are.
func (p *Panel) chooseMode() {
	o := p.s.Dossier.Outline()
	counts := map[mode]int{modeAll: len(p.docs), modeFlagged: len(o.Flagged(p.s.Dossier.Index()))}
	for _, d := range p.docs {
		if unused(o, d) {
			counts[modeUnused]++
		}
		if p.faulty(d) {
			counts[modeFaulty]++
		}
	}
	var items []*fyne.MenuItem
	for _, m := range modes {
		label := i18n.T("evidence-mode."+string(m)) + " (" + i18n.Number(counts[m]) + ")"
		items = append(items, fyne.NewMenuItem(label, func() { p.setMode(m) }))
	}
	widgets.Menu(p.filter, items...)
}

func (p *Panel) setMode(m mode) {
	p.mode = m
	p.build()
}

// faulty tells whether a document, or a page of it, can't be shown, or not whole.
func (p *Panel) faulty(d library.Document) bool {
	return d.File.Fault.Code != library.FaultNone || slices.ContainsFunc(d.WithHidden().Pages, p.s.Dossier.Incomplete)
}

// toggleFaulty lists what is told of at the foot, or all again.
func (p *Panel) toggleFaulty() {
	if p.mode == modeFaulty {
		p.setMode(modeAll)
		return
	}
	p.search.SetText("")
	p.setMode(modeFaulty)
}

func (p *Panel) progress() {
	snapshot, _ := p.s.Dossier.Snapshot()
	progress := snapshot.Progress
	reading := progress.Done < progress.Total
	p.reading.Hidden, p.bar.Hidden, p.stop.Hidden = !reading, !reading, !reading
	if reading {
		p.reading.SetText(i18n.T("reading."+progress.Stage.String(), "done", progress.Done, "total", progress.Total))
		p.bar.Set(progress.Done, progress.Total)
		p.stop.SetLabel(i18n.T("evidence.stop"))
		if !snapshot.Reading {
			p.stop.SetLabel(i18n.T("evidence.resume"))
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
		p.foot.SetLabel(i18n.T("evidence.bad", "count", bad))
	}
}

func (p *Panel) toggleReading() {
	if snapshot, _ := p.s.Dossier.Snapshot(); !snapshot.Reading {
		p.s.Reading.Resume()
	} else {
		p.s.Reading.Stop()
	}
}

func (p *Panel) fill(i int, l *line) {
	if i >= len(p.rows) {
		return
	}
	r := p.rows[i]
	l.index = i
	switch {
	case r.isFolder():
		l.show(r, !p.closed[r.folder] || p.search.Text != "", i18n.Number(r.count), "", false, false)
	case r.isFlag():
		l.show(r, false, "", join(i18n.T("flag."+string(r.note.Flag)), r.note.Text), true, false)
	case r.index < len(p.docs):
		d := p.docs[r.index]
		count := ""
		if len(d.Pages) > 0 {
			count = i18n.Number(len(d.Pages))
		}
		below, warn := Status(d)
		l.show(r, false, count, below, warn, p.picked[key(d)])
	}
}

// Status is the small line under a document's title: its folios, or what is wrong with it.
func Status(d library.Document) (text string, warn bool) {
	folios := label.FolioRange(i18n.Now(), d.Folios)
	incomplete := 0
	last := 0
	for i, page := range d.Pages {
		if page.Path == d.File.Path && d.File.IsIncomplete(page.Index) {
			incomplete++
			last = i + 1
		}
	}
	switch {
	case d.File.Fault.Code != library.FaultNone:
		return join(folios, i18n.T("fault-short."+label.FaultKey(d.File))), true
	case incomplete == 1:
		return join(folios, i18n.T("incomplete.one", "page", last)), true
	case incomplete > 1:
		return join(folios, i18n.T("incomplete.some", "count", incomplete)), true
	case len(d.File.Attached) > 0:
		return join(folios, i18n.T("evidence.attached", "count", len(d.File.Attached))), false
	case !d.File.Read():
		return join(folios, i18n.T("evidence.unread")), false
	case folios == "" && d.Date == "":
		return i18n.T("kind." + d.File.Kind.String()), false
	}
	return join(folios, d.Date), false
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// tapped takes a click: with Ctrl it picks one more document, with Shift all between.
func (p *Panel) tapped(i int) {
	if i >= len(p.rows) {
		return
	}
	p.OnActive()
	p.SetActive(true)
	r := p.rows[i]
	shift, ctrl := widgets.Held()
	switch {
	case r.isFolder() || r.isFlag() || !shift && !ctrl:
		clear(p.picked)
		p.anchor = i
		p.choose(r)
	case shift:
		for k := min(i, p.anchor); k <= max(i, p.anchor) && k < len(p.rows); k++ {
			p.pick(p.rows[k], true)
		}
	default:
		if len(p.picked) == 0 && p.anchor < len(p.rows) {
			p.pick(p.rows[p.anchor], true)
		}
		p.pick(r, !p.picked[key(p.docs[r.index])])
		p.anchor = i
	}
	p.list.Refresh()
}

func (p *Panel) pick(r row, on bool) {
	if r.isFolder() || r.isFlag() || r.index >= len(p.docs) {
		return
	}
	if k := key(p.docs[r.index]); on {
		p.picked[k] = true
	} else {
		delete(p.picked, k)
	}
}

func (p *Panel) choose(r row) {
	switch {
	case r.isFolder():
		p.closed[r.folder] = !p.closed[r.folder]
		p.build()
	case r.isFlag():
		p.s.Study.Select(r.note.Page)
	case r.index < len(p.docs) && len(p.docs[r.index].Pages) > 0:
		p.s.Study.Select(p.docs[r.index].Pages[0])
	case r.index < len(p.docs):
		p.s.Study.Select(library.PageID{Path: p.docs[r.index].File.Path})
	}
}

// followAfter is how much later than the preview the panel follows in a trial: drawing another
// document's thumbnails takes the UI goroutine long enough for the next key to wait behind it.
const followAfter = 250 * time.Millisecond

func (p *Panel) followSoon() {
	if !p.s.Stage.Running() {
		p.follow()
		return
	}
	if p.following != nil {
		p.following.Stop()
	}
	p.following = time.AfterFunc(followAfter, func() { p.s.Events.Post(p.follow) })
}

// follow marks the document that is looked at and shows its pages.
func (p *Panel) follow() {
	current := p.s.Study.Current().Page
	p.thumbs.show(current)
	if p.list.Size().Height == 0 {
		return // it would scroll past what it selects
	}
	for i, r := range p.rows {
		here := r.isFlag() && r.note.Page == current
		if !r.isFolder() && !r.isFlag() && r.index < len(p.docs) {
			d := p.docs[r.index]
			here = d.Has(current) || len(d.Pages) == 0 && d.File.Path == current.Path
		}
		if here {
			p.list.Select(i)
			return
		}
	}
	p.list.UnselectAll()
}
