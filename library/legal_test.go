package library_test

import (
	"bytes"
	"os"
	"testing"

	"golang.org/x/text/unicode/norm"

	"butluc/assets"
	"butluc/library"
)

func TestAPhaseIsWhatItsNameSays(t *testing.T) {
	for part, titles := range map[library.Part][]string{
		"xet-hoi": {
			"Xét hỏi", "XÉT HỎI", "Phần xét hỏi", "Thủ tục xét hỏi", "II. Phần thủ tục xét hỏi tại phiên tòa", "xet hoi", "Hỏi", "hoi",
			"Hỏi bị cáo", "Trở lại việc xét hỏi", "Thẩm vấn", "Xét hỏi và tranh luận", "Bắt đầu xét hỏi", norm.NFD.String("Xét hỏi"), "Questioning",
		},
		"tranh-luan":       {"Tranh luận", "Phần tranh luận", "Tranh luận, đối đáp", "TRANH LUAN", "Đối đáp với người bào chữa", "Tranh luận tại phiên toà"},
		"luan-toi":         {"Luận tội", "Trình bày luận tội", "Trình bày lời luận tội", "luan toi"},
		"thu-tuc":          {"Bắt đầu phiên tòa", "Bắt đầu phiên toà", "Thủ tục bắt đầu phiên tòa", "Khai mạc", "bat dau phien toa"},
		"cao-trang":        {"Công bố cáo trạng", "Cáo trạng", "Công bố bản cáo trạng", "cong bo cao trang"},
		"loi-noi-sau-cung": {"Lời nói sau cùng", "Bị cáo nói lời sau cùng", "Nói sau cùng"},
		"tuyen-an":         {"Nghị án và tuyên án", "Hội đồng xét xử nghị án"},
		"":                 {"", "Giai đoạn mới", "GIAI ĐOẠN MỚI", "Phần của tôi", "Hội đồng xét xử", "Buổi chiều", "Tại phiên tòa"},
	} {
		for _, title := range titles {
			if got := (library.Phase{Title: title}).Part(); got != part {
				t.Errorf("%q is %q, want %q", title, got, part)
			}
		}
	}
}

// What a person told comes before the name, and that before the template's code.
func TestWhatAPhaseIsCanBeTold(t *testing.T) {
	for _, test := range []struct {
		phase library.Phase
		want  library.Part
	}{
		{library.Phase{Title: "Xét hỏi", Told: "tranh-luan"}, "tranh-luan"},
		{library.Phase{Title: "Xét hỏi", Code: "luan-toi"}, "xet-hoi"},
		{library.Phase{Title: "Phần của tôi", Code: "luan-toi"}, "luan-toi"},
		{library.Phase{Title: "Phần của tôi", Code: "xet-hoi-lai"}, "xet-hoi"},
		{library.Phase{Title: "Phần của tôi", Code: "khác"}, ""},
	} {
		if got := test.phase.Part(); got != test.want {
			t.Errorf("%+v is %q, want %q", test.phase, got, test.want)
		}
	}
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "p", Title: "Phần của tôi"}, library.Place{})
	})
	p, _ := o.Phase("p")
	p.Told = "luan-toi"
	told := o.SetAll("part", p)
	o = apply(t, o, func(library.Outline) library.Edit { return told })
	if p, _ = o.Phase("p"); p.Part() != "luan-toi" {
		t.Errorf("told, it is %q", p.Part())
	}
	o = apply(t, o, func(library.Outline) library.Edit { return told.Inverse() })
	if p, _ = o.Phase("p"); p.Part() != "" {
		t.Errorf("undone, it is %q", p.Part())
	}
	p.Told = "xyz"
	if _, err := o.Apply(o.Set(p)); err == nil {
		t.Error("a part that is none is taken")
	}
}

// The phases of the criminal template are what their codes say, also under a new name and without the code.
func TestTheTemplatesPhasesAreKnownByName(t *testing.T) {
	o, err := library.DecodeOutline(assets.Template(string(library.CaseCriminal)))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range o.Phases() {
		part := p.Part()
		named, coded := library.Phase{Title: p.Title}, library.Phase{Title: "Phần của tôi", Code: p.Code}
		if part == "" || named.Part() != part || coded.Part() != part {
			t.Errorf("%q, %s: %q, by name %q, by code %q", p.Title, p.Code, part, named.Part(), coded.Part())
		}
	}
}

func TestStatementsAreKnownByNameAndFolder(t *testing.T) {
	for path, want := range map[string]bool{
		"BL 45-47 Biên bản hỏi cung bị can Khải.pdf":    true,
		"BL 45 Bien ban hoi cung.pdf":                   true,
		"Biên bản ghi lời khai người làm chứng.pdf":     true,
		"BB đối chất.pdf":                               true,
		"BẢN TỰ KHAI.jpg":                               true,
		"bản_tường_trình.pdf":                           true,
		norm.NFD.String("Biên bản hỏi cung") + ".pdf":   true,
		"Tập 04 - Lời khai/BL 45.jpg":                   true,
		"Tập 04 - Lời khai/Biên bản ngày 3-5.pdf":       true,
		"Tập 04 - Lời khai/Kết luận giám định.pdf":      false,
		"Tập 04 - Lời khai/Quyết định khởi tố.pdf":      false,
		"Tập 02/Kết luận giám định.pdf":                 false,
		"Tập 02/BL 12 Biên bản khám nghiệm.pdf":         false,
		"Ghi hình hỏi cung bị can.mp4":                  true,
		"Camera ngã tư.mp4":                             false,
		"Ảnh hiện trường.jpg":                           false,
		"Đơn khởi kiện.pdf":                             false,
		"Tập 04 - Lời khai/Ảnh chụp bản tự khai 3.jpg":  true,
		"Tập 04 - Lời khai/Giấy triệu tập/IMG_0001.jpg": true, // rather once too often
	} {
		x := library.NewIndex(library.Exhibits([]library.File{{Path: path, Kind: library.KindPDF, Pages: 1}}))
		d, ok := library.Outline{}.DocumentOf(library.PageID{Path: path}, x)
		if !ok || d.IsStatement() != want {
			t.Errorf("%s (%q, found %v): a statement %v, want %v", path, d.Title, ok, d.IsStatement(), want)
		}
	}
}

// What the fourth version of the form exported is read as it was meant; it told of no phase what it is.
func TestAnOutlineOfTheFourthFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline4.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []library.Part{"", "xet-hoi", "tranh-luan", "luan-toi"} {
		if p := o.Phases()[i]; p.Part() != want || p.Told != "" {
			t.Errorf("%+v is %q, want %q", p, p.Part(), want)
		}
	}
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 4`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
	p := o.Phases()[0]
	p.Told = "tranh-luan"
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Set(p) })
	if back, err := library.DecodeOutline(export(t, o)); err != nil || back.Phases()[0].Part() != "tranh-luan" {
		t.Errorf("what was told is lost in an export: %v", err)
	}
}

func BenchmarkIsStatement(b *testing.B) {
	d := library.Document{Title: "Biên bản về việc giao nhận hồ sơ, vật chứng ngày 12/5/2024", File: library.File{Path: "Tập 01 - Thủ tục/BL 12-15 Biên bản về việc giao nhận hồ sơ.pdf"}}
	for b.Loop() {
		d.IsStatement()
	}
}
