package library_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"butluc/assets"
	"butluc/library"
	"butluc/library/librarytest"
)

const (
	shaA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	shaB = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
)

// rich is an outline with something in every table.
func rich(t testing.TB) library.Outline {
	t.Helper()
	return apply(
		t, librarytest.Small(t),
		func(o library.Outline) library.Edit {
			return o.Set(library.Step{
				ID: "a2", Title: "<so sánh> & “”", Say: "vì sao?\nVà?", Asks: "khai", Ground: "Điều 308",
				Shot: library.ShotOf(library.PageID{Path: "Tập 1/BL 1-9.pdf", Index: 4}).Add(library.Pane{
					Page: library.PageID{Path: "ảnh#1.jpg"}, View: library.Rect{X0: 0.1, Y0: 1.0 / 3, X1: 0.7, Y1: 1}, Turn: 1,
				}),
			})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.Heading{First: library.PageID{Path: "Tập 1/BL 1-9.pdf", Index: 2}, Title: "Biên bản hỏi cung", Person: "khai", Date: "1/2/2025", FolioFrom: "30"})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.Join{ID: "j", Paths: []string{"1.jpg", "2.jpg"}})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: library.PageID{Path: "Tập 1/BL 1-9.pdf"}, Turn: 1, Flag: library.FlagKey, Text: "chú ý"})
		},
		func(o library.Outline) library.Edit {
			return o.SetAll("x", library.Passage{First: library.PageID{Path: "phim.mp4", Index: 7040}, To: 9000, Title: "Khai nhận", Speed: 50},
				library.Recording{First: library.PageID{Path: "phim.mp4"}, Stamp: library.StampTime},
				library.Binding{First: library.PageID{Path: "Tập 1"}, Volume: "I"})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.Step{ID: "b1", Title: "b1", Shot: library.Shot{}.Add(library.Pane{
				Page: library.PageID{Path: "phim.mp4", Index: 7040}, Clip: library.Span{From: 7040, To: 9000, Volume: 120, Mute: true},
			})})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.Cover{Kind: library.CaseCivil, Office: "VKSND"})
		},
		func(library.Outline) library.Edit {
			return library.Edit{Changes: []library.Change{
				{After: library.Source{Path: "Tập 1/BL 1-9.pdf", SHA256: shaA}}, {After: library.Source{Path: "ảnh#1.jpg", SHA256: shaB}},
			}}
		},
	)
}

func export(t testing.TB, o library.Outline) []byte {
	t.Helper()
	b, err := library.EncodeOutline(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestExportImportExport(t *testing.T) {
	o := rich(t)
	first := export(t, o)
	e, err := librarytest.Small(t).Import(first, library.NewIndex(nil))
	if err != nil {
		t.Fatal(err)
	}
	in := apply(t, librarytest.Small(t), func(library.Outline) library.Edit { return e })
	if second := export(t, in); !bytes.Equal(first, second) {
		t.Errorf("export, import, export differ:\n%s\n%s", first, second)
	}
	back := apply(t, in, func(library.Outline) library.Edit { return e.Inverse() })
	if !back.Same(librarytest.Small(t)) {
		t.Error("an import can't be undone")
	}
}

func TestImportIsStrict(t *testing.T) {
	good := string(export(t, rich(t)))
	tests := []struct{ name, old, new, want string }{
		{"not JSON", good, "hello", "line 1, column 1"},
		{"cut short", good[len(good)/2:], "", "unexpected end"},
		{"something behind", good, good + " x", "line "},
		{"another file", "butluc-outline", "powerpoint", "line 2, column 12, format"},
		{"a newer one", `"version": 9`, `"version": 10`, "line 3, column 13, version: written by a newer version"},
		{"syntax", `"digit": 1`, `"digit": 1 1`, "phases[0].scenarios[0]: invalid character"},
		{"unknown field", `"say"`, `"speak"`, `phases[0].scenarios[0].steps[1]: unknown field "speak"`},
		{"a field in capitals", `"say"`, `"Say"`, `steps[1]: unknown field "Say", want "say"`},
		{"a field twice", `"say"`, `"say": "", "say"`, `steps[1]: "say": record is there already`},
		{"wrong kind of value", `"digit": 1`, `"digit": "1"`, "phases[0].scenarios[0].digit: string is no number"},
		{"no whole number", `"turn": 1`, `"turn": 1.5`, "steps[1].panes[1].turn: number"},
		{"a list for one value", `"digit": 1`, `"digit": []`, "scenarios[0].digit: [, want one value"},
		{"a string for a list", `"phases": [`, `"phases": "", "headings": [`, "phases: a string, want a list"},
		{"null for a phase", `"phases": [`, `"phases": [null,`, "phases[0]: null"},
		{"null for a text", `"title": "a1"`, `"title": null`, "phases[0].scenarios[0].steps[0].title: null"},
		{"not UTF-8", `"title": "a1"`, "\"title\": \"\xffa1\"", "not UTF-8"},
		{"half of a character", `"title": "a1"`, `"title": "\ud83d"`, "steps[0].title: half of a character"},
		{"view of three", "0.7,", "", "panes[1].view: 3 values, want 4"},
		{"digit", `"digit": 1`, `"digit": 12`, "phases[0].scenarios[0].digit: 12"},
		{"person", `"asks": "khai"`, `"asks": "ai"`, "phases[0].scenarios[0].steps[1].asks: person"},
		{"an id twice", `"id": "a3"`, `"id": "a1"`, "phases[0].scenarios[0].steps[2]"},
		{"up", "Tập 1/BL 1-9.pdf#5", "../BL 1-9.pdf#5", "leads out of the case"},
		{"up in the middle", "Tập 1/BL 1-9.pdf#5", "a/../../BL.pdf#5", "leads out of the case"},
		{"up, Windows", "Tập 1/BL 1-9.pdf#5", `a\\..\\..\\BL.pdf#5`, "leads out of the case"},
		{"absolute", "Tập 1/BL 1-9.pdf#5", "/etc/passwd#5", "steps[1].panes[0].page: \"/etc/passwd\" leads out of the case"},
		{"a drive", "Tập 1/BL 1-9.pdf#5", "C:/BL.pdf#5", "leads out of the case"},
		{"a share", "Tập 1/BL 1-9.pdf#5", `\\\\server\\x#5`, "leads out of the case"},
		{"page 0", "Tập 1/BL 1-9.pdf#5", "a.pdf#0", "steps[1].panes[0].page: page \"a.pdf#0\": no page number"},
		{"view", "0.7", "0.05", "view"},
		{"flag", `"flag": "key"`, `"flag": "x"`, "pages[0].flag"},
		{"join of a way out", `"1.jpg"`, `"../1.jpg"`, "joins[0].paths[0]"},
		{"fingerprint", shaA, "zz", "sources[0].sha256"},
	}
	if _, err := (library.Outline{}).Import([]byte(good), library.NewIndex(nil)); err != nil {
		t.Fatalf("what was exported is refused: %v", err)
	}
	for _, test := range tests {
		data := strings.Replace(good, test.old, test.new, 1)
		if data == good {
			t.Fatalf("%s: %q is not in the export", test.name, test.old)
		}
		e, err := librarytest.Small(t).Import([]byte(data), library.NewIndex(nil))
		if err == nil || !strings.Contains(err.Error(), test.want) || !e.IsZero() {
			t.Errorf("%s: %v, want %q and no edit", test.name, err, test.want)
		}
		var fault *library.ImportError
		if !errors.As(err, &fault) || fault.Line < 1 || fault.Column < 1 {
			t.Errorf("%s: %v has no line and column", test.name, err)
		}
	}
	at := strings.Index(good, `"digit": 1`) + len(`"digit": `)
	_, err := library.DecodeOutline([]byte(strings.Replace(good, `"digit": 1`, `"digit": 12`, 1)))
	var fault *library.ImportError
	if !errors.As(err, &fault) || fault.Where != "phases[0].scenarios[0].digit" ||
		fault.Line != strings.Count(good[:at], "\n")+1 || fault.Column != at-strings.LastIndexByte(good[:at], '\n') || !errors.Is(err, library.ErrInvalid) {
		t.Errorf("a digit of 12 is said to be at %+v", fault)
	}
	if _, err := library.DecodeOutline([]byte(strings.Replace(good, `"version": 9`, `"version": 10`, 1))); !errors.Is(err, library.ErrNewer) {
		t.Errorf("newer: %v", err)
	}
}

func TestImportIntoRenamedCase(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("Quyển I/01.pdf", shaA, 9, library.KindPDF), exhibit("b.jpg", shaB, 1, library.KindJPEG),
		exhibit("ảnh#1.jpg", shaA[1:]+"c", 1, library.KindJPEG), // another picture took the name
		{Path: "phim.mp4", Kind: library.KindVideo, Pages: 1, Duration: 9000},
	}))
	e, err := library.Outline{}.Import(export(t, rich(t)), x)
	if err != nil {
		t.Fatal(err)
	}
	o := apply(t, library.Outline{}, func(library.Outline) library.Edit { return e })
	s, _ := o.Step("a2")
	if s.Shot.Panes[0].Page.Path != "Quyển I/01.pdf" || s.Shot.Panes[1].Page.Path != "b.jpg" {
		t.Errorf("pages of a2: %+v", s.Shot.Panes)
	}
	if h, ok := o.Heading(library.PageID{Path: "Quyển I/01.pdf", Index: 2}); !ok || h.Title != "Biên bản hỏi cung" {
		t.Errorf("heading: %+v", h)
	}
	if n := o.Note(library.PageID{Path: "Quyển I/01.pdf"}); n.Flag != library.FlagKey {
		t.Errorf("note: %+v", n)
	}
	for _, f := range o.Resolve(x) {
		if f.State != library.PageNoFolio {
			t.Errorf("after import %+v", f)
		}
	}
}

func TestResolve(t *testing.T) {
	file := func(path, sha string) library.File { return exhibit(path, sha, 9, library.KindPDF) }
	const home = "Tập 1/BL 1-9.pdf"
	broken := file(home, shaA)
	broken.Pages, broken.Fault.Code = 0, library.FaultEncrypted
	short := file(home, shaA)
	short.Pages = 1
	tests := []struct {
		name  string
		files []library.File
		want  library.PageState
		now   string
	}{
		{"as it was", []library.File{file(home, shaA)}, library.PageFound, ""},
		{"pending", []library.File{file(home, "")}, library.PageFound, ""},
		{"a copy elsewhere", []library.File{file(home, shaA), file("b.pdf", shaA)}, library.PageFound, ""},
		{"renamed", []library.File{file("BL 1-9.pdf", shaA)}, library.PageMoved, "BL 1-9.pdf"},
		{"a byte differs", []library.File{file(home, shaB)}, library.PageChanged, home},
		{"a byte differs, a copy of the old one elsewhere", []library.File{file(home, shaB), file("b.pdf", shaA)}, library.PageChanged, home},
		{"a byte differs, two old copies", []library.File{file(home, shaB), file("b.pdf", shaA), file("c.pdf", shaA)}, library.PageChanged, home},
		{"gone, two copies", []library.File{file("b.pdf", shaA), file("c.pdf", shaA)}, library.PageAmbiguous, home},
		{"gone", []library.File{file("b.pdf", shaB)}, library.PageMissing, home},
		{"fewer pages", []library.File{short}, library.PageMissing, home},
		{"locked", []library.File{broken}, library.PageUnreadable, home},
	}
	o := apply(t, librarytest.Small(t), func(library.Outline) library.Edit {
		return library.Edit{Changes: []library.Change{{After: library.Source{Path: home, SHA256: shaA}}}}
	})
	for _, test := range tests {
		x := library.NewIndex(library.Exhibits(test.files))
		s, _ := o.Step("a2")
		state, now := library.PageFound, ""
		if list := o.ResolveStep(s, x); len(list) > 0 {
			state, now = list[0].State, list[0].Now.Path
		}
		if state != test.want || now != test.now {
			t.Errorf("%s: %s at %q, want %s at %q", test.name, state, now, test.want, test.now)
		}
	}
	plain := library.NewIndex(library.Exhibits([]library.File{exhibit("scan.pdf", shaA, 9, library.KindPDF)}))
	next := apply(t, o, func(o library.Outline) library.Edit { return o.Relink(plain) })
	if list := next.Resolve(plain); len(list) != 4 || list[0].State != library.PageNoFolio {
		t.Errorf("a document without folios: %+v", list)
	}
}

// When all files are renamed in turn, each is found although another one has its name now.
func TestResolveAfterRenamingAllRound(t *testing.T) {
	o := apply(t, librarytest.Small(t), func(library.Outline) library.Edit {
		return library.Edit{Changes: []library.Change{
			{After: library.Source{Path: "Tập 1/BL 1-9.pdf", SHA256: shaA}}, {After: library.Source{Path: "b.pdf", SHA256: shaB}},
		}}
	}, func(o library.Outline) library.Edit {
		return o.SetAll("note", library.PageNote{Page: library.PageID{Path: "b.pdf"}, Text: "b"}, library.PageNote{Page: library.PageID{Path: "Tập 1/BL 1-9.pdf"}, Text: "a"})
	})
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("Tập 1/BL 1-9.pdf", shaB, 9, library.KindPDF), exhibit("BL 1-9.pdf", shaA, 9, library.KindPDF),
	}))
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Relink(x) })
	if list := o.Resolve(x); len(list) > 0 {
		t.Errorf("after relink: %+v", list)
	}
	if a, b := o.Note(library.PageID{Path: "BL 1-9.pdf"}), o.Note(library.PageID{Path: "Tập 1/BL 1-9.pdf"}); a.Text != "a" || b.Text != "b" {
		t.Errorf("notes: %+v, %+v", a, b)
	}
}

// Two copies of a file were prepared and one is left, wherever it is: what was noted on both is
// there, and all else of the outline as well.
func TestRelinkToTheOneCopyLeft(t *testing.T) {
	page := func(path string) library.PageID { return library.PageID{Path: path} }
	for _, left := range []string{"a.jpg", "b.jpg", "c.jpg"} {
		o := apply(t, librarytest.Small(t), func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "b"}, library.Step{ID: "s", Shot: library.ShotOf(page("a.jpg"), page("b.jpg"), page("gone.jpg"))})
		}, func(o library.Outline) library.Edit {
			return o.SetAll(
				"note", library.PageNote{Page: page("a.jpg"), Text: "một", Flag: library.FlagKey}, library.PageNote{Page: page("b.jpg"), Text: "hai", Hidden: true},
				library.Heading{First: page("a.jpg"), Title: "Ảnh"}, library.Heading{First: page("b.jpg"), Title: "Ảnh 2", Date: "1/2/2025"},
				library.Join{ID: "j", Paths: []string{"a.jpg", "b.jpg", "d.jpg"}}, library.Join{ID: "k", Paths: []string{"gone.jpg", "e.jpg"}},
			)
		}, func(library.Outline) library.Edit {
			return library.Edit{Changes: []library.Change{
				{After: library.Source{Path: "a.jpg", SHA256: shaA}},
				{After: library.Source{Path: "b.jpg", SHA256: shaA}},
				{After: library.Source{Path: "gone.jpg", SHA256: shaB}},
			}}
		})
		x := library.NewIndex(library.Exhibits([]library.File{exhibit(left, shaA, 1, library.KindJPEG), exhibit("d.jpg", "", 1, library.KindJPEG)}))
		e := o.Relink(x)
		next, err := o.Apply(e)
		if err != nil {
			t.Fatalf("%s is left: %v", left, err)
		}
		if s, _ := next.Step("s"); s.Shot != library.ShotOf(page(left), page(left), page("gone.jpg")) {
			t.Errorf("%s is left: the step shows %v", left, s.Shot.List())
		}
		n := next.Note(page(left))
		if h, _ := next.Heading(page(left)); !strings.Contains(n.Text, "một") || !strings.Contains(n.Text, "hai") || n.Flag != library.FlagKey || !n.Hidden || h.Date == "" {
			t.Errorf("%s is left: %+v, %+v", left, n, h)
		}
		if next.Count(library.TablePages) != 1 || next.Count(library.TableHeadings) != 1 {
			t.Errorf("%s is left: notes %v, headings %v", left, next.Notes(), next.Headings())
		}
		if joins := next.Joins(); len(joins) != 2 || !slices.Equal(joins[0].Paths, []string{left, "d.jpg"}) {
			t.Errorf("%s is left: %+v", left, joins)
		}
		if back, err := next.Apply(e.Inverse()); err != nil || !back.Same(o) {
			t.Errorf("%s is left: relinking can't be undone: %v", left, err)
		}
		if in, err := (library.Outline{}).Import(export(t, o), x); err != nil || in.IsZero() {
			t.Errorf("%s is left: import: %v", left, err)
		}
	}
}

func FuzzDecodeOutline(f *testing.F) {
	f.Add(export(f, rich(f)))
	for _, kind := range library.CaseKinds {
		f.Add(assets.Template(string(kind)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := library.DecodeOutline(data)
		if err != nil {
			return
		}
		first := export(t, o)
		again, err := library.DecodeOutline(first)
		if err != nil {
			t.Fatalf("an export is refused: %v\n%s", err, first)
		}
		if second := export(t, again); !bytes.Equal(first, second) {
			t.Errorf("export, import, export differ:\n%s\n%s", first, second)
		}
	})
}

func FuzzDecodeEdit(f *testing.F) {
	o := rich(f)
	for _, e := range []library.Edit{(library.Outline{}).ReplaceWith(o), o.Delete("a"), o.Nudge("b", 1)} {
		b, err := library.EncodeEdit(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := library.DecodeEdit(data)
		if err != nil {
			return
		}
		if slices.ContainsFunc(e.Changes, func(c library.Change) bool { return c.Key().Table == library.TableSources }) {
			return // come and go between edits, whatever was there before
		}
		next, err := o.Apply(e)
		if err != nil {
			return
		}
		if back, err := next.Apply(e.Inverse()); err != nil || !back.Same(o) {
			t.Errorf("an edit that was taken can't be taken back: %v", err)
		}
	})
}

func FuzzDecodeRecord(f *testing.F) {
	for r := range rich(f).Records() {
		b, err := library.EncodeRecord(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(r.Key().Table), b)
	}
	f.Fuzz(func(t *testing.T, table string, data []byte) {
		r, err := library.DecodeRecord(library.Table(table), data)
		if err != nil {
			return
		}
		b, err := library.EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := library.DecodeRecord(library.Table(table), b); err != nil || again.Key() != r.Key() {
			t.Errorf("a record does not come back: %v\n%s", err, b)
		}
	})
}

// Marks, beats, adjustments and captions are in an export as they are in the outline, to the byte.
func TestMarksAreExportedAndImportedAsTheyAre(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := func(name string, ofPage bool) library.Marks {
			marks := rapid.SliceOfN(rapid.Custom(anyMark), 0, 4).Draw(rt, name)
			for i := range marks {
				if ofPage {
					marks[i].Beat = 0
				}
			}
			return library.MarksOf(marks...)
		}
		per := rapid.Int8Range(-100, 100)
		adjust := library.Adjust{
			Brightness: per.Draw(rt, "brightness"), Contrast: per.Draw(rt, "contrast"), Gamma: per.Draw(rt, "gamma"),
			Sharpen: rapid.Int8Range(0, 100).Draw(rt, "sharpen"), Invert: rapid.Bool().Draw(rt, "invert"),
		}
		page := library.PageID{Path: "Tập 1/BL 1-9.pdf", Index: 4}
		step := library.Step{ID: "s", Shot: library.Shot{}.
			Add(library.Pane{Page: page, Marks: list("left", false), Adjust: adjust}).
			Add(library.Pane{Page: page, Marks: list("right", false), View: library.Rect{X0: 0.1, Y0: 0.1, X1: 0.9, Y1: 0.5}, Turn: 1})}
		o := apply(t, outlineWithStep(t, step), func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: page, Turn: 2, Marks: list("page", true)})
		}, func(o library.Outline) library.Edit {
			captions := rapid.SampledFrom([]library.Captions{library.CaptionNone, library.CaptionFolio, library.CaptionFull})
			return o.Set(library.Cover{Kind: library.CaseCriminal, Captions: captions.Draw(rt, "captions")})
		})
		first := export(t, o)
		in, err := library.DecodeOutline(first)
		if err != nil {
			rt.Fatalf("%v:\n%s", err, first)
		}
		if second := export(t, in); !bytes.Equal(first, second) {
			rt.Fatalf("export, import, export differ:\n%s\n%s", first, second)
		}
		if back, _ := in.Step("s"); back.Shot != step.Shot {
			rt.Fatalf("the step shows %+v, want %+v", back.Shot, step.Shot)
		}
		if in.Note(page) != o.Note(page) || in.Cover() != o.Cover() {
			rt.Fatalf("read back %+v, %+v", in.Note(page), in.Cover())
		}
	})
}

// What the first version of the form exported is read as it was meant.
func TestAnOutlineOfTheFirstFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline1.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	want := library.ShotOf(library.PageID{Path: "Tập 1/a#b.pdf", Index: 6}).Add(library.Pane{
		Page: library.PageID{Path: "ảnh.jpg"}, View: library.Rect{X0: 0.1, Y0: 1.0 / 3, X1: 0.7, Y1: 0.9}, Turn: 3,
	})
	if s, ok := o.Step("x"); !ok || s.Shot != want || s.Say != "hỏi\nhai dòng" || s.Asks != "khai" || s.Ground != "g" {
		t.Errorf("the step is %+v", s)
	}
	page := library.PageID{Path: "a.pdf"}
	if n := o.Note(page); n != (library.PageNote{Page: page, Turn: 2, Hidden: true, Flag: library.FlagKey, Text: "x", Restricted: "ca-nhan", Folio: "45a"}) {
		t.Errorf("the note is %+v", n)
	}
	if c := o.Cover(); c.Kind != library.CaseCivil || c.Captions != library.CaptionNone {
		t.Errorf("the cover is %+v", c)
	}
	// Nothing of it is said otherwise by now but the version.
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 1`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
	if _, err := library.DecodeOutline(bytes.Replace(data, []byte(`"version": 1`), []byte(`"version": 10`), 1)); !errors.Is(err, library.ErrNewer) {
		t.Errorf("a newer form: %v", err)
	}
}
