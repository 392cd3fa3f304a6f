package library

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestGuessFolios(t *testing.T) {
	for _, c := range []struct{ name, first, last, title string }{
		{"BL 12-15 Biên bản hỏi cung", "12", "15", "Biên bản hỏi cung"},
		{"BL 12 - 15. Biên bản hỏi cung", "12", "15", "Biên bản hỏi cung"},
		{"BL12–15 Biên bản", "12", "15", "Biên bản"},
		{"BL 12 đến BL 15 Biên bản", "12", "15", "Biên bản"},
		{"BL012", "12", "12", "BL012"},
		{"Bút lục 33", "33", "33", "Bút lục 33"},
		{"BÚT LỤC SỐ 33 Sơ đồ", "33", "33", "Sơ đồ"},
		{"but luc 33 so do", "33", "33", "so do"},
		{"12-15. Biên bản", "12", "15", "Biên bản"},
		{"BL 45a", "45a", "45a", "BL 45a"},
		{"BL_45", "45", "45", "BL_45"},
		{"BL_45_Đơn trình báo", "45", "45", "Đơn trình báo"},
		{"BL_45_47_Đơn", "45", "47", "Đơn"},
		{"BL 45_2", "45", "45", "2"},
		{"BL_12_2024", "12", "12", "2024"},
		{"BL 45 (mặt sau)", "45 (mặt sau)", "45 (mặt sau)", "BL 45 (mặt sau)"},
		{"BL 45 mặt sau Đơn", "45 (mặt sau)", "45 (mặt sau)", "Đơn"},
		{"Biên bản (BL 12-15)", "12", "15", "Biên bản"},
		{"Biên bản, BL 12-15 lần 2", "12", "15", "Biên bản lần 2"},
		{"Đơn - BL 7", "7", "7", "Đơn"},
		{norm.NFD.String("Bút lục 33 Sơ đồ"), "33", "33", "Sơ đồ"},
		{"12-05-2024. Biên bản", "", "", "12-05-2024. Biên bản"},
		{"05-12-2024. Biên bản", "", "", "05-12-2024. Biên bản"},
		{"BL 05-12-2024", "", "", "BL 05-12-2024"},
		{"05-12 2024 Biên bản", "", "", "05-12 2024 Biên bản"},
		{"05.12.2024 Biên bản", "", "", "05.12.2024 Biên bản"},
		{"2024-05-12 Biên bản", "", "", "2024-05-12 Biên bản"},
		{"2019-2024. Báo cáo", "", "", "2019-2024. Báo cáo"},
		{"12-2024. Báo cáo", "", "", "12-2024. Báo cáo"},
		{"15-12. Biên bản", "", "", "15-12. Biên bản"},
		{"01. Quyết định khởi tố", "", "", "01. Quyết định khởi tố"},
		{"2024 Báo cáo", "", "", "2024 Báo cáo"},
		{"BLHS 2015", "", "", "BLHS 2015"},
		{"BL 123456", "", "", "BL 123456"},
		{"BL 0", "", "", "BL 0"},
		{"", "", "", ""},
	} {
		first, last, title := GuessFolios(c.name)
		if first.String() != c.first || last.String() != c.last || title != c.title {
			t.Errorf("GuessFolios(%q) = %q, %q, %q; want %q, %q, %q", c.name, first, last, title, c.first, c.last, c.title)
		}
	}
}

func TestParseFolio(t *testing.T) {
	for typed, want := range map[string]string{
		"45": "45", "45a": "45a", "BL 45": "45", "bl45A": "45a", "45s": "45 (mặt sau)", "bút lục 7": "7",
		"45 mặt sau": "45 (mặt sau)", " 007 ": "7", "0": "", "x": "", "": "", "123456": "", "45aa": "",
	} {
		f, ok := ParseFolio(typed)
		if f.String() != want || ok != (want != "") {
			t.Errorf("ParseFolio(%q) = %q, %v; want %q", typed, f, ok, want)
		}
	}
}

func TestSpreadFolios(t *testing.T) {
	spread := func(first, last Folio, pages int) string {
		var s []string
		for _, f := range SpreadFolios(first, last, pages) {
			s = append(s, f.String())
		}
		return strings.Join(s, ",")
	}
	n := func(n int) Folio { return Folio{Number: n} }
	for _, c := range []struct {
		first, last Folio
		pages       int
		want        string
	}{
		{n(12), n(14), 3, "12,13,14"},
		{n(12), n(13), 4, "12,12 (mặt sau),13,13 (mặt sau)"},
		{n(12), n(13), 3, "12,13,"},
		{n(12), n(15), 2, "12,13"},
		{n(12), n(12), 3, "12,12,12"},
		{n(12), Folio{Number: 12, Suffix: "a"}, 2, "12,12a"},
		{Folio{Number: 12, Suffix: "a"}, n(13), 2, "12a,13"},
		{n(12), n(12), 0, ""},
		{Folio{}, Folio{}, 2, ""},
	} {
		if got := spread(c.first, c.last, c.pages); got != c.want {
			t.Errorf("SpreadFolios(%v, %v, %d) = %q; want %q", c.first, c.last, c.pages, got, c.want)
		}
	}
}

func FuzzGuessFolios(f *testing.F) {
	for _, s := range []string{"BL 12-15 a", "12-15. x", "x (BL 3)", "BL 12-05-2024", "\xff BL 1", "BL 45 (mặt sau)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		first, last, _ := GuessFolios(name)
		if first.IsZero() != last.IsZero() || last.Number < first.Number || first.Number > MaxFolio {
			t.Errorf("GuessFolios(%q) = %v, %v", name, first, last)
		}
		if folio, ok := ParseFolio(name); ok {
			if again, ok := ParseFolio(folio.String()); !ok || again != folio {
				t.Errorf("ParseFolio(%q) = %v, which reads as %v", name, folio, again)
			}
		}
		_ = Fold(name)
		_ = NaturalLess(name, "BL 2")
	})
}

func FuzzEscapePath(f *testing.F) {
	for _, s := range []string{"a/b", "100%.pdf", "\xc0\xff", "%41", "%25", "%FF\xff", "Tập 1/Ả.pdf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, system string) {
		if got := SystemPath(EscapePath(system)); got != filepath.FromSlash(system) {
			t.Errorf("SystemPath(EscapePath(%q)) = %q", system, got)
		}
		if strings.Contains(SystemPath(system), "..") && !strings.Contains(system, "..") {
			t.Errorf("SystemPath(%q) makes a way out", system)
		}
	})
}

func TestNaturalOrder(t *testing.T) {
	want := []string{
		"1.pdf", "2.pdf", "10.pdf", "An.pdf", "Ánh.pdf", "BL 2.pdf", "BL 10.pdf", "Da.pdf", "Dz.pdf", "Đa.pdf",
		"Tập 1/a.pdf", "Tập 1/z.pdf", "Tập 2/b.pdf", "Tập 10/a.pdf",
	}
	files := make([]File, 0, len(want))
	for _, p := range want {
		files = append(files, File{Path: p})
	}
	slices.Reverse(files)
	SortFiles(files)
	for i, f := range files {
		if f.Path != want[i] {
			t.Errorf("place %d: %q, want %q", i, f.Path, want[i])
		}
	}
	if !NaturalLess("Tập 2/a", "Tập 10/a") || NaturalLess("Tập 10/a", "Tập 2/a") {
		t.Error("NaturalLess puts 10 before 2")
	}
}

// The order is total, and SortFiles agrees with NaturalLess.
func TestNaturalLessIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("aAáÁdđ0129 .-/\u0301\ufffd")), 0, 8, -1)
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		if NaturalLess(a, a) {
			t.Errorf("%q before itself", a)
		}
		if a != b && NaturalLess(a, b) == NaturalLess(b, a) {
			t.Errorf("%q and %q have no order", a, b)
		}
		if NaturalLess(a, b) && NaturalLess(b, c) && !NaturalLess(a, c) {
			t.Errorf("%q < %q < %q but not the first before the last", a, b, c)
		}
		files := []File{{Path: a}, {Path: b}, {Path: c}}
		SortFiles(files)
		for i := 1; i < len(files); i++ {
			if NaturalLess(files[i].Path, files[i-1].Path) {
				t.Errorf("SortFiles puts %q before %q", files[i-1].Path, files[i].Path)
			}
		}
	})
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{"Đề cương": "de cuong", norm.NFD.String("ĐẶNG"): "dang", "BL 45": "bl 45"} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) = %q; want %q", s, got, want)
		}
	}
}

func BenchmarkSortFiles(b *testing.B) {
	files := make([]File, 2000)
	for i := range files {
		files[i].Path = "Tập " + string(rune('1'+i%7)) + "/BL " + Folio{Number: i + 1}.String() + " Biên bản hỏi cung.pdf"
	}
	for b.Loop() {
		SortFiles(slices.Clone(files))
	}
}
