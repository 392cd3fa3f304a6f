package roster

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"butluc/library/office/identity"
)

func day(n int) time.Time { return time.Date(2026, 3, n, 8, 0, 0, 0, time.UTC) }

func person(t testing.TB, name string) *identity.Identity {
	t.Helper()
	i, err := identity.New(identity.Person{Name: name, Office: "VKSND khu vực 3"}, day(1))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// signed gives a roster as others read it who know another.
func signedBy(t testing.TB, r Roster, by *identity.Identity, known Roster) (Roster, error) {
	t.Helper()
	data, err := r.Sign(by, day(r.Number+1))
	if err != nil {
		t.Fatal(err)
	}
	return Parse(data, "kho", known)
}

func must(t testing.TB) func(Roster, error) Roster {
	return func(r Roster, err error) Roster {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func TestRightsFollowFromRankAndGrants(t *testing.T) {
	minh, tam, hoa, tuan, lan, tren := person(t, "Minh"), person(t, "Tâm"), person(t, "Hòa"), person(t, "Tuấn"), person(t, "Lan"), person(t, "Trên")
	id := func(i *identity.Identity) string { return i.Card().Fingerprint() }
	paper, err := identity.NewRecovery("VKSND khu vực 3", day(1))
	if err != nil {
		t.Fatal(err)
	}
	r := New("kho", minh.Card())
	for i, role := range map[*identity.Identity]Role{tam: RoleDeputy, hoa: RoleProsecutor, tuan: RoleProsecutor, lan: RoleAssistant, tren: RoleSuperior, paper: RoleRecovery} {
		r = must(t)(r.With(i.Card(), role))
	}
	r = must(t)(r.Granting("vụ 1", id(lan), Edit))
	r = must(t)(r.Granting("vụ 1", id(tren), Read))
	r = must(t)(signedBy(t, r, minh, Roster{}))
	for _, c := range []struct {
		who    *identity.Identity
		caseID string
		want   Right
	}{
		{minh, "vụ 1", Comment},
		{tam, "vụ 2", Comment},
		{hoa, "vụ 1", Edit},
		{tuan, "vụ 1", None},
		{lan, "vụ 1", Edit},
		{lan, "vụ 2", None},
		{tren, "vụ 1", Read},
		{tren, "vụ 2", None},
		{paper, "vụ 2", Read},
	} {
		if got := r.Right(id(c.who), c.caseID, id(hoa)); got != c.want {
			t.Errorf("%s may %s %s, want %s", c.who.Card().Name, got, c.caseID, c.want)
		}
	}
	if got := len(r.Readers("vụ 1", id(hoa))); got != 6 {
		t.Errorf("vụ 1 has %d readers, want 6", got)
	}
	r = must(t)(r.Without(id(lan)))
	if got := r.Right(id(lan), "vụ 1", id(hoa)); got != None || !r.Was(id(lan)) {
		t.Errorf("who was taken out may %s", got)
	}
	if again := must(t)(r.With(lan.Card(), RoleAssistant)); again.Right(id(lan), "vụ 1", id(hoa)) != None {
		t.Error("who came back has the grants from before")
	}
}

func TestOnlyTheHeadSigns(t *testing.T) {
	minh, hoa, gia := person(t, "Minh"), person(t, "Hòa"), person(t, "Giả")
	first := must(t)(signedBy(t, New("kho", minh.Card()), minh, Roster{}))
	second := must(t)(first.With(hoa.Card(), RoleProsecutor))
	known := must(t)(signedBy(t, second, minh, first))
	for name, try := range map[string]func() (Roster, error){
		"a member":              func() (Roster, error) { return signedBy(t, second, hoa, first) },
		"a new head by himself": func() (Roster, error) { return signedBy(t, New("kho", gia.Card()), gia, first) },
		"a member, unknown":     func() (Roster, error) { return signedBy(t, second, hoa, Roster{}) },
	} {
		if _, err := try(); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := signedBy(t, New("kho", minh.Card()), minh, known); !errors.Is(err, ErrOlder) {
		t.Errorf("an older one: %v", err)
	}
	data, err := second.Sign(minh, day(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Parse(data, "kho khác", first); !errors.Is(err, ErrInvalid) {
		t.Errorf("of another store: %v", err)
	}
	for _, role := range []Role{RoleHead, RoleRecovery, "vua"} {
		if _, err := first.With(hoa.Card(), role); !errors.Is(err, ErrInvalid) {
			t.Errorf("Hòa as %s: %v", role, err)
		}
	}
}

func TestTheHeadHandsOver(t *testing.T) {
	minh, tam, hoa := person(t, "Minh"), person(t, "Tâm"), person(t, "Hòa")
	id := func(i *identity.Identity) string { return i.Card().Fingerprint() }
	first := must(t)(New("kho", minh.Card()).With(tam.Card(), RoleDeputy))
	first = must(t)(signedBy(t, must(t)(first.With(hoa.Card(), RoleProsecutor)), minh, Roster{}))
	handed := must(t)(first.HandOver(minh, id(tam)))
	second := must(t)(signedBy(t, handed, minh, first))
	if !second.Head().Same(tam.Card()) || second.Right(id(minh), "vụ 1", "") != Comment {
		t.Errorf("the head is %s", second.Head().Name)
	}
	third := must(t)(signedBy(t, second, tam, second))
	must(t)(signedBy(t, second, tam, first)) // of who missed the handing over
	must(t)(signedBy(t, third, tam, Roster{}))
	if _, err := signedBy(t, second, minh, second); !errors.Is(err, ErrForged) {
		t.Errorf("the old head signs once more: %v", err)
	}
	if _, err := first.HandOver(hoa, id(hoa)); !errors.Is(err, ErrInvalid) {
		t.Errorf("somebody makes themself the head: %v", err)
	}
	stolen := first
	stolen.handed = [][]byte{handed.handed[0]}
	stolen.Members = []Member{{hoa.Card(), RoleHead}}
	if _, err := signedBy(t, stolen, hoa, first); !errors.Is(err, ErrForged) {
		t.Errorf("with the word about another: %v", err)
	}
}

func TestAChangedRosterIsRefused(t *testing.T) {
	minh, hoa := person(t, "Minh"), person(t, "Hòa")
	r := must(t)(New("kho", minh.Card()).With(hoa.Card(), RoleProsecutor))
	data, err := r.Sign(minh, day(1))
	if err != nil {
		t.Fatal(err)
	}
	known := must(t)(Parse(data, "kho", Roster{}))
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		changed := append([]byte(nil), data...)
		switch at := random.IntN(len(changed)); random.IntN(3) {
		case 0:
			changed = changed[:at]
		case 1:
			changed[at] ^= byte(1 << random.IntN(8))
		case 2:
			changed = append(changed[:at], changed[min(len(changed), at+1+random.IntN(40)):]...)
		}
		got, err := Parse(changed, "kho", known)
		if err == nil && (len(got.Members) != 2 || got.Number != known.Number) { // a capital in a field's name says the same
			t.Fatalf("taken: %q", changed)
		}
	}
}
