package library_test

import (
	"testing"

	"butluc/library"
)

func TestParseDate(t *testing.T) {
	for typed, want := range map[string]string{
		"12/5/2024": "2024-05-12", "ngày 12-5-2024": "2024-05-12", "02.11.1999": "1999-11-02", "5/2024": "2024-05-01",
		"2024": "2024-01-01", " 1 / 2 / 2020 lúc 8 giờ": "2020-02-01",
		"": "", "12/5": "", "31/2/2024": "", "12/13/2024": "", "20245": "", "chưa rõ": "",
	} {
		at, ok := library.ParseDate(typed)
		got := ""
		if ok {
			got = at.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("ParseDate(%q) = %q, want %q", typed, got, want)
		}
	}
}
