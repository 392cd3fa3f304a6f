package library

import (
	"path/filepath"
	"testing"
)

// Names that were typed before Unicode are read, and their folios with them; the path stays what it is on disk.
func TestNamesOfBeforeUnicodeAreRead(t *testing.T) {
	for system, want := range map[string]struct{ name, title, folio string }{
		"BL 45 Biªn b¶n lÊy lêi khai.pdf":     {"BL 45 Biên bản lấy lời khai.pdf", "Biên bản lấy lời khai", "45"},
		"Bót lôc 33 - Lêi khai.pdf":           {"Bút lục 33 - Lời khai.pdf", "Lời khai", "33"},
		"BL 7 Bi\xaan b\xb6n l\xeai khai.pdf": {"BL 7 Biên bản lời khai.pdf", "Biên bản lời khai", "7"},
		"Bieân baûn laáy lôøi khai.pdf":       {"Biên bản lấy lời khai.pdf", "Biên bản lấy lời khai", ""},
		"BL 2 Biên bản.pdf":                   {"BL 2 Biên bản.pdf", "Biên bản", "2"},
		"Procès-verbal d'été.pdf":             {"Procès-verbal d'été.pdf", "Procès-verbal d'été", ""},
		"\xff\xfe.pdf":                        {"\ufffd.pdf", "\ufffd", ""},
	} {
		path := EscapePath("Hå s¬ vô ¸n/" + system)
		if SystemPath(path) != filepath.FromSlash("Hå s¬ vô ¸n/"+system) {
			t.Errorf("%q is another path: %q", system, SystemPath(path))
		}
		if got := ReadablePath(path); got != "Hồ sơ vụ án/"+want.name {
			t.Errorf("%q reads %q", system, got)
		}
		e := NewExhibit(File{Path: path, Pages: 1})
		if e.Title != want.title || e.Folio(0).String() != want.folio {
			t.Errorf("%q: title %q, folio %q", system, e.Title, e.Folio(0))
		}
	}
}
