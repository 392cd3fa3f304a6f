package registry

import (
	"butluc/library"
	"butluc/library/office/register"
)

// Listed is the register as other programs read it. Names may be added to it, none goes. Days are written "2026-11-30";
// what is not known is left out.
type Listed struct {
	Day   string       `json:"day"` // on which the days left were counted
	Cases []ListedCase `json:"cases"`
}

// ListedCase is a case of the register.
type ListedCase struct {
	ID         string          `json:"id"`
	Path       string          `json:"path,omitempty"` // its folder on this laptop
	Kind       register.Kind   `json:"kind"`           // criminal, civil, family, commercial, labour, administrative, enforcement, other
	Number     string          `json:"number,omitempty"`
	Title      string          `json:"title,omitempty"`
	Parties    string          `json:"parties,omitempty"`
	Charge     string          `json:"charge,omitempty"`
	Severity   int             `json:"severity,omitempty"` // 1 to 4
	Prosecutor string          `json:"prosecutor,omitempty"`
	Office     string          `json:"office,omitempty"`
	Court      string          `json:"court,omitempty"`
	Accepted   string          `json:"accepted,omitempty"`
	Stage      string          `json:"stage,omitempty"`
	Since      string          `json:"since,omitempty"`
	Limit      *ListedLimit    `json:"limit,omitempty"`
	Sheets     int             `json:"sheets,omitempty"`  // of the whole file
	Scanned    int             `json:"scanned,omitempty"` // of these, digitized
	Early      bool            `json:"early,omitempty"`   // digitized from the start
	Outline    string          `json:"outline,omitempty"` // drafted, submitted, changed, returned, approved
	Shown      register.Shown  `json:"shown,omitzero"`
	Events     []library.Event `json:"events,omitempty"`
	Notes      string          `json:"notes,omitempty"`
}

// ListedLimit is by when a case's stage is to end.
type ListedLimit struct {
	Day    string `json:"day"`
	Left   int    `json:"left"`             // days, less than 0 where it is past
	Source string `json:"source,omitempty"` // the article, where the day is the law's and was not typed
}

// List is the register for other programs.
func List(rows []register.Row, today string) Listed {
	list := Listed{Day: today, Cases: []ListedCase{}}
	for _, r := range rows {
		f, d := r.Facts, r.Facts.Docket
		c := ListedCase{
			ID: r.ID, Path: r.Path, Kind: f.Kind, Number: f.Number, Title: f.Title, Parties: d.Parties, Charge: d.Charge, Severity: d.Severity,
			Prosecutor: f.Prosecutor, Office: f.Office, Court: f.Court, Accepted: d.Accepted, Stage: d.Stage, Since: d.Since,
			Sheets: d.Sheets, Scanned: r.Found.Scanned, Early: d.Early, Outline: string(r.Found.Outline), Shown: r.Found.Shown, Notes: d.Notes,
			Events: append(withoutHearings(r), r.Hearings()...),
		}
		if due, rule, ok := f.Due(); ok {
			c.Limit = &ListedLimit{due, register.DaysLeft(due, today), rule.Source}
		}
		list.Cases = append(list.Cases, c)
	}
	return list
}
