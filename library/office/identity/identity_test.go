package identity

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

func day() time.Time { return time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC) }

func hoa() Person {
	return Person{Name: "Nguyễn Thị Hòa", Office: "VKSND khu vực 3", Rank: "Kiểm sát viên sơ cấp"}
}

func newIdentity(t testing.TB, p Person) *Identity {
	t.Helper()
	i, err := New(p, day())
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestACardIsReadAsItWasWritten(t *testing.T) {
	me := newIdentity(t, hoa())
	recovery, err := NewRecovery("VKSND khu vực 3", day())
	if err != nil {
		t.Fatal(err)
	}
	for _, card := range []Card{me.Card(), recovery.Card()} {
		for _, text := range []string{card.Text(), strings.ReplaceAll(card.Text(), "\n", "\r\n"), "\ufeff" + card.Text() + "\n\n"} {
			read, err := ParseCard([]byte(text))
			if err != nil {
				t.Fatalf("%v:\n%s", err, text)
			}
			if read.Person != card.Person || read.Recovery != card.Recovery || !read.Made.Equal(card.Made) ||
				!read.Same(card) || read.Text() != card.Text() {
				t.Errorf("read %+v, wrote %+v", read, card)
			}
		}
	}
	if me.Card().Recovery || !recovery.Card().Recovery {
		t.Error("a person's card is taken for a recovery key, or the other way round")
	}
}

func TestAChangedCardIsRefused(t *testing.T) {
	card := newIdentity(t, hoa()).Card().Text()
	other := newIdentity(t, hoa()).Card().Text()
	line := func(text string, n int) string { return strings.Split(text, "\n")[n] }
	for name, text := range map[string]string{
		"another name":      strings.Replace(card, "Hòa", "Hoa", 1),
		"another rank":      strings.Replace(card, "sơ cấp", "cao cấp", 1),
		"another recipient": strings.Replace(card, line(card, 5), line(other, 5), 1),
		"another key":       strings.Replace(card, line(card, 6), line(other, 6), 1),
		"no signature":      strings.Replace(card, line(card, 7)+"\n", "", 1),
		"a line more":       strings.Replace(card, "made:", "note: x\nmade:", 1),
		"a name twice":      strings.Replace(card, "office:", "name: Viện trưởng\noffice:", 1),
		"a later version":   strings.Replace(card, "butluc-card 1", "butluc-card 2", 1),
		"nothing":           "",
		"too long":          card + strings.Repeat(" ", maxCard),
	} {
		if _, err := ParseCard([]byte(text)); !errors.Is(err, ErrCard) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range card {
		changed := []byte(card)
		changed[i] ^= 1
		if _, err := ParseCard(changed); err == nil {
			t.Errorf("byte %d can be changed: %q", i, changed)
		}
	}
}

func TestNamesThatHideSomethingAreRefused(t *testing.T) {
	for _, p := range []Person{
		{},
		{Name: "Hòa"},
		{Office: "VKSND"},
		{Name: "Hòa\nrank: Viện trưởng", Office: "VKSND"},
		{Name: "a\u202eb", Office: "VKSND"},
		{Name: strings.Repeat("a", 201), Office: "VKSND"},
		{Name: "a\xff", Office: "VKSND"},
	} {
		if _, err := New(p, day()); !errors.Is(err, ErrPerson) {
			t.Errorf("%+q: %v", p, err)
		}
	}
	decomposed := newIdentity(t, Person{Name: " Hòa ", Office: "VKSND"}).Card().Name
	if decomposed != "Hòa" {
		t.Errorf("the name is %+q", decomposed)
	}
}

func TestAFingerprintIsOfTheKeyAlone(t *testing.T) {
	me := newIdentity(t, hoa())
	promoted, err := me.As(Person{Name: "Nguyễn Thị Hòa", Office: "VKSND khu vực 3", Rank: "Kiểm sát viên trung cấp"}, day())
	if err != nil {
		t.Fatal(err)
	}
	if !promoted.Card().Same(me.Card()) {
		t.Error("a promotion changes the fingerprint")
	}
	if newIdentity(t, hoa()).Card().Same(me.Card()) {
		t.Error("two keys have one fingerprint")
	}
	groups := strings.Fields(me.Card().Fingerprint())
	if len(groups) != 6 || len(strings.Join(groups, "")) != 30 || strings.Trim(strings.Join(groups, ""), "0123456789") != "" {
		t.Errorf("the fingerprint is %q", groups)
	}
	// One secret has one fingerprint for ever, on every machine.
	fixed, err := FromSecret(typicalSecret, hoa(), false, day())
	if err != nil {
		t.Fatal(err)
	}
	if got := fixed.Card().Fingerprint(); got != typicalFingerprint {
		t.Errorf("the fingerprint became %q", got)
	}
}

const (
	typicalSecret      = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
	typicalFingerprint = "26013 92277 57957 73413 69724 73698"
)

func TestASignatureIsForOnePurpose(t *testing.T) {
	me, other := newIdentity(t, hoa()), newIdentity(t, hoa())
	message := []byte("danh mục")
	signature := me.Sign("butluc package 1", message)
	if err := me.Card().Verify("butluc package 1", message, signature); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"another purpose": me.Card().Verify("butluc roster 1", message, signature),
		"another message": me.Card().Verify("butluc package 1", []byte("khác"), signature),
		"another person":  other.Card().Verify("butluc package 1", message, signature),
		"none":            me.Card().Verify("butluc package 1", message, nil),
		"nobody's card":   Card{}.Verify("butluc package 1", message, signature),
	} {
		if !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSecretOpensWithItsPassphraseAlone(t *testing.T) {
	me := newIdentity(t, hoa())
	const decomposed = "mật khẩu của tôi"
	sealed, err := me.sealed("mật khẩu của tôi", 10)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("Hòa")) || bytes.Contains(sealed, []byte("SECRET")) {
		t.Error("the file tells of its owner")
	}
	read, err := Open(sealed, decomposed)
	if err != nil {
		t.Fatal(err)
	}
	if read.Secret() != me.Secret() || read.Card().Text() != me.Card().Text() {
		t.Error("another identity was read")
	}
	for _, wrong := range []string{"", "mật khẩu của tôi ", "mat khau cua toi"} {
		if _, err := Open(sealed, wrong); !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if _, err := me.Seal("ngắn quá"); !errors.Is(err, ErrWeak) {
		t.Errorf("a short passphrase: %v", err)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := Open(changed, decomposed); err == nil {
			t.Errorf("byte %d can be changed", i)
		}
	}
}

// A stranger's file may ask for work that takes all memory: it is refused before it begins.
func TestAFileCannotAskForEndlessWork(t *testing.T) {
	sealed, err := newIdentity(t, hoa()).sealed("mật khẩu của tôi", 10)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(sealed, []byte("\n--- "))
	heavy := bytes.Replace(sealed, head, bytes.Replace(head, []byte(" 10\n"), []byte(" 30\n"), 1), 1)
	if bytes.Equal(heavy, sealed) {
		t.Fatal("the work factor was not found")
	}
	if _, err := Open(heavy, "mật khẩu của tôi"); err == nil {
		t.Error("it was opened")
	}
}

func TestAPrintedSecretIsTypedBack(t *testing.T) {
	recovery, err := NewRecovery("VKSND khu vực 3", day())
	if err != nil {
		t.Fatal(err)
	}
	var typed []string
	for chunk := range strings.SplitSeq(strings.ToLower(recovery.Secret()), "-") {
		typed = append(typed, chunk)
	}
	again, err := FromSecret(" "+strings.Join(typed, "- ")+"\n", recovery.Card().Person, true, recovery.Card().Made)
	if err != nil {
		t.Fatal(err)
	}
	if again.Card().Text() != recovery.Card().Text() {
		t.Error("another key came back")
	}
	slip := strings.Replace(recovery.Secret(), recovery.Secret()[30:31], "B", 1)
	if _, err := FromSecret(slip, recovery.Card().Person, true, day()); !errors.Is(err, ErrSecret) || strings.Contains(fmt.Sprint(err), slip) {
		t.Errorf("a slip: %v", err)
	}

	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recovery.Card().Recipient(), newIdentity(t, hoa()).Card().Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "hồ sơ"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(&sealed, again.Age())
	if err != nil {
		t.Fatal("the recovery key does not open what was encrypted to the office: ", err)
	}
	if got, _ := io.ReadAll(r); string(got) != "hồ sơ" {
		t.Errorf("it opened %q", got)
	}
}

func TestACardFitsAQRCode(t *testing.T) {
	long := Person{
		Name: "Nguyễn Phước Bảo Quỳnh Hương Thảo", Office: "Viện kiểm sát nhân dân khu vực 12 thành phố Hồ Chí Minh",
		Rank: "Kiểm sát viên trung cấp, Phó Viện trưởng",
	}
	for _, text := range []string{newIdentity(t, long).Card().Text(), newIdentity(t, long).Secret()} {
		rows, err := QR(text)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(rows); n > 93 || n != len(rows[0]) || !rows[0][0] || rows[7][7] {
			t.Errorf("%d bytes are %d modules", len(text), n)
		}
	}
}

func FuzzParseCard(f *testing.F) {
	f.Add([]byte(newIdentity(f, hoa()).Card().Text()))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseCard(data)
		if err != nil {
			return
		}
		again, err := ParseCard([]byte(c.Text()))
		if err != nil || again.Text() != c.Text() {
			t.Errorf("%q is read once, and then %v", data, err)
		}
	})
}
