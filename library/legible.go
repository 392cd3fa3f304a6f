package library

import "strings"

// legible is a record that came from a file, its words without what acts rather than is seen ([Acts]): controls of a
// terminal, and marks that turn the direction of writing, with which a title reads otherwise than it is. Such marks come
// along when words are copied from elsewhere, and nobody sees them: they are left out, and what divides lines or
// paragraphs does so. Paths and ids are never touched, they name things.
func legible(r Record) Record {
	switch r := r.(type) {
	case Cover:
		return CoverTexts.legible(r)
	case Person:
		return PersonTexts.legible(r)
	case Phase:
		return PhaseTexts.legible(r)
	case Scenario:
		return ScenarioTexts.legible(r)
	case Step:
		return StepTexts.legible(r)
	case Heading:
		return HeadingTexts.legible(r)
	case Join:
		return JoinTexts.legible(r)
	case Binding:
		return BindingTexts.legible(r)
	case PageNote:
		return PageNoteTexts.legible(r)
	case Cue:
		return CueTexts.legible(r)
	case Paragraph:
		return ParagraphTexts.legible(r)
	case StatedHash:
		return StatedHashTexts.legible(r)
	case Passage:
		return PassageTexts.legible(r)
	case Matter:
		return MatterTexts.legible(r)
	case Excerpt:
		return ExcerptTexts.legible(r)
	case Contradiction:
		return ContradictionTexts.legible(r)
	case Docket:
		return legibleDocket(r)
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
