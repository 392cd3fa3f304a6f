//go:build cgo && linux

package token_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/pkcs11"

	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
	"butluc/library/signature/token"
)

const (
	pin   = "123456"
	label = "USB Token"
)

// softHSM is a token in software with a person's key and certificate on it, and the library that reads it.
func softHSM(t *testing.T, name string, key crypto.Signer) (module string, a signaturetest.Authority) {
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
	dir := t.TempDir()
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
	run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "87654321")
	run("softhsm2-util", "--import", file, "--token", label, "--label", "key", "--id", "A1", "--pin", pin)
	put(t, module, person.Certificate)
	return module, a
}

// put writes the certificate of the key onto the token, which softhsm2-util can't.
func put(t *testing.T, module string, c *x509.Certificate) {
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
		if err != nil || !strings.HasPrefix(info.Label, label) {
			continue
		}
		session, err := ctx.OpenSession(slot, pkcs11.CKF_SERIAL_SESSION|pkcs11.CKF_RW_SESSION)
		must(err)
		must(ctx.Login(session, pkcs11.CKU_USER, pin))
		_, err = ctx.CreateObject(session, []*pkcs11.Attribute{
			pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_CERTIFICATE), pkcs11.NewAttribute(pkcs11.CKA_CERTIFICATE_TYPE, pkcs11.CKC_X_509),
			pkcs11.NewAttribute(pkcs11.CKA_TOKEN, true), pkcs11.NewAttribute(pkcs11.CKA_ID, []byte{0xa1}),
			pkcs11.NewAttribute(pkcs11.CKA_SUBJECT, c.RawSubject), pkcs11.NewAttribute(pkcs11.CKA_VALUE, c.Raw),
		})
		must(err)
		must(ctx.CloseSession(session))
	}
}

func TestATokenSigns(t *testing.T) {
	for kind, key := range map[string]crypto.Signer{"RSA": signaturetest.RSA(t), "ECDSA": signaturetest.ECDSA(t)} {
		t.Run(kind, func(t *testing.T) {
			module, a := softHSM(t, "Kiểm sát viên Nguyễn Văn An", key)
			labels, err := token.Labels(module)
			if err != nil || len(labels) != 1 || labels[0] != label {
				t.Fatalf("%q, %v", labels, err)
			}
			signer, closing, err := token.Open(module, label, pin)
			if err != nil {
				t.Fatal(err)
			}
			data := signaturetest.Sign(t, signaturetest.PDF("but luc", 0, false), signer, pades.Options{At: time.Now()})
			closing()
			dir := t.TempDir()
			a.Install(t, dir)
			roots, err := signature.LoadRoots(dir)
			if err != nil {
				t.Fatal(err)
			}
			found, err := signature.Read(bytes.NewReader(data), int64(len(data)), roots)
			if err != nil || len(found) != 1 || !found[0].Good() || found[0].Name != "Kiểm sát viên Nguyễn Văn An" {
				t.Errorf("%+v, %v", found, err)
			}
			if _, err := exec.LookPath("pdfsig"); err != nil {
				t.Skip("pdfsig of poppler-utils is not installed")
			}
			file := filepath.Join(dir, "signed.pdf")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), "pdfsig", "-nocert", file)
			cmd.Env = append(os.Environ(), "HOME="+dir)
			if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "Signature is Valid") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func TestWhatATokenRefusesIsTold(t *testing.T) {
	module, _ := softHSM(t, "An", signaturetest.RSA(t))
	for name, c := range map[string]struct {
		module, label, pin string
		want               error
	}{
		"PIN":    {module, "", "654321", token.ErrPIN},
		"none":   {module, "another", pin, token.ErrNone},
		"module": {"/nowhere/none.so", "", pin, token.ErrModule},
	} {
		if _, _, err := token.Open(c.module, c.label, c.pin); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
