package library_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"butluc/library"
)

// closed is a studied case with a closing speech of two paragraphs, the first of which cites two excerpts.
func closed(t testing.TB) library.Outline {
	t.Helper()
	return apply(
		t, studied(t),
		func(o library.Outline) library.Edit {
			p := library.Paragraph{ID: "ket", Text: "Bị cáo có mặt tại quán"}.Citing("e1").Citing("e2")
			p.Text += " lúc 21 giờ."
			return o.AddParagraph(p, library.Place{})
		},
		func(o library.Outline) library.Edit {
			return o.AddParagraph(library.Paragraph{ID: "mo", Text: "Kính thưa Hội đồng xét xử."}, library.Place{Before: "ket"})
		},
	)
}

// read is a paragraph with its citations as the ids of what they cite.
func read(o library.Outline, p library.Paragraph) string {
	var b strings.Builder
	for _, part := range o.Cited(p) {
		b.WriteString(part.Words)
		var ids []string
		for _, c := range part.Cites {
			id := string(c.Excerpt.ID)
			if c.Lost {
				id = fmt.Sprintf("%d lost", c.Number)
			}
			ids = append(ids, id)
		}
		if len(ids) > 0 {
			b.WriteString("(" + strings.Join(ids, ", ") + ")")
		}
	}
	return b.String()
}

func TestCitationsStandWhereTheirMarksAre(t *testing.T) {
	o := studied(t)
	cites := library.CitationsOf(library.Citation{Number: 2, Excerpt: "e2"}, library.Citation{Number: 1, Excerpt: "e1"})
	for text, want := range map[string]string{
		"": "(e1, e2)",
		"Bị cáo nhận tội [1], rồi chối [2].": "Bị cáo nhận tội (e1), rồi chối (e2).",
		"Hai lời khai [2] [1] trái nhau":     "Hai lời khai (e2, e1) trái nhau",
		"Lời khai [1]":                       "Lời khai (e1, e2)",
		"[1] và [1]":                         "(e1) và (e1, e2)",
		"Điều [2a], [12345], [ 1 ]":          "Điều [2a], [12345], [ 1 ](e1, e2)",
		"Lời khai [7] và [1][2]":             "Lời khai (7 lost) và (e1, e2)",
	} {
		if got := read(o, library.Paragraph{Text: text, Cites: cites}); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// Whose excerpt goes is told as lost where it was cited, and comes back with it; the paragraphs stay as they are.
func TestACitationWhoseExcerptWentIsTold(t *testing.T) {
	o := closed(t)
	p, _ := o.Paragraph("ket")
	gone := apply(t, o, func(o library.Outline) library.Edit { return o.DeleteExcerpts("e1") })
	if got := gone.LostCitations(p); !slices.Equal(got, []int{1}) {
		t.Errorf("lost are %v", got)
	}
	if got, want := read(gone, p), "Bị cáo có mặt tại quán (1 lost, e2) lúc 21 giờ."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if lost := o.LostCitations(p); len(lost) != 0 {
		t.Errorf("with its excerpt there: %v", lost)
	}
	p = p.Uncited(1)
	if got, want := read(gone, p), "Bị cáo có mặt tại quán(e2) lúc 21 giờ."; got != want {
		t.Errorf("taken out: %q, want %q", got, want)
	}
}

// The number of a citation is never given to another one while it stands in the text.
func TestANumberMeansOneExcerpt(t *testing.T) {
	p := library.Paragraph{Text: "Lời khai [4]"}.Citing("e1")
	if p.Text != "Lời khai [4][5]" || !slices.Equal(p.Cites.List(), []library.Citation{{Number: 5, Excerpt: "e1"}}) {
		t.Errorf("%q cites %v", p.Text, p.Cites.List())
	}
	if p := (library.Paragraph{Text: "Bị cáo nhận tội [1]. "}).Citing("e1"); p.Text != "Bị cáo nhận tội [1][2]. " {
		t.Errorf("at the end of a sentence: %q", p.Text)
	}
	for range 2 * library.MaxCitations {
		p = p.Citing("e2")
	}
	if n := len(p.Cites.List()); n != library.MaxCitations {
		t.Errorf("it cites %d", n)
	}
}

// What one wrote and what the other cited comes together, and marks mean what they meant.
func TestClosingSpeechesOfTwoComeTogether(t *testing.T) {
	base := closed(t)
	change := func(o library.Outline, f func(library.Paragraph) library.Paragraph) library.Outline {
		return apply(t, o, func(o library.Outline) library.Edit {
			p, _ := o.Paragraph("ket")
			return o.Set(f(p))
		})
	}
	mine := change(base, func(p library.Paragraph) library.Paragraph {
		p.Text = strings.ReplaceAll(p.Text, "quán", "quán Hoa Sữa")
		return p
	})
	theirs := change(base, func(p library.Paragraph) library.Paragraph { return p.Uncited(1) })
	got, clashes := library.Merge(base, mine, theirs)
	p, _ := got.Paragraph("ket")
	if want := "Bị cáo có mặt tại quán Hoa Sữa (1 lost, e2) lúc 21 giờ."; read(got, p) != want || len(clashes) != 1 {
		t.Errorf("%q, want %q; clashes %+v", read(got, p), want, clashes)
	}
	moved := apply(t, base, func(o library.Outline) library.Edit { return o.Nudge("ket", -1) })
	got, clashes = library.Merge(base, mine, moved)
	if list := got.Paragraphs(); len(clashes) != 0 || len(list) != 2 || list[0].ID != "ket" || !strings.Contains(list[0].Text, "Hoa Sữa") {
		t.Errorf("moved there, written here: %+v; clashes %+v", list, clashes)
	}
}

// The draft has each matter that is proved, with what accuses and what clears, and does not repeat what is hidden.
func TestTheClosingIsDraftedOfWhatIsProved(t *testing.T) {
	o, x := studied(t), indexOf(exhibit(statement, "", 4, library.KindPDF))
	e, _ := o.Excerpt("e2")
	e.Text = "Tôi không đến quán."
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Set(e) })
	o = apply(t, o, func(o library.Outline) library.Edit { return o.ClosingDraft(x) })
	var got []string
	for _, p := range o.Paragraphs() {
		got = append(got, read(o, p))
	}
	want := []string{
		"Hành vi. Chứng cứ buộc tội: “Tôi đến lúc 21 giờ” (e1).",
		"Thời gian. Chứng cứ buộc tội: “Tôi đến lúc 21 giờ” (e1). Chứng cứ gỡ tội: Tôi không đến quán (e2).",
	}
	if !slices.Equal(got, want) {
		t.Errorf("drafted:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	hidden := apply(t, studied(t), func(o library.Outline) library.Edit {
		note := o.Note(at(statement, 0))
		note.Marks = library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0, Y: 0.19}, {X: 1, Y: 0.23}}})
		return o.Set(note)
	})
	hidden = apply(t, hidden, func(o library.Outline) library.Edit { return o.ClosingDraft(x) })
	if p := hidden.Paragraphs()[0]; strings.Contains(p.Text, "21 giờ") || p.Cites.IsZero() {
		t.Errorf("below a redaction: %q", p.Text)
	}
}

// Each citation makes a step, the first of a paragraph with the paragraph to say; what cites nothing makes none.
func TestTheClosingBecomesSteps(t *testing.T) {
	o, x := closed(t), indexOf(exhibit(statement, "", 4, library.KindPDF))
	o = apply(t, o, func(o library.Outline) library.Edit { return o.DeleteExcerpts("e2") })
	steps, left := o.ClosingSteps(x, func(library.PageID) float64 { return 0.7 }, 1.8, func(p library.Paragraph) string { return "nói: " + string(p.ID) })
	if len(steps) != 1 || left != 1 || steps[0].Say != "nói: ket" || steps[0].Shot.Panes[0].Page != at(statement, 0) {
		t.Errorf("%d steps, %d paragraphs without: %+v", len(steps), left, steps)
	}
}

func TestAClosingSpeechTravels(t *testing.T) {
	o := closed(t)
	back, err := library.DecodeOutline(export(t, o))
	if err != nil {
		t.Fatal(err)
	}
	list := back.Paragraphs()
	if len(list) != 2 || list[0].ID != "mo" || read(back, list[1]) != read(o, list[1]) {
		t.Errorf("imported: %+v", list)
	}
	for rec := range o.Records() {
		data, err := library.EncodeRecord(rec)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := library.DecodeRecord(rec.Key().Table, data); err != nil || rec.Key().Table == library.TableParagraphs && again != rec {
			t.Errorf("%s is read as %+v, %v", data, again, err)
		}
	}
	for _, wrong := range []string{
		`{"id":"p","cites":[{"number":0,"excerpt":"e"}]}`, `{"id":"p","cites":[{"number":1,"excerpt":"e"},{"number":1,"excerpt":"f"}]}`,
		`{"id":"p","cites":[{"number":1,"excerpt":"a b"}]}`, `{"id":"p","cites":[{"number":1,"excerpt":""}]}`, `{"id":"p","cites":[{"number":10000,"excerpt":"e"}]}`,
	} {
		if r, err := library.DecodeRecord(library.TableParagraphs, []byte(wrong)); err == nil {
			t.Errorf("%s is read as %+v", wrong, r)
		}
	}
}

func TestAnOutlineOfTheEighthFormIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/outline8.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := library.DecodeOutline(data)
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := o.Excerpt("e4"); e.To != 9000 || len(o.Cues(camera)) != 1 || len(o.Paragraphs()) != 0 {
		t.Errorf("the excerpt is %+v, the transcript %+v", e, o.Cues(camera))
	}
	if now := bytes.Replace(export(t, o), []byte(`"version": 9`), []byte(`"version": 8`), 1); !bytes.Equal(now, data) {
		t.Errorf("exported again:\n%s\nwas:\n%s", now, data)
	}
}
