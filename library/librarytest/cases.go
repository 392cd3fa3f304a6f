package librarytest

import (
	"strings"
	"testing"

	"butluc/library"
)

// Apply makes edits one after another and fails the test where one is refused.
func Apply(t testing.TB, o library.Outline, edits ...func(library.Outline) library.Edit) library.Outline {
	t.Helper()
	for _, edit := range edits {
		next, err := o.Apply(edit(o))
		if err != nil {
			t.Fatal(err)
		}
		o = next
	}
	return o
}

// Small is two phases; the first has two scenarios, a of three steps, b of one.
func Small(t testing.TB) library.Outline {
	t.Helper()
	step := func(id library.ID, page int) library.Step {
		return library.Step{ID: id, Title: string(id), Shot: library.ShotOf(library.PageID{Path: "Tập 1/BL 1-9.pdf", Index: page})}
	}
	return Apply(
		t, library.Outline{},
		func(o library.Outline) library.Edit {
			return o.AddPhase(library.Phase{ID: "p1", Code: "xet-hoi"}, library.Place{})
		},
		func(o library.Outline) library.Edit { return o.AddPhase(library.Phase{ID: "p2"}, library.Place{}) },
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "a", Digit: 1}, library.Place{Parent: "p1"})
		},
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "b"}, library.Place{Parent: "p1"})
		},
		func(o library.Outline) library.Edit {
			return o.AddPerson(library.Person{ID: "khai", Name: "Bùi Quang Khải"})
		},
		func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "a"}, step("a1", 0), step("a2", 1), step("a3", 2))
		},
		func(o library.Outline) library.Edit { return o.AddSteps(library.Place{Parent: "b"}, step("b1", 0)) },
	)
}

// Folios writes pages' folios in a line, "-" for none.
func Folios(list []library.Folio) string {
	names := make([]string, len(list))
	for i, f := range list {
		if names[i] = strings.Replace(f.String(), " (mặt sau)", "s", 1); f.IsZero() {
			names[i] = "-"
		}
	}
	return strings.Join(names, " ")
}

// Exhibit is a file that can be shown.
func Exhibit(path, sha string, pages int, kind library.Kind) library.File {
	return library.File{Path: path, SHA256: sha, Pages: pages, Kind: kind}
}

// Volumes is a case of three volumes that each begin at 1, and a paper beside them.
func Volumes() *library.Index {
	return library.NewIndex(library.Exhibits([]library.File{
		Exhibit("BL 900 Phiếu.pdf", "", 1, library.KindPDF),
		Exhibit("Tập 1/BL 1-6 Đơn.pdf", "", 6, library.KindPDF),
		Exhibit("Tập 2 - Lời khai/BL 1-4 Biên bản hỏi cung.pdf", "", 4, library.KindPDF), Exhibit("Tập 2 - Lời khai/BL 5-8.pdf", "", 4, library.KindPDF),
		Exhibit("Quyển 03.pdf", "", 8, library.KindPDF),
	}))
}

// Stamped is an outline that notes a file's folios page by page: "-" for none.
func Stamped(t testing.TB, file, folios string) library.Outline {
	t.Helper()
	var notes []library.Record
	for i, f := range strings.Fields(folios) {
		notes = append(notes, library.PageNote{Page: library.PageID{Path: file, Index: i}, Folio: f})
	}
	return Apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.SetAll("note", notes...) })
}

// Stamp is a page's text: a sentence in the middle, and words at its upper right.
func Stamp(text string) []library.Line {
	line := func(x, y float64, text string) library.Line {
		var list []library.Word
		for i, w := range strings.Fields(text) {
			left := x + 0.03*float64(i)
			list = append(list, library.Word{Box: library.Rect{X0: left, Y0: y, X1: left + 0.025, Y1: y + 0.02}, Text: w})
		}
		return library.LineOf(list)
	}
	if text, date, ok := strings.Cut(text, "|"); ok { // over the stamp, and nearer to the corner
		return append(Stamp(text), line(0.9, 0.01, "ngày "+date))
	}
	lines := []library.Line{line(0.1, 0.4, "Khoảng 21 giờ ngày 12 tháng 5"), line(0.6, 0.05, "Độc lập - Tự do")}
	if text != "" {
		lines = append(lines, line(0.85, 0.04, text))
	}
	return lines
}
