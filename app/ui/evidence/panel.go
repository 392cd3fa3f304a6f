package evidence

import (
	"image/color"
	"path"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/console/label"
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
	flipped map[string]bool  // folders that are closed, and albums that are open
	albums  map[string][]int // the documents of each album, by its folder
	picked  map[string]bool  // documents picked with Ctrl or Shift, by key
	anchor  int              // the row where a run of picked ones begins
	mode    mode
	search  *widgets.Field
	filter  *widgets.Button
	list    *widgets.Rows
	here    int // the row of what is looked at, -1 for none
	thumbs  *thumbs
	reading *widget.Label
	bar     *widgets.Bar
	stop    *widgets.Button
	foot    *widgets.Button
	edge    *canvas.Rectangle
	none    fyne.CanvasObject // said where nothing matches what is looked for
	tree    fyne.CanvasObject
	content fyne.CanvasObject

	following *time.Timer // a follow that is due in a trial

	Hooks
}

// Hooks are called when something happens in a panel.
type Hooks struct {
	// OnDrag is told while pages are dragged, at a place of the window, and OnDrop when they are let go.
	OnDrag func(pages []library.PageID, at fyne.Position)
	OnDrop func()
	// OnActive is called when a click gave the keys to the evidence.
	OnActive func()
	// OnMenu is asked for a menu, at a place of the window, of what was just chosen.
	OnMenu func(at fyne.Position)
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

// New makes the panel: the tree over the thumbnails. refocus gives the keyboard back to the room.
func New(s *console.Session, refocus func()) *Panel {
	p := newPanel(s, refocus, false)
	split := container.NewVSplit(p.tree, p.thumbs.view)
	split.Offset = 0.6
	p.content = widgets.Panel(split)
	return p
}

// NewWithStrip makes the panel of the tree alone, and the thumbnails as a strip to put elsewhere.
func NewWithStrip(s *console.Session, refocus func()) (p *Panel, strip fyne.CanvasObject) {
	p = newPanel(s, refocus, true)
	p.content = widgets.Panel(p.tree)
	return p, p.thumbs.view
}

func newPanel(s *console.Session, refocus func(), strip bool) *Panel {
	p := &Panel{
		s: s, known: catalogue{}, flipped: map[string]bool{}, picked: map[string]bool{}, mode: modeAll, here: -1,
		edge:  canvas.NewRectangle(color.Transparent),
		Hooks: Hooks{OnDrag: func([]library.PageID, fyne.Position) {}, OnDrop: func() {}, OnActive: func() {}, OnMenu: func(fyne.Position) {}},
	}
	p.edge.SetMinSize(fyne.NewSize(1, 2))
	p.search = widgets.NewField(s.T("evidence.search"))
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
	p.list = widgets.NewRows()
	p.list.Count = func() int { return len(p.rows) }
	p.list.Height = func(i int) float32 {
		if r := p.rows[i]; r.isFolder() && !r.album {
			return folderTall
		}
		return lineTall
	}
	p.list.Make = func() fyne.CanvasObject { return newLine(p) }
	p.list.Fill = func(i int, o fyne.CanvasObject) { p.fill(i, o.(*line)) }
	p.thumbs = newThumbs(p, strip)
	p.reading = widgets.Small("")
	p.bar = widgets.NewBar()
	p.stop = widgets.NewButton(s.T("evidence.stop"), nil, widgets.Quiet, p.toggleReading)
	p.foot = widgets.NewButton("", nil, widgets.Plain, p.toggleFaulty)
	p.filter = widgets.NewButton("▾", nil, widgets.Quiet, p.chooseMode)
	p.filter.Tip = s.T("evidence.filter")

	p.filter.Tip = p.s.T("evidence.filter")
	progress := container.NewBorder(nil, p.bar, nil, p.stop, p.reading)
	top := container.NewVBox(p.edge, widgets.Inset(4, container.NewBorder(nil, nil, nil, p.filter, p.search)))
	p.none = widgets.NoMatch(s.T("evidence.no-match"), s.T("evidence.clear"), p.clear)
	p.tree = container.NewBorder(top, container.NewVBox(progress, p.foot), nil, nil, container.NewStack(p.list, p.none))
	s.Events.Subscribe(event.CaseChanged|event.ProofChanged|event.OutlineChanged, p.update)
	s.Events.Subscribe(event.PageChanged, p.followSoon)
	s.Events.Subscribe(event.ThumbChanged|event.ProofChanged, p.thumbs.refresh)
	p.build()
	p.progress()
	s.Events.Post(p.follow) // once it has a size
	return p
}

// ShowPages shows the pages of the document under the list, or leaves all the room to the list.
func (p *Panel) ShowPages(shown bool) { widgets.Show(p.thumbs.view, shown) }

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
	docs := p.s.Dossier.Documents()
	if len(docs) != len(p.docs) || len(docs) > 0 && &docs[0] != &p.docs[0] {
		p.albums = p.known.albums(docs)
	}
	p.docs, p.built = docs, o
	switch p.mode {
	case modeFlagged:
		p.rows = flagRows(o.Flagged(p.s.Dossier.Index()), p.s, p.search.Text)
	case modeUnused:
		p.rows = p.known.rows(p.s.In(), p.docs, p.flipped, p.search.Text, func(d library.Document) bool { return unused(o, d) })
	case modeFaulty:
		p.rows = p.known.rows(p.s.In(), p.docs, p.flipped, p.search.Text, p.faulty)
	case modeAll:
		p.rows = p.known.rows(p.s.In(), p.docs, p.flipped, p.search.Text, nil)
	}
	style := widgets.Quiet
	if p.mode != modeAll {
		style = widgets.Chosen
	}
	p.filter.SetStyle(style)
	widgets.Show(p.none, len(p.rows) == 0 && (p.mode != modeAll || p.search.Text != ""))
	p.list.Reload()
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
		label := p.s.T("evidence-mode."+string(m)) + " (" + p.s.Number(counts[m]) + ")"
		items = append(items, fyne.NewMenuItem(label, func() { p.setMode(m) }))
	}
	widgets.Menu(p.filter, items...)
}

// clear lists all again.
func (p *Panel) clear() {
	p.mode = modeAll
	p.search.SetText("")
	p.build()
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
		p.reading.SetText(label.Progress(p.s.In(), progress))
		p.bar.Set(progress.Done, progress.Total)
		p.stop.SetLabel(p.s.T("evidence.stop"))
		if !snapshot.Reading {
			p.stop.SetLabel(p.s.T("evidence.resume"))
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
		p.foot.SetLabel(p.s.T("evidence.bad", "count", bad))
	}
}

// album is the pages of the album that a document is in, nil where it is in none.
func (p *Panel) album(d library.Document) []sheet {
	dir := path.Dir(d.File.Path)
	var sheets []sheet
	for _, k := range p.albums[dir] {
		doc := p.docs[k]
		sheets = append(sheets, sheet{doc.Pages[0], doc.Folios[0], doc})
	}
	return sheets
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
	l.here = i == p.here
	switch {
	case r.album:
		var folios []library.Folio
		for _, k := range p.albums[r.folder] {
			folios = append(folios, p.docs[k].Folios...)
		}
		l.show(r, p.s.Number(r.count), join(label.FolioRange(p.s.In(), folios), p.s.T("evidence.album", "count", r.count)), false, false)
	case r.isFolder():
		l.show(r, p.s.Number(r.count), "", false, false)
	case r.isFlag():
		l.show(r, "", join(p.s.T("flag."+string(r.note.Flag)), r.note.Text), true, false)
	case r.index < len(p.docs):
		d := p.docs[r.index]
		count := ""
		if len(d.Pages) > 0 {
			count = p.s.Number(len(d.Pages))
		}
		below, warn := p.status(d)
		l.show(r, count, below, warn, p.picked[key(d)])
	}
}

// status is the small line under a document's title: its folios, whose it is and of when, or what is wrong with it.
func (p *Panel) status(d library.Document) (text string, warn bool) {
	folios := label.FolioRange(p.s.In(), d.Folios)
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
		return join(folios, p.s.T("fault-short."+label.FaultKey(d.File))), true
	case incomplete == 1:
		return join(folios, p.s.T("incomplete.one", "page", last)), true
	case incomplete > 1:
		return join(folios, p.s.T("incomplete.some", "count", incomplete)), true
	case len(d.File.Attached) > 0:
		return join(folios, p.s.T("evidence.attached", "count", len(d.File.Attached))), false
	case !d.File.Read():
		return join(folios, p.s.T("evidence.unread")), false
	}
	person, _ := p.s.Dossier.Outline().Person(d.Person)
	told := join(join(folios, person.Name), d.Date)
	if told == "" {
		told = p.s.T("kind." + d.File.Kind.String())
	}
	return told, false
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// tapped takes a click: with Ctrl it picks one more document, with Shift all between.
// A click on the mark of an album opens or closes it.
func (p *Panel) tapped(i int, onMark bool) {
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
		if r.album && !onMark {
			p.s.Study.Select(p.docs[r.index].Pages[0])
			break
		}
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
	p.list.Reload()
}

// menu looks at what a row stands for, and asks for its menu.
func (p *Panel) menu(i int, at fyne.Position) {
	if i >= len(p.rows) || p.rows[i].isFolder() && !p.rows[i].album {
		return
	}
	if r := p.rows[i]; r.isFlag() || r.album || !p.picked[key(p.docs[r.index])] {
		p.tapped(i, false)
	}
	p.OnMenu(at)
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
		p.flipped[r.folder] = !p.flipped[r.folder]
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
	here := slices.IndexFunc(p.rows, func(r row) bool { return p.stands(r, current) })
	if here != p.here {
		p.here = here
		p.list.Reload()
	}
	if p.list.Size().Height > 0 { // else it would scroll past it
		p.list.Reveal(here)
	}
}

// stands tells whether a row stands for what is looked at.
func (p *Panel) stands(r row, current library.PageID) bool {
	switch {
	case r.isFlag():
		return r.note.Page == current
	case r.album && !r.open:
		return slices.ContainsFunc(p.albums[r.folder], func(k int) bool { return p.docs[k].Has(current) })
	case r.isFolder() || r.index >= len(p.docs):
		return false
	}
	d := p.docs[r.index]
	return d.Has(current) || len(d.Pages) == 0 && d.File.Path == current.Path
}
