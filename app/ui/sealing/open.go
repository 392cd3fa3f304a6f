package sealing

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"butluc/app/console/label"
	model "butluc/app/console/sealing"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
)

// PackageEnding is that of a package's file.
const PackageEnding = ".butluc"

// Ask asks for a package, and opens it.
func (h *Sheets) Ask() {
	if h.s.Sealing.Free() {
		h.choose.ChooseFile("package.which", []string{PackageEnding}, h.Package)
	}
}

// Package opens a package: who sealed it, when, and whether it is whole, before anything is written.
func (h *Sheets) Package(file string) {
	if !h.s.Sealing.Free() {
		return
	}
	h.leavePackage()
	p := h.begin(h.title(file))
	h.s.Sealing.Behind(file, func(behind bool, err error) {
		switch {
		case !p.shown():
		case err != nil:
			h.refused(file, err)
		case behind:
			h.byPhrase(file, "")
		default:
			h.s.Sealing.Load(func(people model.People) {
				h.people = people
				if !p.shown() {
					return
				}
				if !people.Has {
					h.byRecovery(file, h.s.T("package.no-key"))
					return
				}
				h.withKey(h.title(file), func() { h.open(file, "", "", func(err error) { h.refused(file, err) }) })
			})
		}
	})
}

func (h *Sheets) title(file string) string {
	return h.s.T("package.title", "name", filepath.Base(file))
}

// byPhrase asks for a package's passphrase; why is what was wrong with the last one.
func (h *Sheets) byPhrase(file, why string) {
	h.typed(file, "package.phrase", "package.passphrase", why, true, func(text string) {
		h.open(file, text, "", func(err error) { h.byPhrase(file, h.s.Sealing.Why(err)) })
	})
}

// byRecovery asks for the office's recovery key, as it stands on paper.
func (h *Sheets) byRecovery(file, why string) {
	h.typed(file, "package.recovery-text", "package.recovery", why, false, func(text string) {
		h.open(file, "", text, func(err error) { h.byRecovery(file, h.s.Sealing.Why(err)) })
	})
}

// typed asks for what opens a package.
func (h *Sheets) typed(file, text, name, why string, secret bool, then func(string)) {
	p := h.begin(h.title(file))
	p.say(h.s.T(text))
	f := p.field(name, "", secret)
	trying := p.warn(upper(why))
	p.row(p.button(h.s.T("package.open"), "Return", widgets.Primary, func() {
		if f.Text != "" {
			trying.SetText(h.s.T("sealing.trying"))
			then(f.Text)
		}
	}))
	p.done()
}

// refused says why a package is not opened, and offers what else may open it.
func (h *Sheets) refused(file string, err error) {
	p := h.begin(h.title(file))
	p.warn(h.s.T("cli.pack-refused", "name", filepath.Base(file), "why", h.s.Sealing.Why(err)))
	p.row(p.button(h.s.T("package.by-recovery"), "K", widgets.Plain, func() { h.byRecovery(file, "") }))
	p.done()
}

// open opens a package and shows it, and reads it to its end.
func (h *Sheets) open(file, passphrase, recovery string, failed func(error)) {
	number := h.again
	h.s.Sealing.Open(file, passphrase, recovery, func(o *model.Opened, err error) {
		gone := number != h.again || !h.Visible()
		switch {
		case gone && err == nil:
			_ = o.Close() // nobody waits for it any more
		case gone:
		case err != nil:
			failed(err)
		default:
			h.leavePackage()
			h.opened = o
			h.verify(o)
		}
	})
}

// verify reads the package to its end, which may take minutes.
func (h *Sheets) verify(o *model.Opened) {
	p := h.tell(o)
	p.say(h.s.T("package.checking"))
	p.done()
	h.waiting = func() { // it was stopped
		p := h.tell(o)
		p.warn(h.s.T("package.stopped"))
		p.row(p.button(h.s.T("package.check-again"), "Return", widgets.Primary, func() { h.verify(o) }))
		p.done()
	}
	h.s.Sealing.Verify(o, func(err error) {
		h.waiting = nil
		switch {
		case !p.shown():
		case err != nil:
			h.refused(o.File, err)
		default:
			h.whole(o)
		}
	})
}

// tell begins a page with what a package says of itself.
func (h *Sheets) tell(o *model.Opened) *page {
	in := h.s.In()
	p := h.begin(h.title(o.File))
	p.box.Add(widgets.Heading(h.s.T("cli.package-what", "title", library.Visible(o.Title), "files", len(o.Files), "size", in.Size(o.Bytes()))))
	p.say(h.s.T("cli.package-sealed", "time", in.Date(o.Sealed.Local())+" "+in.Clock(o.Sealed.Local())))
	sender := h.s.T("cli.package-sender", "name", label.Person(in, o.Sender), "standing", label.Standing(in, o.Standing))
	if o.Standing == identity.Own || o.Standing == identity.Compared {
		p.say(sender)
	} else {
		p.warn(sender)
	}
	if o.Standing != identity.Unsigned {
		p.say(h.s.T("cli.package-print", "print", o.Sender.Fingerprint()))
	}
	return p
}

// whole offers to unpack a package that is.
func (h *Sheets) whole(o *model.Opened) {
	if o.Kind == pack.KindAnswer {
		opinion{h}.answered(o)
		return
	}
	p := h.tell(o)
	p.box.Add(widgets.Heading(h.s.T("cli.package-whole")))
	if o.Kind == pack.KindSubmission {
		p.say(h.s.T("answer.is-submission"))
	}
	buttons := []fyne.CanvasObject{p.button(h.s.T("package.unpack"), "Return", widgets.Primary, func() { h.unpack(o) })}
	if o.Standing == identity.Unknown || o.Standing == identity.Namesake {
		buttons = append(buttons, p.button(h.s.T("package.take-card"), "D", widgets.Plain, func() {
			h.s.Sealing.TakeCard(o.Sender, func(err error) {
				if err != nil {
					h.s.Notices.TellText(h.s.Sealing.Why(err), true)
					return
				}
				o.Standing = identity.Taken
				if p.shown() {
					h.whole(o)
				}
			})
		}))
	}
	p.row(buttons...)
	p.done()
}

// unpack asks for the folder in which the case's is made, and opens the case there.
func (h *Sheets) unpack(o *model.Opened) {
	h.choose.ChooseFolder("package.where", "choose.here", func(below string) {
		p := h.tell(o)
		p.say(h.s.T("package.writing", "dir", below))
		p.done()
		h.waiting = func() {
			h.whole(o)
			h.s.Notices.Tell("package.goes-on", false)
		}
		h.s.Sealing.Unpack(o, below, func(to string, got pack.Unpacked, err error) {
			h.waiting = nil
			if err != nil {
				h.s.Notices.TellText(h.s.T("package.failed", "dir", to, "why", h.s.Sealing.Why(err)), true)
				if p.shown() {
					h.whole(o)
				}
				return
			}
			h.s.Notices.TellText(h.s.T("cli.unpacked", "files", got.Files, "size", h.s.In().Size(o.Bytes()), "dir", to), false)
			if p.shown() {
				h.Close()
				h.s.Open(to)
			}
		})
	})
}
