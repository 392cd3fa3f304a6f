package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/outline"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/assets"
	"butluc/library"
)

// outlineSide is the room's right side: the outline over what its chosen row holds.
func (r *Room) outlineSide() fyne.CanvasObject {
	r.outline = outline.NewEditor(r.s, r.do, r.focus)
	r.details = outline.NewDetails(r.outline)
	r.outline.OnDrag, r.outline.OnDrop = r.drag.move, r.drag.drop
	r.outline.OnActive = func() { r.panel.SetActive(false) }
	r.outline.OnMenu = func(at fyne.Position) { widgets.MenuAt(r.canvas(), at, r.rowMenu()...) }
	r.outline.SetEmpty(r.beginning())

	title := notCut(r.s.T("outline.title"))
	add := widgets.NewButton("", widgets.Icon("add"), widgets.Quiet, nil)
	add.OnTapped = func() { widgets.Menu(add, r.addMenu()...) }
	more := widgets.NewButton("", widgets.Icon("more"), widgets.Quiet, nil)
	more.OnTapped = func() { widgets.Menu(more, r.moreMenu()...) }
	undo := widgets.NewButton("", widgets.Icon("undo"), widgets.Quiet, func() { r.Do(keys.Undo) })
	redo := widgets.NewButton("", widgets.Icon("redo"), widgets.Quiet, func() { r.Do(keys.Redo) })
	add.Tip, more.Tip, undo.Tip, redo.Tip = r.s.T("outline.add"), r.s.T("outline.more"), tip(r.s.In(), keys.Undo), tip(r.s.In(), keys.Redo)
	r.history = func() {
		snapshot, _ := r.s.Dossier.Snapshot()
		undo.SetDisabled(snapshot.Undo == "")
		redo.SetDisabled(snapshot.Redo == "")
	}
	r.s.Events.Subscribe(event.OutlineChanged|event.CaseChanged, r.history)
	r.history()
	head := container.NewVBox(container.New(headed{}, title, container.NewHBox(undo, redo, add, more)), r.opinion())
	split := container.NewVSplit(r.outline.Content(), r.details.Content())
	split.Offset = 0.62
	r.details.OnShown = split.Refresh
	r.panels.details = split
	return widgets.Panel(container.NewBorder(head, nil, nil, nil, split))
}

// opinion is the line that tells what the superior said of the outline, or that the case is here to be read; nothing else
// while there is neither.
func (r *Room) opinion() fyne.CanvasObject {
	b := widgets.NewButton("", nil, widgets.Quiet, func() { r.do(keys.Opinions) })
	b.Cut, b.Row = true, true
	b.Hint = keys.Hint(r.s.In(), keys.Prepare, keys.Opinions)
	follow := func() {
		text := r.s.Review.Line()
		b.SetLabel(text)
		widgets.Show(b, text != "")
	}
	r.s.Events.Subscribe(event.OutlineChanged|event.CaseChanged, follow)
	follow()
	return b
}

func (r *Room) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(r.content)
}

func (r *Room) item(a keys.Action) *fyne.MenuItem {
	return widgets.Item(a.Text(r.s.In()), keys.Hint(r.s.In(), keys.Outline|keys.Prepare, a), func() { r.Do(a) })
}

func (r *Room) items(actions ...keys.Action) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, a := range actions {
		if a == "" {
			items = append(items, fyne.NewMenuItemSeparator())
			continue
		}
		items = append(items, r.item(a))
	}
	return items
}

func (r *Room) addMenu() []*fyne.MenuItem {
	return r.items(keys.NewStep, keys.AddPage, keys.AddBeside, keys.PushBeside, keys.ReplacePane, "", keys.NewScenario, keys.NewPhase)
}

func (r *Room) rowMenu() []*fyne.MenuItem {
	export := fyne.NewMenuItem(r.s.T("export-shot.open"), func() { r.exportShot(r.outline.Cursor()) })
	confirm := fyne.NewMenuItem(r.s.T("confirm.open"), func() { r.s.Edits.Confirm(r.outline.Cursor()) })
	items := r.items(keys.Write, keys.NewStep, "", keys.Copy, keys.Cut, keys.Paste, keys.Duplicate, "", keys.Raise, keys.Lower, "", keys.Delete)
	items = append(items, fyne.NewMenuItemSeparator())
	if parts := r.outline.Editor.PartItems(r.outline.Cursor()); len(parts) > 0 {
		part := fyne.NewMenuItem(r.s.T("details.part"), nil)
		part.ChildMenu = fyne.NewMenu("", parts...)
		return append(items, part)
	}
	return append(items, export, confirm)
}

func (r *Room) moreMenu() []*fyne.MenuItem {
	from := fyne.NewMenuItem(r.s.T("template.from"), nil)
	from.ChildMenu = fyne.NewMenu("", r.templates.templateItems()...)
	return []*fyne.MenuItem{
		from,
		fyne.NewMenuItem(r.s.T("template.save"), r.templates.openSaveTemplate),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(r.s.T("persons.open"), r.people.openPersons),
		fyne.NewMenuItem(r.s.T("attribution.open"), r.people.attribute),
		fyne.NewMenuItem(r.s.T("cover.open"), r.people.openCover),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(r.s.T("print.open"), r.openPrint),
		widgets.Item(r.s.T("submit.open"), keys.Hint(r.s.In(), keys.Prepare, keys.Opinions), func() { r.do(keys.Opinions) }),
		widgets.Item(r.s.T("folios.open"), keys.Hint(r.s.In(), keys.Prepare, keys.FolioTable), r.openFolios),
		fyne.NewMenuItem(r.s.T("list.open"), r.chooseList),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(r.s.T("relink.open"), func() { r.s.Edits.Relink() }),
		fyne.NewMenuItem(r.s.T("export.open"), func() {
			r.choose.ChooseSave("export.where", r.s.T("export.file"), ".json", func(file string) { r.s.Exchange.Export(file) })
		}),
		fyne.NewMenuItem(r.s.T("import.open"), func() {
			r.choose.ChooseFile("import.which", []string{".json"}, func(file string) { r.s.Exchange.Import(file) })
		}),
		widgets.Item(r.s.T("sealing.open"), keys.Hint(r.s.In(), keys.Prepare, keys.PackCase), func() { r.do(keys.PackCase) }),
		fyne.NewMenuItem(r.s.T("handover.open"), func() {
			r.choose.ChooseFolder("handover.where", "choose.into", func(dir string) { r.s.Exchange.HandOver(dir) })
		}),
	}
}

// templateItems offer the templates by kind of case, and those that were kept.
func (tm *templates) templateItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, kind := range library.CaseKinds {
		items = append(items, fyne.NewMenuItem(tm.r.s.T("case-kind."+string(kind)), func() { tm.useTemplate(kind) }))
	}
	kept := tm.r.s.Exchange.Templates()
	if len(kept) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	for _, name := range kept {
		items = append(items, fyne.NewMenuItem(name, func() { tm.usedTemplate(tm.r.s.Exchange.UseTemplate(name)) }))
	}
	return items
}

func (tm *templates) useTemplate(kind library.CaseKind) {
	tm.usedTemplate(tm.r.s.Exchange.AddTemplate(tm.r.s.T("case-kind."+string(kind)), assets.Template(string(kind))))
}

func (tm *templates) usedTemplate(done bool) {
	if done {
		tm.r.setActive(true)
		tm.r.s.Notices.Tell("template.used", false)
	}
}

// openSaveTemplate asks for a name and keeps the outline as a template.
func (tm *templates) openSaveTemplate() {
	tm.r.sheet.open(tm.r.s.T("template.save-title"), func() fyne.CanvasObject {
		field := widgets.NewField(tm.r.s.T("template.name"))
		save := func() {
			if field.Text != "" {
				tm.r.s.Exchange.SaveTemplate(field.Text)
				tm.r.sheet.Close()
			}
		}
		field.OnEscape, field.OnReturn = tm.r.sheet.Close, save
		tm.r.focus(field)
		return container.NewVBox(widgets.Prose(tm.r.s.T("template.save-text")), field,
			container.NewHBox(widgets.NewButton(tm.r.s.T("template.save-do"), nil, widgets.Primary, save)))
	})
}

// beginning is shown in place of an outline that is not begun yet.
func (r *Room) beginning() fyne.CanvasObject {
	text := widgets.Prose(r.s.T("outline.empty"))
	text.Alignment = fyne.TextAlignCenter
	box := container.NewVBox(text, widgets.Space(1, theme.Gap))
	for i, kind := range library.CaseKinds {
		style := widgets.Plain
		if i == 0 {
			style = widgets.Primary
		}
		box.Add(widgets.NewButton(r.s.T("case-kind."+string(kind)), nil, style, func() { r.templates.useTemplate(kind) }))
	}
	box.Add(widget.NewSeparator())
	box.Add(widgets.NewButton(r.s.T("outline.begin-blank"), nil, widgets.Quiet, func() {
		r.setActive(true)
		r.Do(keys.NewScenario)
	}))
	return container.NewVScroll(widgets.Inset(theme.Gap, box))
}

// setActive gives the keys to the outline, or back to the evidence.
func (r *Room) setActive(outline bool) {
	r.outline.SetActive(outline)
	r.panel.SetActive(!outline)
}

// addLooked makes steps of what was found, of what is picked, or of what is looked at.
func (r *Room) addLooked() {
	current := r.s.Study.Current().Page
	if current == (library.PageID{}) {
		return
	}
	if r.find.Content().Visible() {
		r.addFound()
	} else if picked := r.panel.Picked(); len(picked) > 0 {
		r.outline.Editor.AddPages(picked...)
	} else if _, ok := r.s.Study.Recording(); ok {
		r.addPart()
	} else {
		r.outline.Editor.AddPages(current)
	}
}

// exportShot asks where to write what a step shows, as PNG or PDF.
func (r *Room) exportShot(id library.ID) {
	if step, ok := r.s.Dossier.Outline().Step(id); ok && !step.Shot.IsZero() {
		r.choose.ChooseSave("export-shot.where", r.s.Labels.Number(id), ".png", func(file string) { r.s.Exchange.ExportShot(id, file) })
	}
}
