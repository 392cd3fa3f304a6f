package library

import "time"

// Bounds of what can be undone. Weight is about the memory that edits take; the newest edit is kept
// whatever it weighs.
const (
	MaxUndo       = 500
	maxUndoWeight = 4 << 20
	// typingPause parts one run of typing from the next.
	typingPause = 2 * time.Second
)

// Entry is an edit that can be undone or redone.
type Entry struct {
	Seq  uint64 // counts up; the newest entry's is the highest
	Edit Edit
}

// History is what can be undone and redone. The zero History is empty. It belongs to one goroutine
// at a time.
type History struct {
	entries []Entry // the first done of them are done, the others undone
	done    int
	weight  int
	typed   time.Time // of the last edit, while more of the same may join it
}

// NewHistory is a history of stored entries, in order of their numbers, of which those up to the
// one numbered done are done.
func NewHistory(entries []Entry, done uint64) History {
	h := History{entries: entries}
	for _, e := range entries {
		if e.Seq <= done {
			h.done++
		}
		h.weight += e.Edit.weight()
	}
	return h
}

// HistoryChange is what became of a history's entries, for whoever stores them.
type HistoryChange struct {
	Put  []Entry
	Gone []uint64
	Done uint64 // the number of the newest entry that is done; 0: none is
}

// Do notes an edit that was applied at a time. What was undone before can't be redone any more.
// Edits of one text soon after one another become one entry.
func (h *History) Do(e Edit, at time.Time) HistoryChange {
	var c HistoryChange
	for _, undone := range h.entries[h.done:] {
		c.Gone = append(c.Gone, undone.Seq)
		h.weight -= undone.Edit.weight()
	}
	if len(c.Gone) > 0 {
		h.typed = time.Time{}
	}
	clear(h.entries[h.done:])
	h.entries = h.entries[:h.done]
	pause := at.Sub(h.typed)
	joins := h.done > 0 && e.Field != "" && pause >= 0 && pause < typingPause
	h.typed = time.Time{}
	if e.Field != "" {
		h.typed = at
	}
	if joins {
		last := &h.entries[h.done-1]
		if both, ok := last.Edit.Merge(e); ok {
			h.weight += both.weight() - last.Edit.weight()
			last.Edit = both
			c.Put, c.Done = []Entry{*last}, last.Seq
			return c
		}
	}
	// Numbers of entries that are gone are used again, but for the last: c.Gone is removed first.
	next := Entry{Seq: 1, Edit: e}
	if h.done > 0 {
		next.Seq = h.entries[h.done-1].Seq + 1
	}
	h.entries = append(h.entries, next)
	h.weight += e.weight()
	h.done++
	for len(h.entries) > 1 && (len(h.entries) > MaxUndo || h.weight > maxUndoWeight) {
		c.Gone = append(c.Gone, h.entries[0].Seq)
		h.weight -= h.entries[0].Edit.weight()
		h.entries[0] = Entry{}
		h.entries = h.entries[1:]
		h.done--
	}
	c.Put, c.Done = []Entry{next}, next.Seq
	return c
}

// Undo gives the edit that takes the newest done one back, and notes that it is undone. The zero
// Edit where nothing is done.
func (h *History) Undo() (Edit, HistoryChange) {
	if h.done == 0 {
		return Edit{}, HistoryChange{}
	}
	h.done--
	h.typed = time.Time{}
	return h.entries[h.done].Edit.Inverse(), HistoryChange{Done: h.doneSeq()}
}

// Redo gives the edit that was undone last, and notes that it is done again. The zero Edit where
// nothing is undone.
func (h *History) Redo() (Edit, HistoryChange) {
	if h.done == len(h.entries) {
		return Edit{}, HistoryChange{}
	}
	h.done++
	h.typed = time.Time{}
	return h.entries[h.done-1].Edit, HistoryChange{Done: h.doneSeq()}
}

// Now is where the history stands, with nothing changed in it.
func (h *History) Now() HistoryChange { return HistoryChange{Done: h.doneSeq()} }

func (h *History) doneSeq() uint64 {
	if h.done == 0 {
		return 0
	}
	return h.entries[h.done-1].Seq
}

// Labels are what would be undone and redone next, "" where there is nothing.
func (h *History) Labels() (undo, redo string) {
	if h.done > 0 {
		undo = h.entries[h.done-1].Edit.Label
	}
	if h.done < len(h.entries) {
		redo = h.entries[h.done].Edit.Label
	}
	return undo, redo
}

// Len is how many edits can be undone and redone.
func (h *History) Len() (undo, redo int) { return h.done, len(h.entries) - h.done }

// weight is about how many bytes of memory an edit takes.
func (e Edit) weight() int {
	n := 100
	for _, c := range e.Changes {
		n += recordWeight(c.Before) + recordWeight(c.After)
	}
	return n
}

func recordWeight(r Record) int {
	const fixed = 150
	switch r := r.(type) {
	case Step: // has its panes in itself
		n := 800 + StepTexts.size(r)
		for _, p := range r.Shot.Panes[:r.Shot.Count] {
			n += len(p.Page.Path)
		}
		return n
	case Scenario:
		return fixed + ScenarioTexts.size(r)
	case PageNote:
		return fixed + PageNoteTexts.size(r) + len(r.Page.Path)
	case Binding:
		return fixed + len(r.First.Path) + BindingTexts.size(r)
	case Passage:
		return fixed + PassageTexts.size(r) + len(r.First.Path) + len(r.Beside.Path)
	case Cue:
		return fixed + CueTexts.size(r) + len(r.First.Path)
	case StatedHash:
		return 2*fixed + StatedHashTexts.size(r) + len(r.First.Path)
	case Recording:
		return fixed + len(r.First.Path) + len(r.Clock)
	case Heading:
		return fixed + HeadingTexts.size(r) + len(r.First.Path)
	case Person:
		return fixed + PersonTexts.size(r)
	case Join:
		n := fixed + JoinTexts.size(r)
		for _, p := range r.Paths {
			n += len(p) + 16
		}
		return n
	case Matter:
		return fixed + MatterTexts.size(r)
	case Excerpt:
		return fixed + ExcerptTexts.size(r) + len(r.Page.Path) + len(r.Area.packed) + len(r.Matters.joined)
	case Contradiction:
		return fixed + ContradictionTexts.size(r)
	case Paragraph:
		return fixed + ParagraphTexts.size(r) + len(r.Cites.joined)
	case Cover:
		return 2*fixed + CoverTexts.size(r)
	case Docket:
		n := 2*fixed + DocketTexts.size(r)
		for _, e := range r.Events {
			n += fixed + len(e.Place) + len(e.Text)
		}
		return n
	case nil:
		return 0
	default:
		return fixed
	}
}
