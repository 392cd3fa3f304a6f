package report

import (
	"strconv"
	"time"

	"butluc/library/journal"
)

// Hearing is a trial in figures.
type Hearing struct {
	From, To   time.Time // To is zero while it is not over
	Rehearsal  bool
	Pages      int // that the court saw, each once
	Recordings int // the same
	Notes      int
}

// Last is the last trial of the journal, with what it was before it was cut off and gone on with; zero where there is none.
func (r Record) Last() Hearing {
	var h Hearing
	pages, recordings := map[string]bool{}, map[string]bool{}
	for _, e := range r.Entries {
		switch e.Kind {
		case journal.KindStart:
			if h.From.IsZero() || !h.To.IsZero() || e.Text == "" {
				h = Hearing{From: e.At, Rehearsal: e.Trial != nil && e.Trial.Rehearsal}
				clear(pages)
				clear(recordings)
			}
		case journal.KindEnd:
			h.To = e.At
		case journal.KindNote:
			h.Notes++
		default:
		}
		if e.Played != nil {
			recordings[e.Played.Path] = true
		}
		if e.Shown == nil {
			continue
		}
		for _, p := range e.Shown.Panes {
			if p.Clip {
				recordings[p.Path] = true
			} else {
				pages[p.Path+"#"+strconv.Itoa(p.Page)] = true
			}
		}
	}
	h.Pages, h.Recordings = len(pages), len(recordings)
	return h
}
