package projector_test

import (
	"image"
	"testing"

	"butluc/presenter"
)

// What there is to see in a frame are its page, and the caption under it; the black beside is not.
func TestWhatThereIsToSeeOfAFrame(t *testing.T) {
	for name, caption := range map[string]string{"a page": "", "a page with its caption": "BL 45"} {
		d := newTestProjector(t, "a")
		d.captions["a"] = caption
		d.Do(presenter.Start{})
		d.stub.finish("a", false)
		d.until("the frame of a", d.made("a"))
		f, _ := d.Frame(shot("a"))
		seen, page := f.Seen(), f.Places[0]
		want := page
		if caption != "" {
			want.Max.Y = f.Image.Rect.Max.Y
		}
		if seen != want || page == (image.Rectangle{}) || caption != "" && page.Max.Y == want.Max.Y {
			t.Errorf("%s: seen is %v, the page stands at %v", name, seen, page)
		}
	}
}
