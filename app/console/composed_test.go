package console

import (
	"image"
	"testing"

	"butluc/app/console/study"
	"butluc/library"
)

// looking is the room that Prepare has for the page.
var looking = image.Pt(400, 300)

// studied waits until a page is seen large.
func (w *harness) studied(p library.PageID) (seen study.Studied) {
	w.t.Helper()
	w.until("page "+p.String()+" to be seen", func() bool {
		var err error
		if seen, err = w.Canvas.Draw(looking); err != nil {
			w.t.Fatal(err)
		}
		return seen.Image != nil && seen.Shot.Panes[seen.Index].Page == p
	})
	return seen
}

// A step of several pages is one picture, whichever of them is looked at: a click on one of them makes no other picture,
// and what was drawn is of that page from then on.
func TestEachPageOfAStepIsSeenWhenItIsLookedAt(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	pages := w.Dossier.Pages()
	w.prepared(library.ShotOf(pages[3], pages[4]))
	before := w.studied(pages[3])
	for _, i := range []int{1, 0, 1} {
		w.Study.LookAt(i)
		now, err := w.Canvas.Draw(looking)
		if err != nil || now.Image != before.Image || now.Index != i {
			t.Fatalf("page %d of the step is looked at: seen is page %d (%v)", i, now.Index, err)
		}
		if !now.Places[i].In(now.Room) || now.Room.Empty() {
			t.Errorf("page %d stands at %v, and its room is %v", i, now.Places[i], now.Room)
		}
		if now.Places[1-i].Overlaps(now.Room) {
			t.Errorf("page %d has the other page's room", i)
		}
	}
}

// While the court watches, the case is studied as before: any page is seen, and the court sees none of it.
func TestPagesAreSeenDuringATrial(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	pages := w.Dossier.Pages()
	w.studied(w.Study.Current().Page)
	w.Start(false)
	for _, p := range []library.PageID{pages[20], pages[21], pages[2]} {
		w.Study.Select(p)
		w.studied(p)
	}
	if w.screen.Sees != nil {
		t.Error("the court sees a page")
	}
	w.Pictures.LeavePage()
	w.Study.Select(pages[8])
	w.until("all to be drawn", func() bool { stats := w.renderer.Stats(); return stats.Busy+stats.Queue == 0 })
	if r, ok := w.Pictures.Request(w.Study.Current(), looking); !ok {
		t.Error("the page is in no file")
	} else if _, made := w.renderer.Cached(r); made {
		t.Error("the large page is drawn that nobody sees")
	}
}
