package library

import (
	"encoding/hex"
	"slices"
	"testing"
)

// short is an id for a name.
func short(name string) ID {
	text := hex.EncodeToString([]byte(name))
	return ID(text[max(0, len(text)-60):])
}

// attributed is a case of statements and two persons.
func attributed(t *testing.T, names ...string) (Outline, *Index) {
	t.Helper()
	files := []File{
		{Path: "Lời khai/BL 1-2 Biên bản ghi lời khai Lương Minh Đạt.pdf", Kind: KindPDF, Pages: 2},
		{Path: "Lời khai/BL 3 Biên bản hỏi cung lần 1.pdf", Kind: KindPDF, Pages: 1},
		{Path: "Lời khai/BL 4 Biên bản đối chất Nguyễn Văn Hùng và Lương Minh Đạt.pdf", Kind: KindPDF, Pages: 1},
		{Path: "Lời khai/BL 5 Bien ban ghi loi khai Nguyen Van Hung.pdf", Kind: KindPDF, Pages: 1},
		{Path: "Tố tụng/BL 6 Quyết định khởi tố Lương Minh Đạt.pdf", Kind: KindPDF, Pages: 1},
	}
	var o Outline
	for _, name := range names {
		next, err := o.Apply(o.AddPerson(Person{ID: short(name), Name: name}))
		if err != nil {
			t.Fatal(err)
		}
		o = next
	}
	return o, NewIndex(Exhibits(files))
}

func TestStatementsFindTheirPerson(t *testing.T) {
	o, x := attributed(t, "Lương Minh Đạt", "Nguyễn Văn Hùng", "Nguyễn Văn Hưng")
	got := o.Attribute(x, func(p PageID) []ID {
		if p.Path == "Lời khai/BL 3 Biên bản hỏi cung lần 1.pdf" {
			return []ID{short("Nguyễn Văn Hưng")}
		}
		return []ID{"nobody-asks"}
	})
	want := []Attribution{
		{Persons: []ID{short("Lương Minh Đạt")}, Certain: true},
		{Persons: []ID{short("Nguyễn Văn Hưng")}},                           // only its page tells
		{Persons: []ID{short("Lương Minh Đạt"), short("Nguyễn Văn Hùng")}},  // two are named
		{Persons: []ID{short("Nguyễn Văn Hùng"), short("Nguyễn Văn Hưng")}}, // without accents both are
	}
	if len(got) != len(want) {
		t.Fatalf("%d proposals: %v", len(got), got)
	}
	for i, a := range got {
		if !slices.Equal(a.Persons, want[i].Persons) || a.Certain != want[i].Certain {
			t.Errorf("%s: of %v, certain %v; want %v", a.Title, a.Persons, a.Certain, want[i])
		}
	}
}

// All that is applied is one step to undo; what has a person already is not proposed again, and a title stays.
func TestAttributionsAreOneStep(t *testing.T) {
	o, x := attributed(t, "Lương Minh Đạt")
	first := o.Attribute(x, nil)
	e := o.SetAttributed(first...)
	next, err := o.Apply(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range first {
		d, _ := next.DocumentOf(a.First, x)
		if d.Person != a.Persons[0] || d.Title != a.Title {
			t.Errorf("%s is %q of %q", a.Title, d.Title, d.Person)
		}
	}
	if again := next.Attribute(x, nil); len(again) != 0 {
		t.Errorf("proposed again: %v", again)
	}
	back, err := next.Apply(e.Inverse())
	if err != nil || !back.Same(o) {
		t.Errorf("undone it is another outline (%v)", err)
	}
}
