package library

import "slices"

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
	View Rect // of the page once turned
	Turn Turn
	// Marks were prepared for this showing; Live ones were made while the court looked. Both lie on the
	// upright page, before Turn.
	Marks, Live Marks
	Adjust      Adjust
	// Clip is what of a recording is played; the zero Span where the pane is a still page. Page.Index is
	// then where it stands now, in milliseconds; in a step that is Clip.From.
	Clip Span
	// Tracks are those of a recording that are shown and heard.
	Tracks Tracks
}

// Kept is the pane with its live marks made lasting ones, a clip at its beginning.
func (p Pane) Kept() Pane {
	p.Marks, p.Live = p.Marks.And(p.Live), Marks{}
	if !p.Clip.IsZero() {
		p.Page.Index = p.Clip.From
	}
	return p
}

// MaxPanes is how many pages a shot shows at most.
const MaxPanes = 4

// Shot is exactly what is shown: up to [MaxPanes] panes side by side. The zero Shot shows nothing:
// black. It is comparable, so that two shots are the same picture when they are equal.
type Shot struct {
	Panes    [MaxPanes]Pane
	Count    uint8 // panes in use; the others are zero
	Beat     uint8 // marks of later beats are not there yet
	Unmarked bool  // without marks, but for redactions
}

// ShotOf shows the whole of each page, of the first [MaxPanes] pages.
func ShotOf(pages ...PageID) Shot {
	var s Shot
	for _, p := range pages {
		s = s.Add(Pane{Page: p})
	}
	return s
}

// Add is the shot with one pane more; a full shot stays as it is. Where a clip plays in the shot, a
// second one stands still.
func (s Shot) Add(p Pane) Shot {
	if s.Count < MaxPanes {
		if _, _, plays := s.Clip(); plays {
			p.Clip = Span{}
		}
		s.Panes[s.Count] = p
		s.Count++
	}
	return s
}

// With is the shot with another pane at index i, or as it is where it has no such pane. Where a clip
// plays in another pane, a second one stands still.
func (s Shot) With(i int, p Pane) Shot {
	if i >= 0 && i < int(s.Count) {
		if at, _, plays := s.Clip(); plays && at != i {
			p.Clip = Span{}
		}
		s.Panes[i] = p
	}
	return s
}

// Push is the shot with one pane more at its end; of a full one the first pane goes.
func (s Shot) Push(p Pane) Shot {
	if s.Count == MaxPanes {
		copy(s.Panes[:], s.Panes[1:])
		s.Count--
	}
	return s.Add(p)
}

// Without is the shot without the pane at index i.
func (s Shot) Without(i int) Shot {
	rest := s
	rest.Panes, rest.Count = [MaxPanes]Pane{}, 0
	for k, p := range s.List() {
		if k != i {
			rest = rest.Add(p)
		}
	}
	return rest
}

// Beats is how many beats the shot has behind its first appearance.
func (s Shot) Beats() int {
	last := 0
	for _, p := range s.Panes[:s.Count] {
		last = max(last, p.Marks.LastBeat())
	}
	return last
}

// At is the shot at a beat, its marks so far there.
func (s Shot) At(beat int) Shot {
	s.Beat = uint8(max(0, min(beat, s.Beats())))
	return s
}

// HasLive tells whether marks were made on the shot while the court looked.
func (s Shot) HasLive() bool {
	for _, p := range s.Panes[:s.Count] {
		if !p.Live.IsZero() {
			return true
		}
	}
	return false
}

// Cleared is the shot without live marks.
func (s Shot) Cleared() Shot {
	for i := range s.Panes {
		s.Panes[i].Live = Marks{}
	}
	return s
}

// Kept is the shot as a step may hold it: at its beginning, its live marks made lasting ones.
func (s Shot) Kept() Shot {
	for i, p := range s.List() {
		s.Panes[i] = p.Kept()
	}
	s.Beat, s.Unmarked = 0, false
	return s
}

// Drawn is the marks that are to be seen on a pane now: those of the page itself (see [PageNote]), of the
// shot, and live ones, in this order, and redactions on top of all.
func (s Shot) Drawn(pane int, ofPage Marks) []Mark {
	if pane < 0 || pane >= int(s.Count) {
		return nil
	}
	p := s.Panes[pane]
	var drawn, redactions []Mark
	for _, marks := range []Marks{ofPage, p.Marks, p.Live} {
		for _, m := range marks.List() {
			switch {
			case m.Kind.Hides():
				redactions = append(redactions, m)
			case m.Beat <= int(s.Beat) && !s.Unmarked:
				drawn = append(drawn, m)
			}
		}
	}
	return append(drawn, redactions...)
}

// List is the panes in use, a copy.
func (s Shot) List() []Pane { return append([]Pane(nil), s.Panes[:s.Count]...) }

// First is the first pane, zero where there is none.
func (s Shot) First() Pane { return s.Panes[0] }

// Shows tells whether the page is in the shot.
func (s Shot) Shows(p PageID) bool {
	for _, pane := range s.Panes[:s.Count] {
		if pane.Page == p {
			return true
		}
	}
	return false
}

// IsZero tells whether the shot shows nothing.
func (s Shot) IsZero() bool { return s.Count == 0 }

// SamePages tells whether two shots show the same pages, or times of the same passage.
func (s Shot) SamePages(other Shot) bool {
	return s.Count > 0 && slices.EqualFunc(s.List(), other.List(), func(x, y Pane) bool {
		return x.Tracks == y.Tracks && (x.Page == y.Page || x.Page.Path == y.Page.Path && samePassage(x.Clip, y.Clip))
	})
}

// samePassage tells whether one of two spans of a recording is the other, or what that was widened to.
func samePassage(a, b Span) bool {
	return !a.IsZero() && !b.IsZero() && a.Rate() == b.Rate() &&
		(a.From <= b.From && a.To >= b.To || b.From <= a.From && b.To >= a.To)
}
