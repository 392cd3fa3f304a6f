package signing_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"testing"
	"time"

	"butluc/library/eventually"
	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
	"butluc/library/signature/signing"
	"butluc/library/signature/token"
)

// The test binary is both children, too.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) == 2 && os.Args[1] == signing.Verb:
		ended(signing.Main(os.Stdin, os.Stdout))
	case len(os.Args) == 3 && os.Args[1] == signature.Verb:
		ended(signature.Main(os.Stdin, os.Stdout, os.Args[2]))
	case len(os.Args) == 3 && os.Args[1] == "crash":
		os.Exit(3)
	}
	os.Exit(m.Run())
}

func ended(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func TestAChildSignsAndAnotherReads(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	key := signing.Key{PKCS12: signaturetest.PKCS12(t, a.Person(t, "Nguyễn Văn An", signaturetest.RSA(t)), "mật khẩu"), Passphrase: "mật khẩu"}
	signer := signing.Signer{Command: []string{os.Args[0], signing.Verb}}
	drawn := ""
	look := func(name string, _ time.Time) (image.Image, error) {
		drawn = name
		return image.NewGray(image.Rect(0, 0, 50, 10)), nil
	}
	data, err := signer.Sign(eventually.Context(t), signaturetest.PDF("x", 0, false), key, pades.Options{At: time.Now(), Office: "VKSND"}, look)
	if err != nil {
		t.Fatal(err)
	}
	if drawn != "Nguyễn Văn An" || !bytes.Contains(data, []byte("/Subtype /Form")) {
		t.Errorf("nothing is seen of the signature of %q", drawn)
	}
	dir := t.TempDir()
	a.Install(t, dir)
	f := fileOf(t, data)
	found, err := signature.Reader{Command: []string{os.Args[0], signature.Verb}, Roots: dir}.Read(eventually.Context(t), f)
	if err != nil || len(found) != 1 || !found[0].Good() {
		t.Errorf("%+v, %v", found, err)
	}
}

func fileOf(t *testing.T, data []byte) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "*.pdf")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhatCantBeSignedIsTold(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	key := signing.Key{PKCS12: signaturetest.PKCS12(t, a.Person(t, "An", signaturetest.RSA(t)), "right"), Passphrase: "right"}
	wrong, none, lost := key, key, signing.Key{Module: "/nowhere/none.so"}
	wrong.Passphrase, none.PKCS12 = "wrong", []byte("none")
	pdf := signaturetest.PDF("x", 0, false)
	encrypted := bytes.Replace(pdf, []byte("/Size"), []byte("/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -1 >> /Size"), 1)
	signer := signing.Signer{Command: []string{os.Args[0], signing.Verb}}
	for name, c := range map[string]struct {
		pdf  []byte
		key  signing.Key
		want error
	}{
		"passphrase": {pdf, wrong, pades.ErrPassphrase},
		"file":       {pdf, none, pades.ErrCertificate},
		"encrypted":  {encrypted, key, pades.ErrEncrypted},
		"no PDF":     {[]byte("Biên bản"), key, pades.ErrDamaged},
		"cut":        {pdf[:len(pdf)/2], key, pades.ErrDamaged},
		"module":     {pdf, lost, token.ErrModule},
	} {
		if _, err := signer.Sign(eventually.Context(t), c.pdf, c.key, pades.Options{At: time.Now()}, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is signed after its certificate's time, or before it, would not be believed: nothing is.
func TestACertificateOutOfItsTimeIsTold(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	person := a.Person(t, "An", signaturetest.RSA(t))
	key := signing.Key{PKCS12: signaturetest.PKCS12(t, person, "p"), Passphrase: "p"}
	signer := signing.Signer{Command: []string{os.Args[0], signing.Verb}}
	for at, want := range map[time.Time]error{
		person.Certificate.NotAfter.AddDate(0, 0, 1): signing.ErrExpired, person.Certificate.NotBefore.AddDate(0, 0, -1): signing.ErrNotYet,
	} {
		if _, err := signer.Sign(eventually.Context(t), signaturetest.PDF("x", 0, false), key, pades.Options{At: at}, nil); !errors.Is(err, want) {
			t.Errorf("at %v: %v", at, err)
		}
	}
}

// A driver may open windows of its own: it is asked nothing while that may not be. A file may be signed with.
func TestADriverIsNotAskedWhenItMayNotBe(t *testing.T) {
	signer := signing.Signer{Command: []string{os.Args[0], "crash", "now"}, May: func(context.Context) bool { return false }}
	for _, key := range []signing.Key{{Module: "/nowhere/none.so"}, {Store: true}} {
		if _, err := signer.Who(eventually.Context(t), key); !errors.Is(err, signing.ErrNotNow) {
			t.Errorf("%+v: %v", key, err)
		}
	}
	if _, err := signer.Who(eventually.Context(t), signing.Key{}); errors.Is(err, signing.ErrNotNow) {
		t.Error("a file is refused")
	}
}

// A file that crashes its reader costs itself.
func TestAChildThatEndsIsTold(t *testing.T) {
	f := fileOf(t, []byte("/ByteRange [0 1 2 3]"))
	if _, err := (signature.Reader{Command: []string{os.Args[0], "crash"}}).Read(eventually.Context(t), f); !errors.Is(err, signature.ErrEnded) {
		t.Errorf("%v", err)
	}
	_, err := signing.Signer{Command: []string{os.Args[0], "crash", "now"}}.Who(eventually.Context(t), signing.Key{})
	if !errors.Is(err, signing.ErrEnded) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
	unsigned := fileOf(t, signaturetest.PDF("x", 0, false))
	if found, err := (signature.Reader{Command: []string{"/nowhere/none"}}).Read(eventually.Context(t), unsigned); err != nil || len(found) > 0 {
		t.Errorf("%v: a child was started for a file that nobody signed", err)
	}
}
