package journal

import (
	"strings"
	"time"
)

// Span is what the court saw from when to when, or another thing that happened at From.
type Span struct {
	Entry
	To    time.Time // when the court stopped seeing it; zero for what has no length, while it lasts, and where a crash hides it
	Views int       // how often the view of it was changed meanwhile
}

// Spans makes spans of entries that are given to it in order. The zero Spans is ready.
type Spans struct {
	list []Span
	on   int // place of what the court sees, from 1; 0: it sees nothing
}

// Add takes the next entry.
func (s *Spans) Add(e Entry) {
	switch e.Kind {
	case KindView:
		if s.on > 0 {
			s.list[s.on-1].Views++
			return
		}
	case KindShow, KindRefused, KindBlack, KindLost, KindFound, KindEnd:
		if s.on > 0 {
			s.list[s.on-1].To, s.on = e.At, 0
		}
	case KindStart: // a trial before that has no end was cut off, nobody knows when
		s.on = 0
	case KindNote, KindRecess, KindResume, KindRecovered, KindBroken:
	}
	s.list = append(s.list, Span{Entry: e})
	if e.Kind == KindShow || e.Kind == KindView {
		s.on = len(s.list)
	}
}

// List is all spans so far, in order.
func (s *Spans) List() []Span { return s.list }

// Folios are those shown, "" where there are none: "45 ⇄ 61".
func (s Span) Folios() string {
	return s.panes(" ⇄ ", func(p Pane) string { return p.Folio })
}

// Titles are the documents shown: "Biên bản hỏi cung ⇄ Biên bản đối chất".
func (s Span) Titles() string {
	return s.panes(" ⇄ ", func(p Pane) string { return p.Title })
}

func (s Span) panes(between string, of func(Pane) string) string {
	if s.Shown == nil {
		return ""
	}
	var parts []string
	for _, p := range s.Shown.Panes {
		if text := of(p); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, between)
}

// Where is the phase, the scenario and the step's number, of what was shown or noted: "Xét hỏi · Bị cáo
// phản cung · 3.2". A page from outside the outline has none.
func (s Span) Where() string {
	var parts []string
	add := func(texts ...string) {
		for _, t := range texts {
			if t != "" {
				parts = append(parts, t)
			}
		}
	}
	if s.Shown != nil {
		add(s.Shown.Phase, s.Shown.Scenario, s.Shown.Number)
	}
	if s.Note != nil {
		add(s.Note.Number)
	}
	return strings.Join(parts, " · ")
}
