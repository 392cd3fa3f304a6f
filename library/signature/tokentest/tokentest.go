//go:build cgo && linux

// Package tokentest makes tokens for tests: SoftHSM, a token in software.
package tokentest

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/miekg/pkcs11"

	"butluc/library/signature/signaturetest"
)

// The PIN and the name of the token.
const (
	PIN   = "123456"
	Label = "USB Token"
)

// SoftHSM is a token in software with a person's key and certificate on it, and the library that reads it. Where SoftHSM is not installed,
// the test is skipped.
func SoftHSM(t testing.TB, name string, key crypto.Signer) (module, dir string, a signaturetest.Authority) {
	t.Helper()
	for _, path := range []string{
		"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
	} {
		if _, err := os.Stat(path); err == nil {
			module = path
		}
	}
	if _, err := exec.LookPath("softhsm2-util"); err != nil || module == "" {
		t.Skip("softhsm2 is not installed")
	}
	dir = t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(name string, args ...string) {
		if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	t.Setenv("SOFTHSM2_CONF", write("softhsm2.conf", fmt.Appendf(nil, "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n", dir)))
	a = signaturetest.NewAuthority(t, "CA của token")
	person := a.Person(t, name, key)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file := write("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	run("softhsm2-util", "--init-token", "--free", "--label", Label, "--pin", PIN, "--so-pin", "87654321")
	run("softhsm2-util", "--import", file, "--token", Label, "--label", "key", "--id", "A1", "--pin", PIN)
	put(t, module, person.Certificate)
	return module, dir, a
}

// put writes the certificate of the key onto the token, which softhsm2-util can't.
func put(t testing.TB, module string, c *x509.Certificate) {
	t.Helper()
	ctx := pkcs11.New(module)
	defer ctx.Destroy()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(ctx.Initialize())
	defer func() { _ = ctx.Finalize() }()
	slots, err := ctx.GetSlotList(true)
	must(err)
	for _, slot := range slots {
		info, err := ctx.GetTokenInfo(slot)
		if err != nil || !strings.HasPrefix(info.Label, Label) {
			continue
		}
		session, err := ctx.OpenSession(slot, pkcs11.CKF_SERIAL_SESSION|pkcs11.CKF_RW_SESSION)
		must(err)
		must(ctx.Login(session, pkcs11.CKU_USER, PIN))
		_, err = ctx.CreateObject(session, []*pkcs11.Attribute{
			pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_CERTIFICATE), pkcs11.NewAttribute(pkcs11.CKA_CERTIFICATE_TYPE, pkcs11.CKC_X_509),
			pkcs11.NewAttribute(pkcs11.CKA_TOKEN, true), pkcs11.NewAttribute(pkcs11.CKA_ID, []byte{0xa1}),
			pkcs11.NewAttribute(pkcs11.CKA_SUBJECT, c.RawSubject), pkcs11.NewAttribute(pkcs11.CKA_VALUE, c.Raw),
		})
		must(err)
		must(ctx.CloseSession(session))
	}
}
