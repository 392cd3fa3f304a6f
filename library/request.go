package library

import (
	"strings"
)

// requestWords begin the request to show something, by kind of case. Vietnamese in every language
// of the window: they are said in court.
var requestWords = map[CaseKind]string{
	CaseCriminal:       "Đề nghị Hội đồng xét xử cho công bố ",
	CaseCivil:          "Đề nghị Hội đồng xét xử cho công bố tài liệu, chứng cứ: ",
	CaseAdministrative: "Đề nghị Hội đồng xét xử cho công bố tài liệu, chứng cứ: ",
	CaseEnforcement:    "Đề nghị cho trình chiếu tài liệu: ",
	CaseMeeting:        "Đề nghị các đồng chí xem ",
	CaseReport:         "Xin báo cáo với lãnh đạo Viện ",
	CaseOwn:            "Đề nghị cho trình chiếu ",
}

// Request is what to say so that a shot's pages may be shown: "Đề nghị Hội đồng xét xử cho công bố
// bút lục 45, Biên bản hỏi cung bị can Bùi Quang Khải", "… công bố đoạn ghi hình từ 0:07:31 đến 0:08:10 của Hỏi cung
// bị can". It is "" for a shot without pages.
func (o Outline) Request(shot Shot, x *Index) string {
	type part struct {
		title  string
		first  PageID
		folios []Folio
	}
	var parts []part
	for _, p := range shot.List() {
		d, ok := o.DocumentOf(p.Page, x)
		if !ok {
			continue
		}
		first := p.Page
		if len(d.Pages) > 0 {
			first = d.Pages[0]
		}
		f := o.FolioOf(p.Page, x)
		title := d.Title
		if d.Date != "" && !strings.Contains(title, d.Date) {
			title = strings.TrimSpace(title + " ngày " + d.Date)
		}
		if played := sayPlayed(p, x); played != "" {
			title = strings.TrimSuffix(played+" của "+title, " của ")
		}
		if n := len(parts); n > 0 && parts[n-1].first == first && parts[n-1].title == title {
			parts[n-1].folios = append(parts[n-1].folios, f)
			continue
		}
		parts = append(parts, part{title, first, []Folio{f}})
	}
	said := make([]string, 0, len(parts))
	for _, p := range parts {
		text := sayFolios(p.folios)
		switch {
		case text == "":
			text = p.title
		case p.title != "":
			text += ", " + p.title
		}
		if text != "" {
			said = append(said, text)
		}
	}
	if len(said) == 0 {
		return ""
	}
	words, ok := requestWords[o.Cover().Kind]
	if !ok {
		words = requestWords[CaseCriminal]
	}
	return words + strings.Join(said, "; ") + "."
}

// sayPlayed is what of a recording a pane plays, or the frame that it shows: "đoạn ghi hình từ 0:07:31 đến 0:08:10".
// It is "" for a pane of any other file.
func sayPlayed(p Pane, x *Index) string {
	e, _ := x.Exhibit(p.Page.Path)
	switch {
	case !e.File.Kind.Clip():
		return ""
	case p.Clip.IsZero():
		return "hình tại " + longClock(p.Page.Index)
	case e.File.Kind == KindAudio:
		return "đoạn ghi âm " + p.Clip.Words()
	}
	return "đoạn ghi hình " + p.Clip.Words()
}

// sayFolios is "bút lục 45", "bút lục 45 và 47", "bút lục 45 đến 47"; "" where there are none.
func sayFolios(folios []Folio) string {
	var list []Folio
	for _, f := range folios {
		if !f.IsZero() && (len(list) == 0 || list[len(list)-1] != f) {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return ""
	}
	if n := len(list); n > 2 {
		run := true
		for i, f := range list {
			run = run && f == Folio{Number: list[0].Number + i}
		}
		if run {
			return "bút lục " + list[0].String() + " đến " + list[n-1].String()
		}
	}
	text := "bút lục "
	for i, f := range list {
		switch {
		case i > 0 && i == len(list)-1:
			text += " và "
		case i > 0:
			text += ", "
		}
		text += f.String()
	}
	return text
}
