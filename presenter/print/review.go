package print

import (
	"fmt"
	"io"
	"time"

	"butluc/library"
)

// Review is the sheet from which a hearing is reviewed (phiếu rút kinh nghiệm): what the journal, the outline and the notes have
// of it, and room for what its reviewers write. DOCX or PDF.
type Review struct {
	Format    Format
	Outline   library.Outline // for the head, and who took part
	Sittings  []string        // from when to when the court sat, a line each
	Figures   string          // how much was shown
	Shown     []ReviewShown
	Answers   []RecordAnswer
	Arguments []ReviewArgument
	Left      []ReviewStep // planned, and not shown
	Count     int          // of the journal's lines
	Hash      string       // of the last one
	Fault     string       // what is wrong with the journal, "" where it is whole
	Now       time.Time    // of printing
}

// ReviewShown is something that the court saw.
type ReviewShown struct {
	Time, Length, Folio, What string
	Where                     string // phase, scenario, step; "" for what was called from outside of the outline
	Remarks                   string // ground, what the panel said, what was incomplete
}

// ReviewArgument is an argument of the defence, and whether it was answered.
type ReviewArgument struct{ Time, Text, Answer string }

// ReviewStep is a step that the court did not see.
type ReviewStep struct{ Number, Title, Folio, Remarks string }

// Write prints the sheet. Its error is w's, or [ErrFormat].
func (r Review) Write(w io.Writer) error {
	if r.Now.IsZero() {
		r.Now = time.Now()
	}
	c := r.Outline.Cover()
	foot := footer{left: clean(c.CaseTitle), right: fmt.Sprintf("Nhật ký: %d dòng, mã %.16s", r.Count, r.Hash)}
	var s sheet
	switch r.Format {
	case PDF:
		s = newPDF(foot)
	case DOCX:
		s = newDOCX(w, foot)
	default:
		return fmt.Errorf("print review: %w", ErrFormat)
	}
	r.front(s)
	r.shown(s)
	r.outside(s)
	r.said(s)
	r.left(s)
	r.opinions(s)
	journalHead(s, r.Count, r.Hash, r.Fault)
	if err := s.finish(w); err != nil {
		return fmt.Errorf("print review: %w", err)
	}
	return nil
}

// part is the head of a part of the sheet.
func part(s sheet, title string) {
	s.para(para{spans: strong(title), size: bodySize, before: 5, keep: true, level: 1})
}

// none says that a part has nothing.
func none(s sheet, what string) { s.para(para{spans: emphasised(what), size: smallSize, before: 1}) }

// front sets the heads, the title, which hearing it was and who took part.
func (r Review) front(s sheet) {
	c := r.Outline.Cover()
	heads(s, c, r.Now)
	s.para(para{spans: strong("PHIẾU RÚT KINH NGHIỆM"), size: 16, align: centre, before: 10, level: 1})
	s.para(para{spans: strong("VIỆC TRÌNH CHIẾU TÀI LIỆU, CHỨNG CỨ TẠI PHIÊN TÒA"), size: 14, align: centre})
	part(s, "I. PHIÊN TÒA")
	for _, f := range [][2]string{
		{"Vụ án:", c.CaseTitle},
		{"Loại án:", kindNames[c.Kind]},
		{"Số:", c.CaseNumber},
		{"Tòa án:", c.Court},
		{"Phiên tòa:", c.Hearing},
		{"Kiểm sát viên:", c.Prosecutor},
		{"Người duyệt đề cương:", c.Approver},
	} {
		if f[1] != "" {
			s.para(para{spans: labelled(f[0], f[1]), size: bodySize, before: 1})
		}
	}
	for _, line := range r.Sittings {
		s.para(para{spans: labelled("Thời gian:", line), size: bodySize, before: 1})
	}
	if persons := r.Outline.Persons(); len(persons) > 0 {
		m := Job{Outline: r.Outline, Now: r.Now}.resolve()
		s.para(para{spans: strong("Người tham gia tố tụng:"), size: bodySize, before: 1, keep: true})
		for _, p := range persons {
			s.para(para{spans: text("– " + m.personLine(p)), size: bodySize, before: 0.5})
		}
	}
	s.para(para{spans: labelled("Đã trình chiếu:", r.Figures), size: bodySize, before: 1})
}

// shown sets what the court saw, in its order.
func (r Review) shown(s sheet) {
	part(s, "II. TÀI LIỆU, CHỨNG CỨ ĐÃ TRÌNH CHIẾU")
	if len(r.Shown) == 0 {
		none(s, "Không có.")
		return
	}
	t := table{
		head:   []string{"Thời gian", "Bao lâu", "Bút lục", "Tài liệu, chứng cứ", "Bước trong đề cương", "Căn cứ, ý kiến HĐXX, lưu ý"},
		widths: []float64{0.14, 0.1, 0.1, 0.27, 0.19, 0.2}, centre: []bool{true, true, true, false, false, false},
	}
	for _, row := range r.Shown {
		where := row.Where
		if where == "" {
			where = "ngoài đề cương"
		}
		t.addLong(row.Time, row.Length, row.Folio, row.What, where, row.Remarks)
	}
	s.table(t)
}

// outside sets what was called from outside of the outline.
func (r Review) outside(s sheet) {
	part(s, "III. ĐÃ GỌI NGOÀI ĐỀ CƯƠNG")
	t := table{
		head:   []string{"Thời gian", "Bao lâu", "Bút lục", "Tài liệu, chứng cứ"},
		widths: []float64{0.2, 0.12, 0.15, 0.53}, centre: []bool{true, true, true, false},
	}
	for _, row := range r.Shown {
		if row.Where == "" {
			t.addLong(row.Time, row.Length, row.Folio, row.What)
		}
	}
	if len(t.rows) == 0 {
		none(s, "Không có.")
		return
	}
	s.table(t)
}

// said sets what was noted of answers and arguments.
func (r Review) said(s sheet) {
	part(s, "IV. CÂU TRẢ LỜI, LUẬN ĐIỂM ĐÃ GHI")
	if len(r.Answers)+len(r.Arguments) == 0 {
		none(s, "Không có.")
		return
	}
	if len(r.Answers) > 0 {
		t := table{
			head:   []string{"Thời gian", "Người nói", "Nội dung đã ghi", "Khi đó đang hỏi, đang chiếu"},
			widths: []float64{0.16, 0.2, 0.37, 0.27}, centre: []bool{true, false, false, false},
		}
		for _, a := range r.Answers {
			t.addLong(a.Time, a.Person, a.Text, a.Where)
		}
		s.table(t)
	}
	if len(r.Arguments) > 0 {
		s.para(para{spans: strong("Luận điểm của người bào chữa và việc đối đáp:"), size: bodySize, before: 3, keep: true})
		t := table{head: []string{"Thời gian", "Luận điểm", "Đối đáp"}, widths: []float64{0.16, 0.5, 0.34}, centre: []bool{true, false, false}}
		for _, a := range r.Arguments {
			t.addLong(a.Time, a.Text, a.Answer)
		}
		s.table(t)
	}
}

// left sets what was planned and not shown.
func (r Review) left(s sheet) {
	part(s, "V. DỰ KIẾN NHƯNG KHÔNG TRÌNH CHIẾU")
	if len(r.Left) == 0 {
		none(s, "Không có.")
		return
	}
	t := table{
		head:   []string{"Bước", "Bút lục", "Nội dung dự kiến", "Lưu ý"},
		widths: []float64{0.1, 0.15, 0.5, 0.25}, centre: []bool{true, true, false, false},
	}
	for _, st := range r.Left {
		t.addLong(st.Number, st.Folio, st.Title, st.Remarks)
	}
	s.table(t)
}

// opinions leaves room for what the reviewers write.
func (r Review) opinions(s sheet) {
	part(s, "VI. NHẬN XÉT, ĐÁNH GIÁ")
	for _, title := range []string{
		"1. Ưu điểm", "2. Tồn tại, hạn chế và nguyên nhân", "3. Kiến nghị, đề xuất của Kiểm sát viên", "4. Ý kiến của lãnh đạo Viện", "5. Bài học kinh nghiệm",
	} {
		s.para(para{spans: strong(title), size: bodySize, before: 3, keep: true})
		for i := range 4 {
			s.para(para{spans: text(" "), size: bodySize, before: 1, dots: true, keep: i < 3})
		}
	}
	sign := func(who string) []para {
		return []para{{spans: strong(who), size: bodySize, align: centre, before: 8}, {spans: emphasised("(ký, ghi rõ họ tên)"), size: smallSize, align: centre}}
	}
	s.columns(0.5, sign("KIỂM SÁT VIÊN"), sign("LÃNH ĐẠO VIỆN"))
	for range 3 {
		s.para(para{spans: text(" "), size: bodySize})
	}
}
