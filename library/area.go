package library

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"
)

// MaxArea is how many rectangles an area may have: the lines of a page.
const MaxArea = 200

// Area is a place on a page: a rectangle for each line of it, 0..1 of the upright page, kept to 1/100,000. It is a value
// that never changes, and two are equal by == when their rectangles are. The zero Area is the whole page.
type Area struct{ packed string } // four int32 for each rectangle

// AreaOf is the area of rectangles, in their order.
func AreaOf(rects ...Rect) Area {
	var b []byte
	for _, r := range rects {
		b = packPlaces(b, r.X0, r.Y0, r.X1, r.Y1)
	}
	return Area{string(b)}
}

// IsZero tells whether it is the whole page.
func (a Area) IsZero() bool { return a.packed == "" }

// Rects are its rectangles. The slice is the caller's.
func (a Area) Rects() []Rect {
	at := func(i int) float64 {
		return float64(int32(binary.LittleEndian.Uint32([]byte(a.packed[i:i+4])))) / fine
	}
	rects := make([]Rect, 0, len(a.packed)/16)
	for i := 0; i+16 <= len(a.packed); i += 16 {
		rects = append(rects, Rect{at(i), at(i + 4), at(i + 8), at(i + 12)})
	}
	return rects
}

// Bounds is the smallest rectangle with all of it; zero for the whole page.
func (a Area) Bounds() Rect {
	rects := a.Rects()
	if len(rects) == 0 {
		return Rect{}
	}
	bounds := rects[0]
	for _, r := range rects[1:] {
		bounds = bounds.Around(r)
	}
	return bounds
}

// Turned is where it lies once the page is turned clockwise by quarter turns.
func (a Area) Turned(quarters int) Area {
	if a.IsZero() || Turn(0).Plus(quarters) == 0 {
		return a
	}
	rects := a.Rects()
	for i, r := range rects {
		rects[i] = r.Turned(quarters)
	}
	return AreaOf(rects...)
}

// Touches tells whether the area and a rectangle of the page have something in common.
func (a Area) Touches(r Rect) bool {
	if a.IsZero() {
		return true
	}
	return slices.ContainsFunc(a.Rects(), func(own Rect) bool {
		return own.X0 < r.X1 && r.X0 < own.X1 && own.Y0 < r.Y1 && r.Y0 < own.Y1
	})
}

// MarshalJSON implements [json.Marshaler]: a list of [left, top, right, bottom].
func (a Area) MarshalJSON() ([]byte, error) {
	rects := a.Rects()
	list := make([][4]float64, len(rects))
	for i, r := range rects {
		list[i] = [4]float64{r.X0, r.Y0, r.X1, r.Y1}
	}
	return json.Marshal(list)
}

// UnmarshalJSON implements [json.Unmarshaler].
func (a *Area) UnmarshalJSON(data []byte) error {
	var list [][4]float64
	if err := decodeStrict(data, &list); err != nil {
		return err
	}
	rects := make([]Rect, len(list))
	for i, r := range list {
		rects[i] = Rect{r[0], r[1], r[2], r[3]}
	}
	*a = AreaOf(rects...)
	return nil
}

func (a Area) check(field string) error {
	rects := a.Rects()
	if len(rects) > MaxArea {
		return bad(field, "more than %d", MaxArea)
	}
	for _, r := range rects {
		if !r.Valid() {
			return bad(field, "not on the page")
		}
	}
	return nil
}

// IDs is a set of ids: a value that never changes, and two are equal by == when they have the same. The zero IDs has none.
type IDs struct{ joined string } // sorted, with a blank between

// IDsOf is the set of ids; those that are "" are left out.
func IDsOf(ids ...ID) IDs {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if id != "" {
			names = append(names, string(id))
		}
	}
	slices.Sort(names)
	return IDs{strings.Join(slices.Compact(names), " ")}
}

// IsZero tells whether it has none.
func (s IDs) IsZero() bool { return s.joined == "" }

// List is its ids in the order of their bytes. The slice is the caller's.
func (s IDs) List() []ID {
	var ids []ID
	for name := range strings.FieldsSeq(s.joined) {
		ids = append(ids, ID(name))
	}
	return ids
}

// Has tells whether an id is in it.
func (s IDs) Has(id ID) bool { return id != "" && slices.Contains(s.List(), id) }

// With is the set with ids more.
func (s IDs) With(ids ...ID) IDs { return IDsOf(append(s.List(), ids...)...) }

// Without is the set with an id less.
func (s IDs) Without(id ID) IDs {
	return IDsOf(slices.DeleteFunc(s.List(), func(have ID) bool { return have == id })...)
}

// merged is the set that two people made of it: what one took out is out, what one put in is in.
func (s IDs) merged(mine, theirs IDs) IDs {
	next := mine
	for _, id := range theirs.List() {
		if !s.Has(id) {
			next = next.With(id)
		}
	}
	for _, id := range s.List() {
		if !theirs.Has(id) {
			next = next.Without(id)
		}
	}
	return next
}

// MarshalJSON implements [json.Marshaler]: a list of ids.
func (s IDs) MarshalJSON() ([]byte, error) { return json.Marshal(s.List()) }

// UnmarshalJSON implements [json.Unmarshaler].
func (s *IDs) UnmarshalJSON(data []byte) error {
	var list []ID
	if err := decodeStrict(data, &list); err != nil {
		return err
	}
	for _, id := range list {
		if err := checkID("ids", id); err != nil {
			return err
		}
	}
	*s = IDsOf(list...)
	return nil
}
