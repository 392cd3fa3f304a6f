package recorder

import (
	"maps"
	"slices"

	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter"
)

// lacking keeps in mind which files an entry shows or plays without their SHA-256, and lets them be hashed before all
// others.
func (l *Recorder) lacking(e journal.Entry) {
	var paths []string
	if e.Shown != nil {
		for _, p := range e.Shown.Panes {
			if p.SHA256 == "" {
				paths = append(paths, p.Path)
			}
		}
	}
	if e.Played != nil && e.Played.SHA256 == "" {
		paths = append(paths, e.Played.Path)
	}
	if len(paths) == 0 {
		return
	}
	if l.files == nil {
		l.files = map[string]library.File{}
	}
	for _, path := range paths {
		if _, known := l.files[path]; !known {
			l.files[path] = l.dossier.FileAt(path)
		}
	}
	l.dossier.HashFirst(paths)
}

// Complete tells the journal the SHA-256 of files that were shown before it was known, where they are still those.
func (l *Recorder) Complete() {
	if l.journal == nil || len(l.files) == 0 {
		return
	}
	for _, path := range l.journal.Lacking() {
		was, now := l.files[path], l.dossier.FileAt(path)
		switch {
		case was.Size != now.Size || !was.ModTime.Equal(now.ModTime):
			l.journal.GiveUp(path)
			delete(l.files, path)
		case now.SHA256 != "":
			l.journal.Complete(path, now.SHA256)
			delete(l.files, path)
		}
	}
	l.dossier.HashFirst(slices.Collect(maps.Keys(l.files))) // what was not listed yet when it was asked for
}

// HashSeen lets what the court sees, or is about to see, be hashed before all others.
func (l *Recorder) HashSeen(st presenter.State) {
	var paths []string
	for _, shot := range []library.Shot{st.Program, st.Preview} {
		for _, p := range shot.List() {
			paths = append(paths, p.Page.Path)
		}
	}
	l.dossier.HashFirst(paths)
}
