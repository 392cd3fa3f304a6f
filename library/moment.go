package library

import (
	"regexp"
	"strings"
	"time"
)

// Moment is a time that somebody speaks of, in no zone.
type Moment struct {
	At    time.Time
	Clock bool // the hour and minute were said, too; else it is a day
	About bool // "khoảng"
	Dated bool // the day was said; else At is on the first of January of the year 0
}

var (
	momentClock = regexp.MustCompile(`(?i)(?:^|\D)(\d{1,2})\s*(?:giờ|gio|g|h|:)\s*(?:(\d{1,2})(?:\s*(?:phút|phut|'|p))?)?`)
	momentDate  = regexp.MustCompile(`(?i)(?:^|\D)(\d{1,2})\s*(?:[-/.]|tháng|thang)\s*(\d{1,2})\s*(?:[-/.]|năm|nam)\s*(\d{4})(?:\D|$)`)
	momentISO   = regexp.MustCompile(`(?:^|\D)(\d{4})-(\d{1,2})-(\d{1,2})(?:\D|$)`)
	momentAbout = regexp.MustCompile(`(?i)(khoảng|khoang|chừng|about|~)`)
)

// ParseMoment reads a time as a statement or a person writes it: "21:10 12/5/2024", "khoảng 21 giờ 10 phút ngày 12/5/2024",
// "21h", "ngày 12 tháng 5 năm 2024", "2024-05-12 21:10". It tells false where there is none.
func ParseMoment(typed string) (Moment, bool) {
	m := Moment{About: momentAbout.MatchString(typed)}
	year, month, day := 0, 1, 1
	if d := momentDate.FindStringSubmatchIndex(typed); d != nil {
		day, month, year = atoi(typed[d[2]:d[3]]), atoi(typed[d[4]:d[5]]), atoi(typed[d[6]:d[7]])
		m.Dated = true
		typed = typed[:d[2]] + " " + typed[d[7]:]
	} else if d := momentISO.FindStringSubmatchIndex(typed); d != nil {
		year, month, day = atoi(typed[d[2]:d[3]]), atoi(typed[d[4]:d[5]]), atoi(typed[d[6]:d[7]])
		m.Dated = true
		typed = typed[:d[2]] + " " + typed[d[7]:]
	}
	hour, minute := 0, 0
	if c := momentClock.FindStringSubmatch(strings.TrimSpace(typed)); c != nil {
		hour, minute, m.Clock = atoi(c[1]), atoi(c[2]), true
	}
	m.At = time.Date(year, time.Month(month), day, hour, minute, 0, 0, time.UTC)
	ok := (m.Clock || m.Dated) && hour < 24 && minute < 60 && m.At.Day() == day && int(m.At.Month()) == month && (!m.Dated || year >= 1900)
	return m, ok
}
