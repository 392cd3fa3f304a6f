package shelf

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	shelfstore "butluc/library/shelf"
)

// caseList is the section of the cases on this laptop.
type caseList struct {
	s     *console.Session
	ways  Ways
	focus func(fyne.Focusable)

	inRegister func(id string) // opens what the register has of a case

	search  *widgets.Field
	sorted  [2]*widgets.Button // by when they were opened, by title
	rows    *widgets.Rows
	list    *fyne.Container // rows, as tall as they are in its width
	first   *firstTime      // instead of the rows, while there are none
	none    *fyne.Container // no case has what is looked for
	resume  *widgets.Button // goes on where a person stopped last
	resumes *fyne.Container // resume, where it has somewhere to go
	head    fyne.CanvasObject
	content fyne.CanvasObject

	cases  []shelfstore.Entry // as they are shown
	at     int                // that is chosen
	ruler  *row               // measures
	firsts map[string][]*image.RGBA
}

func newCaseList(room *Room) Section {
	s, ways := room.s, room.ways
	r := &caseList{s: s, inRegister: room.inRegister, ways: ways, focus: room.focus, firsts: map[string][]*image.RGBA{}, ruler: newRow()}
	r.search = widgets.NewField(s.T("shelf.search"))
	r.search.OnChanged = func(string) { r.build() }
	r.search.OnEscape = r.leaveSearch
	r.search.OnReturn = func() { r.focus(nil); r.open(r.at) }
	r.search.OnDown = func() { r.focus(nil) }
	r.rows = widgets.NewRows()
	r.rows.Count = func() int { return len(r.cases) }
	r.rows.Height = func(i int) float32 {
		r.ruler.say(r.cases[i].Title, r.words(r.cases[i]))
		return r.ruler.tall(r.rows.Size().Width)
	}
	r.rows.Make = func() fyne.CanvasObject { return newRow() }
	r.rows.Fill = func(i int, o fyne.CanvasObject) { r.fill(i, o.(*row)) }
	r.first = newFirstTime(s, ways)
	r.list = container.New(&relaid{rows: r.rows}, r.rows)
	back := widgets.NewButton(s.T("shelf.clear"), nil, widgets.Plain, r.leaveSearch)
	r.none = container.NewCenter(container.NewHBox(widgets.Heading(s.T("shelf.none")), back))
	inset := func(o fyne.CanvasObject) *fyne.Container {
		return container.New(layout.NewCustomPaddedLayout(theme.Gap, theme.Gap, rowGap, rowGap), o)
	}
	r.head = r.tools()
	r.resume = widgets.NewButton("", fynetheme.MediaPlayIcon(), widgets.Plain, r.ways.Resume)
	r.resume.Row, r.resume.Cut, r.resume.Hint = true, true, keys.Hint(s.In(), keys.Shelf, keys.Resume)
	r.resumes = inset(r.resume)
	r.content = container.NewBorder(r.resumes, inset(r.drop()), nil, nil,
		container.NewStack(container.New(layout.NewCustomPaddedLayout(0, 0, rowGap, rowGap), r.list), r.first.content, r.none))
	s.Events.Subscribe(event.ShelfChanged|event.CaseChanged, r.build)
	r.build()
	return r
}

// tools are what stands over the cases: how they are sorted, what is looked for.
func (r *caseList) tools() fyne.CanvasObject {
	for i, key := range []string{"shelf.by-opened", "shelf.by-title"} {
		r.sorted[i] = widgets.NewButton(r.s.T(key), nil, widgets.Quiet, func() { r.sort(i == 1) })
	}
	r.sorted[0].Hint = keys.Hint(r.s.In(), keys.Shelf, keys.SortCases)
	button := widgets.NewButton(r.s.T("shelf.open"), fynetheme.FolderOpenIcon(), widgets.Primary, r.ways.Open)
	button.Hint = keys.Hint(r.s.In(), keys.Shelf, keys.OpenFolder)
	return container.NewBorder(nil, nil, container.NewHBox(r.sorted[0], r.sorted[1]), button,
		container.NewBorder(nil, nil, widgets.Space(rowGap, 1), widgets.Space(rowGap, 1), r.search))
}

// drop is the place at the foot that says what can be done besides: drop a folder, open the sample, look around in it.
func (r *caseList) drop() fyne.CanvasObject {
	edge := canvas.NewRectangle(color.Transparent)
	edge.CornerRadius, edge.StrokeWidth, edge.StrokeColor = theme.Radius, 1, theme.Color(theme.Muted)
	words := widgets.NewParagraph(theme.TextBase, false, theme.Text)
	words.SetText(r.s.T("shelf.drop"))
	text := widgets.NewColumn(words)
	text.Middle, text.Edge = true, 0
	text.Shrinking(words, theme.TextSmall, theme.TextBase)
	pack := widgets.NewButton(r.s.T("package.ask"), nil, widgets.Plain, func() { r.ways.Do(keys.OpenPackage) })
	me := widgets.NewButton(r.s.T("identity.title"), nil, widgets.Plain, func() { r.ways.Do(keys.WhoAmI) })
	sample := widgets.NewButton(r.s.T("shelf.sample"), nil, widgets.Plain, r.s.OpenSample)
	tour := widgets.NewButton(r.s.T("shelf.tour"), nil, widgets.Plain, r.ways.Tour)
	icon := canvas.NewImageFromResource(fynetheme.NewColoredResource(fynetheme.FolderNewIcon(), fynetheme.ColorNamePlaceHolder))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(24))
	return container.NewStack(edge, widgets.Inset(6, container.NewBorder(nil, nil, widgets.Inset(6, icon), container.NewHBox(pack, me, sample, tour), text.Content())))
}

// Head implements [Section].
func (r *caseList) Head() fyne.CanvasObject { return r.head }

// Content implements [Section].
func (r *caseList) Content() fyne.CanvasObject { return r.content }

// Overlays implements [Section].
func (r *caseList) Overlays() []widgets.Overlay { return nil }

// titleSorted is the setting that the cases are sorted by title.
const titleSorted = "shelf.by-title"

func (r *caseList) sort(byTitle bool) {
	value := ""
	if byTitle {
		value = "yes"
	}
	r.s.Settings.Remember(titleSorted, value)
	r.build()
}

// build lists the cases that have what is looked for.
func (r *caseList) build() {
	entries := r.s.Settings.Shelf().Cases()
	chosen := ""
	if r.at < len(r.cases) {
		chosen = r.cases[r.at].Path
	}
	byTitle := r.s.Settings.Remembered(titleSorted) != ""
	r.cases = listed(entries, library.NewFilter(r.search.Text), byTitle)
	r.at = max(0, slices.IndexFunc(r.cases, func(e shelfstore.Entry) bool { return e.Path == chosen }))
	for i, b := range r.sorted {
		style := widgets.Quiet
		if byTitle == (i == 1) {
			style = widgets.Chosen
		}
		b.SetStyle(style)
		widgets.Show(b, len(entries) > 1)
	}
	widgets.Show(r.search, len(entries) > 1)
	title, page, ok := r.ways.Resumes()
	if page != "" {
		title += " · " + page
	}
	r.resume.SetLabel(r.s.T("shelf.resume", "where", title))
	widgets.Show(r.resumes, ok)
	widgets.Show(r.first.content, len(entries) == 0)
	widgets.Show(r.list, len(r.cases) > 0)
	widgets.Show(r.none, len(r.cases) == 0 && len(entries) > 0)
	r.load()
	r.rows.Reload()
}

// listed are the cases that have what is looked for, the last opened first, or by their titles.
func listed(entries []shelfstore.Entry, filter library.Filter, byTitle bool) []shelfstore.Entry {
	var cases []shelfstore.Entry
	for _, e := range entries {
		if match(e, filter) {
			cases = append(cases, e)
		}
	}
	slices.SortStableFunc(cases, func(a, b shelfstore.Entry) int {
		if byTitle {
			return strings.Compare(library.Fold(a.Title), library.Fold(b.Title))
		}
		return b.Opened.Compare(a.Opened)
	})
	return cases
}

func match(e shelfstore.Entry, f library.Filter) bool {
	return f.Match(library.Fold(e.Title + " " + e.Path))
}

// load reads the pictures of first pages that were not read yet, of the list's own folder: no case is read.
func (r *caseList) load() {
	var wanted []string
	_, open := r.s.Dossier.Snapshot()
	for _, e := range r.cases {
		pages, read := r.firsts[e.Path]
		mine := open && r.s.Dossier.Latest().Case.Path == e.Path
		if !read || len(pages) == 0 && mine { // that of the open case may have come
			r.firsts[e.Path] = nil
			wanted = append(wanted, e.Path)
		}
	}
	if len(wanted) == 0 {
		return
	}
	list := r.s.Settings.Shelf()
	go func() {
		found := map[string][]*image.RGBA{}
		for _, path := range wanted {
			data, err := list.Firsts(path)
			if err != nil {
				continue // there is none
			}
			if pages, err := cutFirsts(data); err == nil {
				found[path] = pages
			}
		}
		if len(found) > 0 {
			r.s.Events.Post(func() {
				for path, pages := range found {
					r.firsts[path] = pages
				}
				r.rows.Reload()
			})
		}
	}()
}

// fill shows a case in a row.
func (r *caseList) fill(i int, o *row) {
	e := r.cases[i]
	o.tapped = func() { r.choose(i); r.open(i) }
	o.forget.OnTapped, o.forget.Tip = func() { r.forget(e) }, r.s.T("shelf.forget")
	o.more.Tip = keys.CaseMenu.Text(r.s.In()) + " · " + keys.Hint(r.s.In(), keys.Shelf, keys.CaseMenu)
	o.more.OnTapped = func() { r.choose(i); widgets.Menu(o.more, r.menu(e)...) }
	o.asked = func(at fyne.Position) { r.choose(i); widgets.MenuAt(canvasOf(o), at, r.menu(e)...) }
	o.say(e.Title, r.words(e))
	o.show(e.Path, r.firsts[e.Path], i == r.at)
}

// words are what a case's row says now.
func (r *caseList) words(e shelfstore.Entry) rowWords {
	now := standing{opening: r.s.Opening() == e.Path}
	if snapshot, ok := r.s.Dossier.Snapshot(); ok && snapshot.Case.Path == e.Path {
		now.open, now.exhibits, now.pages, now.progress = true, len(snapshot.Exhibits), len(r.s.Dossier.Pages()), snapshot.Progress
	}
	return wordsOf(r.s.In(), e, now, time.Now())
}

func (r *caseList) forget(e shelfstore.Entry) {
	if err := r.s.Settings.Shelf().Forget(e.Path); err != nil {
		r.s.Notices.TellText(r.s.T("error.shelf"), true)
	} else {
		r.s.Notices.TellText(r.s.T("shelf.forgot", "name", e.Title), false)
	}
	r.build()
}

// choose makes a case the one that Enter opens.
func (r *caseList) choose(i int) {
	if len(r.cases) == 0 {
		return
	}
	r.at = max(0, min(i, len(r.cases)-1))
	r.rows.Reload()
	r.rows.Reveal(r.at)
}

func (r *caseList) open(i int) {
	if i < len(r.cases) {
		r.s.Open(r.cases[i].Path)
	}
}

// edit opens what the register has of the chosen case.
func (r *caseList) edit() {
	if r.at >= len(r.cases) {
		return
	}
	r.inRegister(r.cases[r.at].ID)
}

// leaveSearch shows all cases again.
func (r *caseList) leaveSearch() {
	r.search.SetText("")
	r.focus(nil)
}

// relaid measures rows anew when their width changed.
type relaid struct {
	rows *widgets.Rows
	wide float32
}

// Layout implements [fyne.Layout].
func (l *relaid) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.rows.Resize(size)
	if l.wide != size.Width {
		l.wide = size.Width
		l.rows.Reload()
	}
}

// MinSize implements [fyne.Layout].
func (l *relaid) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, rowLeast) }
