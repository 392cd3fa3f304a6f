// Package register is the shelf's section of the register: all cases of an office as a table or as a calendar of what is due,
// the form in which a case's facts are typed, and the periodic report.
package register

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"butluc/app/console"
	"butluc/app/console/docket"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/register"
)

// Chooser asks a person for a file or folder.
type Chooser interface {
	ChooseFolder(what, confirm string, chosen func(dir string)) // keys of the catalogue
	ChooseFile(what string, endings []string, chosen func(file string))
}

// Section is the section. Make one for each drawing of the window.
type Section struct {
	s     *console.Session
	d     *docket.Docket
	focus func(fyne.Focusable)
	files Chooser

	search *widgets.Field
	kind   *widgets.Button
	due    *widgets.Button // whether the calendar is shown
	head   fyne.CanvasObject
	more   *widgets.Button

	table   *table
	agenda  *agenda
	empty   fyne.CanvasObject // nothing is in the register
	none    fyne.CanvasObject // nothing has what is looked for
	foot    *canvas.Text
	content fyne.CanvasObject

	form   *form
	report *reporting

	only     register.Kind // of the cases shown, "" for all
	calendar bool          // instead of the table

	counted *register.List // whose sum is kept: counting takes longer than finding
	sum     register.Tally
}

// New makes the section. focus gives the keyboard away, with nil back to the room.
func New(s *console.Session, focus func(fyne.Focusable), files Chooser) *Section {
	r := &Section{s: s, d: s.Register, focus: focus, files: files, calendar: s.Settings.Remembered(calendarShown) != ""}
	r.table, r.agenda = newTable(r), newAgenda(r)
	r.form, r.report = newForm(r), newReporting(r)
	r.head = r.tools()
	r.empty = r.beginning()
	r.none = widgets.NoMatch(s.T("register.none"), s.T("register.show-all"), r.showAll)
	r.foot = canvas.NewText("", theme.Color(theme.Muted))
	r.foot.TextSize = theme.TextSmall
	body := container.NewStack(r.table.content, r.agenda.rows, r.empty, r.none)
	r.content = container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 12, 12), container.NewBorder(nil, r.foot, nil, nil, body))
	s.Events.Subscribe(event.RegisterChanged|event.CaseOpened, r.build)
	r.build()
	return r
}

// calendarShown is the setting that the calendar is shown instead of the table.
const calendarShown = "register.calendar"

// tools are what stands beside the room's switch.
func (r *Section) tools() fyne.CanvasObject {
	s := r.s
	hint := func(b *widgets.Button, a keys.Action) *widgets.Button {
		b.Hint = keys.Hint(s.In(), keys.Shelf, a)
		return b
	}
	r.search = widgets.NewField(s.T("register.search"))
	r.search.OnChanged = func(string) { r.build() }
	r.search.OnEscape = r.showAll
	r.search.OnReturn = func() { r.focus(nil) }
	r.search.OnDown = func() { r.focus(nil) }
	r.kind = hint(widgets.NewButton("", nil, widgets.Quiet, r.chooseKind), keys.KindOfCases)
	r.due = hint(widgets.NewButton(s.T("register.calendar"), nil, widgets.Quiet, r.turn), keys.Agenda)
	add := hint(widgets.NewButton(s.T("register.add"), nil, widgets.Primary, r.add), keys.AddCase)
	r.more = hint(widgets.NewButton("", widgets.Icon("more"), widgets.Plain, r.menu), keys.MoreOfRegister)
	r.more.Tip = s.T("register.more")
	return container.NewBorder(nil, nil, container.NewHBox(r.kind, r.due), container.NewHBox(widgets.Space(4, 1), add, r.more), r.search)
}

// beginning says what to do where the register is empty.
func (r *Section) beginning() fyne.CanvasObject {
	words := widgets.Prose(r.s.T("register.begin"))
	words.Alignment = fyne.TextAlignCenter
	buttons := container.NewHBox(
		widgets.NewButton(r.s.T("register.add"), nil, widgets.Primary, r.add),
		widgets.NewButton(r.s.T("register.import"), nil, widgets.Plain, r.imports))
	title := widgets.Heading(r.s.T("register.empty"))
	title.Alignment = fyne.TextAlignCenter
	return container.New(middle{620}, container.NewVBox(title, words, container.NewCenter(buttons)))
}

// middle puts a thing in the middle, no wider than most.
type middle struct{ most float32 }

// Layout implements [fyne.Layout].
func (l middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		wide := min(l.most, size.Width)
		o.Resize(fyne.NewSize(wide, o.MinSize().Height))
		tall := o.MinSize().Height // as its text is wrapped now
		o.Resize(fyne.NewSize(wide, tall))
		o.Move(fyne.NewPos((size.Width-wide)/2, max(0, (size.Height-tall)/3)))
	}
}

// MinSize implements [fyne.Layout].
func (l middle) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 120) }

// Head is what stands beside the room's switch.
func (r *Section) Head() fyne.CanvasObject { return r.head }

// Content is what the section shows.
func (r *Section) Content() fyne.CanvasObject { return r.content }

// Above lies over the whole room: the form, and the report.
func (r *Section) Above() fyne.CanvasObject {
	return container.NewStack(r.form.Content(), r.report.Content())
}

// Overlays are what may lie over the section.
func (r *Section) Overlays() []widgets.Overlay { return []widgets.Overlay{r.form, r.report} }

// build shows the cases that have what is looked for.
func (r *Section) build() {
	list := r.d.List()
	all := list.Rows()
	r.table.show(list.Find(r.search.Text, r.only, r.table.by, r.table.back))
	if r.calendar {
		r.agenda.show(register.Agenda(r.table.rows, r.d.Today()))
	}
	found := len(r.table.rows) > 0
	if r.calendar {
		found = len(r.agenda.items) > 0
	}
	widgets.Show(r.empty, len(all) == 0)
	widgets.Show(r.table.content, !r.calendar && found)
	widgets.Show(r.agenda.rows, r.calendar && found)
	widgets.Show(r.none, len(all) > 0 && !found)
	kind := r.s.T("register.all-kinds")
	if r.only != "" {
		kind = r.s.T("register-kind." + string(r.only))
	}
	r.kind.SetLabel(kind + " ▾")
	r.due.SetStyle(map[bool]widgets.Style{false: widgets.Quiet, true: widgets.Chosen}[r.calendar])
	r.foot.Text = r.summary(list)
	r.foot.Refresh()
	r.form.update()
}

// summary counts all cases of the register.
func (r *Section) summary(list *register.List) string {
	all := len(list.Rows())
	if all == 0 {
		return ""
	}
	if r.counted != list {
		f := register.Count(list.Rows(), register.Period{From: "0000-01-01", To: "9999-12-31"}, "", r.d.Today())
		r.counted, r.sum = list, f.Of()
	}
	t := r.sum
	return r.s.T("register.summary", "shown", len(r.table.rows), "all", all, "digitized", t.Digitized, "share", t.Share(), "late", t.Late)
}

// showAll shows all cases again.
func (r *Section) showAll() {
	r.only = ""
	r.search.SetText("")
	r.build()
	r.focus(nil)
}

func (r *Section) chooseKind() {
	items := []*fyne.MenuItem{fyne.NewMenuItem(r.s.T("register.all-kinds"), func() { r.only = ""; r.build() })}
	for _, k := range register.Kinds {
		items = append(items, fyne.NewMenuItem(r.s.T("register-kind."+string(k)), func() { r.only = k; r.build() }))
	}
	widgets.Menu(r.kind, items...)
}

// turn shows the calendar instead of the table, or the table again.
func (r *Section) turn() {
	r.calendar = !r.calendar
	value := ""
	if r.calendar {
		value = "yes"
	}
	r.s.Settings.Remember(calendarShown, value)
	r.build()
}

// menu offers what is done less often.
func (r *Section) menu() {
	in := r.s.In()
	hint := func(a keys.Action) string { return keys.Hint(in, keys.Shelf, a) }
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(in.T("register.report"), r.report.open),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(in.T("register.export"), r.exports),
		fyne.NewMenuItem(in.T("register.import"), r.imports),
		fyne.NewMenuItemSeparator(),
	}
	if row, ok := r.chosen(); ok {
		items = append(items, widgets.Item(in.T("register.edit"), hint(keys.EditCase), r.edit))
		if r.d.Removes(row.ID) {
			items = append(items, widgets.Item(in.T("register.remove"), hint(keys.RemoveCase), r.remove))
		}
	}
	items = append(items, widgets.Item(in.T("register.undo"), hint(keys.Undo), r.d.Undo), widgets.Item(in.T("register.redo"), hint(keys.Redo), r.d.Redo))
	widgets.Menu(r.more, items...)
}

// exports writes the cases that are shown as a workbook.
func (r *Section) exports() {
	rows := r.table.rows
	r.files.ChooseFolder("register.export", "choose.here", func(dir string) {
		r.d.Export(joined(dir, r.d.FileName(r.s.T("register.title"), ".xlsx")), rows)
	})
}

func (r *Section) imports() {
	r.files.ChooseFile("register.import", []string{".xlsx"}, r.d.Import)
}
