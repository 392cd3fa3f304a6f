package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"butluc/library"
	"butluc/library/store"
	"butluc/library/store/storetest"
)

// A case of the first released format opens, keeps what it had, and takes an outline.
func TestFormat1(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/format1.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "case.db"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{true, false, false} { // the last finds it migrated
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data, ReadOnly: readOnly})
		files, err := s.Files()
		if r := s.Report(); r.SetAside != "" || r.Fresh || err != nil {
			t.Fatalf("read-only %v: %+v, %v", readOnly, r, err)
		}
		if s.ID() != "3SGDJEKKLR4FGQMUTOJOYBYSBW" || s.Title() != "Vụ Bùi Quang Khải" || len(files) != 3 || s.Setting("room") != "prepare" {
			t.Errorf("id %s, title %s, %d files, room %q", s.ID(), s.Title(), len(files), s.Setting("room"))
		}
		e := library.Outline{}.AddPhase(library.Phase{ID: library.NewID()}, library.Place{})
		if err := s.PutEdit(e, library.HistoryChange{}); err != nil {
			t.Errorf("keep an edit: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if o, err := s.Outline(); err != nil || len(o.Phases()) != 2 {
		t.Errorf("%d phases, %v; the two written to the migrated database are missing", len(o.Phases()), err)
	}
}

func TestOutlineAndHistoryComeBack(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	var o library.Outline
	var h library.History
	shot := library.ShotOf(library.PageID{Path: "Tập 1/a#b.pdf", Index: 6}).Add(library.Pane{
		Page: library.PageID{Path: "ảnh.jpg"}, View: library.Rect{X0: 0.1, Y0: 1.0 / 3, X1: 0.7, Y1: 0.9}, Turn: 3,
	})
	do := func(e library.Edit) {
		t.Helper()
		next, err := o.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.PutEdit(e, h.Do(e, time.Time{})); err != nil {
			t.Fatal(err)
		}
		o = next
	}
	do(o.AddPerson(library.Person{ID: "khai", Name: "Bùi Quang Khải", Role: "bi-cao", Present: true}))
	do(o.AddPhase(library.Phase{ID: "p", Code: "xet-hoi", Title: "Xét hỏi"}, library.Place{}))
	do(o.AddScenario(library.Scenario{ID: "s", Title: "Phản cung", Trigger: "nếu", Digit: 3, Color: "red", Notes: "n"}, library.Place{Parent: "p"}))
	do(o.AddSteps(library.Place{Parent: "s"}, library.Step{ID: "x", Title: "t", Say: "hỏi\nhai dòng", Asks: "khai", Notes: "n", Ground: "g", Shot: shot}))
	do(o.Set(library.Heading{First: library.PageID{Path: "a.pdf", Index: 3}, Title: "Biên bản", Person: "khai", Date: "1/2", FolioFrom: "12", FolioTo: "15a"}))
	do(o.Set(library.Join{ID: "j", Title: "ba trang", Paths: []string{"1.jpg", "2.jpg"}}))
	do(o.Set(library.PageNote{Page: library.PageID{Path: "a.pdf"}, Turn: 2, Hidden: true, Flag: library.FlagKey, Text: "x"}))
	do(o.Set(library.Cover{Kind: library.CaseCivil, Office: "VKSND khu vực 1"}))
	do(o.Delete("x"))
	undo, change := h.Undo()
	next, err := o.Apply(undo)
	if err != nil || s.PutEdit(undo, change) != nil {
		t.Fatal(err)
	}
	o = next
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = storetest.OpenDir(t, dir, store.Options{DataDir: data})
	got, err := s.Outline()
	if err != nil || !got.Same(o) {
		t.Errorf("the outline differs: %v", err)
	}
	back, err := s.History()
	if err != nil {
		t.Fatal(err)
	}
	if undo, redo := back.Len(); undo != 8 || redo != 1 {
		t.Errorf("%d to undo, %d to redo; want 8 and 1", undo, redo)
	}
	for {
		e, _ := back.Undo()
		if e.IsZero() {
			break
		}
		if got, err = got.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if !got.IsEmpty() {
		t.Error("undone to the beginning, the outline is not empty")
	}
}

// A case whose records are of the sixth version, which knew no transcripts, comes back whole, and takes them.
func TestRecordsOfTheSixthVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records6.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := errors.Join(os.MkdirAll(home, 0o700), os.WriteFile(filepath.Join(home, "case.db"), old, 0o600)); err != nil {
		t.Fatal(err)
	}
	cue := library.Cue{First: library.PageID{Path: "camera.mp4", Index: 7480}, Text: "Tôi có mặt", Person: "an"}
	for n := range 2 { // the second time with records of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh {
			t.Fatalf("%+v, %v", r, err)
		}
		e, _ := o.Excerpt("e1")
		if h, _ := o.StatedHash("camera.mp4"); e.Text != "Tôi có mặt" || e.To != 0 || len(o.Contradictions()) != 1 || h.MD5 == "" {
			t.Errorf("the excerpt is %+v, the hash %+v", e, h)
		}
		if cues := o.Cues("camera.mp4"); n == 1 && (len(cues) != 1 || cues[0] != cue) {
			t.Errorf("the transcript is %+v", cues)
		}
		if n == 0 {
			edit := o.SetCue(cue.First, cue)
			h, err := s.History()
			if err := errors.Join(err, s.PutEdit(edit, h.Do(edit, time.Time{}))); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A case whose records are of the fifth version, which knew one film and one sound of a recording, comes back whole, and
// takes others.
func TestRecordsOfTheFifthVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records5.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := errors.Join(os.MkdirAll(home, 0o700), os.WriteFile(filepath.Join(home, "case.db"), old, 0o600)); err != nil {
		t.Fatal(err)
	}
	want := library.Tracks{}
	for n := range 2 { // the second time with records of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh {
			t.Fatalf("%+v, %v", r, err)
		}
		files, err := s.Files()
		if err != nil || len(files) != 1 || files[0].Duration != 60000 || files[0].Tracks != want {
			t.Fatalf("%+v, %v", files, err)
		}
		step, _ := o.Step("x")
		pane, passage := step.Shot.First(), o.Passages("camera.mp4")[0]
		if pane.Clip != (library.Span{From: 7480, To: 9000}) || pane.Tracks != want || passage.Title != "đoạn" || passage.Tracks != want {
			t.Errorf("%+v, %+v", pane, passage)
		}
		if n == 0 {
			want = library.Tracks{Video: 2, Audio: 3}
			pane.Tracks, passage.Tracks, files[0].Tracks = want, want, want
			step.Shot = library.Shot{}.Add(pane)
			h, err := s.History()
			e := o.SetAll("edit", step, passage)
			if err := errors.Join(err, s.PutEdit(e, h.Do(e, time.Time{})), s.PutFiles(files...)); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A case whose records are of the fourth version, which told of no phase what it is in the hearing, comes back whole:
// its phases are what their names say, what was submitted is as it was, and a person can tell otherwise.
func TestRecordsOfTheFourthVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records4.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "case.db"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	want := []library.Part{"", "xet-hoi", "tranh-luan", "luan-toi"}
	for n := range 2 { // the second time with a record of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh || len(o.Phases()) != len(want) {
			t.Fatalf("%+v, %v", r, err)
		}
		for i, p := range o.Phases() {
			if p.Part() != want[i] {
				t.Errorf("%q is %q, want %q", p.Title, p.Part(), want[i])
			}
		}
		approvals, err := s.Approvals()
		if err != nil || len(approvals) != 1 {
			t.Fatalf("%d approvals, %v", len(approvals), err)
		}
		if exported := sha256.Sum256(approvals[0].Exported()); hex.EncodeToString(exported[:]) != approvals[0].SHA256 {
			t.Error("what was submitted has another fingerprint than on paper")
		}
		h, err := s.History()
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			p := o.Phases()[0]
			p.Told, want[0] = "luan-toi", "luan-toi"
			e := o.SetAll("part", p)
			if err := s.PutEdit(e, h.Do(e, time.Time{})); err != nil {
				t.Fatal(err)
			}
		}
		if undo, _ := h.Len(); undo != 15 {
			t.Errorf("%d edits can be undone", undo)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A case whose records are of the third version, which knew no clips, comes back whole and takes them: its outline, its
// files, what can be undone, and what was submitted.
func TestRecordsOfTheThirdVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records3.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "case.db"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	passage := library.Passage{First: library.PageID{Path: "phim.mp4", Index: 7040}, To: 9000, Title: "Khai nhận"}
	recording := library.Recording{First: library.PageID{Path: "phim.mp4"}, Stamp: library.StampTime}
	for n := range 2 { // the second time with records of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh {
			t.Fatalf("%+v, %v", r, err)
		}
		page := library.PageID{Path: "a.pdf"}
		if b, _ := o.Binding(page); b.Volume != "I" || o.Note(page).Folio != library.NoFolio || o.Cover().Stated.Court != 120 {
			t.Errorf("the binding is %+v, the note %+v, the cover %+v", b, o.Note(page), o.Cover())
		}
		files, err := s.Files()
		if err != nil || len(files) != 1 || files[0].Fault.Code != library.FaultVideo || files[0].Duration != 0 {
			t.Errorf("files %+v, %v", files, err)
		}
		h, err := s.History()
		if err != nil {
			t.Fatal(err)
		}
		if undo, _ := h.Len(); undo != 9+2*n {
			t.Errorf("%d edits can be undone, want %d", undo, 9+2*n)
		}
		approvals, err := s.Approvals()
		if err != nil || len(approvals) != 1 {
			t.Fatalf("%d approvals, %v", len(approvals), err)
		}
		if exported := sha256.Sum256(approvals[0].Exported()); hex.EncodeToString(exported[:]) != approvals[0].SHA256 {
			t.Error("what was submitted has another fingerprint than on paper")
		}
		step, _ := o.Step("x")
		if n == 1 {
			if _, span, plays := step.Shot.Clip(); !plays || span != passage.Span() || len(o.Passages("phim.mp4")) != 1 || o.Recording("phim.mp4") != recording {
				t.Errorf("the step shows %+v, passages %+v", step.Shot.List(), o.AllPassages())
			}
		}
		if n == 0 {
			step.Shot = passage.Shot()
			for _, r := range [][]library.Record{{passage, recording}, {step}} {
				e := o.SetAll("x", r...)
				if o, err = o.Apply(e); err != nil {
					t.Fatal(err)
				}
				if err := s.PutEdit(e, h.Do(e, time.Time{})); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A case whose records are of the second version, which knew no bindings, comes back whole and takes them.
func TestRecordsOfTheSecondVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records2.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "case.db"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	page := library.PageID{Path: "a.pdf"}
	binding := library.Binding{First: page, Series: library.SeriesCourt, Volume: "I"}
	for n := range 2 { // the second time with a record of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh {
			t.Fatalf("%+v, %v", r, err)
		}
		if note := o.Note(page); note.Marks.IsZero() || note.Folio != "45a" || o.Cover().Captions != library.CaptionFolio {
			t.Errorf("the note is %+v, the cover %+v", note, o.Cover())
		}
		h, err := s.History()
		if err != nil {
			t.Fatal(err)
		}
		if undo, _ := h.Len(); undo != 10+n {
			t.Errorf("%d edits can be undone, want %d", undo, 10+n)
		}
		if got, there := o.Binding(page); there != (n == 1) || there && got != binding {
			t.Errorf("the binding is %+v, %v", got, there)
		}
		if e := o.Set(binding); n == 0 {
			if err := s.PutEdit(e, h.Do(e, time.Time{})); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A case whose records are of the first version, which knew no marks, comes back whole: the outline, what can be
// undone, and what was submitted, whose fingerprint stands on paper. It takes marks.
func TestRecordsOfTheFirstVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records1.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "case.db"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	page := library.PageID{Path: "a.pdf"}
	marks := library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}})
	want := library.ShotOf(library.PageID{Path: "Tập 1/a#b.pdf", Index: 6}).Add(library.Pane{
		Page: library.PageID{Path: "ảnh.jpg"}, View: library.Rect{X0: 0.1, Y0: 1.0 / 3, X1: 0.7, Y1: 0.9}, Turn: 3,
	})
	for n := range 2 { // the second time with a record of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh {
			t.Fatalf("%+v, %v", r, err)
		}
		if step, ok := o.Step("x"); !ok || step.Shot != want || step.Say != "hỏi\nhai dòng" {
			t.Errorf("the step is %+v", step)
		}
		note := o.Note(page)
		if note.Turn != 2 || !note.Hidden || note.Restricted != "ca-nhan" || note.Marks.IsZero() != (n == 0) {
			t.Errorf("the note is %+v", note)
		}
		h, err := s.History()
		if err != nil {
			t.Fatal(err)
		}
		if undo, _ := h.Len(); undo != 8+n {
			t.Errorf("%d edits can be undone, want %d", undo, 8+n)
		}
		approvals, err := s.Approvals()
		if err != nil || len(approvals) != 1 {
			t.Fatalf("%d approvals, %v", len(approvals), err)
		}
		exported := sha256.Sum256(approvals[0].Exported())
		if got := hex.EncodeToString(exported[:]); got != approvals[0].SHA256 {
			t.Errorf("what is exported has the fingerprint %s, on paper stands %s", got, approvals[0].SHA256)
		}
		if err := s.PutApproval(approvals[0]); err != nil {
			t.Error(err)
		}
		note.Marks = marks
		if e := o.Set(note); n == 0 {
			if err := s.PutEdit(e, h.Do(e, time.Time{})); err != nil {
				t.Fatal(err)
			}
		} else if o.Note(page).Marks != marks {
			t.Errorf("the marks came back as %v", o.Note(page).Marks)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A record that makes no sense costs itself, not the outline, and stays where it is; a history with
// one is given up, since undo past a gap would lead to what never was.
func TestSenselessRecords(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	o := library.Outline{}
	var h library.History
	e := o.AddPhase(library.Phase{ID: "p"}, library.Place{})
	if err := errors.Join(s.PutEdit(e, h.Do(e, time.Time{})), s.Close()); err != nil {
		t.Fatal(err)
	}
	records := map[string]string{
		"steps/x": `{"id":"x","scenario":"gone","rank":"V"}`, "phases/q": `{"id":"other","rank":"V"}`, "phases/r": `rubbish`,
		"nothing/1": `{}`, "phases": `{}`,
	}
	path := filepath.Join(dir, library.Sidecar, "case.db")
	edit(t, path, func(tx *bolt.Tx) error {
		for name, value := range records {
			if err := tx.Bucket([]byte("outline")).Put([]byte(name), store.SealRecord("outline", name, []byte(value))); err != nil {
				return err
			}
		}
		return tx.Bucket([]byte("history")).Put([]byte("0002"), store.SealRecord("history", "0002", []byte("rubbish")))
	})
	for range 2 {
		s = storetest.OpenDir(t, dir, store.Options{DataDir: data})
		got, err := s.Outline()
		if err == nil || len(got.Phases()) != 1 || got.Count(library.TableSteps) != 0 {
			t.Errorf("%d phases, %v", len(got.Phases()), err)
		}
		for name := range records {
			if !strings.Contains(err.Error(), name) && name != "steps/x" {
				t.Errorf("%s is not told of: %v", name, err)
			}
		}
		if _, err := s.History(); err == nil {
			t.Error("a history with a gap was taken")
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
