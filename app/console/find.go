package console

import (
	"cmp"
	"context"
	"errors"
	"image"
	"log/slog"
	"slices"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
)

// mostFound is how many pages a search lists at most.
const mostFound = 300

// Finding is what is looked for in the text of the case, and what was found.
type Finding struct {
	Typed  string
	Pages  []casefile.Found // as they are listed
	More   bool             // than are listed
	Busy   bool             // what was typed last is being looked for
	Failed bool
	Unread bool             // not what was found is listed, but pages with writing that could not be read
	ByDate bool             // the person's statements first, each by its date; else the best first
	Carry  bool             // highlights go along to the outline and the court
	Pair   []library.PageID // to be seen side by side: two at most
}

// finding is the session's side of it.
type finding struct {
	Finding
	best   []casefile.Found // as they were found
	cancel context.CancelFunc
	lit    casefile.Found // the page that was gone to: its words are highlighted in Prepare
	shown  bool           // somebody looks at what was found
	read   int            // pages whose text was read when it was looked for
	again  bool           // more was read meanwhile
}

// Finding is what is looked for, and what was found.
func (s *Session) Finding() Finding { return s.find.Finding }

// Find looks for words in the text of the case. What was looked for before is given up; FoundChanged tells
// when there is more to see.
func (s *Session) Find(typed string) {
	f := &s.find
	if s.file == nil || typed == f.Typed && !f.Failed && !f.Unread {
		return
	}
	if f.cancel != nil {
		f.cancel()
	}
	f.Typed, f.Busy, f.Failed, f.Unread, f.shown = typed, typed != "", false, false, true
	f.read, f.again = s.TextReading().Done, false
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	go s.findIn(ctx, s.file, typed)
	s.changed(FoundChanged)
}

// FindAgain looks for the same words once more, where more pages were read since. What was found stays listed
// meanwhile. While they are being looked for, it waits for that.
func (s *Session) FindAgain() {
	f := &s.find
	f.shown = true
	f.again = f.Typed != "" && s.TextReading().Done != f.read
	if !f.again || f.Busy {
		return
	}
	typed := f.Typed
	f.Typed = ""
	s.Find(typed)
}

func (s *Session) findIn(ctx context.Context, of *casefile.Case, typed string) {
	pages, err := of.Find(ctx, typed, mostFound)
	s.opt.Post(func() {
		f := &s.find
		if s.file != of || f.Typed != typed || errors.Is(err, context.Canceled) {
			return
		}
		if err != nil {
			slog.Warn("find in text", "typed", typed, "err", err)
		}
		f.best, f.More, f.Busy, f.Failed = pages.Pages, pages.More, false, err != nil
		s.orderFound()
		if f.again && f.shown {
			s.FindAgain()
		}
	})
}

// SetByDate lists what was found by date, or the best first.
func (s *Session) SetByDate(byDate bool) {
	s.find.ByDate = byDate
	s.orderFound()
}

func (s *Session) orderFound() {
	f := &s.find
	f.Pages = f.best
	if f.ByDate {
		f.Pages = slices.Clone(f.best)
		at := make(map[library.PageID]time.Time, len(f.Pages))
		for _, p := range f.Pages {
			at[p.Page], _ = s.DateOf(p.Page)
		}
		slices.SortStableFunc(f.Pages, func(a, b casefile.Found) int {
			return cmp.Or(compareBool(b.Statement, a.Statement), compareDates(at[a.Page], at[b.Page]),
				cmp.Compare(s.places[a.Page.Path], s.places[b.Page.Path]), cmp.Compare(a.Page.Index, b.Page.Index))
		})
	}
	s.changed(FoundChanged)
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

// compareDates orders dates, those that are not known last.
func compareDates(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		return compareBool(a.IsZero(), b.IsZero())
	}
	return a.Compare(b)
}

// DateOf is the date that was entered with the document that a page is in.
func (s *Session) DateOf(p library.PageID) (time.Time, bool) {
	d, _ := s.Document(p)
	return library.ParseDate(d.Date)
}

// SetCarry lets highlights of what was found go along to the outline and the court, or not.
func (s *Session) SetCarry(carry bool) {
	s.find.Carry = carry
	s.changed(FoundChanged)
}

// GoFound looks at a page that was found: in Prepare with the words highlighted, in a running trial in Preview,
// where highlights are only if they go along.
func (s *Session) GoFound(found casefile.Found) {
	s.find.lit, s.pair = found, library.Shot{}
	pane := s.foundPane(found)
	s.step = ""
	s.current = lookOf(pane)
	if s.Running() {
		if pane.Marks.IsZero() {
			s.preview(found.Page)
		} else {
			s.Do(presenter.Call{Shot: library.Shot{}.Add(pane)})
		}
	}
	s.changed(PageChanged)
}

// foundPane is a page that was found as it goes to the outline and the court.
func (s *Session) foundPane(found casefile.Found) library.Pane {
	pane := library.Pane{Page: found.Page}
	if s.find.Carry {
		pane.Marks = s.litMarks(found)
	}
	return pane
}

// FoundPane is the page that is looked at as it goes to the outline: with the words that were found on it
// highlighted, where they go along.
func (s *Session) FoundPane() library.Pane {
	pane := s.current
	if s.find.lit.Page == pane.Page {
		pane.Marks = s.foundPane(s.find.lit).Marks
	}
	return pane
}

// litMarks highlight the words that were found on a page.
func (s *Session) litMarks(found casefile.Found) library.Marks {
	if len(found.Boxes) == 0 {
		return library.Marks{}
	}
	upright := s.pagesNow().Of(found.Page).Upright
	m := library.Mark{Kind: library.MarkHighlight}
	for _, box := range found.Boxes[:min(len(found.Boxes), library.MaxPoints/2)] {
		a, b := box.Turned(int(upright)).Corners()
		m.Points = append(m.Points, a, b)
	}
	return library.MarksOf(m)
}

// PairFound puts a page that was found beside another, or takes it away again. Once there are two they are
// looked at side by side, their words highlighted; in a running trial they are in Preview.
func (s *Session) PairFound(found casefile.Found) {
	f := &s.find
	if i := slices.Index(f.Pair, found.Page); i >= 0 {
		f.Pair = slices.Delete(slices.Clone(f.Pair), i, i+1)
	} else {
		f.Pair = append(slices.Clone(f.Pair[max(0, len(f.Pair)-1):]), found.Page)
	}
	if len(f.Pair) < 2 {
		s.GoFound(found)
		s.changed(FoundChanged)
		return
	}
	s.step, f.lit = "", casefile.Found{}
	s.pair = library.Shot{}
	for _, p := range f.Pair {
		pane := library.Pane{Page: p}
		if i := slices.IndexFunc(f.best, func(b casefile.Found) bool { return b.Page == p }); i >= 0 {
			pane.Marks = s.litMarks(f.best[i])
		}
		s.pair = s.pair.Add(pane)
	}
	s.current = lookOf(s.pair.Panes[1])
	if s.Running() {
		s.Do(presenter.Call{Shot: s.pairShot()})
	}
	s.changed(PageChanged | FoundChanged)
}

// pairShot is the pair as it goes to the outline and the court.
func (s *Session) pairShot() library.Shot {
	shot := s.pair
	if !s.find.Carry {
		for i := range int(shot.Count) {
			shot.Panes[i].Marks = library.Marks{}
		}
	}
	return shot
}

// PairShot is the pair that is looked at, as it goes to the outline; ok is false while there is none.
func (s *Session) PairShot() (shot library.Shot, ok bool) {
	pair := s.pair
	return s.pairShot(), pair.Count == 2 && pair.Shows(s.current.Page) && s.step == ""
}

// FlagPair flags both pages of the pair as contradicting each other, as one edit.
func (s *Session) FlagPair() {
	shot, ok := s.PairShot()
	if !ok {
		return
	}
	a, b := shot.Panes[0].Page, shot.Panes[1].Page
	flag := func(p, other library.PageID) library.PageNote {
		n := s.Outline().Note(p)
		n.Flag = library.FlagContradiction
		line := i18n.T("find.contradicts", "name", s.Name(other))
		switch {
		case n.Text == "":
			n.Text = line
		default:
			n.Text += "; " + line
		}
		return n
	}
	if s.Edit(s.Outline().SetAll("flag", flag(a, b), flag(b, a))) {
		s.TellText(i18n.T("find.flagged", "a", s.Short(a), "b", s.Short(b)), false)
	}
}

// FoundLine is the picture of the line where something was found, to fit into box (device pixels), and the part
// of the page, once upright, that it shows. It is wished for where it is not there yet, and ThumbChanged tells when
// it is. The error says that there will be none.
func (s *Session) FoundLine(found casefile.Found, box image.Point) (picture *image.RGBA, part library.Rect, err error) {
	if found.Line == (library.Rect{}) {
		return nil, library.Rect{}, nil
	}
	aspect := s.Aspect(library.Pane{Page: found.Page})
	if aspect == 0 {
		aspect = 1 / 1.414 // of a sheet, until it is known
	}
	part = lineView(found.Line.Turned(int(s.pagesNow().Of(found.Page).Upright)), aspect, float64(box.X)/float64(max(box.Y, 1)))
	picture, err = s.thumb(library.Pane{Page: found.Page, View: part}, box)
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
func (s *Session) LitIn(found casefile.Found, part library.Rect) []library.Rect {
	upright := int(s.pagesNow().Of(found.Page).Upright)
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

// lit highlights the words found on the page that is looked at.
func (s *Session) lit() library.Marks {
	if s.find.lit.Page != s.current.Page {
		return library.Marks{}
	}
	return s.litMarks(s.find.lit)
}

// LeaveFinding lets the page be looked at without highlights; what was found is kept.
func (s *Session) LeaveFinding() {
	s.find.lit, s.pair, s.find.Pair, s.find.shown = casefile.Found{}, library.Shot{}, nil, false
	s.changed(PageChanged | FoundChanged)
}
