package library

// Rect is a rectangle on the upright page: 0..1 of its width and height, x right, y down.
// The zero Rect means the whole page.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// WholePage is the view of all of a page.
var WholePage = Rect{0, 0, 1, 1}

// Or is r, or the whole page where r is zero.
func (r Rect) Or() Rect {
	if r == (Rect{}) {
		return WholePage
	}
	return r
}

// Valid tells whether r lies on the page and has an area; NaN is never valid.
func (r Rect) Valid() bool {
	return r.X0 >= 0 && r.Y0 >= 0 && r.X1 <= 1 && r.Y1 <= 1 && r.X0 < r.X1 && r.Y0 < r.Y1
}

// Turn is a rotation clockwise in quarter turns: 0, 1, 2 or 3.
type Turn uint8

// Plus is t turned further by quarter turns, which may be negative.
func (t Turn) Plus(quarters int) Turn { return Turn(((int(t)+quarters)%4 + 4) % 4) }

// Pane is one page of a shot and how it is looked at.
type Pane struct {
	Page PageID
	View Rect // of the page once turned upright
	Turn Turn
}

// Shot is exactly what is shown. The zero Shot shows nothing: black.
// It is comparable, so that two shots are the same picture when they are equal.
type Shot struct {
	Pane Pane
}

// ShotOf shows the whole of one page.
func ShotOf(p PageID) Shot { return Shot{Pane{Page: p}} }

// IsZero tells whether the shot shows nothing.
func (s Shot) IsZero() bool { return s == Shot{} }
