package evidence

import (
	"strings"
	"testing"

	"butluc/library"
)

func documents(paths ...string) []library.Document {
	files := make([]library.File, len(paths))
	for i, p := range paths {
		files[i] = library.File{Path: p, Kind: library.KindPDF, Pages: 2}
	}
	return library.Outline{}.Documents(library.NewIndex(library.Exhibits(files)))
}

// draw writes rows as a person sees them: two spaces a level, folders with a slash.
func draw(rows []row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Repeat("  ", r.depth) + r.title)
		if r.isFolder() {
			b.WriteString("/")
		}
		b.WriteString("\n")
	}
	return b.String()
}

var sample = []string{
	"Ghi chú.pdf", "Tập 1/BL 1-2 Quyết định.pdf", "Tập 1/Ảnh/A1.jpg", "Tập 2/BL 45 Hỏi cung.pdf",
}

func TestTreeFollowsTheFolders(t *testing.T) {
	got := draw(catalogue{}.rows(documents(sample...), nil, "", nil))
	want := "Ghi chú\nTập 1/\n  Quyết định\n  Ảnh/\n    A1\nTập 2/\n  Hỏi cung\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestClosedFoldersHideWhatIsInThem(t *testing.T) {
	got := draw(catalogue{}.rows(documents(sample...), map[string]bool{"Tập 1": true}, "", nil))
	if want := "Ghi chú\nTập 1/\nTập 2/\n  Hỏi cung\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestSearchFindsWithoutAccentsAndOpensFolders(t *testing.T) {
	got := draw(catalogue{}.rows(documents(sample...), map[string]bool{"Tập 2": true}, "hoi cung", nil))
	if want := "Tập 2/\n  Hỏi cung\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := draw(catalogue{}.rows(documents(sample...), nil, "hoi cung nhà", nil)); got != "" {
		t.Errorf("a word that matches nothing found\n%s", got)
	}
}

func TestSearchFindsAtTheBeginningsOfWords(t *testing.T) {
	all := documents("Biên bản thu hung khí.pdf", "Vật chứng.pdf", "Chứng cứ/Ảnh.jpg")
	if got := draw(catalogue{}.rows(all, nil, "hung", nil)); got != "Biên bản thu hung khí\n" {
		t.Errorf("“hung” finds\n%s", got)
	}
}

func TestSearchFindsAFolio(t *testing.T) {
	if got := draw(catalogue{}.rows(documents(sample...), nil, "bl 45", nil)); !strings.Contains(got, "Hỏi cung") {
		t.Errorf("got\n%s", got)
	}
}

func TestFoldersCountTheirDocuments(t *testing.T) {
	for _, r := range (catalogue{}).rows(documents(sample...), nil, "", nil) {
		if r.folder == "Tập 1" && r.count != 2 {
			t.Errorf("Tập 1 counts %d documents, want 2", r.count)
		}
	}
}

func BenchmarkTreeOf10000Files(b *testing.B) {
	var paths []string
	for i := range 10000 {
		paths = append(paths, "Tập "+string(rune('A'+i%20))+"/BL "+strings.Repeat("1", 1+i%5)+".pdf")
	}
	all, known := documents(paths...), catalogue{}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			known.rows(all, nil, "", nil)
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			known.rows(all, nil, "tap bl", nil)
		}
	})
}

func TestTheTreeHasNoEscapes(t *testing.T) {
	docs := documents(library.EscapePath("Tập 3 - trên 10%/Thương tích 15%.pdf"))
	want := "Tập 3 - trên 10%/\n  Thương tích 15%\n"
	for _, words := range []string{"", "15%", "trên 10%"} {
		if got := draw(catalogue{}.rows(docs, nil, words, nil)); got != want {
			t.Errorf("for %q got\n%swant\n%s", words, got, want)
		}
	}
	if got := draw(catalogue{}.rows(docs, nil, "25", nil)); got != "" {
		t.Errorf("the escape is found:\n%s", got)
	}
}
