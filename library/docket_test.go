package library_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
)

func someDocket() library.Docket {
	return library.Docket{
		Parties: "Trần Văn M.", Charge: "Cố ý gây thương tích", Severity: 2, Stage: library.StageTrial, Accepted: "2026-03-02", Since: "2026-09-15",
		Sheets: 312, Early: true,
		Events: []library.Event{
			{Kind: library.EventInterrogation, Day: "2026-03-10", Count: 4},
			{Kind: library.EventHearing, Day: "2026-10-20", Place: "Phòng xử 2", Online: true, Shown: true},
		},
	}
}

func applied(t *testing.T, o library.Outline, e library.Edit) library.Outline {
	t.Helper()
	return apply(t, o, func(library.Outline) library.Edit { return e })
}

// What the register has of a case is kept with it and can be undone; the superior approves the same outline as before.
func TestTheDocketIsKeptAndIsNoPartOfWhatIsApproved(t *testing.T) {
	o := applied(t, library.Outline{}, library.Edit{Changes: []library.Change{{After: library.Cover{Kind: library.CaseCriminal, CaseNumber: "12/2026"}}}})
	before, err := library.EncodeOutline(o)
	if err != nil {
		t.Fatal(err)
	}
	e := o.Set(someDocket())
	with := applied(t, o, e)
	if diff := cmp.Diff(someDocket(), with.Docket()); diff != "" {
		t.Error(diff)
	}
	data, err := library.EncodeEdit(e)
	if err != nil {
		t.Fatal(err)
	}
	again, err := library.DecodeEdit(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(someDocket(), applied(t, o, again).Docket()); diff != "" {
		t.Errorf("written and read again: %s", diff)
	}
	if after, err := library.EncodeOutline(with); err != nil || !bytes.Equal(before, after) {
		t.Errorf("%v: what is approved has the register in it:\n%s", err, after)
	}
	if got := with.Since(o); len(got) > 0 {
		t.Errorf("the superior is told of %+v", got)
	}
	if back := applied(t, with, e.Inverse()); !back.Same(o) {
		t.Error("it can't be undone")
	}
	if e := with.Set(library.Docket{}); applied(t, with, e).Count(library.TableDocket) != 0 {
		t.Error("one that says nothing is kept")
	}
	in, err := with.Import(before, library.NewIndex(nil))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(someDocket(), applied(t, with, in).Docket()); diff != "" {
		t.Errorf("an imported outline takes it away: %s", diff)
	}
}

func TestADocketIsChecked(t *testing.T) {
	for field, d := range map[string]library.Docket{
		"severity": {Severity: 5}, "stage": {Stage: "elsewhere"}, "accepted": {Accepted: "30/2/2026"}, "sheets": {Sheets: -1},
		"branch": {Branch: "naval"}, "parties": {Parties: strings.Repeat("x", library.MaxTitle+1)},
		"events": {Events: []library.Event{{Kind: library.EventHearing, Day: "2026-13-01"}}},
	} {
		if err := d.Check(); !errors.Is(err, library.ErrInvalid) || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := someDocket().Check(); err != nil {
		t.Error(err)
	}
}
