package shell

import (
	"log/slog"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"butluc/app/i18n"
)

// openFolder asks for a case's folder and opens it.
func (w *window) openFolder() { w.ChooseFolder(i18n.T("shelf.open"), w.session.Open) }

// ChooseFolder asks for a folder.
func (w *window) ChooseFolder(title string, chosen func(dir string)) {
	w.chooseFolder(title, i18n.T("shelf.choose"), chosen)
}

func (w *window) chooseFolder(title, confirm string, chosen func(dir string)) {
	w.ask(title, confirm, dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		switch {
		case err != nil:
			w.notChosen(err)
		case folder != nil:
			chosen(folder.Path())
		}
	}, w.win))
}

// ChooseFile asks for a file to be read, of those with one of the endings (".json").
func (w *window) ChooseFile(title string, endings []string, chosen func(file string)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			w.notChosen(err)
		case f != nil:
			file := f.URI().Path()
			_ = f.Close() // it is read by its path, off the UI goroutine
			chosen(file)
		}
	}, w.win)
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	w.ask(title, i18n.T("choose.open"), d)
}

// ChooseSave asks for a folder in which a new file is written, named by what it is, the case and the day.
func (w *window) ChooseSave(title, what, ending string, chosen func(file string)) {
	w.chooseFolder(title, i18n.T("choose.here"), func(dir string) {
		chosen(filepath.Join(dir, w.session.Exchange.FileName(what, ending, time.Now())))
	})
}

// ask shows a dialog of the toolkit's, one at a time.
func (w *window) ask(title, confirm string, d *dialog.FileDialog) {
	if (toolkitOverlay{w}).Visible() {
		return
	}
	d.SetTitleText(title)
	d.SetConfirmText(confirm)
	d.SetDismissText(i18n.T("shelf.dismiss"))
	if snapshot, ok := w.session.Dossier.Snapshot(); ok {
		if at, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(snapshot.Case.Path))); err == nil {
			d.SetLocation(at)
		}
	}
	size := w.win.Canvas().Size()
	d.SetOnClosed(func() { w.focus(nil) })
	d.Show()
	d.Resize(fyne.NewSize(size.Width*0.8, size.Height*0.85)) // before Show there is nothing to resize, and Fyne panics
}

func (w *window) notChosen(err error) {
	slog.Error("choose", "err", err)
	w.session.Notices.Tell("error.drop", true)
}
