//go:build cgo && linux

package token_test

import (
	"bytes"
	"crypto"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
	"butluc/library/signature/token"
	"butluc/library/signature/tokentest"
)

const (
	pin   = tokentest.PIN
	label = tokentest.Label
)

func TestATokenSigns(t *testing.T) {
	for kind, key := range map[string]crypto.Signer{"RSA": signaturetest.RSA(t), "ECDSA": signaturetest.ECDSA(t)} {
		t.Run(kind, func(t *testing.T) {
			module, _, a := tokentest.SoftHSM(t, "Kiểm sát viên Nguyễn Văn An", key)
			held, err := token.List(module)
			if err != nil || len(held) != 1 || held[0].Token != label || held[0].Certificate == nil {
				t.Fatalf("%+v, %v", held, err)
			}
			signer, closing, err := token.Open(module, label, token.Print(held[0].Certificate), pin)
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
	module, _, _ := tokentest.SoftHSM(t, "An", signaturetest.RSA(t))
	for name, c := range map[string]struct {
		module, label, print, pin string
		want                      error
	}{
		"PIN":         {module, "", "", "654321", token.ErrPINFew}, // of SoftHSM a first wrong one makes few
		"none":        {module, "another", "", pin, token.ErrNone},
		"certificate": {module, "", "00", pin, token.ErrKey},
		"module":      {"/nowhere/none.so", "", "", pin, token.ErrModule},
	} {
		if _, _, err := token.Open(c.module, c.label, c.print, c.pin); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A token whose PIN was typed wrongly says so before it is asked again.
func TestATokenTellsThatFewTriesAreLeft(t *testing.T) {
	module, _, _ := tokentest.SoftHSM(t, "An", signaturetest.RSA(t))
	tries := func() token.Tries {
		t.Helper()
		held, err := token.List(module)
		if err != nil || len(held) != 1 {
			t.Fatalf("%+v, %v", held, err)
		}
		return held[0].Tries
	}
	if got := tries(); got != token.TriesLeft {
		t.Errorf("a new token has %q", got)
	}
	_, _, err := token.Open(module, label, "", "654321")
	if got := tries(); got != token.TriesFew || !errors.Is(err, token.ErrPINFew) {
		t.Errorf("after a wrong PIN it has %q, told is %v", got, err)
	}
	_, closing, err := token.Open(module, label, "", pin)
	if err != nil {
		t.Fatal(err)
	}
	closing()
	if got := tries(); got != token.TriesLeft {
		t.Errorf("after the right one it has %q", got)
	}
}

// A token that is pulled between PIN and signature says so.
func TestAPulledTokenIsTold(t *testing.T) {
	module, dir, _ := tokentest.SoftHSM(t, "An", signaturetest.RSA(t))
	signer, closing, err := token.Open(module, label, "", pin)
	if err != nil {
		t.Fatal(err)
	}
	defer closing()
	objects, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(objects) == 0 {
		t.Fatalf("%v, %v", objects, err)
	}
	for _, o := range objects {
		if err := os.Remove(o); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := pades.Sign(&b, signaturetest.PDF("x", 0, false), signer, pades.Options{At: time.Now()}); !errors.Is(err, token.ErrPulled) {
		t.Errorf("%v", err)
	}
}
