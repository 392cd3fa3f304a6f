package library_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/librarytest"
)

const (
	filmPath  = "BG/Hỏi cung bị can.mp4"
	soundPath = "BG/Cuộc gọi.mp3"
)

// recordings is an index of a video and a sound file of a minute each, and a document.
func recordings(more ...library.File) *library.Index {
	return indexOf(append([]library.File{
		{Path: filmPath, Kind: library.KindVideo, Pages: 1, Duration: 60000, SHA256: shaA},
		{Path: soundPath, Kind: library.KindAudio, Pages: 1, Duration: 60000, SHA256: shaB},
		exhibit("BL 45-47 Biên bản hỏi cung.pdf", "", 3, library.KindPDF),
	}, more...)...)
}

func clipOf(path string, from, to int) library.Pane {
	return library.Pane{Page: at(path, from), Clip: library.Span{From: from, To: to}}
}

func TestAPassageIsAShot(t *testing.T) {
	p := library.Passage{First: at(filmPath, 7500), To: 9000, Title: "Khai nhận", Volume: 80, Speed: 50, Mute: true}
	shot := p.Shot()
	if i, span, ok := shot.Clip(); !ok || i != 0 || span != (library.Span{From: 7500, To: 9000, Volume: 80, Speed: 50, Mute: true}) || shot.Count != 1 {
		t.Errorf("it shows %+v", shot.List())
	}
	p.Beside = at("BL 45-47 Biên bản hỏi cung.pdf", 1)
	if shot = p.Shot(); shot.Count != 2 || shot.Panes[1] != (library.Pane{Page: p.Beside}) {
		t.Errorf("with its record it shows %+v", shot.List())
	}
	apply(t, librarytest.Small(t), func(o library.Outline) library.Edit {
		return o.AddSteps(library.Place{Parent: "a"}, library.Step{Shot: shot})
	})
}

func TestPassagesAndRecordingsAreEdited(t *testing.T) {
	a := library.Passage{First: at(filmPath, 9000), To: 12000, Title: "a"}
	b := library.Passage{First: at(filmPath, 500), To: 20000, Title: "b"}
	other := library.Passage{First: at(soundPath, 100), To: 200}
	o := apply(t, librarytest.Small(t), func(o library.Outline) library.Edit { return o.SetAll("passage", a, b, other) })
	if got := o.Passages(filmPath); !slices.Equal(got, []library.Passage{b, a}) {
		t.Errorf("in order of time: %+v", got)
	}
	moved := a
	moved.First.Index, moved.Title = 8000, "a2"
	o = apply(t, o, func(o library.Outline) library.Edit { return o.SetPassage(a.First, moved) })
	if got := o.Passages(filmPath); !slices.Equal(got, []library.Passage{b, moved}) {
		t.Errorf("begun earlier: %+v", got)
	}
	clash := b
	clash.First = moved.First
	if _, err := o.Apply(o.SetPassage(b.First, clash)); !errors.Is(err, library.ErrThere) {
		t.Errorf("two passages begin at one time: %v", err)
	}
	e := o.Remove("passage", b.Key())
	o = apply(t, o, func(library.Outline) library.Edit { return e })
	if got := o.Passages(filmPath); !slices.Equal(got, []library.Passage{moved}) {
		t.Errorf("one removed: %+v", got)
	}
	if back := apply(t, o, func(library.Outline) library.Edit { return e.Inverse() }); len(back.Passages(filmPath)) != 2 {
		t.Error("a passage that was removed does not come back")
	}

	r := library.Recording{First: at(filmPath, 0), Stamp: library.StampClock, Clock: "2024-05-12 21:03:17"}
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Set(r) })
	if got := o.Recording(filmPath); got != r {
		t.Errorf("the recording is %+v", got)
	}
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Set(library.Recording{First: r.First}) })
	if got := o.Recording(filmPath); o.Count(library.TableRecordings) != 0 || got != (library.Recording{First: r.First}) {
		t.Errorf("a recording of which nothing is known stays: %+v", got)
	}
}

func TestRecordingsThatCantBe(t *testing.T) {
	o := librarytest.Small(t)
	good := library.Passage{First: at(filmPath, 5), To: 6}
	change := func(f func(*library.Passage)) library.Record {
		p := good
		f(&p)
		return p
	}
	shot := func(panes ...library.Pane) library.Record {
		s, _ := o.Step("a1")
		s.Shot = library.Shot{Count: uint8(len(panes))}
		copy(s.Shot.Panes[:], panes)
		return s
	}
	wound := clipOf(filmPath, 5, 9)
	wound.Page.Index = 7
	for name, r := range map[string]library.Record{
		"no length":        change(func(p *library.Passage) { p.To = 5 }),
		"nothing at all":   library.Passage{First: at(filmPath, 0)},
		"out of the case":  change(func(p *library.Passage) { p.First.Path = "../x.mp4" }),
		"record outside":   change(func(p *library.Passage) { p.Beside = at("/etc/passwd", 0) }),
		"too loud":         change(func(p *library.Passage) { p.Volume = 151 }),
		"title":            change(func(p *library.Passage) { p.Title = "\xff" }),
		"middle":           library.Recording{First: at(filmPath, 1), Stamp: library.StampTime},
		"stamp":            library.Recording{First: at(filmPath, 0), Stamp: "x"},
		"clock":            library.Recording{First: at(filmPath, 0), Clock: "tối qua"},
		"two clips":        shot(clipOf(filmPath, 5, 9), clipOf(soundPath, 5, 9)),
		"not at its start": shot(wound),
		"clip ends early":  shot(library.Pane{Page: at(filmPath, 9), Clip: library.Span{From: 9, To: 8}}),
	} {
		if _, err := o.Apply(o.SetAll("x", r)); !errors.Is(err, library.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	apply(t, o, func(o library.Outline) library.Edit { return o.SetAll("x", good, shot(clipOf(filmPath, 5, 9))) })
}

func TestClocks(t *testing.T) {
	for _, typed := range []string{
		"2024-05-12 21:03:17", "12/5/2024 21:03:17", "12-05-2024 21:03:17", "21:03:17 ngày 12/05/2024", "12/05/2024, 21:03:17", "2024-05-12T21:03:17",
	} {
		if got, err := library.ParseClock(typed); err != nil || got.Format("2006-01-02 15:04:05") != "2024-05-12 21:03:17" {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "21:03", "12/05/2024", "31/2/2024 21:03", "12/05/2024 25:00", "12/05/0001 21:03", "x"} {
		if got, err := library.ParseClock(typed); err == nil {
			t.Errorf("%q is %v", typed, got)
		}
	}
}

func FuzzParseClock(f *testing.F) {
	f.Add("2024-05-12 21:03:17")
	f.Add("21:03 ngày 1/2/2024")
	f.Fuzz(func(t *testing.T, typed string) {
		at, err := library.ParseClock(typed)
		if err != nil {
			return
		}
		if again, err := library.ParseClock(at.Format("2006-01-02 15:04:05.999999999")); err != nil || !again.Equal(at) {
			t.Errorf("%q is %v, written plainly %v, %v", typed, at, again, err)
		}
	})
}

// clips is an outline with a step that plays a video beside a page, a passage of it, and what is known of it.
func clips(t testing.TB) library.Outline {
	return apply(t, librarytest.Small(t), func(o library.Outline) library.Edit {
		return o.AddSteps(library.Place{Parent: "b"}, library.Step{
			ID: "clip", Shot: library.Shot{}.Add(clipOf(filmPath, 7500, 9000)).Add(library.Pane{Page: at("BL 45-47 Biên bản hỏi cung.pdf", 1)}),
		})
	}, func(o library.Outline) library.Edit {
		return o.SetAll("passage",
			library.Passage{First: at(filmPath, 7500), To: 9000, Title: "Khai nhận", Speed: 50, Beside: at("BL 45-47 Biên bản hỏi cung.pdf", 1)},
			library.Passage{First: at(soundPath, 1), To: 2},
			library.Recording{First: at(filmPath, 0), Stamp: library.StampClock, Clock: "2024-05-12 21:03:17"})
	})
}

func TestClipsAreExportedAndImportedAsTheyAre(t *testing.T) {
	o := clips(t)
	first := export(t, o)
	in, err := library.DecodeOutline(first)
	if err != nil {
		t.Fatalf("%v:\n%s", err, first)
	}
	if again := export(t, in); !bytes.Equal(again, first) {
		t.Errorf("export, import, export differ:\n%s\n%s", first, again)
	}
	was, _ := o.Step("clip")
	if s, _ := in.Step("clip"); s.Shot != was.Shot {
		t.Errorf("the step shows %+v, want %+v", s.Shot, was.Shot)
	}
	if !slices.Equal(in.AllPassages(), o.AllPassages()) || !slices.Equal(in.Recordings(), o.Recordings()) {
		t.Errorf("passages %+v, recordings %+v", in.AllPassages(), in.Recordings())
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"a second clip":         {`"page": "BL 45-47 Biên bản hỏi cung.pdf#2"`, `"page": "x.mp4#2", "clip": {"from": 1, "to": 2}`, "panes[1].clip"},
		"a clip of two names":   {`"from": 7500`, `"From": 7500`, `want "from"`},
		"a clip from elsewhere": {`"from": 7500`, `"from": 7000`, "panes[0].clip"},
		"a passage twice":       {`"first": "` + filmPath + `#7501"`, `"first": "` + soundPath + `#2"`, "passages[1]"},
		"a passage's end":       {`"first": "` + soundPath + `#2",` + "\n   " + `"to": 2`, `"first": "` + soundPath + `#2",` + "\n   " + `"to": 1`, "passages[0].to"},
		"a clock":               {"2024-05-12 21:03:17", "hôm qua", "recordings[0].clock"},
	} {
		data := strings.Replace(string(first), c.old, c.new, 1)
		if _, err := library.DecodeOutline([]byte(data)); data == string(first) || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// What the third version of the form exported is read as it was meant; it knew no clips.
func TestAnOutlineOfTheThirdFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline3.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := o.Binding(at("a.pdf", 0)); !ok || b.Volume != "I" || o.Cover().Stated.Court != 120 || o.Note(at("a.pdf", 0)).Folio != library.NoFolio {
		t.Errorf("the binding is %+v, the cover %+v", b, o.Cover())
	}
	if s, _ := o.Step("x"); s.Shot.Panes[1].Marks.IsZero() || s.Shot.Panes[1].Clip != (library.Span{}) {
		t.Errorf("the step is %+v", s)
	}
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 3`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
}

// A recording and the written record beside its passage were renamed: all that was noted goes along.
func TestClipsFollowTheirFiles(t *testing.T) {
	shaC := shaA[1:] + "c"
	o := apply(t, clips(t), func(o library.Outline) library.Edit {
		return o.SetAll("passage", library.Passage{First: at(soundPath, 50), To: 60, Beside: at("BL 45-47 Biên bản hỏi cung.pdf", 0)})
	}, func(o library.Outline) library.Edit {
		return o.Sourced(o.Records(), func(path string) string {
			return map[string]string{filmPath: shaA, soundPath: shaB, "BL 45-47 Biên bản hỏi cung.pdf": shaC}[path]
		})
	})
	for _, path := range []string{filmPath, soundPath, "BL 45-47 Biên bản hỏi cung.pdf"} {
		if _, known := o.Source(path); !known {
			t.Fatalf("%s is not among the files that are referred to", path)
		}
	}
	x := indexOf(
		library.File{Path: "phim.mp4", Kind: library.KindVideo, Pages: 1, Duration: 60000, SHA256: shaA},
		library.File{Path: soundPath, Kind: library.KindAudio, Pages: 1, Duration: 60000, SHA256: shaB},
		exhibit("biên bản.pdf", shaC, 3, library.KindPDF),
	)
	e := o.Relink(x)
	next := apply(t, o, func(library.Outline) library.Edit { return e })
	if s, _ := next.Step("clip"); s.Shot.Panes[0] != clipOf("phim.mp4", 7500, 9000) || s.Shot.Panes[1].Page != at("biên bản.pdf", 1) {
		t.Errorf("the step shows %+v", s.Shot.List())
	}
	want := []library.Passage{
		{First: at(soundPath, 1), To: 2},
		{First: at(soundPath, 50), To: 60, Beside: at("biên bản.pdf", 0)},
		{First: at("phim.mp4", 7500), To: 9000, Title: "Khai nhận", Speed: 50, Beside: at("biên bản.pdf", 1)},
	}
	if got := next.AllPassages(); !slices.Equal(got, want) {
		t.Errorf("passages %+v, want %+v", got, want)
	}
	if r := next.Recording("phim.mp4"); r.Clock == "" || len(next.Recordings()) != 1 {
		t.Errorf("recordings %+v", next.Recordings())
	}
	if back, err := next.Apply(e.Inverse()); err != nil || !back.Same(o) {
		t.Errorf("it can't be undone: %v", err)
	}
}

// Of two copies of a recording one is left: what is known of both is put together there.
func TestCopiesOfARecordingArePutTogether(t *testing.T) {
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.SetAll("x",
			library.Passage{First: at("a.mp4", 5), To: 9}, library.Passage{First: at("b.mp4", 5), To: 8, Title: "tên"},
			library.Recording{First: at("a.mp4", 0), Stamp: library.StampTime}, library.Recording{First: at("b.mp4", 0), Clock: "2024-05-12 21:03:17"})
	}, func(o library.Outline) library.Edit {
		return o.Sourced(o.Records(), func(string) string { return shaA })
	})
	next := apply(t, o, func(o library.Outline) library.Edit {
		return o.Relink(indexOf(library.File{Path: "a.mp4", Kind: library.KindVideo, Pages: 1, Duration: 9, SHA256: shaA}))
	})
	if got := next.AllPassages(); !slices.Equal(got, []library.Passage{{First: at("a.mp4", 5), To: 9, Title: "tên"}}) {
		t.Errorf("passages %+v", got)
	}
	if got := next.Recordings(); !slices.Equal(got, []library.Recording{{First: at("a.mp4", 0), Stamp: library.StampTime, Clock: "2024-05-12 21:03:17"}}) {
		t.Errorf("recordings %+v", got)
	}
}

func TestSinceTellsOfPassages(t *testing.T) {
	was := clips(t)
	now := apply(t, was, func(o library.Outline) library.Edit {
		p, _ := o.Passage(at(filmPath, 7500))
		p.To, p.Mute = 9500, true
		return o.SetAll("x", p, library.Passage{First: at(filmPath, 1), To: 2}, library.Recording{First: at(soundPath, 0), Stamp: library.StampTime})
	}, func(o library.Outline) library.Edit {
		return o.Remove("passage", library.Passage{First: at(soundPath, 1)}.Key())
	}, func(o library.Outline) library.Edit {
		s, _ := o.Step("clip")
		s.Shot.Panes[0].Clip.Mute = true
		return o.Set(s)
	})
	var got []string
	for _, d := range now.Since(was) {
		got = append(got, fmt.Sprintf("%s %s %v", d.Kind, d.Record.Key().ID, d.Fields))
	}
	want := []string{
		"changed clip [Shot]", "added " + filmPath + "#2 []", "changed " + filmPath + "#7501 [To Mute]", "added " + soundPath + "#1 []",
		"removed " + soundPath + "#2 []",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Whatever frame of a recording is asked for, it is of the recording's one document.
func TestAFrameIsOfItsRecordingsDocument(t *testing.T) {
	x := recordings()
	o := apply(t, clips(t), func(o library.Outline) library.Edit {
		return o.SetAll("x", library.Heading{First: at(filmPath, 0), Title: "Ghi hình hỏi cung"}, library.PageNote{Page: at(filmPath, 0), Folio: "99"})
	})
	for _, index := range []int{0, 1, 7500, 60000} {
		d, ok := o.DocumentOf(at(filmPath, index), x)
		if !ok || d.Title != "Ghi hình hỏi cung" || len(d.Pages) != 1 || d.Index(at(filmPath, index)) != 0 || !d.Has(at(filmPath, index)) {
			t.Errorf("%d: %+v, %v", index, d, ok)
		}
		if f := o.FolioOf(at(filmPath, index), x); f.Number != 99 {
			t.Errorf("%d: folio %v", index, f)
		}
		if state, _ := o.Locate(at(filmPath, index), x); state != library.PageFound {
			t.Errorf("%d: %s", index, state)
		}
		if got := x.Head(at(filmPath, index)); got != at(filmPath, 0) {
			t.Errorf("%d: its head is %v", index, got)
		}
	}
	if state, _ := o.Locate(at(filmPath, 60001), x); state != library.PageMissing {
		t.Errorf("a frame behind the end is %s", state)
	}
	if state, _ := o.Locate(at(soundPath, 5), x); state != library.PageFound {
		t.Errorf("a recording without a folio is %s", state)
	}
	if got := x.Head(at("BL 45-47 Biên bản hỏi cung.pdf", 2)); got.Index != 2 {
		t.Errorf("the head of a document's page is %v", got)
	}
	d, _ := o.DocumentOf(at(filmPath, 0), x)
	if _, further := d.Further(at(filmPath, 30000), 1); further {
		t.Error("a recording has a second page")
	}
	sound, _ := o.DocumentOf(at(soundPath, 0), x)
	if !o.Uses(d) || o.Uses(sound) || len(o.UsedOf(d, at(filmPath, 0))) != 1 {
		t.Error("the step that plays the video does not use its document")
	}
	if pages := o.Pages(x); len(pages) != 5 {
		t.Errorf("pages %v", pages)
	}
	if bare := folios.NumberingOf(o, x).Unnumbered; slices.Contains(bare, at(soundPath, 0)) {
		t.Error("a recording is missed for a stamp")
	}
	behind := recordings(library.File{Path: "z.mp4", Kind: library.KindVideo, Pages: 1, Duration: 9})
	if pages := folios.PagesFrom(o, at("BL 45-47 Biên bản hỏi cung.pdf", 0), folios.ReachVolume, behind); len(pages) != 3 {
		t.Errorf("a volume's numbers go on into a recording: %v", pages)
	}
}

// The whole recording is turned, marks are on their own frames.
func TestARecordingIsTurnedWhole(t *testing.T) {
	x := recordings()
	box := library.MarksOf(points)
	o := apply(t, clips(t), func(o library.Outline) library.Edit {
		return o.SetAll("mark", o.MarkPage(at(filmPath, 500), box, x)...)
	})
	if n := o.PagesNow(x).Of(at(filmPath, 500)); n.Marks != box || n.Upright != 0 {
		t.Fatalf("marked: %+v", n)
	}
	was, _ := o.Step("clip")
	o = apply(t, o, func(o library.Outline) library.Edit { return o.TurnPage(at(filmPath, 7600), 1, x) })
	now := o.PagesNow(x)
	for index, marks := range map[int]library.Marks{0: {}, 500: box.Turned(1), 501: {}, 7500: {}} {
		if got := now.Of(at(filmPath, index)); got.Upright != 1 || got.Marks != marks {
			t.Errorf("%d: %+v", index, got)
		}
	}
	if n := o.Note(at(filmPath, 0)); n.Turn != 1 || o.Count(library.TablePages) != 2 {
		t.Errorf("notes %+v", o.Notes())
	}
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.SetAll("mark", o.MarkPage(at(filmPath, 500), library.Marks{}, x)...)
	})
	if n := o.PagesNow(x).Of(at(filmPath, 500)); n.Upright != 1 || !n.Marks.IsZero() || o.Count(library.TablePages) != 1 {
		t.Errorf("unmarked: %+v, notes %+v", n, o.Notes())
	}
	if s, _ := o.Step("clip"); s.Shot != was.Shot { // the view of all of it, no marks: nothing lies otherwise
		t.Errorf("the step shows %+v", s.Shot)
	}
}

func TestAStepThatPlaysPastTheEndIsFound(t *testing.T) {
	o := clips(t)
	s, _ := o.Step("clip")
	for duration, want := range map[int]library.PageState{9000: "", 8999: library.PageShort, 7499: library.PageMissing} {
		file := library.File{Path: filmPath, Kind: library.KindVideo, Pages: 1, Duration: duration}
		x := indexOf(file, exhibit("BL 45-47 Biên bản hỏi cung.pdf", "", 3, library.KindPDF))
		var got library.PageState
		for _, f := range o.ResolveStep(s, x) {
			got += f.State
		}
		if got != want {
			t.Errorf("of %d ms: %q, want %q", duration, got, want)
		}
	}
	unread := indexOf(library.File{Path: filmPath, Kind: library.KindVideo}, exhibit("BL 45-47 Biên bản hỏi cung.pdf", "", 3, library.KindPDF))
	if found := o.ResolveStep(s, unread); len(found) > 0 {
		t.Errorf("while the file is not read: %+v", found)
	}
}

func TestTheCourtReadsWhereARecordingStands(t *testing.T) {
	x := recordings()
	slow := clipOf(filmPath, 451000, 500000)
	slow.Clip.Speed = 50
	for _, c := range []struct {
		captions library.Captions
		stamp    string
		clock    string
		pane     library.Pane
		want     string
	}{
		{library.CaptionNone, "", "", library.Pane{Page: at(filmPath, 451000)}, ""},
		{library.CaptionFull, "", "", library.Pane{Page: at(filmPath, 451000)}, "Hỏi cung bị can"},
		{library.CaptionNone, library.StampTime, "", library.Pane{Page: at(filmPath, 451999)}, "0:07:31"},
		{library.CaptionFull, library.StampTime, "", clipOf(filmPath, 451000, 500000), "Hỏi cung bị can · 0:07:31"},
		{library.CaptionNone, library.StampClock, "2024-05-12 21:03:17", library.Pane{Page: at(filmPath, 451000)}, "12/05/2024 21:10:48"},
		{library.CaptionNone, library.StampClock, "", library.Pane{Page: at(filmPath, 451000)}, "0:07:31"},
		{library.CaptionNone, "", "2024-05-12 21:03:17", library.Pane{Page: at(filmPath, 451000)}, ""},
		{library.CaptionNone, "", "", slow, "phát ở tốc độ 50%"},
		{library.CaptionFull, library.StampTime, "", slow, "Hỏi cung bị can · 0:07:31 · phát ở tốc độ 50%"},
		// Of sound there is nothing else to see.
		{library.CaptionNone, "", "", library.Pane{Page: at(soundPath, 3723000)}, "Cuộc gọi · 1:02:03"},
		{library.CaptionFolio, library.StampClock, "2024-05-12 21:03:17", clipOf(soundPath, 0, 5), "Cuộc gọi · 12/05/2024 21:03:17"},
	} {
		o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
			return o.SetAll("x", library.Cover{Kind: library.CaseCriminal, Captions: c.captions},
				library.Recording{First: at(c.pane.Page.Path, 0), Stamp: c.stamp, Clock: c.clock})
		})
		if got := o.Caption(c.pane, x); got != c.want {
			t.Errorf("captions %q, stamp %q, clock %q, %s %+v: %q, want %q", c.captions, c.stamp, c.clock, c.pane.Page, c.pane.Clip, got, c.want)
		}
	}
}

func TestARedactionHoldsForAllOfARecording(t *testing.T) {
	film := library.File{Path: "a.mp4", Kind: library.KindVideo, Pages: 1, Duration: 60_000}
	paper := library.File{Path: "b.pdf", Kind: library.KindPDF, Pages: 2}
	hides := library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}})
	other := library.MarksOf(library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: 0.3, Y: 0.3}, {X: 0.4, Y: 0.4}}})
	var o library.Outline
	var err error
	for _, n := range []library.PageNote{{Page: library.PageID{Path: "a.mp4", Index: 7000}, Marks: hides.And(other)}, {Page: library.PageID{Path: "b.pdf", Index: 0}, Marks: hides}} {
		if o, err = o.Apply(o.SetAll("mark", n)); err != nil {
			t.Fatal(err)
		}
	}
	now := o.PagesNow(library.NewIndex([]library.Exhibit{library.NewExhibit(film), library.NewExhibit(paper)}))
	for page, want := range map[library.PageID]library.Marks{
		{Path: "a.mp4", Index: 0}: hides, {Path: "a.mp4", Index: 59_000}: hides, {Path: "a.mp4", Index: 7000}: hides.And(other), {Path: "b.pdf", Index: 0}: hides, {Path: "b.pdf", Index: 1}: {},
	} {
		if got := now.Shown(page).Marks; len(got.List()) != len(want.List()) {
			t.Errorf("%v is shown with %v, want %v", page, got, want)
		}
	}
	if !now.Of(library.PageID{Path: "a.mp4", Index: 0}).Marks.IsZero() {
		t.Error("the mark is another frame's own, too")
	}
}
