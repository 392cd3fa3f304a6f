package shelf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
)

// A list that an earlier version wrote is read whole; what it did not know is unknown, and stays so until the case is opened.
func TestAnOldListIsRead(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("testdata", "shelf-2025.json"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, fileName), old, 0o600); err != nil {
		t.Fatal(err)
	}
	s := load(t, dir)
	cases := s.Cases()
	if len(cases) != 2 || cases[0].Title != "Vụ án Trần Văn Hùng" || cases[0].Pages != 312 || cases[0].Opened.IsZero() || !cases[1].Opened.IsZero() {
		t.Fatalf("of the old list is read %+v", cases)
	}
	if e := cases[0]; e.Kind != "" || e.Stage != "" || e.Steps != 0 || !e.Checked.IsZero() || !e.Held.IsZero() {
		t.Errorf("what the old list does not know is %+v", e)
	}
	if s.Settings().More["layout.trial"] != "0.7" || s.Settings().Language != "vi" {
		t.Errorf("settings: %+v", s.Settings())
	}
	e := cases[0]
	if !filepath.IsAbs(e.Path) {
		return // the list was written on Linux: its folders are none on Windows, and none is remembered
	}
	e.Stage, e.Steps, e.Kind = StageOutline, 7, library.CaseCriminal
	if err := s.Remember(e); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, load(t, dir).Cases()[0]); diff != "" {
		t.Errorf("written and read again: %s", diff)
	}
}

// A list of today is read by a version that knows only what the old one had.
func TestTodaysListIsReadByAnEarlierVersion(t *testing.T) {
	dir := t.TempDir()
	s := load(t, dir)
	e := Entry{
		Path: filepath.Join(dir, "a"), ID: "A", Title: "Vụ A", Opened: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Pages: 3, Exhibits: 2,
		Kind: library.CaseCivil, Stage: StageSubmitted, Steps: 4, Checked: time.Date(2026, 1, 3, 3, 4, 5, 0, time.UTC), CheckedOf: "ab", Doubts: 1,
	}
	if err := s.Remember(e); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Version int
		Cases   []struct {
			Path, ID, Title string
			Opened          time.Time
			Pages, Exhibits int
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil || doc.Version != 1 || len(doc.Cases) != 1 || doc.Cases[0].Title != e.Title || doc.Cases[0].Pages != 3 {
		t.Errorf("an earlier version reads %+v, %v", doc, err)
	}
}

// The picture of the first pages goes with its case: forgotten, or fallen off the list, it is gone.
func TestTheFirstPagesGoWithTheirCase(t *testing.T) {
	dir := t.TempDir()
	s := load(t, dir)
	at := func(i int) string { return filepath.Join(dir, fmt.Sprint("case ", i)) }
	for i := range 3 {
		if err := errors.Join(s.Remember(Entry{Path: at(i)}), s.SaveFirsts(at(i), []byte{byte(i)})); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := load(t, dir).Firsts(at(1)); err != nil || !bytes.Equal(b, []byte{1}) {
		t.Errorf("the first pages are %v, %v", b, err)
	}
	if err := s.Forget(at(1)); err != nil {
		t.Error(err)
	}
	for i := range maxEntries - 1 {
		if err := s.Remember(Entry{Path: at(10 + i)}); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []bool{false, false, true} {
		if _, err := s.Firsts(at(i)); (err == nil) != want || err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the first pages of case %d: %v, want them: %v", i, err, want)
		}
	}
	if err := s.SaveFirsts(at(2), make([]byte, maxFirsts+1)); err == nil {
		t.Error("a picture larger than is read again was kept")
	}
}
