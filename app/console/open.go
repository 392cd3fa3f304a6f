package console

import (
	"context"
	"path/filepath"

	"butluc/app/console/event"
	"butluc/library/casefile"
)

// Open reads a case folder in place of the present one. The folder's known pages are there at once. Of a file, the case
// that it belongs to is opened, at that file.
func (s *Session) Open(name string) {
	if s.Stage.Running() {
		s.Notices.Tell("notice.trial-runs", true)
		return
	}
	if s.opening != "" {
		return
	}
	present := ""
	if s.Dossier.File() != nil {
		present = s.Dossier.File().Dir()
	}
	if abs, err := filepath.Abs(name); err == nil && abs == present {
		s.Events.Changed(event.CaseOpened)
		return
	}
	s.opening = name
	s.Events.Changed(event.CaseChanged | event.ShelfChanged)
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
				s.Study.LookFor(wanted)
				s.Events.Changed(event.CaseChanged | event.ShelfChanged | event.CaseOpened)
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

// CloseCase closes the case in a folder where it is the open one: nobody else may have it while it is locked away.
func (s *Session) CloseCase(dir string) {
	if file := s.Dossier.File(); file == nil || file.Dir() != dir || s.Stage.Running() {
		return
	}
	s.closeCase()
	s.Events.Changed(event.CaseChanged | event.ShelfChanged | event.PageChanged | event.StageChanged | event.OutlineChanged)
}
