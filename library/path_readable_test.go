package library_test

import (
	"testing"

	"butluc/library"
)

// What people read of a name is the name, whatever the library keeps in its place.
func TestTitlesHaveNoEscapes(t *testing.T) {
	for name, want := range map[string]string{
		"BL 25-28 Thương tích 15%.pdf":       "Thương tích 15%",
		"BL 7 Tỷ lệ 15%25 ghi sai.pdf":       "Tỷ lệ 15%25 ghi sai",
		"100%.jpg":                           "100%",
		"Tập 1 - 20%/BL 1 Bản ảnh 5%.jpg":    "Bản ảnh 5%",
		"BL 3 Tên h\xffng.pdf":               "Tên h\ufffdng",
		"BL 4 Biên bản hỏi cung%20lần 2.pdf": "Biên bản hỏi cung%20lần 2",
	} {
		f := library.File{Path: library.EscapePath(name), Pages: 1}
		if got := library.NewExhibit(f).Title; got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
		if got := library.EscapePath(library.SystemPath(f.Path)); got != f.Path {
			t.Errorf("%q is kept as %q, then as %q", name, f.Path, got)
		}
	}
}
