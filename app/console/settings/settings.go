// Package settings has what a person chose in the window: some of it for the next time, some until the program is left.
package settings

import (
	"log/slog"
	"maps"
	"os"

	"butluc/library/shelf"
)

// Settings are what a person chose: what is kept in the list of cases for the next time, and what holds until the program
// is left.
type Settings struct {
	shelf     *shelf.Shelf
	textHeld  bool // the reading of the text, by a person
	rehearsal bool // the next trial is one only for practice
}

// New keeps what a person chooses in a list of cases.
func New(list *shelf.Shelf) *Settings { return &Settings{shelf: list} }

// TextHeld tells whether a person holds the reading of the text.
func (st *Settings) TextHeld() bool { return st.textHeld }

// HoldText holds the reading of the text, or lets it go on.
func (st *Settings) HoldText(held bool) { st.textHeld = held }

// Rehearse chooses whether the next trial is one only for practice.
func (st *Settings) Rehearse(rehearsal bool) { st.rehearsal = rehearsal }

// Rehearsal tells whether the trial is one only for practice, and marked as such in the journal.
func (st *Settings) Rehearsal() bool { return st.rehearsal }

// trialCase is the setting that has the folder of the case whose trial was cut off.
const trialCase = "trial.case"

// SetUnfinishedCase keeps the folder of the case whose trial runs, and is to be gone on with once it was cut off; "" for
// none.
func (st *Settings) SetUnfinishedCase(dir string) { st.Remember(trialCase, dir) }

// UnfinishedCase is the folder of the case whose trial was cut off, "" where there is none.
func (st *Settings) UnfinishedCase() string {
	dir := st.shelf.Settings().More[trialCase]
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		return ""
	}
	return dir
}

// Remember keeps a setting of the window for the next time.
func (st *Settings) Remember(key, value string) {
	settings := st.shelf.Settings()
	if settings.More[key] == value {
		return
	}
	more := maps.Clone(settings.More)
	if more == nil {
		more = map[string]string{}
	}
	more[key] = value
	settings.More = more
	if err := st.shelf.SetSettings(settings); err != nil {
		slog.Error("keep settings", "err", err)
	}
}

// Remembered is a setting that was kept, "" for none.
func (st *Settings) Remembered(key string) string { return st.shelf.Settings().More[key] }

// Shelf is the list of cases.
func (st *Settings) Shelf() *shelf.Shelf { return st.shelf }
