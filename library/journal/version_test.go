package journal

import (
	"bytes"
	"flag"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"butluc/library"
)

var update = flag.Bool("update", false, "write testdata anew")

// trial is a short trial in which a recording is shown, played, wound and played again.
func trial(tb testing.TB, j *Journal) {
	tb.Helper()
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.FixedZone("", 7*3600))
	add := func(e Entry, frame *image.RGBA) {
		at = at.Add(7250 * time.Millisecond)
		e.At = at
		j.Append(e, frame)
	}
	frame := image.NewRGBA(image.Rect(0, 0, 3, 2))
	const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	still := func(ms int) *Shown {
		return &Shown{Size: "3x2", Step: "S", Number: "1.1", Panes: []Pane{
			{Path: "Ghi hình/camera.mp4", SHA256: hash, Page: ms + 1, Clip: true, Title: "Ghi hình hỏi cung", Caption: library.Clock(ms), Tone: "hlg"},
		}}
	}
	played := func(from, to int) *Played {
		return &Played{
			Path: "Ghi hình/camera.mp4", SHA256: hash, Title: "Ghi hình hỏi cung", Folio: "A3", From: from, To: to, Speed: 50, Volume: 120, Mute: true, Tracks: library.Tracks{Video: 2},
		}
	}
	add(Entry{Kind: KindStart, Trial: &Trial{Mode: "second", Screen: "3x2", Case: "C", Program: "1.0", Renderer: "MuPDF"}}, nil)
	add(Entry{Kind: KindShow, Shown: still(7480)}, frame)
	add(Entry{Kind: KindPlay, Played: played(7480, 0)}, nil)
	add(Entry{Kind: KindStop, Played: played(7480, 31200)}, nil)
	add(Entry{Kind: KindView, Shown: still(31200)}, frame)
	add(Entry{Kind: KindView, Shown: still(12000)}, frame)
	add(Entry{Kind: KindPlay, Played: &Played{Path: "gọi.mp3", Sound: true, Speed: 100, Volume: 100}}, nil)
	add(Entry{Kind: KindHash, Hashed: &Hashed{Path: "gọi.mp3", SHA256: hash, Lines: []int{7}}}, nil)
	asked := Consent{Panes: []Pane{{Path: "Ghi hình/camera.mp4", Page: 7481, Clip: true, Title: "Ghi hình hỏi cung"}}, Request: "Đề nghị Hội đồng xét xử cho xem.", Ground: "a", Step: "S", Number: "1.1"}
	add(Entry{Kind: KindConsent, Consent: &asked}, nil)
	refused := asked
	refused.Refused = true
	add(Entry{Kind: KindConsent, Consent: &refused}, nil)
	add(Entry{Kind: KindNote, Text: "Bị cáo không có mặt", Note: &Note{Argument: true, Excerpt: "e1", Met: "BL 45 · Biên bản hỏi cung"}}, nil)
	add(Entry{Kind: KindCut}, nil)
	add(Entry{Kind: KindEnd}, nil)
}

// What this version writes is what it promised to.
func TestTheFormat(t *testing.T) {
	dir := t.TempDir()
	j, _, err := Open(dir, filepath.Join(dir, "head"))
	if err != nil {
		t.Fatal(err)
	}
	trial(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(j.Path())
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/version6.jsonl"
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(got, want) {
		t.Errorf("it writes\n%s\nwant\n%s%v", got, want, err)
	}
}

// A journal of every version there was is read as it was meant, and goes on in this one.
func TestAJournalOfAnOlderVersionGoesOn(t *testing.T) {
	for file, last := range map[string]Entry{
		"testdata/version1.jsonl": {N: 5, Version: 1, Kind: KindEnd},
		"testdata/version2.jsonl": {N: 5, Version: 2, Kind: KindEnd},
		"testdata/version3.jsonl": {N: 8, Version: 3, Kind: KindEnd},
		"testdata/version4.jsonl": {N: 9, Version: 4, Kind: KindEnd},
		"testdata/version5.jsonl": {N: 10, Version: 5, Kind: KindEnd},
	} {
		old, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), old, 0o600); err != nil {
			t.Fatal(err)
		}
		j, setAside, err := Open(dir, filepath.Join(dir, "head"))
		if err != nil || setAside != "" {
			t.Fatalf("%s: %q, %v", file, setAside, err)
		}
		trial(t, j)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		var entries []Entry
		if err := verify(t, j.Path(), filepath.Join(dir, "head")); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if _, err := ReadFile(j.Path(), func(e Entry) { entries = append(entries, e) }); err != nil || len(entries) != last.N+13 {
			t.Fatalf("%s: %d entries, %v", file, len(entries), err)
		}
		if e := entries[last.N-1]; e.N != last.N || e.Version != last.Version || e.Kind != last.Kind {
			t.Errorf("%s ends with %+v", file, e)
		}
		shown := entries[1].Shown
		if shown.Panes[0].Clip != (last.Version > 2) || shown.Pixels == "" {
			t.Errorf("%s shows %+v", file, shown)
		}
		if e := entries[last.N+3]; e.Version != Version || e.Played == nil || e.Played.From != 7480 || e.Played.To != 31200 {
			t.Errorf("%s goes on with %+v", file, e)
		}
		if now, err := os.ReadFile(j.Path()); err != nil || !bytes.HasPrefix(now, old) {
			t.Errorf("%s was changed: %v", file, err)
		}
	}
}

// A recording is drawn again at the very millisecond.
func TestAStillIsDrawnAgainAtItsTime(t *testing.T) {
	p := Pane{Path: "camera.mp4", Page: 7481, Clip: true, Title: "Ghi hình hỏi cung"}
	shown := Shown{Panes: []Pane{p, {Path: "a.pdf", Page: 2, Title: "Biên bản"}}}
	want := library.ShotOf(library.PageID{Path: "camera.mp4", Index: 7480}, library.PageID{Path: "a.pdf", Index: 1})
	if got := shown.Shot(); got != want {
		t.Errorf("%+v, want %+v", got.List(), want.List())
	}
	if got, want := (Span{Entry: Entry{Shown: &shown}}).Titles(), "Ghi hình hỏi cung · 0:07.480 ⇄ Biên bản"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if p.Title = ""; p.Name() != "0:07.480" {
		t.Errorf("without a title it is %q", p.Name())
	}
}
