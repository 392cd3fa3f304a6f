package library_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

func TestFindFolios(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Hỏi về BL 45", "45"},
		{"(BL: 45, 46)", "45 46"},
		{"BL 45,46,47a", "45 46 47a"},
		{"bút lục 45-47 và BL 50", "45–47 50"},
		{"Bút lục số 145a; BL.12 (mặt sau)", "145a 12 (mặt sau)"},
		{"BL 45, 47-49 và 60.", "45 47–49 60"},
		{"BL 45 đến BL 47", "45–47"},
		{"BL 1-300", "1–300"},
		{"BL 1-2000", "1–2000"},
		{"BL 47-45", "47 45"},
		{"BL 45-47-49", "45–47 49"},
		{"BL 45 bị cáo khai 2 lần", "45"},
		{"BL 45 và 47 bị cáo khai khác", "45 47"},
		{"BL 45 và 3 nhân chứng", "45"},
		{"BL 45 và 3 lời khai khác", "45"},
		{"BL 45, 46 người làm chứng nêu 2 việc", "45"},
		{"BL 45, 20 giờ 30 phút", "45"},
		{"BL 45 và 50 triệu đồng", "45"},
		{"BL 45 và 1.500.000 đồng", "45"},
		{"BL 45 ngày 12/5/2024", "45"},
		{"BL 45, 46 ngày 12/5/2024", "45 46"},
		{"BL 45, 12/5/2024", "45"},
		{"BL 45, 12-5-2024", "45"},
		{"BL 45 - 12-5-2024", "45"},
		{"BL 45, 12.5.2024", "45"},
		{"BL 45, 5-2024", "45"},
		{"BL 45 và 20 tháng 5", "45"},
		{"BL 45 năm 2024", "45"},
		{"BL 45-47 ngày 12-5-2024, BL 60", "45–47 60"},
		{"BL 12-5-2024", ""},
		{"BL 12/5/2024", ""},
		{"BLHS 173, Điều 12", ""},
		{"năm 2024", ""},
	}
	for _, test := range tests {
		var got []string
		for _, r := range library.FindFolios(test.text) {
			got = append(got, r.String())
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q: %q, want %q", test.text, s, test.want)
		}
	}
}

func TestParseLines(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("BL 45-47 Hỏi cung.pdf", "", 3, library.KindPDF), exhibit("BL 50-99.pdf", "", 50, library.KindPDF)}))
	tests := []struct {
		line, title, say     string
		pages, more, unknown int
	}{
		{"1. Hiện trường\r\n\r", "Hiện trường", "", 0, 0, 0},
		{"- Vì sao khai khác? (BL 45, 99, 100)", "", "Vì sao khai khác? (BL 45, 99, 100)", 2, 0, 1},
		{"2\tLời khai bút lục 46-47\tKhai lại đi?", "Lời khai bút lục 46-47", "Khai lại đi?", 2, 0, 0},
		{"1.2. Mười", "Mười", "", 0, 0, 0},
		{"12 năm tù", "12 năm tù", "", 0, 0, 0},
		{"BL 50-53", "BL 50-53", "", 4, 0, 0},
		{"BL 50-54, 45", "BL 50-54, 45", "", 2, 4, 0}, // first of the range, and 45
		{"BL 1-300", "BL 1-300", "", 1, 52, 247},
		{"BL 45, 46, 47, 50, 51", "BL 45, 46, 47, 50, 51", "", 4, 1, 0},
	}
	var text []string
	for _, test := range tests {
		text = append(text, test.line)
	}
	drafts, left := library.Outline{}.ParseLines(strings.Join(text, "\n")+"\n   \n", x)
	if len(drafts) != len(tests) || left != 0 {
		t.Fatalf("%d drafts, %d left: %+v", len(drafts), left, drafts)
	}
	for i, test := range tests {
		d := drafts[i]
		if d.Title != test.title || d.Say != test.say || len(d.Pages) != test.pages || d.More != test.more || len(d.Unknown) != test.unknown {
			t.Errorf("%q: %+v, want %+v", test.line, d, test)
		}
	}
}

// The pages that a step's words name, and that it does not show, are offered for it.
func TestNamedPages(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("BL 45-47 Hỏi cung.pdf", "", 3, library.KindPDF)}))
	page := func(i int) library.PageID { return library.PageID{Path: "BL 45-47 Hỏi cung.pdf", Index: i} }
	for say, want := range map[string][]library.PageID{
		"Tại bút lục 46, bị cáo khai khác?": {page(1)}, "BL 45, 46 và 47": {page(1), page(2)}, "BL 300": nil, "Vì sao?": nil, "BL 45": nil,
	} {
		got := library.Outline{}.Named(library.Step{Say: say, Shot: library.ShotOf(page(0))}, x)
		if !slices.Equal(got, want) {
			t.Errorf("%q names %v, want %v", say, got, want)
		}
	}
	full := library.ShotOf(page(0), page(0), page(0), page(0))
	if got := (library.Outline{}).Named(library.Step{Say: "BL 46", Shot: full}, x); got != nil {
		t.Errorf("a step that is full is offered %v", got)
	}
}

// What a person pastes is all there, however long its lines are.
func TestParseLinesCutsNothing(t *testing.T) {
	var words []string
	for i := range 30_000 {
		words = append(words, fmt.Sprint("chữ", i))
	}
	long := strings.Join(words, " ")
	for name, line := range map[string]string{"title": long[:5000], "question": long[:3000] + "? " + long[3000:70_000], "table": "tiêu đề\t" + long} {
		drafts, _ := library.Outline{}.ParseLines(line, library.NewIndex(nil))
		var got []string
		for _, d := range drafts {
			got = append(got, strings.Fields(d.Title+" "+d.Say)...)
		}
		if want := strings.Fields(line); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %d words of %d", name, len(got), len(want))
		}
	}
	drafts, left := library.Outline{}.ParseLines(strings.Repeat("dòng\n", 5003), library.NewIndex(nil))
	if len(drafts) != 5000 || left != 3 {
		t.Errorf("%d lines, and %d left; want 5000 and 3", len(drafts), left)
	}
}

func FuzzParseLines(f *testing.F) {
	f.Add("1. Hỏi (BL 45-47, 50a; bút lục 3 đến 9)\tcột\x00\xff")
	f.Add("BL 1-99999 và BL 99999-1")
	f.Add("BL 45 và 3 nhân chứng, 12-5-2024")
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("BL 45-47 Hỏi cung.pdf", "", 3, library.KindPDF)}))
	f.Fuzz(func(t *testing.T, text string) {
		o := librarytest.Small(t)
		drafts, _ := o.ParseLines(text, x)
		steps := make([]library.Step, len(drafts))
		for i, d := range drafts {
			steps[i] = d.Step()
			if int(steps[i].Shot.Count) != len(d.Pages) {
				t.Errorf("a step shows %d pages of %d", steps[i].Shot.Count, len(d.Pages))
			}
		}
		if _, err := o.Apply(o.AddSteps(library.Place{Parent: "a"}, steps...)); err != nil {
			t.Errorf("a pasted line makes no step: %v", err)
		}
		for _, r := range library.FindFolios(text) {
			if r.First.IsZero() || r.Last.IsZero() || r.Last.Number < r.First.Number {
				t.Errorf("range %v", r)
			}
		}
	})
}
