package register

import (
	"cmp"
	"slices"
	"time"

	"butluc/library"
)

// Group is how near a day of the agenda is.
type Group string

// The groups, in order.
const (
	Late      Group = "late"       // a limit that is past
	ThisWeek  Group = "this-week"  // from today to Sunday
	ThisMonth Group = "this-month" // after that, to the month's end
	Later     Group = "later"
)

// Groups are all of them.
var Groups = []Group{Late, ThisWeek, ThisMonth, Later}

// Item is what is due in a case on a day: the end of a limit, or a hearing.
type Item struct {
	Row     Row
	Day     string
	Left    int            // days, less than 0 where it is past
	Hearing *library.Event // nil: it is a limit
	Rule    Rule           // of a limit that is the law's
	Group   Group
}

// Agenda is what is due: limits, with those that are past, and hearings from today on, by day.
func Agenda(rows []Row, today string) []Item {
	var list []Item
	for _, r := range rows {
		if day, rule, ok := r.Facts.Due(); ok {
			list = append(list, Item{Row: r, Day: day, Rule: rule})
		}
		for _, e := range r.Hearings() {
			if e.Day >= today && e.Day != "" {
				list = append(list, Item{Row: r, Day: e.Day, Hearing: &e})
			}
		}
	}
	week, month := ends(today)
	for i := range list {
		it := &list[i]
		it.Left = DaysLeft(it.Day, today)
		switch {
		case it.Day < today:
			it.Group = Late
		case it.Day <= week:
			it.Group = ThisWeek
		case it.Day <= month:
			it.Group = ThisMonth
		default:
			it.Group = Later
		}
	}
	order := make([]int, len(list)) // an item is large: sorted itself, it would be moved many times
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[a].Day, list[b].Day) })
	sorted := make([]Item, len(list))
	for i, at := range order {
		sorted[i] = list[at]
	}
	return sorted
}

// ends are the last days of today's week, which ends on Sunday, and month.
func ends(today string) (week, month string) {
	t, err := time.Parse(library.DayForm, today)
	if err != nil {
		return "", ""
	}
	week = t.AddDate(0, 0, (7-int(t.Weekday()))%7).Format(library.DayForm)
	month = time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Format(library.DayForm)
	return week, month
}
