package journal

import (
	"slices"
	"strings"
	"time"
)

// Span is what the court saw from when to when, or another thing that happened at From.
type Span struct {
	Entry
	To    time.Time // when the court stopped seeing it; zero for what has no length, while it lasts, and where a crash hides it
	Views int       // how often the view of it was changed meanwhile
	// Stood are, of a recording shown, other times in milliseconds at which it stood meanwhile than where it was
	// shown first and where its plays stopped.
	Stood []int
	// Stopped is, of a play, what was really played; nil while it plays, and where a crash hides it.
	Stopped *Played
	Cut     bool // a play whose stop is not recorded, though another trial began since
}

// Spans makes spans of entries that are given to it in order. The zero Spans is ready.
type Spans struct {
	list []Span
	on   int   // place of what the court sees, from 1; 0: it sees nothing
	play int   // place of the play that has not stopped; 0: nothing plays
	told []int // times that are told of the recording that the court sees
}

// Add takes the next entry.
func (s *Spans) Add(e Entry) {
	switch e.Kind {
	case KindView:
		if s.on > 0 {
			s.view(e)
			return
		}
	case KindShow, KindRefused, KindBlack, KindLost, KindFound, KindEnd, KindCut:
		if s.on > 0 {
			s.list[s.on-1].To, s.on = e.At, 0
		}
	case KindStop:
		if s.play > 0 {
			p := &s.list[s.play-1]
			p.To, p.Stopped, s.play = e.At, e.Played, 0
			if e.Played != nil {
				s.told = append(s.told, e.Played.To)
			}
			return
		}
	case KindStart: // a trial before that has no end was cut off, nobody knows when
		if s.play > 0 {
			s.list[s.play-1].Cut = true
		}
		s.on, s.play = 0, 0
	case KindPlay, KindHash, KindNote, KindConsent, KindRecess, KindResume, KindRecovered, KindBroken:
	}
	s.list = append(s.list, Span{Entry: e})
	switch e.Kind {
	case KindShow, KindView:
		s.on, s.told = len(s.list), e.times()
	case KindPlay:
		s.play = len(s.list)
	case KindStop: // of a play that is missing
		s.list[len(s.list)-1].Stopped = e.Played
	default:
	}
}

// view takes a change of view of what the court sees.
func (s *Spans) view(e Entry) {
	on := &s.list[s.on-1]
	on.Views++
	for _, at := range e.times() {
		if !slices.Contains(s.told, at) {
			on.Stood, s.told = append(on.Stood, at), append(s.told, at)
		}
	}
}

// times are those of the recordings shown, in milliseconds.
func (e Entry) times() (times []int) {
	if e.Shown == nil {
		return nil
	}
	for _, p := range e.Shown.Panes {
		if p.Clip {
			times = append(times, p.Page-1)
		}
	}
	return times
}

// List is all spans so far, in order.
func (s *Spans) List() []Span { return s.list }

// Folios are those shown, asked for or played, "" where there are none: "45 ⇄ 61".
func (s Span) Folios() string {
	if s.Played != nil {
		return s.Played.Folio
	}
	return s.panes(" ⇄ ", func(p Pane) string { return p.Folio })
}

// Titles are the documents shown or asked for, with the times of recordings: "Biên bản hỏi cung ⇄ Ghi hình hỏi cung · 0:07.480".
func (s Span) Titles() string { return s.panes(" ⇄ ", Pane.Name) }

func (s Span) panes(between string, of func(Pane) string) string {
	var panes []Pane
	switch {
	case s.Shown != nil:
		panes = s.Shown.Panes
	case s.Consent != nil:
		panes = s.Consent.Panes
	}
	var parts []string
	for _, p := range panes {
		if text := of(p); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, between)
}

// Where is the phase, the scenario and the step's number, of what was shown or noted: "Xét hỏi · Bị cáo
// phản cung · C.2". A page from outside the outline has none.
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
	if s.Consent != nil {
		add(s.Consent.Number)
	}
	return strings.Join(parts, " · ")
}
