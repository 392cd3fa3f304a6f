package shell

import (
	"slices"

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

	keys   fyne.CanvasObject
	table  *fyne.Container // the keys that are looked for, all where none is
	search *widgets.Field
	body   *fyne.Container
	guide  *guide.Page // nil until it is asked for
	toKeys *widgets.Button
	toRead *widgets.Button
}

// newHelp makes the page, closed; closed is called when it was closed, and post runs a function on the UI goroutine.
func newHelp(in i18n.Catalogue, closed func(), post func(func())) *helpPage {
	h := &helpPage{closed: closed, post: post, in: in}
	h.table = container.NewStack(keysTable(in, library.Filter{}))
	h.search = widgets.NewField(in.T("help.search"))
	h.search.OnChanged = h.look
	h.search.OnEscape = h.Close
	h.keys = container.NewBorder(h.search, widgets.Prose(in.T("help.foot")), nil, nil, h.table)
	h.toKeys = widgets.NewButton(in.T("help.title"), nil, widgets.Chosen, func() { h.read(false) })
	h.toRead = widgets.NewButton(in.T("help.guide"), nil, widgets.Plain, func() { h.read(true) })
	h.toRead.Hint = "Tab"
	closer := widgets.NewButton(in.T("help.close"), nil, widgets.Plain, h.Close)
	closer.Hint = "Esc"
	head := container.NewBorder(nil, nil, container.NewHBox(h.toKeys, h.toRead), closer)
	h.body = container.NewStack(h.keys)
	h.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Ground)), newClickBlocker(),
		widgets.Inset(16, container.NewBorder(head, nil, nil, nil, h.body)))
	h.content.Hide()
	return h
}

// look shows the keys whose names, or what they do, have the words typed.
func (h *helpPage) look(typed string) {
	h.table.Objects = []fyne.CanvasObject{keysTable(h.in, library.NewFilter(typed))}
	h.table.Refresh()
}

// read turns to the guide, or back to the keys.
func (h *helpPage) read(on bool) {
	h.toKeys.SetStyle(widgets.Chosen)
	h.toRead.SetStyle(widgets.Plain)
	shown := h.keys
	if on {
		h.toKeys.SetStyle(widgets.Plain)
		h.toRead.SetStyle(widgets.Chosen)
		if h.guide == nil {
			h.guide = guide.New(h.in.Language(), h.post)
		}
		shown = h.guide.Content
	}
	h.body.Objects = []fyne.CanvasObject{shown}
	h.body.Refresh()
}

// reads tells whether the guide is seen.
func (h *helpPage) reads() bool { return h.guide != nil && h.body.Objects[0] == h.guide.Content }

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

func (h *helpPage) open() { widgets.Show(h.content, true) }

// Visible implements [widgets.Overlay].
func (h *helpPage) Visible() bool { return h.content.Visible() }

// Close implements [widgets.Overlay].
func (h *helpPage) Close() {
	h.content.Hide()
	h.closed()
}

// Key implements [widgets.Overlay]: the page is scrolled, Tab turns to the guide or to the keys, in the guide Left and
// Right go to another section, and the key that opened the page closes it.
func (h *helpPage) Key(c keys.Chord, held bool) bool {
	switch {
	case c.Does(keys.Help) && !held:
		h.Close()
		return true
	case c == keys.Chord{Key: "Tab"} && !held:
		h.read(!h.reads())
		return true
	case !h.reads():
		return widgets.ScrollKey(h.content, c)
	case c == keys.Chord{Key: "Left"}:
		h.guide.Choose(h.guide.At() - 1)
		return true
	case c == keys.Chord{Key: "Right"}:
		h.guide.Choose(h.guide.At() + 1)
		return true
	}
	return widgets.ScrollKey(h.guide.Scroll(), c)
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
	chords := container.NewHBox()
	const many = 4 // a row of digits: the first and the last say it
	if n := len(b.Chords); n > many {
		chords.Add(keycap(b.Chords[0].Text(in)))
		chords.Add(canvas.NewText("…", theme.Color(theme.Muted)))
		chords.Add(keycap(b.Chords[n-1].Text(in)))
		b.Chords = nil
	}
	for i, c := range b.Chords {
		if i > 0 && c.Text(in) == b.Chords[i-1].Text(in) {
			continue // the keypad's Enter is Enter too
		}
		chords.Add(keycap(c.Text(in)))
	}
	text := canvas.NewText(b.Action.Text(in), theme.Color(theme.Text))
	text.TextSize = theme.TextBase
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

// helpColumns puts the keys left, what they do right.
type helpColumns struct{}

const (
	helpKeysWide = 176
	helpRowTall  = 24
)

func (helpColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(420, helpRowTall) }

func (helpColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	keysSize, textSize := objects[0].MinSize(), objects[1].MinSize()
	objects[0].Resize(keysSize)
	objects[0].Move(fyne.NewPos(8, (size.Height-keysSize.Height)/2))
	objects[1].Resize(textSize)
	objects[1].Move(fyne.NewPos(max(helpKeysWide, keysSize.Width+20), (size.Height-textSize.Height)/2))
}
