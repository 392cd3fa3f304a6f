package library

import "strings"

// legible is a record that came from a file, its words without what acts rather than is seen ([Acts]): controls of a
// terminal, and marks that turn the direction of writing, with which a title reads otherwise than it is. Such marks come
// along when words are copied from elsewhere, and nobody sees them: they are left out, and what divides lines or
// paragraphs does so. Paths and ids are never touched, they name things.
func legible(r Record) Record {
	switch r := r.(type) {
	case Cover:
		for _, line := range []*string{&r.Superior, &r.Office, &r.Prosecutor, &r.CaseTitle, &r.CaseNumber, &r.Court, &r.Hearing, &r.Place, &r.Approver} {
			*line = legibleLine(*line)
		}
		r.Notes = legibleText(r.Notes)
		return r
	case Person:
		r.Name, r.Notes = legibleLine(r.Name), legibleText(r.Notes)
		return r
	case Phase:
		r.Title = legibleLine(r.Title)
		return r
	case Scenario:
		r.Title, r.Trigger, r.Notes = legibleLine(r.Title), legibleLine(r.Trigger), legibleText(r.Notes)
		return r
	case Step:
		r.Title, r.Ground = legibleLine(r.Title), legibleLine(r.Ground)
		r.Say, r.Notes = legibleText(r.Say), legibleText(r.Notes)
		return r
	case Heading:
		r.Title, r.Date = legibleLine(r.Title), legibleLine(r.Date)
		return r
	case Join:
		r.Title = legibleLine(r.Title)
		return r
	case Binding:
		r.Volume = legibleLine(r.Volume)
		return r
	case PageNote:
		r.Text = legibleText(r.Text)
		return r
	case Passage:
		r.Title = legibleLine(r.Title)
		return r
	}
	return r
}

func legibleText(s string) string { return strings.Map(legibleRune, s) }

func legibleLine(s string) string {
	if strings.IndexFunc(s, Acts) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r = legibleRune(r); r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}

// legibleRune is -1 for what is left out.
func legibleRune(r rune) rune {
	switch {
	case r == '\n', r == '\t':
		return r
	case r == '\u2028', r == '\u2029', r == '\u0085':
		return '\n'
	case Acts(r):
		return -1
	}
	return r
}
