// Package journal is the record of what the court saw: one file a case, only ever appended to.
//
// # Format
//
// The file is JSON lines in UTF-8, each ending in a line feed: one [Entry] a line, its fields as the
// struct's tags say, no blank lines. Entries are numbered from 1. Each but the first has in "prev" the
// SHA-256, in lower-case hexadecimal, of the bytes of the line before it without the line feed. So any
// byte that is changed, any line that is taken out, put in or swapped breaks the chain right there. The
// last line has none after it: its hash, and the number of lines, are the journal's [Head], which is
// kept outside of the journal's folder and printed on every export. With it a cut tail is found, too.
//
// # Life
//
// [Open] reads the file, checks its chain and begins a goroutine that owns it. [Journal.Append] queues an
// entry and returns at once; the goroutine hashes the pixels, writes and syncs. What is queued is never
// dropped: while the disk refuses, it is tried again, and [Journal.Behind] tells. [Journal.Close] writes
// what is left. A line that a crash left unfinished is taken out of the file and kept in an entry of its
// own, of kind [KindRecovered]. A journal whose chain is broken is set aside, and one that is not the one
// whose head was kept goes on, both with an entry of kind [KindBroken]: going on covers nothing, for
// [Verify] finds that entry.
package journal

import (
	"slices"
	"time"

	"butluc/library"
)

// Version is the format that this program writes. It reads all before it.
//
//	2  marks, adjustments, captions, beats
//	3  recordings that play, and their times
//	4  cut
//	5  films in HDR; which of a recording's films and sounds; SHA-256s that come later
//	6  the panel's consent to what is shown, or its refusal; the excerpt with which an argument is met
const Version = 6

// Kind is what an entry tells. Written to files: never rename one.
type Kind string

// The kinds.
const (
	KindStart     Kind = "start"     // a trial or rehearsal began, or goes on on another day
	KindShow      Kind = "show"      // the court sees Shown
	KindView      Kind = "view"      // the same page, looked at otherwise: recorded when it settles
	KindPlay      Kind = "play"      // the recording that the court sees begins to play, at Played.From: written before it moves
	KindStop      Kind = "stop"      // it stands: it played from Played.From to Played.To
	KindRefused   Kind = "refused"   // the court screen did not take the frame before: the court sees what it saw
	KindBlack     Kind = "black"     // the court sees black
	KindLost      Kind = "lost"      // the court screen went
	KindFound     Kind = "found"     // a court screen is there, black
	KindHash      Kind = "hash"      // the SHA-256 of a file that earlier entries showed or played before it was known: Hashed
	KindNote      Kind = "note"      // an answer, or an argument of the defence
	KindConsent   Kind = "consent"   // the panel agreed to what was asked for, or refused it: Consent
	KindRecess    Kind = "recess"    // the hearing pauses
	KindResume    Kind = "resume"    // it goes on
	KindEnd       Kind = "end"       // the trial ended: a person said so
	KindCut       Kind = "cut"       // the program went away in the middle of the trial, which may go on
	KindRecovered Kind = "recovered" // after a crash: Text is what was left of an unfinished line
	KindBroken    Kind = "broken"    // this is not the journal that was here before: Text says why, Lost how far that went
)

// Entry is one line.
type Entry struct {
	Version int       `json:"v"`
	N       int       `json:"n"` // from 1
	At      time.Time `json:"at"`
	Kind    Kind      `json:"kind"`
	Prev    string    `json:"prev,omitempty"`
	Trial   *Trial    `json:"trial,omitempty"`  // of a start
	Shown   *Shown    `json:"shown,omitempty"`  // of show and view
	Played  *Played   `json:"played,omitempty"` // of play and stop
	Note    *Note     `json:"note,omitempty"`
	Hashed  *Hashed   `json:"hashed,omitempty"` // of hash
	Consent *Consent  `json:"consent,omitempty"`
	Lost    *Head     `json:"lost,omitempty"` // of broken
	Text    string    `json:"text,omitempty"`
}

// Trial says what began.
type Trial struct {
	Rehearsal bool   `json:"rehearsal,omitempty"`
	Mode      string `json:"mode,omitempty"`   // second, single, share
	Screen    string `json:"screen,omitempty"` // "1920x1080", "" where there was none
	Case      string `json:"case"`             // the case's id
	Program   string `json:"program"`          // version of Butluc
	Renderer  string `json:"renderer"`         // versions of what draws the pages
}

// Shown is what stood on the court screen.
type Shown struct {
	Panes       []Pane   `json:"panes"`
	Phase       string   `json:"phase,omitempty"`
	Scenario    string   `json:"scenario,omitempty"`
	Step        string   `json:"step,omitempty"`       // its id; "" for a page from outside the outline
	Number      string   `json:"number,omitempty"`     // as on screen: "C.2"
	Title       string   `json:"title,omitempty"`      // the step's
	Ground      string   `json:"ground,omitempty"`     // letter of Art. 308 clause 2 on which a statement was read out
	Beat        int      `json:"beat,omitempty"`       // of the step's marks
	MarksHidden bool     `json:"bare,omitempty"`       // marks but redactions were hidden
	Overridden  []string `json:"overridden,omitempty"` // cautions that a second key passed: incomplete, changed, restricted: why
	Size        string   `json:"size"`                 // "1920x1080"
	Pixels      string   `json:"pixels"`               // SHA-256 of the RGBA bytes, row by row
}

// Pane is one page of it.
type Pane struct {
	Path   string     `json:"path"`
	SHA256 string     `json:"sha256,omitempty"` // of the file; "" while it was not known: a [KindHash] tells it
	Page   int        `json:"page"`             // from 1; of a recording the time of its frame in milliseconds, plus 1
	Clip   bool       `json:"clip,omitempty"`   // of a recording
	Folio  string     `json:"folio,omitempty"`
	Title  string     `json:"title,omitempty"`
	View   [4]float64 `json:"view,omitzero"` // x0, y0, x1, y1 of the page as it stood, 0..1; all 0: whole
	// Quarter turns clockwise: of this showing, and before it those that make the page upright wherever it is shown.
	Turn    int `json:"turn,omitempty"`
	Upright int `json:"upright,omitempty"`
	// Marks are those that were to be seen, the page's own, the step's and live ones, redactions last.
	Marks   library.Marks  `json:"marks,omitzero"`
	Adjust  library.Adjust `json:"adjust,omitzero"`
	Caption string         `json:"caption,omitempty"` // what stood under the page
	// Tone is "hlg" or "pq" where the page is of a film in HDR, which was tone-mapped for a screen in SDR.
	Tone string `json:"tone,omitempty"`
	// Tracks are those of a recording that were chosen among several.
	Tracks library.Tracks `json:"tracks,omitzero"`
}

// Consent is what the panel said to a request, as a person at the console noted it. A later one of the same pages takes its place.
type Consent struct {
	Refused bool   `json:"refused,omitempty"`
	Panes   []Pane `json:"panes"`             // Path, Page, Clip, Folio and Title of what was asked for
	Request string `json:"request,omitempty"` // as it was composed to be spoken
	Ground  string `json:"ground,omitempty"`  // letter of Art. 308 clause 2, where one was given
	Step    string `json:"step,omitempty"`    // its id; "" for a page from outside the outline
	Number  string `json:"number,omitempty"`  // as on screen: "C.2"
}

// Covers tells whether all that was shown was asked for: each page, of a recording any of it.
func (c Consent) Covers(shown Shown) bool {
	for _, p := range shown.Panes {
		if !slices.ContainsFunc(c.Panes, func(q Pane) bool { return q.Path == p.Path && (q.Page == p.Page || q.Clip && p.Clip) }) {
			return false
		}
	}
	return len(shown.Panes) > 0
}

// Name is the page's title, of a recording with the time of its frame: "Ghi hình hỏi cung · 0:07.480".
func (p Pane) Name() string {
	switch {
	case !p.Clip:
		return p.Title
	case p.Title == "":
		return library.Timecode(p.Page - 1)
	}
	return p.Title + " · " + library.Timecode(p.Page-1)
}

// Shot is what was shown, to be drawn again. A recording stands still in it.
func (s Shown) Shot() library.Shot {
	var shot library.Shot
	for _, p := range s.Panes {
		shot = shot.Add(library.Pane{
			Page:  library.PageID{Path: p.Path, Index: p.Page - 1},
			View:  library.Rect{X0: p.View[0], Y0: p.View[1], X1: p.View[2], Y1: p.View[3]},
			Turn:  library.Turn(0).Plus(p.Turn % 4),
			Marks: p.Marks, Adjust: p.Adjust, Tracks: p.Tracks,
		})
	}
	return shot
}

// Played is a recording that played, from when it began to move to when it stood. What is wound or paused meanwhile
// makes two of it.
type Played struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256,omitempty"` // of the file; "" while it was not known
	Folio  string `json:"folio,omitempty"`
	Title  string `json:"title,omitempty"`
	Sound  bool   `json:"sound,omitempty"` // without pictures
	From   int    `json:"from"`            // milliseconds from the recording's beginning
	To     int    `json:"to,omitempty"`    // of a stop: the time of the last frame that was seen
	Speed  int    `json:"speed"`           // per cent
	Volume int    `json:"volume"`          // per cent
	Mute   bool   `json:"mute,omitempty"`
	// Tracks are those that were chosen among several.
	Tracks library.Tracks `json:"tracks,omitzero"`
}

// Hashed completes entries that were written before a file's SHA-256 was known. A line is never changed: see [Completed].
type Hashed struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"` // of the file as it was shown then: its size and time were the same when it was taken
	Lines  []int  `json:"lines"`  // the numbers of those entries
}

// Length is how much of the recording was played, in milliseconds, at whatever speed.
func (p Played) Length() int { return max(0, p.To-p.From) }

// Note is a line of note.
type Note struct {
	Argument bool   `json:"argument,omitempty"` // of the defence: open until it is answered
	Person   string `json:"person,omitempty"`
	Step     string `json:"step,omitempty"`    // the id of the step at which it was made, or which answers
	Number   string `json:"number,omitempty"`  // that step's, as on screen
	Answers  int    `json:"answers,omitempty"` // the number of the entry whose argument is answered
	Excerpt  string `json:"excerpt,omitempty"` // the id of the excerpt with which an argument is met
	Met      string `json:"met,omitempty"`     // that excerpt's page, as on screen
}
