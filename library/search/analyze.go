package search

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// A page is one field. Each of its words is three terms: the word without accents; behind a sign that no word has,
// the word as it is written; and with the word before it, both without accents. Words side by side are found by
// their pairs, which are rare: places of words in the page, which the index could keep as well, made questions ten
// times slower.
const (
	field      = "t"
	exactSign  = "="
	pairSign   = "_"
	vietnamese = "butluc-vi" // the analyzer's name, which stands in each index
)

func exactTerm(t token) string { return exactSign + t.exact }

func pairTerm(a, b token) string { return a.folded + pairSign + b.folded }

type analyzer struct{}

// Analyze implements [analysis.Analyzer].
func (analyzer) Analyze(text []byte) analysis.TokenStream {
	words := tokens(string(text))
	stream := make(analysis.TokenStream, 0, 3*len(words))
	add := func(term string, w token) {
		stream = append(stream, &analysis.Token{Term: []byte(term), Start: w.from, End: w.to, Position: len(stream) + 1, Type: analysis.AlphaNumeric})
	}
	for i, w := range words {
		add(w.folded, w)
		add(exactTerm(w), w)
		if i > 0 {
			add(pairTerm(words[i-1], w), w)
		}
	}
	return stream
}

func init() {
	err := registry.RegisterAnalyzer(vietnamese, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) { return analyzer{}, nil })
	if err != nil {
		panic(err) // two of that name
	}
}

// newMapping says what is kept of a page: which words are on it, not the text, which others keep.
func newMapping() mapping.IndexMapping {
	words := bleve.NewTextFieldMapping()
	words.Analyzer, words.Store, words.IncludeInAll, words.IncludeTermVectors, words.DocValues = vietnamese, false, false, false, false
	page := bleve.NewDocumentStaticMapping()
	page.AddFieldMappingsAt(field, words)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer, m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = page, vietnamese, false, false, false
	return m
}
