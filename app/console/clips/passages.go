package clips

import (
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
)

// Part is the part of a recording that a person marks off in Prepare. It is a named passage, or none yet.
type Part struct {
	In, Out int            // milliseconds; -1 where not set
	Passage library.PageID // where the passage begins that it is; zero while it has no name
}

// noPart is the part while nothing is marked off.
var noPart = Part{In: -1, Out: -1}

// Passages are the named parts of the recording that is looked at: the part as it was marked last, and the passage that
// awaits its written record.
type Passages struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	labels  *label.Labels
	edits   *dossier.Edits
	study   *study.Study
	events  *event.Bus
	notices *notice.Bar
	played  loud

	path  string
	part  Part
	tying library.PageID // the passage that a page is looked for; zero for none
}

// loud is what plays the recording that is looked at.
type loud interface {
	loudness(p library.Passage) // as it is played from now on
}

// NewPassages makes the parts of the recording that is looked at.
func NewPassages(d Deps) *Passages {
	return &Passages{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits,
		study: d.Study, events: d.Events, notices: d.Notices,
	}
}

// seeking is where a recording is to be looked at once the picture of the place before is there.
type seeking struct {
	at    int
	waits bool
}

// Part is what is marked off of the recording that is looked at. A passage is as it was edited last.
func (ps *Passages) Part() Part {
	p := ps
	if p.path != ps.study.Current().Page.Path {
		return noPart
	}
	if p.part.Passage == (library.PageID{}) {
		return p.part
	}
	passage, ok := ps.dossier.Outline().Passage(p.part.Passage)
	if !ok { // it was deleted, or an undo let it begin elsewhere
		return noPart
	}
	return Part{In: passage.First.Index, Out: passage.To, Passage: passage.First}
}

func (ps *Passages) setPart(p Part) {
	ps.path, ps.part = ps.study.Current().Page.Path, p
	ps.events.Changed(event.PageChanged)
}

// Passage is the named passage that is chosen.
func (ps *Passages) Passage() (library.Passage, bool) {
	if first := ps.Part().Passage; first != (library.PageID{}) {
		return ps.dossier.Outline().Passage(first)
	}
	return library.Passage{}, false
}

// SetIn lets the part begin at a time, in milliseconds. A passage that is chosen begins there; where it would begin
// after its end, another part is begun.
func (ps *Passages) SetIn(at int) {
	p := ps.Part()
	passage, named := ps.Passage()
	switch {
	case !ps.seekable() || p.In == at:
	case named && at < passage.To:
		passage.First.Index = at
		ps.setPassage(passage)
	case named:
		ps.setPart(Part{In: at, Out: -1})
	case p.Out <= at:
		ps.setPart(Part{In: at, Out: -1})
	default:
		ps.setPart(Part{In: at, Out: p.Out})
	}
}

// SetOut lets the part end at a time, in milliseconds, as SetIn does for its beginning.
func (ps *Passages) SetOut(at int) {
	p := ps.Part()
	passage, named := ps.Passage()
	switch {
	case !ps.seekable() || p.Out == at:
	case at == 0:
		ps.notices.Tell("passage.ends-at-start", true)
	case named && at > p.In:
		passage.To = at
		ps.setPassage(passage)
	case named, p.In >= at:
		ps.setPart(Part{In: -1, Out: at})
	default:
		ps.setPart(Part{In: p.In, Out: at})
	}
}

// seekable tells whether the recording can be marked off, and says why not.
func (ps *Passages) seekable() bool {
	f, ok := ps.study.Recording()
	switch {
	case !ok:
		ps.notices.Tell("passage.no-recording", true)
	case f.Duration == 0:
		ps.notices.Tell("recording.no-length", true)
	default:
		return true
	}
	return false
}

// ClearPart marks nothing off. A passage stays what it is.
func (ps *Passages) ClearPart() { ps.setPart(noPart) }

// Choose chooses a named passage, and looks at its beginning.
func (ps *Passages) Choose(first library.PageID) {
	if _, ok := ps.dossier.Outline().Passage(first); !ok {
		return
	}
	ps.path, ps.part = first.Path, Part{Passage: first}
	ps.study.Select(first)
}

// setPassage puts another passage in the place of the chosen one. Steps that were made of it stay as they are.
func (ps *Passages) setPassage(p library.Passage) bool {
	if !ps.edits.Edit(ps.dossier.Outline().SetPassage(ps.Part().Passage, p)) {
		return false
	}
	if ps.tying == ps.part.Passage {
		ps.tying = library.PageID{}
	}
	ps.setPart(Part{Passage: p.First})
	return true
}

// Change changes the chosen passage.
func (ps *Passages) Change(change func(*library.Passage)) bool {
	p, ok := ps.Passage()
	if !ok {
		return false
	}
	change(&p)
	if !ps.setPassage(p) {
		return false
	}
	ps.played.loudness(p)
	return true
}

// Keep makes a passage of what is marked off, with a title that says which it is, and chooses it.
func (ps *Passages) Keep() bool {
	if _, named := ps.Passage(); named || !ps.seekable() {
		return false
	}
	span, ok := ps.PartSpan()
	if !ok {
		ps.notices.Tell("passage.nothing-marked", true)
		return false
	}
	path := ps.study.Current().Page.Path
	p := library.Passage{
		First: library.PageID{Path: path, Index: span.From}, To: span.To, Tracks: ps.study.Current().Tracks,
		Title: ps.lang.T("passage.new", "number", len(ps.dossier.Outline().Passages(path))+1),
	}
	if !ps.edits.Edit(ps.dossier.Outline().SetPassage(library.PageID{}, p)) {
		return false
	}
	ps.setPart(Part{Passage: p.First})
	return true
}

// Delete deletes the chosen passage; what was marked off is marked no more.
func (ps *Passages) Delete() bool {
	p, ok := ps.Passage()
	if !ok || !ps.edits.Edit(ps.dossier.Outline().Remove("passage", p.Key())) {
		return false
	}
	ps.setPart(noPart)
	ps.notices.TellText(ps.lang.T("passage.deleted", "name", ps.labels.PassageName(p)), false)
	return true
}

// PartSpan is what is marked off, a beginning or end that is not set being the recording's; false where neither is.
func (ps *Passages) PartSpan() (library.Span, bool) {
	if p, ok := ps.Passage(); ok {
		return p.Span(), true
	}
	part := ps.Part()
	f, ok := ps.study.Recording()
	if !ok || part == noPart {
		return library.Span{}, false
	}
	span := library.Span{From: max(0, part.In), To: part.Out}
	if part.Out < 0 {
		span.To = f.Duration
	}
	return span, span.From < span.To
}

// PartStep is the step that plays what is marked off, or where nothing is the whole recording; false where nothing
// can be played. A passage's written record stands beside it.
func (ps *Passages) PartStep() (library.Step, bool) {
	if p, ok := ps.Passage(); ok {
		return library.Step{Title: ps.labels.PassageName(p), Shot: p.Shot()}, true
	}
	span, ok := ps.PartSpan()
	f, found := ps.study.Recording()
	if !ok {
		span = library.Span{To: f.Duration}
	}
	if !found || span.From >= span.To {
		return library.Step{}, false
	}
	page := library.PageID{Path: f.Path, Index: span.From}
	return library.Step{
		Title: ps.labels.Title(page) + " " + label.Span(span), Shot: library.Shot{}.Add(library.Pane{Page: page, Clip: span, Tracks: ps.study.Current().Tracks}),
	}, true
}

// LookedPane is what is looked at, as it is put beside or in the place of what a step shows: of a recording what is
// marked off, else the frame.
func (ps *Passages) LookedPane() library.Pane {
	pane := ps.study.Current()
	if span, ok := ps.PartSpan(); ok {
		pane.Page.Index, pane.Clip = span.From, span
	}
	return pane
}

// RecordAt is the page of the written record of what is heard at a time, in milliseconds: of the passage that is heard then, else
// of the recording's first that has one; false where none has.
func (ps *Passages) RecordAt(at int) (page library.PageID, ok bool) {
	for _, p := range ps.dossier.Outline().Passages(ps.study.Current().Page.Path) {
		if p.Beside == (library.PageID{}) {
			continue
		}
		if !ok || p.First.Index <= at && at < p.To {
			page, ok = p.Beside, true
		}
	}
	return page, ok
}

// Tying is the passage for which the page of its written record is looked for.
func (ps *Passages) Tying() (library.Passage, bool) {
	if ps.tying == (library.PageID{}) {
		return library.Passage{}, false
	}
	return ps.dossier.Outline().Passage(ps.tying)
}

// Tie begins to look for the page of the chosen passage's written record; once it has begun, the page that is looked
// at becomes that.
func (ps *Passages) Tie() {
	p, tying := ps.Tying()
	_, recording := ps.study.Recording()
	switch {
	case !tying:
		if p, tying = ps.Passage(); !tying {
			ps.notices.Tell("passage.none-chosen", true)
			return
		}
		ps.tying = p.First
		ps.events.Changed(event.PageChanged)
	case recording:
		ps.notices.Tell("passage.tie-page", true)
	default:
		p.Beside = ps.study.Current().Page
		if ps.edits.Edit(ps.dossier.Outline().SetPassage(p.First, p)) {
			ps.StopTying()
			ps.Choose(p.First)
			ps.notices.TellText(ps.lang.T("passage.tied", "name", ps.labels.PassageName(p), "page", ps.labels.FullName(p.Beside)), false)
		}
	}
}

// StopTying looks for no page any more, and tells whether one was looked for.
func (ps *Passages) StopTying() bool {
	_, was := ps.Tying()
	ps.tying = library.PageID{}
	ps.events.Changed(event.PageChanged)
	return was
}

// Untie takes the written record from the chosen passage.
func (ps *Passages) Untie() {
	ps.Change(func(p *library.Passage) { p.Beside = library.PageID{} })
}
