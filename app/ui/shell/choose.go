package shell

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"butluc/app/console/court"
	"butluc/app/ui/pathdialog"
	"butluc/app/ui/prepare"
	"butluc/app/ui/shelf"
)

// chooser asks a person for a file or folder, by the dialog of their system where it has one, else by the toolkit's. What
// it is for is a key of the catalogue: its text is the dialog's title, and the folder of last time is remembered under it.
type chooser struct {
	w    *window
	ask  func(context.Context, pathdialog.Request) (string, error) // nil where the system has none
	wait *waiting                                                  // the system's dialog that is open
}

// waiting is a dialog of the system's that is open.
type waiting struct {
	title string
	end   context.CancelFunc // closes it
}

// openFolder asks for a case's folder and opens it.
func (w *window) openFolder() {
	const what = "shelf.open"
	w.chooser.ChooseFolder(what, "shelf.choose", func(dir string) {
		w.chooser.remember(what, filepath.Dir(dir)) // the next one most likely lies beside it
		w.session.Open(dir)
	})
}

// packages are the names of a package's parts.
var packages = regexp.MustCompile(`(?i)^(.*\.butluc)(\.\d{3})?$`)

// openNamed opens what a person named or dropped: a package, by whichever of its parts, else the case that the file is of.
func (ch *chooser) openNamed(name string) {
	if part := packages.FindStringSubmatch(name); part != nil {
		ch.w.sealing.Package(part[1])
		return
	}
	ch.w.session.Open(name)
}

// packCase seals the case that is chosen in the list or, elsewhere, is open.
func (ch *chooser) packCase() {
	w := ch.w
	switch r := w.room.(type) {
	case *shelf.Room:
		if dir, title, ok := r.Chosen(); ok {
			w.sealing.Seal(dir, title, nil)
		}
	case *prepare.Room:
		snapshot, _ := w.session.Dossier.Snapshot()
		w.sealing.Seal(snapshot.Case.Path, snapshot.Case.Title, r.PickedFiles())
	}
}

// ChooseFolder asks for a folder; confirm, a key of the catalogue, says what is done with it.
func (ch *chooser) ChooseFolder(what, confirm string, chosen func(dir string)) {
	r := pathdialog.Request{Kind: pathdialog.Folder, Confirm: ch.w.session.T(confirm)}
	ch.choose(what, r, chosen, func(r pathdialog.Request, take func(string)) { ch.show(r, ch.toolkitFolder(take)) })
}

func (ch *chooser) toolkitFolder(take func(dir string)) *dialog.FileDialog {
	return dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		switch {
		case err != nil:
			ch.notChosen(err)
		case folder != nil:
			take(folder.Path())
		}
	}, ch.w.win)
}

// ChooseFile asks for a file to be read, of those with one of the endings (".json").
func (ch *chooser) ChooseFile(what string, endings []string, chosen func(file string)) {
	r := pathdialog.Request{Kind: pathdialog.Open, Confirm: ch.w.session.T("choose.open"), Endings: endings}
	ch.choose(what, r, chosen, func(r pathdialog.Request, take func(string)) {
		d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
			switch {
			case err != nil:
				ch.notChosen(err)
			case f != nil:
				file := f.URI().Path()
				_ = f.Close() // it is read by its path, off the UI goroutine
				take(file)
			}
		}, ch.w.win)
		d.SetFilter(storage.NewExtensionFileFilter(endings))
		ch.show(r, d)
	})
}

// ChooseSave asks where a new file is written, and proposes a name: what it is, the case and the day. The toolkit's own
// dialog asks for the folder alone.
func (ch *chooser) ChooseSave(what, is, ending string, chosen func(file string)) {
	name := ch.w.session.Exchange.FileName(is, ending, time.Now())
	r := pathdialog.Request{
		Kind: pathdialog.Save, Confirm: ch.w.session.T("choose.save"), Name: name, Endings: []string{ending},
	}
	ch.choose(what, r, func(file string) {
		if !strings.EqualFold(filepath.Ext(file), ending) {
			file += ending
		}
		chosen(file)
	}, func(r pathdialog.Request, take func(string)) {
		r.Confirm = ch.w.session.T("choose.here")
		ch.show(r, ch.toolkitFolder(func(dir string) { take(filepath.Join(dir, name)) }))
	})
}

// bySystem tells whether the system's own dialog is to ask. On a single screen the court looks at all that is not within
// the console, so that there the toolkit's does during a trial.
func (ch *chooser) bySystem() bool {
	s := ch.w.session
	return ch.ask != nil && !(s.Court.Mode() == court.ModeSingle && s.Stage.Running())
}

// choose asks by the system's dialog, or by the toolkit's, one at a time.
func (ch *chooser) choose(what string, r pathdialog.Request, chosen func(path string), byToolkit func(r pathdialog.Request, take func(path string))) {
	if (toolkitOverlay{ch.w}).Visible() || ch.wait != nil {
		return
	}
	r.Title, r.Dir = ch.w.session.T(what), ch.folder(what)
	take := func(path string) {
		folder := path
		if r.Kind != pathdialog.Folder {
			folder = filepath.Dir(path)
		}
		ch.remember(what, folder)
		chosen(path)
	}
	if !ch.bySystem() {
		byToolkit(r, take)
		return
	}
	ch.askSystem(r, func(path string, err error) {
		switch {
		case err == nil:
			take(path)
		case errors.Is(err, pathdialog.ErrMissing):
			ch.ask = nil
			byToolkit(r, take)
		case !errors.Is(err, pathdialog.ErrCancelled):
			slog.Error("ask by the system's dialog", "err", err)
			byToolkit(r, take)
		}
	})
}

// askSystem asks by the system's dialog beside all else, and gives its answer to answered on the UI goroutine: not where it
// was closed from here.
func (ch *chooser) askSystem(r pathdialog.Request, answered func(path string, err error)) {
	r.Files = strings.TrimSpace(strings.ToUpper(strings.ReplaceAll(strings.Join(r.Endings, " "), ".", "")))
	r.Window, _ = ch.w.desktop.handle() // without, it lies where the system puts it
	ctx, end := context.WithCancel(context.Background())
	mine := &waiting{r.Title, end}
	ch.wait = mine
	ch.w.picking.update()
	ask, post := ch.ask, ch.w.leaving.Post
	go func() {
		path, err := ask(ctx, r)
		end()
		post(func() {
			if ch.wait == mine {
				ch.closed()
				answered(path, err)
			}
		})
	}()
}

// closed is told that the system's dialog is gone.
func (ch *chooser) closed() {
	ch.wait = nil
	ch.w.picking.update()
	ch.w.focus(nil)
}

// end closes the system's dialog, where one is open: whatever it answers is not heard any more.
func (ch *chooser) end() {
	if ch.wait != nil {
		ch.wait.end()
		ch.closed()
	}
}

// show shows a dialog of the toolkit's.
func (ch *chooser) show(r pathdialog.Request, d *dialog.FileDialog) {
	d.SetTitleText(r.Title)
	d.SetConfirmText(r.Confirm)
	d.SetDismissText(ch.w.session.T("shelf.dismiss"))
	if r.Dir != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(r.Dir)); err == nil {
			d.SetLocation(at)
		}
	}
	size := ch.w.win.Canvas().Size()
	d.SetOnClosed(func() { ch.w.focus(nil) })
	d.Show()
	d.Resize(fyne.NewSize(size.Width*0.8, size.Height*0.85)) // before Show there is nothing to resize, and Fyne panics
}

// folder is where a dialog begins: where it ended last time, else beside the open case; "" for where the system wants.
func (ch *chooser) folder(what string) string {
	if dir := ch.w.session.Settings.Remembered(folderSetting + what); dir != "" {
		return dir
	}
	if snapshot, ok := ch.w.session.Dossier.Snapshot(); ok {
		return filepath.Dir(snapshot.Case.Path)
	}
	return ""
}

// folderSetting is the beginning of the settings that have the folders of last time.
const folderSetting = "folder."

func (ch *chooser) remember(what, dir string) {
	ch.w.session.Settings.Remember(folderSetting+what, dir)
}

func (ch *chooser) notChosen(err error) {
	slog.Error("choose", "err", err)
	ch.w.session.Notices.Tell("error.choose", true)
}
