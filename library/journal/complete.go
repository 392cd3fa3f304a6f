package journal

import "slices"

// lacks are the files of an entry whose SHA-256 it does not tell, each once.
func (e Entry) lacks() []string {
	var paths []string
	if e.Shown != nil {
		for _, p := range e.Shown.Panes {
			if p.SHA256 == "" && !slices.Contains(paths, p.Path) {
				paths = append(paths, p.Path)
			}
		}
	}
	if e.Played != nil && e.Played.SHA256 == "" {
		paths = append(paths, e.Played.Path)
	}
	return paths
}

// Lacking are the files that were shown or played since the journal was opened, and whose SHA-256 is not in it yet.
func (j *Journal) Lacking() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	paths := make([]string, 0, len(j.lacking))
	for path := range j.lacking {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// Complete appends the SHA-256 of a file that lacks it, with the numbers of the entries that it completes. The caller
// knows that the file is the one that they showed.
func (j *Journal) Complete(path, sum string) {
	j.mu.Lock()
	lines := j.lacking[path]
	delete(j.lacking, path)
	j.mu.Unlock()
	if len(lines) > 0 {
		j.Append(Entry{Kind: KindHash, Hashed: &Hashed{Path: path, SHA256: sum, Lines: lines}}, nil)
	}
}

// GiveUp says that the SHA-256 of a file can't be told any more: it is another by now.
func (j *Journal) GiveUp(path string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.lacking, path)
}

// Completed are the entries of a journal from its first on, with the SHA-256 in each that a later one tells. What an entry
// tells itself stands. The entries that are given stay as they are.
func Completed(entries []Entry) []Entry {
	all := slices.Clone(entries)
	for _, e := range entries {
		if e.Kind != KindHash || e.Hashed == nil {
			continue
		}
		for _, n := range e.Hashed.Lines {
			if n >= 1 && n < e.N && n <= len(all) {
				all[n-1] = all[n-1].completed(*e.Hashed)
			}
		}
	}
	return all
}

// completed is an entry with the SHA-256 of a file where it has none.
func (e Entry) completed(h Hashed) Entry {
	if e.Shown != nil {
		shown := *e.Shown
		shown.Panes = slices.Clone(shown.Panes)
		for i := range shown.Panes {
			if p := &shown.Panes[i]; p.SHA256 == "" && p.Path == h.Path {
				p.SHA256 = h.SHA256
			}
		}
		e.Shown = &shown
	}
	if e.Played != nil && e.Played.SHA256 == "" && e.Played.Path == h.Path {
		played := *e.Played
		played.SHA256 = h.SHA256
		e.Played = &played
	}
	return e
}

// Unhashed counts the entries that show or play a file whose SHA-256 is not in them.
func Unhashed(entries []Entry) int {
	count := 0
	for _, e := range entries {
		if len(e.lacks()) > 0 {
			count++
		}
	}
	return count
}
