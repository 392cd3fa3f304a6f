package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console/study"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/compose"
)

// markBar is what stands round the page for its marks: the tools over it; and at its foot, in the place of the thumbnails, what the picked mark is like, or how the picture is changed for display.
type markBar struct {
	r       *Room
	m       *marker
	tools   map[keys.Action]*widgets.Button
	bar     *widgets.Toolbar
	kind    *canvas.Text
	owner   *widgets.Button
	sooner  *widgets.Button
	later   *widgets.Button
	beat    *canvas.Text
	colors  []*widgets.Swatch
	style   *fyne.Container // what a redaction has none of
	beats   *fyne.Container // what a mark of the page has none of
	text    *widgets.Bound
	field   *fyne.Container // in which it is written
	writing markRef         // whose text that is
	mark    *fyne.Container
	adjust  *fyne.Container
	amounts []func() // show the amounts as they are
	say     *canvas.Text
	hint    *canvas.Text    // how the tool in hand is used
	second  *fyne.Container // what can be done with the picked mark
	ground  *canvas.Rectangle
	box     *fyne.Container
}

// markRef is a mark among those of its owner.
type markRef struct {
	owner study.Owner
	index int
}

func newMarkBar(r *Room) *markBar {
	b := &markBar{r: r, m: r.page.marker, tools: map[keys.Action]*widgets.Button{}}
	b.bar = widgets.NewToolbar(b.r.s.T("tool.more"), toolTall)
	b.tools[keys.Quote] = b.tool("excerpt.tool", "excerpt", keys.Hint(b.r.s.In(), keys.Prepare, keys.Quote), func() { r.Do(keys.Quote) })
	for _, kind := range library.MarkKinds {
		action := keys.ToolOf(kind)
		b.tools[action] = b.tool("mark."+string(kind), "mark-"+string(kind), keys.Hint(b.r.s.In(), keys.Prepare, action), func() { r.Do(action) })
	}
	b.tool("tool.adjust", "adjust", "", b.toggleAdjust)
	b.makeMark()
	b.makeAdjust()
	ground := canvas.NewRectangle(theme.Color(theme.Raised))
	ground.CornerRadius = theme.Radius
	b.ground = ground
	b.box = container.NewStack(ground, widgets.Inset(4, container.NewStack(b.mark, b.adjust)))
	b.box.Hide()
	b.m.OnChanged = b.update
	b.m.OnWrite = b.write
	return b
}

// toolTall is the height of a tool: its icon over its name.
const toolTall = 44

// tool adds a tool to the bar.
func (b *markBar) tool(name, icon, hint string, do func()) *widgets.Button {
	button := widgets.NewButton(b.r.s.T(name), widgets.Icon(icon), widgets.Quiet, do)
	button.Hint, button.Below, button.Tall, button.Wide = hint, true, toolTall, 58
	b.bar.Add(button, widgets.Item(b.r.s.T(name), hint, do))
	return button
}

func line(text string) *canvas.Text {
	t := canvas.NewText(text, theme.Color(theme.Text))
	t.TextSize = theme.TextBase
	return t
}

// makeMark makes what is said of the picked mark: in one line where there is room.
func (b *markBar) makeMark() {
	do := func(label, icon string, a keys.Action) *widgets.Button {
		button := widgets.NewButton(label, widgets.Icon(icon), widgets.Quiet, func() { b.m.do(a) })
		button.Tip = a.Text(b.r.s.In()) + " · " + keys.Hint(b.r.s.In(), keys.Marks, a)
		return button
	}
	b.kind, b.beat = line(""), line("")
	b.kind.TextStyle.Bold = true
	b.owner = do("", "", keys.MarkOwner)
	b.owner.SetStyle(widgets.Plain)
	b.sooner, b.later = do("", "previous", keys.MarkSooner), do("", "next", keys.MarkLater)
	b.beats = container.NewHBox(b.sooner, container.NewCenter(b.beat), b.later)

	colors := container.NewHBox()
	for _, name := range library.MarkColors {
		c := compose.Color(name, library.MarkBox)
		swatch := widgets.NewSwatch(c, func() {
			mk, picked := b.m.mark()
			b.m.recolor(mk, picked, name)
		})
		b.colors = append(b.colors, swatch)
		colors.Add(swatch)
	}
	b.style = container.NewHBox(colors, do("", "zoom-out", keys.MarkThinner), do("", "zoom-in", keys.MarkThicker))
	remove := do("", "close", keys.Delete)
	remove.Hint = keys.Hint(b.r.s.In(), keys.Marks, keys.Delete)
	second := container.NewHBox(do("⤒", "", keys.MarkFront), do("⤓", "", keys.MarkBack), do("", "add", keys.Duplicate), remove)
	field := widgets.NewField(b.r.s.T("mark.text-hint"))
	b.text = widgets.Bind(field, b.r.s.Events.Post, func() { b.r.focus(nil) }, func() string {
		if list := b.r.s.Marks.Of(b.writing.owner).List(); b.writing.index >= 0 && b.writing.index < len(list) {
			return list[b.writing.index].Text
		}
		return ""
	}, b.written)
	b.writing.index = -1
	b.hint = line("")
	b.hint.Color, b.hint.TextSize = theme.Color(theme.Muted), theme.TextSmall
	b.second = second
	b.field = container.NewGridWrap(fyne.NewSize(240, theme.Target), b.text.Field)
	b.mark = widgets.NewFlow(theme.Gap, container.NewCenter(b.kind), b.owner, b.beats, b.style, second, b.hint, b.field)
}

// written keeps the text of the mark that it was typed for.
func (b *markBar) written(text string) {
	list := b.r.s.Marks.Of(b.writing.owner).List()
	i := b.writing.index
	switch {
	case i < 0 || i >= len(list) || list[i].Kind.Shape() != library.ShapePlace || text == "":
		return
	case len(text) > library.MaxMarkText:
		b.r.s.Notices.Tell("mark.too-long", true)
		return
	}
	list[i].Text = text
	b.r.s.Marks.Set(b.writing.owner, library.MarksOf(list...))
}

// amounts are what of a picture can be changed, with the least that makes sense.
var amounts = []struct {
	key   string
	field func(*library.Adjust) *int8
	least int8
}{
	{"adjust.brightness", func(a *library.Adjust) *int8 { return &a.Brightness }, -100},
	{"adjust.contrast", func(a *library.Adjust) *int8 { return &a.Contrast }, -100},
	{"adjust.gamma", func(a *library.Adjust) *int8 { return &a.Gamma }, -100},
	{"adjust.sharpen", func(a *library.Adjust) *int8 { return &a.Sharpen }, 0},
}

// makeAdjust makes the lines by which the picture is changed.
func (b *markBar) makeAdjust() {
	grid := container.NewGridWithColumns(2)
	for _, amount := range amounts {
		value := line("")
		change := func(by int) func() {
			return func() {
				a := b.r.s.Marks.Adjusted()
				v := amount.field(&a)
				*v = int8(max(int(amount.least), min(100, int(*v)+by)))
				b.r.s.Marks.Adjust(a)
			}
		}
		b.amounts = append(b.amounts, func() {
			a := b.r.s.Marks.Adjusted()
			value.Text = b.r.s.T("adjust.amount", "amount", int(*amount.field(&a)))
			value.Refresh()
		})
		less := widgets.NewButton("−", nil, widgets.Plain, change(-10))
		more := widgets.NewButton("+", nil, widgets.Plain, change(10))
		less.Tip, more.Tip = b.r.s.T(amount.key)+" −10", b.r.s.T(amount.key)+" +10"
		grid.Add(container.NewBorder(nil, nil, container.NewCenter(line(b.r.s.T(amount.key))),
			container.NewHBox(less, container.NewGridWrap(fyne.NewSize(48, theme.Target), container.NewCenter(value)), more)))
	}
	invert := widgets.NewButton(b.r.s.T("adjust.invert"), nil, widgets.Plain, nil)
	invert.OnTapped = func() {
		a := b.r.s.Marks.Adjusted()
		a.Invert = !a.Invert
		b.r.s.Marks.Adjust(a)
	}
	b.amounts = append(b.amounts, func() {
		style := widgets.Plain
		if b.r.s.Marks.Adjusted().Invert {
			style = widgets.Chosen
		}
		invert.SetStyle(style)
	})
	reset := widgets.NewButton(b.r.s.T("adjust.reset"), nil, widgets.Plain, func() { b.r.s.Marks.Adjust(library.Adjust{}) })
	done := widgets.NewButton(b.r.s.T("mark.done"), nil, widgets.Plain, b.toggleAdjust)
	b.say = canvas.NewText("", theme.Color(theme.Muted))
	b.say.TextSize = theme.TextSmall
	b.adjust = container.NewVBox(grid, container.NewHBox(invert, reset, done), b.say)
	b.adjust.Hide()
}

// toggleAdjust opens or closes the lines by which the picture is changed.
func (b *markBar) toggleAdjust() {
	if b.adjust.Visible() {
		b.adjust.Hide()
		b.update()
		return
	}
	if _, _, ok := b.r.s.Study.Editing(); !ok {
		b.r.s.Notices.Tell("mark.page-only", true)
		return
	}
	b.m.putAway()
	widgets.Show(b.adjust, true)
	b.update()
}

// close closes what is open, and tells whether anything was.
func (b *markBar) close() bool {
	switch {
	case b.adjust.Visible():
		b.toggleAdjust()
	case b.m.active():
		b.m.putAway()
	default:
		return false
	}
	return true
}

// write opens the writing of a text on the page; later, for the click that placed it takes the keyboard away.
func (b *markBar) write() {
	b.update()
	b.r.s.Events.Post(func() {
		b.text.Select()
		b.r.focus(b.text.Field)
	})
}

// update shows what is picked and in hand now.
func (b *markBar) update() {
	for _, kind := range library.MarkKinds {
		style := widgets.Quiet
		if b.m.tool == kind && !b.m.excerpting {
			style = widgets.Chosen
		}
		b.tools[keys.ToolOf(kind)].SetStyle(style)
	}
	excerpting := b.r.excerpting() != nil && b.r.excerpting().opened
	b.tools[keys.Quote].SetStyle(map[bool]widgets.Style{false: widgets.Quiet, true: widgets.Chosen}[b.m.excerpting])
	if now := (markRef{b.m.owner, b.m.picked}); now != b.writing {
		b.text.Keep() // what was typed is the old one's
		b.writing = now
	}
	mk, picked := b.m.mark()
	adjusting := b.adjust.Visible()
	widgets.Show(b.mark, (picked || b.m.tool != "") && !adjusting && !excerpting)
	widgets.Show(b.box, b.mark.Visible() || adjusting)
	widgets.Show(b.r.foot, !b.box.Visible() && !excerpting)
	if b.r.excerpting() != nil {
		widgets.Show(b.r.excerpting().form.Content(), excerpting)
	}
	if adjusting {
		b.updateAdjust()
		return
	}
	kind := mk.Kind
	if !picked {
		kind = b.m.tool
	}
	if kind == "" {
		return
	}
	b.kind.Text = b.r.s.T("mark." + string(kind))
	b.kind.Refresh()
	b.owner.SetLabel(b.ownerText())
	widgets.Show(b.second, picked)
	widgets.Show(b.hint, !picked)
	b.hint.Text = b.r.s.T("mark.drag")
	b.hint.Refresh()
	widgets.Show(b.style, picked && !kind.Hides())
	widgets.Show(b.beats, picked && b.m.owner == study.OfStep && !kind.Hides())
	b.beat.Text = b.r.s.T("mark.beat-none")
	if mk.Beat > 0 {
		b.beat.Text = b.r.s.T("mark.beat", "beat", mk.Beat)
	}
	b.beat.Refresh()
	for i, name := range library.MarkColors {
		b.colors[i].SetChosen(mk.Color == name || mk.Color == "" && compose.Color("", kind) == compose.Color(name, kind))
	}
	widgets.Show(b.field, picked && kind.Shape() == library.ShapePlace)
	b.text.Update()
}

// ownerText says whom the picked mark belongs to, or the next.
func (b *markBar) ownerText() string {
	if b.m.owner == study.OfPage {
		return b.r.s.T("mark.owner-page")
	}
	step, _, _ := b.r.s.Study.Editing()
	return b.r.s.T("mark.owner-step", "step", b.r.s.Labels.Number(step.ID))
}

func (b *markBar) updateAdjust() {
	for _, show := range b.amounts {
		show()
	}
	b.say.Text = b.r.s.T("adjust.none")
	if what := b.r.s.Marks.Adjusted().Words(); what != "" {
		b.say.Text = b.r.s.T("adjust.note", "what", what)
	}
	b.say.Refresh()
}

// follow closes what is of another page or step.
func (b *markBar) follow() {
	if _, _, ok := b.r.s.Study.Editing(); !ok && b.adjust.Visible() {
		b.adjust.Hide()
	}
	b.update()
}
