package study

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	listed "butluc/app/console/excerpts"
	"butluc/app/console/label"
	"butluc/app/keys"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// table is the excerpts, one a line, in the order of the case's documents until a head is clicked.
type table struct {
	r     *Room
	rows  []listed.Row
	at    int
	heads *widgets.Heads
	list  *widgets.Rows
	empty *widget.Label
	box   *fyne.Container
}

func newTable(r *Room) *table {
	t := &table{r: r, list: widgets.NewRows(), empty: widgets.Prose("")}
	s := r.s
	t.heads = widgets.NewHeads(headLayout{}, widgets.Unsorted, r.update,
		s.T("excerpt-column.page"), s.T("excerpt-column.person"), s.T("excerpt-column.text"), s.T("excerpt-column.side"), s.T("excerpt-column.matters"))
	t.list.Count = func() int { return len(t.rows) }
	t.list.Height = func(int) float32 { return excerptTall }
	t.list.Make = func() fyne.CanvasObject {
		return newLine(tableColumns, func(i, _ int) {
			t.at = i
			t.r.choose(t.rows[i].Excerpt.ID)
		})
	}
	t.list.Fill = func(i int, o fyne.CanvasObject) { o.(*line).show(i, t.face(i)) }
	t.empty.Importance = widget.LowImportance
	t.box = container.NewBorder(container.NewVBox(t.heads.Content(), widgets.Rule()), nil, nil, nil,
		container.NewStack(t.list, container.NewVBox(widgets.Inset(24, t.empty))))
	return t
}

func (t *table) content() fyne.CanvasObject { return t.box }

func (t *table) matter() library.ID { return "" }

func (t *table) across(int) {}

func (t *table) reload() {
	t.rows = slices.Clone(t.r.s.Excerpts.Filtered(t.r.filter))
	widgets.Sort(t.heads, t.rows, compareRows)
	e, _ := t.r.s.Excerpts.Chosen()
	if i := slices.IndexFunc(t.rows, func(r listed.Row) bool { return r.Excerpt.ID == e.ID }); i >= 0 {
		t.at = i
	}
	t.at = max(0, min(t.at, len(t.rows)-1))
	s := t.r.s
	switch {
	case len(t.rows) > 0:
		t.empty.SetText("")
	case len(s.Excerpts.Rows()) > 0:
		t.empty.SetText(s.T("study.no-match"))
	default:
		t.empty.SetText(s.T("study.empty", "key", keys.Hint(s.In(), keys.Prepare, keys.Quote), "prepare", keys.Hint(s.In(), keys.Study, keys.GoPrepare)))
	}
	widgets.Show(t.empty, len(t.rows) == 0)
	t.list.Reload()
}

func (t *table) move(by int, edge bool) {
	if len(t.rows) == 0 {
		return
	}
	at := t.at + by
	if _, chosen := t.r.s.Excerpts.Chosen(); !chosen {
		at = t.at
	}
	if edge {
		at = map[bool]int{true: len(t.rows) - 1}[by > 0]
	}
	t.at = max(0, min(at, len(t.rows)-1))
	t.r.choose(t.rows[t.at].Excerpt.ID)
	t.list.Reveal(t.at)
}

// mostText is how many bytes of an excerpt a line is laid out of: more never fit.
const mostText = 400

func (t *table) face(i int) face {
	row := t.rows[i]
	e := row.Excerpt
	chosen, _ := t.r.s.Excerpts.Chosen()
	f := face{whole: true, chosen: -1}
	if e.ID == chosen.ID {
		f.chosen = 0
	}
	picked := slices.Contains(t.r.picked, e.ID)
	f.picked = []bool{picked, picked, picked, picked, picked}
	state, warn := stateText(t.r, row)
	f.cells = []cell{
		{text: row.Name, small: state, warn: warn, tint: theme.Text},
		{text: row.Person, small: row.Date, tint: theme.Text},
		{text: shortText(t.r, row), tint: theme.Text, edge: true, bar: excerpts.SideToken(e.Side)},
		{text: t.r.s.T("side." + label.SideKey(e.Side)), small: strings.Repeat("●", e.Weight), tint: excerpts.SideToken(e.Side)},
		{text: row.Matters, tint: theme.Muted},
	}
	return f
}

// shortText is the beginning of what an excerpt says; of one without words, its note or that it has none.
func shortText(r *Room, row listed.Row) string {
	text := strings.Join(strings.Fields(row.Excerpt.Text[:min(len(row.Excerpt.Text), mostText)]), " ")
	if text == "" {
		return r.s.T("excerpt.no-text")
	}
	return strings.ToValidUTF8(text, "")
}

// stateText says what is to be known of an excerpt's page; warn tells that something is wrong with it.
func stateText(r *Room, row listed.Row) (text string, warn bool) {
	switch row.State {
	case library.PageChanged, library.PageMissing, library.PageAmbiguous, library.PageUnreadable:
		return r.s.T("excerpt.state-" + string(row.State)), true
	case library.PageFound, library.PageMoved, library.PageNoFolio, library.PageShort:
	}
	if row.Hidden {
		return r.s.T("excerpt.hidden"), true
	}
	return "", false
}

// compareRows orders excerpts by a column of the table.
func compareRows(column int, a, b listed.Row) int {
	switch column {
	case 0:
		return library.NaturalCompare(a.Name, b.Name)
	case 1:
		x, _ := library.ParseDate(a.Date)
		y, _ := library.ParseDate(b.Date)
		return cmp.Or(library.NaturalCompare(a.Person, b.Person), x.Compare(y))
	case 2:
		return library.NaturalCompare(a.Excerpt.Text, b.Excerpt.Text)
	case 3:
		return cmp.Or(cmp.Compare(slices.Index(library.Sides, a.Excerpt.Side), slices.Index(library.Sides, b.Excerpt.Side)), cmp.Compare(b.Excerpt.Weight, a.Excerpt.Weight))
	}
	return library.NaturalCompare(a.Matters, b.Matters)
}

// tableColumns are the widths of the table's columns.
func tableColumns(wide float32, n int) []float32 {
	columns := []float32{0.19 * wide, 0.15 * wide, 0, 0.11 * wide, 0.17 * wide}
	columns[2] = wide - columns[0] - columns[1] - columns[3] - columns[4]
	return columns[:min(n, len(columns))]
}

// headLayout lays the heads out as the lines are.
type headLayout struct{}

// MinSize implements [fyne.Layout].
func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, theme.Target) }

// Layout implements [fyne.Layout].
func (headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(theme.Gap)
	for i, wide := range tableColumns(size.Width-2*theme.Gap, len(objects)) {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(wide, size.Height))
		x += wide
	}
}
