package study

import (
	"context"
	"log/slog"
	"slices"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/markedit"
	"butluc/app/console/notice"
	"butluc/library"
	"butluc/library/casefile"
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

// Marks are those of the page that is looked at.
type Marks struct {
	dossier  *dossier.Dossier
	edits    *dossier.Edits
	study    *Study
	events   *event.Bus
	notices  *notice.Bar
	renderer *render.Renderer
	texts    texts
}

// NewMarks makes the marks of the page that is looked at.
func NewMarks(d Deps, study *Study) *Marks {
	return &Marks{dossier: d.Dossier, edits: d.Edits, events: d.Events, notices: d.Notices, renderer: d.Renderer, study: study}
}

// Of are those of the page that is looked at: the chosen step's on it, or the page's own.
func (m *Marks) Of(of Owner) library.Marks {
	if of == OfPage {
		return m.dossier.PagesNow().Of(m.study.Current().Page).Marks
	}
	step, i, ok := m.study.Editing()
	if !ok {
		return library.Marks{}
	}
	return step.Shot.Panes[i].Marks
}

// Set puts other marks in their place.
func (m *Marks) Set(of Owner, marks library.Marks) bool {
	o := m.dossier.Outline()
	if of == OfPage {
		return m.edits.Edit(o.SetAll("mark", o.MarkPage(m.study.Current().Page, marks, m.dossier.Index())...))
	}
	return m.editPane(func(p *library.Pane) { p.Marks = marks })
}

// editPane changes the chosen step's pane that is looked at.
func (m *Marks) editPane(change func(*library.Pane)) bool {
	step, i, ok := m.study.Editing()
	if !ok {
		m.notices.Tell("mark.no-step", true)
		return false
	}
	change(&step.Shot.Panes[i])
	return m.edits.Edit(m.dossier.Outline().SetAll("mark", step))
}

// SetBoth puts other marks in the place of the step's and of the page's, as one edit.
func (m *Marks) SetBoth(ofStep, ofPage library.Marks) bool {
	o := m.dossier.Outline()
	step, i, ok := m.study.Editing()
	if !ok {
		return false
	}
	step.Shot.Panes[i].Marks = ofStep
	return m.edits.Edit(o.SetAll("mark", append(o.MarkPage(m.study.Current().Page, ofPage, m.dossier.Index()), step)...))
}

// Adjusted is how the chosen step changes the picture of the page that is looked at.
func (m *Marks) Adjusted() library.Adjust {
	step, i, ok := m.study.Editing()
	if !ok {
		return library.Adjust{}
	}
	return step.Shot.Panes[i].Adjust
}

// Adjust lets the chosen step change the picture of the page that is looked at.
func (m *Marks) Adjust(a library.Adjust) bool {
	return m.editPane(func(p *library.Pane) { p.Adjust = a })
}

// texts are the lines of text of the pages that are being drawn on, each as upright as it is shown; nil while they are
// read.
type texts map[library.Pane]markedit.Text

// TextOf is the lines of text of a page as it lies upright, to which highlights snap: of its text layer, else those that OCR
// read. There are none of a page without text, and none yet while they are read, which the first call begins. The pages of a step that shows several
// side by side are all remembered.
func (m *Marks) TextOf(p library.PageID) markedit.Text {
	origin, ok := m.dossier.Origin(library.Pane{Page: p})
	if !ok {
		return nil
	}
	of := library.Pane{Page: p, Turn: origin.Upright}
	if text, asked := m.texts[of]; asked {
		return text
	}
	if len(m.texts) >= 2*library.MaxPanes || m.texts == nil { // of steps that were left
		m.texts = texts{}
	}
	m.texts[of] = nil
	file := m.dossier.File()
	go func() {
		lines, err := m.renderer.Lines(context.Background(), render.LaneView, origin.Source, p.Index, origin.Upright)
		if err != nil {
			slog.Warn("find lines of text", "path", p.Path, "page", p.Index+1, "err", err)
			return
		}
		if len(lines) == 0 {
			lines = recognised(file, p, origin.Upright)
		}
		m.events.Post(func() {
			if _, asked := m.texts[of]; asked && m.dossier.File() == file {
				m.texts[of] = lines
			}
		})
	}()
	return nil
}

// recognised are the lines of a scan that OCR read, on the page as it lies upright; none where it was not read, or as
// handwriting is, which comes out as guesses.
func recognised(file *casefile.Case, p library.PageID, upright library.Turn) []library.Line {
	page, ok := file.PageText(p)
	if !ok || page.Unread() {
		return nil
	}
	lines := make([]library.Line, 0, len(page.Lines))
	for _, l := range page.Lines {
		words := slices.Clone(l.Words)
		for i := range words {
			words[i].Box = words[i].Box.Turned(int(upright))
		}
		lines = append(lines, library.LineOf(words))
	}
	return lines
}

// ReadTexts begins to read the text of all pages that a shot shows, so that highlights snap from the first on.
func (m *Marks) ReadTexts(shot library.Shot) {
	for _, pane := range shot.List() {
		m.TextOf(pane.Page)
	}
}
