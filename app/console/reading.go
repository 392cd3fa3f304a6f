package console

import (
	"errors"
	"runtime"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/search/ocr"
	"butluc/library/search/reading"
)

// TextReading is how far the text of the case's pages is read.
type TextReading struct {
	reading.Progress
	Held bool   // by a person
	Need string // what is to be installed, so that scans are read; "" for nothing
}

// TextReading is how far the text of the case's pages is read; the zero value where it is not.
func (s *Session) TextReading() TextReading {
	if s.file == nil {
		return TextReading{}
	}
	p, ok := s.file.TextProgress()
	if !ok {
		return TextReading{}
	}
	t := TextReading{Progress: p, Held: s.textHeld}
	if p.Scans > 0 {
		t.Need = TesseractNeed(s.file.OCRMissing())
	}
	return t
}

// TesseractNeed says what is to be installed on this system, where that is why scans are not read; else "".
func TesseractNeed(err error) string {
	system := "linux"
	switch runtime.GOOS {
	case "windows":
		system = "windows"
	case "darwin":
		system = "mac"
	}
	switch {
	case errors.Is(err, ocr.ErrMissing):
		return i18n.T("need-tesseract." + system)
	case errors.Is(err, ocr.ErrLanguage):
		return i18n.T("need-vietnamese." + system)
	}
	return ""
}

// HoldText pauses the reading of the text, or lets it go on.
func (s *Session) HoldText(held bool) {
	s.textHeld = held
	s.followText()
	s.changed(CaseChanged)
}

// followText lets the text be read while nothing more important goes on.
func (s *Session) followText() {
	if s.file != nil {
		s.file.HoldText(s.textHeld || s.Running())
	}
}

// readFirst lets the text of the page that is looked at, and of the next ones, be read before others.
func (s *Session) readFirst() {
	if p, ok := s.file.TextProgress(); !ok || p.State == reading.Done {
		return
	}
	const ahead = 4
	pages := []library.PageID{s.current.Page}
	for by := range ahead {
		if p := s.neighbour(s.current.Page, by+1); p != (library.PageID{}) {
			pages = append(pages, p)
		}
	}
	s.file.ReadFirst(pages...)
}

// ListUnread lists the pages with writing that could not be read, in the place of what was found.
func (s *Session) ListUnread() {
	f := &s.find
	if f.cancel != nil {
		f.cancel()
	}
	f.Finding = Finding{Unread: true, Carry: f.Carry}
	f.best = nil
	for _, p := range s.file.UnreadPages() {
		f.best = append(f.best, casefile.Found{Page: p, Text: s.Outline().Note(p).Text, Noted: s.Outline().Note(p).Text != ""})
	}
	s.orderFound()
}
