package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A name of any length widens nothing: it is cut to the room that there is, and whole again where there is more.
func TestALongNameIsCut(t *testing.T) {
	const name = "Ảnh hiện trường chụp từ phía cổng vào, nhìn thẳng ra bàn số năm"
	short, long := NewButton("BL 45", nil, Plain, nil), NewButton(name, nil, Plain, nil)
	short.Cut, long.Cut = true, true
	w := test.NewTempWindow(t, long)
	if s, l := short.MinSize().Width, long.MinSize().Width; l > max(s, cutLeast+2*buttonSide) {
		t.Errorf("it takes %v, a short name %v", l, s)
	}
	text := test.WidgetRenderer(long).(*buttonRenderer).text
	for _, wide := range []float32{150, 300, 2000} {
		w.Resize(fyne.NewSize(wide+100, 60))
		long.Resize(fyne.NewSize(wide, 36))
		if cut := strings.HasSuffix(text.Text, "…"); cut != (wide < 1000) || text.MinSize().Width > wide {
			t.Errorf("%v wide, it says %q", wide, text.Text)
		}
	}
	if text.Text != name {
		t.Errorf("with room enough it says %q", text.Text)
	}
}
