package library

import (
	"strconv"
	"strings"
)

// adjustWords say what was done to a picture for display. Vietnamese in every language of the window:
// the court reads them.
var adjustWords = []struct {
	on   func(Adjust) bool
	text string
}{
	{func(a Adjust) bool { return a.Brightness > 0 }, "tăng sáng"},
	{func(a Adjust) bool { return a.Brightness < 0 }, "giảm sáng"},
	{func(a Adjust) bool { return a.Contrast > 0 }, "tăng tương phản"},
	{func(a Adjust) bool { return a.Contrast < 0 }, "giảm tương phản"},
	{func(a Adjust) bool { return a.Gamma > 0 }, "làm sáng vùng tối"},
	{func(a Adjust) bool { return a.Gamma < 0 }, "làm tối vùng sáng"},
	{func(a Adjust) bool { return a.Sharpen > 0 }, "làm nét"},
	{func(a Adjust) bool { return a.Invert }, "đảo màu"},
}

// Words say in Vietnamese what is changed: "tăng tương phản, đảo màu"; "" where nothing is.
func (a Adjust) Words() string {
	var parts []string
	for _, w := range adjustWords {
		if w.on(a) {
			parts = append(parts, w.text)
		}
	}
	return strings.Join(parts, ", ")
}

// Caption is what the court reads under a page, as the case's cover asks for it: "BL 45 · Biên bản hỏi
// cung lần 2". Of a recording, the time that its [Recording] asks for follows: "0:07:31". What the court can't see by
// itself is said whether asked for or not: that a picture was changed for display, that a recording plays at another
// speed; and of sound, of which there is nothing to see, what plays and where.
func (o Outline) Caption(p Pane, x *Index) string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	e, _ := x.Exhibit(p.Page.Path)
	sound := e.File.Kind == KindAudio
	captions := o.Cover().Captions
	if sound {
		captions = CaptionFull
	}
	if captions != CaptionNone {
		folio := o.FolioOf(p.Page, x).String()
		if folio != "" {
			folio = "BL " + folio
		}
		add(folio)
		if d, ok := o.DocumentOf(p.Page, x); ok && (captions == CaptionFull || folio == "") {
			add(d.Title)
		}
	}
	if e.File.Kind.Clip() {
		recording := o.Recording(p.Page.Path)
		if sound && recording.Stamp == StampNone {
			recording.Stamp = StampTime
		}
		add(recording.stamp(p.Page.Index))
	}
	add(p.Tracks.Words())
	if rate := p.Clip.Rate(); rate != 100 {
		add("phát ở tốc độ " + strconv.Itoa(rate) + "%")
	}
	if words := p.Adjust.Words(); words != "" {
		add("ảnh đã " + words)
	}
	return strings.Join(parts, " · ")
}
