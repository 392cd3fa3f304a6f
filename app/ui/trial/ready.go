package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/console/readiness"
	"butluc/app/i18n"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// openReady shows whether all is ready for the hearing: one page, green or with what to do.
func (r *Room) openReady() {
	r.s.Readiness.Check(func(lines []readiness.Line) {
		p := &readyPage{s: r.s, head: widgets.Heading("")}
		box := container.NewVBox()
		for _, l := range lines {
			if l.Speaker != nil {
				box.Add(p.newSound(*l.Speaker))
				continue
			}
			if !l.Good {
				p.bad++
			}
			box.Add(verdict(widgets.Prose(""), l.Good, l.Text))
		}
		p.count()
		r.sheet.Open(r.s.T("ready.title"), container.NewBorder(p.head, nil, nil, nil, container.NewVScroll(box)))
	})
}

// readyPage is what was checked before the hearing.
type readyPage struct {
	s     *console.Session
	head  *widget.Label
	bad   int // lines with something to look at, but for the sound
	sound *soundLine
}

// count says how many things there are to look at.
func (p *readyPage) count() {
	bad := p.bad
	if p.sound != nil && !p.sound.speaker.Heard {
		bad++
	}
	text := p.s.T("ready.all")
	if bad > 0 {
		text = p.s.T("ready.some", "count", bad)
	}
	p.head.SetText(text)
}

// verdict makes a text green, or one that is to be looked at.
func verdict(text *widget.Label, good bool, what string) *widget.Label {
	sign := "✗  "
	text.Importance = widget.WarningImportance
	if good {
		sign = "✓  "
		text.Importance = widget.SuccessImportance
	}
	text.SetText(sign + what)
	return text
}

// open makes a text one that waits for an answer.
func open(text *widget.Label, what string) {
	text.Importance = widget.MediumImportance
	text.SetText("?   " + what)
}

// soundLine lets a person hear the test tone and say whether they did.
type soundLine struct {
	page        *readyPage
	speaker     clips.Speaker
	text        *widget.Label
	tone        *widgets.Button
	heard, deaf *widgets.Button
}

func (p *readyPage) newSound(speaker clips.Speaker) fyne.CanvasObject {
	l := &soundLine{page: p, speaker: speaker, text: widgets.Prose("")}
	l.tone = widgets.NewButton(p.s.T("ready.tone"), nil, widgets.Plain, l.play)
	l.heard = widgets.NewButton(p.s.T("ready.heard"), nil, widgets.Primary, func() { l.answer(true) })
	l.deaf = widgets.NewButton(p.s.T("ready.not-heard"), nil, widgets.Plain, func() { l.answer(false) })
	p.sound = l
	l.rest()
	return container.NewVBox(l.text, container.NewHBox(widgets.Space(24, 0), l.heard, l.deaf, l.tone))
}

// rest says what is known.
func (l *soundLine) rest() {
	good, text := soundVerdict(l.page.s.In(), l.speaker)
	verdict(l.text, good, text)
	l.offer(false)
}

// soundVerdict is whether recordings can be heard for all that is known, and the words for it.
func soundVerdict(in i18n.Catalogue, speaker clips.Speaker) (good bool, text string) {
	key := "ready.sound-untried"
	switch {
	case speaker.Fault == library.FaultVideo:
		key = "ready.sound-player"
	case speaker.Fault != library.FaultNone:
		key = "ready.sound-failed"
	case speaker.Device == "":
		key = "ready.sound-none"
	case speaker.Heard:
		good, key = true, "ready.sound-heard"
	}
	return good, in.T(key, "device", speaker.Name(in))
}

// offer shows the buttons that make sense: those of the answer, where one is awaited, and that of the tone.
func (l *soundLine) offer(answer bool) {
	widgets.Show(l.heard, answer)
	widgets.Show(l.deaf, answer)
	l.tone.SetDisabled(false)
	l.page.count()
}

func (l *soundLine) play() {
	l.offer(false)
	l.tone.SetDisabled(true)
	open(l.text, l.page.s.T("ready.toning"))
	asked := l.page.s.Speakers.Tone(func(speaker clips.Speaker) {
		l.speaker = speaker
		l.rest()
		if speaker.Device != "" && speaker.Fault == library.FaultNone {
			open(l.text, l.page.s.T("ready.hear", "device", speaker.Name(l.page.s.In())))
			l.offer(true)
		}
	})
	if !asked {
		l.rest()
	}
}

func (l *soundLine) answer(heard bool) {
	l.speaker.Heard = heard
	l.page.s.Speakers.Heard(l.speaker.Device, heard)
	l.rest()
	if !heard {
		verdict(l.text, false, l.page.s.T("ready.sound-silent", "device", l.speaker.Name(l.page.s.In())))
	}
}
