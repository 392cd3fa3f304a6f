package journal

import "time"

// Span is what the court saw from when to when, or another thing that happened at From.
type Span struct {
	Entry
	To time.Time // when the court stopped seeing it; zero for what has no length, and while it lasts
}

// Spans makes spans of entries that are given to it in order. The zero Spans is ready.
type Spans struct {
	list []Span
	on   int // place of what the court sees, from 1; 0: it sees nothing
}

// Add takes the next entry.
func (s *Spans) Add(e Entry) {
	switch e.Kind {
	case KindShow, KindView, KindBlack, KindLost, KindFound, KindEnd, KindStart:
		if s.on > 0 {
			s.list[s.on-1].To, s.on = e.At, 0
		}
	case KindNote, KindRecess, KindResume, KindRecovered, KindBroken:
	}
	s.list = append(s.list, Span{Entry: e})
	if e.Kind == KindShow || e.Kind == KindView {
		s.on = len(s.list)
	}
}

// List is all spans so far, in order.
func (s *Spans) List() []Span { return s.list }
