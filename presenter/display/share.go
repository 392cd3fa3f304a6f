package display

import (
	"fmt"
	"image"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// ShareTitle is the title of the window to share in a video call, by which it is found in the list of
// windows there.
const ShareTitle = "Butluc – chia sẻ cửa sổ này"

// Share is a window of the ordinary kind that shows the frame, or black, and nothing else: for sharing
// in a video call. It is moved, covered and resized as other windows are. All methods are for the UI
// goroutine.
type Share struct {
	pane  *pane
	frame *image.RGBA // nil: black
	film  film
}

// titleTall is what a window's title takes above its area, in pixels, about.
const titleTall = 40

// SharePlace is where a window to share, with an area of w by h pixels, covers least of the console's: on another screen
// where there is one, else beside the console.
func SharePlace(l Layout, console Screen, w, h int) (x, y int) {
	home, ok := ScreenOf(console.X, console.Y, console.W, console.H, l)
	if !ok {
		return console.X, console.Y
	}
	least := -1
	try := func(on Screen, toX, toY int) {
		toX = max(on.X, min(toX, on.X+on.W-w))
		toY = max(on.Y+titleTall, min(toY, on.Y+on.H-h))
		if covered := console.Overlap(toX, toY-titleTall, w, h+titleTall); least < 0 || covered < least {
			x, y, least = toX, toY, covered
		}
	}
	for _, s := range l.Screens {
		if !s.Shares(home) {
			try(s, s.X+(s.W-w)/2, s.Y+(s.H-h)/2)
		}
	}
	try(home, console.X+console.W, console.Y)
	try(home, console.X-w, console.Y)
	try(home, console.X, console.Y+console.H+titleTall)
	try(home, console.X, console.Y-h)
	return x, y
}

// OpenShare opens the window at a place of the desktop with an area of w by h pixels, black. keys gets what is typed while it has
// the keyboard; resized is called after its area has another size, closed when a person closes it: it
// stays open until Destroy.
func OpenShare(x, y, w, h int, keys func(KeyEvent), resized, closed func()) (*Share, error) {
	p, err := newPane(ShareTitle, w, h, map[glfw.Hint]int{glfw.Decorated: glfw.True, glfw.Resizable: glfw.True})
	if err != nil {
		return nil, fmt.Errorf("open window to share: %w", err)
	}
	s := &Share{pane: p}
	listenKeys(p.win, keys)
	p.win.SetFramebufferSizeCallback(func(*glfw.Window, int, int) { resized() })
	p.win.SetRefreshCallback(func(*glfw.Window) { _ = s.redraw() })
	p.win.SetCloseCallback(func(w *glfw.Window) {
		w.SetShouldClose(false)
		closed()
	})
	err = p.put(x, y, w, h)
	if err == nil {
		err = p.appear()
	}
	if err != nil {
		s.Destroy()
		return nil, fmt.Errorf("open window to share: %w", err)
	}
	return s, s.Black()
}

// Show puts a frame of exactly [Share.Size] pixels into the window, else [ErrFrameSize].
func (s *Share) Show(frame *image.RGBA) error {
	if err := s.pane.show(frame); err != nil {
		return fmt.Errorf("show frame: %w", err)
	}
	s.frame = frame
	return nil
}

// Over draws o over the frame as [Court.Over] does.
func (s *Share) Over(o Overlay) error {
	if s.frame == nil {
		return nil
	}
	if err := s.pane.lay(o); err != nil {
		return fmt.Errorf("show overlay: %w", err)
	}
	return nil
}

// Reproject shows parts of the frame at other places as [Court.Reproject] does.
func (s *Share) Reproject(parts ...Part) error {
	if s.frame == nil {
		return nil
	}
	if err := s.pane.peek(parts); err != nil {
		return fmt.Errorf("reproject: %w", err)
	}
	return nil
}

// Black makes the window black, at once.
func (s *Share) Black() error {
	s.frame = nil
	if err := s.pane.draw(false); err != nil {
		return fmt.Errorf("show black: %w", err)
	}
	return nil
}

// Hide makes it black: a shared window that goes away would end the sharing.
func (s *Share) Hide() { _ = s.Black() }

// Size is the size that frames must have, in pixels.
func (s *Share) Size() (w, h int) { return s.pane.size() }

// redraw shows again what was shown; after a change of size black, for a frame is never stretched.
func (s *Share) redraw() error {
	w, h := s.pane.size()
	return s.pane.draw(s.frame != nil && s.frame.Rect.Dx() == w && s.frame.Rect.Dy() == h)
}

// Destroy closes the window for good.
func (s *Share) Destroy() { s.pane.destroy() }
