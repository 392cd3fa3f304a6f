package console

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"sync/atomic"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/find"
	"butluc/app/console/hearing"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/search/reading"
	"butluc/presenter"
)

// spoken has the same line on every page of statements, and its number.
type spoken struct{}

func (spoken) Lines(_ context.Context, _ library.File, page int) ([]library.Line, float64, error) {
	var line []library.Word
	for i, w := range []string{"bị", "cáo", "cầm", "dao", "đứng", "ở", "quán", fmt.Sprint("trang", page+1)} {
		x := 0.1 * float64(i+1)
		line = append(line, library.Word{Text: w, Box: library.Rect{X0: x, Y0: 0.3, X1: x + 0.08, Y1: 0.32}})
	}
	return []library.Line{library.LineOf(line)}, 0, nil
}

func (spoken) Picture(context.Context, library.File, int, library.Turn, int) (image.Image, error) {
	return nil, errors.New("there are no scans")
}

// gatedTexts has the texts of so many pages at once, and of all others later.
type gatedTexts struct {
	spoken
	let   int64
	asked atomic.Int64
	waits chan struct{} // is closed once the next one is asked for
	more  chan struct{} // is closed when there is to be more
}

func (g *gatedTexts) Lines(ctx context.Context, f library.File, page int) ([]library.Line, float64, error) {
	if n := g.asked.Add(1); n > g.let {
		if n == g.let+1 {
			close(g.waits)
		}
		select {
		case <-g.more:
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
	}
	return g.spoken.Lines(ctx, f, page)
}

// openSpoken is a harness in which all pages have texts.
func openSpoken(t *testing.T, texts reading.Source) *harness {
	t.Helper()
	cache := t.TempDir()
	w := openHarness(t, consoletest.SampleCase(t), func(o *casefile.Options) {
		o.Texts, o.TextDir, o.IndexDir = texts, cache+"/text", cache+"/index"
	})
	closeHarness(t, w)
	w.outline()
	return w
}

// newSpoken is a harness in which all pages have text, which is read.
func newSpoken(t *testing.T) *harness {
	t.Helper()
	w := openSpoken(t, spoken{})
	w.until("the text to be read", func() bool { return w.Reading.Text().State == reading.Done && w.Reading.Text().Pages > 50 })
	return w
}

func (w *harness) find(typed string) []casefile.Found {
	w.t.Helper()
	w.Finder.Find(typed)
	w.until("what was found", func() bool { return !w.Finder.Found().Busy })
	if f := w.Finder.Found(); f.Failed || len(f.Pages) < 2 {
		w.t.Fatalf("%q finds %d pages, failed: %v", typed, len(f.Pages), f.Failed)
	}
	return w.Finder.Found().Pages
}

func TestWhatIsFoundIsHighlightedForThePersonAlone(t *testing.T) {
	w := newSpoken(t)
	w.Guard.Turn(hearing.Guards{Statements: true})
	found := w.find(`"cầm dao"`)[0]
	w.Edits.Turn(found.Page, 1)
	before := w.Dossier.Outline()
	w.Finder.Go(found)
	shot, _ := w.Canvas.Shot()
	marks := shot.First().Marks.List()
	if shot.First().Page != found.Page || len(marks) != 1 || marks[0].Kind != library.MarkHighlight {
		t.Fatalf("looked at %+v, marks %+v", shot.First().Page, marks)
	}
	// The words cover 0.3 to 0.48 of the page as its file has it; upright they stand at the side.
	want := library.Rect{X0: 0.3, Y0: 0.3, X1: 0.48, Y1: 0.32}.Turned(1)
	const near = 0.001 // texts are kept on a grid
	if got := marks[0].Bounds(); math.Abs(got.X0-want.X0)+math.Abs(got.Y0-want.Y0)+math.Abs(got.X1-want.X1)+math.Abs(got.Y1-want.Y1) > near {
		t.Errorf("highlighted %v, want %v", got, want)
	}
	if w.Dossier.Outline() != before {
		t.Error("looking at what was found changed the outline")
	}
	if pane := w.Finder.Pane(); !pane.Marks.IsZero() {
		t.Error("the highlight goes along unasked")
	}
	w.Finder.SetCarry(true)
	if pane := w.Finder.Pane(); pane.Marks.IsZero() {
		t.Error("the highlight does not go along")
	}
	w.Finder.SetCarry(false)

	w.Start(false)
	w.pump()
	for _, carry := range []bool{false, true} {
		w.Finder.SetCarry(carry)
		w.Finder.Go(found)
		w.pump()
		st := w.Stage.State()
		if st.Preview.First().Page != found.Page || st.Preview.First().Marks.IsZero() == carry {
			t.Errorf("carried: %v; in preview %+v", carry, st.Preview.First())
		}
		if !st.Program.IsZero() || w.screen.Sees != nil {
			t.Error("the court sees what was only looked for")
		}
	}
	w.Control.Do(presenter.Take{})
	w.until("the court to see it", func() bool { return w.screen.Sees != nil })
}

// What is read while somebody's words are looked for is looked through, too: no news may come behind it.
func TestWhatIsReadMeanwhileIsFound(t *testing.T) {
	texts := &gatedTexts{let: 10, waits: make(chan struct{}), more: make(chan struct{})}
	w := openSpoken(t, texts)
	<-texts.waits
	if done := w.Reading.Text().Done; done != 10 {
		t.Fatalf("%d pages are read", done)
	}
	w.Finder.Find("dao")
	close(texts.more)
	w.until("the text to be read", func() bool { return w.Reading.Text().State == reading.Done && w.Reading.Text().Pages > 50 })
	w.Finder.Again()
	w.until("what was found", func() bool { return !w.Finder.Found().Busy })
	got := len(w.Finder.Found().Pages)
	w.Finder.Find("")
	if want := len(w.find("dao")); got != want || want < 50 {
		t.Errorf("%d pages are found, and %d when they are looked for afterwards", got, want)
	}
}

func TestTwoPagesThatContradict(t *testing.T) {
	w := newSpoken(t)
	found := w.find("dao")
	a, b := found[0], found[1]
	w.Finder.Compare(a)
	if _, ok := w.Finder.PairShot(); ok {
		t.Error("one page is a pair")
	}
	w.Finder.Compare(b)
	shot, ok := w.Finder.PairShot()
	if !ok || shot.Count != 2 || shot.Panes[0].Page != a.Page || shot.Panes[1].Page != b.Page || !shot.Panes[0].Marks.IsZero() {
		t.Fatalf("pair %v %+v", ok, shot)
	}
	if looked, i := w.Canvas.Shot(); looked.Count != 2 || looked.Panes[0].Marks.IsZero() || i != 1 {
		t.Errorf("looked at %+v", looked)
	}
	w.Finder.FlagPair()
	for _, p := range []library.PageID{a.Page, b.Page} {
		if n := w.Dossier.Outline().Note(p); n.Flag != library.FlagContradiction || n.Text == "" {
			t.Errorf("%v is flagged %+v", p, n)
		}
	}
	w.Edits.Undo()
	if n := w.Dossier.Outline().Note(b.Page); n.Flag != library.FlagNone || w.Dossier.Outline().Note(a.Page).Flag != library.FlagNone {
		t.Error("one undo does not take both flags back")
	}
	w.Study.Select(a.Page) // going elsewhere leaves the pair
	if _, ok := w.Finder.PairShot(); ok {
		t.Error("the pair stays when a page is chosen")
	}
	w.Finder.Compare(b) // away with it
	w.Start(false)
	w.Finder.Compare(b)
	w.pump()
	if p := w.Stage.State().Preview; p.Count != 2 {
		t.Errorf("in preview %+v", p)
	}
}

func TestStatementsComeFirstAndByDate(t *testing.T) {
	w := newSpoken(t)
	pages := w.find("dao")
	date := func(p library.PageID, date string, person library.ID) {
		d, _ := w.Dossier.Document(p)
		first, _ := d.First()
		h, _ := w.Dossier.Outline().Heading(first)
		h.First, h.Date, h.Person = first, date, person
		w.Edits.Edit(w.Dossier.Outline().Set(h))
	}
	w.Edits.Edit(w.Dossier.Outline().AddPerson(library.Person{ID: "an", Name: "bị cáo"}))
	first, _ := w.Dossier.Document(pages[0].Page)
	var other library.PageID
	for _, p := range pages {
		if !first.Has(p.Page) {
			other = p.Page
		}
	}
	date(pages[0].Page, "3/4/2025", "an")
	date(other, "2/2/2020", "")
	w.pump()
	w.Finder.SetOrder(find.ByDate, false)
	list := w.find(`người:"bị cáo"`)
	if !list[0].Statement || list[0].Page.Path != pages[0].Page.Path {
		t.Errorf("first is %+v", list[0])
	}
	for i, p := range list {
		if p.Page == other {
			if list[i-1].Page.Path != other.Path && !list[i-1].Statement {
				t.Errorf("before the page of 2020 comes %+v, which has no date", list[i-1])
			}
			return
		}
	}
	t.Error("the other page is not listed")
}

// What was found is listed by match, by folio or by date, either way round.
func TestWhatWasFoundIsSorted(t *testing.T) {
	w := newSpoken(t)
	best := slices.Clone(w.find("dao"))
	pages := func(by find.Order, back bool) []casefile.Found {
		w.Finder.SetOrder(by, back)
		return w.Finder.Found().Pages
	}
	turned := func(list []casefile.Found) []casefile.Found {
		list = slices.Clone(list)
		slices.Reverse(list)
		return list
	}
	same := func(a, b []casefile.Found) bool {
		return slices.EqualFunc(a, b, func(a, b casefile.Found) bool { return a.Page == b.Page })
	}
	if got := pages(find.ByMatch, true); !same(got, turned(best)) || same(got, best) {
		t.Error("the best is not last")
	}
	folios := slices.Clone(pages(find.ByFolio, false))
	for i := 1; i < len(folios); i++ {
		if a, b := folios[i-1].Page, folios[i].Page; w.Dossier.Place(a) > w.Dossier.Place(b) || a.Path == b.Path && a.Index > b.Index {
			t.Errorf("%v stands before %v", a, b)
		}
	}
	if got := pages(find.ByFolio, true); !same(got, turned(folios)) {
		t.Error("the last folio is not first")
	}
	if got := pages(find.ByMatch, false); !same(got, best) {
		t.Error("the best is not first again")
	}
}

// slow is a source that is asked and does not answer while it is held.
type slow struct {
	spoken
	gate chan struct{}
}

func (s slow) Lines(ctx context.Context, f library.File, page int) ([]library.Line, float64, error) {
	select {
	case <-s.gate:
		return s.spoken.Lines(ctx, f, page)
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
}

func TestNoTextIsReadInATrial(t *testing.T) {
	cache, source := t.TempDir(), slow{gate: make(chan struct{})}
	w := openHarness(t, consoletest.SampleCase(t), func(o *casefile.Options) {
		o.Texts, o.TextDir, o.IndexDir = source, cache+"/text", cache+"/index"
	})
	closeHarness(t, w)
	is := func(what string, want reading.State) {
		t.Helper()
		w.until("the reading of text to be "+what, func() bool { return w.Reading.Text().State == want && w.Reading.Text().Pages > 50 })
	}
	is("begun", reading.Reading)
	w.Start(false)
	is("held by the trial", reading.Held)
	w.Reading.Hold(false) // a person can't let it go on then
	is("held by the trial", reading.Held)
	w.Hearing.End()
	is("going on after it", reading.Reading)
	w.Reading.Hold(true)
	is("held by a person", reading.Held)
	w.Start(false)
	w.Hearing.End()
	is("held by a person, still", reading.Held)
	w.Reading.Hold(false)
	close(source.gate)
	is("done", reading.Done)
}
