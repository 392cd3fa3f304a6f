package prepare

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/library"
)

// folioKind is what a row of the table of folios tells.
type folioKind string

// The kinds; each has a word under the key "folio-kind." + its name.
const (
	folioAll    folioKind = "all" // every kind, in the choice of what is listed
	folioGap    folioKind = "gap"
	folioDouble folioKind = "double"
	folioBare   folioKind = "bare"
	folioVolume folioKind = "volume"
)

var folioKinds = []folioKind{folioAll, folioGap, folioDouble, folioBare, folioVolume}

// folioRow is a gap, one of the pages of a double, pages without a number that follow each other, or a volume.
type folioRow struct {
	kind   folioKind
	volume string
	folio  string
	page   library.PageID // where Enter goes
	text   string
}

// folioTable is the table of how the pages are numbered. The field in it has the keyboard.
type folioTable struct {
	r      *Room
	all    []folioRow
	rows   []folioRow // that are listed
	kind   folioKind
	field  *widgets.Field
	filter *widgets.Button
	head   *widget.Label
	empty  *widget.Label
	list   *picks
}

// openFolios opens the table of folios, which is made on another goroutine.
func (r *Room) openFolios() {
	if r.folios == nil {
		r.folios = &folioTable{r: r, kind: folioAll}
	}
	t := r.folios
	r.sheet.openFilled(words.T("folios.title"), t.build)
	r.focus(t.field)
	t.reload()
}

// reload looks through the numbers again.
func (t *folioTable) reload() {
	o := t.r.s.Outline()
	t.r.s.Numbering(func(n library.Numbering) {
		if o == t.r.s.Outline() && t.head != nil {
			t.all = t.rowsOf(n)
			t.head.SetText(t.summary(n))
			t.head.Importance = widget.MediumImportance
			if n.Odd() > 0 {
				t.head.Importance = widget.WarningImportance
			}
			t.head.Refresh()
			t.show()
		}
	})
}

func (t *folioTable) build() fyne.CanvasObject {
	t.head, t.empty = widgets.Prose(words.T("folios.reading")), widgets.Prose("")
	t.empty.Alignment = fyne.TextAlignCenter
	t.field = widgets.NewField(words.T("folios.filter"))
	t.field.OnChanged = func(string) { t.show() }
	t.field.OnEscape = t.r.sheet.Close
	t.field.OnDown = func() { t.list.choose(t.list.at + 1) }
	t.field.OnUp = func() { t.list.choose(t.list.at - 1) }
	t.field.OnReturn = func() { t.goTo(t.list.at) }
	t.filter = widgets.NewButton("", nil, widgets.Plain, nil)
	t.filter.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, k := range folioKinds {
			items = append(items, fyne.NewMenuItem(words.T("folio-kind."+string(k)), func() { t.setKind(k) }))
		}
		widgets.Menu(t.filter, items...)
	}
	more := widgets.NewButton(words.T("folios.more"), nil, widgets.Primary, nil)
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
		row := t.rows[i]
		return [4]string{words.T("folio-kind." + string(row.kind)), row.volume, row.folio, row.text}
	}, t.goTo)
	top := container.NewVBox(t.head, t.stated(),
		container.NewBorder(nil, nil, nil, container.NewHBox(t.filter, more), t.field))
	t.show()
	return container.NewBorder(top, widgets.Small(words.T("folios.keys")), nil, nil, container.NewStack(t.list.rows, container.NewCenter(container.NewGridWrap(fyne.NewSize(620, 90), t.empty))))
}

// stated is the row in which the count of the indictment is typed.
func (t *folioTable) stated() fyne.CanvasObject {
	box := container.NewHBox(notCut(words.T("folios.stated")))
	o := t.r.s.Outline()
	for _, series := range library.AllSeries {
		if series != library.SeriesNone && o.Cover().Stated.Of(series) == 0 && !t.uses(series) {
			continue
		}
		if series != library.SeriesNone {
			box.Add(notCut(words.T("series." + string(series))))
		}
		box.Add(container.NewGridWrap(fyne.NewSize(120, look.Target), t.r.sheet.field("folios.stated-hint", func() string {
			if n := t.r.s.Outline().Cover().Stated.Of(series); n > 0 {
				return strconv.Itoa(n)
			}
			return ""
		}, func(text string) {
			n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(text), "0"))
			if err != nil {
				t.r.s.TellText(words.T("folios.no-count", "typed", text), true)
				return
			}
			c := t.r.s.Outline().Cover()
			c.Stated = c.Stated.With(series, n)
			if t.r.s.Edit(t.r.s.Outline().SetAll("cover", c)) {
				t.reload()
			}
		})))
	}
	return box
}

// uses tells whether pages of the case are bound to a series.
func (t *folioTable) uses(series library.Series) bool {
	for _, b := range t.r.s.Outline().Bindings() {
		if b.Series == series {
			return true
		}
	}
	return false
}

func (t *folioTable) actions() []*fyne.MenuItem {
	r := t.r
	number := fyne.NewMenuItem(words.T("number.open")+"    "+keys.Hint(keys.Prepare, keys.NumberPages), r.openNumbering)
	return []*fyne.MenuItem{
		number,
		fyne.NewMenuItem(words.T("renumber.open"), r.openRenumbering),
		fyne.NewMenuItem(words.T("binding.open"), r.openBinding),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.T("proposals.open-top"), func() { r.openProposals(library.CornerTop) }),
		fyne.NewMenuItem(words.T("proposals.open-bottom"), func() { r.openProposals(library.CornerBottom) }),
		fyne.NewMenuItem(words.T("list.open"), r.chooseList),
	}
}

func (t *folioTable) nextKind() {
	for i, k := range folioKinds {
		if k == t.kind {
			t.setKind(folioKinds[(i+1)%len(folioKinds)])
			return
		}
	}
}

func (t *folioTable) setKind(k folioKind) {
	t.kind = k
	t.show()
	t.r.focus(t.field)
}

// show lists the rows of the chosen kind that have the words typed.
func (t *folioTable) show() {
	wanted := strings.Fields(library.Fold(t.field.Text))
	count := map[folioKind]int{}
	t.rows = nil
	for _, row := range t.all {
		if !hasAll(library.Fold(row.volume+" "+row.folio+" "+row.text), wanted) {
			continue
		}
		count[row.kind]++
		count[folioAll]++
		if t.kind == folioAll || t.kind == row.kind {
			t.rows = append(t.rows, row)
		}
	}
	t.filter.SetLabel(words.T("folio-kind."+string(t.kind)) + " (" + words.Number(count[t.kind]) + ") ▾")
	t.list.reload(len(t.rows))
	key := "folios.none"
	if len(t.all) > 0 {
		key = "folios.none-such"
	}
	t.empty.SetText(words.T(key))
	widgets.Show(t.empty, len(t.rows) == 0)
}

func hasAll(text string, wanted []string) bool {
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// goTo closes the table and looks at the page of a row.
func (t *folioTable) goTo(i int) {
	if i < 0 || i >= len(t.rows) {
		return
	}
	page := t.rows[i].page
	t.r.sheet.Close()
	t.r.s.Select(page)
}

func (t *folioTable) summary(n library.Numbering) string {
	gaps, doubles := 0, 0
	for _, v := range n.Volumes {
		gaps, doubles = gaps+len(v.Gaps), doubles+len(v.Doubles)
	}
	text := words.T("folios.summary", "pages", len(t.r.s.Pages()), "gaps", gaps, "doubles", doubles, "bare", len(n.Bare))
	for _, s := range n.Stated {
		text += " " + session.StatedText(s)
	}
	return text
}

// rowsOf are the rows of the table: by volume gaps and doubles, then the pages without a number.
func (t *folioTable) rowsOf(n library.Numbering) []folioRow {
	s := t.r.s
	var rows []folioRow
	for _, v := range n.Volumes {
		name := cmp.Or(session.BoundText(v.Bound), words.T("folios.no-volume"))
		at := t.finder(v.Bound)
		rows = append(rows, folioRow{
			folioVolume, name, words.T("folio", "folio", strconv.Itoa(v.First)+"–"+strconv.Itoa(v.Last)), at(v.First),
			words.T("folios.volume", "count", v.Sheets),
		})
		for _, g := range v.Gaps {
			row := folioRow{kind: folioGap, volume: name, folio: words.T("folio", "folio", g.String()), page: at(g.First.Number - 1)}
			row.text = words.T("folios.gap-after", "count", g.Last.Number-g.First.Number+1, "name", s.Name(row.page))
			if row.page == (library.PageID{}) {
				row.page = at(g.Last.Number + 1)
				row.text = words.T("folios.gap-before", "count", g.Last.Number-g.First.Number+1, "name", s.Name(row.page))
			}
			rows = append(rows, row)
		}
		for _, d := range v.Doubles {
			for i, p := range d.Pages {
				rows = append(rows, folioRow{folioDouble, name, session.FolioText(d.Folio), p, strconv.Itoa(i+1) + "/" + strconv.Itoa(len(d.Pages)) + "   " + s.FullName(p)})
			}
		}
	}
	for bare := n.Bare; len(bare) > 0; {
		p, run := bare[0], 1
		for run < len(bare) && bare[run] == (library.PageID{Path: p.Path, Index: p.Index + run}) {
			run++
		}
		text := words.T("folios.bare-page", "page", p.Index+1)
		if run > 1 {
			text = words.T("folios.bare-pages", "first", p.Index+1, "last", p.Index+run, "count", run)
		}
		rows = append(rows, folioRow{folioBare, session.BoundText(s.Outline().BoundOf(p, s.Index())), "", p, path.Base(p.Path) + "   " + text})
		bare = bare[run:]
	}
	return rows
}

// finder finds the first page with a number among those that count in a place; none where there is none.
func (t *folioTable) finder(b library.Bound) func(number int) library.PageID {
	o, x := t.r.s.Outline(), t.r.s.Index()
	return func(number int) library.PageID {
		for _, c := range o.Complete(strconv.Itoa(number), 200, x) {
			if c.Folio.Number == number && c.Bound == b {
				return c.Page
			}
		}
		return library.PageID{}
	}
}

// chooseList asks for a mục lục and shows what it would make of the case.
func (r *Room) chooseList() {
	r.choose.ChooseFile(words.T("list.which"), []string{".csv", ".xlsx"}, func(file string) { r.s.ReadList(file, r.openList) })
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
	p.rows.Height = func(int) float32 { return look.Target }
	p.rows.Make = func() fyne.CanvasObject { return newPickLine(p) }
	p.rows.Fill = func(i int, o fyne.CanvasObject) { o.(*pickLine).show(i) }
	p.rows.Reload()
	return p
}

// reload takes that there are n other rows.
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
	l := &pickLine{p: p, ground: canvas.NewRectangle(look.Color(look.Ground))}
	l.ground.CornerRadius = look.Radius
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
	l.ground.FillColor = look.Color(look.Ground)
	if i == l.p.at {
		l.ground.FillColor = look.Faint(look.Accent, 0.3)
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
func pickHeads(keys ...string) fyne.CanvasObject {
	var heads []fyne.CanvasObject
	for _, k := range keys {
		heads = append(heads, widgets.Small(words.T(k)))
	}
	return container.New(pickColumns{}, heads...)
}

// pickColumns lays out the cells of a row by their shares.
type pickColumns struct{}

// MinSize implements [fyne.Layout].
func (pickColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, look.Target) }

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
