package library_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

const camera = "Dữ liệu điện tử/Ghi hình hỏi cung.mp4"

// transcribed is a case with four lines of a recording.
func transcribed(t testing.TB) library.Outline {
	t.Helper()
	cues := []library.Cue{
		{First: at(camera, 1000), Text: "Tối hôm đó anh ở đâu?"},
		{First: at(camera, 4000), Text: "Tôi ở nhà.", Person: "dat"},
		{First: at(camera, 9000), To: 9500, Text: "Anh nói lại đi."},
		{First: at(camera, 12_000), Text: "Tôi có đến quán.", Person: "dat"},
	}
	return apply(
		t, librarytest.Small(t),
		func(o library.Outline) library.Edit {
			return o.AddPerson(library.Person{ID: "dat", Name: "Lê Đạt"})
		},
		func(o library.Outline) library.Edit { return o.SetCues(camera, cues, false) },
	)
}

func texts(cues []library.Cue) []string {
	var list []string
	for _, c := range cues {
		list = append(list, library.Clock(c.First.Index)+" "+c.Text)
	}
	return list
}

func TestALineIsHeardUntilTheNextOne(t *testing.T) {
	cues := transcribed(t).Cues(camera)
	for at, want := range map[int]int{0: -1, 999: -1, 1000: 0, 3999: 0, 4000: 1, 11_999: 2, 99_000: 3} {
		if got := library.CueAt(cues, at); got != want {
			t.Errorf("at %d ms line %d is heard, want %d", at, got, want)
		}
	}
	for i, want := range []library.Span{{From: 1000, To: 4000}, {From: 4000, To: 9000}, {From: 9000, To: 9500}, {From: 12_000, To: 20_000}} {
		if got, ok := library.CueSpan(cues, i, 20_000); !ok || got != want {
			t.Errorf("line %d is heard %+v, want %+v", i, got, want)
		}
	}
	if _, ok := library.CueSpan(cues, 3, 11_000); ok {
		t.Error("a line behind the recording's end is heard")
	}
}

func TestALineIsMovedChangedAndUndone(t *testing.T) {
	o := transcribed(t)
	moved := library.Cue{First: at(camera, 3500), Text: "Tôi ở nhà mẹ.", Person: "dat"}
	next := apply(t, o, func(o library.Outline) library.Edit { return o.SetCue(at(camera, 4000), moved) })
	if got := next.Cues(camera); len(got) != 4 || got[1] != moved {
		t.Errorf("the transcript is %+v", got)
	}
	if _, err := o.Apply(o.SetCue(at(camera, 4000), library.Cue{First: at(camera, 9000)})); !errors.Is(err, library.ErrThere) {
		t.Errorf("a line takes another one's place: %v", err)
	}
	if _, err := o.Apply(o.Set(library.Cue{First: at(camera, 1000), To: 1000})); !errors.Is(err, library.ErrInvalid) {
		t.Errorf("a line that ends where it begins: %v", err)
	}
	without := apply(t, next, func(o library.Outline) library.Edit { return o.Delete("dat") })
	if got, _ := without.Cue(at(camera, 12_000)); got.Person != "" || got.Text == "" {
		t.Errorf("with its speaker gone the line is %+v", got)
	}
}

// Lines that are read from a file stand among those that are there, or take their place.
func TestLinesComeIn(t *testing.T) {
	o := transcribed(t)
	read := []library.Cue{
		{First: library.PageID{Index: 4000}, Text: "Tôi ở nhà tôi."},
		{First: library.PageID{Index: 20_000}, Text: "Hết."},
		{First: library.PageID{Index: 20_000}, Text: "Ký tên."},
	}
	among := apply(t, o, func(o library.Outline) library.Edit { return o.SetCues(camera, read, false) })
	if got, want := texts(among.Cues(camera)), []string{
		"0:01 Tối hôm đó anh ở đâu?", "0:04 Tôi ở nhà tôi.", "0:09 Anh nói lại đi.", "0:12 Tôi có đến quán.", "0:20 Hết.\nKý tên.",
	}; !slices.Equal(got, want) {
		t.Errorf("among those that were there: %q", got)
	}
	instead := apply(t, o, func(o library.Outline) library.Edit { return o.SetCues(camera, read, true) })
	if got, want := texts(instead.Cues(camera)), []string{"0:04 Tôi ở nhà tôi.", "0:20 Hết.\nKý tên."}; !slices.Equal(got, want) {
		t.Errorf("in the place of those that were there: %q", got)
	}
	many := make([]library.Cue, library.MaxCues)
	for i := range many {
		many[i] = library.Cue{First: library.PageID{Index: 100_000 + i}, Text: "lời"}
	}
	if _, err := o.Apply(o.SetCues(camera, many, false)); !errors.Is(err, library.ErrInvalid) {
		t.Errorf("more lines than there may be: %v", err)
	}
}

// A transcript goes along with the outline, also to a copy whose files have other names, and with a version of another person.
func TestATranscriptTravels(t *testing.T) {
	o := transcribed(t)
	back, err := library.DecodeOutline(export(t, o))
	if err != nil || !slices.Equal(back.Cues(camera), o.Cues(camera)) {
		t.Fatalf("imported: %+v, %v", back.Cues(camera), err)
	}
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.Sourced(o.Records(), func(path string) string { return map[string]string{camera: shaA}[path] })
	})
	x := library.NewIndex([]library.Exhibit{{File: library.File{Path: "A.mp4", Kind: library.KindVideo, Pages: 1, Duration: 20_000, SHA256: shaA}}})
	renamed := apply(t, o, func(o library.Outline) library.Edit { return o.Relink(x) })
	if got := renamed.Cues("A.mp4"); len(got) != 4 || len(renamed.Cues(camera)) != 0 {
		t.Errorf("in a copy with another name: %+v", got)
	}
}

func TestAnOutlineOfTheSeventhFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline7.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := o.Excerpt("e1")
	if h, _ := o.StatedHash("camera.mp4"); e.Text != "Tôi có mặt" || e.Weight != 2 || len(o.Contradictions()) != 1 || h.MD5 == "" {
		t.Errorf("the excerpt is %+v, the hash %+v", e, h)
	}
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 7`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
}
