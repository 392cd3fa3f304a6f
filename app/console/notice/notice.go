// Package notice is the line at the console's foot: what a person is told, and what they are asked there.
package notice

import (
	"time"

	"butluc/app/console/event"
	"butluc/app/i18n"
)

// Line is what stands there.
type Line struct {
	Text string
	Warn bool
	File string // that was written, and can be opened; "" for none
	Ask  bool   // whether to go on from what was left of a damaged database: see GoOn of the edits
	// again says it in the language that is then in use; nil where it can't be said again.
	again func() string
	at    time.Time
}

// Bar is the line at the console's foot.
type Bar struct {
	lang   *i18n.Localizer
	events *event.Bus
	notice Line
}

// New makes the line at the foot, empty.
func New(events *event.Bus, lang *i18n.Localizer) *Bar { return &Bar{lang: lang, events: events} }

// noticeFor is how long a line stays that asks for nothing; warnings, and what can be opened, stay until they are answered.
const noticeFor = 8 * time.Second

// Tick lets old lines go.
func (nt *Bar) Tick(now time.Time) {
	if n := nt.notice; n.Text != "" && !n.Warn && n.File == "" && now.Sub(n.at) > noticeFor {
		nt.Clear()
	}
}

// Tell shows a line at the foot: the text of a key.
func (nt *Bar) Tell(key string, warn bool) {
	nt.notice = Line{Text: nt.lang.T(key), Warn: warn, again: func() string { return nt.lang.T(key) }, at: time.Now()}
	nt.events.Changed(event.NoticeChanged)
}

// Ask shows a warning that asks whether to go on, and says it again by again.
func (nt *Bar) Ask(text string, again func() string) {
	nt.notice = Line{Text: text, Warn: true, Ask: true, again: again, at: time.Now()}
	nt.events.Changed(event.NoticeChanged)
}

// TellText shows a line at the foot.
func (nt *Bar) TellText(text string, warn bool) {
	nt.notice = Line{Text: text, Warn: warn, at: time.Now()}
	nt.events.Changed(event.NoticeChanged)
}

// TellFile shows a line at the foot about a file that was written.
func (nt *Bar) TellFile(text, file string) {
	nt.notice = Line{Text: text, File: file, at: time.Now()}
	nt.events.Changed(event.NoticeChanged)
}

// Translate says the line at the foot in the language that is now in use. One that was put together can't be said
// again: it goes, but a warning is read in the old language rather than lost.
func (nt *Bar) Translate() {
	n := &nt.notice
	switch {
	case n.again != nil:
		n.Text = n.again()
	case !n.Warn:
		*n = Line{}
	}
	nt.events.Changed(event.NoticeChanged)
}

// Now is the line at the foot.
func (nt *Bar) Now() Line { return nt.notice }

// Clear empties the line at the foot.
func (nt *Bar) Clear() {
	if nt.notice.Text != "" {
		nt.notice = Line{}
		nt.events.Changed(event.NoticeChanged)
	}
}
