package token_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/tailscale/certstore"

	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
	"butluc/library/signature/token"
)

// install puts a person's certificate and key into the user's store, and takes them away again.
func install(t *testing.T, person pades.Signer) {
	t.Helper()
	store, err := certstore.Open(certstore.User, certstore.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Import(signaturetest.PKCS12(t, person, "p"), "p"); err != nil {
		t.Skipf("this Windows imports no PKCS#12: %v", err)
	}
	t.Cleanup(func() {
		store, err := certstore.Open(certstore.User, certstore.ReadWrite)
		if err != nil {
			t.Error(err)
			return
		}
		defer store.Close()
		ids, err := store.Identities()
		if err != nil {
			t.Error(err)
		}
		for _, id := range ids {
			if c, err := id.Certificate(); err == nil && c.Equal(person.Certificate) {
				_ = id.Delete() // frees what it knows of the certificate
				continue
			}
			id.Close()
		}
	})
}

func TestTheStoreSigns(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	person := a.Person(t, "Nguyễn Văn An", signaturetest.RSA(t))
	install(t, person)
	held, err := token.ListStore()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, h := range held {
		found = found || h.Certificate.Equal(person.Certificate)
	}
	if !found {
		t.Skipf("this Windows lists %d certificates with keys, and not the one that it imported", len(held))
	}
	signer, closing, err := token.OpenStore(token.Print(person.Certificate))
	if err != nil {
		t.Skipf("this Windows gives no key to sign with: %v", err)
	}
	defer closing()
	var b bytes.Buffer
	if err := pades.Sign(&b, signaturetest.PDF("but luc", 0, false), signer, pades.Options{At: time.Now()}); err != nil {
		t.Skipf("this Windows does not sign: %v", err)
	}
	roots := t.TempDir()
	a.Install(t, roots)
	known, err := signature.LoadRoots(roots)
	if err != nil {
		t.Fatal(err)
	}
	read, err := signature.Read(bytes.NewReader(b.Bytes()), int64(b.Len()), known)
	if err != nil || len(read) != 1 || !read[0].Good() || read[0].Name != "Nguyễn Văn An" {
		t.Errorf("%+v, %v", read, err)
	}
}

func TestACertificateThatTheStoreLacksIsTold(t *testing.T) {
	_, _, err := token.OpenStore("00")
	if errors.Is(err, token.ErrNone) {
		t.Skipf("this Windows lists no certificates with keys: %v", err) // Wine 8 does not
	}
	if !errors.Is(err, token.ErrKey) {
		t.Errorf("%v", err)
	}
}
