package registry_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"butluc/app/registry"
	"butluc/library"
	"butluc/library/office/register"
	"butluc/library/office/register/registertest"
)

var lastDay = time.Date(2022, 12, 31, 9, 0, 0, 0, time.UTC)

// seedReport is the report of the invented office, in the form of a file's ending.
func seedReport(t *testing.T, file string) []byte {
	t.Helper()
	heads := register.Heads{Superior: "VKSND tỉnh Thanh Lâm", Office: registertest.Office, Place: "Thanh Lâm", Signer: "Nguyễn Văn An"}
	var b bytes.Buffer
	if err := registry.NewReport(registertest.Cases(), registertest.Year, "", heads, lastDay).Write(&b, file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// textOf is the text of a DOCX file, a line each paragraph.
func textOf(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	d := xml.NewDecoder(f)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			if token.Name.Local == "p" {
				text.WriteByte('\n')
			}
		}
	}
}

// The report of the invented office says what a district procuracy reported of its year 2022.
func TestTheSeedReport(t *testing.T) {
	text := textOf(t, seedReport(t, "a.docx"))
	for _, want := range []string{
		"BÁO CÁO", "năm 2022", "VKSND KHU VỰC 3", "VKSND TỈNH THANH LÂM", "Thanh Lâm, ngày 31 tháng 12 năm 2022",
		"theo dõi 120 vụ, việc; đã số hóa 66 hồ sơ",
		"60% hồ sơ hình sự (36/60), 50% hồ sơ dân sự và hồ sơ thi hành án dân sự (30/60) được số hóa.",
		"số hóa 30 vụ án hình sự ngay từ khi được phân công",
		"08 phiên tòa có áp dụng số hóa hồ sơ vụ án và công bố tài liệu, chứng cứ bằng hình ảnh",
		"04 phiên tòa dân sự rút kinh nghiệm",
		"06 phiên tòa bằng hình thức xét xử trực tuyến",
		"hỏi cung, lấy lời khai có ghi âm, ghi hình 38 lần/12 vụ",
		"01 kháng nghị phúc thẩm (01 vụ án dân sự), 14 kiến nghị yêu cầu khắc phục vi phạm, 02 kiến nghị tổng hợp, 04 kiến nghị phòng ngừa",
		"15 yêu cầu xác minh, thu thập chứng cứ",
		"Hình sự\n60\n36\n60%\n", "Dân sự\n40\n20\n50%\n", "Thi hành án dân sự\n20\n10\n50%\n", "Cộng\n120\n66\n55%\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
}

// The same figures stand in the cells of the workbook, as numbers.
func TestTheSeedReportAsAWorkbook(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(seedReport(t, "a.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Báo cáo")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Chỉ tiêu", "Cộng", "Hình sự", "Dân sự", "Thi hành án dân sự"}, rows[3]); diff != "" {
		t.Error(diff)
	}
	got := map[string][]int{}
	for i, row := range rows[4:] {
		for k, cell := range row[1:] {
			at, _ := excelize.CoordinatesToCellName(k+2, i+5)
			n, err := strconv.Atoi(cell)
			kind, kindErr := f.GetCellType("Báo cáo", at)
			if err != nil || kindErr != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
				t.Errorf("%s holds %q of type %v", at, cell, kind)
			}
			got[row[0]] = append(got[row[0]], n)
		}
	}
	for name, want := range map[string][]int{ // all, criminal, civil, enforcement
		"Vụ, việc trong kỳ":                                  {120, 60, 40, 20},
		"Hồ sơ đã số hóa":                                    {66, 36, 20, 10},
		"Tỷ lệ hồ sơ số hóa (%)":                             {55, 60, 50, 50},
		"Số hóa ngay từ hoạt động điều tra ban đầu":          {30, 30, 0, 0},
		"Phiên tòa có trình chiếu hồ sơ số hóa":              {8, 4, 4, 0},
		"Phiên tòa rút kinh nghiệm có trình chiếu":           {4, 0, 4, 0},
		"Phiên tòa trực tuyến":                               {6, 6, 0, 0},
		"Hỏi cung, lấy lời khai có ghi âm, ghi hình: số lần": {38, 38, 0, 0},
		"Hỏi cung, lấy lời khai có ghi âm, ghi hình: số vụ":  {12, 12, 0, 0},
		"Kháng nghị":                          {1, 0, 1, 0},
		"Kiến nghị khắc phục vi phạm":         {14, 0, 14, 0},
		"Kiến nghị tổng hợp":                  {2, 0, 2, 0},
		"Kiến nghị phòng ngừa":                {4, 0, 4, 0},
		"Yêu cầu xác minh, thu thập chứng cứ": {15, 0, 15, 0},
	} {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if cases, err := f.GetRows("Sổ theo dõi"); err != nil || len(cases) != 121 {
		t.Errorf("%d rows of cases, %v", len(cases), err)
	}
}

// What time a report is of is said as offices say it.
func TestHowPeriodsAreCalled(t *testing.T) {
	at := time.Date(2026, 8, 31, 0, 0, 0, 0, time.UTC)
	for want, p := range map[string]register.Period{
		"tháng 08 năm 2026": register.PeriodOf(register.Month, at), "quý III năm 2026": register.PeriodOf(register.Quarter, at),
		"6 tháng cuối năm 2026": register.PeriodOf(register.HalfYear, at), "từ ngày 02/01/2026 đến ngày 05/03/2026": {From: "2026-01-02", To: "2026-03-05"},
	} {
		var b bytes.Buffer
		if err := registry.NewReport(nil, p, "", register.Heads{}, at).Write(&b, "a.docx"); err != nil {
			t.Fatal(err)
		}
		if text := textOf(t, b.Bytes()); !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func workbook(t *testing.T, rows []register.Row) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := registry.WriteWorkbook(&b, rows, "2022-12-31"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// An office sends its register as a workbook, and another has all that is in it.
func TestAWorkbookIsReadAgain(t *testing.T) {
	rows := registertest.Cases()
	rows[0].Facts.Number = `=HYPERLINK("http://x")`
	rows[1].Facts.Docket.Due, rows[1].Facts.Docket.Notes = "2022-07-01", "gia hạn\nlần 1"
	got, err := registry.ReadWorkbook(workbook(t, rows))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(rows) {
		t.Fatalf("%d rows of %d", len(got), len(rows))
	}
	count := func(rows []register.Row) register.Figures {
		return register.Count(rows, registertest.Year, "", "2022-12-31")
	}
	if diff := cmp.Diff(count(rows), count(got)); diff != "" {
		t.Error(diff)
	}
	for i := range rows {
		a, b := rows[i].Facts, got[i].Facts
		if len(rows[i].Found.Shown.Days) > 0 {
			continue // what the journal knew of a hearing is typed by now
		}
		if diff := cmp.Diff(len(a.Docket.Events), len(b.Docket.Events)); diff != "" {
			t.Errorf("%s: %s", a.Number, diff)
		}
		a.Docket.Events, b.Docket.Events = nil, nil
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: %s", a.Number, diff)
		}
	}
}

// Columns may be moved and left out; a cell that can't be read is named.
func TestAWorkbookThatPeopleWorkedOn(t *testing.T) {
	change := func(change func(*excelize.File)) ([]register.Row, error) {
		f := excelize.NewFile()
		if err := f.SetSheetName("Sheet1", "Sổ theo dõi"); err != nil {
			t.Fatal(err)
		}
		for at, v := range map[string]any{"A1": "STT", "B1": "LOAI AN", "C1": "Số vụ án", "D1": "Ngày khởi tố, thụ lý", "A2": 1, "B2": "hinh su", "C2": "12/HS", "D2": "2/3/2026"} {
			if err := f.SetCellValue("Sổ theo dõi", at, v); err != nil {
				t.Fatal(err)
			}
		}
		if change != nil {
			change(f)
		}
		var b bytes.Buffer
		if err := errors.Join(f.Write(&b), f.Close()); err != nil {
			t.Fatal(err)
		}
		return registry.ReadWorkbook(b.Bytes())
	}
	rows, err := change(nil)
	if err != nil || len(rows) != 1 || rows[0].Facts.Kind != register.Criminal || rows[0].Facts.Docket.Accepted != "2026-03-02" || rows[0].ID == "" {
		t.Fatalf("%+v %v", rows, err)
	}
	_, err = change(func(f *excelize.File) { _ = f.SetCellValue("Sổ theo dõi", "D2", "mồng hai") })
	var cell *registry.CellError
	if !errors.As(err, &cell) || cell.Row != 2 || cell.Column != "Ngày khởi tố, thụ lý" || !errors.Is(err, registry.ErrDay) {
		t.Errorf("%v", err)
	}
	if _, err = change(func(f *excelize.File) { _ = f.SetSheetName("Sổ theo dõi", "Khác") }); !errors.Is(err, registry.ErrNoRegister) {
		t.Errorf("%v", err)
	}
	if _, err := registry.ReadWorkbook([]byte("PK\x03\x04 no workbook")); err == nil {
		t.Error("what is no workbook was read")
	}
}

// An office gathers what its units send: new rows, and changed ones; what is on its own laptop stays.
func TestRowsAreGathered(t *testing.T) {
	have := registertest.Cases()[:3]
	have[2].Path = filepath.Join(t.TempDir(), "case")
	read := registertest.Cases()[:5]
	read[0].Facts.Prosecutor = "another"
	read[2].Facts.Prosecutor = "another"
	read[1].ID = "typed anew" // known by its number
	g := registry.Gather(have, read)
	if g.New != 2 || g.Changed != 1 || g.Kept != 1 || len(g.Put) != 3 {
		t.Errorf("%d new, %d changed, %d kept, %d put", g.New, g.Changed, g.Kept, len(g.Put))
	}
}

func TestDays(t *testing.T) {
	for typed, want := range map[string]string{"2/3/2026": "2026-03-02", "02.03.2026": "2026-03-02", "2026-03-02": "2026-03-02", " ": "", "46083": "2026-03-02"} {
		if got, err := registry.ParseDay(typed); got != want || err != nil {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
	for _, typed := range []string{"31/2/2026", "mai", "2026"} {
		if got, err := registry.ParseDay(typed); err == nil {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

func TestTheListForPrograms(t *testing.T) {
	l := registry.List(registertest.Cases()[2:3], "2022-12-31")
	c := l.Cases[0]
	if l.Day != "2022-12-31" || c.Kind != register.Criminal || c.Number != "3/2022/HS" || c.Scanned != 50 || c.Limit == nil || c.Limit.Left >= 0 || c.Limit.Source != "Điều 277 BLTTHS" {
		t.Errorf("%+v %+v", c, c.Limit)
	}
	if len(c.Events) == 0 || c.Events[len(c.Events)-1].Kind != library.EventHearing {
		t.Errorf("%+v", c.Events)
	}
}
