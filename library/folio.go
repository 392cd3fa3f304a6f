package library

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"butluc/library/internal/numbers"
)

// Folio is the number stamped on a sheet: 45, 45a, or the back of 45. The zero Folio is none.
type Folio struct {
	Number int    // from 1
	Suffix string // "a", "b", … lower case; mostly empty
	Back   bool   // the sheet's other side
}

// IsZero tells whether there is no folio.
func (f Folio) IsZero() bool { return f == Folio{} }

// String is the folio as it is said and stamped, without "BL": "45", "45a", "45 (mặt sau)".
func (f Folio) String() string {
	if f.IsZero() {
		return ""
	}
	s := strconv.Itoa(f.Number) + f.Suffix
	if f.Back {
		s += " (mặt sau)"
	}
	return s
}

// What folios look like in names: the word, a number with an optional letter, perhaps up to another.
const (
	folioWord  = `(?:BL|bút\s*lục|but\s*luc)\s*[.:_-]?\s*(?:(?:số|so|từ|tu)\s*)?`
	folioRange = `(\d{1,5})([a-z]?)(?:\s*(-|–|—|đến|den|_)\s*(?:BL\s*)?(\d{1,5})([a-z]?))?`
	folioEnd   = `(?:$|[\s._,:;()\-–—]+)`
)

var (
	folioName  = regexp.MustCompile(`(?i)^` + folioWord + folioRange + folioEnd + `(.*)$`)
	folioPlain = regexp.MustCompile(`(?i)^(\d{1,5})([a-z]?)\s*(-|–|—)\s*(\d{1,5})([a-z]?)[.\s_]+(.*)$`)
	folioTail  = regexp.MustCompile(`(?i)^(.*?)[\s._,:;(\-–—]+` + folioWord + folioRange + folioEnd + `(.*)$`)
	folioTyped = regexp.MustCompile(`(?i)^(?:(?:BL|bút\s*lục|but\s*luc)\s*\.?\s*)?(\d{1,5})([a-z]?)\s*(s|mặt sau|\(mặt sau\))?$`)

	folioBack = regexp.MustCompile(`(?i)^\(?(?:mặt\s*sau|mat\s*sau)\)?(?:$|[\s._,:;()\-–—]+)(.*)$`)
	yearFirst = regexp.MustCompile(`^(?:19|20)\d\d(?:\D|$)`)
	dateAt    = regexp.MustCompile(`^\D*?(?:\d{1,2}[-._]\d{1,2}[-._](?:\d\d|\d{4})|\d{4}[-._]\d{1,2}[-._]\d{1,2})(?:\D|$)`)
)

// MaxFolio bounds what is believed: larger numbers in names are dates or case numbers.
const MaxFolio = numbers.Max

// GuessFolios reads the folios that a file's name without its ending tells ("BL 12-15 Biên bản",
// "BL012", "Bút lục 33", "12-15. Biên bản", "Biên bản (BL 12-15)"), and what is left as a title.
// first is zero when the name tells none; last equals first when it tells one. A single number in
// front ("01. Quyết định") orders the files of a folder and is no folio; nor are dates and years.
func GuessFolios(name string) (first, last Folio, title string) {
	name = strings.TrimSpace(norm.NFC.String(name))
	if m := folioName.FindStringSubmatch(name); m != nil {
		return readFolios(name, m[1:6], "", m[6], dateAt.MatchString(name))
	}
	if m := folioPlain.FindStringSubmatch(name); m != nil {
		years := isYear(m[4]) && (isYear(m[1]) || isMonth(m[1]))
		if years || dateAt.MatchString(name) || yearFirst.MatchString(m[6]) {
			return Folio{}, Folio{}, name
		}
		if n1, n2 := atoi(m[1]), atoi(m[4]); n2 < n1 {
			return Folio{}, Folio{}, name
		}
		return readFolios(name, m[1:6], "", m[6], false)
	}
	if m := folioTail.FindStringSubmatch(name); m != nil {
		marked := name[len(m[1]):]
		return readFolios(name, m[2:7], m[1], m[7], dateAt.MatchString(marked))
	}
	return Folio{}, Folio{}, name
}

// readFolios makes folios of a match's parts (number, suffix, joint, number, suffix) and a title of
// what stood before and after it.
func readFolios(name string, m []string, before, after string, date bool) (first, last Folio, title string) {
	first = NewFolio(m[0], m[1])
	if first.IsZero() || date {
		return Folio{}, Folio{}, name
	}
	last = first
	if m[3] != "" {
		last = NewFolio(m[3], m[4])
		if last.Number < first.Number || isYear(m[3]) && !isYear(m[0]) && last.Number-first.Number > maxSpan {
			// "BL 45_2", "BL 12_2024": the second number counts something else.
			last, after = first, strings.TrimSpace(m[3]+m[4]+" "+after)
		}
	}
	if b := folioBack.FindStringSubmatch(after); b != nil && first == last {
		first.Back, after = true, b[1]
		last = first
	}
	const edges = " .-–—_,:;()"
	title = strings.Trim(before, edges)
	if rest := strings.Trim(after, " .-–—_,:;"); rest != "" && rest != ")" {
		title = strings.TrimSpace(title + " " + rest)
	}
	if title == "" {
		title = name
	}
	return first, last, title
}

// maxSpan is how many sheets one document is believed to have when its last number might be a year.
const maxSpan = 500

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // the patterns let only digits through
	return n
}

func isYear(s string) bool { n := atoi(s); return len(s) == 4 && n >= 1900 && n < 2100 }

func isMonth(s string) bool { n := atoi(s); return n >= 1 && n <= 12 }

// NewFolio is the folio of a number and a letter behind it, as they are written; zero where they are none.
func NewFolio(number, suffix string) Folio {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > MaxFolio {
		return Folio{}
	}
	return Folio{Number: n, Suffix: strings.ToLower(suffix)}
}

// ParseFolio reads a folio as a person types it: "45", "45a", "BL 45", "45s" for the back of 45.
func ParseFolio(typed string) (Folio, bool) {
	m := folioTyped.FindStringSubmatch(strings.TrimSpace(norm.NFC.String(typed)))
	if m == nil {
		return Folio{}, false
	}
	suffix, back := strings.ToLower(m[2]), m[3] != ""
	if suffix == "s" { // 45s is the back of 45, as clerks write it
		suffix, back = "", true
	}
	f := NewFolio(m[1], suffix)
	f.Back = back
	return f, !f.IsZero()
}

// SpreadFolios gives the pages of a document, in order, the folios from first to last. Where there
// are exactly twice as many pages as folios, each sheet has a front and a back; where the numbers
// do not fit otherwise, pages count on from first, and those past last get none.
func SpreadFolios(first, last Folio, pages int) []Folio {
	if pages <= 0 || first.IsZero() {
		return nil
	}
	sheets := last.Number - first.Number + 1
	sides := 1
	if sheets > 1 && pages == 2*sheets {
		sides = 2
	}
	folios := make([]Folio, pages)
	if pages == 2 && sheets == 1 && first != last { // "12-12a"
		folios[0], folios[1] = first, last
		return folios
	}
	for i := range folios {
		n := first.Number + i/sides
		if n > last.Number && sheets > 1 {
			break
		}
		folios[i] = Folio{Number: n, Back: sides == 2 && i%2 == 1}
		if sheets == 1 { // one number over several pages: the same folio spans them
			folios[i] = first
		}
	}
	folios[0].Suffix = first.Suffix
	return folios
}

// Compare orders folios by number, then letter, the front before the back.
func (f Folio) Compare(b Folio) int {
	side := func(of Folio) int {
		if of.Back {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(f.Number, b.Number), cmp.Compare(f.Suffix, b.Suffix), cmp.Compare(side(f), side(b)))
}
