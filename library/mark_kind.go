package library

import "slices"

// MarkKind is what a mark is. Kinds are stored: never rename one.
type MarkKind string

// The kinds that something other than their traits is known of; what they are in [MarkTable].
const (
	MarkHighlight MarkKind = "highlight" // a transparent colour; what is printed stays readable
	MarkBox       MarkKind = "box"
	MarkEllipse   MarkKind = "ellipse"
	MarkArrow     MarkKind = "arrow" // its head is at the second point
	MarkLine      MarkKind = "line"
	MarkPen       MarkKind = "pen"
	MarkText      MarkKind = "text"
	MarkSpotlight MarkKind = "spotlight" // all else of the page is dimmed
	MarkCallout   MarkKind = "callout"   // a part of the page comes forward, enlarged
	MarkRedaction MarkKind = "redaction" // hides what is beneath, always and on top of everything
)

// MarkShape is how a mark's points tell where it is.
type MarkShape uint8

// The shapes.
const (
	ShapeRegion  MarkShape = iota // two corners
	ShapeRegions                  // two corners for each line of text, of which the area is coloured
	ShapeEnds                     // the two ends of a line
	ShapeWay                      // a hand's way, any number of points
	ShapePlace                    // of words: their upper left corner
)

// Points tells whether a mark of this shape can have so many points.
func (s MarkShape) Points(n int) bool {
	switch s {
	case ShapeRegions:
		return n >= 2 && n%2 == 0 && n <= MaxPoints
	case ShapeWay:
		return n >= 2 && n <= MaxPoints
	case ShapePlace:
		return n == 1
	case ShapeRegion, ShapeEnds:
	}
	return n == 2
}

// Area tells whether a mark of this shape is told by pairs of corners.
func (s MarkShape) Area() bool { return s == ShapeRegion || s == ShapeRegions }

// MarkLive is whether a kind is drawn while the court looks.
type MarkLive uint8

// What there is while the court looks.
const (
	LiveNone  MarkLive = iota // it is prepared only
	LiveDrawn                 // it is drawn on the court's picture with a pointer
	LiveOwn                   // its key has a tool of its own there
)

// MarkTraits are all that is to be told of a kind of mark. What is drawn as other kinds of its shape are needs no more than
// a row of [MarkTable], a picture for its tool ("mark-" + kind), and two texts in each language: "mark." + kind, and
// "key.tool-" + kind for the page of keys; and where it has a tool beside the court's picture, the short "live-tool." + kind.
type MarkTraits struct {
	Kind   MarkKind
	Key    string // that takes its tool in hand
	Shape  MarkShape
	Hides  bool     // what is beneath, always and on top of all: it waits for no beat, has no style, and is the page's
	OfStep bool     // it is never a page's: it belongs to the moment at which it is shown
	Stands bool     // it comes to stand elsewhere: see To of [Mark]
	Live   MarkLive // whether it is drawn while the court looks
	Mirror int      // the place of its tool beside the court's picture; 0: its key alone takes it
}

// MarkTable are the kinds of mark in the order in which they are offered, those that are used most first.
var MarkTable = []MarkTraits{
	{Kind: MarkHighlight, Key: "T", Shape: ShapeRegions, Live: LiveDrawn, Mirror: 2},
	{Kind: MarkBox, Key: "O", Live: LiveDrawn, Mirror: 5},
	{Kind: MarkCallout, Key: "C", OfStep: true, Stands: true, Live: LiveDrawn, Mirror: 1},
	{Kind: MarkArrow, Key: "A", Shape: ShapeEnds, Live: LiveDrawn, Mirror: 4},
	{Kind: MarkRedaction, Key: "U", Hides: true},
	{Kind: MarkEllipse, Key: "E", Live: LiveDrawn},
	{Kind: MarkSpotlight, Key: "S", OfStep: true, Live: LiveOwn},
	{Kind: MarkPen, Key: "P", Shape: ShapeWay, Live: LiveDrawn, Mirror: 3},
	{Kind: MarkLine, Key: "L", Shape: ShapeEnds, Live: LiveDrawn},
	{Kind: MarkText, Key: "W", Shape: ShapePlace},
}

// MarkKinds are all kinds in the order in which they are offered.
var MarkKinds = func() (kinds []MarkKind) {
	for _, t := range MarkTable {
		kinds = append(kinds, t.Kind)
	}
	return kinds
}()

// Traits are what is to be told of the kind; ok is false for what is none.
func (k MarkKind) Traits() (t MarkTraits, ok bool) {
	i := slices.IndexFunc(MarkTable, func(t MarkTraits) bool { return t.Kind == k })
	if i < 0 {
		return MarkTraits{Kind: k}, false
	}
	return MarkTable[i], true
}

// Shape is how points tell where a mark of the kind is.
func (k MarkKind) Shape() MarkShape {
	t, _ := k.Traits()
	return t.Shape
}

// Hides tells whether a mark of the kind hides what is beneath.
func (k MarkKind) Hides() bool {
	t, _ := k.Traits()
	return t.Hides
}

// OfStep tells whether a mark of the kind is never a page's.
func (k MarkKind) OfStep() bool {
	t, _ := k.Traits()
	return t.OfStep
}
