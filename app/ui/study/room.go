// Package study is the room in which a case's evidence is studied: its excerpts in a table, the matters to be proved with what
// proves them, what happened when, and the closing speech that cites them.
package study

import (
	"image"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	listed "butluc/app/console/excerpts"
	"butluc/app/console/exchange"
	"butluc/app/console/label"
	"butluc/app/keys"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// view is one way to look at the excerpts.
type view interface {
	// content is what is seen of it.
	content() fyne.CanvasObject
	// reload shows the excerpts as they are now.
	reload()
	// move goes by rows up or down; to an end with edge.
	move(by int, edge bool)
	// across goes to the other side of a row.
	across(by int)
	// matter is the matter that is chosen, "" for none.
	matter() library.ID
}

// keyed is a view with its own meaning of some of the room's keys.
type keyed interface {
	// do does what a key does, and tells whether it does anything here.
	do(a keys.Action) bool
}

// workbench is a view with a form of its own beside it.
type workbench interface {
	view
	aside() fyne.CanvasObject
}

// viewNames are the views in their order; each is called by the key "study." + its name.
var viewNames = []string{"table", "evidence", "timeline", "closing"}

// Room is the room. Make one for each drawing of the window.
type Room struct {
	s       *console.Session
	do      func(keys.Action)
	focus   func(fyne.Focusable)
	filter  listed.Filter
	picked  []library.ID // excerpts, to be tied or set side by side: two at most
	views   []view
	at      int // the view that is seen
	bar     *bar
	form    *excerpts.Form
	matters *matterForm
	speech  *closing
	against *contradictionField
	picture *canvas.Image
	shown   library.ID // whose passage the picture is
	side    *fyne.Container
	split   *container.Split
	splits  widgets.Splits
	content fyne.CanvasObject
}

// layoutSetting remembers where the divider is, viewSetting which view was seen.
const (
	layoutSetting = "layout.study"
	viewSetting   = "study.view"
)

// pictureTall is how tall the picture of a passage is.
const pictureTall = 120

// New makes the room. do does an action of the window's; focus gives the keyboard to a field, or with nil back to the room.
func New(s *console.Session, do func(keys.Action), focus func(fyne.Focusable)) *Room {
	r := &Room{s: s, do: do, focus: focus}
	r.picture = &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillContain}
	r.picture.SetMinSize(fyne.NewSize(240, pictureTall))
	r.form = excerpts.NewForm(s, focus, false, s.T("study.none-chosen"))
	r.matters = newMatterForm(r)
	open := widgets.NewButton(s.T("study.open"), widgets.Icon("page"), widgets.Primary, func() { r.Do(keys.OpenExcerpt) })
	open.Hint = keys.Hint(s.In(), keys.Study, keys.OpenExcerpt)
	r.side = container.NewVBox(r.picture, open)
	r.speech, r.against = newClosing(r), newContradictionField(r)
	r.views = []view{newTable(r), newEvidence(r), newTimeline(r), r.speech}
	r.bar = newBar(r)
	lists := container.NewStack()
	for _, v := range r.views {
		lists.Add(v.content())
	}
	aside := container.NewVScroll(container.NewVBox(r.side, r.form.Content(), r.against.content(), r.matters.content, r.speech.aside()))
	r.split = container.NewHSplit(container.NewBorder(r.bar.content, nil, nil, nil, lists), widgets.Panel(widgets.Inset(4, aside)))
	r.split.Offset = 0.74
	r.splits = widgets.Splits{r.split}
	r.splits.Restore(s.Settings.Remembered(layoutSetting))
	r.content = r.split
	r.at = max(0, slices.Index(viewNames, s.Settings.Remembered(viewSetting)))
	s.Events.Subscribe(event.OutlineChanged|event.StudyChanged|event.CaseChanged, r.update)
	s.Events.Subscribe(event.ThumbChanged, r.draw)
	r.turn(r.at)
	return r
}

// Content is the room to put into the window.
func (r *Room) Content() fyne.CanvasObject { return r.content }

// Overlays is what may lie over the room.
func (*Room) Overlays() []widgets.Overlay { return nil }

// Leave keeps what was typed, and remembers how the room was laid out.
func (r *Room) Leave() {
	r.keep()
	r.s.Settings.Remember(layoutSetting, r.splits.String())
	r.s.Settings.Remember(viewSetting, viewNames[r.at])
}

// keep keeps what was typed.
func (r *Room) keep() {
	r.form.Keep()
	r.matters.keep()
	r.speech.form.keep()
	r.against.field.Keep()
}

// Close takes back what narrows the list, or what is picked, and tells whether anything was.
func (r *Room) Close() bool {
	switch {
	case len(r.picked) > 0:
		r.picked = nil
	case r.filter != (listed.Filter{}):
		r.filter = listed.Filter{}
		r.bar.field.SetText("")
	default:
		return false
	}
	r.update()
	return true
}

// turn shows a view.
func (r *Room) turn(at int) {
	r.at = at
	for i, v := range r.views {
		widgets.Show(v.content(), i == at)
	}
	r.update()
}

func (r *Room) view() view { return r.views[r.at] }

// update shows all as it is now.
func (r *Room) update() {
	r.picked = slices.DeleteFunc(slices.Clone(r.picked), func(id library.ID) bool {
		_, there := r.s.Dossier.Outline().Excerpt(id)
		return !there
	})
	r.view().reload()
	r.bar.update()
	_, chosen := r.s.Excerpts.Chosen()
	bench, own := r.view().(workbench)
	matter := r.view().matter() != ""
	widgets.Show(r.side, chosen && !matter && !own)
	widgets.Show(r.form.Content(), !matter && !own)
	for _, v := range r.views {
		if other, is := v.(workbench); is {
			widgets.Show(other.aside(), own && other == bench)
		}
	}
	r.matters.update()
	r.against.update()
	r.draw()
}

// draw shows the passage of the excerpt at hand.
func (r *Room) draw() {
	e, ok := r.s.Excerpts.Chosen()
	if !ok || !r.side.Visible() {
		return
	}
	box := widgets.Pixels(r.picture, fyne.NewSize(max(240, r.side.Size().Width), pictureTall))
	img, err := r.s.Excerpts.Picture(e, box)
	switch {
	case err == nil && img != nil:
		r.picture.Image, r.shown = img, e.ID
	case r.shown != e.ID:
		r.picture.Image = image.NewRGBA(image.Rect(0, 0, 1, 1))
	default:
		return
	}
	r.picture.Refresh()
}

// choose takes an excerpt at hand.
func (r *Room) choose(id library.ID) {
	r.s.Excerpts.Choose(id)
	r.update()
}

// pick picks the excerpt at hand, or lets it go; of three the first goes.
func (r *Room) pick() {
	e, ok := r.s.Excerpts.Chosen()
	switch i := slices.Index(r.picked, e.ID); {
	case !ok:
	case i >= 0:
		r.picked = slices.Delete(slices.Clone(r.picked), i, i+1)
	default:
		r.picked = append(slices.Clone(r.picked[max(0, len(r.picked)-1):]), e.ID)
	}
	r.update()
}

// two are the two excerpts that are meant: both picked, or the picked one and the one at hand.
func (r *Room) two() (a, b library.ID, ok bool) {
	e, chosen := r.s.Excerpts.Chosen()
	switch {
	case len(r.picked) == 2:
		return r.picked[0], r.picked[1], true
	case len(r.picked) == 1 && chosen && e.ID != r.picked[0]:
		return r.picked[0], e.ID, true
	}
	r.s.Notices.TellText(r.s.T("excerpt.pick-two", "key", keys.Hint(r.s.In(), keys.Study, keys.PickExcerpt)), true)
	return "", "", false
}

// open opens the page of the excerpt at hand at its place: in a running trial in Preview, else in Prepare.
func (r *Room) open() {
	e, ok := r.s.Excerpts.Chosen()
	if !ok {
		return
	}
	r.s.Excerpts.Go(e.ID)
	if r.s.Stage.Running() {
		r.do(keys.GoTrial)
		return
	}
	r.do(keys.GoPrepare)
}

// actions are the room's own; those with the excerpt at hand are the form's.
func actions() map[keys.Action]func(*Room) {
	return map[keys.Action]func(*Room){
		keys.RowUp:       func(r *Room) { r.view().move(-1, false) },
		keys.RowDown:     func(r *Room) { r.view().move(1, false) },
		keys.RowFirst:    func(r *Room) { r.view().move(-1, true) },
		keys.RowLast:     func(r *Room) { r.view().move(1, true) },
		keys.ToAccusing:  func(r *Room) { r.view().across(-1) },
		keys.ToClearing:  func(r *Room) { r.view().across(1) },
		keys.OtherPane:   func(r *Room) { r.turn((r.at + 1) % len(r.views)) },
		keys.Filter:      func(r *Room) { r.focus(r.bar.field) },
		keys.OpenExcerpt: (*Room).openOrWrite,
		keys.PickExcerpt: (*Room).pick,
		keys.Contradict: func(r *Room) {
			if a, b, ok := r.two(); ok && r.s.Excerpts.Contradict(a, b) {
				r.picked = nil
				r.update()
			}
		},
		keys.StepBeside: func(r *Room) {
			if a, b, ok := r.two(); ok && r.s.Excerpts.Beside(a, b) {
				r.picked = nil
				r.update()
			}
		},
		keys.NewMatter: func(r *Room) { r.matters.add() },
		keys.RaiseMatter: func(r *Room) {
			r.matters.edit(func(o library.Outline, id library.ID) library.Edit { return o.Nudge(id, -1) })
		},
		keys.LowerMatter: func(r *Room) {
			r.matters.edit(func(o library.Outline, id library.ID) library.Edit { return o.Nudge(id, 1) })
		},
		keys.OutdentMatter: func(r *Room) {
			r.matters.edit(func(o library.Outline, id library.ID) library.Edit { return o.IndentMatter(id, -1) })
		},
		keys.IndentMatter: func(r *Room) {
			r.matters.edit(func(o library.Outline, id library.ID) library.Edit { return o.IndentMatter(id, 1) })
		},
		keys.Undo: func(r *Room) { r.s.Edits.Undo() },
		keys.Redo: func(r *Room) { r.s.Edits.Redo() },
	}
}

// Does tells whether an action is one of this room's, or with the excerpt at hand.
func Does(a keys.Action) bool { return actions()[a] != nil || excerpts.Does(a) }

// Do does an action of this room and tells whether it was one. With a matter chosen, what can be done with one is done with it.
func (r *Room) Do(a keys.Action) bool {
	if v, own := r.view().(keyed); own && v.do(a) {
		return true
	}
	if r.view().matter() != "" && r.matters.do(a) {
		return true
	}
	if act, ok := actions()[a]; ok {
		act(r)
		return true
	}
	return r.form.Do(a)
}

func (r *Room) openOrWrite() {
	if r.view().matter() != "" {
		r.matters.write()
		return
	}
	r.open()
}

// bar is what stands over the lists: which view is seen, and what narrows it.
type bar struct {
	r        *Room
	tabs     []*widgets.Button
	field    *widgets.Field
	person   *widgets.Button
	side     *widgets.Button
	matter   *widgets.Button
	paper    *widgets.Button
	template *widgets.Button // seen with the matters alone
	filters  *fyne.Container // of excerpts
	status   *widget.Label
	content  *fyne.Container
}

func newBar(r *Room) *bar {
	b := &bar{r: r, field: widgets.NewField(r.s.T("study.filter")), status: widgets.Small("")}
	tabs := widgets.NewFlow(theme.Gap)
	for i, name := range viewNames {
		tab := widgets.NewButton(r.s.T("study."+name), nil, widgets.Plain, func() { r.turn(i) })
		b.tabs = append(b.tabs, tab)
		tabs.Add(tab)
	}
	b.tabs[1].Hint = "Tab"
	b.field.OnChanged = func(text string) {
		r.filter.Typed = text
		r.update()
	}
	b.field.OnEscape = func() { r.focus(nil) }
	b.field.OnReturn = func() { r.focus(nil) }
	b.field.OnDown = func() {
		r.focus(nil)
		r.view().move(1, false)
	}
	b.person = widgets.NewButton("", nil, widgets.Quiet, b.choosePerson)
	b.side = widgets.NewButton("", nil, widgets.Quiet, b.chooseSide)
	b.matter = widgets.NewButton("", nil, widgets.Quiet, b.chooseMatter)
	b.person.Cut, b.matter.Cut = true, true
	wide := func(o fyne.CanvasObject, w float32) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(w, theme.Target), o)
	}
	b.template = widgets.NewButton(r.s.T("matter.template"), nil, widgets.Quiet, r.matters.template)
	b.paper = widgets.NewButton(r.s.T("study.print")+" ▾", nil, widgets.Quiet, b.choosePaper)
	b.filters = container.NewBorder(nil, nil, container.NewHBox(wide(b.person, 125), wide(b.side, 110), wide(b.matter, 125)), wide(b.status, 110), b.field)
	b.content = widgets.Inset(4, container.NewVBox(
		container.NewBorder(nil, nil, nil, container.NewHBox(b.template, b.paper), tabs),
		b.filters,
	)).(*fyne.Container)
	return b
}

func (b *bar) update() {
	r := b.r
	for i, tab := range b.tabs {
		style := widgets.Plain
		if i == r.at {
			style = widgets.Chosen
		}
		tab.SetStyle(style)
	}
	_, own := r.view().(workbench)
	widgets.Show(b.filters, !own)
	widgets.Show(b.template, viewNames[r.at] == "evidence")
	person, matter := r.s.T("study.all-persons"), r.s.T("study.all-matters")
	if p, ok := r.s.Dossier.Outline().Person(r.filter.Person); ok {
		person = p.Name
	}
	if m, ok := r.s.Dossier.Outline().Matter(r.filter.Matter); ok {
		matter = m.Title
	}
	side := r.s.T("study.all-sides")
	if r.filter.Side != nil {
		side = r.s.T("side." + label.SideKey(*r.filter.Side))
	}
	b.person.SetLabel(person + " ▾")
	b.side.SetLabel(side + " ▾")
	b.matter.SetLabel(matter + " ▾")
	all, seen := len(r.s.Excerpts.Rows()), len(r.s.Excerpts.Filtered(r.filter))
	b.status.SetText(r.s.T("study.count", "seen", seen, "count", all))
}

func (b *bar) choosePerson() {
	set := func(id library.ID) func() {
		return func() {
			b.r.filter.Person = id
			b.r.update()
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(b.r.s.T("study.all-persons"), set(""))}
	for _, p := range b.r.s.Dossier.Outline().Persons() {
		items = append(items, fyne.NewMenuItem(p.Name, set(p.ID)))
	}
	widgets.Menu(b.person, items...)
}

func (b *bar) chooseSide() {
	set := func(side *library.Side) func() {
		return func() {
			b.r.filter.Side = side
			b.r.update()
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(b.r.s.T("study.all-sides"), set(nil))}
	for _, side := range library.Sides {
		items = append(items, fyne.NewMenuItem(b.r.s.T("side."+label.SideKey(side)), set(&side)))
	}
	widgets.Menu(b.side, items...)
}

func (b *bar) chooseMatter() {
	set := func(id library.ID) func() {
		return func() {
			b.r.filter.Matter = id
			b.r.update()
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(b.r.s.T("study.all-matters"), set(""))}
	for _, n := range b.r.s.Dossier.Outline().MatterTree() {
		items = append(items, fyne.NewMenuItem(n.Number+"  "+n.Matter.Title, set(n.Matter.ID)))
	}
	widgets.Menu(b.matter, items...)
}

// choosePaper writes a paper of the study beside the case, or where the last paper was written.
func (b *bar) choosePaper() {
	s := b.r.s
	var items []*fyne.MenuItem
	for _, p := range exchange.StudyPapers {
		for _, ending := range []string{".docx", ".pdf"} {
			name := s.T("study." + string(p))
			items = append(items, fyne.NewMenuItem(name+" · "+strings.ToUpper(ending[1:]), func() {
				b.r.keep()
				s.Exchange.PrintStudy(p, filepath.Join(s.Exchange.PaperDir(), s.Exchange.FileName(name, ending, time.Now())))
			}))
		}
	}
	widgets.Menu(b.paper, items...)
}
