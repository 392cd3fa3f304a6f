package console

import (
	"time"

	"butluc/app/console/label"
	"butluc/app/i18n"
)

// Notice is the line at the console's foot.
type Notice struct {
	Text string
	Warn bool
	Ask  bool // whether to go on from what was left of a damaged database: [Edits.GoOn]
	// again says it in the language that is then in use; nil where it can't be said again.
	again func() string
	at    time.Time
}

// Notices are the line at the console's foot.
type Notices struct {
	events *Events
	notice Notice
}

// noticeFor is how long a line stays that asks for nothing; warnings stay until they are answered.
const noticeFor = 8 * time.Second

// tick lets old lines go.
func (nt *Notices) tick(now time.Time) {
	if n := nt.notice; n.Text != "" && !n.Warn && now.Sub(n.at) > noticeFor {
		nt.Clear()
	}
}

// Tell shows a line at the foot: the text of a key.
func (nt *Notices) Tell(key string, warn bool) {
	nt.notice = Notice{Text: i18n.T(key), Warn: warn, again: func() string { return i18n.T(key) }, at: time.Now()}
	nt.events.Changed(NoticeChanged)
}

// ask shows a warning that asks whether to go on, and says it again by again.
func (nt *Notices) ask(text string, again func() string) {
	nt.notice = Notice{Text: text, Warn: true, Ask: true, again: again, at: time.Now()}
	nt.events.Changed(NoticeChanged)
}

// TellText shows a line at the foot.
func (nt *Notices) TellText(text string, warn bool) {
	nt.notice = Notice{Text: text, Warn: warn, at: time.Now()}
	nt.events.Changed(NoticeChanged)
}

// Translate says the line at the foot in the language that is now in use. One that was put together can't be said
// again: it goes, but a warning is read in the old language rather than lost.
func (nt *Notices) Translate() {
	n := &nt.notice
	switch {
	case n.again != nil:
		n.Text = n.again()
	case !n.Warn:
		*n = Notice{}
	}
	nt.events.Changed(NoticeChanged)
}

// Now is the line at the foot.
func (nt *Notices) Now() Notice { return nt.notice }

// Clear empties the line at the foot.
func (nt *Notices) Clear() {
	if nt.notice.Text != "" {
		nt.notice = Notice{}
		nt.events.Changed(NoticeChanged)
	}
}

// why is an error in words for a person; the log has the chain.
func why(err error) string { return label.Why(i18n.Now(), err) }
