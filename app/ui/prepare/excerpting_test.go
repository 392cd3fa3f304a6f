package prepare

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/library"
)

// dragOver drags over a part of the page that is seen, given as the page lies upright.
func (h *harness) dragOver(from, to library.Point) {
	h.t.Helper()
	v, ok := h.page.view()
	if !ok {
		h.t.Fatal("no page is seen")
	}
	at, size := h.page.picture.Shown()
	pos := func(p library.Point) fyne.Position {
		x, y := v.Map(h.page.shown.Index).ToFrame(p)
		return at.AddXY(float32(x)*size.Width/float32(v.Size.X), float32(y)*size.Height/float32(v.Size.Y))
	}
	h.page.marker.press(pos(from))
	h.page.marker.drag(pos(to))
	h.page.marker.release()
	h.pump()
}

// With the tool in hand a drag is an excerpt, its side a key, and the next one a drag away: nothing is asked, and the line
// that was made is in the form at once.
func TestADragIsAnExcerpt(t *testing.T) {
	h := newHarnessOver(t, writeCase(t))
	h.look(record, 0)
	h.press(keys.Quote)
	if h.Scope() != keys.Excerpt || !h.excerpting().form.Content().Visible() || h.foot.Visible() {
		t.Fatal("the form is not in the place of the thumbnails")
	}
	h.dragOver(library.Point{X: 0.2, Y: 0.3}, library.Point{X: 0.7, Y: 0.33})
	h.press(keys.SideAccuses)
	all := h.s.Dossier.Outline().Excerpts()
	if len(all) != 1 || all[0].Side != library.SideAccuses || all[0].Page.Path != record || len(all[0].Area.Rects()) != 1 {
		t.Fatalf("kept: %+v", all)
	}
	if len(h.excerpting().places) != 1 || !h.excerpting().lines[0].Visible() || !h.excerpting().lit[0].Visible() {
		t.Error("no line in the margin")
	}
	h.dragOver(library.Point{X: 0.2, Y: 0.9}, library.Point{X: 0.6, Y: 0.95})
	h.press(keys.SideClears)
	if n := h.s.Dossier.Outline().Count(library.TableExcerpts); n != 2 {
		t.Fatalf("after the second drag there are %d", n)
	}
	chosen, _ := h.s.Excerpts.Chosen()
	if first, _ := h.s.Dossier.Outline().Excerpt(all[0].ID); first.Side != library.SideAccuses || chosen.Side != library.SideClears {
		t.Errorf("the first is %q, the second %q", first.Side, chosen.Side)
	}
	h.press(keys.Undo, keys.Undo)
	if n := h.s.Dossier.Outline().Count(library.TableExcerpts); n != 1 {
		t.Errorf("taken back, there are %d", n)
	}
	if !h.Close() || h.Scope() != keys.Prepare || h.excerpting().form.Content().Visible() || !h.foot.Visible() {
		t.Error("Esc does not put it away")
	}
	if place := h.excerpting().places[0]; true {
		h.page.marker.press(fyne.NewPos(place.x+1, (place.y0+place.y1)/2))
		h.page.marker.release()
		h.pump()
	}
	if now, ok := h.s.Excerpts.Chosen(); !ok || now.ID != all[0].ID || !h.excerpting().open() {
		t.Error("a click on the line in the margin does not open its excerpt")
	}
	h.press(keys.Delete)
	if n := h.s.Dossier.Outline().Count(library.TableExcerpts); n != 0 || h.s.Dossier.Outline().Count(library.TableSteps) != 0 {
		t.Errorf("deleted, there are %d", n)
	}
}

// A highlight that is picked becomes an excerpt by the same key; what is typed into the form is kept for the excerpt that it
// was typed for.
func TestAHighlightBecomesAnExcerpt(t *testing.T) {
	h := newHarnessOver(t, writeCase(t))
	h.look(record, 0)
	h.press(keys.ToolOf(library.MarkHighlight))
	h.dragOver(library.Point{X: 0.2, Y: 0.4}, library.Point{X: 0.7, Y: 0.45})
	h.press(keys.Quote)
	e, ok := h.s.Excerpts.Chosen()
	if !ok || e.Area.IsZero() || !h.excerpting().open() {
		t.Fatalf("made of the highlight: %+v", e)
	}
	h.excerpting().form.Write()
	h.win.Canvas().Focused().TypedRune('x')
	h.press(keys.Quote) // the tool in hand
	h.dragOver(library.Point{X: 0.2, Y: 0.6}, library.Point{X: 0.7, Y: 0.65})
	if first, _ := h.s.Dossier.Outline().Excerpt(e.ID); !strings.HasSuffix(first.Text, "x") {
		t.Errorf("the first says %q", first.Text)
	}
	if now, _ := h.s.Excerpts.Chosen(); now.ID == e.ID || strings.HasSuffix(now.Text, "x") {
		t.Errorf("the second is %q: %q", now.ID, now.Text)
	}
}
