package library

import "testing"

func TestWhatActsIsSeen(t *testing.T) {
	for s, want := range map[string]string{
		"BL 12 Biên bản.pdf":                   "BL 12 Biên bản.pdf",
		"Lời khai “Khải” – 3 trang":            "Lời khai “Khải” – 3 trang",
		"\x1b[2Jxóa":                           `\u001b[2Jxóa`,
		"chuông\a\r\n\tdòng":                   `chuông\u0007\u000d\u000a\u0009dòng`,
		"C1 \u009b31m":                         `C1 \u009b31m`,
		"ảnh\u202egpj.exe":                     `ảnh\u202egpj.exe`,
		"\u2066a\u2069 \u200f \u061c \u2028":   `\u2066a\u2069 \u200f \u061c \u2028`,
		"byte \x9b, and \ufffd":                `byte \x9b, and ` + "\ufffd",
		"\U0001f600 and combining \u0301 stay": "\U0001f600 and combining \u0301 stay",
	} {
		if got := Visible(s); got != want {
			t.Errorf("Visible(%q) = %q, want %q", s, got, want)
		}
		if again := Visible(Visible(s)); again != Visible(s) {
			t.Errorf("twice: %q", again)
		}
	}
}

// A name shows the ending that it has, wherever an exhibit's title stands: in the window, on paper, on a terminal.
func TestTitleShowsWhatItIs(t *testing.T) {
	e := NewExhibit(File{Path: "BL 12 ảnh\u202egpj.exe", Pages: 1})
	if e.Title != `ảnh\u202egpj` || e.File.Path != "BL 12 ảnh\u202egpj.exe" {
		t.Errorf("title %q, path %q", e.Title, e.File.Path)
	}
}
