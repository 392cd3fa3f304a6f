package assets_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"butluc/assets"
	"butluc/library"
)

func TestTemplates(t *testing.T) {
	for _, kind := range library.CaseKinds {
		raw := assets.Template(string(kind))
		o, err := library.DecodeOutline(raw)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if o.Cover().Kind != kind || len(o.Phases()) == 0 || !norm.NFC.IsNormal(raw) {
			t.Errorf("%s: kind %s, %d phases, NFC %v", kind, o.Cover().Kind, len(o.Phases()), norm.NFC.IsNormal(raw))
		}
		next, err := library.Outline{}.Apply(library.Outline{}.WithTemplate(o))
		if err != nil || next.Cover().Kind != kind || next.Count(library.TableSteps) != o.Count(library.TableSteps) {
			t.Errorf("%s: a new outline of it: %v", kind, err)
		}
		if _, ok := o.ScenarioOf(1); ok {
			if _, kept := next.ScenarioOf(1); !kept {
				t.Errorf("%s: digits are lost", kind)
			}
		}
	}
	if assets.Template("none") != nil || assets.Template("../translations/vi") != nil {
		t.Error("there is a template that is none")
	}
}
