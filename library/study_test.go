package library_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

const statement = "Tập 2/BL 1-4 Biên bản hỏi cung.pdf"

// studied is a case with two persons, a tree of three matters, three excerpts and a contradiction.
func studied(t testing.TB) library.Outline {
	t.Helper()
	o := librarytest.Small(t)
	excerpt := func(id library.ID, page int, side library.Side, matters ...library.ID) library.Excerpt {
		return library.Excerpt{
			ID: id, Page: at(statement, page), Area: library.AreaOf(library.Rect{X0: 0.1, Y0: 0.2, X1: 0.9, Y1: 0.22}),
			Words: "Tôi đến lúc 21 giờ", Text: "Tôi đến lúc 21 giờ", Side: side, Matters: library.IDsOf(matters...), Note: "riêng",
		}
	}
	return apply(
		t, o,
		func(o library.Outline) library.Edit {
			return o.AddPerson(library.Person{ID: "dat", Name: "Lê Đạt"})
		},
		func(o library.Outline) library.Edit {
			return o.AddMatter(library.Matter{ID: "m1", Title: "Hành vi"}, library.Place{})
		},
		func(o library.Outline) library.Edit {
			return o.AddMatter(library.Matter{ID: "m2", Title: "Thời gian"}, library.Place{Parent: "m1"})
		},
		func(o library.Outline) library.Edit {
			return o.AddMatter(library.Matter{ID: "m3", Title: "Lỗi", Person: "khai"}, library.Place{})
		},
		func(o library.Outline) library.Edit {
			return o.AddExcerpt(excerpt("e1", 0, library.SideAccuses, "m1", "m2"))
		},
		func(o library.Outline) library.Edit { return o.AddExcerpt(excerpt("e2", 1, library.SideClears, "m2")) },
		func(o library.Outline) library.Edit { return o.AddExcerpt(excerpt("e3", 2, library.SideNone)) },
		func(o library.Outline) library.Edit { return o.Contradict("e2", "e1") },
	)
}

// studyEdit is something that a person might do next with excerpts and matters. It may be refused, or change nothing.
func studyEdit(r *rand.Rand, o library.Outline) library.Edit {
	pick := func(ids []library.ID) library.ID {
		if len(ids) == 0 {
			return ""
		}
		slices.Sort(ids)
		return ids[r.IntN(len(ids))]
	}
	matter := func() library.ID {
		var ids []library.ID
		for _, n := range o.MatterTree() {
			ids = append(ids, n.Matter.ID)
		}
		return pick(ids)
	}
	excerpt := func() library.ID {
		var ids []library.ID
		for _, e := range o.Excerpts() {
			ids = append(ids, e.ID)
		}
		return pick(ids)
	}
	person := func() library.ID { return pick(slices.Clone(o.Order(library.TablePersons, ""))) }
	switch r.IntN(13) {
	case 0, 1:
		y := float64(r.IntN(90)) / 100
		return o.AddExcerpt(library.Excerpt{
			ID: library.ID(fmt.Sprintf("e%x", r.Uint64())), Page: at(statement, r.IntN(4)), Turn: library.Turn(r.IntN(4)),
			Area: library.AreaOf(library.Rect{X0: r.Float64() / 2, Y0: y, X1: 0.9, Y1: y + 0.02}, library.Rect{X0: 0.1, Y0: y + 0.03, X1: 0.5, Y1: y + 0.05}),
			Text: fmt.Sprint("lời ", r.IntN(1000)), Person: person(), Matters: library.IDsOf(matter(), matter()),
			Side: library.Sides[r.IntN(3)], Weight: r.IntN(4), When: "21:10 12/5/2024", Where: "quán",
		})
	case 2:
		return o.AddMatter(library.Matter{ID: library.ID(fmt.Sprintf("m%x", r.Uint64())), Title: "Vấn đề", Person: person()}, library.Place{Parent: matter()})
	case 3:
		return o.Nudge(matter(), 1-2*r.IntN(2))
	case 4:
		return o.IndentMatter(matter(), 1-2*r.IntN(2))
	case 5:
		return o.DeleteMatters(matter())
	case 6:
		return o.DeleteExcerpts(excerpt())
	case 7:
		return o.Contradict(excerpt(), excerpt())
	case 8:
		return o.AddPerson(library.Person{ID: library.ID(fmt.Sprintf("p%x", r.Uint64())), Name: "Ai"})
	case 9:
		return o.Delete(person())
	case 10:
		return o.SetCue(at(camera, r.IntN(9)), library.Cue{First: at(camera, r.IntN(9)), Person: person(), Text: fmt.Sprint("lời ", r.IntN(1000))})
	case 11:
		p := library.Paragraph{ID: library.ID(fmt.Sprintf("k%x", r.Uint64())), Text: "Đoạn"}.Citing(excerpt()).Citing("gone")
		return o.AddParagraph(p, library.Place{})
	default:
		e, ok := o.Excerpt(excerpt())
		if !ok {
			return library.Edit{}
		}
		e.Matters = e.Matters.With(matter())
		e.Note += "x"
		return o.Set(e)
	}
}

// grown is an outline after some such edits, each of which can be taken back.
func grown(t *testing.T, r *rand.Rand, o library.Outline, n int) library.Outline {
	t.Helper()
	for range n {
		e := studyEdit(r, o)
		next, err := o.Apply(e)
		if err != nil {
			continue
		}
		back, err := next.Apply(e.Inverse())
		if err != nil || !back.Same(o) {
			t.Fatalf("%s can't be taken back: %v", e.Label, err)
		}
		o = next
	}
	return o
}

// Whatever is studied comes back whole from the store's records, from an edit and from an exported outline.
func TestAStudyIsReadAsItWasWritten(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(3, seed))
		o := grown(t, r, studied(t), 30)
		var records []library.Record
		for rec := range o.Records() {
			data, err := library.EncodeRecord(rec)
			if err != nil {
				t.Fatal(err)
			}
			back, err := library.DecodeRecord(rec.Key().Table, data)
			if err != nil {
				t.Fatalf("%s: %v", data, err)
			}
			records = append(records, back)
		}
		r.Shuffle(len(records), func(i, k int) { records[i], records[k] = records[k], records[i] })
		loaded, err := library.Load(records)
		if err != nil || !loaded.Same(o) {
			t.Fatalf("seed %d: loaded otherwise: %v", seed, err)
		}
		data, err := library.EncodeOutline(o)
		if err != nil {
			t.Fatal(err)
		}
		back, err := library.DecodeOutline(data)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if again, _ := library.EncodeOutline(back); string(again) != string(data) {
			t.Fatalf("seed %d: exported again otherwise", seed)
		}
		if !slices.Equal(back.Excerpts(), o.Excerpts()) || !slices.Equal(back.Contradictions(), o.Contradictions()) || len(back.MatterTree()) != len(o.MatterTree()) {
			t.Fatalf("seed %d: imported otherwise", seed)
		}
		e := studyEdit(r, o)
		if e.Err() == nil && !e.IsZero() {
			written, err := library.EncodeEdit(e)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := library.DecodeEdit(written); err != nil && e.Label != "" {
				if _, refused := o.Apply(e); refused == nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		}
	}
}

// What two people made of a case comes together: no excerpt and no matter that one of them added is lost, and who made
// nothing has what the other made.
func TestStudiesOfTwoComeTogether(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(11, seed))
		base := grown(t, r, studied(t), 8)
		mine, theirs := grown(t, r, base, 1+r.IntN(8)), grown(t, r, base, 1+r.IntN(8))
		if got, clashes := library.Merge(base, base, theirs); len(clashes) > 0 || !slices.Equal(got.Excerpts(), theirs.Excerpts()) ||
			!slices.Equal(got.Contradictions(), theirs.Contradictions()) || !sameTree(got, theirs) {
			t.Fatalf("seed %d: against no edit of mine: clashes %+v\n got %v\nwant %v", seed, clashes, tree(got), tree(theirs))
		}
		if got, clashes := library.Merge(base, mine, base); len(clashes) > 0 || !got.Same(mine) {
			t.Fatalf("seed %d: against no edit of theirs: clashes %+v", seed, clashes)
		}
		got, clashes := library.Merge(base, mine, theirs)
		for _, side := range []library.Outline{mine, theirs} {
			for rec := range side.Records() {
				k := rec.Key()
				if !slices.Contains([]library.Table{library.TableExcerpts, library.TableMatters, library.TableContradictions, library.TableParagraphs}, k.Table) || had(base, rec) || had(got, rec) {
					continue
				}
				if !slices.ContainsFunc(clashes, func(c library.Clash) bool { return c.Theirs != nil && c.Theirs.Key() == k }) {
					t.Fatalf("seed %d: %v is lost", seed, k)
				}
			}
		}
		data, err := library.EncodeOutline(got)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := library.DecodeOutline(data); err != nil {
			t.Fatalf("seed %d: what came together can't be exported: %v", seed, err)
		}
	}
}

func tree(o library.Outline) (list []string) {
	for _, n := range o.MatterTree() {
		list = append(list, n.Number+" "+string(n.Matter.ID))
	}
	return list
}

func sameTree(a, b library.Outline) bool { return slices.Equal(tree(a), tree(b)) }

// Two people say each that an excerpt proves another matter: it proves both, and nobody is asked.
func TestMattersThatTwoTickedAreBothTicked(t *testing.T) {
	base := studied(t)
	tick := func(id library.ID) library.Outline {
		return apply(t, base, func(o library.Outline) library.Edit {
			e, _ := o.Excerpt("e3")
			e.Matters = e.Matters.With(id)
			return o.Set(e)
		})
	}
	got, clashes := library.Merge(base, tick("m1"), tick("m3"))
	if e, _ := got.Excerpt("e3"); len(clashes) != 0 || e.Matters != library.IDsOf("m3", "m1") {
		t.Errorf("it proves %v; clashes %+v", e.Matters.List(), clashes)
	}
}

// An excerpt that proves a matter which the other removed brings the matter back.
func TestAnExcerptBringsItsMatterBack(t *testing.T) {
	base := studied(t)
	mine := apply(t, base, func(o library.Outline) library.Edit { return o.DeleteMatters("m1") })
	theirs := apply(t, base, func(o library.Outline) library.Edit {
		return o.AddExcerpt(library.Excerpt{ID: "new", Page: at(statement, 3), Matters: library.IDsOf("m2")})
	})
	got, _ := library.Merge(base, mine, theirs)
	if e, ok := got.Excerpt("new"); !ok || !e.Matters.Has("m2") {
		t.Fatalf("the excerpt is there: %v, with %v", ok, e.Matters.List())
	}
	if m, ok := got.Matter("m2"); !ok || m.Parent != "m1" {
		t.Errorf("the matter is there: %v, under %q", ok, m.Parent)
	}
}

// A matter can't become a part of itself, by whatever way, nor stand too deep.
func TestAMatterIsNoPartOfItself(t *testing.T) {
	o := studied(t)
	if _, err := o.Apply(o.Move(library.Place{Parent: "m2"}, "m1")); err == nil {
		t.Error("a matter stands below its own part")
	}
	parent := library.ID("m2")
	var err error
	for i := range library.MaxMatterDepth {
		id := library.ID(fmt.Sprint("deep", i))
		if o, err = o.Apply(o.AddMatter(library.Matter{ID: id, Title: "sâu"}, library.Place{Parent: parent})); err != nil {
			break
		}
		parent = id
	}
	if err == nil {
		t.Error("matters stand as deep as one likes")
	}
}

// Who is taken out of the case is taken out of excerpts and matters too, in one step that can be taken back.
func TestAPersonThatGoesLeavesTheStudy(t *testing.T) {
	o := apply(t, studied(t), func(o library.Outline) library.Edit {
		e, _ := o.Excerpt("e1")
		e.Person = "khai"
		return o.Set(e)
	})
	e := o.Delete("khai")
	next := apply(t, o, func(library.Outline) library.Edit { return e })
	if x, _ := next.Excerpt("e1"); x.Person != "" {
		t.Error("the excerpt is still theirs")
	}
	if m, _ := next.Matter("m3"); m.Person != "" {
		t.Error("the matter is still about them")
	}
	if back := apply(t, next, func(library.Outline) library.Edit { return e.Inverse() }); !back.Same(o) {
		t.Error("taken back, it is another study")
	}
}

// The place of an excerpt is on its passage however the page is turned, and follows its file to another name.
func TestAnExcerptStaysOnItsPassage(t *testing.T) {
	sum := "aa00000000000000000000000000000000000000000000000000000000000000"
	file := func(path string) *library.Index {
		return library.NewIndex(library.Exhibits([]library.File{exhibit(path, sum, 4, library.KindPDF)}))
	}
	x := file(statement)
	o := apply(t, studied(t), func(library.Outline) library.Edit {
		return library.Edit{Changes: []library.Change{{After: library.Source{Path: statement, SHA256: sum}}}}
	})
	e, _ := o.Excerpt("e1")
	area := e.AreaOn(o.PagesNow(x).Of(e.Page).Upright)
	turned := apply(t, o, func(o library.Outline) library.Edit { return o.TurnPage(e.Page, 1, x) })
	e, _ = turned.Excerpt("e1")
	if got := e.AreaOn(turned.PagesNow(x).Of(e.Page).Upright); got != area.Turned(1) || got == area {
		t.Errorf("after a turn it is at %v", got.Rects())
	}
	cut := apply(t, turned, func(o library.Outline) library.Edit {
		return o.Set(library.Heading{First: at(statement, 1), Title: "Cắt"})
	})
	if got := cut.ExcerptsBy(x); len(got) != 3 || got[0].ID != "e1" {
		t.Errorf("cut anew, the excerpts are %v", got)
	}
	y := file("Tên mới.pdf")
	if got := turned.ExcerptsOn(at("Tên mới.pdf", 0), y); len(got) != 1 || got[0].ID != "e1" {
		t.Errorf("under the new name there are %v", got)
	}
	data, err := library.EncodeOutline(turned)
	if err != nil {
		t.Fatal(err)
	}
	edit, err := library.Outline{}.Import(data, y)
	if err != nil {
		t.Fatal(err)
	}
	in := apply(t, library.Outline{}, func(library.Outline) library.Edit { return edit })
	if e, ok := in.Excerpt("e1"); !ok || e.Page.Path != "Tên mới.pdf" || e.AreaOn(1) != area.Turned(1) {
		t.Errorf("imported beside a renamed file it is on %v", e.Page)
	}
	changed := library.NewIndex(library.Exhibits([]library.File{exhibit(statement, "bb"+sum[2:], 4, library.KindPDF)}))
	if state, _ := turned.Locate(at(statement, 0), changed); state != library.PageChanged {
		t.Errorf("of a changed file it says %q", state)
	}
}

// An area is kept through four turns and in a file.
func TestAnAreaTurnsRound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		x, y := r.Float64()*0.8, r.Float64()*0.8
		a := library.AreaOf(library.Rect{X0: x, Y0: y, X1: x + 0.1, Y1: y + 0.05})
		if got := a.Turned(1).Turned(3); got != a {
			t.Fatalf("%v became %v", a.Rects(), got.Rects())
		}
		data, _ := a.MarshalJSON()
		var back library.Area
		if err := back.UnmarshalJSON(data); err != nil || back != a {
			t.Fatalf("%s: %v", data, err)
		}
	}
}

func TestARedactionHidesTheExcerptBelowIt(t *testing.T) {
	o := studied(t)
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(statement, "", 4, library.KindPDF)}))
	hide := func(y float64) library.Marks {
		return library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.5, Y: y}, {X: 0.6, Y: y + 0.01}}})
	}
	e, _ := o.Excerpt("e1")
	for y, want := range map[float64]bool{0.205: true, 0.5: false} {
		next := apply(t, o, func(o library.Outline) library.Edit { return o.Set(library.PageNote{Page: e.Page, Marks: hide(y)}) })
		if got := e.HiddenBy(next.PagesNow(x).Shown(e.Page)); got != want {
			t.Errorf("a redaction at %v: hidden %v", y, got)
		}
	}
}

func TestTheEvidenceSaysWhatIsWanting(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(statement, "", 4, library.KindPDF), exhibit("BL 9 Khác.pdf", "", 1, library.KindPDF)}))
	o := studied(t)
	gaps := func(o library.Outline) string {
		s := ""
		for _, p := range o.Evidence(x) {
			s += fmt.Sprintf("%s %d|%d %v; ", p.Number, len(p.Accusing), len(p.Clearing), p.Gaps)
		}
		return s
	}
	if got, want := gaps(o), "1 1|0 [one-source]; 1.1 1|1 [one-source]; 2 0|0 [no-evidence]; "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	o = apply(
		t, o, func(o library.Outline) library.Edit { return o.Contradict("e1", "e2") },
		func(o library.Outline) library.Edit {
			return o.AddExcerpt(library.Excerpt{ID: "e4", Page: at("BL 9 Khác.pdf", 0), Side: library.SideAccuses, Matters: library.IDsOf("m2")})
		},
	)
	if got, want := gaps(o), "1 1|0 [one-source]; 1.1 2|1 [uncontradicted]; 2 0|0 [no-evidence]; "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestATemplateOfMattersIsAddedOnce(t *testing.T) {
	o := studied(t)
	template := library.MattersFor(library.CaseCriminal)
	once := apply(t, o, func(o library.Outline) library.Edit { return o.WithMatters(template, "khai", "dat") })
	groups, elements := 0, 0
	for _, n := range once.MatterTree() {
		if len(n.Matter.Code) == 4 && n.Matter.Code[:3] == "85-" {
			groups++
		}
		if n.Matter.Code == "khach-quan" {
			elements++
		}
	}
	if groups != 6 || elements != 2 {
		t.Errorf("%d groups of Article 85, the elements of %d charges", groups, elements)
	}
	if again := once.WithMatters(template, "khai", "dat"); !again.IsZero() {
		t.Errorf("added again: %v", again.Added())
	}
	more := apply(t, once, func(o library.Outline) library.Edit { return o.AddPerson(library.Person{ID: "ba", Name: "Ba"}) })
	if e := more.WithMatters(template, "khai", "dat", "ba"); len(e.Added()) != 6 {
		t.Errorf("for one defendant more, %d matters come", len(e.Added()))
	}
	for _, kind := range []library.CaseKind{library.CaseCivil, library.CaseAdministrative} {
		if len(library.MattersFor(kind)) == 0 {
			t.Errorf("no matters for %s", kind)
		}
	}
}

// A step of an excerpt shows the passage, highlighted, with the request to show it; a matter is a scenario of such steps.
func TestAStepOfAnExcerpt(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(statement, "", 4, library.KindPDF)}))
	o := apply(t, studied(t), func(o library.Outline) library.Edit {
		return o.Set(library.Heading{First: at(statement, 0), Title: "Biên bản hỏi cung", Person: "khai"})
	})
	e, _ := o.Excerpt("e1")
	s := o.StepOf(e, x, 0.707, 16.0/9, true)
	pane := s.Shot.First()
	if pane.Page != e.Page || pane.View == (library.Rect{}) || pane.View.Y0 > 0.2 || pane.View.Y1 < 0.22 {
		t.Errorf("it shows %v of %v", pane.View, pane.Page)
	}
	marks := pane.Marks.List()
	if len(marks) != 2 || marks[0].Kind != library.MarkHighlight || marks[0].Regions()[0] != e.Area.Rects()[0] || marks[1].Kind != library.MarkCallout || marks[1].Beat != 1 {
		t.Errorf("its marks are %+v", marks)
	}
	hidden := apply(t, o, func(o library.Outline) library.Edit {
		return o.Set(library.PageNote{Page: e.Page, Marks: library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.1, Y: 0.2}, {X: 0.5, Y: 0.25}}})})
	})
	if s := hidden.StepOf(e, x, 0.707, 16.0/9, false); s.Title != "Biên bản hỏi cung" {
		t.Errorf("of a redacted passage the step is called %q", s.Title)
	}
	if s.Asks != "khai" || s.Say == "" || s.Title != "Tôi đến lúc 21 giờ" {
		t.Errorf("asks %q, says %q, called %q", s.Asks, s.Say, s.Title)
	}
	o = apply(t, o, func(o library.Outline) library.Edit { return o.AddSteps(library.Place{Parent: "a"}, s) })
	proof := o.Evidence(x)[1]
	edit := o.ScenarioFrom(proof, library.Place{Parent: "p2"}, x, func(library.PageID) float64 { return 0.707 }, 16.0/9)
	o = apply(t, o, func(library.Outline) library.Edit { return edit })
	made := o.Scenarios("p2")
	if len(made) != 1 || made[0].Title != "Thời gian" || len(o.Steps(made[0].ID)) != 2 || o.Steps(made[0].ID)[0].Shot.First().Page != at(statement, 0) {
		t.Errorf("the scenario is %+v", made)
	}
	other, _ := o.Excerpt("e2")
	if beside := o.BesideOf(e, other, x); beside.Shot.Count != 2 {
		t.Errorf("side by side there are %d", beside.Shot.Count)
	}
}

func TestAnOutlineOfTheSixthFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline6.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	if p := o.Phases()[0]; p.Told != "tranh-luan" {
		t.Errorf("the phase is %+v", p)
	}
	if s, _ := o.Step("xa"); s.Shot.First().Tracks.Video != 2 {
		t.Errorf("the step shows %+v", s.Shot.First())
	}
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 6`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
}
