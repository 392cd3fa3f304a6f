package prepare

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/folios"
)

var (
	sidesOrder = []folios.Sides{folios.SidesOne, folios.SidesTwo, folios.SidesLetters, folios.SidesSame}
	reachOrder = []folios.Reach{folios.ReachDocument, folios.ReachVolume, folios.ReachPage}
)

// folioForm is a form that shows what it would do to the folios before it is done.
type folioForm struct {
	r     *Room
	plan  folios.Plan
	asked int // counts what was asked, so that an older plan is not shown over a newer
	head  *widget.Label
	list  *picks
	apply *widgets.Button
}

// open shows the form: what is typed and chosen over what it would do.
func (f *folioForm) open(title string, inputs func() fyne.CanvasObject, first *widgets.Field) {
	r := f.r
	f.head = widgets.Prose("")
	f.list = newPicks(func(i int) [4]string {
		c := f.plan.Changes[i]
		return [4]string{folioOr(r.s.In(), c.Was), folioOr(r.s.In(), c.Now), r.s.T("page.number", "page", c.Page.Index+1), titleIn(r.s, c.Page)}
	}, func(i int) { f.list.choose(i) })
	f.apply = widgets.NewButton(r.s.T("folios.apply"), nil, widgets.Primary, f.do)
	f.apply.Hint = "Enter"
	back := widgets.NewButton(r.s.T("folios.back"), nil, widgets.Plain, r.openFolios)
	r.sheet.openFilled(title, func() fyne.CanvasObject {
		top := container.NewVBox(inputs(), f.head, container.NewHBox(f.apply, back))
		top.Add(pickHeads(r.s.In(), "folio-column.was", "folio-column.now", "folio-column.page", "folio-column.document"))
		return container.NewBorder(top, nil, nil, nil, f.list.rows)
	})
	r.focus(first)
}

// folioOr is a folio in a table, a dash for none.
func folioOr(in i18n.Catalogue, f library.Folio) string {
	if f.IsZero() {
		return "–"
	}
	return label.Folio(in, f)
}

// titleIn is a page's document, with the volume that it counts in where there is one.
func titleIn(s *console.Session, p library.PageID) string {
	if bound := label.Bound(s.In(), s.Dossier.Outline().BoundOf(p, s.Dossier.Index())); bound != "" {
		return bound + " · " + s.Labels.Title(p)
	}
	return s.Labels.Title(p)
}

// field is a field of the form: Enter does what the form shows, the arrows choose among what stands beside.
func (f *folioForm) field(hint string, changed func(), turn func(by int)) *widgets.Field {
	field := widgets.NewField(f.r.s.T(hint))
	field.Scroll = fyne.ScrollHorizontalOnly
	field.OnChanged = func(string) { changed() }
	field.OnReturn = f.do
	field.OnEscape = f.r.sheet.Close
	if turn != nil {
		field.OnDown = func() { turn(1) }
		field.OnUp = func() { turn(-1) }
	}
	return field
}

// ask plans anew; "" as what is wrong where the inputs make sense.
func (f *folioForm) ask(wrong string, plan func(library.Outline, *library.Index) folios.Plan) {
	f.asked++
	asked := f.asked
	if wrong != "" {
		f.show(folios.Plan{}, wrong)
		return
	}
	f.r.s.Folios.Plan(plan, func(p folios.Plan) {
		if asked != f.asked {
			return
		}
		text := f.r.s.T("folios.plan", "count", len(p.Changes))
		switch {
		case p.Edit.Err() != nil:
			p.Changes, text = nil, f.r.s.T("folios.out-of-range")
		case len(p.Changes) == 0:
			text = f.r.s.T("folios.plan-none")
		case len(p.Twice) > 0:
			text += " " + f.r.s.T("folios.plan-twice", "folios", folioList(p.Twice))
		}
		f.show(p, text)
	})
}

func (f *folioForm) show(p folios.Plan, text string) {
	f.plan = p
	f.head.Importance = widget.MediumImportance
	if len(p.Changes) == 0 || len(p.Twice) > 0 {
		f.head.Importance = widget.WarningImportance
	}
	f.head.SetText(text)
	f.apply.SetDisabled(len(p.Changes) == 0)
	f.list.reload(len(p.Changes))
}

// do does what is shown, and goes back to the table.
func (f *folioForm) do() {
	if len(f.plan.Changes) > 0 && f.r.s.Folios.Edit(f.plan) {
		f.r.openFolios()
	}
}

// folioList names folios; past many, how many more there are.
func folioList(folios []library.Folio) string {
	const most = 8
	names := make([]string, 0, most)
	for _, f := range folios[:min(len(folios), most)] {
		names = append(names, f.String())
	}
	if len(folios) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// turned is the value by places further in a list, around its ends.
func turned[T comparable](list []T, now T, by int) T {
	return list[(slices.Index(list, now)+by+len(list))%len(list)]
}

// chooser is a button that offers the values of a list and shows the one chosen.
func chooser[T ~string](in i18n.Catalogue, prefix string, list []T, now func() T, set func(T)) *widgets.Button {
	b := widgets.NewButton(in.T(prefix+string(now()))+" ▾", nil, widgets.Plain, nil)
	b.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, v := range list {
			items = append(items, fyne.NewMenuItem(in.T(prefix+string(v)), func() { set(v) }))
		}
		widgets.Menu(b, items...)
	}
	return b
}

// openNumbering asks how to number from a page on.
func (r *Room) openNumbering(page library.PageID) {
	if _, ok := r.s.Dossier.Document(page); !ok {
		r.s.Notices.Tell("folios.no-page", true)
		return
	}
	f := &folioForm{r: r}
	sides, reach := folios.SidesOne, folios.ReachDocument
	var first, count, skip *widgets.Field
	var sidesButton, reachButton *widgets.Button
	update := func() {
		sidesButton.SetLabel(r.s.T("sides."+string(sides)) + " ▾")
		reachButton.SetLabel(r.s.T("reach."+string(reach)) + " ▾")
		folio, ok := library.ParseFolio(first.Text)
		pages, many := atLeast(count.Text)
		skipped, skips := ordinals(skip.Text)
		wrong := ""
		switch {
		case !ok && strings.TrimSpace(first.Text) != library.NoFolio:
			wrong = r.s.T("number.first-how")
		case !many:
			wrong = r.s.T("folios.no-count", "typed", count.Text)
		case !skips:
			wrong = r.s.T("number.skip-how")
		}
		sides, reach := sides, reach // as they are now
		f.ask(wrong, func(o library.Outline, x *library.Index) folios.Plan {
			list := folios.PagesFrom(o, page, reach, x)
			if pages > 0 {
				list = list[:min(pages, len(list))]
			}
			c := folios.Counting{First: folio, Sides: sides}
			for _, n := range skipped {
				if n <= len(list) {
					c.Skip = append(c.Skip, list[n-1])
				}
			}
			return folios.Assign(o, list, c, x)
		})
	}
	first = f.field("number.first", update, func(by int) {
		sides = turned(sidesOrder, sides, by)
		update()
	})
	count = f.field("number.count", update, func(by int) {
		reach = turned(reachOrder, reach, by)
		update()
	})
	skip = f.field("number.skip", update, nil)
	sidesButton = chooser(r.s.In(), "sides.", sidesOrder, func() folios.Sides { return sides }, func(s folios.Sides) {
		sides = s
		update()
		r.focus(first)
	})
	reachButton = chooser(r.s.In(), "reach.", reachOrder, func() folios.Reach { return reach }, func(v folios.Reach) {
		reach = v
		update()
		r.focus(count)
	})
	if folio := r.s.Dossier.Folio(page); !folio.IsZero() {
		first.Propose(library.TypedFolio(folio, 0, 0))
	}
	f.open(r.s.T("number.title", "name", r.s.Labels.FullName(page)), func() fyne.CanvasObject {
		return container.NewVBox(widgets.Prose(r.s.T("number.text")),
			inputRow(r.s.In(), "number.first-label", first, sidesButton), inputRow(r.s.In(), "number.count-label", count, reachButton), inputRow(r.s.In(), "number.skip-label", skip, nil))
	}, first)
	update()
}

// inputRow is a label, a field and what is chosen beside it.
func inputRow(in i18n.Catalogue, label string, field fyne.CanvasObject, beside *widgets.Button) fyne.CanvasObject {
	box := container.NewHBox(container.NewGridWrap(fyne.NewSize(250, theme.Target), widgets.Line(in.T(label))),
		container.NewGridWrap(fyne.NewSize(330, theme.Target), field))
	if beside != nil {
		box.Add(beside)
	}
	return box
}

// atLeast reads a number from 1 on; an empty text is 0.
func atLeast(text string) (int, bool) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0
}

// ordinals reads "3, 5-7"; false where it is none.
func ordinals(text string) (list []int, ok bool) {
	const most = 5000
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		from, to, isRange := strings.Cut(part, "-")
		a, err := strconv.Atoi(from)
		b := a
		if err == nil && isRange {
			b, err = strconv.Atoi(to)
		}
		if err != nil || a < 1 || b < a || b-a > most || len(list) > most {
			return nil, false
		}
		for n := a; n <= b; n++ {
			list = append(list, n)
		}
	}
	return list, true
}

// openRenumbering asks which numbers of the volume that a page is in move, and by how much.
func (r *Room) openRenumbering(page library.PageID) {
	f := &folioForm{r: r}
	var from, to, by *widgets.Field
	update := func() {
		first, ok := library.ParseFolio(from.Text)
		last, also := library.ParseFolio(cmp.Or(to.Text, "99999"))
		n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(by.Text), "+"))
		wrong := ""
		if !ok || !also || err != nil || last.Number < first.Number {
			wrong = r.s.T("renumber.how")
		}
		f.ask(wrong, func(o library.Outline, x *library.Index) folios.Plan {
			return folios.Renumber(o, folios.PagesNumbered(o, page, first, last, x), n, x)
		})
	}
	from, to, by = f.field("renumber.from", update, nil), f.field("renumber.to", update, nil), f.field("renumber.by", update, nil)
	volume := label.Bound(r.s.In(), r.s.Dossier.Outline().BoundOf(page, r.s.Dossier.Index()))
	if folio := r.s.Dossier.Folio(page); !folio.IsZero() {
		from.Propose(strconv.Itoa(folio.Number))
	}
	f.open(r.s.T("renumber.title", "volume", cmp.Or(volume, r.s.T("folios.no-volume"))), func() fyne.CanvasObject {
		return container.NewVBox(widgets.Prose(r.s.T("renumber.text")),
			inputRow(r.s.In(), "renumber.from-label", from, nil), inputRow(r.s.In(), "renumber.to-label", to, nil), inputRow(r.s.In(), "renumber.by-label", by, nil))
	}, from)
	update()
}

// bindingPlace is what a binding is of.
type bindingPlace string

// The places; each has a word under the key "binding-of." + its name.
const (
	bindingFolder bindingPlace = "folder"
	bindingFile   bindingPlace = "file"
	bindingPage   bindingPlace = "page"
)

// openBinding asks in which series and volume the pages around a page count.
func (r *Room) openBinding(page library.PageID) {
	places := []bindingPlace{bindingFolder, bindingFile, bindingPage}
	if path.Dir(page.Path) == "." {
		places = places[1:]
	}
	of := places[0]
	now := r.s.Dossier.Outline().BoundOf(page, r.s.Dossier.Index())
	series := now.Series
	var volume *widgets.Field
	var ofButton, seriesButton *widgets.Button
	update := func() {
		ofButton.SetLabel(r.s.T("binding-of."+string(of)) + " ▾")
		seriesButton.SetLabel(r.s.T("series."+string(series)) + " ▾")
	}
	do := func() {
		b := library.Binding{Series: series, Volume: strings.TrimSpace(volume.Text)}
		switch of {
		case bindingFolder:
			b.First = library.PageID{Path: path.Dir(page.Path)}
		case bindingFile:
			b.First = library.PageID{Path: page.Path}
		case bindingPage:
			b.First = page
		}
		if r.s.Edits.Edit(r.s.Dossier.Outline().SetAll("binding", b)) {
			r.openFolios()
		}
	}
	volume = widgets.NewField(r.s.T("binding.volume"))
	volume.Propose(now.Volume)
	volume.OnReturn, volume.OnEscape = do, r.sheet.Close
	volume.OnDown = func() { series = turned(library.AllSeries, series, 1); update() }
	volume.OnUp = func() { series = turned(library.AllSeries, series, -1); update() }
	volume.OnTab = func(back bool) {
		of = turned(places, of, map[bool]int{false: 1, true: -1}[back])
		update()
	}
	ofButton = chooser(r.s.In(), "binding-of.", places, func() bindingPlace { return of }, func(v bindingPlace) { of = v; update() })
	seriesButton = chooser(r.s.In(), "series.", library.AllSeries, func() library.Series { return series }, func(v library.Series) { series = v; update() })
	apply := widgets.NewButton(r.s.T("binding.apply"), nil, widgets.Primary, do)
	apply.Hint = "Enter"
	back := widgets.NewButton(r.s.T("folios.back"), nil, widgets.Plain, r.openFolios)
	r.sheet.openFilled(r.s.T("binding.title", "name", r.s.Labels.FullName(page)), func() fyne.CanvasObject {
		return container.NewBorder(container.NewVBox(widgets.Prose(r.s.T("binding.text")),
			inputRow(r.s.In(), "binding.volume-label", volume, seriesButton), container.NewHBox(notCut(r.s.T("binding.of-label")), ofButton),
			container.NewHBox(apply, back)), nil, nil, nil)
	})
	r.focus(volume)
}

// openProposals reads the stamps and shows which folios they seem to have. Nothing is done unasked.
func (r *Room) openProposals(corner folios.Corner) {
	r.s.Folios.Propose(corner, func(all []folios.Proposal) {
		var list []folios.Proposal // that differ from what is assigned
		for _, p := range all {
			if !p.Agrees() {
				list = append(list, p)
			}
		}
		f := &proposalForm{r: r, all: len(all), list: list, taken: make([]bool, len(list))}
		f.open()
	})
}

// proposalForm lists proposed folios, of which a person takes those that they want.
type proposalForm struct {
	r     *Room
	all   int // with those that agree
	list  []folios.Proposal
	taken []bool
	rows  *picks
	field *widgets.Field
	head  *widget.Label
	apply *widgets.Button
}

func (f *proposalForm) open() {
	r := f.r
	f.head = widgets.Prose("")
	f.rows = newPicks(f.cells, f.toggle)
	f.apply = widgets.NewButton("", nil, widgets.Primary, f.do)
	f.apply.Hint = "Enter"
	f.field = widgets.NewField(r.s.T("proposals.least"))
	f.field.OnChanged = func(string) { f.takeSure() }
	f.field.OnReturn, f.field.OnEscape = f.do, r.sheet.Close
	f.field.OnDown = func() { f.rows.choose(f.rows.at + 1) }
	f.field.OnUp = func() { f.rows.choose(f.rows.at - 1) }
	f.field.OnTab = func(bool) { f.toggle(f.rows.at) }
	back := widgets.NewButton(r.s.T("folios.back"), nil, widgets.Plain, r.openFolios)
	r.sheet.openFilled(r.s.T("proposals.title"), func() fyne.CanvasObject {
		top := container.NewVBox(widgets.Prose(r.s.T("proposals.text")), f.head, inputRow(r.s.In(), "proposals.least-label", f.field, nil), container.NewHBox(f.apply, back))
		top.Add(pickHeads(r.s.In(), "folio-column.proposed", "folio-column.was", "folio-column.sure", "folio-column.document"))
		return container.NewBorder(top, nil, nil, nil, f.rows.rows)
	})
	f.rows.reload(len(f.list))
	const sure = "80"
	f.field.Propose(sure)
	f.takeSure()
	r.focus(f.field)
}

func (f *proposalForm) cells(i int) [4]string {
	p := f.list[i]
	mark := "☐ "
	if f.taken[i] {
		mark = "☑ "
	}
	from := "proposals.counted"
	if p.Read {
		from = "proposals.read"
	}
	return [4]string{
		mark + folioOr(f.r.s.In(), p.Folio), folioOr(f.r.s.In(), p.Has),
		f.r.s.T("tool.percent", "percent", p.Confidence) + " · " + f.r.s.T(from), titleIn(f.r.s, p.Page) + " · " + f.r.s.T("page.number", "page", p.Page.Index+1),
	}
}

// takeSure takes those that are at least as sure as typed.
func (f *proposalForm) takeSure() {
	least, ok := atLeast(strings.TrimSuffix(strings.TrimSpace(f.field.Text), "%"))
	for i, p := range f.list {
		f.taken[i] = ok && p.Confidence >= least
	}
	f.show()
}

func (f *proposalForm) toggle(i int) {
	if i >= 0 && i < len(f.list) {
		f.taken[i] = !f.taken[i]
		f.rows.at = i
		f.show()
	}
}

func (f *proposalForm) show() {
	n := 0
	for _, t := range f.taken {
		if t {
			n++
		}
	}
	key := "proposals.found"
	if f.all == 0 {
		key = "proposals.none"
	}
	f.head.SetText(f.r.s.T(key, "all", f.all, "differ", len(f.list)))
	f.apply.SetLabel(f.r.s.T("proposals.apply", "count", n))
	f.apply.SetDisabled(n == 0)
	f.rows.reload(len(f.list))
}

func (f *proposalForm) do() {
	var taken []folios.PageFolio
	for i, p := range f.list {
		if f.taken[i] {
			taken = append(taken, folios.PageFolio{Page: p.Page, Folio: p.Folio})
		}
	}
	if len(taken) == 0 {
		return
	}
	f.r.s.Folios.Plan(func(o library.Outline, x *library.Index) folios.Plan { return folios.Set(o, taken, x) }, func(p folios.Plan) {
		if f.r.s.Folios.Edit(p) {
			f.r.openFolios()
		}
	})
}
