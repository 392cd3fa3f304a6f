package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// Reviews tells whether a sheet for reviewing a hearing can be written to a file of this name: .docx or .pdf.
func Reviews(name string) bool { return ending(name) == ".docx" || ending(name) == ".pdf" }

// Review writes the sheet from which the hearings of the case are reviewed, in the form that the file's name says, in
// Vietnamese; with rehearsals, of those, too. The pages of steps are looked up in x.
func (r Record) Review(w io.Writer, name string, rehearsals bool, x *library.Index) error {
	sheet := r.review(rehearsals, x)
	sheet.Format = print.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."))
	return sheet.Write(w)
}

// review is what a review has of the hearings.
func (r Record) review(rehearsals bool, x *library.Index) print.Review {
	in := i18n.In("vi")
	h := held{in: in, steps: map[string]bool{}, pages: map[library.PageID]bool{}, recordings: map[string]bool{}}
	skipped := false
	for _, s := range r.Spans {
		if s.Kind == journal.KindStart {
			skipped = s.Trial != nil && s.Trial.Rehearsal && !rehearsals
		}
		if !skipped {
			h.add(s)
		}
	}
	h.closeSitting(time.Time{})
	return print.Review{
		Outline: r.Outline, Sittings: h.sittings, Shown: h.shown, Answers: r.answers(in, rehearsals), Arguments: h.arguments(),
		Figures: in.T("review.figures", "pages", len(h.pages), "recordings", len(h.recordings), "steps", len(h.steps), "of", r.Outline.Count(library.TableSteps), "time", library.Clock(int(h.stood.Milliseconds()))),
		Left:    h.left(r.Outline, x), Count: r.Head.Count, Hash: r.Head.Hash, Fault: r.FaultText(in),
	}
}

// held is what was done in hearings.
type held struct {
	in         i18n.Catalogue
	sittings   []string
	from       time.Time // of the sitting that goes on, zero for none
	shown      []print.ReviewShown
	spans      []journal.Span // of shown
	consents   []journal.Entry
	notes      []journal.Span
	steps      map[string]bool // that were shown
	pages      map[library.PageID]bool
	recordings map[string]bool
	stood      time.Duration
}

func (h *held) add(s journal.Span) {
	switch s.Kind {
	case journal.KindStart:
		h.closeSitting(time.Time{})
		h.from = s.At
		if s.Text == "" { // not one that is gone on with
			h.consents = nil
		}
	case journal.KindEnd, journal.KindCut:
		h.closeSitting(s.At)
	case journal.KindShow, journal.KindView:
		h.show(s)
	case journal.KindPlay, journal.KindStop:
		if s.Played != nil {
			h.recordings[s.Played.Path] = true
			h.row(s, PlayedText(h.in, s), "")
		}
	case journal.KindConsent:
		h.consents = append(h.consents, s.Entry)
		h.consent(s.Entry)
	case journal.KindNote:
		h.notes = append(h.notes, s)
	default:
	}
}

// closeSitting tells of the sitting that goes on that it ended; at a zero time nobody knows when.
func (h *held) closeSitting(at time.Time) {
	if h.from.IsZero() {
		return
	}
	to := h.in.T("review.open-end")
	if !at.IsZero() {
		to = at.Format(time.TimeOnly)
		if day := h.in.Date(at); day != h.in.Date(h.from) {
			to += " " + day
		}
	}
	h.sittings = append(h.sittings, h.in.T("review.sitting", "from", h.in.Date(h.from)+" "+h.from.Format(time.TimeOnly), "to", to))
	h.from = time.Time{}
}

// show takes something that the court saw.
func (h *held) show(s journal.Span) {
	if s.Shown == nil {
		return
	}
	if s.Shown.Step != "" {
		h.steps[s.Shown.Step] = true
	}
	for _, p := range s.Shown.Panes {
		if p.Clip {
			h.recordings[p.Path] = true
			continue
		}
		h.pages[library.PageID{Path: p.Path, Index: p.Page - 1}] = true
	}
	if s.To.After(s.At) {
		h.stood += s.To.Sub(s.At)
	}
	var remarks []string
	if s.Shown.Ground != "" {
		remarks = append(remarks, h.in.T("journal.ground", "letter", s.Shown.Ground))
	}
	remarks = append(remarks, Overridden(h.in, *s.Shown)...)
	h.row(s, TitleText(s), strings.Join(remarks, "; "))
	for _, said := range slices.Backward(h.consents) { // the last that was said before stands
		if h.consentOf(len(h.shown)-1, said) {
			break
		}
	}
}

// row adds a line of what was shown or played.
func (h *held) row(s journal.Span, what, remarks string) {
	row := print.ReviewShown{Time: h.in.Date(s.At) + " " + s.At.Format(time.TimeOnly), Folio: s.Folios(), What: what, Where: s.Where(), Remarks: remarks}
	if s.Played != nil && len(h.shown) > 0 {
		row.Where = h.shown[len(h.shown)-1].Where // it plays where it was shown
	}
	if s.To.After(s.At) {
		row.Length = library.Clock(int(s.To.Sub(s.At).Milliseconds()))
	}
	h.shown, h.spans = append(h.shown, row), append(h.spans, s)
}

// consent takes what the panel said while something stood.
func (h *held) consent(said journal.Entry) {
	for i := len(h.spans) - 1; i >= 0; i-- {
		if h.spans[i].Shown != nil {
			to := h.spans[i].To
			if to.IsZero() || !said.At.After(to) || said.Consent != nil && said.Consent.Refused { // what was refused is black already
				h.consentOf(i, said)
			}
			return
		}
	}
}

// consentOf adds what the panel said to a line, and tells false where it was not to that.
func (h *held) consentOf(i int, said journal.Entry) bool {
	if h.spans[i].Shown == nil || said.Consent == nil || !said.Consent.Covers(*h.spans[i].Shown) {
		return false
	}
	key := "journal-kind.consent"
	if said.Consent.Refused {
		key = "journal.refusal"
	}
	remarks := h.in.T(key) + " (" + said.At.Format(time.TimeOnly) + ")"
	if have := h.shown[i].Remarks; have != "" {
		remarks = have + "; " + remarks
	}
	h.shown[i].Remarks = remarks
	return true
}

// arguments are those of the defence, with the step that answered each.
func (h *held) arguments() []print.ReviewArgument {
	var list []print.ReviewArgument
	for _, s := range h.notes {
		if s.Note == nil || !s.Note.Argument {
			continue
		}
		a := print.ReviewArgument{Time: h.in.Date(s.At) + " " + s.At.Format(time.TimeOnly), Text: s.Text, Answer: h.in.T("review.unanswered")}
		for _, other := range h.notes {
			if other.Note != nil && other.Note.Answers == s.N {
				a.Answer = h.in.T("review.answered", "time", other.At.Format(time.TimeOnly), "step", other.Note.Number)
			}
		}
		list = append(list, a)
	}
	return list
}

// left are the steps with something to show that the court did not see.
func (h *held) left(o library.Outline, x *library.Index) []print.ReviewStep {
	var list []print.ReviewStep
	numbers := o.Numbers()
	for ref := range o.Walk() {
		if ref.Step.Shot.IsZero() || h.steps[string(ref.Step.ID)] {
			continue
		}
		st := print.ReviewStep{Number: numbers[ref.Step.ID], Title: o.StepTitle(ref.Step, x)}
		var folios []string
		seen := true
		for _, p := range ref.Step.Shot.List() {
			if f := o.FolioOf(p.Page, x); !f.IsZero() {
				folios = append(folios, f.String())
			}
			seen = seen && h.pages[p.Page]
		}
		if st.Folio = strings.Join(folios, " ⇄ "); seen {
			st.Remarks = h.in.T("review.called")
		}
		list = append(list, st)
	}
	return list
}
