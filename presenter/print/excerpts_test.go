package print_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/print"
)

// docxText is the text of a DOCX, as its XML has it.
func docxText(t *testing.T, docx []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What lies below a redaction, and what is private, is on no paper of a study.
func TestThePaperOfAStudyTellsNothingHidden(t *testing.T) {
	const file = "BL 1-3 Biên bản hỏi cung.pdf"
	page := func(i int) library.PageID { return library.PageID{Path: file, Index: i} }
	o, err := library.Outline{}.Apply(library.Edit{Changes: []library.Change{
		{After: library.Matter{ID: "m", Rank: "m", Title: "Thời gian"}},
		{After: library.Matter{ID: "n", Rank: "n", Title: "Công cụ"}},
		{After: library.Excerpt{ID: "a", Page: page(0), Words: "Tôi đến lúc 21 giờ", Text: "Tôi đến lúc 21 giờ", Side: library.SideAccuses, Matters: library.IDsOf("m"), Note: "ghi chú riêng", When: "21:00 1/5/2024"}},
		{After: library.Excerpt{ID: "b", Page: page(1), Text: "lời bí mật", When: "21:00 1/5/2024", Where: "chỗ bí mật", Side: library.SideClears, Matters: library.IDsOf("m")}},
		{After: library.Contradiction{A: "a", B: "b", Text: "giờ đến quán"}},
		{After: library.PageNote{Page: page(1), Marks: library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}})}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	exhibits := library.Exhibits([]library.File{{Path: file, Pages: 3, Kind: library.KindPDF}})
	for _, kind := range []print.StudyKind{print.StudyTable, print.StudyEvidence, print.StudyTimeline} {
		p := print.Excerpts{Outline: o, Exhibits: exhibits, Now: time.Unix(0, 0), Kind: kind}
		var pdf, docx bytes.Buffer
		for format, to := range map[print.Format]*bytes.Buffer{print.PDF: &pdf, print.DOCX: &docx} {
			if err := p.Write(to, format); err != nil {
				t.Fatal(err)
			}
		}
		words := docxText(t, docx.Bytes())
		for _, want := range []string{"“Tôi đến lúc 21 giờ”", "BL 1", "(đoạn đã che)", "Thời gian"} {
			if !strings.Contains(words, want) {
				t.Errorf("%s: %q is not on it", kind, want)
			}
		}
		for _, never := range []string{"bí mật", "ghi chú riêng"} {
			if strings.Contains(words, never) {
				t.Errorf("%s: %q is on it", kind, never)
			}
		}
		if kind == print.StudyEvidence && (!strings.Contains(words, "chưa có chứng cứ") || !strings.Contains(words, "giờ đến quán")) {
			t.Error("a matter without evidence is not marked, or in what two contradict each other is not told")
		}
	}
}
