package prepare

import (
	"fmt"
	"testing"

	"butluc/library"
	"butluc/library/folios"
)

func TestSkippedPagesAreReadAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"": "[]", "3": "[3]", "3, 5-7": "[3 5 6 7]", "2;4 6": "[2 4 6]", "x": "none", "0": "none", "7-5": "none", "-3": "none", "1-9999999": "none", "3-": "none",
	} {
		got := "none"
		if list, ok := ordinals(typed); ok {
			got = fmt.Sprint(list)
		}
		if got != want {
			t.Errorf("%q is %s, want %s", typed, got, want)
		}
	}
}

func TestChoicesGoAround(t *testing.T) {
	if got := turned(sidesOrder, folios.SidesOne, -1); got != folios.SidesSame {
		t.Errorf("before the first is %q", got)
	}
	if got := turned(sidesOrder, folios.SidesSame, 1); got != folios.SidesOne {
		t.Errorf("after the last is %q", got)
	}
}

func TestManyFoliosAreNamedInShort(t *testing.T) {
	var list []library.Folio
	for n := range 10 {
		list = append(list, library.Folio{Number: n + 1})
	}
	if got := folioList(list); got != "1, 2, 3, 4, 5, 6, 7, 8, …" {
		t.Error(got)
	}
	if got := folioList(list[:2]); got != "1, 2" {
		t.Error(got)
	}
}
