package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/search/query"
)

// question is one way to ask the index for what was typed.
type question struct {
	query query.Query
	last  bool // asked only where nothing was found so far
}

// questions are asked one after the other, until there are enough pages: first for those on which the words stand as
// they were typed, then for all that have them, then for beginnings of words; each time for the very accents first,
// since how often a word is on a page would outweigh them. Most of a long query in one place is found beside all of it
// in many, and is mostly better by its pairs: OCR errs. Where there is none, for pages that have most of the words, and
// for words like them.
func (x *Index) questions(ctx context.Context, q Query) []question {
	words := q.words()
	prefix := len(q.clauses) > 0 && q.clauses[len(q.clauses)-1].prefix
	var list []question
	ask := func(last bool, must ...query.Query) {
		if len(must) > 0 && ctx.Err() == nil {
			list = append(list, question{q.better(must), last})
		}
	}
	if len(words) > 1 {
		ask(false, slices.Concat(exact(words), pairs(words))...)
		if prefix {
			ask(false, append(pairs(words[:len(words)-1]), x.begins(pairTerm(words[len(words)-2], words[len(words)-1])))...)
		} else {
			ask(false, pairs(words)...)
		}
	}
	var strict, begun []query.Query
	for _, c := range q.clauses {
		strict = append(strict, c.query()...)
		if c.prefix {
			n := len(c.words) - 1
			begun = append(begun, clause{words: c.words[:n]}.query()...)
			if n > 0 {
				begun = append(begun, x.begins(pairTerm(c.words[n-1], c.words[n])))
			} else {
				begun = append(begun, x.begins(c.words[n].folded))
			}
		} else {
			begun = append(begun, c.query()...)
		}
	}
	long := len(words) > 4 // who types so much means a passage: where it stands, others are not asked for
	distinct := q.distinct()
	if long {
		near := append(x.most(distinct), some(pairs(words), len(words)/2))
		ask(true, some([]query.Query{query.NewConjunctionQuery(near), query.NewConjunctionQuery(strict)}, 1))
	} else {
		ask(false, append(exact(words), strict...)...)
		ask(false, strict...)
	}
	if prefix {
		ask(long, begun...)
	}
	if len(words) > 1 {
		ask(true, x.most(distinct)...)
	}
	like := make([]query.Query, len(distinct))
	for i, w := range distinct {
		like[i] = likeWord(w)
	}
	ask(true, some(like, enough(len(distinct))))
	return list
}

// better asks for pages with all of must and without what must not be there. Those are better on which words stand
// with the accents that were typed, and side by side.
func (q Query) better(must []query.Query) query.Query {
	b := query.NewBooleanQuery(must, nil, nil)
	words := q.words()
	for _, w := range words {
		b.AddShould(term(exactTerm(w), 1))
	}
	for _, p := range pairs(words) {
		b.AddShould(p)
	}
	for _, c := range q.not {
		b.AddMustNot(query.NewConjunctionQuery(c.unwanted()))
	}
	return b
}

// unwanted asks for the words of a clause, too, and for all that its last word may begin: none may be left out.
func (c clause) unwanted() []query.Query {
	if !c.prefix {
		return c.query()
	}
	n := len(c.words) - 1
	start := c.words[n].folded
	if n > 0 {
		start = pairTerm(c.words[n-1], c.words[n])
	}
	begins := query.NewPrefixQuery(start)
	begins.SetField(field)
	return append(pairs(c.words[:n]), begins)
}

// exact asks for words with the accents that they have.
func exact(words []token) []query.Query {
	list := make([]query.Query, len(words))
	for i, w := range words {
		list[i] = term(exactTerm(w), 1)
	}
	return list
}

// query asks for the words of a clause, and for their pairs where they are to stand side by side.
func (c clause) query() []query.Query {
	list := pairs(c.words)
	if len(c.words) == 1 {
		list = append(list, term(c.words[0].folded, 1))
	}
	return list
}

func pairs(words []token) []query.Query {
	var list []query.Query
	for i := range len(words) - 1 {
		list = append(list, term(pairTerm(words[i], words[i+1]), 1))
	}
	return list
}

func term(text string, boost float64) query.Query {
	t := query.NewTermQuery(text)
	t.SetField(field)
	t.SetBoost(boost)
	return t
}

func some(parts []query.Query, least int) query.Query {
	d := query.NewDisjunctionQuery(parts)
	d.SetMin(float64(max(1, least)))
	return d
}

// most asks for pages that have most of the words. Each of them has one of the rarest: those lead, or all pages
// with the frequent ones would be looked at.
func (x *Index) most(words []token) []query.Query {
	least := enough(len(words))
	all := make([]query.Query, len(words))
	for i, w := range words {
		all[i] = term(w.folded, 1)
	}
	if least >= len(words) {
		return all
	}
	byCount := slices.Clone(words)
	counts := map[string]uint64{}
	for _, w := range words {
		counts[w.folded] = x.count(w.folded)
	}
	slices.SortStableFunc(byCount, func(a, b token) int { return cmp.Compare(counts[a.folded], counts[b.folded]) })
	var rare []query.Query
	for _, w := range byCount[:len(words)-least+1] {
		rare = append(rare, term(w.folded, 0))
	}
	return []query.Query{query.NewDisjunctionQuery(rare), some(all, least)}
}

// count is on how many pages a term is.
func (x *Index) count(text string) uint64 {
	var n uint64
	x.each(text, func(have string, count uint64) bool {
		if have == text {
			n = count
		}
		return false // it comes before all that go on
	})
	return n
}

// each calls f for the terms that begin with a text, in their order, until f tells false.
func (x *Index) each(text string, f func(term string, count uint64) bool) {
	dict, err := x.bleve.FieldDictPrefix(field, []byte(text))
	if err != nil {
		return // then it stands for itself alone
	}
	defer dict.Close() //nolint:errcheck // read only
	for {
		e, err := dict.Next()
		if err != nil || e == nil || !f(e.Term, e.Count) {
			return
		}
	}
}

// Limits of what a beginning may stand for.
const (
	leastPrefix = 2      // letters
	mostBegun   = 16     // terms, the most frequent
	mostPages   = 20_000 // on which they are, together: all are looked at
)

// begins asks for terms that begin with a text: the text itself, and the most frequent others.
func (x *Index) begins(text string) query.Query {
	parts := []query.Query{term(text, 1)}
	if len(text) < leastPrefix {
		return parts[0]
	}
	type counted struct {
		text  string
		count uint64
	}
	var longer []counted
	x.each(text, func(have string, count uint64) bool {
		if have != text && (len(have) == len(text) || !isPair(have) || isPair(text)) {
			longer = append(longer, counted{have, count})
		}
		return true
	})
	slices.SortFunc(longer, func(a, b counted) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text)) })
	pages := uint64(0)
	for _, l := range longer[:min(len(longer), mostBegun)] {
		if pages += l.count; pages > mostPages && len(parts) > 1 {
			break
		}
		parts = append(parts, term(l.text, 0.3))
	}
	return query.NewDisjunctionQuery(parts)
}

func isPair(term string) bool {
	for i := range len(term) {
		if term[i] == pairSign[0] {
			return true
		}
	}
	return false
}

// likeWord asks for a word, or where it is long enough for one with a wrong letter.
func likeWord(w token) query.Query {
	if len(w.folded) < leastFuzzy {
		return term(w.folded, 1)
	}
	like := query.NewFuzzyQuery(w.folded)
	like.SetField(field)
	like.SetFuzziness(1)
	like.SetBoost(0.2)
	return query.NewDisjunctionQuery([]query.Query{term(w.folded, 1), like})
}
