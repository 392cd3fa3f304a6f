package outline

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Details is what the row with the cursor holds besides its line: whom a step asks, its ground and
// notes; a scenario's trigger, digit and colour.
type Details struct {
	p       *Panel
	s       *console.Session
	shown   library.ID
	kind    kind
	fields  []*boundField
	parts   map[kind]*fyne.Container
	asks    *widgets.Button
	digit   *widgets.Button
	tint    *widgets.Button
	part    *widgets.Button
	request *widget.Label
	panes   *fyne.Container
	said    *widget.Label     // what superiors said of the step
	saidRow fyne.CanvasObject // with its label
	remark  fyne.CanvasObject // where a superior who reads the case says it
	content fyne.CanvasObject
	// OnShown is called when the part has come, or gone: with nothing chosen it leaves its room to the outline.
	OnShown func()
}

// boundField is a field of the records of a kind.
type boundField struct {
	*widgets.Bound
	kind   kind
	reader bool // it is typed into by who reads the case, not by who edits it
}

// lock lets nothing be typed, or lets it again.
func (b *boundField) lock(locked bool) {
	if locked {
		b.Disable()
	} else {
		b.Enable()
	}
}

// NewDetails makes the part that follows a panel's cursor.
func NewDetails(p *Panel) *Details {
	d := &Details{p: p, s: p.s, parts: map[kind]*fyne.Container{}, OnShown: func() {}}
	d.asks = widgets.NewButton("", nil, widgets.Plain, d.chooseAsked)
	d.asks.Cut = true
	d.digit = widgets.NewButton("", nil, widgets.Plain, d.chooseDigit)
	d.tint = widgets.NewButton("", nil, widgets.Plain, d.chooseTint)
	d.part = widgets.NewButton("", nil, widgets.Plain, func() { d.menu(d.part, d.p.Editor.PartItems(d.shown)...) })
	d.request = widgets.Prose("")
	d.request.Importance = widget.LowImportance
	d.panes = container.NewVBox()
	copyRequest := widgets.NewButton(d.s.T("details.copy"), nil, widgets.Quiet, func() {
		fyne.CurrentApp().Clipboard().SetContent(d.request.Text)
		d.s.Notices.Tell("details.request-copied", false)
	})
	d.said = widgets.Prose("")
	d.saidRow = d.row("details.said", d.said)
	remark := d.bind(stepRow, true, textOf{
		func() string { return d.s.Review.Draft().On(string(d.shown)) }, func(text string) { d.s.Review.Remark(d.shown, text) },
	})
	remark.reader = true
	d.remark = d.row("details.remark", remark)
	steps := texts(d, stepRow, library.StepTexts, library.Outline.Step)
	d.parts[stepRow] = container.NewVBox(d.remark, d.saidRow, d.panes, steps[0], d.row("details.asks", d.asks))
	d.parts[stepRow].Objects = append(d.parts[stepRow].Objects, steps[1:]...)
	d.parts[stepRow].Add(d.row("details.request", container.NewBorder(nil, nil, nil, copyRequest, d.request)))
	scenarios := texts(d, scenarioRow, library.ScenarioTexts, library.Outline.Scenario)
	d.parts[scenarioRow] = container.NewVBox(scenarios[0], d.row("details.key", container.NewGridWithColumns(2, d.digit, d.tint)))
	d.parts[scenarioRow].Objects = append(d.parts[scenarioRow].Objects, scenarios[1:]...)
	about := widgets.Small(d.s.T("details.part-text"))
	about.Wrapping, about.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	d.parts[phaseRow] = container.NewVBox(d.row("details.part", d.part), about)
	all := container.NewStack(d.parts[stepRow], d.parts[scenarioRow], d.parts[phaseRow])
	d.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Surface)), container.NewVScroll(widgets.Inset(theme.Gap, all)))
	p.OnCursor = d.update
	p.s.Events.Subscribe(event.OutlineChanged|event.CaseChanged, d.update)
	d.update()
	return d
}

// Content is the part to put into a window.
func (d *Details) Content() fyne.CanvasObject { return d.content }

// textOf is one text of the record that is shown.
type textOf struct {
	get func() string
	set func(string)
}

// texts are the lines of the form for the texts of a table that have one.
func texts[R library.Record](d *Details, k kind, fields library.Texts[R], find func(library.Outline, library.ID) (R, bool)) []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, f := range fields {
		if !f.Form {
			continue
		}
		text := textOf{func() string {
			r, _ := find(d.s.Dossier.Outline(), d.shown)
			return *f.Of(&r)
		}, func(text string) {
			if r, ok := find(d.s.Dossier.Outline(), d.shown); ok {
				*f.Of(&r) = text
				d.s.Edits.Edit(d.s.Dossier.Outline().Set(r))
			}
		}}
		lines = append(lines, d.row("details."+f.Name, d.bind(k, f.Long, text)))
	}
	return lines
}

func (d *Details) bind(k kind, long bool, text textOf) *boundField {
	f := widgets.NewField("")
	f.Scroll = fyne.ScrollHorizontalOnly
	if long {
		f = widgets.NewText("")
		f.SetMinRowsVisible(2)
	}
	b := &boundField{Bound: widgets.Bind(f, d.s.Events.Post, func() { d.p.focus(nil) }, text.get, text.set), kind: k}
	d.fields = append(d.fields, b)
	return b
}

func (d *Details) row(label string, o fyne.CanvasObject) fyne.CanvasObject {
	if b, ok := o.(*boundField); ok {
		o = b.Bound.Field
	}
	return container.New(labelled{}, widgets.Small(d.s.T(label)), o)
}

// labelled puts a label before a field.
type labelled struct{}

const labelWide = 92

// MinSize implements [fyne.Layout].
func (labelled) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(labelWide+m.Width, max(m.Height, o[0].MinSize().Height))
}

// Layout implements [fyne.Layout].
func (labelled) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(labelWide, o[0].MinSize().Height))
	o[1].Move(fyne.NewPos(labelWide, 0))
	o[1].Resize(fyne.NewSize(size.Width-labelWide, size.Height))
}

func (d *Details) update() {
	r, ok := d.p.current()
	id, k := library.ID(""), phaseRow
	if ok && r.kind != draftRow {
		id, k = r.id, r.kind
	}
	if id != d.shown {
		for _, b := range d.fields { // what was typed is the old record's
			if b.kind == d.kind && d.shown != "" {
				b.Keep()
			}
		}
		d.shown, d.kind = id, k
	}
	widgets.Show(d.parts[stepRow], id != "" && k == stepRow)
	widgets.Show(d.parts[scenarioRow], id != "" && k == scenarioRow)
	widgets.Show(d.parts[phaseRow], id != "" && k == phaseRow)
	if d.content.Visible() != (id != "") {
		widgets.Show(d.content, id != "")
		d.OnShown()
	}
	for _, b := range d.fields {
		if b.kind == k && id != "" {
			b.Update()
		}
	}
	o := d.s.Dossier.Outline()
	if s, ok := o.Step(id); ok {
		d.asks.SetLabel(d.s.T("details.nobody"))
		if person, ok := o.Person(s.Asks); ok {
			d.asks.SetLabel(PersonName(d.s.In(), person))
		}
		d.request.SetText(o.Request(s.Shot, d.s.Dossier.Index()))
		d.showPanes(s)
		d.showSaid(id)
	}
	if ph, ok := o.Phase(id); ok {
		d.part.SetLabel(partText(d.s.In(), ph) + " ▾")
	}
	if s, ok := o.Scenario(id); ok {
		d.digit.SetLabel(d.s.T("details.no-digit"))
		if s.Digit > 0 {
			d.digit.SetLabel(d.s.T("details.digit", "digit", s.Digit))
		}
		d.tint.SetLabel(d.s.T("color." + colorKey(s.Color)))
	}
}

// showSaid shows what superiors said of a step.
func (d *Details) showSaid(step library.ID) {
	var lines []string
	for _, r := range d.s.Review.On(step) {
		line := r.By.Name + ": " + library.Visible(r.Text)
		if !r.Latest {
			line = r.By.Name + " " + d.s.T("answer.older") + ": " + library.Visible(r.Text)
		}
		lines = append(lines, line)
	}
	d.said.SetText(strings.Join(lines, "\n"))
	widgets.Show(d.saidRow, len(lines) > 0)
	reading := d.s.Review.Reading()
	widgets.Show(d.remark, reading)
	for _, b := range d.fields {
		if locked := reading && !b.reader; locked != b.Disabled() {
			b.lock(locked)
		}
	}
}

// partText says what a phase is in the hearing, and whether a person told so.
func partText(in i18n.Catalogue, p library.Phase) string {
	text := in.T("part.unknown")
	if part := p.Part(); part != "" {
		text = in.T("part." + string(part))
	}
	if p.Told == "" {
		return in.T("part.by-name", "part", text)
	}
	return text
}

// PartItems offer what a phase may be in the hearing.
func (ed *Editor) PartItems(phase library.ID) []*fyne.MenuItem {
	now, ok := ed.p.s.Dossier.Outline().Phase(phase)
	if !ok {
		return nil
	}
	var items []*fyne.MenuItem
	for _, part := range append([]library.Part{""}, library.Parts()...) {
		told := now
		told.Told = part
		item := fyne.NewMenuItem(partText(ed.p.s.In(), told), func() {
			if ph, ok := ed.p.s.Dossier.Outline().Phase(phase); ok {
				ph.Told = part
				ed.p.s.Edits.Edit(ed.p.s.Dossier.Outline().SetAll("part", ph))
			}
		})
		item.Checked = part == now.Told
		items = append(items, item)
	}
	return items
}

// KeyOf is the key that jumps to a scenario, "" where it has none.
func KeyOf(s library.Scenario) string {
	if s.Digit == 0 {
		return ""
	}
	return fmt.Sprintf("Alt+%d", s.Digit)
}

func colorKey(name string) string {
	if name == "" {
		return "none"
	}
	return name
}

// PersonName is a person with the role: "Nguyễn Văn A (bị cáo)".
func PersonName(in i18n.Catalogue, p library.Person) string {
	name := p.Name
	if p.Role != "" {
		name += " (" + in.T("role."+p.Role) + ")"
	}
	if !p.Present {
		name += " · " + in.T("person.absent")
	}
	return name
}

// showPanes lists what the step shows: each can be looked at, to zoom it and keep that view, or taken away.
func (d *Details) showPanes(s library.Step) {
	d.panes.RemoveAll()
	for i, pane := range s.Shot.List() {
		look := widgets.NewButton(d.s.Labels.PaneName(pane), nil, widgets.Plain, func() { d.lookAt(i) })
		look.Cut = true
		gone := widgets.NewButton("✕", nil, widgets.Quiet, func() { d.removePane(i) })
		gone.Tip = d.s.T("details.remove-page")
		beside := container.NewHBox(gone)
		if i > 0 {
			swap := widgets.NewButton("⇄", nil, widgets.Quiet, func() { d.swapPane(i) })
			swap.Tip = d.s.T("details.swap-pages")
			beside.Add(swap)
		}
		d.panes.Add(container.NewBorder(nil, nil, nil, beside, look))
	}
	named := d.s.Dossier.Outline().Named(s, d.s.Dossier.Index())
	for _, page := range named {
		d.panes.Add(widgets.NewButton(d.s.T("details.named", "page", d.s.Labels.Short(page)), widgets.Icon("add"), widgets.Primary, func() { d.showNamed(page) }))
	}
	if s.Shot.IsZero() && len(named) == 0 {
		d.panes.Add(widgets.Small(d.s.T("details.words-only")))
	}
}

// showNamed has the step show a page that its words name, too.
func (d *Details) showNamed(page library.PageID) {
	s, ok := d.s.Dossier.Outline().Step(d.shown)
	if !ok {
		return
	}
	s.Shot = s.Shot.Add(library.Pane{Page: page})
	d.s.Edits.Edit(d.s.Dossier.Outline().Set(s))
}

func (d *Details) removePane(i int) {
	s, ok := d.s.Dossier.Outline().Step(d.shown)
	if !ok {
		return
	}
	s.Shot = s.Shot.Without(i)
	d.s.Edits.Edit(d.s.Dossier.Outline().Set(s))
}

// swapPane exchanges a pane with the one before it.
func (d *Details) swapPane(i int) {
	s, ok := d.s.Dossier.Outline().Step(d.shown)
	if !ok || i < 1 || i >= int(s.Shot.Count) {
		return
	}
	s.Shot.Panes[i-1], s.Shot.Panes[i] = s.Shot.Panes[i], s.Shot.Panes[i-1]
	if d.s.Edits.Edit(d.s.Dossier.Outline().Set(s)) {
		d.lookAt(i - 1)
	}
}

// lookAt looks at a pane of the step.
func (d *Details) lookAt(i int) {
	if d.s.Study.Step() != d.shown {
		d.s.Study.SelectStep(d.shown)
	}
	d.s.Study.LookAt(i)
}

func (d *Details) chooseAsked() {
	o := d.s.Dossier.Outline()
	set := func(id library.ID) func() {
		return func() {
			if s, ok := d.s.Dossier.Outline().Step(d.shown); ok {
				s.Asks = id
				d.s.Edits.Edit(d.s.Dossier.Outline().Set(s))
			}
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(d.s.T("details.nobody"), set(""))}
	for _, person := range o.Persons() {
		items = append(items, fyne.NewMenuItem(PersonName(d.s.In(), person), set(person.ID)))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(d.s.T("persons.open"), d.p.OnPersons))
	d.menu(d.asks, items...)
}

func (d *Details) chooseDigit() {
	var items []*fyne.MenuItem
	for digit := range 10 {
		label := d.s.T("details.no-digit")
		if digit > 0 {
			label = d.s.T("details.digit", "digit", digit)
			if other, ok := d.s.Dossier.Outline().ScenarioOf(digit); ok && other.ID != d.shown {
				label += " – " + other.Title
			}
		}
		items = append(items, fyne.NewMenuItem(label, func() { d.s.Edits.Edit(d.s.Dossier.Outline().SetDigit(d.shown, digit)) }))
	}
	d.menu(d.digit, items...)
}

func (d *Details) chooseTint() {
	var items []*fyne.MenuItem
	for _, name := range append([]string{""}, library.Colors...) {
		items = append(items, fyne.NewMenuItem(d.s.T("color."+colorKey(name)), func() {
			if s, ok := d.s.Dossier.Outline().Scenario(d.shown); ok {
				s.Color = name
				d.s.Edits.Edit(d.s.Dossier.Outline().Set(s))
			}
		}))
	}
	d.menu(d.tint, items...)
}

func (d *Details) menu(under fyne.CanvasObject, items ...*fyne.MenuItem) {
	widgets.Menu(under, items...)
}
