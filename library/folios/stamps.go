package folios

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"butluc/library"
)

// Corner is the corner of a page in which a stamp is looked for.
type Corner string

// The corners. During the investigation pages are stamped by the investigator top right, and by the
// procuracy bottom right (joint circular 04/2018, article 35).
const (
	CornerTop    Corner = "top"
	CornerBottom Corner = "bottom"
)

// stampBox is the part of an upright page in which a corner's stamp is.
func stampBox(c Corner) library.Rect {
	if c == CornerBottom {
		return library.Rect{X0: 0.55, Y0: 0.82, X1: 1, Y1: 1}
	}
	return library.Rect{X0: 0.55, X1: 1, Y1: 0.18}
}

// Proposal is the folio that a page's stamp seems to have. It is for a person to look at.
type Proposal struct {
	Page       library.PageID
	Folio      library.Folio
	Confidence int  // 1 to 100
	Read       bool // from the page's own stamp, else from those of the pages around
	Has        library.Folio
}

// Agrees tells whether the page has that folio already.
func (p Proposal) Agrees() bool { return p.Has == p.Folio }

// Bounds of what is tried for a page, so that 100,000 pages take about a second.
const (
	maxReadings = 3  // of one stamp
	stampReach  = 24 // pages back to the stamp before
)

// Propose reads the stamps of pages, which are given in order, and proposes folios: those of the
// readings that rise best together, and between two of them what is counted from one to the other. words
// gives the lines of a page's words as its file has it, not turned; false where they are not known. Pages
// for which nothing is likely are left out. It takes no notice of what a person assigned but to tell it.
func Propose(o library.Outline, pages []library.PageID, corner Corner, words func(library.PageID) ([]library.Line, bool), x *library.Index) []Proposal {
	var f stampFit
	for i, p := range pages {
		if lines, known := words(p); known {
			for _, r := range readStamp(lines, stampBox(corner), o.Upright(p)) {
				f.add(i, r)
			}
		}
	}
	var list []Proposal
	chain := f.best()
	for k, at := range chain {
		r := f.readings[at]
		agree := 0
		if k > 0 {
			agree += f.agree(chain[k-1], at)
		}
		if k+1 < len(chain) {
			agree += f.agree(at, chain[k+1])
		}
		sure := surer(r.weight, agree)
		list = append(list, Proposal{Page: pages[r.page], Folio: r.folio, Confidence: percent(sure), Read: true})
		if k+1 < len(chain) {
			list = append(list, f.between(pages, at, chain[k+1])...)
		}
	}
	for i := range list {
		list[i].Has = o.FolioOf(list[i].Page, x)
	}
	return list
}

// surer is how sure a reading is that agrees with some of the stamps around it, 0 to 2. Alone it is little.
func surer(weight float64, agree int) float64 {
	if agree == 0 {
		return 0.6 * weight
	}
	return 1 - (1-weight)*math.Pow(0.35, float64(agree))
}

func percent(part float64) int { return max(1, min(100, int(math.Round(100*part)))) }

// reading is a number that a stamp may have.
type reading struct {
	page   int
	folio  library.Folio
	weight float64 // 0..1
}

var (
	stampWord   = regexp.MustCompile(`(?i)^(?:bl|b\.l|bút|lục|but|luc|số|so|tờ|to|trang)[.:]*$`)
	stampNumber = regexp.MustCompile(`^(\d{1,5})([a-hs]?)$`) // other letters are misread digits
	// lookAlike are letters that are read in the place of digits.
	lookAlike = strings.NewReplacer("O", "0", "o", "0", "Q", "0", "D", "0", "I", "1", "l", "1", "|", "1", "i", "1", "Z", "2", "z", "2", "S", "5", "B", "8")
)

// readStamp gives what the words in a box of an upright page may be as a stamped number, the best first.
func readStamp(lines []library.Line, box library.Rect, upright library.Turn) []reading {
	var list []reading
	for _, l := range lines {
		marked := false
		for i, w := range l.Words {
			at := w.Box.Turned(int(upright))
			x, y := (at.X0+at.X1)/2, (at.Y0+at.Y1)/2
			if x < box.X0 || x > box.X1 || y < box.Y0 || y > box.Y1 {
				continue
			}
			text := strings.Trim(strings.ToLower(w.Text), ".,:;-–—()[]*'\"`")
			if stampWord.MatchString(w.Text) {
				marked = true
				continue
			}
			sure := 0.8
			if rest, ok := strings.CutPrefix(text, "bl"); ok {
				text, marked = strings.TrimLeft(rest, ".: "), true
			}
			m := stampNumber.FindStringSubmatch(text)
			if m == nil {
				text = strings.ToLower(lookAlike.Replace(strings.Trim(w.Text, ".,:;-–—()[]*'\"`")))
				if m = stampNumber.FindStringSubmatch(text); m == nil || !strings.ContainsAny(w.Text, "0123456789") {
					continue
				}
				sure = 0.4
			}
			folio := library.NewFolio(m[1], m[2])
			if folio.IsZero() {
				continue
			}
			if m[2] == "s" {
				folio.Suffix, folio.Back = "", true
			}
			if marked {
				sure += 0.2
			} else if partOfMore(l, i) {
				sure /= 4 // of a date, of an amount, of a sentence
			}
			// Nearer to the corner is likelier.
			far := math.Hypot(1-x, math.Min(y, 1-y)) / math.Hypot(0.45, 0.18)
			list = append(list, reading{folio: folio, weight: sure * (1 - 0.3*min(1, far))})
		}
	}
	slices.SortStableFunc(list, func(a, b reading) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	return list[:min(len(list), maxReadings)]
}

// partOfMore tells whether a word of a line has others beside it.
func partOfMore(l library.Line, i int) bool {
	for k, w := range l.Words {
		if k != i && !stampWord.MatchString(w.Text) && strings.ContainsFunc(w.Text, func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' }) {
			return true
		}
	}
	return false
}

// stampFit finds the readings that rise best together, by dynamic programming.
type stampFit struct {
	readings []reading // in order of pages
}

func (f *stampFit) add(page int, r reading) {
	r.page = page
	f.readings = append(f.readings, r)
}

// Costs of going from one stamp to the next, to be set against the weight of a reading.
const (
	costUnstamped = 0.15 // fewer numbers than pages: some carry no stamp
	costGap       = 0.45 // more: sheets are missing
	costAgain     = 1.2  // numbers start again, or nothing was read for long
)

// best gives the indexes of the readings chosen, one a page at most.
func (f *stampFit) best() []int {
	n := len(f.readings)
	score, from := make([]float64, n), make([]int, n)
	top, first := -1, 0 // the best so far that ends before the page, and the first within reach
	var late []int      // of the page that is looked at
	end := -1
	for i, r := range f.readings {
		if len(late) > 0 && f.readings[late[0]].page < r.page {
			for _, k := range late {
				if top < 0 || score[k] > score[top] {
					top = k
				}
			}
			late = late[:0]
		}
		late = append(late, i)
		for f.readings[first].page < r.page-stampReach {
			first++
		}
		score[i], from[i] = r.weight-costAgain/2, -1
		if top >= 0 && score[top]+r.weight-costAgain > score[i] {
			score[i], from[i] = score[top]+r.weight-costAgain, top
		}
		for k := first; f.readings[k].page < r.page; k++ {
			cost, may := f.cost(k, i)
			if s := score[k] + r.weight - cost; may && s > score[i] {
				score[i], from[i] = s, k
			}
		}
		if score[i] > 0 && (end < 0 || score[i] > score[end]) {
			end = i
		}
	}
	var chain []int
	for ; end >= 0; end = from[end] {
		chain = append(chain, end)
	}
	slices.Reverse(chain)
	return chain
}

// cost is of going from one reading to a later one; false where that can't be.
func (f *stampFit) cost(a, b int) (float64, bool) {
	from, to := f.readings[a], f.readings[b]
	pages, numbers := to.page-from.page, to.folio.Number-from.folio.Number
	switch {
	case numbers < 0 || numbers == 0 && library.Folio.Compare(to.folio, from.folio) < 0:
		return 0, false
	case numbers == pages, 2*numbers == pages:
		return 0, true
	case numbers < pages:
		return costUnstamped, true
	default:
		return costGap + 0.02*float64(min(50, numbers-pages)), true
	}
}

// agree is 1 where two readings that follow each other are as far apart in numbers as in pages or sheets.
func (f *stampFit) agree(a, b int) int {
	if cost, may := f.cost(a, b); may && cost == 0 {
		return 1
	}
	return 0
}

// between gives the pages between two stamps that are counted from one to the other: a number a page, or a
// front and a back a number.
func (f *stampFit) between(pages []library.PageID, a, b int) []Proposal {
	from, to := f.readings[a], f.readings[b]
	apart, numbers := to.page-from.page, to.folio.Number-from.folio.Number
	var list []Proposal
	for i := 1; i < apart; i++ {
		folio := library.Folio{Number: from.folio.Number + i}
		switch {
		case apart > stampReach || from.folio.Back || to.folio.Back:
			return nil
		case numbers == apart:
		case 2*numbers == apart:
			folio = library.Folio{Number: from.folio.Number + i/2, Back: i%2 == 1}
		default:
			return nil
		}
		sure := 0.85 * surer(min(from.weight, to.weight), 1) / (1 + 0.05*float64(apart))
		list = append(list, Proposal{Page: pages[from.page+i], Folio: folio, Confidence: percent(sure)})
	}
	return list
}
