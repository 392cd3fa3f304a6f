package album

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/app/report"
	"butluc/library/journal"
)

// Picture is one that stood on the court screen, from when it did until it was another.
type Picture struct {
	Number    int // among all of the journal, from 1
	Entry     journal.Entry
	To        time.Time     // zero where nobody knows, as after a crash
	Trial     journal.Trial // that it stood in, with the versions that made it
	Played    []journal.Span
	Rehearsal bool
	Consent   *journal.Entry // what the panel said to it last, before it went or then; nil where nothing was noted
}

// Pictures are all pictures of a journal in their order: each thing that was shown, and each view of it that settled. What the
// screen refused never stood there.
func Pictures(r report.Record) []Picture {
	var list []Picture
	var trial journal.Trial
	var said []journal.Entry // to requests, in this trial
	on, before := -1, -1     // what stands now, and what stood there until then
	end := func(at time.Time) {
		if on >= 0 {
			list[on].To = at
		}
		before, on = on, -1
	}
	for _, e := range r.Entries {
		switch e.Kind {
		case journal.KindStart:
			on, before = -1, -1
			if e.Trial != nil {
				trial = *e.Trial
			}
			if e.Text == "" { // not one that is gone on with
				said = nil
			}
		case journal.KindConsent:
			said = append(said, e)
			switch {
			case on >= 0:
				list[on].consented(e)
			case before >= 0 && e.Consent != nil && e.Consent.Refused: // it is black already
				list[before].consented(e)
			}
		case journal.KindShow, journal.KindView:
			end(e.At)
			if e.Shown == nil {
				continue
			}
			on = len(list)
			list = append(list, Picture{Entry: e, Trial: trial, Rehearsal: trial.Rehearsal})
			for _, s := range said {
				list[on].consented(s)
			}
		case journal.KindRefused:
			if on >= 0 {
				list = list[:on]
				on, before = before, -1
				if on >= 0 {
					list[on].To = time.Time{}
				}
			}
		case journal.KindPlay:
			if on >= 0 {
				list[on].Played = append(list[on].Played, journal.Span{Entry: e})
			}
		case journal.KindStop:
			if on >= 0 && len(list[on].Played) > 0 {
				last := &list[on].Played[len(list[on].Played)-1]
				last.To, last.Stopped = e.At, e.Played
			}
		case journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindEnd, journal.KindCut:
			end(e.At)
		default:
		}
	}
	for i := range list {
		list[i].Number = i + 1
	}
	return list
}

// consented takes what the panel said, if it was to this picture's pages.
func (p *Picture) consented(said journal.Entry) {
	if said.Consent != nil && said.Consent.Covers(*p.Entry.Shown) {
		p.Consent = &said
	}
}

// Real are the pictures that a court saw: not those of rehearsals.
func Real(list []Picture) []Picture {
	var real []Picture
	for _, p := range list {
		if !p.Rehearsal {
			real = append(real, p)
		}
	}
	return real
}

// Only are the pictures with the numbers that a person wrote, "1-5,9"; all where nothing is written. The error says which
// part is no number, or none of theirs.
func Only(list []Picture, numbers string) ([]Picture, error) {
	if strings.TrimSpace(numbers) == "" {
		return list, nil
	}
	wanted := map[int]bool{}
	for part := range strings.SplitSeq(numbers, ",") {
		first, last, isRange := strings.Cut(strings.ReplaceAll(strings.TrimSpace(part), "–", "-"), "-")
		if !isRange {
			last = first
		}
		from, err := strconv.Atoi(strings.TrimSpace(first))
		to, err2 := strconv.Atoi(strings.TrimSpace(last))
		if err != nil || err2 != nil || from < 1 || to < from {
			return nil, fmt.Errorf("%q: want numbers of pictures, as in 1-5,9", part)
		}
		for _, p := range list {
			if p.Number >= from && p.Number <= to {
				wanted[p.Number] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(p Picture) bool { return !wanted[p.Number] }), nil
}
