package report

import (
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// Answers are what was noted of what people said in hearings, each with its time and what the court saw then: the court's
// minutes are checked against them, and corrected (Criminal Procedure Code, Art. 258).
func (r Record) Answers(in i18n.Catalogue) []print.RecordAnswer { return r.answers(in, false) }

// answers are [Record.Answers], with rehearsals of those, too.
func (r Record) answers(in i18n.Catalogue, rehearsals bool) []print.RecordAnswer {
	var list []print.RecordAnswer
	var shown, playing *journal.Entry
	rehearsal := false
	for i, e := range r.Entries {
		switch e.Kind {
		case journal.KindStart:
			rehearsal = e.Trial != nil && e.Trial.Rehearsal && !rehearsals
			shown, playing = nil, nil
		case journal.KindShow, journal.KindView:
			shown = &r.Entries[i]
		case journal.KindPlay:
			playing = &r.Entries[i]
		case journal.KindStop:
			playing = nil
		case journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindEnd, journal.KindCut, journal.KindRefused:
			shown, playing = nil, nil
		case journal.KindNote:
			if rehearsal || e.Note == nil || e.Note.Answers > 0 || e.Text == "" {
				continue
			}
			person := e.Note.Person
			if e.Note.Argument {
				person = in.T("answers.defence")
			}
			list = append(list, print.RecordAnswer{
				Time: in.Date(e.At) + " " + e.At.Format(time.TimeOnly), Person: person, Text: e.Text, Where: meanwhile(in, e, shown, playing),
			})
		default:
		}
	}
	return list
}

// meanwhile says at which step a note was made, and what the court saw or heard then.
func meanwhile(in i18n.Catalogue, note journal.Entry, shown, playing *journal.Entry) string {
	text := ""
	add := func(part string) {
		if text != "" {
			text += "; "
		}
		text += part
	}
	if n := note.Note.Number; n != "" {
		add(in.T("answers.step", "number", n))
	}
	if met := note.Note.Met; met != "" {
		add(in.T("answers.met", "page", met))
	}
	if shown != nil {
		s := journal.Span{Entry: *shown}
		what := TitleText(s)
		if f := s.Folios(); f != "" {
			what = in.T("album.folio", "folio", f) + ", " + what
		}
		add(in.T("answers.shown", "what", what))
	}
	if playing != nil && playing.Played != nil {
		p := *playing.Played
		at := p.From + int(note.At.Sub(playing.At).Milliseconds())*p.Speed/100
		add(in.T("answers.playing", "title", p.Title, "time", library.Clock(at)))
	}
	return text
}
