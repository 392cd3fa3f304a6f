package shell

import (
	"encoding/json"
	"log/slog"

	"fyne.io/fyne/v2/lang"

	"butluc/app/i18n"
)

// toolkitWords are the words that Fyne shows of its own: in the menu of a field, in the dialog that
// chooses a folder. Each has its text under "toolkit." + its name here.
var toolkitWords = map[string]string{
	"Copy": "copy", "Cut": "cut", "Paste": "paste", "Select all": "select-all", "Undo": "undo", "Redo": "redo",
	"Favourites": "favourites", "File": "file", "Folder": "folder", "Create Folder": "create-folder",
	"New Folder": "new-folder", "Open": "open", "Cancel": "cancel", "Show Hidden Files": "show-hidden",
	"Error": "error", "Enter filename": "enter-name", "Advanced": "advanced", "Confirm": "confirm",
}

// localizeToolkit gives Fyne its words in the language in use. It knows no "set language", so they are
// registered under the name of the system's.
func localizeToolkit(in i18n.Catalogue) {
	texts := map[string]any{
		"file.name":   map[string]string{"other": in.T("toolkit.name")},
		"file.parent": map[string]string{"other": in.T("toolkit.parent")},
	}
	for theirs, ours := range toolkitWords {
		texts[theirs] = in.T("toolkit." + ours)
	}
	data, err := json.Marshal(texts)
	if err == nil {
		err = lang.AddTranslationsForLocale(data, lang.SystemLocale())
	}
	if err != nil {
		slog.Error("give the toolkit its words", "err", err)
	}
}
