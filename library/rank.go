package library

import "strings"

// A rank is a place among siblings: a fraction in base 62 whose digits are written after the point,
// so that ranks compare as strings do and there is always one more between two. A rank never ends
// in the digit zero.
const (
	rankDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	rankBase   = len(rankDigits)

	// rankWidth is how many digits a rank at the end of a list has: room for 62⁴ steps one after
	// another before the next digit is needed.
	rankWidth = 6
	// MaxRank is how long a rank may be. Long before, an edit gives all siblings new ones.
	MaxRank  = 200
	longRank = 40
)

// RankBetween gives a rank after a and before b. An empty a is the beginning, an empty b the end.
// Ranks that are none, or not in this order, are read as if they were not there.
func RankBetween(a, b string) string {
	if !validRank(a) {
		a = ""
	}
	if !validRank(b) || a >= b {
		b = ""
	}
	if b == "" {
		if next, ok := rankAfter(a); ok {
			return next
		}
	}
	return between(a, b)
}

// rankAfter is a rank some way behind a, at the width that lists grow by.
func rankAfter(a string) (string, bool) {
	n := 0
	for i := range rankWidth {
		n *= rankBase
		if i < len(a) {
			n += strings.IndexByte(rankDigits, a[i])
		}
	}
	n += rankBase * rankBase
	digits := make([]byte, rankWidth)
	for i := rankWidth - 1; i >= 0; i-- {
		digits[i] = rankDigits[n%rankBase]
		n /= rankBase
	}
	return strings.TrimRight(string(digits), "0"), n == 0
}

// between is the middle of the fractions a and b, or a short one near it; b "" is 1.
func between(a, b string) string {
	var out strings.Builder
	for i := 0; ; i++ {
		low, high := 0, rankBase
		if i < len(a) {
			low = strings.IndexByte(rankDigits, a[i])
		}
		if b != "" {
			high = 0
			if i < len(b) {
				high = strings.IndexByte(rankDigits, b[i])
			}
		}
		switch {
		case low == high:
			out.WriteByte(rankDigits[low])
		case high-low > 1:
			out.WriteByte(rankDigits[(low+high)/2])
			return out.String()
		default: // neighbours: keep the lower, and go on without the upper
			out.WriteByte(rankDigits[low])
			b = ""
		}
	}
}

// SpreadRanks gives n ascending ranks after a and before b, the shorter the sooner halved.
func SpreadRanks(a, b string, n int) []string {
	ranks := make([]string, n)
	if b == "" {
		for i := range ranks {
			a = RankBetween(a, "")
			ranks[i] = a
		}
		return ranks
	}
	var fill func(a, b string, lo, hi int)
	fill = func(a, b string, lo, hi int) {
		if lo >= hi {
			return
		}
		mid := (lo + hi) / 2
		ranks[mid] = RankBetween(a, b)
		fill(a, ranks[mid], lo, mid)
		fill(ranks[mid], b, mid+1, hi)
	}
	fill(a, b, 0, n)
	return ranks
}

func validRank(r string) bool {
	if r == "" || len(r) > MaxRank || r[len(r)-1] == '0' {
		return false
	}
	for i := range len(r) {
		if strings.IndexByte(rankDigits, r[i]) < 0 {
			return false
		}
	}
	return true
}
