package sealing

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"butluc/app/console/label"
	"butluc/app/console/office"
	"butluc/app/console/review"
	model "butluc/app/console/sealing"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
)

// Opinions shows how far the outline is with the superior: what is submitted and what they said; in a case that is here to be
// read, what is about to be said.
func (h *Sheets) Opinions() { opinion{h}.show() }

// opinion are the sheets between who submits an outline and who answers.
type opinion struct{ *Sheets }

func (h opinion) show() {
	if _, ok := h.s.Dossier.Snapshot(); !ok {
		h.s.Notices.Tell("store.open-first", true)
		return
	}
	if !h.s.Sealing.Free() {
		return
	}
	if h.s.Review.Reading() {
		h.reviewing()
		return
	}
	h.opinions()
}

// opinions are the prosecutor's: what they submitted, and what was said.
func (h opinion) opinions() {
	in, now := h.s.In(), h.s.Dossier.Latest()
	p := h.begin(h.s.T("answer.title"))
	since := len(now.Outline.Since(now.Approval.Outline))
	switch {
	case now.Approval.Number == 0:
		p.say(h.s.T("answer.none-submitted"))
	default:
		at := now.Approval.At.Local()
		p.say(h.s.T("answer.submitted", "number", now.Approval.Number, "time", in.Date(at)+" "+in.Clock(at), "print", now.Approval.Short()))
		if since > 0 {
			p.warn(h.s.T("answer.since", "count", since))
		}
	}
	label := h.s.T("answer.submit")
	if now.Approval.Number > 0 && since == 0 {
		label = h.s.T("answer.send-again")
	}
	p.row(p.button(label, "Return", widgets.Primary, h.submit), p.button(h.s.T("answer.open-package"), "M", widgets.Plain, h.Ask))
	for i, a := range h.s.Review.Answers() {
		h.said(p, a, i)
	}
	p.done()
}

// said shows an answer.
func (h opinion) said(p *page, a review.Answer, n int) {
	in := h.s.In()
	head := h.s.T("answer.verdict."+string(a.Verdict), "number", a.Number, "print", a.Short())
	if !a.Latest {
		head += " " + h.s.T("answer.older")
	}
	p.box.Add(widgets.Heading(head))
	at := a.Time.Local()
	p.say(h.s.T("answer.by", "name", label.Person(in, a.By), "time", in.Date(at)+" "+in.Clock(at), "print", a.By.Fingerprint()))
	if !a.Known() {
		p.warn(h.s.T("cli.package-sender", "name", a.By.Name, "standing", label.Standing(in, a.Standing)))
		p.row(p.button(h.s.T("package.take-card"), digit(n), widgets.Plain, func() {
			h.s.Sealing.TakeCard(a.By, func(err error) {
				if err != nil {
					h.s.Notices.TellText(h.s.Sealing.Why(err), true)
					return
				}
				h.s.Review.Know()
				if p.shown() {
					h.Close()
				}
			})
		}))
	}
	if a.Opinion != "" {
		p.say(library.Visible(a.Opinion))
	}
	h.remarks(p, a.Answer)
}

// remarks lists what is said of steps.
func (h opinion) remarks(p *page, a answer.Answer) {
	for _, r := range a.Remarks {
		title := r.Title
		if r.Step == "" {
			title = h.s.T("answer.whole")
		} else if _, there := h.s.Dossier.Outline().Step(library.ID(r.Step)); !there {
			title += " " + h.s.T("answer.gone")
		}
		p.say("• " + title + ": " + r.Text)
	}
}

// submit asks how the outline goes to the superior. It is frozen first, unless it is as it was submitted last.
func (h opinion) submit() {
	p := h.begin(h.s.T("answer.title"))
	p.say(h.s.T("answer.submit-text"))
	p.row(
		p.button(h.s.T("answer.by-package"), "1", widgets.Primary, func() { h.freeze(h.submitInPackage) }),
		p.button(h.s.T("answer.by-store"), "2", widgets.Plain, func() { h.freeze(h.submitInStore) }),
		p.button(h.s.T("answer.only-freeze"), "3", widgets.Plain, func() { h.freeze(h.Close) }),
	)
	p.done()
}

// freeze submits the outline where it was edited since it was submitted last, and goes on.
func (h opinion) freeze(then func()) {
	now := h.s.Dossier.Latest()
	if now.Approval.Number > 0 && len(now.Outline.Since(now.Approval.Outline)) == 0 {
		then()
		return
	}
	number := h.again
	h.s.Exchange.Submit(func(library.Approval) {
		if number == h.again && h.Visible() {
			then()
		}
	})
}

func (h opinion) submitInPackage() {
	file := h.s.Dossier.File()
	if file == nil {
		return
	}
	o := &sealing{h: h.Sheets, dir: file.Dir(), study: true, submission: true, title: h.s.T("answer.title")}
	h.withKey(o.title, o.draw)
}

func (h opinion) submitInStore() {
	h.withKey(h.s.T("answer.title"), func() {
		h.Close()
		h.s.Office.Loaded(func() {
			if h.s.Office.Need() == office.NeedStore {
				h.s.Notices.Tell("answer.no-store-yet", true)
				return
			}
			h.s.Office.Publish()
		})
	})
}

// reviewing is the superior's: what they say of the outline, kept as it is typed, and the two ways to answer.
func (h opinion) reviewing() {
	in, now := h.s.In(), h.s.Dossier.Latest()
	p := h.begin(h.s.T("answer.review-title"))
	from, known := h.s.Review.Sender()
	at := now.Approval.At.Local()
	p.say(h.s.T("answer.review-text", "name", label.Person(in, from), "number", now.Approval.Number, "time", in.Date(at)+" "+in.Clock(at), "print", now.Approval.Short()))
	if list := h.s.Review.Answers(); len(list) > 0 {
		last := list[0].Signed
		p.say(h.s.T("answer.answered", "verdict", h.s.T("answer.verdict."+string(last.Verdict), "number", last.Number, "print", last.Short())))
		p.row(p.button(h.s.T("answer.send-last"), "L", widgets.Plain, func() { h.withKey(h.s.T("answer.review-title"), func() { h.send(last, from) }) }))
	}
	draft := h.s.Review.Draft()
	h.remarks(p, answer.Answer{Remarks: withoutWhole(draft.Remarks)})
	if len(draft.Remarks) == 0 {
		p.say(h.s.T("answer.how"))
	}
	p.area("answer.opinion", draft.Opinion, h.s.Review.Say)
	why := p.warn("")
	if !known {
		why.SetText(h.s.T("answer.no-sender"))
	}
	verdict := func(v answer.Verdict) func() {
		return func() {
			if v == answer.Returned && strings.TrimSpace(h.s.Review.Draft().Opinion) == "" && len(h.s.Review.Draft().Remarks) == 0 {
				why.SetText(h.s.T("answer.say-why"))
				return
			}
			h.withKey(h.s.T("answer.review-title"), func() { h.sign(v, from) })
		}
	}
	p.row(p.button(h.s.T("answer.approve"), "D", widgets.Primary, verdict(answer.Approved)), p.button(h.s.T("answer.return"), "T", widgets.Plain, verdict(answer.Returned)))
	p.done()
}

func withoutWhole(list []answer.Remark) (steps []answer.Remark) {
	for _, r := range list {
		if r.Step != "" {
			steps = append(steps, r)
		}
	}
	return steps
}

// sign asks once more what is about to be signed, signs, and sends the answer the way that the case came.
func (h opinion) sign(v answer.Verdict, to identity.Card) {
	p := h.begin(h.s.T("answer.review-title"))
	now := h.s.Dossier.Latest()
	p.say(h.s.T("answer.sign-text."+string(v), "number", now.Approval.Number, "print", now.Approval.Short(), "me", label.Person(h.s.In(), h.s.Sealing.Me().Card())))
	p.row(p.button(h.s.T("answer.sign-do"), "Return", widgets.Primary, func() {
		if a, ok := h.signed(v); ok {
			h.send(a, to)
		}
	}))
	p.done()
}

// send sends an answer the way that the case came. What does not arrive is sent again from the sheet: the answer is kept.
func (h opinion) send(a answer.Signed, to identity.Card) {
	h.Close()
	if id := h.s.Review.Store(); id != "" {
		h.s.Office.Answer(a, id, func(error) {})
		return
	}
	title := h.s.Dossier.Latest().Case.Title
	h.choose.ChooseFolder("answer.where", "choose.here", func(dir string) {
		name := "tra-loi-" + a.Time.Local().Format("20060102-150405") + PackageEnding
		h.s.Sealing.SealAnswer(a, to, title, filepath.Join(dir, name), func(error) {})
	})
}

func (h opinion) signed(v answer.Verdict) (answer.Signed, bool) {
	a, err := h.s.Review.Sign(h.s.Sealing.Me(), v)
	if err != nil {
		h.s.Notices.TellText(h.s.T("answer.unsigned", "why", h.s.Sealing.Why(err)), true)
	}
	return a, err == nil
}

// answered shows the answer that a package brings, and offers to keep it in its case.
func (h opinion) answered(o *model.Opened) {
	p := h.tell(o)
	h.s.Sealing.ReadAnswer(o, func(a answer.Signed, err error) {
		if !p.shown() {
			return
		}
		if err != nil {
			h.refused(o.File, err)
			return
		}
		p := h.tell(o)
		h.said(p, review.Answer{Signed: a, Standing: o.Standing, Latest: true}, 0)
		dir := h.s.Sealing.About(a)
		now, open := h.s.Dossier.Snapshot()
		buttons := []fyne.CanvasObject{}
		switch {
		case open && now.Case.ID == a.Case:
			buttons = append(buttons, p.button(h.s.T("answer.keep"), "Return", widgets.Primary, func() { h.keepAnswer(o, a) }))
		case dir != "":
			p.say(h.s.T("answer.open-first", "title", library.Visible(o.Title)))
			buttons = append(buttons, p.button(h.s.T("answer.open-case"), "Return", widgets.Primary, func() {
				h.Close()
				h.s.Open(dir)
			}))
		default:
			p.warn(h.s.T("answer.no-case", "title", library.Visible(o.Title)))
		}
		p.row(buttons...)
		p.done()
	})
	p.done()
}

func (h opinion) keepAnswer(o *model.Opened, a answer.Signed) {
	h.s.Sealing.KeepAnswer(a, func(err error) {
		if err != nil {
			h.refused(o.File, err)
			return
		}
		h.s.Notices.TellText(h.s.T("answer.came."+string(a.Verdict), "name", a.By.Name, "number", a.Number), false)
		h.opinions()
	})
}
