package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
)

// Bar is a thin line that tells how much is done.
type Bar struct {
	widget.BaseWidget
	done float32 // 0..1
}

// NewBar makes an empty bar.
func NewBar() *Bar {
	b := &Bar{}
	b.ExtendBaseWidget(b)
	return b
}

// Set says how much is done of how much.
func (b *Bar) Set(done, total int) {
	part := float32(0)
	if total > 0 {
		part = max(0, min(1, float32(done)/float32(total)))
	}
	if part != b.done {
		b.done = part
		b.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	return &barRenderer{b, canvas.NewRectangle(theme.Color(theme.Raised)), canvas.NewRectangle(theme.Color(theme.Accent))}
}

type barRenderer struct {
	b            *Bar
	ground, fill *canvas.Rectangle
}

const barTall = 4

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(20, barTall) }

func (r *barRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.fill.Resize(fyne.NewSize(size.Width*r.b.done, size.Height))
}

func (r *barRenderer) Refresh() {
	r.Layout(r.b.Size())
	r.fill.Refresh()
}

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground, r.fill} }
func (r *barRenderer) Destroy()                     {}
