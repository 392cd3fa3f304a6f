package register

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"butluc/app/registry"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/office/register"
)

// events is the part of the form in which what was done in the case is typed, a line each.
func (f *form) events() fyne.CanvasObject {
	in, row := f.r.s.In(), f.row()
	box := container.NewVBox(widgets.Space(1, 8), widgets.Rule(), widgets.Heading(in.T("register.sheet-events")))
	for i, e := range row.Facts.Docket.Events {
		box.Add(f.event(i, e))
	}
	for _, e := range row.Hearings() {
		if !typed(row, e) {
			said := widgets.Small(in.T("register.from-journal", "day", registry.ShowDay(e.Day)))
			box.Add(said)
		}
	}
	add := f.press(in.T("register.add-event")+" ▾", func(add *widgets.Press) {
		var items []*fyne.MenuItem
		for _, k := range library.EventKinds {
			items = append(items, fyne.NewMenuItem(in.T("register-event."+string(k)), func() { f.addEvent(k) }))
		}
		widgets.Menu(add, items...)
	})
	box.Add(container.NewHBox(add))
	return box
}

// typed tells whether a hearing was typed, and is not known from the journal alone.
func typed(row register.Row, e library.Event) bool {
	for _, t := range row.Facts.Docket.Events {
		if t.Kind == library.EventHearing && t.Day == e.Day {
			return true
		}
	}
	return false
}

func (f *form) addEvent(k library.EventKind) {
	f.back = 0 // the keyboard goes to what was added
	f.change(func(row *register.Row) {
		e := library.Event{Kind: k}
		if k != library.EventHearing {
			e.Day = f.r.d.Today()
		}
		row.Facts.Docket.Events = append(row.Facts.Docket.Events, e)
	})
	f.build()
	f.scroll.ScrollToBottom()
	if at := f.firstOfLast(); at != nil {
		f.r.focus(at)
	}
}

// firstOfLast is the first field of the last event.
func (f *form) firstOfLast() *widgets.Field {
	events := f.row().Facts.Docket.Events
	if len(events) == 0 || len(f.fields) < fieldsOfEvent {
		return nil
	}
	return f.fields[len(f.fields)-fieldsOfEvent].Field
}

// fieldsOfEvent is how many fields an event has: its day, how many or where, what it was about.
const fieldsOfEvent = 3

// event is a line of what was done. Its fields are of its place in the list.
func (f *form) event(i int, e library.Event) fyne.CanvasObject {
	in := f.r.s.In()
	of := func(row *register.Row) *library.Event {
		if i >= len(row.Facts.Docket.Events) {
			return &library.Event{} // of a probe, or taken out meanwhile
		}
		return &row.Facts.Docket.Events[i]
	}
	day := f.day(func(row *register.Row) *string { return &of(row).Day })
	var second fyne.CanvasObject
	if e.Kind == library.EventHearing {
		place := f.text(func(row *register.Row) *string { return &of(row).Place })
		place.SetPlaceHolder(in.T("register-event-column.place"))
		second = place
	} else {
		second = f.count(func(row *register.Row) *int { return &of(row).Count })
		second.(*widgets.Field).SetPlaceHolder(in.T("register.times-hint"))
	}
	about := f.text(func(row *register.Row) *string { return &of(row).Text })
	about.SetPlaceHolder(in.T("register-event-column.text"))
	tail := container.NewHBox()
	if e.Kind == library.EventHearing {
		for _, t := range []struct {
			key string
			of  func(*library.Event) *bool
		}{
			{"register-event-column.online", func(e *library.Event) *bool { return &e.Online }},
			{"register-event-column.lesson", func(e *library.Event) *bool { return &e.Lesson }},
			{"register-event-column.shown", func(e *library.Event) *bool { return &e.Shown }},
		} {
			tail.Add(f.tick(t.key, *t.of(&e), func(row *register.Row, on bool) { *t.of(of(row)) = on }))
		}
	}
	remove := f.press("", func(*widgets.Press) {
		f.change(func(row *register.Row) {
			events := row.Facts.Docket.Events
			row.Facts.Docket.Events = append(events[:i], events[i+1:]...)
		})
		f.fields = nil // those of this list
		f.build()
	})
	remove.Style = widgets.Quiet
	remove.Icon, remove.Tip = widgets.Icon("close"), in.T("register.remove-event")
	tail.Add(remove)
	kind := widget.NewLabel(in.T("register-event." + string(e.Kind)))
	kind.Truncation = fyne.TextTruncateEllipsis
	fixed := func(wide float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewGridWrapLayout(fyne.NewSize(wide, theme.Target)), o)
	}
	return container.NewBorder(nil, nil, container.NewHBox(fixed(290, kind), fixed(116, day), fixed(150, second)), tail, about)
}
