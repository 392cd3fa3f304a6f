package prepare

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
	"butluc/library"
)

// said are the lines of the film's transcript, by time.
func (h *harness) said() []string {
	var list []string
	for _, c := range h.s.Dossier.Outline().Cues(film) {
		p, _ := h.s.Dossier.Outline().Person(c.Person)
		list = append(list, library.Clock(c.First.Index)+" "+p.Name+"|"+c.Text)
	}
	return list
}

func (h *harness) wantSaid(what string, want ...string) {
	h.t.Helper()
	if got := h.said(); !slices.Equal(got, want) {
		h.t.Errorf("%s: the transcript is %q, want %q", what, got, want)
	}
}

// hear types into the line at hand.
func (h *harness) hear(text string) {
	h.t.Helper()
	if h.win.Canvas().Focused() != fyne.Focusable(h.clips.script.text.Field) {
		h.t.Fatalf("%v has the keyboard, not the line", h.win.Canvas().Focused())
	}
	test.Type(h.clips.script.text.Field, text)
}

func transcribing(t *testing.T) *harness {
	t.Helper()
	h := newHarness(t)
	h.edit(h.s.Dossier.Outline().AddPerson(library.Person{ID: "dat", Name: "Lê Văn Đạt"}))
	h.edit(h.s.Dossier.Outline().AddPerson(library.Person{ID: "dtv", Name: "Nguyễn Hữu Toàn"}))
	h.look(film, 1000)
	return h
}

// One key begins a line where the recording stands, Enter the next one; a name before a colon says who speaks. Each line is one
// step of undo, and the court hears and sees nothing of it.
func TestALineIsStampedWhileOneListens(t *testing.T) {
	h := transcribing(t)
	told := h.court.Told()
	h.press(keys.StampLine)
	h.hear("Tối hôm đó anh ở đâu?")
	h.s.Study.Stand(2000) // it plays on
	h.clips.script.text.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.pump()
	h.hear("Đạt: Tôi ở nhà.")
	h.clips.script.text.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	h.pump()
	if c, _ := h.s.Cues.Chosen(); c.First.Index != 1000 || h.clips.script.text.Text != "Tối hôm đó anh ở đâu?" {
		t.Errorf("the line before is %+v, the field has %q", c, h.clips.script.text.Text)
	}
	h.wantSaid("typed", "0:01 |Tối hôm đó anh ở đâu?", "0:02 Lê Văn Đạt|Tôi ở nhà.")
	h.clips.script.text.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	h.clips.script.text.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	h.pump()
	h.s.Cues.Delete()
	h.wantSaid("deleted", "0:01 |Tối hôm đó anh ở đâu?")
	h.press(keys.Undo)
	h.wantSaid("taken back", "0:01 |Tối hôm đó anh ở đâu?", "0:02 Lê Văn Đạt|Tôi ở nhà.")
	if h.court.Told() != told {
		t.Error("the court screen was told something")
	}
}

// Let stand and played on, a recording goes back a little, while its transcript is seen; Ctrl+Space does it while one types.
func TestPlayingGoesBackAfterAPause(t *testing.T) {
	h := transcribing(t)
	h.look(film, 3000)
	h.press(keys.StampLine)
	play := &desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierControl}
	h.clips.script.text.TypedShortcut(play)
	if !h.s.Playback.Now().Playing {
		t.Fatalf("nothing plays: %q", h.s.Notices.Now().Text)
	}
	h.until("pictures", func() bool { return h.s.Playback.Now().Picture != nil })
	h.clips.script.text.TypedShortcut(play)
	h.until("it to stand", func() bool { return !h.s.Playback.Now().Playing })
	stood := h.s.Playback.Playhead()
	h.clips.script.text.TypedShortcut(play)
	if at := h.s.Playback.Playhead(); at != max(0, stood-3000) {
		t.Errorf("let stand at %d, it goes on from %d", stood, at)
	}
	h.s.Playback.Stop()
	h.press(keys.Transcript)
	h.look(film, 3500)
	h.press(keys.Audition)
	if at := h.s.Playback.Playhead(); at != 3500 {
		t.Errorf("without its transcript it plays from %d", at)
	}
	h.s.Playback.Stop()
}

func TestAClickOnALinePlaysFromThere(t *testing.T) {
	h := transcribing(t)
	h.edit(h.s.Dossier.Outline().SetCues(film, []library.Cue{{First: library.PageID{Index: 1000}, Text: "A"}, {First: library.PageID{Index: 2000}, Text: "B"}}, false))
	h.press(keys.Transcript)
	h.clips.script.play(1)
	if c, _ := h.s.Cues.Chosen(); c.Text != "B" || !h.s.Playback.Now().Playing || h.s.Playback.Playhead() != 2000 {
		t.Errorf("the line is %+v; it plays %v from %d", c, h.s.Playback.Now().Playing, h.s.Playback.Playhead())
	}
	h.until("its end", func() bool { return !h.s.Playback.Now().Playing })
	if h.s.Cues.Heard() != 1 {
		t.Errorf("line %d is heard at the end", h.s.Cues.Heard())
	}
}

// A transcript of another program comes in as one edit; a file that is none changes nothing, and says why.
func TestATranscriptIsTakenIn(t *testing.T) {
	h := transcribing(t)
	h.press(keys.Transcript)
	h.file = filepath.Join(t.TempDir(), "lời.srt")
	read := func(text string) {
		t.Helper()
		if err := os.WriteFile(h.file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		h.clips.script.read(false)
		h.until("the file", func() bool { _, busy := h.s.Jobs.Now(); return !busy })
	}
	read("1\n00:00:01,000 --> 00:00:02,000\nToàn: Anh ở đâu?\n\n2\n00:00:03,000 --> 00:00:04,000\nTôi ở nhà.\n")
	want := []string{"0:01 Nguyễn Hữu Toàn|Anh ở đâu?", "0:03 |Tôi ở nhà."}
	h.wantSaid("read", want...)
	read("1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:0x,000 --> 00:00:04,000\nB\n")
	h.wantSaid("a broken file", want...)
	if n := h.s.Notices.Now(); !n.Warn {
		t.Errorf("of the broken file is said %q", n.Text)
	}
	read("99:00:00,000 --> 99:00:01,000\nC\n")
	if n := h.s.Notices.Now(); !n.Warn {
		t.Errorf("of lines behind the recording's end is said %q", n.Text)
	}
	h.press(keys.Undo)
	h.wantSaid("taken back", want...)
}

// A line becomes an excerpt, and that a step that plays it.
func TestALineIsAnExcerptThatPlays(t *testing.T) {
	h := transcribing(t)
	h.edit(h.s.Dossier.Outline().SetCues(film, []library.Cue{{First: library.PageID{Index: 1000}, Text: "Tôi cầm con dao", Person: "dat"}, {First: library.PageID{Index: 2500}, Text: "B"}}, false))
	h.press(keys.Transcript)
	h.s.Cues.Choose(library.PageID{Path: film, Index: 1000})
	h.clips.script.excerpt()
	e, ok := h.s.Excerpts.Chosen()
	if !ok || e.Text != "Tôi cầm con dao" || e.Person != "dat" || e.Page.Index != 1000 || e.To != 2500 {
		t.Fatalf("the excerpt is %+v", e)
	}
	if row, _ := h.s.Excerpts.Row(e.ID); row.State != library.PageFound || row.Person != "Lê Văn Đạt" {
		t.Errorf("it is listed as %+v", row)
	}
	h.s.Excerpts.IntoOutline(e.ID)
	var played library.Span
	for ref := range h.s.Dossier.Outline().Walk() {
		if _, span, plays := ref.Step.Shot.Clip(); plays {
			played = span
		}
	}
	if played != (library.Span{From: 1000, To: 2500}) {
		t.Errorf("the step plays %+v", played)
	}
}

// The written record stands in the place of the picture, and is leafed through; the recording stays what is looked at.
func TestTheWrittenRecordStandsBesideTheTranscript(t *testing.T) {
	h := transcribing(t)
	h.press(keys.Transcript)
	h.clips.script.toggleRecord()
	if h.clips.script.page.Visible() || !h.s.Notices.Now().Warn {
		t.Errorf("a record is shown that there is not; said is %q", h.s.Notices.Now().Text)
	}
	h.kept(1000, 2000, "đoạn")
	h.s.Passages.Change(func(p *library.Passage) { p.Beside = library.PageID{Path: record} })
	h.look(film, 1500)
	h.clips.script.toggleRecord()
	h.until("its page", func() bool { return h.clips.script.shown == h.clips.script.beside })
	h.until("its picture", func() bool { _, size := h.clips.script.page.Shown(); return size.Width > 0 })
	h.Do(keys.PageNext)
	if _, size := h.clips.script.page.Shown(); h.clips.script.shown != h.clips.script.beside && size.Width > 0 {
		t.Error("while the next page is drawn, the page before stands in its place")
	}
	h.pump()
	if h.clips.script.beside != (library.PageID{Path: record, Index: 1}) || h.s.Study.Current().Page.Path != film {
		t.Errorf("shown is %v, looked at %v", h.clips.script.beside, h.s.Study.Current().Page)
	}
	if !h.Close() || h.clips.script.page.Visible() {
		t.Error("Esc does not bring the picture back")
	}
}
