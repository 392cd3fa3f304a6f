package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"golang.org/x/image/draw"
)

// resample is a part of a picture at another size, smooth.
func resample(source *image.RGBA, part image.Rectangle, size image.Point) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.BiLinear.Scale(out, out.Rect, source, part, draw.Src, nil)
	return out
}

// Pixels is a size on the object's canvas in device pixels.
func Pixels(o fyne.CanvasObject, size fyne.Size) image.Point {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		scale = c.Scale()
	}
	return image.Pt(int(size.Width*scale+0.5), int(size.Height*scale+0.5))
}

// units is a size in device pixels in the canvas's own units.
func units(o fyne.CanvasObject, size image.Point) fyne.Size {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		scale = c.Scale()
	}
	return fyne.NewSize(float32(size.X)/scale, float32(size.Y)/scale)
}
