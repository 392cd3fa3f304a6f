package prepare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/console/clips"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/study"
	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/clip/cliptest"
)

// The files of the case. The film is of four seconds, 25 frames a second, each with its number on it.
const (
	film   = "BL 45 Camera.mp4"
	sound  = "Ghi âm.wav"
	record = "BL 46-47 Biên bản.pdf"
	lost   = "Không độ dài.mp4" // a film that does not tell its length
)

// mark marks off a part of the film.
func (h *harness) mark(in, out int) {
	h.t.Helper()
	h.look(film, in)
	h.press(keys.MarkIn)
	h.look(film, out)
	h.press(keys.MarkOut)
}

// kept makes a passage of a part of the film.
func (h *harness) kept(in, out int, title string) library.Passage {
	h.t.Helper()
	h.s.Passages.ClearPart()
	h.mark(in, out)
	h.press(keys.KeepPassage)
	h.s.Passages.Change(func(p *library.Passage) { p.Title = title })
	h.pump()
	p, ok := h.s.Passages.Passage()
	if !ok || p.First.Index != in || p.To != out {
		h.t.Fatalf("the passage is %+v, %v", p, ok)
	}
	return p
}

func (h *harness) steps() []library.Step { return h.s.Dossier.Outline().Steps("a") }

// added is the one step that an action adds.
func (h *harness) added(a keys.Action) library.Step {
	h.t.Helper()
	before := h.steps()
	h.press(a)
	for _, s := range h.steps() {
		if !slices.ContainsFunc(before, func(b library.Step) bool { return b.ID == s.ID }) && len(h.steps()) == len(before)+1 {
			return s
		}
	}
	h.t.Fatalf("%q added no step; the foot says %q", a, h.s.Notices.Now().Text)
	return library.Step{}
}

func span(in, out int) library.Span { return library.Span{From: in, To: out} }

func TestTheClipBarIsThereForRecordingsAlone(t *testing.T) {
	h := newHarness(t)
	for _, c := range []struct {
		path                      string
		bar, still, tools, stills bool
	}{
		{film, true, true, true, true}, {sound, true, false, true, false}, {lost, true, true, false, false}, {record, false, false, false, false},
	} {
		h.look(c.path, 0)
		if got := h.clips.box.Visible(); got != c.bar {
			t.Errorf("%s: the bar is there: %v", c.path, got)
		}
		if !c.bar {
			continue
		}
		if h.clips.still.Visible() != c.still || h.clips.tools.Visible() != c.tools || h.clips.why.Visible() == c.tools {
			t.Errorf("%s: frame %v, tools %v, why not %v", c.path, h.clips.still.Visible(), h.clips.tools.Visible(), h.clips.why.Visible())
		}
		seen := func() int {
			n := 0
			for _, s := range h.clips.timeline.stills {
				if s.Visible() {
					n++
				}
			}
			return n
		}
		if c.path == sound {
			h.until("the sound's curve", func() bool { return len(h.clips.timeline.waves) > 0 && h.clips.timeline.waves[0].image.Visible() })
			if w := h.clips.timeline.waves[0].of; w.RGBAAt(w.Rect.Dx()/2, w.Rect.Dy()/2).G == 0 || w.RGBAAt(w.Rect.Dx()/2, 0).G > 0 {
				t.Error("the curve is no tone's")
			}
		}
		if !c.stills {
			if seen() > 0 {
				t.Errorf("%s has %d stills", c.path, seen())
			}
			continue
		}
		h.until("the stills", func() bool { return seen() >= fewStills })
	}
}

func TestSoundIsDrawnInFewParts(t *testing.T) {
	for duration, want := range map[int]int{1: 1, waveEvery: 1, waveEvery + 1: 2, 90 * 60 * 1000: 9, library.MaxTime: mostWaves} {
		if n := wavesOf(duration); n != want {
			t.Errorf("%d ms in %d parts, want %d", duration, n, want)
		}
	}
}

func TestAPartIsMarkedOffKeptNamedAndTakenBack(t *testing.T) {
	h := newHarness(t)
	h.mark(1000, 2000)
	if got := h.s.Passages.Part(); got != (clips.Part{In: 1000, Out: 2000}) {
		t.Fatalf("marked off is %+v", got)
	}
	for _, b := range []*widgets.Button{h.clips.in, h.clips.out, h.clips.add} {
		if !strings.Contains(b.Label, "0:0") {
			t.Errorf("the button says %q, and not when", b.Label)
		}
	}
	h.press(keys.KeepPassage)
	if h.win.Canvas().Focused() != fyne.Focusable(h.clips.named.title.Field) {
		t.Error("the name is not asked for")
	}
	h.clips.named.title.SetText("Khai nhận")
	h.clips.named.title.OnReturn()
	h.pump()
	want := library.Passage{First: library.PageID{Path: film, Index: 1000}, To: 2000, Title: "Khai nhận"}
	if got := h.s.Dossier.Outline().Passages(film); !slices.Equal(got, []library.Passage{want}) {
		t.Fatalf("the passages are %+v", got)
	}
	h.press(keys.Undo, keys.Undo)
	if got := h.s.Dossier.Outline().Passages(film); len(got) > 0 || h.s.Passages.Part().Passage != (library.PageID{}) || h.clips.named.passage.Visible() {
		t.Errorf("taken back, the passages are %+v, chosen is %v", got, h.s.Passages.Part())
	}
	h.press(keys.Redo, keys.Redo)
	if got := h.s.Dossier.Outline().Passages(film); !slices.Equal(got, []library.Passage{want}) {
		t.Errorf("made again, the passages are %+v", got)
	}
}

func TestEdgesThatCantBeBeginAnotherPart(t *testing.T) {
	h := newHarness(t)
	set := func(in bool, at int) {
		h.look(film, at)
		h.press(map[bool]keys.Action{true: keys.MarkIn, false: keys.MarkOut}[in])
	}
	want := func(when string, in, out int, named bool) {
		t.Helper()
		if p := h.s.Passages.Part(); p.In != in || p.Out != out || (p.Passage != library.PageID{}) != named {
			t.Errorf("%s: marked off is %+v, want %d to %d", when, p, in, out)
		}
	}
	set(true, 1000)
	want("begun", 1000, -1, false)
	set(false, 480)
	want("an end before the beginning", -1, 480, false)
	set(true, 2000)
	want("a beginning after the end", 2000, -1, false)
	set(false, 3000)
	want("whole", 2000, 3000, false)
	set(false, 0)
	want("an end at the very beginning", 2000, 3000, false)
	if !h.s.Notices.Now().Warn {
		t.Error("nobody says that nothing ends there")
	}
	first := h.kept(2000, 3000, "một")
	set(true, 2400)
	want("a passage begins later", 2400, 3000, true)
	set(true, 3400)
	want("a beginning after the passage", 3400, -1, false)
	if p, ok := h.s.Dossier.Outline().Passage(library.PageID{Path: film, Index: 2400}); !ok || p.To != first.To || p.Title != "một" {
		t.Errorf("the passage became %+v, %v", p, ok)
	}
	h.kept(1000, 1400, "hai")
	h.look(film, 2400) // where the other one begins
	h.press(keys.MarkOut, keys.MarkIn)
	if got := h.s.Dossier.Outline().Passages(film); len(got) != 2 {
		t.Errorf("of two passages that began at one time are left %+v", got)
	}
}

func TestCtrlEnterAddsWhatTheButtonSays(t *testing.T) {
	h := newHarness(t)
	plays := func(s library.Step, want library.Span, panes int) {
		t.Helper()
		if _, got, _ := s.Shot.Clip(); got != want || int(s.Shot.Count) != panes || s.Shot.First().Page != (library.PageID{Path: film, Index: want.From}) {
			t.Errorf("the step shows %+v, want %+v", s.Shot.List(), want)
		}
	}
	length := h.clips.timeline.file.Duration
	h.look(film, 1000)
	plays(h.added(keys.AddPage), span(0, length), 1)
	h.look(film, 1000)
	h.press(keys.MarkIn)
	plays(h.added(keys.AddPage), span(1000, length), 1)
	h.s.Study.Select(library.PageID{Path: film, Index: 2000})
	h.press(keys.MarkOut)
	s := h.added(keys.AddPage)
	plays(s, span(1000, 2000), 1)
	if s.Title != "Camera 0:01–0:02" {
		t.Errorf("its title is %q", s.Title)
	}
	p := h.kept(1000, 2000, "Khai nhận")
	h.s.Passages.Change(func(p *library.Passage) {
		p.Speed, p.Mute, p.Beside = 50, true, library.PageID{Path: record, Index: 1}
	})
	s = h.added(keys.AddPage)
	plays(s, library.Span{From: 1000, To: 2000, Speed: 50, Mute: true}, 2)
	if s.Title != p.Title || s.Shot.Panes[1].Page != (library.PageID{Path: record, Index: 1}) {
		t.Errorf("it is %q with %+v", s.Title, s.Shot.Panes[1])
	}
	if text := h.clips.add.Label; !strings.Contains(text, h.s.Labels.Short(s.Shot.Panes[1].Page)) {
		t.Errorf("the button says %q, not what is beside", text)
	}
	h.look(film, 1480)
	still := h.added(keys.AddStill)
	if still.Shot != library.ShotOf(library.PageID{Path: film, Index: 1480}) {
		t.Errorf("a frame is added as %+v", still.Shot.List())
	}
	h.look(film, 520)
	h.press(keys.AddBeside) // what is marked off; a step plays one clip
	if got, _ := h.s.Dossier.Outline().Step(still.ID); got.Shot.Count != 2 || got.Shot.Panes[1].Clip != (library.Span{From: 1000, To: 2000, Speed: 50, Mute: true}) {
		t.Errorf("beside it is %+v", got.Shot.List())
	}
	h.look(sound, 0)
	before := len(h.steps())
	if h.press(keys.AddStill); len(h.steps()) != before || !h.s.Notices.Now().Warn {
		t.Error("a frame of sound became a step")
	}
}

func TestStepsStayWhenTheirPassageChanges(t *testing.T) {
	h := newHarness(t)
	h.kept(1000, 2000, "Khai nhận")
	step := h.added(keys.AddPage)
	h.look(film, 1400)
	h.press(keys.MarkIn)
	h.s.Passages.Change(func(p *library.Passage) { p.Speed = 50 })
	h.s.Passages.Delete()
	h.pump()
	if got, _ := h.s.Dossier.Outline().Step(step.ID); got != step {
		t.Errorf("the step became %+v", got)
	}
	if len(h.s.Dossier.Outline().Passages(film)) > 0 || h.s.Passages.Part().Out >= 0 {
		t.Error("the passage is still there")
	}
}

func TestAKeptViewLeavesAClipAClip(t *testing.T) {
	h := newHarness(t)
	h.mark(1000, 2000)
	step := h.added(keys.AddPage)
	h.look(film, 1400)
	view := library.Rect{X0: 0.1, Y0: 0.1, X1: 0.6, Y1: 0.6}
	h.s.Study.Look(library.Pane{Page: h.s.Study.Current().Page, View: view})
	h.press(keys.KeepView)
	got, _ := h.s.Dossier.Outline().Step(step.ID)
	if pane := got.Shot.First(); pane.View != view || pane.Clip != span(1000, 2000) || pane.Page.Index != 1000 {
		t.Errorf("the step shows %+v", pane)
	}
}

func TestAPageOfTheWrittenRecordIsTied(t *testing.T) {
	h := newHarness(t)
	h.press(keys.Tie)
	if _, on := h.s.Passages.Tying(); on || !h.s.Notices.Now().Warn {
		t.Error("a page is looked for without a passage")
	}
	p := h.kept(1000, 2000, "Khai nhận")
	h.press(keys.Tie)
	if _, on := h.s.Passages.Tying(); !on || !h.clips.tying.box.Visible() {
		t.Fatal("no page is looked for")
	}
	if h.press(keys.Tie); h.s.Dossier.Outline().Passages(film)[0] != p {
		t.Error("a recording was tied to itself")
	}
	h.look(record, 1)
	if !h.Close() || h.clips.tying.box.Visible() {
		h.pump()
		if h.clips.tying.box.Visible() {
			t.Error("Esc does not leave it")
		}
	}
	h.press(keys.Tie)
	if h.s.Dossier.Outline().Passages(film)[0] != p {
		t.Error("a page was tied after Esc")
	}
	h.s.Passages.Choose(p.First)
	h.press(keys.Tie)
	h.look(record, 1)
	h.press(keys.Tie)
	p.Beside = library.PageID{Path: record, Index: 1}
	if got := h.s.Dossier.Outline().Passages(film)[0]; got != p || h.s.Study.Current().Page != p.First {
		t.Errorf("the passage is %+v, looked at is %v", got, h.s.Study.Current().Page)
	}
	if name := h.s.Labels.Short(p.Beside); !strings.Contains(h.clips.list.Objects[0].(*widgets.Button).Label, name) {
		t.Error("the row does not say which page stands beside")
	}
	h.s.Passages.Untie()
	if p.Beside = (library.PageID{}); h.s.Dossier.Outline().Passages(film)[0] != p {
		t.Error("the page can't be taken away")
	}
}

func TestTheTimelineSeeksChoosesAndDragsEdges(t *testing.T) {
	h := newHarness(t)
	h.kept(1000, 2000, "Khai nhận")
	l := h.clips.timeline
	at := func(ms int, y float32) fyne.Position { return fyne.NewPos(l.x(ms), y) }
	near := func(got, want int) bool { return got > want-30 && got < want+30 }
	l.press(at(3000, 10))
	l.release()
	h.until("the click", func() bool { return near(h.s.Study.Current().Page.Index, 3000) })
	h.s.Passages.ClearPart()
	h.pump()
	l.press(at(1500, filmTall+6))
	l.release()
	h.pump()
	if p, ok := h.s.Passages.Passage(); !ok || h.s.Playback.Playhead() != 1000 {
		t.Fatalf("chosen is %+v, %v, at %d", p, ok, h.s.Playback.Playhead())
	}
	l.press(at(2000, 10))
	for _, ms := range []int{2200, 2600, 3200} {
		l.drag(at(ms, 10))
		h.pump()
	}
	h.until("the frame at the edge", func() bool { return near(h.s.Study.Current().Page.Index, 3200) })
	if p, _ := h.s.Passages.Passage(); p.To != 2000 {
		t.Error("a drag is kept before it ends")
	}
	if !strings.Contains(h.clips.out.Label, "0:03.") {
		t.Errorf("while it is dragged, the button says %q", h.clips.out.Label)
	}
	l.release()
	l.release() // the toolkit tells it twice
	h.pump()
	if p, _ := h.s.Passages.Passage(); !near(p.To, 3200) {
		t.Errorf("the passage ends at %d", p.To)
	}
	h.press(keys.Undo)
	if p, _ := h.s.Passages.Passage(); p.To != 2000 {
		t.Errorf("one undo brings it back to %d", p.To)
	}
	l.press(at(1000, 10))
	l.drag(at(3900, 10)) // past the end: stays before it
	l.release()
	h.pump()
	if p, _ := h.s.Passages.Passage(); p.First.Index >= p.To || p.To != 2000 {
		t.Errorf("the passage is %+v", p)
	}
}

// While the picture of one place is being made, none is wished of another; the last place that was asked for is seen.
func TestOneStillAtATime(t *testing.T) {
	h := newHarness(t)
	seen := map[int]bool{}
	h.s.Events.Subscribe(event.PageChanged, func() { seen[h.s.Study.Current().Page.Index] = true })
	for at := 1000; at <= 3000; at += 200 {
		h.s.Playback.Seek(at)
		if h.s.Playback.Playhead() != at {
			t.Fatalf("the playhead is at %d, want %d", h.s.Playback.Playhead(), at)
		}
	}
	if at := h.s.Study.Current().Page.Index; at != 1000 {
		t.Fatalf("looked at is %d while the first picture is on its way", at)
	}
	h.until("the last place", func() bool { return h.s.Study.Current().Page.Index == 3000 && h.page.shown.Image != nil })
	if len(seen) != 2 {
		t.Errorf("looked at were %v", seen)
	}
	if n, ok := cliptest.Number(h.page.shown.Image); !ok || n != 75 {
		t.Errorf("seen is frame %d, %v", n, ok)
	}
}

func TestFramesSecondsAndTypedTimes(t *testing.T) {
	h := newHarness(t)
	h.look(film, 1000)
	at := func(when string, want int) {
		t.Helper()
		h.until(fmt.Sprintf("%s to be at %d", when, want), func() bool { return h.s.Study.Current().Page.Index == want })
		if got := h.clips.time.Text; got != library.Timecode(want) {
			t.Errorf("%s: the time is %q", when, got)
		}
	}
	h.press(keys.FrameNext)
	at("a frame on", 1040)
	h.press(keys.FrameBack)
	at("a frame back", 1000)
	h.press(keys.SecondNext)
	at("a second on", 2000)
	h.press(keys.TenNext)
	at("past the end", h.clips.timeline.file.Duration)
	h.press(keys.TenBack)
	at("before the beginning", 0)
	h.win.Canvas().Focus(h.clips.time)
	h.clips.time.SetText("0:01,5")
	h.clips.time.OnReturn()
	at("typed", 1500)
	h.win.Canvas().Focus(h.clips.time)
	h.clips.time.SetText("khoảng giữa")
	h.clips.time.OnReturn()
	if !h.s.Notices.Now().Warn {
		t.Error("nobody says that this is no time")
	}
	h.win.Canvas().Unfocus()
	at("typed in vain", 1500)
	h.look(record, 0)
	h.press(keys.FrameNext, keys.SecondNext)
	if h.s.Study.Current().Page != (library.PageID{Path: record}) {
		t.Errorf("a page of a document moved to %v", h.s.Study.Current().Page)
	}
	if h.press(keys.MarkIn); !h.s.Notices.Now().Warn {
		t.Error("nobody says that a document can't be marked off")
	}
}

func TestMarksBelongToOneFrame(t *testing.T) {
	h := newHarness(t)
	h.look(film, 1000)
	box := library.MarksOf(library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.5, Y: 0.5}}})
	if !h.s.Marks.Set(study.OfPage, box) || h.s.Marks.Of(study.OfPage) != box {
		t.Fatal("a frame can't be marked")
	}
	h.look(film, 1040)
	if !h.s.Marks.Of(study.OfPage).IsZero() {
		t.Error("the next frame is marked, too")
	}
}

// A flag, and what else is noted, is of the recording, wherever it stands.
func TestWhatIsNotedIsOfTheRecording(t *testing.T) {
	h := newHarness(t)
	h.look(film, 1000)
	h.press(keys.FlagVerify)
	h.bar.text.SetText("đối chiếu giọng nói")
	h.bar.text.Keep()
	h.s.Playback.Seek(2000)
	h.pump()
	if !h.bar.box.Visible() || !strings.Contains(h.head.used.Text, "đối chiếu giọng nói") {
		t.Errorf("a second later the room says %q", h.head.used.Text)
	}
	if n := h.s.Dossier.Outline().Notes(); len(n) != 1 || n[0].Page.Index != 0 {
		t.Errorf("noted is %+v", n)
	}
}

func TestTheRoomSaysWhatTheCourtReadsOfTheTime(t *testing.T) {
	h := newHarness(t)
	h.look(film, 2000)
	rec := library.Recording{First: library.PageID{Path: film}, Stamp: library.StampTime}
	h.s.Edits.SetRecording(rec)
	h.pump()
	if !strings.Contains(h.head.used.Text, "0:00:02") {
		t.Errorf("the room says %q", h.head.used.Text)
	}
	rec.Stamp, rec.Clock = library.StampClock, "tối qua"
	if h.s.Edits.SetRecording(rec) || !h.s.Notices.Now().Warn {
		t.Error("a clock that can't be read was taken")
	}
	rec.Clock = "21:03:17 ngày 12/05/2024"
	h.s.Edits.SetRecording(rec)
	h.pump()
	if !strings.Contains(h.head.used.Text, "12/05/2024 21:03:19") || h.clips.stamp.Label != h.Room.s.T("recording-stamp-short.clock")+" ▾" {
		t.Errorf("the room says %q, the button %q", h.head.used.Text, h.clips.stamp.Label)
	}
	h.press(keys.Undo, keys.Undo)
	if h.clips.stamp.Label != h.Room.s.T("recording-stamp-short.none")+" ▾" {
		t.Errorf("taken back, the button says %q", h.clips.stamp.Label)
	}
}

func TestRowsOfClipsSayFromWhereToWhere(t *testing.T) {
	h := newHarness(t)
	h.mark(1000, 2000)
	step := h.added(keys.AddPage)
	if got := h.s.Labels.ShotFolios(step.Shot); got != "BL 45 ▸ 0:01–0:02" {
		t.Errorf("the row says %q", got)
	}
	if got := h.s.Labels.UsedText(library.PageID{Path: film, Index: 3000}); got == "" {
		t.Error("nobody says that the recording is used")
	}
	if got := label.Span(span(1040, 1600)); got != "0:01.040–0:01.600" {
		t.Errorf("within a second: %q", got)
	}
}
