package print

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Margins and measures, in millimetres; sizes of letters in points.
const (
	pageWidth, pageHeight   = 210.0, 297.0
	marginLeft, marginRight = 30.0, 20.0
	marginTop, marginBottom = 20.0, 20.0
	textWidth               = pageWidth - marginLeft - marginRight
	pictureWidth            = 64.0
	pictureHigh             = 90.0 // at most, beside a step
	gutter                  = 5.0

	bodySize, smallSize, footSize = 13.0, 12.0, 9.0
)

type style int

const (
	plain style = iota
	bold
	italic
)

// span is text in one style; it may hold line breaks.
type span struct {
	text  string
	style style
}

type align int

const (
	left align = iota
	centre
	right
)

// para is a paragraph.
type para struct {
	spans  []span
	size   float64 // points
	align  align
	before float64 // mm of room above
	keep   bool    // on one page with what follows
	rule   bool    // a short line beneath, as under the motto
	dots   bool    // a dotted line to write on
	level  int     // of a heading that bookmarks lead to, from 1; 0: none does
}

// step is a step as it is set: a head across, the picture at the left, the rest beside it.
type step struct {
	title, folios string
	picture       *picture // nil: nothing is shown
	body          []para
}

// plate is a picture on a page of its own, with what there is to tell of it beneath.
type plate struct {
	part    string // a bookmark with this name leads to the page, above that of the head; "" for none
	head    para
	picture *picture
	facts   []para
}

// table is a table with a head that each page repeats. Widths are shares of the text's width.
type table struct {
	head   []string
	widths []float64
	centre []bool
	rows   [][]string
	sum    bool // the last row is the sum of the others
}

// sheet sets text on pages. Its errors come out of finish.
type sheet interface {
	para(p para)
	columns(share float64, one, two []para) // side by side, on one page; share is the first one's of the width
	step(s step)
	plate(p plate)
	table(t table)
	breakPage()
	finish(w io.Writer) error
}

// clean makes text fit to be set: letters composed, since fonts hold them so, line ends plain, and
// nothing that moves the pen.
func clean(s string) string {
	s = strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
			return -1
		}
		return r
	}, s)
}

func text(s string) []span       { return []span{{clean(s), plain}} }
func strong(s string) []span     { return []span{{clean(s), bold}} }
func emphasised(s string) []span { return []span{{clean(s), italic}} }

// labelled is "Vụ án: …".
func labelled(label, s string) []span { return []span{{clean(label) + " ", bold}, {clean(s), plain}} }

// spansText is what spans say.
func spansText(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}
