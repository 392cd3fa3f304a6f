package shell

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
	"butluc/app/ui/pathdialog"
	"butluc/app/ui/widgets"
	"butluc/library/signature"
	"butluc/library/signature/signaturetest"
)

// After the trial album and journal are signed, each by a passphrase of its own typing.
func TestAlbumAndJournalAreSigned(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.do(keys.End)
	w.question.Key(keys.Chord{Mods: keys.Ctrl | keys.Shift, Key: "E"}, false)
	tr := w.window.session.T
	w.until("the summary", func() bool { return w.tappable(tr("album.open")) != nil })
	dir := t.TempDir()
	certificate := filepath.Join(dir, "me.p12")
	a := signaturetest.NewAuthority(t, "CA")
	if err := os.WriteFile(certificate, signaturetest.PKCS12(t, a.Person(t, "Nguyễn Văn An", signaturetest.RSA(t)), "bí mật"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.chooser.ask = func(_ context.Context, r pathdialog.Request) (string, error) {
		if r.Kind == pathdialog.Open {
			return certificate, nil
		}
		return filepath.Join(dir, r.Name), nil
	}
	w.tapLabel(tr("album.open"))
	w.tapLabel(tr("album.rehearsals"))
	w.tapLabel(tr("signing.pdf"))
	w.tapLabel(tr("album.write", "count", 1))
	w.signs("bí mật", certificate)
	w.until("the summary or the room", func() bool { return w.window.session.Notices.Now().File != "" })
	w.signedBy("Nguyễn Văn An")

	w.window.session.Notices.Clear()
	w.tapLabel(tr("journal.open"))
	w.until("the journal", func() bool { return w.tappable(tr("journal.export", "kind", "PDF")) != nil })
	w.tapLabel(tr("signing.pdf"))
	w.tapLabel(tr("journal.export", "kind", "PDF"))
	w.signs("bí mật", "")
	w.until("the list", func() bool { return w.window.session.Notices.Now().File != "" })
	w.signedBy("Nguyễn Văn An")
}

// signs fills the form in: a file that is chosen where one is named, and the passphrase.
func (w *testConsole) signs(passphrase, file string) {
	w.t.Helper()
	tr := w.window.session.T
	if file != "" {
		w.tapLabel(tr("signing.choose"))
		w.until("the file", func() bool { return strings.Contains(said(w.trial.Content()), file) })
	}
	for _, o := range test.LaidOutObjects(w.trial.Content()) {
		if f, ok := o.(*widgets.Field); ok && f.Password && f.Visible() {
			f.SetText(passphrase)
		}
	}
	w.tapLabel(tr("signing.do"))
}

// signedBy looks who signed the file that the foot names.
func (w *testConsole) signedBy(name string) {
	w.t.Helper()
	data, err := os.ReadFile(w.window.session.Notices.Now().File)
	if err != nil {
		w.t.Fatal(err)
	}
	none, err := signature.LoadRoots(w.t.TempDir())
	if err != nil {
		w.t.Fatal(err)
	}
	found, err := signature.Read(bytes.NewReader(data), int64(len(data)), none)
	if err != nil || len(found) != 1 || !found[0].Intact || found[0].Name != name {
		w.t.Errorf("%+v, %v", found, err)
	}
}
