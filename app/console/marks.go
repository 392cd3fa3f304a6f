package console

import (
	"context"
	"log/slog"

	"butluc/app/ui/markedit"
	"butluc/library"
	"butluc/presenter/render"
)

// Owner is whom a mark belongs to.
type Owner int

// The owners; each has a word under the key "mark.owner-" + its name.
const (
	OfStep Owner = iota // the chosen step: there alone the mark is seen
	OfPage              // the page, wherever it is shown
)

func (o Owner) String() string { return [...]string{"step", "page"}[o] }

// Marks are those of the page that is looked at: the chosen step's on it, or the page's own.
func (s *Session) Marks(of Owner) library.Marks {
	if of == OfPage {
		return s.pagesNow().Of(s.current.Page).Marks
	}
	step, i, ok := s.Editing()
	if !ok {
		return library.Marks{}
	}
	return step.Shot.Panes[i].Marks
}

// SetMarks puts other marks in their place.
func (s *Session) SetMarks(of Owner, marks library.Marks) bool {
	o := s.Outline()
	if of == OfPage {
		return s.Edit(o.SetAll("mark", o.MarkPage(s.current.Page, marks, s.Index())...))
	}
	return s.editPane(func(p *library.Pane) { p.Marks = marks })
}

// editPane changes the chosen step's pane that is looked at.
func (s *Session) editPane(change func(*library.Pane)) bool {
	step, i, ok := s.Editing()
	if !ok {
		s.Tell("mark.no-step", true)
		return false
	}
	change(&step.Shot.Panes[i])
	return s.Edit(s.Outline().SetAll("mark", step))
}

// SetBothMarks puts other marks in the place of the step's and of the page's, as one edit.
func (s *Session) SetBothMarks(ofStep, ofPage library.Marks) bool {
	o := s.Outline()
	step, i, ok := s.Editing()
	if !ok {
		return false
	}
	step.Shot.Panes[i].Marks = ofStep
	return s.Edit(o.SetAll("mark", append(o.MarkPage(s.current.Page, ofPage, s.Index()), step)...))
}

// Adjusted is how the chosen step changes the picture of the page that is looked at.
func (s *Session) Adjusted() library.Adjust {
	step, i, ok := s.Editing()
	if !ok {
		return library.Adjust{}
	}
	return step.Shot.Panes[i].Adjust
}

// Adjust lets the chosen step change the picture of the page that is looked at.
func (s *Session) Adjust(a library.Adjust) bool {
	return s.editPane(func(p *library.Pane) { p.Adjust = a })
}

// Turn turns a page upright by quarter turns, for good and wherever it is shown.
func (s *Session) Turn(p library.PageID, quarters int) bool {
	return s.Edit(s.Outline().TurnPage(p, s.pagesNow().Of(p).Upright.Plus(quarters), s.Index()))
}

// texts are the lines of text of the pages that are being drawn on, each as upright as it is shown; nil while they are
// read.
type texts map[library.Pane]markedit.Text

// TextOf is the lines of text of a page as it lies upright, to which highlights snap. There are none of a page
// without text, and none yet while they are read, which the first call begins. The pages of a step that shows several
// side by side are all remembered.
func (s *Session) TextOf(p library.PageID) markedit.Text {
	origin, ok := s.origin(library.Pane{Page: p})
	if !ok {
		return nil
	}
	of := library.Pane{Page: p, Turn: origin.Upright}
	if text, asked := s.texts[of]; asked {
		return text
	}
	if len(s.texts) >= 2*library.MaxPanes || s.texts == nil { // of steps that were left
		s.texts = texts{}
	}
	s.texts[of] = nil
	file := s.file
	go func() {
		lines, err := s.renderer.Lines(context.Background(), render.LaneView, origin.Source, p.Index, origin.Upright)
		if err != nil {
			slog.Warn("find lines of text", "path", p.Path, "page", p.Index+1, "err", err)
			return
		}
		s.opt.Post(func() {
			if _, asked := s.texts[of]; asked && s.file == file {
				s.texts[of] = lines
			}
		})
	}()
	return nil
}

// ReadTexts begins to read the text of all pages that a shot shows, so that highlights snap from the first on.
func (s *Session) ReadTexts(shot library.Shot) {
	for _, pane := range shot.List() {
		s.TextOf(pane.Page)
	}
}
