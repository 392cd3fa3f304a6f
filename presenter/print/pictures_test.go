package print

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"butluc/library"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// printer draws pages of fine black strokes on white, as print is, in whatever part and size is asked for.
type printer struct{}

func (printer) Render(_ context.Context, r render.Request) (*render.Picture, error) {
	page := image.NewRGBA(image.Rect(0, 0, r.Max.Y*2/3, r.Max.Y)) // a standing page
	if r.View != (library.Rect{}) {
		page = image.NewRGBA(image.Rectangle{Max: r.Max})
	}
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	for y := 4; y < page.Rect.Dy()-8; y += 16 {
		for x := 4; x < page.Rect.Dx()-4; x += 6 {
			draw.Draw(page, image.Rect(x, y, x+2, y+8), image.Black, image.Point{}, draw.Src)
		}
	}
	return &render.Picture{Image: page}, nil
}

// Whatever stands out on the screen stands out on paper: each edge between two pixels that is seen in the frame, of a
// letter of the page or of a callout, of a word that was written, of a guide, is there on the sheet.
func TestWhatTheScreenShowsIsLegibleOnPaper(t *testing.T) {
	marks := []library.Mark{
		{Kind: library.MarkCallout, Points: []library.Point{{X: 0.1, Y: 0.4}, {X: 0.9, Y: 0.5}}, To: library.Rect{X0: 0.02, Y0: 0.5, X1: 0.6, Y1: 0.75}},
	}
	for _, c := range []string{"white", "yellow", "red", "blue", ""} {
		marks = append(marks, library.Mark{
			Kind: library.MarkText, Color: c, Text: "Vết thương ở vai, viết ra ngoài trang giấy", Width: 1.4,
			Points: []library.Point{{X: 0.5, Y: 0.08 + 0.06*float64(len(marks))}},
		})
	}
	shot := library.Shot{}.Add(library.Pane{Page: library.PageID{Path: "BL 1.pdf"}, Marks: library.MarksOf(marks...)})
	source := func(library.Pane) (projector.Origin, bool) {
		return projector.Origin{Source: render.Source{Path: "BL 1.pdf"}, Caption: "BL 1, Biên bản"}, true
	}
	frame, err := projector.Still(t.Context(), printer{}, source, shot, image.Pt(1280, 720))
	if err != nil {
		t.Fatal(err)
	}
	page, callout := frame.Places[0], frame.Callouts[0][0]
	if callout.In(page) || !callout.Overlaps(page) {
		t.Fatalf("the callout at %v is to stand on the page at %v, and beside it", callout, page)
	}
	paper, _ := printed(frame)
	const seen, least = 60, 40
	edges := map[string]int{}
	lost := map[string]int{}
	for y := range frame.Image.Rect.Dy() {
		for x := range frame.Image.Rect.Dx() - 1 {
			a, b := image.Pt(x, y), image.Pt(x+1, y)
			if a.In(page) != b.In(page) || a.In(callout) != b.In(callout) {
				continue // where the page ends there is no black on paper
			}
			if contrast(frame.Image, a, b) < seen {
				continue
			}
			where := "beside the page"
			switch {
			case a.In(callout) && !a.In(page):
				where = "in the callout beside the page"
			case a.In(page):
				where = "on the page"
			}
			edges[where]++
			if contrast(paper, a, b) < least {
				lost[where]++
			}
		}
	}
	for _, where := range []string{"on the page", "in the callout beside the page", "beside the page"} {
		if edges[where] < 500 {
			t.Errorf("only %d edges are seen %s", edges[where], where)
		}
		if lost[where] > 0 {
			t.Errorf("%d of %d edges that are seen %s are lost on paper", lost[where], edges[where], where)
		}
	}
	if c := paper.RGBAAt(paper.Rect.Dx()-2, 2); c != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("where nothing is on the screen, paper is %v", c)
	}
}

// A picture of a long album has no more than its share of bytes, and as many as that allows; print without colour is kept in grays.
func TestAPictureHasItsShareOfBytes(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 400, 300))
	seed := uint32(1)
	for i := range noise.Pix {
		seed = seed*1664525 + 1013904223
		noise.Pix[i] = uint8(seed >> 24)
		if i%4 == 3 {
			noise.Pix[i] = 255
		}
	}
	finest := len(encoded(noise).data)
	for percent, least := range map[int]int{100: 100, 99: 50, 75: 40, 60: 35, 50: 30} {
		if got := 100 * len(encodedWithin(noise, finest*percent/100).data) / finest; got > percent || got < least {
			t.Errorf("with room for %d %% of its finest a picture has %d %%", percent, got)
		}
	}
	page, err := printer{}.Render(t.Context(), render.Request{Max: image.Pt(600, 600)})
	if err != nil {
		t.Fatal(err)
	}
	if p := encoded(page.Image); !p.png || !p.gray || p.bits() != 4 || len(p.packed()) == 0 || len(p.packed()) >= len(p.data) {
		t.Errorf("print is kept as %s of %d bits", p.ending(), p.bits())
	}
}

func contrast(img *image.RGBA, a, b image.Point) int {
	d := luma(img.Pix[img.PixOffset(a.X, a.Y):]) - luma(img.Pix[img.PixOffset(b.X, b.Y):])
	return max(d, -d)
}
