package widgets

import (
	"strings"
	"time"
)

// KeepAfter is how long typing rests before what was typed is kept. Leaving the field keeps it at once.
const KeepAfter = 300 * time.Millisecond

// Bound is a field that holds one text of something: what is typed is kept when typing rests, and
// shown anew when it was changed elsewhere.
type Bound struct {
	*Field
	post  func(func())
	get   func() string
	set   func(string)
	kept  string
	timer *time.Timer
}

// Bind makes a field hold a text. post runs a function on the UI goroutine; leave gives the keyboard
// away: on Esc, and on Enter in a field of one line.
func Bind(f *Field, post func(func()), leave func(), get func() string, set func(string)) *Bound {
	b := &Bound{Field: f, post: post, get: get, set: set}
	f.OnChanged = func(string) { b.keepSoon() }
	f.OnEscape = func() {
		b.Keep()
		leave()
	}
	if !f.MultiLine {
		f.OnReturn = f.OnEscape
	}
	f.OnLost = b.Keep
	return b
}

func (b *Bound) keepSoon() {
	if b.timer != nil {
		b.timer.Stop()
	}
	b.timer = time.AfterFunc(KeepAfter, func() { b.post(b.Keep) })
}

func (b *Bound) typed() string { return strings.TrimRight(b.Text, "\n ") }

// Keep keeps what was typed now.
func (b *Bound) Keep() {
	if text := b.typed(); text != b.kept {
		b.kept = text
		b.set(text)
	}
}

// Update shows the text as it is now where it was changed elsewhere. What is being typed stays.
func (b *Bound) Update() {
	text := b.get()
	if text == b.kept {
		return
	}
	if b.timer != nil {
		b.timer.Stop()
	}
	b.kept = text
	b.SetText(text)
}
