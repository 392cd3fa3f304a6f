package library

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// StepDraft is a step as a pasted line tells it.
type StepDraft struct {
	Title   string
	Say     string   // the question, where the line is one
	Pages   []PageID // that its folios name, in the order of the line
	Unknown []Folio  // folios in the line that no page carries
}

// Step makes a step of a draft. It shows the first [MaxPanes] of its pages.
func (d StepDraft) Step() Step {
	return Step{ID: NewID(), Title: d.Title, Say: d.Say, Shot: ShotOf(d.Pages...)}
}

// Bounds of what pasted text may ask for.
const (
	maxLines      = 5000
	maxLineFolios = 200
)

var (
	lineBullet = regexp.MustCompile(`^\s*(?:[-–—•*·+▪►➢✓o]\s+|\(?(?:\d{1,3}|[a-zA-ZđĐ])[.)]\s+|\d{1,3}(?:\.\d{1,3})+\.?\s+)`)
	folioMark  = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(?:BLs?|bút\s*lục|but\s*luc)\s*[.:]?\s*(?:(?:số|so|từ|tu)\s*[.:]?\s*)?`)
	folioItem  = regexp.MustCompile(`^(\d{1,5})([a-zA-Z]?)(\s*\((?:mặt|mat) sau\))?`)
	folioJoint = regexp.MustCompile(`^\s*(-|–|—|,|;|&|và|va|đến|den)\s*(?:(?:BL|bút\s*lục|but\s*luc)\s*[.:]?\s*)?`)
)

// ParseLines makes steps of lines pasted from a word processor: one a line, without bullets and
// numbers in front. "BL 45", "bút lục 45-47", "(BL: 45, 46)" in a line link the pages. A line with a
// question mark is what to ask; in a row of a table the first cell is the title and the rest what
// to say.
func ParseLines(text string, x *Index) []StepDraft {
	text = norm.NFC.String(strings.ToValidUTF8(text, "\ufffd"))
	var drafts []StepDraft
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029' || r == 0
	}) {
		if d, ok := parseLine(line, x); ok {
			drafts = append(drafts, d)
		}
		if len(drafts) == maxLines {
			break
		}
	}
	return drafts
}

func parseLine(line string, x *Index) (StepDraft, bool) {
	var cells []string
	for cell := range strings.SplitSeq(line, "\t") {
		cell = strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
		number := strings.TrimRight(cell, ".)")
		if cell == "" || len(cells) == 0 && len(number) < 4 && strings.Trim(number, "0123456789") == "" {
			continue // the column of numbers
		}
		cells = append(cells, cell)
	}
	if len(cells) == 0 {
		return StepDraft{}, false
	}
	if m := lineBullet.FindString(cells[0]); len(m) < len(cells[0]) {
		cells[0] = cells[0][len(m):]
	}
	var d StepDraft
	switch rest := strings.Join(cells[1:], "\n"); {
	case rest != "":
		d.Title, d.Say = cells[0], rest
	case strings.Contains(cells[0], "?"):
		d.Say = cells[0]
	default:
		d.Title = cells[0]
	}
	d.Title, d.Say = cut(d.Title, MaxTitle), cut(d.Say, MaxText)
	seen := map[PageID]bool{}
	for _, f := range FindFolios(line) {
		pages := x.Pages(f)
		if len(pages) == 0 {
			d.Unknown = append(d.Unknown, f)
		}
		for _, p := range pages {
			if !seen[p] {
				seen[p] = true
				d.Pages = append(d.Pages, p)
			}
		}
	}
	return d, true
}

// cut shortens s to at most n bytes, between letters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// FindFolios gives the folios that a text names after "BL" or "bút lục", ranges spelled out, in its
// order.
func FindFolios(text string) []Folio {
	var list []Folio
	for rest := text; ; {
		at := folioMark.FindStringIndex(rest)
		if at == nil {
			return list
		}
		rest = rest[at[1]:]
		ranged := false
		for len(list) < maxLineFolios {
			f, n := folioAt(rest)
			if n == 0 {
				break
			}
			if last := len(list) - 1; ranged && last >= 0 && f.Number > list[last].Number && f.Number-list[last].Number <= maxLineFolios {
				for k := list[last].Number + 1; k < f.Number; k++ {
					list = append(list, Folio{Number: k})
				}
			}
			list = append(list, f)
			rest = rest[n:]
			joint := folioJoint.FindStringSubmatch(rest)
			if joint == nil {
				break
			}
			if _, more := folioAt(rest[len(joint[0]):]); more == 0 {
				break
			}
			rest = rest[len(joint[0]):]
			switch strings.ToLower(joint[1]) {
			case "-", "–", "—", "đến", "den":
				ranged = true
			default:
				ranged = false
			}
		}
		if len(list) >= maxLineFolios {
			return list[:maxLineFolios]
		}
	}
}

// folioAt reads the folio at the beginning of s and tells how long it is, 0 where there is none: a
// number that goes on as a word, a date or a fraction is none.
func folioAt(s string) (Folio, int) {
	m := folioItem.FindStringSubmatch(s)
	if m == nil {
		return Folio{}, 0
	}
	n := len(m[0])
	next, _ := utf8.DecodeRuneInString(s[n:])
	if m[3] == "" && (unicode.IsLetter(next) || unicode.IsDigit(next) || next == '/') {
		return Folio{}, 0
	}
	f := folioOf(m[1], m[2])
	if f.IsZero() {
		return Folio{}, 0
	}
	switch {
	case m[3] != "":
		f.Back = true
	case f.Suffix == "s": // as clerks write the back
		f.Suffix, f.Back = "", true
	}
	return f, n
}
