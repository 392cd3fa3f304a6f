package library_test

import (
	"testing"
	"time"

	"butluc/library"
)

func TestMomentsAreReadAsTheyAreWritten(t *testing.T) {
	for typed, want := range map[string]struct {
		at                  string
		clock, about, dated bool
	}{
		"21:10 12/5/2024": {"2024-05-12 21:10", true, false, true},
		"khoảng 21 giờ 10 phút ngày 12/5/2024": {"2024-05-12 21:10", true, true, true},
		"21h":                      {"0000-01-01 21:00", true, false, false},
		"21g05, 3-2-2024":          {"2024-02-03 21:05", true, false, true},
		"ngày 12 tháng 5 năm 2024": {"2024-05-12 00:00", false, false, true},
		"2024-05-12 21:10":         {"2024-05-12 21:10", true, false, true},
		"chừng 9 giờ tối":          {"0000-01-01 09:00", true, true, false},
	} {
		m, ok := library.ParseMoment(typed)
		if !ok || m.At.Format("2006-01-02 15:04") != want.at || m.Clock != want.clock || m.About != want.about || m.Dated != want.dated {
			t.Errorf("%q: %v %+v", typed, ok, m)
		}
	}
	for _, typed := range []string{"", "tối hôm đó", "31/2/2024", "25:10", "2024"} {
		if m, ok := library.ParseMoment(typed); ok {
			t.Errorf("%q is read as %s", typed, m.At.Format(time.DateTime))
		}
	}
}
