package sealing

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console/label"
	model "butluc/app/console/sealing"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/identity"
)

// cardEnding is that of a card's file.
const cardEnding = ".card"

// Me shows who the user is, and whom they know.
func (h *Sheets) Me() {
	if !h.s.Sealing.Free() {
		return
	}
	h.begin(h.s.T("identity.title"))
	h.reload()
}

// reload reads the people anew and shows them.
func (h *Sheets) reload() {
	number := h.again
	h.s.Sealing.Load(func(p model.People) {
		h.people = p
		switch {
		case number != h.again || !h.Visible():
		case !p.Has:
			h.make(h.s.T("identity.title"), h.me)
		default:
			h.me()
		}
	})
}

// make makes the user's key, then goes on.
func (h *Sheets) make(title string, then func()) {
	remember := true
	p := h.begin(title)
	p.say(h.s.T("identity.make-text"))
	name, office, rank := p.field("identity.name", "", false), p.field("identity.office", "", false), p.field("identity.rank", "", false)
	phrase, again := p.field("identity.passphrase", "", true), p.field("identity.passphrase-again", "", true)
	wrong := p.warn("")
	var toggle *widgets.Button
	toggle = p.toggle(h.s.T("identity.remember"), "M", remember, func() {
		remember = !remember
		style := widgets.Plain
		if remember {
			style = widgets.Chosen
		}
		toggle.SetStyle(style)
	})
	p.box.Add(widgets.NewFlow(theme.Gap, toggle))
	p.row(p.button(h.s.T("identity.make"), "Return", widgets.Primary, func() {
		if phrase.Text != again.Text {
			wrong.SetText(h.s.T("identity.differ"))
			return
		}
		wrong.SetText(h.s.T("sealing.trying"))
		person := identity.Person{Name: name.Text, Office: office.Text, Rank: rank.Text}
		h.s.Sealing.Make(person, phrase.Text, remember, func(kept bool, err error) {
			switch {
			case !p.shown():
			case err != nil:
				wrong.SetText(upper(h.s.Sealing.Why(err)))
			default:
				if remember && !kept {
					h.s.Notices.Tell("identity.not-kept", false)
				}
				h.s.Sealing.Load(func(people model.People) {
					h.people = people
					if p.shown() {
						then()
					}
				})
			}
		})
	}))
	p.done()
}

// me shows the user's card, and the cards of others.
func (h *Sheets) me() {
	in, own := h.s.In(), h.people.Own
	p := h.begin(h.s.T("identity.title"))
	words := container.NewVBox(widgets.Heading(label.Person(in, own)), widgets.Prose(h.s.T("identity.print")), widgets.Heading(own.Fingerprint()),
		widgets.Prose(h.s.T("identity.card-text")))
	if h.people.Saved {
		words.Add(widgets.Prose(h.s.T("recovery.there", "office", h.people.Recovery.Office, "print", h.people.Recovery.Fingerprint())))
	} else {
		words.Add(widgets.Prose(h.s.T("recovery.none")))
	}
	p.box.Add(container.NewBorder(nil, nil, qrPicture(own), nil, words))
	buttons := []fyne.CanvasObject{
		p.button(h.s.T("identity.save-card"), "S", widgets.Primary, func() {
			h.choose.ChooseFolder("identity.where", "choose.here", func(dir string) {
				h.s.Sealing.SaveCard(own, filepath.Join(dir, own.Name+cardEnding))
			})
		}),
		p.button(h.s.T("identity.add"), "N", widgets.Plain, func() { h.addCard(h.reload) }),
	}
	if !h.people.Saved {
		buttons = append(buttons, p.button(h.s.T("recovery.make"), "K", widgets.Plain, h.recovery))
	}
	p.row(buttons...)
	if len(h.people.Known) > 0 {
		p.box.Add(widgets.Heading(h.s.T("identity.known")))
	}
	for i, k := range h.people.Known {
		standing := h.people.Standing(k.Card)
		compared := p.toggle(h.s.T("identity.compared"), digit(i), k.Compared, func() {
			h.s.Sealing.SetCompared(k.Card, !k.Compared, h.changed)
		})
		forget := widgets.NewButton(h.s.T("identity.forget"), nil, widgets.Quiet, func() { h.s.Sealing.Forget(k.Card, h.changed) })
		p.box.Add(container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(compared, forget)), container.NewVBox(
			widgets.Line(label.Person(in, k.Card)), widgets.Small(k.Fingerprint()+" · "+label.Standing(in, standing)))))
	}
	p.done()
}

// changed shows the people anew, or why nothing changed.
func (h *Sheets) changed(err error) {
	if err != nil {
		h.s.Notices.TellText(h.s.Sealing.Why(err), true)
		return
	}
	h.reload()
}

// addCard takes a card in from a file.
func (h *Sheets) addCard(then func()) {
	h.choose.ChooseFile("identity.which", []string{cardEnding}, func(file string) {
		h.s.Sealing.AddCard(file, func(c identity.Card, err error) {
			if err != nil {
				h.s.Notices.TellText(h.s.T("identity.add-failed", "name", filepath.Base(file), "why", h.s.Sealing.Why(err)), true)
				return
			}
			h.s.Notices.TellText(h.s.T("cli.identity-added", "name", label.Person(h.s.In(), c), "print", c.Fingerprint()), false)
			then()
		})
	})
}

// recovery makes the office's recovery key.
func (h *Sheets) recovery() {
	p := h.begin(h.s.T("recovery.title"))
	p.say(h.s.T("recovery.text"))
	office := p.field("identity.office", h.people.Own.Office, false)
	p.row(p.button(h.s.T("recovery.print"), "Return", widgets.Primary, func() {
		name := office.Text
		h.choose.ChooseFolder("recovery.where", "choose.here", func(dir string) {
			h.s.Sealing.MakeRecovery(name, filepath.Join(dir, h.s.T("recovery.file")+".pdf"))
			h.Close()
		})
	}))
	p.done()
}
