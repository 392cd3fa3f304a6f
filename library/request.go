package library

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// requestWords are the words of requests to show something, by kind of case. Vietnamese in every language of the
// window: they are said in court. Criminal Procedure Code, Art. 308, 312, 313; Civil Procedure Code, Art. 254 to 256.
var requestWords = legalData[struct {
	Names  map[requestSort][]phrase `json:"names"` // by which exhibits, photographs and documents are told apart
	Courts map[CaseKind]court       `json:"courts"`
	Then   string                   `json:"then"` // before the last of several things that are asked for
}]("requests")

// court is how something is asked for before a court, or another circle.
type court struct {
	Opening  string      `json:"opening"`
	Ground   string      `json:"ground"` // behind a request for a statement; "" where it needs no ground
	Law      string      `json:"law"`    // the ground while none is said
	Document requestForm `json:"document"`
	Exhibit  requestForm `json:"exhibit"`
	Photo    requestForm `json:"photo"`
	Sound    requestForm `json:"sound"`
	Film     requestForm `json:"film"`
	Frame    requestForm `json:"frame"`
}

// requestForm is how things of one sort are asked for: what is done with them, and how each is called.
type requestForm struct {
	Verb string `json:"verb"`
	Item string `json:"item"`
}

// requestSort is what sort of thing is asked for.
type requestSort string

const (
	askDocument requestSort = "document"
	askExhibit  requestSort = "exhibit"
	askPhoto    requestSort = "photo"
	askSound    requestSort = "sound" // a passage of a recording
	askFilm     requestSort = "film"
	askFrame    requestSort = "frame" // one picture of a film
)

func (c court) form(sort requestSort) requestForm {
	switch sort {
	case askExhibit:
		return c.Exhibit
	case askPhoto:
		return c.Photo
	case askSound:
		return c.Sound
	case askFilm:
		return c.Film
	case askFrame:
		return c.Frame
	case askDocument:
	}
	return c.Document
}

// asked is one thing that is asked for.
type asked struct {
	sort   requestSort
	title  string
	time   string // of a recording: "từ 0:07:31 đến 0:08:10"
	first  PageID // of its document
	folios []Folio
}

// Request is what to say so that a shot's pages may be shown: "Đề nghị Hội đồng xét xử cho công bố bút lục 45, Biên bản
// hỏi cung bị can Bùi Quang Khải; đồng thời cho xem nội dung được ghi hình có âm thanh từ 0:07:31 đến 0:08:10 của Hỏi
// cung bị can." It is "" for a shot without pages.
func (o Outline) Request(shot Shot, x *Index) string {
	words, _ := o.request(shot, x)
	if words == "" {
		return ""
	}
	return words + "."
}

// RequestOn is [Outline.Request] for a statement that needs a ground, with the one that is said, or with the law where
// none is.
func (o Outline) RequestOn(ground string, shot Shot, x *Index) string {
	words, court := o.request(shot, x)
	if words == "" {
		return ""
	}
	if ground = strings.TrimSuffix(strings.TrimSpace(ground), "."); ground == "" {
		ground = court.Law
	}
	if court.Ground != "" {
		words += ", " + strings.ReplaceAll(court.Ground, "{ground}", ground)
	}
	return words + "."
}

// request is a request without its full stop, and before whom it is made.
func (o Outline) request(shot Shot, x *Index) (string, court) {
	before, ok := requestWords.Courts[o.Cover().Kind]
	if !ok {
		before = requestWords.Courts[CaseCriminal]
	}
	var sorts []requestSort
	items := map[requestSort][]string{}
	for _, a := range o.askedFor(shot, x) {
		item := a.words(before.form(a.sort).Item)
		if item == "" {
			continue
		}
		if !slices.Contains(sorts, a.sort) {
			sorts = append(sorts, a.sort)
		}
		items[a.sort] = append(items[a.sort], item)
	}
	if len(sorts) == 0 {
		return "", before
	}
	said := make([]string, len(sorts))
	for i, sort := range sorts {
		said[i] = strings.TrimSpace(before.form(sort).Verb + " " + strings.Join(items[sort], "; "))
	}
	if last := len(said) - 1; last > 0 {
		said[last] = requestWords.Then + " " + said[last]
	}
	return before.Opening + " " + strings.Join(said, "; "), before
}

// askedFor lists what a shot shows; pages of one document that stand side by side are one thing.
func (o Outline) askedFor(shot Shot, x *Index) []asked {
	var list []asked
	for _, p := range shot.List() {
		d, ok := o.DocumentOf(p.Page, x)
		if !ok {
			continue
		}
		e, _ := x.Exhibit(p.Page.Path)
		folio := o.FolioOf(p.Page, x)
		a := asked{sort: sortOf(d, e.File.Kind, folio, p), title: d.Title, first: p.Page, folios: []Folio{folio}}
		if len(d.Pages) > 0 {
			a.first = d.Pages[0]
		}
		if d.Date != "" && !strings.Contains(d.Title, d.Date) {
			a.title = strings.TrimSpace(d.Title + " ngày " + d.Date)
		}
		switch {
		case !p.Clip.IsZero():
			a.time = p.Clip.Words()
		case a.sort == askFrame:
			a.time = "tại " + longClock(p.Page.Index)
		}
		if n := len(list); n > 0 && list[n-1].first == a.first && list[n-1].title == a.title && list[n-1].time == a.time {
			list[n-1].folios = append(list[n-1].folios, folio)
			continue
		}
		list = append(list, a)
	}
	return list
}

// sortOf is what sort of thing a pane shows. A picture that has no folio and is called no document is a photograph.
func sortOf(d Document, kind Kind, folio Folio, p Pane) requestSort {
	switch {
	case kind == KindAudio:
		return askSound
	case kind.Clip() && p.Clip.IsZero():
		return askFrame
	case kind.Clip():
		return askFilm
	}
	title := spell(d.Title)
	switch {
	case title.has(requestWords.Names[askDocument]):
		return askDocument
	case title.has(requestWords.Names[askExhibit]):
		return askExhibit
	case title.has(requestWords.Names[askPhoto]):
		return askPhoto
	case kind.Picture() && folio.IsZero() && d.Join == "":
		return askPhoto
	}
	return askDocument
}

// words are how a thing is called in a form: "bút lục 45, Biên bản hỏi cung", "ảnh hiện trường, bút lục 20".
func (a asked) words(form string) string {
	folios, title := sayFolios(a.folios), a.title
	if _, number := ParseFolio(title); number && folios != "" {
		title = "" // of a file that is called by its folio alone
	}
	if title == "" && folios == "" && a.time == "" {
		return ""
	}
	what := title
	switch {
	case folios == "":
	case title == "":
		what = folios
	case a.sort == askDocument:
		what = folios + ", " + title
	default:
		what = title + ", " + folios
	}
	if title != "" && spell(title).begins(requestWords.Names[a.sort]) && a.sort != askDocument {
		first, n := utf8.DecodeRuneInString(what) // the title says itself what it is: "Ảnh hiện trường"
		return string(unicode.ToLower(first)) + what[n:]
	}
	text := strings.NewReplacer("{what}", what, "{time}", a.time).Replace(form)
	return strings.TrimSuffix(strings.Join(strings.Fields(text), " "), " của") // of a recording without a name
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
