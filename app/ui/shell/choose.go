package shell

import (
	"log/slog"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// openFolder asks for a case's folder and opens it.
func (w *window) openFolder() {
	w.chooser.ChooseFolder(w.session.T("shelf.open"), w.session.T("shelf.choose"), w.session.Open)
}

// ChooseFolder asks for a folder; confirm says what is done with it.
func (ch *chooser) ChooseFolder(title, confirm string, chosen func(dir string)) {
	ch.ask(title, confirm, dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		switch {
		case err != nil:
			ch.notChosen(err)
		case folder != nil:
			chosen(folder.Path())
		}
	}, ch.w.win))
}

// ChooseFile asks for a file to be read, of those with one of the endings (".json").
func (ch *chooser) ChooseFile(title string, endings []string, chosen func(file string)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			ch.notChosen(err)
		case f != nil:
			file := f.URI().Path()
			_ = f.Close() // it is read by its path, off the UI goroutine
			chosen(file)
		}
	}, ch.w.win)
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	ch.ask(title, ch.w.session.T("choose.open"), d)
}

// ChooseSave asks for a folder in which a new file is written, named by what it is, the case and the day.
func (ch *chooser) ChooseSave(title, what, ending string, chosen func(file string)) {
	ch.ChooseFolder(title, ch.w.session.T("choose.here"), func(dir string) {
		chosen(filepath.Join(dir, ch.w.session.Exchange.FileName(what, ending, time.Now())))
	})
}

// ask shows a dialog of the toolkit's, one at a time.
func (ch *chooser) ask(title, confirm string, d *dialog.FileDialog) {
	if (toolkitOverlay{ch.w}).Visible() {
		return
	}
	d.SetTitleText(title)
	d.SetConfirmText(confirm)
	d.SetDismissText(ch.w.session.T("shelf.dismiss"))
	if snapshot, ok := ch.w.session.Dossier.Snapshot(); ok {
		if at, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(snapshot.Case.Path))); err == nil {
			d.SetLocation(at)
		}
	}
	size := ch.w.win.Canvas().Size()
	d.SetOnClosed(func() { ch.w.focus(nil) })
	d.Show()
	d.Resize(fyne.NewSize(size.Width*0.8, size.Height*0.85)) // before Show there is nothing to resize, and Fyne panics
}

func (ch *chooser) notChosen(err error) {
	slog.Error("choose", "err", err)
	ch.w.session.Notices.Tell("error.drop", true)
}
