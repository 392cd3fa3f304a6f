package register

import (
	"cmp"
	"slices"
	"strings"

	"butluc/library"
)

// Order is by what a list is sorted.
type Order string

// The orders.
const (
	ByDue        Order = "due" // the earliest first; without one last
	ByNumber     Order = "number"
	ByTitle      Order = "title"
	ByKind       Order = "kind"
	ByProsecutor Order = "prosecutor"
	ByStage      Order = "stage"
	ByScanned    Order = "scanned"
	ByOutline    Order = "outline"
	ByHearing    Order = "hearing"
)

// List is the rows made ready to be searched and sorted as one types. Make one when rows changed.
type List struct {
	rows  []Row
	words []string // of each row, folded
	keys  map[Order]func(i, k int) int
	today string
}

// NewList makes a list; words, which may be nil, gives more words to find a row by, say of its kind in the window's language.
func NewList(rows []Row, today string, words func(Row) string) *List {
	l := &List{rows: rows, today: today, words: make([]string, len(rows))}
	for i, r := range rows {
		f := r.Facts
		text := []string{f.Number, f.Title, f.Office, f.Prosecutor, f.Court}
		text = append(text, library.DocketTexts.Words(f.Docket))
		for _, e := range f.Docket.Events {
			text = append(text, e.Text, e.Place)
		}
		if words != nil {
			text = append(text, words(r))
		}
		l.words[i] = library.Fold(strings.Join(text, "\n"))
	}
	l.keys = l.orders()
	return l
}

// Rows are all of them, as they were handed in. They are not to be written to.
func (l *List) Rows() []Row { return l.rows }

// Find gives the rows that have what is typed, accents or not, and are of a kind, "" for any; sorted, the last first where
// back is told.
func (l *List) Find(typed string, kind Kind, by Order, back bool) []Row {
	filter := library.NewFilter(typed)
	var found []int
	for i, r := range l.rows {
		if (kind == "" || r.Facts.Kind == kind) && (filter.IsZero() || filter.Match(l.words[i])) {
			found = append(found, i)
		}
	}
	compare := l.keys[by]
	if compare == nil {
		compare = l.keys[ByDue]
	}
	slices.SortStableFunc(found, func(a, b int) int {
		if back {
			return compare(b, a)
		}
		return compare(a, b)
	})
	rows := make([]Row, len(found))
	for i, at := range found {
		rows[i] = l.rows[at]
	}
	return rows
}

// orders are the comparisons, with what they compare worked out once.
func (l *List) orders() map[Order]func(a, b int) int {
	text := func(of func(Row) string) func(a, b int) int {
		folded := make([]string, len(l.rows))
		for i, r := range l.rows {
			folded[i] = library.Fold(of(r))
		}
		return func(a, b int) int { return emptyLast(folded[a], folded[b]) }
	}
	number := func(of func(Row) int) func(a, b int) int {
		return func(a, b int) int { return cmp.Compare(of(l.rows[a]), of(l.rows[b])) }
	}
	return map[Order]func(a, b int) int{
		ByDue: text(func(r Row) string {
			day, _, _ := r.Facts.Due()
			return day
		}),
		ByNumber: func(a, b int) int {
			x, y := l.rows[a].Facts.Number, l.rows[b].Facts.Number
			switch {
			case x == y:
				return 0
			case x == "" || y == "":
				return emptyLast(x, y)
			case library.NaturalLess(x, y):
				return -1
			}
			return 1
		},
		ByTitle:      text(func(r Row) string { return r.Facts.Title }),
		ByProsecutor: text(func(r Row) string { return r.Facts.Prosecutor }),
		ByKind:       number(func(r Row) int { return slices.Index(Kinds, r.Facts.Kind) }),
		ByStage:      number(func(r Row) int { return slices.Index(library.Stages, r.Facts.Docket.Stage) }),
		ByScanned:    number(func(r Row) int { return r.Found.Scanned }),
		ByOutline:    number(func(r Row) int { return slices.Index(Outlines, r.Found.Outline) }),
		ByHearing: text(func(r Row) string {
			e, _ := r.Hearing(l.today)
			return e.Day
		}),
	}
}

// emptyLast compares two texts, of which what is empty comes last.
func emptyLast(a, b string) int {
	if (a == "") != (b == "") {
		return -cmp.Compare(len(a), len(b))
	}
	return cmp.Compare(a, b)
}
