// Package prepare is the room where the case is studied: its documents, and the page looked at,
// large, in private.
package prepare

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/evidence"
	"butluc/app/ui/find"
	"butluc/app/ui/outline"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Room is the room. Make one for each drawing of the window.
type Room struct {
	s         *console.Session
	panel     *evidence.Panel
	find      *find.Panel // in its place, while words are looked for
	page      *page
	content   fyne.CanvasObject
	focus     func(fyne.Focusable)
	do        func(keys.Action)
	outline   *outline.Panel
	details   *outline.Details
	drag      *drag
	history   func() // undo and redo as they are now
	choose    Chooser
	splits    widgets.Splits
	bar       *studyBar
	marks     *markBar
	clips     *clipBar
	foot      *fyne.Container // the strip and the ways through it
	panels    panels
	sheet     *sheet
	folios    *folioTable // nil until it is opened
	unshown   unshown
	noting    noting
	people    people
	head      pageHead
	templates templates
}

// pageHead is what stands over the page: its name, how large it is seen, where it is used, the way to the court, what it has attached, and what
// speaks for it.
type pageHead struct {
	name       *widgets.Paragraph
	zoom, used *widget.Label
	line       *fyne.Container // of name and used
	start      *widgets.Button
	attached   attached
	proved     proved
}

// templates are outlines kept for other cases.
type templates struct{ r *Room }

// unshown is what stands in the place of a page that can't be shown.
type unshown struct {
	r        *Room
	reason   *widget.Label
	password *widgets.Field
	unlock   *fyne.Container
	unpack   *widgets.Button
	text     *widget.Label
	textBox  *container.Scroll
	texted   string // the path whose text is shown
	problem  *fyne.Container
}

// noting notes something about the page looked at, or its document.
type noting struct{ r *Room }

// people are the sheets of the persons and of the cover.
type people struct {
	r      *Room
	heads  *widgets.Heads // over the persons; nil before they were listed
	hiding *hiding
}

// Chooser asks a person for a file or folder.
type Chooser interface {
	ChooseFolder(title, confirm string, chosen func(dir string))
	ChooseFile(title string, endings []string, chosen func(file string))
	ChooseSave(title, what, ending string, chosen func(file string))
}

// New makes the room. do does an action of the window's; focus gives the keyboard to a field, or with
// nil back to the room; choose asks for files.
func New(s *console.Session, do func(keys.Action), focus func(fyne.Focusable), choose Chooser) *Room {
	panel, strip := evidence.NewWithStrip(s, func() { focus(nil) })
	r := &Room{
		s: s, panel: panel, page: newPage(s), do: do, focus: focus, choose: choose,
		head: pageHead{name: widgets.NewParagraph(theme.TextHead, true, theme.Text), zoom: widget.NewLabel("")}, unshown: unshown{reason: widgets.Prose(""), text: widgets.Prose("")},
	}
	r.unshown.r, r.noting.r, r.people.r, r.templates.r = r, r, r, r
	r.unshown.password = widgets.NewField(s.T("password.hint"))
	r.unshown.password.Password = true
	r.unshown.password.OnEscape = func() { focus(nil) }
	r.unshown.password.OnSubmitted = func(string) { r.unshown.tryPassword() }
	r.unshown.unlock = container.NewBorder(nil, nil, nil,
		widgets.NewButton(s.T("password.try"), nil, widgets.Primary, r.unshown.tryPassword), r.unshown.password)
	r.unshown.unpack = widgets.NewButton(s.T("archive.unpack"), nil, widgets.Primary, func() {
		path := r.s.Study.Current().Page.Path
		r.choose.ChooseFolder("archive.where", "choose.into", func(into string) { r.s.Exchange.Unpack(path, into) })
	})
	r.unshown.reason.Alignment = fyne.TextAlignCenter
	r.unshown.textBox = container.NewVScroll(r.unshown.text)
	r.unshown.textBox.SetMinSize(fyne.NewSize(300, 200))
	r.unshown.problem = container.NewStack(container.NewBorder(
		widgets.Inset(24, container.NewVBox(r.unshown.reason, container.NewCenter(container.NewGridWrap(fyne.NewSize(420, 40), r.unshown.unlock)), container.NewCenter(r.unshown.unpack))),
		nil, nil, nil, widgets.Inset(16, r.unshown.textBox)))
	r.drag, r.bar, r.sheet = newDrag(r), newStudyBar(r), newSheet(r)
	r.people.hiding = newHiding(r)
	r.head.attached, r.head.proved = newAttached(r), newProved(r)
	r.marks = newMarkBar(r)
	r.page.marker.excerpts = newExcerpting(r)
	r.clips = newClipBar(r)
	r.panel.OnDrag = func(pages []library.PageID, at fyne.Position) { r.drag.move(outline.Payload{Pages: pages}, at) }
	r.panel.OnDrop = r.drag.drop
	r.panel.OnActive = func() { r.outline.SetActive(false) }
	r.panel.OnMenu, r.page.onMenu = r.noting.openMenu, r.noting.openMenu
	r.find = find.New(s)
	r.find.OnGone = func() {
		r.setActive(false)
		focus(nil)
	}
	r.find.OnClose = func() { r.closeFind() }
	r.find.OnAdd = r.addFound
	r.find.Content().Hide()
	r.panels.outline = r.outlineSide()
	r.panels.evidence = container.NewStack(r.panel.Content(), r.find.Content())
	right := container.NewHSplit(r.middle(strip), r.panels.outline)
	split := container.NewHSplit(r.panels.evidence, right)
	r.panels.splits = []*container.Split{split, right}
	r.panels.restore(s.Settings.Remembered(foldedSetting))
	r.splits = widgets.Splits{split, right, r.panels.details}
	remembered := s.Settings.Remembered(layoutSetting)
	r.splits.Restore(remembered)
	r.panels.wide = &proportions{r: r, moved: remembered != ""}
	r.content = container.NewStack(container.New(r.panels.wide, split), r.drag.layer, r.sheet.Content())
	r.outline.OnPersons = r.people.openPersons
	r.panel.SetActive(true)
	s.Events.Subscribe(event.OutlineChanged, r.update)
	s.Events.Subscribe(event.ScreenChanged, r.updateStart)
	s.Events.Subscribe(event.AuditionMoved, func() { _ = r.page.update() })
	s.Events.Subscribe(event.PageChanged|event.PictureChanged|event.CaseChanged|event.ProofChanged, r.update)
	s.Events.Subscribe(event.OutlineChanged|event.PageChanged, r.head.proved.follow)
	r.update()
	return r
}

// tip is the name of an action with its key, for a button that shows a picture alone.
func tip(in i18n.Catalogue, a keys.Action) string {
	if hint := keys.Hint(in, keys.Prepare, a); hint != "" {
		return a.Text(in) + " · " + hint
	}
	return a.Text(in)
}

// middle is the page, large, between the line of its name, the tools, and the strip of thumbnails.
func (r *Room) middle(strip fyne.CanvasObject) fyne.CanvasObject {
	tool := func(icon string, a keys.Action) *widgets.Button {
		b := widgets.NewButton("", widgets.Icon(icon), widgets.Quiet, func() { r.Do(a) })
		b.Tip = tip(r.s.In(), a)
		return b
	}
	whole := widgets.NewButton(r.s.T("tool.whole"), widgets.Icon("fit-page"), widgets.Quiet, func() { r.Do(keys.Whole) })
	whole.Below, whole.Tall, whole.Hint = true, toolTall, keys.Hint(r.s.In(), keys.Prepare, keys.Whole)
	r.head.zoom.Alignment = fyne.TextAlignCenter
	view := container.NewHBox(whole)
	for _, o := range []fyne.CanvasObject{
		tool("zoom-out", keys.ZoomOut), r.head.zoom, tool("zoom-in", keys.ZoomIn), tool("turn-left", keys.TurnLeft), tool("turn-right", keys.TurnRight),
	} {
		view.Add(container.NewCenter(o))
	}
	r.head.start = widgets.NewButton("", fynetheme.MediaPlayIcon(), widgets.Primary, r.showFromHere)
	r.head.used = widgets.Small("")
	flag := widgets.NewButton(r.s.T("page.flag"), nil, widgets.Quiet, nil)
	flag.OnTapped = func() { widgets.Menu(flag, r.noting.pageMenu()...) }
	r.updateStart()
	r.head.line = container.New(titled{r.head.name, r.head.used}, r.head.name, r.head.used)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(flag), container.NewCenter(r.head.start)), r.head.line)
	r.foot = container.NewBorder(nil, nil, tool("previous", keys.PageBack), tool("next", keys.PageNext), strip)
	r.marks.ground.SetMinSize(fyne.NewSize(0, r.foot.MinSize().Height)) // the page stays where it is as marks are picked
	foot := container.NewVBox(r.clips.box, container.NewStack(r.foot, r.marks.box, r.excerpting().form.Content()))
	tools := container.NewBorder(nil, nil, nil, view, r.marks.bar.Content())
	top := container.NewVBox(widgets.Inset(2, head), tools, r.head.attached.row, r.head.proved.row, r.clips.tying.box, r.bar.box)
	return container.NewBorder(top, foot, nil, nil, container.New(besidePage{r.clips.script.box}, widgets.Inset(2, r.page), r.clips.script.page, r.clips.script.box, r.unshown.problem))
}

// updateStart says what the button under the page does: a trial that runs already is not started, and nothing is shown
// to the court from here.
func (r *Room) updateStart() {
	label, hint := "tool.start", keys.Hint(r.s.In(), keys.Prepare, keys.StartHere)
	if r.s.Stage.Running() {
		label, hint = "tool.preview-here", ""
	}
	r.head.start.Hint = hint
	r.head.start.SetLabel(r.s.T(label))
}

// showFromHere starts the trial at what is selected; in one that runs, it puts that into Preview and goes there.
func (r *Room) showFromHere() {
	if !r.s.Stage.Running() {
		r.do(keys.StartHere)
		return
	}
	r.s.Study.PreviewHere()
	r.do(keys.GoTrial)
}

// layoutSetting remembers where the dividers are.
const layoutSetting = "layout.prepare-3"

// Leave remembers how the room was laid out.
func (r *Room) Leave() {
	r.s.Playback.Stop()
	r.s.Pictures.LeavePage()
	r.clips.named.keepTitle()
	r.clips.script.text.Keep()
	r.bar.keep()
	r.excerpting().form.Keep()
	r.s.Settings.Remember(layoutSetting, r.panels.wide.String())
	r.s.Settings.Remember(foldedSetting, r.panels.String())
}

// Content is the room to put into the window.
func (r *Room) Content() fyne.CanvasObject { return r.content }

func (u *unshown) tryPassword() {
	u.r.s.Unlock(u.r.s.Study.Current().Page.Path, u.password.Text)
	u.password.SetText("")
	u.r.focus(nil)
}

func (r *Room) update() {
	current := r.s.Study.Current()
	e, ok := r.s.Dossier.Exhibit(current.Page.Path)
	if !ok {
		r.head.name.SetText("")
		r.page.Hide()
		r.unshown.unlock.Hide()
		r.unshown.unpack.Hide()
		r.head.attached.row.Hide()
		r.head.proved.row.Hide()
		r.unshown.textBox.Hide()
		r.clips.update()
		r.clips.script.update()
		widgets.Show(r.unshown.problem, true)
		r.unshown.reason.SetText(r.s.Labels.NothingText())
		return
	}
	r.head.name.SetText(r.s.Labels.FullName(current.Page))
	r.head.used.SetText(r.unshown.about(current.Page))
	r.head.line.Refresh()
	r.bar.follow(current.Page)
	r.head.attached.update(r.s.In(), e.File)
	r.head.proved.update()
	r.clips.update()
	r.clips.script.update()
	err := r.page.update()
	r.marks.follow()
	fault := e.File.Fault.Code
	reason := ""
	switch {
	case !e.File.Showable() && fault == library.FaultNone:
		reason = r.s.T("prepare.unread", "name", e.Title)
	case !e.File.Showable():
		reason = r.s.T("fault."+label.FaultKey(e.File), "name", e.Title)
	case err != nil:
		reason = r.s.Labels.ErrorText(err, current.Page)
	}
	if reason == "" {
		r.unshown.problem.Hide()
		r.page.Show()
	} else {
		r.unshown.reason.SetText(reason)
		r.page.Hide()
		widgets.Show(r.unshown.problem, true)
	}
	widgets.Show(r.unshown.unlock, fault == library.FaultEncrypted)
	widgets.Show(r.unshown.unpack, fault == library.FaultZIP)
	r.unshown.showText(e, reason != "")
	r.head.zoom.SetText(r.s.T("tool.percent", "percent", r.page.percent()))
}

// about is what was noted on a page, and where it is used.
func (u *unshown) about(p library.PageID) string {
	n := u.r.s.Dossier.Outline().Note(u.r.s.Dossier.Index().Head(p))
	var parts []string
	if n.Hidden {
		parts = append(parts, u.r.s.T("page.is-hidden"))
	}
	if why := u.r.s.Labels.Restricted(p); why != "" {
		parts = append(parts, u.r.s.T("page.is-restricted", "why", why))
	}
	if n.Flag != library.FlagNone {
		parts = append(parts, "⚑ "+u.r.s.T("flag."+string(n.Flag)))
	}
	if n.Text != "" && n.Restricted == "" {
		parts = append(parts, n.Text)
	}
	if used := u.r.s.Labels.UsedText(p); used != "" {
		parts = append(parts, used)
	}
	if caption := u.r.s.Playback.CaptionNow(); caption != "" && u.r.clips.box.Visible() {
		parts = append(parts, u.r.s.T("recording.caption", "text", caption))
	}
	return strings.Join(parts, " · ")
}

// Overlays is what may lie over the room.
func (r *Room) Overlays() []widgets.Overlay { return []widgets.Overlay{r.sheet} }

// Close closes what is open in the room, and tells whether anything was.
func (r *Room) Close() bool {
	switch {
	case r.bar.box.Visible():
		r.bar.close()
	case r.excerpting().close():
	case r.marks.close():
	case r.clips.script.page.Visible():
		r.clips.script.toggleRecord()
	case r.s.Passages.StopTying():
	case r.closeFind():
	default:
		return false
	}
	return true
}

// showText shows the words of a document whose pages can't be trusted, or what an archive holds.
func (u *unshown) showText(e library.Exhibit, wanted bool) {
	read := u.r.s.Reading.WordsOf
	if e.File.Fault.Code == library.FaultZIP {
		read = u.r.s.Exchange.Holds
	}
	wanted = wanted && (e.File.Kind == library.KindOffice || e.File.Kind == library.KindText || e.File.Fault.Code == library.FaultZIP)
	widgets.Show(u.textBox, wanted)
	if !wanted || u.texted == e.File.Path {
		return
	}
	u.texted = e.File.Path
	u.text.SetText("")
	read(e.File, func(text string) {
		if u.texted == e.File.Path {
			u.text.SetText(text)
		}
	})
}

// Scope is where keys are looked up first.
func (r *Room) Scope() keys.Room {
	switch {
	case r.excerpting().open():
		return keys.Excerpt
	case r.page.marker.active():
		return keys.Marks
	case r.outline.Active():
		return keys.Outline
	}
	return keys.Prepare
}

// PickedFiles are the files of the pages that are picked, each once.
func (r *Room) PickedFiles() []string {
	var files []string
	for _, p := range r.panel.Picked() {
		if !slices.Contains(files, p.Path) {
			files = append(files, p.Path)
		}
	}
	return files
}
