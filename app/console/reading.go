package console

import (
	"context"
	"log/slog"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/search/reading"
	"butluc/presenter/render"
)

// Reading is how far the case's files and their text are read.
type Reading struct {
	dossier  *Dossier
	events   *Events
	settings *Settings
	stage    *Stage
	renderer *render.Renderer
}

// TextReading is how far the text of the case's pages is read.
type TextReading struct {
	reading.Progress
	Held bool   // by a person
	Need string // what is to be installed, so that scans are read; "" for nothing
}

// Text is how far the text of the case's pages is read; the zero value where it is not.
func (rd *Reading) Text() TextReading {
	if rd.dossier.file == nil {
		return TextReading{}
	}
	p, ok := rd.dossier.file.TextProgress()
	if !ok {
		return TextReading{}
	}
	t := TextReading{Progress: p, Held: rd.settings.textHeld}
	if p.Scans > 0 {
		t.Need = label.Tesseract(i18n.Now(), rd.dossier.file.OCRMissing())
	}
	return t
}

// Hold pauses the reading of the text, or lets it go on.
func (rd *Reading) Hold(held bool) {
	rd.settings.textHeld = held
	rd.follow()
	rd.events.Changed(CaseChanged)
}

// follow lets the text be read, and large files be fingerprinted, while nothing more important goes on.
func (rd *Reading) follow() {
	if rd.dossier.file != nil {
		rd.dossier.file.HoldText(rd.settings.textHeld || rd.stage.Running())
		rd.dossier.file.HoldHashing(rd.stage.Running())
	}
}

// Stop pauses the reading of the case's files; what is read stays usable.
func (rd *Reading) Stop() { rd.dossier.file.StopReading() }

// Resume goes on with it.
func (rd *Reading) Resume() { rd.dossier.file.ResumeReading() }

// WordsOf reads the words of a file's pages in the background and hands them to done on the UI goroutine.
func (rd *Reading) WordsOf(f library.File, done func(string)) {
	src, file := rd.dossier.sourceOf(f), rd.dossier.file
	go func() {
		text, err := rd.renderer.Text(context.Background(), src, 0)
		if err != nil {
			slog.Warn("read text", "path", f.Path, "err", err)
			return
		}
		rd.events.Post(func() {
			if rd.dossier.file == file {
				done(text)
			}
		})
	}()
}
