package sealing

import (
	"slices"

	"fyne.io/fyne/v2"

	"butluc/app/console/label"
	model "butluc/app/console/sealing"
	"butluc/app/ui/widgets"
	"butluc/library/office/identity"
)

// sealing is a package as it is ordered.
type sealing struct {
	h      *Sheets
	title  string
	dir    string
	only   []string // documents that are picked
	picked bool     // only those
	study  bool
	phrase bool // a passphrase opens it
	to     []identity.Card
	lock   bool // the case is locked away by it

	submission bool // the outline is submitted by it
}

// Seal asks for whom a case is to be sealed. only are the files that are picked, nil for none.
func (h *Sheets) Seal(dir, name string, only []string) {
	if !h.s.Sealing.Free() {
		return
	}
	o := &sealing{h: h, dir: dir, only: only, study: true, title: h.s.T("sealing.title", "name", name)}
	p := h.begin(o.title)
	h.s.Sealing.Load(func(people model.People) {
		switch h.people = people; {
		case !p.shown():
		case people.Has:
			h.withKey(o.title, o.draw)
		default: // behind a passphrase, signed by nobody
			o.phrase = true
			o.draw()
		}
	})
}

// Lock asks how a case is to be locked away.
func (h *Sheets) Lock(dir, name string) {
	if h.s.Sealing.Free() {
		o := &sealing{h: h, dir: dir, study: true, phrase: true, lock: true, title: h.s.T("lock.title", "name", name)}
		h.withKey(o.title, o.draw)
	}
}

// again reads the people anew, and draws the sheet.
func (o *sealing) again() {
	h, number := o.h, o.h.again
	h.s.Sealing.Load(func(people model.People) {
		h.people = people
		if number == h.again && h.Visible() {
			o.draw()
		}
	})
}

func (o *sealing) draw() {
	h := o.h
	p := h.begin(o.title)
	switch {
	case o.lock:
		p.say(h.s.T("lock.text"))
	case o.submission:
		p.say(h.s.T("answer.to-whom"))
	}
	if !o.submission {
		p.row(p.toggle(o.text("to-people"), "N", !o.phrase, func() { h.withKey(o.title, func() { o.phrase = false; o.draw() }) }),
			p.toggle(h.s.T("sealing.to-phrase"), "M", o.phrase, func() { o.phrase = true; o.draw() }))
	}
	var phrase, again *widgets.Field
	switch {
	case o.phrase:
		p.say(h.s.T("sealing.phrase-text"))
		phrase, again = p.field("identity.passphrase", "", true), p.field("identity.passphrase-again", "", true)
	case o.lock:
		p.say(h.s.T("lock.own"))
	default:
		o.people(p)
	}
	wrong := p.warn("")
	switch {
	case o.phrase:
		wrong.SetText(h.s.T("sealing.no-recovery"))
	case !h.people.Saved:
		wrong.SetText(h.s.T("recovery.none"))
	}
	if !o.lock && !o.submission {
		o.what(p)
	}
	p.row(p.button(o.text("do"), "Return", widgets.Primary, func() {
		secret := ""
		switch {
		case o.phrase && phrase.Text != again.Text:
			wrong.SetText(h.s.T("identity.differ"))
		case o.phrase && len([]rune(phrase.Text)) < identity.MinPassphrase:
			wrong.SetText(upper(h.s.Sealing.Why(identity.ErrWeak)))
		case !o.phrase && !o.lock && len(o.to) == 0:
			wrong.SetText(h.s.T("sealing.nobody"))
		default:
			if o.phrase {
				secret = phrase.Text
			}
			o.where(secret)
			return
		}
	}))
	p.done()
}

// text is of sealing or of locking away.
func (o *sealing) text(name string) string {
	if o.lock {
		return o.h.s.T("lock." + name)
	}
	return o.h.s.T("sealing." + name)
}

// people are those that it may be sealed for.
func (o *sealing) people(p *page) {
	h := o.h
	if len(h.people.Known) == 0 {
		p.say(h.s.T("sealing.nobody-known"))
	}
	for i, k := range h.people.Known {
		at := slices.IndexFunc(o.to, k.Same)
		b := p.toggle(label.Person(h.s.In(), k.Card)+" · "+label.Standing(h.s.In(), h.people.Standing(k.Card)), digit(i), at >= 0, func() {
			if at >= 0 {
				o.to = slices.Delete(o.to, at, at+1)
			} else {
				o.to = append(o.to, k.Card)
			}
			o.draw()
		})
		b.Row, b.Cut = true, true
		p.box.Add(b)
	}
	p.row(p.button(h.s.T("identity.add"), "T", widgets.Plain, func() { h.addCard(o.again) }))
}

// what goes along.
func (o *sealing) what(p *page) {
	h := o.h
	toggles := []fyne.CanvasObject{p.toggle(h.s.T("sealing.study"), "D", o.study, func() { o.study = !o.study; o.draw() })}
	if len(o.only) > 0 {
		toggles = append(toggles, p.toggle(h.s.T("sealing.picked", "count", len(o.only)), "C", o.picked, func() { o.picked = !o.picked; o.draw() }))
	}
	p.row(toggles...)
}

// where asks for the folder, and seals.
func (o *sealing) where(secret string) {
	h := o.h
	h.choose.ChooseFolder("sealing.where", "choose.here", func(dir string) {
		order := model.Order{
			Dir: o.dir, Study: o.study, Passphrase: secret, File: h.s.Sealing.FileIn(dir, o.dir), Submission: o.submission,
		}
		if o.picked {
			order.Only = o.only
		}
		if !o.phrase {
			order.To = append([]identity.Card{}, o.to...)
		}
		if o.lock {
			h.lock(o.title, order)
			return
		}
		h.Close()
		h.s.Sealing.Seal(order, func(error) {})
	})
}

// lock seals the case and compares; the originals stay until a second yes.
func (h *Sheets) lock(title string, o model.Order) {
	h.s.CloseCase(o.Dir)
	p := h.begin(title)
	p.say(h.s.T("lock.working"))
	h.waiting = h.Close
	h.s.Sealing.Lock(o, func(err error) {
		h.waiting = nil
		if err != nil {
			h.s.Notices.TellText(h.s.T("lock.failed", "why", h.s.Sealing.Why(err)), true)
			if p.shown() {
				h.Close()
			}
			return
		}
		if !p.shown() {
			return
		}
		h.ask(title, o)
	})
	p.done()
}

// ask is the second yes: the package is there and compared.
func (h *Sheets) ask(title string, o model.Order) {
	p := h.begin(title)
	p.say(h.s.T("lock.done", "name", o.File))
	p.warn(h.s.T("lock.ask", "dir", o.Dir))
	if o.Passphrase != "" || !h.people.Saved {
		p.warn(h.s.T("sealing.no-recovery"))
	}
	p.row(p.button(h.s.T("lock.keep"), "Return", widgets.Primary, h.Close), p.button(h.s.T("lock.remove"), "X", widgets.Red, func() {
		p := h.begin(title)
		p.say(h.s.T("lock.working"))
		h.waiting = h.Close
		h.s.Sealing.RemoveOriginals(o, func(left int, err error) {
			h.waiting = nil
			switch {
			case err != nil:
				h.s.Notices.TellText(h.s.T("lock.failed", "why", h.s.Sealing.Why(err)), true)
			case left > 0:
				h.s.Notices.TellText(h.s.T("lock.left", "count", left, "dir", o.Dir), true)
			default:
				h.s.Notices.TellText(h.s.T("lock.removed", "name", o.File), false)
			}
			h.Close()
		})
		p.done()
	}))
	p.say(h.s.T("wipe.flash"))
	p.done()
}

// Wipe asks whether the traces of a case are to be removed from this machine.
func (h *Sheets) Wipe(dir, name string) {
	if !h.s.Sealing.Free() {
		return
	}
	p := h.begin(h.s.T("wipe.title", "name", name))
	p.say(h.s.T("wipe.text", "dir", dir))
	p.warn(h.s.T("wipe.flash"))
	p.row(p.button(h.s.T("wipe.do"), "X", widgets.Red, func() {
		h.s.CloseCase(dir)
		h.Close()
		h.s.Sealing.Wipe(dir, func(err error) {
			if err != nil {
				h.s.Notices.TellText(h.s.T("wipe.failed", "why", h.s.Sealing.Why(err)), true)
				return
			}
			h.s.Notices.TellText(h.s.T("wipe.done", "name", name), false)
		})
	}))
	p.done()
}
