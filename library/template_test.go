package library_test

import (
	"slices"
	"testing"

	"butluc/assets"
	"butluc/library"
)

// titles are an outline's phases, with their scenarios behind them.
func titles(o library.Outline) (list []string) {
	for _, p := range o.Phases() {
		list = append(list, p.Title)
		for _, s := range o.Scenarios(p.ID) {
			list = append(list, "· "+s.Title)
		}
	}
	return list
}

func TestATemplateDoublesNoPhase(t *testing.T) {
	var template library.Outline
	template = apply(t, template, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "1", Title: "Thủ tục"}, library.Place{})
	})
	template = apply(t, template, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "2", Code: "xet-hoi", Title: "Xét hỏi"}, library.Place{})
	})
	template = apply(t, template, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "3", Title: "Tranh luận"}, library.Place{})
	})
	template = apply(t, template, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "4", Title: "Đối đáp"}, library.Place{})
	})
	for id, s := range map[library.ID][2]string{"a": {"2", "Nhận tội"}, "b": {"2", "Không nhận tội"}, "c": {"3", "Bào chữa"}} {
		template = apply(t, template, func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: id, Title: s[1], Digit: 1 + int(id[0]-'a')}, library.Place{Parent: library.ID(s[0])})
		})
	}
	own := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "x", Code: "xet-hoi", Title: "Phần xét hỏi của tôi"}, library.Place{})
	})
	own = apply(t, own, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "y", Title: "TRANH LUẬN"}, library.Place{})
	})
	own = apply(t, own, func(o library.Outline) library.Edit {
		return o.AddScenario(library.Scenario{ID: "z", Title: "Nhận tội"}, library.Place{Parent: "x"})
	})
	got := apply(t, own, func(o library.Outline) library.Edit { return o.WithTemplate(template) })
	want := []string{
		"Thủ tục", "Phần xét hỏi của tôi", "· Nhận tội", "· Không nhận tội", "TRANH LUẬN", "· Bào chữa", "Đối đáp",
	}
	if !slices.Equal(titles(got), want) {
		t.Errorf("the outline is\n%q, want\n%q", titles(got), want)
	}
	if e := got.WithTemplate(template); !e.IsZero() {
		t.Errorf("once more it changes %d records", len(e.Changes))
	}
}

func TestATemplateOfEachKindIsAddedOnce(t *testing.T) {
	for _, kind := range library.CaseKinds {
		template, err := library.DecodeOutline(assets.Template(string(kind)))
		if err != nil {
			t.Fatal(err)
		}
		once := apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.WithTemplate(template) })
		if !slices.Equal(titles(once), titles(template)) {
			t.Errorf("%s: %q, want %q", kind, titles(once), titles(template))
		}
		if e := once.WithTemplate(template); !e.IsZero() {
			t.Errorf("%s: once more it changes %d records", kind, len(e.Changes))
		}
	}
}

// A template that a stranger made is taken as far as it is an outline, twice as once, and what becomes of it can be kept
// and read again.
func FuzzTemplate(f *testing.F) {
	for _, kind := range library.CaseKinds {
		f.Add(assets.Template(string(kind)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		template, err := library.DecodeOutline(data)
		if err != nil {
			return
		}
		o, err := library.DecodeOutline(assets.Template(string(library.CaseCriminal)))
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range []library.Outline{template, template, template.Template()} {
			next, err := o.Apply(o.WithTemplate(of))
			if err != nil {
				continue
			}
			o = next
		}
		encoded, err := library.EncodeOutline(o)
		if err == nil {
			_, err = library.DecodeOutline(encoded)
		}
		if err != nil {
			t.Errorf("what became of it can't be kept: %v", err)
		}
	})
}
