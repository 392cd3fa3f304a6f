// Package office is the shelf's section of the office's store: its cases, what is done with them, and the sheets in which a
// person chooses between two versions, reads the log and keeps the roster.
package office

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/console/office"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// Chooser asks a person for a file or folder.
type Chooser interface {
	ChooseFolder(what, confirm string, chosen func(dir string)) // keys of the catalogue
	ChooseFile(what string, endings []string, chosen func(file string))
}

// Section is the section. Make one for each drawing of the window.
type Section struct {
	s     *console.Session
	o     *office.Office
	focus func(fyne.Focusable)
	files Chooser
	act   func(keys.Action)

	which   *widgets.Button // the store
	publish *widgets.Button
	update  *widgets.Button
	look    *widgets.Button
	more    *widgets.Button
	head    fyne.CanvasObject

	phrase  *widgets.Field
	begin   *fyne.Container // what is missing, and the way to it
	needed  office.Need     // what begin tells of
	rows    *widgets.Rows
	foot    *widgets.Paragraph
	list    *fyne.Container
	content fyne.CanvasObject
	sheet   *widgets.Sheet
	at      int
}

// New makes the section. focus gives the keyboard away, with nil back to the room; act does an action of the window's.
func New(s *console.Session, focus func(fyne.Focusable), files Chooser, act func(keys.Action)) *Section {
	r := &Section{s: s, o: s.Office, focus: focus, files: files, act: act, needed: -1}
	r.head = r.tools()
	r.phrase = widgets.NewField(s.T("store.passphrase"))
	r.phrase.Password = true
	r.phrase.OnEscape = func() { focus(nil) }
	r.phrase.OnReturn = r.unlock
	r.rows = widgets.NewRows()
	r.rows.Count = func() int { list, _ := r.o.Rows(); return len(list) }
	r.rows.Height = func(int) float32 { return rowTall }
	r.rows.Make = func() fyne.CanvasObject { return newRow() }
	r.rows.Fill = func(i int, o fyne.CanvasObject) { r.fill(i, o.(*row)) }
	r.foot = widgets.NewParagraph(theme.TextSmall, false, theme.Muted)
	r.begin = container.NewStack()
	r.list = container.NewBorder(nil, r.foot, nil, nil, r.rows)
	r.content = container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 12, 12), container.NewStack(r.list, r.begin))
	r.sheet = widgets.NewSheet(s.T("sheet.close"), func() { focus(nil) })
	s.Events.Subscribe(event.ShelfChanged|event.CaseChanged|event.CaseOpened, r.build)
	r.o.Load()
	r.build()
	return r
}

// tools are what stands beside the room's switch.
func (r *Section) tools() fyne.CanvasObject {
	button := func(key string, style widgets.Style, a keys.Action, do func()) *widgets.Button {
		b := widgets.NewButton(r.s.T(key), nil, style, do)
		b.Hint = keys.Hint(r.s.In(), keys.Shelf, a)
		return b
	}
	r.which = widgets.NewButton("", nil, widgets.Quiet, r.chooseStore)
	r.look = button("store.look", widgets.Plain, keys.LookStore, r.o.Look)
	r.update = button("store.update", widgets.Plain, keys.UpdateCase, r.updateCase)
	r.publish = button("store.publish", widgets.Primary, keys.PublishCase, r.o.Publish)
	r.more = widgets.NewButton("", widgets.Icon("more"), widgets.Plain, r.menu)
	r.more.Hint = keys.Hint(r.s.In(), keys.Shelf, keys.StoreMenu)
	r.more.Tip = r.s.T("store.more")
	return container.NewBorder(nil, nil, r.which, container.NewHBox(r.look, r.update, r.publish, r.more))
}

// Head is what stands beside the room's switch.
func (r *Section) Head() fyne.CanvasObject { return r.head }

// Content is what the section shows.
func (r *Section) Content() fyne.CanvasObject { return r.content }

// Above lies over the whole room: a sheet.
func (r *Section) Above() fyne.CanvasObject { return r.sheet.Content() }

// Overlays are what may lie over the section.
func (r *Section) Overlays() []widgets.Overlay { return []widgets.Overlay{r.sheet} }

// build shows what there is now.
func (r *Section) build() {
	need := r.o.Need()
	if need != r.needed {
		r.needed = need
		r.begin.Objects = []fyne.CanvasObject{r.beginning(need)}
		r.begin.Refresh()
	}
	list, closed := r.o.Rows()
	ready := need == office.NeedNone
	widgets.Show(r.begin, !ready)
	widgets.Show(r.list, ready)
	name := r.s.T("store.which")
	if stores := r.o.Stores(); r.o.At() < len(stores) {
		name = stores[r.o.At()].Name
	}
	r.which.SetLabel(name + " ▾")
	widgets.Show(r.which, len(r.o.Stores()) > 0)
	for _, b := range []*widgets.Button{r.publish, r.update} {
		b.SetDisabled(need < office.NeedLook || !r.o.HasCase())
	}
	r.look.SetDisabled(need < office.NeedLook)
	words := r.o.Warning()
	if ready && len(list) == 0 {
		words = r.s.T("store.no-cases") + " " + words
	}
	if closed > 0 {
		words += " " + r.s.T("store.closed", "count", closed)
	}
	r.foot.SetText(words)
	r.at = max(0, min(r.at, len(list)-1))
	r.rows.Reload()
}

// beginning says what is missing, and what to do.
func (r *Section) beginning(need office.Need) fyne.CanvasObject {
	title := widgets.Heading(r.s.T("store.title"))
	title.Alignment = fyne.TextAlignCenter
	key := map[office.Need]string{
		office.NeedKey: "store.need-key", office.NeedUnlock: "store.need-unlock", office.NeedStore: "store.need-store", office.NeedLook: "store.need-look",
	}[need]
	if key == "" {
		return widgets.Space(1, 1)
	}
	words := widgets.Prose(r.s.T(key))
	words.Alignment = fyne.TextAlignCenter
	var way fyne.CanvasObject
	switch need {
	case office.NeedUnlock:
		open := widgets.NewButton(r.s.T("store.unlock"), nil, widgets.Primary, r.unlock)
		way = container.New(middle{420}, container.NewBorder(nil, nil, nil, open, r.phrase))
	case office.NeedStore:
		way = container.NewCenter(widgets.NewButton(r.s.T("store.add"), nil, widgets.Primary, r.addStore))
	case office.NeedLook:
		way = container.NewCenter(widgets.NewButton(r.s.T("store.look"), nil, widgets.Primary, r.o.Look))
	case office.NeedKey:
		b := widgets.NewButton(r.s.T("store.make-key"), nil, widgets.Primary, func() { r.act(keys.WhoAmI) })
		b.Hint = keys.Hint(r.s.In(), keys.Shelf, keys.WhoAmI)
		way = container.NewCenter(b)
	case office.NeedNone:
		way = widgets.Space(1, 1)
	}
	return container.New(middle{620}, container.NewVBox(title, words, widgets.Space(1, theme.Gap), way))
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
func (l middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(min(320, l.most), 0)
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

func (r *Section) unlock() {
	typed := r.phrase.Text
	r.phrase.SetText("")
	r.focus(nil)
	r.o.Unlock(typed, func(err error) {
		if err != nil {
			r.focus(r.phrase)
		}
	})
}

func (r *Section) chooseStore() {
	var items []*fyne.MenuItem
	for i, k := range r.o.Stores() {
		items = append(items, fyne.NewMenuItem(k.Name, func() { r.o.Choose(i) }))
	}
	widgets.Menu(r.which, items...)
}

// menu offers what is done less often.
func (r *Section) menu() {
	items := []*fyne.MenuItem{}
	if r.o.Need() >= office.NeedStore {
		items = append(items, fyne.NewMenuItem(r.s.T("store.add"), r.addStore))
	}
	if r.o.Need() == office.NeedNone {
		items = append(items, fyne.NewMenuItem(r.s.T("store.roster-show"), r.showRoster))
	}
	if len(r.o.Stores()) > 0 {
		items = append(items, fyne.NewMenuItem(r.s.T("store.forget"), r.o.Forget))
	}
	if len(items) == 0 {
		return
	}
	widgets.Menu(r.more, items...)
}

// updateCase brings what others put into the store; where both edited, a person chooses.
func (r *Section) updateCase() { r.o.Update("", r.showApart) }

// caseMenu offers what is done with the chosen case.
func (r *Section) caseMenu() {
	list, _ := r.o.Rows()
	if r.at >= len(list) {
		return
	}
	c := list[r.at]
	items := []*fyne.MenuItem{}
	if c.Asked {
		items = append(items, fyne.NewMenuItem(r.s.T("store.read-submitted"), func() {
			r.files.ChooseFolder("store.fetch", "store.fetch-here", func(dir string) { r.o.FetchSubmitted(c.Case, dir) })
		}))
	}
	if c.State == "" {
		items = append(items, fyne.NewMenuItem(r.s.T("store.fetch"), func() {
			r.files.ChooseFolder("store.fetch", "store.fetch-here", func(dir string) { r.o.Fetch(c.Case, dir) })
		}))
	} else {
		items = append(items, fyne.NewMenuItem(r.s.T("store.update"), r.updateCase), fyne.NewMenuItem(r.s.T("store.publish"), r.o.Publish))
	}
	items = append(items, fyne.NewMenuItem(r.s.T("store.log-show"), func() { r.showLog(c) }))
	if _, head := r.o.Roster(); head {
		items = append(items, fyne.NewMenuItem(r.s.T("store.grant"), func() { r.showGrants(c) }))
	}
	y := r.rows.Top(r.at) + rowTall
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.rows).Add(fyne.NewPos(24, min(y, r.rows.Size().Height)))
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(r.rows); canvas != nil {
		widgets.MenuAt(canvas, at, items...)
	}
}

// actions are the section's own.
var actions = map[keys.Action]func(*Section){
	keys.RowUp:       func(r *Section) { r.choose(r.at - 1) },
	keys.RowDown:     func(r *Section) { r.choose(r.at + 1) },
	keys.RowFirst:    func(r *Section) { r.choose(0) },
	keys.RowLast:     func(r *Section) { r.choose(1 << 30) },
	keys.OpenChosen:  (*Section).enter,
	keys.LookStore:   func(r *Section) { r.o.Look() },
	keys.UpdateCase:  (*Section).updateCase,
	keys.PublishCase: func(r *Section) { r.o.Publish() },
	keys.StoreMenu:   (*Section).menu,
}

// Does tells whether an action is one of the section's.
func Does(a keys.Action) bool { return actions[a] != nil }

// Do does an action of the section and tells whether it was one.
func (r *Section) Do(a keys.Action) bool {
	act, ok := actions[a]
	if ok {
		act(r)
	}
	return ok
}

// enter does what comes next: what is missing, or the menu of the chosen case.
func (r *Section) enter() {
	switch r.o.Need() {
	case office.NeedUnlock:
		r.focus(r.phrase)
	case office.NeedStore:
		r.addStore()
	case office.NeedLook:
		r.o.Look()
	case office.NeedNone:
		r.caseMenu()
	case office.NeedKey:
	}
}

func (r *Section) choose(i int) {
	list, _ := r.o.Rows()
	r.at = max(0, min(i, len(list)-1))
	r.rows.Reload()
	r.rows.Reveal(r.at)
}
