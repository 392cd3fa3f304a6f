package library_test

import (
	"strings"
	"testing"

	"butluc/library"
)

const record = "BL 45-47 Biên bản hỏi cung.pdf"

// casebook has one of each sort of thing that can be shown.
func casebook() *library.Index {
	files := []library.File{
		{Path: filmPath, Kind: library.KindVideo, Pages: 1, Duration: 600_000},
		{Path: soundPath, Kind: library.KindAudio, Pages: 1, Duration: 3_723_000},
		{Path: record, Kind: library.KindPDF, Pages: 3},
	}
	for _, name := range []string{
		"Ảnh hiện trường.jpg", "Bản ảnh/A4 Con dao.png", "BL 20 Bản ảnh hiện trường.pdf", "BL 21.jpg", "Vật chứng con dao.jpg",
		"BL 18 Biên bản thu giữ vật chứng.tif", "BL 12 Đơn khởi kiện.pdf", "BL 30 Kết luận giám định.pdf", "BL 77 Quyết định trưng cầu.jpg",
	} {
		files = append(files, library.File{Path: name, Kind: map[string]library.Kind{
			"jpg": library.KindJPEG, "png": library.KindPNG, "tif": library.KindTIFF, "pdf": library.KindPDF,
		}[name[len(name)-3:]], Pages: 1})
	}
	return library.NewIndex(library.Exhibits(files))
}

func TestRequest(t *testing.T) {
	page := func(path string, i int) library.Pane { return library.Pane{Page: library.PageID{Path: path, Index: i}} }
	film, sound, frame := clipOf(filmPath, 451_000, 490_999), clipOf(soundPath, 0, 3_723_000), page(filmPath, 1000)
	photo, knife, album := page("Ảnh hiện trường.jpg", 0), page("Bản ảnh/A4 Con dao.png", 0), page("BL 20 Bản ảnh hiện trường.pdf", 0)
	exhibit := page("Vật chứng con dao.jpg", 0)
	court := "Đề nghị Hội đồng xét xử "
	for _, test := range []struct {
		kind  library.CaseKind
		panes []library.Pane
		want  string
	}{
		{"", nil, ""},
		{"", []library.Pane{page("gone.pdf", 0)}, ""},
		// Criminal: Art. 308, documents are made public.
		{"", []library.Pane{page(record, 0)}, court + "cho công bố bút lục 45, Biên bản hỏi cung."},
		{library.CaseCriminal, []library.Pane{page(record, 0), page(record, 2)}, court + "cho công bố bút lục 45 và 47, Biên bản hỏi cung."},
		{library.CaseCriminal, []library.Pane{page(record, 0), page(record, 1), page(record, 2)}, court + "cho công bố bút lục 45 đến 47, Biên bản hỏi cung."},
		{library.CaseCriminal, []library.Pane{page("BL 18 Biên bản thu giữ vật chứng.tif", 0)}, court + "cho công bố bút lục 18, Biên bản thu giữ vật chứng."},
		{library.CaseCriminal, []library.Pane{page("BL 21.jpg", 0)}, court + "cho công bố bút lục 21."},
		{library.CaseCriminal, []library.Pane{page("BL 77 Quyết định trưng cầu.jpg", 0)}, court + "cho công bố bút lục 77, Quyết định trưng cầu."},
		{library.CaseCriminal, []library.Pane{page("BL 12 Đơn khởi kiện.pdf", 0), page("BL 30 Kết luận giám định.pdf", 0)}, court + "cho công bố bút lục 12, Đơn khởi kiện; bút lục 30, Kết luận giám định."},
		// Art. 313: recordings are heard, and seen.
		{library.CaseCriminal, []library.Pane{film}, court + "cho xem nội dung được ghi hình có âm thanh từ 0:07:31 đến 0:08:10 của Hỏi cung bị can."},
		{library.CaseCriminal, []library.Pane{sound}, court + "cho nghe nội dung được ghi âm từ 0:00:00 đến 1:02:03 của Cuộc gọi."},
		{library.CaseCriminal, []library.Pane{page(soundPath, 0)}, court + "cho nghe nội dung được ghi âm của Cuộc gọi."},
		{library.CaseCriminal, []library.Pane{frame, page(filmPath, 2000)}, court + "cho xem hình tại 0:00:01 của Hỏi cung bị can; hình tại 0:00:02 của Hỏi cung bị can."},
		// Art. 312: exhibits and photographs are looked at.
		{library.CaseCriminal, []library.Pane{photo}, court + "cho xem xét ảnh hiện trường."},
		{library.CaseCriminal, []library.Pane{knife}, court + "cho xem xét ảnh A4 Con dao."},
		{library.CaseCriminal, []library.Pane{album}, court + "cho xem xét bản ảnh hiện trường, bút lục 20."},
		{library.CaseCriminal, []library.Pane{exhibit}, court + "cho xem xét vật chứng con dao."},
		// Several sorts are one sentence.
		{library.CaseCriminal, []library.Pane{film, page(record, 0)}, court + "cho xem nội dung được ghi hình có âm thanh từ 0:07:31 đến 0:08:10 của Hỏi cung bị can; đồng thời cho công bố bút lục 45, Biên bản hỏi cung."},
		{library.CaseCriminal, []library.Pane{page(record, 0), photo, page("BL 30 Kết luận giám định.pdf", 0)}, court + "cho công bố bút lục 45, Biên bản hỏi cung; bút lục 30, Kết luận giám định; đồng thời cho xem xét ảnh hiện trường."},
		{library.CaseCriminal, []library.Pane{page(record, 0), exhibit, sound}, court + "cho công bố bút lục 45, Biên bản hỏi cung; cho xem xét vật chứng con dao; đồng thời cho nghe nội dung được ghi âm từ 0:00:00 đến 1:02:03 của Cuộc gọi."},
		// Civil and administrative: Art. 254 without "cho", Art. 255.
		{library.CaseCivil, []library.Pane{page(record, 0), page(record, 1), page(record, 2)}, court + "công bố tài liệu, chứng cứ: bút lục 45 đến 47, Biên bản hỏi cung."},
		{library.CaseAdministrative, []library.Pane{page("BL 12 Đơn khởi kiện.pdf", 0)}, court + "công bố tài liệu, chứng cứ: bút lục 12, Đơn khởi kiện."},
		{library.CaseCivil, []library.Pane{sound}, court + "cho nghe băng ghi âm Cuộc gọi từ 0:00:00 đến 1:02:03."},
		{library.CaseAdministrative, []library.Pane{film}, court + "cho xem băng ghi hình Hỏi cung bị can từ 0:07:31 đến 0:08:10."},
		{library.CaseCivil, []library.Pane{photo}, court + "xem xét ảnh hiện trường."},
		{library.CaseCivil, []library.Pane{page("BL 12 Đơn khởi kiện.pdf", 0), sound}, court + "công bố tài liệu, chứng cứ: bút lục 12, Đơn khởi kiện; đồng thời cho nghe băng ghi âm Cuộc gọi từ 0:00:00 đến 1:02:03."},
		// Elsewhere.
		{library.CaseEnforcement, []library.Pane{page(record, 0)}, "Đề nghị cho trình chiếu tài liệu: bút lục 45, Biên bản hỏi cung."},
		{library.CaseMeeting, []library.Pane{page(record, 0), photo}, "Đề nghị các đồng chí xem bút lục 45, Biên bản hỏi cung; đồng thời xem ảnh hiện trường."},
		{library.CaseReport, []library.Pane{page(record, 0)}, "Xin báo cáo với lãnh đạo Viện bút lục 45, Biên bản hỏi cung."},
		{library.CaseOwn, []library.Pane{film}, "Đề nghị cho xem đoạn ghi hình từ 0:07:31 đến 0:08:10 của Hỏi cung bị can."},
	} {
		o := library.Outline{}
		if test.kind != "" {
			o = apply(t, o, func(o library.Outline) library.Edit { return o.Set(library.Cover{Kind: test.kind}) })
		}
		shot := library.Shot{}
		for _, p := range test.panes {
			shot = shot.Add(p)
		}
		if got := o.Request(shot, casebook()); got != test.want {
			t.Errorf("%s: %q, want %q", test.kind, got, test.want)
		}
	}
}

// A statement is asked for with its ground, in criminal cases alone.
func TestAStatementIsAskedForOnItsGround(t *testing.T) {
	shot := library.ShotOf(library.PageID{Path: record})
	for _, test := range []struct {
		kind         library.CaseKind
		ground, want string
	}{
		{library.CaseCriminal, "điểm a khoản 2 Điều 308 Bộ luật Tố tụng hình sự", "Đề nghị Hội đồng xét xử cho công bố bút lục 45, Biên bản hỏi cung, theo điểm a khoản 2 Điều 308 Bộ luật Tố tụng hình sự."},
		{library.CaseCriminal, " ", "Đề nghị Hội đồng xét xử cho công bố bút lục 45, Biên bản hỏi cung, theo khoản 2 Điều 308 Bộ luật Tố tụng hình sự."},
		{library.CaseCivil, "", "Đề nghị Hội đồng xét xử công bố tài liệu, chứng cứ: bút lục 45, Biên bản hỏi cung."},
	} {
		o := apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.Set(library.Cover{Kind: test.kind}) })
		if got := o.RequestOn(test.ground, shot, casebook()); got != test.want {
			t.Errorf("%s on %q: %q, want %q", test.kind, test.ground, got, test.want)
		}
		if got := o.RequestOn(test.ground, library.Shot{}, casebook()); got != "" {
			t.Errorf("for nothing: %q", got)
		}
	}
}

// Every kind of case and every mix of things gives one sentence: it begins with a capital, ends with the only full stop,
// and has no word left out or doubled.
func TestEveryRequestIsOneSentence(t *testing.T) {
	var all []library.Pane
	all = append(all, clipOf(filmPath, 451_000, 490_999), clipOf(soundPath, 0, 3_723_000), library.Pane{Page: library.PageID{Path: filmPath, Index: 1000}})
	for _, path := range []string{record, "Ảnh hiện trường.jpg", "Vật chứng con dao.jpg", "Bản ảnh/A4 Con dao.png", "BL 20 Bản ảnh hiện trường.pdf"} {
		all = append(all, library.Pane{Page: library.PageID{Path: path}})
	}
	for _, kind := range library.CaseKinds {
		o := apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.Set(library.Cover{Kind: kind}) })
		for _, a := range all {
			for _, b := range all {
				got := o.Request(library.Shot{}.Add(a).Add(b), casebook())
				for _, wrong := range []string{"{", "}", "  ", " .", " ;", " ,", "của.", "của;", "ảnh ảnh", "ảnh Ảnh", "cho cho", ": ;"} {
					if strings.Contains(got, wrong) {
						t.Errorf("%s: %q has %q", kind, got, wrong)
					}
				}
				if first := []rune(got)[0]; first != 'Đ' && first != 'X' || strings.Count(got, ".") != 1 || !strings.HasSuffix(got, ".") {
					t.Errorf("%s: %q", kind, got)
				}
			}
		}
	}
}
