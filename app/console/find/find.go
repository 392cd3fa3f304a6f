// Package find looks for words in the text of the case.
package find

import (
	"cmp"
	"context"
	"errors"
	"image"
	"log/slog"
	"slices"
	"time"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/hearing"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
)

// mostFound is how many pages a search lists at most.
const mostFound = 300

// Result is what is looked for in the text of the case, and what was found.
type Result struct {
	Typed  string
	Pages  []casefile.Found // as they are listed
	More   bool             // than are listed
	Busy   bool             // what was typed last is being looked for
	Failed bool
	Unread bool             // not what was found is listed, but pages with writing that could not be read
	By     Order            // how they are listed
	Back   bool             // the last first
	Carry  bool             // highlights go along to the outline and the court
	Pair   []library.PageID // to be seen side by side: two at most
}

// Order is by what pages are listed that were found.
type Order int

// The orders.
const (
	ByMatch Order = iota // the best first
	ByFolio              // as they stand in the case
	ByDate               // the person's statements first, each by its date; what has none last
)

// Search looks for words in the text of the case.
type Search struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	edits    *dossier.Edits
	stage    *stage.Stage
	pictures *study.Pictures
	reading  *dossier.Reading
	control  *hearing.Control
	study    *study.Study
	events   *event.Bus
	notices  *notice.Bar

	Result
	best   []casefile.Found // as they were found
	cancel context.CancelFunc
	lit    casefile.Found // the page that was gone to: its words are highlighted in Prepare
	shown  bool           // somebody looks at what was found
	read   int            // pages whose text was read when it was looked for
	again  bool           // more was read meanwhile
}

// Deps are what a search works with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Edits    *dossier.Edits
	Stage    *stage.Stage
	Pictures *study.Pictures
	Reading  *dossier.Reading
	Control  *hearing.Control
	Study    *study.Study
	Events   *event.Bus
	Notices  *notice.Bar
}

// New makes the search of a case: nothing is looked for.
func New(d Deps) *Search {
	return &Search{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits, stage: d.Stage, pictures: d.Pictures,
		reading: d.Reading, control: d.Control, study: d.Study, events: d.Events, notices: d.Notices,
	}
}

// Found is what is looked for, and what was found.
func (f *Search) Found() Result { return f.Result }

// Find looks for words in the text of the case. What was looked for before is given up; FoundChanged tells
// when there is more to see.
func (f *Search) Find(typed string) {
	if f.dossier.File() == nil || typed == f.Typed && !f.Failed && !f.Unread {
		return
	}
	if f.cancel != nil {
		f.cancel()
	}
	f.Typed, f.Busy, f.Failed, f.Unread, f.shown = typed, typed != "", false, false, true
	f.read, f.again = f.reading.Text().Done, false
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	go f.findIn(ctx, f.dossier.File(), typed)
	f.events.Changed(event.FoundChanged)
}

// Refresh is Again while somebody looks at what was found.
func (f *Search) Refresh() {
	if f.shown {
		f.Again()
	}
}

// Again looks for the same words once more, where more pages were read since. What was found stays listed
// meanwhile. While they are being looked for, it waits for that.
func (f *Search) Again() {
	f.shown = true
	f.again = f.Typed != "" && f.reading.Text().Done != f.read
	if !f.again || f.Busy {
		return
	}
	typed := f.Typed
	f.Typed = ""
	f.Find(typed)
}

func (f *Search) findIn(ctx context.Context, of *casefile.Case, typed string) {
	pages, err := of.Find(ctx, typed, mostFound)
	f.events.Post(func() {
		if f.dossier.File() != of || f.Typed != typed || errors.Is(err, context.Canceled) {
			return
		}
		if err != nil {
			slog.Warn("find in text", "typed", typed, "err", err)
		}
		f.best, f.More, f.Busy, f.Failed = pages.Pages, pages.More, false, err != nil
		f.order()
		if f.again && f.shown {
			f.Again()
		}
	})
}

// SetOrder lists what was found in an order; back: the last first.
func (f *Search) SetOrder(by Order, back bool) {
	f.By, f.Back = by, back
	f.order()
}

func (f *Search) order() {
	f.Pages = slices.Clone(f.best)
	switch {
	case f.By == ByMatch && f.Back:
		slices.Reverse(f.Pages)
	case f.By == ByFolio:
		slices.SortStableFunc(f.Pages, func(a, b casefile.Found) int { return f.turned(f.comparePlaces(a, b)) })
	case f.By == ByDate:
		at := make(map[library.PageID]time.Time, len(f.Pages))
		for _, p := range f.Pages {
			at[p.Page], _ = f.dossier.DateOf(p.Page)
		}
		slices.SortStableFunc(f.Pages, func(a, b casefile.Found) int {
			x, y := at[a.Page], at[b.Page]
			return cmp.Or(compareBool(b.Statement, a.Statement), compareBool(x.IsZero(), y.IsZero()), f.turned(x.Compare(y)), f.comparePlaces(a, b))
		})
	}
	f.events.Changed(event.FoundChanged)
}

// turned is an order the other way round, where that is wanted.
func (f *Search) turned(order int) int {
	if f.Back {
		return -order
	}
	return order
}

// comparePlaces orders pages as they stand in the case.
func (f *Search) comparePlaces(a, b casefile.Found) int {
	return cmp.Or(cmp.Compare(f.dossier.Place(a.Page), f.dossier.Place(b.Page)), cmp.Compare(a.Page.Index, b.Page.Index))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// SetCarry lets highlights of what was found go along to the outline and the court, or not.
func (f *Search) SetCarry(carry bool) {
	f.Carry = carry
	f.events.Changed(event.FoundChanged)
}

// Go looks at a page that was found: in Prepare with the words highlighted, in a running trial in Preview,
// where highlights are only if they go along.
func (f *Search) Go(found casefile.Found) {
	f.lit = found
	pane := f.foundPane(found)
	f.study.Show(pane)
	if f.stage.Running() {
		if pane.Marks.IsZero() {
			f.control.Preview(found.Page)
		} else {
			f.control.Do(presenter.Call{Shot: library.Shot{}.Add(pane)})
		}
	}
	f.events.Changed(event.PageChanged)
}

// foundPane is a page that was found as it goes to the outline and the court.
func (f *Search) foundPane(found casefile.Found) library.Pane {
	pane := library.Pane{Page: found.Page}
	if f.Carry {
		pane.Marks = f.litMarks(found)
	}
	return pane
}

// Pane is the page that is looked at as it goes to the outline: with the words that were found on it
// highlighted, where they go along.
func (f *Search) Pane() library.Pane {
	pane := f.study.Current()
	if f.lit.Page == pane.Page {
		pane.Marks = f.foundPane(f.lit).Marks
	}
	return pane
}

// litMarks highlight the words that were found on a page.
func (f *Search) litMarks(found casefile.Found) library.Marks {
	if len(found.Boxes) == 0 {
		return library.Marks{}
	}
	upright := f.dossier.PagesNow().Of(found.Page).Upright
	m := library.Mark{Kind: library.MarkHighlight}
	for _, box := range found.Boxes[:min(len(found.Boxes), library.MaxPoints/2)] {
		a, b := box.Turned(int(upright)).Corners()
		m.Points = append(m.Points, a, b)
	}
	return library.MarksOf(m)
}

// Compare puts a page that was found beside another, or takes it away again. Once there are two they are
// looked at side by side, their words highlighted; in a running trial they are in Preview.
func (f *Search) Compare(found casefile.Found) {
	if i := slices.Index(f.Pair, found.Page); i >= 0 {
		f.Pair = slices.Delete(slices.Clone(f.Pair), i, i+1)
	} else {
		f.Pair = append(slices.Clone(f.Pair[max(0, len(f.Pair)-1):]), found.Page)
	}
	if len(f.Pair) < 2 {
		f.Go(found)
		f.events.Changed(event.FoundChanged)
		return
	}
	f.lit = casefile.Found{}
	pair := library.Shot{}
	for _, p := range f.Pair {
		pane := library.Pane{Page: p}
		if i := slices.IndexFunc(f.best, func(b casefile.Found) bool { return b.Page == p }); i >= 0 {
			pane.Marks = f.litMarks(f.best[i])
		}
		pair = pair.Add(pane)
	}
	f.study.ShowPair(pair)
	if f.stage.Running() {
		f.control.Do(presenter.Call{Shot: f.pairShot()})
	}
	f.events.Changed(event.PageChanged | event.FoundChanged)
}

// pairShot is the pair as it goes to the outline and the court.
func (f *Search) pairShot() library.Shot {
	shot := f.study.Pair()
	if !f.Carry {
		for i := range int(shot.Count) {
			shot.Panes[i].Marks = library.Marks{}
		}
	}
	return shot
}

// PairShot is the pair that is looked at, as it goes to the outline; ok is false while there is none.
func (f *Search) PairShot() (shot library.Shot, ok bool) {
	pair := f.study.Pair()
	return f.pairShot(), pair.Count == 2 && pair.Shows(f.study.Current().Page) && f.study.Step() == ""
}

// FlagPair flags both pages of the pair as contradicting each other, as one edit.
func (f *Search) FlagPair() {
	shot, ok := f.PairShot()
	if !ok {
		return
	}
	a, b := shot.Panes[0].Page, shot.Panes[1].Page
	flag := func(p, other library.PageID) library.PageNote {
		n := f.dossier.Outline().Note(p)
		n.Flag = library.FlagContradiction
		line := f.lang.T("find.contradicts", "name", f.labels.Name(other))
		switch {
		case n.Text == "":
			n.Text = line
		default:
			n.Text += "; " + line
		}
		return n
	}
	if f.edits.Edit(f.dossier.Outline().SetAll("flag", flag(a, b), flag(b, a))) {
		f.notices.TellText(f.lang.T("find.flagged", "a", f.labels.Short(a), "b", f.labels.Short(b)), false)
	}
}

// Line is the picture of the line where something was found, to fit into box (device pixels), and the part
// of the page, once upright, that it shows. It is wished for where it is not there yet, and ThumbChanged tells when
// it is. The error says that there will be none.
func (f *Search) Line(found casefile.Found, box image.Point) (picture *image.RGBA, part library.Rect, err error) {
	if found.Line == (library.Rect{}) {
		return nil, library.Rect{}, nil
	}
	aspect := f.pictures.Aspect(library.Pane{Page: found.Page})
	if aspect == 0 {
		aspect = 1 / 1.414 // of a sheet, until it is known
	}
	part = lineView(found.Line.Turned(int(f.dossier.PagesNow().Of(found.Page).Upright)), aspect, float64(box.X)/float64(max(box.Y, 1)))
	picture, err = f.pictures.PaneThumb(library.Pane{Page: found.Page, View: part}, box)
	return picture, part, err
}

// lineView is the part of a page around a line of text that fills a box: page and box are proportions, width to
// height. A short line is shown with what is around it rather than larger than its neighbours.
func lineView(line library.Rect, page, box float64) library.Rect {
	const margin, least = 0.02, 0.45 // of the page's width
	w := min(1, max(line.X1-line.X0+2*margin, least))
	h := min(1, w*page/box)
	x := (line.X0+line.X1)/2 - w/2
	y := (line.Y0+line.Y1)/2 - h/2
	x, y = max(0, min(x, 1-w)), max(0, min(y, 1-h))
	return library.Rect{X0: x, Y0: y, X1: min(1, x+w), Y1: min(1, y+h)}
}

// LitIn are the words that were found on a page in a part of it, 0..1 of that part.
func (f *Search) LitIn(found casefile.Found, part library.Rect) []library.Rect {
	upright := int(f.dossier.PagesNow().Of(found.Page).Upright)
	w, h := part.X1-part.X0, part.Y1-part.Y0
	var lit []library.Rect
	for _, box := range found.Boxes {
		b := box.Turned(upright)
		b = library.Rect{X0: max(0, (b.X0-part.X0)/w), Y0: max(0, (b.Y0-part.Y0)/h), X1: min(1, (b.X1-part.X0)/w), Y1: min(1, (b.Y1-part.Y0)/h)}
		if b.X0 < b.X1 && b.Y0 < b.Y1 {
			lit = append(lit, b)
		}
	}
	return lit
}

// LitHere highlights the words found on the page that is looked at.
func (f *Search) LitHere() library.Marks {
	if f.lit.Page != f.study.Current().Page {
		return library.Marks{}
	}
	return f.litMarks(f.lit)
}

// Leave lets the page be looked at without highlights; what was found is kept.
func (f *Search) Leave() {
	f.lit, f.Pair, f.shown = casefile.Found{}, nil, false
	f.study.Part()
	f.events.Changed(event.PageChanged | event.FoundChanged)
}

// ListUnread lists the pages with writing that could not be read, in the place of what was found.
func (f *Search) ListUnread() {
	if f.cancel != nil {
		f.cancel()
	}
	f.Result = Result{Unread: true, Carry: f.Carry, By: f.By, Back: f.Back}
	f.best = nil
	for _, p := range f.dossier.File().UnreadPages() {
		f.best = append(f.best, casefile.Found{Page: p, Text: f.dossier.Outline().Note(p).Text, Noted: f.dossier.Outline().Note(p).Text != ""})
	}
	f.order()
}
