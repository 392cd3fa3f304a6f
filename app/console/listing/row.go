package listing

import (
	"butluc/library"
	"butluc/library/office/register"
	"butluc/library/shelf"
)

// keepRow keeps the case in the register; e is what the list of cases has of it. The sample is in no register.
func (l *Listing) keepRow(e shelf.Entry) {
	if e.Path == l.Sample() {
		return
	}
	if !l.seen {
		l.seen = true
		l.readShown()
	}
	found := register.Found{Scanned: Sheets(l.Dossier.Documents()), Outline: l.Review.State(outlineOf(e.Stage, l.Dossier.Latest().Approval.Number > 0)), Shown: l.shown}
	if l.shown.Days == nil { // the journal is still being read, or another laptop has it
		if row, there := l.Register.Book.Row(e.ID); there {
			found.Shown = row.Found.Shown
		}
	}
	l.Register.Keep(found)
}

// Ended takes in what the court saw in the trial that ended.
func (l *Listing) Ended() { l.readShown() }

func (l *Listing) readShown() {
	l.Recorder.ReadShown(func(shown register.Shown) {
		l.shown = shown
		l.Keep()
	})
}

// outlineOf is how far the outline is, for the register.
func outlineOf(s shelf.Stage, submitted bool) register.Outline {
	switch s {
	case shelf.StageOutline:
		return register.OutlineDrafted
	case shelf.StageSubmitted:
		return register.OutlineSubmitted
	case shelf.StageChanged:
		return register.OutlineChanged
	case shelf.StageCutOff:
		if submitted {
			return register.OutlineSubmitted
		}
		return register.OutlineDrafted
	case shelf.StageEmpty:
	}
	return register.OutlineNone
}

// Sheets is how many sheets documents have: pages under one folio are one, and a page without a folio is one. Recordings
// have none.
func Sheets(documents []library.Document) (n int) {
	for _, d := range documents {
		if d.File.Kind.Clip() {
			continue
		}
		last := library.Folio{}
		for _, f := range d.Folios {
			if f.IsZero() || f != last {
				n++
			}
			last = f
		}
	}
	return n
}
