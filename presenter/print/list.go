package print

import (
	"fmt"
	"slices"
	"strings"

	"butluc/library"
)

// list sets the documents that are to be published, each once, in the order of the file.
func (m *resolved) list(s sheet) {
	c := m.Outline.Cover()
	m.heads(s)
	s.para(para{spans: strong("DANH MỤC"), size: 14, align: centre, before: 10})
	s.para(para{spans: strong("TÀI LIỆU, CHỨNG CỨ ĐỀ NGHỊ CÔNG BỐ"), size: 14, align: centre})
	for _, f := range [][2]string{{"Vụ án: ", c.CaseTitle}, {"Phiên tòa: ", c.Hearing}} {
		if f[1] != "" {
			s.para(para{spans: text(f[0] + f[1]), size: bodySize, align: centre, before: 1})
		}
	}
	t := table{
		head:   []string{"STT", "Tên tài liệu, chứng cứ", "Bút lục", "Tập", "Trang"},
		widths: []float64{0.08, 0.46, 0.19, 0.14, 0.13},
		centre: []bool{true, false, true, true, true},
	}
	for i, d := range m.published() {
		t.rows = append(t.rows, []string{fmt.Sprint(i + 1), d.title, d.folios, d.volume, d.pages})
	}
	s.table(t)
	s.columns(0.5, nil, []para{
		{spans: strong("KIỂM SÁT VIÊN"), size: bodySize, align: centre, before: 5},
		{spans: emphasised("(Ký, ghi rõ họ tên)"), size: smallSize, align: centre},
		{spans: strong(c.Prosecutor), size: bodySize, align: centre, before: 20},
	})
}

// published is a document with those of its pages that steps show.
type published struct{ title, folios, volume, pages string }

func (m *resolved) published() []published {
	var list []published
	listed := map[library.PageID]bool{}
	for _, d := range m.Outline.Documents(m.index) {
		var folios []library.Folio
		var pages []int
		for i, p := range d.Pages {
			if len(m.Outline.UsedOf(d, p)) > 0 {
				listed[p] = true
				folios, pages = append(folios, d.Folios[i]), append(pages, i+1)
			}
		}
		if len(pages) > 0 {
			list = append(list, published{titleOf(d), folioRuns(folios), volume(d.Pages[0].Path), numberRuns(pages)})
		}
	}
	for _, ref := range m.steps() { // what is no longer in the case is asked for all the same
		for _, pane := range ref.Step.Shot.List() {
			if p := m.index.Head(pane.Page); !listed[p] {
				listed[p] = true
				list = append(list, published{m.documentTitle(p), folioRuns([]library.Folio{m.Outline.FolioOf(p, m.index)}), volume(p.Path), fmt.Sprint(p.Index + 1)})
			}
		}
	}
	return list
}

// numberRuns is "1–3, 5" of 1, 2, 3, 5.
func numberRuns(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		k := i
		for k+1 < len(numbers) && numbers[k+1] == numbers[k]+1 {
			k++
		}
		if k == i {
			parts = append(parts, fmt.Sprint(numbers[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", numbers[i], numbers[k]))
		}
		i = k + 1
	}
	return strings.Join(parts, ", ")
}

// folioRuns is "44–45, 47a" of those folios; a folio over several pages is there once.
func folioRuns(folios []library.Folio) string {
	folios = slices.Compact(slices.DeleteFunc(slices.Clone(folios), library.Folio.IsZero))
	var parts []string
	for i := 0; i < len(folios); {
		k := i
		for k+1 < len(folios) && folios[k+1] == (library.Folio{Number: folios[k].Number + 1}) && folios[k] == (library.Folio{Number: folios[k].Number}) {
			k++
		}
		if k == i {
			parts = append(parts, folios[i].String())
		} else {
			parts = append(parts, folios[i].String()+"–"+folios[k].String())
		}
		i = k + 1
	}
	return strings.Join(parts, ", ")
}
