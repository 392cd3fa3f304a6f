package library

import "iter"

// paths calls yield with each file that a record refers to, until it answers false.
func paths(r Record, yield func(string) bool) bool {
	switch r := r.(type) {
	case Step:
		for _, p := range r.Shot.Panes[:min(int(r.Shot.Count), MaxPanes)] {
			if !yield(p.Page.Path) {
				return false
			}
		}
	case Heading:
		return yield(r.First.Path)
	case Binding:
		return yield(r.First.Path)
	case PageNote:
		return yield(r.Page.Path)
	case Passage:
		if r.Beside != (PageID{}) && !yield(r.Beside.Path) {
			return false
		}
		return yield(r.First.Path)
	case Cue:
		return yield(r.First.Path)
	case StatedHash:
		return yield(r.First.Path)
	case Recording:
		return yield(r.First.Path)
	case Excerpt:
		return yield(r.Page.Path)
	case Join:
		for _, p := range r.Paths {
			if !yield(p) {
				return false
			}
		}
	default:
	}
	return true
}

// Sourced is the edit that notes the fingerprints of files that the records refer to and that were
// not noted yet. fingerprint gives a file's SHA-256, "" while it is pending or there is no such
// file. The edit is none of a person's: it belongs into no history.
func (o Outline) Sourced(records iter.Seq[Record], fingerprint func(path string) string) Edit {
	var e Edit
	seen := map[string]bool{}
	for r := range records {
		paths(r, func(p string) bool {
			if !seen[p] {
				seen[p] = true
				if _, there := o.Source(p); !there {
					if sum := fingerprint(p); sum != "" {
						e.Changes = append(e.Changes, Change{After: Source{p, sum}})
					}
				}
			}
			return true
		})
	}
	return e
}

// Confirm is the edit that takes a file as it now is for what was prepared, after a person looked
// at it again.
func (o Outline) Confirm(f File) Edit {
	e := Edit{Label: "confirm"}
	have, there := o.Source(f.Path)
	next := Source{f.Path, f.SHA256}
	switch {
	case f.SHA256 == "" || there && have == next:
	case there:
		e.Changes = []Change{{have, next}}
	default:
		e.Changes = []Change{{nil, next}}
	}
	return e
}
