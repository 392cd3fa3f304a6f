package trial

import "fyne.io/fyne/v2"

// columns puts two things side by side, the first taking a share of the width.
type columns struct {
	share float32 // 0..1
	gap   float32
}

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first := (size.Width - c.gap) * c.share
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(first, size.Height))
	objects[1].Move(fyne.NewPos(first+c.gap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-first-c.gap, size.Height))
}

func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+c.gap, max(a.Height, b.Height))
}

// rows puts pictures, the keys of a recording where there is one, words and keys under each other: the keys at the
// foot, the pictures as large as 16:9 needs at the top, the words between, never less than a few lines.
type rows struct{}

const wordsLeast = 96

func (rows) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pictures, clip, words, foot := objects[0], objects[1], objects[2], objects[3]
	footTall, clipTall := foot.MinSize().Height, float32(0)
	if clip.Visible() {
		clipTall = clip.MinSize().Height
	}
	wanted := size.Width*0.6*9/16 + 48 // the head over the picture
	tall := max(0, min(wanted, size.Height-footTall-clipTall-wordsLeast))
	y := float32(0)
	place := func(o fyne.CanvasObject, tall float32) {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, tall))
		y += tall
	}
	place(pictures, tall)
	place(clip, clipTall)
	place(words, max(0, size.Height-footTall-tall-clipTall))
	foot.Move(fyne.NewPos(0, size.Height-footTall))
	foot.Resize(fyne.NewSize(size.Width, footTall))
}

// MinSize has room for a recording's keys whether they are there or not: the window must not change with a step.
func (rows) MinSize(objects []fyne.CanvasObject) fyne.Size {
	pictures, clip, foot := objects[0].MinSize(), objects[1].MinSize(), objects[3].MinSize()
	return fyne.NewSize(max(pictures.Width, clip.Width, foot.Width), pictures.Height+clip.Height+wordsLeast+foot.Height)
}

// shares puts objects side by side, each with its share of the width.
type shares []float32

func (s shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		w := size.Width * s[i]
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}

func (s shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	tall := float32(0)
	for _, o := range objects {
		tall = max(tall, o.MinSize().Height)
	}
	return fyne.NewSize(200, tall)
}
