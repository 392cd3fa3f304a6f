package console

import (
	"context"
	"path/filepath"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
)

// Open reads a case folder in place of the present one. The folder's known pages are there at once. Of a file, the case
// that it belongs to is opened, at that file.
func (s *Session) Open(name string) {
	if s.Running() {
		s.Tell("notice.trial-runs", true)
		return
	}
	if s.opening != "" {
		return
	}
	present := ""
	if s.file != nil {
		present = s.file.Dir()
	}
	if abs, err := filepath.Abs(name); err == nil && abs == present {
		s.changed(CaseOpened)
		return
	}
	s.opening = name
	s.changed(CaseChanged | ShelfChanged)
	var known []string
	for _, e := range s.opt.Shelf.Cases() {
		known = append(known, e.Path)
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		dir, wanted, err := casefile.Folder(name, known)
		if err == nil && dir == present {
			cancel()
			s.opt.Post(func() {
				s.opening = ""
				s.lookFor(wanted)
				s.changed(CaseChanged | ShelfChanged | CaseOpened)
			})
			return
		}
		var file *casefile.Case
		if err == nil {
			file, err = s.opt.OpenCase(ctx, dir, s.renderer, func() { s.snapshotReady() })
		}
		s.opt.Post(func() { s.opened(name, wanted, file, err, cancel) })
	}()
}

// lookFor looks at a file of the case, once it is listed.
func (s *Session) lookFor(wanted string) {
	s.wanted = wanted
	s.findWanted()
}

func (s *Session) findWanted() {
	switch _, listed := s.Exhibit(s.wanted); {
	case s.wanted == "":
	case listed:
		page := library.PageID{Path: s.wanted}
		s.wanted = ""
		s.Select(page)
	case s.snapshot.Progress.Stage > intake.StageList: // it is nothing that a case lists
		s.wanted = ""
	}
}

// NothingText says why there is no page to look at.
func (s *Session) NothingText() string {
	switch c := s.snapshot; {
	case c.Err != nil:
		return i18n.T("prepare.unreadable", "name", c.Case.Path, "why", why(c.Err))
	case len(c.Exhibits) > 0:
		return i18n.T("prepare.none-shown", "count", len(c.Exhibits))
	case c.Reading && c.Progress.Stage <= intake.StageList:
		return i18n.T("prepare.listing")
	default:
		return i18n.T("prepare.empty")
	}
}
