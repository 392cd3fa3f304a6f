package library

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Relink is the edit that follows files which were moved or renamed. What was noted on two copies
// of a file, of which one is left, is put together there.
func (o Outline) Relink(x *Index) Edit { return o.relink(x, o.locate) }

func (o Outline) relink(x *Index, locate func(path string, x *Index) (PageState, string)) Edit {
	m := moves{o, map[string]string{}}
	look := func(p string) bool {
		if _, done := m.to[p]; !done {
			m.to[p] = p
			if state, now := locate(p, x); state == PageMoved {
				m.to[p] = now
			}
		}
		return true
	}
	for r := range o.Records() {
		paths(r, look)
	}
	maps.DeleteFunc(m.to, func(from, to string) bool { return from == to })
	if len(m.to) == 0 {
		return Edit{}
	}
	return Edit{Label: "relink", Changes: slices.Concat(m.steps(), m.headings(), m.notes(), m.joins(), m.bindings(), m.passages(), m.recordings(), m.stated(), m.cues(), m.excerpts(), m.sources())}
}

// moves are the new paths of an outline's files, by the old ones.
type moves struct {
	o  Outline
	to map[string]string
}

func (m moves) path(p string) string { return cmp.Or(m.to[p], p) }

func (m moves) steps() []Change {
	var changes []Change
	for ref := range m.o.Walk() {
		next := ref.Step
		for i := range next.Shot.List() {
			next.Shot.Panes[i].Page.Path = m.path(next.Shot.Panes[i].Page.Path)
		}
		if next != ref.Step {
			changes = append(changes, Change{ref.Step, next})
		}
	}
	return changes
}

func (m moves) excerpts() []Change {
	var changes []Change
	for _, e := range m.o.Excerpts() {
		next := e
		next.Page.Path = m.path(e.Page.Path)
		if next != e {
			changes = append(changes, Change{e, next})
		}
	}
	return changes
}

func (m moves) headings() []Change {
	return rekeyed(m, m.o.Headings(), func(h *Heading) *PageID { return &h.First }, func(stays, comes Heading) Heading {
		stays.Title, stays.Person = cmp.Or(stays.Title, comes.Title), cmp.Or(stays.Person, comes.Person)
		stays.Date = cmp.Or(stays.Date, comes.Date)
		if stays.FolioFrom == "" && stays.FolioTo == "" {
			stays.FolioFrom, stays.FolioTo = comes.FolioFrom, comes.FolioTo
		}
		return stays
	})
}

func (m moves) notes() []Change {
	return rekeyed(m, m.o.Notes(), func(n *PageNote) *PageID { return &n.Page }, func(stays, comes PageNote) PageNote {
		upright := int(cmp.Or(stays.Turn, comes.Turn))
		stays.Marks = stays.Marks.Turned(upright - int(stays.Turn)).with(comes.Marks.Turned(upright - int(comes.Turn)))
		stays.Turn, stays.Hidden = Turn(upright), stays.Hidden || comes.Hidden
		stays.Flag, stays.Folio = cmp.Or(stays.Flag, comes.Flag), cmp.Or(stays.Folio, comes.Folio)
		stays.Restricted = cmp.Or(stays.Restricted, comes.Restricted)
		if !strings.Contains(stays.Text, comes.Text) && len(stays.Text)+len(comes.Text) < MaxText {
			stays.Text = strings.TrimPrefix(stays.Text+"\n"+comes.Text, "\n")
		}
		return stays
	})
}

func (m moves) bindings() []Change {
	return rekeyed(m, m.o.Bindings(), func(b *Binding) *PageID { return &b.First }, func(stays, _ Binding) Binding { return stays })
}

func (m moves) stated() []Change {
	return rekeyed(m, m.o.StatedHashes(), func(s *StatedHash) *PageID { return &s.First }, func(stays, comes StatedHash) StatedHash {
		stays.Hashes = comes.Hashes.With(stays.Hashes)
		return stays
	})
}

func (m moves) passages() []Change {
	records := m.o.AllPassages()
	changes := rekeyed(m, records, func(p *Passage) *PageID { return &p.First }, func(stays, comes Passage) Passage {
		stays.Title = cmp.Or(stays.Title, comes.Title)
		stays.Beside = cmp.Or(stays.Beside, comes.Beside)
		return stays
	})
	return m.beside(records, changes)
}

// beside makes passages follow the written records beside them too, after the changes of where they begin.
func (m moves) beside(records []Passage, changes []Change) []Change {
	changed := map[Key]bool{}
	for i, ch := range changes {
		changed[ch.Key()] = true
		if p, ok := ch.After.(Passage); ok {
			p.Beside.Path = m.path(p.Beside.Path)
			changes[i].After = p
		}
	}
	for _, p := range records {
		if _, moved := m.to[p.Beside.Path]; moved && !changed[p.Key()] {
			next := p
			next.Beside.Path = m.path(p.Beside.Path)
			changes = append(changes, Change{p, next})
		}
	}
	return changes
}

func (m moves) cues() []Change {
	return rekeyed(m, m.o.AllCues(), func(c *Cue) *PageID { return &c.First }, func(stays, comes Cue) Cue {
		stays.Text, stays.Person, stays.To = cmp.Or(stays.Text, comes.Text), cmp.Or(stays.Person, comes.Person), cmp.Or(stays.To, comes.To)
		return stays
	})
}

func (m moves) recordings() []Change {
	return rekeyed(m, m.o.Recordings(), func(r *Recording) *PageID { return &r.First }, func(stays, comes Recording) Recording {
		stays.Stamp, stays.Clock = cmp.Or(stays.Stamp, comes.Stamp), cmp.Or(stays.Clock, comes.Clock)
		return stays
	})
}

// rekeyed moves records that are found by a page. Where one stands already, the two are merged when
// both are of the same file, else the one that comes has its place.
func rekeyed[R interface {
	comparable
	Record
}](m moves, records []R, page func(*R) *PageID, merge func(stays, comes R) R,
) []Change {
	next := map[Key]R{}
	var keys []Key // in order, for the same edit each time
	put := func(r R) {
		if _, there := next[r.Key()]; !there {
			keys = append(keys, r.Key())
		}
		next[r.Key()] = r
	}
	for _, r := range records {
		if _, moves := m.to[page(&r).Path]; !moves {
			put(r)
		}
	}
	for _, r := range records {
		from := page(&r).Path
		to, moves := m.to[from]
		if !moves {
			continue
		}
		page(&r).Path = to
		if stays, there := next[r.Key()]; there && m.same(from, to) {
			r = merge(stays, r)
		}
		put(r)
	}
	var changes []Change
	for _, r := range records {
		if after, there := next[r.Key()]; !there {
			changes = append(changes, Change{Before: r})
		} else if after != r {
			changes = append(changes, Change{r, after})
		}
	}
	for _, k := range keys {
		if _, there := m.o.get(k); !there {
			changes = append(changes, Change{After: next[k]})
		}
	}
	return changes
}

// same tells whether what was noted at a path can be of the file that comes there.
func (m moves) same(from, to string) bool {
	a, _ := m.o.Source(from)
	b, known := m.o.Source(to)
	_, leaves := m.to[to]
	return leaves || !known || a.SHA256 == b.SHA256
}

// joins leaves each file in one document, and no document of one file.
func (m moves) joins() []Change {
	taken := map[string]bool{}
	for _, j := range m.o.Joins() {
		for _, p := range j.Paths {
			if _, moves := m.to[p]; !moves {
				taken[p] = true
			}
		}
	}
	var changes []Change
	for _, j := range m.o.Joins() {
		next := j
		next.Paths = nil
		for _, p := range j.Paths {
			to, moves := m.to[p]
			switch {
			case !moves:
				next.Paths = append(next.Paths, p)
			case !taken[to]:
				taken[to] = true
				next.Paths = append(next.Paths, to)
			}
		}
		switch {
		case slices.Equal(j.Paths, next.Paths):
		case len(next.Paths) < 2:
			changes = append(changes, Change{Before: j})
		default:
			changes = append(changes, Change{j, next})
		}
	}
	return changes
}

// sources takes the fingerprints along: nothing refers to the old paths any more, and a file that
// comes there is another one.
func (m moves) sources() []Change {
	next := map[string]Source{}
	for _, from := range slices.Sorted(maps.Keys(m.to)) {
		if s, ok := m.o.Source(from); ok {
			next[m.to[from]] = Source{m.to[from], s.SHA256}
		}
	}
	var changes []Change
	for _, from := range slices.Sorted(maps.Keys(m.to)) {
		if _, comes := next[from]; comes {
			continue
		}
		if s, ok := m.o.Source(from); ok {
			changes = append(changes, Change{Before: s})
		}
	}
	for _, to := range slices.Sorted(maps.Keys(next)) {
		switch have, there := m.o.Source(to); {
		case !there:
			changes = append(changes, Change{After: next[to]})
		case have != next[to]:
			changes = append(changes, Change{have, next[to]})
		}
	}
	return changes
}
