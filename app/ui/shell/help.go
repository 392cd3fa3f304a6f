package shell

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/guide"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// helpPage is F1's page: the keys, made from their table, and the guide.
type helpPage struct {
	content *fyne.Container
	closed  func()
	post    func(func())
	in      i18n.Catalogue

	at     keys.Room // whose keys are shown; 0 for all
	table  *fyne.Container
	keys   fyne.CanvasObject
	search *widgets.Field
	body   *fyne.Container
	guide  *guide.Page // nil until it is asked for
	tabs   []*widgets.Button
	toRead *widgets.Button
}

// helpTabs are the screens of keys, in their order: one a room, and all keys. Their names have the text of the key.
var helpTabs = [...]struct {
	room keys.Room
	name string
}{{keys.Shelf, "room.shelf-short"}, {keys.Prepare, "room.prepare-short"}, {keys.Trial, "room.trial-short"}, {keys.Study, "room.study-short"}, {0, "help.all"}}

// newHelp makes the page, closed; closed is called when it was closed, and post runs a function on the UI goroutine.
func newHelp(in i18n.Catalogue, closed func(), post func(func())) *helpPage {
	h := &helpPage{closed: closed, post: post, in: in, table: container.NewStack()}
	h.search = widgets.NewField(in.T("help.search"))
	h.search.OnChanged = func(string) { h.show() }
	h.search.OnEscape = h.Close
	tabs := container.New(layout.NewCustomPaddedHBoxLayout(2))
	for _, tab := range helpTabs {
		b := widgets.NewButton(in.T(tab.name), nil, widgets.Plain, func() { h.turn(tab.room) })
		h.tabs = append(h.tabs, b)
		tabs.Add(b)
	}
	h.toRead = widgets.NewButton(in.T("help.guide"), nil, widgets.Plain, func() { h.read(true) })
	h.toRead.Hint = "Tab"
	tabs.Add(h.toRead)
	closer := widgets.NewButton(in.T("help.close"), nil, widgets.Plain, h.Close)
	closer.Hint = "Esc"
	head := container.NewBorder(nil, nil, tabs, closer, h.search)
	foot := widgets.NewParagraph(theme.TextSmall, false, theme.Muted)
	foot.SetText(in.T("help.foot"))
	h.keys = container.New(footedTable{}, h.table, foot)
	h.body = container.NewStack(h.keys)
	h.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Ground)), newClickBlocker(),
		widgets.Inset(helpEdge, container.NewBorder(head, nil, nil, nil, h.body)))
	h.content.Hide()
	return h
}

// footedTable has the table's words at its foot, as tall as they are in its width.
type footedTable struct{}

// MinSize implements [fyne.Layout].
func (footedTable) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 100) }

// Layout implements [fyne.Layout].
func (footedTable) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	foot := objects[1].(*widgets.Paragraph).TallNow(size.Width)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, max(0, size.Height-foot-4)))
	objects[1].Move(fyne.NewPos(0, size.Height-foot))
	objects[1].Resize(fyne.NewSize(size.Width, foot))
}

// turn shows the keys of a room, or all.
func (h *helpPage) turn(room keys.Room) {
	h.at = room
	h.search.SetText("")
	h.show()
	h.read(false)
}

// show shows the keys of the room, or of all those whose names, or what they do, have the words typed.
func (h *helpPage) show() {
	typed := library.NewFilter(h.search.Text)
	var table fyne.CanvasObject
	if h.at == 0 || !typed.IsZero() {
		table = keysTable(h.in, typed)
	} else {
		table = container.NewVScroll(keysSheet(h.in, h.at))
	}
	h.table.Objects = []fyne.CanvasObject{table}
	h.table.Refresh()
}

// read turns to the guide, or back to the keys.
func (h *helpPage) read(on bool) {
	shown := h.keys
	if on {
		if h.guide == nil {
			h.guide = guide.New(h.in.Language(), h.post)
		}
		shown = h.guide.Content
	}
	style := func(chosen bool) widgets.Style {
		if chosen {
			return widgets.Chosen
		}
		return widgets.Plain
	}
	for i, tab := range helpTabs {
		h.tabs[i].SetStyle(style(!on && tab.room == h.at))
	}
	h.toRead.SetStyle(style(on))
	h.body.Objects = []fyne.CanvasObject{shown}
	h.body.Refresh()
}

// reads tells whether the guide is seen.
func (h *helpPage) reads() bool { return h.guide != nil && h.body.Objects[0] == h.guide.Content }

// keysSheet is a room's screen: what one needs there first.
func keysSheet(in i18n.Catalogue, room keys.Room) fyne.CanvasObject {
	both := container.NewGridWithColumns(2)
	for _, column := range keys.Sheet(room) {
		box := container.New(layout.NewCustomPaddedVBoxLayout(0))
		for _, g := range column {
			box.Add(widgets.Heading(in.T("keys." + string(g.Group))))
			for _, row := range g.Rows {
				box.Add(sheetRow(in, room, row))
			}
		}
		both.Add(box)
	}
	return both
}

// sheetRow is a row of one action, or of two and more that belong together: the first key of each.
func sheetRow(in i18n.Catalogue, room keys.Room, actions []keys.Action) fyne.CanvasObject {
	chords := keys.ChordsIn(room, actions[0])
	words := []string{actions[0].Text(in)}
	for _, a := range actions[1:] {
		c := keys.ChordsIn(room, a)[0]
		if c.Mods == chords[0].Mods {
			c.Mods = 0 // said before
		}
		chords = append(chords[:1:1], c)
		words = append(words, a.Text(in))
	}
	return helpLine(in, chords, strings.Join(words, " · "))
}

// keysTable is the table of the keys that a filter wants, in two columns; where it wants none, that is said.
func keysTable(in i18n.Catalogue, wanted library.Filter) fyne.CanvasObject {
	found := false
	columns := []*fyne.Container{container.NewVBox(), container.NewVBox()}
	place := map[keys.Group]int{
		keys.GroupCourt: 0, keys.GroupPreview: 0, keys.GroupOutline: 1, keys.GroupStudy: 0, keys.GroupLive: 0, keys.GroupWindow: 1,
		keys.GroupMarks: 1, keys.GroupDraw: 0, keys.GroupPassage: 1, keys.GroupShelf: 1,
	}
	for _, g := range []keys.Group{keys.GroupCourt, keys.GroupClip, keys.GroupPreview, keys.GroupStudy, keys.GroupLive, keys.GroupDraw, keys.GroupOutline, keys.GroupMarks, keys.GroupPassage, keys.GroupShelf, keys.GroupWindow} {
		if rows := helpRows(in, g, wanted); len(rows) > 0 {
			found = true
			columns[place[g]].Add(helpGroup(in, g, rows))
		}
	}
	if !found {
		return container.NewVBox(widgets.Prose(in.T("help.none")))
	}
	return container.NewVScroll(container.NewGridWithColumns(2, columns[0], columns[1]))
}

// open opens the page at the keys of a room.
func (h *helpPage) open(room keys.Room) {
	h.turn(room)
	widgets.Show(h.content, true)
}

// Visible implements [widgets.Overlay].
func (h *helpPage) Visible() bool { return h.content.Visible() }

// Close implements [widgets.Overlay].
func (h *helpPage) Close() {
	h.content.Hide()
	h.closed()
}

// Key implements [widgets.Overlay]: the page is scrolled, Tab turns to the guide or to the keys, Left and Right go to
// another room's keys or another section of the guide, and the key that opened the page closes it.
func (h *helpPage) Key(c keys.Chord, held bool) bool {
	switch {
	case c.Does(keys.Help) && !held:
		h.Close()
		return true
	case c == keys.Chord{Key: "Tab"} && !held:
		h.read(!h.reads())
		return true
	case c == keys.Chord{Key: "Left"}:
		h.step(-1)
		return true
	case c == keys.Chord{Key: "Right"}:
		h.step(1)
		return true
	case h.reads():
		return widgets.ScrollKey(h.guide.Scroll(), c)
	}
	return widgets.ScrollKey(h.keys, c)
}

// step goes to the next screen of keys, or section of the guide, or to the one before.
func (h *helpPage) step(by int) {
	if h.reads() {
		h.guide.Choose(h.guide.At() + by)
		return
	}
	for i, tab := range helpTabs {
		if tab.room == h.at {
			h.turn(helpTabs[max(0, min(i+by, len(helpTabs)-1))].room)
			return
		}
	}
}

// helpGroup is a heading and its rows; a row is lower than what can be clicked, so that the page fits.
func helpGroup(in i18n.Catalogue, g keys.Group, rows []keys.Binding) fyne.CanvasObject {
	box := container.NewVBox(widgets.Heading(in.T("keys." + string(g))))
	for _, b := range rows {
		box.Add(helpRow(in, b))
	}
	return box
}

// helpRows are the bindings of a group that a filter wants; those that follow each other and do the same in words are one.
func helpRows(in i18n.Catalogue, g keys.Group, wanted library.Filter) []keys.Binding {
	var rows []keys.Binding
	for _, b := range keys.Table {
		words := b.Action.Text(in)
		for _, c := range b.Chords {
			words += " " + c.Text(in)
		}
		if b.Group != g || !wanted.Match(library.Fold(words)) {
			continue
		}
		if n := len(rows); n > 0 && rows[n-1].Action.Text(in) == b.Action.Text(in) {
			rows[n-1].Chords = slices.Clone(rows[n-1].Chords)
			for _, c := range b.Chords {
				if !slices.Contains(rows[n-1].Chords, c) {
					rows[n-1].Chords = append(rows[n-1].Chords, c)
				}
			}
			continue
		}
		rows = append(rows, b)
	}
	return rows
}

func helpRow(in i18n.Catalogue, b keys.Binding) fyne.CanvasObject {
	return helpLine(in, b.Chords, b.Action.Text(in))
}

// helpLine is keys and what they do.
func helpLine(in i18n.Catalogue, all []keys.Chord, words string) fyne.CanvasObject {
	chords := container.New(layout.NewCustomPaddedHBoxLayout(3))
	const many = 4 // a row of digits: the first and the last say it
	if n := len(all); n > many {
		chords.Add(keycap(all[0].Text(in)))
		chords.Add(canvas.NewText("…", theme.Color(theme.Muted)))
		chords.Add(keycap(all[n-1].Text(in)))
		all = nil
	}
	for i, c := range all {
		if i > 0 && c.Text(in) == all[i-1].Text(in) {
			continue // the keypad's Enter is Enter too
		}
		chords.Add(keycap(c.Text(in)))
	}
	text := widgets.NewParagraph(theme.TextBase, false, theme.Text)
	text.SetText(words)
	return container.New(helpColumns{}, chords, text)
}

// keycap is a key's name as it stands on a key.
func keycap(name string) fyne.CanvasObject {
	ground := canvas.NewRectangle(theme.Color(theme.Raised))
	ground.CornerRadius = 4
	text := canvas.NewText(name, theme.Color(theme.Text))
	text.TextSize, text.TextStyle.Bold = theme.TextSmall, true
	return container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(2, 2, 7, 7), text))
}

// helpColumns puts the keys left, what they do right: in one line, in smaller letters where they must be, else in two.
type helpColumns struct{}

// Measures of the page, in the toolkit's pixels.
const (
	helpEdge     = 16
	helpKeysWide = 150
	helpTextLeft = 8
	helpTextWide = 270 // the least room for what a key does: that on a screen 1024 wide
	helpRowTall  = 24
	helpTwoTall  = 36 // of a row whose words take two lines there
)

// MinSize implements [fyne.Layout].
func (helpColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left := max(helpKeysWide, objects[0].MinSize().Width+2*helpTextLeft)
	if _, fits := objects[1].(*widgets.Paragraph).Fitting(theme.TextBase, theme.TextSmall, helpKeysWide+helpTextWide-left); !fits {
		return fyne.NewSize(420, helpTwoTall)
	}
	return fyne.NewSize(420, helpRowTall)
}

// Layout implements [fyne.Layout].
func (helpColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	keysSize, text := objects[0].MinSize(), objects[1].(*widgets.Paragraph)
	objects[0].Resize(keysSize)
	objects[0].Move(fyne.NewPos(helpTextLeft, (size.Height-keysSize.Height)/2))
	left := max(helpKeysWide, keysSize.Width+2*helpTextLeft)
	wide := max(1, size.Width-left-helpTextLeft)
	letters, _ := text.Fitting(theme.TextBase, theme.TextSmall, wide)
	text.SetSize(letters)
	tall := text.TallNow(wide)
	text.Resize(fyne.NewSize(wide, tall))
	text.Move(fyne.NewPos(left, (size.Height-tall)/2))
}
