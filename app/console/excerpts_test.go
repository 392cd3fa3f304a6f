package console

import (
	"bytes"
	"fmt"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/excerpts"
	"butluc/app/keys"
	"butluc/library"
)

// excerpted gives the harness's case two matters, and an excerpt that accuses beside one that clears, on different pages.
func (w *harness) excerpted() (a, b library.Excerpt) {
	w.t.Helper()
	pages := w.Dossier.Pages()
	area := library.AreaOf(library.Rect{X0: 0.1, Y0: 0.2, X1: 0.8, Y1: 0.24})
	a = library.Excerpt{ID: "a", Page: pages[3], Area: area, Text: "Bị cáo đến quán lúc 21 giờ", Side: library.SideAccuses, Matters: library.IDsOf("m"), Note: "riêng"}
	b = library.Excerpt{ID: "b", Page: pages[20], Area: area, Text: "Bị cáo rời quán lúc 20 giờ", Side: library.SideClears, Matters: library.IDsOf("m")}
	for _, edit := range []func(library.Outline) library.Edit{
		func(o library.Outline) library.Edit {
			return o.AddMatter(library.Matter{ID: "m", Title: "Thời gian"}, library.Place{})
		},
		func(o library.Outline) library.Edit {
			return o.AddMatter(library.Matter{ID: "n", Title: "Công cụ"}, library.Place{})
		},
		func(o library.Outline) library.Edit { return o.AddExcerpt(b) },
		func(o library.Outline) library.Edit { return o.AddExcerpt(a) },
	} {
		if !w.Edits.Edit(edit(w.Dossier.Outline())) {
			w.t.Fatal("refused")
		}
	}
	return a, b
}

func texts(rows []excerpts.Row) string {
	s := ""
	for _, r := range rows {
		s += string(r.Excerpt.ID)
	}
	return s
}

func TestExcerptsAreFiltered(t *testing.T) {
	w := newHarness(t)
	w.excerpted()
	clears := library.SideClears
	for _, c := range []struct {
		by   excerpts.Filter
		want string
	}{
		{excerpts.Filter{}, "ab"},
		{excerpts.Filter{Typed: "roi quan"}, "b"},
		{excerpts.Filter{Typed: "thoi gian"}, "ab"},
		{excerpts.Filter{Side: &clears}, "b"},
		{excerpts.Filter{Matter: "m"}, "ab"},
		{excerpts.Filter{Matter: "n"}, ""},
		{excerpts.Filter{Person: "none"}, ""},
	} {
		if got := texts(w.Excerpts.Filtered(c.by)); got != c.want {
			t.Errorf("%+v lets %q through, want %q", c.by, got, c.want)
		}
	}
	if got := texts(w.Excerpts.Found("bi cao", 10)); got != "ab" {
		t.Errorf("found for the hearing: %q", got)
	}
}

// At the hearing an excerpt comes into Preview, its passage highlighted; the court sees nothing of it before it is taken.
func TestAnExcerptComesIntoPreviewAlone(t *testing.T) {
	w := newHarness(t)
	a, _ := w.excerpted()
	w.Start(false)
	w.Act(keys.Next)
	w.until("the first page", func() bool { return !w.Stage.Waits() && w.screen.Sees != nil })
	program, sees := w.Stage.State().Program, w.screen.Sees
	w.Excerpts.Go(a.ID)
	w.pump()
	pane := w.Stage.State().Preview.First()
	if pane.Page != a.Page || len(pane.Marks.List()) != 1 || pane.Marks.List()[0].Kind != library.MarkHighlight {
		t.Errorf("in Preview there is %+v", pane)
	}
	if w.Stage.State().Program != program || w.screen.Sees != sees {
		t.Error("the court sees something else")
	}
	w.close()
}

// An excerpt changes nothing of the picture that the court gets of its page.
func TestTheCourtSeesNoExcerpt(t *testing.T) {
	w := newHarness(t)
	page := w.Dossier.Pages()[3]
	frame := func(page library.PageID) []byte {
		w.Control.Preview(page)
		w.Act(keys.Take)
		w.until("the page", func() bool {
			return !w.Stage.Waits() && w.screen.Sees != nil && w.Stage.State().Program.First().Page == page
		})
		return bytes.Clone(w.screen.Sees.Pix)
	}
	w.Start(false)
	before := frame(page)
	w.excerpted()
	w.Excerpts.Choose("a")
	w.pump()
	frame(w.Dossier.Pages()[5]) // so that it is drawn anew
	if after := frame(page); !bytes.Equal(before, after) {
		t.Error("the court's picture is another with an excerpt on its page")
	}
	pane := library.Pane{Page: page}
	if origin, ok := w.Dossier.Origin(pane); !ok || !origin.Marks.IsZero() {
		t.Errorf("with the page goes %+v", origin.Marks.List())
	}
	w.close()
}

// close ends the case and its journal, so that their files may go.
func (w *harness) close() {
	w.t.Helper()
	if err := w.Close(); err != nil {
		w.t.Fatal(err)
	}
	if j := w.log.Load(); j != nil {
		_ = j.Close() // closed with the case already, or not yet
	}
}

// An empty outline gets a phase, a scenario and the step, in one step that can be taken back.
func TestAnExcerptIntoAnEmptyOutline(t *testing.T) {
	w := openHarness(t, consoletest.SampleCase(t), nil)
	if !w.Edits.Edit(w.Dossier.Outline().ReplaceWith(library.Outline{})) {
		t.Fatal("the sample's outline stays")
	}
	a, b := w.excerpted()
	before := w.Dossier.Outline()
	if !w.Excerpts.IntoOutline(a.ID) {
		t.Fatal("refused")
	}
	o := w.Dossier.Outline()
	phases := o.Phases()
	if len(phases) != 1 || o.Count(library.TableSteps) != 1 {
		t.Fatalf("%d phases, %d steps", len(phases), o.Count(library.TableSteps))
	}
	if !w.Excerpts.Beside(a.ID, b.ID) || w.Dossier.Outline().Count(library.TableScenarios) != 1 {
		t.Error("the second step went elsewhere")
	}
	w.Edits.Undo()
	w.Edits.Undo()
	if !w.Dossier.Outline().Same(before) {
		t.Error("taken back, it is another outline")
	}
	if !w.Excerpts.Scenario(w.Excerpts.Proofs()[0]) || w.Dossier.Outline().Count(library.TableSteps) != 2 {
		t.Errorf("of the matter, %d steps were made", w.Dossier.Outline().Count(library.TableSteps))
	}
}

// BenchmarkFilterExcerpts types a letter over 3,000 excerpts; the second opens the lists after an edit.
func BenchmarkFilterExcerpts(b *testing.B) {
	w := newHarness(b)
	w.manyExcerpts(3000)
	w.Excerpts.Rows()
	b.Run("type", func(b *testing.B) {
		for i := range b.N {
			w.Excerpts.Filtered(excerpts.Filter{Typed: []string{"q", "qu", "qua", "quan"}[i%4]})
		}
	})
	b.Run("edit", func(b *testing.B) {
		for range b.N {
			w.Excerpts.Choose("x5")
			w.Excerpts.Change(func(e *library.Excerpt) { e.Note += "." })
			w.Excerpts.Rows()
			w.Excerpts.Proofs()
		}
	})
}

func (w *harness) manyExcerpts(n int) {
	pages := w.Dossier.Pages()
	var records []library.Change
	for i := range n {
		records = append(records, library.Change{After: library.Excerpt{
			ID: library.ID(fmt.Sprint("x", i)), Page: pages[i%len(pages)], Side: library.Sides[i%3],
			Area: library.AreaOf(library.Rect{X0: 0.1, Y0: 0.2, X1: 0.8, Y1: 0.24}),
			Text: fmt.Sprintf("Khoảng 21 giờ ngày %d bị cáo có mặt tại quán nước gần chợ, cùng đi có nhiều người khác nữa, có nhân chứng", i),
		}})
	}
	if !w.Edits.Edit(library.Edit{Label: "excerpt", Changes: records}) {
		w.t.Fatal("refused")
	}
}
