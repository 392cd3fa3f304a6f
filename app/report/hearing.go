package report

import (
	"slices"
	"strconv"
	"time"

	"butluc/library"
	"butluc/library/journal"
	"butluc/library/office/register"
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

// Shown is what the court saw in all trials of the journal that were no rehearsals, as the register has it.
func (r Record) Shown() register.Shown {
	var shown register.Shown
	var stood time.Duration
	pages, recordings := map[string]bool{}, map[string]bool{}
	rehearsal := false
	for _, s := range r.Spans {
		if s.Kind == journal.KindStart {
			rehearsal = s.Trial != nil && s.Trial.Rehearsal
		}
		if rehearsal {
			continue
		}
		if s.Kind == journal.KindStart {
			shown.Days = append(shown.Days, s.At.Format(library.DayForm))
		}
		if s.Played != nil {
			recordings[s.Played.Path] = true
		}
		if s.Shown == nil {
			continue
		}
		for _, p := range s.Shown.Panes {
			if p.Clip {
				recordings[p.Path] = true
			} else {
				pages[p.Path+"#"+strconv.Itoa(p.Page)] = true
			}
		}
		if s.To.After(s.At) {
			stood += s.To.Sub(s.At)
		}
	}
	slices.Sort(shown.Days)
	shown.Days = slices.Compact(shown.Days)
	shown.Pages, shown.Recordings = len(pages), len(recordings)
	shown.Minutes = int((stood + time.Minute - 1) / time.Minute)
	return shown
}
