package excerpts

import (
	"cmp"
	"image"
	"slices"
	"strings"

	"butluc/app/console/label"
	"butluc/library"
)

// Row is an excerpt as it is listed.
type Row struct {
	Excerpt library.Excerpt
	Page    library.PageID // where it is now
	Name    string         // of the page: "BL 45 · Biên bản hỏi cung"
	Speaker library.ID
	Person  string
	Date    string
	Matters string            // their titles
	State   library.PageState // of its page
	Hidden  bool              // a redaction lies on it

	folded string
}

// Filter narrows what is listed; the zero Filter lets everything through.
type Filter struct {
	Typed  string
	Person library.ID
	Side   *library.Side // nil for all
	Matter library.ID    // with its parts
}

// list is the rows of an outline, made when first asked for and kept until it is another.
type list struct {
	of     library.Outline
	in     *library.Index
	rows   []Row
	proofs []library.Proof // nil: not asked for yet
	times  *library.Timeline
}

func (x *Excerpts) fresh() *list {
	o, index := x.dossier.Outline(), x.dossier.Index()
	if x.list.rows == nil || x.list.of != o || x.list.in != index {
		x.list = list{of: o, in: index, rows: x.makeRows(o, index, x.list.rows)}
	}
	return &x.list
}

// Rows are all excerpts in the order of the case's documents. The slice is not to be written to.
func (x *Excerpts) Rows() []Row { return x.fresh().rows }

// Proofs are the matters with what proves them. The slice is not to be written to.
func (x *Excerpts) Proofs() []library.Proof {
	l := x.fresh()
	if l.proofs == nil {
		l.proofs = l.of.Evidence(l.in)
	}
	return l.proofs
}

// Timeline is what happened when. It is not to be written to.
func (x *Excerpts) Timeline() library.Timeline {
	l := x.fresh()
	if l.times == nil {
		t := l.of.Timeline(l.in)
		l.times = &t
	}
	return *l.times
}

// Row finds an excerpt among all.
func (x *Excerpts) Row(id library.ID) (Row, bool) {
	rows := x.Rows()
	if i := slices.IndexFunc(rows, func(r Row) bool { return r.Excerpt.ID == id }); i >= 0 {
		return rows[i], true
	}
	return Row{}, false
}

// makeRows makes the rows; the folded words of those that say what they said before are taken over.
func (x *Excerpts) makeRows(o library.Outline, index *library.Index, before []Row) []Row {
	had := make(map[library.ID]Row, len(before))
	for _, r := range before {
		had[r.Excerpt.ID] = r
	}
	titles := map[library.ID]string{}
	for _, n := range o.MatterTree() {
		titles[n.Matter.ID] = n.Number + " " + n.Matter.Title
	}
	names := map[library.PageID]string{}
	pages := x.dossier.PagesNow()
	rows := make([]Row, 0, o.Count(library.TableExcerpts))
	for _, e := range o.ExcerptsBy(index) {
		state, now := o.Locate(e.Page, index)
		d, _ := o.DocumentOf(now, index)
		r := Row{Excerpt: e, Page: now, State: state, Date: d.Date, Speaker: e.Person, Hidden: e.HiddenBy(pages.Shown(now))}
		if r.Speaker == "" {
			r.Speaker = d.Person
		}
		p, _ := o.Person(r.Speaker)
		r.Person = p.Name
		var matters []string
		for _, id := range e.Matters.List() {
			matters = append(matters, titles[id])
		}
		slices.Sort(matters)
		r.Matters = strings.Join(matters, "; ")
		name, ok := names[now]
		if !ok {
			name = x.labels.Name(now)
			names[now] = name
		}
		r.Name = name
		if e.To > 0 {
			r.Name += " · " + label.Span(library.Span{From: now.Index, To: e.To})
		}
		if was, ok := had[e.ID]; ok && was.Excerpt == r.Excerpt && was.Name == r.Name && was.Person == r.Person && was.Matters == r.Matters && was.Date == r.Date {
			r.folded = was.folded
		} else {
			r.folded = library.Fold(strings.Join([]string{r.Name, r.Person, r.Date, e.Text, e.When, e.Where, e.Note, r.Matters}, "\n"))
		}
		rows = append(rows, r)
	}
	return rows
}

// Filtered are the rows that a filter lets through, in their order.
func (x *Excerpts) Filtered(f Filter) []Row {
	words := library.NewFilter(f.Typed)
	matters := x.below(f.Matter)
	var rows []Row
	for _, r := range x.Rows() {
		switch {
		case f.Person != "" && r.Speaker != f.Person:
		case f.Side != nil && r.Excerpt.Side != *f.Side:
		case f.Matter != "" && !slices.ContainsFunc(r.Excerpt.Matters.List(), func(id library.ID) bool { return matters[id] }):
		case !words.Match(r.folded):
		default:
			rows = append(rows, r)
		}
	}
	return rows
}

// below is a matter with all its parts.
func (x *Excerpts) below(matter library.ID) map[library.ID]bool {
	all := map[library.ID]bool{}
	var walk func(id library.ID)
	walk = func(id library.ID) {
		all[id] = true
		for _, part := range x.dossier.Outline().Order(library.TableMatters, id) {
			walk(part)
		}
	}
	if matter != "" {
		walk(matter)
	}
	return all
}

// Found are the excerpts that have all words that are typed, those that accuse first; none where nothing is typed. It is what
// answers an argument of the defence.
func (x *Excerpts) Found(typed string, most int) []Row {
	if library.NewFilter(typed).IsZero() {
		return nil
	}
	rows := x.Filtered(Filter{Typed: typed})
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Or(compareSides(a, b), b.Excerpt.Weight-a.Excerpt.Weight) })
	return rows[:min(len(rows), most)]
}

// Answers are the excerpts that speak of what an argument says, those that accuse first: they need not have all of its words,
// but of those that have most of them nearly as many.
func (x *Excerpts) Answers(argument string, most int) []Row {
	var words []library.Filter
	for _, w := range strings.Fields(argument) {
		if len([]rune(w)) > 1 {
			words = append(words, library.NewFilter(w))
		}
	}
	scores, best := map[library.ID]int{}, 0
	for _, r := range x.Rows() {
		n := 0
		for _, w := range words {
			if w.Match(r.folded) {
				n++
			}
		}
		scores[r.Excerpt.ID] = n
		best = max(best, n)
	}
	var rows []Row
	for _, r := range x.Rows() {
		if n := scores[r.Excerpt.ID]; n > 0 && 3*n >= 2*best {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(compareSides(a, b), scores[b.Excerpt.ID]-scores[a.Excerpt.ID], b.Excerpt.Weight-a.Excerpt.Weight)
	})
	return rows[:min(len(rows), most)]
}

// compareSides puts what accuses before what clears.
func compareSides(a, b Row) int {
	rank := func(r Row) int {
		return slices.Index([]library.Side{library.SideAccuses, library.SideNone, library.SideClears}, r.Excerpt.Side)
	}
	return rank(a) - rank(b)
}

// Picture is the passage of an excerpt as it stands on its page, to fit into box (device pixels). It is wished for where it is
// not there yet, and ThumbChanged tells when it is. The error says that there will be none.
func (x *Excerpts) Picture(e library.Excerpt, box image.Point) (*image.RGBA, error) {
	pane := x.Pane(e)
	aspect := x.aspect(pane.Page)
	area := e.AreaOn(x.dossier.PagesNow().Of(pane.Page).Upright)
	return x.pictures.PaneThumb(library.Pane{Page: pane.Page, View: area.View(aspect, float64(box.X)/float64(max(box.Y, 1)))}, box)
}
