package office

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"butluc/app/console/label"
	"butluc/app/console/office"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/office/place"
	"butluc/library/office/roster"
	"butluc/library/office/share"
	"butluc/library/office/store"
)

// small is a line of small text that is broken where it is too long.
func small(text string) *widgets.Paragraph {
	p := widgets.NewParagraph(theme.TextSmall, false, theme.Text)
	p.SetText(text)
	return p
}

// show opens the sheet, which has no keys of its own yet.
func (r *Section) show(title string, o fyne.CanvasObject) {
	r.sheet.OnKey = nil
	r.sheet.Open(title, o)
}

// addStore asks for a store's name and address.
func (r *Section) addStore() {
	field := func(key string) *widgets.Field {
		f := widgets.NewField(r.s.T(key))
		f.OnEscape = func() { r.focus(nil) }
		return f
	}
	name, address := field("store.field-name"), field("store.field-address")
	user, password := field("store.field-user"), field("store.field-password")
	password.Password = true
	fields := []*widgets.Field{name, address, user, password}
	for i, f := range fields {
		next := fields[(i+1)%len(fields)]
		before := fields[(i+len(fields)-1)%len(fields)]
		f.OnTab = func(back bool) {
			if back {
				next = before
			}
			r.focus(next)
		}
	}
	browse := widgets.NewButton(r.s.T("store.browse"), nil, widgets.Plain, func() {
		r.files.ChooseFolder("store.browse", "store.browse-here", address.SetText)
	})
	add := func(create bool) func() {
		return func() {
			r.o.Add(name.Text, place.Address(strings.TrimSpace(address.Text)), place.Account{User: user.Text, Password: password.Text}, create, func(err error) {
				if err == nil { // else what was typed stays to be mended
					r.sheet.Close()
					r.o.Look()
				}
			})
		}
	}
	words := widgets.Prose(r.s.T("store.add-words"))
	buttons := container.NewHBox(
		widgets.NewButton(r.s.T("store.add-there"), nil, widgets.Primary, add(false)),
		widgets.NewButton(r.s.T("store.add-new"), nil, widgets.Plain, add(true)))
	form := container.NewVBox(name, container.NewBorder(nil, nil, nil, browse, address), user, password, words, buttons)
	r.show(r.s.T("store.add"), container.New(middle{720}, form))
	r.focus(name)
}

// showApart lets a person choose between two versions.
func (r *Section) showApart(a *share.Apart) {
	take := func(c share.Choice) func() {
		return func() {
			r.sheet.Close()
			r.o.Update(c, r.showApart)
		}
	}
	side := func(key string, list []library.Difference) fyne.CanvasObject {
		lines := container.NewVBox(widgets.Heading(r.s.T(key, "count", len(list))))
		for _, d := range list {
			lines.Add(widgets.Inset(6, small(label.Difference(r.s.In(), d))))
		}
		return container.NewVScroll(lines)
	}
	choices := []struct {
		key   string
		style widgets.Style
		do    func()
	}{{"store.take-merge", widgets.Primary, take(share.ChooseMerge)}, {"store.take-mine", widgets.Plain, take(share.ChooseMine)}, {"store.take-theirs", widgets.Plain, take(share.ChooseTheirs)}}
	words := widgets.Prose(r.s.T("store.apart-words", "name", a.Theirs.Author.Name, "time", r.o.When(a.Theirs), "clashes", len(a.Clashes)))
	buttons := container.NewHBox()
	for i, c := range choices {
		b := widgets.NewButton(r.s.T(c.key), nil, c.style, c.do)
		b.Hint = strconv.Itoa(i + 1)
		buttons.Add(b)
	}
	both := container.New(layout.NewGridLayout(2), side("store.changed-here", a.Mine), side("store.changed-there", a.Others))
	r.show(r.s.T("store.apart-title"), container.NewBorder(words, container.NewVBox(widgets.Space(1, theme.Gap), buttons), nil, nil, both))
	r.sheet.OnKey = func(c keys.Chord) bool {
		n, err := strconv.Atoi(c.Key)
		if err != nil || c.Mods != 0 || n < 1 || n > len(choices) {
			return false
		}
		choices[n-1].do()
		return true
	}
}

// showLog shows who opened a case, when.
func (r *Section) showLog(c office.Row) {
	r.o.Log(c.Case, func(lines []store.Line, bad int) {
		list := container.NewVBox()
		if bad > 0 {
			list.Add(small(r.s.T("store.log-bad", "count", bad)))
		}
		if len(lines) == 0 {
			list.Add(small(r.s.T("store.log-empty")))
		}
		in := r.s.In()
		for i := len(lines) - 1; i >= 0; i-- {
			l := lines[i]
			text := in.Date(l.Time.Local()) + " " + in.Clock(l.Time.Local()) + "  " + l.Author.Name + "  " + r.s.T("store-action."+string(l.Action))
			if l.Revision != "" {
				text += " " + l.Revision[:min(8, len(l.Revision))]
			}
			p := small(text)
			if l.Gap {
				p.SetText(text + "  " + r.s.T("store.gap"))
				p.SetTint(theme.Warn)
			}
			list.Add(p)
		}
		r.show(r.s.T("store.log-show")+": "+c.Title, container.NewVScroll(list))
	})
}

// showRoster shows who is in the office, and lets its head take people in and out.
func (r *Section) showRoster() {
	members, head := r.o.Roster()
	list := container.NewVBox()
	for _, m := range members.Members {
		line := small(label.Person(r.s.In(), m.Card) + " · " + label.Role(r.s.In(), m.Role) + "\n" + m.Card.Fingerprint())
		if !head || m.Role == roster.RoleHead {
			list.Add(line)
			continue
		}
		out := widgets.NewButton(r.s.T("store.member-remove"), nil, widgets.Plain, nil)
		sure := false
		out.OnTapped = func() {
			if !sure {
				sure = true
				out.SetLabel(r.s.T("store.member-sure"))
				return
			}
			r.o.RemoveMember(m.Card.Fingerprint(), r.showRoster)
		}
		list.Add(container.NewBorder(nil, nil, nil, out, line))
	}
	var foot fyne.CanvasObject = small(r.s.T("store.roster-head-only"))
	if head {
		row := container.NewHBox(widgets.Small(r.s.T("store.member-add")))
		for _, role := range []roster.Role{roster.RoleProsecutor, roster.RoleDeputy, roster.RoleAssistant, roster.RoleSuperior} {
			row.Add(widgets.NewButton(label.Role(r.s.In(), role), nil, widgets.Plain, func() {
				r.files.ChooseFile("store.member-card", []string{".card"}, func(file string) { r.o.AddMember(file, role, r.showRoster) })
			}))
		}
		foot = row
	}
	title := r.s.T("store.roster-title", "number", members.Number, "office", members.Office)
	r.show(title, container.NewBorder(nil, foot, nil, nil, container.NewVScroll(list)))
}

// showGrants lets the head say who may do what with a case.
func (r *Section) showGrants(c office.Row) {
	members, _ := r.o.Roster()
	list := container.NewVBox()
	for _, m := range members.Members {
		who := m.Card.Fingerprint()
		now := members.Right(who, c.ID, c.Case.Owner)
		row := container.NewHBox()
		for _, right := range []roster.Right{roster.None, roster.Read, roster.Comment, roster.Edit} {
			style := widgets.Quiet
			if right == now {
				style = widgets.Chosen
			}
			row.Add(widgets.NewButton(label.Right(r.s.In(), right), nil, style, func() {
				r.o.Grant(c.ID, who, right, func() { r.showGrants(c) })
			}))
		}
		list.Add(container.NewBorder(nil, nil, nil, row, small(label.Person(r.s.In(), m.Card)+" · "+label.Role(r.s.In(), m.Role))))
	}
	r.show(r.s.T("store.grant")+": "+c.Title, container.NewBorder(nil, small(r.s.T("store.grant-words")), nil, nil, container.NewVScroll(list)))
}
