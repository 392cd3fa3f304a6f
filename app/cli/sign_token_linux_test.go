//go:build cgo

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library/signature"
	"butluc/library/signature/signaturetest"
	"butluc/library/signature/tokentest"
)

// A token signs by its library; a wrong PIN is told, with how few tries are left, and signs nothing.
func TestSignByAToken(t *testing.T) {
	atHome(t)
	module, dir, a := tokentest.SoftHSM(t, "Lê Văn Cường", signaturetest.RSA(t))
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	plain, pin, wrong, to := file("plain.pdf", string(signaturetest.PDF("x", 0, false))), file("pin", tokentest.PIN), file("wrong", "654321"), filepath.Join(dir, "signed.pdf")
	verb := func(want int, args ...string) string {
		t.Helper()
		var said bytes.Buffer
		if status := run(append([]string{"sign"}, args...), &said, &said); status != want {
			t.Fatalf("%v: exit status %d, want %d: %s", args, status, want, said.String())
		}
		return said.String()
	}
	listed := verb(0, "--list", "--module", module)
	if !strings.Contains(listed, "Lê Văn Cường, by CA của token, until ") {
		t.Fatalf("listed is %q", listed)
	}
	if said := verb(1, plain, "--module", module, "--pin-file", wrong, "-o", to); !strings.Contains(said, "few tries are left") {
		t.Errorf("told is %q", said)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("a wrong PIN wrote a file")
	}
	print, _, _ := strings.Cut(listed, " ")
	verb(1, plain, "--module", module, "--pin-file", pin, "--certificate", "00", "-o", to)
	verb(0, plain, "--module", module, "--pin-file", pin, "--certificate", print, "--token", tokentest.Label, "-o", to)
	data, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	roots := t.TempDir()
	a.Install(t, roots)
	known, err := signature.LoadRoots(roots)
	if err != nil {
		t.Fatal(err)
	}
	found, err := signature.Read(bytes.NewReader(data), int64(len(data)), known)
	if err != nil || len(found) != 1 || !found[0].Good() || found[0].Name != "Lê Văn Cường" {
		t.Errorf("%+v, %v", found, err)
	}
}
