package prepare

import (
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/i18n"
	"butluc/app/ui/outline"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// studyBar is the line under the page's name in which its document is named, or what was found on the
// page is noted. Only one of the two is open at a time.
type studyBar struct {
	r      *Room
	page   library.PageID // where the document begins, or the page that is noted
	doc    *fyne.Container
	note   *fyne.Container
	title  *widgets.Bound
	fields []*widgets.Bound
	person *widgets.Button
	text   *widgets.Bound
	flag   *widgets.Button
	folio  *widgets.Bound
	box    *fyne.Container

	restricted *widgets.Button
}

func newStudyBar(r *Room) *studyBar {
	b := &studyBar{r: r}
	heading := func(hint string, field func(*library.Heading) *string) *widgets.Bound {
		return b.bind(hint, func() string {
			h, _ := r.s.Dossier.Outline().Heading(b.page)
			return *field(&h)
		}, func(text string) {
			h, ok := r.s.Dossier.Outline().Heading(b.page)
			if !ok {
				h.First = b.page
			}
			*field(&h) = text
			r.s.Edits.Edit(r.s.Dossier.Outline().Set(h))
		})
	}
	b.title = heading("document.title", func(h *library.Heading) *string { return &h.Title })
	date := heading("document.date", func(h *library.Heading) *string { return &h.Date })
	from := heading("document.from", func(h *library.Heading) *string { return &h.FolioFrom })
	to := heading("document.to", func(h *library.Heading) *string { return &h.FolioTo })
	b.person = widgets.NewButton("", nil, widgets.Plain, b.choosePerson)
	b.person.Cut = true
	uncut := widgets.NewButton(r.s.T("document.uncut"), nil, widgets.Quiet, b.uncut)
	done := func() *widgets.Button {
		return widgets.NewButton(r.s.T("study.done"), nil, widgets.Plain, b.close)
	}
	b.doc = container.NewVBox(b.title.Field,
		container.NewGridWithColumns(4, date.Field, from.Field, to.Field, b.person),
		container.NewBorder(nil, nil, uncut, done()))
	b.fields = []*widgets.Bound{b.title, date, from, to}

	b.text = b.bind("note.hint", func() string { return r.s.Dossier.Outline().Note(b.page).Text }, func(text string) {
		n := r.s.Dossier.Outline().Note(b.page)
		n.Text = text
		r.s.Edits.Edit(r.s.Dossier.Outline().Set(n))
	})
	b.folio = b.bind("note.folio", func() string { return r.s.Dossier.Outline().Note(b.page).Folio }, func(text string) {
		n := r.s.Dossier.Outline().Note(b.page)
		n.Folio = text
		r.s.Edits.Edit(r.s.Dossier.Outline().Set(n))
	})
	b.flag = widgets.NewButton("", nil, widgets.Plain, b.chooseFlag)
	b.restricted = widgets.NewButton("", nil, widgets.Plain, b.chooseRestriction)
	b.note = container.NewVBox(container.NewBorder(nil, nil, b.flag, nil, b.text.Field),
		container.NewBorder(nil, nil, container.NewHBox(container.NewGridWrap(fyne.NewSize(190, theme.Target), b.folio.Field), b.restricted), done()))
	ground := canvas.NewRectangle(theme.Color(theme.Raised))
	ground.CornerRadius = theme.Radius
	b.box = container.NewStack(ground, widgets.Inset(theme.Gap, container.NewStack(b.doc, b.note)))
	b.box.Hide()
	return b
}

func (b *studyBar) bind(hint string, get func() string, set func(string)) *widgets.Bound {
	return widgets.Bind(widgets.NewField(b.r.s.T(hint)), b.r.s.Events.Post, b.close, get, set)
}

// openDocument opens the line for the document that begins at a page.
func (b *studyBar) openDocument(first library.PageID) {
	b.keep()
	b.page = first
	b.show(true)
	b.title.Select()
	b.r.focus(b.title.Field)
}

// openNote opens the line for a note on a page.
func (b *studyBar) openNote(page library.PageID) {
	b.keep()
	b.page = page
	b.show(false)
	b.r.focus(b.text.Field)
	b.text.ToEnd()
}

func (b *studyBar) show(doc bool) {
	widgets.Show(b.doc, doc)
	widgets.Show(b.note, !doc)
	widgets.Show(b.box, true)
	b.update()
}

// keep keeps what was typed for the page that it was typed for.
func (b *studyBar) keep() {
	if !b.box.Visible() {
		return
	}
	if b.doc.Visible() {
		for _, f := range b.fields {
			f.Keep()
		}
		return
	}
	b.text.Keep()
	b.folio.Keep()
}

func (b *studyBar) close() {
	b.keep()
	b.box.Hide()
	b.r.focus(nil)
}

// follow closes the line when another page is looked at.
func (b *studyBar) follow(current library.PageID) {
	if !b.box.Visible() {
		return
	}
	if b.doc.Visible() {
		d, _ := b.r.s.Dossier.Document(current)
		if first, ok := d.First(); ok && first == b.page {
			b.update()
			return
		}
	} else if b.r.s.Dossier.Index().Head(current) == b.page {
		b.update()
		return
	}
	b.keep()
	b.box.Hide()
}

func (b *studyBar) update() {
	if b.doc.Visible() {
		for _, f := range b.fields {
			f.Update()
		}
		h, _ := b.r.s.Dossier.Outline().Heading(b.page)
		b.person.SetLabel(b.r.s.T("document.nobody"))
		if p, ok := b.r.s.Dossier.Outline().Person(h.Person); ok {
			b.person.SetLabel(p.Name)
		}
		return
	}
	b.text.Update()
	b.folio.Update()
	n := b.r.s.Dossier.Outline().Note(b.page)
	b.flag.SetLabel(b.r.s.T("flag." + flagKey(n.Flag)))
	b.restricted.SetLabel(restrictionText(b.r.s.In(), n.Restricted) + " ▾")
	if why := b.r.s.Labels.Restricted(b.page); n.Restricted == "" && why != "" { // of a person who is protected
		b.restricted.SetLabel(why + " ▾")
	}
}

func restrictionText(in i18n.Catalogue, code string) string {
	if code == "" {
		return in.T("restricted.none")
	}
	return in.T("restricted." + code)
}

// chooseRestriction marks the page, or all of its document, as not to be shown to everybody.
func (b *studyBar) chooseRestriction() {
	items := func(pages ...library.PageID) (items []*fyne.MenuItem) {
		for _, code := range append([]string{""}, library.Restrictions...) {
			items = append(items, fyne.NewMenuItem(restrictionText(b.r.s.In(), code), func() { b.r.s.Edits.Restrict(code, pages...) }))
		}
		return items
	}
	all := items(b.page)
	if d, ok := b.r.s.Dossier.Document(b.page); ok && len(d.Pages) > 1 {
		document := fyne.NewMenuItem(b.r.s.T("restricted.document"), nil)
		document.ChildMenu = fyne.NewMenu("", items(d.WithHidden().Pages...)...)
		all = append(all, fyne.NewMenuItemSeparator(), document)
	}
	widgets.Menu(b.restricted, all...)
}

func flagKey(f library.FlagKind) string {
	if f == library.FlagNone {
		return "none"
	}
	return string(f)
}

func (b *studyBar) choosePerson() {
	set := func(id library.ID) func() {
		return func() {
			h, ok := b.r.s.Dossier.Outline().Heading(b.page)
			if !ok {
				h.First = b.page
			}
			h.Person = id
			b.r.s.Edits.Edit(b.r.s.Dossier.Outline().Set(h))
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(b.r.s.T("document.nobody"), set(""))}
	for _, p := range b.r.s.Dossier.Outline().Persons() {
		items = append(items, fyne.NewMenuItem(outline.PersonName(b.r.s.In(), p), set(p.ID)))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(b.r.s.T("persons.open"), b.r.people.openPersons))
	widgets.Menu(b.person, items...)
}

func (b *studyBar) chooseFlag() {
	var items []*fyne.MenuItem
	for _, f := range []library.FlagKind{library.FlagNone, library.FlagKey, library.FlagContradiction, library.FlagVerify} {
		items = append(items, fyne.NewMenuItem(b.r.s.T("flag."+flagKey(f)), func() { b.r.noting.setFlag(b.page, f) }))
	}
	widgets.Menu(b.flag, items...)
}

func (b *studyBar) uncut() {
	h, ok := b.r.s.Dossier.Outline().Heading(b.page)
	if ok && b.r.s.Edits.Edit(b.r.s.Dossier.Outline().Remove("heading", h.Key())) {
		for _, f := range b.fields {
			f.Update() // so that closing keeps nothing
		}
	}
	b.box.Hide()
	b.r.focus(nil)
}

// setFlag flags a page, or with none takes the flag away.
func (nt *noting) setFlag(page library.PageID, f library.FlagKind) bool {
	n := nt.r.s.Dossier.Outline().Note(page)
	n.Flag = f
	return nt.r.s.Edits.Edit(nt.r.s.Dossier.Outline().Set(n))
}

// noted is the page on which is noted what is found on the page looked at: of a recording, its beginning.
func (nt *noting) noted() library.PageID {
	return nt.r.s.Dossier.Index().Head(nt.r.s.Study.Current().Page)
}

// beginDocument cuts a document at the page looked at, and lets a person name it.
func (nt *noting) beginDocument() {
	page, ok := nt.known()
	if !ok {
		return
	}
	o := nt.r.s.Dossier.Outline()
	if _, cut := o.Heading(page); !cut && !nt.r.s.Edits.Edit(o.Set(library.Heading{First: page, Title: nt.newTitle(page)})) {
		return
	}
	nt.r.bar.openDocument(page)
}

// hidePage hides the page looked at, or shows it again.
func (nt *noting) hidePage() {
	page, ok := nt.known()
	if !ok {
		return
	}
	o := nt.r.s.Dossier.Outline()
	n := o.Note(page)
	n.Hidden = !n.Hidden
	if nt.r.s.Edits.Edit(o.Set(n)) {
		nt.r.s.Notices.Tell("page."+map[bool]string{true: "now-hidden", false: "now-shown"}[n.Hidden], false)
	}
}

// flag flags the page looked at, or takes that flag away.
func (nt *noting) flag(f library.FlagKind) {
	page, ok := nt.known()
	switch {
	case !ok:
	case nt.r.s.Dossier.Outline().Note(page).Flag == f:
		nt.setFlag(page, library.FlagNone)
	case nt.setFlag(page, f):
		nt.r.bar.openNote(page)
	}
}

// known is the page that something can be noted about; false where there is none.
func (nt *noting) known() (page library.PageID, ok bool) {
	page = nt.noted()
	_, ok = nt.r.s.Dossier.Exhibit(page.Path)
	return page, ok
}

// newTitle is what a document is called that was just cut, until a person names it.
func (nt *noting) newTitle(page library.PageID) string {
	if page.Index == 0 {
		return ""
	}
	return nt.r.s.T("document.new", "page", page.Index+1)
}

// join makes one document of the picked ones, or of a joined one its files again.
func (nt *noting) join() {
	o := nt.r.s.Dossier.Outline()
	docs := nt.r.panel.PickedDocuments()
	if len(docs) < 2 {
		for _, j := range o.Joins() {
			for _, p := range j.Paths {
				if p == nt.r.s.Study.Current().Page.Path && nt.r.s.Edits.Edit(o.Remove("join", j.Key())) {
					nt.r.s.Notices.Tell("document.unjoined", false)
					return
				}
			}
		}
		nt.r.s.Notices.Tell("document.join-how", true)
		return
	}
	j := library.Join{ID: library.NewID(), Title: joinedTitle(docs)}
	var gone []library.Key
	for _, d := range docs {
		for _, page := range d.WithHidden().Pages {
			if n := len(j.Paths); n == 0 || j.Paths[n-1] != page.Path {
				j.Paths = append(j.Paths, page.Path)
			}
		}
	}
	for _, have := range o.Joins() { // joining a joined document joins its files
		for _, p := range have.Paths {
			if strings.Contains("\n"+strings.Join(j.Paths, "\n")+"\n", "\n"+p+"\n") {
				gone = append(gone, have.Key())
				break
			}
		}
	}
	e := o.Remove("join", gone...)
	e.Changes = append(e.Changes, library.Change{After: j})
	if nt.r.s.Edits.Edit(e) {
		nt.r.panel.Unpick()
		nt.r.s.Notices.TellText(nt.r.s.T("document.joined", "count", len(j.Paths)), false)
	}
}

// joinedTitle is the folder's name where all files are in one, else the first one's title.
func joinedTitle(docs []library.Document) string {
	dir := path.Dir(docs[0].File.Path)
	for _, d := range docs {
		if path.Dir(d.File.Path) != dir {
			return docs[0].Title
		}
	}
	if dir == "." {
		return docs[0].Title
	}
	return library.ReadableName(dir)
}
