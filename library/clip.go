package library

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxTime is the latest time in a recording, in milliseconds: 100 hours.
const MaxTime = 100 * 3600 * 1000

// Bounds of a [Span], in per cent.
const (
	MaxVolume = 150
	MinSpeed  = 25
	MaxSpeed  = 400
)

// Span is the part of a recording that a pane plays, and how. The zero Span plays nothing: the pane
// is a still page.
type Span struct {
	From int `json:"from,omitempty"` // milliseconds from the recording's beginning
	To   int `json:"to"`             // milliseconds, after From
	// Volume and Speed are in per cent, 1..[MaxVolume] and [MinSpeed]..[MaxSpeed]; 0 means 100.
	Volume int  `json:"volume,omitempty"`
	Speed  int  `json:"speed,omitempty"`
	Mute   bool `json:"mute,omitempty"`
}

// IsZero tells whether nothing is played.
func (s Span) IsZero() bool { return s == Span{} }

// Loudness is the volume in per cent, 0 where it is muted.
func (s Span) Loudness() int {
	switch {
	case s.Mute:
		return 0
	case s.Volume == 0:
		return 100
	}
	return s.Volume
}

// Rate is the speed in per cent.
func (s Span) Rate() int {
	if s.Speed == 0 {
		return 100
	}
	return s.Speed
}

// Words say in Vietnamese from where to where it plays: "từ 0:07:31 đến 0:08:10".
func (s Span) Words() string { return "từ " + longClock(s.From) + " đến " + longClock(s.To) }

func (s Span) check(field string) error {
	switch {
	case s.IsZero():
		return nil
	case s.From < 0 || s.To > MaxTime:
		return bad(field, "%d to %d ms is not within 100 hours", s.From, s.To)
	case s.From >= s.To:
		return bad(field, "ends at %d ms, not after %d", s.To, s.From)
	case s.Volume < 0 || s.Volume > MaxVolume:
		return bad(field+".volume", "%d is not 0 to %d", s.Volume, MaxVolume)
	case s.Speed != 0 && (s.Speed < MinSpeed || s.Speed > MaxSpeed):
		return bad(field+".speed", "%d is not %d to %d", s.Speed, MinSpeed, MaxSpeed)
	}
	return nil
}

// Clip finds the pane that plays, and what it plays; false where all panes are still pages. A shot
// has one such pane at most.
func (s Shot) Clip() (pane int, span Span, ok bool) {
	for i, p := range s.Panes[:min(int(s.Count), MaxPanes)] {
		if !p.Clip.IsZero() {
			return i, p.Clip, true
		}
	}
	return 0, Span{}, false
}

// SeekTo is the shot with its clip standing at a time of the recording, in milliseconds; less than 0
// is its beginning. A shot without a clip stays as it is.
func (s Shot) SeekTo(at int) Shot {
	if i, _, ok := s.Clip(); ok {
		s.Panes[i].Page.Index = max(0, min(at, MaxTime))
	}
	return s
}

// SameClip tells whether two shots play the same, wherever in it they stand and however loud they are.
func (s Shot) SameClip(other Shot) bool {
	_, _, plays := s.Clip()
	return plays && s.silent() == other.silent()
}

// silent is the shot with what may change while a clip plays taken out.
func (s Shot) silent() Shot {
	if i, _, ok := s.Clip(); ok {
		s.Panes[i].Page.Index, s.Panes[i].Clip.Volume, s.Panes[i].Clip.Mute = 0, 0, false
	}
	return s
}

// Clip tells whether files of this kind are recordings: a page of one is what is to be seen at a time.
func (k Kind) Clip() bool { return k == KindVideo || k == KindAudio }

// Has tells whether a page is in the file. In a recording every millisecond up to its end is one.
func (f File) Has(index int) bool {
	switch {
	case index < 0 || f.Pages == 0:
		return false
	case f.Kind.Clip():
		return index <= f.Duration
	}
	return index < f.Pages
}

// Timecode is a time in milliseconds as people write it: "0:07.040", "1:02:03.000". [ParseTimecode]
// reads it.
func Timecode(ms int) string { return fmt.Sprintf("%s.%03d", Clock(ms), max(0, ms)%1000) }

// Clock is a time in milliseconds in whole seconds that have passed: "0:07", "1:02:03".
func Clock(ms int) string {
	s := max(0, ms) / 1000
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return longClock(ms)
}

// longClock is [Clock] with its hours always there, so that nobody takes minutes for hours: "0:07:31".
func longClock(ms int) string {
	s := max(0, ms) / 1000
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

var errTimecode = errors.New("want a time like 7, 0:07.5 or 1:02:03, up to 100 hours")

// ParseTimecode reads a time as a person types it, in milliseconds: seconds ("7", "7,5"), minutes and
// seconds ("0:07"), or hours too ("1:02:03.040"), with a point or a comma. What is finer than a millisecond is dropped. 0 to [MaxTime].
func ParseTimecode(s string) (int, error) {
	wrong := fmt.Errorf("time %q: %w", s, errTimecode)
	whole, fraction, has := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ",", "."), ".")
	parts := strings.Split(whole, ":")
	if len(parts) > 3 || has && !digits(fraction, 9) {
		return 0, wrong
	}
	seconds := 0
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || !digits(p, 6) || i > 0 && (n > 59 || len(p) > 2) {
			return 0, wrong
		}
		seconds = seconds*60 + n
	}
	ms, _ := strconv.Atoi((fraction + "000")[:3]) // digits only
	if ms += seconds * 1000; ms > MaxTime {
		return 0, wrong
	}
	return ms, nil
}

// digits tells whether s is 1 to most digits.
func digits(s string, most int) bool {
	return s != "" && len(s) <= most && strings.Trim(s, "0123456789") == ""
}
