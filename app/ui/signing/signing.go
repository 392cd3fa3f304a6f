// Package signing is the sheet on which a person says by which certificate a file is signed, before it is written. It is shared by
// the rooms that write PDFs, lies on their own sheet, and is not to be had while the court is watching.
package signing

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/label"
	"butluc/app/console/signatory"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/signature/signing"
)

// Chooser asks a person for a file.
type Chooser interface {
	ChooseFile(what string, endings []string, chosen func(file string)) // what is a key of the catalogue
}

// form is what is chosen, and the fields that are typed into, which stay when the rest is drawn anew.
type form struct {
	s      *console.Session
	sheet  *widgets.Sheet
	focus  func(fyne.Focusable)
	choose Chooser
	then   func(*signatory.Signatory)

	choice         signatory.Choice
	found          []signing.Certificate
	secret, office *widgets.Field
	told           *widget.Label // what is wrong, or being done
	box            *fyne.Container
	content        *container.Scroll
}

// Open asks on a sheet by which certificate to sign; then is called with a key that was opened, once the sheet's form is done. While
// the court is watching it says so, and nothing else.
func Open(s *console.Session, sheet *widgets.Sheet, focus func(fyne.Focusable), choose Chooser, then func(*signatory.Signatory)) {
	if !s.Signing.Free() {
		s.Notices.Tell("signing.in-trial", true)
		return
	}
	f := &form{s: s, sheet: sheet, focus: focus, choose: choose, then: then, choice: s.Signing.Last(), box: container.NewVBox()}
	f.secret, f.office = f.field(), f.field()
	f.secret.Password = true
	if f.choice.Office == "" {
		f.choice.Office = s.Dossier.Outline().Cover().Office
	}
	f.office.SetText(f.choice.Office)
	f.told = widgets.Prose("")
	f.told.Importance, f.told.TextStyle.Bold = widget.WarningImportance, true
	f.content = container.NewVScroll(f.box)
	sheet.Open(s.T("signing.title"), f.content)
	sheet.OnKey = func(c keys.Chord) bool {
		enter := c.Mods == 0 && (c.Key == "Return" || c.Key == "KP_Enter")
		if enter {
			f.confirm()
		}
		return enter
	}
	f.show()
	f.focus(f.first())
}

// field is one to type into: Enter signs, Tab goes to the other, Esc leaves it.
func (f *form) field() *widgets.Field {
	e := widgets.NewField("")
	e.Scroll = fyne.ScrollHorizontalOnly
	e.OnReturn = f.confirm
	e.OnEscape = func() { f.focus(nil) }
	e.OnTab = func(bool) {
		if e == f.office && f.choice.By != signatory.ByStore {
			f.focus(f.secret)
			return
		}
		f.focus(f.office)
	}
	return e
}

// first is the field to begin in.
func (f *form) first() fyne.Focusable {
	if f.choice.By == signatory.ByStore {
		return f.office
	}
	return f.secret
}

func (f *form) row(label string, o fyne.CanvasObject) {
	l := container.NewGridWrap(fyne.NewSize(200, theme.Target), widgets.Line(f.s.T(label)))
	f.box.Add(container.NewBorder(nil, nil, l, nil, o))
}

// show draws the form as things are chosen now.
func (f *form) show() {
	in := f.s.In()
	f.box.RemoveAll()
	var ways []fyne.CanvasObject
	for _, by := range signatory.Ways() {
		style := widgets.Plain
		if by == f.choice.By {
			style = widgets.Chosen
		}
		ways = append(ways, widgets.NewButton(in.T("signing.by-"+string(by)), nil, style, func() {
			f.choice.By, f.found, f.choice.Token, f.choice.Certificate = by, nil, "", ""
			f.secret.SetText("")
			f.told.SetText("")
			f.show()
		}))
	}
	f.row("signing.by", widgets.NewFlow(theme.Gap, ways...))
	switch f.choice.By {
	case signatory.ByFile:
		f.file("signing.file", "signing.which-file", &f.choice.File, ".p12", ".pfx")
		f.row("signing.passphrase", f.secret)
	case signatory.ByToken:
		f.file("signing.module", "signing.which-module", &f.choice.Module, ".dll", ".so", ".dylib")
		f.certificates()
		f.row("signing.pin", f.secret)
	case signatory.ByStore:
		f.certificates()
		f.box.Add(widgets.Prose(in.T("signing.pin-elsewhere")))
	}
	f.row("signing.office", f.office)
	if f.choice.By != signatory.ByStore {
		f.box.Add(widgets.Prose(in.T("signing.secret")))
	}
	sign := widgets.NewButton(in.T("signing.do"), nil, widgets.Primary, f.confirm)
	sign.Hint = "Enter"
	f.box.Add(f.told)
	f.box.Add(container.NewHBox(sign))
	f.box.Refresh()
}

// file is a row with a file and the button that chooses another.
func (f *form) file(label, which string, file *string, endings ...string) {
	name := f.s.T("signing.none-chosen")
	if *file != "" {
		name = *file
	}
	choose := widgets.NewButton(f.s.T("signing.choose"), nil, widgets.Plain, func() {
		f.choose.ChooseFile(which, endings, func(chosen string) {
			*file, f.found, f.choice.Token, f.choice.Certificate = chosen, nil, "", ""
			f.told.SetText("")
			f.show()
			f.focus(f.secret)
		})
	})
	text := widget.NewLabel(name)
	text.Wrapping = fyne.TextWrapBreak
	f.row(label, container.NewBorder(nil, nil, nil, container.NewCenter(choose), text))
}

// certificates are the ones to choose from, once they were asked for: before that, the one of last time or the first.
func (f *form) certificates() {
	list := widgets.NewButton(f.s.T("signing.list"), nil, widgets.Plain, f.list)
	choices := []fyne.CanvasObject{list}
	for _, c := range f.found {
		style := widgets.Plain
		if c.Token == f.choice.Token && c.Print == f.choice.Certificate {
			style = widgets.Chosen
		}
		choices = append(choices, widgets.NewButton(label.Certificate(f.s.In(), c), nil, style, func() {
			f.choice.Token, f.choice.Certificate = c.Token, c.Print
			f.show()
		}))
	}
	if len(f.found) == 0 && f.choice.Certificate == "" {
		choices = append(choices, widgets.Line(f.s.T("signing.first")))
	}
	f.row("signing.certificate", widgets.NewFlow(theme.Gap, choices...))
}

// list asks which certificates there are.
func (f *form) list() {
	if f.choice.By == signatory.ByToken && f.choice.Module == "" {
		f.told.SetText(f.s.T("signing.missing-module"))
		return
	}
	f.told.SetText(f.s.T("signing.listing"))
	f.s.Signing.Certificates(f.choice, func(found []signing.Certificate, err error) {
		f.told.SetText("")
		switch {
		case err != nil:
			f.told.SetText(label.Why(f.s.In(), err))
		case len(found) == 0:
			f.told.SetText(f.s.T("signing.no-certificate"))
		default:
			f.choice.Token, f.choice.Certificate = found[0].Token, found[0].Print
		}
		f.found = found
		f.show()
	})
}

// missing is the key of what is to be chosen or typed first, "" where all is there.
func (f *form) missing() string {
	switch {
	case f.choice.By == signatory.ByFile && f.choice.File == "":
		return "signing.missing-file"
	case f.choice.By == signatory.ByToken && f.choice.Module == "":
		return "signing.missing-module"
	case f.choice.By == signatory.ByToken && f.secret.Text == "": // a token would count it as a wrong one
		return "signing.missing-secret"
	}
	return ""
}

// confirm opens the key, and goes on with it. What is wrong is said, and the form stays.
func (f *form) confirm() {
	if key := f.missing(); key != "" {
		f.told.SetText(f.s.T(key))
		return
	}
	f.choice.Office = f.office.Text
	secret := f.secret.Text
	f.secret.SetText("")
	f.told.SetText(f.s.T("signing.trying"))
	f.s.Signing.Open(f.choice, secret, func(by *signatory.Signatory, err error) {
		switch {
		case !f.sheet.Holds(f.content): // it was closed
		case err != nil:
			text := label.Why(f.s.In(), err)
			if f.choice.By == signatory.ByFile {
				text = filepath.Base(f.choice.File) + ": " + text
			}
			f.told.SetText(text)
			f.focus(f.first())
		default:
			f.then(by)
		}
	})
}
