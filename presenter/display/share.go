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

// OpenShare opens the window with an area of w by h pixels, black. keys gets what is typed while it has
// the keyboard; resized is called after its area has another size, closed when a person closes it: it
// stays open until Destroy.
func OpenShare(w, h int, keys func(KeyEvent), resized, closed func()) (*Share, error) {
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
	if err := p.appear(); err != nil {
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

// Glimpse shows parts of the frame at other places as [Court.Glimpse] does.
func (s *Share) Glimpse(parts ...Part) error {
	if s.frame == nil {
		return nil
	}
	if err := s.pane.peek(parts); err != nil {
		return fmt.Errorf("show glimpse: %w", err)
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
