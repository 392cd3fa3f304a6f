package identity

import (
	"errors"
	"testing"
)

// ring is a keyring in memory; nil is one that does not work.
type ring map[string]string

func (r ring) Get(name string) (string, error) {
	if secret, ok := r[name]; ok {
		return secret, nil
	}
	return "", errors.New("not there")
}

func (r ring) Set(name, secret string) error {
	if r == nil {
		return errors.New("no keyring")
	}
	r[name] = secret
	return nil
}

func (r ring) Delete(name string) error {
	delete(r, name)
	return nil
}

func TestAnIdentityIsKeptOnAMachine(t *testing.T) {
	h := Home{work: 10, Dir: t.TempDir(), Keyring: ring{}}
	if _, err := h.Identity(); !errors.Is(err, ErrNone) {
		t.Errorf("on a new machine: %v", err)
	}
	if _, err := h.Unlock("mật khẩu của tôi"); !errors.Is(err, ErrNone) {
		t.Errorf("on a new machine: %v", err)
	}
	me := newIdentity(t, hoa())
	if _, err := h.Keep(me, "ngắn", true); !errors.Is(err, ErrWeak) {
		t.Errorf("a short passphrase: %v", err)
	}
	kept, err := h.Keep(me, "mật khẩu của tôi", true)
	if err != nil || !kept {
		t.Fatalf("kept %v, %v", kept, err)
	}
	if again, err := h.Identity(); err != nil || again.Secret() != me.Secret() {
		t.Errorf("out of the keyring: %v", err)
	}
	h.Lock()
	if _, err := h.Identity(); !errors.Is(err, ErrLocked) {
		t.Errorf("locked: %v", err)
	}
	if again, err := h.Unlock("mật khẩu của tôi"); err != nil || again.Secret() != me.Secret() {
		t.Errorf("by the passphrase: %v", err)
	}
	if card, err := h.Card(); err != nil || !card.Same(me.Card()) {
		t.Errorf("the card: %v", err)
	}
}

func TestWithoutAKeyringThePassphraseOpens(t *testing.T) {
	h := Home{work: 10, Dir: t.TempDir(), Keyring: ring(nil)}
	me := newIdentity(t, hoa())
	if kept, err := h.Keep(me, "mật khẩu của tôi", true); err != nil || kept {
		t.Errorf("kept %v, %v", kept, err)
	}
	if _, err := h.Identity(); !errors.Is(err, ErrLocked) {
		t.Error(err)
	}
}

func TestACardInTheKeyringOfAnotherKeyIsNotTaken(t *testing.T) {
	r := ring{}
	h := Home{work: 10, Dir: t.TempDir(), Keyring: r}
	me := newIdentity(t, hoa())
	if _, err := h.Keep(me, "mật khẩu của tôi", true); err != nil {
		t.Fatal(err)
	}
	for name := range r {
		r[name] = string(newIdentity(t, hoa()).private())
	}
	if _, err := h.Identity(); !errors.Is(err, ErrLocked) {
		t.Error(err)
	}
}

func TestKnownCards(t *testing.T) {
	h := Home{work: 10, Dir: t.TempDir()}
	binh := newIdentity(t, Person{Name: "Bình", Office: "VKSND khu vực 3"}).Card()
	an := newIdentity(t, Person{Name: "An", Office: "VKSND khu vực 3"}).Card()
	for _, c := range []Card{binh, an, an} {
		if err := h.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.SetCompared(binh, true); err != nil {
		t.Fatal(err)
	}
	known, err := h.Known()
	if err != nil || len(known) != 2 || !known[0].Same(an) || known[0].Compared || !known[1].Compared {
		t.Fatalf("known are %+v, %v", known, err)
	}
	pretender := newIdentity(t, Person{Name: "An", Office: "VKSND khu vực 3"}).Card()
	stranger := newIdentity(t, Person{Name: "An", Office: "VKSND khu vực 4"}).Card()
	for want, c := range map[Standing]Card{Compared: binh, Taken: an, Unknown: stranger, Namesake: pretender} {
		if got := StandingOf(c, Card{}, known); got != want {
			t.Errorf("%s of %s is %s, want %s", c.Name, c.Office, got, want)
		}
	}
	if got := StandingOf(an, an, known); got != Own {
		t.Errorf("one's own card is %s", got)
	}
	if err := h.Forget(binh); err != nil {
		t.Fatal(err)
	}
	if err := h.Add(binh); err != nil {
		t.Fatal(err)
	}
	if known, _ := h.Known(); len(known) != 2 || known[1].Compared {
		t.Error("who was forgotten and comes again counts as compared")
	}
	if err := h.SetRecovery(an); !errors.Is(err, ErrCard) {
		t.Errorf("a person's card as recovery key: %v", err)
	}
	if _, err := h.Recovery(); !errors.Is(err, ErrNone) {
		t.Errorf("no recovery key: %v", err)
	}
}

func TestWhatIsForSomeIsForTheOfficeToo(t *testing.T) {
	h := Home{work: 10, Dir: t.TempDir()}
	an := newIdentity(t, Person{Name: "An", Office: "VKSND khu vực 3"})
	if to := h.Audience([]Card{an.Card()}); len(to) != 1 {
		t.Errorf("on a new machine it is for %d", len(to))
	}
	if _, err := h.Keep(newIdentity(t, hoa()), "mật khẩu của tôi", false); err != nil {
		t.Fatal(err)
	}
	recovery, err := NewRecovery("VKSND khu vực 3", day())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SetRecovery(recovery.Card()); err != nil {
		t.Fatal(err)
	}
	to := h.Audience([]Card{an.Card(), an.Card()})
	if len(to) != 3 || !to[0].Same(an.Card()) || to[1].Name != "Nguyễn Thị Hòa" || !to[2].Recovery {
		t.Errorf("it is for %+v", to)
	}
}
