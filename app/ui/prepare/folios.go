package prepare

import (
	"cmp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/folios"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	numbering "butluc/library/folios"
)

// folioTable is the table of how the pages are numbered. The field in it has the keyboard.
type folioTable struct {
	r      *Room
	all    []folios.Row
	rows   []folios.Row // that are listed
	kind   folios.Kind
	field  *widgets.Field
	filter *widgets.Button
	head   *widget.Label
	empty  *widget.Label
	list   *picks
	heads  *widgets.Heads
}

// folioColumns are the keys of what stands over the columns.
var folioColumns = [4]string{"folio-column.kind", "folio-column.volume", "folio-column.folios", "folio-column.what"}

// openFolios opens the table of folios, which is made on another goroutine.
func (r *Room) openFolios() {
	if r.folios == nil {
		r.folios = &folioTable{r: r, kind: folios.All}
	}
	t := r.folios
	r.sheet.openFilled(r.s.T("folios.title"), t.build)
	r.sheet.act = t.act
	r.focus(t.field)
	t.reload()
}

// reload looks through the numbers again.
func (t *folioTable) reload() {
	o := t.r.s.Dossier.Outline()
	t.r.s.Folios.Table(func(made folios.Table) {
		if o != t.r.s.Dossier.Outline() || t.head == nil {
			return
		}
		t.all = made.Rows
		t.head.SetText(t.summary(made.Numbering))
		t.head.Importance = widget.MediumImportance
		if made.Numbering.Odd() > 0 {
			t.head.Importance = widget.WarningImportance
		}
		t.head.Refresh()
		t.show()
	})
}

func (t *folioTable) build() fyne.CanvasObject {
	t.head, t.empty = widgets.Prose(t.r.s.T("folios.reading")), widgets.Prose("")
	t.empty.Alignment = fyne.TextAlignCenter
	t.field = widgets.NewField(t.r.s.T("folios.filter"))
	t.field.OnChanged = func(string) { t.show() }
	t.field.OnEscape = t.r.sheet.Close
	t.field.OnChord = func(c keys.Chord) bool { return t.heads.Key(c) || t.r.sheet.chord(c) }
	t.field.OnDown = func() { t.list.choose(t.list.at + 1) }
	t.field.OnUp = func() { t.list.choose(t.list.at - 1) }
	t.field.OnReturn = func() { t.goTo(t.list.at) }
	t.filter = widgets.NewButton("", nil, widgets.Plain, nil)
	t.filter.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, k := range folios.Kinds {
			items = append(items, fyne.NewMenuItem(t.r.s.T("folio-kind."+string(k)), func() { t.setKind(k) }))
		}
		widgets.Menu(t.filter, items...)
	}
	more := widgets.NewButton(t.r.s.T("folios.more"), nil, widgets.Primary, nil)
	more.Hint = "Tab"
	more.OnTapped = func() { widgets.Menu(more, t.actions()...) }
	t.field.OnTab = func(back bool) {
		if back {
			t.nextKind()
		} else {
			more.OnTapped()
		}
	}
	t.list = newPicks(func(i int) [4]string {
		return t.cells(t.rows[i])
	}, t.goTo)
	var labels []string
	for _, key := range folioColumns {
		labels = append(labels, t.r.s.T(key))
	}
	by, down := widgets.Unsorted, false
	if t.heads != nil {
		by, down = t.heads.By()
	}
	t.heads = widgets.NewHeads(pickColumns{}, widgets.Unsorted, func() {
		t.show()
		t.r.focus(t.field)
	}, labels...)
	t.heads.Set(by, down)
	top := container.NewVBox(t.head, t.stated(),
		container.NewBorder(nil, nil, nil, container.NewHBox(t.filter, more), t.field), t.heads.Content(), widgets.Rule())
	t.show()
	return container.NewBorder(top, widgets.Small(t.r.s.T("folios.keys")), nil, nil, container.NewStack(t.list.rows, container.NewCenter(container.NewGridWrap(fyne.NewSize(620, 90), t.empty))))
}

// stated is the row in which the count of the indictment is typed.
func (t *folioTable) stated() fyne.CanvasObject {
	box := container.NewHBox(notCut(t.r.s.T("folios.stated")))
	o := t.r.s.Dossier.Outline()
	for _, series := range library.AllSeries {
		if series != library.SeriesNone && o.Cover().Stated.Of(series) == 0 && !t.uses(series) {
			continue
		}
		if series != library.SeriesNone {
			box.Add(notCut(t.r.s.T("series." + string(series))))
		}
		stated := t.r.sheet.field("folios.stated-hint", func() string {
			if n := t.r.s.Dossier.Outline().Cover().Stated.Of(series); n > 0 {
				return strconv.Itoa(n)
			}
			return ""
		}, func(text string) {
			n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(text), "0"))
			if err != nil {
				t.r.s.Notices.TellText(t.r.s.T("folios.no-count", "typed", text), true)
				return
			}
			c := t.r.s.Dossier.Outline().Cover()
			c.Stated = c.Stated.With(series, n)
			if t.r.s.Edits.Edit(t.r.s.Dossier.Outline().SetAll("cover", c)) {
				t.reload()
			}
		})
		stated.Value = true
		box.Add(container.NewGridWrap(fyne.NewSize(120, theme.Target), stated))
	}
	return box
}

// uses tells whether pages of the case are bound to a series.
func (t *folioTable) uses(series library.Series) bool {
	for _, b := range t.r.s.Dossier.Outline().Bindings() {
		if b.Series == series {
			return true
		}
	}
	return false
}

func (t *folioTable) actions() []*fyne.MenuItem {
	r, page := t.r, t.page()
	number := r.s.T("number.open-at", "name", r.s.Labels.Name(page))
	return []*fyne.MenuItem{
		widgets.Item(number, keys.Hint(r.s.In(), keys.Prepare, keys.NumberPages), func() { r.openNumbering(page) }),
		fyne.NewMenuItem(r.s.T("renumber.open"), func() { r.openRenumbering(page) }),
		fyne.NewMenuItem(r.s.T("binding.open"), func() { r.openBinding(page) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(r.s.T("proposals.open-top"), func() { r.openProposals(numbering.CornerTop) }),
		fyne.NewMenuItem(r.s.T("proposals.open-bottom"), func() { r.openProposals(numbering.CornerBottom) }),
		fyne.NewMenuItem(r.s.T("list.open"), r.chooseList),
	}
}

// page is the one that an action of the table is of: the chosen row's, where no row is listed the one looked at.
func (t *folioTable) page() library.PageID {
	if at := t.list.at; at < len(t.rows) {
		return t.rows[at].Page
	}
	return t.r.s.Study.Current().Page
}

// act does an action of the room's on the chosen row, and tells whether it is one that the table has.
func (t *folioTable) act(a keys.Action) bool {
	if a == keys.NumberPages {
		t.r.openNumbering(t.page())
		return true
	}
	return false
}

func (t *folioTable) nextKind() {
	for i, k := range folios.Kinds {
		if k == t.kind {
			t.setKind(folios.Kinds[(i+1)%len(folios.Kinds)])
			return
		}
	}
}

func (t *folioTable) setKind(k folios.Kind) {
	t.kind = k
	t.show()
	t.r.focus(t.field)
}

// compare orders rows by a column: folios as numbers, words as names of files are.
func (t *folioTable) compare(column int, a, b folios.Row) int {
	if column == 2 {
		return cmp.Compare(a.Folios.First.Number, b.Folios.First.Number)
	}
	return library.NaturalCompare(t.cells(a)[column], t.cells(b)[column])
}

// show lists the rows of the chosen kind that have the words typed.
func (t *folioTable) show() {
	filter := library.NewFilter(t.field.Text)
	count := map[folios.Kind]int{}
	t.rows = nil
	for _, row := range t.all {
		if !row.Match(filter) {
			continue
		}
		count[row.Kind]++
		count[folios.All]++
		if t.kind == folios.All || t.kind == row.Kind {
			t.rows = append(t.rows, row)
		}
	}
	widgets.Sort(t.heads, t.rows, t.compare)
	t.filter.SetLabel(t.r.s.T("folio-kind."+string(t.kind)) + " (" + t.r.s.Number(count[t.kind]) + ") ▾")
	t.list.reload(len(t.rows))
	key := "folios.none"
	if len(t.all) > 0 {
		key = "folios.none-such"
	}
	t.empty.SetText(t.r.s.T(key))
	widgets.Show(t.empty, len(t.rows) == 0)
}

// goTo closes the table and looks at the page of a row.
func (t *folioTable) goTo(i int) {
	if i < 0 || i >= len(t.rows) {
		return
	}
	page := t.rows[i].Page
	t.r.sheet.Close()
	t.r.s.Study.Select(page)
}

func (t *folioTable) summary(n numbering.Numbering) string {
	gaps, doubles := 0, 0
	for _, v := range n.Volumes {
		gaps, doubles = gaps+len(v.Gaps), doubles+len(v.Doubles)
	}
	text := t.r.s.T("folios.summary", "pages", len(t.r.s.Dossier.Pages()), "gaps", gaps, "doubles", doubles, "bare", len(n.Unnumbered))
	for _, s := range n.Stated {
		text += " " + label.Stated(t.r.s.In(), s)
	}
	return text
}

// cells are a row in words.
func (t *folioTable) cells(row folios.Row) [4]string {
	s := t.r.s
	cells := [4]string{s.T("folio-kind." + string(row.Kind)), cmp.Or(label.Bound(s.In(), row.Bound), s.T("folios.no-volume"))}
	if row.Folios.First == row.Folios.Last {
		cells[2] = folioOr(s.In(), row.Folios.First)
	} else {
		cells[2] = s.T("folio", "folio", row.Folios.String())
	}
	switch row.Kind {
	case folios.Volume:
		cells[3] = s.T("folios.volume", "count", row.Count)
	case folios.Gap:
		key := "folios.gap-before"
		if row.After {
			key = "folios.gap-after"
		}
		cells[3] = s.T(key, "count", row.Count, "name", s.Labels.Name(row.Page))
	case folios.Double:
		cells[3] = strconv.Itoa(row.Nth) + "/" + strconv.Itoa(row.Count) + "   " + s.Labels.FullName(row.Page)
	case folios.Bare:
		text := s.T("folios.bare-page", "page", row.Page.Index+1)
		if row.Count > 1 {
			text = s.T("folios.bare-pages", "first", row.Page.Index+1, "last", row.Page.Index+row.Count, "count", row.Count)
		}
		cells[3] = library.ReadableName(row.Page.Path) + "   " + text
	case folios.Unread:
		cells[3] = s.Labels.FaultText(row.Page)
	case folios.All:
	}
	return cells
}

// chooseList asks for a mục lục and shows what it would make of the case.
func (r *Room) chooseList() {
	r.choose.ChooseFile("list.which", []string{".csv", ".xlsx"}, func(file string) { r.s.Exchange.ReadList(file, r.openList) })
}

// picks is a list of rows of four cells of which one is chosen.
type picks struct {
	rows   *widgets.Rows
	at, n  int
	cells  func(i int) [4]string
	picked func(i int)
}

func newPicks(cells func(i int) [4]string, picked func(i int)) *picks {
	p := &picks{rows: widgets.NewRows(), cells: cells, picked: picked}
	p.rows.Count = func() int { return p.n }
	p.rows.Height = func(int) float32 { return theme.Target }
	p.rows.Make = func() fyne.CanvasObject { return newPickLine(p) }
	p.rows.Fill = func(i int, o fyne.CanvasObject) { o.(*pickLine).show(i) }
	p.rows.Reload()
	return p
}

// reload is called when there are n other rows.
func (p *picks) reload(n int) {
	p.n = n
	p.at = max(0, min(p.at, n-1))
	p.rows.Reload()
}

// choose moves to a row and brings it into sight.
func (p *picks) choose(i int) {
	if i < 0 || i >= p.n {
		return
	}
	p.at = i
	p.rows.Reload()
	p.rows.Reveal(i)
}

// pickLine is a row of picks.
type pickLine struct {
	widget.BaseWidget
	p      *picks
	i      int
	ground *canvas.Rectangle
	cells  [4]*widget.Label
	box    *fyne.Container
}

// pickShares are the parts of the width that the cells take.
var pickShares = [4]float32{0.13, 0.17, 0.15, 0.55}

func newPickLine(p *picks) *pickLine {
	l := &pickLine{p: p, ground: canvas.NewRectangle(theme.Color(theme.Ground))}
	l.ground.CornerRadius = theme.Radius
	cells := make([]fyne.CanvasObject, len(l.cells))
	for i := range l.cells {
		l.cells[i] = widgets.Line("")
		cells[i] = l.cells[i]
	}
	l.box = container.NewStack(l.ground, container.New(pickColumns{}, cells...))
	l.ExtendBaseWidget(l)
	return l
}

func (l *pickLine) show(i int) {
	l.i = i
	l.ground.FillColor = theme.Color(theme.Ground)
	if i == l.p.at {
		l.ground.FillColor = theme.Faint(theme.Accent, 0.3)
	}
	l.ground.Refresh()
	for k, text := range l.p.cells(i) {
		l.cells[k].SetText(text)
	}
}

// CreateRenderer implements [fyne.Widget].
func (l *pickLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }

// Tapped implements [fyne.Tappable].
func (l *pickLine) Tapped(*fyne.PointEvent) { l.p.picked(l.i) }

// pickHeads are the headings of the cells, by their keys.
func pickHeads(in i18n.Catalogue, keys ...string) fyne.CanvasObject {
	var heads []fyne.CanvasObject
	for _, k := range keys {
		heads = append(heads, widgets.Small(in.T(k)))
	}
	return container.New(pickColumns{}, heads...)
}

// pickColumns lays out the cells of a row by their shares.
type pickColumns struct{}

// MinSize implements [fyne.Layout].
func (pickColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, theme.Target) }

// Layout implements [fyne.Layout].
func (pickColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		w := size.Width * pickShares[i]
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}
