package registry

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/library/office/register"
	"butluc/presenter/print"
)

// Report is the periodic report: what of an office's files is digitized, and what was done with it in a time.
type Report struct {
	Figures register.Figures
	Heads   register.Heads
	Rows    []register.Row // of the register, for the sheet of cases in a workbook
	Now     time.Time
}

// NewReport counts the rows of a register for a period; office narrows it to the cases of one, "" does not.
func NewReport(rows []register.Row, p register.Period, office string, heads register.Heads, now time.Time) Report {
	return Report{register.Count(rows, p, office, register.Today(now)), heads, rows, now}
}

// The endings of a report's file.
const (
	endingDOCX = ".docx"
	endingXLSX = ".xlsx"
)

// Reports tells whether a report can be written into a file, by its ending.
func Reports(file string) bool {
	end := strings.ToLower(filepath.Ext(file))
	return end == endingDOCX || end == endingXLSX
}

// Write writes the report in the form that the file's ending names.
func (r Report) Write(w io.Writer, file string) error {
	if strings.ToLower(filepath.Ext(file)) == endingXLSX {
		return r.workbook(w)
	}
	return r.paper().Write(w)
}

// counted are the kinds that a line of a table is of: those that have a case.
func (r Report) counted() (list []register.Kind) {
	for _, k := range register.Kinds {
		if r.Figures.ByKind[k].Cases > 0 {
			list = append(list, k)
		}
	}
	return list
}

// two is a number as official papers write it: 08.
func two(n int) string { return fmt.Sprintf("%02d", n) }

func percent(t register.Tally) string { return fmt.Sprintf("%d%%", t.Share()) }

// whole is a number with its thousands parted.
func whole(n int) string { return i18n.In("vi").Number(n) }

// When says which time the report is of.
func (r Report) When() string {
	p := r.Figures.Period
	s, n, year := p.Span()
	switch s {
	case register.Month:
		return fmt.Sprintf("tháng %02d năm %d", n, year)
	case register.Quarter:
		return fmt.Sprintf("quý %s năm %d", []string{"I", "II", "III", "IV"}[n-1], year)
	case register.HalfYear:
		return fmt.Sprintf("6 tháng %s năm %d", []string{"đầu", "cuối"}[n-1], year)
	case register.Year:
		return fmt.Sprintf("năm %d", year)
	}
	return fmt.Sprintf("từ ngày %s đến ngày %s", ShowDay(p.From), ShowDay(p.To))
}

// civilKinds are those that the civil procedure code rules.
var civilKinds = []register.Kind{register.Civil, register.Family, register.Commercial, register.Labour}

// paper is the report as it is printed.
func (r Report) paper() print.Paper {
	office := r.Heads.Office
	if r.Figures.Office != "" {
		office = r.Figures.Office
	}
	about := []string{"Kết quả số hóa hồ sơ vụ án và trình chiếu", "tài liệu, chứng cứ bằng hình ảnh " + r.When()}
	signs := r.Heads.Title
	if signs == "" {
		signs = "VIỆN TRƯỞNG"
	}
	p := print.Paper{
		Format: print.DOCX, Superior: r.Heads.Superior, Office: office, Place: r.Heads.Place, Now: r.Now,
		Title: "BÁO CÁO", About: about, Signs: strings.ToUpper(signs), Signer: r.Heads.Signer, Foot: "Báo cáo số hóa hồ sơ, " + r.When(),
		Parts: r.Parts(),
	}
	if r.Heads.Superior != "" {
		p.To = []string{r.Heads.Superior + ";", "Lãnh đạo Viện;", "Lưu: HSNV, VT."}
	}
	return p
}

// Parts are what the report says, part for part.
func (r Report) Parts() []print.Part {
	return []print.Part{r.digitized(), r.hearings(), r.interrogations(), r.results(), r.limits()}
}

func (r Report) digitized() print.Part {
	f := r.Figures
	all, criminal, enforcement := f.Of(), f.Of(register.Criminal), f.Of(register.Enforcement)
	civil, administrative := f.Of(civilKinds...), f.Of(register.Administrative)
	part := print.Part{Heading: "I. SỐ HÓA HỒ SƠ VỤ ÁN"}
	part.Text = append(part.Text, fmt.Sprintf("Trong kỳ, đơn vị theo dõi %s vụ, việc; đã số hóa %s hồ sơ, đạt %s.", two(all.Cases), two(all.Digitized), percent(all)))
	var shares []string
	share := func(t register.Tally, name string) {
		if t.Cases > 0 {
			shares = append(shares, fmt.Sprintf("%s hồ sơ %s (%d/%d)", percent(t), name, t.Digitized, t.Cases))
		}
	}
	share(criminal, "hình sự")
	civilNames := "dân sự"
	if enforcement.Cases > 0 {
		civilNames = "dân sự và hồ sơ thi hành án dân sự"
		if civil.Cases == 0 {
			civilNames = "thi hành án dân sự"
		}
	}
	share(f.Of(append([]register.Kind{register.Enforcement}, civilKinds...)...), civilNames)
	share(administrative, "hành chính")
	if len(shares) > 0 {
		part.Text = append(part.Text, strings.Join(shares, ", ")+" được số hóa.")
	}
	if criminal.Early > 0 {
		part.Text = append(part.Text, fmt.Sprintf("Đơn vị đã số hóa %s vụ án hình sự ngay từ khi được phân công kiểm sát các hoạt động điều tra ban đầu.", two(criminal.Early)))
	}
	part.Table = r.byKind([]string{"Số vụ, việc", "Đã số hóa", "Tỷ lệ", "Số tờ đã số hóa", "Có đề cương", "Đã trình, duyệt"}, func(t register.Tally) []string {
		return []string{whole(t.Cases), whole(t.Digitized), percent(t), whole(t.Scanned), whole(t.Outlines), whole(t.Submitted)}
	})
	note := "Hồ sơ được tính là đã số hóa khi có ít nhất một tờ được số hóa; số liệu tính đến ngày lập báo cáo."
	if all.Sheets > 0 {
		note += fmt.Sprintf(" Các hồ sơ có ghi tổng số tờ có %s tờ.", whole(all.Sheets))
	}
	part.Notes = []string{note}
	return part
}

func (r Report) hearings() print.Part {
	f := r.Figures
	all, civil, criminal := f.Of(), f.Of(civilKinds...), f.Of(register.Criminal)
	part := print.Part{Heading: "II. PHIÊN TÒA CÓ TRÌNH CHIẾU TÀI LIỆU, CHỨNG CỨ"}
	part.Text = append(part.Text, fmt.Sprintf("Đơn vị phối hợp với Tòa án thực hiện %s phiên tòa có áp dụng số hóa hồ sơ vụ án và công bố tài liệu, chứng cứ bằng hình ảnh.", two(all.Shown)))
	var lessons []string
	for _, l := range []struct {
		n    int
		name string
	}{{criminal.Lessons, "hình sự"}, {civil.Lessons, "dân sự"}, {f.Of(register.Administrative).Lessons, "hành chính"}} {
		if l.n > 0 {
			lessons = append(lessons, fmt.Sprintf("%s phiên tòa %s rút kinh nghiệm", two(l.n), l.name))
		}
	}
	if len(lessons) > 0 {
		part.Text = append(part.Text, "Trong đó có "+strings.Join(lessons, ", ")+".")
	}
	part.Text = append(part.Text, fmt.Sprintf("Phối hợp với Tòa án thực hiện %s phiên tòa bằng hình thức xét xử trực tuyến.", two(all.Online)))
	part.Table = r.byKind([]string{"Số phiên tòa", "Có trình chiếu", "Rút kinh nghiệm có trình chiếu", "Trực tuyến"}, func(t register.Tally) []string {
		return []string{whole(t.Hearings), whole(t.Shown), whole(t.Lessons), whole(t.Online)}
	})
	return part
}

func (r Report) interrogations() print.Part {
	all := r.Figures.Of()
	return print.Part{
		Heading: "III. HỎI CUNG, LẤY LỜI KHAI CÓ GHI ÂM, GHI HÌNH",
		Text:    []string{fmt.Sprintf("Tham gia hoặc trực tiếp thực hiện việc hỏi cung, lấy lời khai có ghi âm, ghi hình %s lần/%s vụ.", two(all.Interrogations), two(all.Interrogated))},
	}
}

func (r Report) results() print.Part {
	all := r.Figures.Of()
	var of []string
	for _, k := range register.Kinds {
		if n := r.Figures.ByKind[k].Protests; n > 0 {
			of = append(of, fmt.Sprintf("%s vụ án %s", two(n), strings.ToLower(i18n.In("vi").T("register-kind."+string(k)))))
		}
	}
	protests := two(all.Protests) + " kháng nghị phúc thẩm"
	if len(of) > 0 {
		protests += " (" + strings.Join(of, ", ") + ")"
	}
	return print.Part{
		Heading: "IV. KHÁNG NGHỊ, KIẾN NGHỊ, YÊU CẦU",
		Text: []string{
			fmt.Sprintf("Thông qua việc số hóa hồ sơ, đơn vị đã ban hành %s, %s kiến nghị yêu cầu khắc phục vi phạm, %s kiến nghị tổng hợp, %s kiến nghị phòng ngừa vi phạm và tội phạm.",
				protests, two(all.Remedies), two(all.Generals), two(all.Preventions)),
			fmt.Sprintf("Ban hành %s yêu cầu xác minh, thu thập chứng cứ.", two(all.Requests)),
		},
	}
}

func (r Report) limits() print.Part {
	all := r.Figures.Of()
	said := "Không có vụ, việc nào quá hạn"
	if all.Late > 0 {
		said = fmt.Sprintf("Có %s vụ, việc đã quá hạn của giai đoạn đang giải quyết", two(all.Late))
	}
	return print.Part{
		Heading: "V. THỜI HẠN",
		Text:    []string{said + ", tính đến ngày " + r.Now.Format("02/01/2006") + "."},
	}
}

// byKind is a table with a line for each kind of case, and their sum.
func (r Report) byKind(heads []string, cells func(register.Tally) []string) print.Table {
	t := print.Table{Columns: []print.TableColumn{{Head: "Loại án", Share: 0.25}}, Sum: true}
	for _, h := range heads {
		t.Columns = append(t.Columns, print.TableColumn{Head: h, Share: 0.75 / float64(len(heads)), Centre: true})
	}
	for _, k := range r.counted() {
		t.Rows = append(t.Rows, append([]string{i18n.In("vi").T("register-kind." + string(k))}, cells(r.Figures.ByKind[k])...))
	}
	if len(t.Rows) > 0 {
		t.Rows = append(t.Rows, append([]string{"Cộng"}, cells(r.Figures.Of())...))
	}
	return t
}

// indicators are the lines of the report's table in a workbook.
var indicators = []struct {
	name string
	of   func(register.Tally) int
}{
	{"Vụ, việc trong kỳ", func(t register.Tally) int { return t.Cases }},
	{"Hồ sơ đã số hóa", func(t register.Tally) int { return t.Digitized }},
	{"Tỷ lệ hồ sơ số hóa (%)", register.Tally.Share},
	{"Số hóa ngay từ hoạt động điều tra ban đầu", func(t register.Tally) int { return t.Early }},
	{"Số tờ đã số hóa", func(t register.Tally) int { return t.Scanned }},
	{"Tổng số tờ của các hồ sơ có ghi", func(t register.Tally) int { return t.Sheets }},
	{"Vụ, việc có đề cương trình chiếu", func(t register.Tally) int { return t.Outlines }},
	{"Trong đó đã trình hoặc đã duyệt", func(t register.Tally) int { return t.Submitted }},
	{"Phiên tòa", func(t register.Tally) int { return t.Hearings }},
	{"Phiên tòa có trình chiếu hồ sơ số hóa", func(t register.Tally) int { return t.Shown }},
	{"Phiên tòa rút kinh nghiệm có trình chiếu", func(t register.Tally) int { return t.Lessons }},
	{"Phiên tòa trực tuyến", func(t register.Tally) int { return t.Online }},
	{"Hỏi cung, lấy lời khai có ghi âm, ghi hình: số lần", func(t register.Tally) int { return t.Interrogations }},
	{"Hỏi cung, lấy lời khai có ghi âm, ghi hình: số vụ", func(t register.Tally) int { return t.Interrogated }},
	{"Kháng nghị", func(t register.Tally) int { return t.Protests }},
	{"Kiến nghị khắc phục vi phạm", func(t register.Tally) int { return t.Remedies }},
	{"Kiến nghị tổng hợp", func(t register.Tally) int { return t.Generals }},
	{"Kiến nghị phòng ngừa", func(t register.Tally) int { return t.Preventions }},
	{"Yêu cầu xác minh, thu thập chứng cứ", func(t register.Tally) int { return t.Requests }},
	{"Vụ, việc quá hạn", func(t register.Tally) int { return t.Late }},
}

// workbook writes the report as a workbook: a sheet with a line for each figure and a column for each kind of case, and one
// of the cases that were counted.
func (r Report) workbook(w io.Writer) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	defer func() { _ = b.f.Close() }() // nothing is written by it
	const sheet = "Báo cáo"
	b.sheet(sheet)
	p := r.paper()
	for i, line := range []string{p.Office, p.Title + ": " + strings.ToLower(p.About[0][:1]) + p.About[0][1:] + " " + p.About[1]} {
		b.do(b.f.SetCellValue(sheet, fmt.Sprintf("A%d", i+1), line))
		b.do(b.f.SetCellStyle(sheet, fmt.Sprintf("A%d", i+1), fmt.Sprintf("A%d", i+1), b.titled))
	}
	counted := r.counted()
	heads := []any{"Chỉ tiêu", "Cộng"}
	for _, k := range counted {
		heads = append(heads, i18n.In("vi").T("register-kind."+string(k)))
	}
	const first = 4
	b.row(sheet, first, heads, b.head)
	b.width(sheet, 0, 52)
	for i := range counted {
		b.width(sheet, i+2, 16)
	}
	for i, line := range indicators {
		cells := []any{line.name, line.of(r.Figures.Of())}
		for _, k := range counted {
			cells = append(cells, line.of(r.Figures.ByKind[k]))
		}
		b.row(sheet, first+1+i, cells, b.plain)
	}
	var rows []register.Row
	for _, row := range r.Rows {
		if f := register.Count([]register.Row{row}, r.Figures.Period, r.Figures.Office, register.Today(r.Now)); f.Of().Cases > 0 {
			rows = append(rows, row)
		}
	}
	cases, _ := sheetNames(i18n.In("vi"))
	b.cases(cases, rows, register.Today(r.Now))
	return b.finish(w)
}
