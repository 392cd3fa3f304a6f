package library

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
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

var (
	folioName  = regexp.MustCompile(`(?i)^(?:(?:BL|bút\s*lục|but\s*luc)\s*[.:_-]?\s*)(\d{1,5})([a-z]?)(?:\s*(?:-|–|—|đến|den|_)\s*(?:BL\s*)?(\d{1,5})([a-z]?))?(?:$|[\s._,:;()\-–—]+)(.*)$`)
	folioPlain = regexp.MustCompile(`(?i)^(\d{1,5})([a-z]?)\s*(?:-|–|—)\s*(\d{1,5})([a-z]?)[.\s_]+(.*)$`)
	folioTail  = regexp.MustCompile(`(?i)^(.*?)[\s._,:;(\-–—]+(?:BL|bút\s*lục|but\s*luc)\s*[.:_-]?\s*(\d{1,5})([a-z]?)(?:\s*(?:-|–|—|đến|den|_)\s*(?:BL\s*)?(\d{1,5})([a-z]?))?\s*\)?$`)
	folioTyped = regexp.MustCompile(`(?i)^(?:(?:BL|bút\s*lục|but\s*luc)\s*\.?\s*)?(\d{1,5})([a-z]?)\s*(s|mặt sau|\(mặt sau\))?$`)
)

// maxFolio bounds what is believed: larger numbers in names are dates or case numbers.
const maxFolio = 99999

// GuessFolios reads the folios that a file's name without its ending tells ("BL 12-15 Biên bản",
// "BL012", "Bút lục 33", "12-15. Biên bản", "Biên bản (BL 12-15)"), and what is left as a title.
// first is zero when the name tells none; last equals first when it tells one.
func GuessFolios(name string) (first, last Folio, title string) {
	name = strings.TrimSpace(norm.NFC.String(name))
	var n1, s1, n2, s2, rest string
	switch {
	case folioName.MatchString(name):
		m := folioName.FindStringSubmatch(name)
		n1, s1, n2, s2, rest = m[1], m[2], m[3], m[4], m[5]
	case folioPlain.MatchString(name):
		m := folioPlain.FindStringSubmatch(name)
		n1, s1, n2, s2, rest = m[1], m[2], m[3], m[4], m[5]
	case folioTail.MatchString(name):
		m := folioTail.FindStringSubmatch(name)
		rest, n1, s1, n2, s2 = m[1], m[2], m[3], m[4], m[5]
	default:
		return Folio{}, Folio{}, name
	}
	first = folioOf(n1, s1)
	last = first
	if n2 != "" {
		last = folioOf(n2, s2)
	}
	rest = strings.Trim(rest, " .-–—_,:;")
	if first.IsZero() || last.Number < first.Number {
		return Folio{}, Folio{}, name
	}
	if rest == "" {
		rest = name
	}
	return first, last, rest
}

func folioOf(number, suffix string) Folio {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxFolio {
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
	f := folioOf(m[1], suffix)
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
