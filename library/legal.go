package library

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"butluc/assets"
)

// Part is what a phase is in the hearing, by its code. Each has a word under the key "part." + code.
type Part string

// Parts of the hearing that the program itself asks for.
const (
	PartQuestioning Part = "xet-hoi"  // in which statements need a ground (Criminal Procedure Code, Art. 308)
	PartClosing     Part = "luan-toi" // in which the closing speech is held (Art. 321)
)

// partRule tells how a part of the hearing is known.
type partRule struct {
	Part  Part     `json:"part"`
	Codes []string `json:"codes"` // of templates' phases, besides its own
	Names []phrase `json:"names"` // as they occur in the names of phases
}

var (
	partRules = legalData[[]partRule]("parts")

	// statementWords tell by a document's name, and the folders that it is in, whether it is a statement.
	statementWords = legalData[struct {
		Statements []phrase `json:"statements"`
		Others     []phrase `json:"others"` // documents in a folder of statements that are none
	}]("statements")
)

// legalData reads what the program brings along.
func legalData[T any](name string) T {
	var data T
	if err := decodeStrict(assets.Legal(name), &data); err != nil {
		panic(fmt.Sprintf("legal data %s: %v", name, err))
	}
	return data
}

// Parts are the parts of a hearing that a person can choose among.
func Parts() []Part {
	parts := make([]Part, len(partRules))
	for i, r := range partRules {
		parts[i] = r.Part
	}
	return parts
}

// Part is what the phase is in the hearing: as a person told, else as its name says, else as the template's code does;
// "" where nobody knows.
func (p Phase) Part() Part {
	if p.Told != "" {
		return p.Told
	}
	if part := PartNamed(p.Title); part != "" {
		return part
	}
	for _, r := range partRules {
		if p.Code == string(r.Part) || slices.Contains(r.Codes, p.Code) {
			return r.Part
		}
	}
	return ""
}

// PartNamed is the part of the hearing that a phase's name says, accents or not, "" where it says none. Of several
// the first of the rules: questioning, where it is among them.
func PartNamed(title string) Part {
	s := spell(title)
	for _, r := range partRules {
		if s.has(r.Names) {
			return r.Part
		}
	}
	return ""
}

// Questions tells whether statements need a ground in the part: in questioning, and where nobody knows what it is.
func (p Part) Questions() bool { return p == PartQuestioning || p == "" }

// IsStatement tells by a document's name, and by the folders that it is in, whether somebody's statement is written or
// recorded in it.
func (d Document) IsStatement() bool {
	title := spell(d.Title)
	switch {
	case title.has(statementWords.Statements):
		return true
	case title.has(statementWords.Others):
		return false
	}
	return spell(d.File.Path).has(statementWords.Statements)
}

// phrase is words that follow each other, with their accents and without.
type phrase struct{ spelt, folded string }

// UnmarshalJSON implements [json.Unmarshaler].
func (p *phrase) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	p.spelt = " " + text + " " // as [spell] does; the table of bare letters may not be there yet
	p.folded = Fold(p.spelt)
	return nil
}

// spelling is a name in small letters with one space around each word, with its accents and without.
type spelling struct{ spelt, folded string }

func spell(name string) spelling {
	spelt, folded := append(make([]byte, 0, len(name)+2), ' '), append(make([]byte, 0, len(name)+2), ' ')
	space := true
	for _, r := range norm.NFC.String(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			spelt = utf8.AppendRune(spelt, unicode.ToLower(r))
			folded = utf8.AppendRune(folded, bare(r))
			space = false
		case !space:
			spelt, folded = append(spelt, ' '), append(folded, ' ')
			space = true
		}
	}
	if !space {
		spelt, folded = append(spelt, ' '), append(folded, ' ')
	}
	return spelling{string(spelt), string(folded)}
}

// bareLetters are the small letters without accents of those that Vietnamese is written with.
var bareLetters = func() (table [0x1F00]rune) {
	for r := range table {
		table[r], _ = utf8.DecodeRuneInString(Fold(string(rune(r))))
	}
	return table
}()

// bare is a composed letter without its accents, small.
func bare(r rune) rune {
	if int(r) < len(bareLetters) {
		return bareLetters[r]
	}
	return unicode.ToLower(r)
}

// begins tells whether the name begins with one of the phrases.
func (s spelling) begins(phrases []phrase) bool {
	return slices.ContainsFunc(phrases, func(p phrase) bool {
		return strings.HasPrefix(s.spelt, p.spelt) || strings.HasPrefix(s.spelt, p.folded)
	})
}

// has tells whether one of the phrases is in the name. A phrase of one word must have its accents, unless the name has
// none at all: "Hội đồng" asks nobody.
func (s spelling) has(phrases []phrase) bool {
	return slices.ContainsFunc(phrases, func(p phrase) bool {
		if s.spelt != s.folded && strings.Count(p.spelt, " ") == 2 {
			return strings.Contains(s.spelt, p.spelt)
		}
		return strings.Contains(s.folded, p.folded)
	})
}
