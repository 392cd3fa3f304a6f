package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/store"
	"butluc/library/store/storetest"
)

// A case whose records are of the seventh version, which knew no closing speech, comes back whole, and takes one.
func TestRecordsOfTheSeventhVersionAreRead(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	old, err := os.ReadFile("testdata/records7.db")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, library.Sidecar)
	if err := errors.Join(os.MkdirAll(home, 0o700), os.WriteFile(filepath.Join(home, "case.db"), old, 0o600)); err != nil {
		t.Fatal(err)
	}
	said := library.Paragraph{ID: "p", Text: "Bị cáo có mặt"}.Citing("e1")
	for n := range 2 { // the second time with records of today among them
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		o, err := s.Outline()
		if r := s.Report(); err != nil || r.SetAside != "" || r.Fresh {
			t.Fatalf("%+v, %v", r, err)
		}
		if e, _ := o.Excerpt("e1"); e.To != 9000 || len(o.Cues("camera.mp4")) != 1 {
			t.Errorf("the excerpt is %+v, the transcript %+v", e, o.Cues("camera.mp4"))
		}
		if list := o.Paragraphs(); n == 1 && (len(list) != 1 || list[0].Text != said.Text || list[0].Cites != said.Cites) {
			t.Errorf("the closing speech is %+v", list)
		}
		if n == 0 {
			edit := o.AddParagraph(said, library.Place{})
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
