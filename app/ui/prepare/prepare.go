// Package prepare is the room where the case is studied: its documents, and the page looked at,
// large, in private.
package prepare

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
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
	s            *console.Session
	panel        *evidence.Panel
	find         *find.Panel // in its place, while words are looked for
	page         *page
	content      fyne.CanvasObject
	focus        func(fyne.Focusable)
	do           func(keys.Action)
	outline      *outline.Panel
	details      *outline.Details
	drag         *drag
	history      func() // undo and redo as they are now
	choose       Chooser
	splits       widgets.Splits
	outlineSplit *container.Split
	bar          *studyBar
	marks        *markBar
	clips        *clipBar
	foot         *fyne.Container // the page's own tools
	sheet        *sheet
	folios       *folioTable // nil until it is opened
	unshown      unshown
	noting       noting
	people       people
	head         pageHead
	templates    templates
}

// pageHead is what stands over the page: its name, how large it is seen, where it is used, the way to the court, and what it has attached.
type pageHead struct {
	name, zoom, used *widget.Label
	start            *widgets.Button
	attached         attached
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
type people struct{ r *Room }

// Chooser asks a person for a file or folder.
type Chooser interface {
	ChooseFolder(title string, chosen func(dir string))
	ChooseFile(title string, endings []string, chosen func(file string))
	ChooseSave(title, what, ending string, chosen func(file string))
}

// New makes the room. do does an action of the window's; focus gives the keyboard to a field, or with
// nil back to the room; choose asks for files.
func New(s *console.Session, do func(keys.Action), focus func(fyne.Focusable), choose Chooser) *Room {
	r := &Room{
		s: s, panel: evidence.New(s, func() { focus(nil) }), page: newPage(s), do: do, focus: focus, choose: choose,
		head: pageHead{name: widgets.Heading(""), zoom: widget.NewLabel("")}, unshown: unshown{reason: widgets.Prose(""), text: widgets.Prose("")},
	}
	r.unshown.r, r.noting.r, r.people.r, r.templates.r = r, r, r, r
	r.unshown.password = widgets.NewField(i18n.T("password.hint"))
	r.unshown.password.Password = true
	r.unshown.password.OnEscape = func() { focus(nil) }
	r.unshown.password.OnSubmitted = func(string) { r.unshown.tryPassword() }
	r.unshown.unlock = container.NewBorder(nil, nil, nil,
		widgets.NewButton(i18n.T("password.try"), nil, widgets.Primary, r.unshown.tryPassword), r.unshown.password)
	r.unshown.unpack = widgets.NewButton(i18n.T("archive.unpack"), nil, widgets.Primary, func() {
		path := r.s.Study.Current().Page.Path
		r.choose.ChooseFolder(i18n.T("archive.where"), func(into string) { r.s.Exchange.Unpack(path, into) })
	})
	r.unshown.reason.Alignment = fyne.TextAlignCenter
	r.unshown.textBox = container.NewVScroll(r.unshown.text)
	r.unshown.textBox.SetMinSize(fyne.NewSize(300, 200))
	r.unshown.problem = container.NewStack(container.NewBorder(
		widgets.Inset(24, container.NewVBox(r.unshown.reason, container.NewCenter(container.NewGridWrap(fyne.NewSize(420, 40), r.unshown.unlock)), container.NewCenter(r.unshown.unpack))),
		nil, nil, nil, widgets.Inset(16, r.unshown.textBox)))
	r.drag, r.bar, r.sheet = newDrag(r), newStudyBar(r), newSheet(r)
	r.head.attached = newAttached(r)
	r.marks = newMarkBar(r)
	r.clips = newClipBar(r)
	r.panel.OnDrag = func(pages []library.PageID, at fyne.Position) { r.drag.move(outline.Payload{Pages: pages}, at) }
	r.panel.OnDrop = r.drag.drop
	r.panel.OnActive = func() { r.outline.SetActive(false) }
	r.find = find.New(s)
	r.find.OnGone = func() {
		r.setActive(false)
		focus(nil)
	}
	r.find.OnClose = func() { r.closeFind() }
	r.find.OnAdd = r.addFound
	r.find.Content().Hide()
	right := container.NewHSplit(r.middle(), r.outlineSide())
	right.Offset = 0.56
	split := container.NewHSplit(container.NewStack(r.panel.Content(), r.find.Content()), right)
	split.Offset = 0.22
	r.splits = widgets.Splits{split, right, r.outlineSplit}
	r.splits.Restore(s.Settings.Remembered(layoutSetting))
	r.content = container.NewStack(split, r.drag.layer, r.sheet.Content())
	r.outline.OnPersons = r.people.openPersons
	r.panel.SetActive(true)
	s.Events.Subscribe(console.OutlineChanged, r.update)
	s.Events.Subscribe(console.ScreenChanged, r.updateStart)
	s.Events.Subscribe(console.AuditionMoved, func() { _ = r.page.update() })
	s.Events.Subscribe(console.PageChanged|console.PictureChanged|console.CaseChanged|console.ProofChanged, r.update)
	r.update()
	return r
}

func (r *Room) middle() fyne.CanvasObject {
	tool := func(label, icon string, a keys.Action, hint string) *widgets.Button {
		b := widgets.NewButton(label, widgets.Icon(icon), widgets.Quiet, func() { r.Do(a) })
		b.Hint = hint
		return b
	}
	r.head.zoom.Alignment = fyne.TextAlignCenter
	tools := container.NewHBox(
		tool("", "previous", keys.PageBack, ""), tool("", "next", keys.PageNext, ""),
		tool("", "fit-page", keys.Whole, keys.Hint(keys.Prepare, keys.Whole)),
		tool("", "zoom-out", keys.ZoomOut, ""), r.head.zoom, tool("", "zoom-in", keys.ZoomIn, ""),
		tool("", "turn-left", keys.TurnLeft, ""), tool("", "turn-right", keys.TurnRight, ""),
	)
	r.head.start = widgets.NewButton("", fynetheme.MediaPlayIcon(), widgets.Primary, r.showFromHere)
	r.head.used = widgets.Small("")
	name := widgets.NewButton(i18n.T("document.name"), nil, widgets.Quiet, func() {
		d, _ := r.s.Dossier.Document(r.s.Study.Current().Page)
		if first, ok := d.First(); ok {
			r.bar.openDocument(first)
		}
	})
	note := widgets.NewButton("⚑", nil, widgets.Quiet, func() { r.bar.openNote(r.noting.noted()) })
	r.updateStart()
	r.foot = container.NewVBox(r.head.used, container.NewBorder(nil, nil, nil, r.head.start, container.NewHScroll(tools)))
	head := container.NewBorder(nil, nil, nil, container.NewHBox(name, note), r.head.name)
	tall := widgets.Inset(theme.Gap, r.foot).MinSize().Height
	r.marks.ground.SetMinSize(fyne.NewSize(0, tall)) // the page stays where it is when the tools change
	foot := container.NewVBox(r.clips.box, container.NewStack(widgets.Inset(theme.Gap, r.foot), r.marks.box))
	return container.NewBorder(widgets.Inset(4, container.NewVBox(head, r.head.attached.row, r.clips.tying, r.bar.box)), foot, r.marks.column, nil,
		container.NewStack(widgets.Inset(theme.Gap, r.page), r.unshown.problem))
}

// updateStart says what the button under the page does: a trial that runs already is not started, and nothing is shown
// to the court from here.
func (r *Room) updateStart() {
	label, hint := "tool.start", keys.Hint(keys.Prepare, keys.StartHere)
	if r.s.Stage.Running() {
		label, hint = "tool.preview-here", ""
	}
	r.head.start.Hint = hint
	r.head.start.SetLabel(i18n.T(label))
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
const layoutSetting = "layout.prepare"

// Leave remembers how the room was laid out.
func (r *Room) Leave() {
	r.s.Playback.Stop()
	r.s.Pictures.LeavePage()
	r.clips.named.keepTitle()
	r.bar.keep()
	r.s.Settings.Remember(layoutSetting, r.splits.String())
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
		r.unshown.textBox.Hide()
		r.clips.update()
		widgets.Show(r.unshown.problem, true)
		r.unshown.reason.SetText(r.s.Labels.NothingText())
		return
	}
	r.head.name.SetText(r.s.Labels.FullName(current.Page))
	r.head.used.SetText(r.unshown.about(current.Page))
	r.bar.follow(current.Page)
	r.head.attached.update(e.File)
	r.clips.update()
	err := r.page.update()
	r.marks.follow()
	fault := e.File.Fault.Code
	reason := ""
	switch {
	case !e.File.Showable() && fault == library.FaultNone:
		reason = i18n.T("prepare.unread", "name", e.Title)
	case !e.File.Showable():
		reason = i18n.T("fault."+label.FaultKey(e.File), "name", e.Title)
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
	r.head.zoom.SetText(i18n.T("tool.percent", "percent", r.page.percent()))
}

// about is what was noted on a page, and where it is used.
func (u *unshown) about(p library.PageID) string {
	n := u.r.s.Dossier.Outline().Note(u.r.s.Dossier.Index().Head(p))
	var parts []string
	if n.Hidden {
		parts = append(parts, i18n.T("page.is-hidden"))
	}
	if n.Restricted != "" {
		parts = append(parts, i18n.T("page.is-restricted", "why", i18n.T("restricted."+n.Restricted)))
	}
	if n.Flag != library.FlagNone {
		parts = append(parts, "⚑ "+i18n.T("flag."+string(n.Flag)))
	}
	if n.Text != "" {
		parts = append(parts, n.Text)
	}
	if used := u.r.s.Labels.UsedText(p); used != "" {
		parts = append(parts, used)
	}
	if caption := u.r.s.Playback.CaptionNow(); caption != "" && u.r.clips.box.Visible() {
		parts = append(parts, i18n.T("recording.caption", "text", caption))
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
	case r.marks.close():
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
	case r.page.marker.active():
		return keys.Marks
	case r.outline.Active():
		return keys.Outline
	}
	return keys.Prepare
}
