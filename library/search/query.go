package search

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"butluc/library"
)

// Query is what is looked for.
type Query struct {
	// Person and Folder narrow the search to the documents of a person, and to files with these words in their
	// path; From and To to the folios between them. They are for whoever knows the case: the index does not.
	Person, Folder string
	From, To       library.Folio

	clauses []clause // must all be on the page, or most of them where there are many
	not     []clause // must not
}

// clause is one word, or several that stand side by side.
type clause struct {
	words  []token
	prefix bool // the last word may go on
}

// IsZero tells whether nothing is looked for.
func (q Query) IsZero() bool { return len(q.clauses) == 0 && !q.Narrows() }

// HasWords tells whether there are words to look for.
func (q Query) HasWords() bool { return len(q.clauses) > 0 }

// Narrows tells whether the query says more than words.
func (q Query) Narrows() bool { return q.Person != "" || q.Folder != "" || !q.From.IsZero() }

// Limits of what is typed; what is over is left out.
const (
	maxTyped   = 2000 // bytes
	maxClauses = 32
)

var (
	fieldAt = regexp.MustCompile(`(?i)^(người|nguoi|person|tập|tap|folder|thư mục|thu muc|bl|bút lục|but luc|folio)\s?:\s*`)
	quotes  = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‟", `"`)
)

// ParseQuery reads what a person typed. Words must all be there; "in quotes" they stand side by side, as do the parts
// of what is typed in one piece (12/3/2024, 29A-123.45). The last word may be the beginning of one, as may one that
// ends in *. A word after - must not be there. người:"Nguyễn Văn A" (or person:), tập:4 (folder:) and bl:120-145
// (folio:) narrow the search, with accents or without. What makes no sense is taken as words.
func ParseQuery(typed string) Query {
	var q Query
	if len(typed) > maxTyped {
		typed = strings.ToValidUTF8(typed[:maxTyped], "")
	}
	rest := strings.TrimSpace(quotes.Replace(norm.NFC.String(typed)))
	for rest != "" && len(q.clauses)+len(q.not) < maxClauses {
		if after, ok := q.field(rest); ok {
			rest = after
			continue
		}
		not := strings.HasPrefix(rest, "-") && len(rest) > 1 && rest[1] != ' '
		if not {
			rest = rest[1:]
		}
		piece, quoted, after := cutPiece(rest)
		rest = after
		c := clause{words: tokens(piece)}
		c.prefix = !quoted && (strings.HasSuffix(piece, "*") || rest == "")
		switch {
		case len(c.words) == 0:
		case not:
			c.prefix = strings.HasSuffix(piece, "*")
			q.not = append(q.not, c)
		default:
			q.clauses = append(q.clauses, c)
		}
	}
	return q
}

// field takes a field and its value from the beginning of what is typed, where one is there.
func (q *Query) field(typed string) (rest string, ok bool) {
	m := fieldAt.FindStringSubmatch(typed)
	if m == nil {
		return "", false
	}
	value, _, rest := cutPiece(typed[len(m[0]):])
	value = strings.TrimSpace(value)
	switch library.Fold(m[1]) {
	case "nguoi", "person":
		q.Person = value
	case "tap", "folder", "thu muc":
		q.Folder = value
	default:
		from, to, isRange := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(value), "-")
		first, ok := library.ParseFolio(from)
		last := first
		if isRange && ok {
			if end, known := library.ParseFolio(to); known {
				last = end
			}
		}
		if !ok {
			return "", false
		}
		q.From, q.To = first, last
	}
	return rest, true
}

// cutPiece takes what stands in quotes, or up to the next space.
func cutPiece(text string) (piece string, quoted bool, rest string) {
	if strings.HasPrefix(text, `"`) {
		piece, rest, _ = strings.Cut(text[1:], `"`)
		return piece, true, strings.TrimSpace(rest)
	}
	piece, rest, _ = strings.Cut(text, " ")
	if i := strings.IndexByte(piece, '"'); i > 0 { // a quote begins in the middle
		return piece[:i], false, strings.TrimSpace(text[i:])
	}
	return piece, false, strings.TrimSpace(rest)
}

// words are all words that are looked for, in their order.
func (q Query) words() []token {
	var list []token
	for _, c := range q.clauses {
		list = append(list, c.words...)
	}
	return list
}

// distinct are the words that are looked for, each once.
func (q Query) distinct() []token {
	var list []token
	for _, w := range q.words() {
		if !slices.ContainsFunc(list, func(have token) bool { return have.folded == w.folded }) {
			list = append(list, w)
		}
	}
	return list
}

// String is the query as it may be typed.
func (q Query) String() string {
	var parts []string
	add := func(c clause, sign string, last bool) {
		names := make([]string, len(c.words))
		for i, w := range c.words {
			names[i] = w.exact
		}
		text := strings.Join(names, " ")
		switch {
		case len(names) > 1 && c.prefix:
			text = strings.Join(names, "-") + "*"
		case len(names) > 1 || last && !c.prefix:
			text = `"` + text + `"`
		case c.prefix:
			text += "*"
		}
		parts = append(parts, sign+text)
	}
	for i, c := range q.clauses {
		add(c, "", i == len(q.clauses)-1)
	}
	for _, c := range q.not {
		add(c, "-", false)
	}
	if q.Person != "" {
		parts = append(parts, `người:"`+q.Person+`"`)
	}
	if q.Folder != "" {
		parts = append(parts, `tập:"`+q.Folder+`"`)
	}
	if !q.From.IsZero() {
		parts = append(parts, "bl:"+typedFolio(q.From)+"-"+typedFolio(q.To))
	}
	return strings.Join(parts, " ")
}

func typedFolio(f library.Folio) string {
	text := strings.TrimSuffix(f.String(), " (mặt sau)")
	if f.Back {
		text += "s"
	}
	return text
}

// enough is how many of n words a page must have: all, but of long queries most, since OCR errs.
func enough(n int) int {
	if n < 5 {
		return n
	}
	return (7*n + 9) / 10
}
