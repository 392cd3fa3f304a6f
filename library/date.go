package library

import (
	"regexp"
	"time"
)

var dateTyped = regexp.MustCompile(`^\D*?(?:(?:(\d{1,2})\s*[-/.]\s*)?(\d{1,2})\s*[-/.]\s*)?(\d{4})(?:\D|$)`)

// ParseDate reads a date as a document's is entered: "12/5/2024", "5/2024", "2024", "ngày 12-5-2024". What is
// left out counts as the first. It tells false where there is none.
func ParseDate(typed string) (time.Time, bool) {
	m := dateTyped.FindStringSubmatch(typed)
	if m == nil {
		return time.Time{}, false
	}
	day, month, year := max(atoi(m[1]), 1), max(atoi(m[2]), 1), atoi(m[3])
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return at, at.Day() == day && int(at.Month()) == month && at.Year() == year && year >= 1900
}
