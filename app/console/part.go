package console

import (
	"context"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter/render"
)

// Part is the part of a recording that a person marks off in Prepare. It is a named passage, or none yet.
type Part struct {
	In, Out int            // milliseconds; -1 where not set
	Passage library.PageID // where the passage begins that it is; zero while it has no name
}

// noPart is the part while nothing is marked off.
var noPart = Part{In: -1, Out: -1}

// parting is the part as it was marked last, of one recording; and the one whose passage awaits its written record.
type parting struct {
	path  string
	part  Part
	tying library.PageID // the passage that a page is looked for; zero for none
	steps bool           // the next frame is being looked for
}

// seeking is where a recording is to be looked at once the picture of the place before is there.
type seeking struct {
	at    int
	waits bool
}

// Recording is the recording that is looked at; false where it is a page of another kind, or can't be shown.
func (s *Session) Recording() (library.File, bool) {
	f := s.fileAt(s.current.Page.Path)
	return f, f.Kind.Clip() && f.Showable()
}

// Playhead is where the recording that is looked at stands, or is going to, in milliseconds.
func (s *Session) Playhead() int {
	switch {
	case s.audition.serial != 0:
		return s.audition.at
	case s.seek.waits:
		return s.seek.at
	}
	return s.current.Page.Index
}

// Seek looks at a place of the recording, in milliseconds. While the picture of a place is being made, it waits; of
// several that wait, the last is looked at.
func (s *Session) Seek(at int) {
	f, ok := s.Recording()
	if !ok {
		return
	}
	s.StopAudition()
	at = max(0, min(at, f.Duration))
	if s.stillDue() {
		s.seek = seeking{at, true}
		s.changed(AuditionMoved)
		return
	}
	s.Select(library.PageID{Path: f.Path, Index: at})
}

// seekOn looks at the place that waits, once there is a picture of the one before.
func (s *Session) seekOn() {
	if s.seek.waits && !s.stillDue() {
		s.Select(library.PageID{Path: s.current.Page.Path, Index: s.seek.at})
	}
}

// stillDue tells whether the picture of what is looked at is still being made.
func (s *Session) stillDue() bool {
	r, ok := s.request(s.current, s.box.size)
	if !ok {
		return false
	}
	_, made := s.renderer.Cached(r)
	return !made && s.renderer.Failure(r) == nil
}

// SeekBy looks at a place by so many milliseconds further on.
func (s *Session) SeekBy(by int) { s.Seek(s.Playhead() + by) }

// SeekFrame looks at the recording's next frame, or the one before. While one is being looked for, it does nothing.
func (s *Session) SeekFrame(after bool) {
	_, ok := s.Recording()
	origin, found := s.origin(s.current)
	if !ok || !found || s.parting.steps {
		return
	}
	s.StopAudition()
	s.parting.steps = true
	file, from := s.file, library.PageID{Path: s.current.Page.Path, Index: s.Playhead()}
	go func() {
		at, err := s.renderer.Step(context.Background(), render.LaneView, origin.Source, from.Index, after)
		s.opt.Post(func() {
			s.parting.steps = false
			switch {
			case s.file != file || s.current.Page.Path != from.Path || s.Playhead() != from.Index:
			case err != nil:
				s.TellText(s.ErrorText(err, from), true)
			default:
				s.Seek(at)
			}
		})
	}()
}

// Part is what is marked off of the recording that is looked at. A passage is as it was edited last.
func (s *Session) Part() Part {
	p := &s.parting
	if p.path != s.current.Page.Path {
		return noPart
	}
	if p.part.Passage == (library.PageID{}) {
		return p.part
	}
	passage, ok := s.Outline().Passage(p.part.Passage)
	if !ok { // it was deleted, or an undo let it begin elsewhere
		return noPart
	}
	return Part{In: passage.First.Index, Out: passage.To, Passage: passage.First}
}

func (s *Session) setPart(p Part) {
	s.parting.path, s.parting.part = s.current.Page.Path, p
	s.changed(PageChanged)
}

// Passage is the named passage that is chosen.
func (s *Session) Passage() (library.Passage, bool) {
	if first := s.Part().Passage; first != (library.PageID{}) {
		return s.Outline().Passage(first)
	}
	return library.Passage{}, false
}

// SetIn lets the part begin at a time, in milliseconds. A passage that is chosen begins there; where it would begin
// after its end, another part is begun.
func (s *Session) SetIn(at int) {
	p := s.Part()
	passage, named := s.Passage()
	switch {
	case !s.seekable() || p.In == at:
	case named && at < passage.To:
		passage.First.Index = at
		s.setPassage(passage)
	case named:
		s.setPart(Part{In: at, Out: -1})
	case p.Out <= at:
		s.setPart(Part{In: at, Out: -1})
	default:
		s.setPart(Part{In: at, Out: p.Out})
	}
}

// SetOut lets the part end at a time, in milliseconds, as SetIn does for its beginning.
func (s *Session) SetOut(at int) {
	p := s.Part()
	passage, named := s.Passage()
	switch {
	case !s.seekable() || p.Out == at:
	case at == 0:
		s.Tell("passage.ends-at-start", true)
	case named && at > p.In:
		passage.To = at
		s.setPassage(passage)
	case named, p.In >= at:
		s.setPart(Part{In: -1, Out: at})
	default:
		s.setPart(Part{In: p.In, Out: at})
	}
}

// seekable tells whether the recording can be marked off, and says why not.
func (s *Session) seekable() bool {
	f, ok := s.Recording()
	switch {
	case !ok:
		s.Tell("passage.no-recording", true)
	case f.Duration == 0:
		s.Tell("recording.no-length", true)
	default:
		return true
	}
	return false
}

// ClearPart marks nothing off. A passage stays what it is.
func (s *Session) ClearPart() { s.setPart(noPart) }

// ChoosePassage chooses a named passage, and looks at its beginning.
func (s *Session) ChoosePassage(first library.PageID) {
	if _, ok := s.Outline().Passage(first); !ok {
		return
	}
	s.parting.path, s.parting.part = first.Path, Part{Passage: first}
	s.Select(first)
}

// setPassage puts another passage in the place of the chosen one. Steps that were made of it stay as they are.
func (s *Session) setPassage(p library.Passage) bool {
	if !s.Edit(s.Outline().SetPassage(s.Part().Passage, p)) {
		return false
	}
	if s.parting.tying == s.parting.part.Passage {
		s.parting.tying = library.PageID{}
	}
	s.setPart(Part{Passage: p.First})
	return true
}

// ChangePassage changes the chosen passage.
func (s *Session) ChangePassage(change func(*library.Passage)) bool {
	p, ok := s.Passage()
	if !ok {
		return false
	}
	change(&p)
	if !s.setPassage(p) {
		return false
	}
	if s.audition.serial != 0 {
		span := p.Span()
		span.Mute = false
		s.audition.player.Loud(span.Loudness(), p.Mute)
	}
	return true
}

// KeepPassage makes a passage of what is marked off, with a title that says which it is, and chooses it.
func (s *Session) KeepPassage() bool {
	if _, named := s.Passage(); named || !s.seekable() {
		return false
	}
	span, ok := s.PartSpan()
	if !ok {
		s.Tell("passage.nothing-marked", true)
		return false
	}
	path := s.current.Page.Path
	p := library.Passage{
		First: library.PageID{Path: path, Index: span.From}, To: span.To,
		Title: i18n.T("passage.new", "number", len(s.Outline().Passages(path))+1),
	}
	if !s.Edit(s.Outline().SetPassage(library.PageID{}, p)) {
		return false
	}
	s.setPart(Part{Passage: p.First})
	return true
}

// DeletePassage deletes the chosen passage; what was marked off is marked no more.
func (s *Session) DeletePassage() bool {
	p, ok := s.Passage()
	if !ok || !s.Edit(s.Outline().Remove("passage", p.Key())) {
		return false
	}
	s.setPart(noPart)
	s.TellText(i18n.T("passage.deleted", "name", s.PassageName(p)), false)
	return true
}

// PartSpan is what is marked off, a beginning or end that is not set being the recording's; false where neither is.
func (s *Session) PartSpan() (library.Span, bool) {
	if p, ok := s.Passage(); ok {
		return p.Span(), true
	}
	part := s.Part()
	f, ok := s.Recording()
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
func (s *Session) PartStep() (library.Step, bool) {
	if p, ok := s.Passage(); ok {
		return library.Step{Title: s.PassageName(p), Shot: p.Shot()}, true
	}
	span, ok := s.PartSpan()
	f, found := s.Recording()
	if !ok {
		span = library.Span{To: f.Duration}
	}
	if !found || span.From >= span.To {
		return library.Step{}, false
	}
	page := library.PageID{Path: f.Path, Index: span.From}
	return library.Step{
		Title: s.Title(page) + " " + SpanText(span), Shot: library.Shot{}.Add(library.Pane{Page: page, Clip: span}),
	}, true
}

// StillStep is the step that shows the frame that is looked at, with what the chosen step draws on it; false where
// there is none, as of sound.
func (s *Session) StillStep() (library.Step, bool) {
	if f, ok := s.Recording(); !ok || f.Kind != library.KindVideo {
		return library.Step{}, false
	}
	pane := library.Pane{Page: library.PageID{Path: s.current.Page.Path, Index: s.Playhead()}, View: s.current.View, Turn: s.current.Turn}
	if step, i, ok := s.Editing(); ok {
		pane.Marks, pane.Adjust = step.Shot.Panes[i].Marks, step.Shot.Panes[i].Adjust
	}
	return library.Step{
		Title: s.Title(pane.Page) + " " + library.Timecode(pane.Page.Index), Shot: library.Shot{}.Add(pane),
	}, true
}

// LookedPane is what is looked at, as it is put beside or in the place of what a step shows: of a recording what is
// marked off, else the frame.
func (s *Session) LookedPane() library.Pane {
	pane := s.current
	if span, ok := s.PartSpan(); ok {
		pane.Page.Index, pane.Clip = span.From, span
	}
	return pane
}

// PaneOf shows a page, and plays a recording that is given by its beginning from there to its end.
func (s *Session) PaneOf(page library.PageID) library.Pane {
	pane := library.Pane{Page: page}
	if f := s.fileAt(page.Path); f.Kind.Clip() && f.Duration > 0 && page.Index == 0 {
		pane.Clip = library.Span{To: f.Duration}
	}
	return pane
}

// PassageName is a passage's title, else its times.
func (s *Session) PassageName(p library.Passage) string {
	if p.Title != "" {
		return p.Title
	}
	return SpanText(p.Span())
}

// SpanText is from where to where something plays, in whole seconds: "0:07–0:15"; within one second, "0:07.080–0:07.600".
func SpanText(span library.Span) string {
	from, to := library.Clock(span.From), library.Clock(span.To)
	if from == to {
		from, to = library.Timecode(span.From), library.Timecode(span.To)
	}
	return from + "–" + to
}

// PaneName is what a pane shows, in short: "BL 45", of a recording with its times: "Camera ▸ 0:07–0:15".
func (s *Session) PaneName(p library.Pane) string { return s.timed(s.Short(p.Page), p) }

// timed is a name with the times of what a pane shows of a recording.
func (s *Session) timed(name string, p library.Pane) string {
	switch {
	case !p.Clip.IsZero():
		return name + " ▸ " + SpanText(p.Clip)
	case s.fileAt(p.Page.Path).Kind.Clip():
		return name + " · " + library.Clock(p.Page.Index)
	}
	return name
}

// Tying is the passage for which the page of its written record is looked for.
func (s *Session) Tying() (library.Passage, bool) {
	if s.parting.tying == (library.PageID{}) {
		return library.Passage{}, false
	}
	return s.Outline().Passage(s.parting.tying)
}

// Tie begins to look for the page of the chosen passage's written record; once it has begun, the page that is looked
// at becomes that.
func (s *Session) Tie() {
	p, tying := s.Tying()
	_, recording := s.Recording()
	switch {
	case !tying:
		if p, tying = s.Passage(); !tying {
			s.Tell("passage.none-chosen", true)
			return
		}
		s.parting.tying = p.First
		s.changed(PageChanged)
	case recording:
		s.Tell("passage.tie-page", true)
	default:
		p.Beside = s.current.Page
		if s.Edit(s.Outline().SetPassage(p.First, p)) {
			s.StopTying()
			s.ChoosePassage(p.First)
			s.TellText(i18n.T("passage.tied", "name", s.PassageName(p), "page", s.FullName(p.Beside)), false)
		}
	}
}

// StopTying looks for no page any more, and tells whether one was looked for.
func (s *Session) StopTying() bool {
	_, was := s.Tying()
	s.parting.tying = library.PageID{}
	s.changed(PageChanged)
	return was
}

// Untie takes the written record from the chosen passage.
func (s *Session) Untie() {
	s.ChangePassage(func(p *library.Passage) { p.Beside = library.PageID{} })
}

// SetRecording keeps what captions of a recording say of the time. Where the clock can't be read, it says so.
func (s *Session) SetRecording(r library.Recording) bool {
	if _, err := library.ParseClock(r.Clock); r.Clock != "" && err != nil {
		s.Tell("recording.no-clock", true)
		return false
	}
	return s.Edit(s.Outline().SetAll("recording", r))
}

// CaptionNow is what the court reads under the recording where it stands, "" for nothing.
func (s *Session) CaptionNow() string {
	pane := s.LookedPane()
	pane.Page.Index = s.Playhead()
	return s.Outline().Caption(pane, s.Index())
}
