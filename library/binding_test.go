package library_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/librarytest"
)

func TestNumbersThatStartAgainAreNoDoubles(t *testing.T) {
	x := librarytest.Volumes()
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.SetAll("heading", library.Heading{First: at("Quyển 03.pdf", 0), FolioFrom: "1"})
	})
	n := folios.NumberingOf(o, x)
	if n.Odd() != 0 || len(n.Volumes) != 4 {
		t.Errorf("numbering %+v", n)
	}
	for i, want := range []string{"", "Tập 1", "Tập 2", "Quyển 3"} {
		if n.Volumes[i].Volume != want {
			t.Errorf("volume %d is %q, want %q", i, n.Volumes[i].Volume, want)
		}
	}
	if got := o.Call("2", x); len(got) != 3 {
		t.Errorf("2 calls %v", got)
	}
	third := at("Tập 2 - Lời khai/BL 1-4 Biên bản hỏi cung.pdf", 1)
	for _, typed := range []string{"2 tập 2", "2 tap 02", "2/2", "2 hoi cung", "BL 2, Tập 2", "2 khai"} {
		if got := o.Call(typed, x); typed != "2 khai" && !slices.Equal(got, []library.PageID{third}) || typed == "2 khai" && got != nil {
			t.Errorf("%q calls %v", typed, got)
		}
	}
	// A binding is a person's word, and stands over what names tell.
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.SetAll("binding", library.Binding{First: at("Tập 2 - Lời khai", 0), Series: library.SeriesCourt, Volume: "II"},
			library.Binding{First: at("Quyển 03.pdf", 4), Series: library.SeriesCourt, Volume: "II"})
	})
	for page, want := range map[library.PageID]library.Bound{
		third: {Series: library.SeriesCourt, Volume: "II"}, at("Quyển 03.pdf", 3): {Volume: "Quyển 3"},
		at("Quyển 03.pdf", 4): {Series: library.SeriesCourt, Volume: "II"}, at("Tập 1/BL 1-6 Đơn.pdf", 0): {Volume: "Tập 1"},
	} {
		if got := o.BoundOf(page, x); got != want {
			t.Errorf("%v counts in %+v, want %+v", page, got, want)
		}
	}
	// A number typed behind is whole: the volume 30 is not 3.
	thirty := apply(t, o, func(o library.Outline) library.Edit {
		return o.SetAll("binding", library.Binding{First: at("Tập 1", 0), Volume: "Tập 30"})
	})
	if got := thirty.Call("2 tập 3", x); got != nil {
		t.Errorf("2 of volume 3 is %v", got)
	}
	if got := o.Call("2 tòa", x); !slices.Equal(got, []library.PageID{third}) {
		t.Errorf("the court's 2 is %v", got)
	}
	if n := folios.NumberingOf(o, x); n.Odd() != 4 { // 5 to 8 are in both
		t.Errorf("numbering %+v", n)
	}
}

// Folders whose numbers go on are one volume: what is missing between them is missing.
func TestNumbersThatGoOnAreOneVolume(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("Tập 1/BL 1-100.pdf", "", 100, library.KindPDF), exhibit("Tập 2/BL 99-200.pdf", "", 102, library.KindPDF), exhibit("Tập 3/BL 202-210.pdf", "", 9, library.KindPDF),
	}))
	n := folios.NumberingOf(library.Outline{}, x)
	if len(n.Volumes) != 1 || len(n.Volumes[0].Doubles) != 2 || len(n.Volumes[0].Gaps) != 1 || n.Volumes[0].Gaps[0].String() != "201" {
		t.Errorf("numbering %+v", n)
	}
}

func TestStatedCount(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("BL 3-10.pdf", "", 8, library.KindPDF), exhibit("BL 10a.pdf", "", 1, library.KindPDF), exhibit("Tòa/BL 1-2.pdf", "", 4, library.KindPDF),
	}))
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.SetAll("cover", library.Cover{Kind: library.CaseCriminal, Stated: library.Stated{}.With(library.SeriesNone, 12).With(library.SeriesCourt, 1)},
			library.Binding{First: at("Tòa", 0), Series: library.SeriesCourt})
	})
	n := folios.NumberingOf(o, x)
	want := []folios.StatedCount{{Stated: 12, Have: 9}, {Series: library.SeriesCourt, Stated: 1, Have: 2}}
	if !slices.Equal(n.Stated, want) || n.Stated[0].Missing() != 3 || n.Stated[0].Extra() != 0 || n.Stated[1].Extra() != 1 || n.Stated[1].Missing() != 0 {
		t.Errorf("stated %+v", n.Stated)
	}
	if got := fmt.Sprint(n.Volumes[0].Gaps); got != "[1–2 11–12]" {
		t.Errorf("gaps up to the stated count: %s", got)
	}
	if n.Odd() != 4 {
		t.Errorf("%d oddities", n.Odd())
	}
	if _, err := o.Apply(o.SetAll("cover", library.Cover{Kind: library.CaseCriminal, Stated: library.Stated{Case: -1}})); !errors.Is(err, library.ErrInvalid) {
		t.Errorf("less than none: %v", err)
	}
}

// A number twice in one long scan is a double; the same sheet over pages, with its back, is none.
func TestDoublesInOneDocument(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("Tập.pdf", "", 8, library.KindPDF)}))
	o := librarytest.Stamped(t, "Tập.pdf", "1 1s 1 2 - 2 1 3")
	n := folios.NumberingOf(o, x)
	if len(n.Volumes) != 1 || len(n.Volumes[0].Doubles) != 1 || n.Volumes[0].Doubles[0].Folio != (library.Folio{Number: 1}) ||
		!slices.Equal(n.Volumes[0].Doubles[0].Pages, []library.PageID{at("Tập.pdf", 0), at("Tập.pdf", 6)}) || len(n.Unnumbered) != 0 {
		t.Errorf("numbering %+v", n)
	}
	if got := o.Call("1", x); !slices.Equal(got, n.Volumes[0].Doubles[0].Pages) {
		t.Errorf("1 calls %v", got)
	}
}

func TestComplete(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("Tập.pdf", "", 7, library.KindPDF), exhibit("BL 145.pdf", "", 1, library.KindPDF),
	}))
	o := librarytest.Stamped(t, "Tập.pdf", "14 145a 145 145s 1450 1459 15")
	show := func(typed string, limit int) string {
		var list []string
		for _, c := range o.Complete(typed, limit, x) {
			s := strings.Replace(c.Folio.String(), " (mặt sau)", "s", 1)
			if c.Of > 1 {
				s += fmt.Sprintf("/%d of %d", c.Nth, c.Of)
			}
			list = append(list, s)
		}
		return strings.Join(list, ", ")
	}
	for typed, want := range map[string]string{
		"14": "14, 145, 145, 145s, 145a, 1450, 1459", "145": "145/1 of 2, 145/2 of 2, 145s, 145a, 1450, 1459", "145/2": "145/2 of 2",
		"145a": "145a, 145, 145, 145s", "145s": "145s, 145, 145, 145a", "1": "14, 15, 145, 145, 145s, 145a, 1450, 1459", "x": "", "": "", "7": "", "145 x": "",
	} {
		if got := show(typed, 20); got != want {
			t.Errorf("%q completes to %s, want %s", typed, got, want)
		}
	}
	if got := show("1", 3); got != "14, 15, 145" {
		t.Errorf("three at most: %s", got)
	}
	bare := library.NewIndex(library.Exhibits([]library.File{exhibit("a.pdf", "", 3, library.KindPDF)}))
	if got := (library.Outline{}).Complete("2", 5, bare); len(got) != 1 || got[0].Page != at("a.pdf", 1) {
		t.Errorf("in a case without folios: %v", got)
	}
}

// What Enter takes is the first that is offered, whatever is typed.
func TestTheFirstCompletionIsWhatIsCalled(t *testing.T) {
	x := librarytest.Volumes()
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringMatching(`(BL )?[0-9]{1,3}[as]?( t?ập? ?[123]?)?(/[0-9])?`).Draw(t, "typed")
		called, offered := library.Outline{}.Call(typed, x), library.Outline{}.Complete(typed, 9, x)
		for i, c := range offered {
			if c.Of > 0 && c.Nth <= len(called) && c.Of == len(called) && called[c.Nth-1] != c.Page {
				t.Fatalf("%q: %d is %v, called %v", typed, i, c.Page, called)
			}
		}
		if len(called) > 0 && (len(offered) == 0 || offered[0].Page != called[0]) {
			t.Fatalf("%q calls %v, offered %v", typed, called, offered)
		}
	})
}

func FuzzCall(f *testing.F) {
	for _, s := range []string{"145", "145a", "145 (mặt sau)", "145/2", "BL 2 tập 2", "bút lục 3 tòa", "1/", "/", "99999999999", "2 \x00", "2 12/5/2024"} {
		f.Add(s)
	}
	x := librarytest.Volumes()
	f.Fuzz(func(_ *testing.T, typed string) {
		library.Outline{}.Call(typed, x)
		library.Outline{}.Complete(typed, 9, x)
	})
}

// What the second version of the form exported is read as it was meant; it knew no bindings.
func TestAnOutlineOfTheSecondFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline2.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	if n := o.Note(at("a.pdf", 0)); n.Marks.IsZero() || n.Folio != "45a" {
		t.Errorf("the note is %+v", n)
	}
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 2`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.SetAll("x", library.Binding{First: at("Tập 1", 0), Series: library.SeriesCourt, Volume: "I"}, library.PageNote{Page: at("b.pdf", 0), Folio: library.NoFolio},
			library.Cover{Kind: library.CaseCivil, Stated: library.Stated{Court: 312}})
	})
	back, err := library.DecodeOutline(export(t, o))
	if err != nil || !back.Same(o) {
		t.Errorf("bindings do not come back: %v", err)
	}
	for _, bad := range []library.Record{
		library.Binding{First: at("../x", 0)},
		library.Binding{First: at("a", 0), Series: "x"},
		library.Binding{First: at("a", 0), Volume: "\xff"},
		library.PageNote{Page: at("b.pdf", 0), Folio: "--"},
	} {
		if _, err := o.Apply(o.SetAll("x", bad)); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// Where numbering starts again inside a scan, one number on both sides of that is two folios.
func TestABindingPartsAFolio(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("Tập.pdf", "", 4, library.KindPDF)}))
	o := librarytest.Stamped(t, "Tập.pdf", "4 5 5 6")
	if got := o.Call("5", x); len(got) != 1 {
		t.Errorf("one folio over two pages: %v", got)
	}
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.SetAll("binding", library.Binding{First: at("Tập.pdf", 2), Volume: "II"})
	})
	if got := o.Call("5", x); !slices.Equal(got, []library.PageID{at("Tập.pdf", 1), at("Tập.pdf", 2)}) {
		t.Errorf("5 calls %v", got)
	}
	if n := folios.NumberingOf(o, x); n.Odd() != 0 || len(n.Volumes) != 2 {
		t.Errorf("numbering %+v", n)
	}
}

// A file that can't be shown has its folios nevertheless: they are not missing, count as there, and are told apart.
func TestFoliosOfAFileThatCannotBeShownAreNotMissing(t *testing.T) {
	faulty := func(path string, code library.FaultCode) library.File {
		f := exhibit(path, "", 0, library.KindPDF)
		f.Fault.Code = code
		return f
	}
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("BL 1-4.pdf", "", 4, library.KindPDF), exhibit("BL 9.pdf", "", 1, library.KindPDF),
		faulty("BL 5-6 Đơn.pdf", library.FaultBroken), faulty("Không tên.pdf", library.FaultEncrypted), faulty("BL 8.pdf", library.FaultVanished),
		faulty("BL 4.pdf", library.FaultBroken),
	}))
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.SetAll("cover", library.Cover{Kind: library.CaseCriminal, Stated: library.Stated{Case: 12}},
			library.Heading{First: at("Không tên.pdf", 0), FolioFrom: "10", FolioTo: "11"})
	})
	n := folios.NumberingOf(o, x)
	if len(n.Volumes) != 1 {
		t.Fatalf("numbering %+v", n)
	}
	var unread []string
	for _, u := range n.Volumes[0].Unread {
		unread = append(unread, u.File.Path+" "+u.Folios.String())
	}
	if want := []string{"BL 5-6 Đơn.pdf 5–6", "Không tên.pdf 10–11", "BL 4.pdf 4"}; !slices.Equal(unread, want) {
		t.Errorf("that can't be shown: %q, want %q", unread, want)
	}
	var gaps []string
	for _, g := range n.Volumes[0].Gaps {
		gaps = append(gaps, g.String())
	}
	if want := []string{"7–8", "12"}; !slices.Equal(gaps, want) {
		t.Errorf("missing %q, want %q: of the file that is gone and of none", gaps, want)
	}
	if n.Stated[0].Have != 9 || n.Volumes[0].Last != 11 {
		t.Errorf("stated %+v, up to %d; want 9 there, up to 11", n.Stated, n.Volumes[0].Last)
	}
}
