package console

import (
	"context"
	"fmt"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/folios"
	"butluc/library/search/reading"
)

// Numbering a document changes folios only: the step stays on its page, and one undo takes it back.
func TestFoliosArePlannedThenChanged(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	page := w.Dossier.Pages()[2]
	id := w.prepared(library.ShotOf(page))
	was, before := w.Dossier.Outline(), w.Dossier.Folio(page)
	var plan folios.Plan
	planned := false
	w.Folios.Plan(func(o library.Outline, x *library.Index) folios.Plan {
		return folios.Assign(o, folios.PagesFrom(o, page, folios.ReachPage, x), folios.Counting{First: library.Folio{Number: 9145, Suffix: "a"}}, x)
	}, func(p folios.Plan) { plan, planned = p, true })
	w.until("the plan", func() bool { return planned })
	if w.Dossier.Outline() != was || len(plan.Changes) != 1 {
		t.Fatalf("planning changed the outline, or plans %+v", plan.Changes)
	}
	if !w.Folios.Edit(plan) {
		t.Fatal(w.Notices.Now().Text)
	}
	if got := w.Dossier.Folio(page); got.Number != 9145 {
		t.Errorf("the page has %v", got)
	}
	if s, _ := w.Dossier.Outline().Step(id); s.Shot.First().Page != page {
		t.Errorf("the step shows %v now", s.Shot.First().Page)
	}
	offered := w.Folios.Candidates("9145", 5)
	if len(offered) != 1 || offered[0].Page != page || w.Labels.CandidateText(offered[0])[:8] != "BL 9145a" {
		t.Errorf("9145 offers %+v", offered)
	}
	if !w.Folios.CallUp("9145") || w.Study.Current().Page != page {
		t.Errorf("9145 calls %v", w.Study.Current().Page)
	}
	w.Edits.Undo()
	if got := w.Dossier.Folio(page); got != before {
		t.Errorf("undone, the page has %v", got)
	}
}

// While a number is typed, the pictures of the pages that it may mean are made; those of other numbers are not.
func TestPagesThatAreMeantAreMadeAhead(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	size := w.Stage.Projector().Size()
	made := func(c library.Candidate) bool {
		r, ok := w.Pictures.Request(library.Pane{Page: c.Page}, size)
		_, cached := w.renderer.Cached(r)
		return ok && cached
	}
	may := w.Folios.Candidates("4", 9)
	if len(may) < 5 {
		t.Fatalf("the digit 4 may mean %d pages of the sample alone", len(may))
	}
	w.Folios.Consider("4", may)
	w.until("typing to rest", func() bool { return len(w.Folios.Meant()) > 0 })
	for i, p := range w.Folios.Meant() {
		if i == 4 || p != may[i].Page {
			t.Errorf("%v is meant as number %d", p, i+1)
		}
	}
	w.until("the fourth page", func() bool { return made(may[3]) })
	w.Folios.Consider("", nil)
	if meant := w.Folios.Meant(); len(meant) != 0 {
		t.Errorf("with nothing typed, %v are meant", meant)
	}
}

// stamped has a number in the corner of each page, and nothing else.
type stamped struct {
	spoken
	numbers map[library.PageID]int
}

func (s stamped) Lines(_ context.Context, f library.File, page int) ([]library.Line, float64, error) {
	stamp := library.Word{
		Box:  library.Rect{X0: 0.9, Y0: 0.02, X1: 0.97, Y1: 0.05},
		Text: fmt.Sprint(s.numbers[library.PageID{Path: f.Path, Index: page}]),
	}
	return []library.Line{library.LineOf([]library.Word{stamp})}, 0, nil
}

// What is read from stamps is proposed and never applied unasked.
func TestProposalsChangeNothing(t *testing.T) {
	plain := newHarness(t)
	pages := plain.Dossier.Pages()
	closeHarness(t, plain)
	source := stamped{numbers: map[library.PageID]int{}}
	for i, p := range pages {
		source.numbers[p] = 7000 + i
	}
	cache := t.TempDir()
	w := openHarness(t, consoletest.SampleCase(t), func(o *casefile.Options) { o.Texts, o.TextDir, o.IndexDir = source, cache+"/text", cache+"/index" })
	closeHarness(t, w)
	w.until("the text to be looked for", func() bool {
		p := w.Reading.Text()
		return p.State == reading.Waiting && p.Scans == len(pages) // a number alone is no text
	})
	was := w.Dossier.Outline()
	var list []folios.Proposal
	done := false
	w.Folios.Propose(folios.CornerTop, func(l []folios.Proposal) { list, done = l, true })
	w.until("the proposals", func() bool { return done })
	if len(list) != len(pages) {
		t.Fatalf("%d proposals for %d pages", len(list), len(pages))
	}
	for i, p := range list {
		if p.Page != pages[i] || p.Folio.Number != 7000+i || p.Agrees() {
			t.Errorf("proposal %d: %+v", i, p)
		}
	}
	if w.Dossier.Outline() != was {
		t.Error("proposals changed the outline")
	}
}

func TestWhatIsStatedInWords(t *testing.T) {
	for stated, want := range map[folios.StatedCount]string{
		{Stated: 312, Have: 312}:                            "Cáo trạng nêu 312 bút lục: đủ.",
		{Stated: 312, Have: 310}:                            "Cáo trạng nêu 312 bút lục, trong hồ sơ có 310: thiếu 2.",
		{Series: library.SeriesCourt, Stated: 10, Have: 11}: "Tòa án: Cáo trạng nêu 10 bút lục, trong hồ sơ có 11: thừa 1.",
	} {
		if got := label.Stated(i18n.In("vi"), stated); got != want {
			t.Errorf("%+v: %q, want %q", stated, got, want)
		}
	}
	if got := label.Bound(i18n.In("vi"), library.Bound{Series: library.SeriesProcuracy, Volume: "Tập 2"}); got != "Viện kiểm sát · Tập 2" {
		t.Errorf("bound %q", got)
	}
}
