package register

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"butluc/library"
)

// Kind is a kind of case as offices count them. Stored: never rename one.
type Kind string

// The kinds.
const (
	Criminal       Kind = "criminal"
	Civil          Kind = "civil"
	Family         Kind = library.BranchFamily
	Commercial     Kind = library.BranchCommercial
	Labour         Kind = library.BranchLabour
	Administrative Kind = "administrative"
	Enforcement    Kind = "enforcement"
	Other          Kind = "other" // meetings, reports and the like: no cases that are counted
)

// Kinds are all kinds, in the order in which they are offered and reported.
var Kinds = []Kind{Criminal, Civil, Family, Commercial, Labour, Administrative, Enforcement, Other}

// KindOf is what a case counts as, of its cover's kind and its docket's branch.
func KindOf(k library.CaseKind, branch string) Kind {
	switch k {
	case library.CaseCriminal:
		return Criminal
	case library.CaseCivil:
		if branch != "" {
			return Kind(branch)
		}
		return Civil
	case library.CaseAdministrative:
		return Administrative
	case library.CaseEnforcement:
		return Enforcement
	case library.CaseMeeting, library.CaseReport, library.CaseOwn:
	}
	return Other
}

// InCase is what a case that counts as the kind has on its cover and in its docket; was is what its cover has now, which
// stays where the kind does not tell.
func (k Kind) InCase(was library.CaseKind) (kind library.CaseKind, branch string) {
	switch k {
	case Criminal:
		return library.CaseCriminal, ""
	case Civil:
		return library.CaseCivil, ""
	case Family, Commercial, Labour:
		return library.CaseCivil, string(k)
	case Administrative:
		return library.CaseAdministrative, ""
	case Enforcement:
		return library.CaseEnforcement, ""
	case Other:
	}
	if KindOf(was, "") == Other {
		return was, ""
	}
	return library.CaseOwn, ""
}

// ByCivilCode tells whether the civil procedure code rules the case.
func (k Kind) ByCivilCode() bool { return k == Civil || k == Family || k == Commercial || k == Labour }

// Facts are what a person types of a case.
type Facts struct {
	Kind       Kind           `json:"kind"`
	Number     string         `json:"number,omitempty"` // of the case: "12/2026/TLST-HS"
	Title      string         `json:"title,omitempty"`
	Office     string         `json:"office,omitempty"`
	Prosecutor string         `json:"prosecutor,omitempty"`
	Court      string         `json:"court,omitempty"`
	Docket     library.Docket `json:"docket,omitzero"` // without its branch, which Kind tells
}

// FactsOf are the facts as a case has them on its cover and in its docket.
func FactsOf(c library.Cover, d library.Docket) Facts {
	f := Facts{
		Kind: KindOf(c.Kind, d.Branch), Number: c.CaseNumber, Title: c.CaseTitle, Office: c.Office, Prosecutor: c.Prosecutor, Court: c.Court,
		Docket: d,
	}
	f.Docket.Branch = ""
	return f.normal()
}

// InCase are the cover and docket of a case that has these facts; was is its cover now.
func (f Facts) InCase(was library.Cover) (library.Cover, library.Docket) {
	f = f.normal()
	c, d := was, f.Docket
	c.Kind, d.Branch = f.Kind.InCase(was.Kind)
	c.CaseNumber, c.CaseTitle, c.Office, c.Prosecutor, c.Court = f.Number, f.Title, f.Office, f.Prosecutor, f.Court
	return c, d
}

// Same tells whether two facts say the same.
func (f Facts) Same(other Facts) bool { return reflect.DeepEqual(f.normal(), other.normal()) }

// normal is f as it is read again from a file.
func (f Facts) normal() Facts {
	if len(f.Docket.Events) == 0 {
		f.Docket.Events = nil
	}
	return f
}

// Merge is what a case has after it was changed in two places: each field as mine has it where that differs from what both
// began with, else as theirs has it.
func Merge(base, mine, theirs Facts) Facts {
	merged := theirs
	merge(reflect.ValueOf(base.normal()), reflect.ValueOf(mine.normal()), reflect.ValueOf(&merged).Elem())
	return merged.normal()
}

func merge(base, mine, into reflect.Value) {
	for i := range base.NumField() {
		switch a, b := base.Field(i), mine.Field(i); {
		case a.Kind() == reflect.Struct:
			merge(a, b, into.Field(i))
		case !reflect.DeepEqual(a.Interface(), b.Interface()):
			into.Field(i).Set(b)
		}
	}
}

// Outline is how far a case's outline is. Stored: never rename one.
type Outline string

// The states of an outline.
const (
	OutlineNone      Outline = ""
	OutlineDrafted   Outline = "drafted"
	OutlineSubmitted Outline = "submitted"
	OutlineChanged   Outline = "changed"  // after it was submitted or approved
	OutlineReturned  Outline = "returned" // by the superior
	OutlineApproved  Outline = "approved"
)

// Outlines are all of them.
var Outlines = []Outline{OutlineNone, OutlineDrafted, OutlineSubmitted, OutlineChanged, OutlineReturned, OutlineApproved}

// Shown is what the court saw of a case, in hearings that were no rehearsals.
type Shown struct {
	Days       []string `json:"days,omitempty"`       // of the hearings, ascending
	Pages      int      `json:"pages,omitempty"`      // each once
	Recordings int      `json:"recordings,omitempty"` // the same
	Minutes    int      `json:"minutes,omitempty"`    // for which something was on the screen, rounded up
}

// Found is what the program found out of a case by itself. Of a case that is in the register alone a person types Scanned.
type Found struct {
	Scanned int     `json:"scanned,omitempty"` // sheets that are digitized
	Outline Outline `json:"outline,omitempty"`
	Shown   Shown   `json:"shown,omitzero"`
}

// Row is a case in the register.
type Row struct {
	ID    string `json:"id"`             // the case's; of one that is in the register alone a random one
	Path  string `json:"path,omitempty"` // its folder on this laptop, absolute; "" where it is in the register alone
	Facts Facts  `json:"facts"`
	Found Found  `json:"found,omitzero"`
	// InCase is what the case itself had when it was open last: where Facts differ, that was typed since. Of a case that is in
	// the register alone it means nothing.
	InCase Facts `json:"inCase,omitzero"`
}

// Digitized tells whether the case counts as digitized: at least one sheet is.
func (r Row) Digitized() bool { return r.Found.Scanned > 0 }

// Pending tells whether something was typed that the case itself does not have yet.
func (r Row) Pending() bool { return r.Path != "" && !r.Facts.Same(r.InCase) }

// Same tells whether two rows say the same.
func (r Row) Same(other Row) bool {
	r.Facts, other.Facts, r.InCase, other.InCase = r.Facts.normal(), other.Facts.normal(), r.InCase.normal(), other.InCase.normal()
	return reflect.DeepEqual(r, other)
}

// Hearings are the case's hearings by day: those typed, and those of which only the journal knows. In which of them the
// digitized file was shown the journal tells, or a person. Those without a day come first.
func (r Row) Hearings() []library.Event {
	var list []library.Event
	for _, e := range r.Facts.Docket.Events {
		if e.Kind == library.EventHearing {
			e.Shown = e.Shown || slices.Contains(r.Found.Shown.Days, e.Day)
			list = append(list, e)
		}
	}
	for _, day := range r.Found.Shown.Days {
		if !slices.ContainsFunc(list, func(e library.Event) bool { return e.Day == day }) {
			list = append(list, library.Event{Kind: library.EventHearing, Day: day, Shown: true})
		}
	}
	slices.SortStableFunc(list, func(a, b library.Event) int { return cmp.Compare(a.Day, b.Day) })
	return list
}

// Hearing is the hearing to look at on a day: the next one, or else the last.
func (r Row) Hearing(today string) (library.Event, bool) {
	list := r.Hearings()
	for _, e := range list {
		if e.Day >= today {
			return e, true
		}
	}
	if len(list) == 0 {
		return library.Event{}, false
	}
	return list[len(list)-1], true
}

// Today is the day of a moment, where that is.
func Today(t time.Time) string { return t.Format(library.DayForm) }
