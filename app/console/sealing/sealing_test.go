package sealing

import (
	"path/filepath"
	"testing"
	"time"
)

// The name of a package tells nothing of the case. Where sealing broke off, it goes on in the same file; other cases, and other
// folders, have names of their own.
func TestAPackagesNameTellsNothing(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 30, 5, 0, time.Local)
	s := &Sealing{now: func() time.Time { return now }}
	stick, other := t.TempDir(), t.TempDir()
	first := s.FileIn(stick, "/hồ sơ/Vụ Trần Văn Mẫu")
	if filepath.Base(first) != "goi-20260302-083005.butluc" {
		t.Errorf("it is called %s", first)
	}
	s.broken = Order{Dir: "/hồ sơ/Vụ Trần Văn Mẫu", File: first}
	now = now.Add(time.Minute)
	if again := s.FileIn(stick, "/hồ sơ/Vụ Trần Văn Mẫu"); again != first {
		t.Errorf("it goes on in %s", again)
	}
	for _, file := range []string{s.FileIn(stick, "/hồ sơ/Vụ khác"), s.FileIn(other, "/hồ sơ/Vụ Trần Văn Mẫu")} {
		if filepath.Base(file) != "goi-20260302-083105.butluc" {
			t.Errorf("another is called %s", file)
		}
	}
}
