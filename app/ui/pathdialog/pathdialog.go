// Package pathdialog asks a person for a folder or a file by the dialog of their own system, where names are whole and
// places are those that they know: IFileDialog on Windows and the panels of macOS by zenity (the library), on Linux the
// desktop's portal, or the program zenity where there is none. The library is taken since it is kept, calls COM itself and
// can end a dialog; a portal is asked by D-Bus directly, as rymdport/portal v0.4.2 makes a blank of a plus sign in a name.
package pathdialog

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/ncruces/zenity"
)

var (
	// ErrCancelled says that a person chose nothing.
	ErrCancelled = errors.New("nothing was chosen")
	// ErrMissing says that this system has no dialog of its own.
	ErrMissing = errors.New("the system has no dialog for paths")
)

// Kind is what is asked for.
type Kind uint8

// The kinds.
const (
	Folder Kind = iota // one that is there
	Open               // a file that is there
	Save               // a file that may be there: nobody asks whether to replace it
)

// Request is what is asked for.
type Request struct {
	Kind    Kind
	Title   string
	Confirm string   // on the button, where the system lets it be named; "" for its own word
	Dir     string   // where to begin, "" for the system's choice
	Name    string   // of Save: what is proposed
	Endings []string // of Open and Save: ".json"
	Files   string   // what the files are called that have those endings
	Window  uintptr  // the system's own name of the window that the dialog lies above, 0 for none
}

// begin is where the dialog begins: a folder that is there, with the name that is proposed.
func (r Request) begin() string {
	dir := r.Dir
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		if dir, err = os.UserHomeDir(); err != nil {
			return r.Name
		}
	}
	return filepath.Clean(dir) + string(filepath.Separator) + r.Name
}

// options are the request in the library's words.
func (r Request) options(ctx context.Context) []zenity.Option {
	list := []zenity.Option{zenity.Context(ctx), zenity.Title(r.Title), zenity.Filename(r.begin())}
	if r.Kind == Folder {
		return append(list, zenity.Directory())
	}
	filter := zenity.FileFilter{Name: r.Files, CaseFold: true}
	for _, ending := range r.Endings {
		filter.Patterns = append(filter.Patterns, "*"+ending)
	}
	if len(filter.Patterns) > 0 {
		list = append(list, filter)
	}
	return list
}

// byZenity asks by the library; more are options of the system's.
func byZenity(ctx context.Context, r Request, more ...zenity.Option) (string, error) {
	options := append(r.options(ctx), more...)
	selectPath := zenity.SelectFile
	if r.Kind == Save {
		selectPath = zenity.SelectFileSave
	}
	path, err := selectPath(options...)
	if errors.Is(err, zenity.ErrCanceled) || err == nil && path == "" {
		return "", ErrCancelled
	}
	return path, err
}
