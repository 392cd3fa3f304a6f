package library

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"butluc/library/internal/numbers"
)

// Series says whose stamp counts pages. Stored and printed: never rename one.
type Series string

// The series; each has a word under the key "series." + its name.
const (
	SeriesNone         Series = ""         // nobody said whose
	SeriesInvestigator Series = "dieu-tra" // the investigating agency's
	SeriesProcuracy    Series = "kiem-sat" // the procuracy's
	SeriesCourt        Series = "toa-an"   // the court's
)

// AllSeries are all series in the order in which they are offered.
var AllSeries = []Series{SeriesNone, SeriesInvestigator, SeriesProcuracy, SeriesCourt}

// seriesWords are what a person may type behind a number to mean one of the series, folded.
var seriesWords = map[Series]string{
	SeriesInvestigator: "co quan dieu tra cqdt", SeriesProcuracy: "vien kiem sat vks", SeriesCourt: "toa an ta",
}

// Bound is where a folio counts: equal numbers of two bounds are no doubles. The zero Bound is the case.
type Bound struct {
	Series Series
	Volume string // where numbering starts again: "Tập 3"; "" where it goes on through the volumes
}

// IsZero tells whether pages count in the case itself.
func (b Bound) IsZero() bool { return b == Bound{} }

// Binding says where the pages from a page on count, up to its file's end or the next binding in it. Of a
// folder, with index 0, it holds for all below that have none nearer.
type Binding struct {
	First  PageID `json:"first"`
	Series Series `json:"series,omitempty"`
	Volume string `json:"volume,omitempty"`
}

// Key implements [Record].
func (b Binding) Key() Key { return Key{TableBindings, b.First.String()} }

func (b Binding) check() error {
	if !slices.Contains(AllSeries, b.Series) {
		return bad("series", "%q is no series", b.Series)
	}
	return checks(checkPage("first", b.First), BindingTexts.check(b))
}

// Stated is how many folios the indictment says that the case has, by series; 0 where it says nothing.
type Stated struct {
	Case         int `json:"case,omitempty"`
	Investigator int `json:"investigator,omitempty"`
	Procuracy    int `json:"procuracy,omitempty"`
	Court        int `json:"court,omitempty"`
}

// Of is the number stated for a series.
func (s Stated) Of(series Series) int { return *s.field(series) }

// With is s with the number of a series.
func (s Stated) With(series Series, n int) Stated {
	*s.field(series) = n
	return s
}

func (s *Stated) field(series Series) *int {
	switch series {
	case SeriesInvestigator:
		return &s.Investigator
	case SeriesProcuracy:
		return &s.Procuracy
	case SeriesCourt:
		return &s.Court
	default:
		return &s.Case
	}
}

func (s Stated) check() error {
	for _, series := range AllSeries {
		if n := s.Of(series); n < 0 || n > MaxFolio {
			return bad("stated", "%d is not 0 to %d", n, MaxFolio)
		}
	}
	return nil
}

// Binding finds what was said of the pages from a page, or of a folder, on.
func (o Outline) Binding(first PageID) (Binding, bool) {
	return find[Binding](o, TableBindings, first.String())
}

// Bindings gives all bindings, ordered by path in bytes and page.
func (o Outline) Bindings() []Binding {
	return sorted(o, TableBindings, func(a, b Binding) int { return comparePages(a.First, b.First) })
}

// Bounds is [Outline.BoundOf] for many pages.
func (o Outline) Bounds(x *Index) func(PageID) Bound { return o.documents(x).bound }

// BoundOf tells where a page's folio counts: as the nearest binding says. Where none does, pages in
// folders or files called "Tập 2", "Quyển 3" count in those, if numbers start again there: that is when
// one of them has half of the numbers that the one before has.
func (o Outline) BoundOf(p PageID, x *Index) Bound { return o.documents(x).bound(p) }

// bound is where a page counts.
func (d *documents) bound(p PageID) Bound {
	list := d.cutting.bindings[p.Path]
	at, found := slices.BinarySearchFunc(list, p.Index, func(b Binding, i int) int { return cmp.Compare(b.First.Index, i) })
	if !found {
		at--
	}
	if at >= 0 {
		return Bound{list[at].Series, list[at].Volume}
	}
	if len(d.cutting.bindings) > 0 {
		for dir := path.Dir(p.Path); dir != "."; dir = path.Dir(dir) {
			if list := d.cutting.bindings[dir]; len(list) > 0 {
				return Bound{list[0].Series, list[0].Volume}
			}
		}
	}
	if d.restarts() {
		return Bound{Volume: d.groups[d.byPath[p.Path].group].volume}
	}
	return Bound{}
}

// restarts tells whether numbers start again in the volumes that paths name.
func (d *documents) restarts() bool {
	d.restart.Do(func() {
		sets := map[string]*numbers.Set{}
		var order []string
		for _, g := range d.groups {
			if g.volume == "" {
				continue
			}
			of := sets[g.volume]
			for k := range g.docs {
				for _, f := range g.docs[k].allFolios {
					if f.IsZero() {
						continue
					}
					if of == nil {
						of = &numbers.Set{}
						sets[g.volume], order = of, append(order, g.volume)
					}
					of.Add(f.Number)
				}
			}
		}
		for i := 1; i < len(order) && !d.again; i++ {
			a, b := sets[order[i-1]], sets[order[i]]
			d.again = 2*a.Common(b) >= max(fewest, min(a.Count(), b.Count()))
		}
	})
	return d.again
}

// fewest is twice how many numbers two volumes must have in common before it can be no accident.
const fewest = 6

// volumeNames finds the volumes that paths name, folder by folder.
type volumeNames map[string]string

// of is the volume that a file's path names: by its nearest folder that names one, else by its own name.
func (v volumeNames) of(file string) string {
	if name := v.folder(path.Dir(file)); name != "" {
		return name
	}
	return volumeName(strings.TrimSuffix(path.Base(file), path.Ext(file)))
}

func (v volumeNames) folder(dir string) string {
	if dir == "." {
		return ""
	}
	name, known := v[dir]
	if !known {
		if name = volumeName(path.Base(dir)); name == "" {
			name = v.folder(path.Dir(dir))
		}
		v[dir] = name
	}
	return name
}

// volumeName is the volume that a folder's or file's name begins with: "Tập 2" of "Tap 02 - Lời khai";
// "" where it names none.
func volumeName(name string) string {
	if !volumeBegins(name) {
		return ""
	}
	parts := words(name)
	if len(parts) > 2 && parts[1] == "so" { // "Tập số 2"
		parts = slices.Delete(parts, 1, 2)
	}
	if len(parts) < 2 || parts[1][0] < '0' || parts[1][0] > '9' {
		return ""
	}
	switch parts[0] {
	case "tap":
		return "Tập " + parts[1]
	case "quyen":
		return "Quyển " + parts[1]
	}
	return ""
}

// volumeBegins tells cheaply of most names that they name no volume.
func volumeBegins(name string) bool {
	first, size := utf8.DecodeRuneInString(name)
	second, _ := utf8.DecodeRuneInString(name[size:])
	switch first {
	case 'T', 't':
		return strings.ContainsRune("aAậẬâÂ", second)
	case 'Q', 'q':
		return second == 'u' || second == 'U'
	}
	return false
}
