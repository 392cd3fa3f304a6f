package dossier

import (
	"context"
	"log/slog"

	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/settings"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/search/reading"
	"butluc/presenter/render"
)

// Reading is how far the case's files and their text are read.
type Reading struct {
	lang     *i18n.Localizer
	dossier  *Dossier
	events   *event.Bus
	settings *settings.Settings
	running  func() bool // tells whether a trial runs
	renderer *render.Renderer
}

// NewReading makes the reading of a dossier; running tells whether a trial runs.
func NewReading(ds *Dossier, events *event.Bus, st *settings.Settings, running func() bool, r *render.Renderer, lang *i18n.Localizer) *Reading {
	return &Reading{lang: lang, dossier: ds, events: events, settings: st, running: running, renderer: r}
}

// TextReading is how far the text of the case's pages is read.
type TextReading struct {
	reading.Progress
	Held bool   // by a person
	Need string // what is to be installed, so that scans are read; "" for nothing
}

// Text is how far the text of the case's pages is read; the zero value where it is not.
func (rd *Reading) Text() TextReading {
	if rd.dossier.File() == nil {
		return TextReading{}
	}
	p, ok := rd.dossier.File().TextProgress()
	if !ok {
		return TextReading{}
	}
	t := TextReading{Progress: p, Held: rd.settings.TextHeld()}
	if p.Scans > 0 {
		t.Need = label.Tesseract(rd.lang.In(), rd.dossier.File().OCRMissing())
	}
	return t
}

// Hold pauses the reading of the text, or lets it go on.
func (rd *Reading) Hold(held bool) {
	rd.settings.HoldText(held)
	rd.Follow()
	rd.events.Changed(event.CaseChanged)
}

// Follow lets the text be read, and large files be fingerprinted, while nothing more important goes on.
func (rd *Reading) Follow() {
	if rd.dossier.File() != nil {
		rd.dossier.File().HoldText(rd.settings.TextHeld() || rd.running())
		rd.dossier.File().HoldHashing(rd.running())
	}
}

// Stop pauses the reading of the case's files; what is read stays usable.
func (rd *Reading) Stop() { rd.dossier.File().StopReading() }

// Resume goes on with it.
func (rd *Reading) Resume() { rd.dossier.File().ResumeReading() }

// WordsOf reads the words of a file's pages in the background and hands them to done on the UI goroutine.
func (rd *Reading) WordsOf(f library.File, done func(string)) {
	src, file := rd.dossier.SourceOf(f), rd.dossier.File()
	go func() {
		text, err := rd.renderer.Text(context.Background(), src, 0)
		if err != nil {
			slog.Warn("read text", "path", f.Path, "err", err)
			return
		}
		rd.events.Post(func() {
			if rd.dossier.File() == file {
				done(text)
			}
		})
	}()
}
