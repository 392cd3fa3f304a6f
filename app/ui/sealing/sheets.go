// Package sealing are the sheets on which people say who they are, seal a case for others, lock it away, and open what others
// sealed. They lie over the rooms, and are not to be had while the court is watching.
package sealing

import (
	"image"
	"image/color"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/event"
	model "butluc/app/console/sealing"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/identity"
)

// Chooser asks a person for a file or folder.
type Chooser interface {
	ChooseFolder(what, confirm string, chosen func(dir string)) // keys of the catalogue
	ChooseFile(what string, endings []string, chosen func(file string))
}

// Sheets are the sheets, of which one is open at a time.
type Sheets struct {
	*widgets.Sheet
	s      *console.Session
	focus  func(fyne.Focusable)
	choose Chooser

	people  model.People
	acts    map[keys.Chord]func() // what the keys of the page that is shown do
	fields  []*widgets.Field
	waiting func()        // draws the page anew when the work that it waits for was stopped; nil: it waits for none
	opened  *model.Opened // the package that is open
	again   int           // counts pages: an answer to one that is gone is dropped
}

// New makes the sheets, closed.
func New(s *console.Session, focus func(fyne.Focusable), choose Chooser) *Sheets {
	h := &Sheets{s: s, focus: focus, choose: choose}
	h.Sheet = widgets.NewSheet(s.T("sheet.close"), func() {
		h.leavePackage()
		h.acts, h.fields, h.waiting = nil, nil, nil
		h.again++
		focus(nil)
	})
	h.OnKey = func(c keys.Chord) bool {
		act := h.acts[c]
		if act != nil {
			act()
		}
		return act != nil
	}
	s.Events.Subscribe(event.NoticeChanged, func() {
		if _, working := s.Jobs.Now(); !working && h.waiting != nil {
			redraw := h.waiting
			h.waiting = nil
			redraw()
		}
	})
	return h
}

// leavePackage closes the package that is open.
func (h *Sheets) leavePackage() {
	if h.opened != nil {
		h.s.Sealing.Stop()
		closing := h.opened
		h.opened = nil
		h.s.Jobs.Go(func() { _ = closing.Close() }) // it was read
	}
}

// page is a sheet as it is put together.
type page struct {
	h      *Sheets
	box    *fyne.Container
	number int
}

// begin begins a page under a title, in the place of the one that is shown.
func (h *Sheets) begin(title string) *page {
	h.acts, h.fields, h.waiting = map[keys.Chord]func(){}, nil, nil
	h.again++
	p := &page{h: h, box: container.NewVBox(), number: h.again}
	h.Open(title, container.NewVScroll(p.box))
	return p
}

// shown tells whether the page is still the one that is shown.
func (p *page) shown() bool { return p.number == p.h.again && p.h.Visible() }

// done shows the page, the keyboard in its first field.
func (p *page) done() {
	if len(p.h.fields) > 0 {
		p.h.focus(p.h.fields[0])
		return
	}
	p.h.focus(nil)
}

func (p *page) say(text string) { p.box.Add(widgets.Prose(text)) }

// warn is a paragraph that must be seen.
func (p *page) warn(text string) *widget.Label {
	w := widgets.Prose(text)
	w.Importance, w.TextStyle.Bold = widget.WarningImportance, true
	p.box.Add(w)
	return w
}

// field is a line to type into; secret hides it. Tab goes to the next one, Esc out of all, where keys are keys.
func (p *page) field(label, text string, secret bool) *widgets.Field {
	h := p.h
	f := widgets.NewField("")
	f.Password = secret
	f.Scroll = fyne.ScrollHorizontalOnly
	f.SetText(text)
	at := len(h.fields)
	f.OnEscape = func() { h.focus(nil) }
	f.OnTab = func(back bool) {
		by := 1
		if back {
			by = len(h.fields) - 1
		}
		h.focus(h.fields[(at+by)%len(h.fields)])
	}
	f.OnReturn = func() {
		if act := h.acts[keys.Chord{Key: "Return"}]; act != nil {
			act()
		}
	}
	h.fields = append(h.fields, f)
	name := container.NewGridWrap(fyne.NewSize(220, theme.Target), widgets.Line(h.s.T(label)))
	p.box.Add(container.NewBorder(nil, nil, name, nil, f))
	return f
}

// area is a field for several lines, told of as it is typed. Esc leaves it, where keys are keys.
func (p *page) area(label, text string, typed func(string)) {
	h := p.h
	f := widgets.NewText("")
	f.SetMinRowsVisible(4)
	f.SetText(text)
	f.OnChanged = typed
	f.OnEscape = func() { h.focus(nil) }
	h.fields = append(h.fields, f)
	p.say(h.s.T(label))
	p.box.Add(f)
}

// button is a button with a key of its own: "Return", a letter, a digit.
func (p *page) button(label, key string, style widgets.Style, act func()) *widgets.Button {
	b := widgets.NewButton(label, nil, style, act)
	if key != "" {
		c := keys.Chord{Key: key}
		b.Hint = c.Text(p.h.s.In())
		p.h.acts[c] = act
		if key == "Return" {
			p.h.acts[keys.Chord{Key: "KP_Enter"}] = act
		}
	}
	return b
}

// toggle is a button of a choice that is on or off.
func (p *page) toggle(label, key string, on bool, act func()) *widgets.Button {
	style := widgets.Plain
	if on {
		style = widgets.Chosen
	}
	return p.button(label, key, style, act)
}

func (p *page) row(objects ...fyne.CanvasObject) {
	p.box.Add(widgets.Space(1, theme.Gap))
	p.box.Add(widgets.NewFlow(theme.Gap, objects...))
}

// digit is the key of the nth choice, "" for those behind the ninth.
func digit(n int) string {
	if n > 8 {
		return ""
	}
	return string(rune('1' + n))
}

// withKey goes on once the user's key is at hand: where there is none, it is made first; where it is locked, its passphrase is
// asked for. title is of the sheet that goes on.
func (h *Sheets) withKey(title string, then func()) {
	p := h.begin(title)
	h.s.Sealing.Load(func(people model.People) {
		h.people = people
		switch {
		case !p.shown():
		case !people.Has:
			h.make(title, then)
		default:
			h.s.Sealing.Unlock("", func(err error) {
				switch {
				case !p.shown():
				case err != nil:
					h.unlock(title, "", then)
				default:
					then()
				}
			})
		}
	})
}

// unlock asks for the passphrase of the user's key.
func (h *Sheets) unlock(title, why string, then func()) {
	p := h.begin(title)
	p.say(h.s.T("sealing.unlock", "name", h.people.Own.Name))
	f := p.field("identity.passphrase", "", true)
	trying := p.warn(upper(why))
	p.row(p.button(h.s.T("sealing.unlock-do"), "Return", widgets.Primary, func() {
		if f.Text == "" {
			return
		}
		trying.SetText(h.s.T("sealing.trying")) // which takes a second, on purpose
		h.s.Sealing.Unlock(f.Text, func(err error) {
			switch {
			case !p.shown():
			case err != nil:
				h.unlock(title, h.s.Sealing.Why(err), then)
			default:
				then()
			}
		})
	}))
	p.done()
}

// qrPicture draws a card's QR code, dark on white whatever the colours of the window are, with a quiet zone of four modules.
func qrPicture(c identity.Card) fyne.CanvasObject {
	rows, err := identity.QR(c.Text())
	if err != nil {
		return widgets.Space(1, 1)
	}
	const quiet, scale = 4, 4
	side := (len(rows) + 2*quiet) * scale
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			tint := color.RGBA{255, 255, 255, 255}
			my, mx := y/scale-quiet, x/scale-quiet
			if my >= 0 && mx >= 0 && my < len(rows) && mx < len(rows) && rows[my][mx] {
				tint = color.RGBA{0, 0, 0, 255}
			}
			m.SetRGBA(x, y, tint)
		}
	}
	picture := canvas.NewImageFromImage(m)
	picture.ScaleMode, picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(230))
	return container.NewCenter(picture)
}

// upper begins a reason as a sentence does.
func upper(why string) string {
	r, n := utf8.DecodeRuneInString(why)
	if n == 0 {
		return why
	}
	return string(unicode.ToUpper(r)) + why[n:]
}
