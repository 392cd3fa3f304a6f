package register

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"butluc/library"
)

// Period is a span of days, with its first and its last.
type Period struct{ From, To string }

// Span is how long a usual period of reports is, in months.
type Span int

// The spans.
const (
	Month    Span = 1
	Quarter  Span = 3
	HalfYear Span = 6
	Year     Span = 12
)

// Spans are all of them.
var Spans = []Span{Month, Quarter, HalfYear, Year}

// PeriodOf is the period of a span that a day is in.
func PeriodOf(s Span, t time.Time) Period {
	first := time.Date(t.Year(), (t.Month()-1)/time.Month(s)*time.Month(s)+1, 1, 0, 0, 0, 0, time.UTC)
	return Period{first.Format(library.DayForm), first.AddDate(0, int(s), -1).Format(library.DayForm)}
}

// Span is which usual span the period is, and which of its year, from 1; 0 where it is none.
func (p Period) Span() (s Span, n, year int) {
	from, err := time.Parse(library.DayForm, p.From)
	for _, s := range Spans {
		if err == nil && PeriodOf(s, from) == p {
			return s, (int(from.Month())-1)/int(s) + 1, from.Year()
		}
	}
	return 0, 0, 0
}

// Check tells what is wrong with the period.
func (p Period) Check() error {
	for _, day := range []string{p.From, p.To} {
		if _, err := time.Parse(library.DayForm, day); err != nil {
			return fmt.Errorf("period: %q is no day", day)
		}
	}
	if p.To < p.From {
		return fmt.Errorf("period: %s is before %s", p.To, p.From)
	}
	return nil
}

// Has tells whether a day is in the period.
func (p Period) Has(day string) bool { return day >= p.From && day <= p.To && day != "" }

// Concerns tells whether a case was open in the period, for a time at least. One of which no day is known was.
func (p Period) Concerns(f Facts) bool {
	d := f.Docket
	began, over := d.Accepted, ""
	if began == "" {
		began = d.Since
	}
	if d.Stage == library.StageDone {
		over = d.Since
	}
	return began <= p.To && (over == "" || over >= p.From)
}

// Tally is how many there are of something.
type Tally struct {
	Cases, Digitized int
	Scanned, Sheets  int // sheets: digitized, and of the whole files where those are known
	Hearings         int
	Shown            int // hearings in which the digitized file was shown
	Lessons          int // hearings to learn from in which it was shown
	Online           int // hearings by video call
	Early            int // cases that were digitized from the first investigation on
	Interrogated     int // cases with recorded interrogations
	Interrogations   int // how many those were
	Protests         int
	Remedies         int
	Generals         int
	Preventions      int
	Requests         int
	Outlines         int // cases that have one
	Submitted        int // of these, submitted or approved
	Late             int // cases whose limit is past
}

// Share is how many of a hundred cases are digitized, rounded; 0 where there is no case.
func (t Tally) Share() int {
	if t.Cases == 0 {
		return 0
	}
	return (200*t.Digitized + t.Cases) / (2 * t.Cases)
}

func (t *Tally) add(o Tally) {
	for i, n := range o.all() {
		*t.all()[i] += *n
	}
}

// all are the figures, to be added up.
func (t *Tally) all() []*int {
	return []*int{
		&t.Cases, &t.Digitized, &t.Scanned, &t.Sheets, &t.Hearings, &t.Shown, &t.Lessons, &t.Online, &t.Early, &t.Interrogated,
		&t.Interrogations, &t.Protests, &t.Remedies, &t.Generals, &t.Preventions, &t.Requests, &t.Outlines, &t.Submitted, &t.Late,
	}
}

// Figures are the counts of a period, by kind of case. What is no case is not counted.
type Figures struct {
	Period Period
	Office string // whose cases are counted, "" for all
	ByKind map[Kind]Tally
}

// Of is the sum over kinds; over all where none is named.
func (f Figures) Of(kinds ...Kind) Tally {
	if len(kinds) == 0 {
		kinds = Kinds
	}
	var sum Tally
	for _, k := range kinds {
		sum.add(f.ByKind[k])
	}
	return sum
}

// Count counts the cases that were open in the period, what is digitized of them by now, and what was done in them on days
// of the period. office narrows it to the cases of one; "" does not. today is for limits.
func Count(rows []Row, p Period, office, today string) Figures {
	f := Figures{p, office, map[Kind]Tally{}}
	for _, r := range rows {
		if r.Facts.Kind == Other || !p.Concerns(r.Facts) || office != "" && !sameOffice(r.Facts.Office, office) {
			continue
		}
		t := f.ByKind[r.Facts.Kind]
		t.add(r.tally(p, today))
		f.ByKind[r.Facts.Kind] = t
	}
	return f
}

func (r Row) tally(p Period, today string) Tally {
	d := r.Facts.Docket
	t := Tally{Cases: 1, Scanned: r.Found.Scanned}
	if d.Sheets > 0 {
		t.Sheets = d.Sheets
	}
	one := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	day, _, due := r.Facts.Due()
	one(&t.Digitized, r.Digitized())
	one(&t.Early, d.Early && r.Digitized())
	one(&t.Outlines, r.Found.Outline != OutlineNone)
	one(&t.Submitted, r.Found.Outline == OutlineSubmitted || r.Found.Outline == OutlineApproved)
	one(&t.Late, due && day < today)
	for _, e := range r.Hearings() {
		if p.Has(e.Day) {
			one(&t.Hearings, true)
			one(&t.Shown, e.Shown)
			one(&t.Lessons, e.Lesson && e.Shown)
			one(&t.Online, e.Online)
		}
	}
	sums := map[library.EventKind]*int{
		library.EventInterrogation: &t.Interrogations, library.EventProtest: &t.Protests, library.EventRemedy: &t.Remedies,
		library.EventGeneral: &t.Generals, library.EventPrevention: &t.Preventions, library.EventRequest: &t.Requests,
	}
	for _, e := range d.Events {
		if sum := sums[e.Kind]; sum != nil && p.Has(e.Day) {
			*sum += e.Times()
		}
	}
	one(&t.Interrogated, t.Interrogations > 0)
	return t
}

func sameOffice(a, b string) bool {
	return strings.Join(strings.Fields(library.Fold(a)), " ") == strings.Join(strings.Fields(library.Fold(b)), " ")
}

// Offices are the offices that have cases, in natural order.
func Offices(rows []Row) []string {
	var list []string
	for _, r := range rows {
		name := strings.TrimSpace(r.Facts.Office)
		if name != "" && !slices.ContainsFunc(list, func(have string) bool { return sameOffice(have, name) }) {
			list = append(list, name)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		switch {
		case library.NaturalLess(a, b):
			return -1
		case library.NaturalLess(b, a):
			return 1
		}
		return 0
	})
	return list
}
