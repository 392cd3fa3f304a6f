package register

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/registry"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/register"
)

// form is the sheet in which a case's facts are typed. What is typed is kept.
type form struct {
	*widgets.Sheet
	r      *Section
	id     string // of the case
	fields []*widgets.Bound
	law    *widget.Label // what the law's limit is
	found  *widget.Label // what the program found out
	scroll *container.Scroll
	stops  []fyne.Focusable // what has the keyboard in its turn
	back   int              // which of them it goes back to once the form was made anew, from 1; 0: to none
}

func newForm(r *Section) *form {
	f := &form{r: r}
	f.Sheet = widgets.NewSheet(r.s.T("sheet.close"), func() {
		f.keep()
		f.fields, f.id = nil, ""
		r.focus(nil)
	})
	f.OnKey = f.key
	return f
}

// key takes the keys of the buttons of the form, and those that go back and forth in what was done.
func (f *form) key(c keys.Chord) bool {
	switch {
	case widgets.Pressed(f.Content(), c):
	case c.Does(keys.Undo):
		f.r.d.Undo()
		f.build()
	case c.Does(keys.Redo):
		f.r.d.Redo()
		f.build()
	default:
		return false
	}
	return true
}

func (f *form) open(id string) {
	f.keep()
	f.id = id
	f.Sheet.Open(f.r.s.T("register.edit"), container.NewStack())
	f.build()
	if len(f.fields) > 0 {
		f.r.focus(f.fields[0].Field)
	}
}

// row is the case as it is by now.
func (f *form) row() register.Row {
	row, _ := f.r.d.Book.Row(f.id)
	return row
}

// change changes the case.
func (f *form) change(how func(*register.Row)) {
	row := f.row()
	if row.ID == "" {
		return // it was taken out meanwhile
	}
	row.Facts.Docket.Events = slices.Clone(row.Facts.Docket.Events)
	how(&row)
	f.r.d.Set(row)
}

func (f *form) keep() {
	for _, b := range f.fields {
		b.Keep()
	}
}

// update shows what was changed elsewhere.
func (f *form) update() {
	if f.id == "" {
		return
	}
	for _, b := range f.fields {
		if !b.HasFocus() {
			b.Update()
		}
	}
	row := f.row()
	f.law.SetText(lawText(f.r, row))
	f.found.SetText(foundText(f.r, row))
}

// build makes the form anew, where it stood.
func (f *form) build() {
	f.keep()
	if f.row().ID == "" {
		f.Close()
		return
	}
	at := fyne.Position{}
	if f.scroll != nil {
		at = f.scroll.Offset
	}
	f.fields, f.stops = nil, nil
	f.law, f.found = widgets.Prose(""), widgets.Prose("")
	for _, l := range []*widget.Label{f.law, f.found} {
		l.Importance = widget.LowImportance
	}
	inset := layout.NewCustomPaddedLayout(0, 0, 0, 16) // beside the bar
	f.scroll = container.NewVScroll(container.New(inset, container.NewVBox(container.NewGridWithColumns(2, f.left(), f.right()), f.events())))
	f.Show(f.scroll)
	f.scroll.ScrollToOffset(at)
	f.update()
	if f.back > 0 && len(f.stops) > 0 {
		f.r.focus(f.stops[min(f.back, len(f.stops))-1])
	}
	f.back = 0
}

// labelled is a line of the form.
func (f *form) labelled(key string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(216, theme.Target), widgets.Line(f.r.s.T(key))), nil, o)
}

// field is a field of a text of the case. What can't be read is told at the foot once the field is left, and stays in it.
func (f *form) field(get func(register.Row) string, set func(*register.Row, string) error) *widgets.Field {
	field := widgets.NewField("")
	field.Scroll = fyne.ScrollHorizontalOnly
	b := widgets.Bind(field, f.r.s.Events.Post, func() { f.r.focus(nil) }, func() string { return get(f.row()) }, func(text string) {
		if set(new(register.Row), text) == nil {
			f.change(func(row *register.Row) { _ = set(row, text) })
		}
	})
	field.OnLost = func() { // half a day is none while it is typed
		b.Keep()
		if err := set(new(register.Row), field.Text); err != nil {
			f.r.s.Notices.TellText(f.r.s.T("register.not-taken", "text", field.Text, "what", registry.WhatOf(f.r.s.In(), err)), true)
			return
		}
		b.Update()
	}
	f.fields, f.stops = append(f.fields, b), append(f.stops, field)
	return field
}

// press makes a button of the form. Where a key presses it, the keyboard comes back to its place.
func (f *form) press(label string, pressed func(of *widgets.Press)) *widgets.Press {
	var b *widgets.Press
	at := len(f.stops) + 1
	b = widgets.NewPress(label, widgets.Plain, func() {
		f.back = 0
		if b.HasFocus() {
			f.back = at
		}
		pressed(b)
	})
	f.stops = append(f.stops, b)
	return b
}

func (f *form) text(of func(*register.Row) *string) *widgets.Field {
	return f.field(func(row register.Row) string { return *of(&row) }, func(row *register.Row, text string) error { *of(row) = text; return nil })
}

func (f *form) day(of func(*register.Row) *string) fyne.CanvasObject {
	field := f.field(func(row register.Row) string { return registry.ShowDay(*of(&row)) },
		func(row *register.Row, text string) (err error) { *of(row), err = registry.ParseDay(text); return err })
	field.SetPlaceHolder(f.r.s.T("register.day-hint"))
	return field
}

func (f *form) count(of func(*register.Row) *int) fyne.CanvasObject {
	return f.field(func(row register.Row) string {
		if n := *of(&row); n > 0 {
			return strconv.Itoa(n)
		}
		return ""
	}, func(row *register.Row, text string) (err error) {
		*of(row), err = registry.ParseCount(text)
		return err
	})
}

// choice is a button that offers words, and shows the one that is chosen.
func (f *form) choice(prefix string, codes []string, now string, set func(*register.Row, string)) fyne.CanvasObject {
	in := f.r.s.In()
	word := func(code string) string {
		if code == "" {
			return in.T("register.not-told")
		}
		return in.T(prefix + code)
	}
	return container.NewHBox(f.press(word(now)+" ▾", func(b *widgets.Press) {
		var items []*fyne.MenuItem
		for _, code := range codes {
			items = append(items, fyne.NewMenuItem(word(code), func() {
				f.change(func(row *register.Row) { set(row, code) })
				f.build()
			}))
		}
		widgets.Menu(b, items...)
	}))
}

// tick is a button that is on or off.
func (f *form) tick(key string, on bool, set func(*register.Row, bool)) fyne.CanvasObject {
	b := f.press(f.r.s.T(key), func(*widgets.Press) {
		f.change(func(row *register.Row) { set(row, !on) })
		f.build()
	})
	if on {
		b.Style, b.Icon = widgets.Chosen, widgets.Icon("check")
	}
	return b
}

func (f *form) left() fyne.CanvasObject {
	row := f.row()
	box := container.NewVBox(
		f.labelled("register-column.number", f.text(func(r *register.Row) *string { return &r.Facts.Number })),
		f.labelled("register-column.title", f.text(func(r *register.Row) *string { return &r.Facts.Title })),
		f.labelled("register-column.kind", f.choice("register-kind.", kinds(), string(row.Facts.Kind), func(r *register.Row, code string) {
			r.Facts.Kind = register.Kind(code)
			if !slices.Contains(r.Facts.Kind.StagesOf(), r.Facts.Docket.Stage) {
				r.Facts.Docket.Stage = ""
			}
		})),
		f.labelled("register-column.parties", f.text(func(r *register.Row) *string { return &r.Facts.Docket.Parties })),
		f.labelled("register-column.charge", f.text(func(r *register.Row) *string { return &r.Facts.Docket.Charge })),
	)
	if row.Facts.Kind == register.Criminal {
		box.Add(f.labelled("register-column.severity", f.choice("register-severity.", []string{"", "1", "2", "3", "4"}, severity(row), func(r *register.Row, code string) {
			r.Facts.Docket.Severity, _ = strconv.Atoi(code)
		})))
	}
	for key, of := range f.names() {
		box.Add(f.labelled(key, f.text(of)))
	}
	return box
}

// names are whose the case is.
func (f *form) names() func(func(string, func(*register.Row) *string) bool) {
	return func(yield func(string, func(*register.Row) *string) bool) {
		_ = yield("register-column.prosecutor", func(r *register.Row) *string { return &r.Facts.Prosecutor }) &&
			yield("register-column.office", func(r *register.Row) *string { return &r.Facts.Office }) &&
			yield("register-column.court", func(r *register.Row) *string { return &r.Facts.Court })
	}
}

func severity(row register.Row) string {
	if n := row.Facts.Docket.Severity; n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

func kinds() (codes []string) {
	for _, k := range register.Kinds {
		codes = append(codes, string(k))
	}
	return codes
}

func (f *form) right() fyne.CanvasObject {
	row := f.row()
	stages := append([]string{""}, row.Facts.Kind.StagesOf()...)
	box := container.NewVBox(
		f.labelled("register-column.accepted", f.day(func(r *register.Row) *string { return &r.Facts.Docket.Accepted })),
		f.labelled("register-column.stage", f.choice("register-stage.", stages, row.Facts.Docket.Stage, func(r *register.Row, code string) {
			if r.Facts.Docket.Stage != code { // another stage has another beginning, and another limit
				r.Facts.Docket.Stage, r.Facts.Docket.Since, r.Facts.Docket.Due = code, "", ""
			}
		})),
		f.labelled("register-column.since", f.day(func(r *register.Row) *string { return &r.Facts.Docket.Since })),
		f.labelled("register-column.due", f.day(func(r *register.Row) *string { return &r.Facts.Docket.Due })),
		f.labelled("register-column.limit", f.law),
		f.labelled("register-column.sheets", f.count(func(r *register.Row) *int { return &r.Facts.Docket.Sheets })),
	)
	if row.Path == "" {
		box.Add(f.labelled("register-column.scanned", f.count(func(r *register.Row) *int { return &r.Found.Scanned })))
	}
	box.Add(f.labelled("register-column.early", container.NewHBox(f.tick(map[bool]string{false: "register.no", true: "register.yes"}[row.Facts.Docket.Early], row.Facts.Docket.Early, func(r *register.Row, on bool) { r.Facts.Docket.Early = on }))))
	box.Add(f.labelled("register-column.notes", f.text(func(r *register.Row) *string { return &r.Facts.Docket.Notes })))
	box.Add(f.labelled("register.found", f.found))
	return box
}

// lawText says by when the case's stage is to end, and why.
func lawText(r *Section, row register.Row) string {
	day, rule, ok := row.Facts.Due()
	if !ok {
		return r.s.T("register.no-limit")
	}
	text := registry.ShowDay(day) + ", " + registry.Left(r.s.In(), register.DaysLeft(day, r.d.Today()))
	if rule.Source != "" {
		return r.s.T("register.by-law", "limit", text, "source", rule.Source)
	}
	return r.s.T("register.by-hand", "limit", text)
}

// foundText says what the program found out of a case.
func foundText(r *Section, row register.Row) string {
	in := r.s.In()
	text := in.T("register.on-paper")
	if row.Path != "" {
		text = in.T("register.scanned", "count", row.Found.Scanned)
	}
	if o := row.Found.Outline; o != register.OutlineNone {
		text += " · " + in.T("register-column.outline") + ": " + in.T("register-outline."+string(o))
	}
	if s := row.Found.Shown; len(s.Days) > 0 || s.Pages > 0 {
		text += " · " + in.T("register.shown", "pages", s.Pages, "recordings", s.Recordings, "minutes", s.Minutes)
	}
	if row.Pending() {
		text += "\n" + in.T("register.pending")
	}
	return text
}
