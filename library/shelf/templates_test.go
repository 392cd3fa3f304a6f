package shelf_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"

	"butluc/library/shelf"
)

func TestTemplatesAreKeptUnderTheirNames(t *testing.T) {
	s, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Templates(); len(got) != 0 {
		t.Fatalf("a new shelf has templates: %q", got)
	}
	for _, name := range []string{"Mẫu 10", "Mẫu 2", "Trộm cắp (Điều 173)"} {
		if err := s.SaveTemplate(name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"Mẫu 2", "Mẫu 10", "Trộm cắp (Điều 173)"}
	if got := s.Templates(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, err := s.Template("Mẫu 10"); err != nil || string(got) != "Mẫu 10" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := s.Template("Mẫu 3"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a template that is not there: %v", err)
	}
}

func TestTemplateNamesNeverLeadElsewhere(t *testing.T) {
	s, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveTemplate("../../x:y", []byte("z")); err != nil {
		t.Fatal(err)
	}
	if got := s.Templates(); len(got) != 1 || got[0] != "______x_y" {
		t.Errorf("got %q", got)
	}
	for _, name := range []string{"", "  ", "..", "///"} {
		if err := s.SaveTemplate(name, nil); !errors.Is(err, shelf.ErrTemplateName) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// Nothing is kept that could not be read again: the list would offer a template that opens for nobody.
func TestATemplateThatIsTooLargeIsNotKept(t *testing.T) {
	s, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveTemplate("lớn", make([]byte, 16<<20+1)); !errors.Is(err, shelf.ErrTemplateSize) {
		t.Errorf("17 MB: %v", err)
	}
	if got := s.Templates(); len(got) != 0 {
		t.Errorf("it is listed: %q", got)
	}
	if err := s.SaveTemplate("vừa", make([]byte, 16<<20)); err != nil {
		t.Error(err)
	}
	if _, err := s.Template("vừa"); err != nil {
		t.Error(err)
	}
}
