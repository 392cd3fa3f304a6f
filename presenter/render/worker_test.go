package render_test

import (
	"image"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter/render"
)

func TestRenderInspectText(t *testing.T) {
	r := open(t, render.Options{})
	src := sourceOf(t, write(t, "Lời khai 100%.pdf", textPDF(3)), library.KindPDF)
	ctx := ctxOf(t)

	facts, err := r.Inspect(ctx, src)
	if err != nil || facts.Pages != 3 {
		t.Fatalf("Inspect: %+v, %v; want 3 pages", facts, err)
	}
	text, err := r.Text(ctx, src, 1)
	if err != nil || !strings.Contains(text, "But luc 2") {
		t.Errorf("Text: %q, %v", text, err)
	}
	pic, err := r.Render(ctx, render.Request{Source: src, Page: 2, Max: image.Pt(1920, 1080)})
	if err != nil {
		t.Fatal(err)
	}
	if got := pic.Image.Rect; got != image.Rect(0, 0, 764, 1080) || pic.Incomplete {
		t.Errorf("picture %v incomplete %v, want an A4 page in 1080 rows", got, pic.Incomplete)
	}
	if r, g, b, a := pic.Image.At(5, 5).RGBA(); r != 0xffff || g != 0xffff || b != 0xffff || a != 0xffff {
		t.Errorf("paper is %x %x %x %x, want opaque white", r, g, b, a)
	}
	if c := pic.Image.RGBAAt(764*70/210, 1080*80/297); c.R != 0 {
		t.Errorf("the black box is %v", c)
	}
}
