package print_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/print"
)

// On paper the closing speech says by itself on which sheets stands what it cites, and marks what it can't cite any more.
func TestTheClosingOnPaperSaysItsFolios(t *testing.T) {
	const file = "BL 1-3 Biên bản hỏi cung.pdf"
	page := func(i int) library.PageID { return library.PageID{Path: file, Index: i} }
	o, err := library.Outline{}.Apply(library.Edit{Changes: []library.Change{
		{After: library.Cover{Kind: library.CaseCriminal, CaseTitle: "Cố ý gây thương tích", Prosecutor: "Lê Minh"}},
		{After: library.Excerpt{ID: "a", Page: page(0), Text: "Tôi đến lúc 21 giờ", Note: "ghi chú riêng"}},
		{After: library.Excerpt{ID: "b", Page: page(2), Text: "Tôi thấy dao"}},
		{After: library.Excerpt{ID: "c", Page: library.PageID{Path: "camera.mp4", Index: 451_000}, To: 490_000, Text: "Có mặt"}},
		{After: library.Paragraph{ID: "p", Rank: "a", Text: "Bị cáo có mặt"}.Citing("a").Citing("b").Citing("c")},
		{After: library.Paragraph{ID: "q", Rank: "b", Text: "Đề nghị xử phạt"}.Citing("gone")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	exhibits := library.Exhibits([]library.File{
		{Path: file, Pages: 3, Kind: library.KindPDF}, {Path: "camera.mp4", Pages: 1, Kind: library.KindVideo, Duration: 600_000},
	})
	p := print.Closing{Outline: o, Exhibits: exhibits, Now: time.Unix(0, 0)}
	if p.Lost() != 1 {
		t.Errorf("%d citations are lost", p.Lost())
	}
	var pdf, docx bytes.Buffer
	for format, to := range map[print.Format]*bytes.Buffer{print.PDF: &pdf, print.DOCX: &docx} {
		if err := p.Write(to, format); err != nil {
			t.Fatal(err)
		}
	}
	words := strings.ReplaceAll(docxText(t, docx.Bytes()), "\u00a0", " ")
	for _, want := range []string{
		"BẢN LUẬN TỘI", "Bị cáo có mặt (BL 1, 3; camera từ 0:07:31 đến 0:08:10)", "Đề nghị xử phạt (⚠ trích dẫn không còn)", "Lê Minh",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not on it", want)
		}
	}
	if strings.Contains(words, "riêng") {
		t.Error("a private note is on it")
	}
	if err := p.Write(&pdf, print.PPTX); err == nil {
		t.Error("it was written as slides")
	}
}
