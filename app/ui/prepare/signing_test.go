package prepare

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/exchange"
	"butluc/app/console/signatory"
	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/signature"
	"butluc/library/signature/signaturetest"
)

const passphrase = "mật khẩu riêng"

// signed opens the print sheet, chooses to sign with a certificate's file, and types its passphrase.
func (h *harness) signed(typed string) {
	h.t.Helper()
	h.openPrint()
	h.pump()
	h.tap(h.s.T("signing.yes"))
	h.press1("Return")
	h.tap(h.s.T("signing.by-file"))
	h.tap(h.s.T("signing.choose"))
	h.pump()
	h.secret().SetText(typed)
	h.press1("Return")
}

func (h *harness) press1(key string) {
	h.t.Helper()
	if !h.sheet.Key(keys.Chord{Key: key}, false) {
		h.t.Fatalf("%s does nothing", key)
	}
	h.pump()
}

// secret is the field for passphrase or PIN that is seen.
func (h *harness) secret() *widgets.Field {
	h.t.Helper()
	for _, o := range test.LaidOutObjects(h.sheet.Content()) {
		if f, ok := o.(*widgets.Field); ok && f.Password {
			return f
		}
	}
	h.t.Fatal("there is no field for a secret")
	return nil
}

// says tells whether a text is on the sheet.
func (h *harness) says(text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(h.sheet.Content()), func(o fyne.CanvasObject) bool {
		l, ok := o.(*widget.Label)
		return ok && strings.Contains(l.Text, text)
	})
}

// The outline is signed by the certificate of a file. What was typed wrongly is said in the sheet and nothing is written; what was
// chosen stands the next time, but for the passphrase, which is kept nowhere.
func TestTheOutlineIsSigned(t *testing.T) {
	h := newHarness(t)
	dir, roots := t.TempDir(), t.TempDir()
	h.s.Settings.Remember(exchange.PaperDirSetting, dir)
	a := signaturetest.NewAuthority(t, "CA")
	a.Install(t, roots)
	h.file = filepath.Join(t.TempDir(), "me.p12")
	if err := os.WriteFile(h.file, signaturetest.PKCS12(t, a.Person(t, "Nguyễn Văn An", signaturetest.RSA(t)), passphrase), 0o600); err != nil {
		t.Fatal(err)
	}
	h.signed("khác")
	h.until("the refusal", func() bool { return h.says(h.s.T("sign-why.passphrase")) })
	if left, _ := os.ReadDir(dir); len(left) > 0 || !h.sheet.Visible() || h.secret().Text != "" {
		t.Fatalf("written is %v, the sheet is open: %v", left, h.sheet.Visible())
	}
	h.secret().SetText(passphrase)
	h.press1("Return")
	h.until("the file to be written", func() bool { return h.s.Notices.Now().File != "" })
	data, err := os.ReadFile(h.s.Notices.Now().File)
	if err != nil || h.sheet.Visible() || !strings.Contains(h.s.Notices.Now().Text, "Nguyễn Văn An") {
		t.Errorf("%v, the sheet is open: %v, the foot says %q", err, h.sheet.Visible(), h.s.Notices.Now().Text)
	}
	known, err := signature.LoadRoots(roots)
	if err != nil {
		t.Fatal(err)
	}
	found, err := signature.Read(bytes.NewReader(data), int64(len(data)), known)
	if err != nil || len(found) != 1 || !found[0].Good() {
		t.Errorf("%+v, %v", found, err)
	}
	if last := h.s.Signing.Last(); last.By != signatory.ByFile || last.File != h.file {
		t.Errorf("kept is %+v", last)
	}
	err = filepath.WalkDir(h.s.Settings.Shelf().Dir(), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			kept, readErr := os.ReadFile(path)
			if readErr != nil || bytes.Contains(kept, []byte(passphrase)) {
				t.Errorf("%s has the passphrase (%v)", path, readErr)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// While the court is watching nothing is signed, which is said; it can be written all the same.
func TestNothingIsSignedInATrial(t *testing.T) {
	h := newHarness(t)
	step := library.Step{ID: library.NewID(), Shot: library.ShotOf(h.s.Dossier.Latest().Exhibits[0].Page(0))}
	h.edit(h.s.Dossier.Outline().AddSteps(library.Place{Parent: "a"}, step))
	h.s.Hearing.Begin(0, "")
	h.until("the trial", h.s.Stage.Running)
	h.openPrint()
	h.pump()
	h.tap(h.s.T("signing.yes"))
	h.press1("Return")
	if h.s.Notices.Now().Text != h.s.T("signing.in-trial") || h.sheet.Title() != h.s.T("print.title") {
		t.Errorf("the foot says %q, the sheet is %q", h.s.Notices.Now().Text, h.sheet.Title())
	}
}
