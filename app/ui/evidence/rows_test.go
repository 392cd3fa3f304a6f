package evidence

import (
	"strings"
	"testing"

	"butluc/app/i18n"
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
	got := draw(catalogue{}.rows(i18n.In("vi"), documents(sample...), nil, "", nil))
	want := "Tập 1/\n  Ảnh/\n    A1\n  Quyết định\nTập 2/\n  Hỏi cung\nGhi chú\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestClosedFoldersHideWhatIsInThem(t *testing.T) {
	got := draw(catalogue{}.rows(i18n.In("vi"), documents(sample...), map[string]bool{"Tập 1": true}, "", nil))
	if want := "Tập 1/\nTập 2/\n  Hỏi cung\nGhi chú\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// What can't be shown stands behind what can, in each folder.
func TestWhatCannotBeShownStandsLast(t *testing.T) {
	files := []library.File{
		{Path: "A.txt", Kind: library.KindText, Fault: library.Fault{Code: library.FaultUnknown}},
		{Path: "B.pdf", Kind: library.KindPDF, Pages: 1},
		{Path: "Tập 1/C.txt", Kind: library.KindText, Fault: library.Fault{Code: library.FaultUnknown}},
		{Path: "Tập 1/D.pdf", Kind: library.KindPDF, Pages: 1},
	}
	docs := library.Outline{}.Documents(library.NewIndex(library.Exhibits(files)))
	if got, want := draw(catalogue{}.rows(i18n.In("vi"), docs, nil, "", nil)), "Tập 1/\n  D\n  C\nB\nA\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A folder of pictures of one page each is one line, that opens.
func TestAFolderOfPicturesIsOneDocumentToTheEye(t *testing.T) {
	var files []library.File
	for _, name := range []string{"Ảnh/1.jpg", "Ảnh/2.jpg", "Ảnh/3.jpg", "Hai/1.jpg", "Hai/2.jpg"} {
		files = append(files, library.File{Path: name, Kind: library.KindJPEG, Pages: 1})
	}
	docs := library.Outline{}.Documents(library.NewIndex(library.Exhibits(files)))
	if got, want := draw(catalogue{}.rows(i18n.In("vi"), docs, nil, "", nil)), "Ảnh/\nHai/\n  1\n  2\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got, want := draw(catalogue{}.rows(i18n.In("vi"), docs, map[string]bool{"Ảnh": true}, "", nil)), "Ảnh/\n  1\n  2\n  3\nHai/\n  1\n  2\n"; got != want {
		t.Errorf("opened: got\n%swant\n%s", got, want)
	}
	if got := len(catalogue{}.albums(docs)["Ảnh"]); got != 3 {
		t.Errorf("the album has %d documents, not 3", got)
	}
}

func TestSearchFindsWithoutAccentsAndOpensFolders(t *testing.T) {
	got := draw(catalogue{}.rows(i18n.In("vi"), documents(sample...), map[string]bool{"Tập 2": true}, "hoi cung", nil))
	if want := "Tập 2/\n  Hỏi cung\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := draw(catalogue{}.rows(i18n.In("vi"), documents(sample...), nil, "hoi cung nhà", nil)); got != "" {
		t.Errorf("a word that matches nothing found\n%s", got)
	}
}

func TestSearchFindsAtTheBeginningsOfWords(t *testing.T) {
	all := documents("Biên bản thu hung khí.pdf", "Vật chứng.pdf", "Chứng cứ/Ảnh.jpg")
	if got := draw(catalogue{}.rows(i18n.In("vi"), all, nil, "hung", nil)); got != "Biên bản thu hung khí\n" {
		t.Errorf("“hung” finds\n%s", got)
	}
}

func TestSearchFindsAFolio(t *testing.T) {
	if got := draw(catalogue{}.rows(i18n.In("vi"), documents(sample...), nil, "bl 45", nil)); !strings.Contains(got, "Hỏi cung") {
		t.Errorf("got\n%s", got)
	}
}

func TestFoldersCountTheirDocuments(t *testing.T) {
	for _, r := range (catalogue{}).rows(i18n.In("vi"), documents(sample...), nil, "", nil) {
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
			known.rows(i18n.In("vi"), all, nil, "", nil)
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			known.rows(i18n.In("vi"), all, nil, "tap bl", nil)
		}
	})
}

func TestTheTreeHasNoEscapes(t *testing.T) {
	docs := documents(library.EscapePath("Tập 3 - trên 10%/Thương tích 15%.pdf"))
	want := "Tập 3 - trên 10%/\n  Thương tích 15%\n"
	for _, words := range []string{"", "15%", "trên 10%"} {
		if got := draw(catalogue{}.rows(i18n.In("vi"), docs, nil, words, nil)); got != want {
			t.Errorf("for %q got\n%swant\n%s", words, got, want)
		}
	}
	if got := draw(catalogue{}.rows(i18n.In("vi"), docs, nil, "25", nil)); got != "" {
		t.Errorf("the escape is found:\n%s", got)
	}
}
