package outline

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Panel is the outline as a list. Which row the keys act on is its cursor; more rows may be picked
// with it, all of one kind.
type Panel struct {
	s     *console.Session
	focus func(fyne.Focusable)
	do    func(keys.Action)
	edits bool // Prepare's; the Trial's only shows

	rows   []row
	built  library.Outline // what rows are of
	texts  folded
	closed map[library.ID]bool
	cursor library.ID
	anchor library.ID // where a run of picked rows begins
	chosen library.ID // the session's step as it was followed last
	picked map[library.ID]bool
	active bool // the keys are the outline's

	list    *widgets.Rows
	filter  *widgets.Field
	empty   *fyne.Container
	none    fyne.CanvasObject // said where nothing matches the filter
	edge    *canvas.Rectangle
	content fyne.CanvasObject

	Editor  Editor
	Landing Landing
	row     writing
	Hooks
}

// Hooks are called when something happens in a panel.
type Hooks struct {
	// OnCursor is called when another row has the cursor.
	OnCursor func()
	// OnDrag is told while rows are dragged, and OnDrop when they are let go.
	OnDrag func(p Payload, at fyne.Position)
	OnDrop func()
	// OnMenu is asked for a menu at a place of the window.
	OnMenu func(at fyne.Position)
	// OnPersons opens the list of persons.
	OnPersons func()
	// OnActive is called when a click gave the keys to the outline.
	OnActive func()
}

// Payload is what is dragged: pages of the evidence, or rows of the outline.
type Payload struct {
	Pages []library.PageID
	Rows  []library.ID
}

// New makes the panel that only shows the outline, as the Trial room does.
func New(s *console.Session, focus func(fyne.Focusable)) *Panel {
	return newPanel(s, func(keys.Action) {}, focus, false)
}

// NewEditor makes the panel that edits it. do does an action of the room's.
func NewEditor(s *console.Session, do func(keys.Action), focus func(fyne.Focusable)) *Panel {
	return newPanel(s, do, focus, true)
}

func newPanel(s *console.Session, do func(keys.Action), focus func(fyne.Focusable), edits bool) *Panel {
	p := &Panel{
		s: s, do: do, focus: focus, edits: edits, texts: folded{}, closed: map[library.ID]bool{}, picked: map[library.ID]bool{},
		Hooks: Hooks{
			OnCursor: func() {}, OnDrag: func(Payload, fyne.Position) {}, OnDrop: func() {}, OnMenu: func(fyne.Position) {}, OnActive: func() {}, OnPersons: func() {},
		},
	}
	p.Editor.p, p.Landing.p, p.row.p = p, p, p
	p.filter = widgets.NewField(s.T("outline.filter"))
	p.filter.OnChanged = func(string) { p.build() }
	p.filter.OnEscape = func() {
		p.filter.SetText("")
		focus(nil)
	}
	p.filter.OnSubmitted = func(string) { focus(nil) }
	p.filter.OnDown = func() {
		focus(nil)
		p.activate()
	}
	p.list = widgets.NewRows()
	p.list.Count = func() int { return len(p.rows) }
	p.list.Height = func(i int) float32 { return p.tall(i) }
	p.list.Make = func() fyne.CanvasObject {
		l := newLine(p.s.Events.Post)
		l.tapped, l.dragged, l.dropped = p.tapped, p.Landing.drag, p.Landing.drop
		l.menu = func(i int, at fyne.Position) {
			if p.edits {
				p.choose(i, false, p.picks(i))
				p.OnMenu(at)
			}
		}
		return l
	}
	p.list.Fill = func(i int, o fyne.CanvasObject) { p.fill(i, o.(*line)) }
	p.row.field = newWriter(p)
	p.Landing.landing = canvas.NewRectangle(theme.Color(theme.Accent))
	p.Landing.landing.Hide()
	p.edge = canvas.NewRectangle(color.Transparent)
	p.edge.SetMinSize(fyne.NewSize(1, 2))
	p.empty = container.NewStack()
	p.none = widgets.NoMatch(s.T("outline.no-match"), s.T("evidence.clear"), func() { p.filter.SetText("") })
	over := container.NewWithoutLayout(p.Landing.landing)
	p.content = widgets.Panel(container.NewBorder(
		container.NewVBox(p.edge, widgets.Inset(theme.Gap, p.filter)), nil, nil, nil, container.NewStack(p.list, over, p.empty, p.none)))
	s.Events.Subscribe(event.OutlineChanged|event.CaseChanged, p.update)
	s.Events.Subscribe(event.StageChanged|event.PageChanged, p.follow)
	s.Events.Subscribe(event.ThumbChanged, p.list.Reload)
	p.cursor, p.chosen = s.Study.Step(), s.Study.Step()
	p.build()
	return p
}

// Content is the panel to put into a window.
func (p *Panel) Content() fyne.CanvasObject { return p.content }

// Filter is the field in which words are typed to look for; what was typed there before is selected.
func (p *Panel) Filter() fyne.Focusable {
	p.filter.Select()
	return p.filter
}

// SetEmpty is what is shown while the outline has no row.
func (p *Panel) SetEmpty(o fyne.CanvasObject) {
	p.empty.Objects = []fyne.CanvasObject{o}
	p.build()
}

// Active tells whether the keys are the outline's.
func (p *Panel) Active() bool { return p.active }

// SetActive gives the keys to the outline, or takes them away.
func (p *Panel) SetActive(active bool) {
	p.active = active
	p.edge.FillColor = color.Transparent
	if active {
		p.edge.FillColor = theme.Color(theme.Accent)
		if p.at() < 0 && len(p.rows) > 0 {
			p.choose(0, false, false)
		}
	}
	p.edge.Refresh()
	p.list.Reload()
}

func (p *Panel) activate() {
	if p.edits && !p.active {
		p.SetActive(true)
		p.OnActive()
	}
}

// update is called when the case or the outline changed; where the outline is the one that the rows are of,
// they are only drawn anew.
func (p *Panel) update() {
	if p.s.Dossier.Outline() != p.built {
		p.build()
		return
	}
	p.list.Reload()
	p.OnCursor()
}

func (p *Panel) build() {
	p.built = p.s.Dossier.Outline()
	p.rows = flatten(p.built, p.closed, p.row.begun, p.texts, p.filter.Text)
	for id := range p.picked {
		if !slices.ContainsFunc(p.rows, func(r row) bool { return r.id == id }) {
			delete(p.picked, id)
		}
	}
	if len(p.rows) == 0 {
		p.cursor = ""
	}
	widgets.Show(p.empty, len(p.rows) == 0 && p.filter.Text == "")
	widgets.Show(p.none, len(p.rows) == 0 && p.filter.Text != "")
	p.list.Reload()
	p.row.pinField()
	p.OnCursor()
}

// follow shows what the session selected elsewhere: a step by its key in the Trial room, say.
func (p *Panel) follow() {
	switch step := p.s.Study.Step(); {
	case !p.edits:
		if ref, ok := p.s.Run.StepAt(p.s.Stage.State().Next); ok {
			p.reveal(ref.Step.ID)
		}
	case step != p.chosen: // by a few letters, say, and not by its row
		p.chosen = step
		if step != "" && step != p.cursor && !p.row.writing {
			p.reveal(step)
			p.choose(p.indexOf(step), false, false)
		}
	}
	p.list.Reload()
}

// reveal opens what hides a row and scrolls to it.
func (p *Panel) reveal(id library.ID) {
	if ref, ok := p.s.Dossier.Outline().Ref(id); ok && (p.closed[ref.Phase.ID] || p.closed[ref.Scenario.ID]) {
		delete(p.closed, ref.Phase.ID)
		delete(p.closed, ref.Scenario.ID)
		p.build()
	}
	if i := p.indexOf(id); i >= 0 {
		p.list.Reveal(i)
	}
}

func (p *Panel) indexOf(id library.ID) int {
	return slices.IndexFunc(p.rows, func(r row) bool { return r.id == id && r.kind != draftRow })
}

// at is the cursor's row, -1 where it is nowhere.
func (p *Panel) at() int {
	if p.row.begun != nil {
		return slices.IndexFunc(p.rows, func(r row) bool { return r.kind == draftRow })
	}
	if p.cursor == "" {
		return -1
	}
	return p.indexOf(p.cursor)
}

// current is the row with the cursor.
func (p *Panel) current() (row, bool) {
	i := p.at()
	if i < 0 {
		return row{}, false
	}
	return p.rows[i], true
}

// Cursor is the phase, scenario or step that has the cursor, "" where none has.
func (p *Panel) Cursor() library.ID {
	if p.row.begun != nil {
		return ""
	}
	return p.cursor
}

func (p *Panel) tall(i int) float32 {
	if p.row.writing && i == p.at() {
		return writeTall
	}
	switch p.rows[i].kind {
	case phaseRow:
		return phaseTall
	case scenarioRow:
		if scenario, _ := p.built.Scenario(p.rows[i].id); scenario.Trigger == "" {
			return untoldTall
		}
		return scenarioTall
	case stepRow, draftRow:
	}
	return stepTall
}

func (p *Panel) fill(i int, l *line) {
	if i >= len(p.rows) {
		return
	}
	r := p.rows[i]
	l.index = i
	f := face{
		kind: r.kind, open: !p.closed[r.id] || p.filter.Text != "", selected: p.picked[r.id] && r.kind != draftRow,
		cursor: p.active && i == p.at(), writing: p.row.writing && i == p.at(),
	}
	o := p.s.Dossier.Outline()
	scenario, _ := o.Scenario(r.scenario)
	switch r.kind {
	case phaseRow:
		phase, _ := o.Phase(r.id)
		f.mark, f.title = fold(f.open), phase.Title
		if r.count == 0 {
			f.badge = p.s.T("outline.no-scenarios")
		}
	case scenarioRow:
		f.mark, f.title, f.text = fold(f.open), scenario.Title, scenario.Trigger
		if scenario.Title == "" {
			f.title = p.s.T("outline.untitled")
		}
		f.title = p.s.Labels.Number(scenario.ID) + "  " + f.title
		f.badge = p.s.T("outline.steps", "count", r.count)
		f.key = KeyOf(scenario)
		f.color = Tint(scenario.Color)
	case stepRow:
		f.mark = p.s.Labels.Number(r.id)
		f.color = Tint(scenario.Color)
		p.fillStep(r, &f, l)
	case draftRow:
		f.title = p.s.T("outline.new")
	}
	l.show(f)
}

func (p *Panel) fillStep(r row, f *face, l *line) {
	step, _ := p.s.Dossier.Outline().Step(r.id)
	f.title, f.text = join(p.s.Labels.ShotFolios(step.Shot), step.Title), step.Say
	findings, bad := p.s.Labels.Findings(step)
	f.badge, f.bad = findings, bad
	if findings == "" && step.Say == "" && step.Title == "" {
		f.badge = p.s.T("outline.no-question")
	}
	if !p.edits {
		st := p.s.Stage.State()
		if ref, ok := p.s.Run.StepAt(st.Next); ok && ref.Step.ID == r.id {
			f.here = true
		}
		f.done = p.s.Run.WasShown(r.id)
		if f.done {
			f.mark = "✓ " + f.mark
		}
	}
	l.thumb.SetEmpty("")
	if step.Shot.IsZero() {
		l.thumb.SetEmpty("❝")
		l.thumb.SetImage(nil)
		return
	}
	picture, err := p.s.Pictures.Thumb(p.s.Dossier.Located(step.Shot).First().Page, widgets.Pixels(p.list, fyne.NewSize(thumbWide, stepTall-8)))
	if err != nil {
		l.thumb.SetEmpty("✕")
	}
	l.thumb.SetImage(picture)
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

func fold(open bool) string {
	if open {
		return "▾"
	}
	return "▸"
}

// Tint is the colour of a scenario's name for it, nil for none.
func Tint(name string) color.Color {
	c, ok := map[string]color.NRGBA{
		"red": {0xe5, 0x48, 0x4d, 255}, "orange": {0xf7, 0x6b, 0x15, 255}, "yellow": {0xe2, 0xa3, 0x36, 255},
		"green": {0x30, 0xa4, 0x6c, 255}, "teal": {0x12, 0xa5, 0x94, 255}, "blue": {0x3e, 0x63, 0xdd, 255},
		"purple": {0x8e, 0x4e, 0xc6, 255}, "gray": {0x8b, 0x8d, 0x98, 255},
	}[name]
	if !ok {
		return nil
	}
	return c
}

// tapped takes a click: with Ctrl it picks one more, with Shift all between; on the row that has the
// cursor already it opens the words for writing.
func (p *Panel) tapped(i int) {
	if i >= len(p.rows) {
		return
	}
	shift, ctrl := widgets.Held()
	again := p.edits && p.active && i == p.at() && !shift && !ctrl && !p.row.writing
	p.row.stopWriting()
	i = min(i, len(p.rows)-1)
	p.activate()
	switch r := p.rows[i]; {
	case !p.edits && r.kind == scenarioRow:
		p.s.Study.JumpScenario(r.id)
	case !p.edits && r.kind == phaseRow:
		p.toggle(r.id)
	case again && r.kind == phaseRow:
		p.toggle(r.id)
	case again:
		p.row.write()
	default:
		p.choose(i, shift, ctrl)
	}
	p.focus(nil)
}

func (p *Panel) picks(i int) bool { return i < len(p.rows) && p.picked[p.rows[i].id] }

// choose moves the cursor to a row. extend picks all rows of its kind from where the run began; more
// keeps those that are picked.
func (p *Panel) choose(i int, extend, more bool) {
	if i < 0 || i >= len(p.rows) {
		return
	}
	r := p.rows[i]
	switch from := p.indexOf(p.anchor); {
	case extend && from >= 0 && p.rows[from].kind == r.kind:
		clear(p.picked)
		for k := min(from, i); k <= max(from, i); k++ {
			if p.rows[k].kind == r.kind {
				p.picked[p.rows[k].id] = true
			}
		}
	case more && p.sameKind(r):
		if p.picked[r.id] && len(p.picked) > 1 && r.id != p.cursor {
			delete(p.picked, r.id)
		} else {
			p.picked[r.id] = true
		}
	default:
		clear(p.picked)
		p.picked[r.id] = true
		p.anchor = r.id
	}
	moved := p.cursor != r.id
	p.cursor = r.id
	if r.kind == stepRow {
		p.s.Study.SelectStep(r.id)
		p.chosen = p.s.Study.Step() // by this row: follow, which comes later, is not to go back to it
	}
	p.list.Reveal(i)
	p.list.Reload()
	if moved {
		p.OnCursor()
	}
}

// sameKind tells whether a row may be picked with those that are.
func (p *Panel) sameKind(r row) bool {
	cur, ok := p.current()
	return ok && cur.kind == r.kind
}

func (p *Panel) toggle(id library.ID) {
	p.closed[id] = !p.closed[id]
	p.build()
}

// ids are the picked rows' ids, the cursor's where none is picked.
func (p *Panel) ids() []library.ID {
	var ids []library.ID
	for _, r := range p.rows {
		if p.picked[r.id] && r.kind != draftRow {
			ids = append(ids, r.id)
		}
	}
	if len(ids) == 0 && p.Cursor() != "" {
		ids = append(ids, p.cursor)
	}
	return ids
}

// select picks the rows that an edit added, and gives the last of them the cursor.
func (p *Panel) selectAdded(e library.Edit, t library.Table) {
	var last library.ID
	clear(p.picked)
	for _, k := range e.Added() {
		if k.Table == t {
			last = library.ID(k.ID)
			p.picked[last] = true
		}
	}
	if last == "" {
		return
	}
	p.anchor = last
	p.reveal(last)
	if i := p.indexOf(last); i >= 0 {
		picked := p.picked
		p.picked = map[library.ID]bool{}
		p.choose(i, false, false)
		p.picked = picked
		p.list.Reload()
	}
}
