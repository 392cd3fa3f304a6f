package outline

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"butluc/library"
)

func sampleOutline(t *testing.T) library.Outline {
	t.Helper()
	var o library.Outline
	do := func(e library.Edit) {
		next, err := o.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		o = next
	}
	do(o.AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	do(o.AddPhase(library.Phase{ID: "q", Title: "Tranh luận"}, library.Place{}))
	do(o.AddScenario(library.Scenario{ID: "a", Title: "Bị cáo phản cung"}, library.Place{Parent: "p"}))
	do(o.AddScenario(library.Scenario{ID: "b", Title: "Ngoại phạm"}, library.Place{Parent: "q"}))
	do(o.AddSteps(library.Place{Parent: "a"}, library.Step{ID: "a1", Say: "Con dao ở đâu?"}, library.Step{ID: "a2", Say: "Ai đạo diễn?"}))
	do(o.AddSteps(library.Place{Parent: "b"}, library.Step{ID: "b1", Say: "Lúc 21 giờ?"}))
	return o
}

func drawRows(o library.Outline, closed map[library.ID]bool, d *draft, words string) string {
	var b strings.Builder
	for _, r := range flatten(o, closed, d, folded{}, words) {
		id := string(r.id)
		if r.kind == draftRow {
			id = "…"
		}
		fmt.Fprint(&b, id, " ")
	}
	return strings.TrimSpace(b.String())
}

func TestRowsOfAnOutline(t *testing.T) {
	o := sampleOutline(t)
	for _, c := range []struct {
		what   string
		closed map[library.ID]bool
		draft  *draft
		words  string
		want   string
	}{
		{"all", nil, nil, "", "p a a1 a2 q b b1"},
		{"a closed scenario", map[library.ID]bool{"a": true}, nil, "", "p a q b b1"},
		{"a closed phase", map[library.ID]bool{"p": true}, nil, "", "p q b b1"},
		{"a word without accents finds both", nil, nil, "dao", "p a a1 a2"},
		{"the middle of a word finds nothing", nil, nil, "ao", ""},
		{"words of a scenario show all of it", nil, nil, "phan cung", "p a a1 a2"},
		{"words of different levels", nil, nil, "tranh 21", "q b b1"},
		{"a filter opens what is closed", map[library.ID]bool{"p": true, "a": true}, nil, "con dao", "p a a1"},
		{"words that are nowhere", nil, nil, "súng", ""},
		{"a step begun between", nil, &draft{stepRow, library.Place{Parent: "a", Before: "a2"}}, "", "p a a1 … a2 q b b1"},
		{"a step begun at the end", nil, &draft{stepRow, library.Place{Parent: "b"}}, "", "p a a1 a2 q b b1 …"},
		{"a scenario begun", nil, &draft{scenarioRow, library.Place{Parent: "p"}}, "", "p a a1 a2 … q b b1"},
	} {
		if got := drawRows(o, c.closed, c.draft, c.words); got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

func TestFilterSeesWhatWasTypedSince(t *testing.T) {
	o, texts := sampleOutline(t), folded{}
	if got := flatten(o, nil, nil, texts, "bua"); len(got) != 0 {
		t.Fatalf("found %d rows", len(got))
	}
	s, _ := o.Step("b1")
	s.Say = "Cái búa ở đâu?"
	next, err := o.Apply(o.Set(s))
	if err != nil {
		t.Fatal(err)
	}
	if got := flatten(next, nil, nil, texts, "bua"); len(got) != 3 {
		t.Errorf("found %d rows, want the step under its scenario and phase", len(got))
	}
}

func TestALineIsCutWhereItEnds(t *testing.T) {
	const wide = 120
	got := elide("Bị cáo đã khai nhận tại cơ quan điều tra rằng", 14, fyne.TextStyle{}, wide)
	if !strings.HasSuffix(got, "…") || fyne.MeasureText(got, 14, fyne.TextStyle{}).Width > wide {
		t.Errorf("got %q", got)
	}
	if got := elide("Bị cáo", 14, fyne.TextStyle{}, wide); got != "Bị cáo" {
		t.Errorf("what fits becomes %q", got)
	}
}
