package library

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Point is a place on the upright page: 0..1 of its width and height, x right, y down.
type Point struct{ X, Y float64 }

// Turned is where the point lies once the page is turned clockwise by quarter turns.
func (p Point) Turned(quarters int) Point {
	for range Turn(0).Plus(quarters) {
		p = Point{1 - p.Y, p.X}
	}
	return p
}

// RectOf is the rectangle with two opposite corners.
func RectOf(a, b Point) Rect {
	return Rect{min(a.X, b.X), min(a.Y, b.Y), max(a.X, b.X), max(a.Y, b.Y)}
}

// Corners are the upper left and the lower right one.
func (r Rect) Corners() (a, b Point) { return Point{r.X0, r.Y0}, Point{r.X1, r.Y1} }

// MarkColors are the names that a mark's colour may have; presenter/compose knows how each looks.
var MarkColors = []string{"yellow", "orange", "red", "green", "blue", "purple", "black", "white"}

// Limits of marks.
const (
	MaxMarks    = 200  // on a page of one shot
	MaxPoints   = 4000 // of one mark
	MaxBeat     = 50
	MaxMarkText = 500 // bytes
	MinWidth    = 0.25
	MaxWidth    = 8.0
)

// Mark is one thing drawn on a page.
type Mark struct {
	Kind MarkKind
	// Points are two corners, or of a highlight a pair for each line of text; of an arrow and a line its
	// ends; of a pen its way; of a text its upper left corner.
	Points []Point
	Color  string  // one of [MarkColors]; "" for the kind's own
	Width  float64 // of lines, and the size of text, as a multiple of the usual; 0 for the usual
	Text   string  // of a text
	Beat   int     // the mark appears with this beat; 0: with the page
	To     Rect    // where a callout comes to stand, 0..1 of its pane; zero: where there is room
}

// Bounds is the smallest rectangle with all points in it.
func (m Mark) Bounds() Rect {
	if len(m.Points) == 0 {
		return Rect{}
	}
	r := RectOf(m.Points[0], m.Points[0])
	for _, p := range m.Points[1:] {
		r = Rect{min(r.X0, p.X), min(r.Y0, p.Y), max(r.X1, p.X), max(r.Y1, p.Y)}
	}
	return r
}

// Regions are the rectangles of a highlight, one a line of text, or the one of another region.
func (m Mark) Regions() []Rect {
	var regions []Rect
	for i := 0; i+1 < len(m.Points); i += 2 {
		regions = append(regions, RectOf(m.Points[i], m.Points[i+1]))
	}
	return regions
}

// Turned is the mark on the page turned clockwise by quarter turns.
func (m Mark) Turned(quarters int) Mark {
	m.Points = slices.Clone(m.Points)
	for i, p := range m.Points {
		m.Points[i] = p.Turned(quarters)
	}
	return m
}

// Moved is the mark moved on the page by parts of it, as far as the page goes.
func (m Mark) Moved(dx, dy float64) Mark {
	b := m.Bounds()
	dx, dy = clamp(dx, -b.X0, 1-b.X1), clamp(dy, -b.Y0, 1-b.Y1)
	m.Points = slices.Clone(m.Points)
	for i, p := range m.Points {
		m.Points[i] = Point{clamp(p.X+dx, 0, 1), clamp(p.Y+dy, 0, 1)}
	}
	return m
}

// Fitted is the mark stretched so that its bounds are another rectangle. A text only moves.
func (m Mark) Fitted(to Rect) Mark {
	b := m.Bounds()
	along := func(v, from, size, toFrom, toSize float64) float64 {
		if size <= 0 {
			return clamp(toFrom, 0, 1)
		}
		return clamp(toFrom+(v-from)/size*toSize, 0, 1)
	}
	m.Points = slices.Clone(m.Points)
	for i, p := range m.Points {
		m.Points[i] = Point{
			along(p.X, b.X0, b.X1-b.X0, to.X0, to.X1-to.X0),
			along(p.Y, b.Y0, b.Y1-b.Y0, to.Y0, to.Y1-to.Y0),
		}
	}
	return m
}

func (m Mark) check(field string) error {
	t, known := m.Kind.Traits()
	if !known {
		return bad(field+".kind", "%q is none", m.Kind)
	}
	if n := len(m.Points); !t.Shape.Points(n) {
		return bad(field+".at", "%d points are no %s", n, m.Kind)
	}
	for _, p := range m.Points {
		if !(p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1) {
			return bad(field+".at", "not on the page")
		}
	}
	if t.Shape.Area() {
		for _, r := range m.Regions() {
			if !r.Valid() {
				return bad(field+".at", "has no area")
			}
		}
	}
	switch {
	case m.Width != 0 && !(m.Width >= MinWidth && m.Width <= MaxWidth):
		return bad(field+".width", "%v is not %v to %v", m.Width, MinWidth, MaxWidth)
	case m.Beat < 0 || m.Beat > MaxBeat:
		return bad(field+".beat", "%d is not 0 to %d", m.Beat, MaxBeat)
	case t.Hides && m.Beat != 0:
		return bad(field+".beat", "a redaction is always there")
	case (t.Shape == ShapePlace) != (m.Text != ""):
		return bad(field+".text", "text belongs to a mark of the kind text")
	case m.To != (Rect{}) && (!t.Stands || !m.To.Valid()):
		return bad(field+".to", "no place of a callout")
	}
	return checks(checkText(field+".text", m.Text, MaxMarkText), checkCode(field+".color", m.Color, MarkColors))
}

// markRecord is a [Mark] as it is written.
type markRecord struct {
	Kind  MarkKind    `json:"kind"`
	At    []float64   `json:"at"` // x, y, x, y, …
	Color string      `json:"color,omitempty"`
	Width float64     `json:"width,omitempty"`
	Text  string      `json:"text,omitempty"`
	Beat  int         `json:"beat,omitempty"`
	To    *[4]float64 `json:"to,omitempty"`
}

func marksOf(records []markRecord) ([]Mark, error) {
	list := make([]Mark, len(records))
	for i, r := range records {
		if len(r.At)%2 != 0 {
			return nil, bad(fmt.Sprintf("marks[%d].at", i), "half a point")
		}
		m := Mark{Kind: r.Kind, Color: r.Color, Width: r.Width, Text: r.Text, Beat: r.Beat}
		for k := 0; k < len(r.At); k += 2 {
			m.Points = append(m.Points, Point{r.At[k], r.At[k+1]})
		}
		if t := r.To; t != nil {
			m.To = Rect{t[0], t[1], t[2], t[3]}
		}
		list[i] = m
	}
	return list, nil
}

// Add is the list with marks more.
func (m Marks) Add(more ...Mark) Marks { return MarksOf(append(m.List(), more...)...) }

// And is the list with another one behind it.
func (m Marks) And(other Marks) Marks {
	switch {
	case other.IsZero():
		return m
	case m.IsZero():
		return other
	}
	return m.Add(other.List()...)
}

// lacks is what of another list this one has not.
func (m Marks) lacks(other Marks) []Mark {
	have := map[Marks]bool{}
	for _, mark := range m.List() {
		have[MarksOf(mark)] = true
	}
	return slices.DeleteFunc(other.List(), func(mark Mark) bool { return have[MarksOf(mark)] })
}

// with is the list with those of another one that it lacks. Where these are too many for a page, the last ones
// that hide nothing are left out.
func (m Marks) with(other Marks) Marks {
	list := append(m.List(), m.lacks(other)...)
	for i := len(list) - 1; i >= 0 && len(list) > MaxMarks; i-- {
		if !list[i].Kind.Hides() {
			list = slices.Delete(list, i, i+1)
		}
	}
	return MarksOf(list...)
}

// Turned is all marks on the page turned clockwise by quarter turns.
func (m Marks) Turned(quarters int) Marks {
	if m.IsZero() || Turn(0).Plus(quarters) == 0 {
		return m
	}
	list := m.List()
	for i := range list {
		list[i] = list[i].Turned(quarters)
	}
	return MarksOf(list...)
}

// LastBeat is the greatest beat of a mark, 0 where all appear with the page.
func (m Marks) LastBeat() int {
	last := 0
	for _, mark := range m.List() {
		last = max(last, mark.Beat)
	}
	return last
}

// MarshalJSON implements [json.Marshaler].
func (m Marks) MarshalJSON() ([]byte, error) {
	list := m.List()
	records := make([]markRecord, len(list))
	for i, m := range list {
		r := markRecord{Kind: m.Kind, At: make([]float64, 0, 2*len(m.Points)), Color: m.Color, Width: m.Width, Text: m.Text, Beat: m.Beat}
		for _, p := range m.Points {
			r.At = append(r.At, p.X, p.Y)
		}
		if t := m.To; t != (Rect{}) {
			r.To = &[4]float64{t.X0, t.Y0, t.X1, t.Y1}
		}
		records[i] = r
	}
	return json.Marshal(records)
}

// UnmarshalJSON implements [json.Unmarshaler].
func (m *Marks) UnmarshalJSON(data []byte) error {
	var records []markRecord
	if err := decodeStrict(data, &records); err != nil {
		return err
	}
	list, err := marksOf(records)
	if err != nil {
		return err
	}
	*m = MarksOf(list...)
	return nil
}

// check tells what of the list can't be; of a page no mark may wait for a beat, which belongs to a step.
func (m Marks) check(field string, ofPage bool) error {
	list := m.List()
	if len(list) > MaxMarks {
		return bad(field, "more than %d", MaxMarks)
	}
	for i, mark := range list {
		at := fmt.Sprintf("%s[%d]", field, i)
		if err := mark.check(at); err != nil {
			return err
		}
		if ofPage && mark.Beat != 0 {
			return bad(at+".beat", "a page has no beats")
		}
	}
	return nil
}
