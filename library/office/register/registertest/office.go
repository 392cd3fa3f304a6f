// Package registertest has an invented office for tests: of 120 cases, whose register gives the figures that a district
// procuracy reported of its year 2022.
package registertest

import (
	"fmt"
	"time"

	"butluc/library"
	"butluc/library/office/register"
)

// Office is what the office is called.
const Office = "VKSND khu vực 3"

// Year is the year that the office reports on.
var Year = register.PeriodOf(register.Year, time.Date(2022, 6, 1, 0, 0, 0, 0, time.UTC))

// Cases are the office's: 60 criminal ones, of which 36 are digitized and 30 of these from the start, 40 civil ones and 20
// enforcements, of which the half is. What they were made to give for the year is in the report of [Year]; what was done
// in the years beside it must not count.
func Cases() []register.Row {
	var rows []register.Row
	for i := range 120 {
		rows = append(rows, row(i))
	}
	hearings(rows)
	interrogations(rows)
	results(rows)
	decoys(rows)
	return rows
}

const (
	criminal = 60 // the first ones
	civil    = 40 // the next ones; the others are enforcements
)

func day(year, n int) string {
	return time.Date(year, 1, 3, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%360).Format(library.DayForm)
}

func row(i int) register.Row {
	names := []string{"Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Hoàng Văn Em", "Võ Thị Giang"}
	n := i
	f := register.Facts{Office: Office, Prosecutor: names[i%len(names)] + " (KSV)", Court: "TAND khu vực 3"}
	d := &f.Docket
	d.Accepted, d.Since, d.Sheets = day(2022, i*3), day(2022, i*3+20), 60+7*i
	digitized := false
	switch {
	case i < criminal:
		f.Kind, f.Number, f.Title = register.Criminal, fmt.Sprintf("%d/2022/HS", n+1), "Vụ "+names[(i+1)%len(names)]
		d.Charge, d.Severity = []string{"Trộm cắp tài sản", "Cố ý gây thương tích", "Vi phạm quy định về tham gia giao thông đường bộ"}[i%3], 1+i%3
		d.Parties = names[(i+1)%len(names)]
		d.Stage = []string{library.StageInvestigation, library.StageProsecution, library.StageTrial, library.StageDone}[i%4]
		digitized, d.Early = i < 36, i < 30
	case i < criminal+civil:
		n -= criminal
		f.Kind, f.Number, f.Title = register.Civil, fmt.Sprintf("%d/2022/TLST-DS", n+1), "Tranh chấp quyền sử dụng đất"
		d.Parties, d.Charge = names[n%6]+" – "+names[(n+2)%6], "Tranh chấp quyền sử dụng đất"
		d.Stage = []string{library.StageTrial, library.StageStudy, library.StageDone}[n%3]
		digitized = n < 20
	default:
		n -= criminal + civil
		f.Kind, f.Number, f.Title = register.Enforcement, fmt.Sprintf("%d/2022/QĐ-THA", n+1), "Thi hành án "+names[n%6]
		d.Stage = []string{library.StageEnforcement, library.StageDone}[n%2]
		digitized = n < 10
	}
	r := register.Row{ID: fmt.Sprintf("office-%03d", i+1), Facts: f}
	if digitized {
		r.Found.Scanned = 40 + 5*i
		r.Found.Outline = register.Outlines[i%4]
	}
	return r
}

func add(r *register.Row, e library.Event) {
	r.Facts.Docket.Events = append(r.Facts.Docket.Events, e)
}

// hearings are 8 in which the digitized file was shown, 4 of them civil ones to learn from, and 6 by video call.
func hearings(rows []register.Row) {
	hearing := func(i int, e library.Event) {
		e.Kind, e.Day, e.Place = library.EventHearing, day(2022, 40+11*i), "Phòng xử án số 1"
		add(&rows[i], e)
	}
	for i := range 3 {
		hearing(i, library.Event{Shown: true})
	}
	rows[3].Found.Shown = register.Shown{Days: []string{day(2022, 90)}, Pages: 21, Recordings: 1, Minutes: 34} // the journal knows
	for i := range 4 {
		hearing(criminal+i, library.Event{Shown: true, Lesson: true})
	}
	for i := range 6 {
		hearing(20+i, library.Event{Online: true})
	}
	hearing(criminal+9, library.Event{Lesson: true}) // in which only paper was shown
}

// interrogations are 38 in 12 cases that were recorded.
func interrogations(rows []register.Row) {
	left := 38
	for i := range 12 {
		times := 3
		if i < 2 {
			times = 4
		}
		left -= times
		add(&rows[5+i], library.Event{Kind: library.EventInterrogation, Day: day(2022, 15+20*i), Count: times})
	}
	if left != 0 {
		panic("interrogations")
	}
}

// results are a protest, recommendations and requests.
func results(rows []register.Row) {
	for _, r := range []struct {
		kind library.EventKind
		in   []int // how many in each of some cases
	}{
		{library.EventProtest, []int{1}},
		{library.EventRemedy, []int{3, 2, 4, 1, 4}},
		{library.EventGeneral, []int{1, 1}},
		{library.EventPrevention, []int{2, 2}},
		{library.EventRequest, []int{5, 4, 3, 3}},
	} {
		for i, n := range r.in {
			add(&rows[criminal+4*i], library.Event{Kind: r.kind, Day: day(2022, 50+30*i), Count: n, Text: fmt.Sprintf("%d/VKS", i+1)})
		}
	}
}

// decoys were done in the years before and after.
func decoys(rows []register.Row) {
	for i, kind := range library.EventKinds {
		add(&rows[i], library.Event{Kind: kind, Day: day(2021, i), Count: 7, Shown: true, Lesson: true, Online: true})
		add(&rows[criminal+i], library.Event{Kind: kind, Day: day(2023, i), Count: 7, Shown: true, Lesson: true, Online: true})
	}
}
