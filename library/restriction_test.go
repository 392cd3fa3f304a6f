package library_test

import (
	"slices"
	"testing"

	"butluc/library"
)

// restricted are the pages that may not be shown to everybody, by both ways of asking.
func restricted(t *testing.T, o library.Outline, x *library.Index) (pages []string) {
	t.Helper()
	all := o.RestrictedPages(x)
	for _, d := range o.Documents(x) {
		for _, p := range d.WithHidden().Pages {
			one, is := o.RestrictionOf(p, x)
			if all[p] != one || is != (one.Code != "") {
				t.Errorf("%s: of all pages %+v, by itself %+v", p, all[p], one)
			}
			if is {
				pages = append(pages, p.String())
			}
		}
	}
	return pages
}

// What is of a person under 18 is restricted by itself: their documents whole, and the pages that have excerpts of theirs;
// nothing else is, and nothing any more once they are not.
func TestPagesOfAProtectedPersonAreRestricted(t *testing.T) {
	const other = "Tập 3/BL 9-11 Biên bản đối chất.pdf"
	x := indexOf(exhibit(statement, "", 4, library.KindPDF), exhibit(other, "", 3, library.KindPDF))
	protect := func(is bool) func(o library.Outline) library.Edit {
		return func(o library.Outline) library.Edit {
			p, _ := o.Person("dat")
			p.Protected = is
			return o.Set(p)
		}
	}
	o := apply(
		t, studied(t), protect(true),
		func(o library.Outline) library.Edit {
			return o.Set(library.Heading{First: at(statement, 2), Title: "Lời khai", Person: "dat"})
		},
		func(o library.Outline) library.Edit {
			return o.AddExcerpt(library.Excerpt{ID: "loi", Page: at(other, 1), Person: "dat"})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: at(other, 2), Restricted: "ca-nhan", Text: "y bạ"})
		},
	)
	want := []string{at(statement, 2).String(), at(statement, 3).String(), at(other, 1).String(), at(other, 2).String()}
	if got := restricted(t, o, x); !slices.Equal(got, want) {
		t.Errorf("restricted are %q, want %q", got, want)
	}
	if why, _ := o.RestrictionOf(at(statement, 3), x); why.Person != "dat" {
		t.Errorf("because of %+v", why)
	}
	o = apply(t, o, protect(false))
	if got := restricted(t, o, x); !slices.Equal(got, want[3:]) {
		t.Errorf("once they are not protected: %q", got)
	}
}

// A statement whose file was renamed stays restricted, all of it, before anybody says that it is the same.
func TestAMovedStatementStaysRestricted(t *testing.T) {
	o := apply(
		t, studied(t),
		func(o library.Outline) library.Edit {
			p, _ := o.Person("dat")
			p.Protected = true
			return o.Set(p)
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.Heading{First: at(statement, 0), Title: "Lời khai", Person: "dat"})
		},
		func(o library.Outline) library.Edit {
			return o.Sourced(o.Records(), func(path string) string { return map[string]string{statement: shaA}[path] })
		},
	)
	x := indexOf(exhibit("khác.pdf", shaA, 2, library.KindPDF))
	for i := range 2 {
		if why := o.RestrictedPages(x)[at("khác.pdf", i)]; why.Person != "dat" {
			t.Errorf("page %d: %+v", i, why)
		}
	}
}
