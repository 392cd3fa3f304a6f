package console

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter"
)

// Current is what is looked at in Prepare.
func (s *Session) Current() library.Pane { return s.current }

// Select looks at a page: in Prepare large, in a running trial also in Preview. It never shows
// anything to the court.
func (s *Session) Select(p library.PageID) {
	s.StopAudition()
	s.seek = seeking{}
	s.current, s.pair = library.Pane{Page: p}, library.Shot{}
	if s.Running() {
		s.preview(p)
	} else {
		s.readFirst()
	}
	s.changed(PageChanged)
}

// preview puts a page into Preview. Without an outline the run is the file itself and goes on there:
// the page after a called one is what a person expects next. With one, the page stands outside it, and
// the outline's next is in Preview again once it was taken. A page that can't be shown, or not yet,
// goes there too: the next Enter must not show something else in its place.
func (s *Session) preview(p library.PageID) {
	if at := slices.Index(s.pages, p); at >= 0 && !s.outlined() {
		s.Do(presenter.Jump{At: at})
		return
	}
	s.Do(presenter.Call{Shot: library.ShotOf(p)})
}

// Look changes the view of the page looked at.
func (s *Session) Look(p library.Pane) {
	was := s.current.Page
	s.StopAudition()
	switch p.Page {
	case was:
		p.Page = s.current.Page // where it was playing
	default:
		s.seek = seeking{}
	}
	s.current = lookOf(p)
	s.changed(PageChanged)
}

// Pane is the pane of the chosen step that was looked at last.
func (s *Session) Pane() int { return s.pane }

// LookAt looks at a pane of the chosen step.
func (s *Session) LookAt(index int) {
	step, ok := s.Outline().Step(s.step)
	if !ok || index < 0 || index >= int(step.Shot.Count) {
		return
	}
	s.pane = index
	s.Look(s.Located(step.Shot).Panes[index])
}

// lookOf is how a pane is looked at, without what is drawn on it: that is the outline's.
func lookOf(p library.Pane) library.Pane {
	return library.Pane{Page: p.Page, View: p.View, Turn: p.Turn}
}

// neighbour is the page by pages further in the case, none past its ends. Hidden ones do not count. All frames of a
// recording are one page.
func (s *Session) neighbour(p library.PageID, by int) library.PageID {
	at := slices.Index(s.pages, s.Index().Head(p))
	if at < 0 { // it is hidden itself
		d, _ := s.Document(p)
		q, _ := d.Further(p, by)
		return q
	}
	if at+by >= 0 && at+by < len(s.pages) {
		return s.pages[at+by]
	}
	return library.PageID{}
}

// Move looks at the page by pages further on.
func (s *Session) Move(by int) {
	if p := s.neighbour(s.current.Page, by); p != (library.PageID{}) {
		s.Select(p)
	}
}

// MoveDocument looks at the first page of the document by documents further on.
func (s *Session) MoveDocument(by int) {
	docs := s.Documents()
	at := slices.IndexFunc(docs, func(d library.Document) bool { return d.Has(s.current.Page) })
	for i := at + by; at >= 0 && i >= 0 && i < len(docs); i += by {
		if len(docs[i].Pages) > 0 {
			s.Select(docs[i].Pages[0])
			return
		}
	}
}

// Documents are the case's documents as they are cut and joined, in order. The slice is the same until
// one of them changed, and is not to be written to.
func (s *Session) Documents() []library.Document {
	x := s.Index()
	if s.docs == nil || !s.docsOf.SameDocuments(s.Outline()) {
		s.docs, s.docsOf = s.Outline().Documents(x), s.Outline()
	}
	return s.docs
}

// Document is the document that a page is in.
func (s *Session) Document(p library.PageID) (library.Document, bool) {
	return s.Outline().DocumentOf(p, s.Index())
}

// Incomplete tells whether a page is known to have decoded only in part.
func (s *Session) Incomplete(p library.PageID) bool { return s.fileAt(p.Path).IsIncomplete(p.Index) }

// Title is the title of the document that a page is in.
func (s *Session) Title(p library.PageID) string {
	if d, ok := s.Outline().DocumentOf(p, s.Index()); ok && d.Title != "" {
		return d.Title
	}
	return library.ReadableName(p.Path)
}

// Name is how a page is called on screen: "BL 45 · Biên bản hỏi cung lần 2", without a folio its title.
func (s *Session) Name(p library.PageID) string {
	if f := s.Folio(p); !f.IsZero() {
		return FolioText(f) + " · " + s.Title(p)
	}
	return s.Title(p)
}

// Folio is a page's folio, zero where it has none.
func (s *Session) Folio(p library.PageID) library.Folio { return s.Outline().FolioOf(p, s.Index()) }

// FullName is the name with the page's place in its document: "… · trang 3/6".
func (s *Session) FullName(p library.PageID) string {
	d, ok := s.Outline().DocumentOf(p, s.Index())
	if !ok || len(d.Pages) <= 1 || d.Index(p) < 0 {
		return s.Name(p)
	}
	return s.Name(p) + " · " + i18n.T("page.of", "page", d.Index(p)+1, "pages", len(d.Pages))
}

// After names what follows Preview in the run, at most n shots.
func (s *Session) After(n int) []string {
	st := s.State()
	at := st.Next + 1
	if st.Called || st.NextBeat {
		at = st.Next
	}
	var names []string
	for ; at < len(s.run) && len(names) < n; at++ {
		if ref, ok := s.StepAt(at); ok {
			names = append(names, strings.TrimSpace(s.ShotFolios(ref.Step.Shot)+" "+s.StepName(ref.Step)))
		} else {
			names = append(names, s.Name(s.run[at].Shot.First().Page))
		}
	}
	return names
}

// Short is the shortest name of a page: its folio, else its document's title.
func (s *Session) Short(p library.PageID) string {
	if f := s.Folio(p); !f.IsZero() {
		return FolioText(f)
	}
	d, ok := s.Outline().DocumentOf(p, s.Index())
	if !ok {
		return library.ReadableName(p.Path)
	}
	if len(d.Pages) > 1 && d.Index(p) >= 0 {
		return i18n.T("page.number", "page", d.Index(p)+1)
	}
	return d.Title
}

// FolioText is a folio with its abbreviation, in the language in use.
func FolioText(f library.Folio) string {
	text := i18n.T("folio", "folio", strconv.Itoa(f.Number)+f.Suffix)
	if f.Back {
		text += " " + i18n.T("folio.back")
	}
	return text
}

// FolioRange is the folios of a document's pages, "BL 43–48"; "" when they have none.
func FolioRange(folios []library.Folio) string {
	var first, last library.Folio
	for _, f := range folios {
		if f.IsZero() {
			continue
		}
		if first.IsZero() {
			first = f
		}
		last = f
	}
	if first.IsZero() {
		return ""
	}
	text := i18n.T("folio", "folio", strconv.Itoa(first.Number)+first.Suffix)
	if last.Number != first.Number {
		text += "–" + strconv.Itoa(last.Number) + last.Suffix
	}
	return text
}

// FindFolio is the pages that the typed text calls, as [library.Outline.Call] says: one of each
// document that carries the folio.
func (s *Session) FindFolio(typed string) []library.PageID {
	return s.Outline().Call(typed, s.Index())
}

// considerAfter is how long typing must rest before the page that it would call is made ahead, where
// more digits may follow. The pages of a number's first digits would hold the workers when the one
// that is meant is called.
const considerAfter = 40 * time.Millisecond

// Consider tells which page may be called next, so that its picture is made before the call: at once
// where what is typed can't go on.
func (s *Session) Consider(typed string, p library.PageID) {
	s.typed = p
	s.candidate = library.PageID{}
	consider := func() {
		if s.typed == p {
			s.candidate = p
			s.wish()
		}
	}
	switch {
	case p == (library.PageID{}):
	case !s.goesOn(typed):
		consider()
	default:
		time.AfterFunc(considerAfter, func() { s.opt.Post(consider) })
	}
}

// goesOn tells whether a longer number of the case begins with these digits.
func (s *Session) goesOn(digits string) bool {
	n, err := strconv.Atoi(digits)
	return err == nil && 10*n <= s.highest
}

// CallUp puts the page that the typed text calls into Preview, or in Prepare looks at it. It tells
// false, and says why at the foot, when there is none.
func (s *Session) CallUp(typed string) bool {
	pages := s.FindFolio(typed)
	if len(pages) == 0 {
		s.TellText(s.NoFolio(typed), true)
		return false
	}
	s.CallPage(pages[0])
	if len(pages) > 1 {
		s.TellText(i18n.T("call.several", "count", len(pages), "name", s.FullName(pages[0])), false)
	}
	return true
}

// CallPage puts a page into Preview, or in Prepare looks at it.
func (s *Session) CallPage(p library.PageID) {
	s.Select(p)
	s.ClearNotice()
}

// NoFolio says that the typed text calls no page, or none yet while the case is being read.
func (s *Session) NoFolio(typed string) string {
	key := "call.none"
	if p := s.snapshot.Progress; p.Done < p.Total && p.Stage < intake.StageConvert {
		key = "call.none-yet"
	}
	return i18n.T(key, "typed", strings.TrimSpace(typed))
}

// Unlock tries a password on an encrypted file; the file is read again with it.
func (s *Session) Unlock(filePath, password string) {
	e, ok := s.Exhibit(filePath)
	if !ok || password == "" {
		return
	}
	s.renderer.Unlock(s.sourceOf(e.File), password)
	s.file.Update(filePath)
	s.retry(filePath)
}

// StopReading pauses the reading of the case's files; what is read stays usable.
func (s *Session) StopReading() { s.file.StopReading() }

// ResumeReading goes on with it.
func (s *Session) ResumeReading() { s.file.ResumeReading() }

// noticeOfCase says what opening the case had to tell, if anything.
func (s *Session) noticeOfCase() {
	if s.Doubtful() {
		s.askDoubt()
		return
	}
	if text := s.caseText(func(casefile.Notice) bool { return true }); text != "" {
		s.TellText(text, true)
	}
}

// caseText is what there is to say of the case's data, of some notices, all on one line.
func (s *Session) caseText(of func(casefile.Notice) bool) string {
	var all []string
	for _, n := range s.snapshot.Notices {
		if of(n) {
			all = append(all, CaseNotice(n))
		}
	}
	return strings.Join(all, " ")
}

// CaseNotice says one thing that is to be known of a case's data.
func CaseNotice(n casefile.Notice) string {
	at := n.Time.Format(timeForm)
	if n.Damage() {
		return i18n.T("damage."+string(n.Code), "time", at)
	}
	return i18n.T("case-notice."+string(n.Code), "name", n.Path, "time", at)
}

// timeForm is a time as people in Vietnam write it.
const timeForm = "15:04:05 02/01/2006"

// Doubtful tells that the case is what was left of a damaged database, and that nobody has said yet to go on from it:
// until then it is not changed. A trial may begin all the same, and its journal notes it.
func (s *Session) Doubtful() bool { return s.file != nil && s.file.Doubtful() }

// askDoubt asks at the foot whether to go on from what was left.
func (s *Session) askDoubt() {
	s.TellText(s.caseText(casefile.Notice.Damage), true)
	s.notice.Ask = true
	s.changed(NoticeChanged)
}

// GoOn goes on from what was left of a damaged database.
func (s *Session) GoOn() {
	if s.Doubtful() {
		s.file.GoOn()
		s.takeSnapshot()
		s.Tell("damage.going-on", false)
	}
}

// doubt is what the journal notes of a trial whose case is what was left; "" otherwise.
func (s *Session) doubt() string {
	if !s.Doubtful() {
		return ""
	}
	return s.caseText(casefile.Notice.Damage)
}

// Text reads the words of a file's pages in the background and hands them to done on the UI goroutine.
func (s *Session) Text(f library.File, done func(string)) {
	src, file := s.sourceOf(f), s.file
	go func() {
		text, err := s.renderer.Text(context.Background(), src, 0)
		if err != nil {
			slog.Warn("read text", "path", f.Path, "err", err)
			return
		}
		s.opt.Post(func() {
			if s.file == file {
				done(text)
			}
		})
	}()
}

// FaultKey is the end of the keys "fault." and "fault-short." of why a file can't be shown.
func FaultKey(f library.File) string {
	if f.Kind == library.KindText && f.Fault.Code == library.FaultUnknown {
		return "text" // known well enough, only not shown
	}
	return string(f.Fault.Code)
}
