package library

import (
	"strings"
	"testing"
)

// clipPane is a pane that plays a video from 7.5 s to 10 s.
func clipPane() Pane {
	return Pane{Page: PageID{"BG/hỏi cung.mp4", 7500}, Clip: Span{From: 7500, To: 10000}}
}

func TestTimesAreWrittenAndReadAlike(t *testing.T) {
	for _, c := range []struct {
		ms              int
		timecode, clock string
	}{
		{0, "0:00.000", "0:00"},
		{7040, "0:07.040", "0:07"},
		{59999, "0:59.999", "0:59"},
		{3599999, "59:59.999", "59:59"},
		{3723000, "1:02:03.000", "1:02:03"},
		{MaxTime, "100:00:00.000", "100:00:00"},
	} {
		if got := Timecode(c.ms); got != c.timecode {
			t.Errorf("Timecode(%d) = %s, want %s", c.ms, got, c.timecode)
		}
		if got := Clock(c.ms); got != c.clock {
			t.Errorf("Clock(%d) = %s, want %s", c.ms, got, c.clock)
		}
		if got, err := ParseTimecode(c.timecode); err != nil || got != c.ms {
			t.Errorf("ParseTimecode(%s) = %d, %v", c.timecode, got, err)
		}
	}
}

func TestTypedTimes(t *testing.T) {
	for typed, want := range map[string]int{
		"7": 7000, "7,5": 7500, " 7.04 ": 7040, "0:07": 7000, "1:02:03": 3723000, "1:02:03,0409": 3723040,
		"90": 90000, "90:00": 5400000, "100:00:00": MaxTime, "00:00:00.000": 0,
	} {
		if got, err := ParseTimecode(typed); err != nil || got != want {
			t.Errorf("ParseTimecode(%q) = %d, %v, want %d", typed, got, err, want)
		}
	}
	for _, typed := range []string{
		"", ":", "7:", ":07", "0:60", "0:007", "1:60:00", "1:2:3:4", "7.", ".5", "7.5.5", "-1", "+1", "1:-2", "7s", "٧",
		"100:00:00.001", "6001:00", "999999999999999999999", "7.0000000001",
	} {
		if got, err := ParseTimecode(typed); err == nil {
			t.Errorf("ParseTimecode(%q) = %d, want an error", typed, got)
		}
	}
}

func FuzzParseTimecode(f *testing.F) {
	for _, s := range []string{"7", "0:07.5", "1:02:03,040", "100:00:00", "::", "1:60"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ms, err := ParseTimecode(s)
		if err != nil {
			return
		}
		if ms < 0 || ms > MaxTime {
			t.Fatalf("ParseTimecode(%q) = %d", s, ms)
		}
		if again, err := ParseTimecode(Timecode(ms)); err != nil || again != ms {
			t.Fatalf("%q is %d, written and read again %d, %v", s, ms, again, err)
		}
	})
}

func TestSpansThatCantBe(t *testing.T) {
	for _, s := range []Span{{}, {To: 1}, {From: 5, To: MaxTime, Volume: 150, Speed: 25, Mute: true}, {To: 1, Volume: 1, Speed: 400}} {
		if err := s.check("clip"); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
	for _, s := range []Span{
		{From: -1, To: 1},
		{From: 5, To: 5},
		{From: 6, To: 5},
		{To: MaxTime + 1},
		{To: 1, Volume: -1},
		{To: 1, Volume: 151},
		{To: 1, Speed: 24},
		{To: 1, Speed: 401},
		{To: 1, Speed: -100},
		{Mute: true},
		{From: 3},
		{Volume: 50},
	} {
		if s.check("clip") == nil {
			t.Errorf("%+v passes", s)
		}
	}
}

func TestAShotHasOneClip(t *testing.T) {
	still := Pane{Page: PageID{"a.pdf", 0}}
	second := Pane{Page: PageID{"b.mp4", 1}, Clip: Span{From: 1, To: 2}}
	shot := Shot{}.Add(still).Add(clipPane()).Add(second)
	if i, span, ok := shot.Clip(); !ok || i != 1 || span != clipPane().Clip {
		t.Fatalf("the clip is %d %+v %v", i, span, ok)
	}
	if p := shot.Panes[2]; p.Page != second.Page || !p.Clip.IsZero() {
		t.Fatalf("the second clip plays too: %+v", p)
	}
	if p := shot.With(0, second).Panes[0]; !p.Clip.IsZero() {
		t.Fatal("a pane that was put into the shot plays besides")
	}
	if _, span, _ := shot.With(1, second).Clip(); span != second.Clip {
		t.Fatal("another clip can't take the clip's place")
	}
	if _, _, ok := shot.Without(1).Clip(); ok {
		t.Fatal("a shot without its clip plays")
	}
}

func TestAClipStandsWhereItIsWound(t *testing.T) {
	shot := Shot{}.Add(Pane{Page: PageID{"a.pdf", 4}}).Add(clipPane())
	wound := shot.SeekTo(8000)
	if wound.Panes[1].Page.Index != 8000 || wound.Panes[0].Page.Index != 4 {
		t.Fatalf("wound to %v and %v", wound.Panes[0].Page, wound.Panes[1].Page)
	}
	if at := shot.SeekTo(-5).Panes[1].Page.Index; at != 0 {
		t.Fatalf("wound before its beginning: %d", at)
	}
	if still := ShotOf(PageID{"a.pdf", 4}); still.SeekTo(9) != still {
		t.Fatal("a still page was wound")
	}
	if wound.Kept() != shot {
		t.Fatal("a step holds a clip that does not stand at its beginning")
	}
	louder := wound
	louder.Panes[1].Clip.Volume, louder.Panes[1].Clip.Mute = 50, true
	if !shot.SameClip(wound) || !shot.SameClip(louder) {
		t.Fatal("where it stands and how loud it is make another clip of it")
	}
	for name, change := range map[string]func(*Shot){
		"end":   func(s *Shot) { s.Panes[1].Clip.To++ },
		"speed": func(s *Shot) { s.Panes[1].Clip.Speed = 50 },
		"file":  func(s *Shot) { s.Panes[1].Page.Path = "b.mp4" },
		"page":  func(s *Shot) { s.Panes[0].Page.Index++ },
		"still": func(s *Shot) { s.Panes[1].Clip = Span{} },
	} {
		other := shot
		change(&other)
		if shot.SameClip(other) {
			t.Errorf("another %s is the same clip", name)
		}
	}
	if still := ShotOf(PageID{"a.pdf", 4}); still.SameClip(still) {
		t.Error("a still page is a clip")
	}
}

func TestEveryMillisecondOfARecordingIsAPage(t *testing.T) {
	clip := File{Kind: KindVideo, Pages: 1, Duration: 5000}
	unread := File{Kind: KindAudio}
	pdf := File{Kind: KindPDF, Pages: 3, Duration: 5000}
	for _, c := range []struct {
		f     File
		index int
		want  bool
	}{
		{clip, 0, true},
		{clip, 5000, true},
		{clip, 5001, false},
		{clip, -1, false},
		{unread, 0, false},
		{pdf, 2, true},
		{pdf, 3, false},
		{pdf, -1, false},
		{File{Kind: KindPDF}, 0, false},
	} {
		if got := c.f.Has(c.index); got != c.want {
			t.Errorf("%v has %d: %v", c.f.Kind, c.index, got)
		}
	}
	page := PageID{"a.mp4", MaxTime}
	if got, err := ParsePageID(page.String()); err != nil || got != page {
		t.Errorf("%v is read as %v, %v", page, got, err)
	}
	if _, err := ParsePageID("a.mp4#" + strings.Repeat("9", 10)); err == nil {
		t.Error("a page past 100 hours is one")
	}
}
