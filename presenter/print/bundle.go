package print

import (
	"context"
	"fmt"
	"io"
	"strings"

	"butluc/library"
)

// Bundle is one PDF of pages of the case, for panel, clerk and defence (tập tài liệu công bố): PDF/A with an index, a bookmark
// for each document and page, and pages that a viewer calls by their folios. Every page is drawn as a picture, whatever its
// file is: what is redacted is in no pixel, below the picture there are no words, and what a stranger put into a file is
// read by none but the process that draws pages.
type Bundle struct {
	Job                         // its outline, exhibits, time, and what draws its pages; kind and format are the bundle's own
	Pages      []library.PageID // in this order; nil: those that the outline shows, in the order of the file
	Restricted bool             // pages that are restricted are in it, too; else the index says that they are not
}

// boundDocument is a document with those of its pages that are in the bundle.
type boundDocument struct {
	title   string
	pages   []boundPage
	outside string // why nothing of it is in the bundle, "" where something is
}

// boundPage is a page of the bundle.
type boundPage struct {
	shot  library.Shot
	folio library.Folio
	label string // what a viewer calls it: "BL 45"
}

// bound are the documents of the bundle.
func (b Bundle) bound(m *resolved) []boundDocument {
	wanted, hidden := m.wanted(b.Pages), m.hiddenInSteps()
	var list []boundDocument
	var at library.Document
	for _, p := range wanted {
		d, ok := m.Outline.DocumentOf(p, m.index)
		outside := ""
		_, restricted := m.Outline.RestrictionOf(p, m.index)
		switch {
		case m.index.Clip(p.Path):
			outside = "bản ghi, giao riêng"
		case restricted && !b.Restricted:
			outside = "hạn chế công bố, không có trong tập này"
		}
		if n := len(list); n == 0 || !ok || !sameDocument(at, d) || list[n-1].outside != outside {
			list = append(list, boundDocument{title: m.documentTitle(p), outside: outside})
		}
		at = d
		page := boundPage{folio: m.Outline.FolioOf(p, m.index)}
		page.shot = library.Shot{Unmarked: true}.Add(library.Pane{Page: p, Marks: library.MarksOf(hidden[p]...)})
		if page.label = "BL " + page.folio.String(); page.folio.IsZero() {
			page.label = m.documentTitle(p)
		}
		doc := &list[len(list)-1]
		doc.pages = append(doc.pages, page)
	}
	return list
}

func sameDocument(a, b library.Document) bool {
	first, ok := a.First()
	other, same := b.First()
	return ok && same && first == other
}

// wanted are the pages that were chosen, or those that steps show, where they are now.
func (m *resolved) wanted(chosen []library.PageID) []library.PageID {
	if chosen != nil {
		return chosen
	}
	var pages []library.PageID
	listed := map[library.PageID]bool{}
	for _, d := range m.Outline.Documents(m.index) {
		for _, p := range d.Pages {
			if !listed[p] && len(m.Outline.UsedOf(d, p)) > 0 {
				listed[p] = true
				pages = append(pages, p)
			}
		}
	}
	for _, ref := range m.steps() { // one that is no longer in the case has its reason in its place
		for _, pane := range ref.Step.Shot.List() {
			if p := m.index.Head(pane.Page); !listed[p] {
				listed[p] = true
				pages = append(pages, p)
			}
		}
	}
	return pages
}

// hiddenInSteps are the redactions of steps, by their pages: what is hidden from the court there is hidden from everybody.
func (m *resolved) hiddenInSteps() map[library.PageID][]library.Mark {
	hidden := map[library.PageID][]library.Mark{}
	for _, ref := range m.steps() {
		for _, pane := range ref.Step.Shot.List() {
			for _, mark := range pane.Marks.List() {
				if mark.Kind.Hides() {
					hidden[pane.Page] = append(hidden[pane.Page], mark)
				}
			}
		}
	}
	return hidden
}

// Write prints the bundle to w. progress, which may be nil, is told how many of the pages are done. A page that can't be drawn
// gives a sheet with the reason. pages is how many the file has. The error is ctx's or w's.
func (b Bundle) Write(ctx context.Context, w io.Writer, progress func(done, total int64)) (pages int, err error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	m := b.resolve()
	documents := b.bound(m)
	title := about{"Tập tài liệu công bố: " + m.Outline.Cover().CaseTitle, m.Now}
	draft := newStream(io.Discard, title) // to learn how many pages the index has
	b.index(m, newPDFOn(draft, footer{}), documents, 0)
	front := draft.pageNumber() + 1
	s := newStream(w, title)
	set := newPDFOn(s, footer{left: clean(m.Outline.Cover().CaseTitle)})
	s.call("", true)
	b.index(m, set, documents, front)
	if err := b.sheets(ctx, m, s, documents, front, progress); err != nil {
		return 0, fmt.Errorf("print bundle: %w", err)
	}
	pages = len(s.kids) + 1
	if err := s.finish(w); err != nil {
		return 0, fmt.Errorf("print bundle: %w", err)
	}
	return pages, nil
}

// inside counts the pages that are in the bundle.
func inside(documents []boundDocument) (count int) {
	for _, d := range documents {
		if d.outside == "" {
			count += len(d.pages)
		}
	}
	return count
}

// index sets the first pages: what the bundle is, and on which of its pages each document begins; front is how many the index has.
func (b Bundle) index(m *resolved, s *pdf, documents []boundDocument, front int) {
	c := m.Outline.Cover()
	m.heads(s)
	s.para(para{spans: strong("TẬP TÀI LIỆU CÔNG BỐ"), size: 14, align: centre, before: 10, level: 1})
	for _, f := range [][2]string{{"Vụ án: ", c.CaseTitle}, {"Phiên tòa: ", c.Hearing}} {
		if f[1] != "" {
			s.para(para{spans: text(f[0] + f[1]), size: bodySize, align: centre, before: 1})
		}
	}
	s.para(para{spans: text(fmt.Sprintf("Tập gồm %d trang tài liệu, dựng lại từ hồ sơ. Phần được che kín đã bị xóa khỏi hình, không có lớp chữ bên dưới.", inside(documents))), size: smallSize, before: 5})
	s.table(documentTable("Trang của tập", documents, func(_ boundDocument, at int) string { return fmt.Sprint(front + at) }))
	s.release(0)
}

// documentTable lists documents; last is what its last column says of one whose first page is the bundle's at-th.
func documentTable(head string, documents []boundDocument, last func(d boundDocument, at int) string) table {
	t := table{
		head:   []string{"STT", "Tên tài liệu, chứng cứ", "Bút lục", "Số trang", head},
		widths: []float64{0.08, 0.46, 0.18, 0.12, 0.16}, centre: []bool{true, false, true, true, true},
	}
	at := 1
	for i, d := range documents {
		var folios []library.Folio
		for _, p := range d.pages {
			folios = append(folios, p.folio)
		}
		row := []string{fmt.Sprint(i + 1), d.title, folioRuns(folios), fmt.Sprint(len(d.pages)), ""}
		if d.outside != "" {
			row[1] += " (" + d.outside + ")"
			row[3] = ""
		} else {
			row[4] = last(d, at)
			at += len(d.pages)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// sheets sets the pages.
func (b Bundle) sheets(ctx context.Context, m *resolved, s *stream, documents []boundDocument, front int, progress func(done, total int64)) error {
	type placed struct {
		boundPage
		of    *boundDocument
		first bool
	}
	var all []placed
	for i := range documents {
		for k, p := range documents[i].pages {
			if documents[i].outside == "" {
				all = append(all, placed{p, &documents[i], k == 0})
			}
		}
	}
	total := int64(len(all))
	progress(0, total)
	for i, pic := range inOrder(ctx, len(all), func(ctx context.Context, i int) *picture {
		return m.draw(ctx, all[i].shot, sheetSize(all[i].shot))
	}) {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := all[i]
		caption := p.of.title
		if !p.folio.IsZero() {
			caption = p.label + ", " + caption
		}
		if pic.incomplete {
			caption += " (chỉ đọc được một phần)"
		}
		s.fullSheet(pic, strings.ReplaceAll(clean(caption), "\n", " "), "", fmt.Sprintf("%d/%d", front+i+1, front+len(all)))
		s.call(p.label, false)
		if p.first {
			s.mark(p.of.title, 0)
		}
		if p.label != p.of.title || len(p.of.pages) > 1 {
			s.mark(p.label, 1)
		}
		if s.err != nil {
			return s.err
		}
		progress(int64(i+1), total)
	}
	return ctx.Err()
}

// WriteList prints the list of what is in a bundle that was written, with the file's name and SHA-256: PDF/A, or DOCX.
func (b Bundle) WriteList(w io.Writer, format Format, name string, pages int, hash string) error {
	m := b.resolve()
	documents := b.bound(m)
	c := m.Outline.Cover()
	var s sheet
	switch format {
	case PDF:
		s = newPDFOn(newStream(w, about{"Danh mục tài liệu công bố: " + c.CaseTitle, m.Now}), m.footer())
	case DOCX:
		s = newDOCX(w, m.footer())
	default:
		return fmt.Errorf("print list of bundle: %w", ErrFormat)
	}
	m.heads(s)
	s.para(para{spans: strong("DANH MỤC"), size: 14, align: centre, before: 10})
	s.para(para{spans: strong("TÀI LIỆU, CHỨNG CỨ TRONG TẬP TÀI LIỆU CÔNG BỐ"), size: 14, align: centre})
	for _, f := range [][2]string{{"Vụ án: ", c.CaseTitle}, {"Phiên tòa: ", c.Hearing}} {
		if f[1] != "" {
			s.para(para{spans: text(f[0] + f[1]), size: bodySize, align: centre, before: 1})
		}
	}
	front := pages - inside(documents)
	s.table(documentTable("Trang của tập", documents, func(_ boundDocument, at int) string { return fmt.Sprint(front + at) }))
	s.para(para{spans: labelled("Tệp:", fmt.Sprintf("%s, %d trang.", name, pages)), size: smallSize, before: 5, keep: true})
	s.para(para{spans: labelled("SHA-256:", hash), size: 10.5, before: 1})
	s.columns(0.5, nil, []para{
		{spans: strong("KIỂM SÁT VIÊN"), size: bodySize, align: centre, before: 5},
		{spans: emphasised("(Ký, ghi rõ họ tên)"), size: smallSize, align: centre},
		{spans: strong(c.Prosecutor), size: bodySize, align: centre, before: 20},
	})
	if err := s.finish(w); err != nil {
		return fmt.Errorf("print list of bundle: %w", err)
	}
	return nil
}
