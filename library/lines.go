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
	Pages   []PageID // that the step shows, [MaxPanes] at most
	More    int      // how many pages the line names besides
	Unknown []Folio  // folios in the line that no page carries
}

// Step makes a step of a draft.
func (d StepDraft) Step() Step {
	return Step{ID: NewID(), Title: d.Title, Say: d.Say, Shot: ShotOf(d.Pages...)}
}

// Bounds of what pasted text may ask for.
const (
	maxLines      = 5000
	maxLineRanges = 200
	maxLineFolios = 2000 // looked for; those past them count as pages that are named besides
)

// FolioRange is folios named together, both ends included; a single one is from itself to itself.
type FolioRange struct{ First, Last Folio }

var (
	lineBullet = regexp.MustCompile(`^\s*(?:[-–—•*·+▪►➢✓o]\s+|\(?(?:\d{1,3}|[a-zA-ZđĐ])[.)]\s+|\d{1,3}(?:\.\d{1,3})+\.?\s+)`)
	folioMark  = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(?:BLs?|bút\s*lục|but\s*luc)\s*[.:]?\s*(?:(?:số|so|từ|tu)\s*[.:]?\s*)?`)
	folioItem  = regexp.MustCompile(`^(\d{1,5})([a-zA-Z]?)(\s*\((?:mặt|mat) sau\))?`)
	folioJoint = regexp.MustCompile(`(?i)^\s*(-|–|—|,|;|&|(?:và|va|đến|den)(?:\s|$))\s*((?:BL|bút\s*lục|but\s*luc)\s*[.:]?\s*)?`)

	// What follows a number that is no folio: the rest of an amount, of a date, of a month; a word
	// for what is counted, where "ngày 12" and "lần 2" begin something else.
	amountRest = regexp.MustCompile(`^(?:[./]\d|\s*%)`)
	dateRest   = regexp.MustCompile(`(?i)^(?:\s*-\s*\d{1,2}\s*-\s*(?:19|20)\d\d(?:\D|$)|\s*(?:tháng|thang)\s*\d)`)
	monthRest  = regexp.MustCompile(`^\s*-\s*(?:19|20)\d\d(?:\D|$)`)
	countRest  = regexp.MustCompile(`(?i)^\s*(?:(?:nhân chứng|người|giờ|phút|giây|tuần|nghìn|ngàn|triệu|tỷ|tỉ|đồng|vnđ|usd|` +
		`mét|m|km|cm|kg|g|lít|tuổi|cái|chiếc|con|vụ|đối tượng|nhát|cuộc|lượt)(?:[^\p{L}\p{N}]|$)|` +
		`(?:ngày|tháng|năm|lần|trang|tờ|bản|bộ)(?:[^\p{L}\p{N}\s]|$|\s+(?:\D|$)))`)
	wordRest = regexp.MustCompile(`^\s+\p{L}`)
)

// ParseLines makes steps of lines pasted from a word processor: one a line, without bullets and
// numbers in front. "BL 45", "bút lục 45-47", "(BL: 45, 46)" in a line link the pages that carry
// them: all where a step can show so many, else the first of each folio or range that is named. A
// line with a question mark is what to ask; in a row of a table the first cell is the title and the
// rest what to say. A line that is too long for a title is what to say, and goes on in further
// steps where it must: nothing is cut. left is how many lines there are past the most that are
// read, 5,000.
func (o Outline) ParseLines(text string, x *Index) (drafts []StepDraft, left int) {
	text = norm.NFC.String(strings.ToValidUTF8(text, "\ufffd"))
	lines := 0
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029' || r == 0
	}) {
		d, ok := splitLine(line)
		switch {
		case !ok:
			continue
		case lines == maxLines:
			left++
			continue
		}
		lines++
		o.link(&d, line, x)
		if len(d.Title) > MaxTitle {
			d.Title, d.Say = "", strings.TrimSuffix(d.Title+"\n"+d.Say, "\n")
		}
		rest := d.Say
		d.Say, rest = cutText(rest, MaxText)
		drafts = append(drafts, d)
		for rest != "" {
			var say string
			say, rest = cutText(rest, MaxText)
			drafts = append(drafts, StepDraft{Say: say})
		}
	}
	return drafts, left
}

// splitLine parts a line into title and what to say; ok is false where there is nothing in it.
func splitLine(line string) (d StepDraft, ok bool) {
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
	switch rest := strings.Join(cells[1:], "\n"); {
	case rest != "":
		d.Title, d.Say = cells[0], rest
	case strings.Contains(cells[0], "?"):
		d.Say = cells[0]
	default:
		d.Title = cells[0]
	}
	return d, true
}

// link finds the pages that a line names.
func (o Outline) link(d *StepDraft, line string, x *Index) {
	seen := map[PageID]bool{}
	var firsts, all []PageID
	looked, past := 0, 0
	for _, r := range FindFolios(line) {
		first := true
		for n := r.First.Number; n <= r.Last.Number; n++ {
			if looked++; looked > maxLineFolios {
				past += r.Last.Number - n + 1
				break
			}
			f := Folio{Number: n}
			switch n {
			case r.First.Number:
				f = r.First
			case r.Last.Number:
				f = r.Last
			}
			pages := o.PagesOf(f, x)
			if len(pages) == 0 {
				d.Unknown = append(d.Unknown, f)
			}
			for _, p := range pages {
				if seen[p] {
					continue
				}
				seen[p] = true
				all = append(all, p)
				if first {
					firsts, first = append(firsts, p), false
				}
			}
		}
	}
	d.Pages = all
	if len(all) > MaxPanes {
		d.Pages = firsts[:min(len(firsts), MaxPanes)]
	}
	d.More = len(all) - len(d.Pages) + past
}

// Named are the pages that a step's words name by their folios, "BL 22", and that it does not show: as many as it has room for.
func (o Outline) Named(s Step, x *Index) []PageID {
	var d StepDraft
	o.link(&d, s.Title+"\n"+s.Say, x)
	var pages []PageID
	for _, p := range d.Pages {
		if !s.Shot.Shows(p) && int(s.Shot.Count)+len(pages) < MaxPanes {
			pages = append(pages, p)
		}
	}
	return pages
}

// cutText parts a text after at most n bytes, between words where there are any.
func cutText(s string, n int) (head, rest string) {
	if len(s) <= n {
		return s, ""
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	if at := strings.LastIndexAny(s[:n], " \n"); at > n/2 {
		return s[:at], s[at+1:]
	}
	return s[:n], s[n:]
}

// FindFolios gives the folios that a text names after "BL" or "bút lục", in its order: "BL 45,
// 47-49 và 52". Dates, amounts and what is counted ("và 3 nhân chứng") are none.
func FindFolios(text string) []FolioRange {
	var list []FolioRange
	for rest := text; len(list) < maxLineRanges; {
		at := folioMark.FindStringIndex(rest)
		if at == nil {
			break
		}
		rest = rest[at[1]:]
		list, rest = readRanges(list, rest)
	}
	return list
}

// readRanges reads what stands behind one "BL" and gives what follows it.
func readRanges(list []FolioRange, s string) ([]FolioRange, string) {
	f, n := folioAt(s)
	if n == 0 {
		return list, s
	}
	r := FolioRange{f, f}
	for s = s[n:]; len(list) < maxLineRanges; {
		next, ok := furtherFolio(r.Last, s)
		if ok && next.ranged && r.First == r.Last && next.folio.Number > f.Number {
			r.Last, s = next.folio, next.rest
			continue
		}
		list = append(list, r)
		if !ok {
			break
		}
		f, s = next.folio, next.rest
		r = FolioRange{f, f}
	}
	return list, s
}

// further is a folio that follows another one.
type further struct {
	folio  Folio
	ranged bool   // it is the end of what the other one begins
	rest   string // what stands behind it
}

func furtherFolio(before Folio, s string) (f further, ok bool) {
	joint := folioJoint.FindStringSubmatch(s)
	if joint == nil {
		return further{}, false
	}
	behind := s[len(joint[0]):]
	var n int
	if f.folio, n = folioAt(behind); n == 0 {
		return further{}, false
	}
	f.rest = behind[n:]
	switch strings.ToLower(strings.TrimSpace(joint[1])) {
	case "-", "–", "—", "đến", "den":
		f.ranged = true
	default:
	}
	return f, joint[2] != "" || listed(before, f.folio, f.rest)
}

// listed tells whether a number goes on with a list of folios: it is no less than the one before it
// where words follow, and nothing that is counted comes after it.
func listed(before, f Folio, after string) bool {
	return !countRest.MatchString(after) && (f.Number > 12 || !monthRest.MatchString(after)) &&
		(f.Number >= before.Number || !wordRest.MatchString(after))
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
	if m[3] == "" && (unicode.IsLetter(next) || unicode.IsDigit(next) || amountRest.MatchString(s[n:])) {
		return Folio{}, 0
	}
	f := NewFolio(m[1], m[2])
	if f.IsZero() || f.Number <= 31 && dateRest.MatchString(s[n:]) {
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

// String is the range as it is said: "12", "12–15".
func (r FolioRange) String() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + "–" + r.Last.String()
}
