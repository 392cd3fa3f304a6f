package mucluc_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"butluc/library/mucluc"
)

// told is a list as one line a document, then one line a fault.
func told(l mucluc.List) string {
	var b strings.Builder
	for _, d := range l.Documents {
		fmt.Fprintf(&b, "%d: %s", d.Row, d.First)
		if !d.Last.IsZero() {
			fmt.Fprintf(&b, "–%s", d.Last)
		}
		for _, s := range []string{d.Title, d.Date, d.Person, d.Volume} {
			if s != "" {
				b.WriteString(" | " + s)
			}
		}
		if d.Page > 0 {
			fmt.Fprintf(&b, " p%d", d.Page)
		}
		b.WriteString("\n")
	}
	for _, f := range l.Faults {
		fmt.Fprintf(&b, "%s%s %s %q\n", f.Sheet, f.Cell(), f.Why, f.Text)
	}
	return b.String()
}

func TestReadCSV(t *testing.T) {
	tests := []struct{ name, table, want string }{
		{
			"plain", "STT,Bút lục,Tên tài liệu,Ngày tháng\n1,1-3,Quyết định khởi tố vụ án,12/5/2024\n2,4,\"Biên bản, lần 1\",\n",
			"2: 1–3 | Quyết định khởi tố vụ án | 12/5/2024\n3: 4 | Biên bản, lần 1\n",
		},
		{
			"semicolons, a title above, numbered columns, an empty line", "VIỆN KIỂM SÁT;;;\n\nMỤC LỤC HỒ SƠ;;;\nTT;Tên loại và trích yếu nội dung;Họ tên người khai;BL\n(1);(2);(3);(4)\n\n1;Biên bản hỏi cung;Bùi Quang Khải;BL 45 - 47\n",
			"7: 45–47 | Biên bản hỏi cung | Bùi Quang Khải\n",
		},
		{
			"tabs, from and to", "Từ BL\tĐến BL\tTên văn bản\tTập\n12\t15\tĐơn\t2\n16\t\tĐơn khác\tTập 2\n",
			"2: 12–15 | Đơn | 2\n3: 16 | Đơn khác | Tập 2\n",
		},
		{
			"two rows of header", "Tên tài liệu,Bút lục,,Ngày\n,Từ,Đến,\nĐơn,1,2,1/2/2024\n",
			"3: 1–2 | Đơn | 1/2/2024\n",
		},
		{
			"pages, and how many there are", "Tên tài liệu;Số trang;Trang số\nĐơn;2;1\nLệnh;3;3-5\n",
			"2:  | Đơn p1\n3:  | Lệnh p3\n",
		},
		{"sep=, as Excel likes it", "sep=;\r\nBL;Nội dung\r\n1-1;Đơn\r\n145a;Lệnh\r\n", "3: 1–1 | Đơn\n4: 145a | Lệnh\n"},
		{
			"bad rows cost themselves", "BL,Tên tài liệu,Trang đầu\nI. THỦ TỤC,,\n1,Đơn,1\n5-3,Ngược,2\n12/5/2024,Ngày,\nhai,Chữ,\n6,Trang,x\n7,Tốt,9\n,Tổng cộng 7 tờ,\n",
			"3: 1 | Đơn p1\n8: 7 | Tốt p9\nA2 bad-folio \"I. THỦ TỤC\"\nA4 bad-folio \"5-3\"\nA5 bad-folio \"12/5/2024\"\nA6 bad-folio \"hai\"\nC7 bad-page \"x\"\n9 no-folio \"Tổng cộng 7 tờ\"\n",
		},
		{"lists of folios", "BL,Nội dung\n\"1, 2, 3\",A\n4 đến 6,B\ntừ 7 đến BL 9,C\n10 (mặt sau),D\n", "2: 1–3 | A\n3: 4–6 | B\n4: 7–9 | C\n5: 10 (mặt sau) | D\n"},
		{"a line break in a cell", "BL,Nội dung\n1,\"Biên bản\nhỏi cung\"\n2,Đơn\n", "2: 1 | Biên bản hỏi cung\n3: 2 | Đơn\n"},
	}
	encodings := map[string]func(string) []byte{
		"UTF-8": func(s string) []byte { return []byte(s) },
		"BOM":   func(s string) []byte { return []byte("\ufeff" + s) },
		"NFD":   func(s string) []byte { return []byte(norm.NFD.String(s)) },
		"UTF-16LE": func(s string) []byte {
			b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
			if err != nil {
				t.Fatal(err)
			}
			return b
		},
		"UTF-16BE without a mark": func(s string) []byte {
			b, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte("STT" + s))
			if err != nil {
				t.Fatal(err)
			}
			return b[6:]
		},
		"Windows-1258": func(s string) []byte { return windows1258(t, s) },
	}
	for _, test := range tests {
		for name, encode := range encodings {
			l, err := mucluc.Read(encode(test.table))
			if got := told(l); err != nil || got != test.want {
				t.Errorf("%s, %s: %v\n%swant\n%s", test.name, name, err, got, test.want)
			}
		}
	}
}

// windows1258 writes letters as that code page has them: some whole, others with a tone behind.
func windows1258(t *testing.T, s string) []byte {
	t.Helper()
	var out []byte
	enc := charmap.Windows1258.NewEncoder()
	for _, r := range norm.NFC.String(s) {
		b, err := enc.Bytes([]byte(string(r)))
		if err != nil { // ế is ê and a tone
			parts := []rune(norm.NFD.String(string(r)))
			tone := parts[len(parts)-1]
			rest := norm.NFC.String(string(parts[:len(parts)-1]))
			if tone == '\u0302' || tone == '\u0306' || tone == '\u031b' { // ộ: the tone is below, before the hat
				tone, rest = parts[1], norm.NFC.String(string(parts[0])+string(parts[2:]))
			}
			if b, err = enc.Bytes([]byte(rest + string(tone))); err != nil {
				b = []byte("?")
			}
		}
		out = append(out, b...)
	}
	return out
}

func TestReadRefuses(t *testing.T) {
	bomb := func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("xl/worksheets/sheet1.xml")
		if err != nil {
			t.Fatal(err)
		}
		for range 40 {
			_, _ = w.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
		return b.Bytes()
	}()
	if len(bomb) > 1<<20 {
		t.Fatal("the bomb is no bomb")
	}
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":            {nil, mucluc.ErrEmpty},
		"blank":              {[]byte(" \n\n"), mucluc.ErrEmpty},
		"another table":      {[]byte("Họ tên,Tuổi\nA,3\n"), mucluc.ErrNoHeader},
		"prose":              {[]byte("Bút lục số 45 là biên bản hỏi cung, trong đó bị cáo khai về nội dung vụ án."), mucluc.ErrNoHeader},
		"a picture":          {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), mucluc.ErrNoHeader},
		"the old Excel":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), mucluc.ErrOldExcel},
		"too many bytes":     {make([]byte, mucluc.MaxBytes+1), mucluc.ErrTooLarge},
		"too many rows":      {[]byte("BL,Nội dung\n" + strings.Repeat("1,A\n", 20_001)), mucluc.ErrTooLarge},
		"a zip bomb":         {bomb, mucluc.ErrTooLarge},
		"a workbook cut off": {[]byte("PK\x03\x04xxxx"), nil},
	} {
		l, err := mucluc.Read(test.data)
		if err == nil || test.want != nil && !errors.Is(err, test.want) || len(l.Documents) > 0 {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if _, err := mucluc.Read([]byte("BL,Nội dung\n1,\"A\n2,B\n")); err == nil || !strings.Contains(err.Error(), "line 2 to 3") {
		t.Errorf("a quote that is not closed: %v, want its place", err)
	}
}

// workbook makes an XLSX of rows.
func workbook(t testing.TB, change func(f *excelize.File), rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		custom := "dd/mm/yyyy"
		own, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		if err != nil {
			t.Fatal(err)
		}
		for cell, style := range map[string]int{"D4": day, "D5": own, "B6": day} {
			if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.NewSheet("Tập 2"); err != nil {
			t.Fatal(err)
		}
		for i, row := range [][]any{{"Bút lục", "Tên tài liệu"}, {"401-402", "Lệnh"}, {"x", "Hỏng"}} {
			if err := f.SetSheetRow("Tập 2", fmt.Sprint("A", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	},
		[]any{"MỤC LỤC"}, nil,
		[]any{"STT", "Số BL", "Trích yếu", "Ngày"},
		[]any{1, "1-3", "Đơn tố giác", time.Date(2024, 5, 12, 0, 0, 0, 0, time.UTC)},
		[]any{2, 4, "Biên bản", time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC)},
		[]any{3, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "Bút lục 1-3 mà Excel hiểu là ngày", "13/5/2024"},
	)
	l, err := mucluc.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	want := "4: 1–3 | Đơn tố giác | 12/5/2024\n5: 4 | Biên bản | 1/12/2024\n2: 401–402 | Lệnh\nSheet1B6 date-cell \"1/3/2026\"\nTập 2A3 bad-folio \"x\"\n"
	if got := told(l); got != want {
		t.Errorf("%swant\n%s", got, want)
	}
	if l.Columns[mucluc.Folio] != "Số BL" || l.Columns[mucluc.Title] != "Trích yếu" {
		t.Errorf("columns %v", l.Columns)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("STT,Bút lục,Tên tài liệu,Ngày\n1,1-3,Đơn,12/5/2024\n"))
	f.Add([]byte("\xff\xfeB\x00L\x00;\x00"))
	f.Add([]byte("sep=;\nTừ BL;Đến BL;Nội dung\n1;2;\"x\ny\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data) })
}

func FuzzReadWorkbook(f *testing.F) {
	f.Add(workbook(f, nil, []any{"BL", "Nội dung"}, []any{"1-3", "Đơn"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, append([]byte("PK\x03\x04"), bytes.TrimPrefix(data, []byte("PK\x03\x04"))...))
	})
}

// FuzzReadSheet puts the XML of a sheet into a workbook that is whole otherwise.
func FuzzReadSheet(f *testing.F) {
	whole := workbook(f, nil, []any{"BL", "Nội dung"}, []any{"1-3", "Đơn"})
	sheet := unpack(f, whole, "xl/worksheets/sheet1.xml")
	f.Add(sheet)
	f.Add(bytes.ReplaceAll(sheet, []byte(`r="2"`), []byte(`r="1048576"`)))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, repack(t, whole, "xl/worksheets/sheet1.xml", data)) })
}

func unpack(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func repack(t testing.TB, data []byte, name string, content []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, file := range z.File {
		w, err := out.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		body := content
		if file.Name != name {
			body = unpack(t, data, file.Name)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// check holds what is true of every list, whatever it was read from.
func check(t *testing.T, data []byte) {
	t.Helper()
	l, err := mucluc.Read(data)
	if err != nil {
		return
	}
	for _, d := range l.Documents {
		if d.First.IsZero() && d.Page == 0 || !d.Last.IsZero() && d.Last.Number < d.First.Number || d.Row < 1 || d.Page < 0 {
			t.Errorf("document %+v", d)
		}
	}
	for _, f := range l.Faults {
		if f.Row < 1 || f.Why == "" || f.Cell() == "" {
			t.Errorf("fault %+v", f)
		}
	}
}
