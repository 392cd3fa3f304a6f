package register

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/keys"
	"butluc/app/registry"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/office/register"
)

// reporting is the sheet of the periodic report: of what time and whose, its heads, and what it says.
type reporting struct {
	*widgets.Sheet
	r      *Section
	period register.Period
	office string // "" for all
	fields []*widgets.Bound
	says   *fyne.Container
}

func newReporting(r *Section) *reporting {
	p := &reporting{r: r}
	p.Sheet = widgets.NewSheet(r.s.T("sheet.close"), func() {
		p.keep()
		p.fields = nil
		r.focus(nil)
	})
	p.OnKey = func(c keys.Chord) bool { return widgets.Pressed(p.Content(), c) }
	return p
}

func (p *reporting) keep() {
	for _, b := range p.fields {
		b.Keep()
	}
}

func (p *reporting) open() {
	if p.period == (register.Period{}) {
		p.period = register.PeriodOf(register.Month, time.Now())
	}
	p.Sheet.Open(p.r.s.T("register.report-title"), container.NewStack())
	p.again(firstField)
}

// The fields that have the keyboard next: the period's first day, and behind whose cases are counted.
const (
	firstField = 0
	firstHead  = 2
)

// again makes the sheet anew, and gives the keyboard to a field of it: what had it is gone.
func (p *reporting) again(field int) {
	p.build()
	p.r.focus(p.fields[field].Field)
}

// field is a field of a text of the report.
func (p *reporting) field(get func() string, set func(string)) *widgets.Field {
	f := widgets.NewField("")
	f.Scroll = fyne.ScrollHorizontalOnly
	p.fields = append(p.fields, widgets.Bind(f, p.r.s.Events.Post, func() { p.r.focus(nil) }, get, func(text string) { set(text); p.preview() }))
	return f
}

func (p *reporting) build() {
	p.keep()
	p.fields = nil
	in, r := p.r.s.In(), p.r
	row := func(key string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(176, theme.Target), widgets.Line(in.T(key))), nil, o)
	}
	box := container.NewVBox(row("register.period", p.spans()),
		row("register.from", p.dayField(&p.period.From)), row("register.to", p.dayField(&p.period.To)),
		row("register-column.office", p.offices()), widgets.Rule())
	heads := r.d.Book.Heads
	for _, h := range []struct {
		key string
		of  func(*register.Heads) *string
	}{
		{"cover.superior", func(h *register.Heads) *string { return &h.Superior }},
		{"cover.office", func(h *register.Heads) *string { return &h.Office }},
		{"cover.place", func(h *register.Heads) *string { return &h.Place }},
		{"register.signs", func(h *register.Heads) *string { return &h.Title }},
		{"register.signer", func(h *register.Heads) *string { return &h.Signer }},
	} {
		box.Add(row(h.key, p.field(func() string { now := heads(); return *h.of(&now) }, func(text string) {
			now := heads()
			*h.of(&now) = text
			r.d.SetHeads(now)
		})))
	}
	box.Add(widgets.Space(1, 8))
	box.Add(container.NewHBox(
		widgets.NewPress(in.T("register.write-docx"), widgets.Primary, func() { p.write(".docx") }),
		widgets.NewPress(in.T("register.write-xlsx"), widgets.Plain, func() { p.write(".xlsx") })))
	p.says = container.NewVBox()
	left := container.NewVScroll(box)
	left.SetMinSize(fyne.NewSize(470, 10))
	p.Show(container.NewBorder(nil, nil, left, nil, container.NewVScroll(widgets.Inset(16, p.says))))
	for _, b := range p.fields {
		b.Update()
	}
	p.preview()
}

func (p *reporting) dayField(of *string) fyne.CanvasObject {
	f := p.field(func() string { return registry.ShowDay(*of) }, func(text string) {
		day, err := registry.ParseDay(text)
		if err == nil {
			*of = day // "" is no period, which the preview says
		}
	})
	f.SetPlaceHolder(p.r.s.T("register.day-hint"))
	return f
}

// spans are buttons for the usual periods: that which its first day is in.
func (p *reporting) spans() fyne.CanvasObject {
	now, _, _ := p.period.Span()
	row := container.NewHBox()
	for _, s := range register.Spans {
		style := widgets.Plain
		if s == now {
			style = widgets.Chosen
		}
		key := map[register.Span]string{register.Month: "month", register.Quarter: "quarter", register.HalfYear: "half", register.Year: "year"}[s]
		row.Add(widgets.NewPress(p.r.s.T("register.span-"+key), style, func() {
			p.keep()
			from, err := time.Parse(library.DayForm, p.period.From)
			if err != nil {
				from = time.Now()
			}
			p.period = register.PeriodOf(s, from)
			p.again(firstField)
		}))
	}
	return row
}

// offices offers whose cases are counted.
func (p *reporting) offices() fyne.CanvasObject {
	in := p.r.s.In()
	now := p.office
	if now == "" {
		now = in.T("register.all-offices")
	}
	var b *widgets.Press
	b = widgets.NewPress(now+" ▾", widgets.Plain, func() {
		items := []*fyne.MenuItem{fyne.NewMenuItem(in.T("register.all-offices"), func() { p.office = ""; p.again(firstHead) })}
		for _, o := range register.Offices(p.r.d.Book.Rows()) {
			items = append(items, fyne.NewMenuItem(o, func() { p.office = o; p.again(firstHead) }))
		}
		widgets.Menu(b, items...)
	})
	return container.NewHBox(b)
}

// preview says what the report will say.
func (p *reporting) preview() {
	p.says.RemoveAll()
	if err := p.period.Check(); err != nil {
		p.says.Add(widgets.Prose(p.r.s.T("register.no-period")))
		p.says.Refresh()
		return
	}
	for _, part := range p.r.d.Report(p.period, p.office).Parts() {
		p.says.Add(widgets.Heading(part.Heading))
		for _, line := range part.Text {
			p.says.Add(widgets.Prose(line))
		}
	}
	p.says.Refresh()
}

// write writes the report into a folder.
func (p *reporting) write(ending string) {
	p.keep()
	if p.period.Check() != nil {
		p.r.s.Notices.Tell("register.no-period", true)
		return
	}
	report := p.r.d.Report(p.period, p.office)
	p.r.files.ChooseFolder("register.report-title", "choose.here", func(dir string) {
		file := joined(dir, strings.ReplaceAll("Báo cáo số hóa hồ sơ "+report.When(), "/", "-")+ending)
		p.Close()
		p.r.d.WriteReport(report, file)
	})
}
