package prepare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/ui/outline"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// drag is what a person drags over the room: pages of the evidence, or rows of the outline. Its
// miniature follows the pointer, and the outline shows where it would land.
type drag struct {
	r       *Room
	payload outline.Payload
	on      bool
	ground  *canvas.Rectangle
	picture *widgets.Picture
	label   *canvas.Text
	box     *fyne.Container
	layer   *fyne.Container
}

const ghostWide, ghostTall = 150, 96

func newDrag(r *Room) *drag {
	d := &drag{
		r: r, ground: canvas.NewRectangle(theme.Color(theme.Surface)), picture: widgets.NewPicture(r.s.Events.Post),
		label: canvas.NewText("", theme.Color(theme.Text)),
	}
	d.ground.StrokeColor, d.ground.StrokeWidth, d.ground.CornerRadius = theme.Color(theme.Accent), 2, theme.Radius
	d.label.TextSize, d.label.TextStyle.Bold = theme.TextSmall, true
	d.picture.Proportions.X, d.picture.Proportions.Y = 3, 4
	d.box = container.NewStack(d.ground, widgets.Inset(6, container.NewBorder(nil, nil,
		container.NewGridWrap(fyne.NewSize(56, ghostTall-14), d.picture), nil, container.NewCenter(d.label))))
	d.box.Resize(fyne.NewSize(ghostWide, ghostTall))
	d.box.Hide()
	d.layer = container.NewWithoutLayout(d.box)
	return d
}

// move goes on with a drag at a place of the window, or begins it.
func (d *drag) move(p outline.Payload, at fyne.Position) {
	if !d.on {
		d.on, d.payload = true, p
		d.dress()
		widgets.Show(d.box, true)
	}
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.layer)
	d.box.Move(at.Subtract(origin).AddXY(14, 10))
	d.ground.FillColor = theme.Color(theme.Surface)
	if d.r.outline.Landing.Over(d.payload, at) {
		d.ground.FillColor = blend(theme.Color(theme.Surface), theme.Color(theme.Accent))
	}
	d.ground.Refresh()
}

// drop lets go.
func (d *drag) drop() {
	if !d.on {
		return
	}
	d.on = false
	d.box.Hide()
	if !d.r.outline.Landing.Drop(d.payload) && len(d.payload.Pages) > 0 {
		d.r.s.Notices.Tell("outline.dropped-nowhere", false)
	}
}

func (d *drag) dress() {
	d.picture.SetImage(nil)
	switch n := len(d.payload.Pages); {
	case n > 0:
		page := d.payload.Pages[0]
		if picture, err := d.r.s.Pictures.Thumb(page, widgets.Pixels(d.layer, fyne.NewSize(theme.Thumb-8, theme.ThumbTall-34))); err == nil {
			d.picture.SetImage(picture)
		}
		d.label.Text = d.r.s.Labels.Short(page)
		if n > 1 {
			d.label.Text = d.r.s.T("drag.pages", "count", n)
		}
	default:
		d.label.Text = d.r.s.T("drag.rows", "count", len(d.payload.Rows))
	}
	d.label.Refresh()
}

func blend(a, b color.NRGBA) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8((3*int(x) + int(y)) / 4) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}
