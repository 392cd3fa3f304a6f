package search

import (
	"slices"
	"strings"

	"butluc/library"
	"butluc/library/search/text"
)

// Match is where on a page the words stand that are looked for.
type Match struct {
	Whole    bool           // all is there as it was typed, though accents may be others
	Together bool           // and all stand side by side, in their order
	Found    bool           // all words are there, of long queries most, one by one or like them
	Line     int            // the line that has most of it; -1 where none has any
	Text     string         // of that line
	Bold     [][2]int       // the words in Text, from and to in bytes
	Boxes    []library.Rect // all words on the page, a box for words that stand side by side
}

// place is a word of a page.
type place struct {
	token
	line, word int
}

// Match finds the words on a page. Where a word is there with the very accents that were typed, others like it are
// left alone.
func (q Query) Match(p text.Page) Match {
	var places []place
	for i, l := range p.Lines {
		for k, w := range l.Words {
			for _, t := range tokens(w.Text) {
				places = append(places, place{t, i, k})
			}
		}
	}
	hits, whole, together, found := q.find(places)
	m := Match{Whole: whole, Together: together, Found: found, Line: bestLine(places, hits)}
	for i, l := range p.Lines {
		marked := make([]bool, len(l.Words))
		any := false
		for at := range hits {
			if places[at].line == i {
				marked[places[at].word], any = true, true
			}
		}
		if any {
			m.Boxes = append(m.Boxes, boxes(l, marked)...)
		}
		if i == m.Line {
			m.Text, m.Bold = snippet(l, marked)
		}
	}
	return m
}

// MatchText finds the words in what somebody typed.
func (q Query) MatchText(typed string) Match {
	var p text.Page
	for line := range strings.Lines(typed) {
		var l library.Line
		for word := range strings.FieldsSeq(line) {
			l.Words = append(l.Words, library.Word{Text: word})
		}
		if len(l.Words) > 0 {
			p.Lines = append(p.Lines, l)
		}
	}
	m := q.Match(p)
	m.Boxes = nil
	return m
}

// find gives the places that are looked for, with what each is worth, and tells whether they are all, whether
// they stand together and whether they are enough.
func (q Query) find(places []place) (hits map[int]float64, whole, together, found bool) {
	hits = map[int]float64{}
	if len(q.clauses) == 0 {
		return hits, false, false, false
	}
	missing := 0
	for _, c := range q.clauses {
		if !c.find(places, hits, same) {
			missing++
		}
	}
	for _, c := range q.not {
		if c.find(places, map[int]float64{}, same) {
			return map[int]float64{}, false, false, false
		}
	}
	if missing == 0 {
		runs := map[int]float64{}
		if (clause{words: q.words(), prefix: q.clauses[len(q.clauses)-1].prefix}).find(places, runs, same) {
			return runs, true, true, true // each alone is not what is meant
		}
		return hits, true, false, true
	}
	// Word by word, as the index does when nothing has all of it; then a letter may be wrong.
	words := q.distinct()
	have := 0
	for _, w := range words {
		if (clause{words: []token{w}}).find(places, hits, same) {
			have++
		}
	}
	if have < enough(len(words)) {
		have = 0
		for _, w := range words {
			if (clause{words: []token{w}}).find(places, hits, alike) {
				have++
			}
		}
	}
	return hits, false, false, have >= enough(len(words))
}

// find adds the places of a clause; it tells false where there are none.
func (c clause) find(places []place, hits map[int]float64, is func(wanted, have token, prefix bool) float64) bool {
	n := len(c.words)
	best := 0.0
	type run struct {
		at    int
		worth float64
	}
	var runs []run
	for i := 0; i+n <= len(places); i++ {
		worth := 0.0
		for k, w := range c.words {
			v := is(w, places[i+k].token, c.prefix && k == n-1)
			if v == 0 {
				worth = 0
				break
			}
			worth += v
		}
		if worth > 0 {
			runs = append(runs, run{i, worth})
			best = max(best, worth/float64(n))
		}
	}
	accents := slices.ContainsFunc(c.words, func(w token) bool { return w.exact != w.folded })
	for _, r := range runs {
		if accents && best >= exactly && r.worth/float64(n) < exactly {
			continue
		}
		for k := range n {
			hits[r.at+k] = max(hits[r.at+k], r.worth)
		}
	}
	return len(runs) > 0
}

// What a word is worth.
const (
	exactly = 1.0
	folded  = 0.6 // with other accents
	begun   = 0.4 // the beginning of a longer word
	nearly  = 0.2 // a letter differs
)

// same tells what a word is worth for one that is wanted, 0 for nothing.
func same(wanted, have token, prefix bool) float64 {
	switch {
	case have.exact == wanted.exact:
		return exactly
	case have.folded == wanted.folded:
		return folded
	case prefix && strings.HasPrefix(have.folded, wanted.folded):
		return begun
	}
	return 0
}

// alike takes words, too, in which a letter was added, left out or taken for another.
func alike(wanted, have token, prefix bool) float64 {
	if v := same(wanted, have, prefix); v > 0 {
		return v
	}
	if len(wanted.folded) >= leastFuzzy && oneOff(wanted.folded, have.folded) {
		return nearly
	}
	return 0
}

// leastFuzzy is how many letters a word has at least in which one may be wrong: shorter ones are too much like
// each other.
const leastFuzzy = 4

// oneOff tells whether one change makes a of b.
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// bestLine is the line that is worth most; the first of several, -1 for none.
func bestLine(places []place, hits map[int]float64) int {
	worth := map[int]float64{}
	seen := map[[2]string]bool{}
	best, most := -1, 0.0
	for at := range places {
		v, ok := hits[at]
		if !ok {
			continue
		}
		p := places[at]
		if key := [2]string{string(rune(p.line)), p.folded}; seen[key] {
			v /= 10 // the same word again
		} else {
			seen[key] = true
		}
		worth[p.line] += v
		if worth[p.line] > most {
			best, most = p.line, worth[p.line]
		}
	}
	return best
}

// boxes are those of marked words, one for words that stand side by side.
func boxes(l library.Line, marked []bool) []library.Rect {
	var list []library.Rect
	for i, w := range l.Words {
		switch {
		case !marked[i] || !w.Box.Valid():
		case i > 0 && marked[i-1] && len(list) > 0:
			list[len(list)-1] = list[len(list)-1].Around(w.Box)
		default:
			list = append(list, w.Box)
		}
	}
	return list
}

// maxSnippet is how much of a line is told, in bytes.
const maxSnippet = 400

// snippet is a line's text and where its marked words are in it.
func snippet(l library.Line, marked []bool) (line string, bold [][2]int) {
	var b strings.Builder
	for i, w := range l.Words {
		if b.Len()+len(w.Text) > maxSnippet && len(bold) > 0 {
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		from := b.Len()
		b.WriteString(w.Text)
		switch {
		case !marked[i]:
		case i > 0 && marked[i-1] && len(bold) > 0:
			bold[len(bold)-1][1] = b.Len()
		default:
			bold = append(bold, [2]int{from, b.Len()})
		}
	}
	return b.String(), bold
}
