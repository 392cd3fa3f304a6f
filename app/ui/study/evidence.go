package study

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	listed "butluc/app/console/excerpts"
	"butluc/app/keys"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// proofRow is a line of the system of evidence: a matter, or under it an excerpt that accuses beside one that clears; at the
// end the contradictions, and the pages that are flagged as such.
type proofRow struct {
	proof   int // of the matter, -1 for none
	cells   [2]library.ID
	tied    bool
	heading string
	text    string // of a contradiction
	page    library.PageID
}

// evidence is the matters with what proves them, accusing and clearing side by side.
type evidence struct {
	r        *Room
	rows     []proofRow
	proofs   []library.Proof
	byID     map[library.ID]listed.Row
	at, cell int
	chosen   library.ID // the matter that is chosen, "" for none
	list     *widgets.Rows
	empty    *widget.Label
	none     *fyne.Container // what is seen while there are no matters
	box      *fyne.Container
}

func newEvidence(r *Room) *evidence {
	e := &evidence{r: r, list: widgets.NewRows(), empty: widgets.Prose("")}
	e.list.Count = func() int { return len(e.rows) }
	e.list.Height = func(i int) float32 {
		if e.isMatter(i) || e.rows[i].heading != "" {
			return matterTall
		}
		return cellTall
	}
	e.list.Make = func() fyne.CanvasObject { return newLine(evidenceColumns, func(i, c int) { e.choose(i, c) }) }
	e.list.Fill = func(i int, o fyne.CanvasObject) { o.(*line).show(i, e.face(i)) }
	e.empty.Importance = widget.LowImportance
	template := widgets.NewButton(r.s.T("matter.template"), nil, widgets.Primary, func() { r.matters.template() })
	e.none = container.NewVBox(widgets.Inset(24, container.NewVBox(e.empty, container.NewHBox(template))))
	e.box = container.NewStack(e.list, container.NewVBox(e.none))
	return e
}

func (e *evidence) content() fyne.CanvasObject { return e.box }

func (e *evidence) isMatter(i int) bool {
	row := e.rows[i]
	return row.proof >= 0 && row.cells == [2]library.ID{}
}

func (e *evidence) matter() library.ID { return e.chosen }

// evidenceColumns are the two sides; of a matter, its title and what is wanting.
func evidenceColumns(wide float32, n int) []float32 {
	switch n {
	case 1:
		return []float32{wide}
	case 3:
		return []float32{wide * 0.5, wide * 0.18, wide * 0.32}
	}
	return []float32{wide / 2, wide / 2}
}

func (e *evidence) reload() {
	s := e.r.s
	e.proofs = s.Excerpts.Proofs()
	e.byID = map[library.ID]listed.Row{}
	for _, row := range s.Excerpts.Rows() {
		e.byID[row.Excerpt.ID] = row
	}
	through := map[library.ID]bool{}
	for _, row := range s.Excerpts.Filtered(e.r.filter) {
		through[row.Excerpt.ID] = true
	}
	e.rows = e.rows[:0]
	for i, p := range e.proofs {
		e.rows = append(e.rows, proofRow{proof: i})
		e.rows = append(e.rows, e.pairs(i, p, through)...)
	}
	e.contradictions(through)
	e.stay()
	e.empty.SetText(s.T("matter.empty"))
	widgets.Show(e.none, len(e.proofs) == 0)
	e.list.Reload()
}

// pairs puts what accuses beside what clears: excerpts that contradict each other stand in one line.
func (e *evidence) pairs(i int, p library.Proof, through map[library.ID]bool) []proofRow {
	ids := func(list []library.Excerpt) (all []library.ID) {
		for _, x := range list {
			if through[x.ID] {
				all = append(all, x.ID)
			}
		}
		return all
	}
	left, right := ids(slices.Concat(p.Accusing, p.Neither)), ids(p.Clearing)
	var tied, rows []proofRow
	o := e.r.s.Dossier.Outline()
	for _, a := range slices.Clone(left) {
		k := slices.IndexFunc(right, func(b library.ID) bool {
			_, is := o.Contradiction(a, b)
			return is
		})
		if k >= 0 {
			c, _ := o.Contradiction(a, right[k])
			tied = append(tied, proofRow{proof: i, cells: [2]library.ID{a, right[k]}, tied: true, text: c.Text})
			right = slices.Delete(right, k, k+1)
			left = slices.DeleteFunc(left, func(id library.ID) bool { return id == a })
		}
	}
	for k := range max(len(left), len(right)) {
		row := proofRow{proof: i}
		if k < len(left) {
			row.cells[0] = left[k]
		}
		if k < len(right) {
			row.cells[1] = right[k]
		}
		rows = append(rows, row)
	}
	return append(tied, rows...)
}

// contradictions lists what contradicts, and the pages that were flagged as contradicting.
func (e *evidence) contradictions(through map[library.ID]bool) {
	o := e.r.s.Dossier.Outline()
	var rows []proofRow
	for _, c := range o.Contradictions() {
		if through[c.A] || through[c.B] {
			rows = append(rows, proofRow{proof: -1, cells: [2]library.ID{c.A, c.B}, tied: true, text: c.Text})
		}
	}
	for _, n := range o.Flagged(e.r.s.Dossier.Index()) {
		if n.Flag == library.FlagContradiction && e.r.filter == (listed.Filter{}) {
			rows = append(rows, proofRow{proof: -1, page: n.Page, text: n.Text})
		}
	}
	if len(rows) > 0 {
		e.rows = append(e.rows, proofRow{proof: -1, heading: e.r.s.T("study.contradictions", "count", len(rows))})
		e.rows = append(e.rows, rows...)
	}
}

// stay keeps the chosen line chosen, however the lines moved.
func (e *evidence) stay() {
	now, chosen := e.r.s.Excerpts.Chosen()
	if chosen {
		e.chosen = ""
	}
	fits := func(i int) bool {
		if i < 0 || i >= len(e.rows) {
			return false
		}
		row := e.rows[i]
		if e.chosen != "" {
			return e.isMatter(i) && e.proofs[row.proof].Matter.ID == e.chosen
		}
		return chosen && (row.cells[0] == now.ID || row.cells[1] == now.ID)
	}
	if !fits(e.at) {
		for i := range e.rows {
			if fits(i) {
				e.at = i
				break
			}
		}
	}
	if !fits(e.at) {
		e.chosen = ""
	}
	e.at = max(0, min(e.at, len(e.rows)-1))
	if chosen && e.at < len(e.rows) && e.rows[e.at].cells[1] == now.ID {
		e.cell = 1
	} else if chosen && e.at < len(e.rows) && e.rows[e.at].cells[0] == now.ID {
		e.cell = 0
	}
}

// choose chooses a line, and of two excerpts one.
func (e *evidence) choose(i, c int) {
	if i < 0 || i >= len(e.rows) {
		return
	}
	row := e.rows[i]
	e.at, e.cell, e.chosen = i, min(c, 1), ""
	switch {
	case e.isMatter(i):
		e.chosen = e.proofs[row.proof].Matter.ID
		e.r.choose("")
	case row.page != (library.PageID{}):
		e.r.s.Study.Select(row.page)
		e.r.choose("")
	default:
		if row.cells[e.cell] == "" {
			e.cell = 1 - e.cell
		}
		e.r.choose(row.cells[e.cell])
	}
	e.list.Reveal(i)
}

func (e *evidence) move(by int, edge bool) {
	at := e.at + by
	if edge {
		at = map[bool]int{true: len(e.rows) - 1}[by > 0]
	}
	for at >= 0 && at < len(e.rows) && e.rows[at].heading != "" {
		at += max(-1, min(by, 1))
	}
	e.choose(at, e.cell)
}

func (e *evidence) across(by int) {
	if e.at < len(e.rows) && e.rows[e.at].cells[max(0, min(e.cell+by, 1))] != "" {
		e.choose(e.at, max(0, min(e.cell+by, 1)))
	}
}

func (e *evidence) face(i int) face {
	row := e.rows[i]
	f := face{chosen: -1, tied: row.tied}
	switch {
	case row.heading != "":
		f.head = true
		f.cells = []cell{{text: row.heading, tint: theme.Text, bold: true}}
		return f
	case e.isMatter(i):
		return e.matterFace(i)
	case row.page != (library.PageID{}):
		f.whole = true
		if i == e.at {
			f.chosen = 0
		}
		f.cells = []cell{{text: "⚑ " + row.text, small: e.r.s.Labels.Name(row.page), tint: theme.Text, edge: true, bar: theme.Warn}}
		return f
	}
	if i == e.at {
		f.chosen = e.cell
	}
	for _, id := range row.cells {
		f.cells = append(f.cells, e.cellOf(id))
		f.picked = append(f.picked, id != "" && slices.Contains(e.r.picked, id))
	}
	if row.tied && row.text != "" {
		f.cells[1].small, f.cells[1].warn = "≠ "+row.text, true
	}
	return f
}

// contradiction is the one that the chosen line shows; ok is false where it shows none.
func (e *evidence) contradiction() (c library.Contradiction, ok bool) {
	if e.at >= len(e.rows) || !e.rows[e.at].tied {
		return c, false
	}
	if _, chosen := e.r.s.Excerpts.Chosen(); !chosen {
		return c, false
	}
	return e.r.s.Dossier.Outline().Contradiction(e.rows[e.at].cells[0], e.rows[e.at].cells[1])
}

func (e *evidence) cellOf(id library.ID) cell {
	row, ok := e.byID[id]
	if !ok {
		return cell{tint: theme.Muted}
	}
	small := row.Name
	if row.Person != "" {
		small += " · " + row.Person
	}
	state, warn := stateText(e.r, row)
	if state != "" {
		small = state + " · " + small
	}
	return cell{text: shortText(e.r, row), small: small, warn: warn, tint: theme.Text, edge: true, bar: excerpts.SideToken(row.Excerpt.Side)}
}

func (e *evidence) matterFace(i int) face {
	p := e.proofs[e.rows[i].proof]
	f := face{head: true, whole: true, chosen: -1}
	if p.Matter.ID == e.chosen {
		f.chosen = 0
	}
	title := p.Number + "  " + p.Matter.Title
	var gaps []string
	for _, g := range p.Gaps {
		gaps = append(gaps, "⚠ "+e.r.s.T("gap."+string(g)))
	}
	counts := e.r.s.T("matter.counts", "accuses", len(p.Accusing), "clears", len(p.Clearing))
	if n := len(p.Neither); n > 0 {
		counts += fmt.Sprintf(" · %d", n)
	}
	f.cells = []cell{
		{text: title, tint: theme.Text, bold: p.Depth == 0, depth: p.Depth},
		{text: counts, tint: theme.Muted},
		{text: strings.Join(gaps, "  "), tint: theme.Warn},
	}
	return f
}

// matterForm is the matter that is chosen, to be changed.
type matterForm struct {
	r       *Room
	of      library.ID
	title   *widgets.Bound
	notes   *widgets.Bound
	person  *widgets.Button
	content *fyne.Container
}

func newMatterForm(r *Room) *matterForm {
	f := &matterForm{r: r}
	s := r.s
	bind := func(field *widgets.Field, of func(*library.Matter) *string) *widgets.Bound {
		return widgets.Bind(field, s.Events.Post, func() { r.focus(nil) }, func() string {
			m, _ := s.Dossier.Outline().Matter(f.of)
			return *of(&m)
		}, func(text string) {
			if m, ok := s.Dossier.Outline().Matter(f.of); ok {
				*of(&m) = text
				s.Edits.Edit(s.Dossier.Outline().Set(m))
			}
		})
	}
	title, notes := widgets.NewText(s.T("matter.title")), widgets.NewText(s.T("matter.notes"))
	title.SetMinRowsVisible(3)
	notes.SetMinRowsVisible(3)
	f.title = bind(title, func(m *library.Matter) *string { return &m.Title })
	f.title.OnReturn = f.title.OnEscape
	f.notes = bind(notes, func(m *library.Matter) *string { return &m.Notes })
	f.person = widgets.NewButton("", nil, widgets.Plain, f.choosePerson)
	f.person.Cut = true
	button := func(text, icon string, a keys.Action, do func()) *widgets.Button {
		b := widgets.NewButton(s.T(text), widgets.Icon(icon), widgets.Plain, do)
		b.Hint = keys.Hint(s.In(), keys.Study, a)
		return b
	}
	f.content = container.NewVBox(f.title.Field, f.person, f.notes.Field,
		button("matter.add", "add", keys.NewMatter, f.add),
		button("matter.scenario", "add", keys.IntoOutline, func() { f.do(keys.IntoOutline) }),
		button("matter.delete", "close", keys.Delete, func() { f.do(keys.Delete) }))
	return f
}

func (f *matterForm) keep() {
	f.title.Keep()
	f.notes.Keep()
}

func (f *matterForm) update() {
	id := f.r.view().matter()
	if id != f.of {
		f.keep()
		f.of = id
	}
	f.title.Update()
	f.notes.Update()
	m, ok := f.r.s.Dossier.Outline().Matter(id)
	label := f.r.s.T("matter.nobody")
	if p, there := f.r.s.Dossier.Outline().Person(m.Person); there {
		label = p.Name
	}
	f.person.SetLabel(label + " ▾")
	widgets.Show(f.content, ok)
}

func (f *matterForm) write() {
	f.r.focus(f.title.Field)
	f.title.ToEnd()
}

// add adds a matter behind the chosen one, else at the end, and lets it be named.
func (f *matterForm) add() {
	o := f.r.s.Dossier.Outline()
	m := library.Matter{ID: library.NewID(), Title: f.r.s.T("matter.new")}
	at := library.Place{}
	if id := f.r.view().matter(); id != "" {
		at = o.After(id)
	}
	if !f.r.s.Edits.Edit(o.AddMatter(m, at)) {
		return
	}
	e := f.r.views[1].(*evidence)
	e.chosen = m.ID
	f.r.s.Excerpts.Choose("")
	f.r.turn(1)
	e.list.Reveal(e.at)
	f.r.focus(f.title.Field)
	f.title.Select()
}

func (f *matterForm) edit(make func(library.Outline, library.ID) library.Edit) {
	if id := f.r.view().matter(); id != "" {
		f.r.s.Edits.Edit(make(f.r.s.Dossier.Outline(), id))
	}
}

// do does with the chosen matter what a key does, and tells whether it is something that is done with one.
func (f *matterForm) do(a keys.Action) bool {
	s, id := f.r.s, f.r.view().matter()
	switch a {
	case keys.Delete:
		s.Edits.Edit(s.Dossier.Outline().DeleteMatters(id))
	case keys.IntoOutline:
		proofs := s.Excerpts.Proofs()
		if i := slices.IndexFunc(proofs, func(p library.Proof) bool { return p.Matter.ID == id }); i >= 0 {
			s.Excerpts.Scenario(proofs[i])
		}
	case keys.WriteText:
		f.write()
	default:
		return false
	}
	return true
}

func (f *matterForm) choosePerson() {
	set := func(id library.ID) func() {
		return func() {
			if m, ok := f.r.s.Dossier.Outline().Matter(f.of); ok {
				m.Person = id
				f.r.s.Edits.Edit(f.r.s.Dossier.Outline().Set(m))
			}
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(f.r.s.T("matter.nobody"), set(""))}
	for _, p := range f.r.s.Dossier.Outline().Persons() {
		items = append(items, fyne.NewMenuItem(p.Name, set(p.ID)))
	}
	widgets.Menu(f.person, items...)
}

// template adds the matters that the law has for this kind of case, for each defendant where they are for each.
func (f *matterForm) template() {
	s := f.r.s
	o := s.Dossier.Outline()
	var defendants []library.ID
	for _, p := range o.Persons() {
		if p.Role == "bi-cao" {
			defendants = append(defendants, p.ID)
		}
	}
	template := library.MattersFor(o.Cover().Kind)
	e := o.WithMatters(template, defendants...)
	switch {
	case len(template) == 0:
		s.Notices.Tell("matter.no-template", true)
	case e.IsZero():
		s.Notices.Tell("matter.template-there", false)
	case s.Edits.Edit(e):
		s.Notices.TellText(s.T("matter.template-added", "count", len(e.Added())), false)
		f.r.turn(1)
	}
}
