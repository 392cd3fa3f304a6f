package prepare

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console/event"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// sheet lies over the room: the persons of the case, or the outline's cover. What is typed in its fields
// is kept.
type sheet struct {
	*widgets.Sheet
	r      *Room
	build  func() fyne.CanvasObject
	filled bool // what is built fills the sheet and scrolls by itself
	fields []*widgets.Bound
	act    func(keys.Action) bool // what the sheet does itself of the room's actions, nil for nothing
	asked  *widgets.Field         // has the keyboard once what is built stands
}

func newSheet(r *Room) *sheet {
	h := &sheet{r: r}
	h.Sheet = widgets.NewSheet(r.s.T("sheet.close"), func() {
		h.keep()
		h.fields, h.OnKey = nil, nil
		r.focus(nil)
	})
	r.s.Events.Subscribe(event.OutlineChanged, func() {
		for _, f := range h.fields {
			f.Update()
		}
	})
	return h
}

func (h *sheet) open(title string, build func() fyne.CanvasObject) {
	h.build, h.filled, h.act, h.OnKey = build, false, nil, nil
	h.Open(title, container.NewStack())
	h.rebuild()
}

// openFilled opens the sheet for something that fills it and scrolls by itself.
func (h *sheet) openFilled(title string, build func() fyne.CanvasObject) {
	h.build, h.filled, h.act, h.OnKey = build, true, nil, nil
	h.Open(title, container.NewStack())
	h.rebuild()
}

func (h *sheet) rebuild() {
	h.keep()
	h.fields = nil
	content := h.build()
	if !h.filled {
		scroll := container.NewVScroll(content)
		content = scroll
		if h.asked != nil {
			defer scroll.ScrollToBottom()
		}
	}
	h.Show(content)
	for _, f := range h.fields {
		f.Update()
	}
	if h.asked != nil {
		h.r.focus(h.asked)
		h.asked = nil
	}
}

// Key implements [widgets.Overlay].
func (h *sheet) Key(c keys.Chord, held bool) bool { return !held && h.chord(c) || h.Sheet.Key(c, held) }

// chord does what a chord does in the sheet, and tells whether it does anything.
func (h *sheet) chord(c keys.Chord) bool {
	b, ok := keys.Lookup(keys.Prepare, c)
	return ok && h.act != nil && h.act(b.Action)
}

func (h *sheet) keep() {
	for _, f := range h.fields {
		f.Keep()
	}
}

func (h *sheet) field(hint string, get func() string, set func(string)) *widgets.Field {
	f := widgets.NewField(h.r.s.T(hint))
	f.Scroll = fyne.ScrollHorizontalOnly
	b := widgets.Bind(f, h.r.s.Events.Post, func() { h.r.focus(nil) }, get, set)
	h.fields = append(h.fields, b)
	return f
}

// openCover opens what stands on the printed outline's first sheet.
func (pp *people) openCover() { pp.r.sheet.open(pp.r.s.T("cover.title"), pp.cover) }

func (pp *people) cover() fyne.CanvasObject {
	kind := widgets.NewButton(pp.r.s.T("case-kind."+string(pp.r.s.Dossier.Outline().Cover().Kind))+" ▾", nil, widgets.Plain, nil)
	kind.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, k := range library.CaseKinds {
			items = append(items, fyne.NewMenuItem(pp.r.s.T("case-kind."+string(k)), func() {
				c := pp.r.s.Dossier.Outline().Cover()
				c.Kind = k
				pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().Set(c))
				pp.r.sheet.rebuild()
			}))
		}
		widgets.Menu(kind, items...)
	}
	captions := widgets.NewButton(pp.r.s.T("captions."+captionsKey(pp.r.s.Dossier.Outline().Cover().Captions))+" ▾", nil, widgets.Plain, nil)
	captions.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, c := range []library.Captions{library.CaptionNone, library.CaptionFolio, library.CaptionFull} {
			items = append(items, fyne.NewMenuItem(pp.r.s.T("captions."+captionsKey(c)), func() {
				cover := pp.r.s.Dossier.Outline().Cover()
				cover.Captions = c
				pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().SetAll("cover", cover))
				pp.r.sheet.rebuild()
			}))
		}
		widgets.Menu(captions, items...)
	}
	box := container.NewVBox(coverRow(pp.r.s.In(), "cover.kind", container.NewHBox(kind)), coverRow(pp.r.s.In(), "captions.title", container.NewHBox(captions)))
	for _, f := range library.CoverTexts {
		if !f.Form {
			continue
		}
		box.Add(coverRow(pp.r.s.In(), "cover."+hyphened(f.Name), pp.r.sheet.field("cover-hint."+hyphened(f.Name), func() string {
			c := pp.r.s.Dossier.Outline().Cover()
			return *f.Of(&c)
		}, func(text string) {
			c := pp.r.s.Dossier.Outline().Cover()
			*f.Of(&c) = text
			pp.r.s.Edits.Edit(pp.r.s.Dossier.Outline().Set(c))
		})))
	}
	return box
}

// hyphened is a name as it is in keys of texts: caseTitle, case-title.
func hyphened(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func captionsKey(c library.Captions) string {
	if c == library.CaptionNone {
		return "none"
	}
	return string(c)
}

func coverRow(in i18n.Catalogue, label string, o fyne.CanvasObject) fyne.CanvasObject {
	l := container.NewGridWrap(fyne.NewSize(200, theme.Target), widgets.Line(in.T(label)))
	return container.NewBorder(nil, nil, l, nil, o)
}
