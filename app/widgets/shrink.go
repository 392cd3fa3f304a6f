package widgets

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"golang.org/x/image/draw"
)

// shrinker makes pictures smaller on a goroutine, the newest wish first and only: an overtaken wish
// is never begun. It belongs to a widget; results come on the UI goroutine.
type shrinker struct {
	mu      sync.Mutex
	next    *shrinkJob
	working bool
}

type shrinkJob struct {
	source *image.RGBA
	size   image.Point
	done   func(*image.RGBA)
}

// shrink makes a copy of source of the given size and hands it to done, which must ask whether it
// is still wanted.
func (s *shrinker) shrink(source *image.RGBA, size image.Point, done func(*image.RGBA)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = &shrinkJob{source, size, done}
	if !s.working {
		s.working = true
		go s.work()
	}
}

func (s *shrinker) work() {
	for {
		s.mu.Lock()
		job := s.next
		s.next = nil
		if job == nil {
			s.working = false
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
		out := Resample(job.source, job.size)
		fyne.Do(func() { job.done(out) })
	}
}

// Resample is the picture at another size, smooth; the picture itself where the size is the same.
func Resample(source *image.RGBA, size image.Point) *image.RGBA {
	if source.Rect.Size() == size || size.X < 1 || size.Y < 1 {
		return source
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.BiLinear.Scale(out, out.Rect, source, source.Rect, draw.Src, nil)
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
