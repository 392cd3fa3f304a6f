package library

import (
	"cmp"
	"fmt"
	"slices"
)

// Cue is a line of a recording's transcript: what is heard from a time on. It ends where the next one begins, unless it says
// another end. The name is WebVTT's, https://www.w3.org/TR/webvtt1/.
type Cue struct {
	First  PageID `json:"first"`        // the recording, and where in it the line begins
	To     int    `json:"to,omitempty"` // milliseconds, after First.Index; 0: until the next one begins
	Person ID     `json:"person,omitempty"`
	Text   string `json:"text,omitempty"`
}

// CueTexts are its texts.
var CueTexts = Texts[Cue]{{Name: "text", Of: func(c *Cue) *string { return &c.Text }, Long: true, Called: "lời trong bản ghi"}}

// MaxCues is how many lines the transcript of one recording has at most.
const MaxCues = 20_000

// Key implements [Record].
func (c Cue) Key() Key { return Key{TableCues, c.First.String()} }

func (c Cue) check() error {
	if c.To != 0 && (c.To <= c.First.Index || c.To > MaxTime) {
		return bad("to", "%d ms is not after %d, within 100 hours", c.To, c.First.Index)
	}
	return checks(checkPage("first", c.First), checkRef("person", c.Person), CueTexts.check(c))
}

// Cue finds the line that begins at a page.
func (o Outline) Cue(first PageID) (Cue, bool) { return find[Cue](o, TableCues, first.String()) }

// Cues gives the transcript of the recording at path, in order of time.
func (o Outline) Cues(path string) []Cue {
	var list []Cue
	for _, r := range o.in().rows[TableCues] {
		if c := r.(Cue); c.First.Path == path {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, compareCues)
	return list
}

// AllCues gives the transcripts of all recordings, ordered by path in bytes and time.
func (o Outline) AllCues() []Cue { return sorted(o, TableCues, compareCues) }

func compareCues(a, b Cue) int { return comparePages(a.First, b.First) }

// CueAt is the place, among lines in order of time, of the one that is heard at a time in milliseconds; -1 before the first.
func CueAt(cues []Cue, at int) int {
	i, _ := slices.BinarySearchFunc(cues, at+1, func(c Cue, at int) int { return cmp.Compare(c.First.Index, at) })
	return i - 1
}

// CueSpan is from when to when one of a recording's lines is heard, the recording being so many milliseconds long; false
// where the line begins behind its end.
func CueSpan(cues []Cue, i, duration int) (Span, bool) {
	s := Span{From: cues[i].First.Index, To: cues[i].To}
	if s.To == 0 {
		s.To = duration
		if i+1 < len(cues) {
			s.To = cues[i+1].First.Index
		}
	}
	s.To = min(s.To, duration)
	return s, s.From < s.To
}

// SetCue is the edit that puts a line in the place of the one that began at a page, which may be another than it begins at
// now. Where there was none, it is added. Another line that begins there is no place for it: [ErrThere].
func (o Outline) SetCue(was PageID, c Cue) Edit {
	if _, taken := o.Cue(c.First); taken && was != c.First {
		return Refused("cue", fmt.Errorf("cue %s: %w", c.First, ErrThere))
	}
	before, there := o.Cue(was)
	switch {
	case !there && len(o.Cues(c.First.Path)) >= MaxCues:
		return Refused("cue", fmt.Errorf("%s: more than %d lines: %w", c.First.Path, MaxCues, ErrInvalid))
	case !there || was == c.First:
		return o.Set(c)
	}
	return Edit{Label: "cue", Changes: []Change{{Before: before}, {After: c}}}
}

// SetCues is the edit that takes lines for a recording's transcript. A line that it has gives way to one that
// begins in the same millisecond; the others stay, unless whole: then those are all that there is. Two lines that begin in the
// same millisecond are one.
func (o Outline) SetCues(path string, cues []Cue, whole bool) Edit {
	next := map[Key]Cue{}
	for _, c := range cues {
		c.First.Path = path
		if have, there := next[c.Key()]; there && have.Text != c.Text {
			c.Text = have.Text + "\n" + c.Text
		}
		next[c.Key()] = c
	}
	e := Edit{Label: "cues"}
	kept := 0
	for _, c := range o.Cues(path) {
		after, comes := next[c.Key()]
		delete(next, c.Key())
		switch {
		case comes && after != c:
			e.Changes = append(e.Changes, Change{c, after})
		case !comes && whole:
			e.Changes = append(e.Changes, Change{Before: c})
			continue
		}
		kept++
	}
	if kept+len(next) > MaxCues {
		return Refused("cues", fmt.Errorf("%s: more than %d lines: %w", path, MaxCues, ErrInvalid))
	}
	added := make([]Cue, 0, len(next))
	for _, c := range next {
		added = append(added, c)
	}
	slices.SortFunc(added, compareCues)
	for _, c := range added {
		e.Changes = append(e.Changes, Change{After: c})
	}
	return e
}
