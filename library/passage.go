package library

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Passage is a named part of a recording: from its first page, which is a time in milliseconds, to another.
type Passage struct {
	First  PageID `json:"first"`
	To     int    `json:"to"` // milliseconds, after First.Index
	Title  string `json:"title,omitempty"`
	Volume int    `json:"volume,omitempty"` // as those of a [Span]
	Speed  int    `json:"speed,omitempty"`
	Mute   bool   `json:"mute,omitempty"`
	Tracks Tracks `json:"tracks,omitzero"`
	// Beside is the page of the written record (biên bản) on which it stands what is said; zero for none.
	Beside PageID `json:"beside,omitzero"`
}

// Span is what a pane plays that plays the passage.
func (p Passage) Span() Span {
	return Span{From: p.First.Index, To: p.To, Volume: p.Volume, Speed: p.Speed, Mute: p.Mute}
}

// Shot plays the passage, with the page of the written record beside it where it has one.
func (p Passage) Shot() Shot {
	s := Shot{}.Add(Pane{Page: p.First, Clip: p.Span(), Tracks: p.Tracks})
	if p.Beside != (PageID{}) {
		s = s.Add(Pane{Page: p.Beside})
	}
	return s
}

// Key implements [Record].
func (p Passage) Key() Key { return Key{TablePassages, p.First.String()} }

func (p Passage) check() error {
	if p.Span().IsZero() {
		return bad("to", "the passage ends where it begins")
	}
	if p.Beside != (PageID{}) {
		if err := checkPage("beside", p.Beside); err != nil {
			return err
		}
	}
	return checks(checkPage("first", p.First), p.Span().check("to"), PassageTexts.check(p))
}

// What the captions of a recording's frames say of the time. Stored: never rename one.
const (
	StampNone  = ""
	StampTime  = "time"  // how far into the recording: "0:07:31"
	StampClock = "clock" // what the camera's clock showed: "12/05/2024 21:10:48"
)

// Recording is what is known of a video or sound file besides its passages.
type Recording struct {
	First PageID `json:"first"`           // of the file, at its beginning
	Stamp string `json:"stamp,omitempty"` // one of [StampNone], [StampTime], [StampClock]
	Clock string `json:"clock,omitempty"` // the camera's at the recording's beginning, as [ParseClock] reads it; "": not known
}

// Key implements [Record].
func (r Recording) Key() Key { return Key{TableRecordings, r.First.String()} }

func (r Recording) check() error {
	if r.First.Index != 0 {
		return bad("first", "a recording begins at 0 ms, not at %d", r.First.Index)
	}
	if r.Clock != "" {
		if _, err := ParseClock(r.Clock); err != nil {
			return bad("clock", "%q is no date with a time", r.Clock)
		}
	}
	return checks(checkPage("first", r.First), checkText("clock", r.Clock, MaxTitle), checkCode("stamp", r.Stamp, []string{StampTime, StampClock}))
}

// isZero tells whether it says nothing, so that it need not be there.
func (r Recording) isZero() bool { return r == Recording{First: r.First} }

// stamp is the time that captions say of a place in the recording, in milliseconds; "" where they say none. Where
// the camera's clock is not known, it is how far into the recording.
func (r Recording) stamp(at int) string {
	if r.Stamp == StampClock {
		if began, err := ParseClock(r.Clock); err == nil {
			return began.Add(time.Duration(at) * time.Millisecond).Format("02/01/2006 15:04:05")
		}
	}
	if r.Stamp == StampNone {
		return ""
	}
	return longClock(at)
}

// clockForms are how people write a date with a time, in the order in which they are tried.
var clockForms = []string{
	"2006-1-2 15:4:5", "2006-1-2 15:4", "2/1/2006 15:4:5", "2/1/2006 15:4", "15:4:5 2/1/2006", "15:4 2/1/2006",
}

var clockSigns = strings.NewReplacer("T", " ", ",", " ", "ngày", " ", "Ngày", " ")

// ParseClock reads what a camera's clock showed, as a person types it: "2024-05-12 21:03:17", "12/5/2024 21:03",
// "21:03:17 ngày 12/05/2024". The time is in no zone.
func ParseClock(typed string) (time.Time, error) {
	s := strings.Join(strings.Fields(clockSigns.Replace(typed)), " ")
	if date, rest, ok := strings.Cut(s, " "); ok && strings.Count(date, "-") == 2 && strings.IndexByte(date, '-') < 3 {
		s = strings.ReplaceAll(date, "-", "/") + " " + rest // 12-5-2024
	}
	for _, form := range clockForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() >= 1900 {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("clock %q: want a date and a time, as 2024-05-12 21:03:17: %w", typed, ErrInvalid)
}

// Passage finds the passage that begins at a page.
func (o Outline) Passage(first PageID) (Passage, bool) {
	return find[Passage](o, TablePassages, first.String())
}

// Passages gives the passages of the recording at path, in order of time.
func (o Outline) Passages(path string) []Passage {
	var list []Passage
	for _, p := range o.AllPassages() {
		if p.First.Path == path {
			list = append(list, p)
		}
	}
	return list
}

// AllPassages gives the passages of all recordings, ordered by path in bytes and time.
func (o Outline) AllPassages() []Passage {
	return sorted(o, TablePassages, func(a, b Passage) int {
		return cmp.Or(comparePages(a.First, b.First), cmp.Compare(a.To, b.To))
	})
}

// Recording is what is known of the recording at path; where nothing is, the zero one of that file.
func (o Outline) Recording(path string) Recording {
	first := PageID{Path: path}
	if r, ok := find[Recording](o, TableRecordings, first.String()); ok {
		return r
	}
	return Recording{First: first}
}

// Recordings gives what is known of all recordings, ordered by path in bytes.
func (o Outline) Recordings() []Recording {
	return sorted(o, TableRecordings, func(a, b Recording) int { return comparePages(a.First, b.First) })
}

// SetPassage is the edit that puts a passage in the place of the one that began at a page, which may be another than
// it begins at now. Where there was none, it is added. Another passage that begins there is no place for it: [ErrThere].
func (o Outline) SetPassage(was PageID, p Passage) Edit {
	if _, taken := o.Passage(p.First); taken && was != p.First {
		return Edit{Label: "passage", fault: fmt.Errorf("passage %s: %w", p.First, ErrThere)}
	}
	before, there := o.Passage(was)
	if !there || was == p.First {
		return o.Set(p)
	}
	return Edit{Label: "passage", Changes: []Change{{Before: before}, {After: p}}}
}
