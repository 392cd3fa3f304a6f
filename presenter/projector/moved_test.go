package projector

import (
	"image"
	"math"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter/compose"
)

// standing is where a page of w×h stands in its room when a part of it is viewed: the renderer makes the
// largest picture that fits.
func standing(w, h float64, view library.Rect, room image.Rectangle) image.Rectangle {
	w, h = w*(view.X1-view.X0), h*(view.Y1-view.Y0)
	scale := min(float64(room.Dx())/w, float64(room.Dy())/h)
	whole := func(length float64, limit int) int { return min(max(int(math.Round(length*scale)), 1), limit) }
	return compose.Fit(room, image.Pt(whole(w, room.Dx()), whole(h, room.Dy())))
}

// What a reprojection shows of a page lies where the frame that is on its way has it: nothing jumps when that comes.
func TestAReprojectionShowsEachPointWhereTheFrameWillHaveIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.Float64Range(200, 1500).Draw(t, "page width"), rapid.Float64Range(200, 1500).Draw(t, "page height")
		corner := image.Pt(rapid.IntRange(0, 1000).Draw(t, "left"), rapid.IntRange(0, 40).Draw(t, "top"))
		room := image.Rectangle{corner, corner.Add(image.Pt(rapid.IntRange(300, 2000).Draw(t, "width"), rapid.IntRange(300, 1200).Draw(t, "height")))}
		box := float64(room.Dx()) / float64(room.Dy())
		view := func(name string) library.Rect {
			part := rapid.Float64Range(0, 1)
			return library.ViewAt(w/h, box, rapid.Float64Range(0.9, library.MaxZoom).Draw(t, name+" zoom"), part.Draw(t, name+" x"), part.Draw(t, name+" y")).Or()
		}
		now, next := view("now"), view("next")
		if rapid.Bool().Draw(t, "panned") {
			by := rapid.Float64Range(-0.9, 0.9)
			next = now.Panned(by.Draw(t, "dx"), by.Draw(t, "dy"))
		}
		stands, will := standing(w, h, now, room), standing(w, h, next, room)
		from, to := moved(stands, room, now, next)

		both := library.Rect{X0: max(now.X0, next.X0), Y0: max(now.Y0, next.Y0), X1: min(now.X1, next.X1), Y1: min(now.Y1, next.Y1)}
		if !(both.X0 < both.X1 && both.Y0 < both.Y1) {
			if from != (library.Rect{}) || to != (library.Rect{}) {
				t.Fatalf("the views have nothing in common, and %v is to come to %v", from, to)
			}
			return
		}
		part := rapid.Float64Range(0, 1)
		p := library.Point{
			X: both.X0 + part.Draw(t, "x")*(both.X1-both.X0), Y: both.Y0 + part.Draw(t, "y")*(both.Y1-both.Y0),
		}
		x, y := compose.MapOf(stands, now, 0).ToFrame(p)
		if x < from.X0-1e-6 || x > from.X1+1e-6 || y < from.Y0-1e-6 || y > from.Y1+1e-6 {
			t.Fatalf("%v of the page stands at %.2f, %.2f, outside of what is moved: %v", p, x, y, from)
		}
		gx := to.X0 + (x-from.X0)/(from.X1-from.X0)*(to.X1-to.X0)
		gy := to.Y0 + (y-from.Y0)/(from.Y1-from.Y0)*(to.Y1-to.Y0)
		wx, wy := compose.MapOf(will, next, 0).ToFrame(p)
		// Both pictures are of whole pixels; the proportions of the standing one are off by half of one, too.
		near := 1 + float64(max(will.Dx(), will.Dy()))/float64(min(stands.Dx(), stands.Dy()))/2
		if max(math.Abs(gx-wx), math.Abs(gy-wy)) > near {
			t.Fatalf("%v of the page is shown at %.2f, %.2f, and will be at %.2f, %.2f", p, gx, gy, wx, wy)
		}
	})
}
