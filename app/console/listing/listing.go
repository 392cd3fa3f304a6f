// Package listing keeps in the list of cases what the shelf shows of the open one, so that no case is read for that.
package listing

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/image/draw"

	"butluc/app/console/docket"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/hearing"
	"butluc/app/console/label"
	"butluc/app/console/readiness"
	"butluc/app/console/recorder"
	"butluc/app/console/review"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/app/console/study"
	"butluc/library"
	"butluc/library/office/register"
	"butluc/library/shelf"
)

// FirstPage is the size of a page in the picture of a case's first pages, in pixels; FirstPages is how many stand there
// side by side at most.
const (
	FirstPageWide, FirstPageTall = 120, 160
	FirstPages                   = 4
)

// Listing is the open case in the list.
type Listing struct {
	Deps

	recalled bool             // what the list had was taken over
	held     time.Time        // when a trial began, since the case was opened
	firsts   []library.PageID // whose picture was kept last
	shown    register.Shown   // in hearings, once the journal was read
	seen     bool             // it was
}

// Deps are what the list is told from.
type Deps struct {
	Dossier   *dossier.Dossier
	Labels    *label.Labels
	Stage     *stage.Stage
	Pictures  *study.Pictures
	Resume    *hearing.Resume
	Readiness *readiness.Readiness
	Recorder  *recorder.Recorder
	Review    *review.Review
	Register  *docket.Docket
	Sample    func() string // the folder of the sample case, which is in no register; "" where there is none
	Settings  *settings.Settings
	Events    *event.Bus
}

// New makes the entry of a case, or of none.
func New(d Deps) *Listing { return &Listing{Deps: d} }

// Keep notes how the case is now.
func (l *Listing) Keep() {
	if l.Dossier.File() == nil {
		return
	}
	kept := l.keepFirsts()
	prior := l.prior()
	l.recall(prior)
	e := l.entry(prior)
	l.keepRow(e)
	if e == prior {
		if kept {
			l.Events.Changed(event.ShelfChanged)
		}
		return
	}
	if err := l.Settings.Shelf().Remember(e); err != nil {
		slog.Error("remember case", "err", err)
	}
	l.Events.Changed(event.ShelfChanged)
}

// Began notes that a trial began that is none for practice.
func (l *Listing) Began() {
	l.held = time.Now().Round(0)
	l.Keep()
}

// Follow notes it when the outline is another one by now than was checked for the hearing.
func (l *Listing) Follow() {
	if l.Readiness.Lapse() {
		l.Keep()
	}
}

// recall takes over from the list, once, what was found out before the case was opened.
func (l *Listing) recall(prior shelf.Entry) {
	if l.recalled {
		return
	}
	l.recalled = true
	if prior.CheckedOf != "" && prior.CheckedOf == fingerprint(l.Dossier.Outline()) {
		l.Readiness.Recall(prior.Checked, prior.Doubts)
	}
}

// prior is the case as it is in the list, zero where it is not.
func (l *Listing) prior() shelf.Entry {
	cases, path := l.Settings.Shelf().Cases(), l.Dossier.Latest().Case.Path
	if i := slices.IndexFunc(cases, func(e shelf.Entry) bool { return e.Path == path }); i >= 0 {
		return cases[i]
	}
	return shelf.Entry{}
}

// entry is the case as it is now; prior is what the list had.
func (l *Listing) entry(prior shelf.Entry) shelf.Entry {
	now := l.Dossier.Latest()
	e := shelf.Entry{
		Path: now.Case.Path, ID: now.Case.ID, Title: now.Case.Title, Opened: l.Dossier.Opened().Round(0),
		Pages: len(l.Dossier.Pages()), Exhibits: len(now.Exhibits),
		Kind: now.Outline.Cover().Kind, Steps: now.Outline.Count(library.TableSteps), Stage: l.at(), Held: prior.Held,
	}
	if !l.held.IsZero() {
		e.Held = l.held
	}
	for ref := range now.Outline.Walk() {
		if _, bad := l.Labels.Findings(ref.Step); bad {
			e.Bad++
		}
	}
	if at, doubts, known := l.Readiness.Known(); known {
		e.Checked, e.Doubts, e.CheckedOf = at, doubts, fingerprint(now.Outline)
	}
	return e
}

// at is how far the work on the case has come.
func (l *Listing) at() shelf.Stage {
	now := l.Dossier.Latest()
	switch {
	case l.Resume.Unfinished():
		return shelf.StageCutOff
	case now.Outline.Count(library.TableSteps) == 0:
		return shelf.StageEmpty
	case now.Approval.Number == 0:
		return shelf.StageOutline
	case now.Approval.SHA256 == fingerprint(now.Outline):
		return shelf.StageSubmitted
	}
	return shelf.StageChanged
}

// fingerprint is the SHA-256 of an outline as it is exported, "" of one that can't be.
func fingerprint(o library.Outline) string {
	data, err := library.EncodeOutline(o)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// keepFirsts keeps the picture of the case's first pages, once all of them are drawn, and tells whether it did now. In a
// trial none is asked for.
func (l *Listing) keepFirsts() bool {
	pages := l.firstPages()
	if slices.Equal(pages, l.firsts) && len(pages) > 0 {
		return false
	}
	if none := len(pages) == 0 && len(l.Dossier.Pages()) > 0; none || l.firsts != nil { // one that was shown may not be any more
		if err := l.Settings.Shelf().DropFirsts(l.Dossier.Latest().Case.Path); err != nil {
			slog.Error("drop first pages", "err", err)
		}
		l.firsts = nil
	}
	if len(pages) == 0 || l.Stage.Running() {
		return false
	}
	const side = 228 // in which an upright page is no smaller than FirstPage; even, so that halves are whole
	var drawn []*image.RGBA
	waits := false
	for _, p := range pages {
		picture, err := l.Pictures.Thumb(p, image.Pt(side, side))
		if picture != nil {
			drawn = append(drawn, picture)
		}
		waits = waits || picture == nil && err == nil
	}
	if waits || len(drawn) == 0 {
		return false
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, sideBySide(drawn), &jpeg.Options{Quality: 80})
	if err == nil {
		err = l.Settings.Shelf().SaveFirsts(l.Dossier.Latest().Case.Path, b.Bytes())
	}
	if err != nil {
		slog.Error("keep first pages", "err", err)
	}
	l.firsts = pages
	return err == nil
}

// firstPages are the first pages of the first documents. What not everybody is to see, and recordings, are none of them: the
// list may be open while others look on.
func (l *Listing) firstPages() []library.PageID {
	var pages []library.PageID
	for _, d := range l.Dossier.Documents() {
		if len(pages) == FirstPages {
			break
		}
		if len(d.Pages) == 0 || d.File.Kind.Clip() || !d.File.Showable() {
			continue
		}
		first := d.Pages[0]
		redacted := slices.ContainsFunc(l.Dossier.PagesNow().Shown(first).Marks.List(), func(m library.Mark) bool { return m.Kind == library.MarkRedaction })
		if !redacted && l.Labels.Restriction(library.ShotOf(first)) == "" {
			pages = append(pages, first)
		}
	}
	return pages
}

// sideBySide fills a place for each picture, side by side: as much of it as fits, from the top.
func sideBySide(pictures []*image.RGBA) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, len(pictures)*FirstPageWide, FirstPageTall))
	for i, p := range pictures {
		part := p.Rect
		if wide := part.Dy() * FirstPageWide / FirstPageTall; wide < part.Dx() {
			part.Min.X += (part.Dx() - wide) / 2
			part.Max.X = part.Min.X + wide
		} else {
			part.Max.Y = part.Min.Y + min(part.Dy(), part.Dx()*FirstPageTall/FirstPageWide)
		}
		draw.BiLinear.Scale(out, image.Rect(i*FirstPageWide, 0, (i+1)*FirstPageWide, FirstPageTall), p, part, draw.Src, nil)
	}
	return out
}
